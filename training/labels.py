"""Labels of events: our own, kept in data/labels as pointers (the first 16 hexadecimal digits of the SHA-256 of the report's id, as the
ids hold words of the titles, and offsets), and those of the annotated reports."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dragoman.evaluation.gold import half_of, rows, spans_of
from dragoman.model import EventType, Report, Status

FOLDS = 2
Chars = tuple[int, int]


@dataclass(frozen=True, slots=True)
class LabelledEvent:
    """An event: where its triggers stand, and for each actor and recipient the places that name it."""

    type: EventType
    mode: str
    status: Status
    triggers: list[Chars]
    actors: list[list[Chars]]
    recipients: list[list[Chars]]
    contexts: list[str] | None  # None: not labelled
    start: str | None = None
    country: str | None = None  # of its place


def labelled_reports(shared: Path) -> Iterator[tuple[Report, list[LabelledEvent]]]:
    """Every report that has labels of ours, with its events; a report without events has an empty list."""
    found: dict[str, list[LabelledEvent]] = {}
    for path in sorted((Path(__file__).parent / "data/labels").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            events = found.setdefault(row["report"], [])
            if not row.get("none"):
                places = {name: [(start, end) for start, end in row[name]] for name in ("triggers", "actors", "recipients")}
                actors, recipients = ([[chars] for chars in places[name]] for name in ("actors", "recipients"))
                events.append(
                    LabelledEvent(
                        row["type"],
                        row["mode"],
                        row["status"],
                        places["triggers"],
                        actors,
                        recipients,
                        row.get("contexts"),
                        row.get("start"),
                        row.get("place_country"),
                    )
                )
    for row in rows(shared / "corpora/unlabeled.jsonl"):
        key = hashlib.sha256(row["id"].encode()).hexdigest()[:16]
        if key in found:
            yield _report(row), found[key]


def annotated_reports(shared: Path) -> Iterator[tuple[str, Report, list[LabelledEvent]]]:
    """The annotated reports, each with its half ("open" or "kept")."""
    for row in rows(shared / "gold/dev.jsonl"):
        text = row["text"]
        mentions = {actor["id"]: spans_of(text, actor["mentions"]) for actor in row["actors"]}
        events = [
            LabelledEvent(
                event["type"], event["mode"], event["status"], spans_of(text, event["triggers"]),
                [mentions[name] for name in event["actors"] if mentions.get(name)],
                [mentions[name] for name in event["recipients"] if mentions.get(name)],
                event["contexts"], event["start"], event["place_country"],
            )
            for event in row["events"]
        ]  # fmt: skip
        yield half_of(row["id"]), _report(row), events


def fold_of(identifier: str) -> int:
    """The fold of a report: its labels are not trained on where the reader is asked about it."""
    return int(hashlib.sha256(f"fold {identifier}".encode()).hexdigest(), 16) % FOLDS


def _report(row: dict) -> Report:  # type: ignore[type-arg]
    return Report(id=row["id"], text=row["text"], published=row["published"], title=row["title"] or "", language="en")
