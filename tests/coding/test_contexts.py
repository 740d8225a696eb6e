"""What an act is about, by cue words in its sentence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.coding.contexts import Contexts
from dragoman.coding.draft import Draft, DraftEvent
from dragoman.coding.what import What
from dragoman.plover import CONTEXTS

Asked = Callable[..., Draft]


def of(draft: Draft, cues: Contexts) -> list[str]:
    root = next(token for token in draft.doc if token.dep_ == "ROOT")
    return cues.of(draft, DraftEvent("CONSULT", "", root.i, [(root.i, root.i + 1)]))


@pytest.fixture
def cues() -> Contexts:
    """A table of our own: a word, two words, a hyphenated pair."""
    made = Contexts()
    made.cues = {
        "tariff": ["economic"],
        "human right": ["human_rights"],
        "counter-terrorism": ["terrorism"],
        "asylum": ["asylum", "migration"],
    }
    return made


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They discussed tariffs.", ["economic"]),  # a lemma
        ("They discussed human rights.", ["human_rights"]),  # two words, the second one's lemma
        ("They discussed counter-terrorism.", ["terrorism"]),  # joined by a hyphen
        ("They discussed asylum.", ["asylum", "migration"]),  # a cue of two contexts
        ("They discussed tariffs and a tariff.", ["economic"]),  # each once
        ("They discussed humans.", []),
    ],
)
def test_cues(asked: Asked, cues: Contexts, text: str, expected: list[str]) -> None:
    assert of(asked(text, What), cues) == expected


def test_only_the_event_s_own_sentence_is_read(asked: Asked, cues: Contexts) -> None:
    assert of(asked("They met. Tariffs rose.", What), cues) == []


def test_every_context_of_the_table_is_one_of_plover_s() -> None:
    used = {context for found in Contexts().cues.values() for context in found}
    assert used <= set(CONTEXTS)
    assert len(used) > 20
