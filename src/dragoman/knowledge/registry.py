"""The registry that grows: offices and affiliations of actors as they were read, and what the user says of them, in one DuckDB file.

Records teach it (``Registry.learn``): a person with a full name, an office that stands in the report's words and a country, on
the report's date. It keeps every reading with its report and words. What the user imports or corrects is kept apart
and wins. One name is one actor until the user merges or splits; later readings follow what he decided.

Tables: ``reports`` (id, text hash, date, hash of its readings), ``actors`` (number, name, kind), ``spellings`` (which actor a
name means, perhaps only with a country or office), ``readings`` (one a report and what it says), ``entries`` (the user's).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.errors import (
    ambiguous_actor,
    ends_before_start,
    nothing_to_correct,
    nothing_to_split,
    same_actor,
    split_by_what,
    unknown_actor,
)  # fmt: skip
from dragoman.knowledge import base
from dragoman.knowledge.databases import database
from dragoman.knowledge.learnt import Reading, known
from dragoman.knowledge.overlay import Entry, Overlay
from dragoman.knowledge.registry_rows import (
    ANY,
    BY_HAND,
    FORM,
    WINNING,
    Profile,
    Rows,
    actor_key,
    entry_fields,
    is_full_name,
    reading_fields,
    route,
    sourced,
    tells_country,
)  # fmt: skip
from dragoman.model import Actor, Record

if TYPE_CHECKING:
    import duckdb

AT_ONCE = 20_000  # reports whose readings are held in memory before they are written
HONORIFICS = base.word_class("honorific")  # no offices
NEAR = 75  # rapidfuzz ratio, in percent, from which on a name is offered for one that is not there


@dataclass(frozen=True, slots=True)
class Learnt:
    """What learning has done: reports new to the registry, read again with another result, known already; readings added."""

    new: int
    changed: int
    known: int
    readings: int


@dataclass(slots=True)
class _Batch:
    """Reports and readings that wait to be written, and the reports whose old readings have to go first."""

    reports: list[tuple[str, ...]] = field(default_factory=list)
    readings: list[tuple[Any, ...]] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)


class Registry:
    """The registry in an open file. Made by ``open_registry``; offices are those of ``knowledge`` in their standard names."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: Path, knowledge: base.Knowledge | None = None) -> None:
        self._rows = Rows(connection)
        self.path = path
        self._knowledge = knowledge

    @property
    def knowledge(self) -> base.Knowledge:
        """The tables shipped, loaded when they are first needed."""
        self._knowledge = self._knowledge or base.load()
        return self._knowledge

    # -- learning --------------------------------------------------------------------------------------------------

    def learn(self, records: Iterable[Record]) -> Learnt:
        """Take in what records say of persons in office.

        A report that is known (by its id, or by its text under another id) adds nothing; if its record now says otherwise, the
        new reading replaces the old.
        """
        reports = {row[0]: row[1:] for row in self._rows.ask("SELECT id, sha256, date, digest FROM reports")}
        texts = {seen[0]: identifier for identifier, seen in reports.items()}
        ids: set[str] = set()
        batch = _Batch()
        new = changed = again = added = 0
        for record in records:
            info = record.report
            rows = [(reading.name, actor_key(reading.name), *reading_fields(reading)) for reading in self._read(record)]
            told = (info.text_sha256, info.published, hashlib.sha256(repr(sorted(rows)).encode()).hexdigest())
            if texts.get(info.text_sha256, info.id) != info.id or info.id in ids or reports.get(info.id) == told:
                again += 1
                continue
            if info.id in reports:
                changed += 1
                batch.replaced.append(info.id)
            else:
                new += 1
            ids.add(info.id)
            reports[info.id] = told
            texts[info.text_sha256] = info.id
            batch.reports.append((info.id, *told))
            batch.readings += rows
            added += len(rows)
            if len(batch.reports) >= AT_ONCE:
                self._write(batch)
                batch = _Batch()
        self._write(batch)
        self._rows.prune()
        return Learnt(new, changed, again, added)

    def _read(self, record: Record) -> Iterator[Reading]:
        """What one record says, each thing once. An office that stands in no mention was not read here, so it does not count."""
        seen = set()
        date = record.report.published[:10]
        for actor in record.actors:
            words = _words_of_office(actor)
            if (
                actor.kind == "person"
                and actor.country
                and words
                and actor.office.lower() not in HONORIFICS
                and is_full_name(actor.name, actor.office, self.knowledge)
            ):
                sector = actor.sectors[0] if actor.sectors else ""
                office = self.knowledge.office_name(" ".join(actor.office.split()))
                told = any(tells_country(mention.text, actor.country, self.knowledge) for mention in actor.mentions)
                reading = Reading(" ".join(actor.name.split()), office, actor.country, sector, date, record.report.id, words, told)
                if reading not in seen:
                    seen.add(reading)
                    yield reading

    def _write(self, batch: _Batch) -> None:
        """Write a batch, each reading to the actor its name means."""
        for table, column in (("readings", "report"), ("reports", "id")) if batch.replaced else ():
            self._rows.db.execute(f"DELETE FROM {table} WHERE {column} IN (SELECT unnest(?))", [batch.replaced])
        routes = self._rows.routes()
        made: list[tuple[Any, ...]] = []
        number = self._rows.next()
        placed = []
        for row in batch.readings:
            name, key, office, country = row[:4]
            actor = route(routes, key, country, office)
            if actor is None:
                actor, number = number, number + 1
                routes[key, ANY, ANY] = actor
                made.append((actor, name, key))
            placed.append((actor, *row))
        self._rows.insert("actors", [(actor, name, "person") for actor, name, _ in made])
        self._rows.insert("spellings", [(key, ANY, ANY, name, actor) for actor, name, key in made])
        self._rows.insert("readings", placed)
        self._rows.insert("reports", batch.reports)

    # -- the user's own --------------------------------------------------------------------------------------------

    def take(self, entries: Iterable[Entry], source: str) -> int:
        """Take in the entries of a user's file, in place of those taken from a file of the same name before; how many."""
        self._rows.db.execute("DELETE FROM entries WHERE source = ?", [source])
        routes = self._rows.routes()
        number = self._rows.next()
        actors: list[tuple[Any, ...]] = []
        spellings: list[tuple[Any, ...]] = []
        rows: list[tuple[Any, ...]] = []
        batch = int(self._rows.ask("SELECT coalesce(max(batch), 0) + 1 FROM entries")[0][0])
        for entry in entries:
            keys = {actor_key(name): name for name in reversed((entry.name, *entry.aliases))}
            meant = (route(routes, key, entry.country, entry.office) for key in reversed(keys))
            actor = next((found for found in meant if found is not None), None)
            if actor is None:
                actor, number = number, number + 1
                actors.append((actor, entry.name, entry.kind))
            for key, name in keys.items():
                if key and (key, ANY, ANY) not in routes:
                    routes[key, ANY, ANY] = actor
                    spellings.append((key, ANY, ANY, name, actor))
            rows.append((actor, *entry_fields(entry), source, batch))
        self._rows.insert("actors", actors)
        self._rows.insert("spellings", spellings)
        self._rows.insert("entries", rows)
        self._rows.prune()
        return len(rows)

    def correct(
        self,
        name: str,
        *,
        office: str | None = None,
        country: str | None = None,
        sector: str | None = None,
        first: str = "",
        last: str = "",
    ) -> Profile:
        """Say by hand what is right of an actor, from ``first`` to ``last``; what is ``None`` stays as it is best known.

        A correction for the same time replaces the one before. Correcting twice alike changes nothing.

        Raises:
            InputError: no such actor, or several; or the time ends before it starts.
            UsageError: nothing is said to be right.
        """
        if office is None and country is None and sector is None:
            raise nothing_to_correct()
        if first and last and last < first[: len(last)]:
            raise ends_before_start(name, first, last)
        found = self.find(name)
        entry = replace(self._best(found), name=found.name, kind=found.kind, first=first, last=last)
        told = {"office": office, "country": country, "sector": sector}
        if office is not None:
            told["office"] = self.knowledge.office_name(office)
        entry = replace(entry, **{key: value for key, value in told.items() if value is not None})  # type: ignore[arg-type]
        spellings = tuple(spelling for spelling in found.spellings if spelling != found.name)
        same_time = "actor = ? AND source = ? AND first = ? AND last = ?"
        self._rows.db.execute(f"DELETE FROM entries WHERE {same_time}", [found.number, BY_HAND, first, last])
        self._rows.insert("entries", [(found.number, *entry_fields(replace(entry, aliases=spellings, salient=True)), BY_HAND, 0)])
        return self.find(f"#{found.number}")

    @staticmethod
    def _best(found: Profile) -> Entry:
        if found.entries:
            return found.entries[0].entry
        if found.findings:
            best = found.findings[0]
            return Entry(found.name, country=best.country, sector=best.sector, office=best.office)
        return Entry(found.name)

    def merge(self, one: str, other: str) -> Profile:
        """Make two actors one, which keeps the first one's name. Both names mean it from now on, in later readings too."""
        kept, dropped = self.find(one), self.find(other)
        if kept.number == dropped.number:
            raise same_actor(one)
        for table in ("spellings", "readings", "entries"):
            self._rows.db.execute(f"UPDATE {table} SET actor = ? WHERE actor = ?", [kept.number, dropped.number])
        self._rows.db.execute("DELETE FROM actors WHERE actor = ?", [dropped.number])
        return self.find(f"#{kept.number}")

    def split(self, name: str, *, spelling: str = "", country: str = "", office: str = "") -> Profile:
        """Make of part of an actor one of its own: what was read under one spelling, or with a country or office, or all of these.

        Later readings that fit go to the new actor.

        Raises:
            UsageError: no part is named, or it is nothing or all of the actor.
        """
        if not (spelling or country or office):
            raise split_by_what()
        found = self.find(name)
        office = self.knowledge.office_name(office) if office else ""
        tests = {"key": actor_key(spelling), "country": country, "office": office}
        tests = {column: value for column, value in tests.items() if value}
        where = " AND ".join(["actor = ?", *(f"{column} = ?" for column in tests)])
        given = [found.number, *tests.values()]
        in_entries = where.replace("key = ?", "name = ?")
        given_entries = [found.number, *(spelling if column == "key" else value for column, value in tests.items())]
        moved = self._rows.count("readings", where, given) + self._rows.count("entries", in_entries, given_entries)
        total = self._rows.count("readings", "actor = ?", [found.number]) + self._rows.count("entries", "actor = ?", [found.number])
        if moved in (0, total):
            raise nothing_to_split(name)
        new = self._rows.next()
        self._rows.insert("actors", [(new, spelling or found.name, found.kind)])
        if country or office:
            keys = self._rows.ask("SELECT DISTINCT key, name FROM spellings WHERE actor = ? AND country = '' AND office = ''", found.number)
            self._rows.insert("spellings", [(key, country, office, text, new) for key, text in keys if tests.get("key", key) == key])
        else:
            self._rows.db.execute("UPDATE spellings SET actor = ? WHERE actor = ? AND key = ?", [new, found.number, tests["key"]])
        self._rows.db.execute(f"UPDATE readings SET actor = ? WHERE {where}", [new, *given])
        self._rows.db.execute(f"UPDATE entries SET actor = ? WHERE {in_entries}", [new, *given_entries])
        return self.find(f"#{new}")

    # -- asking ----------------------------------------------------------------------------------------------------

    def find(self, name: str) -> Profile:
        """The actor of a name, or of a number written as ``#3``.

        Raises:
            InputError: there is none, or there are several; the error names those near it.
        """
        numbers = self._numbers(name)
        if len(numbers) == 1:
            return next(self._rows.profiles(numbers))
        if numbers:
            which = ", ".join(f"#{found.number} {found.name}" for found in self._rows.profiles(numbers))
            raise ambiguous_actor(self.path, name, which)
        raise unknown_actor(self.path, name, ", ".join(dict.fromkeys(found.name for found in self.search(name)[:3])))

    def search(self, name: str) -> list[Profile]:
        """The actors whose name has these words, else those whose name is like it, the likest first."""
        from rapidfuzz.fuzz import ratio

        wanted = actor_key(name)
        spelt = self._rows.ask("SELECT DISTINCT key, actor FROM spellings ORDER BY key, actor")
        numbers = [actor for key, actor in spelt if set(wanted.split()) <= set(key.split())]
        if not numbers:
            near = [(ratio(wanted, key), actor) for key, actor in spelt]
            near += [(ratio(wanted, word), actor) for key, actor in spelt for word in key.split()]
            numbers = [actor for score, actor in sorted(near, key=lambda item: (-item[0], item[1])) if score >= NEAR]
        numbers = list(dict.fromkeys(numbers))
        by_number = {found.number: found for found in self._rows.profiles(numbers)}
        return [by_number[number] for number in numbers]

    def profiles(self, numbers: Sequence[int] | None = None) -> Iterator[Profile]:
        """The actors of some numbers, or all, by name."""
        return self._rows.profiles(numbers)

    def overlay(self, own: Sequence[Entry] = ()) -> Overlay:
        """What to lay over the tables when coding: some entries of the user's (they go first), those of the registry, what was read."""
        entries = [sourced(row[1:]).entry for row in self._rows.ask(f"SELECT * FROM entries ORDER BY {WINNING}")]
        readings = {
            actor: [Reading(*row) for row in rows]
            for actor, rows in self._rows.by_actor(
                "SELECT actor, name, office, country, sector, date, report, words, told FROM readings ORDER BY report, name, office", []
            ).items()
        }
        names = {profile[0]: [profile[1]] for profile in self._rows.ask("SELECT actor, name FROM actors")}
        for actor, name in self._rows.ask("SELECT DISTINCT actor, name FROM spellings ORDER BY name"):
            if name not in names[actor]:
                names[actor].append(name)
        offices = self.knowledge.offices
        return Overlay([*own, *entries], list(known(names, readings, offices)), offices)

    def _numbers(self, name: str) -> list[int]:
        if name.removeprefix("#").isdigit():
            return [row[0] for row in self._rows.ask("SELECT actor FROM actors WHERE actor = ?", int(name.removeprefix("#")))]
        exact = self._rows.ask("SELECT DISTINCT actor FROM spellings WHERE key = ? ORDER BY actor", actor_key(name))
        if exact:
            return [row[0] for row in exact]
        words = set(actor_key(name).split())
        spelt = self._rows.ask("SELECT DISTINCT key, actor FROM spellings ORDER BY actor")
        return list(dict.fromkeys(actor for key, actor in spelt if words and words <= set(key.split())))


