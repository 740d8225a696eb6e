"""Members of intergovernmental organizations on a day: checks of the table and of what is read from it."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pytest

from dragoman.knowledge import base
from dragoman.knowledge.base import Knowledge
from dragoman.knowledge.tables import TableError

# (organization, day): how many members it had, as the organizations themselves count them
COUNTS = [
    ("United Nations", "2012-01-01", 193),
    ("Security Council", "1994-06-01", 15),
    ("EU", "2019-06-01", 28),
    ("EU", "2020-02-01", 27),
    ("European Community", "1990-06-01", 12),
    ("NATO", "1998-01-01", 16),
    ("NATO", "2024-03-07", 32),
    ("Council of Europe", "2022-06-01", 46),
    ("OSCE", "2020-01-01", 57),
    ("OECD", "2022-01-01", 38),
    ("OIC", "2020-01-01", 57),
    ("African Union", "2020-01-01", 55),
    ("ECOWAS", "2024-06-01", 15),
    ("ECOWAS", "2025-02-01", 12),
    ("OPEC", "2024-01-01", 12),
    ("Arab League", "2020-01-01", 22),
    ("OAS", "2020-01-01", 35),
    ("ASEAN", "2000-01-01", 10),
    ("G20", "2010-01-01", 19),
    ("Commonwealth of Nations", "2023-01-01", 56),
]


@pytest.mark.parametrize(("organization", "date", "count"), COUNTS)
def test_numbers_of_members(organization: str, date: str, count: int) -> None:
    assert len(base.load().members(organization, date)) == count


@pytest.mark.parametrize(
    ("organization", "country", "inside", "outside"),
    [
        ("European Union", "GBR", "2020-01-31", "2020-02-01"),
        ("European Union", "HRV", "2013-07-01", "2013-06-30"),
        ("Council of Europe", "RUS", "2022-03-16", "2022-03-17"),
        ("OPEC", "IDN", "2016-05-01", "2012-05-01"),
        ("BRICS", "ETH", "2024-01-01", "2023-12-31"),
        ("Shanghai Cooperation Organization", "IRN", "2024-01-01", "2022-01-01"),
        ("African Union", "MAR", "2018-01-01", "2010-01-01"),
        ("Group of Eight", "RUS", "2010-01-01", "2015-01-01"),
        ("Security Council", "JPN", "2023-06-01", "2025-06-01"),
    ],
)
def test_a_member_within_its_time_only(organization: str, country: str, inside: str, outside: str) -> None:
    assert country in base.load().members(organization, inside)
    assert country not in base.load().members(organization, outside)
    name = next(entry.name for entry in base.load().names[base.bare(organization)] if entry.role == "organization")
    assert name in base.load().memberships(country, inside)
    assert name not in base.load().memberships(country, outside)


def test_without_a_date_those_known_last() -> None:
    assert base.load().members("AUKUS") == ("AUS", "GBR", "USA")
    assert "GBR" not in base.load().members("European Union")
    assert base.load().members("Warsaw Pact") == ()
    assert "Mercosur" in base.load().memberships("BRA")


def test_of_an_unknown_organization_no_members() -> None:
    assert base.load().members("League of Zubrowka") == ()
    assert base.load().memberships("UTO") == ()


def test_no_state_is_twice_a_member_at_one_time() -> None:
    terms = defaultdict(list)
    for term in base.load()._memberships:
        terms[term.organization, term.country].append((term.first, term.last))
    for who, bounds in terms.items():
        bounds.sort()
        for (_, end), (start, _) in pairwise(bounds):
            assert end, f"{who}: a second membership begins while the first goes on"
            assert end < start, f"{who}: the memberships overlap"


def test_at_least_fifty_organizations_have_members() -> None:
    assert len({term.organization for term in base.load()._memberships}) >= 50


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("NATO,UTO,1949,", "'UTO' is no code"),
        ("League of Zubrowka,FRA,1949,", "no name of organizations.csv"),
        ("NATO,FRA,1949,1948", "ends (1948) before it begins (1949)"),
    ],
)
def test_a_wrong_line_is_named(line: str, problem: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    knowledge = Knowledge()
    (tmp_path / "memberships.csv").write_text(f"organization,member,from,to\n{line}\n", encoding="utf-8")
    monkeypatch.setattr(base, "DATA", tmp_path)
    with pytest.raises(TableError) as told:
        knowledge._load_memberships()
    assert "memberships.csv:2" in str(told.value)
    assert problem in str(told.value)
