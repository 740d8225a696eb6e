"""Visits, meetings, calls and summits as an analyst files them: who, where, about what, with what result, what next.

The CONSULT events of a report are gathered: a visit and the talks held on it are one engagement, a visit to another
country is another. Meetings still to come within a visit are its ``planned`` events (CODEBOOK, engagements).
"""

from __future__ import annotations

import datetime
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
# "the first French premier to visit Chad since 2014", "his second trip to Kabul this year"
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
        self.written: set[str] = set()
        for row in read_table(CUES / "engagements.csv", ("word", "role", "value", "example")):
            if row["role"] == "kind":
                if row["value"] not in KINDS:
                    raise TableError(f"{row.where}: {row['value']!r} is no kind; expected one of {', '.join(KINDS)}")
                self.kinds[row["word"]] = KINDS[row["value"]]
            elif row["role"] == "written":
                self.written.add(row["word"])

    def __call__(self, draft: Draft) -> None:
        draft.events = with_earlier_visits(draft)
        groups = self.gather(draft)
        about = _about(len(draft.sentences), [_sentences(draft, group) for group in groups])
        for number, group in enumerate(groups):
            engagement = self._engagement(draft, group)
            engagement.agenda_chars = self._agenda(draft, about[number], _parties(draft, group))
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
        hosts = [a for a in people if a not in visitors and (not host or draft.actors[a].country in ("", host))]
        hosts = _persons_first(draft, hosts) if kind == "visit" else []
        state = _state(draft, host)
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

    # -- which events are one engagement ---------------------------------------------------------------------------

    def gather(self, draft: Draft) -> list[list[int]]:
        """The CONSULT events of each engagement, as indexes of ``draft.events``; what is to come joins what it is part of."""
        groups: list[list[int]] = []
        events = draft.events
        counting = [number for number, event in enumerate(events) if _counts(draft, event) and not self._is_written(draft, event)]
        for number in sorted(counting, key=lambda number: (self._only_tells_topics(draft, events[number]), number)):
            event = events[number]
            group = next((group for group in groups if _belongs(draft, group, event)), None)
            if group is not None:
                group.append(number)
            elif not groups or not self._only_tells_topics(draft, event) or _are_others(draft, groups, event):
                groups.append([number])
        groups = [sorted(group) for group in groups if not _is_planned_elsewhere(draft, group, groups)]
        return sorted(group for group in groups if not _is_abstract(draft, group, groups))

    def _only_tells_topics(self, draft: Draft, event: DraftEvent) -> bool:
        """Whether an event is told by a verb of discussing, whose object is easily taken for the other side."""
        root = draft.doc[event.root]
        return root.pos_ == "VERB" and "object" in self.topics.ways.get(root.lemma_.lower(), ())

    def _is_written(self, draft: Draft, event: DraftEvent) -> bool:
        """Whether an event is a letter or message: nobody meets or speaks."""
        return any(token.lemma_.lower() in self.written for start, end in event.triggers for token in draft.doc[start:end])

    # -- agenda ----------------------------------------------------------------------------------------------------

    def _agenda(self, draft: Draft, sentences: list[int], parties: set[int]) -> list[tuple[int, int]]:
        """The topics of the sentences that are about this engagement, each once."""
        found: dict[str, tuple[int, int]] = {}
        for sentence in sentences:
            for word in draft.sentences[sentence]:
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


# -- what a precedent tells ------------------------------------------------------------------------------------------


def with_earlier_visits(draft: Draft) -> list[DraftEvent]:
    """The events and, where a visit is "the first since 2012", the visit of 2012 as an event of its own, in text order."""
    events = list(draft.events)
    for visit in draft.events:
        if visit.type != "CONSULT" or visit.mode != "visit":
            continue
        claim = _precedent(draft, [visit])
        earlier = None if claim is None else _earlier_visit(draft, visit, claim)
        if earlier is not None and all(known.root != earlier.root for known in events):
            events.append(earlier)
    return sorted(events, key=lambda event: event.root)


