"""Which country a place lies in, by its bare name, where one country is meant by far the most ("Shanghai authorities")."""

from __future__ import annotations

from functools import lru_cache

from dragoman.knowledge import gazetteer

TOWN = 20_000  # inhabitants from which on a town before a noun tells its country ("Amherst College")
CITY = 200_000  # the same where the name stands alone and might be a surname ("Arnold", "Jackson")
DIVISION = 300_000  # the same for a first-level division ("Gulf" of Papua New Guinea is not meant)
FAMOUS = 500_000  # the same for a name that is not the main one of a place ("Bombay")
CLEAR = 0.6  # share of the prominence of all places of a name that its country must have
LARGER = ("country", "region", "admin1", "capital")


@lru_cache(maxsize=20_000)
def country_of_place(name: str, least: int = TOWN) -> str:
    """ISO code of the country that a place's name tells; empty where it is none, a small one, or one in several countries."""
    known = gazetteer.load().candidates(name)
    if not known or not known[0].country or len(name) < 3 or (name.isupper() and len(name) < 5):
        return ""
    first = known[0]
    named_division = first.kind == "admin2" and " " in name  # "Granville County"
    if first.kind not in LARGER and not named_division and first.population < (least if first.official else FAMOUS):
        return ""
    if first.kind == "admin1" and 0 < first.population < DIVISION:
        return ""
    if first.kind == "capital" and not first.official and first.population < FAMOUS:
        return ""
    weights: dict[str, float] = {}
    for place in known:
        weights[place.country] = weights.get(place.country, 0.0) + gazetteer.prominence(place)
    country = max(weights, key=lambda code: weights[code])
    return country if weights[country] >= CLEAR * sum(weights.values()) else ""
