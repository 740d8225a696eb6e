"""Scoring who a phrase or a name is, on the cases of NGEC's test suite (Halterman et al. 2023).

right      share of cases right in both: the country equals gold's, and the first sector is gold's or gold's other one.
           Gold empty: none may be given; gold null: not tested. A case of ``nobody`` wants neither
country, sector   the share right in each, where it is tested
right.none, right.agents, right.knowledge   the same by what a case needs: nothing, a list of nouns, knowledge
"""

from __future__ import annotations

from typing import Protocol

from dragoman.evaluation.gold import Row
from dragoman.evaluation.measures import Measure, Scores, Share
from dragoman.model import Actor


class Resolves(Protocol):
    """The part of ``Coder`` that is measured here."""

    def resolve(self, text: str, date: str | None = None, context: str | None = None) -> Actor | None: ...


def score_actor(row: Row, coder: Resolves) -> Scores:
    """The counts of one case."""
    actor = coder.resolve(row["text"], row.get("date"), row.get("context"))
    country = actor.country if actor is not None else ""
    sector = actor.sectors[0] if actor is not None and actor.sectors else ""
    return score_answer(row, country, sector)


def score_answer(row: Row, country: str, sector: str) -> Scores:
    """The counts of one case from the country and the first sector given for it; empty: none given."""
    country_right = _country_right(row, country)
    sector_right = _sector_right(row, sector)
    right = Share.one(country_right is not False and sector_right is not False)
    measures: dict[str, Measure] = {
        "right": right,
        "country": Share() if country_right is None else Share.one(country_right),
        "sector": Share() if sector_right is None else Share.one(sector_right),
        f"right.{row.get('needs') or 'none'}": right,
    }
    return Scores("actors", 1, measures)


def _country_right(row: Row, country: str) -> bool | None:
    """``None`` where the case does not test it."""
    wanted = "" if row["nobody"] else row["country"]
    return None if wanted is None else bool(country == wanted)


def _sector_right(row: Row, sector: str) -> bool | None:
    wanted = "" if row["nobody"] else row["sector"]
    if wanted is None:
        return None
    other = None if row["nobody"] else row["other_sector"]
    return sector == wanted or (bool(other) and sector == other)
