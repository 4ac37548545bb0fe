"""Articles for the tests of actors."""

from pipeline.tables import Article
from pipeline.vocabulary import PublishedFrom


def article(text, day=None):
    return Article(
        article_id="a",
        external_id=None,
        url=None,
        source=None,
        title=None,
        text=text,
        text_repairs=[],
        authors=[],
        language="en",
        published_at=None,
        published_date=day,
        published_precision=None,
        published_from=PublishedFrom.NONE,
        extra=None,
        content_hash="",
        record_hash="",
        duplicate_of=None,
        n_characters=max(1, len(text)),
        raw_uri="",
        raw_index=0,
        raw_sha256="",
    )
