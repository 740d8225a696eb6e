"""Holders of political offices from a JSON dump of Wikidata (``latest-all.json.gz`` or a part of it), read as a stream.

The dump is read twice: first its persons (P31 human) who hold positions (P39) with their dates (P580, P582), then the items of these
positions and the states, for labels, jurisdictions (P1001, P17) and codes (P298). Only lines that can matter are parsed: a line is
looked at for these properties before it is taken for JSON. A position is political if it belongs to a state or has a title of
``offices.csv`` with a sector of politics.

Source: Wikidata's documentation of its dumps and its JSON data model.
"""

from __future__ import annotations

import bz2
import gzip
import json
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dragoman.errors import bad_entity, cut_off, nothing_in_it, reading, unreadable
from dragoman.knowledge.base import Knowledge, load
from dragoman.knowledge.imports import Checks, is_day
from dragoman.knowledge.overlay import Entry

HUMAN, POSITION = b'"Q5"', b'"P39"'
CODE_OF_STATE = b'"P298"'
IDENTIFIER = re.compile(rb'"id":\s?"(Q\d+)"')
POLITICAL = frozenset({"GOV", "LEG", "MIL", "JUD", "COP", "SPY", "PTY", "OPP", "REB", ""})
LANGUAGES = ("en", "en-gb", "en-us", "mul")
TOLD_EVERY = 50_000  # lines between two reports of progress
Advance = Callable[[float], object]


@dataclass(slots=True)
class _Person:
    """A holder of positions: ``terms`` are the item of the position, first and last day."""

    name: str
    aliases: tuple[str, ...]
    citizenship: tuple[str, ...]
    terms: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Office:
    label: str
    jurisdictions: tuple[str, ...]  # P1001
    countries: tuple[str, ...]  # P17


def read_wikidata(path: Path, since: str = "", advance: Advance | None = None, knowledge: Knowledge | None = None) -> list[Entry]:
    """The entries of a dump, one a term of office.

    Args:
        path: one entity a line, with or without the brackets of an array; plain, ``.gz`` or ``.bz2``.
        since: ISO date; terms that ended before it are left out.
        advance: called with the share that has been read, 0 to 1.

    Raises:
        InputError: the file cannot be read, is no such dump, or is cut off: then nothing of it is used.
    """
    tell = advance or (lambda _: None)
    persons = list(_persons(path, since, lambda share: tell(share / 2)))
    wanted = {office.encode() for person in persons for office, _, _ in person.terms}
    offices, states = _items(path, wanted, lambda share: tell(0.5 + share / 2))
    build = _Builder(offices, states, knowledge or load())
    entries = [entry for person in persons for entry in build.entries(person)]
    if not entries:
        raise nothing_in_it(str(path), "persons (P31 Q5) with positions held (P39) and dates, and the items of these positions")
    return entries


# -- the two passes --------------------------------------------------------------------------------------------------


def _persons(path: Path, since: str, tell: Advance) -> Iterator[_Person]:
    for where, line in _lines(path, tell):
        if POSITION in line and HUMAN in line:
            entity = _entity(line, where)
            claims = entity.get("claims") or {}
            name = _label(entity)
            if not name or "Q5" not in _values(claims, "P31"):
                continue
            aliases = [alias["value"] for alias in (entity.get("aliases") or {}).get("en", ())]
            death = next(iter(_days(claims.get("P570", ()))), "")
            person = _Person(name, tuple(alias for alias in aliases if alias != name), tuple(_values(claims, "P27")))
            for statement in claims.get("P39", ()):
                term = _term(statement, death)
                if term is not None and not (since and term[2] and term[2] < since[: len(term[2])]):
                    person.terms.append(term)
            if person.terms:
                yield person


def _term(statement: dict[str, Any], death: str) -> tuple[str, str, str] | None:
    """Position, first and last day of a statement; ``None`` where it is deprecated, undated or contradicts itself."""
    office = _value(statement.get("mainsnak") or {})
    qualifiers = statement.get("qualifiers") or {}
    first = next(iter(_times(qualifiers.get("P580", ()))), "")
    last = next(iter(_times(qualifiers.get("P582", ()))), "") or death
    if statement.get("rank") == "deprecated" or not office or not (first or last):
        return None
    return None if first and last and last < first[: len(last)] else (office, first, last)


def _items(path: Path, wanted: set[bytes], tell: Advance) -> tuple[dict[str, _Office], dict[str, str]]:
    """The wanted positions by item, and the codes of the states by item."""
    offices: dict[str, _Office] = {}
    states: dict[str, str] = {}
    for where, line in _lines(path, tell):
        identifier = IDENTIFIER.search(line)
        if identifier is None or not (identifier[1] in wanted or CODE_OF_STATE in line):
            continue
        entity = _entity(line, where)
        claims = entity.get("claims") or {}
        item = str(entity.get("id"))
        if item.encode() in wanted and (label := _label(entity)):
            offices[item] = _Office(label, tuple(_values(claims, "P1001")), tuple(_values(claims, "P17")))
        for code in _values(claims, "P298"):
            states[item] = code
    return offices, states


