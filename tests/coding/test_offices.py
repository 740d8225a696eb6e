"""Coding with an overlay and a gazetteer of the user's own: what earlier reports taught tells who a bare surname is."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language

from dragoman.coding.coder import Coder
from dragoman.knowledge import base
from dragoman.knowledge.geonames import World, build
from dragoman.knowledge.overlay import Entry, Overlay
from dragoman.knowledge.registry import open_registry
from dragoman.model import Actor, Record, Report

EARLIER = "OSLO, Feb 10 - Kenyan Foreign Minister Tabitha Wanjala met Norwegian Interior Minister Odd Hagenstrand in Oslo on Friday."
LATER = "Hagenstrand accused Russia of spying on Monday. Wanjala condemned the accusation."


def code(coder: Coder, text: str, published: str, identifier: str = "r") -> Record:
    return coder.code(Report(id=identifier, text=text, published=published, language="en"))


def actor(record: Record, name: str) -> Actor:
    (found,) = [actor for actor in record.actors if actor.name == name]
    return found


@pytest.fixture(scope="module")
def registry(coder: Coder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("registry") / "actors.duckdb"
    with open_registry(path, write=True) as opened:
        opened.learn([code(coder, EARLIER, "2024-02-12", "earlier")])
    return path


@pytest.fixture(scope="module")
def taught(language: Language, registry: Path) -> Coder:
    with open_registry(registry) as opened:
        return Coder(language, overlay=opened.overlay())


def test_a_bare_surname_gets_office_country_and_sector(coder, taught):
    record = code(taught, LATER, "2024-05-20")
    for name, told in (("Hagenstrand", ("NOR", ["GOV"], "interior minister")), ("Wanjala", ("KEN", ["GOV"], "foreign minister"))):
        found = actor(record, name)
        assert (found.country, found.sectors, found.office) == told
        assert [mention.text for mention in found.mentions] == [name]
    plain = code(coder, LATER, "2024-05-20")
    assert not [found for found in plain.actors if found.office or found.country == "NOR"]


def test_years_later_the_office_is_not_taken_to_hold(taught):
    record = code(taught, LATER, "2030-05-20")
    assert not [found for found in record.actors if found.office]


def test_what_was_filled_in_is_not_learnt_again(taught, registry):
    with open_registry(registry, write=True) as opened:
        learnt = opened.learn([code(taught, LATER, "2024-05-20", "later")])
    assert (learnt.new, learnt.readings) == (1, 0)


def test_the_office_a_report_states_stands(taught):
    record = code(taught, "Defence Minister Odd Hagenstrand of Norway met reporters on Monday.", "2024-05-20")
    assert actor(record, "Odd Hagenstrand").office == "Defence Minister"


def test_the_user_s_own_win_over_the_tables(language):
    own = [
        Entry("Sergey Lavrov", country="NOR", sector="OPP", first="2021", last="2021"),
        Entry("River Front", ("RVF",), "group", "KEN", "REB"),
    ]
    coder = Coder(language, overlay=Overlay(own, offices=base.load().offices))
    record = code(coder, "Sergey Lavrov condemned the RVF on Monday.", "2021-04-07")
    assert [(found.name, found.country, found.sectors) for found in record.actors] == [
        ("Sergey Lavrov", "NOR", ["OPP"]),
        ("RVF", "KEN", ["REB"]),
    ]
    assert code(coder, "Sergey Lavrov condemned the RVF on Monday.", "2023-04-07").actors[0].country == "RUS"


def test_the_fingerprint_tells_what_was_laid_over(coder, taught, language, tmp_path):
    dump = tmp_path / "a.txt"
    dump.write_text(
        "\t".join(["1", "Zerghunkot", "Zerghunkot", "", "34.5", "73.1", "P", "PPL", "PK", *[""] * 5, "9", "", "", "", ""]), "utf-8"
    )
    build(dump, tmp_path / "places.duckdb")
    wide = Coder(language, world=World(tmp_path / "places.duckdb"))
    empty = Coder(language, overlay=Overlay())
    prints = [one.fingerprint for one in (coder, taught, wide, empty)]
    assert len(set(prints)) == 4
    assert code(taught, "Peru accused Kenya of spying.", "2024-05-20").coder.fingerprint == taught.fingerprint


def test_villages_are_found_in_the_user_s_gazetteer(coder, language, tmp_path):
    dump = tmp_path / "PK.txt"
    dump.write_text(
        "\t".join(["77", "Zerghunkot", "Zerghunkot", "", "34.5", "73.1", "P", "PPL", "PK", *[""] * 5, "9000", "", "", "", ""]), "utf-8"
    )
    build(dump, tmp_path / "places.duckdb")
    text = "Gunmen attacked a convoy in Zerghunkot in Pakistan on Monday."
    (place,) = Coder(language, world=World(tmp_path / "places.duckdb")).places(text, [(28, 38)])
    assert place is not None
    assert (place.geonames_id, place.country, place.latitude) == (77, "PAK", 34.5)
    assert coder.places(text, [(28, 38)]) == [None]
