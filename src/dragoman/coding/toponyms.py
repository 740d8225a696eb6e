"""Which of the places of a name is meant? One answer a name and report, from what the report itself tells.

Evidence, in the order of its weight: a qualifier beside the name ("Paris, Texas", "Tripoli in Lebanon", "Syria's
Aleppo"), the countries and divisions the report speaks of, other places near by, and how prominent the place is. The
method is that of most toponym resolvers of news (Leidner 2007; Lieberman et al. 2010): prominence corrected by
context, one sense a document.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dragoman.knowledge.gazetteer import Candidate, Gazetteer, normalise, prominence
from dragoman.knowledge.tables import DATA, read_table

# Weights, swept on the first halves of LGL and GeoVirus. Share of given toponyms within 161 km, first half / second half, which
# was not looked at: GeoVirus 0.938 / 0.913, LGL 0.843 / 0.800 (`dragoman evaluate`, part places, gives the whole).
QUALIFIED = 8.0  # a qualifier names the candidate's division or country
IN_COUNTRY = 2.5  # times the share of the report's country mentions that are of the candidate's country
IN_DIVISION = 5.0  # times the share of the report's divisions
NEAR = 4.0  # times the share of the other names that have a place within NEAR_KM
NEAR_KM = 250.0
FEW = 1  # added below the line, so that one or two names near by do not outweigh a well-known place
SIZE = 0.8  # times the logarithm of the place's prominence
COUNTRY = 8.0  # a country or named region instead: above any city that no context supports
DWARFED = 500  # times larger: Houston, Texas, beside Houston, Missouri
NAMESAKE = 4.0  # less for a town that bears the name of a state or region, if nothing beside it tells that it is the town

_NAME = r"[A-ZÀ-Þ][\w.’'-]*(?:\s(?:of|and|the|da|de|do|del|la)\s[A-ZÀ-Þ][\w.’'-]*|\s[A-ZÀ-Þ][\w.’'-]*){0,3}"
BEHIND = re.compile(
    rf"(?:,\s|\s\(|,?\s(?:in|of)\s(?:the\s)?(?:(?:north|south|east|west|central)\w*[\s-])*(?:province\sof\s|state\sof\s)?)(?P<name>{_NAME})"
)
BEFORE = re.compile(
    rf"(?P<name>{_NAME})(?:['’]s?)?\s(?:(?:\w+)\s){{0,2}}?"
    r"(?:(?:city|town|village|province|state|capital|port|district|region|island|suburb|enclave)\sof\s|(?<=['’]s\s)|(?<=s['’]\s))$"
)


@dataclass(frozen=True, slots=True)
class Named:
    """A place's name in a report: character offsets and the words."""

    start: int
    end: int
    text: str


