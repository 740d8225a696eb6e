"""What the gate measures: the kept half of each file of annotated data, which nobody looks at while developing."""

from __future__ import annotations

from pathlib import Path

from dragoman.coding.coder import Coder
from dragoman.evaluation import baseline
from dragoman.evaluation.gold import Part
from dragoman.evaluation.run import Evaluation

HERE = Path(__file__).parent
BASELINE = HERE / "baseline.json"
SHARED = HERE.parents[1].parent / "shared"
FILES: dict[Part, Path] = {"reports": SHARED / "gold" / "dev.jsonl"}


def measure(part: Part, coder: Coder) -> dict[str, list[baseline.Counts]]:
    """Today's figures of one part."""
    return baseline.figures(Evaluation(FILES[part], part, "kept").run(coder).items)
