"""The overlay: who is asked first, on which day, and by which name."""

from __future__ import annotations

import pytest

from dragoman.knowledge import base
from dragoman.knowledge.overlay import Entry, Known, Overlay


def read(name: str, office: str = "foreign minister", country: str = "KEN", day: str = "2024-03-01", **more: object) -> Known:
    fields: dict[str, object] = {"sector": "GOV", "begin": "2023-03-02", "end": "2025-03-01", "reports": 1}
    return Known((name,), country, office=office, first=day, last=day, **(fields | more))


def laid(own: list[Entry] | None = None, known: list[Known] | None = None) -> base.Knowledge:
    tables = base.load()
    return tables.laid_over(Overlay(own or [], known or [], tables.offices))


def test_the_user_s_entry_wins_over_the_tables_on_its_days_only():
    knowledge = laid([Entry("Sergey Lavrov", country="NOR", sector="OPP", first="2021", last="2021")])
    assert knowledge.named("Sergey Lavrov", "2021-06-01").country == "NOR"
    assert knowledge.named("Sergey Lavrov", "2022-06-01").country == "RUS"
    assert [term.country for term in knowledge.in_office("lavrov", "2021-06-01")] == ["NOR"]
    assert [term.country for term in knowledge.in_office("lavrov", "2022-06-01")] == ["RUS"]
    assert base.load().named("Sergey Lavrov", "2021-06-01").country == "RUS"  # the tables themselves are untouched


def test_what_was_read_fills_gaps_and_overrules_no_table():
    knowledge = laid(known=[read("Tabitha Wanjala"), read("Sergey Lavrov", country="NOR")])
    assert knowledge.named("Sergey Lavrov", "2024-03-01").country == "RUS"
    assert [term.country for term in knowledge.in_office("lavrov", "2024-03-01")] == ["RUS"]
    assert (knowledge.named("Tabitha Wanjala", "2024-04-01").office, knowledge.in_office("wanjala", "2024-04-01")[0].sector) == (
        "foreign minister",
        "GOV",
    )


def test_away_from_the_days_read_only_the_country_is_known():
    knowledge = laid(known=[read("Tabitha Wanjala")])
    for date in ("2030-01-01", ""):
        named = knowledge.named("Tabitha Wanjala", date)
        assert (named.country, named.sector, named.office) == ("KEN", "", "")
        assert knowledge.in_office("wanjala", date) == []


def test_the_reading_nearest_to_the_day_is_taken():
    minister = read("Tabitha Wanjala", day="2024-03-01", reports=9)
    governor = read("Tabitha Wanjala", "governor", day="2024-09-01")
    knowledge = laid(known=[minister, governor])
    assert knowledge.named("Tabitha Wanjala", "2024-03-20").office == "foreign minister"
    assert knowledge.named("Tabitha Wanjala", "2024-08-20").office == "governor"


def test_a_bare_surname_is_of_one_person_in_a_prominent_office():
    knowledge = laid(known=[read("Tabitha Wanjala"), read("Amina Otieno", "professor")])
    assert knowledge.is_known_surname("Wanjala", "2024-04-01")
    assert not knowledge.is_known_surname("Otieno", "2024-04-01")
    assert not knowledge.is_known_surname("Wanjala", "")
    two = laid(known=[read("Tabitha Wanjala"), read("Paul Wanjala", country="UGA")])
    assert not two.is_known_surname("Wanjala", "2024-04-01")
    assert len(two.in_office("wanjala", "2024-04-01")) == 2


def test_a_mass_of_entries_leaves_bare_surnames_to_the_tables():
    mass = [Entry(f"{name} Lavrov", country="USA", office="foreign minister", salient=False) for name in ("Ann", "Bob")]
    knowledge = laid(mass)
    assert [term.country for term in knowledge.in_office("lavrov", "2021-06-01")] == ["RUS"]
    assert knowledge.named("Ann Lavrov", "2021-06-01").country == "USA"


def test_own_entries_that_name_two_states_decide_nothing():
    knowledge = laid([Entry("Ola Berg", country="NOR", sector="GOV"), Entry("Ola Berg", country="SWE", sector="GOV")])
    assert knowledge.named("Ola Berg", "2021-06-01") is None


def test_organizations_and_nicknames_of_states_can_be_laid_over():
    own = [
        Entry("River Front", ("RF", "Front of the River"), "organization", "KEN", "REB", first="2020"),
        Entry("the White Villa", (), "country", "KEN", "GOV"),
    ]
    knowledge = laid(own)
    assert knowledge.named("the RF", "2021-01-01").sector == "REB"
    assert knowledge.named("RIVER FRONT", "2021-01-01").sector == "REB"
    assert knowledge.named("RF", "2019-01-01") is None
    assert (knowledge.named("White Villa").kind, knowledge.named("White Villa").country) == ("country", "KEN")
    assert knowledge.may_begin_name("River")


def test_the_fingerprint_is_of_the_content():
    one, other = Overlay([Entry("Ola Berg", country="NOR")]), Overlay([Entry("Ola Berg", country="SWE")])
    assert one.fingerprint == Overlay([Entry("Ola Berg", country="NOR")]).fingerprint != other.fingerprint


@pytest.mark.parametrize("size", [20_000])
def test_a_large_overlay_knows_everybody(size):
    own = [Entry(f"Greta N{n} Ahlstrom{n}", country="NOR", office="governor", first="2020") for n in range(size)]
    overlay = Overlay(own, [], base.load().offices)
    assert all(overlay.own(f"Greta N{n} Ahlstrom{n}", "2021-01-01") for n in range(size))
