"""What both renderings say the same way: who, when, where, and the name of an act."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.model import Actor, Event, Place, Record

ARROW = "→"


def names(ids: Sequence[str], actors: dict[str, Actor]) -> str:
    """Actors by their names, as "A, B and C"."""
    told = [actors[name].name if name in actors else name for name in ids]
    return told[0] if len(told) == 1 else ", ".join(told[:-1]) + (" and " + told[-1] if told else "")


def act(event: Event) -> str:
    """Type and mode: "CONSULT · visit"."""
    return f"{event.type} · {event.mode}" if event.mode else event.type


def period(start: str, end: str) -> str:
    """A day, or from one to another; ".." stands for an end that is not told."""
    if not start and not end:
        return ""
    return start if start == end else f"{start or '..'} {ARROW} {end or '..'}"


def where(place: Place | None) -> str:
    """The place's name and country."""
    return "" if place is None else f"{place.name}, {place.country}" if place.country else place.name


def by_id(record: Record) -> dict[str, Actor]:
    return {actor.id: actor for actor in record.actors}


def involved(record: Record) -> set[str]:
    """Ids of the actors that have a part in an event, a statement or an engagement."""
    found = {name for event in record.events for name in (*event.actors, *event.recipients)}
    found |= {name for said in record.statements for name in (said.speaker or "", *said.to)}
    return found | {name for met in record.engagements for name in (*met.participants, *met.visitors, *met.hosts)}
