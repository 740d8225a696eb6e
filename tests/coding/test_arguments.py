"""Roles that a sentence leaves empty, filled from around it: each rule of ``arguments.py`` on an event without roles."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.coding.arguments import complete, in_place
from dragoman.coding.draft import Draft, DraftEvent
from dragoman.coding.what import What
from dragoman.model import EventType

Asked = Callable[..., Draft]


def event_at(draft: Draft, word: str, kind: EventType, mode: str = "") -> DraftEvent:
    """An event told by a word, with nobody in its roles; in the statement that the word stands in, if in any."""
    token = next(token for token in draft.doc if token.text == word)
    inside = (n for n, said in enumerate(draft.statements) for start, end in said.content_chars if start <= token.idx < end)
    return DraftEvent(kind, mode, token.i, [(token.i, token.i + 1)], statement=next(inside, None))


def countries(draft: Draft, actors: list[int]) -> str:
    return " ".join(draft.actors[actor].country for actor in actors)


CASES: dict[str, tuple[str, str, EventType, str, str, str]] = {
    "a verbal act in a statement is its speaker's": (
        "Peruvian President Luis Quispe said the blame for the fire lay with Kenya.",
        "blame",
        "ACCUSE",
        "",
        "PER",
        "KEN",
    ),
    "the subject of the clause above": ("Peru sent its navy out to shell the Kenyan coast.", "shell", "ASSAULT", "", "PER", "KEN"),
    "the actor named nearest, in the sentence before": (
        "Peruvian soldiers stood at the bridge. Then came shelling.",
        "shelling",
        "ASSAULT",
        "",
        "PER",
        "",
    ),
    "what the trigger governs": ("Peru voiced its anger at the long silence of Kenya.", "anger", "ACCUSE", "", "PER", "KEN"),
    "the other side of a joint act": (
        "Peru began a joint drill off the coast with the Kenyan navy.",
        "drill",
        "COOPERATE",
        "",
        "PER KEN",
        "",
    ),
    "no recipient where none is expected": ("Peru mobilized near the Kenyan fleet.", "mobilized", "MOBILIZE", "", "PER", ""),
}


@pytest.mark.parametrize(("text", "word", "kind", "mode", "actors", "recipients"), CASES.values(), ids=CASES.keys())
def test_an_empty_role(asked: Asked, text: str, word: str, kind: EventType, mode: str, actors: str, recipients: str) -> None:
    draft = asked(text, What)
    event = event_at(draft, word, kind, mode)
    complete(draft, [event])
    assert (countries(draft, event.actors), countries(draft, event.recipients)) == (actors, recipients)


def test_a_role_that_is_filled_stays(asked: Asked) -> None:
    draft = asked("Peru praised Kenya and Norway.", What)
    event = event_at(draft, "praised", "SUPPORT")
    event.actors, event.recipients = [0], [2]
    complete(draft, [event])
    assert (event.actors, event.recipients) == ([0], [2])


def test_the_same_act_is_done_by_who_did_it_before(asked: Asked) -> None:
    draft = asked("Peru shelled a port of Kenya. The rain fell. It was a long night and nobody slept. The shelling went on.", What)
    first, second = event_at(draft, "shelled", "ASSAULT"), event_at(draft, "shelling", "ASSAULT")
    first.actors = draft.actors_at(draft.doc[0])
    complete(draft, [first, second])
    assert countries(draft, second.actors) == "PER"


def test_the_recipient_of_an_act_just_before_is_taken_over(asked: Asked) -> None:
    draft = asked("Peru accused Kenya of spying. It was angry. It threatened war.", What)
    peru, kenya = draft.actors_at(draft.doc[0]), draft.actors_at(draft.doc[2])
    first, second = event_at(draft, "accused", "ACCUSE"), event_at(draft, "threatened", "THREATEN")
    first.actors, first.recipients, second.actors = peru, kenya, list(peru)
    complete(draft, [first, second])
    assert second.recipients == kenya


def test_the_hosts_of_a_visit(asked: Asked) -> None:
    draft = asked("Peruvian President Luis Quispe began a visit to Kenya.", What)
    event = event_at(draft, "visit", "CONSULT", "visit")
    event.actors = draft.actors_at(draft.doc[3])
    complete(draft, [event])
    assert countries(draft, event.recipients) == "KEN"


def test_who_tells_of_a_deed_has_not_done_it(asked: Asked) -> None:
    draft = asked("Luis Quispe said there was shelling.", What)
    event = event_at(draft, "shelling", "ASSAULT")
    assert event.statement is not None
    complete(draft, [event])
    assert not event.actors


def test_nobody_is_looked_for_far_away(asked: Asked) -> None:
    draft = asked("Peru kept silent. The rain fell. It was a long night and nobody slept. Shelling was heard.", What)
    event = event_at(draft, "Shelling", "ASSAULT")
    complete(draft, [event])
    assert not event.actors


@pytest.mark.parametrize(("text", "expected"), [("Soldiers fought in Kenya.", True), ("Soldiers fought with Kenya.", False)])
def test_in_place(asked: Asked, text: str, expected: bool) -> None:
    draft = asked(text, What)
    assert in_place(next(token for token in draft.doc if token.text == "Kenya")) is expected
