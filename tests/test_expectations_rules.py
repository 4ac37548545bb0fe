"""Every row rule holds for good rows and is broken by one change to them."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest
from rows import ANA, FREEDONIA, TEXT, good_rows, span

from expectations.audit import RULES, AuditBroken, check_rows, find_broken
from expectations.chunk import Chunk
from expectations.findings import Findings
from expectations.frame import Summary
from expectations.groups import settle
from expectations.quarantine import tell_apart
from expectations.quotes import is_in_quotation, kind_agrees
from expectations.rules import Rule, computed, rule
from pipeline.schema import Column, build
from pipeline.tables import ARTICLE_TABLES, REJECTS, STATEMENTS, table
from pipeline.vocabulary import Severity

Tables = dict[str, list[dict[str, Any]]]
Mutation = Callable[[Tables], None]

RUN_DAY = date(2024, 3, 8)
NOWHERE = "0" * 20
ALL = [one for rules in RULES.values() for one in rules]


def put(name: str, row: int = 0, **columns: Any) -> Mutation:
    """Set columns of one row of a table."""

    def mutate(tables: Tables) -> None:
        assert set(columns) <= set(tables[name][row])
        tables[name][row].update(columns)

    return mutate


def double(name: str) -> Mutation:
    """Deliver the first row of a table twice."""
    return lambda tables: tables[name].append(dict(tables[name][0]))


def both(*mutations: Mutation) -> Mutation:
    """One change after the other."""

    def mutate(tables: Tables) -> None:
        for mutation in mutations:
            mutation(tables)

    return mutate


def undated(tables: Tables) -> None:
    """Take the article's publication day away, and nothing else."""
    tables["articles"][0].update(
        published_at=None,
        published_date=None,
        published_local_date=None,
        published_precision=None,
        published_from="none",
    )


def adopt(tables: Tables) -> None:
    """Make the first statement, whose content lies elsewhere, the parent of the second."""
    tables["statements"][1]["parent_statement_id"] = tables["statements"][0]["statement_id"]


def be_reported_elsewhere(tables: Tables) -> None:
    """Let the second statement report what the first one tells."""
    tables["events"][0]["reported_by_statement_id"] = tables["statements"][1]["statement_id"]


def be_its_own_duplicate(tables: Tables) -> None:
    tables["articles"][0]["duplicate_of"] = tables["articles"][0]["article_id"]


WHOLE = span("that “the talks will go on” and that Freedonia had attacked the port of Marina last month")
HEAD = {"start": WHOLE.start, "end": WHOLE.start + 4}
TAIL = {"start": WHOLE.start + 5, "end": WHOLE.end}

