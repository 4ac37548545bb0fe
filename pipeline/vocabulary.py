"""Closed vocabularies, each declared once. A value outside its list is refused before publishing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import cache
from pathlib import Path

from pipeline.lookup import Row, read_rows, unique

DATA = Path(__file__).parent / "data"
CAMEO_COLUMNS = (
    *("cameo_code", "label", "goldstein", "quad_class"),
    *("plover_type", "plover_mode", "mode_in_the_2021_table", "plover_context"),
)


class PublishedFrom(StrEnum):
    """Where an article's publication date was read."""

    METADATA = "metadata"
    HTML = "html"
    URL = "url"
    DATELINE = "dateline"
    FILENAME = "filename"
    NONE = "none"


class Precision(StrEnum):
    """How much of a date the text gives."""

    INSTANT = "instant"
    PART_OF_DAY = "part_of_day"
    DAY = "day"
    WEEKEND = "weekend"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    HALF_YEAR = "half_year"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    MILLENNIUM = "millennium"
    DURATION = "duration"
    NONE = "none"


class TimexType(StrEnum):
    """TIMEX3 types (TimeML 1.2.1)."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


class Anchor(StrEnum):
    """What a time expression was resolved against."""

    ABSOLUTE = "absolute"
    PUBLISHED = "published"
    TEXT = "text"
    NONE = "none"


class How(StrEnum):
    """How a mention names its actor."""

    NAMED = "named"
    ALIAS = "alias"
    PRONOUN = "pronoun"
    TITLE = "title"
    DEMONYM = "demonym"
    METONYM = "metonym"
    NOMINAL = "nominal"


class ActorType(StrEnum):
    """What kind of thing an actor is."""

    PERSON = "person"
    COUNTRY = "country"
    ORGANISATION = "organisation"
    GROUP = "group"
    PLACE = "place"
    UNKNOWN = "unknown"


class StatementKind(StrEnum):
    """How much of a content stands in quotation marks: all, none, some."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class CueClass(StrEnum):
    """The act that a cue names. `believe`, `feel`, `want`, `know` and `perceive` are not speech."""

    ASSERT = "assert"
    ANNOUNCE = "announce"
    CONFIRM = "confirm"
    REPORT = "report"
    EXPLAIN = "explain"
    DECLINE = "decline"
    PESSIMISTIC = "pessimistic"
    OPTIMISTIC = "optimistic"
    CONSIDER = "consider"
    ADMIT = "admit"
    DENY = "deny"
    SYMPATHISE = "sympathise"
    APOLOGISE = "apologise"
    AGREE = "agree"
    PRAISE = "praise"
    ASK = "ask"
    APPEAL = "appeal"
    PROMISE = "promise"
    DEMAND = "demand"
    CRITICISE = "criticise"
    ACCUSE = "accuse"
    REJECT = "reject"
    THREATEN = "threaten"
    BELIEVE = "believe"
    FEEL = "feel"
    WANT = "want"
    KNOW = "know"
    PERCEIVE = "perceive"


class SpeakerHow(StrEnum):
    """How the text names the speaker of a statement."""

    NAMED = "named"
    PRONOUN = "pronoun"
    TITLE = "title"
    CARRIED = "carried"
    NONE = "none"


class Medium(StrEnum):
    """Where a statement was made, if the text tells."""

    INTERVIEW = "interview"
    SPEECH = "speech"
    STATEMENT = "statement"
    NEWS_CONFERENCE = "news_conference"
    PRESS = "press"
    BROADCAST = "broadcast"
    SOCIAL = "social"
    LETTER = "letter"
    REPORT = "report"
    TESTIMONY = "testimony"
    CALL = "call"


class QuadClass(IntEnum):
    """CAMEO's four classes, by root: 01-05, 06-08, 09-13, 14-20."""

    VERBAL_COOPERATION = 1
    MATERIAL_COOPERATION = 2
    VERBAL_CONFLICT = 3
    MATERIAL_CONFLICT = 4


class PloverType(StrEnum):
    """The 16 event types of PLOVER (manual 0.8)."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    CONCEDE = "CONCEDE"
    COOPERATE = "COOPERATE"
    AID = "AID"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"


class PlacePrecision(StrEnum):
    """How exactly an event's place is told."""

    CITY = "city"
    ADMIN = "admin"
    COUNTRY = "country"
    REGION = "region"


