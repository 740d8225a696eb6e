"""The best figures so far, and whether today's fall below them by more than noise.

The coder is deterministic and the reports are the same, so two figures differ only because the coder does. Still a few
reports may have turned worse by chance where the coder as a whole did not. So the difference is resampled: reports are
drawn with replacement, the same for both figures, and a fall counts where it exceeds two standard deviations of
that paired bootstrap. A fall within it is let pass, but the baseline stays where it is, so falls do not add up.
"""

from __future__ import annotations

import json
import random
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.evaluation.measures import F1, Measure, Scores, Share

DEVIATIONS = 2.0  # a fall this far from 0 comes about by chance in one of 44 (normal distribution, one side)
DRAWS = 500  # the standard deviation is then good to about 3 % of itself
SEED = 0

Counts = Sequence[int]  # of one report: hits, gold, predicted for an F1; right, of for a share
Figures = Mapping[str, Sequence[Counts]]  # measure -> counts of each report


@dataclass(frozen=True, slots=True)
class Fall:
    """A measure that is lower than its baseline by more than noise."""

    measure: str
    before: float
    now: float
    noise: float  # two standard deviations of the difference

    def __str__(self) -> str:
        return f"{self.measure} fell from {self.before:.3f} to {self.now:.3f}, by more than noise ({self.noise:.3f})"


def figures(items: Sequence[Scores]) -> dict[str, list[Counts]]:
    """The counts of every measure that is an F1 or a share, report by report."""
    found: dict[str, list[Counts]] = {}
    for name in dict.fromkeys(name for item in items for name in item.measures):
        measures = [item.measures.get(name) for item in items]
        if all(measure is None or isinstance(measure, F1 | Share) for measure in measures):
            found[name] = [_counts(measure) for measure in measures]
    return found


def falls(baseline: Figures, now: Figures) -> list[Fall]:
    """The measures that fell by more than noise, in the baseline's order. Raises ``ValueError`` for other reports."""
    found = []
    for name, before in baseline.items():
        after = now.get(name, [])
        if len(after) != len(before):
            raise ValueError(f"{name} was measured on {len(before)} items, now on {len(after)}: make the baseline anew")
        difference = value(after) - value(before)
        noise = DEVIATIONS * deviation(before, after)
        if difference < -noise:
            found.append(Fall(name, value(before), value(after), noise))
    return found


def raised(baseline: Figures, now: Figures) -> dict[str, Sequence[Counts]]:
    """The baseline with every measure that is higher now; none goes down."""
    names = dict.fromkeys([*baseline, *now])
    return {
        name: now[name] if name not in baseline or (name in now and value(now[name]) > value(baseline[name])) else baseline[name]
        for name in names
    }


def value(counts: Sequence[Counts]) -> float:
    """The figure over all reports."""
    sums = [sum(column) for column in zip(*counts, strict=True)]
    measure: Measure = Share(*sums) if len(sums) == 2 else F1(*sums)
    return measure.value or 0.0


def deviation(before: Sequence[Counts], after: Sequence[Counts]) -> float:
    """The standard deviation of the difference, by the paired bootstrap over reports."""
    generator = random.Random(SEED)
    differences = []
    for _ in range(DRAWS):
        drawn = generator.choices(range(len(before)), k=len(before))
        differences.append(value([after[i] for i in drawn]) - value([before[i] for i in drawn]))
    return statistics.pstdev(differences)


def load(path: Path) -> dict[str, Figures]:
    """The baseline of each part; empty where there is no file yet."""
    if not path.exists():
        return {}
    parts = json.loads(path.read_text(encoding="utf-8"))
    return {part: {name: entry["counts"] for name, entry in measures.items()} for part, measures in parts.items()}


def save(path: Path, parts: Mapping[str, Figures]) -> None:
    """Write the baseline: a line a measure, its figure first for the reader of a diff."""
    blocks = []
    for part, measures in parts.items():
        lines = [
            f"    {json.dumps(name)}: " + json.dumps({"value": round(value(counts), 4), "counts": counts}, separators=(",", ":"))
            for name, counts in measures.items()
        ]
        blocks.append(f"  {json.dumps(part)}: {{\n" + ",\n".join(lines) + "\n  }")
    path.write_text("{\n" + ",\n".join(blocks) + "\n}\n", encoding="utf-8")


def _counts(measure: Measure | None) -> Counts:
    if isinstance(measure, F1):
        return [measure.hits, measure.gold, measure.predicted]
    return [measure.right, measure.of] if isinstance(measure, Share) else [0, 0]
