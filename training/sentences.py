"""Sentences that we wrote to teach what reports seldom show: data/sentences/*.txt, a line each, with marks inline:

    {A1:Russia's foreign minister} [CONSULT|visit|future|A1|A2|diplomatic:will travel to] {A2:Islamabad}.

``{name:words}`` is a mention of a party, ``[type|mode|status|actors|recipients|contexts:words]`` an event's trigger.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dragoman.coding.reader import CONTEXT_NAMES, KINDS, MODE_NAMES, STATUSES

MARK = re.compile(r"\{(?P<name>[^:{}\[\]|]+):(?P<mention>[^{}]*)\}|\[(?P<head>[A-Z]+\|[^:\[\]]*):(?P<trigger>[^\[\]]*)\]")
WORD = re.compile(r"\w+(?:[-.]\w+)*|[^\w\s]")
STRANGERS = 1  # pairs that share no event, at most, a line
JOINT = ("CONSULT", "COOPERATE", "AGREE")


@dataclass(slots=True)
class Trigger:
    type: str
    mode: str
    status: str
    actors: list[str]
    recipients: list[str]
    contexts: list[str]
    chars: tuple[int, int]


@dataclass(slots=True)
class Line:
    """A sentence (or a few) without its marks, the places of each party's mentions, and its events."""

    text: str
    mentions: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    triggers: list[Trigger] = field(default_factory=list)


def written() -> Iterator[Line]:
    """All our sentences.

    Raises:
        SystemExit: a mark is malformed; the message names file and line.
    """
    for path in sorted((Path(__file__).parent / "data/sentences").glob("*.txt")):
        for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if raw.strip():
                try:
                    yield parsed(raw)
                except ValueError as error:
                    raise SystemExit(f"{path.name}, line {number}: {error}") from None


def parsed(raw: str) -> Line:
    line = Line("")
    at = 0
    for mark in MARK.finditer(raw):
        line.text += raw[at : mark.start()]
        words = mark["mention"] if mark["name"] else mark["trigger"]
        chars = (len(line.text), len(line.text) + len(words))
        line.text += words
        if mark["name"]:
            line.mentions.setdefault(mark["name"], []).append(chars)
        else:
            kind, mode, status, actors, recipients, contexts = mark["head"].split("|")
            line.triggers.append(Trigger(kind, mode, status, _items(actors), _items(recipients), _items(contexts), chars))
        at = mark.end()
    line.text += raw[at:]
    for trigger in line.triggers:
        unknown = [name for name in (*trigger.actors, *trigger.recipients) if name not in line.mentions]
        known = trigger.type in KINDS and trigger.mode in MODE_NAMES and trigger.status in STATUSES
        if unknown or not known or not set(trigger.contexts) <= set(CONTEXT_NAMES):
            raise ValueError(f"no such party, type, mode, status or context in {trigger}")
    if re.search(r"[{}\[\]|]", line.text):
        raise ValueError("a mark is not closed")
    return line


def _items(text: str) -> list[str]:
    return [item.strip() for item in text.split(",") if item.strip()]
