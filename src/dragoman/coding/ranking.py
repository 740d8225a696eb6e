"""When and where an event was, chosen among all times and places near it: what the rules chose is one witness of several.

``when.py`` and ``where.py`` attach times and places by the parse; annotators also carry the day of the story, the day of a speech or the
scene of the paragraph over to acts told without them. Two linear rankers (``models/dates.json``, ``models/places.json``, trained by
``training/rankers.py``) score every option, "not told" among them; the best is taken.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

from dragoman.coding.draft import Draft, DraftEvent, TimeExpression, Toponym
from dragoman.coding.judging import Features, LinearModel, load
from dragoman.coding.says import default_medium
from dragoman.coding.story import VERBAL, cue_of
from dragoman.coding.when import governor, steps_between
from dragoman.coding.where import NO_STATE, SCENE, attachment, is_attribute, narrowest, preposition_of

REACH = 4  # sentences on either side in which times and places are options
LEAD = 2  # sentences that tell the story's day
AGES = ((0, "same day"), (1, "day before"), (3, "days before"), (7, "week"), (31, "month"), (400, "year"))


@dataclass(slots=True)
class DateOption:
    """A day, month or year, and the expressions that tell it; no day: not told."""

    first: str
    last: str
    times: list[TimeExpression] = field(default_factory=list)
    marks: set[str] = field(default_factory=set)


@dataclass(slots=True)
class PlaceOption:
    """A country, and the toponym that would be the event's place; none: not told."""

    country: str
    toponym: Toponym | None
    marks: set[str] = field(default_factory=set)


class RankDates:
    """The step that dates the events anew; runs behind ``DateEvents``. Without a model it leaves them as they are."""

    def __init__(self) -> None:
        self.model = load("dates")

    def __call__(self, draft: Draft) -> None:
        if self.model is None:
            return
        options = [date_options(draft, draft.events, number) for number in range(len(draft.events))]
        for event, found in zip(draft.events, options, strict=True):
            best = found[best_of(self.model, event, [option.marks for option in found])]
            if best.first != event.start:
                time = min(best.times, key=lambda time: abs(time.start - event.root), default=None)
                event.start, event.end = best.first, best.last
                event.when = None if time is None else (time.start, time.end)


class RankPlaces:
    """The step that places the events anew, but for visits, which are where the hosts are; runs behind ``PlaceEvents``.

    Without a model it leaves them where they are.
    """

    def __init__(self) -> None:
        self.model = load("places")

    def __call__(self, draft: Draft) -> None:
        if self.model is None:
            return
        options = [place_options(draft, draft.events, number) for number in range(len(draft.events))]
        for event, found in zip(draft.events, options, strict=True):
            if event.mode != "phone" and not (event.mode == "visit" and event.place is not None and event.recipients):
                event.place = found[best_of(self.model, event, [option.marks for option in found])].toponym


def best_of(model: LinearModel, event: DraftEvent, options: Sequence[set[str]]) -> int:
    """The option with the highest score, the first of equals."""
    scores = [model.score(features_of(event, marks)) for marks in options]
    return scores.index(max(scores))


def features_of(event: DraftEvent, marks: set[str]) -> Features:
    """The marks of an option, alone and together with what the event is."""
    verbal = "verbal" if event.type in VERBAL else "deed"
    kinds = (f"{event.status}", f"{event.type}", verbal)
    return dict.fromkeys([*marks, *(f"{mark}.{kind}" for mark in marks for kind in kinds)], 1.0)


# -- dates ---------------------------------------------------------------------------------------------------------


