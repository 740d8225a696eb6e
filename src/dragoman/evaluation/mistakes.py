"""What a developer reads to improve the coder: the events of a report that were missed, mistyped or made up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from dragoman.evaluation.gold import AnnotatedEvent, Annotation, Chars, GoldReport, annotation_of_record
from dragoman.evaluation.reports import pair_events
from dragoman.model import Record

AROUND = 160  # characters shown on either side of a trigger


@dataclass(frozen=True, slots=True)
class Mistake:
    """An event that gold and coder do not share; ``text[trigger]`` are its words within the sentence shown."""

    report: str
    kind: Literal["missed", "false", "type"]
    gold: str  # type and parties in gold; empty for a false event
    coded: str  # the same from the coder; empty for a missed one
    text: str
    trigger: Chars


def mistakes(gold: GoldReport, record: Record) -> Iterator[Mistake]:
    """The mistakes in the events of one report: missed and mistyped ones in gold's order, then the false ones."""
    coded = annotation_of_record(record)
    pairs = {id(wanted): got for wanted, got, _ in pair_events(gold.annotation.events, coded.events)}
    paired = {id(got) for got in pairs.values()}
    for wanted in gold.annotation.events:
        got = pairs.get(id(wanted))
        if got is None:
            yield _mistake(gold, "missed", _told(wanted, gold.annotation), "", wanted)
        elif got.type != wanted.type:
            yield _mistake(gold, "type", _told(wanted, gold.annotation), _told(got, coded), wanted)
    for event in coded.events:
        if id(event) not in paired:
            yield _mistake(gold, "false", "", _told(event, coded), event)


def _mistake(gold: GoldReport, kind: Literal["missed", "false", "type"], wanted: str, got: str, event: AnnotatedEvent) -> Mistake:
    text = gold.report.text
    start, end = event.spans[0] if event.spans else (0, 0)
    left = max(text.rfind("\n", 0, start) + 1, start - AROUND)
    right = text.find("\n", end)
    shown = text[left : min(right if right >= 0 else len(text), end + AROUND)]
    return Mistake(gold.report.id, kind, wanted, got, shown, (start - left, end - left))


def _told(event: AnnotatedEvent, annotation: Annotation) -> str:
    sides = (
        ",".join(annotation.actors[name].country or "?" for name in ids if name in annotation.actors) or "-"
        for ids in (event.actors, event.recipients)
    )
    return f"{event.type} {event.status} {' > '.join(sides)}"
