"""Reading annotated data: one JSON object a line, checked as it is read.

A report annotated by hand and a ``Record`` both become an ``Annotation``, so that the scorer compares like with like.
Gold names its evidence by strings that stand in the text; every place where such a string stands counts.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from dragoman.errors import GoldError, bad_gold, is_a_directory, no_gold, no_such_file, unknown_part, unreadable
from dragoman.model import Record, Report, Span

Part = Literal["reports", "relations", "statements", "places", "actors"]
Half = Literal["open", "kept"]
Chars = tuple[int, int]
Row = dict[str, Any]

# the fields by which a file tells its part; the first that fits
FIELDS: Mapping[Part, frozenset[str]] = {
    "reports": frozenset({"text", "actors", "events", "statements", "engagements"}),
    "relations": frozenset({"text", "marked", "type"}),
    "statements": frozenset({"text", "attributions"}),
    "places": frozenset({"text", "toponyms"}),
    "actors": frozenset({"text", "country", "sector", "other_sector", "nobody"}),
}


@dataclass(frozen=True, slots=True)
class AnnotatedActor:
    spans: list[Chars]
    country: str
    sector: str


@dataclass(frozen=True, slots=True)
class AnnotatedEvent:
    type: str
    status: str
    start: str
    place_country: str
    actors: list[str]
    recipients: list[str]
    spans: list[Chars]
    mode: str = ""
    contexts: tuple[str, ...] = ()
    confidence: float = 1.0  # of a coder's event


@dataclass(frozen=True, slots=True)
class AnnotatedStatement:
    speaker: str | None
    words: list[str]


@dataclass(frozen=True, slots=True)
class Annotation:
    """What is compared of a report: by hand or by the coder."""

    actors: Mapping[str, AnnotatedActor]
    events: list[AnnotatedEvent]
    statements: list[AnnotatedStatement]
    engagements: list[frozenset[str]]  # the participants, visitors and hosts of each


@dataclass(frozen=True, slots=True)
class GoldReport:
    """A report and its annotation by hand."""

    report: Report
    annotation: Annotation


EMPTY = Annotation({}, [], [], [])


def rows(path: Path, half: Half | None = None) -> list[Row]:
    """The annotated items of a JSON Lines file, all or one fixed half of them.

    The halves are told apart by the item's id alone (see ``half_of``), so they stay the same when a file grows.
    Raises ``GoldError`` for a line that is not a JSON object or lacks an id or a text, and where nothing is left.
    """
    found = []
    for number, line in enumerate(_lines(path), start=1):
        if not line.strip():
            continue
        row = _row(line, f"{path}, line {number}")
        if half is None or half_of(row["id"]) == half:
            found.append(row)
    if not found:
        raise no_gold(path, half or "")
    return found


def half_of(identifier: str) -> Half:
    """The half an item belongs to: developers look at the open one, the kept one is for measuring only."""
    return "kept" if int(hashlib.sha256(identifier.encode()).hexdigest(), 16) % 2 else "open"


def part_of(path: Path) -> Part:
    """The part of the evaluation that a file is for, by the fields of its first item."""
    first = rows(path)[0]
    for part, fields in FIELDS.items():
        if fields <= first.keys():
            return part
    raise unknown_part(path)


def checked(items: list[Row], part: Part, path: Path) -> list[Row]:
    """The items, after each is seen to have the fields of its part."""
    for row in items:
        if missing := sorted(FIELDS[part] - row.keys()):
            raise bad_gold(f"{path}, {row['id']}", f"has no {', '.join(missing)}, which the part {part} needs")
    return items


def gold_report(row: Row) -> GoldReport:
    """A report of the hand annotation, in the codebook's fields."""
    report = Report(
        id=row["id"],
        text=row["text"],
        published=row.get("published") or "",
        title=row.get("title") or "",
        publisher=row.get("source") or row.get("publisher") or "",
    )
    try:
        return GoldReport(report, annotation_of_gold(row))
    except (KeyError, TypeError, AttributeError) as error:
        raise GoldError(f"report {row['id']}: the annotation is not in the codebook's fields ({error!r})") from error


def annotation_of_gold(row: Row) -> Annotation:
    """The annotation of a report by hand: spans are all places where its strings stand in the text."""
    text = row["text"]
    return Annotation(
        actors={
            actor["id"]: AnnotatedActor(spans_of(text, actor["mentions"]), actor["country"], actor["sector"]) for actor in row["actors"]
        },
        events=[
            AnnotatedEvent(
                type=event["type"],
                status=event["status"],
                start=event["start"],
                place_country=event["place_country"],
                actors=event["actors"],
                recipients=event["recipients"],
                spans=spans_of(text, event["triggers"]),
                mode=event.get("mode", ""),
                contexts=tuple(event.get("contexts", ())),
            )
            for event in row["events"]
        ],
        statements=[AnnotatedStatement(said["speaker"], words(said["content"])) for said in row["statements"]],
        engagements=[_parties(engagement) for engagement in row["engagements"]],
    )


def annotation_of_record(record: Record) -> Annotation:
    """What the coder found, in the same shape."""
    return Annotation(
        actors={
            actor.id: AnnotatedActor(_chars(actor.mentions), actor.country, actor.sectors[0] if actor.sectors else "")
            for actor in record.actors
        },
        events=[
            AnnotatedEvent(
                type=event.type,
                status=event.status,
                start=event.start,
                place_country=event.place.country if event.place else "",
                actors=event.actors,
                recipients=event.recipients,
                spans=_chars(event.triggers),
                mode=event.mode,
                contexts=tuple(event.contexts),
                confidence=event.confidence,
            )
            for event in record.events
        ],
        statements=[AnnotatedStatement(said.speaker, words(" ".join(span.text for span in said.content))) for said in record.statements],
        engagements=[_parties(engagement.model_dump()) for engagement in record.engagements],
    )


def spans_of(text: str, strings: list[str]) -> list[Chars]:
    """Every place where one of the strings stands in the text, overlapping ones too."""
    found = []
    for string in filter(None, strings):
        start = text.find(string)
        while start >= 0:
            found.append((start, start + len(string)))
            start = text.find(string, start + 1)
    return found


def words(text: str) -> list[str]:
    """The words of a text in small letters, without punctuation."""
    return re.findall(r"\w+", text.lower())


def _chars(spans: list[Span]) -> list[Chars]:
    return [(span.start, span.end) for span in spans]


def _parties(engagement: Row) -> frozenset[str]:
    return frozenset(engagement["participants"]) | frozenset(engagement["visitors"]) | frozenset(engagement["hosts"])


def _lines(path: Path) -> Iterator[str]:
    try:
        with path.open(encoding="utf-8") as file:
            yield from file
    except FileNotFoundError:
        raise no_such_file(path) from None
    except IsADirectoryError:
        raise is_a_directory(path) from None
    except OSError as error:
        raise unreadable(path, error) from error
    except UnicodeDecodeError as error:
        raise bad_gold(str(path), f"is not UTF-8 ({error.reason} at byte {error.start} of a block)") from error


def _row(line: str, where: str) -> Row:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise bad_gold(where, f"is not JSON ({error})") from error
    if not isinstance(row, dict) or not isinstance(row.get("id"), str) or not isinstance(row.get("text"), str):
        raise bad_gold(where, "expected a JSON object with the strings id and text")
    return row
