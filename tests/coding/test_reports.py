"""Reports that each show one hard thing, coded whole and held against what the codebook says of them.

``tests/reports/*.yaml`` holds one report a file. All are written for this suite; most of their persons and happenings
are invented.
``record`` lists only what the codebook leaves no room about, so a coder that finds more does not fail here:

    events       type, status and, where given, mode, start and place_country agree; each ``trigger`` (a text or a
                 list) overlaps words that tell the event; actors and recipients are there, and not the other way round.
                 An empty list means that nobody may stand there. ``once``: no second event tells the same.
    statements   speaker and, where given, kind and medium agree; the content is the same but for its edges.
    engagements  kind, status and participants agree (visitors and hosts take part).
    not_events   no event of this type (and status, where given) is told by these words.
    places       some event or engagement has the place that these words name, in this country; none has it in another.

Actors are named by a country code or by a name that stands in one of their mentions. An item or a whole file may carry
``xfail: reason`` for what the coder cannot do yet; when it can, the test fails until the line is removed.
"""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from dragoman import plover
from dragoman.coding.coder import Coder
from dragoman.model import (
    Actor,
    CoderInfo,
    Engagement,
    EngagementKind,
    Event,
    EventType,
    Place,
    Record,
    Report,
    ReportInfo,
    Span,
    Status,
)

Item = dict[str, Any]
FILES = sorted((Path(__file__).parent.parent / "reports").glob("*.yaml"))
KEYS: dict[str, frozenset[str]] = {
    "events": frozenset({"type", "mode", "status", "actors", "recipients", "start", "place_country", "trigger", "once", "xfail"}),
    "statements": frozenset({"speaker", "content", "kind", "medium", "xfail"}),
    "engagements": frozenset({"kind", "participants", "status", "xfail"}),
    "not_events": frozenset({"type", "status", "trigger", "xfail"}),
    "places": frozenset({"words", "country", "xfail"}),
}
SAME_CONTENT = 0.8  # share of characters in common; allows for a comma or an introductory word, not for a clause


@functools.cache
def case(path: Path) -> Item:
    """The file's contents."""
    found: Item = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


@functools.cache
def coder() -> Coder:
    return Coder()


@functools.cache
def record(path: Path) -> Record:
    """The record of the file's report, coded once."""
    given = case(path)
    return coder().code(Report(id=path.stem, text=given["text"], published=given["published"], language=""))


def items(path: Path) -> list[tuple[str, Item]]:
    """Every item that the file lists, with its kind."""
    return [(kind, item) for kind, listed in case(path)["record"].items() for item in listed]


def reports() -> list[Any]:
    """A parameter a file, marked where the whole file is beyond the coder."""
    return [pytest.param(path, id=path.stem, marks=_xfail(case(path))) for path in FILES]


def gaps() -> list[Any]:
    """A parameter for each item that is beyond the coder."""
    return [
        pytest.param(path, kind, item, id=f"{path.stem}-{kind}-{number}", marks=_xfail(item))
        for path in FILES
        for number, (kind, item) in enumerate(items(path))
        if "xfail" in item
    ]


def _xfail(of: Item) -> list[pytest.MarkDecorator]:
    return [pytest.mark.xfail(reason=of["xfail"], strict=True, raises=AssertionError)] if "xfail" in of else []


# -- the tests -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_file_is_sound(path: Path) -> None:
    """The file says what is hard, is a short report, and its items use the codebook's terms and the report's words."""
    given = case(path)
    assert {"name", "hard", "published", "text", "record"} <= given.keys() <= {*given, "xfail"}
    assert given["name"] == path.stem.partition("-")[2]
    datetime.date.fromisoformat(given["published"])
    assert 40 <= len(given["text"].split()) <= 120
    assert items(path), "lists nothing"
    wrong = [problem for kind, item in items(path) for problem in faults(kind, item, given["text"])]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", reports())
def test_report(path: Path) -> None:
    """Everything that the file lists is in the record."""
    missing = [check(path, kind, item) for kind, item in items(path) if "xfail" not in item]
    told = [problem for problem in missing if problem]
    assert not told, f"{case(path)['hard'].strip()}\n" + "\n".join(told)


