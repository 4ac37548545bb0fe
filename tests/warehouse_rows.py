"""Articles and their rows, made up whole, for the tests of the warehouse.

A `Story` is a version of one article; `rows_of` gives what an extraction would find in it, so that every promise of the
tables holds: offsets, references, days.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.events.group import with_group
from pipeline.ids import hash_text, make_id
from pipeline.schema import SCHEMA_VERSION, Span, Table, build
from pipeline.tables import ARTICLE_TABLES, ARTICLES, CHECKS, DATES, EVENTS, LEDGER, MENTIONS, RUNS, STATEMENTS
from pipeline.vocabulary import (
    ActorType,
    Anchor,
    CueClass,
    How,
    Outcome,
    PloverType,
    Precision,
    PublishedFrom,
    QuadClass,
    RunStatus,
    Severity,
    SpeakerHow,
    StatementKind,
    TimexType,
)
from pipeline.warehouse import Publication, Warehouse

RUN_DAY = date(2024, 3, 9)
NOON = datetime(2024, 3, 9, 12, tzinfo=UTC)
FIRST_LOAD = date(2024, 3, 1)


@dataclass(frozen=True)
class Story:
    """One version of an article: who says what, when; `day` None is an article without a date.

    Each saying is an event of the day `happened`, by default that of the article.
    """

    name: str
    day: date | None
    speakers: tuple[str, ...] = ("Ada Poe",)
    words: str = "The bridge is safe"
    duplicate_of: str | None = None
    source: str | None = "Harbour Post"
    happened: date | None = None

    @property
    def article_id(self) -> str:
        return make_id("article", self.name)

    @property
    def partition(self) -> date:
        return self.day or FIRST_LOAD

    @property
    def text(self) -> str:
        return " ".join(f"“{self.words},” {s} told Mayor Lee on Monday. Über-fans cheered." for s in self.speakers)


D1, D2, D3 = date(2024, 2, 1), date(2024, 2, 2), date(2024, 2, 3)
BASE = [Story("bridge", D1), Story("dam", D1, ("Bo Ray", "Ada Poe")), Story("flood", D2), Story("undated", None)]


def root(house: Warehouse) -> Path:
    """The folder of a warehouse."""
    return Path(house.storage.root)


def fill(table: Table, /, **values: Any) -> Any:
    """A row with these values, and the emptiest ones that its other columns allow."""
    for column in table.columns:
        if column.name in values or column.name in ("schema_version", "code_version"):
            continue
        if column.nullable:
            values[column.name] = None
        elif pa.types.is_list(column.arrow):
            values[column.name] = []
        elif pa.types.is_string(column.arrow):
            values[column.name] = ""
        elif pa.types.is_boolean(column.arrow):
            values[column.name] = False
        else:
            values[column.name] = int(column.minimum or 0)
    return table.row(**values)


def rows_of(story: Story) -> dict[str, list[Any]]:
    """All rows of an article, by table."""
    rows: dict[str, list[Any]] = {t.name: [] for t in ARTICLE_TABLES}
    rows["articles"].append(_article(story))
    at = 0
    for speaker in story.speakers:
        for table, row in _said(story, speaker, at):
            rows[table].append(row)
        at = story.text.index("cheered.", at) + len("cheered. ")
    return rows


@cache
def tables_of(stories: tuple[Story, ...]) -> dict[str, pa.Table]:
    """The rows of several articles as Arrow tables with `day`."""
    found = {}
    for table in ARTICLE_TABLES:
        rows = [(row, s.partition) for s in stories for row in rows_of(s)[table.name]]
        arrow = build(table, [row for row, _ in rows], "test")
        found[table.name] = arrow.append_column("day", pa.array([d for _, d in rows], pa.date32()))
    return found


def stage_stories(house: Warehouse, run_id: str, stories: Sequence[Story], batch_size: int = 2) -> None:
    """Stage articles in batches."""
    stage = house.staging(run_id)
    for i in range(0, len(stories), batch_size):
        for name, rows in tables_of(tuple(stories[i : i + batch_size])).items():
            stage.write(f"b{i:04}", next(t for t in ARTICLE_TABLES if t.name == name), rows)
        stage.mark_done(f"b{i:04}")


def run_rows(run_id: str, stories: Sequence[Story], status: RunStatus = RunStatus.PUBLISHED) -> dict[str, pa.Table]:
    """The rows of the run tables."""
    entries = [
        fill(
            LEDGER,
            run_id=run_id,
            at=NOON,
            raw_uri="in.jsonl",
            raw_index=i,
            raw_sha256=hash_text(s.text),
            article_id=s.article_id,
            outcome=Outcome.PUBLISHED,
            article_day=s.partition,
        )
        for i, s in enumerate(stories)
    ]
    check = fill(
        CHECKS,
        run_id=run_id,
        table="articles",
        rule="books_balance",
        meaning="Every record has one outcome.",
        severity=Severity.CRITICAL,
        success=True,
        n_checked=len(stories),
        n_failed=0,
    )
    run = fill(
        RUNS,
        run_id=run_id,
        status=status,
        started_at=NOON,
        ended_at=NOON,
        versions="{}",
        settings="{}",
        inputs=["/in"],
        n_delivered=len(stories),
        n_published=len(stories),
        n_replaced=0,
        n_unchanged=0,
        n_rejected=0,
        counts="{}",
    )
    return {
        "ledger": build(LEDGER, entries, "test"),
        "checks": build(CHECKS, [check], "test"),
        "runs": build(RUNS, [run], "test"),
    }


def load(
    house: Warehouse,
    run_id: str,
    stories: Sequence[Story],
    *,
    then: Callable[[], None] = lambda: None,
    **more: Any,
) -> list[str]:
    """One whole run: recover, find what is stored already, stage, call `then`, publish."""
    with house.lock():
        house.recover()
        known = house.known_articles()
        days = dict(zip(known["article_id"].to_pylist(), known["day"].to_pylist(), strict=True))
        gone = {s.article_id: {days[s.article_id]} for s in stories if s.article_id in days}
        stage_stories(house, run_id, stories)
        then()
        return house.publish(
            Publication(
                run_id, RUN_DAY, run_rows(run_id, stories), staged=house.staging(run_id).files(), gone=gone, **more
            )
        )


def _article(story: Story) -> Any:
    return fill(
        ARTICLES,
        article_id=story.article_id,
        external_id=story.name,
        source=story.source,
        text=story.text,
        authors=["B. Author"],
        language="en",
        published_date=story.day,
        published_precision=Precision.DAY if story.day else None,
        published_from=PublishedFrom.METADATA if story.day else PublishedFrom.NONE,
        content_hash=hash_text(story.text.casefold()),
        record_hash=hash_text(repr(story)),
        duplicate_of=story.duplicate_of,
        n_characters=len(story.text),
        raw_uri="in.jsonl",
        raw_index=0,
        raw_sha256=hashlib.sha256(story.text.encode()).hexdigest(),
    )


def _said(story: Story, speaker: str, at: int) -> list[tuple[str, Any]]:
    article_id, text = story.article_id, story.text

    def place(word: str) -> tuple[int, int]:
        start = text.index(word, at)
        return start, start + len(word)

    content, cue, who, to, when = map(place, (story.words, "told", speaker, "Mayor Lee", "Monday"))
    statement_id = make_id("statement", article_id, *content, *cue)
    ids = {s: make_id("actor", s) for s in (speaker, "Mayor Lee")}
    statement = fill(
        STATEMENTS,
        statement_id=statement_id,
        article_id=article_id,
        kind=StatementKind.DIRECT,
        content=story.words,
        content_spans=[Span(*content)],
        content_start=content[0],
        content_end=content[1],
        cue="told",
        cue_lemma="tell",
        cue_start=cue[0],
        cue_end=cue[1],
        cue_class=CueClass.REPORT,
        is_speech=True,
        speaker=speaker,
        speaker_start=who[0],
        speaker_end=who[1],
        speaker_id=ids[speaker],
        speaker_name=speaker,
        speaker_how=SpeakerHow.NAMED,
        addressee="Mayor Lee",
        addressee_start=to[0],
        addressee_end=to[1],
        addressee_id=ids["Mayor Lee"],
        said_raw="Monday",
        sentence=text[content[0] - 1 : when[1] + 1],
        rule="quote",
        confidence=0.9,
    )
    event = fill(
        EVENTS,
        event_id=make_id("event", article_id, *cue, "010"),
        article_id=article_id,
        trigger="told",
        trigger_start=cue[0],
        trigger_end=cue[1],
        cameo_code="010",
        plover_type=PloverType.CONSULT,
        quad_class=QuadClass.VERBAL_COOPERATION,
        goldstein=0.0,
        actor=speaker,
        actor_start=who[0],
        actor_end=who[1],
        actor_id=ids[speaker],
        actor_ids=[ids[speaker]],
        recipient="Mayor Lee",
        recipient_start=to[0],
        recipient_end=to[1],
        recipient_id=ids["Mayor Lee"],
        recipient_ids=[ids["Mayor Lee"]],
        event_from=story.happened or story.day,
        event_to=story.happened or story.day,
        reported_by_statement_id=statement_id,
        n_mentions=1,
        sentence=statement.sentence,
        rule="cue",
        confidence=0.8,
    )
    expression = fill(
        DATES,
        date_id=make_id("date", article_id, *when),
        article_id=article_id,
        start=when[0],
        end=when[1],
        text="Monday",
        timex_type=TimexType.DATE,
        precision=Precision.DAY,
        anchor=Anchor.NONE,
        rule="weekday",
    )
    mentions = [
        fill(
            MENTIONS,
            mention_id=make_id("mention", article_id, *span),
            article_id=article_id,
            start=span[0],
            end=span[1],
            text=name,
            actor_id=ids[name],
            how=How.NAMED,
            actor_name=name,
            actor_type=ActorType.PERSON,
            role="mayor" if name == "Mayor Lee" else None,
            rule="name",
        )
        for name, span in ((speaker, who), ("Mayor Lee", to))
    ]
    return [
        ("statements", statement),
        ("events", with_group(event)),
        ("dates", expression),
        *(("mentions", m) for m in mentions),
    ]


def main() -> None:
    """Write the golden warehouse of the present schema version anew: `PYTHONPATH=. python tests/warehouse_rows.py`."""
    root = Path(__file__).parent / f"golden/warehouse-v{SCHEMA_VERSION}"
    shutil.rmtree(root, ignore_errors=True)
    day = date(2024, 2, 1)
    load(Warehouse(str(root)), "r1", [Story("bridge", day), Story("dam", day, ("Bo Ray", "Ada Poe"))])
    for left in ("_lock", "_staging", "_journal"):
        (root / left).unlink() if (root / left).is_file() else (root / left).rmdir()


if __name__ == "__main__":
    main()
