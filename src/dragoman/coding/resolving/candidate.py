"""What a candidate is, and how sure the ways of finding one are."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.model import ActorKind

# Scores: ranks with steps between them. A name beats a description, a country that is told one that is guessed.
HELD, DESCRIBED, NAMED_PLACE, UNTOLD, GUESSED = 0.85, 0.8, 0.6, 0.5, 0.4
TITLED = 0.15  # what a title that fits adds to a name
AGREES = 0.1  # what the country of the context adds
LAPSED = 0.6  # what is left of a name's score outside the time in which it holds


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody whom a mention may mean.

    ``bare``: the words name a state, people or town and nobody in it. ``named``: the tables have somebody of this name.
    """

    name: str
    kind: ActorKind
    country: str
    sector: str
    office: str
    score: float
    evidence: tuple[str, ...]
    bare: bool = False
    named: bool = False
