"""The cues of ``whether.py``: reads and checks ``cues/status.csv``."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.resources import files
from typing import get_args

from dragoman.knowledge.tables import Row, TableError, read_table
from dragoman.model import Status

CUES = files("dragoman.coding") / "cues"
KINDS = ("modal", "verb", "modifier", "mark", "before", "after", "phrase", "past", "carrier", "frame")
STATUSES: dict[str, Status] = {status: status for status in get_args(Status)}


@dataclass(frozen=True, slots=True)
class Cue:
    """A row of ``cues/status.csv``: the status that a governing word gives, and how the act must hang on it."""

    status: Status
    needs: frozenset[str]
    particle: str


@dataclass(slots=True)
class Cues:
    """The table by kinds; the words of ``phrase``, ``before`` and ``after`` in small letters with spaces around."""

    words: dict[str, dict[str, Status]] = field(default_factory=lambda: {kind: {} for kind in KINDS})
    governing: dict[str, list[Cue]] = field(default_factory=dict)
    past: list[tuple[str, int]] = field(default_factory=list)  # name, the year in which it ended

    def add(self, row: Row) -> None:
        """Take in a row. Raises ``TableError`` for an unknown kind or status."""
        kind, cue, status = row["kind"], row["cue"], STATUSES.get(row["status"])
        if kind not in KINDS or status is None:
            raise TableError(f"{row.where}: kind must be one of {', '.join(KINDS)} and status one of {', '.join(STATUSES)}")
        if kind == "verb":
            lemma, _, particle = cue.partition(" ")
            found = Cue(status, frozenset(row.items("needs")), particle)
            self.governing.setdefault(lemma, []).append(found)
        elif kind == "past":
            if not row["needs"].isdigit():
                raise TableError(f"{row.where}: a past happening needs the year in which it ended, not {row['needs']!r}")
            self.past.append((cue.lower(), int(row["needs"])))
        else:
            self.words[kind][cue] = status


def load() -> Cues:
    """The table that ships with the package. Raises ``TableError`` where a row is wrong."""
    cues = Cues()
    for row in read_table(CUES / "status.csv", ("cue", "kind", "status", "needs", "example")):
        cues.add(row)
    return cues
