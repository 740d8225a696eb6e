"""Scoring whole records against reports annotated by hand.

    events.found       F1: a trigger of the one touches a trigger of the other; events pair off one to one,
                       those of one type first
    events.typed       the same, and the type must agree
    events.coded       F1 over (type, actors' countries, recipients' countries) a report, triggers ignored: what users
                       of event data consume; in CONSULT, COOPERATE and AGREE the two sides are one set
    status date place  of the typed pairs, the share right where gold has a value. A date is right when it begins as
                       gold's does: year, month or day, as precise as gold is. A place is right in its country
    event.actors       of the typed pairs with parties in gold, the share whose parties are all found, on either side
    statements.found   F1: half of the words in common (multiset intersection over union)
    statements.speaker of those pairs, the share with the right speaker
    actors.found       recall over the actors that do, undergo or say something: a mention in common
    mode               of the typed pairs with a mode on either side, the share where it is the same
    contexts           F1 over the contexts of the typed pairs
    confidence         expected calibration error of the events' confidence; right is an event that is half of a typed pair
    actors.country, actors.sector   of the found ones with a value in gold, the share right
    engagements.found  F1: at least half of gold's participants in common

Where several pairings are possible, the best goes first and, among equals, the later in the text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TypeVar

from dragoman.evaluation.gold import (
    AnnotatedActor,
    AnnotatedEvent,
    AnnotatedStatement,
    Annotation,
    Chars,
    GoldReport,
    annotation_of_record,
)
from dragoman.evaluation.measures import F1, Confidence, Measure, Scores, Share
from dragoman.model import Record

SYMMETRIC = frozenset({"CONSULT", "COOPERATE", "AGREE"})
HALF = 0.5
SAME_TYPE = 2.0  # score of a pair of events that touch and are of one type; 1.0 where only the triggers touch

Item = TypeVar("Item")
Pairs = list[tuple[Item, Item, float]]
Links = dict[str, set[str]]  # gold actor -> the predicted actors that share a mention with it
EventKey = tuple[str, tuple[str, ...], tuple[str, ...]]


def score_report(gold: GoldReport, record: Record) -> Scores:
    """The counts of one report; they add up over a corpus."""
    predicted = annotation_of_record(record)
    scores = score_annotations(gold.annotation, predicted)
    return Scores(scores.part, scores.items, {**scores.measures, **_beyond(gold.annotation, predicted)})


def score_annotations(gold: Annotation, predicted: Annotation) -> Scores:
    """The counts of one report, from either source of annotation."""
    links = link_actors(gold, predicted)
    pairs = pair_events(gold.events, predicted.events)
    typed = [(wanted, got) for wanted, got, score in pairs if score == SAME_TYPE]
    measures: dict[str, Measure] = {
        "events.found": F1(len(pairs), len(gold.events), len(predicted.events)),
        "events.typed": F1(len(typed), len(gold.events), len(predicted.events)),
        "events.coded": _coded(gold, predicted),
    }
    measures |= _event_details(typed, links)
    measures |= _statements(gold, predicted, links)
    measures |= _actors(gold, predicted, links)
    measures["engagements.found"] = _engagements(gold, predicted, links)
    return Scores("reports", 1, measures)


def pair_events(gold: list[AnnotatedEvent], predicted: list[AnnotatedEvent]) -> Pairs[AnnotatedEvent]:
    """Events that tell one happening, by their triggers; the score is ``SAME_TYPE`` where the type agrees too."""
    return pair(gold, predicted, _event_likeness)


def link_actors(gold: Annotation, predicted: Annotation) -> Links:
    """For each gold actor the predicted ones that it shares a mention with."""
    return {
        wanted: {name for name, actor in predicted.actors.items() if touch(actor.spans, gold.actors[wanted].spans)}
        for wanted in gold.actors
    }


def pair(gold: Sequence[Item], predicted: Sequence[Item], likeness: Callable[[Item, Item], float]) -> Pairs[Item]:
    """One-to-one pairs with a likeness above 0, the likest first."""
    candidates = sorted(
        ((score, i, j) for i, wanted in enumerate(gold) for j, got in enumerate(predicted) if (score := likeness(wanted, got)) > 0),
        reverse=True,
    )
    used_gold: set[int] = set()
    used_predicted: set[int] = set()
    pairs: Pairs[Item] = []
    for score, i, j in candidates:
        if i not in used_gold and j not in used_predicted:
            used_gold.add(i)
            used_predicted.add(j)
            pairs.append((gold[i], predicted[j], score))
    return pairs


def touch(first: list[Chars], second: list[Chars]) -> bool:
    """Whether a span of the one has a character in common with a span of the other."""
    return any(a[0] < b[1] and b[0] < a[1] for a in first for b in second)


def event_keys(annotation: Annotation) -> Counter[EventKey]:
    """The events of a report as event data have them: type and the countries of both sides."""
    return Counter(_event_key(event, annotation) for event in annotation.events)


def _event_key(event: AnnotatedEvent, annotation: Annotation) -> EventKey:
    actors = _countries(event.actors, annotation)
    recipients = _countries(event.recipients, annotation)
    if event.type in SYMMETRIC:
        return event.type, tuple(sorted(actors | recipients)), ()
    return event.type, tuple(sorted(actors)), tuple(sorted(recipients))


def _beyond(gold: Annotation, predicted: Annotation) -> dict[str, Measure]:
    """What the scorer beside the annotations does not measure: modes, contexts, and how far the confidence can be believed."""
    typed = [(wanted, got) for wanted, got, score in pair_events(gold.events, predicted.events) if score == SAME_TYPE]
    right = {id(got) for _, got in typed}
    mode, contexts = Share(), F1()
    for wanted, got in typed:
        if wanted.mode or got.mode:
            mode += Share.one(wanted.mode == got.mode)
        contexts += F1(len({*wanted.contexts} & {*got.contexts}), len(wanted.contexts), len(got.contexts))
    cases = tuple((event.type, event.confidence, id(event) in right) for event in predicted.events)
    return {"mode": mode, "contexts": contexts, "confidence": Confidence(cases, Counter(event.type for event in gold.events))}


def _countries(ids: list[str], annotation: Annotation) -> set[str]:
    return {annotation.actors[name].country for name in ids if name in annotation.actors} - {""}


def _coded(gold: Annotation, predicted: Annotation) -> F1:
    wanted, got = event_keys(gold), event_keys(predicted)
    return F1((wanted & got).total(), wanted.total(), got.total())


def _event_likeness(wanted: AnnotatedEvent, got: AnnotatedEvent) -> float:
    if not touch(wanted.spans, got.spans):
        return 0.0
    return SAME_TYPE if wanted.type == got.type else 1.0


def _event_details(typed: list[tuple[AnnotatedEvent, AnnotatedEvent]], links: Links) -> dict[str, Measure]:
    status = date = place = parties = Share()
    for wanted, got in typed:
        status += Share.one(wanted.status == got.status)
        if wanted.start:
            date += Share.one(got.start.startswith(wanted.start))
        if wanted.place_country:
            place += Share.one(wanted.place_country == got.place_country)
        if ids := {*wanted.actors, *wanted.recipients}:
            parties += Share.one(all(links.get(name, set()) & {*got.actors, *got.recipients} for name in ids))
    return {"status": status, "date": date, "place": place, "event.actors": parties}


def _statements(gold: Annotation, predicted: Annotation, links: Links) -> dict[str, Measure]:
    pairs = pair(gold.statements, predicted.statements, _statement_likeness)
    speaker = Share()
    for wanted, got, _ in pairs:
        speaker += Share.one(got.speaker in links.get(wanted.speaker or "", set()))
    found = F1(len(pairs), len(gold.statements), len(predicted.statements))
    return {"statements.found": found, "statements.speaker": speaker}


def _statement_likeness(wanted: AnnotatedStatement, got: AnnotatedStatement) -> float:
    first, second = Counter(wanted.words), Counter(got.words)
    union = (first | second).total()
    likeness = (first & second).total() / union if union else 0.0
    return likeness if likeness >= HALF else 0.0


def _actors(gold: Annotation, predicted: Annotation, links: Links) -> dict[str, Measure]:
    used = {name for event in gold.events for name in (*event.actors, *event.recipients)}
    used |= {said.speaker for said in gold.statements if said.speaker}
    found = country = sector = Share()
    for name, actor in gold.actors.items():
        if name not in used or not actor.spans:
            continue
        same: list[AnnotatedActor] = [predicted.actors[other] for other in links[name]]
        found += Share.one(bool(same))
        if same and actor.country:
            country += Share.one(any(other.country == actor.country for other in same))
        if same and actor.sector:
            sector += Share.one(any(other.sector == actor.sector for other in same))
    return {"actors.found": found, "actors.country": country, "actors.sector": sector}


def _engagements(gold: Annotation, predicted: Annotation, links: Links) -> F1:
    def likeness(wanted: frozenset[str], got: frozenset[str]) -> float:
        if not wanted or not got:
            return 0.0
        share = sum(bool(links.get(name, set()) & got) for name in wanted) / len(wanted)
        return share if share >= HALF else 0.0

    pairs = pair(gold.engagements, predicted.engagements, likeness)
    return F1(len(pairs), len(gold.engagements), len(predicted.engagements))
