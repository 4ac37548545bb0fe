"""Files of any format → records, with their places."""

from __future__ import annotations

import csv
import gzip
import io
import json
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ids import hash_bytes
from pipeline.load import InputFile, Limits, RawArticle, Rejection, read_payload, read_records
from pipeline.load.encoding import Decoder
from pipeline.load.fields import FIELD_NAMES, parse_authors, read_field_names
from pipeline.load.lines import read_lines
from pipeline.load.rows import parse_row
from pipeline.vocabulary import Reason

RECORD = {"id": "7", "url": "https://example.org/7", "source": "Gazette", "title": "Talks", "text": "They met.\n", "published_at": "2024-03-14", "language": "en", "authors": ["Ann Lee", "Bob Ray"], "section": "World"}  # fmt: skip


def load(folder, name: str, data: bytes, **limits) -> list[RawArticle | Rejection]:
    path = folder / name
    path.write_bytes(data)
    return list(read_records(InputFile(path, name), Limits(**limits)))


def load_one(folder, name: str, data: bytes) -> RawArticle:
    (article,) = load(folder, name, data)
    assert isinstance(article, RawArticle), article
    return article


def jsonl(*records: dict) -> bytes:
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


def delimited(rows: list[dict], delimiter: str = ",") -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def parquet(rows: list[dict]) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), out)
    return out.getvalue()


FLAT = {**RECORD, "authors": "Ann Lee; Bob Ray"}
FORMATS = [
    ("a.jsonl", jsonl(RECORD)),
    ("a.ndjson", jsonl(RECORD)),
    ("a.json", json.dumps([RECORD]).encode()),
    ("b.json", json.dumps(RECORD, indent=2).encode()),
    ("pretty.jsonl", json.dumps(RECORD, indent=2).encode()),
    ("a.csv", delimited([FLAT])),
    ("semicolon.csv", delimited([FLAT], ";")),
    ("a.tsv", delimited([FLAT], "\t")),
    ("a.parquet", parquet([RECORD])),
]


@pytest.mark.parametrize("pack", [None, "gzip", "zstd"])
@pytest.mark.parametrize(("name", "data"), FORMATS, ids=[name for name, _ in FORMATS])
def test_every_format_gives_the_same_fields(tmp_path, name, data, pack):
    if pack:
        data = pa.compress(data, codec=pack, asbytes=True)
        name += {"gzip": ".gz", "zstd": ".zst"}[pack]
    article = load_one(tmp_path, name, data)
    found = {field: getattr(article, field) for field in RECORD if field != "section"}
    assert found == {field: value for field, value in RECORD.items() if field != "section"}
    assert article.extra == {"section": "World"}
    assert (article.raw_uri, article.raw_index, article.encoding) == (name, 0, "utf-8")


def test_a_compressed_file_is_told_by_its_bytes_not_its_name(tmp_path):
    assert load_one(tmp_path, "a.jsonl", gzip.compress(jsonl(RECORD))).text == "They met.\n"
    assert load_one(tmp_path, "a.jsonl.gz", jsonl(RECORD)).text == "They met.\n"


def test_a_text_file_is_one_article_to_the_byte(tmp_path):
    text = " They met.\r\n\r\n“Yes,” she said.\t\n"
    article = load_one(tmp_path, "a.txt", text.encode())
    assert article.text == text
    assert article.place.raw_sha256 == hash_bytes(text.encode())


def test_a_gzip_file_of_several_members_with_padding_is_read_to_its_end(tmp_path):
    data = gzip.compress(jsonl(RECORD)) + gzip.compress(jsonl(RECORD)) + bytes(512)
    assert len(load(tmp_path, "a.jsonl.gz", data)) == 2


PLACES = [
    ("a.jsonl", b'{"text": "a"}\n\n{"text": "b"}', [(0, 1, b'{"text": "a"}'), (1, 3, b'{"text": "b"}')]),
    ("crlf.jsonl", b'{"text": "a"}\r\n{"text": "b"}\r\n', [(0, 1, b'{"text": "a"}'), (1, 2, b'{"text": "b"}')]),
    ("a.json", b'[{"text": "a"},\n {"text": "b"}]', [(0, 1, b'{"text": "a"}'), (1, 17, b'{"text": "b"}')]),
    ("a.csv", b'text\na\n"b\nc"\nd\n', [(0, 2, b"a"), (1, 3, b'"b\nc"'), (2, 5, b"d")]),
    ("crlf.csv", b'text,id\r\na,1\r\n"b\r\nc",2\r\n', [(0, 2, b"a,1"), (1, 3, b'"b\r\nc",2')]),
]


