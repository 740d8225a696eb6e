"""What the text around a mention tells."""

from __future__ import annotations

import pytest

from dragoman.coding.resolving.context import Context
from dragoman.coding.resolving.mention_words import MentionReader
from dragoman.knowledge import base


@pytest.fixture(scope="module")
def reader() -> MentionReader:
    return MentionReader(base.load())


LONG = {
    "behind": ("Members of the Farmers' Union (FU) met.", "FU", "Farmers' Union"),
    "in brackets": ("The FU (Farmers' Union) met.", "FU", "Farmers' Union"),
    "small words": ("the Front for the Defence of Forests (FDF) said", "FDF", "Front for the Defence of Forests"),
    "initials of another": ("Ana Kovac (FU) said", "FU", ""),
    "none": ("The FU met.", "FU", ""),
    "no acronym": ("Union (Union)", "Union", ""),
}


@pytest.mark.parametrize(("text", "acronym", "long"), LONG.values(), ids=LONG.keys())
def test_long_form(reader: MentionReader, text: str, acronym: str, long: str) -> None:
    assert Context(text, acronym, reader).long_form(acronym) == long


def test_full_name(reader: MentionReader) -> None:
    text = "Croatian Deputy Minister Ana Kovac spoke first. Kovac then left."
    assert Context(text, "Kovac", reader).full_name("Kovac") == "Ana Kovac"
    assert Context("Kovac then left.", "Kovac", reader).full_name("Kovac") == ""


def test_countries(reader: MentionReader) -> None:
    context = Context("Kenyan police said Kenya had asked Uganda.", "police", reader)
    assert (context.countries, context.country) == ({"KEN": 2, "UGA": 1}, "KEN")
    assert Context("Peru and Chile talked.", "x", reader).country == ""