@contextmanager
def open_registry(path: Path, write: bool = False, knowledge: base.Knowledge | None = None) -> Iterator[Registry]:
    """The registry in a file; all that is done in the block is kept at its end, or nothing on an error.

    Args:
        path: a DuckDB file; made if it is not there and ``write`` is true.
        write: whether it is to be changed. One process can write at a time; none can read meanwhile.
        knowledge: whose standard names of offices are used; the shipped one if left out.

    Raises:
        InputError: see ``databases.database``.
    """
    with database(path, FORM, write) as connection:
        yield Registry(connection, path, knowledge)


def overlay_of(actors: Path | None, registry: Path | None, knowledge: base.Knowledge | None = None) -> Overlay:
    """What to lay over the tables when coding, from files: a table of the user's own, which goes first, and a registry.

    Raises:
        InputError: a file cannot be used; see ``imports.read_csv`` and ``databases.database``.
    """
    from dragoman.knowledge.imports import read_csv

    entries = [] if actors is None else read_csv(actors, knowledge)
    if registry is None:
        return Overlay(entries)
    with open_registry(registry, knowledge=knowledge) as opened:
        return opened.overlay(entries)


def _words_of_office(actor: Actor) -> str:
    """The mention of an actor in which its office stands; empty if there is none."""
    office = actor.office.casefold()
    telling = [mention.text for mention in actor.mentions if office and office in mention.text.casefold()]
    return " ".join(max(telling, key=len, default="").split())