@pytest.mark.parametrize(("name", "data", "expected"), PLACES, ids=[name for name, _, _ in PLACES])
def test_a_record_knows_its_place_and_the_hash_of_its_bytes(tmp_path, name, data, expected):
    places = [record.place for record in load(tmp_path, name, data)]
    assert [(p.raw_index, p.position, p.raw_sha256) for p in places] == [
        (i, at, hash_bytes(b)) for i, at, b in expected
    ]


def test_the_hash_of_a_record_in_utf_16_is_that_of_its_own_bytes(tmp_path):
    line = '{"text": "Café"}'
    article = load_one(tmp_path, "a.jsonl", ("\ufeff" + line + "\n").encode("utf-16-le"))
    assert (article.text, article.encoding) == ("Café", "utf-16-le")
    assert article.place.raw_sha256 == hash_bytes(line.encode("utf-16-le"))


def test_the_payload_of_a_csv_record_stands_below_its_header(tmp_path):
    (article,) = load(tmp_path, "a.csv", b"id,text\n1,a\n")
    assert (article.place.payload, article.place.payload_is_whole) == (b"id,text\n1,a", True)


def test_a_payload_is_cut_to_its_limit(tmp_path):
    (article,) = load(tmp_path, "a.txt", b"They met.", payload_bytes=4)
    assert (article.place.payload, article.place.payload_is_whole) == (b"They", False)


ALIASES = [
    ({"body": "a"}, "text", "a"),
    ({"Content": "a"}, "text", "a"),
    ({"articleBody": "a"}, "text", "a"),
    ({"text": "a", "headline": "h"}, "title", "h"),
    ({"text": "a", "pubDate": "2024-03-14"}, "published_at", "2024-03-14"),
    ({"text": "a", "publishedAt": "2024-03-14"}, "published_at", "2024-03-14"),
    ({"text": "a", "date": 1710374400}, "published_at", "1710374400"),
    ({"text": "a", "publisher": "Gazette"}, "source", "Gazette"),
    ({"text": "a", "source": {"id": None, "name": "Gazette"}}, "source", "Gazette"),
    ({"text": "a", "link": "https://example.org/"}, "url", "https://example.org/"),
    ({"text": "a", "lang": "en"}, "language", "en"),
    ({"text": "a", "byline": "By Ann Lee and Bob Ray"}, "authors", ["Ann Lee", "Bob Ray"]),
    ({"text": "a", "id": 7}, "id", "7"),
    ({"text": "", "body": "b"}, "text", "b"),
    ({"TEXT": "a"}, "text", "a"),
]


@pytest.mark.parametrize(("record", "field", "value"), ALIASES)
def test_a_field_is_known_by_its_other_names(tmp_path, record, field, value):
    assert getattr(load_one(tmp_path, "a.jsonl", jsonl(record)), field) == value


KEPT = [
    ({"text": "a", "body": "b"}, {"body": "b"}, "the canonical name wins, the other is kept"),
    ({"text": "a", "source": "S", "publisher": "P"}, {"publisher": "P"}, "the canonical name wins"),
    ({"text": "a", "title": ["x"]}, {"title": ["x"]}, "a title that is a list"),
    ({"text": "a", "authors": [{"first": "Ann"}]}, {"authors": [{"first": "Ann"}]}, "authors without names"),
    ({"text": "a", "url": 7}, {"url": 7}, "an address that is a number"),
    ({"text": "a", "id": True}, {"id": True}, "an id that is a truth value"),
    ({"text": "a", "tags": ["x", {"y": 1.5}], "n": 0, "none": None}, {"tags": ["x", {"y": 1.5}], "n": 0}, "JSON"),
    ({"text": "a", "title": " ", "note": " "}, {"note": " "}, "a blank field of the contract is nothing"),
]


@pytest.mark.parametrize(("record", "extra", "reason"), KEPT)
def test_what_no_column_takes_is_kept(tmp_path, record, extra, reason):
    article = load_one(tmp_path, "a.jsonl", jsonl(record))
    assert (article.text, article.extra) == ("a", extra), reason


AUTHORS = [
    ("Ann Lee", ["Ann Lee"]),
    ("By Ann Lee", ["Ann Lee"]),
    ("Ann Lee; Bob Ray", ["Ann Lee", "Bob Ray"]),
    ("Ann Lee, Bob Ray and Cy Poe", ["Ann Lee", "Bob Ray", "Cy Poe"]),
    ("Lee, Ann", ["Lee, Ann"]),
    ("Ann Lee, political editor", ["Ann Lee, political editor"]),
    ("Agence Centrale", ["Agence Centrale"]),
    (["Ann Lee", " Bob  Ray "], ["Ann Lee", "Bob Ray"]),
    ([{"name": "Ann Lee"}, {"name": "Bob Ray"}], ["Ann Lee", "Bob Ray"]),
    ({"name": "Ann Lee"}, ["Ann Lee"]),
    ([], None),
    ("", None),
    (7, None),
    ([7], None),
    ([""], None),
]