@pytest.mark.parametrize(("path", "kind", "item"), gaps())
def test_known_gap(path: Path, kind: str, item: Item) -> None:
    """What the coder cannot do yet; passing means that the item's ``xfail`` must go."""
    problem = check(path, kind, item)
    assert not problem, problem


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_checks_tell_right_from_wrong(path: Path) -> None:
    """The checks themselves: what the file lists passes in a record made of it; an empty record lacks it."""
    text = case(path)["text"]
    empty = Record(
        schema="dragoman.record/1",
        report=ReportInfo(
            id="", title="", published="", language="en", publisher="", url="", dateline="", text_sha256=""
        ),
        actors=[], events=[], statements=[], engagements=[], coder=CoderInfo(version="", fingerprint=""),
    )  # fmt: skip
    for item in case(path)["record"].get("events", []):
        names = [*item.get("actors", []), *item.get("recipients", [])]
        actors = [_made_actor(number, name) for number, name in enumerate(names)]
        event = _made_event(item, text)
        right = empty.model_copy(update={"actors": actors, "events": [event]})
        turned = event.model_copy(update={"actors": event.recipients, "recipients": event.actors})
        assert check_event(empty, text, item)
        assert not check_event(right, text, item)
        assert not item.get("recipients") or check_event(right.model_copy(update={"events": [turned]}), text, item)
        assert not item.get("once") or check_event(right.model_copy(update={"events": [event, event]}), text, item)
    for item in case(path)["record"].get("not_events", []):
        record_with = empty.model_copy(update={"events": [_made_event({"status": "actual", **item}, text)]})
        assert check_no_event(record_with, text, item)
        assert not check_no_event(empty, text, item)
    for item in case(path)["record"].get("statements", []):
        assert check_statement(empty, text, item)


# -- whether a file is sound -----------------------------------------------------------------------------------------


def faults(kind: str, item: Item, text: str) -> list[str]:
    """What is wrong with an item of the file itself."""
    wrong = [f"{kind}: unknown field {key}" for key in sorted(item.keys() - KEYS.get(kind, frozenset()))]
    for words in (*_texts(item.get("trigger")), *_texts(item.get("content")), *_texts(item.get("words"))):
        if words not in text:
            wrong.append(f"{kind}: these words do not stand in the text: {words}")
    if "type" in item and item["type"] not in get_args(EventType):
        wrong.append(f"{kind}: no type {item['type']}")
    if item.get("mode") and item["mode"] not in plover.modes(item["type"]):
        wrong.append(f"{kind}: {item['type']} has no mode {item['mode']}")
    if "status" in item and item["status"] not in get_args(Status):
        wrong.append(f"{kind}: no status {item['status']}")
    if kind == "engagements" and item["kind"] not in get_args(EngagementKind):
        wrong.append(f"{kind}: no kind {item['kind']}")
    return wrong


# -- whether an item is in the record --------------------------------------------------------------------------------


def check(path: Path, kind: str, item: Item) -> str:
    """What is missing of one item; empty if nothing is."""
    checks: dict[str, Callable[[Record, str, Item], str]] = {
        "events": check_event,
        "statements": check_statement,
        "engagements": check_engagement,
        "not_events": check_no_event,
        "places": check_place,
    }
    return checks[kind](record(path), case(path)["text"], item)


def check_event(coded: Record, text: str, item: Item) -> str:
    told = [event for event in coded.events if tells(event, text, item["trigger"])]
    found = [event for event in told if not differences(coded, event, item)]
    if not found:
        seen = "\n".join(f"    coded: {show(coded, event)} ({differences(coded, event, item)})" for event in told)
        return f"no event {_line(item)}\n{seen or '    coded: nothing at these words'}"
    twins = [event for event in told if event.type == item["type"]]
    if item.get("once") and len(twins) > 1:
        return f"one happening coded {len(twins)} times: {_line(item)}\n" + "\n".join(f"    coded: {show(coded, event)}" for event in twins)
    return ""