BY_HAND: dict[tuple[str, str], Mutation] = {
    ("articles", "article_is_staged_once"): double("articles"),
    ("articles", "n_characters_is_the_length_of_text"): put("articles", n_characters=len(TEXT) + 1),
    ("articles", "article_is_not_its_own_duplicate"): be_its_own_duplicate,
    ("articles", "instant_and_day_of_publication_agree"): put(
        "articles", published_at=datetime(2024, 3, 9, 1, tzinfo=UTC)
    ),
    ("articles", "local_day_of_publication_agrees"): put("articles", published_local_date=date(2024, 3, 9)),
    ("articles", "publication_has_a_source"): put("articles", published_from="none"),
    ("articles", "publication_precision_agrees"): put("articles", published_precision="day"),
    ("articles", "publication_is_not_ancient"): put("articles", published_date=date(1989, 12, 31)),
    ("articles", "publication_is_not_in_the_future"): put("articles", published_date=date(2024, 3, 10)),
    ("articles", "article_is_filed_under_its_day"): put("articles", day=date(2024, 3, 6)),
    ("articles", "language_is_a_code"): put("articles", language="English"),
    ("articles", "extra_is_a_json_object"): put("articles", extra='{"b": 1, "a": 2}'),
    ("articles", "content_hash_is_a_hash"): put("articles", content_hash="A" * 64),
    ("articles", "record_hash_is_a_hash"): put("articles", record_hash="0" * 63),
    ("articles", "raw_sha256_is_a_hash"): put("articles", raw_sha256="0" * 64 + "\n"),
    ("statements", "content_is_its_spans"): put("statements", content="that the talks will end"),
    ("statements", "content_spans_are_in_order"): put("statements", content_spans=[TAIL, HEAD]),
    ("statements", "content_ends_are_those_of_its_spans"): put("statements", content_end=WHOLE.end - 1),
    ("statements", "kind_agrees_with_quotation_marks"): put("statements", kind="indirect"),
    ("statements", "direct_content_is_in_quotation"): both(
        put("articles", text=TEXT.replace("“", " ").replace("”", " ")), put("statements", kind="direct")
    ),
    ("statements", "cue_is_whole"): put("statements", cue_lemma=None),
    ("statements", "cue_stands_outside_the_content"): put(
        "statements", cue="talks", cue_start=span("talks").start, cue_end=span("talks").end
    ),
    ("statements", "thought_is_no_speech"): put("statements", cue_class="believe"),
    ("statements", "speaker_is_null_exactly_without_how"): put("statements", speaker_how="none"),
    ("statements", "speaker_is_told_by_the_text"): put(
        "statements", speaker=None, speaker_start=None, speaker_end=None, speaker_how="none"
    ),
    ("statements", "speaker_agrees_with_mentions"): put("statements", speaker_name="Freedonia"),
    ("statements", "addressee_is_told_by_the_text"): put("statements", addressee_id=FREEDONIA),
    ("statements", "speaker_is_not_the_addressee"): put(
        "statements",
        addressee="Foreign Minister Ana Duro",
        addressee_start=span("Foreign").start,
        addressee_end=span("Duro").end,
    ),
    ("statements", "saying_is_not_after_publication"): put(
        "statements", said_from=date(2024, 3, 8), said_to=date(2024, 3, 8), said_edtf="2024-03-08"
    ),
    ("statements", "mentioned_ids_are_sorted"): put("statements", mentioned_ids=[FREEDONIA, ANA]),
    ("statements", "parent_holds_the_statement"): adopt,
    ("statements", "said_interval_is_in_order"): put("statements", said_to=date(2024, 3, 5)),
    ("statements", "said_edtf_is_well_formed"): put("statements", said_edtf="March 6"),
    ("statements", "said_edtf_agrees_with_interval"): put("statements", said_edtf="2024-03-05"),
    ("statements", "said_raw_is_in_text"): put("statements", said_raw="on Tuesday"),
    ("statements", "said_date_has_a_source"): both(undated, put("statements", said_raw=None)),
    ("statements", "sentence_is_in_text"): put("statements", sentence="Ana Duro said it."),
    ("statements", "sentence_holds_cue"): put("statements", sentence="Freedonia"),
    ("statements", "row_is_filed_with_its_article"): put("statements", day=date(2024, 3, 8)),
    ("events", "quad_class_agrees_with_cameo_code"): put("events", quad_class=1),
    ("events", "goldstein_agrees_with_cameo_code"): put("events", goldstein=None),
    ("events", "plover_type_agrees_with_cameo_code"): put("events", plover_type="PROTEST"),
    ("events", "plover_mode_belongs_to_plover_type"): put("events", plover_mode="strike"),
    ("events", "contexts_are_sorted"): put("events", contexts=["military", "military"]),
    ("events", "mutual_event_has_two_sides"): put("events", row=1, is_mutual=True),
    ("events", "actor_is_not_its_own_recipient"): put("events", recipient_ids=[FREEDONIA]),
    ("events", "event_is_not_after_its_article"): put(
        "events", event_from=date(2024, 3, 8), event_to=date(2024, 3, 8), event_edtf="2024-03-08"
    ),
    ("events", "future_is_not_historical"): put("events", is_future=True, is_historical=True),
    ("events", "coordinates_come_in_pairs"): put("events", lon=None),
    ("events", "place_is_told_by_the_text"): put("events", row=1, country="CHE"),
    ("events", "event_group_is_an_id"): put("events", event_group="Freedonia"),
    ("events", "event_group_is_of_what_can_be_known_again"): put("events", event_group=NOWHERE),
    ("events", "told_event_stands_in_its_statement"): be_reported_elsewhere,
    ("events", "actor_id_is_among_its_ids"): put("events", actor_id=ANA),
    ("events", "actor_code_is_among_its_codes"): put("events", actor_code="FRDGOV"),
    ("events", "actor_ids_are_distinct"): put("events", actor_ids=[FREEDONIA, FREEDONIA]),
    ("events", "actor_is_told_by_the_text"): put("events", actor=None, actor_start=None, actor_end=None),
    ("events", "actor_code_is_a_code"): put("events", actor_code="Frd"),
    ("events", "recipient_id_is_among_its_ids"): put("events", recipient_id=ANA),
    ("events", "recipient_code_is_among_its_codes"): put("events", recipient_codes=[]),
    ("events", "recipient_ids_are_distinct"): put("events", recipient_ids=[ANA, ANA]),
    ("events", "recipient_is_told_by_the_text"): put("events", row=1, recipient_codes=["SYL"]),
    ("events", "recipient_code_is_a_code"): put("events", recipient_code="SYLG"),
    ("events", "event_interval_is_in_order"): put("events", event_from=date(2024, 3, 1)),
    ("events", "event_edtf_is_well_formed"): put("events", event_edtf="2024-2"),
    ("events", "event_edtf_agrees_with_interval"): put("events", event_to=None),
    ("events", "event_raw_is_in_text"): put("events", event_raw="last year"),
    ("events", "event_date_has_a_source"): both(undated, put("events", event_raw=None)),
    ("events", "sentence_is_in_text"): put("events", sentence="Freedonia attacked."),
    ("events", "sentence_holds_trigger"): put("events", sentence="GENEVA, March 7"),
    ("events", "row_is_filed_with_its_article"): put("events", day=None),
    ("dates", "undated_article_anchors_nothing"): undated,
    ("dates", "anchor_date_is_the_publication_day"): put("dates", anchor_date=date(2024, 3, 6)),
    ("dates", "anchor_date_needs_an_anchor"): put("dates", anchor="absolute"),
    ("dates", "single_day_is_one_day"): put("dates", date_to=date(2024, 3, 7)),
    ("dates", "unknown_precision_has_no_days"): put("dates", precision="none"),
    ("dates", "duration_value_is_a_period"): put("dates", timex_type="DURATION"),
    ("dates", "date_interval_is_in_order"): put("dates", date_from=date(2024, 3, 7)),
    ("dates", "date_edtf_is_well_formed"): put("dates", edtf="2024-03-6"),
    ("dates", "date_edtf_agrees_with_interval"): put("dates", edtf="2024-03-05"),
    ("dates", "row_is_filed_with_its_article"): put("dates", day=date(2024, 3, 6)),
    ("mentions", "wikidata_id_is_an_item"): put("mentions", wikidata_id="Q01"),
    ("mentions", "actor_code_is_a_code"): put("mentions", actor_code="SYL-GOV"),
    ("mentions", "known_actor_has_a_name"): put("mentions", actor_name=None),
    ("mentions", "registry_gives_an_id"): put("mentions", actor_id=None, wikidata_id=None),
    ("mentions", "mentions_do_not_overlap"): put("mentions", row=1, start=span("Duro").start),
    ("mentions", "actor_has_one_name"): put("mentions", row=1, actor_name="Sylvania"),
    ("mentions", "row_is_filed_with_its_article"): put("mentions", day=date(2024, 3, 6)),
}


