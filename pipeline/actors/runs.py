"""Runs of name words: where a name begins in a sentence and how far it reaches."""

from __future__ import annotations

from pipeline.actors.entries import Alias
from pipeline.actors.gazetteer import places
from pipeline.actors.lexicon import name_words, role_nouns, titles
from pipeline.actors.registry import Registry
from pipeline.actors.wordlists import WordList
from pipeline.actors.wordlists import words as listed
from pipeline.tree import Parse
from pipeline.vocabulary import ActorType, How


def is_headline(parse: Parse, first: int, stop: int) -> bool:
    """True for a line in title case without a full stop: capitals tell nothing there. A short one has a verb."""
    if parse.word[stop - 1] in {".", "!", "?", "”", '"', "''"}:
        return False
    words = [w for w in parse.word[first + 1 : stop] if len(w) > 3 and w.isalpha()]
    tells = any(parse.pos[t] in {"VERB", "AUX", "PART"} for t in range(first, stop))
    return len(words) >= (3 if tells else 4) and sum(w[0].isupper() for w in words) > 0.8 * len(words)


def run_end(parse: Parse, token: int, stop: int, registry: Registry, *, headline: bool) -> int:
    """One past the last token of the run of name words that begins at `token`; `token` where none does."""
    known = longest_known(parse, token, stop, registry)
    if headline:
        return known
    if not _begins_name(parse, token) and known == token:
        return token
    end = max(known, token + 1)
    while end < stop:
        after = _extend(parse, token, end, stop)
        if after == end:
            break
        end = max(after, longest_known(parse, after - 1, stop, registry))
    return end


def _begins_name(parse: Parse, token: int) -> bool:
    word = parse.word[token]
    if not word[0].isupper():
        return False
    pos = parse.pos[token]
    if pos == "PROPN" or (word.isupper() and len(word) > 3 and pos != "VERB"):
        return True
    return (
        pos in {"ADJ", "NOUN", "VERB", "X"}
        and token > parse.sentences[parse.sentence_of[token]][0]
        and word.lower() not in role_nouns()
    )


def _extend(parse: Parse, first: int, end: int, stop: int) -> int:
    """The run's end after one more step, or `end` if the next word is not part of it."""
    word = parse.word[end]
    if word[0].isupper() and parse.word[end - 1] in listed(WordList.HONORIFIC):
        return end + 1
    if word[0].isupper() and word != "I":
        return (
            end + 1
            if parse.pos[end] in {"PROPN", "ADJ", "NOUN", "X", "VERB", "ADV"} or parse.tag[end] == "NNP"
            else end
        )
    if end + 1 >= stop:
        return end
    after = parse.word[end + 1]
    joined = parse.end[end - 1] == parse.start[end] and parse.end[end] == parse.start[end + 1]
    if word in {"'s", "’s", "'", "’"} and (last := _firm_end(parse, end + 1, stop)):
        return last
    if word in {"-", "–", "&", "'", "’"} and (joined or word == "&"):
        return end + 2 if after[0].isupper() else end
    if word in {"of", "for", "and"}:
        return _extend_of(parse, first, end, stop)
    if word in listed(WordList.PARTICLE):
        n = end
        while n < stop and (parse.word[n] in listed(WordList.PARTICLE) or (parse.word[n] == "-" and n > end)):
            n += 1
        return n + 1 if n < stop and parse.word[n][0].isupper() else end
    return end


def _firm_end(parse: Parse, first: int, stop: int) -> int:
    """One past a firm's legal form after a possessive, 'Sotheby's Holdings Inc.'; 0 if there is none."""
    end = first
    while end < min(stop, first + 4) and parse.word[end][0].isupper():
        end += 1
    legal = name_words().get(parse.word[end - 1].lower()) if end > first else None
    return end if legal is not None and legal.code == "BUS" else 0


def _extend_of(parse: Parse, first: int, end: int, stop: int) -> int:
    """'Ministry of Foreign Affairs and Trade', 'Movement for the Restoration of Democracy' are one name."""
    titled = _title_end(parse, end, stop)
    if titled:
        return titled
    inside = any(parse.word[t] in {"of", "for"} for t in range(first, end))
    if parse.word[end] == "and":
        if not inside or parse.dep[parse.head[end]] not in {"pobj", "compound", "nmod"}:
            return end
    elif not inside and not _heads_name(parse.word[end - 1]):
        return end
    n = end + 1
    if parse.word[n].lower() == "the" and parse.word[end] != "and":
        n += 1
    if n < stop and parse.word[n][0].isupper() and (parse.word[end] != "and" or parse.dep[n] in {"conj", "compound"}):
        return n + 1
    return end


def _heads_name(word: str) -> bool:
    """True for a word that an 'of' may follow inside a name: 'Bank', 'University', 'Gulf'; not a legal form, 'Corp'."""
    kind = name_words().get(word.lower())
    if kind is None or kind.kind not in {"organisation", "place"}:
        return False
    return kind.code != "BUS" or word.lower() in role_nouns()


def _title_end(parse: Parse, end: int, stop: int) -> int:
    """One past a title with 'of' whose first word ends at `end`: 'Secretary of State'; 0 if there is none."""
    for last in range(min(stop, end + 4), end + 1, -1):
        if " ".join(parse.word[end - 1 : last]).lower() in titles():
            return last
    return 0


def longest_known(parse: Parse, token: int, stop: int, registry: Registry) -> int:
    """One past the longest surface of the registry that begins at the token; the token itself if none does."""
    word = parse.word
    for known in registry.starts(word[token]):
        end = token + len(known)
        if end <= stop and (end == token + 1 or tuple(word[token:end]) == known):
            return token if _is_continental(parse, token) else end
    return token


def _is_continental(parse: Parse, token: int) -> bool:
    """True for the second word of 'North American', which is not the demonym of one country."""
    continental = parse.word[token].endswith("an") or parse.word[token] == "America"
    return token > 0 and continental and parse.word[token - 1] in listed(WordList.CONTINENTAL)


def surface(parse: Parse, first: int, end: int) -> str:
    """The text from `first` to before `end`, line breaks and double spaces as one space."""
    return " ".join(parse.surface(first, end - 1).split())


def dateline_place(parse: Parse, first: int, end: int, registry: Registry) -> tuple[Alias, ...]:
    """What the registry knows of a place that stands all in capitals, as in a dateline: 'MOSCOW', 'OSLO - '."""
    words = surface(parse, first, end)
    before_dash = end < len(parse) and parse.word[end] in {"-", "–", "—", "--", "(", ",", "/"}
    if not words.isupper() or not (len(words) > 4 or (len(words) == 4 and before_dash)):
        return ()
    return tuple(a for a in registry.named(words.title()) if a.how is not How.METONYM and _is_dated_from(a))


def _is_dated_from(alias: Alias) -> bool:
    kinds = {ActorType.PLACE, ActorType.COUNTRY}
    return alias.entry.type in kinds or alias.entry.actor_id == "org:united-nations"


def town_country(parse: Parse, first: int, end: int) -> str | None:
    """The country of a town of the gazetteer, None for what is none."""
    words = surface(parse, first, end)
    return places().get(words.title() if words.isupper() and len(words) > 4 else words)