def _earlier_visit(draft: Draft, visit: DraftEvent, claim: tuple[int, int]) -> DraftEvent | None:
    """The last visit before this one, by the visitors' state to the hosts' state, in the year that the claim names."""
    year = re.search(r"\bfirst\b.*\bsince (\d{4})$", draft.report.text[slice(*claim)])
    words = draft.doc.char_span(*claim)
    host = _host_country(draft, [visit])
    guests = sorted(_countries(draft, visit.actors) - {host})
    visitor = _state(draft, guests[0]) if len(guests) == 1 else None
    receiver = _state(draft, host)
    if year is None or words is None or visitor is None or receiver is None:
        return None
    start = next((token.i for token in words if token.lemma_.lower() in ("visit", "travel", "trip", "come")), words.end - 2)
    history = draft.date is not None and int(year[1]) < draft.date.year - 1
    return DraftEvent(
        "CONSULT", "visit", start, [(start, words.end)], [visitor], [receiver], "historical" if history else "actual",
        year[1], year[1], (words.end - 1, words.end), contexts=["diplomatic"], confidence=visit.confidence,
    )  # fmt: skip


def _state(draft: Draft, country: str) -> int | None:
    """The actor that is the state itself, if the report names it."""
    named = (number for number, actor in enumerate(draft.actors) if actor.kind == "country" and actor.country == country)
    return next(named, None) if country else None


# -- which events are one engagement -------------------------------------------------------------------------------


def _counts(draft: Draft, event: DraftEvent) -> bool:
    """Whether an event is one that analysts file: two parties, not only crowds and passers-by, and not called off."""
    if event.type != "CONSULT" or event.status in ("negated", "hypothetical"):
        return False
    parties = [draft.actors[actor] for actor in event.actors + event.recipients]
    if event.status == "historical" and all(party.kind == "country" for party in parties):
        return False  # what states did long ago is background
    official = [party for party in parties if party.kind != "group" or set(party.sectors) & OFFICIAL]
    countries = {party.country for party in official}  # "" too: one whose country is not told is mostly from elsewhere
    persons = [party for party in official if party.kind == "person"]
    return len(official) > 1 and (len(countries) > 1 or len(persons) > 1)


def _belongs(draft: Draft, group: list[int], event: DraftEvent) -> bool:
    """Whether an event is part of an engagement: the same people or states, the same countries, about the same time."""
    members = [draft.events[number] for number in group]
    first = members[0]
    if (first.status == "future") != (event.status == "future") or any(_far(one, event) for one in members):
        return False
    if "phone" in {first.mode, event.mode} and "visit" in {first.mode, event.mode}:
        return False
    ours, theirs = _parties(draft, group), set(event.actors + event.recipients)
    if "phone" in {one.mode for one in members} and not theirs <= ours:
        return False  # who is on the line is told at once
    here, there = _countries(draft, ours), _countries(draft, theirs)
    if not (here <= there or there <= here):
        return False
    if here != there and _at_home(draft, ours - theirs if here < there else theirs - ours, here & there):
        return False
    people = {actor for actor in ours & theirs if draft.actors[actor].kind != "country"}
    return bool(people) or len(ours & theirs) > 1 or bool(ours & theirs and here == there and len(here) > 1)


def _at_home(draft: Draft, others: set[int], countries: set[str]) -> bool:
    """Whether others meet a traveller in his own country: no part of his journey abroad."""
    return any(draft.actors[a].kind != "country" and {draft.actors[a].country} == countries for a in others)


def _are_others(draft: Draft, groups: list[list[int]], event: DraftEvent) -> bool:
    """Whether two persons talk of whom no engagement knows either them or their countries."""
    theirs = {*event.actors, *event.recipients}
    known = {actor for group in groups for actor in _parties(draft, group)}
    persons = [actor for actor in theirs if draft.actors[actor].kind == "person"]
    return len(persons) > 1 and not theirs & known and not _countries(draft, theirs) & _countries(draft, known)


def _far(one: DraftEvent, two: DraftEvent) -> bool:
    """Whether two events are dated too far apart to be one engagement."""
    if not one.start or not two.start:
        return False
    if len(one.start) < 10 or len(two.start) < 10:
        shorter = min(len(one.start), len(two.start))
        return one.start[:shorter] != two.start[:shorter]
    return abs(_day(one.start) - _day(two.start)) > APART


def _day(iso: str) -> int:
    return datetime.date.fromisoformat(iso).toordinal()


def _is_planned_elsewhere(draft: Draft, group: list[int], groups: list[list[int]]) -> bool:
    """Whether all of a group is still to come and belongs to a visit or meeting under way."""
    events = [draft.events[number] for number in group]
    if any(event.status != "future" for event in events):
        return False
    return any(all(_is_part(draft, other, event) for event in events) for other in groups if other is not group)


