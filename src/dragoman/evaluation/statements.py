"""Scoring who says what, on PolNeAR (Newell et al., LREC 2018).

content       F1 over the letters and digits of all contents of an article
source        the same over all sources
attributions  F1: at least half of the content's characters in common (intersection over union) and a cue that
              touches; where gold has no cue, the content decides
source.of_found   of the attributions found, the share whose source touches gold's (or has none, as gold)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from dragoman.evaluation.gold import Chars, Row
from dragoman.evaluation.measures import F1, Measure, Scores, Share
from dragoman.evaluation.reports import HALF, pair, touch


class Attributed(Protocol):
    """An attribution: the characters of its source, its cue and its content."""

    @property
    def source(self) -> Sequence[Chars]: ...
    @property
    def cue(self) -> Sequence[Chars]: ...
    @property
    def content(self) -> Sequence[Chars]: ...


class Attributes(Protocol):
    """The part of ``Coder`` that is measured here."""

    def attributions(self, text: str) -> Sequence[Attributed]: ...


@dataclass(frozen=True, slots=True)
class Attribution:
    """An attribution marked by hand."""

    source: Sequence[Chars]
    cue: Sequence[Chars]
    content: Sequence[Chars]


def score_article(row: Row, coder: Attributes) -> Scores:
    """The counts of one article."""
    gold = [attribution(item) for item in row["attributions"]]
    return score_attributions(row["text"], gold, coder.attributions(row["text"]))


def attribution(item: Row) -> Attribution:
    """An attribution as the corpus writes it: lists of ``[start, end]``."""
    source, cue, content = ([(start, end) for start, end in item[name]] for name in ("source", "cue", "content"))
    return Attribution(source, cue, content)


def score_attributions(text: str, gold: Sequence[Attributed], predicted: Sequence[Attributed]) -> Scores:
    """The counts of one article from both lists of attributions."""
    pairs = pair(gold, predicted, _likeness)
    of_found = Share()
    for wanted, got, _ in pairs:
        of_found += Share.one(touch(list(wanted.source), list(got.source)) or not (wanted.source or got.source))
    measures: dict[str, Measure] = {
        "content": _characters(text, [item.content for item in gold], [item.content for item in predicted]),
        "source": _characters(text, [item.source for item in gold], [item.source for item in predicted]),
        "attributions": F1(len(pairs), len(gold), len(predicted)),
        "source.of_found": of_found,
    }
    return Scores("statements", 1, measures)


def _likeness(wanted: Attributed, got: Attributed) -> float:
    first, second = _covered(wanted.content), _covered(got.content)
    union = len(first | second)
    likeness = len(first & second) / union if union else 0.0
    cue = not wanted.cue or touch(list(wanted.cue), list(got.cue))
    return likeness if likeness >= HALF and cue else 0.0


def _characters(text: str, gold: list[Sequence[Chars]], predicted: list[Sequence[Chars]]) -> F1:
    wanted = {i for spans in gold for i in _covered(spans) if text[i].isalnum()}
    got = {i for spans in predicted for i in _covered(spans) if text[i].isalnum()}
    return F1(len(wanted & got), len(wanted), len(got))


def _covered(spans: Sequence[Chars]) -> set[int]:
    return {i for start, end in spans for i in range(start, end)}
