"""Who acts and who is acted on, where rules and reader disagree."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from dragoman.coding.draft import Draft
from dragoman.coding.judging import LinearModel
from dragoman.coding.parties import Parties, candidates, party_features
from dragoman.coding.reader import Reading
from dragoman.coding.whether import Whether

Asked = Callable[..., Draft]
TEXT = "Peru praised Norway, and Kenya looked on."


class Says(Reading):
    """A reading that holds given words for actor or recipient."""

    said: dict[str, tuple[float, float]]

    def arguments(self, anchor: int, task: str):  # type: ignore[no-untyped-def, override]
        chances = np.array([self.said.get(word, (0.0, 0.0)) for word in TEXT.replace(",", " ,").replace(".", " .").split()])
        return np.arange(len(chances)), chances


@pytest.fixture
def draft(asked: Asked) -> Draft:
    made = asked(TEXT, Whether)
    empty = Reading.empty(len(made.doc), {})
    made.reading = Says(*(getattr(empty, name) for name in ("events", "status", "modes", "contexts", "cues", "bias")))
    made.reading.said = {"Peru": (0.9, 0.0), "Norway": (0.1, 0.2), "Kenya": (0.0, 0.8)}
    return made


def names(draft: Draft, actors: list[int]) -> list[str]:
    return [draft.actors[actor].name for actor in actors]


def test_candidates_are_those_of_the_rules_and_those_the_reader_sees(draft: Draft) -> None:
    found = candidates(draft, draft.events[0])
    assert {draft.actors[item.actor].name: item.read for item in found} == {"Peru": [0.9, 0.0], "Norway": [0.1, 0.2], "Kenya": [0.0, 0.8]}


def test_features_tell_what_rules_and_reader_say(draft: Draft) -> None:
    event = draft.events[0]
    found = candidates(draft, event)
    rows = {draft.actors[item.actor].name: both for item, both in zip(found, party_features(draft, event, found), strict=True)}
    assert rows["Peru"][0]["ruled=11"] == 1.0
    assert rows["Norway"][1]["ruled=11"] == 1.0
    assert rows["Kenya"][1]["best"] == 1.0
    assert rows["Kenya"][1]["read"] > 0 > rows["Kenya"][0]["read"]


def test_a_model_that_believes_the_reader_chooses_as_it_does(draft: Draft) -> None:
    reader = LinearModel(0.0, {"read": 1.0}, 0.5)
    Parties((reader, reader))(draft, draft.events)
    assert names(draft, draft.events[0].actors) == ["Peru"]
    assert names(draft, draft.events[0].recipients) == ["Kenya"]


def test_a_model_that_believes_the_rules_leaves_the_parties(draft: Draft) -> None:
    rules = LinearModel(-1.0, {"ruled=11": 2.0}, 0.5)
    Parties((rules, rules))(draft, draft.events)
    assert (names(draft, draft.events[0].actors), names(draft, draft.events[0].recipients)) == (["Peru"], ["Norway"])


def test_without_a_reading_nothing_changes(asked: Asked) -> None:
    draft = asked(TEXT, Whether)
    Parties()(draft, draft.events)
    assert names(draft, draft.events[0].recipients) == ["Norway"]
