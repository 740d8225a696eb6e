"""The working copy of a record while its report is being coded.

A ``Draft`` holds the one parse of the report and a list a question. Each step of ``coding/`` is a callable that takes a
``Draft``, reads what the steps before it have found and adds its own list:

    parse       doc, sentences, quotes, dateline
    when        times           (time expressions)            and, at the end, the events' dates
    where       toponyms        (places named)                and, at the end, the events' places
    who         actors, mentions
    says        statements
    what        events
    whether     the events' status
    engagements engagements

Positions in a draft are token numbers of ``doc`` (``start`` is the first token, ``end`` the one behind the last) unless a
name says ``char``. ``Draft.span`` turns them into the character ``Span`` of the record.
"""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from dragoman.coding.reader import Reading
from dragoman.model import ActorKind, EngagementKind, EventType, Medium, Place, Report, Span, SpeechKind, Status


@dataclass(slots=True)
class TimeExpression:
    """Words that tell a time, resolved against the report's date: ``first`` to ``last`` are ISO dates of one precision."""

    start: int
    end: int
    first: str
    last: str
    since: bool = False  # "since 2012": open at the end, tells of something past


@dataclass(slots=True)
class Toponym:
    """A place named in the text."""

    start: int
    end: int
    place: Place
    confidence: float = 0.5


@dataclass(slots=True)
class Mention:
    """Words that name or describe actors: a name, a description, a pronoun ("he", "the two leaders")."""

    start: int
    end: int
    root: int  # the token that stands in the parse for the whole
    actors: list[int]  # indexes of Draft.actors; more than one for "they", "both sides"
    pronoun: bool = False  # refers back only: no evidence of its own, not listed in the record
    adjective: bool = False  # "Russian" in "Russian warplanes": names the actor only through its country


@dataclass(slots=True)
class DraftActor:
    """An actor under construction."""

    name: str
    kind: ActorKind
    country: str = ""
    sectors: list[str] = field(default_factory=list)
    office: str = ""
    gender: str = ""  # "m", "f", "" unknown: for pronouns only
    plural: bool = False
    confidence: float = 0.5


@dataclass(slots=True)
class DraftStatement:
    """A statement under construction. Content spans are character offsets, as quotations need not end at tokens."""

    speaker: int | None  # index of Draft.actors
    cue: tuple[int, int] | None  # tokens
    content_chars: list[tuple[int, int]]
    kind: SpeechKind
    medium: Medium = ""
    to: list[int] = field(default_factory=list)
    cue_root: int | None = None  # the attributing verb or noun
    confidence: float = 0.5


@dataclass(slots=True)
class DraftEvent:
    """An event under construction."""

    type: EventType
    mode: str
    root: int  # the token that heads the trigger
    triggers: list[tuple[int, int]]
    actors: list[int] = field(default_factory=list)
    recipients: list[int] = field(default_factory=list)
    status: Status = "actual"
    start: str = ""
    end: str = ""
    when: tuple[int, int] | None = None
    place: Toponym | None = None
    contexts: list[str] = field(default_factory=list)
    statement: int | None = None  # index of Draft.statements that alone tells of it
    confidence: float = 0.5
    parsed: tuple[list[int], list[int]] = field(default_factory=lambda: ([], []))  # actors, recipients as the parse alone tells


@dataclass(slots=True)
class DraftEngagement:
    """An engagement under construction; events are indexes of Draft.events."""

    kind: EngagementKind
    visitors: list[int]
    hosts: list[int]
    participants: list[int]
    start: str = ""
    end: str = ""
    place: Toponym | None = None
    agenda_chars: list[tuple[int, int]] = field(default_factory=list)
    outcomes: list[int] = field(default_factory=list)
    planned: list[int] = field(default_factory=list)
    precedent_chars: tuple[int, int] | None = None
    status: Status = "actual"


@dataclass(slots=True)
class Draft:
    """Everything found in one report so far."""

    report: Report
    doc: Doc
    date: datetime.date | None
    dateline: Toponym | None = None
    dateline_chars: tuple[int, int] | None = None
    body: int = 0  # the first token behind date line and dateline
    sentences: list[TokenSpan] = field(default_factory=list)
    paragraph_of: list[int] = field(default_factory=list)  # a number a token
    sentence_of: list[int] = field(default_factory=list)  # index of sentences, a number a token
    quotes: list[tuple[int, int]] = field(default_factory=list)  # characters inside quotation marks, marks excluded
    reading: Reading | None = None  # what the encoder reads in the words
    times: list[TimeExpression] = field(default_factory=list)
    toponyms: list[Toponym] = field(default_factory=list)
    actors: list[DraftActor] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    mention_at: dict[int, Mention] = field(default_factory=dict)  # by root token
    statements: list[DraftStatement] = field(default_factory=list)
    events: list[DraftEvent] = field(default_factory=list)
    engagements: list[DraftEngagement] = field(default_factory=list)

    def span(self, start: int, end: int) -> Span:
        """The record's span of the tokens ``start`` to ``end`` (exclusive)."""
        tokens = self.doc[start:end]
        return self.char_span(tokens.start_char, tokens.end_char)

    def char_span(self, start: int, end: int) -> Span:
        """The record's span of the characters ``start`` to ``end`` (exclusive)."""
        return Span(start=start, end=end, text=self.report.text[start:end])

    def in_quote(self, token: Token) -> bool:
        """Whether a token stands inside quotation marks."""
        return any(start <= token.idx < end for start, end in self.quotes_at(token.idx, token.idx))

    def quotes_at(self, start: int, end: int) -> list[tuple[int, int]]:
        """The quotations that hold or touch one of the characters ``start`` to ``end``; a text may have thousands of others."""
        first = bisect_right(self.quotes, (start, start))
        if first and self.quotes[first - 1][1] >= start:
            first -= 1
        behind = bisect_right(self.quotes, (end, len(self.report.text)))
        return self.quotes[first:behind]

    def actors_at(self, token: Token) -> list[int]:
        """Actors that a noun phrase headed by ``token`` refers to, its coordinated phrases ("X and Y") included."""
        found: list[int] = []
        for head in (token, *conjuncts(token)):
            mention = self.mention_at.get(head.i)
            if mention is not None:
                found.extend(actor for actor in mention.actors if actor not in found)
        return found


def conjuncts(token: Token) -> Iterable[Token]:
    """The phrases coordinated behind ``token``: "Y" and "Z" in "X, Y and Z"."""
    for child in token.rights:
        if child.dep_ == "conj":
            yield child
            yield from conjuncts(child)
