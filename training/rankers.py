"""Trains the rankers of times and places (coding/ranking.py) on events whose start and place are labelled: `make train`.

    python training/rankers.py ../shared --folds build/fold0 build/fold1

A linear score an option, softmax over the options of an event, an L2 penalty; fitted by L-BFGS. The penalty is that of the best share
right in 5-fold cross-validation, folds by report. Read are the open half of the annotated reports and those of our labels that have
times and places; never the half that is kept aside.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from judges import FOLDS, Drafts, parsed_options
from labels import LabelledEvent
from logistic import RARE, Fitted

from dragoman.coding import ranking
from dragoman.coding.draft import Draft
from dragoman.coding.judging import Features
from dragoman.evaluation.reports import touch

PENALTIES = (2.0, 4.0)
# Weight of an event for which "not told" is right: annotators often leave out what a reader could tell. Share right where told, and where
# not (rules): times at 0.7: 0.783, 0.611 (0.729, 0.697); places at 0.7: 0.717, 0.671, at 0.35: 0.768, 0.547 (0.734, 0.577).
UNTOLD = {"dates": 0.7, "places": 0.35}


@dataclass(frozen=True, slots=True)
class Choice:
    """The options of one event, which of them is right, and which the rules chose."""

    options: list[Features]
    right: int
    ruled: int
    report: str
    told: bool


def main() -> None:
    options = parsed_options(__doc__.splitlines()[0])
    drafts = Drafts(options.shared, options.folds)
    coder = drafts.coder
    coder.rank_dates.model = coder.rank_places.model = None
    dates = [choice for _, draft, events in drafts.read(coder.date_events) for choice in choices(draft, events, "dates")]
    save(chosen("dates", dates), options.output / "dates.json")
    places = [choice for _, draft, events in drafts.read(coder.place_events) for choice in choices(draft, events, "places")]
    save(chosen("places", places), options.output / "places.json")


def choices(draft: Draft, labelled: Sequence[LabelledEvent], name: str) -> list[Choice]:
    """The choices of the events that touch a labelled one of their type, where one of the options is right."""
    found = []
    for number, event in enumerate(draft.events):
        spans = [draft.doc[start:end] for start, end in event.triggers]
        triggers = [(span.start_char, span.end_char) for span in spans]
        gold = next((item for item in labelled if item.type == event.type and touch(item.triggers, triggers)), None)
        if gold is None or (gold.start if name == "dates" else gold.country) is None or event.mode == "phone":
            continue
        if name == "dates":
            options = ranking.date_options(draft, draft.events, number)
            values, wanted, ruled = [option.first for option in options], gold.start or "", event.start
            right = values.index(wanted) if wanted in values else _finer(values, wanted)
        else:
            places = ranking.place_options(draft, draft.events, number)
            options = places  # type: ignore[assignment]
            values, wanted = [option.country for option in places], gold.country or ""
            ruled = event.place.place.country if event.place else ""
            right = values.index(wanted) if wanted in values else -1
        features = [ranking.features_of(event, option.marks) for option in options]
        found.append(Choice(features, right, values.index(ruled) if ruled in values else 0, draft.report.id, bool(wanted)))
    return found


def _finer(values: Sequence[str], wanted: str) -> int:
    """A day in the month or year that gold gives."""
    return next((number for number, value in enumerate(values) if wanted and value.startswith(wanted)), -1)


def chosen(name: str, items: list[Choice]) -> Fitted:
    """The ranker with the best penalty, fitted on all."""
    reports = sorted({item.report for item in items})
    fold = {report: number % FOLDS for number, report in enumerate(reports)}
    best = (-1.0, 0.0, "")
    for penalty in PENALTIES:
        right = {"told": [0, 0, 0], "not told": [0, 0, 0]}
        for number in range(FOLDS):
            fitted = fit([item for item in items if fold[item.report] != number], penalty, UNTOLD[name])
            for item in (item for item in items if fold[item.report] == number):
                counts = right["told" if item.told else "not told"]
                counts[0] += best_option(fitted, item) == item.right
                counts[1] += item.ruled == item.right
                counts[2] += 1
        share = (right["told"][0] + UNTOLD[name] * right["not told"][0]) / (right["told"][2] + UNTOLD[name] * right["not told"][2])
        text = "; ".join(f"{kind}: {a / n:.3f} (rules {b / n:.3f}, n {n})" for kind, (a, b, n) in right.items() if n)
        if share > best[0]:
            best = (share, penalty, text)
    print(f"{name}: penalty {best[1]}, cross-validated: {best[2]}", flush=True)
    return fit(items, best[1], UNTOLD[name])


def best_option(fitted: Fitted, item: Choice) -> int:
    weights = dict(zip(fitted.names, fitted.weights, strict=False))
    scores = [sum(weights.get(name, 0.0) * value for name, value in option.items()) for option in item.options]
    return scores.index(max(scores))


def fit(items: list[Choice], penalty: float, untold: float) -> Fitted:
    items = [item for item in items if item.right >= 0]
    counts = Counter(name for item in items for option in item.options for name in option)
    names = sorted(name for name, count in counts.items() if count >= RARE)
    place = {name: number for number, name in enumerate(names)}
    rows, columns, values = [], [], []
    starts = []
    total = 0
    for item in items:
        starts.append(total)
        for option in item.options:
            for name, value in option.items():
                if name in place:
                    rows.append(total)
                    columns.append(place[name])
                    values.append(value)
            total += 1
    x = torch.sparse_coo_tensor(torch.tensor([rows, columns]), torch.tensor(values), (total, len(names))).to_sparse_csr()
    longest = max(len(item.options) for item in items)
    index = torch.full((len(items), longest), total)
    for number, item in enumerate(items):
        index[number, : len(item.options)] = torch.arange(starts[number], starts[number] + len(item.options))
    wanted = torch.tensor([item.right for item in items])
    weight = torch.tensor([1.0 if item.told else untold for item in items])
    weights = torch.zeros(len(names), requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=100, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        scores = torch.cat([(x @ weights[:, None])[:, 0], torch.tensor([-1e9])])[index]
        loss = (torch.nn.functional.cross_entropy(scores, wanted, reduction="none") * weight).sum() + penalty * (weights**2).sum() / 2
        loss.backward()
        return loss

    optimizer.step(closure)
    return Fitted(names, torch.cat([weights.detach(), torch.zeros(1)]).numpy())


def save(fitted: Fitted, path: Path) -> None:
    fitted.save(path, 0.0)


if __name__ == "__main__":
    main()
