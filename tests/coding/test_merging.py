"""One happening, one event: which tellings are joined, and what a joined event keeps."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest

from dragoman.coding.draft import Draft, DraftEvent
from dragoman.coding.judging import LinearModel
from dragoman.coding.merging import LOOK_BACK, Merge, same_act
from dragoman.coding.what import What
from dragoman.model import EventType

Asked = Callable[..., Draft]
KEEP_ALL = LinearModel(intercept=0.0, weights={}, threshold=0.0)
PERU, KENYA, NORWAY = "Peru", "Kenya", "Norway"


def event(draft: Draft, word: str, kind: EventType, actors: str, recipients: str = "", mode: str = "") -> DraftEvent:
    """An event told by a word, where it stands last, between the states that are named."""
    token = [token for token in draft.doc if token.text == word][-1]
    by_name = {actor.name: number for number, actor in enumerate(draft.actors)}
    act, undergo = ([by_name[name] for name in names.split()] for names in (actors, recipients))
    return DraftEvent(kind, mode, token.i, [(token.i, token.i + 1)], act, undergo)


Told = tuple[str, EventType, str, str]
CASES: dict[str, tuple[str, Told, Told, bool]] = {
    "noun and verb of one act": (
        "The shelling killed ten in Kenya, Peru said.",
        ("shelling", "ASSAULT", "Peru", ""),
        ("killed", "ASSAULT", "", "Kenya"),
        True,
    ),
    "one word again, the same parties": (
        "Peru shelled Kenya. Peru shelled Kenya at dawn.",
        ("shelled", "ASSAULT", "Peru", "Kenya"),
        ("shelled", "ASSAULT", "Peru", "Kenya"),
        True,
    ),
    "a participle that hangs on the verb": (
        "Peru bombed Kenya, killing ten.",
        ("bombed", "ASSAULT", "Peru", "Kenya"),
        ("killing", "ASSAULT", "Peru", ""),
        True,
    ),
    "coordinated verbs are two acts": (
        "Peru bombed and invaded Kenya.",
        ("bombed", "ASSAULT", "Peru", "Kenya"),
        ("invaded", "ASSAULT", "Peru", "Kenya"),
        False,
    ),
    "a meeting in other words": (
        "Peru met Kenya. The talks with Kenya pleased Peru.",
        ("met", "CONSULT", "Peru Kenya", ""),
        ("talks", "CONSULT", "Peru Kenya", ""),
        True,
    ),
    "a meeting with somebody else too": (
        "Peru met Kenya. The talks with Norway pleased Peru.",
        ("met", "CONSULT", "Peru Kenya", ""),
        ("talks", "CONSULT", "Peru Norway", ""),
        False,
    ),
    "other words for an act of force": (
        "Peru bombed Kenya. Peru invaded Kenya.",
        ("bombed", "ASSAULT", "Peru", "Kenya"),
        ("invaded", "ASSAULT", "Peru", "Kenya"),
        False,
    ),
    "two types": (
        "Peru praised Kenya. Peru met Kenya.",
        ("praised", "SUPPORT", "Peru", "Kenya"),
        ("met", "CONSULT", "Peru", "Kenya"),
        False,
    ),
}


@pytest.mark.parametrize(("text", "one", "two", "expected"), CASES.values(), ids=CASES.keys())
def test_same_act(asked: Asked, text: str, one: Told, two: Told, expected: bool) -> None:
    draft = asked(text, What)
    first, second = event(draft, *one), event(draft, *two)
    if one[0] == two[0]:
        first.root = next(token.i for token in draft.doc if token.text == one[0])
    assert same_act(draft, first, second) is expected


@pytest.fixture
def meetings(asked: Asked) -> tuple[Draft, DraftEvent, DraftEvent]:
    """A meeting told twice, so that the two are one act."""
    draft = asked("Peru met Kenya. The talks with Kenya pleased Peru.", What)
    return draft, event(draft, "met", "CONSULT", "Peru Kenya"), event(draft, "talks", "CONSULT", "Peru Kenya")


@pytest.mark.parametrize(
    ("name", "one", "two"),
    [
        ("mode", "phone", "visit"),
        ("status", "actual", "future"),
        ("start", "2021-04-06", "2021-04-08"),
        ("start", "2021-04", "2021-05-01"),
    ],
)
def test_what_contradicts_keeps_two_acts_apart(meetings: tuple[Draft, DraftEvent, DraftEvent], name: str, one: str, two: str) -> None:
    draft, first, second = meetings
    assert same_act(draft, first, second)
    setattr(first, name, one)
    setattr(second, name, two)
    assert not same_act(draft, first, second)


def test_a_day_within_a_month_is_no_contradiction(meetings: tuple[Draft, DraftEvent, DraftEvent]) -> None:
    draft, first, second = meetings
    first.start, second.start = "2021-04", "2021-04-06"
    assert same_act(draft, first, second)


def test_visits_to_two_countries_are_two(asked: Asked) -> None:
    draft = asked("Peru visited Kenya. Peru toured Norway.", What)
    first = event(draft, "visited", "CONSULT", "Peru", "Kenya", "visit")
    second = event(draft, "toured", "CONSULT", "Peru", "Norway", "visit")
    first.actors, second.actors = [*first.actors, *second.recipients], [*second.actors, *first.recipients]
    assert {*first.actors, *first.recipients} == {*second.actors, *second.recipients}
    assert not same_act(draft, first, second)


def test_a_joined_event_keeps_what_each_telling_tells(meetings: tuple[Draft, DraftEvent, DraftEvent]) -> None:
    draft, first, second = meetings
    first.statement, first.contexts = 0, ["economic"]
    second.mode, second.start, second.end, second.when, second.contexts = "phone", "2021-04-06", "2021-04-06", (0, 1), ["health"]
    draft.events = [first, second]
    Merge(KEEP_ALL)(draft)
    (joined,) = draft.events
    assert [draft.doc[start:end].text for start, end in joined.triggers] == ["met", "talks"]
    assert (joined.mode, joined.start, joined.when, joined.contexts) == ("phone", "2021-04-06", (0, 1), ["economic", "health"])
    assert joined.statement is None  # told by the report itself too
    assert len(joined.actors) == len(set(joined.actors)) == 2


def test_what_was_told_long_before_is_not_looked_for(meetings: tuple[Draft, DraftEvent, DraftEvent]) -> None:
    draft, first, second = meetings
    between = [event(draft, "pleased", "SUPPORT", "Peru", "Kenya") for _ in range(LOOK_BACK)]
    for number, other in enumerate(between):  # each of a day of its own
        other.start = (datetime.date(2020, 1, 1) + datetime.timedelta(number)).isoformat()
    draft.events = [first, *between, second]
    Merge(KEEP_ALL)(draft)
    assert [joined.type for joined in draft.events] == ["CONSULT", *["SUPPORT"] * LOOK_BACK, "CONSULT"]


def test_the_model_decides_what_is_an_event(meetings: tuple[Draft, DraftEvent, DraftEvent]) -> None:
    draft, first, _ = meetings
    draft.events = [first]
    Merge(LinearModel(intercept=-5.0, weights={}, threshold=0.5))(draft)
    assert not draft.events