def of_kind(rule: Rule) -> Mutation | None:
    """The change that breaks a rule that follows from the declaration of a table."""
    declared = table(rule.table)
    for c in declared.columns:
        wrong = _wrong_values(c).get(rule.name)
        if wrong is not None:
            return put(rule.table, **{c.name: wrong[0]})
        if rule.name == f"{c.name}_is_unique":
            return double(rule.table)
    for surface in declared.surfaces:
        if rule.name == f"{surface.text}_agrees_with_text":
            return put(rule.table, **{surface.text: "other words"})
    return put(rule.table, schema_version=99) if rule.name == "schema_version_is_current" else None


def _wrong_values(c: Column) -> dict[str, list[Any]]:
    number = (c.minimum or 0) - 1 if c.minimum is not None else (c.maximum or 0) + 1
    return {
        f"{c.name}_is_filled": [None],
        f"{c.name}_is_an_id": [NOWHERE.replace("0", "G")],
        f"{c.name}_is_not_blank": ["\u00a0 "],
        f"{c.name}_has_no_blank": [["", "a"]],
        f"{c.name}_is_in_its_list": [99 if pa.types.is_integer(c.arrow) else "other"],
        f"{c.name}_is_in_range": [number],
        f"{c.name}_is_a_number": [math.nan],
        f"{c.name}_exists": [[NOWHERE] if pa.types.is_list(c.arrow) else NOWHERE],
    }


