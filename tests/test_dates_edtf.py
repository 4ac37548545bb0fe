from datetime import date

import pytest

from pipeline.dates.edtf import Edtf, parse_edtf
from pipeline.dates.period import Period, period_around, shift_day
from pipeline.vocabulary import Precision

READ = [
    ("2024-02-29", Edtf(date(2024, 2, 29), date(2024, 2, 29)), "a day"),
    ("2024-04~", Edtf(date(2024, 4, 1), date(2024, 4, 30), True), "a month, about"),
    ("2024", Edtf(date(2024, 1, 1), date(2024, 12, 31)), "a year"),
    ("202X", Edtf(date(2020, 1, 1), date(2029, 12, 31)), "a decade"),
    ("19XX", Edtf(date(1900, 1, 1), date(1999, 12, 31)), "a century"),
    ("2024-33", Edtf(date(2024, 1, 1), date(2024, 3, 31)), "a quarter"),
    ("2024-41", Edtf(date(2024, 7, 1), date(2024, 12, 31)), "a half"),
    ("2024-22", Edtf(date(2024, 6, 1), date(2024, 9, 23)), "a summer"),
    ("2019/..", Edtf(date(2019, 1, 1), None), "open to the right"),
    ("../2023-03-01", Edtf(None, date(2023, 3, 1)), "open to the left"),
    ("2023-03-06/2023-03-12", Edtf(date(2023, 3, 6), date(2023, 3, 12)), "a week"),
    ("XXXX-02-24", Edtf(None, None), "a day of an unknown year"),
    ("XXXX-02-29", Edtf(None, None), "a leap day of an unknown year"),
    ("XXXX-02", Edtf(None, None), "a month of an unknown year"),
    ("-0479", Edtf(None, None), "480 BC is before the calendar of the columns"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), READ)
def test_what_newsledger_writes_is_read_back(text, expected, reason):
    assert parse_edtf(text) == expected, reason


@pytest.mark.parametrize(
    "text",
    [
        "",
        "..",
        "../..",
        "2023-13",
        "2023-02-30",
        "XXXX-02-30",
        "XXXX",
        "2023-3-1",
        "2024/2023",
        "2023-24-01",
        "24 Feb",
        "199X-02",
        "2023/",
    ],
)
def test_what_is_no_edtf_is_none(text):
    assert parse_edtf(text) is None


PERIODS = [
    (Period(Precision.DAY, 2022, 2, 24), "2022-02-24", "2022-02-24"),
    (Period(Precision.DAY, None, 2, 24), "XXXX-02-24", "XXXX-02-24"),
    (Period(Precision.MONTH, 2022, 2), "2022-02", "2022-02"),
    (Period(Precision.WEEK, 2013, week=12), "2013-W12", "2013-03-18/2013-03-24"),
    (Period(Precision.WEEKEND, 2013, week=12), "2013-W12-WE", "2013-03-23/2013-03-24"),
    (Period(Precision.QUARTER, 2013, number=3), "2013-Q3", "2013-35"),
    (Period(Precision.HALF_YEAR, 2013, number=2), "2013-H2", "2013-41"),
    (Period(Precision.SEASON, 2013, season="WI"), "2013-WI", "2013-24"),
    (Period(Precision.DECADE, number=199), "199", "199X"),
    (Period(Precision.CENTURY, number=19), "19", "19XX"),
    (Period(Precision.YEAR, -479), "BC0480", "-0479"),
    (Period(Precision.YEAR, 1910, approximate=True), "1910", "1910~"),
    (Period(Precision.DAY, weekday=5), "XXXX-WXX-5", None),
    (Period(Precision.WEEK), "XXXX-WXX", None),
    (Period(Precision.DAY, 2013, 3, 22).with_part("NI"), "2013-03-22TNI", "2013-03-22"),
]


@pytest.mark.parametrize(("period", "value", "edtf"), PERIODS)
def test_a_period_has_its_timex_value_and_its_edtf(period, value, edtf):
    assert (period.value, period.edtf) == (value, edtf)


def test_a_fiscal_year_has_no_days():
    assert Period(Precision.YEAR, 1989, fiscal=True).days is None


@pytest.mark.parametrize(
    ("day", "unit", "count", "expected"),
    [
        (date(2024, 2, 29), "Y", -1, date(2023, 2, 28)),
        (date(2024, 3, 31), "M", -1, date(2024, 2, 29)),
        (date(2024, 1, 1), "DE", -3, date(1994, 1, 1)),
        (date(1, 1, 1), "D", -1, None),
        (date(9999, 12, 31), "CE", 1, None),
        (date(2024, 1, 15), "2W", 1, date(2024, 1, 29)),
    ],
)
def test_a_day_is_shifted_within_the_calendar(day, unit, count, expected):
    assert shift_day(day, unit, count) == expected


def test_an_unknown_unit_is_an_error():
    with pytest.raises(KeyError):
        period_around(date(2024, 1, 1), "lustrum")
