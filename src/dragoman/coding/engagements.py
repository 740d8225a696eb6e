"""Visits, meetings, calls and summits as an analyst files them: who, where, about what, with what result, what next."""

from __future__ import annotations

import re
from importlib.resources import files

from spacy.tokens import Token

from dragoman.coding.draft import Draft, DraftEngagement, DraftEvent
from dragoman.knowledge.tables import read_table
from dragoman.model import EngagementKind

CUES = files("dragoman.coding") / "cues"
# "the first Russian foreign minister to visit Pakistan since 2012", "his second trip to Kabul this year"
PRECEDENT = re.compile(
    r"\b(?:the|his|her|its|their|a|this|the country[’']s)\s+(?:very\s+)?(?:first|second|third|fourth|fifth|last)\b[^.;:\n“”\"]{0,80}?"
    r"\b(?:since|in (?:more than |nearly |almost |over )?(?:a|two|three|four|five|six|seven|eight|nine|ten|\d+) (?:decades?|years?|months?)|ever|this year)\b"
    r"(?:\s+(?:\d{4}|[A-Z]\w+ \d{4}|the [^.;:,\n]{3,40}|taking office|[A-Z]\w+))?"
)
MAX_TOPIC = 90  # characters; a longer stretch is a clause, not a topic
NEAR = 3  # sentences around an engagement's words in which its agenda is told


class Engagements:
    """The step that fills ``draft.engagements`` from the CONSULT events and what stands around them."""

    def __init__(self) -> None:
        self.kinds: dict[str, EngagementKind] = {}
        self.topic_verbs: dict[str, set[str]] = {}
        for row in read_table(CUES / "engagements.csv", ("word", "role", "value", "example")):
            if row["role"] == "kind":
                self.kinds[row["word"]] = row["value"]  # type: ignore[assignment]
            else:
                self.topic_verbs.setdefault(row["word"], set()).add(row["value"])

    def __call__(self, draft: Draft) -> None:
        groups = self._groups(draft)
        for events in groups:
            draft.engagements.append(self._engagement(draft, events))
        self._attach(draft, groups)

    # -- which events are one engagement ---------------------------------------------------------------------------

    def _groups(self, draft: Draft) -> list[list[int]]:
        """CONSULT events gathered: the same people at the same time, a visit and the talks held on it."""
        groups: list[list[int]] = []
        for number, event in enumerate(draft.events):
            if event.type != "CONSULT" or event.status == "negated" or len(event.actors) + len(event.recipients) < 2:
                continue
            group = next((group for group in groups if self._belongs(draft, draft.events[group[0]], event)), None)
            if group is None:
                groups.append([number])
            else:
                group.append(number)
        return groups

    def _belongs(self, draft: Draft, first: DraftEvent, event: DraftEvent) -> bool:
        if first.status != event.status:
            return False
        here, there = _states(draft, first), _states(draft, event)
        persons = set(first.actors + first.recipients) & set(event.actors + event.recipients)
        return bool(persons) and (here <= there or there <= here)

    # -- one engagement --------------------------------------------------------------------------------------------

    def _engagement(self, draft: Draft, numbers: list[int]) -> DraftEngagement:
        events = [draft.events[number] for number in numbers]
        first = events[0]
        kind = self._kind(draft, events)
        visiting = [event for event in events if event.mode == "visit"]
        visitors = list(dict.fromkeys(actor for event in visiting for actor in event.actors)) if kind == "visit" else []
        hosts = (
            list(dict.fromkeys(a for event in visiting for a in event.recipients if a not in visitors))
            if kind == "visit"
            else []
        )
        people = list(dict.fromkeys(actor for event in events for actor in event.actors + event.recipients))
        participants = [actor for actor in people if draft.actors[actor].kind != "country"] or people
        if len(participants) < 2:
            participants = people
        starts = sorted(event.start for event in events if event.start)
        ends = sorted(event.end for event in events if event.end)
        return DraftEngagement(
            kind=kind, visitors=visitors, hosts=hosts, participants=participants,
            start=starts[0] if starts else "", end=ends[-1] if ends else "",
            place=next((event.place for event in events if event.place is not None), None),
            agenda_chars=self._agenda(draft, events), precedent_chars=self._precedent(draft, events), status=first.status,
        )  # fmt: skip

    def _kind(self, draft: Draft, events: list[DraftEvent]) -> EngagementKind:
        if any(event.mode == "phone" for event in events):
            return "call"
        for event in events:
            for start, end in event.triggers:
                for token in draft.doc[start:end]:
                    if self.kinds.get(token.lemma_.lower()) == "summit":
                        return "summit"
        return "visit" if any(event.mode == "visit" for event in events) else "meeting"

    # -- agenda ----------------------------------------------------------------------------------------------------

    def _agenda(self, draft: Draft, events: list[DraftEvent]) -> list[tuple[int, int]]:
        """The topics: objects of verbs of discussing in the sentences near, and what talks are "on" or "about"."""
        parties = {actor for event in events for actor in event.actors + event.recipients}
        sentences = {
            draft.sentence_of[token] for event in events for trigger in event.triggers for token in range(*trigger)
        }
        near = {s + offset for s in sentences for offset in range(-1, NEAR + 1)}
        if (
            len(draft.engagements) == 0
            and len([event for event in draft.events if event.type == "CONSULT"]) <= len(events) + 3
        ):
            near = set(range(len(draft.sentences)))  # a report about one engagement: all its topics are that one's
        found: list[tuple[int, int]] = []
        for number in sorted(near):
            if 0 <= number < len(draft.sentences):
                for token in draft.sentences[number]:
                    for topic in self._topics(token):
                        span = _topic_span(topic)
                        if span and span not in found and not self._is_party(draft, topic, parties):
                            found.append(span)
        return found

    def _is_party(self, draft: Draft, topic: Token, parties: set[int]) -> bool:
        return bool(parties & set(draft.actors_at(topic)))

    def _topics(self, token: Token) -> list[Token]:
        ways = self.topic_verbs.get(token.lemma_.lower())
        if not ways:
            return []
        found: list[Token] = []
        for child in token.children:
            if "object" in ways and (child.dep_ == "dobj" or (child.dep_ == "nsubjpass" and token.pos_ == "VERB")):
                found.extend(self._unfold(child))
            elif child.dep_ == "prep" and child.lower_ in ways:
                found.extend(topic for noun in child.children if noun.dep_ == "pobj" for topic in self._unfold(noun))
        return found

    def _unfold(self, noun: Token) -> list[Token]:
        """Coordinated topics one by one, and what an empty noun ("the field of", "issues including") stands for."""
        topics: list[Token] = []
        inner: list[Token] = []
        for child in noun.children:
            if child.dep_ == "conj":
                inner.extend(self._unfold(child))
            elif child.dep_ == "prep" and child.lower_ in ("including", "of", "on", "in", "such", "like"):
                if noun.lemma_.lower() in HOLLOW or child.lower_ == "including":
                    inner.extend(topic for sub in child.children if sub.dep_ == "pobj" for topic in self._unfold(sub))
        if (
            not (noun.lemma_.lower() in HOLLOW and inner)
            and noun.pos_ in ("NOUN", "PROPN")
            and noun.ent_type_ not in ("DATE", "TIME")
        ):
            topics.append(noun)
        return topics + inner

    def _precedent(self, draft: Draft, events: list[DraftEvent]) -> tuple[int, int] | None:
        for event in events:
            for trigger in event.triggers:
                sentence = draft.sentences[draft.sentence_of[trigger[0]]]
                for match in PRECEDENT.finditer(draft.report.text, sentence.start_char, sentence.end_char):
                    if re.search(r"\b(?:visit|trip|meet|summit|travel|call|talk|go|tour|come)", match.group()):
                        return match.span()
        return None

    # -- outcomes and plans ----------------------------------------------------------------------------------------

    def _attach(self, draft: Draft, groups: list[list[int]]) -> None:
        """Agreements and the like between its parties are outcomes; planned meetings of its parties are what comes next."""
        for engagement, group in zip(draft.engagements, groups, strict=True):
            parties = set(engagement.participants) | set(engagement.visitors) | set(engagement.hosts)
            states = {draft.actors[actor].country for actor in parties} - {""}
            for number, event in enumerate(draft.events):
                if number in group or not parties & set(event.actors + event.recipients):
                    continue
                theirs = _states(draft, event)
                if event.status == "future" and event.type == "CONSULT" and engagement.status == "actual":
                    engagement.planned.append(number)
                elif (
                    event.type in OUTCOME_TYPES
                    and event.status == "actual"
                    and theirs <= states
                    and engagement.status == "actual"
                ):
                    engagement.outcomes.append(number)


