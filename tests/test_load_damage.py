"""Any damage to any file: nothing raises, every record keeps its own number."""

from __future__ import annotations

import gzip
import io
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.articles import normalize_article
from pipeline.load import InputFile, Limits, RawArticle, read_records

ROWS = [{"id": str(n), "text": f"The council met on day {n}, “again”.", "n": n} for n in range(20)]
LIMITS = Limits(max_record_bytes=4_000, max_file_bytes=20_000, max_json_depth=20)


def _parquet() -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(ROWS), out)
    return out.getvalue()


LINES = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS).encode()
FILES = {
    "a.jsonl": LINES,
    "utf16.jsonl": LINES.decode().encode("utf-16"),
    "a.json": json.dumps(ROWS, indent=1).encode(),
    "a.csv": b"id,text\n" + b"".join(b'%d,"The council met,\nagain."\n' % n for n in range(20)),
    "a.tsv": b"id\ttext\n" + b"".join(b"%d\tThe council met.\n" % n for n in range(20)),
    "a.txt": "The council met — “again”.".encode(),
    "a.parquet": _parquet(),
    "a.jsonl.gz": gzip.compress(LINES, mtime=0),
    "a.jsonl.zst": pa.compress(LINES, codec="zstd", asbytes=True),
    "a.parquet.gz": gzip.compress(_parquet(), mtime=0),
}
PIECE = st.one_of(
    st.binary(max_size=4),
    st.sampled_from([b'"', b"\n", b"[", b"{", b"\0", b"\xff\xfe", b"\\", b",", b'{"text":"x"}', b"]" * 9]),
)


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damage_is_read_to_its_end(tmp_path_factory, name, data):
    damaged = bytearray(FILES[name])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(damaged)))
        damaged[at : at + data.draw(st.integers(0, 4))] = data.draw(PIECE)
    damaged = damaged[: data.draw(st.one_of(st.none(), st.integers(0, len(damaged))))]
    path = tmp_path_factory.getbasetemp() / name
    path.write_bytes(damaged)
    records = list(read_records(InputFile(path, name), LIMITS))
    numbers = [record.raw_index for record in records]
    assert numbers == list(range(len(numbers))) or numbers == [-1]
    for record in records:
        if isinstance(record, RawArticle):
            normalize_article(record)


@pytest.mark.parametrize("name", [name for name in FILES if "gz" in name or "zst" in name or "parquet" in name])
def test_a_packed_file_that_is_cut_anywhere_says_so(tmp_path, name):
    whole = FILES[name]
    for end in range(1, len(whole), max(1, len(whole) // 60)):
        (tmp_path / name).write_bytes(whole[:end])
        *_, last = read_records(InputFile(tmp_path / name, name), LIMITS)
        assert not isinstance(last, RawArticle), end
