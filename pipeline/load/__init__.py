"""Load: files of any supported format → articles as delivered, or why there are none.

In the order in which data flows: inputs (which files), stream (decompressed bytes), encoding
(text), formats (which format), one module a format, fields (whose names), records (what comes out).
"""

from pipeline.load.formats import read_payload, read_records
from pipeline.load.inputs import InputNotFound, count_bytes, find_inputs
from pipeline.load.limits import Limits
from pipeline.load.records import InputFile, Place, RawArticle, Rejection

__all__ = [
    "InputFile",
    "InputNotFound",
    "Limits",
    "Place",
    "RawArticle",
    "Rejection",
    "count_bytes",
    "find_inputs",
    "read_payload",
    "read_records",
]
