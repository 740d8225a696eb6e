"""A record as Markdown, for pasting into notes, issues and mails (GitHub's tables)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from dragoman.model import Actor, Engagement, Event, Record, Statement
from dragoman.rendering.words import ARROW, act, by_id, involved, names, period, where

# what would start a table cell, emphasis, a link, code or HTML in the middle of a line
SPECIAL = re.compile(r"([\\`*_\[\]<>|#~])")


def render(record: Record) -> str:
    """The record as Markdown, ending with a line break."""
    return "\n".join(_lines(record)) + "\n"


def _lines(record: Record) -> Iterator[str]:
    info, actors, used = record.report, by_id(record), involved(record)
    yield f"## {_plain(info.title or info.id)}"
    yield ""
    yield _plain(" · ".join(filter(None, (info.published or "no date", info.dateline, info.publisher, info.url))))
    sections: list[tuple[str, Iterable[str]]] = [
        ("Actors", _actors([actor for actor in record.actors if actor.id in used])),
        ("Events", _events(record.events, actors)),
        ("Statements", (_statement(said, actors) for said in record.statements)),
        ("Engagements", (line for met in record.engagements for line in _engagement(met, actors))),
    ]
    for title, lines in sections:
        content = list(lines)
        if content:
            yield from ("", f"### {title}", "", *content)


def _actors(actors: Sequence[Actor]) -> Iterator[str]:
    if actors:
        yield from _header("", "Name", "Office", "Country", "Sectors")
    for actor in actors:
        yield _row(actor.id, actor.name, actor.office, actor.country, " ".join(actor.sectors))


def _events(events: Sequence[Event], actors: dict[str, Actor]) -> Iterator[str]:
    if events:
        yield from _header("", "Who", "Did what", "To whom", "When", "Where", "Status", "Evidence")
    for event in events:
        yield _row(
            event.id,
            names(event.actors, actors),
            act(event),
            names(event.recipients, actors),
            period(event.start, event.end),
            where(event.place),
            event.status,
            evidence=_evidence(event),
        )


def _evidence(event: Event) -> str:
    """The event's sentence with its triggers in bold."""
    sentence, marked, at = event.sentence, "", event.sentence.start
    for span in sorted(event.triggers, key=lambda span: span.start):
        if span.start < at or span.end > sentence.end:
            continue  # in another sentence, or within a trigger already marked
        marked += _plain(sentence.text[at - sentence.start : span.start - sentence.start]) + f"**{_plain(span.text)}**"
        at = span.end
    return marked + _plain(sentence.text[at - sentence.start :])


def _statement(said: Statement, actors: dict[str, Actor]) -> str:
    speaker = names([said.speaker], actors) if said.speaker else "Somebody"
    to = f" {ARROW} {names(said.to, actors)}" if said.to else ""
    details = ", ".join(filter(None, (said.kind, said.medium)))
    content = " … ".join(span.text for span in said.content)
    return f"- {said.id} **{_plain(speaker)}**{_plain(to)} ({details}): {_plain(content)}"


def _engagement(met: Engagement, actors: dict[str, Actor]) -> Iterator[str]:
    parties = names(met.participants, actors)
    if met.visitors and met.hosts:
        parties = f"{names(met.visitors, actors)} {ARROW} {names(met.hosts, actors)}"
    details = " · ".join(filter(None, (parties, period(met.start, met.end), where(met.place), met.status)))
    yield f"- {met.id} **{met.kind}** {_plain(details)}"
    rows = (
        ("agenda", "; ".join(span.text for span in met.agenda)),
        ("outcomes", ", ".join(met.outcomes)),
        ("planned", ", ".join(met.planned)),
        ("precedent", met.precedent.text if met.precedent else ""),
    )
    yield from (f"    - {name}: {_plain(told)}" for name, told in rows if told)


def _header(*headings: str) -> tuple[str, str]:
    return f"| {' | '.join(headings)} |", "|" + "---|" * len(headings)


def _row(*cells: str, evidence: str | None = None) -> str:
    told = [_plain(cell) for cell in cells] + ([] if evidence is None else [evidence])
    return f"| {' | '.join(told)} |"


def _plain(text: str) -> str:
    return SPECIAL.sub(r"\\\1", " ".join(text.split(" ")).replace("\r", "").replace("\n", " "))
