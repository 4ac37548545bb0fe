"""Input that was made to break a reader: each has its outcome, in bounded time and memory."""

from __future__ import annotations

import gzip
import io
import json
import os
import tempfile
import time
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.articles import normalize_article
from pipeline.load import InputFile, Limits, RawArticle, find_inputs, read_records
from pipeline.tables import Article
from pipeline.vocabulary import Reason

GOOD = b'{"text": "The council met on Friday."}\n'
MIB = 1 << 20


def outcomes(folder: Path, name: str, data: bytes, **limits: int) -> list[str]:
    """What becomes of each record: "good", or the reason of its rejection."""
    path = folder / name
    path.write_bytes(data)
    return [_outcome(record) for record in read_records(InputFile(path, name), Limits(**limits))]


def _outcome(record) -> str:
    result = normalize_article(record) if isinstance(record, RawArticle) else record
    if isinstance(result, Article):
        return "good"
    assert result.detail
    assert ":" in result.detail, "a detail says what is wrong, and what to do"
    return result.reason.value


def _parquet(table: pa.Table) -> bytes:
    out = io.BytesIO()
    pq.write_table(table, out)
    return out.getvalue()


def _text(text: str) -> bytes:
    return json.dumps({"text": text}).encode() + b"\n"


ENGLISH = "The council met on Friday and said that it would vote on the budget. "
PARQUET = _parquet(pa.table({"Text": ["The council met on Friday."] * 3}))
ZSTD = pa.compress(
    b"".join(b'{"text": "The council met.", "id": "%x"}\n' % (n * 0x9E3779B97F4A7C15 % 2**64) for n in range(12_000)),
    codec="zstd",
    asbytes=True,
)

