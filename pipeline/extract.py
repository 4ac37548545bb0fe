"""One article in, all its rows out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from pipeline.actors import find_mentions
from pipeline.actors.registry import Registry
from pipeline.dates import find_dates
from pipeline.events import find_events
from pipeline.parse import DEFAULT_MODEL, parse_text
from pipeline.schema import Table, build
from pipeline.statements import find_statements
from pipeline.tables import ARTICLES, DATES, EVENTS, MENTIONS, STATEMENTS, Article
from pipeline.timelimit import ArticleTimeout

Rows = dict[Table, list[Any]]
Watch = Callable[[Article], AbstractContextManager[Any]]


@dataclass(frozen=True, slots=True)
class Failure:
    """An article that extraction could not read: an error of newsledger, and the article is kept as a reject."""

    article_id: str
    raw_uri: str
    raw_index: int
    detail: str


@dataclass(slots=True)
class Extraction:
    """The rows of a batch of articles, by table, and what failed."""

    rows: Rows = field(default_factory=lambda: {t: [] for t in (ARTICLES, STATEMENTS, EVENTS, DATES, MENTIONS)})
    failures: list[Failure] = field(default_factory=list)
    n_without_rows: int = 0
    """Articles that yield neither a statement nor an event: counted, not dropped."""

    @property
    def counts(self) -> dict[str, int]:
        """Rows by table, and what is counted beside them."""
        made: Counter[str] = Counter({t.name: len(rows) for t, rows in self.rows.items()})
        return {**made, "failed": len(self.failures), "without_rows": self.n_without_rows}

    def build(self, code_version: str) -> Mapping[Table, pa.Table]:
        """The rows as Arrow tables."""
        return {t: build(t, rows, code_version) for t, rows in self.rows.items()}


def extract_article(article: Article, registry: Registry, model: str = DEFAULT_MODEL) -> Rows:
    """Read one article. The rows depend on the article, the registry and the model alone."""
    parse = parse_text(article.text, model)
    dates = find_dates(article, parse)
    mentions = find_mentions(article, parse, registry)
    statements = find_statements(article, parse, mentions, dates)
    events = find_events(article, parse, mentions, dates, statements)
    return {
        ARTICLES: [article],
        STATEMENTS: list(statements),
        EVENTS: list(events),
        DATES: list(dates),
        MENTIONS: list(mentions.rows),
    }


def extract_articles(
    articles: Iterable[Article], registry: Registry, model: str = DEFAULT_MODEL, watch: Watch = nullcontext
) -> Extraction:
    """Read a batch of articles; one that fails does not take the others with it.

    Args:
        articles: the batch.
        registry: the known actors.
        model: the language model.
        watch: makes the context in which an article is read. What it raises rejects the article: an ArticleTimeout
            with its message as it is, anything else as an error of newsledger.
    """
    done = Extraction()
    for article in articles:
        try:
            with watch(article):
                rows = extract_article(article, registry, model)
        except ArticleTimeout as error:
            done.failures.append(Failure(article.article_id, article.raw_uri, article.raw_index, str(error)))
            continue
        except Exception as error:
            detail = f"{type(error).__name__}: {error}; an error of newsledger, please report it with the article"
            done.failures.append(Failure(article.article_id, article.raw_uri, article.raw_index, detail))
            continue
        for table, made in rows.items():
            done.rows[table].extend(made)
        done.n_without_rows += not (rows[STATEMENTS] or rows[EVENTS])
    return done
