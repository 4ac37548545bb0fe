"""Good rows of every article table, made of one short text; a test changes what it is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.ids import hash_text, make_id
from pipeline.schema import Span, build
from pipeline.tables import ARTICLE_TABLES, Article, Date, Event, Mention, Run, Statement
from pipeline.vocabulary import (
    ActorType,
    Anchor,
    CueClass,
    How,
    PlacePrecision,
    PloverType,
    Precision,
    PublishedFrom,
    QuadClass,
    RunKind,
    RunStatus,
    SpeakerHow,
    StatementKind,
    TimexType,
)

VERSION = "0.0.test"
DAY = date(2024, 3, 7)
TEXT = (
    "GENEVA, March 7 - Foreign Minister Ana Duro said on Wednesday that “the talks will go on” and that "
    "Freedonia had attacked the port of Marina last month. Freedonia denied it."
)


def make(row: type, **known: Any) -> Any:
    """A row of a table; what is not given is null, false or empty, and must be able to be."""
    declared = next(t for t in ARTICLE_TABLES if t.row is row)
    for c in declared.columns[:-2]:
        if c.name not in known:
            assert c.nullable or pa.types.is_boolean(c.arrow) or pa.types.is_list(c.arrow), c.name
            known[c.name] = None if c.nullable else [] if pa.types.is_list(c.arrow) else False
    return row(**known)


def span(words: str, text: str = TEXT, after: int = 0) -> Span:
    """Where `words` stand in `text`, from `after` on."""
    start = text.index(words, after)
    return Span(start, start + len(words))


@dataclass
class Rows:
    """The rows of one article or several, by table."""

    articles: list[Article] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    dates: list[Date] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)

    def __add__(self, other: Rows) -> Rows:
        names = [t.name for t in ARTICLE_TABLES]
        return Rows(**{name: getattr(self, name) + getattr(other, name) for name in names})

    def tables(self) -> dict[str, pa.Table]:
        """The rows as they are staged: with the column `day`."""
        days = {a.article_id: a.published_date or DAY for a in self.articles}
        found = {}
        for table in ARTICLE_TABLES:
            rows = getattr(self, table.name)
            column = pa.array([days.get(row.article_id, DAY) for row in rows], pa.date32())
            found[table.name] = build(table, rows, VERSION).append_column("day", column)
        return found

    def changed(self, table: str, **columns: Any) -> Rows:
        """The same rows with other values in the first row of one table."""
        first, *others = getattr(self, table)
        return replace(self, **{table: [replace(first, **columns), *others]})


def stage(folder: Path, batches: Sequence[Rows | dict[str, pa.Table]]) -> dict[str, list[Path]]:
    """Write batches as a run stages them, one file a table and batch; the paths by table."""
    files: dict[str, list[Path]] = {t.name: [] for t in ARTICLE_TABLES}
    for number, batch in enumerate(batches):
        tables = batch.tables() if isinstance(batch, Rows) else batch
        for name, data in tables.items():
            path = folder / str(number) / f"{name}.parquet"
            path.parent.mkdir(parents=True, exist_ok=True)
            pq.write_table(data, path)
            files[name].append(path)
    return files


def good_rows(name: str = "a", published: date | None = DAY) -> Rows:
    """An article with two statements, two events, two dates and three mentions that break no rule."""
    article = good_article(name, published)
    dates = good_dates(article)
    mentions = good_mentions(article)
    statements = good_statements(article)
    return Rows([article], statements, good_events(article, statements), dates, mentions)


def a_run(run_id: str, began: datetime, status: RunStatus = RunStatus.PUBLISHED) -> Run:
    """A nightly run that read nothing and ended at once."""
    counts = {f"n_{name}": 0 for name in ("delivered", "published", "replaced", "unchanged", "rejected")}
    return Run(
        run_id=run_id,
        kind=RunKind.NIGHTLY,
        status=status,
        started_at=began,
        ended_at=began,
        versions="{}",
        settings="{}",
        inputs=[],
        counts="{}",
        days=[],
        **counts,
    )


def many_rows(names: Iterable[str]) -> Rows:
    """The good rows of several articles."""
    rows = Rows()
    for name in names:
        rows += good_rows(name)
    return rows


def good_article(name: str = "a", published: date | None = DAY, text: str = TEXT) -> Article:
    """An article; `name` tells it from others."""
    return make(
        Article,
        article_id=make_id("article", name),
        external_id=name,
        url=f"https://news.example/{name}",
        source="Example News",
        title="Talks go on",
        text=text,
        authors=["A. Writer"],
        language="en",
        published_at=published and datetime(published.year, published.month, published.day, 9, 30, tzinfo=UTC),
        published_date=published,
        published_precision=published and Precision.INSTANT,
        published_from=PublishedFrom.METADATA if published else PublishedFrom.NONE,
        extra='{"desk": "world"}',
        content_hash=hash_text(text),
        record_hash=hash_text(name + text),
        n_characters=len(text),
        raw_uri="news.jsonl",
        raw_index=0,
        raw_sha256=hash_text("record " + name),
    )


def good_dates(article: Article) -> list[Date]:
    """The dates `Wednesday` and `last month` of the text; unresolved where the article is undated."""
    known = article.published_date is not None
    day, month = span("Wednesday"), span("last month")
    shared: dict[str, Any] = {
        "article_id": article.article_id,
        "timex_type": TimexType.DATE,
        "anchor": Anchor.PUBLISHED if known else Anchor.NONE,
        "anchor_date": article.published_date,
        "rule": "test",
    }
    return [
        make(
            Date,
            date_id=make_id("date", article.article_id, *day),
            start=day.start,
            end=day.end,
            text="Wednesday",
            timex_value="2024-03-06" if known else "XXXX-WXX-3",
            date_from=date(2024, 3, 6) if known else None,
            date_to=date(2024, 3, 6) if known else None,
            edtf="2024-03-06" if known else None,
            precision=Precision.DAY,
            **shared,
        ),
        make(
            Date,
            date_id=make_id("date", article.article_id, *month),
            start=month.start,
            end=month.end,
            text="last month",
            timex_value="2024-02" if known else "XXXX-XX",
            date_from=date(2024, 2, 1) if known else None,
            date_to=date(2024, 2, 29) if known else None,
            edtf="2024-02" if known else None,
            precision=Precision.MONTH,
            **shared,
        ),
    ]


ANA, FREEDONIA = "Q1000001", "Q1000002"


def good_mentions(article: Article) -> list[Mention]:
    """Ana Duro once and Freedonia twice."""
    name, first = span("Foreign Minister Ana Duro"), span("Freedonia")
    second = span("Freedonia", after=first.end)
    found = [(name, ANA, "Ana Duro", ActorType.PERSON, "SYLGOV", "foreign minister")]
    found += [(s, FREEDONIA, "Freedonia", ActorType.COUNTRY, "FRD", None) for s in (first, second)]
    return [
        make(
            Mention,
            mention_id=make_id("mention", article.article_id, *place),
            article_id=article.article_id,
            start=place.start,
            end=place.end,
            text=article.text[place.start : place.end],
            actor_id=actor,
            wikidata_id=actor,
            how=How.NAMED,
            actor_name=actor_name,
            actor_type=kind,
            actor_code=code,
            country="CHE",
            role=role,
            from_registry=True,
            rule="test",
        )
        for place, actor, actor_name, kind, code, role in found
    ]


def good_statements(article: Article) -> list[Statement]:
    """What Ana Duro said, mixed, and what Freedonia denied: the second stands inside the content of none."""
    known = article.published_date is not None
    content, cue, speaker = (
        span("that “the talks will go on” and that Freedonia had attacked the port of Marina last month"),
        span("said"),
        span("Foreign Minister Ana Duro"),
    )
    denied, it = span("denied"), span("it.")
    who = span("Freedonia", after=content.end)
    end = article.text.index(" Freedonia denied")
    common: dict[str, Any] = {
        "article_id": article.article_id,
        "is_speech": True,
        "speaker_how": SpeakerHow.NAMED,
        "rule": "test",
        "confidence": 0.9,
    }
    return [
        make(
            Statement,
            statement_id=make_id("statement", article.article_id, *content),
            kind=StatementKind.MIXED,
            content=article.text[content.start : content.end],
            content_spans=[content],
            content_start=content.start,
            content_end=content.end,
            cue="said",
            cue_lemma="say",
            cue_start=cue.start,
            cue_end=cue.end,
            cue_class=CueClass.ASSERT,
            speaker="Foreign Minister Ana Duro",
            speaker_start=speaker.start,
            speaker_end=speaker.end,
            speaker_id=ANA,
            speaker_name="Ana Duro",
            speaker_code="SYLGOV",
            said_raw="Wednesday",
            said_from=date(2024, 3, 6) if known else None,
            said_to=date(2024, 3, 6) if known else None,
            said_edtf="2024-03-06" if known else None,
            said_rule="clause",
            mentioned_ids=[FREEDONIA],
            sentence=article.text[:end],
            **common,
        ),
        make(
            Statement,
            statement_id=make_id("statement", article.article_id, *it),
            kind=StatementKind.INDIRECT,
            content="it",
            content_spans=[Span(it.start, it.start + 2)],
            content_start=it.start,
            content_end=it.start + 2,
            cue="denied",
            cue_lemma="deny",
            cue_start=denied.start,
            cue_end=denied.end,
            cue_class=CueClass.DENY,
            speaker="Freedonia",
            speaker_start=who.start,
            speaker_end=who.end,
            speaker_id=FREEDONIA,
            speaker_name="Freedonia",
            speaker_code="FRD",
            sentence=article.text[end + 1 :],
            **common,
        ),
    ]


def good_events(article: Article, statements: Sequence[Statement]) -> list[Event]:
    """The attack that the first statement tells, and the denial that is the second statement."""
    known = article.published_date is not None
    attack, port, actor = span("attacked"), span("the port of Marina"), span("Freedonia")
    denial = span("denied")
    who = span("Freedonia", after=port.end)
    common: dict[str, Any] = {
        "article_id": article.article_id,
        "actor": "Freedonia",
        "actor_id": FREEDONIA,
        "actor_code": "FRD",
        "actor_ids": [FREEDONIA],
        "actor_codes": ["FRD"],
        "contexts": ["military"],
        "n_mentions": 1,
        "rule": "test",
        "confidence": 0.8,
    }
    return [
        make(
            Event,
            event_id=make_id("event", article.article_id, *attack, "190"),
            trigger="attacked",
            trigger_start=attack.start,
            trigger_end=attack.end,
            cameo_code="190",
            plover_type=PloverType.ASSAULT,
            quad_class=QuadClass.MATERIAL_CONFLICT,
            goldstein=-10.0,
            actor_start=actor.start,
            actor_end=actor.end,
            recipient="the port of Marina",
            recipient_start=port.start,
            recipient_end=port.end,
            recipient_code="SYL",
            recipient_codes=["SYL"],
            event_raw="last month",
            event_from=date(2024, 2, 1) if known else None,
            event_to=date(2024, 2, 29) if known else None,
            event_edtf="2024-02" if known else None,
            event_rule="clause",
            place="Marina",
            place_start=span("Marina").start,
            place_end=span("Marina").end,
            place_id="1234567",
            country="CHE",
            lat=46.2,
            lon=6.1,
            place_precision=PlacePrecision.CITY,
            reported_by_statement_id=statements[0].statement_id,
            sentence=statements[0].sentence,
            **common,
        ),
        make(
            Event,
            event_id=make_id("event", article.article_id, *denial, "016"),
            trigger="denied",
            trigger_start=denial.start,
            trigger_end=denial.end,
            cameo_code="016",
            quad_class=QuadClass.VERBAL_COOPERATION,
            goldstein=-5.0,
            actor_start=who.start,
            actor_end=who.end,
            reported_by_statement_id=statements[1].statement_id,
            sentence=statements[1].sentence,
            **common,
        ),
    ]
