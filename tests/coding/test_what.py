"""What: events and who acts on whom, before they are merged and judged; a sentence for each rule of ``what.py``."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.coding.draft import Draft, DraftEvent
from dragoman.coding.merging import Merge
from dragoman.coding.what import LONGEST_TRIGGER, _Finder, _needs_met

Asked = Callable[..., Draft]


def told(draft: Draft, event: DraftEvent) -> tuple[str, str, str]:
    """Type with mode, the countries of those who act and of those acted on."""
    actors, recipients = (" ".join(draft.actors[actor].country or "?" for actor in role) for role in (event.actors, event.recipients))
    return f"{event.type} {event.mode}".strip(), actors, recipients


CASES: dict[str, tuple[str, list[tuple[str, str, str]]]] = {
    "subject and object": ("Peruvian police arrested three Kenyan sailors.", [("COERCE arrest", "PER", "KEN")]),
    "passive": ("Kenya was accused by Peru of spying.", [("ACCUSE allege", "PER", "KEN")]),
    "noun with its possessor": ("The shelling of Kenya by Peru went on.", [("ASSAULT heavy-weapons", "PER", "KEN")]),
    "noun with an adjective": ("The Peruvian shelling of Kenya went on.", [("ASSAULT heavy-weapons", "PER", "KEN")]),
    "light verb": ("The Peruvian army launched an attack on Kenyan rebels.", [("ASSAULT", "PER", "KEN")]),
    "passive light verb": ("Sanctions were imposed on Kenya by Peru.", [("SANCTION", "PER", "KEN")]),
    "adjective": ("Peru is angry with Kenya.", [("ACCUSE disapprove", "PER", "KEN")]),
    "what is promised is no event beside the promise": ("Peru agreed to send troops to Kenya.", [("AGREE", "PER", "KEN")]),
    "what is asked for is none": ("Peru urged Kenya to withdraw its troops.", [("REQUEST yield", "PER", "KEN")]),
    "what is threatened is none": ("Peru threatened to bomb Kenya.", [("THREATEN violence", "PER", "KEN")]),
    "what is refused is none": ("Peru refused to release the Kenyan sailors.", [("REJECT yield", "PER", "KEN")]),
    "a finite verb behind a request is a second event": (
        "Peru urged Kenya to stop the raids and praised Norway.",
        [("REQUEST yield", "PER", "KEN"), ("SUPPORT", "PER", "NOR")],
    ),
    "dozens of X are X": ("Dozens of Kenyan soldiers attacked the Peruvian base.", [("ASSAULT", "KEN", "PER")]),
    "whose thing it is": ("Kenyan rebels attacked Peru's positions.", [("ASSAULT", "KEN", "PER")]),
    "all sides of a meeting act": (
        "Peruvian President Luis Quispe met Kenyan Foreign Minister Grace Okafor in Lima.",
        [("CONSULT", "PER KEN", "")],
    ),
    "with whom talks are held": (
        "Peruvian President Luis Quispe held talks with Kenyan Foreign Minister Grace Okafor.",
        [("CONSULT", "PER KEN", "")],
    ),
    "the hosts of a visit are its recipients": ("Peruvian President Luis Quispe visited Kenya.", [("CONSULT visit", "PER", "KEN")]),
    "joint subjects": ("Peru and Kenya signed a trade agreement.", [("SUPPORT", "PER KEN", "")]),
    "we are the speaker": ("“We condemn the raid by Kenya,” Peruvian President Luis Quispe said.", [("ACCUSE disapprove", "PER", "KEN")]),
    "a state is not acted on by its own president": (
        "Luis Quispe, the Peruvian president, reaffirmed Peru's commitment to Kenya.",
        [("SUPPORT", "PER", "KEN")],
    ),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_events(asked: Asked, text: str, expected: list[tuple[str, str, str]]) -> None:
    draft = asked(text, Merge)
    assert [told(draft, event) for event in draft.events] == expected


@pytest.mark.parametrize(
    ("needs", "actors", "recipients", "joint", "met"),
    [
        ("both", [1], [2], False, True),
        ("both", [1], [], False, False),
        ("both", [], [2], False, False),
        ("both", [1, 2], [], True, True),
        ("both", [1, 2], [], False, False),
        ("actor", [1], [], False, True),
        ("actor", [], [2], False, False),
        ("recipient", [], [2], False, True),
        ("recipient", [1], [], False, False),
        ("none", [], [], False, True),
        ("", [1], [], False, True),
        ("", [], [], False, False),
    ],
)
def test_needs(needs: str, actors: list[int], recipients: list[int], joint: bool, met: bool) -> None:
    assert _needs_met(needs, actors, recipients, joint) is met


def test_a_noun_that_completes_a_pattern_is_no_event_of_its_own(asked: Asked) -> None:
    draft = asked("Peru imposed sanctions on Kenya.", Merge)
    assert [draft.doc[start:end].text for event in draft.events for start, end in event.triggers] == ["imposed sanctions"]


def test_an_act_belongs_to_the_inner_of_nested_statements(asked: Asked) -> None:
    draft = asked("Luis Quispe said that Grace Okafor had told reporters that Kenya would bomb Peru.", Merge)
    finder = _Finder(draft, None)  # type: ignore[arg-type]
    bomb = next(token for token in draft.doc if token.text == "bomb")
    number = finder._statement_at(bomb)
    assert number is not None
    inner = max(draft.statements, key=lambda item: item.content_chars[0][0])
    assert draft.statements[number].content_chars == inner.content_chars
    assert finder._statement_at(draft.doc[0]) is None


def test_a_trigger_does_not_reach_over_half_a_sentence(read: Asked) -> None:
    text = "Peru imposed, after weeks of talks that led nowhere and in spite of many warnings from its friends abroad, sanctions on Kenya."
    for event in read(text).events:
        assert all(end - start <= 2 * LONGEST_TRIGGER for start, end in event.triggers)


def test_nothing_is_read_before_the_body(asked: Asked) -> None:
    assert not asked("KENYA: The rain went on.", Merge).events