class Resolver:
    """Made with a gazetteer; ``resolve`` answers for all names of one report at once."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.adjectives = _adjectives()

    def resolve(self, text: str, names: Sequence[Named], filed: Candidate | None = None) -> list[Candidate | None]:
        """The place each name means, ``None`` where the gazetteer knows none of the name; ``filed`` is that of the dateline."""
        keys = [normalise(name.text) for name in names]
        options = {key: self.options(name.text) for key, name in zip(keys, names, strict=True)}
        options = {key: (filed,) if filed in found else found for key, found in options.items()}
        qualifiers = [self.qualifier(text, name) for name in names]
        known: dict[str, tuple[Candidate, ...]] = {}
        for key, qualifier in zip(keys, qualifiers, strict=True):
            if qualifier and any(fits(option, qualifier) for option in options[key]):
                known.setdefault(key, qualifier)
        countries, divisions = self._context(text, keys, options, known)
        chosen: dict[str, Candidate] = {}
        for _ in range(2):  # the second round sees the places the first has chosen
            chosen = {
                key: self._best(key, candidates, known.get(key, ()), countries, divisions, chosen)
                for key, candidates in options.items()
                if candidates
            }
            divisions = Counter((place.country, place.admin1) for place in chosen.values() if place.admin1)
        result: list[Candidate | None] = []
        for key, qualifier in zip(keys, qualifiers, strict=True):
            place = chosen.get(key)
            if place is not None and qualifier and not fits(place, qualifier):
                own = [option for option in options[key] if fits(option, qualifier)]
                place = max(own, key=prominence) if own else place
            result.append(place)
        return result

    def options(self, name: str) -> tuple[Candidate, ...]:
        """The candidates of a name as it stands; without a generic word in front or behind where the whole is unknown."""
        found = self.gazetteer.candidates(name)
        if found and found[0].kind == "country" and found[0].official:
            state = found[0].country  # "Mexico" is neither Mexico City nor the state of México
            found = tuple(place for place in found if place.official and (place.country != state or place == found[0]))
        if name.isupper() and len(name) <= 3:  # "EU" is not the town of Eu
            found = tuple(place for place in found if place.kind in ("country", "region", "admin1"))
        if found:
            return found
        if len(name) == 2 and name.isupper() and name in self.gazetteer.codes:
            return (self.gazetteer.codes[name],)
        if name in self.adjectives:
            return self.gazetteer.states.get(self.adjectives[name], ())
        for pattern in GENERIC:
            shorter = pattern.sub("", name)
            if shorter != name and (found := self.gazetteer.candidates(shorter)):
                return tuple(place for place in found if pattern is not DIRECTION or place.kind != "admin1")
        return ()

    def qualifier(self, text: str, name: Named) -> tuple[Candidate, ...]:
        """What stands beside a name to tell which it is: divisions and countries it lies in."""
        if (match := BEHIND.match(text, name.end)) is not None:
            words = match["name"].split(" ")
            for length in range(len(words), 0, -1):
                part = " ".join(words[:length])
                found = self.gazetteer.qualifier(part) or self.gazetteer.qualifier(part.rstrip(".,"))
                if found:
                    return tuple(place for place in found if place.name != name.text)
        before = text[max(0, name.start - 60) : name.start]
        if (match := BEFORE.search(before)) is not None:
            word = re.sub(r"['’]s?$", "", match["name"])
            if word.split(" ")[-1] in self.adjectives:
                return self.gazetteer.states.get(self.adjectives[word.split(" ")[-1]], ())
            return self.gazetteer.qualifier(re.sub(r"^(?:The|In|At|On)\s", "", word))
        return ()

    def _context(
        self,
        text: str,
        keys: Sequence[str],
        options: dict[str, tuple[Candidate, ...]],
        known: dict[str, tuple[Candidate, ...]],
    ) -> tuple[Counter[str], Counter[tuple[str, str]]]:
        """How often the report speaks of each country and first-level division, by names that can mean nothing else."""
        countries: Counter[str] = Counter()
        divisions: Counter[tuple[str, str]] = Counter()
        for word in re.findall(r"[A-ZÀ-Þ][\w’'-]+(?:\s[A-ZÀ-Þ][\w-]+)?", text):
            if (code := self.adjectives.get(word) or self.adjectives.get(word.split(" ")[0])) is not None:
                countries[code] += 1
        for key in keys:
            candidates = options[key]
            if not candidates:
                continue
            first = candidates[0]
            if first.kind in ("country", "region") or len({place.country for place in candidates}) == 1:
                countries.update(first.countries)
            elif first.kind == "capital" or first.population > 1_000_000:
                countries[first.country] += 1
            if first.kind == "admin1" or len({(place.country, place.admin1) for place in candidates}) == 1:
                divisions[first.country, first.admin1] += 1
        for qualifier in known.values():
            countries.update(qualifier[0].countries[:1])
            if qualifier[0].kind == "admin1":
                divisions[qualifier[0].country, qualifier[0].admin1] += 2
        return countries, divisions

    def _best(
        self,
        key: str,
        candidates: tuple[Candidate, ...],
        qualifier: tuple[Candidate, ...],
        countries: Counter[str],
        divisions: Counter[tuple[str, str]],
        chosen: dict[str, Candidate],
    ) -> Candidate:
        others = [place for other, place in chosen.items() if other != key and place.kind not in ("country", "region")]
        all_countries, all_divisions = sum(countries.values()) or 1, sum(divisions.values()) + FEW

        def score(place: Candidate) -> float:
            value = COUNTRY if place.kind in ("country", "region") else SIZE * math.log10(prominence(place) + 100)
            if qualifier and fits(place, qualifier):
                value += QUALIFIED
            elif candidates[0].kind in ("country", "region") and place.kind in ("city", "admin2"):
                value -= NAMESAKE
            elif prominence(candidates[0]) > DWARFED * (prominence(place) + 1):
                value -= NAMESAKE / 2
            value += IN_COUNTRY * max((countries[code] for code in place.countries), default=0) / all_countries
            value += IN_DIVISION * divisions[place.country, place.admin1] / all_divisions if place.admin1 else 0
            if others:
                near = sum(distance_km(place, other) < NEAR_KM for other in others)
                value += NEAR * near / (len(others) + FEW)
            return value

        return max(candidates, key=score)


def fits(place: Candidate, qualifier: Iterable[Candidate]) -> bool:
    """Whether a place lies in one of the places that qualify it."""
    for outer in qualifier:
        if outer.kind == "country" or (outer.kind == "region" and outer.country):
            if outer.country == place.country and place.kind != "country":
                return True
        elif (outer.kind == "admin1" and outer.country == place.country and outer.admin1 == place.admin1 and place.kind != "admin1") or (
            outer.kind == "admin2" and place.kind in ("city", "capital") and distance_km(place, outer) < 60
        ):
            return True
    return False


def distance_km(one: Candidate, other: Candidate) -> float:
    """The distance of two places along the great circle, in kilometres (haversine, mean radius 6,371 km)."""
    lat1, lon1, lat2, lon2 = map(math.radians, (one.latitude, one.longitude, other.latitude, other.longitude))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371 * math.asin(min(1.0, math.sqrt(half)))


_KINDS = (
    r"city|town|village|province|state|district|region|county|governorate|oblast|island|islands|airport|international airport|"
    r"port|suburb|neighborhood|neighbourhood|area|river|border|valley|peninsula|enclave|municipality|prefecture|department|"
    r"station"
)
DIRECTION = re.compile(
    r"^(?:the\s)?(?:(?:north|south|east|west|central|upper|lower|downtown|greater|inner|mainland|metropolitan)\w*|"
    r"(?:north|south)[\s-]?(?:east|west)\w*|occupied|rebel-held|government-held)[\s-]+",
    re.I,
)
GENERIC = (
    re.compile(rf"\s(?:{_KINDS})$", re.I),
    re.compile(rf"^(?:the\s)?(?:{_KINDS}|republic|kingdom)\sof\s", re.I),
    DIRECTION,
    re.compile(r"^(?:al|el|ad|as|ar|an|at|ash|az)-", re.I),
)  # fmt: skip


def _adjectives() -> dict[str, str]:
    """Adjectives and demonyms of nationality: "Lebanese" to LBN; the first state of the table that has the word."""
    found: dict[str, str] = {}
    rows = list(read_table(DATA / "countries.csv", ("iso3", "name", "adjectives", "demonyms", "last")))
    for row in sorted(rows, key=lambda row: bool(row["last"])):  # former states behind those of today
        for word in (*row.items("adjectives"), *row.items("demonyms")):
            found.setdefault(word, row["iso3"])
    return found
