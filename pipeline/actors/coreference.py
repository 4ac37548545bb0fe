"""Who a title or a pronoun means, from what stands before it in the article; None where that is unclear.

A title ('the chancellor') means whoever the article introduced with it, else whom the registry knows to have held the
office in that country on the article's day. A pronoun means the candidate that fits in gender and number and is the most
salient: near, a subject, in the same sentence's frame of speech; a tie is unclear. 'I' and 'we' are left to whoever knows
the speaker.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.actors.anaphors import fits, is_armed
from pipeline.actors.binding import SUBJECTS, is_bound, is_expletive, is_subject, main_noun, owns
from pipeline.actors.clusters import Cluster
from pipeline.actors.context import quoted_tokens
from pipeline.actors.lexicon import agent_verbs, role_nouns
from pipeline.actors.nominals import Nominal
from pipeline.actors.registry import Registry
from pipeline.actors.roster import office_kinds
from pipeline.actors.wordlists import WordList
from pipeline.actors.wordlists import words as listed
from pipeline.tree import Parse
from pipeline.vocabulary import ActorType

MASCULINE = frozenset({"he", "him", "his", "himself"})
FEMININE = frozenset({"she", "her", "hers", "herself"})
PLURAL = frozenset({"they", "them", "their", "theirs", "themselves"})
NEUTER = frozenset({"it", "its", "itself"})
FIRST = frozenset({"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"})
PRONOUNS = MASCULINE | FEMININE | PLURAL | NEUTER | FIRST
_WINDOW = 3
"""Sentences back, the pronoun's own included, in which a candidate must have been mentioned."""
_NEVER = -20.0
_WEAK = 0.5
"""A candidate with no more salience than this is none."""
_CLEAR = 1.0
"""By how much the best candidate must lead."""


@dataclass(slots=True)
class Seen:
    """A mention that a later one may take up."""

    cluster: Cluster
    token: int
    sentence: int
    subject: bool
    quoted: bool


