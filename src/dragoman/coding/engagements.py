"""Visits, meetings, calls and summits as an analyst files them: who, where, about what, with what result, what next.

The CONSULT events of a report are gathered: a visit and the talks held on it are one engagement, a visit to another
country is another. Meetings still to come within a visit are its ``planned`` events (CODEBOOK, engagements).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib.resources import files
from typing import get_args

from dragoman.coding.agenda import Topics, span_of
from dragoman.coding.draft import Draft, DraftEngagement, DraftEvent
from dragoman.knowledge.tables import TableError, read_table
from dragoman.model import EngagementKind, Status

CUES = files("dragoman.coding") / "cues"
KINDS: dict[str, EngagementKind] = {kind: kind for kind in get_args(EngagementKind)}
# "the first Russian foreign minister to visit Pakistan since 2012", "his second trip to Kabul this year"
NUMBER = r"(?:first|second|third|fourth|fifth|last)"
SPAN = r"(?:a|two|three|four|five|six|seven|eight|nine|ten|\d+) (?:decades?|years?|months?)"
SINCE = r"since (?:\d{4}|[A-Z]\w+ \d{4}|taking office|[^.;,:\n“”\"]{3,80})"
PRECEDENT = re.compile(
    rf"\b(?:the|his|her|its|their|a|this)\s+(?:very\s+)?{NUMBER}\b[^.;:\n“”\"]{{0,80}}?"
    rf"\b(?:{SINCE}|in (?:more than |nearly |almost |over )?{SPAN}|ever|this (?:year|month))"
)
OUTCOME_TYPES = frozenset({"AGREE", "SUPPORT", "COOPERATE", "AID", "CONCEDE"})
OFFICIAL = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "PTY", "OPP", "REB", "SPY", "ELI", "UAF"})
APART = 10  # days between two acts of one engagement at most: a long tour fits, the meeting of last month does not
REACH = 2  # sentences behind an engagement told in passing in which its agenda may still stand


class Engagements:
    """The step that fills ``draft.engagements`` from the CONSULT events and what stands around them."""

    def __init__(self) -> None:
        self.topics = Topics()
        self.kinds: dict[str, EngagementKind] = {}
        for row in read_table(CUES / "engagements.csv", ("word", "role", "value", "example")):
            if row["role"] == "kind":
                if row["value"] not in KINDS:
                    raise TableError(f"{row.where}: {row['value']!r} is no kind; expected one of {', '.join(KINDS)}")
                self.kinds[row["word"]] = KINDS[row["value"]]

    def __call__(self, draft: Draft) -> None:
        groups = gather(draft)
        told = [_sentences(draft, group) for group in groups]
        for number, group in enumerate(groups):
            engagement = self._engagement(draft, group)
            engagement.agenda_chars = self._agenda(draft, number, told, _parties(draft, group))
            draft.engagements.append(engagement)
        _attach(draft, groups)

    # -- one engagement --------------------------------------------------------------------------------------------

    def _engagement(self, draft: Draft, group: list[int]) -> DraftEngagement:
        events = [draft.events[number] for number in group]
        kind = self._kind(draft, events)
        host = _host_country(draft, events) if kind == "visit" else ""
        people = list(dict.fromkeys(actor for event in events for actor in event.actors + event.recipients))
        visitors = [actor for actor in people if host and draft.actors[actor].country != host]
        visiting = {actor for event in events if event.mode == "visit" for actor in event.actors}
        visitors = _persons_first(draft, [actor for actor in visitors if actor in visiting] or visitors)
        if not visitors and kind == "visit":  # within one country: the event alone tells who came
            visitors = [actor for actor in people if actor in visiting]
        hosts = [actor for actor in people if actor not in visitors] if kind == "visit" else []
        state = next((i for i, a in enumerate(draft.actors) if host and a.kind == "country" and a.country == host), None)
        if kind == "visit" and state is not None and state not in hosts:
            hosts.append(state)
        status = _status(event.status for event in events)
        dated = [event for event in events if event.status == status]
        return DraftEngagement(
            kind=kind, visitors=visitors, hosts=hosts, participants=_persons_first(draft, people),
            start=min((event.start for event in dated if event.start), default=""),
            end=max((event.end for event in dated if event.end), default=""),
            place=next((event.place for event in events if event.place and event.place.place.country in ("", host)),
                       next((event.place for event in events if event.place), None)),
            precedent_chars=_precedent(draft, events), status=status,
        )  # fmt: skip

    def _kind(self, draft: Draft, events: list[DraftEvent]) -> EngagementKind:
        if any(event.mode == "phone" for event in events) and not any(event.mode == "visit" for event in events):
            return "call"
        if any(event.mode == "visit" for event in events):
            return "visit"
        for event in events:
            for start, end in event.triggers:
                for token in draft.doc[start:end]:
                    if token.lemma_.lower() in self.kinds:
                        return self.kinds[token.lemma_.lower()]
        return "meeting"

    # -- agenda ----------------------------------------------------------------------------------------------------

    def _agenda(self, draft: Draft, number: int, told: list[list[int]], parties: set[int]) -> list[tuple[int, int]]:
        """The topics of the sentences that are about this engagement, each once."""
        found: dict[str, tuple[int, int]] = {}
        for index, sentence in enumerate(draft.sentences):
            if _about(index, told) != number:
                continue
            for word in sentence:
                if word.pos_ == "VERB" and not _discussed_by(draft, word.i, parties):
                    continue
                for topic in self.topics.behind(word):
                    span = span_of(topic)
                    if span is None or parties & set(draft.actors_at(topic)):
                        continue
                    text = draft.report.text[span[0] : span[1]].lower().removeprefix("the ")
                    if not any(text in known for known in found):
                        found[text] = span
        return sorted(found.values())


# -- which events are one engagement -------------------------------------------------------------------------------


def gather(draft: Draft) -> list[list[int]]:
    """The CONSULT events of each engagement, as indexes of ``draft.events``; what is still to come joins what it is part of."""
    groups: list[list[int]] = []
    events = draft.events
    candidates = [number for number, event in enumerate(events) if _counts(draft, event)]
    for number in candidates:
        group = next((group for group in groups if _belongs(draft, group, events[number])), None)
        if group is None:
            groups.append([number])
        else:
            group.append(number)
    return [group for group in groups if not _is_planned_elsewhere(draft, group, groups)]


def _counts(draft: Draft, event: DraftEvent) -> bool:
    """Whether an event is one that analysts file: two parties, not only crowds and passers-by, and not called off."""
    if event.type != "CONSULT" or event.status in ("negated", "hypothetical"):
        return False
    parties = [draft.actors[actor] for actor in event.actors + event.recipients]
    official = [party for party in parties if party.kind != "group" or set(party.sectors) & OFFICIAL]
    return len(parties) > 1 and len(official) > 1


def _belongs(draft: Draft, group: list[int], event: DraftEvent) -> bool:
    """Whether an event is part of an engagement: the same people or states, the same countries, about the same time."""
    members = [draft.events[number] for number in group]
    first = members[0]
    if (first.status == "future") != (event.status == "future") or any(_far(one, event) for one in members):
        return False
    if "phone" in {first.mode, event.mode} and "visit" in {first.mode, event.mode}:
        return False
    ours, theirs = _parties(draft, group), set(event.actors + event.recipients)
    here, there = _countries(draft, ours), _countries(draft, theirs)
    if not (here <= there or there <= here):
        return False
    people = {actor for actor in ours & theirs if draft.actors[actor].kind != "country"}
    return bool(people) or (len(ours & theirs) > 1)


def _far(one: DraftEvent, two: DraftEvent) -> bool:
    """Whether two events are dated too far apart to be one engagement."""
    if not one.start or not two.start:
        return False
    if len(one.start) < 10 or len(two.start) < 10:
        shorter = min(len(one.start), len(two.start))
        return one.start[:shorter] != two.start[:shorter]
    return abs(_day(one.start) - _day(two.start)) > APART


def _day(iso: str) -> int:
    from datetime import date

    return date.fromisoformat(iso).toordinal()


def _is_planned_elsewhere(draft: Draft, group: list[int], groups: list[list[int]]) -> bool:
    """Whether all of a group is still to come and belongs to a visit or meeting under way."""
    events = [draft.events[number] for number in group]
    if any(event.status != "future" for event in events):
        return False
    return any(
        _is_part(draft, draft.events[other[0]], event) for other in groups if other is not group for event in events
    )


def _is_part(draft: Draft, engagement: DraftEvent, event: DraftEvent) -> bool:
    """Whether a meeting to come is part of an engagement that has begun: one of its people, no third country."""
    if engagement.status != "actual" or event.status != "future" or _far(engagement, event):
        return False
    ours = set(engagement.actors + engagement.recipients)
    theirs = set(event.actors + event.recipients)
    people = {actor for actor in ours & theirs if draft.actors[actor].kind != "country"}
    return bool(people) and _countries(draft, theirs) <= _countries(draft, ours)


# -- its parts -----------------------------------------------------------------------------------------------------


def _parties(draft: Draft, group: list[int]) -> set[int]:
    return {actor for number in group for actor in draft.events[number].actors + draft.events[number].recipients}


def _countries(draft: Draft, actors: Iterable[int]) -> set[str]:
    return {draft.actors[actor].country for actor in actors} - {""}


def _host_country(draft: Draft, events: list[DraftEvent]) -> str:
    """The country visited: that of the hosts, else where it takes place, if somebody comes from elsewhere."""
    visits = [event for event in events if event.mode == "visit"]
    visitors = _countries(draft, (actor for event in visits for actor in event.actors))
    for event in visits:
        hosting = [draft.actors[actor].country for actor in event.recipients if draft.actors[actor].country]
        if hosting and hosting[0] not in _countries(draft, event.actors):
            return hosting[0]
    for event in visits:
        if event.place and visitors - {event.place.place.country}:
            return event.place.place.country
    return ""


def _persons_first(draft: Draft, actors: list[int]) -> list[int]:
    """Persons and bodies, and of the states those that nobody else in the list stands for; all if that leaves one."""
    represented = {draft.actors[actor].country for actor in actors if draft.actors[actor].kind == "person"}
    kept = [a for a in actors if draft.actors[a].kind != "country" or draft.actors[a].country not in represented]
    return sorted(kept, key=lambda actor: draft.actors[actor].kind != "person")


def _status(statuses: Iterable[Status]) -> Status:
    """An engagement is a fact as soon as one of its events is."""
    given = list(statuses)
    return next((status for status in ("actual", "historical", "future") if status in given), given[0])


def _sentences(draft: Draft, group: list[int]) -> list[int]:
    """The sentences in which an engagement is told."""
    return sorted({draft.sentence_of[start] for number in group for start, _ in draft.events[number].triggers})


def _about(sentence: int, told: list[list[int]]) -> int | None:
    """The engagement that a sentence is about: the one told last; the report's first where the others were in passing."""
    before = [(max(n for n in numbers if n <= sentence), i) for i, numbers in enumerate(told) if numbers[0] <= sentence]
    if not before:
        return 0 if told else None
    last, number = max(before)
    return number if number == 0 or sentence - last <= REACH else 0


