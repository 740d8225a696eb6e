"""Single questions: what one did to another, who somebody is, where a place lies, who is quoted."""

from __future__ import annotations

import pytest

from dragoman.coding.coder import Coder
from dragoman.model import Relation


def chars(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def between(coder: Coder, text: str, actor: str, recipient: str | None) -> Relation:
    return coder.relation(text, chars(text, actor), None if recipient is None else chars(text, recipient))


RELATIONS = {
    "plain": ("Peru accused Kenya of spying.", "Peru", "Kenya", "ACCUSE", "allege", "actual"),
    "passive": ("Kenya was accused by Peru of spying.", "Peru", "Kenya", "ACCUSE", "allege", "actual"),
    "common nouns": ("The fishermen kidnapped two guards.", "The fishermen", "two guards", "ASSAULT", "abduct", "actual"),
    "status": ("Peru will arrest Kenyan smugglers.", "Peru", "Kenyan smugglers", "COERCE", "arrest", "future"),
    "negated": ("Peru did not arrest the Kenyan smugglers.", "Peru", "the Kenyan smugglers", "COERCE", "arrest", "negated"),
    "both sides of a meeting": ("Ana Kovac met Luis Quispe in Oslo.", "Luis Quispe", "Ana Kovac", "CONSULT", "", "actual"),
    "without a recipient": (
        "Thousands of students marched through Lima in protest.",
        "Thousands of students",
        None,
        "PROTEST",
        "demo",
        "actual",
    ),
    "nothing": ("Peru lies far from Kenya.", "Peru", "Kenya", "NONE", "", "actual"),
}


@pytest.mark.parametrize(("text", "actor", "recipient", "kind", "mode", "status"), RELATIONS.values(), ids=RELATIONS.keys())
def test_relation(coder: Coder, text: str, actor: str, recipient: str | None, kind: str, mode: str, status: str) -> None:
    found = between(coder, text, actor, recipient)
    assert (found.type, found.mode, found.status) == (kind, mode, status)
    assert 0 <= found.confidence <= 1


def test_of_two_acts_the_one_that_joins_the_two_counts(coder: Coder) -> None:
    text = "Peru praised Norway and accused Kenya of spying."
    assert between(coder, text, "Peru", "Kenya").type == "ACCUSE"
    assert between(coder, text, "Peru", "Norway").type == "SUPPORT"


def test_a_span_outside_of_the_text_is_nobody_s(coder: Coder) -> None:
    assert coder.relation("Peru accused Kenya of spying.", (500, 510)).type == "NONE"


RESOLVED = {
    "nationality and office": ("the Pakistani foreign minister", "PAK", "GOV"),
    "forces": ("American warplanes", "USA", "MIL"),
    "a state by its bare name: no sector": ("France", "FRA", ""),
    "a capital": ("Moscow", "RUS", "GOV"),
    "police": ("Kenyan police", "KEN", "COP"),
}


@pytest.mark.parametrize(("words", "country", "sector"), RESOLVED.values(), ids=RESOLVED.keys())
def test_resolve(coder: Coder, words: str, country: str, sector: str) -> None:
    actor = coder.resolve(words)
    assert actor is not None
    assert (actor.country, "".join(actor.sectors[:1])) == (country, sector)


def test_resolve_reads_the_context(coder: Coder) -> None:
    context = "The Pakistani foreign minister, Shah Mahmood Qureshi, spoke first. Qureshi then left."
    actor = coder.resolve("Qureshi", context=context)
    assert actor is not None
    assert (actor.name, actor.country) == ("Shah Mahmood Qureshi", "PAK")


def test_candidates_have_scores_evidence_and_the_words_they_are_for(coder: Coder) -> None:
    found = coder.candidates("the Pakistani prime minister", date="7 April 2021")
    assert [candidate.actor.name for candidate in found] == ["Imran Khan", "the Pakistani prime minister"]
    assert found[0].score > found[1].score
    assert all(candidate.evidence for candidate in found)
    assert found[0].actor.mentions[0].text == "the Pakistani prime minister"
    assert coder.resolve("the Pakistani prime minister", date="2021-04-07") == found[0].actor


def test_a_pronoun_is_read_in_its_context(coder: Coder) -> None:
    context = "Emmanuel Macron came to Kenya. Then he left."
    (best, *_) = coder.candidates("he", context=context)
    assert (best.actor.name, best.actor.mentions[0].start) == ("Emmanuel Macron", context.index("he left"))


def test_somebody_of_whom_only_the_text_tells(coder: Coder) -> None:
    actor = coder.resolve("Kovac", context="Croatia's deputy fisheries minister Ana Kovac said so on Monday. Kovac left.")
    assert actor is not None
    assert (actor.name, actor.country, actor.sectors) == ("Ana Kovac", "HRV", ["GOV"])


@pytest.mark.parametrize("words", ["the weather", "quickly", " "])
def test_nobody_is_nobody(coder: Coder, words: str) -> None:
    assert coder.resolve(words) is None


def test_places_found(coder: Coder) -> None:
    text = "The envoy flew from Nairobi to Lima."
    found = coder.places(text)
    assert [(place.name, place.country) for place in found if place is not None] == [("Nairobi", "KEN"), ("Lima", "PER")]
    assert all(
        place is not None and place.span is not None and text[place.span.start : place.span.end] == place.span.text for place in found
    )


def test_places_given(coder: Coder) -> None:
    text = "The envoy flew from Nairobi to Xyzzyville."
    nairobi, nowhere = coder.places(text, [chars(text, "Nairobi"), chars(text, "Xyzzyville")])
    assert nairobi is not None
    assert (nairobi.country, nairobi.geonames_id) == ("KEN", 184745)
    assert nowhere is None


def test_attributions(coder: Coder) -> None:
    text = "“We are ready,” Ana Kovac told reporters."
    (found,) = coder.attributions(text)
    words = [[text[start:end] for start, end in part] for part in (found.source, found.cue, found.content)]
    assert words == [["Ana Kovac"], ["told"], ["We are ready,"]]


def test_an_attribution_without_a_source_has_none(coder: Coder) -> None:
    (found,) = coder.attributions("It was noted that the road had been closed.")
    assert found.source == []
    assert found.cue