def mutation_of(rule: Rule) -> Mutation | None:
    return BY_HAND.get((rule.table, rule.name)) or of_kind(rule)


def loose(name: str) -> pa.Schema:
    fields = [pa.field(c.name, c.arrow) for c in table(name).columns]
    return pa.schema([*fields, pa.field("day", pa.date32())])


def rows_of(name: str) -> Tables:
    return {t: data.to_pylist() for t, data in good_rows(name).tables().items()}


def arrow(batches: list[Tables]) -> dict[str, pa.Table]:
    return {
        t.name: pa.Table.from_pylist([row for batch in batches for row in batch[t.name]], loose(t.name))
        for t in ARTICLE_TABLES
    }


def chunk(batches: list[Tables]) -> Chunk:
    tables = arrow(batches)
    return Chunk(tables, tables["articles"].column("article_id").combine_chunks(), pa.array([], pa.string()), RUN_DAY)


def check(batches: list[Tables]) -> Findings:
    tables = arrow(batches)
    ids = [i for i in tables["articles"].column("article_id").to_pylist() if i is not None]
    doubled = pa.array(sorted({i for i in ids if ids.count(i) > 1}), pa.string())
    return check_rows(tables, pa.array(ids, pa.string()), doubled, RUN_DAY)


@pytest.fixture(scope="module")
def broken() -> dict[tuple[str, str], set[str]]:
    """For each critical rule the names of the articles that break it, one of which is changed for each rule."""
    batches = [rows_of("good")]
    of_row = {name: ["good"] * len(rows) for name, rows in batches[0].items()}
    for one in ALL:
        mutate = mutation_of(one)
        if mutate is not None and one.severity is Severity.CRITICAL:
            name = f"{one.table}.{one.name}"
            tables = rows_of(name)
            mutate(tables)
            batches.append(tables)
            for t, rows in tables.items():
                of_row[t] += [name] * len(rows)
    findings = check(batches)
    owner: dict[tuple[str, str], set[str]] = {}
    for t, rows in findings.broken.items():
        for at, rules in rows.items():
            for rule_name in rules:
                owner.setdefault((t, rule_name), set()).add(of_row[t][at])
    return owner