CASES: list[tuple[str, str, bytes | Callable[[], bytes], list[str]]] = [
    # files
    ("an empty file", "a.jsonl", b"", ["empty_file"]),
    ("an empty text file", "a.txt", b"", ["empty_file"]),
    ("an empty gzip file", "a.txt.gz", gzip.compress(b""), ["empty_file"]),
    ("a text file of blanks", "a.txt", b" \n\t\r\n ", ["no_text"]),
    ("a JSONL file of blank lines holds no record", "a.jsonl", b"\n \n\n", []),
    ("a JSON array without records", "a.json", b"[]", []),
    ("a CSV file of blank lines", "a.csv", b"\n\n", ["empty_file"]),
    ("a picture", "a.png", b"\x89PNG\r\n\x1a\n" + bytes(99), ["unknown_format"]),
    ("a zip archive", "a.zip", b"PK\x03\x04" + bytes(99), ["unknown_format"]),
    ("a picture called text", "a.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff\xd8\xfe\x81", ["invalid_encoding"]),
    ("a gzip file cut off", "a.jsonl.gz", gzip.compress(GOOD * 99)[:-9], ["good"] * 99 + ["truncated"]),
    ("a gzip file of its first bytes", "a.jsonl.gz", gzip.compress(GOOD)[:5], ["truncated"]),
    ("a gzip text file cut off", "a.txt.gz", gzip.compress(os.urandom(999).hex().encode())[:300], ["truncated"]),
    ("a gzip file with a wrong check sum", "a.jsonl.gz", gzip.compress(GOOD)[:-8] + bytes(8), ["unreadable_file"]),
    ("garbage behind gzip data", "a.jsonl.gz", gzip.compress(GOOD) + b"garbage", ["good", "unreadable_file"]),
    ("gzip's first bytes and nothing of it", "a.gz", b"\x1f\x8b" + b"x" * 99, ["unreadable_file"]),
    ("a zstd file of its first bytes", "a.jsonl.zst", ZSTD[:9], ["truncated"]),
    ("zstd's first bytes and nothing of it", "a.jsonl.zst", b"\x28\xb5\x2f\xfd" + b"\xff" * 99, ["unreadable_file"]),
    # JSON
    ("a line cut in half", "a.jsonl", GOOD + GOOD[:20] + b"\n" + GOOD, ["good", "invalid_record", "good"]),
    ("the last line cut in half", "a.jsonl", GOOD + GOOD[:20], ["good", "invalid_record"]),
    ("a document cut in half", "a.json", b"[" + GOOD + b"," + GOOD[:20], ["good", "truncated"]),
    ("a line of 10,000 nested lists", "a.jsonl", b"[" * 10_000 + b"]" * 10_000 + b"\n" + GOOD, ["too_deep", "good"]),
    ("a field of 10,000 nested objects", "a.jsonl", b'{"text":' + b'{"a":' * 10_000 + b"1" + b"}" * 10_001 + b"\n" + GOOD, ["too_deep", "good"]),
    ("10,000 brackets that are never closed", "a.jsonl", b"[" * 10_000 + b"\n" + GOOD, ["too_deep", "good"]),
    ("a document of 10,000 nested lists", "a.json", b"[" * 10_000 + b"]" * 10_000, ["too_deep"]),
    ("a document of brackets that are never closed", "a.json", b"[" * 10_000, ["truncated"]),
    ("brackets in a text are no nesting", "a.jsonl", _text("[" * 10_000 + ENGLISH), ["good"]),
    ("NaN and infinite numbers beside the text", "a.jsonl", b'{"text": "The council met.", "a": NaN, "b": -Infinity, "c": 1e999}\n', ["good"]),
    ("NaN as the text", "a.jsonl", b'{"text": NaN}\n', ["no_text"]),
    ("a number of 5,000 digits", "a.jsonl", b'{"text": "The council met.", "n": ' + b"9" * 5_000 + b"}\n", ["good"]),
    ("a name twice with one value", "a.jsonl", b'{"text": "The council met.", "text": "The council met."}\n', ["good"]),
    ("a name twice with two values", "a.jsonl", b'{"text": "The council met.", "text": "It did not."}\n', ["invalid_record"]),
    ("records that are no objects", "a.jsonl", b'"text"\n7\nnull\n["a"]\n', ["invalid_record"] * 4),
    ("no JSON at all", "a.jsonl", b"The council met.\n", ["invalid_record"]),
    ("an object in single quotes", "a.jsonl", b"{'text': 'The council met.'}\n", ["invalid_record"]),
    ("a raw line feed within a string", "a.jsonl", b'{"text": "The\ncouncil"}\n', ["invalid_record", "invalid_record"]),
    # fields
    ("no text", "a.jsonl", b'{"title": "x"}\n{}\n', ["no_text", "no_text"]),
    ("a text that is null", "a.jsonl", b'{"text": null}\n', ["no_text"]),
    ("a text of blanks", "a.jsonl", b'{"text": " \\n\\u00a0"}\n', ["no_text"]),
    ("a text of NULs", "a.jsonl", b'{"text": "\\u0000\\u0000"}\n', ["no_text"]),
    ("a text of digits and signs", "a.jsonl", b'{"text": "123 ... !!!"}\n', ["no_text"]),
    ("a text that is a number", "a.jsonl", b'{"text": 7}\n', ["invalid_field"]),
    ("a text that is a list", "a.jsonl", b'{"text": ["The council met."]}\n', ["invalid_field"]),
    ("a text that is an object", "a.jsonl", b'{"text": {"en": "The council met."}}\n', ["invalid_field"]),
    ("all other fields of the wrong type", "a.jsonl", b'{"text": "The council met.", "id": [], "url": {}, "source": 1, "title": true, "published_at": [], "language": 2, "authors": 3}\n', ["good"]),
    ("paths as outlet, id and address", "a.jsonl", b'{"text": "The council met.", "id": "../../etc/passwd", "source": "../../../tmp", "url": "file:///etc/passwd"}\n', ["good"]),
    ("an address that cannot be parsed", "a.jsonl", b'{"text": "The council met.", "url": "http://[::1"}\n', ["good"]),
    ("a date that is none", "a.jsonl", b'{"text": "The council met.", "published_at": "2023-02-30"}\n', ["good"]),
    ("a language that is none", "a.jsonl", b'{"text": "The council met.", "language": "' + b"x" * 9_999 + b'"}\n', ["good"]),
    # characters
    ("a lone surrogate in the text", "a.jsonl", b'{"text": "The council \\ud800 met."}\n', ["good"]),
    ("lone surrogates in every field", "a.jsonl", b'{"text": "The council met.", "id": "\\ud800", "url": "http://x/\\udfff", "source": "\\ud800", "title": "\\udc00", "authors": ["\\ud800"], "language": "\\ud800", "published_at": "\\ud800", "\\ud800": "\\ud800"}\n', ["good"]),
    ("a NUL in the text", "a.jsonl", b'{"text": "The council\\u0000 met."}\n', ["good"]),
    ("a raw NUL in a text file", "a.txt", b"The council\0 met on Friday.", ["good"]),
    ("control characters", "a.jsonl", _text(ENGLISH + "".join(map(chr, range(1, 32)))), ["good"]),
    ("right-to-left marks", "a.jsonl", _text("\u202eThe council\u202c met \u200fon Friday.\u2066"), ["good"]),
    ("a thousand quotation marks", "a.jsonl", _text(ENGLISH + "\"“”'‘’" * 167), ["good"]),
    ("a thousand accents on one letter", "a.jsonl", _text(ENGLISH + "e" + "\u0301" * 1_000), ["good"]),
    ("emoji beyond the first plane", "a.jsonl", _text(ENGLISH + "😀👩‍👩‍👧" * 99), ["good"]),
    ("bytes that are no text", "a.txt", bytes(range(1, 256)) * 9, ["invalid_encoding"]),
    ("a text that ends within a character", "a.txt", ENGLISH.encode() + "“".encode()[:2], ["invalid_encoding"]),
    ("one bad line among good ones", "a.jsonl", GOOD + b'{"text": "\xe2\x80\x9cIt\xff\x81"}\n' + GOOD, ["good", "invalid_encoding", "good"]),
    ("UTF-16 cut within a character", "a.txt", "\ufeffThe council met.".encode("utf-16-le")[:-1], ["invalid_encoding"]),
    ("markup that is never closed", "a.jsonl", _text(ENGLISH + "<p>" * 30_000 + "<a href='" * 9_999), ["good"]),
    ("comments that are never closed", "a.jsonl", _text("<p>" + ENGLISH + "<p>" + "<!--" * 99_999), ["good"]),
    ("ampersands", "a.jsonl", _text(ENGLISH + "&" * 99_999 + "&#x110000;&#0;&nosuch;"), ["good"]),
    # CSV
    ("quoted fields over lines", "a.csv", b'id,text\n1,"The council\nmet on\r\nFriday."\n2,The mayor spoke.\n', ["good", "good"]),
    ("a quotation mark that is never closed", "a.csv", b'id,text\n1,"The council met.\n2,The mayor spoke.\n', ["invalid_record", "good"]),
    ("rows too short and too long", "a.csv", b"id,text\n1\n2,The mayor spoke.\n3,The mayor, spoke.\n4,The mayor spoke.,,\n", ["invalid_record", "good", "invalid_record", "good"]),
    ("no header", "a.csv", b"1,The council met.\n2,The mayor spoke.\n", ["invalid_record"]),
    ("a column twice", "a.csv", b"text,text\na,b\n", ["invalid_record"]),
    ("blank texts", "a.csv", b"id,text\n1,\n2,  \n", ["no_text", "no_text"]),
    ("a field of 1 MB", "a.csv", lambda: b'id,text\n1,"' + ENGLISH.encode() * 15_000 + b'"\n2,The mayor spoke.\n', ["good", "good"]),
    ("a hundred thousand columns", "a.csv", lambda: b"".join(b"c%d," % n for n in range(100_000)) + b"text\n" + b"," * 100_000 + b"The council met.\n", ["good"]),
    ("semicolons", "a.csv", b"id;text\n1;The council met, and voted.\n", ["good"]),
    ("quotation marks as text in tabbed lines", "a.tsv", b'id\ttext\n1\t"We met," the council said.\n2\t"The council met.\n', ["good", "good"]),
    ("a mark of byte order", "a.csv", b"\xef\xbb\xbftext\nThe council met.\n", ["good"]),
    ("a file of quotation marks", "a.csv", b"text\n" + b'"\n' * 9_999, ["no_text"] * 4_999 + ["invalid_record"]),
    # Parquet
    ("columns in other case", "a.parquet", PARQUET, ["good"] * 3),
    ("no column for the text", "a.parquet", _parquet(pa.table({"a": [1]})), ["invalid_record"]),
    ("a text column of numbers", "a.parquet", _parquet(pa.table({"text": [1]})), ["invalid_field"]),
    ("instants beyond the calendar in Parquet", "a.parquet", _parquet(pa.table({"text": [ENGLISH] * 3, "published_at": pa.array([2**62, -(2**62), None], pa.timestamp("us")), "a": pa.array([2**62] * 3, pa.duration("s")), "b": pa.array([[2**31 - 1]] * 3, pa.list_(pa.date32()))})), ["good"] * 3),
    ("a time zone that is none in Parquet", "a.parquet", _parquet(pa.table({"text": [ENGLISH], "published_at": pa.array([0], pa.timestamp("us", "Mars/Phobos"))})), ["good"]),
    ("a Parquet file cut in half", "a.parquet", PARQUET[: len(PARQUET) // 2], ["unreadable_file"]),
    ("a Parquet file of its first bytes", "a.parquet", b"PAR1", ["unreadable_file"]),
    ("no Parquet at all", "a.parquet", b"The council met.", ["unreadable_file"]),
    ("a damaged page in Parquet", "a.parquet", PARQUET[:4] + bytes(40) + PARQUET[44:], ["unreadable_file"]),
    ("a Parquet file in gzip", "a.parquet.gz", gzip.compress(PARQUET), ["good"] * 3),
]  # fmt: skip


@pytest.mark.parametrize(("what", "name", "data", "expected"), CASES, ids=[case[0] for case in CASES])
def test_each_hostile_input_has_its_outcome(tmp_path, what, name, data, expected):
    began = time.process_time()
    assert outcomes(tmp_path, name, data() if callable(data) else data) == expected, what
    assert time.process_time() - began < 5, what


def test_records_before_the_cut_of_a_zstd_file_are_kept(tmp_path):
    found = outcomes(tmp_path, "a.jsonl.zst", ZSTD[: len(ZSTD) // 2])
    assert found[-1] == "truncated"
    assert set(found[:-1]) == {"good"}
    assert len(found) > 2_000


LIMITS = [
    ("a line too long, another behind it", "a.jsonl", b'{"text": "' + b"x" * 999 + b'"}\n' + GOOD, {"max_record_bytes": 99}, ["too_large", "good"]),
    ("a row too long, another behind it", "a.csv", b"text\n" + b"x" * 999 + b"\nThe council met.\n", {"max_record_bytes": 99}, ["too_large", "good"]),
    ("a text file too long", "a.txt", ENGLISH.encode() * 9, {"max_record_bytes": 99}, ["too_large"]),
    ("a value of a document too long", "a.json", b'[{"text": "' + b"x" * 999 + b'"},' + GOOD + b"]", {"max_record_bytes": 99}, ["too_large", "good"]),
    ("a text too long", "a.jsonl", _text(ENGLISH * 2) + GOOD, {"max_text_characters": 99}, ["too_large", "good"]),
    ("a file too long", "a.jsonl", GOOD * 12_000, {"max_file_bytes": MIB // 4}, ["good", "too_large"]),
    ("a row of Parquet too long", "a.parquet", PARQUET, {"max_record_bytes": 9}, ["too_large"] * 3),
    ("a depth of one", "a.jsonl", b'{"text": "The council met.", "a": []}\n', {"max_json_depth": 1}, ["too_deep"]),
]  # fmt: skip


@pytest.mark.parametrize(("what", "name", "data", "limits", "expected"), LIMITS, ids=[case[0] for case in LIMITS])
def test_what_is_beyond_a_limit_is_rejected_and_reading_goes_on(tmp_path, what, name, data, limits, expected):
    found = outcomes(tmp_path, name, data, **limits)
    if what == "a file too long":
        assert (found[-1], set(found[:-1])) == ("too_large", {"good"})
        assert len(found) < 12_000
    else:
        assert found == expected, what


def _peak(folder: Path, name: str, **limits: int) -> tuple[list[str], int]:
    tracemalloc.start()
    found = [_outcome(record) for record in read_records(InputFile(folder / name, name), Limits(**limits))]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return found, peak


def _write_line(path: Path, n_mib: int) -> None:
    with path.open("wb") as file:
        file.write(GOOD + b'{"text": "')
        for _ in range(n_mib):
            file.write(b"x" * MIB)
        file.write(b'"}\n' + GOOD)


@pytest.mark.parametrize("suffix", [".jsonl", ".csv", ".txt", ".json"])
def test_a_line_of_200_mb_is_not_held(tmp_path, suffix):
    _write_line(tmp_path / f"a{suffix}", 200)
    if suffix == ".csv":
        path = tmp_path / "a.csv"
        path.write_bytes(b"text\n" + path.read_bytes())
    found, peak = _peak(tmp_path, f"a{suffix}", max_record_bytes=4 * MIB)
    assert "too_large" in found
    assert found.count("good") == (0 if suffix == ".txt" else 2)
    assert peak < 24 * MIB


def test_a_gzip_bomb_is_stopped(tmp_path):
    packer = zlib.compressobj(9, wbits=31)
    with (tmp_path / "a.jsonl.gz").open("wb") as file:
        file.write(packer.compress(GOOD))
        for _ in range(300):
            file.write(packer.compress(bytes(MIB)))
        file.write(packer.flush())
    began = time.process_time()
    found, peak = _peak(tmp_path, "a.jsonl.gz")
    assert found == ["good", "too_large"]
    assert peak < 80 * MIB
    assert time.process_time() - began < 10


def test_a_bomb_within_a_bomb_is_not_opened(tmp_path):
    inner = gzip.compress(bytes(20 * MIB))
    assert outcomes(tmp_path, "a.txt.gz", gzip.compress(inner)) in (["invalid_encoding"], ["no_text"])


def test_one_long_value_in_many_parquet_rows_is_held_once(tmp_path):
    long = pa.DictionaryArray.from_arrays(pa.array([0] * 500, pa.int32()), pa.array(["x" * MIB]))
    pq.write_table(pa.table({"text": long}), tmp_path / "a.parquet")
    path = tmp_path / "a.parquet"
    before = pa.total_allocated_bytes()
    seen = 0
    for record in read_records(InputFile(path, "a.parquet"), Limits(max_file_bytes=400 * MIB)):
        seen += isinstance(record, RawArticle)
        assert pa.total_allocated_bytes() - before < 64 * MIB
    assert seen == 500 or record.reason is Reason.TOO_LARGE


def test_an_article_of_5_mb_without_a_full_stop_is_a_good_row(tmp_path):
    text = "the council met on friday and " * 170_000
    began = time.process_time()
    assert outcomes(tmp_path, "a.jsonl", _text(text)) == ["good"]
    assert time.process_time() - began < 10


def test_unclosed_quotation_marks_cost_no_more_than_the_square_of_the_limit(tmp_path):
    data = b"id,text\n" + b'1,"x\n' * 30_001
    began = time.process_time()
    found = outcomes(tmp_path, "a.csv", data)
    assert set(found) <= {"invalid_record", "good", "unsupported_language"}
    assert time.process_time() - began < 10


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can take its own permission away and get it back")
def test_a_file_without_permission_is_a_rejection_as_seen_by_another_user():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "a.jsonl").write_bytes(GOOD)
        (folder / "a.jsonl").chmod(0)
        (folder / "closed").mkdir(mode=0o700)
        os.seteuid(65534)
        try:
            found = {f.raw_uri.rpartition("/")[2]: list(read_records(f)) for f in find_inputs([name])}
        finally:
            os.seteuid(0)
    assert {uri: [r.reason for r in records] for uri, records in found.items()} == {
        "a.jsonl": [Reason.NO_PERMISSION],
        "closed": [Reason.NO_PERMISSION],
    }


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_a_rejection(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(GOOD)
    (tmp_path / "a.jsonl").chmod(0)
    (rejection,) = read_records(InputFile(tmp_path / "a.jsonl", "a.jsonl"))
    assert rejection.reason is Reason.NO_PERMISSION


@pytest.mark.parametrize("make", [lambda path: path.mkdir(), os.mkfifo], ids=["a folder", "a pipe"])
def test_what_is_no_file_is_not_waited_for(tmp_path, make):
    make(tmp_path / "a.jsonl")
    (rejection,) = read_records(InputFile(tmp_path / "a.jsonl", "a.jsonl"))
    assert rejection.reason is Reason.UNKNOWN_FORMAT


def test_a_file_that_is_gone_is_a_rejection(tmp_path):
    (rejection,) = read_records(InputFile(tmp_path / "a.jsonl", "a.jsonl"))
    assert rejection.reason is Reason.UNREADABLE_FILE


def test_every_record_of_a_file_has_its_own_number(tmp_path):
    for what, name, data, expected in CASES:
        path = tmp_path / name
        path.write_bytes(data() if callable(data) else data)
        numbers = [record.raw_index for record in read_records(InputFile(path, name))]
        assert numbers == (list(range(len(expected))) if numbers != [-1] else [-1]), what


def test_whatever_is_good_can_be_stored(tmp_path):
    for what, name, data, expected in CASES:
        path = tmp_path / name
        path.write_bytes(data() if callable(data) else data)
        for record, outcome in zip(read_records(InputFile(path, name)), expected, strict=True):
            if outcome == "good":
                article = normalize_article(record)
                strings = [
                    value for value in (getattr(article, f) for f in article.__slots__) if isinstance(value, str)
                ]
                for value in (*strings, *article.authors):
                    value.encode()
                    assert "\0" not in value, what
                assert article.extra is None or json.loads(article.extra), what