OUTCOME_TYPES = frozenset({"AGREE", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "REQUEST"})
HOLLOW = frozenset({"field", "area", "issue", "matter", "topic", "range", "question", "subject", "sphere", "sector", "variety", "number", "way",
                    "aspect", "progress", "idea", "need", "cooperation", "importance", "perspective", "view", "situation", "diversity",
                    "development", "problem", "possibility", "opportunity", "item", "range", "agenda"})  # fmt: skip


def _states(draft: Draft, event: DraftEvent) -> set[str]:
    return {draft.actors[actor].country for actor in event.actors + event.recipients} - {""}


def _topic_span(noun: Token) -> tuple[int, int] | None:
    """A topic with its modifiers and "of", "in", "with" phrases, cut before coordination and clauses."""
    start = min(
        [
            noun.i,
            *(
                child.left_edge.i
                for child in noun.lefts
                if child.dep_ in ("amod", "compound", "poss", "nmod", "det", "nummod")
            ),
        ]
    )
    end = noun.i + 1
    for child in noun.rights:
        if (
            child.dep_ == "prep"
            and child.lower_ in ("of", "in", "with", "between", "for", "on", "to")
            and child.i == end
        ):
            stop = next(
                (t.i for t in child.subtree if t.dep_ in ("cc", "conj", "relcl", "acl", "punct") and t.i > child.i),
                child.right_edge.i + 1,
            )
            end = max(end, stop)
    doc = noun.doc
    while start < noun.i and doc[start].lower_ in (
        "a",
        "an",
        "their",
        "its",
        "his",
        "her",
        "our",
        "various",
        "several",
        "some",
    ):
        start += 1
    span = doc[start:end]
    if not span.text.strip() or len(span.text) > MAX_TOPIC:
        return None
    if noun.i > 0 and doc[start - 1].text == "#":
        start -= 1
    return doc[start].idx, span.end_char
