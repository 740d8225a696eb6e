"""Running the coder over a file of annotated data and adding up its scores."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import add
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.evaluation import actors, places, relations, reports, statements
from dragoman.evaluation.gold import GoldReport, Half, Part, Row, checked, gold_report, part_of, rows
from dragoman.evaluation.measures import Scores
from dragoman.evaluation.mistakes import Mistake, mistakes
from dragoman.model import Record

if TYPE_CHECKING:
    from dragoman.coding.coder import Coder

SCORERS: Mapping[Part, Callable[[Row, Coder], Scores]] = {
    "relations": relations.score_relation,
    "statements": statements.score_article,
    "places": places.score_toponyms,
    "actors": actors.score_actor,
}


class Evaluation:
    """The items of a file of annotated data, to be scored one after the other.

    ``part`` is guessed from the file's fields when it is not given, ``half`` restricts the items to a fixed half.
    Raises ``InputError`` where the file cannot be read, ``GoldError`` where it does not hold what the part needs.
    """

    def __init__(self, path: Path, part: Part | None = None, half: Half | None = None) -> None:
        self.part: Part = part or part_of(path)
        self.items = checked(rows(path, half), self.part, path)

    def __len__(self) -> int:
        return len(self.items)

    def run(self, coder: Coder, advance: Callable[[], None] = lambda: None) -> Outcome:
        """Code and score every item; ``advance`` is called once an item."""
        scores: list[Scores] = []
        found: list[Mistake] = []
        if self.part == "reports":
            for gold, record in self.coded(coder):
                scores.append(reports.score_report(gold, record))
                found.extend(mistakes(gold, record))
                advance()
        else:
            for row in self.items:
                scores.append(SCORERS[self.part](row, coder))
                advance()
        return Outcome(scores, found)

    def coded(self, coder: Coder) -> Iterator[tuple[GoldReport, Record]]:
        """Each annotated report beside its record, for the part ``reports``."""
        golds = [gold_report(row) for row in self.items]
        return zip(golds, coder.code_many(gold.report for gold in golds), strict=True)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The scores of each item, in order, and for reports the mistakes in their events."""

    items: list[Scores]
    mistakes: list[Mistake]

    @property
    def total(self) -> Scores:
        """The scores of all items together."""
        return reduce(add, self.items)
