"""Scoring records, on annotations small enough to score by hand."""

from __future__ import annotations

import json
import random
import runpy
from pathlib import Path

import pytest

from dragoman.evaluation.gold import (
    AnnotatedActor,
    AnnotatedEvent,
    AnnotatedStatement,
    Annotation,
    annotation_of_gold,
    rows,
    spans_of,
    words,
)
from dragoman.evaluation.measures import F1, Share
from dragoman.evaluation.reports import score_annotations

SHARED = Path(__file__).parents[2].parent / "shared"


def event(kind="CONSULT", spans=((0, 5),), actors=("A",), recipients=("B",), status="actual", start="", country=""):
    return AnnotatedEvent(kind, status, start, country, list(actors), list(recipients), list(spans))


def annotation(events=(), statements=(), engagements=(), actors=None):
    known = {"A": AnnotatedActor([(0, 3)], "GBR", "GOV"), "B": AnnotatedActor([(10, 13)], "FIN", "GOV")}
    return Annotation(known if actors is None else actors, list(events), list(statements), list(engagements))


def measured(gold, predicted):
    return score_annotations(gold, predicted).measures


def test_events_pair_where_triggers_touch():
    scores = measured(annotation([event(spans=[(0, 5)])]), annotation([event(spans=[(4, 9)])]))
    assert scores["events.found"] == F1(1, 1, 1)
    beside = measured(annotation([event(spans=[(0, 5)])]), annotation([event(spans=[(5, 9)])]))
    assert beside["events.found"] == F1(0, 1, 1)


def test_the_same_type_pairs_first_and_each_event_once():
    gold = annotation([event("CONSULT", [(0, 9)]), event("AGREE", [(0, 9)])])
    predicted = annotation([event("AGREE", [(0, 9)]), event("AGREE", [(2, 4)]), event("ACCUSE", [(50, 60)])])
    scores = measured(gold, predicted)
    assert scores["events.found"] == F1(2, 2, 3)
    assert scores["events.typed"] == F1(1, 2, 3)


def test_coded_events_are_counted_by_type_and_countries():
    gold = annotation([event("ACCUSE"), event("ACCUSE"), event("CONSULT")])
    predicted = annotation(
        [
            event("ACCUSE", [(90, 99)]),  # elsewhere in the text: counts all the same
            event("ACCUSE", actors=["B"], recipients=["A"]),  # the other way round: another event
            event("CONSULT", actors=["B"], recipients=["A"]),  # symmetric: the same event
        ]
    )
    assert measured(gold, predicted)["events.coded"] == F1(2, 3, 3)


def test_status_date_place_and_parties_are_asked_of_typed_pairs():
    gold = annotation(
        [
            event(spans=[(0, 1)], start="2022-05", country="FIN"),
            event(spans=[(2, 3)], start="2022-05-11", status="future"),
            event(spans=[(4, 5)], start="2022"),
            event("AID", spans=[(6, 7)], start="2022", country="FIN"),
        ]
    )
    predicted = annotation(
        [
            event(spans=[(0, 1)], start="2022-05-11", country="FIN", actors=["B"], recipients=["A"]),
            event(spans=[(2, 3)], start="2022-05"),  # less precise than gold; status wrong
            event(spans=[(4, 5)], recipients=[]),  # no date; one party missing
            event("ACCUSE", spans=[(6, 7)], start="2022", country="FIN"),  # not of the type: not asked
        ]
    )
    scores = measured(gold, predicted)
    assert scores["status"] == Share(2, 3)
    assert scores["date"] == Share(1, 3)
    assert scores["place"] == Share(1, 1)
    assert scores["event.actors"] == Share(2, 3)


def test_statements_pair_at_half_of_their_words():
    gold = annotation(statements=[AnnotatedStatement("A", words("we will come back soon"))])
    three_of_five = annotation(statements=[AnnotatedStatement("A", words("We will come."))])
    scores = measured(gold, three_of_five)
    assert (scores["statements.found"], scores["statements.speaker"]) == (F1(1, 1, 1), Share(1, 1))
    two_of_five = annotation(statements=[AnnotatedStatement("B", words("come soon"))])
    scores = measured(gold, two_of_five)
    assert (scores["statements.found"], scores["statements.speaker"]) == (F1(0, 1, 1), Share(0, 0))