def check_no_event(coded: Record, text: str, item: Item) -> str:
    wrong = [
        event
        for event in coded.events
        if event.type == item["type"]
        and event.status == item.get("status", event.status)
        and any(overlaps(event.triggers, text, words) for words in _texts(item["trigger"]))
    ]
    return "\n".join(f"must not be coded: {_line(item)}\n    coded: {show(coded, event)}" for event in wrong)


def check_statement(coded: Record, text: str, item: Item) -> str:
    near = [statement for statement in coded.statements if likeness(statement.content, text, item["content"]) > 0.2]
    for statement in near:
        speaker = _actor(coded, statement.speaker)
        agrees = (
            speaker is not None
            and is_named(speaker, item["speaker"])
            and statement.kind == item.get("kind", statement.kind)
            and statement.medium == item.get("medium", statement.medium)
        )
        if agrees and likeness(statement.content, text, item["content"]) >= SAME_CONTENT:
            return ""
    seen = "\n".join(
        f"    coded: {_names(coded, [near_one.speaker or ''])}, {near_one.kind} {near_one.medium}: "
        + " … ".join(span.text for span in near_one.content)
        for near_one in near
    )
    return f"no statement {_line(item)}\n{seen or '    coded: nothing at these words'}"


def check_engagement(coded: Record, text: str, item: Item) -> str:
    for engagement in coded.engagements:
        parties = [*engagement.participants, *engagement.visitors, *engagement.hosts]
        if (
            engagement.kind == item["kind"]
            and engagement.status == item.get("status", engagement.status)
            and not lacking(coded, parties, item.get("participants", []))
        ):
            return ""
    seen = "\n".join(
        f"    coded: {found.kind}, {found.status}: " + _names(coded, [*found.participants, *found.visitors, *found.hosts])
        for found in coded.engagements
    )
    return f"no engagement {_line(item)}\n{seen or '    coded: none'}"


def check_place(coded: Record, text: str, item: Item) -> str:
    holders: list[Event | Engagement] = [*coded.events, *coded.engagements]
    places = [holder.place for holder in holders if holder.place is not None]
    named = [place for place in places if place.name in item["words"] or (place.span and overlaps([place.span], text, item["words"]))]
    if not named:
        return f"no place {_line(item)}\n    coded: {sorted({place.name for place in places})}"
    wrong = sorted({place.country for place in named if place.country != item["country"]})
    return f"place in the wrong country {_line(item)}\n    coded: {', '.join(wrong)}" if wrong else ""


def differences(coded: Record, event: Event, item: Item) -> str:
    """In what an event differs from an item; empty if it agrees."""
    fields = [field for field in ("type", "mode", "status", "start") if field in item]
    wrong = [f"{field} {getattr(event, field) or 'empty'}" for field in fields if getattr(event, field) != item[field]]
    country = event.place.country if event.place else ""
    if "place_country" in item and country != item["place_country"]:
        wrong.append(f"place_country {country or 'empty'}")
    return "; ".join([*wrong, *role_differences(coded, event, item)])


def role_differences(coded: Record, event: Event, item: Item) -> list[str]:
    """Who is missing, too many or on the wrong side. Where the item leaves open whether a meeting is a visit, a coded
    visit may have the hosts among the recipients."""
    if event.mode == "visit" and "mode" not in item and "recipients" not in item:
        return [f"{name} takes no part" for name in lacking(coded, [*event.actors, *event.recipients], item.get("actors", []))]
    wrong: list[str] = []
    for role, ids in (("actors", event.actors), ("recipients", event.recipients)):
        wanted = item.get(role)
        if wanted:
            wrong += [f"{name} is not among the {role}" for name in lacking(coded, ids, wanted)]
        elif wanted == [] and ids:
            wrong.append(f"{role} must be empty")
    sides = (
        ("actors", event.actors, "recipients", event.recipients),
        ("recipients", event.recipients, "actors", event.actors),
    )
    for role, ids, other, others in sides:
        known = ids if item.get(role) else [one for one in ids if one in others]
        wrong += [f"{name} is among the {role}" for name in misplaced(coded, known, item.get(role, []), item.get(other, []))]
    return wrong


