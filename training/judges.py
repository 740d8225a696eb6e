"""Trains the small models that weigh rules and reader against each other: who acts, who is acted on (coding/parties.py), and whether
a candidate is an event worth noting (coding/judging.py). `make train` runs it behind the reader:

    python training/judges.py ../shared --folds build/fold0 build/fold1

Read are the open half of the annotated reports and the reports labelled by us. All three models must see the reader as it is on unseen
reports: each report is read by the reader that left out its fold (`reader.py --without`). The lexicon was written looking at the open
half but not at our labels, so both kinds are needed. The half that is kept aside is never read here.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from labels import FOLDS as LABEL_FOLDS
from labels import LabelledEvent, annotated_reports, fold_of, labelled_reports
from logistic import Fitted, calibration, fit, scale

from dragoman.coding import judging, parties
from dragoman.coding.coder import Coder
from dragoman.coding.draft import Draft
from dragoman.coding.parse import parsed_text
from dragoman.coding.reader import Reader
from dragoman.coding.record import to_record
from dragoman.evaluation.gold import AnnotatedEvent, annotation_of_record
from dragoman.evaluation.reports import pair_events, touch
from dragoman.model import Report

MODELS = Path(__file__).parent.parent / "src/dragoman/coding/models"
FOLDS = 5
PENALTIES = (3.0, 10.0, 30.0, 100.0)
THRESHOLDS = tuple(round(0.2 + 0.025 * step, 3) for step in range(17))
LEVEL = 0.005  # F1s as near as this are level: of such thresholds the highest is taken, as a false event costs a reader more

Labelled = tuple[str, Report, list[LabelledEvent]]  # "ours" or "open", report, events


@dataclass(frozen=True, slots=True)
class Example:
    """The candidates of one report with their features, which of them are right, and how many were to be found."""

    features: list[judging.Features]
    right: list[bool]
    wanted: int
    gold: bool  # annotated by the project's annotators, who note fewer weak acts than our labels do


def parsed_options(description: str) -> argparse.Namespace:
    """What the scripts ask for that train weights on labelled reports."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--folds", type=Path, nargs=LABEL_FOLDS, required=True, help="folders of the readers that left out fold 0, 1")
    parser.add_argument("-o", "--output", type=Path, default=MODELS)
    return parser.parse_args()


def main() -> None:
    options = parsed_options(__doc__.splitlines()[0])
    drafts = Drafts(options.shared, options.folds)
    drafts.coder.what.parties = parties.Parties((None, None))
    roles = [[], []]  # type: list[list[Example]]
    for origin, draft, events in drafts.read(until=drafts.coder.what):
        for role, example in enumerate(party_examples(draft, events, origin != "ours")):
            roles[role].append(example)
    fitted = []
    for name, examples in zip(("actors", "recipients"), roles, strict=True):
        model, threshold = chosen(name, examples)
        model.save(options.output / f"{name}.json", threshold)
        fitted.append(judging.LinearModel.read(options.output / f"{name}.json"))
    drafts.coder.what.parties = parties.Parties((fitted[0], fitted[1]))
    drafts.coder.merge.model = None
    examples = [event_example(drafts.coder, draft, events, origin != "ours") for origin, draft, events in drafts.read()]
    model, threshold = chosen("events", examples)
    model.save(options.output / "events.json", threshold)


class Drafts:
    """Reads the labelled reports, each with the reader that has not seen it. Parses are kept for the second time."""

    def __init__(self, shared: Path, folders: list[Path]) -> None:
        self.coder = Coder()
        self.readers = [Reader(folder) for folder in folders]
        ours: Iterator[Labelled] = (("ours", *item) for item in labelled_reports(shared))
        self.items = [*(item for item in annotated_reports(shared) if item[0] == "open"), *ours]
        self.docs = list(self.coder.nlp.pipe((parsed_text(report.text) for _, report, _ in self.items), batch_size=16))

    def read(self, until: Callable[[Draft], None] | None = None) -> Iterator[tuple[str, Draft, list[LabelledEvent]]]:
        """Every report's draft, made by all steps of the coder or those up to ``until``."""
        coder = self.coder
        every = coder.steps
        for (origin, report, events), doc in zip(self.items, self.docs, strict=True):
            reader = self.readers[fold_of(report.id)]
            steps = [reader if step is coder.read else step for step in every]
            coder.steps = steps[: steps.index(until) + 1] if until is not None else steps
            yield origin, coder.draft(report, doc), events
        coder.steps = every


# -- examples ------------------------------------------------------------------------------------------------------