def test_a_speaker_is_right_by_a_mention_in_common():
    gold = annotation(statements=[AnnotatedStatement("A", ["yes"]), AnnotatedStatement("B", ["no"])])
    other_ids = {"X": AnnotatedActor([(1, 2)], "", ""), "Y": AnnotatedActor([(40, 50)], "", "")}
    predicted = annotation(statements=[AnnotatedStatement("X", ["yes"]), AnnotatedStatement("Y", ["no"])], actors=other_ids)
    assert measured(gold, predicted)["statements.speaker"] == Share(1, 2)


def test_actors_count_when_they_do_or_say_something():
    actors = {
        "A": AnnotatedActor([(0, 3)], "GBR", "GOV"),
        "B": AnnotatedActor([(10, 13)], "FIN", "MIL"),
        "C": AnnotatedActor([(20, 23)], "FRA", "GOV"),  # in no event and no statement
    }
    gold = annotation([event()], actors=actors)
    predicted = annotation(actors={"Z": AnnotatedActor([(2, 11)], "GBR", "GOV")})
    scores = measured(gold, predicted)
    assert scores["actors.found"] == Share(2, 2)
    assert scores["actors.country"] == Share(1, 2)
    assert scores["actors.sector"] == Share(1, 2)


def test_engagements_pair_at_half_of_the_participants():
    gold = annotation(engagements=[frozenset({"A", "B"}), frozenset({"A", "B"})])
    predicted = annotation(engagements=[frozenset({"B"}), frozenset({"Q"}), frozenset()])
    assert measured(gold, predicted)["engagements.found"] == F1(1, 2, 3)


def test_gold_strings_are_found_wherever_they_stand():
    assert spans_of("ana met anana", ["ana", ""]) == [(0, 3), (8, 11), (10, 13)]


@pytest.mark.shared
def test_the_figures_are_those_of_the_scorer_beside_the_gold():
    """On gold against itself and against copies of it spoilt at random, report by report and added up."""
    script, dev = SHARED / "score_gold.py", SHARED / "gold" / "dev.jsonl"
    if not script.exists() or not dev.exists():
        pytest.skip("needs ../shared, which is not part of the repository")
    original = runpy.run_path(str(script))
    items = rows(dev)
    for spoilt in (0.0, 0.2, 0.5):
        generator = random.Random(spoilt)
        copies = [_spoil(row, generator, spoilt) for row in items]
        wanted = original["score"](list(map(original["from_gold"], items)), list(map(original["from_gold"], copies)))
        parts = [score_annotations(annotation_of_gold(row), annotation_of_gold(copy)) for row, copy in zip(items, copies, strict=True)]
        total = sum(parts[1:], start=parts[0])
        assert total.as_json() == wanted


def _spoil(row, generator, share):
    copy = json.loads(json.dumps(row))

    def spoil():
        return generator.random() < share

    for happening in copy["events"]:
        if spoil():
            happening["type"] = generator.choice(["AGREE", "CONSULT", "ASSAULT"])
        if spoil():
            happening["status"] = "future"
        if spoil():
            happening["start"] = happening["start"][:4]
        if spoil():
            happening["actors"] = happening["actors"][1:]
        if spoil():
            happening["triggers"] = happening["triggers"][1:]
        if spoil():
            happening["place_country"] = "FRA"
    copy["events"] = [happening for happening in copy["events"] if not spoil()]
    generator.shuffle(copy["events"])
    for said in copy["statements"]:
        if spoil():
            said["content"] = said["content"][: len(said["content"]) // 2]
        if spoil():
            said["speaker"] = generator.choice(copy["actors"])["id"]
    for actor in copy["actors"]:
        if spoil():
            actor["country"], actor["sector"] = "FRA", "MIL"
        actor["mentions"] = [mention for mention in actor["mentions"] if not spoil()]
    for met in copy["engagements"]:
        if spoil():
            met["participants"], met["visitors"] = met["participants"][1:], []
    return copy
