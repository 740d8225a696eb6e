"""From the working draft to the frozen record: ids in text order, spans in characters, unused actors left out."""

from __future__ import annotations

import hashlib

from dragoman import plover
from dragoman.coding.draft import Draft, DraftActor, DraftEngagement, DraftEvent, DraftStatement, Toponym
from dragoman.model import Actor, CoderInfo, Engagement, Event, Place, Record, ReportInfo, Span, Statement


def to_record(draft: Draft, coder: CoderInfo) -> Record:
    """The record of a fully coded draft."""
    kept = _kept_actors(draft)
    ids = {actor: f"A{number}" for number, actor in enumerate(kept, 1)}
    mentions = _mentions(draft, kept)
    return Record(
        report=report_info(draft),
        actors=[_actor(draft.actors[actor], ids[actor], mentions[actor]) for actor in kept],
        events=[_event(draft, event, number, ids) for number, event in enumerate(draft.events, 1)],
        statements=[_statement(draft, statement, number, ids) for number, statement in enumerate(draft.statements, 1)],
        engagements=[_engagement(draft, item, number, ids) for number, item in enumerate(draft.engagements, 1)],
        coder=coder,
    )


def without_doubtful(record: Record, least: float) -> Record:
    """The record without events and statements less likely than ``least`` (0 to 1).

    Ids stay as they are. Actors that only such an event or statement names stay too: they are in the report. An engagement without
    the events it was made of stays, and names only those that are left.
    """
    events = [event for event in record.events if event.confidence >= least]
    statements = [statement for statement in record.statements if statement.confidence >= least]
    told, said = {event.id for event in events}, {statement.id for statement in statements}
    return record.model_copy(
        update={
            "events": [
                event if event.by_statement in said or event.by_statement is None else event.model_copy(update={"by_statement": None})
                for event in events
            ],
            "statements": statements,
            "engagements": [
                item.model_copy(
                    update={
                        "outcomes": [event for event in item.outcomes if event in told],
                        "planned": [event for event in item.planned if event in told],
                    }
                )
                for item in record.engagements
            ],
        }
    )


def report_info(draft: Draft) -> ReportInfo:
    """What the record keeps of the report itself."""
    report = draft.report
    start, end = draft.dateline_chars or (0, 0)
    return ReportInfo(
        id=report.id, title=report.title, published=report.published, language=report.language or "en",
        publisher=report.publisher, url=report.url, dateline=report.text[start:end],
        text_sha256=text_hash(report.text),
    )  # fmt: skip


def text_hash(text: str) -> str:
    """SHA-256 of a text in UTF-8, by which a record knows its report again."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _mentions(draft: Draft, kept: list[int]) -> dict[int, list[Span]]:
    """Every actor's mentions, pronouns left out; adjectives count for states, and for actors known only through them."""
    found: dict[int, dict[int, Span]] = {actor: {} for actor in kept}  # by first token
    for adjectives in (False, True):
        for mention in draft.mentions:
            if mention.pronoun or mention.adjective is not adjectives:
                continue
            for actor in mention.actors:
                if actor in found and (not adjectives or not found[actor] or draft.actors[actor].kind == "country"):
                    found[actor].setdefault(mention.start, draft.span(mention.start, mention.end))
    return {actor: [spans[start] for start in sorted(spans)] for actor, spans in found.items()}


def _kept_actors(draft: Draft) -> list[int]:
    """Actors with a part in an event, statement or engagement, and named persons and organizations, in text order."""
    used: set[int] = set()
    for event in draft.events:
        used.update(event.actors, event.recipients)
    for statement in draft.statements:
        used.update(statement.to, [] if statement.speaker is None else [statement.speaker])
    for engagement in draft.engagements:
        used.update(engagement.visitors, engagement.hosts, engagement.participants)
    order: dict[int, int] = {}
    for mention in draft.mentions:
        for actor in mention.actors:
            named = draft.actors[actor].kind in ("person", "organization", "group") and not mention.pronoun
            if actor in used or named:
                order.setdefault(actor, mention.start)
    for actor in sorted(used):
        order.setdefault(actor, len(draft.doc))
    return sorted(order, key=lambda actor: (order[actor], actor))


def _actor(actor: DraftActor, identifier: str, mentions: list[Span]) -> Actor:
    longest = max(mentions, key=lambda span: len(span.text), default=None)
    name = actor.name
    if actor.kind == "group" and longest is not None:
        name = longest.text
    return Actor(
        id=identifier, name=" ".join(name.split()), kind=actor.kind, country=actor.country, sectors=actor.sectors, office=actor.office,
        mentions=mentions, confidence=round(actor.confidence, 3),
    )  # fmt: skip


def place_of(draft: Draft, toponym: Toponym | None) -> Place | None:
    """A toponym's place with the words that name it."""
    if toponym is None:
        return None
    span = draft.span(toponym.start, toponym.end)
    if toponym is draft.dateline and draft.dateline_chars is not None:  # blanked in the parse: no token of its own
        span = draft.char_span(*draft.dateline_chars)
    return toponym.place.model_copy(update={"span": span})


def _event(draft: Draft, event: DraftEvent, number: int, ids: dict[int, str]) -> Event:
    sentence = draft.sentences[draft.sentence_of[event.root]]
    planned = plover.plover_type(event.type, event.status)
    return Event(
        id=f"E{number}", type=event.type, mode=event.mode, status=event.status,
        actors=[ids[actor] for actor in event.actors], recipients=[ids[actor] for actor in event.recipients],
        start=event.start, end=event.end, when=draft.span(*event.when) if event.when else None,
        place=place_of(draft, event.place), contexts=event.contexts, triggers=[draft.span(*trigger) for trigger in event.triggers],
        sentence=draft.span(sentence.start, sentence.end),
        by_statement=None if event.statement is None else f"S{event.statement + 1}",
        plover_type=planned, intensity=plover.intensity(event.type, event.mode), quad=plover.quad(planned),
        cameo=plover.cameo(event.type, event.mode, event.status), confidence=round(event.confidence, 3),
    )  # fmt: skip


def _statement(draft: Draft, statement: DraftStatement, number: int, ids: dict[int, str]) -> Statement:
    return Statement(
        id=f"S{number}", speaker=None if statement.speaker is None else ids[statement.speaker],
        cue=draft.span(*statement.cue) if statement.cue else None,
        content=[draft.char_span(start, end) for start, end in statement.content_chars],
        kind=statement.kind, medium=statement.medium, to=[ids[actor] for actor in statement.to], confidence=round(statement.confidence, 3),
    )  # fmt: skip


def _engagement(draft: Draft, engagement: DraftEngagement, number: int, ids: dict[int, str]) -> Engagement:
    return Engagement(
        id=f"G{number}", kind=engagement.kind,
        visitors=[ids[actor] for actor in engagement.visitors], hosts=[ids[actor] for actor in engagement.hosts],
        participants=[ids[actor] for actor in engagement.participants], start=engagement.start, end=engagement.end,
        place=place_of(draft, engagement.place), agenda=[draft.char_span(start, end) for start, end in engagement.agenda_chars],
        outcomes=[f"E{event + 1}" for event in engagement.outcomes], planned=[f"E{event + 1}" for event in engagement.planned],
        precedent=draft.char_span(*engagement.precedent_chars) if engagement.precedent_chars else None, status=engagement.status,
    )  # fmt: skip
