"""Scoring toponyms and their points, on LGL and GeoVirus (Gritta et al. 2018, 2019).

within_161_km   given the toponyms' spans, the share whose point lies within 161 km (100 miles) of gold's; a toponym
                without an answer is wrong
median_km       the middle distance of those that got a point
country         the share in the right country, where the file has countries
found           F1 of the toponyms found in the plain text, exact spans
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Protocol

from dragoman.evaluation.gold import Chars, Row
from dragoman.evaluation.measures import F1, Measure, Median, Scores, Share
from dragoman.knowledge.base import load
from dragoman.model import Place

NEAR_KM = 161.0  # 100 miles, the field's measure of "the right place"
EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG


class FindsPlaces(Protocol):
    """The part of ``Coder`` that is measured here."""

    def places(self, text: str, spans: Sequence[Chars] | None = None, published: str | None = None) -> list[Place | None]: ...


def score_toponyms(row: Row, coder: FindsPlaces) -> Scores:
    """The counts of one article."""
    published = (row.get("date") or "")[:10] or None
    spans = [(toponym["start"], toponym["end"]) for toponym in row["toponyms"]]
    given = coder.places(row["text"], spans, published) if spans else []
    found = {
        (place.span.start, place.span.end)
        for place in coder.places(row["text"], None, published)
        if place is not None and place.span is not None
    }
    return score_places(row["toponyms"], given, found)


def score_places(gold: Sequence[Row], given: Sequence[Place | None], found: set[Chars]) -> Scores:
    """The counts of one article: an answer for each of gold's toponyms, and the spans found without them."""
    near = country = Share()
    distances = Median()
    for toponym, place in zip(gold, given, strict=True):
        away = None if place is None else distance_km(place, toponym["lat"], toponym["lon"])
        near += Share.one(away is not None and away <= NEAR_KM)
        if away is not None:
            distances += Median((away,))
        if code := _country(toponym):
            country += Share.one(place is not None and place.country == code)
    spans = {(toponym["start"], toponym["end"]) for toponym in gold}
    measures: dict[str, Measure] = {"within_161_km": near, "median_km": distances}
    if country.of:
        measures["country"] = country
    measures["found"] = F1(len(spans & found), len(spans), len(found))
    return Scores("places", 1, measures)


def distance_km(place: Place, latitude: float, longitude: float) -> float | None:
    """Great-circle distance of a place from a point in kilometres (haversine); ``None`` for a place without one."""
    if place.latitude is None or place.longitude is None:
        return None
    first, second = math.radians(place.latitude), math.radians(latitude)
    half_north = math.sin((second - first) / 2)
    half_east = math.sin(math.radians(longitude - place.longitude) / 2)
    chord = half_north**2 + math.cos(first) * math.cos(second) * half_east**2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, chord)))


def _country(toponym: Row) -> str:
    """ISO code of the country that the file names in words; empty where it names none or one unknown to us."""
    named = load().named(toponym.get("country") or "")
    return named.country if named is not None and named.kind == "country" else ""
