from datetime import date

import pytest

from pipeline.dates import find_dateline

CASES = [
    ("MOSCOW, Feb 24 (Reuters) - Tanks rolled.", "MOSCOW", "Reuters", (None, 2, 24), "as agencies write it"),
    (
        "KYIV, Ukraine (AP) — Sirens wailed.",
        "KYIV, Ukraine",
        "AP",
        (None, None, None),
        "with the country, without a day",
    ),
    ("WASHINGTON, March 3, 2021 /PRNewswire/ -- A firm", "WASHINGTON", "PRNewswire", (2021, 3, 3), "a press release"),
    ("PARIS, 24 February 2022 (AFP) – Ministers met.", "PARIS", "AFP", (2022, 2, 24), "day before month"),
    (
        "Rivals meet\nBy Jane Roe\nST. PETERSBURG, Russia, June 5 (TASS) - Rivals met.",
        "ST. PETERSBURG, Russia",
        "TASS",
        (None, 6, 5),
        "under a headline and a byline",
    ),
    ("UNITED NATIONS — The council met.", "UNITED NATIONS", None, (None, None, None), "a long dash is enough"),
    ("MOSCOW, February 24. /TASS/. Envoys met.", "MOSCOW", "TASS", (None, 2, 24), "full stops for dashes"),
    ("Brussels, Feb. 24 (dpa) -- Envoys met.", "Brussels", "dpa", (None, 2, 24), "an agency in small letters"),
    ("Feb 24 (Reuters) - A firm lost money.", "", "Reuters", (None, 2, 24), "company news has no place"),
    ("BEIJING, Sept. 3 (Xinhua) -- Traders met.", "BEIJING", "Xinhua", (None, 9, 3), "abbreviated month"),
]


@pytest.mark.parametrize(("text", "place", "agency", "parts", "reason"), CASES)
def test_a_dateline_is_read(text, place, agency, parts, reason):
    found = find_dateline(text)
    assert (found.place, found.agency, (found.year, found.month, found.day)) == (place, agency, parts), reason
    assert text[found.start :].startswith(place)
    assert (found.date_start is None) == (found.month is None)


MORE = [
    ("Washington (CNN) -- The senator", "Washington", "a place in small letters with its agency"),
    ("Paris, 5 May 2019 (AFP) - The", "Paris", "with a day"),
    ("AMMAN/BEIRUT (Reuters) - Shells fell", "AMMAN/BEIRUT", "two places"),
    ("MOSCOW. Feb 24 (Interfax) - The", "MOSCOW", "with a full stop"),
    ("SANTA ROSA, Calif., June 9, 2014 /PRNewswire/ -- The", "SANTA ROSA, Calif.", "with the state"),
]


@pytest.mark.parametrize(("text", "place", "reason"), MORE)
def test_a_place_is_read_as_agencies_write_it(text, place, reason):
    found = find_dateline(text)
    assert found is not None, reason
    assert found.place == place


NONE = [
    ("BREAKING — The minister resigned.", "a label"),
    ("Kyiv — Sirens wailed.", "small letters and no agency"),
    ("Anna Nowak (Warsaw) said so.", "a name with brackets and no dash"),
    ("The president said", "no capitals"),
    ("NATO said it would act.", "an acronym"),
    ("NATO (Brussels) said it would act.", "an acronym with brackets and no dash"),
    ("", "nothing"),
    ("Feb 24 (Friday) is a holiday.", "a day in brackets"),
    ("WARSAW. The envoys met.", "a full stop alone"),
    ("UPDATE 1: Shares fall", "a label"),
    ("EU-backed talks resume", "a hyphen"),
]


@pytest.mark.parametrize(("text", "reason"), NONE)
def test_other_heads_are_no_dateline(text, reason):
    assert find_dateline(text) is None, reason


def test_a_dateline_deep_in_the_text_is_not_one():
    assert find_dateline("words " * 200 + "\nMOSCOW, Feb 24 (Reuters) - Tanks") is None


def test_the_year_comes_from_a_day_known_to_be_near():
    found = find_dateline("MOSCOW, Dec 30 (Reuters) - Tanks rolled.")
    assert found.resolve(date(2023, 1, 2)) == date(2022, 12, 30)
    assert found.resolve(date(2022, 12, 31)) == date(2022, 12, 30)
    assert found.resolve() is None


def test_a_dateline_with_its_year_needs_no_hint():
    found = find_dateline("PARIS, 24 February 2022 (AFP) – Ministers met.")
    assert found.resolve() == date(2022, 2, 24)
    assert found.resolve(date(2020, 1, 1)) == date(2022, 2, 24)


def test_a_day_that_does_not_exist_resolves_to_nothing():
    assert find_dateline("PARIS, Feb 30 (AFP) - Ministers met.").resolve(date(2022, 3, 1)) is None


def test_a_leap_day_takes_the_year_that_has_one():
    assert find_dateline("PARIS, Feb 29 (AFP) - Ministers met.").resolve(date(2024, 3, 1)) == date(2024, 2, 29)
