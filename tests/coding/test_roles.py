"""Who stands where around a verb or noun: each rule of ``roles.py`` by a sentence that needs it."""

from __future__ import annotations

import pytest
from spacy.language import Language
from spacy.tokens import Doc, Token

from dragoman.coding import roles


def at(doc: Doc, word: str) -> Token:
    """The last token with this text."""
    return [token for token in doc if token.text == word][-1]


def said(token: Token | None) -> str:
    return "" if token is None else token.text


SUBJECTS = {
    "plain": ("The army attacked the town.", "attacked", "army"),
    "passive: the agent": ("The town was attacked by rebels.", "attacked", "rebels"),
    "passive without an agent: nobody": ("The town was attacked on Monday.", "attacked", ""),
    "relative clause: the noun it modifies": ("The soldiers who attacked the town have left.", "attacked", "soldiers"),
    "participle: the noun it modifies": ("Peru fought rebels holding the town.", "holding", "rebels"),
    "reduced passive: the agent": ("The troops killed by rebels were young.", "killed", "rebels"),
    "coordination: the first verb's subject": ("The minister arrived on Monday and praised the deal.", "praised", "minister"),
    "control: the subject of the verb above": ("The minister wants to visit Kenya.", "visit", "minister"),
    "control by an object": ("The court ordered the ministry to release him.", "release", "ministry"),
    "adverbial participle": ("The rebels bombed the port, killing four sailors.", "killing", "rebels"),
    "behind a preposition": ("The king ended the visit by praising his hosts.", "praising", "king"),
    "a noun's infinitive: its possessor": ("Norway's decision to withdraw its envoy surprised nobody.", "withdraw", "Norway"),
    "a finite verb goes on with the finite one": ("Kenya called on Peru to stop the raids and praised the truce.", "praised", "Kenya"),
    "coordinated passive": ("The editor was arrested and charged by police.", "charged", "police"),
}


@pytest.mark.parametrize(("text", "verb", "expected"), SUBJECTS.values(), ids=SUBJECTS.keys())
def test_subject(language: Language, text: str, verb: str, expected: str) -> None:
    assert said(roles.subject(at(language(text), verb))) == expected


OBJECTS = {
    "plain": ("The army attacked the town.", "attacked", "town"),
    "passive: the subject": ("The town was attacked by rebels.", "attacked", "town"),
    "relative clause: the noun it modifies": ("The town that the army attacked lies in ruins.", "attacked", "town"),
    "relative clause without a pronoun": ("Nobody lives in the town the army attacked.", "attacked", "town"),
    "not where the clause has a preposition of its own": ("The envoy the ministers quarrelled with has left.", "quarrelled", ""),
    "reduced passive: the noun it modifies": ("The troops killed by rebels were young.", "killed", "troops"),
    "none": ("The army attacked.", "attacked", ""),
}


@pytest.mark.parametrize(("text", "verb", "expected"), OBJECTS.values(), ids=OBJECTS.keys())
def test_direct_object(language: Language, text: str, verb: str, expected: str) -> None:
    assert said(roles.direct_object(at(language(text), verb))) == expected


COMPLEMENTS = {
    "urged Y to": ("Norway urged Iran to release the crew.", "urged", "Iran"),
    "demanded that Y": ("Norway demanded that Iran release the crew.", "demanded", "Iran"),
    "no clause: the object": ("Norway urged Iran.", "urged", "Iran"),
}


@pytest.mark.parametrize(("text", "verb", "expected"), COMPLEMENTS.values(), ids=COMPLEMENTS.keys())
def test_complement_subject(language: Language, text: str, verb: str, expected: str) -> None:
    assert said(roles.complement_subject(at(language(text), verb))) == expected


BEHIND = {
    "on the head": ("The king met with the envoy.", "met", "with", ["envoy"]),
    "by an agent": ("The town was attacked by rebels.", "attacked", "by", ["rebels"]),
    "chained": ("The troops pulled out of Syria.", "pulled", "of", ["Syria"]),
    "along with": ("Kenya trained along with Peru.", "trained", "with", ["Peru"]),
    "another preposition": ("The king met with the envoy.", "met", "against", []),
}


@pytest.mark.parametrize(("text", "word", "preposition", "expected"), BEHIND.values(), ids=BEHIND.keys())
def test_behind(language: Language, text: str, word: str, preposition: str, expected: list[str]) -> None:
    assert [noun.text for noun in roles.behind(preposition, [at(language(text), word)])] == expected


LIGHT = {
    "object": ("Rebels launched an attack on the port.", "attack", "launched"),
    "passive subject": ("An attack was launched on the port.", "attack", "launched"),
    "carry out, by the particle": ("Rebels carried out an attack on the port.", "attack", "carried"),
    "coordinated": ("The ministers held talks and a meeting.", "meeting", "held"),
    "relative clause": ("The attack launched by rebels failed.", "attack", "launched"),
    "behind a preposition": ("Kenya took part and engaged in talks.", "talks", "engaged"),
    "no light verb": ("Rebels feared an attack.", "attack", ""),
}


@pytest.mark.parametrize(("text", "noun", "expected"), LIGHT.values(), ids=LIGHT.keys())
def test_light_verb(language: Language, text: str, noun: str, expected: str) -> None:
    assert said(roles.light_verb(at(language(text), noun))) == expected


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("The town was attacked.", "attacked", True),
        ("The army attacked the town.", "attacked", False),
        ("The troops killed by rebels were young.", "killed", True),
        ("The editor was arrested and charged by police.", "charged", True),
        ("The army has attacked the town.", "attacked", False),
    ],
)
def test_is_passive(language: Language, text: str, verb: str, expected: bool) -> None:
    assert roles.is_passive(at(language(text), verb)) is expected


def test_a_finite_verb_continues_no_infinitive(language: Language) -> None:
    doc = language("Kenya called on Peru to stop the raids and praised the truce.")
    assert roles.conjunct_of(at(doc, "praised")).text == "called"


def test_possessor(language: Language) -> None:
    doc = language("Norway's envoy left.")
    assert said(roles.possessor(at(doc, "envoy"))) == "Norway"