class _Builder:
    """Makes entries of persons, once positions and states are known."""

    def __init__(self, offices: dict[str, _Office], states: dict[str, str], knowledge: Knowledge) -> None:
        self.offices, self.states, self.knowledge = offices, states, knowledge
        self.codes = Checks(knowledge).codes

    def entries(self, person: _Person) -> Iterator[Entry]:
        """An entry for each term in a political position of a known state."""
        for item, first, last in person.terms:
            office = self.offices.get(item)
            if office is None:
                continue
            of_state = self._state(office.jurisdictions) or self._state(office.countries)
            title, sector = self._title(office.label)
            if office.jurisdictions and not self._state(office.jurisdictions):  # of a province or town: no office of the state
                title = office.label[:1].lower() + office.label[1:]
            country = of_state or (self._state(person.citizenship) if len(person.citizenship) == 1 else "")
            if country and sector is not None and (of_state or self.knowledge.office(title)):
                yield Entry(person.name, person.aliases, "person", country, sector, title, first, last, salient=False)

    def _state(self, items: Sequence[str]) -> str:
        return next((code for item in items if (code := self.states.get(item, "")) in self.codes), "")

    def _title(self, label: str) -> tuple[str, str | None]:
        """The standard title in a label ("Prime Minister of Norway") and its sector; ``None`` for one that is not political."""
        whole = label[:1].lower() + label[1:]
        shorter = label
        while True:
            if (generic := self.knowledge.office(shorter)) is not None:
                return generic.name, generic.sector or "GOV" if generic.sector in POLITICAL else None
            body = self.knowledge.named(shorter.partition(" of ")[2])
            if body is not None and body.role == "institution" and body.sector in POLITICAL:
                return whole, body.sector
            if " of " not in shorter:
                return whole, "GOV"
            shorter = shorter.rpartition(" of ")[0]


# -- the dump's JSON -------------------------------------------------------------------------------------------------


def _lines(path: Path, tell: Advance) -> Iterator[tuple[str, bytes]]:
    """The lines that hold an entity, with the place of each. Raises ``InputError`` where the file ends before its end."""
    number, array, closed, last = 0, False, False, b""
    size = max(1, path.stat().st_size) if path.exists() else 1
    with _opened(path) as (file, position):
        try:
            for number, line in enumerate(file, start=1):
                bare = line.strip().rstrip(b",")
                if number % TOLD_EVERY == 0:
                    tell(position() / size)
                if bare == b"[" and number == 1:
                    array = True
                elif bare == b"]":
                    closed = True
                elif bare:
                    last = bare
                    if not bare.endswith(b"}"):
                        break
                    yield f"{path}, line {number}", bare
        except (EOFError, zlib.error):
            raise cut_off(path, f"behind line {number}") from None
        except gzip.BadGzipFile:
            raise bad_entity(str(path), "its ending says that it is packed, but it is not") from None
        except OSError as error:
            raise unreadable(path, error) from None
    if last and not last.startswith(b"{"):
        raise bad_entity(f"{path}, line {number}", "no JSON object")
    if (last and not last.endswith(b"}")) or (array and not closed):
        raise cut_off(path, f"behind line {number}")
    tell(1.0)


@contextmanager
def _opened(path: Path) -> Iterator[tuple[Iterable[bytes], Callable[[], int]]]:
    """A file's bytes unpacked, and how far in the file as it lies on the disk they come from."""
    with reading(path):
        raw = path.open("rb")
    with raw:
        if path.suffix == ".gz":
            yield gzip.GzipFile(fileobj=raw), raw.tell
        elif path.suffix == ".bz2":
            yield bz2.BZ2File(raw), raw.tell
        else:
            yield raw, raw.tell


def _entity(line: bytes, where: str) -> dict[str, Any]:
    try:
        entity = json.loads(line)
    except ValueError as error:
        raise bad_entity(where, str(error).partition(":")[0]) from None
    if not isinstance(entity, dict):
        raise bad_entity(where, "no JSON object")
    return entity


def _label(entity: dict[str, Any]) -> str:
    labels = entity.get("labels") or {}
    return next((str(labels[language]["value"]) for language in LANGUAGES if language in labels), "")


def _values(claims: dict[str, Any], name: str) -> list[str]:
    """The items or strings of a property, preferred statements first."""
    statements = [statement for statement in claims.get(name, ()) if statement.get("rank") != "deprecated"]
    statements.sort(key=lambda statement: statement.get("rank") != "preferred")
    return [value for statement in statements if (value := _value(statement.get("mainsnak") or {}))]


def _value(snak: dict[str, Any]) -> str:
    value = (snak.get("datavalue") or {}).get("value")
    if isinstance(value, dict):
        return str(value.get("id", ""))
    return value if isinstance(value, str) else ""


def _days(statements: Sequence[dict[str, Any]]) -> list[str]:
    return _times([statement.get("mainsnak") or {} for statement in statements])


def _times(snaks: Sequence[dict[str, Any]]) -> list[str]:
    """ISO dates as precise as known; times before our era, or less precise than a year, are left out."""
    found = []
    for snak in snaks:
        value = (snak.get("datavalue") or {}).get("value") or {}
        time, precision = str(value.get("time", "")), value.get("precision", 0)
        length = {9: 4, 10: 7, 11: 10}.get(precision, 0)
        if time.startswith("+") and length and is_day(time[1 : 1 + length]):
            found.append(time[1 : 1 + length])
    return found
