"""The user's own gazetteer: GeoNames' full dump (``allCountries.txt``, 12 million places) in a DuckDB file, looked up by name.

It is asked where the gazetteer that is shipped has no place of a name: villages, hills, streams. Built once, as a stream; the file
takes its name only when it is whole. Names are looked up by a hash of the key of ``gazetteer.normalise``, by which the table of
names is sorted: DuckDB then reads one of its row groups, without an index that would have to fit in memory. Each name carries its
place's columns along, so that nothing is looked up twice.

Source: GeoNames' readme of its dump (19 columns, tab-separated, UTF-8).
"""

from __future__ import annotations

import gzip
import hashlib
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.errors import bad_geonames, cannot_write, cut_off, is_a_directory, no_such_file, unreadable
from dragoman.knowledge.databases import Form, cleared, database
from dragoman.knowledge.gazetteer import Candidate, normalise, prominence
from dragoman.knowledge.tables import DATA, read_table

if TYPE_CHECKING:
    import duckdb

COLUMNS_OF_NAMES = (
    "hash UBIGINT, key VARCHAR, id INTEGER, name VARCHAR, latitude FLOAT, longitude FLOAT, kind VARCHAR, country VARCHAR, admin1 VARCHAR, "
    "population BIGINT"
)
FORM = Form(
    "gazetteer", 1,
    (
        f"CREATE TABLE names ({COLUMNS_OF_NAMES})",
        "CREATE TABLE source (fingerprint VARCHAR, places BIGINT, names BIGINT)",
    ),
    "dragoman gazetteer build allCountries.txt -o places.duckdb",
)  # fmt: skip
COLUMNS = 19
CHUNK = 200_000  # names written at a time: some 100 MB of memory
MOST = 200  # places of one name that are looked at, the largest first; more than any report needs to tell apart
LATIN = 0x250  # letters from here on are of no Latin alphabet that English papers print, but for those of VIETNAMESE
VIETNAMESE = (0x1E00, 0x1EFF)
CLASSES = "AHLPRSTUV"  # GeoNames' feature classes: A divisions, H waters, L areas, P settlements, R roads, S spots, T hills, U V
Advance = Callable[[float], object]


@dataclass(frozen=True, slots=True)
class Built:
    """What a built file holds: places, and names by which they are found."""

    places: int
    names: int


# -- building --------------------------------------------------------------------------------------------------------


def build(dump: Path, target: Path, classes: str = CLASSES, advance: Advance | None = None) -> Built:
    """Build the file from a dump.

    Args:
        dump: ``allCountries.txt`` or a country's file, plain, ``.zip`` or ``.gz``.
        target: the file to make; one that is there is replaced at the end.
        classes: letters of the feature classes to keep.
        advance: called with the share of the dump that has been read, 0 to 1.

    Raises:
        InputError: the dump cannot be read, is cut off, or a line is none of GeoNames'; nothing is left of the file then.
        DragomanError: the file cannot be made.
    """
    part = target.with_name(f".{target.name}.part")
    cleared(part)
    try:
        part.parent.stat()
        with database(part, FORM, write=True) as connection:
            built = _fill(connection, dump, classes, advance or (lambda _: None))
        part.replace(target)
    except OSError as error:
        raise cannot_write(target, error.strerror or str(error)) from error
    return built


