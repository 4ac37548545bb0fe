"""The contract of the tables: names, types and closed words that tools outside rely on."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from pipeline.dictionary import render_dictionary
from pipeline.schema import Table
from pipeline.tables import ARTICLE_TABLES, RUN_TABLES, TABLES, table

CONTRACT = {
    "articles": "article_id external_id url source title text authors language published_at published_date published_local_date"
    " published_precision published_from content_hash duplicate_of raw_uri raw_index raw_sha256",
    "statements": "statement_id article_id kind content content_spans content_start content_end cue cue_lemma cue_start cue_end"
    " cue_class is_speech is_negated speaker speaker_start speaker_end speaker_id speaker_name speaker_code speaker_how"
    " addressee addressee_id said_raw said_from said_to said_edtf mentioned_ids parent_statement_id sentence rule confidence",
    "events": "event_id article_id trigger trigger_start trigger_end cameo_code plover_type plover_mode quad_class goldstein"
    " actor actor_start actor_end actor_id actor_code actor_ids actor_codes recipient recipient_start recipient_end"
    " recipient_id recipient_code recipient_ids recipient_codes event_raw event_from event_to event_edtf place place_id"
    " country lat lon place_precision is_negated is_future is_hypothetical is_historical reported_by_statement_id"
    " event_group sentence rule confidence",
    "dates": "article_id start end text timex_type timex_value date_from date_to edtf precision anchor rule",
    "mentions": "article_id start end text actor_id wikidata_id how",
    "actors": "actor_id name type code country role wikidata_id from_registry first_seen last_seen n_articles",
    "event_groups": "event_group event_date cameo_root actor_ids recipient_ids place_id country n_events n_articles n_sources"
    " first_published last_published article_ids",
    "ledger": "run_id at raw_uri raw_index raw_sha256 article_id outcome",
    "rejects": "run_id stage table key reason detail raw_uri raw_index payload",
    "checks": "run_id table rule severity success n_checked n_failed observed threshold",
    "runs": "run_id status started_at ended_at settings",
}
SPANS = pa.list_(
    pa.field(
        "element", pa.struct([pa.field("start", pa.int32(), False), pa.field("end", pa.int32(), False)]), nullable=False
    )
)
TYPES = {
    ("articles", "published_at"): pa.timestamp("us", tz="UTC"),
    ("articles", "published_date"): pa.date32(),
    ("articles", "published_local_date"): pa.date32(),
    ("articles", "authors"): pa.list_(pa.field("element", pa.string(), nullable=False)),
    ("statements", "content_spans"): SPANS,
    ("statements", "said_from"): pa.date32(),
    ("statements", "is_speech"): pa.bool_(),
    ("statements", "confidence"): pa.float64(),
    ("events", "cameo_code"): pa.string(),
    ("events", "actor_ids"): pa.list_(pa.field("element", pa.string(), nullable=False)),
    ("events", "lat"): pa.float64(),
    ("dates", "start"): pa.int32(),
    ("actors", "first_seen"): pa.date32(),
    ("rejects", "payload"): pa.binary(),
    ("runs", "started_at"): pa.timestamp("us", tz="UTC"),
}


@pytest.mark.parametrize("name", CONTRACT)
def test_every_column_of_the_contract_is_there(name: str) -> None:
    assert not set(CONTRACT[name].split()) - set(table(name).arrow.names)


@pytest.mark.parametrize(("name", "column"), TYPES, ids=lambda v: v)
def test_a_column_has_the_type_of_the_contract(name: str, column: str) -> None:
    assert table(name).arrow.field(column).type == TYPES[name, column]


def test_there_are_no_other_tables() -> None:
    assert {t.name for t in TABLES} == set(CONTRACT)


@pytest.mark.parametrize("t", TABLES, ids=lambda t: t.name)
def test_every_row_says_what_made_it(t: Table) -> None:
    assert t.arrow.names[-2:] == ["schema_version", "code_version"]


@pytest.mark.parametrize("t", TABLES, ids=lambda t: t.name)
def test_the_partition_key_is_in_the_path_alone(t: Table) -> None:
    assert "day" not in t.arrow.names


@pytest.mark.parametrize("t", ARTICLE_TABLES, ids=lambda t: t.name)
def test_tables_by_article_hold_nothing_that_changes_from_run_to_run(t: Table) -> None:
    assert "article_id" in t.arrow.names
    assert not set(t.arrow.names) & {"run_id", "at", "loaded_at", "started_at"}


@pytest.mark.parametrize("t", RUN_TABLES, ids=lambda t: t.name)
def test_tables_by_run_name_the_run(t: Table) -> None:
    assert "run_id" in t.arrow.names


@pytest.mark.parametrize("t", TABLES, ids=lambda t: t.name)
def test_declarations_agree_with_each_other(t: Table) -> None:
    names = set(t.arrow.names)
    assert t.key
    assert set(t.order) <= names
    for surface in t.surfaces:
        assert set(surface) <= names
        assert t.by_name[surface.start].nullable == t.by_name[surface.text].nullable
    for c in t.columns:
        assert c.meaning.endswith("."), c.name
        if c.refers:
            other, column = c.refers.split(".")
            assert column in table(other).key


@pytest.mark.parametrize("t", TABLES, ids=lambda t: t.name)
def test_every_start_has_its_end_and_its_surface(t: Table) -> None:
    starts = {c.name for c in t.columns if c.name == "start" or c.name.endswith("_start")}
    promised = {s.start for s in t.surfaces} | {"content_start"}
    assert starts <= promised


def test_the_page_of_the_tables_is_fresh() -> None:
    page = Path(__file__).parent.parent / "TABLES.md"
    assert page.read_text("utf-8") == render_dictionary(), "run `make tables`"
