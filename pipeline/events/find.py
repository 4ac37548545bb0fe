"""Events of one article: acts, their participants, status, date, place and who tells them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.actors.mentions import Mentions
from pipeline.events import arguments
from pipeline.events.acts import Act, Reader
from pipeline.events.intents import announce
from pipeline.events.kinds import Kinds
from pipeline.events.roles import Party, find_party
from pipeline.events.status import Status, carrier, find_status
from pipeline.ids import make_id
from pipeline.tables import Article, Date, Event, Statement
from pipeline.tree import Parse
from pipeline.vocabulary import cameo


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
    reader = Reader(parse, mentions)
    found: dict[str, Event] = {}
    for act in reader.read():
        event = _event(article, parse, reader.kinds, act)
        if event is not None:
            found.setdefault(event.event_id, event)
    return list(found.values())


def _event(article: Article, parse: Parse, kinds: Kinds, act: Act) -> Event | None:
    act = announce(parse, act)
    actor = find_party(parse, kinds, act.actors)
    recipient = find_party(parse, kinds, act.recipients)
    if actor is None and recipient is None:
        return None
    if act.is_mutual:
        actor, recipient = _mutual(parse, kinds, act, actor, recipient)
    if parse.pos[act.clause] not in arguments.VERBAL and not _is_known(actor, recipient):
        return None
    status = find_status(parse, act, None, article.published_date)
    return _row(article, parse, act, actor, recipient, status)


def _mutual(
    parse: Parse, kinds: Kinds, act: Act, actor: Party | None, recipient: Party | None
) -> tuple[Party | None, Party | None]:
    """Both sides of an act of both: each side does it to the other."""
    if recipient is None and len(act.actors) > 1:
        actor, recipient = find_party(parse, kinds, act.actors[:1]), find_party(parse, kinds, act.actors[1:])
    elif actor is None and len(act.recipients) > 1:
        actor, recipient = find_party(parse, kinds, act.recipients[:1]), find_party(parse, kinds, act.recipients[1:])
    elif recipient is None and actor is not None and len(actor.mentions) > 1 and len(actor.codes) > 1:
        recipient = replace(actor, mentions=actor.mentions[1:])
        actor = replace(actor, mentions=actor.mentions[:1])
    if actor is None or recipient is None:
        return actor, recipient
    both = tuple(dict.fromkeys((*actor.mentions, *recipient.mentions)))
    return replace(actor, mentions=both), replace(recipient, mentions=tuple(reversed(both)))


def _is_known(*parties: Party | None) -> bool:
    return any(party is not None and party.mentions for party in parties)


def _row(
    article: Article, parse: Parse, act: Act, actor: Party | None, recipient: Party | None, status: Status
) -> Event:
    code = cameo()[act.code]
    start, end = _trigger_span(parse, act)
    return Event(
        event_id=make_id("event", article.article_id, start, end, act.code),
        article_id=article.article_id,
        trigger=parse.text[start:end],
        trigger_start=start,
        trigger_end=end,
        cameo_code=act.code,
        plover_type=code.plover_type,
        plover_mode=act.mode or code.plover_mode,
        contexts=[],
        quad_class=code.quad_class,
        goldstein=code.goldstein,
        actor=actor.text if actor else None,
        actor_start=actor.start if actor else None,
        actor_end=actor.end if actor else None,
        actor_id=actor.first.actor_id if actor and actor.first else None,
        actor_code=actor.first.actor_code if actor and actor.first else None,
        actor_ids=actor.ids if actor else [],
        actor_codes=actor.codes if actor else [],
        recipient=recipient.text if recipient else None,
        recipient_start=recipient.start if recipient else None,
        recipient_end=recipient.end if recipient else None,
        recipient_id=recipient.first.actor_id if recipient and recipient.first else None,
        recipient_code=recipient.first.actor_code if recipient and recipient.first else None,
        recipient_ids=recipient.ids if recipient else [],
        recipient_codes=recipient.codes if recipient else [],
        event_raw=None,
        event_from=None,
        event_to=None,
        event_edtf=None,
        event_rule=None,
        place=None,
        place_start=None,
        place_end=None,
        place_id=None,
        country=None,
        lat=None,
        lon=None,
        place_precision=None,
        is_negated=status.is_negated,
        is_future=status.is_future,
        is_hypothetical=status.is_hypothetical,
        is_historical=status.is_historical,
        reported_by_statement_id=None,
        n_mentions=1,
        sentence=parse.sentence_text(carrier(parse, act)),
        rule=">".join(act.rules),
        confidence=0.6,
    )


def _trigger_span(parse: Parse, act: Act) -> tuple[int, int]:
    """The words from the first to the last of the trigger, or those of its head where they stand far apart."""
    first, last = min(act.trigger), max(act.trigger)
    if last - first > 6:
        first = last = act.head
    return parse.start[first], parse.end[last]
