"""Events of one article: acts, their participants, status, date, place and who tells them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pipeline.actors.mentions import Mentions
from pipeline.dates import ChosenDate, choose_date
from pipeline.events.act import Act
from pipeline.events.acts import Reader
from pipeline.events.admission import is_admitted, is_somebody
from pipeline.events.completion import ABOUT_WHAT_IS_ASKED
from pipeline.events.confidence import find_confidence
from pipeline.events.contexts import of_article, of_code, of_sentence
from pipeline.events.figures import literally
from pipeline.events.group import with_group
from pipeline.events.intents import announce
from pipeline.events.joined import join
from pipeline.events.kinds import Kinds
from pipeline.events.places import find_place
from pipeline.events.pronouns import asked_of, stands_for
from pipeline.events.recipients import countered, find_recipients, not_the_doers_own
from pipeline.events.retold import merge
from pipeline.events.roles import Party, find_party, has_origin, mentions_of
from pipeline.events.sides import is_one_sided, named_by, of_others, without
from pipeline.events.slots import Slots
from pipeline.events.speech_acts import Tellers
from pipeline.events.status import Status, find_status
from pipeline.events.supposition import is_only_possible
from pipeline.ids import make_id
from pipeline.tables import Article, Date, Event, Statement
from pipeline.tree import Parse
from pipeline.vocabulary import How, cameo


def find_events(
    article: Article, parse: Parse, mentions: Mentions, dates: Sequence[Date], statements: Sequence[Statement]
) -> list[Event]:
    """Find the events that an article tells, each once, in the order of the text.

    Args:
        article: the article.
        parse: its parse.
        mentions: its mentions of actors.
        dates: its time expressions.
        statements: its statements.
    """
    teller = _Teller(article, parse, Kinds(parse, mentions), dates, Tellers(statements), of_article(parse))
    found: dict[str, Event] = {}
    reader = Reader(parse, teller.kinds)
    for act in join(parse, reader.read()):
        if not act.is_mutual:
            act.recipients = [t for t in act.recipients if t not in act.actors]
        if not act.recipients:
            act.recipients = _recipients(parse, teller.kinds, reader.slots, act)
            act.is_mutual = act.is_mutual and not act.recipients
        else:
            instead = countered if _is_vague(parse, teller.kinds, act.recipients) else not_the_doers_own
            act.recipients = instead(parse, teller.kinds, reader.slots, act) or act.recipients
        event = teller.event(act)
        if event is not None:
            found.setdefault(event.event_id, event)
    return [with_group(event) for event in merge(found.values())]


def _recipients(parse: Parse, kinds: Kinds, slots: Slots, act: Act) -> list[int]:
    """The recipients of an act whose frame names none; whom its purpose names goes before those of its other sides."""
    found = find_recipients(parse, kinds, slots, act)
    if not act.lent:
        return found
    named = [t for t in act.lent if parse.pos[t] != "PRON"]
    return found if found and _is_vague(parse, kinds, named) else act.lent


def _is_vague(parse: Parse, kinds: Kinds, heads: Sequence[int]) -> bool:
    """Whether no phrase tells whose its people are."""
    return not any(has_origin(m) for t in heads for m in mentions_of(parse, kinds, t))


@dataclass(frozen=True, slots=True)
class _Teller:
    """What the rows of one article are made from."""

    article: Article
    parse: Parse
    kinds: Kinds
    dates: Sequence[Date]
    tellers: Tellers
    contexts: list[str]

    def event(self, act: Act) -> Event | None:
        """The row of an act, or None where nobody does it to anybody."""
        parse = self.parse
        meant = literally(parse, self.kinds, act)
        if meant is None:
            return None
        act = announce(parse, meant)
        actor, recipient = self._party(act.actors), self._recipient(act)
        if act.is_mutual or (recipient is None and act.sense.code in _MEETINGS):
            actor, recipient = self._mutual(act, actor, recipient)
        if actor and recipient and (actor.start, actor.codes) == (recipient.start, recipient.codes):
            recipient = None
        if not is_admitted(parse, self.kinds, act, actor, recipient):
            return None
        if actor is not None and not is_somebody(parse, self.kinds, actor):
            actor = None
        if recipient is not None and actor is not None and self._is_speaker(act):
            recipient = of_others(recipient, actor)
        recipient = without(self.kinds, recipient, actor)
        chosen = self._date(act)
        status = find_status(
            parse, act, chosen.to if chosen and chosen.raw else None, self.article.published_local_date
        )
        if status.is_hypothetical and act.code < "13" and self._is_guess(act, actor):
            return None
        return self._row(act, actor, recipient, status, chosen)

    def _is_guess(self, act: Act, actor: Party | None) -> bool:
        """Whether somebody says what somebody else would, could or might do."""
        teller = self.tellers.of_event(*_trigger_span(self.parse, act))
        if teller is None or teller.speaker_id is None or not is_only_possible(self.parse, act.clause):
            return False
        return actor is None or teller.speaker_id not in actor.ids

    def _is_speaker(self, act: Act) -> bool:
        """Whether the one who acts speaks of himself, so that "he" is somebody else."""
        return any(self.parse.word[t].lower() in ("i", "we") for t in act.actors)

    def _date(self, act: Act) -> ChosenDate | None:
        """The date of the act; of one that is begun, tried or planned, the date of what is begun, tried or planned."""
        day = self.article.published_local_date
        chosen = choose_date(self.parse, self.dates, act.clause, day)
        if chosen is not None and chosen.raw is not None:
            return chosen
        if act.family in _SAME_ACT or act.rules[-1] == "intend":
            for content in [*act.chain()][1:]:
                inner = choose_date(self.parse, self.dates, content.clause, day)
                if inner is not None and inner.rule in ("clause", "phrase"):
                    return inner
        return chosen

    def _recipient(self, act: Act) -> Party | None:
        """The recipient; one of unknown origin takes it from a later slot ("evacuated the wounded from a Chadian town")."""
        heads = [t for t in act.recipients if t not in act.actors and self.parse.tag[t] != "PRP$"]
        found = self._party(heads)
        if found is not None and not found.mentions and self._is_vague(found.head):
            found = None
        if found is None or (not found.mentions and "money" in self.kinds.of(found.head)):
            return self._owner_of_content(act)
        if found.code or any(m.actor_id for m in found.mentions):
            return found
        for heads in act.others:
            other = self._party([t for t in heads if t not in act.actors])
            if other is not None and other.code and act.family in ABOUT_WHAT_IS_ASKED:
                return other
            if other is not None and other.code:
                return replace(found, mentions=tuple(replace(m, actor_id=None) for m in other.mentions))
        return found

    def _is_vague(self, head: int) -> bool:
        """Whether a word stands for what was said before; "those who" and "those calling for" stand for people."""
        parse, word = self.parse, self.parse.word[head].lower()
        return word in _VAGUE and not (word == "those" and parse.child(head, "relcl", "acl") is not None)

    def _owner_of_content(self, act: Act) -> Party | None:
        """Whose the content of an unaddressed request is: "demanded reforms by the Chadian government"."""
        if act.family not in ABOUT_WHAT_IS_ASKED or act.content is None:
            return None
        heads = [t for t in (act.content.head,) if self.parse.pos[t] == "NOUN"]
        found = (m for t in heads for m in mentions_of(self.parse, self.kinds, t))
        owners = [m for m in found if has_origin(m) and m.how is not How.PRONOUN]
        if not owners:
            return None
        first = owners[0]
        head = self.parse.token_at(first.start)
        if head in act.actors:
            return None
        return Party(first.text, first.start, first.end, tuple(owners), head)

    def _party(self, heads: Sequence[int]) -> Party | None:
        """The party of some phrases; an unresolved pronoun gives way to the noun it stands for."""
        parse = self.parse
        seen = []
        for head in heads:
            if (asked := asked_of(parse, self.kinds, head)) is not None:
                head = asked
            mention = self.kinds.mentions.at(head)
            if parse.pos[head] == "PRON" and (mention is None or mention.actor_id is None):
                noun = stands_for(parse, self.kinds, self.tellers, head)
                head = noun if noun is not None else head
            seen.append(head)
        return find_party(parse, self.kinds, seen)

    def _mutual(self, act: Act, actor: Party | None, recipient: Party | None) -> tuple[Party | None, Party | None]:
        """The two sides of an act of both, where the text names them in one place."""
        if (recipient is None or not recipient.mentions) and len(act.actors) > 1:
            return self._party(act.actors[:1]), self._party(act.actors[1:])
        if actor is None and len(act.recipients) > 1:
            return self._party(act.recipients[:1]), self._party(act.recipients[1:])
        if (recipient is None or not recipient.mentions) and actor is not None and len(actor.codes) > 1:
            first, *others = actor.mentions
            return named_by(actor, first), named_by(actor, *others)
        return actor, recipient

    def _row(
        self, act: Act, actor: Party | None, recipient: Party | None, status: Status, chosen: ChosenDate | None
    ) -> Event:
        parse, code = self.parse, cameo()[act.code]
        start, end = _trigger_span(parse, act)
        place = find_place(parse, act)
        teller = self.tellers.of_event(start, end)
        sentence = parse.sentence_of[act.head]
        return Event(
            event_id=make_id("event", self.article.article_id, start, end, act.code),
            article_id=self.article.article_id,
            trigger=parse.text[start:end],
            trigger_start=start,
            trigger_end=end,
            cameo_code=act.code,
            plover_type=code.plover_type,
            plover_mode=act.mode or code.plover_mode,
            contexts=sorted(of_code(act.code) | of_sentence(parse, sentence)),
            article_contexts=self.contexts,
            quad_class=code.quad_class,
            goldstein=code.goldstein,
            **_columns("actor", actor),
            **_columns("recipient", recipient),
            is_mutual=act.is_mutual
            and actor is not None
            and recipient is not None
            and not is_one_sided(act, actor, recipient),
            event_raw=chosen.raw if chosen else None,
            event_from=chosen.from_ if chosen else None,
            event_to=chosen.to if chosen else None,
            event_edtf=chosen.edtf if chosen else None,
            event_rule=chosen.rule if chosen else None,
            place=parse.text[place.start : place.end] if place else None,
            place_start=place.start if place else None,
            place_end=place.end if place else None,
            place_id=place.location.place_id if place else None,
            country=place.location.country if place else None,
            lat=place.location.lat if place else None,
            lon=place.location.lon if place else None,
            place_precision=place.location.precision if place else None,
            is_negated=status.is_negated,
            is_future=status.is_future,
            is_hypothetical=status.is_hypothetical,
            is_historical=status.is_historical,
            reported_by_statement_id=teller.statement_id if teller else None,
            event_group=None,
            n_mentions=1,
            sentence=parse.sentence_text(act.head),
            rule=">".join(act.rules),
            confidence=find_confidence(parse, act, actor, recipient, status),
        )


_VAGUE = frozenset({"that", "this", "which", "what", "these", "those", "such"})
"""Words that stand for what was said before, mostly no party at all."""
_MEETINGS = frozenset({"040", "046"})
"""Codes of acts that those who do them together do to each other ("the king and the premier attended the talks")."""
_SAME_ACT = frozenset({"do", "try", "fail", "intend"})
"""Families whose act has the day of its content: "began", "tried to", "is to"."""


def _columns(role: str, party: Party | None) -> dict[str, Any]:
    """The columns of one role: actor or recipient."""
    first = party.first if party else None
    return {
        role: party.text if party else None,
        f"{role}_start": party.start if party else None,
        f"{role}_end": party.end if party else None,
        f"{role}_id": first.actor_id if first else None,
        f"{role}_code": party.code if party else None,
        f"{role}_ids": party.ids if party else [],
        f"{role}_codes": party.codes if party else [],
    }


def _trigger_span(parse: Parse, act: Act) -> tuple[int, int]:
    """The words from the first to the last of the trigger, or those of its head where they stand far apart."""
    first, last = min(act.trigger), max(act.trigger)
    if last - first > 6:
        first = last = act.head
    return parse.start[first], parse.end[last]
