"""Extraction of a batch: rows depend on the article alone, and one that fails does not take the others with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from articles import raw_article

from pipeline import extract
from pipeline.actors.registry import load_registry
from pipeline.articles import normalize_article
from pipeline.extract import extract_article, extract_articles
from pipeline.tables import ARTICLES, EVENTS, STATEMENTS, Article

TEXTS = (
    "France and Spain signed a treaty in Paris on Monday. “It was time,” said President Emmanuel Macron.",
    "Police arrested two men in Leeds on Friday, the interior ministry said. They deny the charges.",
    "The garden was green and the river was slow.",
)


def article(text: str, index: int = 0) -> Article:
    raw = raw_article(
        text, "in.jsonl", index, id=str(index), source="Gazette", published_at="2024-05-07", language="en"
    )
    made = normalize_article(raw)
    assert isinstance(made, Article)
    return made


def articles() -> list[Article]:
    return [article(text, n) for n, text in enumerate(TEXTS)]


def test_the_rows_of_an_article_do_not_depend_on_its_neighbours() -> None:
    registry = load_registry()
    alone = [extract_article(a, registry) for a in articles()]
    extract_article(article(" ".join(TEXTS) * 20, 9), registry)
    assert [extract_article(a, registry) for a in reversed(articles())] == alone[::-1]


def test_articles_without_rows_are_counted_and_kept() -> None:
    done = extract_articles(articles(), load_registry())
    assert done.counts["articles"] == len(TEXTS)
    assert done.counts["without_rows"] == 1
    assert done.rows[STATEMENTS]
    assert done.rows[EVENTS]


def test_an_article_that_fails_is_named_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    find = extract.find_dates

    def fails_on_leeds(made: Article, *rest: Any) -> Sequence[Any]:
        if "Leeds" in made.text:
            raise RuntimeError("a rule is broken")
        return find(made, *rest)

    monkeypatch.setattr(extract, "find_dates", fails_on_leeds)
    done = extract_articles(articles(), load_registry())
    (failure,) = done.failures
    assert failure.article_id == articles()[1].article_id
    assert "RuntimeError: a rule is broken" in failure.detail
    assert [a.article_id for a in done.rows[ARTICLES]] == [articles()[n].article_id for n in (0, 2)]


def test_what_is_built_has_the_schema_of_the_tables() -> None:
    for table, rows in extract_articles(articles(), load_registry()).build("1.2.3").items():
        assert rows.schema.equals(table.arrow)
        assert set(rows["code_version"].to_pylist()) <= {"1.2.3"}