def date_options(draft: Draft, events: Sequence[DraftEvent], number: int) -> list[DateOption]:
    """Not told, what the rules chose, the report's day, and every time told near the event or at the head of the story."""
    event = events[number]
    sentence = draft.sentence_of[event.root]
    found = {"": DateOption("", "")}
    if event.start:
        found[event.start] = DateOption(event.start, event.end)
    if draft.date is not None:
        found.setdefault(draft.date.isoformat(), DateOption(draft.date.isoformat(), draft.date.isoformat()))
    for time in draft.times:
        if (
            time.first
            and not time.since
            and (abs(draft.sentence_of[time.start] - sentence) <= REACH or draft.sentence_of[time.start] < LEAD)
        ):
            option = found.setdefault(time.first, DateOption(time.first, time.last or time.first))
            option.times.append(time)
    for option in found.values():
        option.marks = _date_marks(draft, events, number, option)
    return list(found.values())


def _date_marks(draft: Draft, events: Sequence[DraftEvent], number: int, option: DateOption) -> set[str]:
    event = events[number]
    sentence = draft.sentence_of[event.root]
    told = sum(draft.sentence_of[time.start] == sentence for time in draft.times)
    chosen = "none" if not event.start else "told" if event.when is not None else "story"
    if not option.first:
        marks = {"none", f"none, ruled {chosen}", f"none, {min(told, 2)} told", f"none, sentence {min(sentence, 9) // 3}"}
        if event.statement is not None:
            marks.add("none in statement")
        marks.add(f"none, release={default_medium(draft.report.title) or 'no'}")
        return marks
    marks = {"some", f"size={len(option.first)}", f"age={_age(draft, option.first)}", f"some, {min(told, 2)} told"}
    if option.first == event.start:
        marks |= {"ruled", f"ruled {chosen}"}
    elif event.start and (option.first.startswith(event.start) or event.start.startswith(option.first)):
        marks.add("ruled in part")
    if draft.date is not None and option.first == draft.date.isoformat():
        marks |= {"report's day", f"report's day, release={default_medium(draft.report.title) or 'no'}"}
    lead = [time for time in draft.times if draft.sentence_of[time.start] < LEAD]
    if lead and lead[0].first == option.first:
        marks.add("story's day")
    if number and events[number - 1].start == option.first:
        marks.add(f"day of the act before, {min(sentence - draft.sentence_of[events[number - 1].root], 2)}")
    cue = cue_of(draft, event)
    root = draft.doc[event.root]
    nearest = min(option.times, key=lambda time: abs(time.start - event.root), default=None)
    if nearest is None:
        marks.add("not written")
        return marks
    away = draft.sentence_of[nearest.start] - sentence
    marks.add(f"away={max(-3, min(3, away))}")
    if away == 0:
        token = governor(draft, nearest)
        steps = steps_between(draft, event, root, token)
        marks.add(f"steps={next((limit for limit in (0, 1, 2, 3, 5, 8, 12) if steps <= limit), 99)}")
        marks.add(f"words={next((limit for limit in (2, 5, 10, 20) if abs(nearest.start - event.root) <= limit), 99)}")
        marks.add("behind" if nearest.start > event.root else "before")
        if cue is not None and token == cue:
            marks.add("of the cue")
    elif cue is not None and draft.sentence_of[cue.i] == draft.sentence_of[nearest.start]:
        marks.add("in the cue's sentence")
    if len({time.first for time in draft.times}) == 1:
        marks.add("the only one")
    if nearest.since:
        marks.add("since")
    return marks


def _age(draft: Draft, first: str) -> str:
    """How long before the report a time lies, in words; of a month or year: this one, the last, or earlier."""
    if draft.date is None:
        return "unknown"
    if len(first) < 10:
        now = draft.date.isoformat()[: len(first)]
        return f"same {len(first)}" if first == now else f"later {len(first)}" if first > now else f"earlier {len(first)}"
    days = (draft.date - datetime.date.fromisoformat(first)).days
    return "ahead" if days < 0 else next((name for limit, name in AGES if days <= limit), "long ago")


# -- places --------------------------------------------------------------------------------------------------------


