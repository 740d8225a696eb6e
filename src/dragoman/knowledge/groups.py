"""Organizations whose name is spelt otherwise than in the tables: "Ahlu Sunnah Wa-Jama" for "Ahlu Sunna Waljama'a"."""

from __future__ import annotations

from functools import cached_property

from rapidfuzz.distance import OSA

from dragoman.knowledge.base import ARABIC_ARTICLES, Knowledge, bare
from dragoman.knowledge.folding import folded

NEAR = 0.88  # least likeness of the keys of two names of one body: one letter in nine, two in seventeen
SHORTEST = 8  # letters of a key; a shorter one is too near to others
HEAD = 4  # letters that must be the same at the beginning, by which the names are sorted


class Groups:
    """The bodies of the tables by the keys of their names; the index is made when it is first needed."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge

    @cached_property
    def _by_head(self) -> dict[str, list[tuple[str, str]]]:
        found: dict[str, list[tuple[str, str]]] = {}
        for name, entries in self.knowledge.names.items():
            if any(entry.kind == "organization" for entry in entries):
                key = _key(name)
                if len(key) >= SHORTEST:
                    found.setdefault(key[:HEAD], []).append((key, name))
        return found

    def near(self, name: str) -> list[tuple[str, float]]:
        """The names of the tables like this one, the most alike first, with their likeness (``NEAR`` to 1); empty if none is near."""
        key = _key(name)
        if len(key) < SHORTEST or " " not in name:
            return []
        likeness = [(known, OSA.normalized_similarity(other, key)) for other, known in self._by_head.get(key[:HEAD], ())]
        return sorted(((known, score) for known, score in likeness if score >= NEAR), key=lambda item: -item[1])


def _key(name: str) -> str:
    words = bare(name).replace("-", " ").split()
    return "".join(folded(word) for word in words if word.lower() not in ARABIC_ARTICLES)
