"""One article in, all its rows out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.actors import find_mentions
from pipeline.actors.registry import Registry
from pipeline.dates import find_dates
from pipeline.events import find_events
from pipeline.parse import DEFAULT_MODEL, parse_text
from pipeline.statements import find_statements
from pipeline.tables import Article, Date, Event, Mention, Statement


@dataclass(frozen=True, slots=True)
class Extraction:
    """All rows of one article."""

    article: Article
    dates: Sequence[Date]
    mentions: Sequence[Mention]
    statements: Sequence[Statement]
    events: Sequence[Event]


@dataclass(frozen=True, slots=True)
class FailedExtraction:
    """An article that extraction could not read: an error of newsledger, kept as a reject."""

    article: Article
    error: Exception


def extract_article(article: Article, registry: Registry, model: str = DEFAULT_MODEL) -> Extraction:
    """Read one article. The rows depend on the article, the registry and the model alone."""
    parse = parse_text(article.text, model)
    dates = find_dates(article, parse)
    mentions = find_mentions(article, parse, registry)
    statements = find_statements(article, parse, mentions, dates)
    events = find_events(article, parse, mentions, dates, statements)
    return Extraction(article, dates, mentions.rows, statements, events)


def extract_articles(
    articles: Iterable[Article], registry: Registry, model: str = DEFAULT_MODEL
) -> Iterable[Extraction | FailedExtraction]:
    """Read articles one by one; an article that fails does not take the others with it."""
    for article in articles:
        try:
            yield extract_article(article, registry, model)
        except Exception as error:
            yield FailedExtraction(article, error)