def _fill(connection: duckdb.DuckDBPyConnection, dump: Path, classes: str, advance: Advance) -> Built:
    connection.execute(f"CREATE TEMP TABLE unsorted ({COLUMNS_OF_NAMES})")
    connection.execute("CREATE TEMP TABLE divisions (country VARCHAR, code VARCHAR, name VARCHAR)")
    digest = hashlib.sha256()
    names: list[tuple[Any, ...]] = []
    divisions: list[tuple[Any, ...]] = []
    places = found = 0
    for where, line in _lines(dump, advance):
        digest.update(line)
        fields = _fields(line, where)
        if fields[6] not in classes or not fields[6]:
            continue
        place = _place(fields, where)
        places += 1
        if fields[7] == "ADM1":
            divisions.append((place[5], place[6], place[1]))
        names += [(key_hash(key), key, *place) for key in sorted(_keys(fields))]
        if len(names) >= CHUNK:
            found += len(names)
            _store(connection, names, divisions)
    found += len(names)
    _store(connection, names, divisions)
    if not places:
        raise bad_geonames(str(dump), "holds no place of the classes asked for")
    connection.execute(SORT)
    connection.execute("INSERT INTO source VALUES (?, ?, ?)", [f"{digest.hexdigest()[:12]} {classes}", places, found])
    return Built(places, found)


# sorts the names and puts the name of the first-level division in the place of its code
SORT = (
    "INSERT INTO names SELECT hash, key, id, unsorted.name, latitude, longitude, kind, country, coalesce(division, ''), population "
    "FROM unsorted LEFT JOIN (SELECT country AS land, code, min(name) AS division FROM divisions GROUP BY ALL) "
    "ON land = country AND code = admin1 ORDER BY hash, key, id"
)


def _store(connection: duckdb.DuckDBPyConnection, *tables: list[tuple[Any, ...]]) -> None:
    for name, rows in zip(("unsorted", "divisions"), tables, strict=True):
        if rows:
            columns = [list(column) for column in zip(*rows, strict=True)]
            connection.execute(f"INSERT INTO {name} SELECT {', '.join('unnest(?)' for _ in columns)}", columns)
            rows.clear()


def _fields(line: bytes, where: str) -> list[str]:
    try:
        fields = line.decode("utf-8").rstrip("\r\n").split("\t")
    except UnicodeDecodeError as error:
        raise bad_geonames(where, f"is not UTF-8 at byte {error.start}") from None
    if len(fields) != COLUMNS:
        raise bad_geonames(where, f"has {len(fields)} columns")
    return fields


def _place(fields: list[str], where: str) -> tuple[Any, ...]:
    """Id, name, latitude, longitude, kind, country (alpha-3), code of the first-level division, population."""
    try:
        latitude, longitude = float(fields[4]), float(fields[5])
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            raise ValueError
        country = _codes().get(fields[8], "")
        return int(fields[0]), fields[1], latitude, longitude, _kind(fields[6], fields[7]), country, fields[10], int(fields[14] or 0)
    except ValueError:
        raise bad_geonames(where, "an id, a point or a population is no number, or off the globe") from None


def _kind(feature_class: str, code: str) -> str:
    """The gazetteer's kind of a place. What is a point is a "city" to it, whose few inhabitants make it believed only beside others."""
    if code == "PPLC":
        return "capital"
    if feature_class == "A":
        return "admin1" if code == "ADM1" else "country" if code.startswith("PCL") else "admin2"
    return "city"


def _keys(fields: list[str]) -> set[str]:
    """The keys of a place's names in Latin script: its name, the same in ASCII, and the other names."""
    names = {fields[1], fields[2], *fields[3].split(",")}
    return {key for name in names if name and _is_latin(name) and (key := normalise(name))}


def _is_latin(name: str) -> bool:
    return name.isascii() or all(
        ord(letter) < LATIN or VIETNAMESE[0] <= ord(letter) <= VIETNAMESE[1] or not letter.isalpha() for letter in name
    )


