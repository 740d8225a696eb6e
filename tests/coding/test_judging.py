"""Is it an event? The linear model, what it is told of a candidate, and what it keeps."""

from __future__ import annotations

import json
import math
from collections.abc import Callable

import pytest

from dragoman.coding import judging
from dragoman.coding.draft import Draft
from dragoman.coding.judging import LinearModel, event_features, judge
from dragoman.coding.merging import Merge

Asked = Callable[..., Draft]


def features(draft: Draft, number: int = 0) -> judging.Features:
    return event_features(draft, draft.events[number], draft.events)


@pytest.mark.parametrize(("intercept", "value", "expected"), [(0.0, 0.0, 0.5), (1.0, 1.0, 1 / (1 + math.exp(-3.0))), (-30.0, 0.0, 0.0)])
def test_the_probability_is_the_logistic_of_the_weighted_sum(intercept: float, value: float, expected: float) -> None:
    model = LinearModel(intercept, {"known": 2.0}, threshold=0.5)
    assert model.probability({"known": value, "unknown": 7.0}) == pytest.approx(expected, abs=1e-9)


MARKS = {
    "type and what it is": ("Peru accused Kenya of spying.", {"type=ACCUSE", "type=ACCUSE.verb", "lemma=ACCUSE.accuse", "roles=11"}),
    "a noun": ("The shelling of Kenya by Peru went on.", {"type=ASSAULT.noun"}),
    "mode": ("Peruvian President Luis Quispe visited Kenya.", {"mode=CONSULT.visit"}),
    "two states": ("Peru accused Kenya of spying.", {"two countries", "actor=country", "recipient=country known"}),
    "one state": ("Peruvian police arrested Peruvian students.", {"same country", "actor=sector COP"}),
    "in a quotation": ("“We condemn the raid by Kenya,” Peruvian President Luis Quispe said.", {"in quotation", "in statement"}),
    "negation and auxiliaries": ("Peru did not accuse Kenya of spying.", {"neg=not", "aux=did"}),
    "a second candidate in the sentence": ("Peru praised Norway and accused Kenya of spying.", {"siblings=2"}),
}


@pytest.mark.parametrize(("text", "marks"), MARKS.values(), ids=MARKS.keys())
def test_what_is_known_of_a_candidate(asked: Asked, text: str, marks: set[str]) -> None:
    draft = asked(text, Merge)
    found = features(draft, -1)
    assert marks <= set(found)
    assert all(found[mark] == 1.0 for mark in marks)


@pytest.mark.parametrize(
    ("text", "mark"), [("Peru accused Kenya of spying.", "in quotation"), ("Peru accused Kenya of spying.", "same country")]
)
def test_what_is_not_so_is_no_mark(asked: Asked, text: str, mark: str) -> None:
    assert mark not in features(asked(text, Merge))


def test_candidates_below_the_threshold_are_dropped_and_the_others_rated(asked: Asked) -> None:
    draft = asked("Peru praised Norway and accused Kenya of spying.", Merge)
    model = LinearModel(0.0, {"type=ACCUSE": 2.0, "type=SUPPORT": -2.0}, threshold=0.5)
    kept = judge(draft, draft.events, model)
    assert [event.type for event in kept] == ["ACCUSE"]
    assert kept[0].confidence == pytest.approx(1 / (1 + math.exp(-2.0)))


def test_without_a_model_all_are_kept(asked: Asked) -> None:
    draft = asked("Peru praised Norway and accused Kenya of spying.", Merge)
    assert judge(draft, draft.events, None) == draft.events
    assert judging.load("no such model") is None


def test_the_model_of_the_package_is_whole() -> None:
    model = judging.load("events")
    assert model is not None
    assert 0 < model.threshold < 1
    assert all(math.isfinite(weight) for weight in model.weights.values())
    data = json.loads((judging.MODELS / "events.json").read_text(encoding="utf-8"))
    assert data["weights"] == model.weights
