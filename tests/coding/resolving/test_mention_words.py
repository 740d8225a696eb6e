"""A mention cut into units."""

from __future__ import annotations

import pytest

from dragoman.coding.resolving.mention_words import MentionReader, parts_of, plain_text
from dragoman.knowledge import base


@pytest.fixture(scope="module")
def reader() -> MentionReader:
    return MentionReader(base.load())


def kinds(reader: MentionReader, text: str) -> list[tuple[str, str]]:
    return [(unit.kind, unit.text) for unit in reader.read(text).front]


FRONTS = {
    "nationality and office": ("the Pakistani foreign minister", [("nation", "Pakistani"), ("generic", "foreign minister")]),
    "possessive": ("Chile’s defence ministry", [("name", "Chile"), ("generic", "defence ministry")]),
    "former": ("a former potter", [("former", "former"), ("word", "potter")]),
    "joined to another sense": ("Iran-backed militia", [("foreign", "Iran-backed"), ("generic", "militia")]),
    "based": ("the Nairobi-based company", [("nation", "Nairobi-based"), ("generic", "company")]),
    "counted": ("at least 30 protesters", [("generic", "protesters")]),
    "behind a container": ("dozens of protesters", [("generic", "protesters")]),
    "what they did": ("gunmen who fled", [("generic", "gunmen")]),
    "a name and its kind": ("the FARC rebel group", [("name", "FARC"), ("generic", "rebel group")]),
}


@pytest.mark.parametrize(("text", "units"), FRONTS.values(), ids=FRONTS.keys())
def test_front(reader: MentionReader, text: str, units: list[tuple[str, str]]) -> None:
    assert kinds(reader, plain_text(text)) == units


def test_tails(reader: MentionReader) -> None:
    reading = reader.read("a spokesman for the army of Peru in Lima")
    assert [(tie, units[-1].text) for tie, units in reading.tails] == [("for", "army"), ("of", "Peru"), ("in", "Lima")]


def test_the_date_chooses_between_rows_of_one_name(reader: MentionReader) -> None:
    before, after = (reader.read("the Taliban", date).front[0].entries[0].sector for date in ("2020-01-01", "2022-01-01"))
    assert (before, after) == ("REB", "GOV")


def test_plain_text() -> None:
    assert plain_text(" “CANBERRA” ") == "Canberra"
    assert plain_text("NATO") == "NATO"
    assert plain_text("more than two dozen men") == "two dozen men"


def test_parts() -> None:
    assert parts_of("Ana Kovac (52), Croatia's deputy minister") == ["Ana Kovac", "Croatia's deputy minister"]
    assert parts_of(" , ") == []
