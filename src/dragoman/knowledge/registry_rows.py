"""The tables of the registry of actors: what they are, how rows go in and out, and an actor put together from them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dragoman.knowledge import base
from dragoman.knowledge.databases import Form
from dragoman.knowledge.learnt import Finding, Reading, contradictions, findings
from dragoman.knowledge.overlay import Entry
from dragoman.model import ActorKind

if TYPE_CHECKING:
    import duckdb

FORM = Form(
    "registry of actors", 1,
    (
        "CREATE TABLE reports (id VARCHAR, sha256 VARCHAR, date VARCHAR, digest VARCHAR)",
        "CREATE TABLE actors (actor INTEGER, name VARCHAR, kind VARCHAR)",
        "CREATE TABLE spellings (key VARCHAR, country VARCHAR, office VARCHAR, name VARCHAR, actor INTEGER)",
        "CREATE TABLE readings (actor INTEGER, name VARCHAR, key VARCHAR, office VARCHAR, country VARCHAR, sector VARCHAR, "
        "date VARCHAR, report VARCHAR, words VARCHAR, told BOOLEAN)",
        "CREATE TABLE entries (actor INTEGER, name VARCHAR, aliases VARCHAR[], kind VARCHAR, country VARCHAR, sector VARCHAR, "
        "office VARCHAR, first VARCHAR, last VARCHAR, salient BOOLEAN, source VARCHAR, batch INTEGER)",
    ),
    "dragoman actors learn RECORDS.jsonl",
)  # fmt: skip
BY_HAND = "by hand"
ANY = ""  # of a spelling: with whatever country or office
# the user's entries in the order in which they win: by hand, then the file taken in last, then as they stand in it
WINNING = f"source <> '{BY_HAND}', batch DESC, rowid"

# small words within the names of persons
PARTICLES = frozenset({
    "al", "el", "bin", "ibn", "bint", "ben", "abu", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "la", "le",
    "ter", "ten", "van", "von", "y", "e", "zu", "ul", "ud",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sourced:
    """An entry of the user's and where it comes from: ``by hand``, or the name of the file."""

    entry: Entry
    source: str


@dataclass(frozen=True, slots=True)
class Profile:
    """All that the registry has of one actor. ``entries`` are the user's, those that win first."""

    number: int
    name: str
    kind: ActorKind
    spellings: list[str]
    entries: list[Sourced]
    findings: list[Finding]

    @property
    def contradictions(self) -> list[str]:
        """What the readings disagree on; nothing where the user has decided."""
        return [] if self.entries else contradictions(self.findings)


