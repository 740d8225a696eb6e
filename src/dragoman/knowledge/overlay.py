"""What is laid over the tables: the user's own actors, which win, and what was read of actors, which fills gaps.

A lookup asks in this order: the user's own entries valid on the day, the tables shipped, what was read near the day. The
tables go before readings because a table was checked and a reading was not; who knows better than both corrects by hand
(``dragoman actors correct``) or gives a table of his own (``--actors``).
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, replace

from dragoman.knowledge.base import FOLDED_LENGTH, Generic, Named, bare, beginnings, surname_key, surname_of
from dragoman.model import ActorKind

# Offices whose holders papers print by the bare surname without saying who they are; of anybody else read only the full name is known
PROMINENT = frozenset({"head-of-state", "head-of-government", "foreign-minister", "minister", "governor", "party-leader"})


@dataclass(frozen=True, slots=True)
class Entry:
    """What a user says of an actor. ``first`` and ``last`` are ISO dates as precise as known, empty where unbounded.

    ``salient``: the bare surname means this person before any other. Not so of a mass of persons, as from Wikidata, among whom every
    surname is: there the tables go first, and only holders of prominent offices are known by it.
    """

    name: str
    aliases: tuple[str, ...] = ()
    kind: ActorKind = "person"
    country: str = ""
    sector: str = ""
    office: str = ""
    first: str = ""
    last: str = ""
    salient: bool = True


@dataclass(frozen=True, slots=True)
class Known:
    """What was read of a person: office, country and sector from one day to another, in so many reports.

    ``first`` and ``last`` are the days of the first and last of these reports, ``begin`` and ``end`` those between which
    it is taken to hold.
    """

    names: tuple[str, ...]
    country: str
    sector: str
    office: str
    first: str
    last: str
    begin: str
    end: str
    reports: int


class Overlay:
    """Persons and organizations by name and day.

    Args:
        own: the user's entries, those that win over others first.
        read: what the registry has read.
        offices: the titles of ``offices.csv`` by their standard names; they tell which offices are prominent.
    """

    def __init__(self, own: Sequence[Entry] = (), read: Sequence[Known] = (), offices: Mapping[str, Generic] | None = None) -> None:
        self._own: dict[str, list[Named]] = {}
        self._own_surnames: dict[str, list[Named]] = {}
        self._mass_surnames: dict[str, list[Named]] = {}
        self._read: dict[str, list[Known]] = {}
        self._read_surnames: dict[str, list[Known]] = {}
        prominent = {title for title, generic in (offices or {}).items() if generic.level in PROMINENT}
        for entry in own:
            self._lay(entry, entry.office in prominent)
        for known in read:
            self._note(known, known.office in prominent)
        self.first_words = {part for name in (*self._own, *self._read) for part in beginnings(name)}
        digest = hashlib.sha256()
        for told in (*map(astuple, own), *map(astuple, read)):
            digest.update(repr(told).encode())
        self.fingerprint = digest.hexdigest()[:12]

    def __len__(self) -> int:
        """How many names it has."""
        return len(self._own) + len(self._read)

    def _lay(self, entry: Entry, prominent: bool) -> None:
        role = {"person": "leader", "country": "metonym"}.get(entry.kind, "organization")
        named = Named(entry.name, entry.kind, entry.country, entry.sector, role, entry.office, entry.first, entry.last)
        names = (entry.name, *entry.aliases)
        if entry.kind == "person":
            surnames = self._own_surnames if entry.salient else self._mass_surnames
            for surname in dict.fromkeys(surname_of(name, entry.country) for name in names):
                if surname and (entry.salient or prominent):
                    surnames.setdefault(surname, []).append(named)
            names = tuple(name for name in names if " " in name)
        for key in dict.fromkeys(key for name in names for key in _keys(name)):
            self._own.setdefault(key, []).append(named)

    def _note(self, known: Known, prominent: bool) -> None:
        for key in dict.fromkeys(key for name in known.names for key in _keys(name)):
            self._read.setdefault(key, []).append(known)
        if prominent:
            for surname in dict.fromkeys(surname_of(name, known.country) for name in known.names):
                if surname:
                    self._read_surnames.setdefault(surname, []).append(known)

    # -- answers -------------------------------------------------------------------------------------------------------

    def own(self, key: str, date: str) -> Named | None:
        """Whom a name means by the user's entries valid on a date; ``None`` where there is none, or they name two states."""
        entries = self._own.get(key) or (self._own.get(key.lower(), []) if len(key) >= FOLDED_LENGTH else [])
        valid = [entry for entry in entries if entry.holds_on(date)]
        if len({entry.country for entry in valid if entry.country}) > 1:
            return None
        if not date:  # the day is unknown: what held last
            return max(valid, key=lambda entry: (not entry.last, entry.first), default=None)
        return valid[0] if valid else None

    def read(self, key: str, date: str) -> Named | None:
        """Whom a name means by what was read; away from the days it was read on, only the country is taken to hold."""
        found = self._read.get(key) or (self._read.get(key.lower(), []) if len(key) >= FOLDED_LENGTH else [])
        if not found:
            return None
        near = _nearest(found, date)
        return near if near is not None else replace(_as_named(found[0]), sector="", office="", first="", last="")

    def own_in_office(self, surname: str, date: str) -> list[Named]:
        """The user's persons with a surname, in small letters, whose entries hold on a date."""
        return [entry for entry in self._own_surnames.get(surname, []) if entry.holds_on(date)]

    def read_in_office(self, surname: str, date: str) -> list[Named]:
        """The persons with a surname who were read in a prominent office near a date, one entry each, and those of a mass of entries."""
        mass = [entry for entry in self._mass_surnames.get(surname, []) if entry.holds_on(date)]
        return [*mass, *self._read_near(surname, date)]

    def is_surname(self, word: str, date: str) -> bool:
        """Whether a word is the surname of one person of the user's, or of one read in a prominent office near a date."""
        surname = surname_key(word)
        found = self.own_in_office(surname, date) or self._read_near(surname, date) if date else []
        return len({(person.name, person.country) for person in found}) == 1

    def _read_near(self, surname: str, date: str) -> list[Named]:
        by_person: dict[str, list[Known]] = {}
        for known in self._read_surnames.get(surname, []):
            by_person.setdefault(known.names[0], []).append(known)
        nearest = (_nearest(found, date) for found in by_person.values())
        return [named for named in nearest if named is not None]


def _nearest(found: Iterable[Known], date: str) -> Named | None:
    """Of what was read and is taken to hold on a date that read nearest to it, of those alike that read most often."""
    if len(date) < len("2021-04-07"):
        return None
    date = date[:10]
    holding = [known for known in found if known.begin <= date <= known.end]
    best = min(holding, key=lambda known: (_days_off(known, date), -known.reports, known.office, known.sector), default=None)
    return None if best is None else _as_named(best)


def _as_named(known: Known) -> Named:
    return Named(known.names[0], "person", known.country, known.sector, "leader", known.office, known.begin, known.end, sure=False)


def _days_off(known: Known, date: str) -> int:
    if known.first <= date <= known.last:
        return 0
    bound = known.first if date < known.first else known.last
    return abs((datetime.date.fromisoformat(date) - datetime.date.fromisoformat(bound)).days)


def _keys(name: str) -> tuple[str, ...]:
    """A name as it is looked up: as written and, of several words, in small letters too."""
    key = bare(name)
    return (key, key.lower()) if " " in key else (key,)
