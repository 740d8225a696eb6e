"""Draws docs/images/reliability.svg and docs/images/precision-recall.svg from the figures of the half kept aside. Needs matplotlib, which
is not among Dragoman's dependencies (pip install matplotlib):

    dragoman evaluate ../shared/gold/dev.jsonl --half kept --json > kept.json
    python docs/curves.py kept.json
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import matplotlib as mpl

mpl.use("svg")
import matplotlib.pyplot as plt

IMAGES = Path(__file__).parent / "images"
FEWEST = 8  # coded events of a type; of fewer no curve is drawn
mpl.rcParams.update({"svg.hashsalt": "dragoman", "font.size": 9, "axes.spines.top": False, "axes.spines.right": False})


def main() -> None:
    confidence = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))["measures"]["confidence"]
    IMAGES.mkdir(exist_ok=True)
    reliability(confidence)
    curves(confidence["curves"])


def reliability(confidence) -> None:  # type: ignore[no-untyped-def]
    figure, axes = plt.subplots(figsize=(4.2, 3.6))
    axes.plot([0, 1], [0, 1], color="0.7", linewidth=1)
    means, shares, sizes = zip(*((mean, right, n) for _, n, mean, right in confidence["bins"]), strict=True)
    axes.plot(means, shares, color="tab:blue", linewidth=1)
    axes.scatter(means, shares, s=[4 * n**0.5 + 8 for n in sizes], color="tab:blue", zorder=3)
    for mean, share, n in zip(means, shares, sizes, strict=True):
        axes.annotate(f"{n}", (mean, share), textcoords="offset points", xytext=(6, -10), fontsize=7, color="0.35")
    axes.set(xlabel="confidence", ylabel="share right", xlim=(0, 1), ylim=(0, 1), title=f"calibration error {confidence['error']:.3f}")
    save(figure, "reliability.svg")


def curves(found) -> None:  # type: ignore[no-untyped-def]
    drawn = {name: points for name, points in found.items() if len(points) >= FEWEST}
    figure, grid = plt.subplots(4, 4, figsize=(8, 8), sharex=True, sharey=True)
    for axes in grid.flat:
        axes.set_visible(False)
    for axes, (name, points) in zip(grid.flat, drawn.items(), strict=False):
        axes.set_visible(True)
        _, precisions, recalls = zip(*points, strict=True)
        axes.plot(recalls, precisions, color="tab:blue", linewidth=1.2)
        axes.set(title=name, xlim=(0, 1), ylim=(0, 1.02))
        axes.tick_params(labelbottom=True, labelleft=True)
    figure.supxlabel("recall")
    figure.supylabel("precision")
    save(figure, "precision-recall.svg")


def save(figure, name: str) -> None:  # type: ignore[no-untyped-def]
    figure.tight_layout()
    figure.savefig(IMAGES / name, metadata={"Date": None})


if __name__ == "__main__":
    main()
