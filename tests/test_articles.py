"""RawArticle → Article: every column, identity, and what makes a version."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from articles import raw_article
from hypothesis import given
from hypothesis import strategies as st

from pipeline.articles.normalize import hash_content, make_article_id, normalize_article, normalize_url
from pipeline.load import InputFile, read_records
from pipeline.load.records import RawArticle, Rejection
from pipeline.tables import ARTICLES, Article
from pipeline.vocabulary import Precision, PublishedFrom, Reason, Stage

TEXT = "The council met on Friday, and the mayor said that it would vote."


def raw(text: str = TEXT, **fields) -> RawArticle:
    return raw_article(text, **fields)


def normalize(*args, **kwargs) -> Article:
    article = normalize_article(raw(*args, **kwargs))
    assert isinstance(article, Article), article
    return article


FULL = {
    "id": "7",
    "url": "https://example.org/7",
    "source": "Gazette",
    "title": "Council meets",
    "published_at": "2024-03-15T09:30:00+01:00",
    "language": "en-GB",
    "authors": ["Ann Lee"],
    "extra": {"section": "World", "n": 1},
}


def test_every_column_is_filled():
    article = normalize(**FULL)
    assert (article.external_id, article.url, article.source) == ("7", "https://example.org/7", "Gazette")
    assert (article.title, article.text, article.text_repairs) == ("Council meets", TEXT, [])
    assert (article.authors, article.language) == (["Ann Lee"], "en")
    assert article.published_at == datetime(2024, 3, 15, 8, 30, tzinfo=UTC)
    assert (article.published_date, article.published_local_date) == (date(2024, 3, 15), date(2024, 3, 15))
    assert (article.published_precision, article.published_from) == (Precision.INSTANT, PublishedFrom.METADATA)
    kept = {"published_at": "2024-03-15T09:30:00+01:00"}
    assert json.loads(article.extra) == {"section": "World", "n": 1, **kept}
    assert (article.duplicate_of, article.n_characters) == (None, len(TEXT))
    assert (article.raw_uri, article.raw_index, article.raw_sha256) == ("in/a.jsonl", 0, "5ha")


def test_a_bare_text_leaves_unknown_what_it_does_not_say():
    article = normalize()
    unknown = (
        "external_id",
        "url",
        "source",
        "title",
        "published_at",
        "published_date",
        "published_local_date",
        "published_precision",
        "extra",
    )
    assert [getattr(article, name) for name in unknown] == [None] * len(unknown)
    assert (article.published_from, article.authors) == (PublishedFrom.NONE, [])


EXTRA = [
    ({"published_at": "2024-02-30"}, {"published_at": "2024-02-30"}, "a date that is none"),
    ({"published_at": "yesterday"}, {"published_at": "yesterday"}, "a date that is not known"),
    ({"published_at": "2024-02"}, {"published_at": "2024-02"}, "a month is no day"),
    ({"published_at": "2024-02-01T10:00"}, {"published_at": "2024-02-01T10:00"}, "a time for which UTC is assumed"),
    (
        {"published_at": "Feb 1, 2024 10:00 AM ET"},
        {"published_at": "Feb 1, 2024 10:00 AM ET"},
        "a zone that is not clear",
    ),
    ({"published_at": "2024-02-01T10:00Z"}, None, "a time with its zone"),
    ({"published_at": "2024-02-01"}, None, "a day"),
    ({"language": "en-US"}, None, "a language that the column says"),
    ({"language": "fr"}, {"language": "fr"}, "a language that the text is not in"),
    ({"language": "Klingon?"}, {"language": "Klingon?"}, "a language that is none"),
    (
        {"extra": {"z": 1, "a": {"c": [1.5, None], "b": "é"}}},
        {"a": {"b": "é", "c": [1.5, None]}, "z": 1},
        "other fields",
    ),
]


@pytest.mark.parametrize(("fields", "extra", "reason"), EXTRA)
def test_what_no_column_says_is_kept_in_extra(fields, extra, reason):
    article = normalize(**fields)
    assert (None if article.extra is None else json.loads(article.extra)) == extra, reason


def test_extra_has_sorted_keys():
    assert normalize(extra={"b": 1, "a": 2}).extra == '{"a": 2, "b": 1}'


def test_a_text_that_was_not_utf_8_says_so():
    assert normalize(encoding="cp1252").text_repairs == ["encoding"]
    assert normalize(text=TEXT + "\0", encoding="cp1252").text_repairs == ["controls", "encoding"]


def test_the_outlet_of_the_settings_stands_in_for_a_missing_one():
    article = normalize_article(raw(id="7"), source="Gazette")
    assert isinstance(article, Article)
    assert article.source == "Gazette"
    assert article.article_id == normalize(id="7", source="Gazette").article_id
    other = normalize_article(raw(source="Herald"), source="Gazette")
    assert isinstance(other, Article)
    assert other.source == "Herald"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Le ministre a démissionné mardi soir.", Reason.UNSUPPORTED_LANGUAGE),
        ("外務大臣は火曜日に辞任した。", Reason.UNSUPPORTED_LANGUAGE),
        ("1 2 3 ...", Reason.NO_TEXT),
        ("<p></p><p></p>", Reason.NO_TEXT),
        ("\0\0", Reason.NO_TEXT),
    ],
)
def test_what_is_no_english_article_is_rejected_with_its_place(text, reason):
    rejection = normalize_article(raw(text, url="https://example.org/7"))
    assert isinstance(rejection, Rejection)
    assert (rejection.stage, rejection.reason, rejection.raw_uri) == (Stage.NORMALIZE, reason, "in/a.jsonl")
    assert rejection.article_id == make_article_id("https://example.org/7", None, None, text)
    assert rejection.place.payload == text.encode()


SAME = [
    ({"url": "https://example.org/a"}, {"url": "HTTPS://Example.ORG/a"}, "case of scheme and host"),
    ({"url": "https://example.org/a"}, {"url": "https://example.org:443/a#top"}, "default port and fragment"),
    ({"url": "https://example.org/a", "id": "1"}, {"url": "https://example.org/a", "id": "2"}, "the url comes first"),
    ({"id": "1", "source": "G"}, {"id": "1", "source": "G", "title": "T"}, "outlet and id"),
    ({"id": "1", "source": "G"}, {"id": "1", "source": "G", "url": "https://g.example/"}, "a site is no article's url"),
    ({"id": "1", "source": "G"}, {"id": "1", "source": "G", "url": "n/a"}, "a word is no url"),
    ({}, {"source": "G", "id": "null"}, "no id: the text"),
    ({}, {"source": "G"}, "no id: the text"),
]
DIFFERENT = [
    ({"url": "https://example.org/a"}, {"url": "https://example.org/A"}, "case of the path"),
    ({"url": "https://example.org/a"}, {"url": "https://example.org/a?id=2"}, "the query"),
    ({"url": "https://example.org/?id=1"}, {"url": "https://example.org/?id=2"}, "the query of a site"),
    ({"url": "https://example.org/a"}, {"url": "https://www.example.org/a"}, "the host"),
    ({"id": "1", "source": "G"}, {"id": "1", "source": "H"}, "the same id of another outlet"),
    ({"id": "1", "source": "G"}, {"id": "1"}, "an outlet that is not known"),
    ({"id": "1"}, {"id": "01"}, "an id is no number"),
    ({"id": "1"}, {}, "an id and a text"),
]


@pytest.mark.parametrize(("one", "other", "reason"), SAME)
def test_the_same_record_is_the_same_article(one, other, reason):
    assert normalize(**one).article_id == normalize(**other).article_id, reason


@pytest.mark.parametrize(("one", "other", "reason"), DIFFERENT)
def test_another_record_is_another_article(one, other, reason):
    assert normalize(**one).article_id != normalize(**other).article_id, reason


def test_a_corrected_text_keeps_its_article_where_there_is_a_url():
    assert normalize(**FULL).article_id == normalize(TEXT + " Again.", **FULL).article_id


@given(st.text(max_size=80))
def test_no_url_raises_and_its_normal_form_is_stable(url):
    form = normalize_url(url)
    assert form is None or normalize_url(form) == form


CHANGED = [
    {"title": "Council votes"},
    {"authors": ["Bob Ray"]},
    {"published_at": "2024-03-16"},
    {"source": "Herald"},
    {"extra": {"section": "World", "n": 2}},
    {"language": "en"},
]


@pytest.mark.parametrize("change", CHANGED)
def test_any_delivered_field_makes_a_version(change):
    assert normalize(**FULL).record_hash != normalize(**{**FULL, **change}).record_hash


def test_the_place_of_a_record_makes_no_version():
    assert normalize(**FULL).record_hash == normalize(uri="other/b.csv", index=9, **FULL).record_hash


def test_a_day_from_the_file_name_makes_a_version():
    one, other = normalize(uri="in/2024-03-15.txt"), normalize(uri="in/2024-03-16.txt")
    assert one.published_from is PublishedFrom.FILENAME
    assert one.record_hash != other.record_hash


def test_an_equal_version_gives_an_equal_row_but_for_its_place():
    one, other = normalize(**FULL), normalize(uri="b.csv", index=3, **FULL)
    assert replace(other, raw_uri=one.raw_uri, raw_index=one.raw_index) == one


def test_one_record_is_one_version_in_every_format(tmp_path):
    record = {"id": "7", "text": TEXT, "title": "Council meets", "published_at": "2024-03-15", "section": "World"}
    (tmp_path / "a.jsonl").write_text(json.dumps(record) + "\n")
    (tmp_path / "a.json").write_text(json.dumps([record], indent=2))
    names, values = list(record), [f'"{value}"' for value in record.values()]
    (tmp_path / "a.csv").write_text(",".join(names) + "\n" + ",".join(values) + "\n")
    (tmp_path / "a.tsv").write_text(
        "\t".join(reversed(names)) + "\n" + "\t".join(reversed(list(record.values()))) + "\n"
    )
    hashes = set()
    for path in sorted(tmp_path.iterdir()):
        (read,) = read_records(InputFile(path, path.name))
        article = normalize_article(read)
        assert isinstance(article, Article), (path, article)
        hashes.add((article.record_hash, article.article_id, article.extra))
    assert len(hashes) == 1


COPIES = [
    (TEXT.upper(), "case"),
    (TEXT.replace(" ", "\n\n"), "spacing"),
    (TEXT.replace(",", " —"), "punctuation"),
    (TEXT.replace("fi", "ﬁ"), "ligatures"),
    (TEXT + "\u200b", "a blank of no width"),
]


@pytest.mark.parametrize(("copy", "reason"), COPIES)
def test_a_copy_has_the_same_words(copy, reason):
    assert hash_content(copy) == hash_content(TEXT), reason


def test_a_text_with_another_word_is_no_copy():
    assert hash_content(TEXT + " Again.") != hash_content(TEXT)


@given(st.text(min_size=1, max_size=200), st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=3))
def test_every_record_gives_an_article_that_can_be_stored_or_a_rejection(text, extra):
    result = normalize_article(raw(text, title=text, url=text, id=text, source=text, authors=[text], extra=extra))
    if isinstance(result, Article):
        row = {column.name: getattr(result, column.name) for column in ARTICLES.columns if hasattr(result, column.name)}
        json.dumps(row, default=str).encode()
        for value in row.values():
            if isinstance(value, str):
                value.encode()