def party_examples(draft: Draft, events: list[LabelledEvent], gold: bool) -> tuple[Example, Example]:
    """The candidates for either role of the tellings that touch a labelled event of their type."""
    examples = (Example([], [], 0, gold), Example([], [], 0, gold))
    for telling in draft.events:
        triggers = [(span.start_char, span.end_char) for span in (draft.doc[start:end] for start, end in telling.triggers)]
        event = next((event for event in events if event.type == telling.type and touch(event.triggers, triggers)), None)
        if event is None:
            continue
        found = parties.candidates(draft, telling)
        wanted = [named(draft, fillers) for fillers in (event.actors, event.recipients)]
        for item, features in zip(found, parties.party_features(draft, telling, found), strict=True):
            for role in (0, 1):
                examples[role].features.append(features[role])
                examples[role].right.append(item.actor in wanted[role])
    return examples


def named(draft: Draft, fillers: Iterable[list[tuple[int, int]]]) -> set[int]:
    """The draft's actors that are named where a role's fillers are: "Russia" within "Russia's ministry" is not the ministry."""
    found: set[int] = set()
    spans = [draft.doc.char_span(*chars, alignment_mode="expand") for places in fillers for chars in places]
    for span in spans:
        for mention in draft.mentions if span is not None else ():
            if mention.start <= span.root.i < mention.end and span.start <= mention.root < span.end:
                found.update(mention.actors)
    return found


def event_example(coder: Coder, draft: Draft, events: list[LabelledEvent], gold: bool) -> Example:
    """The candidates of a report, those right that pair off with a labelled event of their type."""
    features = [judging.event_features(draft, event, draft.events) for event in draft.events]
    predicted = annotation_of_record(to_record(draft, coder.info)).events
    annotated = [AnnotatedEvent(event.type, event.status, "", "", [], [], event.triggers) for event in events]
    found = {id(event) for wanted, event, _ in pair_events(annotated, predicted) if wanted.type == event.type}
    return Example(features, [id(event) in found for event in predicted], len(events), gold)


# -- fitting -------------------------------------------------------------------------------------------------------


def chosen(name: str, examples: list[Example]) -> tuple[Fitted, float]:
    """The model fitted on all, with the penalty and threshold of the best F1 in 5-fold cross-validation, folds by report.

    The probabilities of events are scaled to fit the cross-validated cases: what was fitted on all is surer of itself than it should be.
    """
    best = (-1.0, 0.0, 0.0, {})  # type: tuple[float, float, float, dict[str, object]]
    odds = (1.0, 0.0)
    for penalty in PENALTIES:
        held = [(fold, item) for fold in range(FOLDS) for item in examples[fold::FOLDS]]
        fitted = [fitted_on([item for number, item in enumerate(examples) if number % FOLDS != fold], penalty) for fold in range(FOLDS)]
        scored = [(fitted[fold].probabilities(item.features), np.array(item.right), item) for fold, item in held if item.features]
        by_threshold = {threshold: f1(scored, threshold) for threshold in THRESHOLDS}
        top = max(by_threshold.values())
        if top > best[0]:
            threshold = max(threshold for threshold, value in by_threshold.items() if value >= top - LEVEL)
            figures: dict[str, object] = {"f1": round(by_threshold[threshold], 3), "all taken": round(f1(scored, 0), 3)}
            for kind in (True, False):
                part = [item for item in scored if item[2].gold == kind]
                figures["annotated" if kind else "ours"] = {
                    "f1": round(f1(part, threshold), 3),
                    "calibration": calibration(np.concatenate([p for p, _, _ in part]), np.concatenate([truth for _, truth, _ in part])),
                }
            best = (top, penalty, threshold, figures)
            odds = scale(np.concatenate([p for p, _, _ in scored]), np.concatenate([truth for _, truth, _ in scored]))
    print(f"{name}: penalty {best[1]}, threshold {best[2]}, cross-validated:", json.dumps(best[3]), flush=True)
    model = fitted_on(examples, best[1])
    if name != "events":  # the thresholds of parties.py were chosen on unscaled ones
        return model, best[2]
    factor, addend = odds
    level = np.log(best[2] / (1 - best[2])) * factor + addend
    return model.scaled(factor, addend), round(float(1 / (1 + np.exp(-level))), 3)


def fitted_on(examples: list[Example], penalty: float) -> Fitted:
    features = [item for example in examples for item in example.features]
    return fit(features, [right for example in examples for right in example.right], penalty)


def f1(scored: list[tuple[np.ndarray, np.ndarray, Example]], threshold: float) -> float:
    right = sum(int(truth[p >= threshold].sum()) for p, truth, _ in scored)
    wanted = sum(item.wanted or int(truth.sum()) for _, truth, item in scored)
    return 2 * right / max(1, sum(int((p >= threshold).sum()) for p, _, _ in scored) + wanted)


if __name__ == "__main__":
    main()