def key_hash(key: str) -> int:
    """64 bits of a key, the same on every machine."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "little")


@cache
def _codes() -> dict[str, str]:
    return {row["iso2"]: row["iso3"] for row in read_table(DATA / "iso2.csv", ("iso2", "iso3"))}


# -- the dump --------------------------------------------------------------------------------------------------------


def _lines(dump: Path, advance: Advance) -> Iterator[tuple[str, bytes]]:
    """The lines of a dump with the place of each. Raises ``InputError`` where it cannot be read to its end."""
    number = 0
    try:
        with _opened(dump) as (stream, share):
            for number, line in enumerate(stream, start=1):
                if number % 20_000 == 0:
                    advance(share())
                if line.strip() and not line.startswith(b"#"):
                    yield f"{dump}, line {number}", line
    except FileNotFoundError:
        raise no_such_file(dump) from None
    except IsADirectoryError:
        raise is_a_directory(dump) from None
    except (EOFError, zlib.error):
        raise cut_off(dump, f"behind line {number}") from None
    except zipfile.BadZipFile as error:
        raise bad_geonames(str(dump), f"is no whole ZIP file ({error}); fetch it again") from None
    except gzip.BadGzipFile:
        raise bad_geonames(str(dump), "is not packed by gzip, though its ending says so") from None
    except OSError as error:
        raise unreadable(dump, error) from None
    advance(1.0)


@contextmanager
def _opened(dump: Path) -> Iterator[tuple[Any, Callable[[], float]]]:
    """The dump's bytes unpacked, and the share of them that has been read."""
    size = max(1, dump.stat().st_size)
    with dump.open("rb") as raw:
        if dump.suffix.lower() == ".gz":
            yield gzip.GzipFile(fileobj=raw), lambda: raw.tell() / size
        elif dump.suffix.lower() == ".zip":
            with zipfile.ZipFile(raw) as archive:
                tables = [info for info in archive.infolist() if info.filename.endswith(".txt") and "readme" not in info.filename.lower()]
                if not tables:
                    raise bad_geonames(str(dump), "holds no .txt file")
                table = max(tables, key=lambda info: info.file_size)
                with archive.open(table) as unpacked:
                    yield io.BufferedReader(unpacked), lambda: unpacked.tell() / max(1, table.file_size)
        else:
            yield raw, lambda: raw.tell() / size


# -- looking up ------------------------------------------------------------------------------------------------------


class World:
    """A built file, open for reading. ``candidates`` answers as the gazetteer does; ``fingerprint`` tells which dump it was built of.

    Raises:
        InputError: the file is missing, of another kind or of a newer form.
    """

    def __init__(self, path: Path) -> None:
        with database(path, FORM) as connection:
            (self.fingerprint, self.places, self.names) = connection.execute("SELECT * FROM source").fetchone() or ("", 0, 0)
        self._path = path
        self._db: duckdb.DuckDBPyConnection | None = None

    def candidates(self, name: str) -> tuple[Candidate, ...]:
        """All places of a name, the most prominent first, at most ``MOST``; empty if there is none."""
        key = normalise(name)
        if not key:
            return ()
        rows = self._connection().execute(LOOKUP, [key_hash(key), key, MOST]).fetchall()
        found = [_candidate(row, key) for row in rows]
        return tuple(sorted(found, key=lambda place: (-prominence(place), place.geonames_id)))

    def _connection(self) -> duckdb.DuckDBPyConnection:
        if self._db is None:
            import duckdb

            self._db = duckdb.connect(str(self._path), read_only=True)
            self._db.execute("SET threads = 1")  # a lookup reads one row group: more threads only take time to start
        return self._db

    def close(self) -> None:
        """Close the file; the next lookup opens it again."""
        if self._db is not None:
            with closing(self._db):
                self._db = None


LOOKUP = (
    "SELECT id, name, latitude, longitude, kind, country, admin1, population FROM names WHERE hash = ? AND key = ? "
    "ORDER BY population DESC, id LIMIT ?"
)


def _candidate(row: tuple[Any, ...], key: str) -> Candidate:
    ident, name, latitude, longitude, kind, country, admin1, population = row
    countries = (country,) if country else ()
    point = (round(latitude, 4), round(longitude, 4))
    return Candidate(name, country, admin1, *point, kind, population, ident, countries, normalise(name) == key)
