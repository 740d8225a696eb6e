"""The report that Dragoman was designed around: Lavrov in Islamabad, April 2021, against its annotation by hand.

The report and its annotation lie beside the repository and are not part of it (marker ``shared``). The thresholds leave
room for what two careful readers would code differently, and for no more.
"""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

import pytest

from dragoman.coding.coder import Coder
from dragoman.evaluation.gold import annotation_of_gold, annotation_of_record, words
from dragoman.evaluation.measures import Share
from dragoman.evaluation.reports import link_actors, pair_events, score_annotations
from dragoman.model import Engagement, Event, Record, Report

SEED = Path(__file__).parents[3] / "shared" / "seed"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SEED.is_dir(), reason="the report lies beside the repository, not in it"),
]
SMALL = frozenset({"the", "a", "an", "of", "in", "and", "on", "for", "to", "its", "their"})


@functools.cache
def gold() -> dict[str, Any]:
    """The annotation by hand, with the report's text."""
    row: dict[str, Any] = json.loads((SEED / "islamabad-2021-04-07.gold.json").read_text(encoding="utf-8"))
    return {**row, "text": text()}


@functools.cache
def text() -> str:
    return (SEED / "islamabad-2021-04-07.txt").read_text(encoding="utf-8")


@functools.cache
def record() -> Record:
    return Coder().code(Report(id="islamabad-2021-04-07", text=text(), published="2021-04-07"))


def named(*names: str) -> set[str]:
    """Ids of the actors that one of the names mentions."""
    return {actor.id for actor in record().actors if any(name in span.text for span in actor.mentions for name in names)}


def told_by(trigger: str) -> list[Event]:
    """Events with a trigger in these words of the report."""
    start = text().index(trigger)
    return [event for event in record().events if any(span.start < start + len(trigger) and start < span.end for span in event.triggers)]


def visit() -> Engagement:
    """The one engagement with both foreign ministers in it."""
    lavrov, qureshi = named("Lavrov"), named("Qureshi")
    found = [one for one in record().engagements if lavrov & set(one.participants) and qureshi & set(one.participants)]
    assert len(found) == 1, [one.model_dump(exclude={"agenda"}) for one in record().engagements]
    return found[0]


def test_statements_have_the_right_speaker() -> None:
    scores = score_annotations(annotation_of_gold(gold()), annotation_of_record(record()))
    speaker = scores.measures["statements.speaker"]
    assert isinstance(speaker, Share)
    assert speaker.right >= 13


def right_events() -> list[str]:
    """The first triggers of gold's events that are coded with their type, status and all their actors."""
    wanted, got = annotation_of_gold(gold()), annotation_of_record(record())
    links = link_actors(wanted, got)
    return [
        gold()["events"][wanted.events.index(event)]["triggers"][0]
        for event, coded, _ in pair_events(wanted.events, got.events)
        if event.type == coded.type
        and event.status == coded.status
        and all(links[name] & {*coded.actors, *coded.recipients} for name in (*event.actors, *event.recipients))
    ]


def test_events_have_type_status_and_parties() -> None:
    found = right_events()
    assert len(found) >= 6, found


@pytest.mark.parametrize(
    "trigger",
    [
        "held wide-ranging talks",
        "agreed on the need",
        "will also call on",
        "expected to meet",
        "concluding his visit",
    ],
)
def test_what_must_not_be_missed(trigger: str) -> None:
    assert [found for found in right_events() if trigger in found]


def test_the_arrival_is_on_the_day_before() -> None:
    assert "2021-04-06" in [event.start for event in told_by("arrived here on Tuesday")]


def test_it_happened_in_islamabad() -> None:
    place = visit().place
    assert place is not None
    assert (place.name, place.country) == ("Islamabad", "PAK")
    assert place.latitude == pytest.approx(33.7, abs=0.2)
    assert place.longitude == pytest.approx(73.1, abs=0.2)


def test_one_visit_with_its_visitor_and_host() -> None:
    assert visit().kind == "visit"
    assert visit().status == "actual"
    assert set(visit().visitors) == named("Lavrov")
    assert named("Qureshi") & set(visit().hosts)
    assert set(visit().participants) == named("Lavrov", "Qureshi")
    assert visit().start == "2021-04-06"


def test_agenda() -> None:
    coded = [topic_words(span.text) for span in visit().agenda]
    points: list[str] = gold()["engagements"][0]["agenda"]
    found = [point for point in points if any(alike(topic_words(point), topic) for topic in coded)]
    assert len(found) >= 8, [span.text for span in visit().agenda]
    assert len(coded) <= 2 * len(points)


def topic_words(topic: str) -> frozenset[str]:
    return frozenset(words(topic)) - SMALL


def alike(one: frozenset[str], two: frozenset[str]) -> bool:
    """At least half of the words in common."""
    return 2 * len(one & two) >= len(one | two) > 0


@pytest.mark.parametrize("host", ["Imran Khan", "Qamar Javed Bajwa"])
def test_meetings_to_come_belong_to_the_visit(host: str) -> None:
    planned = [event for event in record().events if event.id in visit().planned]
    assert any(
        named(host) & {*event.actors, *event.recipients} and event.status == "future" and event.type == "CONSULT" for event in planned
    )


def test_the_agreement_is_an_outcome() -> None:
    assert {event.id for event in told_by("agreed on the need")} & set(visit().outcomes)


def test_precedent() -> None:
    precedent = visit().precedent
    assert precedent is not None
    assert precedent.text == gold()["engagements"][0]["precedent"]


def test_the_visit_to_india_is_another() -> None:
    india = named("India")
    others = [one for one in record().engagements if one is not visit() and india & {*one.hosts, *one.participants}]
    assert [set(one.visitors) for one in others] == [named("Lavrov")]
    assert not india & {*visit().hosts, *visit().participants}


def test_a_misspelt_name_is_the_same_man() -> None:
    assert named("Lavorv") == named("Lavrov")


@pytest.mark.parametrize(("capital", "country"), [("Islamabad", "PAK"), ("Moscow", "RUS")])
def test_capitals_stand_for_states(capital: str, country: str) -> None:
    tweet = text().index("commitment of Islamabad and Moscow")
    start = text().index(capital, tweet)
    states = {
        actor.country
        for actor in record().actors
        if actor.kind == "country" and any(span.start <= start < span.end for span in actor.mentions)
    }
    assert states == {country}