@pytest.mark.parametrize(("value", "expected"), AUTHORS)
def test_authors_are_split_only_where_it_is_clear(value, expected):
    assert parse_authors(value) == expected


def test_parquet_values_become_json(tmp_path):
    rows = [{"text": "a", "date": datetime(2024, 3, 14, 9, tzinfo=UTC), "raw": b"\xff\x00", "n": float("nan"), "m": {"k": [1]}}]  # fmt: skip
    article = load_one(tmp_path, "a.parquet", parquet(rows))
    assert article.published_at == "2024-03-14T09:00:00+00:00"
    assert article.extra == {"raw": "/wA=", "m": {"k": [1]}}


def parquet_of_bytes(*texts: bytes) -> bytes:
    """A Parquet file whose strings are whatever a careless writer put there."""
    offsets = np.cumsum([0, *map(len, texts)], dtype="int32")
    column = pa.StringArray.from_buffers(len(texts), pa.py_buffer(offsets), pa.py_buffer(b"".join(texts)))
    out = io.BytesIO()
    pq.write_table(pa.table({"text": column}), out)
    return out.getvalue()


def test_a_parquet_string_that_is_not_utf8_is_read_in_its_encoding_and_says_so(tmp_path):
    texts = ("The café’s owner said “no”.".encode("cp1252"), b"The council met again.")
    first, second = load(tmp_path, "a.parquet", parquet_of_bytes(*texts))
    assert (first.text, first.encoding) == ("The café’s owner said “no”.", "cp1252")
    assert (second.text, second.encoding) == ("The council met again.", "utf-8")


def test_a_parquet_string_that_is_no_text_costs_its_row_alone(tmp_path):
    first, second = load(
        tmp_path, "a.parquet", parquet_of_bytes(b"\xff\xfe\x81\x00\x9d" * 9, b"The council met again.")
    )
    assert (first.reason, first.raw_index) == (Reason.INVALID_ENCODING, 0)
    assert "column 'text'" in first.detail
    assert second.text == "The council met again."


ENCODINGS = [
    ("cp1252", "The café’s owner said “no” — for £5."),
    ("latin-1", "A café in São Paulo"),
    ("iso8859_15", "It costs 5 € at José's."),
    ("mac_roman", "The café’s owner said “no”."),
    ("cp850", "A café in Zürich"),
    ("utf-16", "The café’s owner"),
    ("utf-16-le", "The cafe without a mark"),
    ("utf-32", "The café’s owner"),
    ("utf-8-sig", "The café’s owner"),
    ("shift_jis", "外務大臣は火曜日に辞任した。首相は記者会見で述べた。"),
    ("gb18030", "外交部长周二宣布辞职，总理在记者会上表示感谢。"),
    ("big5", "外交部長週二宣布辭職，總理在記者會上表示感謝。"),
    ("euc_kr", "외무장관이 화요일에 사임했다고 정부가 밝혔다."),
    ("cp1251", "Министр иностранных дел заявил, что переговоры продолжатся."),
    ("koi8_r", "Министр иностранных дел заявил, что переговоры продолжатся."),
    ("cp1250", "Premier spotkał się z prezydentem w Warszawie."),
]


@pytest.mark.parametrize(("encoding", "text"), ENCODINGS)
def test_an_encoding_is_recognised(tmp_path, encoding, text):
    article = load_one(tmp_path, "a.txt", text.encode(encoding))
    assert article.text == text
    assert (article.encoding == "utf-8") == (encoding == "utf-8-sig")


def test_utf_8_with_single_bytes_of_windows_1252_is_read_as_both():
    decoded = Decoder().decode("It’s “fine” — ".encode() + b"isn\x92t it, Jos\xe9?")
    assert (decoded.text, decoded.encoding) == ("It’s “fine” — isn’t it, José?", "utf-8+cp1252")


@given(st.text(min_size=1))
def test_utf_8_is_never_taken_for_anything_else(text):
    data = text.encode("utf-8", "surrogatepass")
    try:
        expected = data.decode()
    except UnicodeDecodeError:
        return
    assert Decoder().decode(data).text == expected


