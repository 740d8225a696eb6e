"""Our own labels: events of reports of ../shared/corpora/unlabeled.jsonl, kept in data/labels as pointers: the first
16 hexadecimal digits of the SHA-256 of the report's id (the ids hold words of the titles), and offsets."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from dragoman.model import Report

FOLDS = 2
Triggers = list[tuple[str, list[tuple[int, int]]]]  # PLOVER type and the characters of every trigger, an event each


def labelled_reports(shared: Path) -> Iterator[tuple[Report, Triggers]]:
    """Every report that has labels, with its events; a report without events has an empty list."""
    found: dict[str, Triggers] = {}
    for path in sorted((Path(__file__).parent / "data/labels").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            events = found.setdefault(row["report"], [])
            if not row.get("none"):
                events.append((row["type"], [(start, end) for start, end in row["triggers"]]))
    for line in (shared / "corpora/unlabeled.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        key = hashlib.sha256(row["id"].encode()).hexdigest()[:16]
        if key in found:
            report = Report(id=row["id"], text=row["text"], published=row["published"], title=row["title"] or "", language="en")
            yield report, found[key]


def fold_of(identifier: str) -> int:
    """The fold of a report: its labels are not trained on where the tagger is asked about it."""
    return int(hashlib.sha256(identifier.encode()).hexdigest(), 16) % FOLDS
