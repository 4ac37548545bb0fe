"""Every table of the warehouse, declared once.

The Arrow schemas, the documentation page and the basic expectations are computed from here.
Offsets are Unicode code points into `articles.text`, end exclusive. Instants are UTC.
Null means that the text does not say, or that it is not known.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from pipeline.schema import Span, Surface, Table, column
from pipeline.vocabulary import (
    ActorType,
    Anchor,
    CueClass,
    How,
    Medium,
    Outcome,
    PlacePrecision,
    PloverType,
    Precision,
    PublishedFrom,
    QuadClass,
    Reason,
    RunKind,
    RunStatus,
    Severity,
    SpeakerHow,
    Stage,
    StatementKind,
    TimexType,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """The latest version of an article."""

    article_id: str = column("Id: hash of the url; else of outlet and external id; else of the text.", key=True)
    external_id: str | None = column("The record's own id.")
    url: str | None = column("Address of the article.")
    source: str | None = column("Outlet, as delivered.")
    title: str | None = column("Headline, as delivered.")
    text: str = column(
        "The text that all offsets point into: as delivered, repaired only where `text_repairs` says so."
    )
    text_repairs: list[str] = column(
        "What was repaired in the text: encoding, mojibake, html, controls. Empty where nothing was."
    )
    authors: list[str] = column("Authors, in the order given.")
    language: str = column("ISO 639-1 code of the text's language.")
    published_at: datetime | None = column("Instant of publication, where a time of day is known.")
    published_date: date | None = column(
        "Day of publication: the one the record names, else the UTC day of the instant."
    )
    published_local_date: date | None = column(
        "The day of publication where it was published, by the zone that published_at was delivered with;"
        " published_date where none was told."
    )
    published_precision: Precision | None = column("How exactly the publication date is known.")
    published_from: PublishedFrom = column("Where the publication date was read.")
    extra: str | None = column("Fields of the record that have no column, as a JSON object with sorted keys.")
    content_hash: str = column("SHA-256 of the words of the text, without case, punctuation and spacing.")
    record_hash: str = column("SHA-256 of all delivered fields: the same hash is the same version of the article.")
    duplicate_of: str | None = column(
        "The article of the same content_hash that was published first; null for that one itself.",
        refers="articles.article_id",
    )
    n_characters: int = column("Length of the text in code points.", minimum=1)
    raw_uri: str = column("File of the record: its path from the named input on.")
    raw_index: int = column("Number of the record in its file, from 0.", minimum=0, wide=True)
    raw_sha256: str = column("SHA-256 of the record's bytes, as delivered (after decompression).")

    def __post_init__(self) -> None:
        """Give an article that was stored before `published_local_date` was a column the only day that it has."""
        if self.published_local_date is None:
            object.__setattr__(self, "published_local_date", self.published_date)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Who said what, to whom, in which words, when."""

    statement_id: str = column("Id: hash of the article and the spans of content and cue.", key=True)
    article_id: str = column("The article.", refers="articles.article_id")
    kind: StatementKind = column("direct: all in quotation marks; indirect: none; mixed: some.")
    content: str = column("What was said: the pieces of content_spans, joined by one space.")
    content_spans: list[Span] = column(
        "The pieces of the content, in order: several where the cue or the speaker interrupts."
    )
    content_start: int = column("Start of the first piece.", minimum=0)
    content_end: int = column("End of the last piece.", minimum=1)
    cue: str | None = column("The words that mark the attribution; null for a quotation without any.")
    cue_lemma: str | None = column("Dictionary form of the cue, as in the cue lexicon.")
    cue_start: int | None = column("Start of the cue.", minimum=0)
    cue_end: int | None = column("End of the cue.", minimum=1)
    cue_class: CueClass | None = column("The act that the cue names.")
    is_speech: bool = column("True where something was said or written; false where it was thought, felt, planned.")
    is_negated: bool = column("True where the attribution itself is denied: 'did not say that'.")
    speaker: str | None = column("The speaker, in the words of the text.")
    speaker_start: int | None = column("Start of the speaker.", minimum=0)
    speaker_end: int | None = column("End of the speaker.", minimum=1)
    speaker_id: str | None = column("The actor that the speaker is.", refers="actors.actor_id")
    speaker_name: str | None = column("Name of that actor.")
    speaker_code: str | None = column("CAMEO style code of the speaker on the article's day.")
    speaker_ids: list[str] = column(
        "All speakers that are known by id, in the order of the text: both of 'Kim and Park'.",
        refers="actors.actor_id",
    )
    speaker_how: SpeakerHow = column("How the text names the speaker.")
    addressee: str | None = column("To whom it was said, in the words of the text.")
    addressee_start: int | None = column("Start of the addressee.", minimum=0)
    addressee_end: int | None = column("End of the addressee.", minimum=1)
    addressee_id: str | None = column("The actor that the addressee is.", refers="actors.actor_id")
    medium: Medium | None = column("Where it was said: an interview, a speech, a post.")
    said_raw: str | None = column("The time expression that dates the saying.")
    said_from: date | None = column("First day on which it can have been said.")
    said_to: date | None = column("Last day on which it can have been said.")
    said_edtf: str | None = column("When it was said, in EDTF.")
    said_rule: str | None = column("The rule that chose the date.")
    mentioned_ids: list[str] = column("Actors mentioned in the content, sorted.", refers="actors.actor_id")
    parent_statement_id: str | None = column(
        "The statement inside whose content this one stands.", refers="statements.statement_id"
    )
    sentence: str = column("The sentence of the cue, else of the content's start.")
    rule: str = column("The rule that made the row.")
    confidence: float = column("Estimated probability that content and speaker are right.", minimum=0, maximum=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Who did what to whom, when, where."""

    event_id: str = column("Id: hash of the article, the trigger's span and the CAMEO code.", key=True)
    article_id: str = column("The article.", refers="articles.article_id")
    trigger: str = column("The words that name the act.")
    trigger_start: int = column("Start of the trigger.", minimum=0)
    trigger_end: int = column("End of the trigger.", minimum=1)
    cameo_code: str = column("CAMEO code of the act: a string, '010' is not '10'.", closed="cameo")
    plover_type: PloverType | None = column("PLOVER type; null for CAMEO root 01, which PLOVER leaves out.")
    plover_mode: str | None = column("PLOVER mode.", closed="plover_mode")
    contexts: list[str] = column("PLOVER contexts of the sentence and the code, sorted.")
    article_contexts: list[str] = column("PLOVER contexts that the whole article is about, sorted.")
    quad_class: QuadClass = column(
        "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict."
    )
    goldstein: float | None = column("Goldstein value of the code.", minimum=-10, maximum=10)
    actor: str | None = column("Who did it, in the words of the text.")
    actor_start: int | None = column("Start of the actor.", minimum=0)
    actor_end: int | None = column("End of the actor.", minimum=1)
    actor_id: str | None = column("The first actor.", refers="actors.actor_id")
    actor_code: str | None = column("CAMEO style code of the first actor on the article's day.")
    actor_ids: list[str] = column("All actors that are known by id.", refers="actors.actor_id")
    actor_codes: list[str] = column("Codes of all actors that have one.")
    recipient: str | None = column("To whom it was done, in the words of the text.")
    recipient_start: int | None = column("Start of the recipient.", minimum=0)
    recipient_end: int | None = column("End of the recipient.", minimum=1)
    recipient_id: str | None = column("The first recipient.", refers="actors.actor_id")
    recipient_code: str | None = column("CAMEO style code of the first recipient on the article's day.")
    recipient_ids: list[str] = column("All recipients that are known by id.", refers="actors.actor_id")
    recipient_codes: list[str] = column("Codes of all recipients that have one.")
    is_mutual: bool = column("Both sides do it to each other: actor and recipient could change places.")
    event_raw: str | None = column("The time expression that dates the event.")
    event_from: date | None = column("First day on which it can have happened.")
    event_to: date | None = column("Last day on which it can have happened.")
    event_edtf: str | None = column("When it happened, in EDTF.")
    event_rule: str | None = column("The rule that chose the date.")
    place: str | None = column("Where, in the words of the text.")
    place_start: int | None = column("Start of the place.", minimum=0)
    place_end: int | None = column("End of the place.", minimum=1)
    place_id: str | None = column("GeoNames id of the place.")
    country: str | None = column(
        "ISO 3166-1 alpha-3 code of the place's country; never taken from an actor.", closed="iso3"
    )
    lat: float | None = column("Latitude of the place, in degrees north.", minimum=-90, maximum=90)
    lon: float | None = column("Longitude of the place, in degrees east.", minimum=-180, maximum=180)
    place_precision: PlacePrecision | None = column("How exactly the place is told.")
    is_negated: bool = column("It did not happen, failed, or was refused.")
    is_future: bool = column("It is planned, announced or expected.")
    is_hypothetical: bool = column("It is conditional, possible or wished for.")
    is_historical: bool = column("It is background from long before the article.")
    reported_by_statement_id: str | None = column(
        "The statement that tells the event, or that is the event; null where the article itself tells it.",
        refers="statements.statement_id",
    )
    event_group: str | None = column(
        "What joins it with the same event in other articles: hash of root, actors, recipients, day and place, see"
        " `event_groups`. Null where it has not happened, or its day or all of its parties are not known."
    )
    n_mentions: int = column("How often the article tells this event.", minimum=1)
    sentence: str = column("The sentence of the trigger.")
    rule: str = column("The rule that made the row.")
    confidence: float = column(
        "Estimated probability that act, actor, recipient and status are right.", minimum=0, maximum=1
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Date:
    """A time expression and what it means, no more precisely than it says."""

    date_id: str = column("Id: hash of the article and the span.", key=True)
    article_id: str = column("The article.", refers="articles.article_id")
    start: int = column("Start of the expression.", minimum=0)
    end: int = column("End of the expression.", minimum=1)
    text: str = column("The expression.")
    timex_type: TimexType = column("TIMEX3 type.")
    timex_value: str | None = column("TIMEX3 value.")
    date_from: date | None = column("First day that it can mean.")
    date_to: date | None = column("Last day that it can mean.")
    edtf: str | None = column("The value in EDTF (ISO 8601-2).")
    precision: Precision = column("How much of the date the text gives.")
    anchor: Anchor = column(
        "What it was resolved against: nothing needed, the publication day, another date of the text, none."
    )
    anchor_date: date | None = column("The day it was resolved against.")
    rule: str = column("The rule that read it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A place in the text that names an actor."""

    mention_id: str = column("Id: hash of the article and the span.", key=True)
    article_id: str = column("The article.", refers="articles.article_id")
    start: int = column("Start of the mention.", minimum=0)
    end: int = column("End of the mention.", minimum=1)
    text: str = column("The mention.")
    actor_id: str | None = column(
        "The actor; null for groups without identity ('analysts') and unclear pronouns.", refers="actors.actor_id"
    )
    wikidata_id: str | None = column("Wikidata id of the actor.")
    how: How = column("How the mention names the actor.")
    actor_name: str | None = column("Name of the actor.")
    actor_type: ActorType = column("What kind of thing the actor is.")
    actor_code: str | None = column("CAMEO style code on the article's day.")
    country: str | None = column("Country of the actor, ISO 3166-1 alpha-3.", closed="iso3")
    role: str | None = column(
        "Role of the actor, in words: the office held on the article's day, or the title in the text."
    )
    from_registry: bool = column("True where the registry knows the actor, false where the article alone does.")
    rule: str = column("The rule that resolved the mention.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """An actor that some article mentions."""

    actor_id: str = column("Id: the registry's, else a hash of the name and country.", key=True)
    name: str = column("Name.")
    type: ActorType = column("What kind of thing it is.")
    code: str | None = column("CAMEO style code at last_seen (RUSGOV).")
    country: str | None = column("ISO 3166-1 alpha-3 code.", closed="iso3")
    role: str | None = column("Role at last_seen, in words.")
    wikidata_id: str | None = column("Wikidata id.")
    from_registry: bool = column("True where the registry knows the actor.")
    first_seen: date = column("Day of the first article that mentions it.")
    last_seen: date = column("Day of the last article that mentions it.")
    n_articles: int = column("Number of articles that mention it.", minimum=1)


class Telling(NamedTuple):
    """One event of a group: who tells it, and in which words; from the rows of `events` and `articles`."""

    event_id: str
    article_id: str
    source: str | None
    published_date: date | None
    published_at: datetime | None
    content_hash: str
    sentence_hash: str | None
    """Hash of the words of the sentence; null where they are too few to tell a copy by."""
    is_reported: bool
    trigger: str
    cameo_code: str
    plover_type: str | None
    actor: str | None
    actor_code: str | None
    recipient: str | None
    recipient_code: str | None
    place: str | None
    place_id: str | None
    country: str | None
    lat: float | None
    lon: float | None
    place_precision: str | None
    schema_version: int
    code_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventGroup:
    """An event that has happened, however many articles tell it.

    The same actors, CAMEO root, day and place. Its words are those of the article that was published first.
    """

    event_group: str = column("Id: hash of root, actors, recipients, day and place.", key=True)
    event_date: date = column("The day on which it happened.")
    cameo_root: str = column("The first two digits of the CAMEO codes.")
    cameo_codes: list[str] = column("All CAMEO codes that it is told with, sorted.")
    plover_type: PloverType | None = column("PLOVER type, as first told; null for CAMEO root 01.")
    is_mutual: bool = column("Both sides do it to each other: all of them are in actor_ids.")
    trigger: str = column("The words that name the act, as first told.")
    actor: str | None = column("Who did it, in the words of the article that told it first.")
    actor_code: str | None = column("CAMEO style code of the first actor, as first told.")
    actor_ids: list[str] = column("All actors that are known by id, sorted.", refers="actors.actor_id")
    recipient: str | None = column("To whom it was done, in the words of the article that told it first.")
    recipient_code: str | None = column("CAMEO style code of the first recipient, as first told.")
    recipient_ids: list[str] = column("All recipients that are known by id, sorted.", refers="actors.actor_id")
    place: str | None = column("Where, in the words of the article that told it first.")
    place_id: str | None = column("GeoNames id of the place.")
    country: str | None = column("ISO 3166-1 alpha-3 code of the place's country.", closed="iso3")
    lat: float | None = column("Latitude of the place, in degrees north.", minimum=-90, maximum=90)
    lon: float | None = column("Longitude of the place, in degrees east.", minimum=-180, maximum=180)
    place_precision: PlacePrecision | None = column("How exactly the place is told.")
    n_events: int = column("Number of rows of `events` that it joins.", minimum=1)
    n_articles: int = column("Number of articles that tell it.", minimum=1)
    n_sources: int = column(
        "Number of independent outlets: copies of one text count once, for the outlet that published it first, and so"
        " do the articles of one outlet. Copies have the same content_hash, or tell the event in the same sentence"
        " of eight words or more. An article without outlet counts as an outlet of its own.",
        minimum=1,
    )
    n_reported: int = column(
        "Number of its events that a statement tells, or is; not the articles themselves.", minimum=0
    )
    first_published: date | None = column("First day on which an article told it; null where no such day is known.")
    last_published: date | None = column("Last day on which an article told it; null where no such day is known.")
    sources: list[str] = column("The independent outlets that are known by name, sorted.")
    article_ids: list[str] = column("The articles that tell it, sorted.", refers="articles.article_id")
    tellings: list[Telling] = column(
        "Its events, the one published first in front: what the row is counted from, by the columns of `events` and"
        " `articles`. sentence_hash is the hash of the words of the sentence, null where they are fewer than eight."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """One record delivered in a run, and what became of it: the books."""

    run_id: str = column("The run.", key=True)
    at: datetime = column("When the run began.")
    raw_uri: str = column("File of the record: its path from the named input on.", key=True)
    raw_index: int = column(
        "Number of the record in its file, from 0; -1 for a file that could not be read at all.",
        key=True,
        minimum=-1,
        wide=True,
    )
    raw_sha256: str | None = column("SHA-256 of the record's bytes; null where they could not be read.")
    article_id: str | None = column("The article; null for a record that never became one.")
    outcome: Outcome = column(
        "published: new; replaced: took the place of an older version; unchanged: known already; rejected: see `rejects`."
    )
    article_day: date | None = column("Partition of the article's rows.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject:
    """Something that was delivered or made and not published, and why."""

    reject_id: str = column("Id: hash of run, stage, table, key, place and detail.", key=True)
    run_id: str = column("The run.")
    stage: Stage = column("The stage that rejected it.")
    table: str | None = column("The table of a rejected row; null for a record.")
    key: str | None = column("The key of a rejected row.")
    article_id: str | None = column("The article, where there was one.")
    reason: Reason = column("Why, as a closed word.")
    detail: str = column(
        "Why, in words: what is wrong, where, and what to do. For a row, the names of the rules it broke."
    )
    raw_uri: str = column("File of the record.")
    raw_index: int = column("Number of the record in its file, from 0; -1 for the whole file.", minimum=-1, wide=True)
    position: int | None = column("Line (from 1) or byte offset where the trouble is.", minimum=0, wide=True)
    payload: bytes | None = column(
        "The raw bytes of the record or the row as JSON; cut to the size limit of the settings."
    )
    payload_is_whole: bool = column("False where the payload was cut or could not be kept.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """The result of one expectation in one run."""

    run_id: str = column("The run.", key=True)
    table: str = column("The table that was checked.", key=True)
    rule: str = column("Name of the rule.", key=True)
    meaning: str = column("What the rule says, in a sentence.")
    severity: Severity = column("What a failure does.")
    success: bool = column("Whether the rule held.")
    n_checked: int = column("Rows that were checked.", minimum=0, wide=True)
    n_failed: int = column("Rows that broke the rule; 0 or 1 for a rule about the whole table.", minimum=0, wide=True)
    observed: str | None = column("What was seen.")
    threshold: str | None = column("What was allowed.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run: when, with what, and how it ended."""

    run_id: str = column("The run.", key=True)
    kind: RunKind = column(
        "nightly: records were delivered; backfill: stored articles were read again; replay: rejects were tried again;"
        " maintain: what is older than the settings keep was removed (`counts` says what)."
    )
    status: RunStatus = column("How it ended.")
    started_at: datetime = column("When it began.")
    ended_at: datetime = column("When it was ready to publish.")
    versions: str = column("Versions of code, language model, registry and main libraries, as a JSON object.")
    settings: str = column("The settings in force, as a JSON object.")
    inputs: list[str] = column("The inputs, as absolute paths.")
    n_delivered: int = column("Records delivered.", minimum=0, wide=True)
    n_published: int = column("Records that became a new article.", minimum=0, wide=True)
    n_replaced: int = column("Records that replaced an older version.", minimum=0, wide=True)
    n_unchanged: int = column("Records that were known already.", minimum=0, wide=True)
    n_rejected: int = column("Records that were rejected.", minimum=0, wide=True)
    counts: str = column("Counts per stage and table, as a JSON object.")
    days: list[str] = column("The partitions that were published, as YYYY-MM-DD, sorted.")


ARTICLES = Table("articles", Article, "article (its latest version)", ("article_id",), "article day")
STATEMENTS = Table(
    "statements",
    Statement,
    "statement",
    ("article_id", "content_start", "content_end", "statement_id"),
    "article day",
    (
        Surface("cue", "cue_start", "cue_end"),
        Surface("speaker", "speaker_start", "speaker_end"),
        Surface("addressee", "addressee_start", "addressee_end"),
    ),
)
EVENTS = Table(
    "events",
    Event,
    "event (compound actors are lists)",
    ("article_id", "trigger_start", "trigger_end", "event_id"),
    "article day",
    (
        Surface("trigger", "trigger_start", "trigger_end"),
        Surface("actor", "actor_start", "actor_end"),
        Surface("recipient", "recipient_start", "recipient_end"),
        Surface("place", "place_start", "place_end"),
    ),
)
DATES = Table(
    "dates", Date, "time expression", ("article_id", "start", "end"), "article day", (Surface("text", "start", "end"),)
)
MENTIONS = Table(
    "mentions",
    Mention,
    "mention of an actor",
    ("article_id", "start", "end"),
    "article day",
    (Surface("text", "start", "end"),),
)
ACTORS = Table("actors", Actor, "actor", ("actor_id",), "none")
EVENT_GROUPS = Table("event_groups", EventGroup, "event, over all articles that tell it", ("event_group",), "event day")
LEDGER = Table("ledger", LedgerEntry, "record delivered in a run", ("run_id", "raw_uri", "raw_index"), "run day")
REJECTS = Table("rejects", Reject, "thing not published", ("run_id", "raw_uri", "raw_index", "reject_id"), "run day")
CHECKS = Table("checks", Check, "expectation and run", ("run_id", "table", "rule"), "run day")
RUNS = Table("runs", Run, "run", ("run_id",), "run day")

TABLES = (ARTICLES, STATEMENTS, EVENTS, DATES, MENTIONS, ACTORS, EVENT_GROUPS, LEDGER, REJECTS, CHECKS, RUNS)
ARTICLE_TABLES = tuple(t for t in TABLES if t.by == "article day")
RUN_TABLES = tuple(t for t in TABLES if t.by == "run day")


def table(name: str) -> Table:
    """The table of that name.

    Raises:
        KeyError: there is none.
    """
    return {t.name: t for t in TABLES}[name]
