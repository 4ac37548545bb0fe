"""What every worker needs, loaded once: the fork server imports this before it forks any worker.

What fails here fails again in a worker, which can say so of its batch.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from datetime import date
from pathlib import Path

from flows.forks import WARM
from flows.imports import lasting

TEXT = """BERLIN, March 4 - "We will not wait," the chancellor said on Monday, after France had urged both sides to talk.

She met the French president in Paris last week. Police arrested 12 people in the city, officials said."""
"""Of each thing something, so that all tables are read."""


def load(model: str, actors: list[str]) -> None:
    """Load code, model, registry and tables.

    They are to be out of the collector's sight: it writes to each object that it looks at, and so every worker would
    soon have a copy of each page.
    """
    import flows.tasks  # noqa: F401  # what a worker imports
    from pipeline.actors.registry import load_registry
    from pipeline.extract import extract_article
    from pipeline.schema import build
    from pipeline.tables import Article
    from pipeline.version import code_version
    from pipeline.vocabulary import Precision, PublishedFrom

    day = date(2024, 3, 5)
    article = Article(
        article_id="warm",
        external_id=None,
        url=None,
        source=None,
        title=None,
        text=TEXT,
        text_repairs=[],
        authors=[],
        language="en",
        published_at=None,
        published_date=day,
        published_local_date=day,
        published_precision=Precision.DAY,
        published_from=PublishedFrom.METADATA,
        extra=None,
        content_hash="",
        record_hash="",
        duplicate_of=None,
        n_characters=len(TEXT),
        raw_uri="",
        raw_index=0,
        raw_sha256="",
    )
    registry = load_registry(tuple(map(Path, actors)))
    for table, rows in extract_article(article, registry, model).items():
        build(table, rows, code_version())


if WARM in os.environ:
    with lasting(), suppress(Exception):
        load(*json.loads(os.environ[WARM]))
