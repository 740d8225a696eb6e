"""Trains the event judge (coding/judging.py) on the open half of the annotated reports and on reports labelled by us: `make train`.

    python training/train_judges.py ../shared --folds build/fold0 build/fold1

A candidate is right when it pairs off with an annotated event of its type (evaluation/reports.py). The model is a logistic
regression with an L2 penalty, fitted by Newton's method in numpy: no random numbers, the same weights every time. Penalty and
threshold are those of the best F1 of typed events in 5-fold cross-validation, folds by report, on the annotated reports alone.

The judge must see both its witnesses as they are on unseen reports. The lexicon was written looking at the open half, so that half
alone would teach to believe it too much; the trigger tagger was trained on our labels, so each of those reports is read by the tagger of
the fold that left it out (`triggers.py --without`). The half that is kept aside is never read here.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from labels import FOLDS as LABEL_FOLDS
from labels import fold_of, labelled_reports

from dragoman.coding import judging
from dragoman.coding.coder import Coder
from dragoman.coding.record import to_record
from dragoman.coding.tagger import TriggerTagger
from dragoman.evaluation.gold import AnnotatedEvent, annotation_of_record, gold_report, rows
from dragoman.evaluation.reports import pair_events
from dragoman.model import Report

MODEL = Path(__file__).parent.parent / "src/dragoman/coding/models/events.json"
FOLDS = 5
PENALTIES = (3.0, 10.0, 30.0, 100.0)
THRESHOLDS = tuple(round(0.2 + 0.025 * step, 3) for step in range(13))
LEVEL = 0.005  # F1s as near as this are level: of such thresholds the highest is taken, as a false event costs a reader more
RARE = 3  # a feature seen less often is noise
STEPS = 30  # of Newton's method; it stands still after about eight


@dataclass(frozen=True, slots=True)
class Example:
    """The candidates of one report with their features, which of them are right, and how many events were annotated."""

    features: list[judging.Features]
    right: list[bool]
    annotated: int
    gold: bool  # annotated by the project's annotators, who note fewer weak acts than our labels do


@dataclass(frozen=True, slots=True)
class Fitted:
    names: list[str]
    weights: np.ndarray  # the intercept last

    def probabilities(self, features: list[judging.Features]) -> np.ndarray:
        return 1 / (1 + np.exp(-matrix(features, self.names) @ self.weights))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("shared", type=Path)
    parser.add_argument("--folds", type=Path, nargs=LABEL_FOLDS, required=True, help="folders of the taggers that left out fold 0, 1")
    options = parser.parse_args()
    coder = Coder()
    coder.merge.model = None
    examples = read_gold(options.shared / "gold/dev.jsonl", coder) + read_labelled(options.shared, coder, options.folds)
    penalty, threshold, figures = choose(examples)
    fitted = fit(examples, penalty)
    save(fitted, threshold)
    print(f"{len(examples)} reports, penalty {penalty}, threshold {threshold}")
    print("cross-validated:", json.dumps(figures))


def read_gold(path: Path, coder: Coder) -> list[Example]:
    """The open half of the annotated reports, as the coder reads them without the judge."""
    golds = [gold_report(row) for row in rows(path, "open")]
    return [example(coder, gold.report, gold.annotation.events, gold=True) for gold in golds]


def read_labelled(shared: Path, coder: Coder, folders: list[Path]) -> list[Example]:
    """The reports labelled by us, each with the tagger that has not seen it."""
    taggers = [TriggerTagger(folder) for folder in folders]
    examples = []
    for report, triggers in labelled_reports(shared):
        coder.steps[coder.steps.index(coder.tag)] = coder.tag = taggers[fold_of(report.id)]
        examples.append(example(coder, report, [labelled_event(kind, spans) for kind, spans in triggers], gold=False))
    return examples


def labelled_event(kind: str, spans: list[tuple[int, int]]) -> AnnotatedEvent:
    return AnnotatedEvent(type=kind, status="", start="", place_country="", actors=[], recipients=[], spans=spans)


def example(coder: Coder, report: Report, events: list[AnnotatedEvent], gold: bool) -> Example:
    """The candidates of a report, those right that pair off with an annotated event of their type."""
    draft = coder.draft(report)
    features = [judging.event_features(draft, event, draft.events) for event in draft.events]
    predicted = annotation_of_record(to_record(draft, coder.info)).events
    found = {id(event) for wanted, event, _ in pair_events(events, predicted) if wanted.type == event.type}
    return Example(features, [id(event) in found for event in predicted], len(events), gold)


def choose(examples: list[Example]) -> tuple[float, float, dict[str, object]]:
    """The penalty and threshold with the best cross-validated F1 on the annotated reports, and the figures there."""
    best: tuple[float, float, float, dict[str, object]] = (-1.0, 0.0, 0.0, {})
    for penalty in PENALTIES:
        held = [(fold, item) for fold in range(FOLDS) for item in examples[fold::FOLDS]]
        fitted = [fit([item for number, item in enumerate(examples) if number % FOLDS != fold], penalty) for fold in range(FOLDS)]
        scored = [
            (fitted[fold].probabilities(item.features), np.array(item.right), item.annotated)
            for fold, item in held
            if item.features and item.gold
        ]
        by_threshold = {threshold: _f1(scored, threshold) for threshold in THRESHOLDS}
        top = max(by_threshold.values())
        if top > best[0]:
            threshold = max(threshold for threshold, f1 in by_threshold.items() if f1 >= top - LEVEL)
            f1 = by_threshold[threshold]
            figures = {"typed f1": round(f1, 3), "without the judge": round(_f1(scored, 0), 3), "calibration": calibration(scored)}
            best = (top, penalty, threshold, figures)
    return best[1], best[2], best[3]


def _f1(scored: list[tuple[np.ndarray, np.ndarray, int]], threshold: float) -> float:
    right = sum(int(truth[p >= threshold].sum()) for p, truth, _ in scored)
    return 2 * right / (sum(int((p >= threshold).sum()) for p, _, _ in scored) + sum(annotated for _, _, annotated in scored))


def calibration(scored: list[tuple[np.ndarray, np.ndarray, int]]) -> dict[str, object]:
    """Expected calibration error over ten bins, and how often candidates of each bin were right."""
    p = np.concatenate([item[0] for item in scored])
    truth = np.concatenate([item[1] for item in scored])
    bins = np.minimum((p * 10).astype(int), 9)
    table = {
        f"{number / 10:.1f}": [int((bins == number).sum()), round(float(truth[bins == number].mean()), 3)] for number in sorted(set(bins))
    }
    error = sum(abs(p[bins == number].mean() - truth[bins == number].mean()) * (bins == number).mean() for number in set(bins))
    return {"error": round(float(error), 3), "bins (candidates, share right)": table}


def fit(examples: list[Example], penalty: float) -> Fitted:
    """Logistic regression by Newton's method; the intercept is not penalized."""
    features = [item for example in examples for item in example.features]
    truth = np.array([right for example in examples for right in example.right], dtype=float)
    counts = Counter(name for item in features for name in item)
    names = sorted(name for name, count in counts.items() if count >= RARE)
    x = matrix(features, names)
    weights = np.zeros(x.shape[1])
    ridge = np.full(x.shape[1], penalty)
    ridge[-1] = 0.0
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (p - truth) + ridge * weights
        hessian = (x * (p * (1 - p))[:, None]).T @ x + np.diag(ridge) + 1e-9 * np.eye(x.shape[1])
        step = np.linalg.solve(hessian, gradient)
        weights -= step
        if np.abs(step).max() < 1e-8:
            break
    return Fitted(names, weights)


def matrix(features: list[judging.Features], names: list[str]) -> np.ndarray:
    """Rows of features, a column a name, a last column of ones."""
    place = {name: number for number, name in enumerate(names)}
    x = np.zeros((len(features), len(names) + 1))
    x[:, -1] = 1
    for row, item in enumerate(features):
        for name, value in item.items():
            if name in place:
                x[row, place[name]] = value
    return x


def save(fitted: Fitted, threshold: float) -> None:
    weights = {name: round(float(weight), 3) for name, weight in zip(fitted.names, fitted.weights, strict=False) if abs(weight) >= 0.002}
    data = {"intercept": round(float(fitted.weights[-1]), 3), "threshold": threshold, "weights": weights}
    MODEL.parent.mkdir(exist_ok=True)
    MODEL.write_text(json.dumps(data, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
