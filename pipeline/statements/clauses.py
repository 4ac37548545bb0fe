"""Content clauses: where the finite clause stands that tells what was said, thought or asked."""

from __future__ import annotations

from pipeline.statements.forms import HEARING, SUBJECTS, TIMES, Complement, clause_form, has_subject, is_passive
from pipeline.tree import Parse


def find_clause(parse: Parse, cue: int) -> Complement | None:
    """A finite clause: said that it was over; it was over, he said; whether it was over."""
    children = parse.with_dep(cue, "ccomp", "acl", "advcl", "xcomp", "dep")
    for c in sorted(children, key=lambda c: (c < cue, c)):
        dep = parse.dep[c]
        if dep == "advcl" and not (c > cue and _is_content(parse, cue, c)):
            continue
        if dep == "acl" and not (parse.pos[cue] == "NOUN" and _starts_with_that(parse, c)):
            continue
        if dep == "dep" and (parse.pos[cue] != "VERB" or c < cue):
            continue
        fragment = c < cue and dep == "ccomp" and parse.word[parse.right[c] + 1] == "," and parse.pos[cue] == "VERB"
        if clause_form(parse, c) == "finite" or fragment:
            return Complement("clause", (c, *_further_clauses(parse, cue, c)), is_passive=is_passive(parse, cue))
    return (
        _find_misattached_clause(parse, cue)
        or _find_split_clause(parse, cue)
        or _find_parenthesis(parse, cue)
        or _find_copular_clause(parse, cue)
        or _find_quoted_clause(parse, cue)
        or _find_that_clause(parse, cue)
        or _find_fronted_clause(parse, cue)
    )


def _further_clauses(parse: Parse, cue: int, clause: int) -> list[int]:
    """More clauses of the content that the parse hangs on the cue.

    Coordinated with the cue: 'said that A, but that B', 'said that they had left / but had not arrived'. Before the cue
    there can be two: 'A, and B, they said'.
    """
    if clause < cue:
        return [c for c in parse.with_dep(cue, "ccomp") if clause < c < cue and has_subject(parse, c)]
    return [c for c in parse.with_dep(cue, "conj") if c > clause and _is_content_too(parse, cue, c)]


def _is_content_too(parse: Parse, cue: int, other: int) -> bool:
    if parse.word[parse.left[other]].lower() == "that" and parse.left[other] < other:
        return True
    helpers = {parse.word[c].lower() for c in parse.with_dep(other, "aux", "auxpass")}
    shifted = not helpers.isdisjoint(("had", "would"))
    return shifted and parse.tag[cue] == "VBD" and not has_subject(parse, other) and not parse.with_dep(cue, "aux")


def _find_fronted_clause(parse: Parse, cue: int) -> Complement | None:
    """A content before ', the minister said in Bonn.' that the parse gives another place.

    The cue is taken for a relative clause of the content's last noun, or the content for an adverbial of the cue; then
    it has subjects of its own to spare: 'If it rains, we will leave, a guide said'.
    """
    subject = parse.child(cue, "nsubj")
    if parse.pos[cue] != "VERB" or subject is None or not parse.left[subject] < cue or parse.left[subject] < 1:
        return None
    _, stop = parse.sentences[parse.sentence_of[cue]]
    at_end = all(parse.pos[t] == "PUNCT" for t in range(parse.right[cue] + 1, stop))
    if parse.word[parse.left[subject] - 1] != "," or not at_end or parse.tag[subject] in ("WDT", "WP"):
        return None
    if parse.child(cue, "dobj", "ccomp", "xcomp", "mark", "advmod", "dative", "prt") is not None:
        return None
    if parse.dep[cue] in ("relcl", "conj") and parse.left[cue] == parse.left[subject]:
        return Complement("clause", (clause_above(parse, parse.head[cue]),))
    for c in parse.with_dep(cue, "advcl"):
        if c < cue and len(parse.with_dep(c, "nsubj", "nsubjpass")) > 1 and clause_form(parse, c) == "finite":
            return Complement("clause", (c,))
    return None


