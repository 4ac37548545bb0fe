"""RawArticle → Article: text, language, publication date, identity."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from pipeline.articles.language import ENGLISH, find_language, has_words, parse_language
from pipeline.articles.publication import DateOrder, Publication, find_publication
from pipeline.articles.repair import clean, repair_text
from pipeline.duplicates import find_words
from pipeline.ids import hash_text, make_id
from pipeline.load.encoding import UTF8
from pipeline.load.records import RawArticle, Rejection
from pipeline.tables import Article
from pipeline.vocabulary import PublishedFrom, Reason, Stage

_NO_ID = frozenset({"", "-", "n/a", "na", "nan", "nil", "none", "null", "undefined", "unknown"})
_DEFAULT_PORTS = {"http": ":80", "https": ":443"}


def normalize_article(raw: RawArticle, source: str | None = None, date_order: DateOrder = "mdy") -> Article | Rejection:
    """Make the article of a record.

    Args:
        raw: the record.
        source: the outlet of records that name none.
        date_order: how 03/04/2023 is read in a record's date.

    Returns:
        The article, with `duplicate_of` not yet known (None), or why there is none: the text
        holds no words, or is not in English.
    """
    text, repairs = repair_text(raw.text)
    if raw.encoding != UTF8:
        repairs = sorted(["encoding", *repairs])
    outlet = _clean(raw.source) or source
    article_id = make_article_id(_clean(raw.url), outlet, _clean(raw.id), text)
    if not has_words(text):
        return _reject(raw, article_id, Reason.NO_TEXT, "the text holds no words: there is no article in this record")
    declared = parse_language(raw.language) if raw.language else None
    language = find_language(text, declared)
    if language.code != ENGLISH:
        return _reject(
            raw,
            article_id,
            Reason.UNSUPPORTED_LANGUAGE,
            f"the text is in {language.code!r} (ISO 639-1), not in English: leave it out, or deliver a translation",
        )
    published = find_publication(raw, text, date_order)
    return Article(
        article_id=article_id,
        external_id=_clean(raw.id),
        url=_clean(raw.url),
        source=outlet,
        title=_clean(raw.title),
        text=text,
        text_repairs=repairs,
        authors=[clean(author) for author in raw.authors],
        language=ENGLISH,
        published_at=published.at if published else None,
        published_date=published.date if published else None,
        published_local_date=published.local_date if published else None,
        published_precision=published.precision if published else None,
        published_from=published.from_ if published else PublishedFrom.NONE,
        extra=_write_extra(raw, declared, published),
        content_hash=hash_content(text),
        record_hash=hash_record(raw, outlet, published),
        duplicate_of=None,
        n_characters=len(text),
        raw_uri=raw.raw_uri,
        raw_index=raw.raw_index,
        raw_sha256=raw.place.raw_sha256 or "",
    )


def _reject(raw: RawArticle, article_id: str, reason: Reason, detail: str) -> Rejection:
    return Rejection(stage=Stage.NORMALIZE, reason=reason, detail=detail, place=raw.place, article_id=article_id)


def _clean(value: str | None) -> str | None:
    return None if value is None else clean(value).strip() or None


def make_article_id(url: str | None, source: str | None, external_id: str | None, text: str) -> str:
    """The identity of an article: its address; else its outlet and its id there; else its text.

    The address of a site alone, without path and query, is no article's address. An id such as
    "null" or "n/a" is none.
    """
    address = normalize_url(url) if url else None
    if address is not None:
        return make_id("article", "url", address)
    if external_id is not None and external_id.casefold() not in _NO_ID:
        return make_id("article", "id", source, external_id)
    return make_id("article", "text", text)


def normalize_url(url: str) -> str | None:
    """The form of an address that tells articles apart, or None if it is no article's address.

    Scheme and host in lower case, without default port and fragment; the rest as it is, since
    any part of a path or query can name another article.
    """
    try:
        parts = urlsplit(url)
        host = parts.netloc.lower()
    except ValueError:
        return None
    if not parts.scheme or not (host or parts.scheme not in _DEFAULT_PORTS):
        return None
    if parts.path in ("", "/") and not parts.query:
        return None
    host = host.removesuffix(_DEFAULT_PORTS.get(parts.scheme.lower(), "\0"))
    return urlunsplit((parts.scheme.lower(), host, parts.path, parts.query, ""))


def hash_content(text: str) -> str:
    """The SHA-256 of a text's words, without case, punctuation, spacing and compatibility forms."""
    return hash_text(" ".join(find_words(text)))


def hash_record(raw: RawArticle, source: str | None, published: Publication | None) -> str:
    """The SHA-256 of all that was delivered about an article, whatever file and format brought it.

    So were the outlet that the settings name, and a publication day that the file's name gives.
    """
    fields: dict[str, Any] = {
        "id": raw.id,
        "url": raw.url,
        "source": source,
        "title": raw.title,
        "text": raw.text,
        "published_at": raw.published_at,
        "language": raw.language,
        "authors": raw.authors,
        "extra": raw.extra,
        "encoding": None if raw.encoding == UTF8 else raw.encoding,
        "file_day": str(published.date) if published and published.from_ is PublishedFrom.FILENAME else None,
    }
    return hash_text(_write_json(fields))


def _write_extra(raw: RawArticle, declared: str | None, published: Publication | None) -> str | None:
    """The fields without a column; and what was declared, where the columns do not say it."""
    extra = dict(raw.extra)
    is_told = published is not None and published.from_ is PublishedFrom.METADATA and published.is_as_delivered
    if raw.published_at is not None and not is_told:
        extra.setdefault("published_at", raw.published_at)
    if raw.language is not None and declared != ENGLISH:
        extra.setdefault("language", raw.language)
    return clean(_write_json(extra)) if extra else None


def _write_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, allow_nan=False)
