"""Nationalities and states' names with one letter wrong: "Phillippine", "Afganistan"."""

from __future__ import annotations

from functools import cached_property

from rapidfuzz.distance import OSA

from dragoman.knowledge.base import Knowledge, plain

SHORTEST = 7  # letters; shorter ones are too near to surnames ("Germain", "Jordon")


class Nations:
    """States by their mistyped names; the index is made when it is first needed."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge

    @cached_property
    def _by_beginning(self) -> dict[str, list[tuple[str, str]]]:
        """Names and nationalities of one word by their first two letters, with their country."""
        known = {**self.knowledge.demonyms, **self.knowledge.adjectives}
        known |= {name: entries[0].country for name, entries in self.knowledge.names.items() if entries[0].role == "name"}
        found: dict[str, list[tuple[str, str]]] = {}
        for name, country in known.items():
            if len(name) >= SHORTEST and name.isalpha():
                found.setdefault(name[:2], []).append((plain(name), country))
        return found

    def near(self, word: str) -> str:
        """ISO code of the one country with a name or nationality one edit away; empty where there is none, or several."""
        if len(word) < SHORTEST - 1:
            return ""
        named = self._by_beginning.get(word[:2], ())
        codes = {country for name, country in named if name != word and OSA.distance(name, plain(word), score_cutoff=1) <= 1}
        return codes.pop() if len(codes) == 1 else ""