def _find_misattached_clause(parse: Parse, cue: int) -> Complement | None:
    """A content clause that hangs on the neighbour of its cue.

    On the copula of an adjective ('was adamant / that ...'), on a time ('said after the vote / he would
    resign'), or on the hearer of a verb as if it were a relative clause ('warned the rebels / that ...').
    """
    if parse.pos[cue] == "ADJ" and parse.dep[cue] == "acomp":
        for c in parse.with_dep(parse.head[cue], "ccomp"):
            if c > cue and clause_form(parse, c) == "finite":
                return Complement("clause", (c,))
    for time in parse.with_dep(cue, "prep") if parse.pos[cue] == "VERB" else []:
        for noun in parse.with_dep(time, "pobj"):
            for c in parse.with_dep(noun, "relcl"):
                # 'said after the vote / he would resign'
                if parse.left[c] in parse.with_dep(c, "nsubj") and parse.tag[parse.left[c]] == "PRP":
                    return Complement("clause", (c,))
    hearer = parse.child(cue, "dobj", "dative") if parse.pos[cue] == "VERB" and parse.lemma[cue] in HEARING else None
    for c in [] if hearer is None else parse.with_dep(hearer, "relcl", "acl", "ccomp"):
        subject = parse.child(c, "nsubj", "nsubjpass")
        that = parse.left[c]
        marked = parse.word[that].lower() == "that" and subject not in (None, that)
        bare = parse.dep[c] == "relcl" and subject == that and parse.tag[that] == "PRP"
        if (marked and parse.dep[that] not in ("dobj", "pobj")) or bare:
            return Complement("clause", (c,))
    return None


def _find_split_clause(parse: Parse, cue: int) -> Complement | None:
    """A content that the cue clause parts and that the parse left in halves: 'The pumps, he said earlier, were old'."""
    subjects = parse.with_dep(cue, "nsubj")
    if parse.pos[cue] != "VERB" or not subjects or subjects[-1] > cue:
        return None
    before = [c for c in parse.with_dep(cue, "nsubj", "npadvmod", "dep", "nsubjpass") if c < subjects[-1]]
    after = [c for c in parse.with_dep(cue, "conj", "advcl") if c > cue and _lacks_subject(parse, c)]
    if not before or not after or parse.lemma[before[0]].lower() in TIMES:
        return None
    if "," not in parse.word[parse.right[before[0]] + 1 : subjects[-1]]:
        return None
    return Complement("clause", (before[0], after[0]))


def _lacks_subject(parse: Parse, clause: int) -> bool:
    """Whether a finite clause behind a comma has no subject and no conjunction of its own."""
    if has_subject(parse, clause) or clause_form(parse, clause) != "finite" or parse.child(clause, "mark") is not None:
        return False
    return parse.word[parse.left[clause] - 1] == ","


def _is_content(parse: Parse, cue: int, clause: int) -> bool:
    """Whether what the parse takes for an adverbial is the content: 'tweeted at dawn / that ...', 'did not say / when ...'."""
    first = parse.word[parse.left[clause]].lower()
    if first in ("if", "whether"):
        return parse.lemma[cue] in ("ask", "wonder", "inquire")
    if first == "that":
        return _starts_with_that(parse, clause)
    return (
        first in ("when", "where", "how", "why")
        and cue + 1 == parse.left[clause]
        and parse.child(cue, "neg") is not None
    )


def _starts_with_that(parse: Parse, clause: int) -> bool:
    first = parse.child(clause, "mark", "nsubj", "dobj", "advmod")
    return first is not None and parse.word[first].lower() in ("that", "whether", "if")