@given(st.lists(st.binary(max_size=8)), st.integers(1, 5))
def test_lines_do_not_depend_on_the_pieces_they_come_in(pieces, size):
    data = b"".join(pieces)
    even = [data[i : i + size] for i in range(0, len(data), size)]
    lines = [(line.data, line.n_bytes, line.sha256) for line in read_lines(pieces, 5, 3)]
    assert lines == [(line.data, line.n_bytes, line.sha256) for line in read_lines(even, 5, 3)]
    whole = data.split(b"\n") if not data.endswith(b"\n") and data else data.split(b"\n")[:-1]
    assert [n for _, n, _ in lines] == [len(line) for line in whole]
    assert [sha for _, _, sha in lines] == [hash_bytes(line) if len(line) > 5 else None for line in whole]
    assert all(line.startswith(kept) and len(kept) <= max(3, len(line) * (len(line) <= 5)) for (kept, _, _), line in zip(lines, whole, strict=True))  # fmt: skip


@given(st.lists(st.text(alphabet='ab",;\n\t|é'), min_size=1, max_size=5), st.sampled_from(",;\t|"))
def test_a_row_that_was_written_is_read_again(row, delimiter):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="").writerow(row)
    assert parse_row(out.getvalue(), delimiter) == row


@given(
    st.lists(
        st.fixed_dictionaries({"text": st.text(min_size=1).filter(str.strip), "n": st.text(max_size=3)}), max_size=4
    ),
    st.sampled_from(["jsonl", "json", "csv", "parquet"]),
)
def test_what_was_written_is_read_in_every_format(tmp_path_factory, rows, kind):
    rows = [{k: v.encode("utf-8", "replace").decode().replace("\0", "") for k, v in r.items()} for r in rows]
    rows = [r for r in rows if r["text"].strip() and "\r" not in r["text"]]
    if not rows:
        return
    make = {"jsonl": lambda: jsonl(*rows), "json": lambda: json.dumps(rows).encode(), "csv": lambda: delimited(rows), "parquet": lambda: parquet(rows)}  # fmt: skip
    read = load(tmp_path_factory.mktemp("x"), f"a.{kind}", make[kind]())
    assert [article.text for article in read] == [row["text"] for row in rows]
    assert [article.raw_index for article in read] == list(range(len(rows)))


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_a_json_document_does_not_depend_on_the_pieces_it_comes_in(tmp_path, size, monkeypatch):
    texts = ["a", 'quote " and \\', "[{", "}]", "ü", "x" * 20]
    data = json.dumps([{"text": t, "n": [[{}]]} for t in texts], indent=1).encode()
    monkeypatch.setattr("pipeline.load.stream.PIECE", size)
    assert [record.text for record in load(tmp_path, "a.json", data)] == texts


BAD_NAMES = [
    ("name\tfield\treason\nx\tnothing\ty\n", "unknown field"),
    ("name\tfield\treason\nx\ttext\ty\nX\ttitle\ty\n", "stands for"),
    ("name\tfield\treason\nx\ttext\t\n", "reason is empty"),
]


@pytest.mark.parametrize(("table", "message"), BAD_NAMES)
def test_a_table_of_names_that_is_not_clear_is_refused(tmp_path, table, message):
    path = tmp_path / "names.tsv"
    path.write_text(table)
    with pytest.raises(ValueError, match=message):
        read_field_names(path)


def test_every_name_has_a_reason():
    assert len(read_field_names(FIELD_NAMES)["text"]) > 5


def test_limits_are_positive():
    with pytest.raises(ValueError, match="max_ratio"):
        Limits(max_ratio=0)


def test_an_unknown_format_is_told_what_is_known(tmp_path):
    (rejection,) = load(tmp_path, "a.docx", b"PK\x03\x04")
    assert rejection.reason is Reason.UNKNOWN_FORMAT
    assert ".jsonl" in rejection.detail


@pytest.mark.parametrize(("name", "data"), FORMATS, ids=[name for name, _ in FORMATS])
def test_a_record_is_read_again_from_its_payload(tmp_path, name, data):
    article = load_one(tmp_path, name, data)
    again = read_payload(article.place.payload, article.raw_uri, 5)
    assert isinstance(again, RawArticle)
    assert again.raw_index == 5
    assert again.place.raw_sha256 == article.place.raw_sha256
    assert replace(again, place=article.place) == article


def test_a_payload_of_no_record_is_a_rejection():
    assert read_payload(b'{"text":', "a.jsonl", 3).reason is Reason.INVALID_RECORD
    assert read_payload(b"", "a.jsonl", 3).raw_index == 3
