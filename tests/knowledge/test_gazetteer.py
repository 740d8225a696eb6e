"""The gazetteer: names in, places out, quickly."""

from __future__ import annotations

import pytest

from dragoman.knowledge.gazetteer import load, normalise


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("The Hague", "hague"),
        ("St. Petersburg", "saint petersburg"),
        ("Zürich", "zurich"),
        ("Łódź", "lodz"),
        ("N'Djamena", "ndjamena"),
        ("Port-au-Prince", "port au prince"),
        ("U.S.", "us"),
        ("  Tel   Aviv ", "tel aviv"),
    ],
)
def test_names_are_normalised(name: str, key: str) -> None:
    assert normalise(name) == key


@pytest.mark.parametrize(
    ("name", "country", "kind"),
    [
        ("Paris", "FRA", "capital"),
        ("Kiev", "UKR", "capital"),
        ("Kyiv", "UKR", "capital"),
        ("Rangoon", "MMR", "city"),
        ("Munich", "DEU", "city"),
        ("Aleppo", "SYR", "city"),
        ("Mosul", "IRQ", "city"),
        ("Calif.", "USA", "admin1"),
        ("Ontario", "CAN", "admin1"),
        ("Hebei", "CHN", "admin1"),
        ("Rapides Parish", "USA", "admin2"),
        ("Britain", "GBR", "country"),
        ("Burma", "MMR", "country"),
        ("Kosovo", "XKX", "country"),
        ("Donbas", "UKR", "region"),
        ("Darfur", "SDN", "region"),
        ("Gaza Strip", "PSE", "region"),
        ("Golan Heights", "SYR", "region"),
        ("Nagorno-Karabakh", "AZE", "region"),
    ],
)
def test_the_first_candidate_is_the_prominent_one(name: str, country: str, kind: str) -> None:
    first = load().candidates(name)[0]
    assert (first.country, first.kind) == (country, kind)


@pytest.mark.parametrize("name", ["Kashmir", "the Sahel", "South China Sea", "Strait of Hormuz", "Balkans", "Kurdistan"])
def test_a_region_of_several_states_has_no_single_country(name: str) -> None:
    first = load().candidates(name)[0]
    assert first.kind == "region"
    assert first.country == ""


def test_a_name_has_all_its_places() -> None:
    found = {(place.country, place.admin1) for place in load().candidates("Paris") if place.kind in ("city", "capital")}
    assert {("FRA", "Île-de-France"), ("USA", "Texas"), ("CAN", "Ontario")} <= found


def test_qualifiers_are_divisions_and_countries() -> None:
    gazetteer = load()
    assert [place.name for place in gazetteer.qualifier("Ill.")] == ["Illinois"]
    assert [place.name for place in gazetteer.qualifier("TX")] == ["Texas"]
    assert gazetteer.qualifier("France")[0].country == "FRA"
    assert gazetteer.qualifier("tx") == ()


def test_an_unknown_name_has_no_place() -> None:
    assert load().candidates("Xyzzyville") == ()
    assert load().candidates("") == ()


def test_points_are_close_to_the_truth() -> None:
    nairobi = load().candidates("Nairobi")[0]
    assert abs(nairobi.latitude + 1.28) < 0.05
    assert abs(nairobi.longitude - 36.82) < 0.05


def test_every_name_of_the_tables_leads_to_a_place() -> None:
    gazetteer = load()
    for key, entries in gazetteer.regions.items():
        for entry in entries:
            assert -90 <= entry.latitude <= 90 and -180 <= entry.longitude <= 180, entry.name
        assert gazetteer.candidates(key), key
