"""Records made for tests of what learns from them: persons in office, each with the words that say so."""

from __future__ import annotations

import hashlib
from pathlib import Path

from dragoman.model import Actor, CoderInfo, Record, ReportInfo, Span


def person(name: str, office: str, country: str, sector: str = "GOV", words: str | None = None) -> Actor:
    """A person whose one mention is ``words``, by default the office and the name."""
    told = f"{office} {name}" if words is None else words
    return Actor(
        id="A1", name=name, kind="person", country=country, sectors=[sector] if sector else [], office=office,
        mentions=[Span(start=0, end=len(told), text=told)], confidence=0.9,
    )  # fmt: skip


def record(identifier: str, published: str, *actors: Actor, text: str = "") -> Record:
    """The record of a report that names some persons; ``text`` makes its hash, by default its id does."""
    return Record(
        report=ReportInfo(
            id=identifier, title="", published=published, language="en", publisher="", url="", dateline="",
            text_sha256=hashlib.sha256((text or identifier).encode()).hexdigest(),
        ),
        actors=[actor.model_copy(update={"id": f"A{number}"}) for number, actor in enumerate(actors, start=1)],
        events=[], statements=[], engagements=[], coder=CoderInfo(version="0", fingerprint="made"),
    )  # fmt: skip


def written(path: Path, *records: Record) -> Path:
    """A file of records, one a line."""
    path.write_text("".join(item.to_json() + "\n" for item in records), encoding="utf-8")
    return path
