"""The measures: counts that add up over reports and know their figure.

All figures are micro-averages: the counts of all reports are added first, the ratio is taken once. An undefined ratio
(nothing to find, nothing found) is 0 for F1 and ``None`` for a share, as in the scorer the annotations came with.
"""

from __future__ import annotations

import json
import statistics
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, Self

if TYPE_CHECKING:
    from rich.table import Table

DIGITS = 3
Json = dict[str, Any]


class Measure(Protocol):
    """What a figure is made of: it adds up with others of its kind."""

    def __add__(self, other: Self, /) -> Self: ...

    @property
    def value(self) -> float | None:
        """The one number to compare, unrounded; ``None`` where there was nothing to measure."""

    def as_json(self) -> Json:
        """The figure with its parts, rounded to three digits; ``n`` is the number it was measured on."""


@dataclass(frozen=True, slots=True)
class F1:
    """Precision and recall of things found: ``hits`` of the ``gold`` ones, among the ``predicted`` ones."""

    hits: int = 0
    gold: int = 0
    predicted: int = 0

    def __add__(self, other: F1) -> F1:
        return F1(self.hits + other.hits, self.gold + other.gold, self.predicted + other.predicted)

    @property
    def precision(self) -> float:
        return self.hits / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return self.hits / self.gold if self.gold else 0.0

    @property
    def value(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def as_json(self) -> Json:
        return {
            "p": round(self.precision, DIGITS),
            "r": round(self.recall, DIGITS),
            "f1": round(self.value, DIGITS),
            "n": self.gold,
        }


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the cases were right."""

    right: int = 0
    of: int = 0

    @classmethod
    def one(cls, right: bool) -> Share:
        """The share of a single case."""
        return cls(int(right), 1)

    def __add__(self, other: Share) -> Share:
        return Share(self.right + other.right, self.of + other.of)

    @property
    def value(self) -> float | None:
        return self.right / self.of if self.of else None

    def as_json(self) -> Json:
        return {"share": None if self.value is None else round(self.value, DIGITS), "n": self.of}


@dataclass(frozen=True, slots=True)
class Median:
    """The middle one of some amounts."""

    amounts: tuple[float, ...] = ()

    def __add__(self, other: Median) -> Median:
        return Median(self.amounts + other.amounts)

    @property
    def value(self) -> float | None:
        return statistics.median(self.amounts) if self.amounts else None

    def as_json(self) -> Json:
        return {"median": None if self.value is None else round(self.value, DIGITS), "n": len(self.amounts)}


@dataclass(frozen=True, slots=True)
class MacroF1:
    """The mean of the F1 of each class, over the classes that gold has."""

    classes: Mapping[str, F1] = field(default_factory=dict)

    @classmethod
    def one(cls, gold: str, predicted: str) -> MacroF1:
        """A single case of class ``gold`` that was taken for ``predicted``."""
        if gold == predicted:
            return cls({gold: F1(1, 1, 1)})
        return cls({gold: F1(0, 1, 0), predicted: F1(0, 0, 1)})

    def __add__(self, other: MacroF1) -> MacroF1:
        names = sorted({*self.classes, *other.classes})
        return MacroF1({name: self.classes.get(name, F1()) + other.classes.get(name, F1()) for name in names})

    @property
    def value(self) -> float:
        known = [counts.value for counts in self.classes.values() if counts.gold]
        return statistics.fmean(known) if known else 0.0

    def as_json(self) -> Json:
        classes = {name: counts.as_json() for name, counts in self.classes.items()}
        n = sum(counts.gold for counts in self.classes.values())
        return {"macro_f1": round(self.value, DIGITS), "n": n, "classes": classes}


@dataclass(frozen=True, slots=True)
class Confidence:
    """How far a confidence can be believed: cases of class, confidence and whether it was right; ``gold`` counts what was to be found.

    The value is the expected calibration error (Naeini et al., AAAI 2015): the mean distance, over ten bins of confidence weighted by
    their size, between the mean confidence and the share right.
    """

    cases: tuple[tuple[str, float, bool], ...] = ()
    gold: Mapping[str, int] = field(default_factory=dict)

    def __add__(self, other: Confidence) -> Confidence:
        names = sorted({*self.gold, *other.gold})
        return Confidence(self.cases + other.cases, {name: self.gold.get(name, 0) + other.gold.get(name, 0) for name in names})

    @property
    def value(self) -> float | None:
        parts = [(n, abs(mean - right)) for _, n, mean, right in self.bins()]
        return sum(n * gap for n, gap in parts) / len(self.cases) if self.cases else None

    def bins(self) -> list[tuple[float, int, float, float]]:
        """Of each tenth that holds a case: its lower end, the number of cases, their mean confidence, the share right."""
        tenths: dict[int, list[tuple[float, bool]]] = {}
        for _, confidence, right in self.cases:
            tenths.setdefault(min(9, int(confidence * 10)), []).append((confidence, right))
        return [
            (tenth / 10, len(cases), statistics.fmean(p for p, _ in cases), statistics.fmean(right for _, right in cases))
            for tenth, cases in sorted(tenths.items())
        ]

    def curve(self, name: str = "") -> list[tuple[float, float, float]]:
        """Confidence, precision and recall, at each confidence from the highest down, of one class or, without a name, of all."""
        cases = sorted(((p, right) for kind, p, right in self.cases if name in ("", kind)), reverse=True)
        wanted = self.gold.get(name, 0) if name else sum(self.gold.values())
        points = []
        hits = 0
        for number, (p, right) in enumerate(cases, 1):
            hits += right
            if number == len(cases) or cases[number][0] != p:
                points.append((p, hits / number, hits / wanted if wanted else 0.0))
        return points

    def as_json(self) -> Json:
        rounded = [[tenth, n, round(mean, DIGITS), round(right, DIGITS)] for tenth, n, mean, right in self.bins()]
        curves = {name: [[round(x, DIGITS) for x in point] for point in self.curve(name)] for name in self.gold}
        error = None if self.value is None else round(self.value, DIGITS)
        return {"error": error, "n": len(self.cases), "bins": rounded, "curves": curves}


@dataclass(frozen=True, slots=True)
class Scores:
    """The measures of one part of the evaluation over ``items`` reports, sentences or cases."""

    part: str
    items: int
    measures: Mapping[str, Measure]

    def __add__(self, other: Scores) -> Scores:
        if self.part != other.part:
            raise ValueError(f"scores of {self.part} and {other.part} do not add up")
        names = [*self.measures, *(name for name in other.measures if name not in self.measures)]
        added = {name: _added(self.measures.get(name), other.measures.get(name)) for name in names}
        return Scores(self.part, self.items + other.items, added)

    def as_json(self) -> dict[str, Json]:
        """Every measure by its name: the shape that the scorer beside the annotations prints with ``--json``."""
        return {name: measure.as_json() for name, measure in self.measures.items()}

    def to_json(self) -> str:
        """The scores as one line of JSON with their part and size."""
        return json.dumps({"part": self.part, "items": self.items, "measures": self.as_json()})

    def __rich__(self) -> Table:
        return table(self)


def _added(first: Any, second: Any) -> Measure:
    if first is None or second is None:
        return second if first is None else first  # type: ignore[no-any-return]
    return first + second  # type: ignore[no-any-return]


def table(scores: Scores) -> Table:
    """The scores as a table for the terminal."""
    from rich.table import Table

    grid = Table(title=f"{scores.part}: {scores.items:,} measured", title_justify="left", title_style="bold")
    grid.add_column("measure", no_wrap=True)
    grid.add_column("figure", justify="right", style="bold")
    for heading in ("precision", "recall", "n"):
        grid.add_column(heading, justify="right")
    for name, measure in scores.measures.items():
        grid.add_row(*_row(name, measure))
        if isinstance(measure, MacroF1):
            for inner, counts in measure.classes.items():
                grid.add_row(*_row(f"  {inner}", counts), style="dim")
        if isinstance(measure, Confidence):
            for tenth, n, mean, right in measure.bins():
                grid.add_row(f"  from {tenth:.1f}: mean {mean:.2f}", f"{right:.3f} right", "", "", f"{n:,}", style="dim")
    return grid


def _row(name: str, measure: Measure) -> list[str]:
    figure = "-" if measure.value is None else f"{measure.value:,.{DIGITS}f}"
    parts = [f"{measure.precision:.3f}", f"{measure.recall:.3f}"] if isinstance(measure, F1) else ["", ""]
    return [name, figure, *parts, f"{measure.as_json()['n']:,}"]
