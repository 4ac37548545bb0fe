"""The page of a run: whole, safe, and true to its rows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rows import TEXT, Rows, good_rows

from pipeline.report import Span, group_rejects, highlight, pick_samples, render_report, show
from pipeline.tables import Check, Reject, Run
from pipeline.vocabulary import Reason, RunKind, RunStatus, Severity, Stage

BEGAN = datetime(2024, 3, 8, 2, 15, tzinfo=UTC)
HOSTILE = "</td><script>alert(1)</script><img src=http://evil.example/x onerror=alert(1)>\u202e\x00\"' {{ 7*7 }} &amp;"
TAGS = frozenset(
    [
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "header",
        "main",
        "footer",
        "p",
        "h1",
        "h2",
        "h3",
        "dl",
        "div",
        "dt",
        "dd",
        "span",
        "bdi",
        "time",
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "details",
        "summary",
        "ol",
        "ul",
        "li",
        "blockquote",
        "mark",
        "small",
        "code",
        "strong",
    ]
)
ATTRIBUTES = {"lang", "charset", "http-equiv", "content", "name", "class", "scope", "datetime"}


def run(**changes: Any) -> Run:
    made = Run(
        run_id="20240308T021500Z-1f3a9c2e",
        kind=RunKind.NIGHTLY,
        status=RunStatus.PUBLISHED,
        started_at=BEGAN,
        ended_at=BEGAN + timedelta(seconds=75),
        versions='{"newsledger": "0.1.0", "spacy": "3.8.11"}',
        settings='{"warehouse": "warehouse", "input": ["seeds"]}',
        inputs=["/data/seeds"],
        n_delivered=1234,
        n_published=1200,
        n_replaced=4,
        n_unchanged=20,
        n_rejected=10,
        counts='{"extract": {"articles": 1204, "statements": 9000}}',
        days=["2024-03-07"],
    )
    return replace(made, **changes)


def check(rule: str, success: bool = True, severity: Severity = Severity.CRITICAL, **changes: Any) -> Check:
    made = Check(
        run_id="r",
        table="statements",
        rule=rule,
        meaning=f"What {rule} says.",
        severity=severity,
        success=success,
        n_checked=10,
        n_failed=0 if success else 1,
        observed="1 of 10 rows",
        threshold="every row",
    )
    return replace(made, **changes)


def reject(detail: str = "confidence_is_in_range", **changes: Any) -> Reject:
    made = Reject(
        reject_id="0",
        run_id="r",
        stage=Stage.AUDIT,
        table="statements",
        key="k",
        article_id="a",
        reason=Reason.FAILED_EXPECTATION,
        detail=detail,
        raw_uri="news.jsonl",
        raw_index=3,
        position=None,
        payload=None,
        payload_is_whole=False,
    )
    return replace(made, **changes)


def page(
    rows: Rows | None = None,
    checks: Iterable[Check] = (check("cue_is_whole"),),
    rejects: Iterable[Reject] = (),
    **changes: Any,
) -> str:
    rows = rows or good_rows()
    samples = pick_samples([*rows.statements, *rows.events], rows.articles, 10)
    return render_report(run(**changes), list(checks), rejects, samples)


class Reader(HTMLParser):
    """Collects tags, attributes and text, and checks that tags are closed in order."""

    VOID = frozenset({"meta", "wbr"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.words += "" if tag == "wbr" else " "
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words += data


def words(html: str) -> str:
    return " ".join(Reader(html).words.split())


def test_the_page_refers_to_nothing_outside() -> None:
    html = page(rejects=[reject()])
    for reference in ("http:", "https:", "//", "url(", "src=", "href=", "@import", "<script", "<link", "<iframe"):
        assert reference not in html


def test_the_page_forbids_the_browser_to_load_anything() -> None:
    policies = [a["content"] for _, a in Reader(page()).tags if a.get("http-equiv") == "Content-Security-Policy"]
    assert policies == ["default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"]


def hostile_page() -> str:
    rows = good_rows()
    rows = rows.changed("statements", speaker_name=HOSTILE, sentence=HOSTILE, rule=HOSTILE)
    rows = rows.changed("events", actor_codes=[HOSTILE], event_edtf=HOSTILE, sentence=HOSTILE)
    rows = rows.changed("articles", text=HOSTILE + TEXT, source=HOSTILE, title=HOSTILE)
    return page(
        rows,
        [check(HOSTILE, False, table=HOSTILE, meaning=HOSTILE, observed=HOSTILE, threshold=HOSTILE)],
        [reject(HOSTILE, raw_uri=HOSTILE, table=HOSTILE)],
        run_id=HOSTILE,
        inputs=[HOSTILE],
        days=[HOSTILE],
        versions='{"<b>": "<script>"}',
        settings='{"floors": "</style><script>"}',
        counts='{"<i>": 1}',
    )


def test_hostile_words_make_no_tags_and_no_attributes() -> None:
    reader = Reader(hostile_page())
    assert {tag for tag, _ in reader.tags} <= TAGS
    assert {name for _, attributes in reader.tags for name in attributes} <= ATTRIBUTES
    assert reader.open == []
    assert "49" not in reader.words


def test_hostile_words_are_shown_as_they_are() -> None:
    text = words(hostile_page())
    assert "<script>alert(1)</script>" in text
    assert "⟨U+202E⟩⟨U+0000⟩" in text
    assert "\u202e" not in text


def test_every_tag_is_closed() -> None:
    assert Reader(page(rejects=[reject()])).open == []


def test_the_page_has_what_readers_of_screens_need() -> None:
    tags = Reader(page(rejects=[reject()])).tags
    names = [tag for tag, _ in tags]
    assert dict(tags)["html"] == {"lang": "en"}
    assert (names.count("h1"), names.count("main"), names.count("title")) == (1, 1, 1)
    assert names.count("caption") == names.count("table") > 3
    assert all(attributes.get("scope") == "col" for tag, attributes in tags if tag == "th")


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (RunStatus.PUBLISHED, "was checked and published."),
        (RunStatus.NOTHING_NEW, "no article changed"),
        (RunStatus.PARTIAL, "some batches failed"),
        (RunStatus.REFUSED, "Nothing of it was published"),
    ],
)
def test_the_page_says_how_the_run_ended(status: RunStatus, told: str) -> None:
    assert told in words(page(status=status))


def test_the_page_shows_the_books() -> None:
    text = words(page())
    assert "delivered 1,234 published 1,200 replaced 4 unchanged 20 rejected 10" in text
    assert "extract statements 9000" in text
    assert "1 min 15 s" in text


def test_broken_rules_come_first_and_warnings_after_them() -> None:
    checks = [
        check("holds_well"),
        check("a_warning", False, Severity.WARNING),
        check("z_broken", False),
        check("a_note", False, Severity.INFO),
    ]
    text = words(page(checks=checks))
    first = [text.index(rule) for rule in ("z_broken", "a_warning", "a_note")]
    assert first == sorted(first)
    assert "holds_well" not in text[: text.index("What was rejected")]
    assert "holds_well" in text[text.index("All rules") :]
    assert "statements: 1 of 4 hold" in text


def test_a_run_that_broke_no_rule_says_so() -> None:
    assert "All 1 rules hold." in words(page())
    assert "There was nothing to check." in words(page(checks=()))


def test_rejects_are_grouped_with_the_largest_group_first() -> None:
    rejects = [
        reject("a"),
        reject("b"),
        reject("b"),
        reject("line 3", stage=Stage.LOAD, table=None, reason=Reason.TRUNCATED, raw_index=-1),
        reject("line 9", stage=Stage.LOAD, table=None, reason=Reason.TRUNCATED),
        reject("line 7", stage=Stage.LOAD, table=None, reason=Reason.TRUNCATED),
    ]
    groups = group_rejects(rejects)
    assert [(g.n, g.reason, g.detail) for g in groups] == [
        (3, "truncated", "line 3"),
        (2, "failed_expectation", "b"),
        (1, "failed_expectation", "a"),
    ]
    assert [g.where for g in groups] == ["news.jsonl", "news.jsonl, record 3", "news.jsonl, record 3"]


def test_many_kinds_of_rejects_are_counted_beyond_the_last_line() -> None:
    assert "And 50 more for other reasons." in words(page(rejects=[reject(f"rule {n:04}") for n in range(250)]))


def test_samples_show_the_parts_of_the_sentence() -> None:
    html = page()
    assert '<mark class="cue"><small>cue</small><bdi>said</bdi></mark>' in html
    assert '<mark class="speaker"><small>speaker</small><bdi>Foreign Minister Ana Duro</bdi></mark>' in html
    assert '<mark class="trigger"><small>trigger</small><bdi>attacked</bdi></mark>' in html
    assert "190 Use conventional military force ASSAULT" in words(html)


def test_a_page_without_samples_says_so() -> None:
    assert words(page(Rows(articles=good_rows().articles))).count("None to show.") == 2


def test_a_very_long_statement_is_cut() -> None:
    rows = good_rows()
    text = TEXT + " More of it came." * 2000
    article = replace(rows.articles[0], text=text)
    statement = replace(rows.statements[0], sentence=text)
    assert len(page(Rows([article], [statement]))) < len(page()) + 3000


def test_samples_are_of_as_many_articles_as_there_are_and_the_surest_first() -> None:
    one, two = good_rows("one"), good_rows("two")
    surest = replace(two.statements[1], confidence=0.99)
    picked = pick_samples([*one.statements, two.statements[0], surest], one.articles + two.articles, 3)
    assert picked[0].row is surest
    assert [s.article.external_id for s in picked[:2]] == ["two", "one"]
    assert len(picked) == 3
    backwards = pick_samples([surest, two.statements[0], *one.statements[::-1]], one.articles + two.articles, 3)
    assert backwards == picked


def test_rows_of_unknown_articles_are_no_samples() -> None:
    assert pick_samples(good_rows("a").statements, good_rows("b").articles, 3) == []


@given(
    st.text(max_size=60),
    st.lists(
        st.tuples(st.integers(0, 60), st.integers(1, 30), st.sampled_from(["cue", "speaker", "content"])), max_size=6
    ),
    st.data(),
)
def test_highlighting_loses_and_adds_no_character(text: str, spans: list[tuple[int, int, str]], data: Any) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    segments = highlight(text, [Span(a, a + n, role) for a, n, role in spans], start, end)
    assert "".join(s.text for s in segments) == text[start:end]


def test_of_overlapping_parts_the_shortest_is_told() -> None:
    segments = highlight("abcdef", [Span(0, 6, "content"), Span(2, 4, "cue")], 0, 6)
    assert segments == [("ab", "content", True), ("cd", "cue", True), ("ef", "content", False)]


@given(st.text())
def test_what_is_shown_hides_nothing(text: str) -> None:
    assert not re.search("[\x00-\x08\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", show(text))


def test_the_page_of_the_same_run_is_the_same_page() -> None:
    assert page(rejects=[reject()]) == page(rejects=[reject()])


def test_the_template_holds_no_reference_of_its_own() -> None:
    source = (Path(__file__).parent.parent / "pipeline" / "data" / "report.html.j2").read_text("utf-8")
    assert "|safe" not in source.replace(" ", "")
    assert not re.search(r"https?:|//|url\(|src=", source)
