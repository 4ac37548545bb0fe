"""HTML → its text and the publication date in its head. Linear in time, whatever the input."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path

from pipeline.lookup import read_rows, unique

_TAG = re.compile(
    r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,15})\b((?:[^<>\"']|\"[^\"<]*+\"|'[^'<]*+')*+)>|<[!?][^<>-][^<>]*+>", re.DOTALL
)
_BLOCK_TAG = re.compile(
    r"</?(?:p|div|br|html|head|body|article|section|header|footer|h[1-6]|ul|ol|li|table|tr|td|th|blockquote|figure)"
    r"(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:amp|quot|apos|nbsp|lt|gt|[lr][sd]quo|[mn]dash|hellip|#\d{2,7}|#x[0-9a-fA-F]{2,6});")
_ATTRIBUTE = re.compile(r"([a-zA-Z][\w:.-]*)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_BLANKS = re.compile(r"[ \t\r\f\v\xa0]*\n[\s\xa0]*")
_SPACES = re.compile(r"[ \t\r\n\f\v]+")
_HEAD = 100_000

DATA = Path(__file__).parent / "data"


@cache
def read_elements(path: Path = DATA / "html_elements.tsv") -> tuple[frozenset[str], frozenset[str]]:
    """The elements that begin a line, and those whose content is no part of an article's text.

    Raises:
        ValueError: an element twice or without a reason, or a column that is neither yes nor no.
    """
    blocks: set[str] = set()
    unread: set[str] = set()
    for row in unique(read_rows(path, ("element", "is_block", "is_read", "reason")), "element"):
        row.required("reason")
        if row.flag("is_block"):
            blocks.add(row["element"])
        if not row.flag("is_read"):
            unread.add(row["element"])
    return frozenset(blocks), frozenset(unread)


@cache
def read_date_properties(path: Path = DATA / "html_dates.tsv") -> tuple[str, ...]:
    """Names of `meta` elements that hold the day of publication, the most exact first.

    Raises:
        ValueError: a name twice.
    """
    return tuple(row["property"] for row in unique(read_rows(path, ("property", "used_by")), "property"))


def count_block_tags(text: str, enough: int) -> int:
    """Count tags of blocks, such as `<p>` and `<br>`, up to `enough`."""
    return sum(1 for _ in islice(_BLOCK_TAG.finditer(text), enough))


def count_entities(text: str, enough: int) -> int:
    """Count the entities that news texts are escaped with, up to `enough`."""
    return sum(1 for _ in islice(_ENTITY.finditer(text), enough))


def unescape(text: str) -> str:
    """Resolve all entities; a no-break space that was one becomes a space."""
    return html.unescape(text.replace("&nbsp;", " ").replace("&#160;", " "))


def read_markup(text: str) -> str:
    """The text of an HTML page or fragment: one line a block, without scripts, heads and menus.

    Where there is an `<article>` element, only what stands in the first one.
    """
    inside = re.search(r"<article\b[^<>]{0,2000}>", text, re.IGNORECASE)
    if inside:
        end = text.lower().find("</article", inside.end())
        text = text[inside.end() : end if end >= 0 else len(text)]
    joined = "".join(_pieces(text))
    return _BLANKS.sub("\n", _collapse(joined)).strip()


def _collapse(text: str) -> str:
    return "\n".join(_SPACES.sub(" ", line).strip() for line in text.split("\x00"))


def _pieces(text: str) -> Iterator[str]:
    """The pieces of text outside of tags; NUL for the edge of a block. What is never closed is read."""
    at = 0
    unread: str | None = None
    lower = text.lower()
    blocks, unread_elements = read_elements()
    last_close = {name: lower.rfind(f"</{name}") for name in unread_elements}
    for kind, name, start, end in _tags(text):
        if unread is None and start > at:
            yield unescape(text[at:start])
        at = end
        if unread is not None:
            if kind == "close" and name == unread:
                unread = None
        elif kind == "open" and last_close.get(name, -1) >= end:
            unread = name
        if name in blocks:
            yield "\x00"
    if unread is None:
        yield unescape(text[at:])


def _tags(text: str) -> Iterator[tuple[str, str, int, int]]:
    """(open, close or other; name; start; end) of tags and comments, in order."""
    at = 0
    has_comment_end = True
    while (start := text.find("<", at)) >= 0:
        if has_comment_end and text.startswith("<!--", start):
            end = text.find("-->", start + 4)
            has_comment_end = end >= 0
            if has_comment_end:
                yield "other", "", start, end + 3
                at = end + 3
                continue
        match = _TAG.match(text, start)
        if match is None:
            at = start + 1
            continue
        kind = "other" if match[2] is None or match[3].endswith("/") else "close" if match[1] else "open"
        yield kind, (match[2] or "").lower(), start, match.end()
        at = match.end()


def find_markup_date(text: str) -> str | None:
    """The publication date that an HTML page declares: in a `meta` element, in JSON-LD, or in a `time` that says so."""
    head = text[:_HEAD]
    found: dict[str, str] = {}
    for match in re.finditer(r"<meta\s([^<>]{1,1000})>", head, re.IGNORECASE):
        attributes = {m[1].lower(): m[2] or m[3] or m[4] or "" for m in _ATTRIBUTE.finditer(match[1])}
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
        found.setdefault(name.lower(), attributes.get("content", ""))
    for name in read_date_properties():
        if found.get(name):
            return html.unescape(found[name]).strip()
    declared = re.search(r'"datePublished"\s*:\s*"([^"]{4,40})"', head)
    if declared is not None:
        return declared[1]
    for match in re.finditer(r"<time\s([^<>]{1,1000})>", head, re.IGNORECASE):
        attributes = {m[1].lower(): m[2] or m[3] or m[4] or "" for m in _ATTRIBUTE.finditer(match[1])}
        if attributes.get("itemprop", "").lower() == "datepublished" or re.search(r"\bpubdate\b", match[1]):
            return attributes.get("datetime") or None
    return None