@pytest.mark.parametrize("rule", ALL, ids=lambda r: f"{r.table}.{r.name}")
def test_every_rule_has_a_change_that_breaks_it(rule: Rule, broken: dict[tuple[str, str], set[str]]) -> None:
    mutate = mutation_of(rule)
    assert mutate is not None, "a rule without a breaking change cannot be told from one that cannot fail"
    if rule.severity is Severity.CRITICAL:
        assert f"{rule.table}.{rule.name}" in broken[rule.table, rule.name]
    else:
        tables = rows_of("warned")
        mutate(tables)
        good, bad = chunk([rows_of("good")]), chunk([tables])
        assert find_broken(good[rule.table], [rule])[rule.name] == []
        assert find_broken(bad[rule.table], [rule])[rule.name] != []


def test_good_rows_break_no_rule() -> None:
    findings = check([rows_of("a"), rows_of("b")])
    assert [key for key, count in findings.counts.items() if count.failed] == []
    assert all(count.checked >= 2 for count in findings.counts.values())


def test_good_rows_of_an_undated_article_break_no_rule() -> None:
    tables = {t: data.to_pylist() for t, data in good_rows("a", None).tables().items()}
    findings = check([tables])
    assert [key for key, count in findings.counts.items() if count.failed] == []


def test_the_good_row_beside_broken_ones_breaks_nothing(broken: dict[tuple[str, str], set[str]]) -> None:
    assert [one for one, names in broken.items() if "good" in names] == []


def test_no_change_is_kept_for_a_rule_that_is_gone() -> None:
    assert set(BY_HAND) <= {(one.table, one.name) for one in ALL}


def test_rules_are_named_once_in_each_table() -> None:
    names = [(one.table, one.name) for one in ALL]
    assert len(names) == len(set(names))


def test_every_rule_says_what_it_means_in_a_sentence() -> None:
    assert [r.name for r in ALL if not r.meaning.endswith(".") or "\n" in r.meaning] == []


def test_every_column_with_a_promise_has_the_rule_that_checks_it() -> None:
    named = {(one.table, one.name) for one in ALL}
    for t in ARTICLE_TABLES:
        for c in t.columns:
            assert c.nullable or (t.name, f"{c.name}_is_filled") in named
            assert c.refers is None or (t.name, f"{c.name}_exists") in named or t.name == "mentions"
            assert (c.values is None and c.closed is None) or (t.name, f"{c.name}_is_in_its_list") in named
            assert (c.minimum is None and c.maximum is None) or (t.name, f"{c.name}_is_in_range") in named
        for surface in t.surfaces:
            assert (t.name, f"{surface.text}_agrees_with_text") in named


def test_a_row_that_lacks_a_required_column_is_tested_by_no_other_rule() -> None:
    tables = rows_of("a")
    tables["statements"][0]["content_spans"] = None
    findings = check([tables])
    assert findings.broken["statements"] == {0: ["content_spans_is_filled"]}


def test_a_rule_needs_a_sentence() -> None:
    with pytest.raises(ValueError, match="docstring"):
        rule(STATEMENTS)(lambda rows: [True])


def test_a_rule_that_cannot_be_computed_is_an_error_of_the_audit(monkeypatch: pytest.MonkeyPatch) -> None:
    slip = computed(STATEMENTS, "slip", "A slip.", lambda rows: [row.nothing for row in rows.values("content")])
    short = computed(STATEMENTS, "short", "Too short.", lambda rows: [True])
    typo = Rule(table="statements", name="typo", meaning="A slip.", expectation="ExpectColumnValuesToBeBetween", arguments={"column": "content", "min_value": 3})  # fmt: skip
    for broken_rule in (slip, short, typo):
        monkeypatch.setitem(RULES, "statements", (broken_rule,))
        with pytest.raises(AuditBroken, match=broken_rule.name):
            check([rows_of("a")])


def test_one_rule_that_stands_for_many_cannot_fail_alone() -> None:
    (one, *_) = RULES["dates"]
    broken_summary = Summary(pd.DataFrame(), [one], {one.name: []})
    with pytest.raises(AuditBroken, match="none of those that it stands for"):
        broken_summary.behind(one)


