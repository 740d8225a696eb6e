"""Actors of the user's own from files: his table in CSV; which kind of file it is; the checks that all kinds share.

A fault stops the reading and names file and line; what was read before it is not used either.
"""

from __future__ import annotations

import csv
import datetime
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Literal, cast, get_args

from dragoman import plover
from dragoman.errors import (
    bad_day,
    ends_before_start,
    missing_column,
    nameless,
    nothing_in_it,
    reading,
    tells_nothing,
    too_many_fields,
    unknown_column,
    unknown_country,
    unknown_kind,
    unknown_sector,
)  # fmt: skip
from dragoman.knowledge.base import Knowledge, load
from dragoman.knowledge.overlay import Entry
from dragoman.model import ActorKind

Kind = Literal["csv", "petrarch", "wikidata"]
COLUMNS = ("name", "aliases", "kind", "country", "sector", "office", "from", "to")
EXPORTED = ("source", "reports", "contradictions")  # what an export tells besides; not read again
KINDS: tuple[ActorKind, ...] = get_args(ActorKind)
INTERNATIONAL = frozenset({"UNO", "EUR", "IGO", "NGO", "ISM", "IMG", "MNC"})  # codebook, actors, country
SECTORS = tuple(name for names in plover.SECTORS.values() for name in names)
DAY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
DICTIONARY_ENDINGS = frozenset({".txt", ".actors", ".dic"})
NEAR = 70  # rapidfuzz ratio, in percent, from which on a country's name is offered for one that is not known


def kind_of_file(path: Path) -> Kind:
    """What a file of actors is by its ending: ``.json``, packed or not, Wikidata's dump; ``.txt`` a dictionary; all else CSV."""
    endings = {ending.lower() for ending in path.suffixes}
    if endings & {".json", ".jsonl", ".ndjson"}:
        return "wikidata"
    return "petrarch" if endings & DICTIONARY_ENDINGS else "csv"


def read_csv(path: Path, knowledge: Knowledge | None = None) -> list[Entry]:
    """The entries of a table with the columns ``name``, ``aliases``, ``kind``, ``country``, ``sector``, ``office``, ``from``, ``to``.

    Columns may stand in any order; all but ``name`` may be missing. Aliases are separated by ``|``. A line that begins with
    ``#`` is a comment.

    Raises:
        InputError: the file cannot be read, or a line holds what cannot be used; the error names file and line.
    """
    rows = _rows(path)
    where, header = next(rows, (str(path), []))
    expected = ", ".join(COLUMNS)
    if not header:
        raise nothing_in_it(str(path), f"a line an actor below the header {expected}")
    for column in header:
        if column not in (*COLUMNS, *EXPORTED):
            raise unknown_column(where, column, expected)
    if "name" not in header:
        raise missing_column(where, "name", expected)
    checks = Checks(knowledge or load())
    entries = []
    for where, values in rows:
        if len(values) > len(header):
            raise too_many_fields(where, len(values), len(header))
        entries.append(_entry(dict(zip(header, values, strict=False)), where, checks))
    if not entries:
        raise nothing_in_it(str(path), f"a line an actor below the header {expected}")
    return entries


def _rows(path: Path) -> Iterator[tuple[str, list[str]]]:
    for number, line in enumerate(text_of(path).splitlines(), start=1):
        if line.strip(" ,\t") and not line.startswith("#"):
            yield f"{path}, line {number}", [value.strip() for value in next(csv.reader([line]))]


def _entry(row: dict[str, str], where: str, checks: Checks) -> Entry:
    name, office = row["name"], row.get("office", "")
    if not name:
        raise nameless(where)
    country, sector = checks.country(row.get("country", ""), where), checks.sector(row.get("sector", ""), where)
    if not (country or sector or office):
        raise tells_nothing(where)
    aliases = tuple(alias for part in row.get("aliases", "").split("|") if (alias := part.strip()))
    first, last = checks.days(row.get("from", ""), row.get("to", ""), where)
    kind = checks.kind(row.get("kind", "") or ("person" if office else "organization"), where)
    return Entry(name, aliases, kind, country, sector, checks.office(office), first, last)


class Checks:
    """What a user may write, and what is made of it. ``where`` names file and line for the error."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.codes = frozenset(knowledge.country_names) | INTERNATIONAL

    def country(self, given: str, where: str) -> str:
        """The code of a country given by code or by English name; empty stays empty. Raises ``InputError``."""
        if not given or given.upper() in self.codes:
            return given.upper()
        entry = self.knowledge.named(given)
        if entry is not None and entry.kind == "country":
            return entry.country
        raise unknown_country(where, given, self._near(given))

    def _near(self, given: str) -> str:
        from rapidfuzz import process

        found = process.extractOne(given, self.knowledge.country_names, score_cutoff=NEAR)
        return f"{found[0]}, {found[2]}" if found else ""

    def sector(self, given: str, where: str) -> str:
        """A sector of PLOVER, or empty. Raises ``InputError``."""
        if given and given.upper() not in SECTORS:
            raise unknown_sector(where, given, " ".join(SECTORS))
        return given.upper()

    def kind(self, given: str, where: str) -> ActorKind:
        """A kind of actor. Raises ``InputError``."""
        if given.lower() not in KINDS:
            raise unknown_kind(where, given, " ".join(KINDS))
        return cast(ActorKind, given.lower())

    def office(self, given: str) -> str:
        """The standard name of an office."""
        return self.knowledge.office_name(given) if given else ""

    def days(self, first: str, last: str, where: str, names: tuple[str, str] = ("from", "to")) -> tuple[str, str]:
        """Two dates as precise as known, either of which may be empty. Raises ``InputError``."""
        for name, given in zip(names, (first, last), strict=True):
            if given and not is_day(given):
                raise bad_day(where, name, given)
        if first and last and last < first[: len(last)]:
            raise ends_before_start(where, first, last)
        return first, last


def is_day(given: str) -> bool:
    """Whether this is a date of the calendar as precise as known: ``2021``, ``2021-04`` or ``2021-04-07``."""
    if not DAY.fullmatch(given):
        return False
    try:
        datetime.date.fromisoformat(given + "-01-01"[len(given) - 10 :] if len(given) < 10 else given)
    except ValueError:
        return False
    return True


def text_of(path: Path) -> str:
    """The text of a file. Raises ``InputError`` where it cannot be read or is no text."""
    from dragoman.reading.decode import decode

    with reading(path):
        return decode(path.read_bytes(), str(path))


def read_actors(path: Path, kind: Kind | None = None, since: str = "", advance: Callable[[float], object] | None = None) -> Iterable[Entry]:
    """The entries of a file of any kind.

    Args:
        kind: what it is; by its ending if left out.
        since: of a Wikidata dump, the ISO date before which offices ended that are left out.
        advance: called with the share of a dump that has been read, 0 to 1.

    Raises:
        InputError: see the readers.
    """
    kind = kind or kind_of_file(path)
    if kind == "csv":
        return read_csv(path)
    if kind == "petrarch":
        from dragoman.knowledge.dictionaries import read_dictionary

        return read_dictionary(path)
    from dragoman.knowledge.wikidata import read_wikidata

    return read_wikidata(path, since, advance)
