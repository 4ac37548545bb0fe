"""Places of events: from the clause, resolved only where the name is clear."""

from __future__ import annotations

import pytest
from test_events import events_of

from pipeline.events.places import locate
from pipeline.vocabulary import PlacePrecision


@pytest.mark.parametrize(
    ("text", "place", "country", "precision", "reason"),
    [
        ("Police arrested the editor in Nairobi.", "Nairobi", "KEN", PlacePrecision.CITY, "a city"),
        ("Rebels attacked a convoy in Sudan.", "Sudan", "SDN", PlacePrecision.COUNTRY, "a country"),
        ("Police arrested the editor in Texas.", "Texas", "USA", PlacePrecision.ADMIN, "a state of the USA"),
        ("Troops killed a farmer in the West Bank.", "West Bank", "PSE", PlacePrecision.ADMIN, "a region"),
        ("The ministers met in the city of Geneva.", "Geneva", "CHE", PlacePrecision.CITY, "behind a noun of place"),
    ],
)
def test_a_place_of_the_clause_is_resolved(text, place, country, precision, reason):
    event = events_of(text)[0]
    assert (event.place, event.country, event.place_precision) == (place, country, precision), reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("France condemned Libya.", "actors are no places"),
        ("Police arrested the editor in March.", "a month is no place"),
        ("Police arrested the editor in the garden.", "a common noun has no coordinates"),
        ("The premier met the king in Zzyzxville.", "an unknown name stays unknown"),
        ("Italy thanked the premier of Spain in writing.", "no place at all"),
    ],
)
def test_where_the_text_tells_no_place_there_is_none(text, reason):
    for event in events_of(text):
        assert (event.place, event.country, event.lat, event.place_precision) == (None, None, None, None), reason


def test_a_city_has_coordinates_and_a_country_has_none():
    city, country = locate("Baghdad"), locate("Iraq")
    assert city is not None
    assert country is not None
    assert city.lat == pytest.approx(33.3, abs=0.3)
    assert city.lon == pytest.approx(44.4, abs=0.3)
    assert (country.lat, country.lon, country.precision) == (None, None, PlacePrecision.COUNTRY)


def test_an_ambiguous_city_is_unknown_until_the_text_adds_a_country():
    assert locate("San José, nowhere") is None
    assert locate("Springfield") is None
    paris, texan = locate("Paris"), locate("Paris", "USA")
    assert paris is not None
    assert paris.country == "FRA"
    assert texan is None or texan.country == "USA"


@pytest.mark.parametrize("name", ["", " ", "May", "Monday", "The", "President"])
def test_common_words_are_no_cities(name):
    found = locate(name)
    assert found is None or name == "May"