def test_lists_are_never_handed_to_great_expectations() -> None:
    listed = Rule(table="events", name="listed", meaning="A list.", arguments={"column": "contexts", "value_set": [1]})
    with pytest.raises(AuditBroken, match="lists"):
        find_broken(chunk([rows_of("a")])["events"], [listed])


def odd_values(arrow_type: pa.DataType) -> list[Any]:
    """Values of a column's type that no extraction should make."""
    if pa.types.is_list(arrow_type):
        return [None, [], *([odd] for odd in odd_values(arrow_type.value_type) if odd is not None)]
    if pa.types.is_struct(arrow_type):
        return [{"start": a, "end": b} for a, b in ((-1, 5), (5, -1), (3, 3), (0, 2**31 - 1), (-(2**31), 0))]
    if pa.types.is_integer(arrow_type):
        return [None, -1, 0, 2**31 - 1, -(2**31)]
    if pa.types.is_floating(arrow_type):
        return [None, math.nan, math.inf, -math.inf, 1e308]
    if pa.types.is_date(arrow_type):
        return [None, date.min, date.max]
    if pa.types.is_timestamp(arrow_type):
        return [None, datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)]
    if pa.types.is_boolean(arrow_type):
        return [None, True, False]
    return [None, "", " ", "\x00", "\u202e", "{", "[" * 5000, "../..", "/", "XXXX-XX-XX", "2024-99-99", "0000", "é" * 9]


def test_no_value_of_any_column_breaks_the_audit() -> None:
    batches = [rows_of("good")]
    for t in ARTICLE_TABLES:
        for c in t.columns:
            for number, value in enumerate(odd_values(c.arrow)):
                tables = rows_of(f"{t.name} {c.name} {number}")
                put(t.name, **{c.name: value})(tables)
                batches.append(tables)
    findings = check(batches)
    group = settle("run-1", range(1), arrow(batches), findings, payload_bytes=1000)
    rejects = build(REJECTS, tell_apart(group.rejects), "test")
    assert len(batches) > 1000
    assert rejects.num_rows == len(set(rejects.column("reject_id").to_pylist())) > 1000
    assert [t for t, rows in findings.broken.items() if 0 in rows] == []


BEFORE, AFTER = date(2024, 3, 6), date(2024, 3, 8)
"""The local days that a story filed under 7 March can have besides."""
SAID_AFTER = put("statements", said_from=AFTER, said_to=AFTER, said_edtf="2024-03-08")
SAID_AT_ONCE = put("statements", said_from=date(2024, 3, 7), said_to=date(2024, 3, 7), said_edtf="2024-03-07")
DONE_AFTER = put("events", event_from=AFTER, event_to=AFTER, event_edtf="2024-03-08")
DONE_AT_ONCE = put("events", event_from=date(2024, 3, 7), event_to=date(2024, 3, 7), event_edtf="2024-03-07")
ANCHORED_BEFORE = both(put("dates", anchor_date=BEFORE), put("dates", row=1, anchor_date=BEFORE))
ANCHOR, UNDATED = "anchor_date_is_the_publication_day", "undated_article_anchors_nothing"
LOCAL: list[tuple[str, str, date | None, Mutation, bool, str]] = [
    ("articles", "local_day_of_publication_agrees", BEFORE, put("articles"), True, "published in the west"),
    ("articles", "local_day_of_publication_agrees", AFTER, put("articles"), True, "published in the east"),
    ("articles", "local_day_of_publication_agrees", date(2024, 3, 5), put("articles"), False, "no zone is a day off"),
    ("articles", "local_day_of_publication_agrees", None, put("articles"), False, "the day is known"),
    ("articles", "local_day_of_publication_agrees", AFTER, put("articles", published_date=None), False, "it is not"),
    ("articles", "local_day_of_publication_agrees", None, undated, True, "neither is known"),
    ("dates", ANCHOR, BEFORE, ANCHORED_BEFORE, True, "the day where it was published"),
    ("dates", ANCHOR, BEFORE, put("dates"), False, "the day of UTC"),
    ("dates", UNDATED, None, put("dates"), False, "no local day to resolve against"),
    ("dates", UNDATED, AFTER, put("articles", published_date=None), True, "the local day is the anchor"),
    ("statements", "saying_is_not_after_publication", AFTER, SAID_AFTER, True, "it is that day already"),
    ("statements", "saying_is_not_after_publication", BEFORE, SAID_AT_ONCE, False, "it is not yet that day"),
    ("events", "event_is_not_after_its_article", AFTER, DONE_AFTER, True, "it is that day already"),
    ("events", "event_is_not_after_its_article", BEFORE, DONE_AT_ONCE, False, "it is not yet that day"),
]


