"""What is repaired in a text, and what is left alone."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.articles.markup import read_date_properties, read_elements, read_markup
from pipeline.articles.repair import repair_text


def garbled(text: str) -> str:
    """UTF-8 that was read as Windows-1252."""
    return text.encode().decode("sloppy-windows-1252")


QUOTED = "The café’s owner said: “We won’t close.” — No one believed it."

REPAIRED = [
    ("The council\0 met.", "The council met.", ["controls"], "a NUL"),
    ("The \ud800council met.", "The �council met.", ["controls"], "a lone surrogate"),
    (garbled(QUOTED), QUOTED, ["mojibake"], "a whole text of mojibake"),
    ("<p>The council met.</p><p>It voted.</p>", "The council met.\nIt voted.", ["html"], "paragraphs"),
    ("The council met.<br><br/>It voted.", "The council met.\nIt voted.", ["html"], "line breaks"),
    ("<p>R&amp;D &#8212; &ldquo;yes&rdquo;</p><p>x</p>", "R&D — “yes”\nx", ["html"], "entities"),
    ("<div>The <b>coun</b>cil <i>met</i>.</div>\n\n<div>It voted.</div>", "The council met.\nIt voted.", ["html"], "inline tags"),
    ("<p>a</p><script>if (x < 1) {}</script><style>p {}</style><p>b</p>", "a\nb", ["html"], "scripts"),
    ("<p>a</p><!-- <p>no</p> --><p>b</p>", "a\nb", ["html"], "a comment"),
    ("<html><head><title>T</title></head><body><nav>Menu</nav><article><h1>H</h1><p>a</p></article><footer>F</footer></body></html>", "H\na", ["html"], "a page"),
    ("<p class='a > b'>a</p><p title=\"x>y\">b</p>", "a\nb", ["html"], "a sign within an attribute"),
    ("<html><head><title>T</title></head><body><p>a</p><p>b</p>", "a\nb", ["html"], "a page without its end"),
    ("<html><head><body><p>a</p><nav><p>b</p>", "a\nb", ["html"], "elements that are never closed are read"),
    ("<p>a</p><svg/><p>b</p><svg></svg>", "a\nb", ["html"], "an element that closes itself"),
    ("<p>If 1 < 2 then</p><p>b</p>", "If 1 < 2 then\nb", ["html"], "a sign that is no tag"),
    ("&quot;Yes,&quot; she said.", '"Yes," she said.', ["html"], "entities without tags"),
    ("<p>&acirc;</p><p>\0</p>", "â", ["controls", "html"], "two repairs"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "repairs", "reason"), REPAIRED)
def test_a_text_that_is_not_clean_is_repaired_and_says_so(text, expected, repairs, reason):
    assert repair_text(text) == (expected, repairs), reason


CLEAN = [
    ("", "nothing"),
    (QUOTED, "typographic signs"),
    ("  The council met. \r\n\r\n\t", "blanks"),
    ("\x1b[1mThe council\x07 met.\x85", "control characters other than NUL"),
    ("\u202eThe council\u202c met.\u200b\ufeff", "marks of direction and width"),
    ("He lived in JuÃ¡rez.", "one garbled letter: too little to go by"),
    (garbled("café") + " and “café”", "a part that is garbled: the rest would break"),
    ("Ã and Â are letters of Portuguese: MANHÃ.", "capitals that begin no sequence"),
    ("The tag <br> breaks a line.", "one tag"),
    ("<tweet id=\"1\">Yes</tweet> <a href='x'>no</a>", "tags that make no blocks"),
    ("a < b and b > c, x <y> z", "signs of less and more"),
    ("AT&T, R&D and Q&A; &c.", "ampersands"),
    ("He wrote &amp; once.", "one entity"),
    ("😀 emoji 👩‍👩‍👧 and e\u0301", "emoji and a combining accent: nothing is composed"),
    ("ﬁne ½ Ⅳ ｆｕｌｌ", "compatibility forms"),
]


@pytest.mark.parametrize(("text", "reason"), CLEAN)
def test_a_clean_text_stays_as_it_is(text, reason):
    assert repair_text(text) == (text, []), reason


@given(st.text())
def test_a_repaired_text_can_be_stored(text):
    repaired, repairs = repair_text(text)
    repaired.encode()
    assert "\0" not in repaired
    assert (repaired != text) == bool(repairs)


@given(st.text(alphabet="abc é’“”—\n.,!?'\"-", max_size=60))
def test_prose_is_left_alone(text):
    assert repair_text(text) == (text, [])


@given(st.text(alphabet="<>/!-p abr&;\"'=", max_size=60))
def test_no_markup_raises(text):
    read_markup(text)


@pytest.mark.parametrize(
    "piece",
    ["<", "<p", "<!--", "<![CDATA[", "<p a='", '<p a="x', "</", "<script>", "<article>", "<p>", "&", "&#", "<a b=c "],
)
def test_markup_takes_time_in_proportion_to_its_length(piece):
    began = time.process_time()
    repair_text("<p>a</p><p>b</p>" + piece * (1_000_000 // len(piece)))
    assert time.process_time() - began < 8


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("p\tyes\tyes\tx\np\tyes\tyes\tx", r"elements\.tsv:3: 'p' already stands"),
        ("p\t1\tyes\tx", r"elements\.tsv:2: is_block is '1'"),
        ("p\tyes\tno\t", r"elements\.tsv:2: reason is empty"),
    ],
)
def test_a_table_of_elements_that_is_not_clear_is_refused(tmp_path, row, message):
    path = tmp_path / "elements.tsv"
    path.write_text(f"element\tis_block\tis_read\treason\n{row}\n")
    with pytest.raises(ValueError, match=message):
        read_elements(path)


def test_a_property_twice_is_refused(tmp_path):
    path = tmp_path / "dates.tsv"
    path.write_text("property\tused_by\ndate\tx\ndate\ty\n")
    with pytest.raises(ValueError, match="already stands"):
        read_date_properties(path)