class Outcome(StrEnum):
    """What became of a delivered record."""

    PUBLISHED = "published"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


class Stage(StrEnum):
    """The stage that rejected something."""

    LOAD = "load"
    NORMALIZE = "normalize"
    EXTRACT = "extract"
    AUDIT = "audit"


class Reason(StrEnum):
    """Why something was rejected."""

    UNREADABLE_FILE = "unreadable_file"
    NO_PERMISSION = "no_permission"
    EMPTY_FILE = "empty_file"
    UNKNOWN_FORMAT = "unknown_format"
    TRUNCATED = "truncated"
    TOO_LARGE = "too_large"
    TOO_DEEP = "too_deep"
    INVALID_ENCODING = "invalid_encoding"
    INVALID_RECORD = "invalid_record"
    INVALID_FIELD = "invalid_field"
    NO_TEXT = "no_text"
    UNSUPPORTED_LANGUAGE = "unsupported_language"
    EXTRACTION_FAILED = "extraction_failed"
    FAILED_EXPECTATION = "failed_expectation"
    REFERS_TO_REJECTED = "refers_to_rejected"


class Severity(StrEnum):
    """What a failed check does: quarantine or refuse; report; nothing."""

    CRITICAL = "critical"
    WARNING = "warning"
    INFO = "info"


class RunKind(StrEnum):
    """What a run was for."""

    NIGHTLY = "nightly"
    BACKFILL = "backfill"
    REPLAY = "replay"
    MAINTAIN = "maintain"


class RunStatus(StrEnum):
    """How a run ended."""

    PUBLISHED = "published"
    NOTHING_NEW = "nothing_new"
    PARTIAL = "partial"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class CameoCode:
    """One CAMEO code with its scale values and PLOVER equivalent."""

    code: str
    label: str
    goldstein: float | None
    quad_class: QuadClass
    plover_type: PloverType | None
    plover_mode: str | None
    plover_context: str | None


@cache
def cameo(file: Path = DATA / "cameo.tsv") -> dict[str, CameoCode]:
    """All CAMEO codes by code: strings, `010` is not `10`.

    The PLOVER columns are those of CAMEO2PLOVER-2021. Where its mode is none of PLOVER's manual, that word stands in
    `mode_in_the_2021_table`. It leaves appeals (02) out; they are REQUEST, with the modes of the demands (10).

    Raises:
        ValueError: a code stands twice, a value is unknown, or a mode is none of the code's PLOVER type.
    """
    return {row["cameo_code"]: _parse_code(row) for row in unique(read_rows(file, CAMEO_COLUMNS), "cameo_code")}


def _parse_code(row: Row) -> CameoCode:
    plover_type = row.convert("plover_type", PloverType) if row["plover_type"] else None
    mode = row["plover_mode"] or None
    quad_class = row.convert("quad_class", int)
    if quad_class not in list(QuadClass):
        row.refuse(f"{quad_class} is no quad class")
    if mode and (plover_type is None or mode not in plover_modes()[plover_type]):
        row.refuse(f"{plover_type} has no PLOVER mode {mode!r}")
    return CameoCode(
        code=row["cameo_code"],
        label=row.required("label"),
        goldstein=row.convert("goldstein", float) if row["goldstein"] else None,
        quad_class=QuadClass(quad_class),
        plover_type=plover_type,
        plover_mode=mode,
        plover_context=row["plover_context"] or None,
    )


@cache
def plover_modes(file: Path = DATA / "plover_modes.tsv") -> dict[PloverType, frozenset[str]]:
    """The modes of each PLOVER type (manual 0.8); none for a type without modes.

    Raises:
        ValueError: a type is unknown, or a mode stands twice for one.
    """
    modes: dict[PloverType, set[str]] = {kind: set() for kind in PloverType}
    for row in unique(read_rows(file, ("plover_type", "plover_mode", "meaning")), "plover_type", "plover_mode"):
        modes[row.convert("plover_type", PloverType)].add(row.required("plover_mode"))
    return {kind: frozenset(listed) for kind, listed in modes.items()}
