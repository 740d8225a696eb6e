"""The day a report tells of, and the statements that perform the acts it tells: what dates an act without a date of its own."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass

from spacy.tokens import Token

from dragoman.coding.draft import Draft, DraftEvent, TimeExpression
from dragoman.coding.periods import Tense

VERBAL = {"AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"}
PERFECT = {"had", "has", "have", "'ve", "’ve"}
RECENT = 7  # days: a news story tells of the week before it is published
CLOCK = re.compile(r"\s*(?:\w+day,\s)?\d{1,2}(?::\d\d)?\s?[ap]\.?m\.?", re.I)


@dataclass(frozen=True, slots=True)
class Told:
    """The day of the story at some place of a report, and the words that tell it (none: the day of publication)."""

    day: str
    when: tuple[int, int] | None


class Story:
    """The day a report tells of, sentence by sentence: the last one told with a main clause or a verb of saying."""

    def __init__(
        self,
        draft: Draft,
        governed: list[tuple[TimeExpression, Token]],
        saying: frozenset[str],
        tense: Callable[[Token], Tense],
    ) -> None:
        self.draft, self.saying, self.tense = draft, saying, tense
        self.live = sum(bool(CLOCK.match(sentence.text)) for sentence in draft.sentences) >= 3
        self.release = draft.dateline_chars is None and self._says_today(governed)
        self.told = self._days(governed)

    def _says_today(self, governed: list[tuple[TimeExpression, Token]]) -> bool:
        """Whether the lead says "today": a government's own release, which reports the day's acts in any tense."""
        return any(self.draft.sentence_of[time.start] < 2 and "oday" in self.draft.doc[time.start : time.end].text for time, _ in governed)

    def time_of(self, event: DraftEvent) -> Told | None:
        """The story's day, if the event is told as part of the story: simple past in a main clause, or said there and then."""
        token = self.draft.doc[event.root]
        told = self.told[self.draft.sentence_of[token.i]]
        if told is None or event.status != "actual" or not (self.live or self._in_story(event, token)):
            return None
        return told

    def _in_story(self, event: DraftEvent, token: Token) -> bool:
        cue = cue_of(self.draft, event)
        if cue is not None and _simple_past(cue):
            return True
        if event.type in VERBAL and token.dep_ == "ROOT" and (self.release or self.draft.in_quote(token)):
            return True
        verb = token
        if token.pos_ not in ("VERB", "AUX"):
            if token.dep_ not in ("dobj", "nsubjpass", "attr", "acomp", "ROOT") or token.head.pos_ not in (
                "VERB",
                "AUX",
            ):
                return False
            verb = token.head
        for _ in range(6):
            if verb.dep_ in ("relcl", "pcomp"):
                return False
            if verb.dep_ == "ccomp" and verb.head.lemma_ in self.saying:
                told = is_speakers(self.draft, event, verb) or (event.type not in VERBAL and _simple_past(verb))
                return told and _simple_past(verb.head)
            if verb.dep_ in ("advcl", "acl") and verb.tag_ != "VBG" and not _meanwhile(verb):
                return False
            if verb.dep_ in ("conj", "xcomp", "advcl", "acl", "ccomp") and not _simple_past(verb):
                verb = verb.head
                if verb.pos_ not in ("VERB", "AUX"):
                    return False
                continue
            return _simple_past(verb)
        return False

    def _days(self, governed: list[tuple[TimeExpression, Token]]) -> list[Told | None]:
        days: list[Told | None] = []
        current = self._published()
        past, paragraph = False, -1  # a paragraph that has told of an earlier time goes on with it
        for number, sentence in enumerate(self.draft.sentences):
            if self.draft.paragraph_of[sentence.start] != paragraph:
                past, paragraph = False, self.draft.paragraph_of[sentence.start]
            for time, token in governed:
                if self.draft.sentence_of[time.start] != number:
                    continue
                if self._is_now(time, token):
                    current, past = Told(time.first, (time.start, time.end)), False
                    break
                past = past or (token.dep_ == "ROOT" and self._is_past(time))
            days.append(None if past else current)
        if self.live:  # what stands before the first hour that is told
            first = next((told for told in days if told is not None and told.when is not None), None)
            days = [first if told is None or told.when is None else told for told in days]
        return days

    def _published(self) -> Told | None:
        """The day of publication, for a release: a text that has no dateline and names no day of its own."""
        if self.draft.date is None or self.draft.dateline_chars is not None:
            return None
        return Told(self.draft.date.isoformat(), None)

    def _is_past(self, time: TimeExpression) -> bool:
        """Whether a time lies before the week of publication."""
        if self.draft.date is None or not time.last:
            return False
        return time.last < (self.draft.date - datetime.timedelta(RECENT)).isoformat()[: len(time.last)]

    def _is_now(self, time: TimeExpression, token: Token) -> bool:
        """Whether a time tells the day of the story: a single recent day that governs a past or saying main verb."""
        if self.draft.date is None or len(time.first) != 10 or time.first != time.last:
            return False
        age = (self.draft.date - datetime.date.fromisoformat(time.first)).days
        if not 0 <= age <= RECENT:
            return False
        sentence = self.draft.sentences[self.draft.sentence_of[time.start]]
        behind = self.draft.doc[time.end : time.end + 1]
        if time.start == sentence.start and behind.text == ",":
            return True
        return token.pos_ in ("VERB", "AUX") and token.dep_ in ("ROOT", "conj", "ccomp") and self.tense(token) == "past"


def cue_of(draft: Draft, event: DraftEvent) -> Token | None:
    """The verb or noun that attributes the statement in which an event is told, if the speaker performs a verbal act by it."""
    if event.type not in VERBAL:
        return None
    at = draft.doc[event.root].idx
    for statement in draft.statements:
        if statement.cue_root is None or not any(start <= at < end for start, end in statement.content_chars):
            continue
        if statement.speaker is None or not event.actors or statement.speaker in event.actors:
            return draft.doc[statement.cue_root]
        countries = {draft.actors[actor].country for actor in event.actors} - {""}
        if draft.actors[statement.speaker].country in countries:
            return draft.doc[statement.cue_root]
    return None


def is_speakers(draft: Draft, event: DraftEvent, told: Token) -> bool:
    """Whether what is told in the clause ``told`` is a verbal act of the one who says it: "Ankara said on
    Friday it would not yield".
    """
    if event.type not in VERBAL:
        return False
    speakers = {actor for child in told.head.children if child.dep_ == "nsubj" for actor in draft.actors_at(child)}
    if speakers & set(event.actors):
        return True
    if any(child.lower_ in PERFECT and child.dep_ == "aux" for child in told.children):
        return False
    countries = {draft.actors[actor].country for actor in event.actors} - {""}
    return not speakers or not event.actors or bool(countries & {draft.actors[actor].country for actor in speakers})


def _meanwhile(verb: Token) -> bool:
    """Whether a clause tells what happened at the time of the main clause."""
    return any(child.dep_ in ("mark", "advmod") and child.lower_ in ("as", "when", "while") for child in verb.children)


def _simple_past(verb: Token) -> bool:
    helpers = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    if any(child.lower_ in PERFECT for child in helpers if child.dep_ == "aux"):
        return False
    return verb.tag_ == "VBD" or any(child.tag_ == "VBD" for child in helpers)