def place_options(draft: Draft, events: Sequence[DraftEvent], number: int) -> list[PlaceOption]:
    """Nowhere, what the rules chose, and each country with the place of it named nearest to the event."""
    event = events[number]
    named = [*draft.toponyms, *([draft.dateline] if draft.dateline is not None else [])]
    found = {"": PlaceOption("", None)}
    for toponym in sorted(named, key=lambda toponym: _nearness(draft, event, toponym)):
        if toponym.place.country:
            found.setdefault(toponym.place.country, PlaceOption(toponym.place.country, toponym))
    if event.place is not None and event.place.place.country:
        found[event.place.place.country] = PlaceOption(event.place.place.country, event.place)
    for option in found.values():
        if option.toponym is not None and option.toponym is not event.place:
            option.toponym = narrowest(draft, option.toponym)
        option.marks = _place_marks(draft, events, number, option)
    return list(found.values())


def _nearness(draft: Draft, event: DraftEvent, toponym: Toponym) -> tuple[bool, bool, int, int]:
    """Scenes of the event's sentence first, then where the report is filed, then by sentences and words between."""
    between = abs(draft.sentence_of[toponym.start] - draft.sentence_of[event.root])
    scene = preposition_of(draft, toponym) in SCENE and not is_attribute(draft, toponym)
    return (not (scene and between == 0), toponym is not draft.dateline, between, abs(toponym.start - event.root))


def _place_marks(draft: Draft, events: Sequence[DraftEvent], number: int, option: PlaceOption) -> set[str]:
    event = events[number]
    sentence = draft.sentence_of[event.root]
    chosen = event.place.place.country if event.place is not None else ""
    parties = [{draft.actors[a].country for a in role} - NO_STATE for role in (event.actors, event.recipients)]
    both = parties[0] | parties[1]
    if not option.country:
        marks = {
            "none",
            f"none, ruled {bool(chosen):d}",
            f"none, countries {min(2, len(both))}",
            f"none, dateline {draft.dateline is not None:d}",
        }
        if event.statement is not None:
            marks.add("none in statement")
        if not any(draft.sentence_of[toponym.start] == sentence for toponym in draft.toponyms):
            marks.add("none named")
        return marks
    marks = {"some"}
    if option.country == chosen:
        marks.add("ruled")
    for name, countries in (("actor", parties[0]), ("recipient", parties[1])):
        if option.country in countries:
            marks |= {f"of {name}", f"of {name}, {min(2, len(both))} in all"}
            if event.mode:
                marks.add(f"of {name}.{event.mode}")
    if both and option.country not in both:
        marks.add("of neither")
    if draft.dateline is not None and draft.dateline.place.country == option.country:
        marks |= {"dateline", f"dateline, of parties {option.country in both:d}"}
    if number and (before := events[number - 1].place) is not None and before.place.country == option.country:
        marks.add(f"place of the act before, {min(sentence - draft.sentence_of[events[number - 1].root], 2)}")
    named = [toponym for toponym in draft.toponyms if toponym.place.country == option.country]
    share = len(named) / max(1, len(draft.toponyms))
    marks.add(f"share={int(4 * share)}")
    if any(draft.sentence_of[toponym.start] == 0 for toponym in named):
        marks.add("at the head")
    near = [toponym for toponym in named if draft.sentence_of[toponym.start] == sentence]
    scenes = [toponym for toponym in near if preposition_of(draft, toponym) in SCENE and not is_attribute(draft, toponym)]
    if scenes:
        marks.add("scene")
        cost = min(attachment(draft, event, draft.doc[event.root], toponym, event.triggers[0]) for toponym in scenes)
        marks.add(f"scene cost={next((limit for limit in (0, 1, 3, 6) if cost <= limit), 99)}")
    elif near:
        marks.add("named")
    elif any(0 < sentence - draft.sentence_of[t.start] <= 1 and preposition_of(draft, t) in SCENE for t in named):
        marks.add("scene before")
    elif any(abs(sentence - draft.sentence_of[t.start]) <= 1 for t in named):
        marks.add("named near")
    if event.statement is not None:
        marks.add("some in statement")
    return marks