def lacking(coded: Record, ids: Iterable[str], names: Iterable[str]) -> list[str]:
    """The names that none of the actors bears."""
    actors = [actor for actor in coded.actors if actor.id in set(ids)]
    return [name for name in names if not any(is_named(actor, name) for actor in actors)]


def misplaced(coded: Record, ids: Iterable[str], here: list[str], there: list[str]) -> list[str]:
    """Names of the other role that actors of this role bear, unless they also bear one of this role's names."""
    actors = [actor for actor in coded.actors if actor.id in set(ids)]
    strangers = [actor for actor in actors if not any(is_named(actor, name) for name in here)]
    return [name for name in there if any(is_named(actor, name) for actor in strangers)]


def is_named(actor: Actor, name: str) -> bool:
    """Whether an actor has a country code or a mention with these words."""
    pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
    return actor.country == name or any(pattern.search(words.text) for words in actor.mentions)


def tells(event: Event, text: str, triggers: str | list[str]) -> bool:
    """Whether the words that tell an event overlap each of the given triggers."""
    return all(overlaps(event.triggers, text, words) for words in _texts(triggers))


def overlaps(spans: Iterable[Span], text: str, words: str) -> bool:
    """Whether one of the spans overlaps a place where the words stand."""
    stands = [(match.start(), match.end()) for match in re.finditer(re.escape(words), text)]
    return any(span.start < end and start < span.end for span in spans for start, end in stands)


def likeness(content: Iterable[Span], text: str, words: str) -> float:
    """Characters in common of the words and a statement's content, as a share of both; the best of its parts counts."""
    start = text.index(words)
    wanted = set(range(start, start + len(words)))
    parts = [set(range(span.start, span.end)) for span in content]
    return max((len(wanted & part) / len(wanted | part) for part in parts), default=0.0)


def show(coded: Record, event: Event) -> str:
    """An event in one line."""
    told = " / ".join(span.text for span in event.triggers)
    who = f"[{_names(coded, event.actors)}] -> [{_names(coded, event.recipients)}]"
    where = event.place.country if event.place else ""
    return f"{event.type} {event.mode} {event.status} {who} {event.start} {where} “{told}”"


def _names(coded: Record, ids: Iterable[str]) -> str:
    return ", ".join(f"{actor.name} ({actor.country})" for actor in coded.actors if actor.id in set(ids))


def _actor(coded: Record, identifier: str | None) -> Actor | None:
    return next((actor for actor in coded.actors if actor.id == identifier), None)


def _line(item: Item) -> str:
    return ", ".join(f"{key}: {value}" for key, value in item.items() if key != "xfail")


def _texts(given: str | list[str] | None) -> list[str]:
    return [given] if isinstance(given, str) else list(given or [])


# -- a record made of a file -----------------------------------------------------------------------------------------


def _made_actor(number: int, name: str) -> Actor:
    span = Span(start=0, end=len(name), text=name)
    return Actor(id=f"A{number}", name=name, kind="group", country="", sectors=[], office="", mentions=[span], confidence=1)


def _made_event(item: Item, text: str) -> Event:
    """The event that an item lists; ids are those that ``_made_actor`` gives to actors, then recipients."""
    acting, acted_on = len(item.get("actors", [])), len(item.get("recipients", []))
    words = _texts(item["trigger"])
    spans = [Span(start=text.index(told), end=text.index(told) + len(told), text=told) for told in words]
    country = item.get("place_country", "")
    place = Place(name=country, country=country, admin1="")
    return Event(
        id="E1", type=item["type"], mode=item.get("mode", ""), status=item["status"],
        actors=[f"A{number}" for number in range(acting)],
        recipients=[f"A{number}" for number in range(acting, acting + acted_on)],
        start=item.get("start", ""), end="", when=None, place=place if country else None,
        contexts=[], triggers=spans, sentence=spans[0], by_statement=None, plover_type=item["type"], intensity=0,
        quad=1, cameo="", confidence=1,
    )  # fmt: skip