class Rows:
    """The rows of an open registry. Made with its connection."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.db = connection

    def profiles(self, numbers: Sequence[int] | None = None) -> Iterator[Profile]:
        """The actors of some numbers, or all, by name."""
        chosen = "" if numbers is None else "WHERE actor IN (SELECT unnest(?::INTEGER[]))"
        given = [] if numbers is None else [list(numbers)]
        spelt = self.by_actor(f"SELECT actor, name FROM spellings {chosen} ORDER BY actor, length(name) DESC, name", given)
        readings = self.by_actor(f"SELECT actor, name, office, country, sector, date, report, words, told FROM readings {chosen}", given)
        own = self.by_actor(f"SELECT actor, * EXCLUDE (actor) FROM entries {chosen} ORDER BY {WINNING}", given)
        for actor, name, kind in self.ask(f"SELECT actor, name, kind FROM actors {chosen} ORDER BY name, actor", *given):
            yield Profile(
                actor, name, kind, list(dict.fromkeys(row[0] for row in spelt.get(actor, []))),
                [sourced(row) for row in own.get(actor, [])],
                findings(Reading(*row) for row in readings.get(actor, [])),
            )  # fmt: skip

    def routes(self) -> dict[tuple[str, str, str], int]:
        """Which actor each spelling means: by key, country and office."""
        return {row[:3]: row[3] for row in self.ask("SELECT key, country, office, actor FROM spellings")}

    def next(self) -> int:
        """The number of the next actor."""
        (found,) = self.ask("SELECT coalesce(max(actor), 0) + 1 FROM actors")
        return int(found[0])

    def ask(self, query: str, *given: Any) -> list[tuple[Any, ...]]:
        """What a query gives."""
        return self.db.execute(query, list(given)).fetchall()

    def by_actor(self, query: str, given: list[Any]) -> dict[int, list[tuple[Any, ...]]]:
        """What a query gives, by its first column; the rest of each row."""
        found: dict[int, list[tuple[Any, ...]]] = {}
        for row in self.ask(query, *given):
            found.setdefault(row[0], []).append(row[1:])
        return found

    def count(self, table: str, where: str, given: Sequence[Any]) -> int:
        """How many rows of a table fit."""
        return int(self.ask(f"SELECT count(*) FROM {table} WHERE {where}", *given)[0][0])

    def insert(self, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Many rows at once: DuckDB takes whole columns much faster than rows."""
        if rows:
            columns = [list(column) for column in zip(*rows, strict=True)]
            self.db.execute(f"INSERT INTO {table} SELECT {', '.join('unnest(?)' for _ in columns)}", columns)

    def prune(self) -> None:
        """Forget actors that nothing is left of."""
        left = "(SELECT actor FROM readings UNION ALL SELECT actor FROM entries)"
        for table in ("actors", "spellings"):
            self.db.execute(f"DELETE FROM {table} WHERE actor NOT IN {left}")


def actor_key(name: str) -> str:
    """A name as the registry compares it: words in small letters, no accents, no "Jr.", no Arabic article."""
    return " ".join(base.name_words(name)) or base.bare(name).lower()


def is_full_name(name: str, office: str, knowledge: base.Knowledge) -> bool:
    """Whether this is a person's own name of two words or more: a surname alone is nobody in particular, "the Libyan ambassador" nobody."""
    words = name.split()
    small = [word for word in words if not word[0].isupper() and word.split("-")[0] not in PARTICLES]
    capitalised = sum(word[0].isupper() for word in words)
    if small or capitalised < 2 or len(actor_key(name).split()) < 2:
        return False
    return office.casefold() not in name.casefold() and not knowledge.nationality(words[0])


def tells_country(words: str, country: str, knowledge: base.Knowledge) -> bool:
    """Whether some of these words, one or two together, name a state or its people."""
    bare = [word.strip(",.'’()").removesuffix("'s").removesuffix("’s") for word in words.split()]
    for part in (*words.split(), *bare, *(" ".join(pair) for pair in itertools.pairwise(bare))):
        if part[:1].isupper():
            entry = knowledge.named(part)
            if knowledge.nationality(part) == country or (entry is not None and entry.kind != "person" and entry.country == country):
                return True
    return False


def route(routes: dict[tuple[str, str, str], int], key: str, country: str, office: str) -> int | None:
    """Which actor a name means, the most particular answer first."""
    for way in ((key, country, office), (key, country, ANY), (key, ANY, office), (key, ANY, ANY)):
        if (actor := routes.get(way)) is not None:
            return actor
    return None


def reading_fields(reading: Reading) -> tuple[Any, ...]:
    """A reading as columns of ``readings``, behind actor, name and key."""
    return (reading.office, reading.country, reading.sector, reading.date, reading.report, reading.words, reading.told)


def entry_fields(entry: Entry) -> tuple[Any, ...]:
    """An entry as columns of ``entries``, between actor and source."""
    return (
        entry.name, list(entry.aliases), entry.kind, entry.country, entry.sector, entry.office, entry.first, entry.last, entry.salient,
    )  # fmt: skip


def sourced(row: Sequence[Any]) -> Sourced:
    """A row of ``entries`` without its actor."""
    name, aliases, kind, country, sector, office, first, last, salient, source, _ = row
    return Sourced(Entry(name, tuple(aliases), kind, country, sector, office, first, last, salient), source)
