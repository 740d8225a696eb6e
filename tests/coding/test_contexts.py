"""What an act is about: cue words in its sentence, what the whole report is about, and what its type tells."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.coding.contexts import Contexts
from dragoman.coding.draft import Draft, DraftEvent
from dragoman.coding.what import What
from dragoman.model import EventType
from dragoman.plover import CONTEXTS

Asked = Callable[..., Draft]


def of(draft: Draft, cues: Contexts, kind: EventType = "AGREE", sentence: int = 0) -> list[str]:
    """The contexts of an event of this type in one of the sentences."""
    root = draft.sentences[sentence].root
    event = DraftEvent(kind, "", root.i, [(root.i, root.i + 1)])
    cues.mark(draft, [event])
    return event.contexts


@pytest.fixture
def cues() -> Contexts:
    """A table of our own: a word, two words, a hyphenated pair, a cue of two contexts."""
    made = Contexts()
    made.cues = {
        "tariff": ["economic"],
        "human right": ["human_rights"],
        "counter-terrorism": ["terrorism"],
        "asylum": ["asylum", "migration"],
        "minister": ["diplomatic"],
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


@pytest.mark.parametrize(("tariffs", "expected"), [(1, []), (3, ["economic"])])
def test_what_enough_of_the_report_is_about_every_act_is_about(asked: Asked, cues: Contexts, tariffs: int, expected: list[str]) -> None:
    text = "They met. " + "Tariffs rose. " * tariffs + "It rained. It snowed. It thawed. "
    assert of(asked(text, What), cues) == expected


@pytest.mark.parametrize(("kind", "expected"), [("CONSULT", ["diplomatic"]), ("MOBILIZE", ["military"]), ("AGREE", [])])
def test_what_follows_from_the_type(asked: Asked, cues: Contexts, kind: EventType, expected: list[str]) -> None:
    assert of(asked("They went on.", What), cues, kind) == expected


@pytest.mark.parametrize(("kind", "expected"), [("ASSAULT", []), ("ACCUSE", ["diplomatic"])])
def test_a_deed_is_not_made_diplomatic_by_a_minister(asked: Asked, cues: Contexts, kind: EventType, expected: list[str]) -> None:
    assert of(asked("They hit the minister.", What), cues, kind) == expected


def test_contexts_come_in_plover_s_order(asked: Asked, cues: Contexts) -> None:
    found = of(asked("They discussed asylum, tariffs and human rights.", What), cues)
    assert found == sorted(found, key=list(CONTEXTS).index)
    assert len(found) == 4


def test_every_context_of_the_table_is_one_of_plover_s() -> None:
    used = {context for found in Contexts().cues.values() for context in found}
    assert used <= set(CONTEXTS)
    assert len(used) > 20
