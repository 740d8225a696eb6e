"""Checks of the tables of facts: known codes and sectors, ends after starts, one meaning a name and day, enough rows."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

import pytest

from dragoman.knowledge import base
from dragoman.knowledge.tables import DATA, Row, read_table
from dragoman.plover import SECTORS

INTERNATIONAL = {"UNO", "EUR", "IGO", "NGO", "ISM", "IMG", "MNC"}
ARMED = {"armed-group", "militia", "terrorist-group"}
COLUMNS = {
    "organizations.csv": ("name", "aliases", "country", "sector", "kind", "first", "last"),
    "institutions.csv": ("name", "aliases", "country", "sector", "kind"),
    "countries.csv": ("iso3", "name", "aliases", "metonyms", "first", "last"),
    "leaders.csv": ("name", "aliases", "country", "office", "sector", "start", "end", "sure"),
    "regions.csv": ("name", "aliases", "kind", "iso3", "latitude", "longitude"),
}


def rows(table: str) -> list[Row]:
    return list(read_table(DATA / table, COLUMNS[table]))


def codes() -> set[str]:
    return {row["iso3"] for row in rows("countries.csv")} | INTERNATIONAL


def names(row: Row) -> set[str]:
    return {base.bare(name) for name in (row["name"], *row.items("aliases"))}


def overlap(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether two times have more in common than the day, or the month or year no better known, in which one follows the other."""

    def before(last: str, first: str) -> bool:
        length = min(len(last), len(first))
        return length > 0 and last[:length] <= first[:length]

    return not before(one[1], other[0]) and not before(other[1], one[0])


@pytest.mark.parametrize("table", ["organizations.csv", "institutions.csv", "leaders.csv"])
def test_known_codes_and_sectors(table: str) -> None:
    known, sectors = codes(), {sector for rank in SECTORS.values() for sector in rank}
    for row in rows(table):
        for code in row.items("country"):
            assert code in known, f"{row.where}: {code} is no code of countries.csv"
        assert not row["sector"] or row["sector"] in sectors, f"{row.where}: {row['sector']} is no sector of PLOVER"


@pytest.mark.parametrize(
    ("table", "start", "end"), [("organizations.csv", "first", "last"), ("countries.csv", "first", "last"), ("leaders.csv", "start", "end")]
)
def test_no_end_before_its_start(table: str, start: str, end: str) -> None:
    for row in rows(table):
        length = min(len(row[start]), len(row[end]))
        assert row[start][:length] <= row[end][:length] or not row[end], f"{row.where}: ends before it starts"


def test_one_name_means_one_organization_of_a_country_on_a_day() -> None:
    meanings: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows("organizations.csv"):
        for name in names(row):
            meanings[name, row["country"]].append(row)
    for (name, country), found in meanings.items():
        for one, other in pairwise(sorted(found, key=lambda row: row["first"])):
            if one["sector"] != other["sector"]:
                assert not overlap((one["first"], one["last"]), (other["first"], other["last"])), (
                    f"{other.where}: {name} {country}: two sectors at a time"
                )


def test_no_name_means_two_countries_on_a_day() -> None:
    for name, entries in base.load().names.items():
        bodies = [entry for entry in entries if entry.role not in ("leader", "capital")]
        for entry in bodies:
            for other in bodies:
                if entry.country != other.country:
                    assert not overlap((entry.first, entry.last), (other.first, other.last)), f"{name}: {entry} and {other}"


def test_no_two_holders_of_one_office() -> None:
    terms: dict[tuple[str, str], list[base.Named]] = defaultdict(list)
    for key, entries in base.load()._terms.items():
        if key[1] in {"president", "prime minister", "foreign minister", "chancellor", "king", "queen"}:
            terms[key] = sorted((entry for entry in entries if entry.sure and entry.first), key=lambda entry: (entry.first, entry.last))
    for key, entries in terms.items():
        for one, other in pairwise(entries):
            if one.name != other.name:
                assert not overlap((one.first, one.last), (other.first, other.last)), f"{key}: {one.name} and {other.name} at a time"


def test_enough_rows() -> None:
    organizations = rows("organizations.csv")
    assert sum(row["kind"] in ARMED for row in organizations) >= 700
    assert sum(row["kind"] == "party" for row in organizations) >= 850
    assert sum(row["kind"] == "igo" for row in organizations) >= 270
    assert len(rows("leaders.csv")) >= 7800
    assert sum(bool(row["country"]) for row in rows("institutions.csv")) >= 1450
    states = rows("countries.csv")
    assert len({row["iso3"] for row in states if row["metonyms"]}) >= 130
    assert sum(bool(row["last"]) for row in states) >= 130
    places = [row for row in rows("regions.csv") if row["kind"] not in ("country", "continent")]
    assert len(places) >= 600


def test_regions_have_a_point_and_known_countries() -> None:
    known = codes()
    for row in rows("regions.csv"):
        assert -90 <= float(row["latitude"]) <= 90, row.where
        assert -180 <= float(row["longitude"]) <= 180, row.where
        for code in row.items("iso3"):
            assert code in known, f"{row.where}: {code} is no code of countries.csv"


@pytest.mark.parametrize(
    ("country", "office", "date", "holder"),
    [
        ("CHE", "president", "2003-05-01", "Pascal Couchepin"),
        ("PER", "prime minister", "2006-01-15", "Pedro Pablo Kuczynski"),
        ("BLZ", "prime minister", "1995-01-01", "Manuel Esquivel"),
        ("TCD", "prime minister", "2004-01-01", "Moussa Faki"),
        ("SRB", "foreign minister", "1999-04-01", "Zivadin Jovanovic"),
        ("THA", "foreign minister", "1999-09-01", "Surin Pitsuwan"),
        ("TLS", "foreign minister", "2019-01-01", "Dionisio Babo"),
    ],
)
def test_holders_of_offices(country: str, office: str, date: str, holder: str) -> None:
    term = base.load().holder(country, office, date)
    assert term is not None
    assert term.name == holder


def test_a_little_known_holder_is_not_meant_by_the_surname_alone() -> None:
    assert [term.alone for term in base.load().leaders["francis"] if term.country == "SLE"] == [False]
    assert all(term.alone for term in base.load().leaders["merkel"])


@pytest.mark.parametrize(
    ("name", "date", "country", "sector"),
    [
        ("Taliban", "2021-08-14", "AFG", "REB"),
        ("Taliban", "2021-08-20", "AFG", "GOV"),
        ("Hayat Tahrir al-Sham", "2020-05-01", "SYR", "REB"),
        ("Hayat Tahrir al-Sham", "2024-12-20", "SYR", "GOV"),
        ("TPLF", "2005-05-01", "ETH", "PTY"),
        ("TPLF", "2021-06-01", "ETH", "REB"),
        ("Sudan People's Liberation Movement", "2001-01-01", "SDN", "REB"),
        ("Sudan People's Liberation Movement", "2012-01-01", "SSD", "PTY"),
        ("M23", "2025-02-01", "COD", "REB"),
        ("Revolutionary Armed Forces of Colombia", "2010-01-01", "COL", "REB"),
    ],
)
def test_an_organization_is_what_it_was_on_the_day(name: str, date: str, country: str, sector: str) -> None:
    entry = base.load().named(name, date)
    assert entry is not None
    assert (entry.country, entry.sector) == (country, sector)