def _discussed_by(draft: Draft, verb: int, parties: set[int]) -> bool:
    """Whether nobody else than the parties and their fellow countrymen is the subject of a word of discussing."""
    subject = next((child for child in draft.doc[verb].children if child.dep_ == "nsubj"), None)
    actors = [] if subject is None else draft.actors_at(subject)
    return not actors or bool(set(actors) & parties) or bool(_countries(draft, actors) & _countries(draft, parties))


def _precedent(draft: Draft, events: list[DraftEvent]) -> tuple[int, int] | None:
    """A claim of rank or return in a sentence that tells the engagement, or in one about its visitors' coming."""
    for number in sorted({draft.sentence_of[start] for event in events for start, _ in event.triggers}):
        sentence = draft.sentences[number]
        for match in PRECEDENT.finditer(draft.report.text, sentence.start_char, sentence.end_char):
            around = draft.report.text[sentence.start_char : match.end()]
            if re.search(r"\b(?:visit|trip|meet|summit|travel|call|talk|go|tour|come|arriv|host)", around):
                return match.span()
    return None


# -- outcomes and plans --------------------------------------------------------------------------------------------


def _attach(draft: Draft, groups: list[list[int]]) -> None:
    """Agreements and the like between its parties are outcomes; meetings to come of its people are what is planned."""
    for engagement, group in zip(draft.engagements, groups, strict=True):
        parties = _parties(draft, group)
        states = _countries(draft, parties)
        for number, event in enumerate(draft.events):
            theirs = set(event.actors + event.recipients)
            if number in group:
                if event.status == "future":
                    engagement.planned.append(number)
            elif event.type == "CONSULT":
                if any(_is_part(draft, draft.events[one], event) for one in group):
                    engagement.planned.append(number)
            elif event.type in OUTCOME_TYPES and event.status == engagement.status == "actual" and parties & theirs:
                if _countries(draft, theirs) <= states:
                    engagement.outcomes.append(number)