def _is_part(draft: Draft, group: list[int], event: DraftEvent) -> bool:
    """Whether a meeting to come is part of an engagement that has begun: one of its people, no third country; only a visit
    has visits as its parts ("will call on the premier")."""
    members = [draft.events[number] for number in group if draft.events[number].status == "actual"]
    if event.status != "future" or not members or any(_far(one, event) for one in members):
        return False
    ours, theirs = _parties(draft, group), {*event.actors, *event.recipients}
    people = {actor for actor in ours & theirs if draft.actors[actor].kind != "country"}
    others = _countries(draft, theirs - people)
    if not people or (event.mode == "visit" and (not others or all(one.mode != "visit" for one in members))):
        return False
    return others <= _countries(draft, ours) - _countries(draft, people)


def _is_abstract(draft: Draft, group: list[int], groups: list[list[int]]) -> bool:
    """Whether a group is "talks" between states and bodies at no time in particular, beside meetings of persons."""
    events = [draft.events[number] for number in group]
    kinds = {draft.actors[actor].kind for actor in _parties(draft, group)}
    if kinds & {"person", "group"} or any(event.start or event.status != "actual" for event in events):
        return False
    return any(draft.actors[actor].kind == "person" for other in groups for actor in _parties(draft, other))


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
    """For each country its persons; where none is named its bodies, else its groups, else the state itself."""
    rank = {"person": 0, "organization": 1, "group": 2, "country": 3}
    best: dict[str, int] = {}
    for actor in actors:
        found = draft.actors[actor]
        best[found.country] = min(rank[found.kind], best.get(found.country, rank[found.kind]))
    kept = [a for a in actors if not draft.actors[a].country or rank[draft.actors[a].kind] == best[draft.actors[a].country]]
    return sorted(kept, key=lambda actor: rank[draft.actors[actor].kind])


def _status(statuses: Iterable[Status]) -> Status:
    """An engagement is a fact as soon as one of its events is."""
    given = list(statuses)
    return next((status for status in ("actual", "historical", "future") if status in given), given[0])


def _sentences(draft: Draft, group: list[int]) -> list[int]:
    """The sentences in which an engagement is told."""
    return sorted({draft.sentence_of[start] for number in group for start, _ in draft.events[number].triggers})


def _about(sentences: int, told: list[list[int]]) -> list[list[int]]:
    """The sentences about each engagement: it is the one told last there; the report's first where the others were in passing.

    ``told`` holds the sentences in which each is told.
    """
    about: list[list[int]] = [[] for _ in told]
    # where a sentence tells two, it is about the one that the report tells first ("met on the sidelines of the summit")
    told_in = {sentence: number for number, numbers in reversed([*enumerate(told)]) for sentence in numbers}
    last, number = 0, 0
    for sentence in range(sentences if told else 0):
        if sentence in told_in:
            last, number = sentence, told_in[sentence]
        about[number if sentence - last <= REACH else 0].append(sentence)
    return about


def _discussed_by(draft: Draft, verb: int, parties: set[int]) -> bool:
    """Whether nobody else than the parties and their fellow countrymen is the subject of a word of discussing."""
    subject = next((child for child in draft.doc[verb].children if child.dep_ == "nsubj"), None)
    actors = [] if subject is None or subject.pos_ == "PRON" else draft.actors_at(subject)  # "they" is whom the text is about
    return not actors or bool(set(actors) & parties) or bool(_countries(draft, actors) & _countries(draft, parties))


def _precedent(draft: Draft, events: list[DraftEvent]) -> tuple[int, int] | None:
    """A claim of rank or return in a sentence that tells the engagement, else in one that names who comes."""
    telling = sorted({draft.sentence_of[start] for event in events for start, _ in event.triggers})
    visitors = {actor for event in events if event.mode == "visit" for actor in event.actors if draft.actors[actor].kind == "person"}
    naming = {draft.sentence_of[mention.root] for mention in draft.mentions if visitors & set(mention.actors) and not mention.pronoun}
    for number in (*telling, *sorted(naming.difference(telling))):
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
                if _is_part(draft, group, event):
                    engagement.planned.append(number)
            elif (
                event.type in OUTCOME_TYPES
                and event.status == engagement.status == "actual"
                and parties & theirs
                and _countries(draft, theirs) <= states
            ):
                engagement.outcomes.append(number)
