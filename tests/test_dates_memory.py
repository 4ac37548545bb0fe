"""What a date takes from those before it: the year of a history, the quarter reported on. Sentences are the project's own."""

from datetime import date

from pipeline.dates.find import read_dates
from pipeline.parse import parse_text

WEDNESDAY = date(2023, 3, 1)


def values(text, published=WEDNESDAY):
    return [(f.text, m.value) for f, m in read_dates(text, parse_text(text), published)]


def test_a_history_dates_by_the_year_told_last():
    text = (
        "The revolt began in 1911. In 1912 the town fell. On 5 March the army came. In 1913 the king fled. "
        "In 1914 the mines were shut. In 1915 a treaty was signed. On June 7 the troops left."
    )
    found = dict(values(text))
    assert found["5 March"] == "1912-03-05"
    assert found["June 7"] == "1915-06-07"


def test_what_will_be_is_not_dated_by_a_history():
    text = (
        "He was born in 1951. In 1975 he left school. In 1980 he wrote his first book. In 1990 he won a prize. "
        "In 1999 he moved to Rome. The funeral will be held on March 12."
    )
    assert dict(values(text))["March 12"] == "2023-03-12"


def test_a_month_is_compared_with_the_same_month():
    found = values("Sales fell in January, compared with the same month a year ago.")
    assert found == [("January", "2023-01"), ("the same month a year ago", "2022-01")]


def test_years_in_the_news_do_not_make_it_a_history():
    text = "Riots broke out in 1968, 1977 and 1981, the mayor said on Monday. The park opened on February 3."
    assert dict(values(text))["February 3"] == "2023-02-03"


def test_a_year_earlier_is_the_same_quarter_a_year_back():
    found = values("Profit in the third quarter of 2022 was below that of a year earlier.")
    assert found[-1] == ("a year earlier", "2021-Q3")


HISTORY = "The revolt began in 1911. In 1912 the town fell. In 1913 the king fled. In 1914 the mines were shut. "


def test_a_year_far_from_the_one_told_last_does_not_date_a_history():
    found = dict(values(HISTORY + "Files opened in 1999 show why. On June 7 the troops left."))
    assert found["June 7"] == "1914-06-07"


def test_two_years_far_from_the_one_told_last_do():
    found = dict(values(HISTORY + "In 1950 he came home. In 1951 he retired. On June 7 he died."))
    assert found["June 7"] == "1951-06-07"


def test_a_feast_in_a_history_is_of_the_year_told_last():
    found = dict(values(HISTORY + "In 1915 the winter was hard. At Christmas the troops left."))
    assert found["Christmas"] == "1915-12-25"


QUARTERS = [
    ("In the 2021 quarter, it rose.", "the 2021 quarter", "2021-Q4", "the same quarter of a year that is named"),
    (
        "A charge is due in the first quarter. A year ago it rose.",
        "A year ago",
        "2021-Q4",
        "a forecast is not reported on",
    ),
    ("It had fallen in the second quarter. A year ago it rose.", "A year ago", "2021-Q4", "nor an older quarter"),
    ("Costs fell in the latest period.", "the latest period", "2022-Q4", "the one reported on"),
    ("It rose in last year's quarter.", "last year's quarter", "2021-Q4", "the same quarter a year back"),
]


def test_figures_are_compared_with_those_of_the_quarter_reported_on():
    for text, words, value, reason in QUARTERS:
        found = dict(values("Profit fell in the fourth quarter of 2022. " + text))
        assert found[words] == value, reason


def test_the_latest_year_is_the_one_before_this():
    assert values("Sales rose in the latest fiscal year.") == [("the latest fiscal year", "2022")]
