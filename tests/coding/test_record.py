"""From draft to record: which actors and mentions are kept, ids, names, spans, and the schema's promise."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from dragoman.coding.coder import Coder
from dragoman.coding.record import text_hash
from dragoman.model import Actor, Record, Report

Coded = Callable[..., Record]


def actor(record: Record, word: str) -> Actor:
    return next(actor for actor in record.actors if any(word in mention.text for mention in actor.mentions) or word in actor.name)


def test_ids_go_in_the_order_of_the_text(coded: Coded) -> None:
    record = coded("Ana Kovac met Luis Quispe in Oslo. Grace Okafor met Omar Haddad in Lima.")
    starts = [found.mentions[0].start for found in record.actors]
    assert starts == sorted(starts)
    assert [found.id for found in record.actors] == [f"A{number}" for number in range(1, len(starts) + 1)]


def test_pronouns_are_no_mentions(coded: Coded) -> None:
    record = coded("Ana Kovac of Serbia met Luis Quispe of Peru in Oslo. She praised him.")
    assert all(mention.text.lower() not in ("she", "him") for found in record.actors for mention in found.mentions)


def test_an_actor_without_a_part_is_left_out_unless_it_has_a_name(coded: Coded) -> None:
    record = coded("Peru lies far from Kenya. Ana Kovac slept.")
    assert [found.name for found in record.actors] == ["Ana Kovac"]


def test_a_state_is_mentioned_by_its_adjective_too(coded: Coded) -> None:
    record = coded("Peru accused Kenya of spying. The Peruvian raid on Kenya followed.")
    assert [mention.text for mention in actor(record, "Peru").mentions] == ["Peru", "Peruvian"]


def test_a_mention_stands_once(coded: Coded) -> None:
    record = coded("Peru and Kenya accused Norway of spying. The two countries sent Norway a letter.")
    for found in record.actors:
        starts = [mention.start for mention in found.mentions]
        assert len(starts) == len(set(starts))


def test_the_place_of_a_dateline_points_at_it(coded: Coded) -> None:
    text = "LIMA: Peruvian President Luis Quispe accused Kenya on Tuesday of spying."
    record = coded(text)
    assert record.report.dateline == "LIMA"
    places = [event.place for event in record.events if event.place is not None and event.place.name == "Lima"]
    assert all(place.span is not None and text[place.span.start : place.span.end] == "LIMA" for place in places)


def test_what_the_record_keeps_of_the_report(coder: Coder) -> None:
    report = Report(id="x", text="Peru met Kenya.", published="2021-04-07", title="T", language="en", publisher="P", url="U")
    kept = coder.code(report).report
    assert (kept.id, kept.title, kept.published, kept.language, kept.publisher, kept.url) == ("x", "T", "2021-04-07", "en", "P", "U")
    assert kept.text_sha256 == text_hash("Peru met Kenya.")


@pytest.mark.parametrize(("status", "plover"), [("Quispe will visit Kenya next week.", "AGREE"), ("Quispe visited Kenya.", "CONSULT")])
def test_plover_s_rule_for_the_future(coded: Coded, status: str, plover: str) -> None:
    (event,) = [event for event in coded(f"Luis Quispe is the president of Peru. {status}").events if event.type == "CONSULT"]
    assert (event.type, event.plover_type) == ("CONSULT", plover)
    assert event.quad == 1


def test_the_json_is_what_the_schema_promises(coded: Coded) -> None:
    text = "LIMA: Peruvian President Luis Quispe met Kenyan President Grace Okafor on Tuesday. “We are friends,” he said."
    data = json.loads(coded(text).to_json())
    schema = Record.model_json_schema(mode="serialization")
    assert list(data) == list(schema["properties"])
    for name, items in (("Actor", data["actors"]), ("Event", data["events"]), ("Statement", data["statements"])):
        assert items
        assert all(list(item) == list(schema["$defs"][name]["properties"]) for item in items)
    assert Record.model_validate_json(json.dumps(data), strict=True).to_json() == json.dumps(
        data, separators=(",", ":"), ensure_ascii=False
    )


def test_equal_reports_give_equal_json(coder: Coder) -> None:
    report = Report(id="x", text="Peru accused Kenya of spying.", published="2021-04-07")
    assert coder.code(report).to_json() == Coder(coder.nlp).code(report).to_json()