def _find_parenthesis(parse: Parse, cue: int) -> Complement | None:
    """A cue clause set off within or after what it reports: 'Iran, he said, is open to talks'."""
    governor = parse.head[cue]
    if governor == cue or parse.pos[cue] not in ("VERB", "AUX"):
        return None
    if parse.dep[cue] == "advcl":
        return _find_as_clause(parse, cue)
    if parse.dep[cue] not in ("parataxis", "ccomp", "dep"):
        return None
    if parse.dep[cue] != "parataxis" and not _is_set_off(parse, cue):
        return None
    return Complement("clause", (clause_above(parse, cue),))


def _find_as_clause(parse: Parse, cue: int) -> Complement | None:
    """'The plan, as critics point out, is costly'; 'as reported by X'."""
    mark = parse.child(cue, "mark", "advmod", "prep")
    if mark is None or parse.word[mark].lower() != "as" or mark != parse.left[cue]:
        return None
    if parse.child(cue, "dobj", "ccomp", "xcomp") is not None:
        return None
    return Complement("clause", (clause_above(parse, cue),), is_passive=is_passive(parse, cue))


def clause_above(parse: Parse, token: int) -> int:
    """The head of the clause that a parenthesis comments on: a relative clause, else the main clause."""
    for head in parse.ancestors(token):
        dep = parse.dep[head]
        if dep in ("ROOT", "relcl", "parataxis") or (dep == "conj" and has_subject(parse, head)):
            return head
    return parse.head[token]


def _is_set_off(parse: Parse, cue: int) -> bool:
    first, last = parse.left[cue], parse.right[cue]
    if first == 0 or last - first > 12 or parse.child(cue, *SUBJECTS) is None:
        return False
    before = parse.word[first - 1]
    inside = parse.word[first]
    after = parse.word[last + 1] if last + 1 < len(parse) else "."
    commas = (",", "\u2014", "--", "-", "\u2013", '"', "\u201d", "''")
    return (before in commas or inside in commas) and after in (*commas, ".", "!", "?", ";", ":")


def _find_copular_clause(parse: Parse, cue: int) -> Complement | None:
    """The clause that a copula equates with a noun: 'his view is that talks are possible'."""
    verb = parse.head[cue]
    if parse.pos[cue] != "NOUN" or parse.dep[cue] != "nsubj" or parse.lemma[verb] not in ("be", "remain"):
        return None
    clause = parse.child(verb, "ccomp")
    if clause is None or clause < verb or clause_form(parse, clause) != "finite":
        return None
    return Complement("clause", (clause,), cue=(verb,))


def _find_quoted_clause(parse: Parse, cue: int) -> Complement | None:
    """A content that stands before its cue: 'The road is safe, the mayor was quoted by the agency as saying'."""
    verb = parse.head[parse.head[cue]]
    if (
        parse.dep[cue] != "pcomp"
        or parse.word[parse.head[cue]].lower() != "as"
        or parse.lemma[verb] not in ("quote", "cite")
    ):
        return None
    return find_clause(parse, verb)


REACH = 14
"""Tokens between a cue and the 'that' of its content, at most."""


def _find_that_clause(parse: Parse, cue: int) -> Complement | None:
    """A clause that 'that' opens after adjuncts of the cue, where the parse found no complement.

    'predicted at the debate / that the party will lose': between cue and 'that' stands no other verb.
    """
    if parse.pos[cue] != "VERB" or parse.child(cue, "ccomp") is not None:
        return None
    _, stop = parse.sentences[parse.sentence_of[cue]]
    thing = parse.child(cue, "dobj") if parse.lemma[cue] not in HEARING else None
    for that in range(cue + 1, min(cue + REACH, stop)):
        if parse.pos[that] in ("VERB", "AUX"):
            return None
        if parse.word[that].lower() != "that" or parse.dep[that] in (*SUBJECTS, "pobj") or that - 1 == thing:
            continue
        for verb in range(that + 2, stop):
            if parse.tag[verb] in ("VBD", "VBZ", "VBP", "MD") and parse.pos[verb] in ("VERB", "AUX"):
                head = parse.head[verb] if parse.dep[verb] in ("aux", "auxpass") else verb
                return Complement("clause", (head,), first=that) if head > that else None
    return None