@pytest.mark.parametrize(("name", "rule_name", "local", "mutate", "holds", "why"), LOCAL)
def test_days_are_compared_with_the_day_where_the_article_was_published(
    name: str, rule_name: str, local: date | None, mutate: Mutation, holds: bool, why: str
) -> None:
    tables = rows_of("a")
    both(put("articles", published_local_date=local), mutate)(tables)
    (one,) = [r for r in RULES[name] if r.name == rule_name]
    assert (find_broken(chunk([tables])[name], [one])[rule_name] == []) is holds, why


def changed_event(**columns: Any) -> Tables:
    tables = rows_of("a")
    put("events", **columns)(tables)
    return tables


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ((["HUNGOV"], ["ROMGOV"]), True),
        ((["FRDMIL"], ["FRDMIL"]), False),
        (([], []), False),
    ],
)
def test_two_sides_may_share_their_words_if_codes_tell_them_apart(codes: Any, expected: bool) -> None:
    """In 'Hungarian and Romanian officials agreed' the same words are actor and recipient."""
    shared = span("the port of Marina")
    columns = {"actor": "the port of Marina", "actor_start": shared.start, "actor_end": shared.end}
    tables = changed_event(**columns, actor_ids=[], actor_codes=codes[0], recipient_codes=codes[1])
    (one,) = [r for r in RULES["events"] if r.name == "actor_is_not_its_own_recipient"]
    assert (find_broken(chunk([tables])["events"], [one])[one.name] == []) is expected


@pytest.mark.parametrize(
    ("kind", "piece", "expected", "why"),
    [
        ("indirect", "the talks go on", True, "no mark at all"),
        ("indirect", "it is the neighbours' fault", True, "an apostrophe is no mark"),
        ("indirect", 'the 6" pipe and the 8" pipe broke', True, "inches are no marks"),
        ("indirect", "it is “a shame” for all", False, "words in marks make it mixed"),
        ("indirect", 'it is "a shame" for all', False, "typewriter marks are marks"),
        ("mixed", "it is “a shame” for all", True, "words in marks"),
        ("mixed", "it is a shame for all", False, "no mark in it or beside it"),
        ("direct", "“It is a shame for all", True, "the mark opens it"),
        ("direct", "it is a shame for all", False, "no mark in it or beside it"),
        ("indirect", "it is 'a shame' for all", True, "single marks may be apostrophes"),
    ],
)
def test_kind_agrees_with_quotation_marks(kind: str, piece: str, expected: bool, why: str) -> None:
    text = f"They say {piece} and leave."
    at = text.index(piece)
    assert kind_agrees(text, [{"start": at, "end": at + len(piece)}], kind) is expected, why


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We came late. We stayed long. We saw all of it,” he said.", True),
        ('"We came late. We stayed long. We saw all of it," he said.', True),
        ("'We came late. We stayed long. We saw all of it,' he said.", True),
        ("“We came late,” he said. We stayed long.", False),
        ("The neighbours' car came late. We stayed long.", False),
    ],
)
def test_direct_content_may_continue_a_quotation_that_began_before_it(text: str, expected: bool) -> None:
    at = text.index("We stayed long")
    assert is_in_quotation(text, at, at + 14) is expected
