"""A record in the terminal: who is in it, what happened with the words that tell it, what was said, who met whom."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from dragoman.model import Actor, Engagement, Event, Record, Span, Statement
from dragoman.rendering.words import ARROW, act, by_id, involved, names, period, where

NARROW = 90  # columns; below this the events' date and place share a column
ROOMY = 150  # columns; from here on the evidence stands beside its event
# one colour a quad: 1 verbal, 2 material cooperation, 3 verbal, 4 material conflict
QUAD_STYLES = {1: "green", 2: "bold green", 3: "yellow", 4: "bold red"}
STATUS_STYLES = {"actual": "", "future": "cyan", "hypothetical": "magenta", "negated": "red", "historical": "dim"}
EVIDENCE = "bold underline"
QUOTED = 220  # characters of a statement shown


def render(record: Record, console: Console) -> None:
    """Print a record to a console, in the console's width."""
    console.print(Group(*_parts(record, console.width)))


def _parts(record: Record, width: int) -> list[RenderableType]:
    actors = by_id(record)
    parts: list[RenderableType] = [_head(record), ""]
    if not (record.actors or record.events or record.statements):
        return [*parts, Text("Nothing was coded from this report.", style="dim"), ""]
    sections: list[tuple[str, Sequence[RenderableType]]] = [
        ("Actors", _actors(record)),
        ("Events", _events(record.events, actors, width) if record.events else []),
        ("Statements", _listed([(said.id, _statement(said, actors)) for said in record.statements])),
        ("Engagements", _listed([(met.id, _engagement(met, actors, record)) for met in record.engagements])),
    ]
    for title, content in sections:
        if content:
            parts += [Text(title, style="bold"), *content, ""]
    return parts


def _head(record: Record) -> RenderableType:
    info = record.report
    details = [info.published or "no date", info.dateline.title() if info.dateline.isupper() else info.dateline]
    details += [info.publisher, info.url, f"language: {info.language}" if info.language not in ("", "en") else ""]
    lines = [Text(info.title or info.id, style="bold reverse"), Text(" · ".join(filter(None, details)), style="dim")]
    return Group(*lines)


def _table(*headings: str) -> Table:
    grid = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1), header_style="dim")
    for heading in headings:
        grid.add_column(heading, overflow="fold")
    return grid


def _listed(items: Sequence[tuple[str, RenderableType]]) -> list[RenderableType]:
    """Items under their ids, with a hanging indent; nothing for none."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column()
    for identifier, item in items:
        grid.add_row(identifier, item)
    return [grid] if items else []


def _actors(record: Record) -> list[RenderableType]:
    """Those who do, undergo or say something; the others are counted."""
    used = involved(record)
    grid = _table("", "name", "office", "country", "sectors")
    grid.columns[0].no_wrap = grid.columns[3].no_wrap = True
    for actor in record.actors:
        if actor.id in used:
            told = (actor.name, actor.office, actor.country, " ".join(actor.sectors))
            grid.add_row(Text(actor.id, style="dim"), *map(Text, told))
    others = len(record.actors) - grid.row_count
    parts: list[RenderableType] = [grid] if grid.row_count else []
    return [*parts, Text(f"{others} more named, in no event or statement", style="dim")] if others else parts


def _events(events: Sequence[Event], actors: dict[str, Actor], width: int) -> list[RenderableType]:
    """A row an event. Its evidence stands in the last column of a wide terminal, below the table of a narrow one."""
    roomy = width >= ROOMY
    headings = ("when", "where") if width >= NARROW else ("when, where",)
    grid = _table("", "who", "did what", "to whom", *headings, "status", *(("evidence",) if roomy else ()))
    for column in grid.columns:
        column.no_wrap = column.header in ("", "did what", "when", "when, where", "status")
    for event in events:
        told = (_period(event.start, event.end), where(event.place))
        grid.add_row(
            Text(event.id, style="dim"),
            Text(names(event.actors, actors) or "-"),
            Text(act(event), style=QUAD_STYLES[event.quad]),
            Text(names(event.recipients, actors) or "-"),
            *map(Text, told if width >= NARROW else ["\n".join(filter(None, told))]),
            Text(event.status, style=STATUS_STYLES[event.status]),
            *([_evidence(event)] if roomy else []),
        )
    return [grid] if roomy else [grid, "", *_listed([(event.id, _evidence(event)) for event in events])]


def _period(start: str, end: str) -> str:
    """A period on one line, or on two where it has two ends."""
    return period(start, end).replace(f" {ARROW} ", f"\n{ARROW} ")


def _evidence(event: Event) -> Text:
    """The event's sentence with the words that tell it and the words that date it set off."""
    # a line break is one character, as the space that stands in for it, so offsets hold
    sentence = Text(event.sentence.text.replace("\n", " "))
    for span in event.triggers:
        _mark(sentence, span, event.sentence, EVIDENCE)
    if event.when is not None:
        _mark(sentence, event.when, event.sentence, "italic")
    return sentence


def _mark(sentence: Text, span: Span, within: Span, style: str) -> None:
    if within.start <= span.start and span.end <= within.end:
        sentence.stylize(style, span.start - within.start, span.end - within.start)


def _statement(said: Statement, actors: dict[str, Actor]) -> Text:
    line = Text(names([said.speaker], actors) if said.speaker else "somebody", style="bold")
    details = ", ".join(filter(None, (said.kind, said.medium)))
    line = Text.assemble(line, f" {ARROW} {names(said.to, actors)}" if said.to else "", (f" ({details}): ", "dim"))
    return line.append(_short(" … ".join(span.text for span in said.content)))


def _engagement(met: Engagement, actors: dict[str, Actor], record: Record) -> RenderableType:
    details = " · ".join(filter(None, (period(met.start, met.end), where(met.place), met.status)))
    title = Text.assemble((met.kind, "bold"), f" · {_parties(met, actors)}", (f" · {details}", "dim"))
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column()
    for name, told in _engagement_rows(met, record, actors):
        grid.add_row(name, Text(told))
    return Group(title, grid)


def _parties(met: Engagement, actors: dict[str, Actor]) -> str:
    if met.visitors and met.hosts:
        return f"{names(met.visitors, actors)} {ARROW} {names(met.hosts, actors)}"
    return names(met.participants or met.visitors or met.hosts, actors) or "?"


def _engagement_rows(met: Engagement, record: Record, actors: dict[str, Actor]) -> list[tuple[str, str]]:
    events = {event.id: event for event in record.events}
    rows = [("agenda", "; ".join(span.text for span in met.agenda))]
    for name, ids in (("outcomes", met.outcomes), ("planned", met.planned)):
        told = [f"{act(events[key])} {names(events[key].recipients, actors)} ({key})" for key in ids if key in events]
        rows.append((name, "; ".join(told)))
    rows.append(("precedent", met.precedent.text if met.precedent else ""))
    return [(name, told) for name, told in rows if told]


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= QUOTED else text[:QUOTED].rsplit(" ", 1)[0] + " …"
