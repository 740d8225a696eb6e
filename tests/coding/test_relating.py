"""Relations: what a marked actor did to a marked recipient."""

from __future__ import annotations

import pytest

from dragoman.coding.coder import Coder
from dragoman.coding.relating import RELATIONS, ROOM, marked_words
from dragoman.plover import TYPES

ASKED = {
    "CONSULT": "Peru's president met Kenya's foreign minister in Lima on Tuesday.",
    "ACCUSE": "Peru accused Kenya of arming the rebels.",
    "ASSAULT": "Peruvian warplanes bombed Kenya on Tuesday, killing nine people.",
    "AID": "Peru delivered 200 tonnes of wheat to Kenya after the flood.",
    "SANCTION": "Peru cut diplomatic ties with Kenya.",
    "REJECT": "Peru rejected a demand by Kenya.",
}


def chars(text: str, words: str) -> tuple[int, int]:
    return text.index(words), text.index(words) + len(words)


@pytest.mark.parametrize(("kind", "text"), ASKED.items())
def test_the_type_of_a_relation(coder: Coder, kind: str, text: str) -> None:
    answer = coder.relation(text, chars(text, "Peru"), chars(text, "Kenya"))
    assert answer.type == kind
    assert answer.confidence == pytest.approx(answer.probabilities[answer.type], abs=1e-3)


def test_probabilities_are_of_every_type_and_add_up(coder: Coder) -> None:
    text = ASKED["ACCUSE"]
    answer = coder.relation(text, chars(text, "Peru"), chars(text, "Kenya"))
    assert set(answer.probabilities) == {"NONE", *TYPES}
    assert sum(answer.probabilities.values()) == pytest.approx(1, abs=0.01)


def test_an_actor_alone(coder: Coder) -> None:
    text = "Thousands of teachers marched through Lima on Monday, demanding higher pay."
    answer = coder.relation(text, chars(text, "Thousands of teachers"))
    assert (answer.type, answer.mode) == ("PROTEST", "demo")


def test_who_only_shares_the_sentence_has_no_relation(coder: Coder) -> None:
    text = "Peru accused Kenya of arming the rebels, a diplomat in Norway told Reuters."
    assert coder.relation(text, chars(text, "Norway"), chars(text, "Reuters")).type == "NONE"


def test_the_future_is_told(coder: Coder) -> None:
    text = "Peru will deport 40 Kenyan smugglers next week."
    assert coder.relation(text, chars(text, "Peru"), chars(text, "40 Kenyan smugglers")).status == "future"


def test_many_at_once_answer_as_one_by_one_and_in_order(coder: Coder) -> None:
    asked = [(text, chars(text, "Peru"), chars(text, "Kenya")) for text in ASKED.values()]
    together = coder.relations([*asked, ("Peru", (50, 60), None)])
    assert [answer.type for answer in together[:-1]] == [coder.relation(*one).type for one in asked]
    assert together[-1].type == "NONE"
    assert coder.relations([]) == []


def test_marks_stand_around_the_parties_and_are_kept_in_a_long_sentence() -> None:
    def pieces(word: str) -> list[int]:
        return {"*": [1], "#": [2]}.get(word, [9])

    words = ["word"] * 500
    ids, source, target = marked_words(words, (400, 402), (410, 411), pieces)
    assert len(ids) == ROOM
    assert (ids[source], ids[target or 0]) == (1, 2)
    assert ids.count(1) == ids.count(2) == 2
    ids, source, none = marked_words(["a", "b"], (0, 1), None, pieces)
    assert (ids, source, none) == ([1, 9, 1, 9], 0, None)
    assert RELATIONS[0] == "NONE"
