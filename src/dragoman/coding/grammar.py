"""Small closed classes of words that the reading of events needs, from ``cues/grammar.csv``."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from dragoman.knowledge.tables import read_table

CUES = files("dragoman.coding") / "cues"


@cache
def words(name: str) -> frozenset[str]:
    """The lemmas of a class; a class that is not in the table is empty."""
    table = {row["name"]: frozenset(row.items("words")) for row in read_table(CUES / "grammar.csv", ("name", "words"))}
    return table.get(name, frozenset())