class Discourse:
    """What has been mentioned so far."""

    def __init__(self, parse: Parse, registry: Registry, day: date | None) -> None:
        """Begin an article."""
        self.parse, self.registry, self.day = parse, registry, day
        self.seen: list[Seen] = []
        self._last: dict[int, Seen] = {}
        self._heads: set[int] = set()
        self.quoted = quoted_tokens(parse)

    def add(self, cluster: Cluster, token: int) -> None:
        """Record a mention with its head token."""
        seen = Seen(cluster, token, self.parse.sentence_of[token], is_subject(self.parse, token), self.quoted[token])
        self.seen.append(seen)
        self._heads.add(token)
        self._last.pop(id(cluster), None)
        self._last[id(cluster)] = seen

    def _latest(self) -> Iterator[Seen]:
        """The last mention of each actor, the latest first."""
        return reversed(self._last.values())

    def title(self, nominal: Nominal) -> tuple[Cluster | None, str]:
        """The person that a title names, and the rule that says so."""
        words = nominal.noun.noun
        title = nominal.title
        country = nominal.code.country
        introduced = self._introduced(words, title.office if title else "", country)
        if introduced is not None:
            return introduced, "title introduced in the article"
        return None, "title"

    def holder(self, nominal: Nominal) -> str | None:
        """The actor_id of the one who held the office that a title names, in the country that it names."""
        title, country = nominal.title, nominal.code.country
        if title is None or not title.office or country is None or self.day is None or not nominal.plain:
            return None
        offices = [title.office]
        if title.office == "prime_minister":
            offices = ["prime_minister", "chancellor"]
        offices = [o for o in offices if office_kinds()[o].single]
        held = [e for office in offices for e in self.registry.holders(office, country, self.day)]
        return held[0].actor_id if len({e.actor_id for e in held}) == 1 else None

    def _introduced(self, noun: str, office: str, country: str | None) -> Cluster | None:
        found: list[Seen] = []
        for seen in self._latest():
            c = seen.cluster
            if c.kind is not ActorType.PERSON or not c.identified or (country and c.country and c.country != country):
                continue
            if noun in c.titles or (office and office in c.offices):
                found.append(seen)
                if len(found) > 1:
                    break
        if len(found) == 2 and found[0].sentence == found[1].sentence:
            return None
        return found[0].cluster if found else None

    def pronoun(self, token: int, beside: Sequence[Cluster] = ()) -> Cluster | None:
        """The actor that a third-person pronoun means, or None; it is none of those named `beside` it as what its verb governs."""
        word = self.parse.word[token].lower()
        if word in NEUTER and is_expletive(self.parse, token):
            return None
        scores = self._scores(token, word, beside)
        if not scores:
            return None
        scores.sort(key=lambda s: -s[0])
        if scores[0][0] <= _WEAK:
            return None
        if len(scores) > 1 and scores[0][0] - scores[1][0] < _CLEAR:
            return None
        return scores[0][1]

    def body(self, nominal: Nominal, kinds: Sequence[str] = ()) -> Cluster | None:
        """The organisation that 'the ministry' or 'the Finnish company' means: the nearest whose name or kind fits.

        Args:
            nominal: The phrase; a country that it names is the organisation's.
            kinds: Roles that its adjectives tell, which must be those of an armed band: 'the paramilitary group'.
        """
        noun, country = nominal.noun, nominal.code.country if nominal.demonym else None
        found: list[Seen] = []
        for seen in self._latest():
            cluster = seen.cluster
            if cluster.kind is ActorType.ORGANISATION and cluster.identified and fits(noun, cluster):
                if (country and cluster.country != country) or (kinds and not is_armed(cluster)):
                    continue
                found.append(seen)
                if len(found) > 1:
                    break
        if len(found) < 2:
            return found[0].cluster if found else None
        nearest, rival = found
        clear = nearest.sentence > rival.sentence or (nearest.subject and not rival.subject)
        return nearest.cluster if clear else None

    def _scores(self, token: int, word: str, beside: Sequence[Cluster]) -> list[tuple[float, Cluster]]:
        here = self.parse.sentence_of[token]
        best: list[tuple[float, Cluster]] = []
        barred: list[Cluster] = list(beside)
        for seen in reversed(self.seen):
            distance = here - seen.sentence
            if distance >= _WINDOW:
                break
            if is_bound(self.parse, seen.token, token):
                barred.append(seen.cluster)
            if not _agrees(seen.cluster, word) or any(c is seen.cluster for c in barred):
                continue
            score = self._salience(seen, token, distance)
            for n, (old, cluster) in enumerate(best):
                if cluster is seen.cluster:
                    best[n] = (max(old, score) + 0.3, cluster)
                    break
            else:
                best.append((score, seen.cluster))
        return best

    def _salience(self, seen: Seen, token: int, distance: int) -> float:
        score = 6.0 - 2.0 * distance
        if seen.cluster.gender is None and not seen.cluster.plural:
            score -= 1.5 if seen.cluster.kind is ActorType.PERSON else 2.5
        if owns(self.parse, seen.token, token):
            score += 1.5 if seen.subject else 3.5
        word = self.parse.word[token].lower()
        if word in PLURAL:
            between = self._plurals_between(seen.token, token)
            score -= min(between, 2) if seen.cluster.plural else 2.0 + 4.0 * between
        if word in NEUTER or (word in PLURAL and not seen.cluster.plural):
            score += self._neuter(seen, token, distance)
        if seen.subject:
            score += 2.0
        if seen.subject and self.parse.dep[self.parse.head[main_noun(self.parse, seen.token)]] == "ROOT":
            score += 1.2
        if self.parse.dep[seen.token] in {"poss", "compound", "nmod"}:
            score -= 1.0
        if self.parse.dep[seen.token] == "pobj":
            score -= 0.5
        if distance == 0 and self.parse.dep[self.parse.head[seen.token]] in {"relcl", "acl"}:
            score -= 0.5
        if self.quoted[token] and not seen.quoted and distance == 0 and self._speaks(seen):
            score -= 5.0
        return score

    def _plurals_between(self, first: int, last: int) -> int:
        """Plural nouns between two tokens that are no mention of an actor, but may be what 'they' means."""
        return sum(self.parse.tag[t] == "NNS" and t not in self._heads for t in range(first + 1, last))

    def _neuter(self, seen: Seen, token: int, distance: int) -> float:
        """'It' may mean any thing: an actor only as a subject or owner, after a subject of the same sentence or the last."""
        dep, verb = self.parse.dep[token], self.parse.head[token]
        if dep in SUBJECTS and self.parse.lemma[verb] == "be":
            said = self.parse.dep[verb] == "ccomp" and self.parse.head[verb] == self.parse.head[seen.token]
            return 0.0 if said and seen.subject and distance == 0 else _NEVER
        if distance == 0 and dep in {"poss", *SUBJECTS} and (seen.subject or owns(self.parse, seen.token, token)):
            return 0.0
        if seen.subject and distance == 1 and dep in SUBJECTS and self.parse.lemma[verb] in agent_verbs():
            return 0.0
        if seen.subject and distance == 1 and dep == "poss" and self._is_had(verb):
            return 0.0
        return _NEVER

    def _is_had(self, noun: int) -> bool:
        """True for a subject that somebody has, a person with a post or a thing: 'Its president, Ann Lee, said'."""
        word = role_nouns().get(self.parse.word[noun].lower())
        person = word is not None and (word.kind == "person" or word.noun == "government")
        return is_subject(self.parse, noun) and (person or self.parse.lemma[noun] in listed(WordList.BELONGING))

    def _speaks(self, seen: Seen) -> bool:
        verb = self.parse.head[seen.token]
        return seen.subject and (
            self.parse.child(verb, "ccomp") is not None
            or self.parse.dep[verb] in {"parataxis", "ccomp"}
            or self.parse.dep[verb] == "ROOT"
        )


def _agrees(cluster: Cluster, word: str) -> bool:
    if word in PLURAL:
        return cluster.plural or cluster.kind is ActorType.ORGANISATION
    if word in NEUTER:
        bodies = {ActorType.ORGANISATION, ActorType.COUNTRY, ActorType.GROUP}
        nameless = cluster.kind is ActorType.UNKNOWN and cluster.gender == "n" and not cluster.titles
        return not cluster.plural and (cluster.kind in bodies or nameless)
    if cluster.plural or cluster.kind not in {ActorType.PERSON, ActorType.UNKNOWN}:
        return False
    return cluster.gender in {None, "m" if word in MASCULINE else "f"}
