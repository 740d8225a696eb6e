"""Long texts in sections: a book or an archive in one file is coded piece by piece, in bounded memory and linear time.

Every section is read like a report of its own, and the records are joined: offsets count in the whole text again, ids go on, and
an actor named alike in two sections is one actor. What a section does not tell (whom a pronoun takes up over a section's
bound) is not known in it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, TypeVar

from dragoman.coding.record import text_hash
from dragoman.model import Actor, Engagement, Event, Place, Record, Span, Statement

SECTION = 50_000  # characters, some 8,000 words: longer than any news report, short enough that the parser needs no more memory for it
SENTENCE = 3_000  # characters, some 500 words: no sentence is longer
UNSTOPPED = re.compile(r"[^.!?]+")
BOUNDS = ("\n\n", "\n", ". ", " ")  # where a section may end, the best first
Chars = tuple[int, int]


def sections(text: str) -> list[Chars]:
    """The sections of a text in characters; one for any text of usual length.

    A stretch without a full stop that no sentence is as long as (a list, a table, a bare string of words) is cut too: the parser
    would hang all of it on one root, and what walks up and down a parse takes a time quadratic in its depth.
    """
    found: list[Chars] = []
    start = 0
    while (end := _end(text, start)) < len(text):
        found.append((start, end))
        start = end
    return [*found, (start, len(text))]


def _end(text: str, start: int) -> int:
    limit = min(start + SECTION, len(text))
    for run in UNSTOPPED.finditer(text, start, limit):
        if run.end() - run.start() > SENTENCE:
            return _bound(text, run.start() + SENTENCE // 2, run.start() + SENTENCE)
    return limit if limit == len(text) else _bound(text, start + SECTION // 2, limit)


def _bound(text: str, first: int, last: int) -> int:
    for mark in BOUNDS:
        at = text.rfind(mark, first, last)
        if at >= 0:
            return at + len(mark)
    return last


def join(records: Sequence[Record], starts: Sequence[int], text: str) -> Record:
    """One record of the records of the sections of ``text``, which begin at the characters ``starts``."""
    actors = _Actors()
    events: list[Event] = []
    statements: list[Statement] = []
    engagements: list[Engagement] = []
    for record, start in zip(records, starts, strict=True):
        ids = actors.add(record.actors, start)
        ids |= {event.id: f"E{len(events) + number}" for number, event in enumerate(record.events, 1)}
        ids |= {said.id: f"S{len(statements) + number}" for number, said in enumerate(record.statements, 1)}
        ids |= {met.id: f"G{len(engagements) + number}" for number, met in enumerate(record.engagements, 1)}
        events += [_moved(event, ids, start) for event in record.events]
        statements += [_moved(said, ids, start) for said in record.statements]
        engagements += [_moved(met, ids, start) for met in record.engagements]
    info = records[0].report.model_copy(update={"text_sha256": text_hash(text)})
    return Record(report=info, actors=actors.found, events=events, statements=statements, engagements=engagements, coder=records[0].coder)


# fields that hold ids; all else that a section tells stays as it is but for the offsets of its spans
IDS = frozenset({"id", "actors", "recipients", "by_statement", "speaker", "to", "visitors", "hosts", "participants", "outcomes", "planned"})
Item = TypeVar("Item", Event, Statement, Engagement)


def _moved(item: Item, ids: dict[str, str], start: int) -> Item:
    """An item with the ids of the whole record and with offsets in the whole text."""
    fields = {name: getattr(item, name) for name in type(item).model_fields}
    return item.model_copy(update={name: _renamed(v, ids) if name in IDS else _shifted(v, start) for name, v in fields.items()})


def _renamed(value: str | list[str] | None, ids: dict[str, str]) -> str | list[str] | None:
    if isinstance(value, list):
        return [ids[name] for name in value]
    return None if value is None else ids[value]


def _shifted(value: Any, start: int) -> Any:
    if isinstance(value, Span):
        return value.model_copy(update={"start": value.start + start, "end": value.end + start})
    if isinstance(value, Place):
        return value.model_copy(update={"span": _shifted(value.span, start)})
    if isinstance(value, list):
        return [_shifted(item, start) for item in value]
    return value


class _Actors:
    """The actors of all sections, each once, in the order of their first mention."""

    def __init__(self) -> None:
        self.found: list[Actor] = []
        self.by_name: dict[tuple[str, str], list[int]] = {}  # kind and name; for persons the last word of the name too

    def add(self, actors: Sequence[Actor], start: int) -> dict[str, str]:
        """Take in the actors of a section that begins at ``start``; the id in the whole record for each id in the section."""
        ids: dict[str, str] = {}
        taken: set[int] = set()
        for actor in actors:
            mentions = _shifted(actor.mentions, start)
            number = self._known(actor, taken)
            if number is None:
                number = len(self.found)
                self.found.append(actor.model_copy(update={"id": f"A{number + 1}", "mentions": mentions}))
            else:
                self.found[number] = _united(self.found[number], actor, mentions)
            for key in _keys(actor):
                numbers = self.by_name.setdefault(key, [])
                if number not in numbers:
                    numbers.append(number)
            taken.add(number)
            ids[actor.id] = f"A{number + 1}"
        return ids

    def _known(self, actor: Actor, taken: set[int]) -> int | None:
        """The actor of an earlier section with this name, or the only one who can be meant by this surname."""
        for rank, key in enumerate(_keys(actor)):
            fitting = [number for number in self.by_name.get(key, ()) if number not in taken and _agree(self.found[number], actor, rank)]
            if fitting and (rank == 0 or len(fitting) == 1):
                return fitting[0]
        return None


def _keys(actor: Actor) -> list[tuple[str, str]]:
    name = actor.name.casefold()
    return [(actor.kind, name), *([(actor.kind, name.split(" ")[-1])] if actor.kind == "person" else [])]


def _agree(known: Actor, actor: Actor, rank: int) -> bool:
    """Whether two actors can be one: no two countries, and where only the surname is the same one of them has nothing else."""
    if known.country and actor.country and known.country != actor.country:
        return False
    return rank == 0 or " " not in known.name or " " not in actor.name


def _united(known: Actor, actor: Actor, mentions: list[Span]) -> Actor:
    """What both sections tell of an actor; where they differ the earlier one counts, of two names the longer."""
    return known.model_copy(
        update={
            "name": max(known.name, actor.name, key=len),
            "country": known.country or actor.country,
            "sectors": known.sectors or actor.sectors,
            "office": known.office or actor.office,
            "mentions": known.mentions + mentions,
            "confidence": max(known.confidence, actor.confidence),
        }
    )
