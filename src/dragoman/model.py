"""What the parts of Dragoman hand to each other: reports and records, as frozen data.

Field by field this is the codebook (``docs/codebook.md``). Offsets count Unicode code points into ``Report.text`` and
``report.text[span.start:span.end] == span.text`` always holds. Dates are ISO 8601, as precise as the report is
(``2021``, ``2021-04`` or ``2021-04-07``); what the report does not tell is an empty string, an empty list or ``None``.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

ActorKind = Literal["person", "organization", "country", "group"]
EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT",
    "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
Status = Literal["actual", "future", "hypothetical", "negated", "historical"]
SpeechKind = Literal["direct", "indirect", "mixed"]
Medium = Literal["", "tweet", "statement", "press-conference", "interview", "speech", "letter", "phone", "broadcast"]
EngagementKind = Literal["visit", "meeting", "call", "summit"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(_Frozen):
    """Words of a report: ``report.text[start:end] == text``."""

    start: int = Field(ge=0, description="offset of the first character, in Unicode code points")
    end: int = Field(ge=0, description="offset behind the last character")
    text: str


class Report(_Frozen):
    """One news report or press release, as it is read."""

    id: str
    text: str
    published: str = Field("", description="ISO date of publication; empty if unknown")
    title: str = ""
    language: str = Field("", description="ISO 639-1; empty: to be detected")
    publisher: str = ""
    url: str = ""


class ReportInfo(_Frozen):
    """What a record keeps of its report: everything but the text."""

    id: str
    title: str
    published: str
    language: str
    publisher: str
    url: str
    dateline: str = Field(description="the place a report is filed from, as written")
    text_sha256: str = Field(description="SHA-256 of the text in UTF-8, hexadecimal")


class Place(_Frozen):
    """A place on the map. Coordinates are degrees in WGS 84; ids and points come from GeoNames."""

    name: str
    country: str = Field(description="ISO 3166-1 alpha-3; empty for a region that spans countries")
    admin1: str = Field("", description="name of the first-level division")
    latitude: float | None = None
    longitude: float | None = None
    geonames_id: int | None = None
    feature_class: str = Field("", description="GeoNames' class: A state or division, P settlement, L region; empty if unknown")
    confidence: float | None = Field(None, ge=0, le=1, description="how likely it is the place meant; None if not estimated")
    span: Span | None = None


class Actor(_Frozen):
    """Whoever does, undergoes or says something."""

    id: str
    name: str = Field(description="the fullest name or description the report gives")
    kind: ActorKind
    country: str = Field(description="ISO 3166-1 alpha-3, or UNO EUR IGO NGO ISM IMG MNC; empty if not told")
    sectors: list[str] = Field(description="PLOVER sectors, the primary one first")
    office: str = Field(description="the office as the report states it")
    mentions: list[Span]
    confidence: float = Field(ge=0, le=1)


class Event(_Frozen):
    """One thing done, or said to be done, planned or refused, between political actors."""

    id: str
    type: EventType = Field(description="PLOVER type of the act itself, before the rule for the future")
    mode: str
    status: Status
    actors: list[str]
    recipients: list[str]
    start: str
    end: str
    when: Span | None = Field(description="the words that date it")
    place: Place | None
    contexts: list[str]
    triggers: list[Span] = Field(description="the words that tell it, the clearest first")
    sentence: Span
    by_statement: str | None = Field(description="id of the statement that alone tells of it")
    plover_type: EventType = Field(description="type after PLOVER's rule for planned events")
    intensity: float = Field(description="PLOVER's conflict-cooperation score of type and mode, -10 to 10")
    quad: int = Field(ge=1, le=4, description="1 verbal, 2 material cooperation; 3 verbal, 4 material conflict")
    cameo: str = Field(description="closest CAMEO code")
    confidence: float = Field(ge=0, le=1)


class Statement(_Frozen):
    """Something attributed to somebody: quoted or paraphrased speech, a tweet, an official statement."""

    id: str
    speaker: str | None
    cue: Span | None = Field(description="the attributing words")
    content: list[Span]
    kind: SpeechKind
    medium: Medium
    to: list[str]
    confidence: float = Field(ge=0, le=1)


class Engagement(_Frozen):
    """A visit, meeting, call or summit, with the events that belong to it."""

    id: str
    kind: EngagementKind
    visitors: list[str]
    hosts: list[str]
    participants: list[str]
    start: str
    end: str
    place: Place | None
    agenda: list[Span]
    outcomes: list[str]
    planned: list[str]
    precedent: Span | None
    status: Status


class CoderInfo(_Frozen):
    """Which coder wrote a record: the same version and fingerprint give the same record for the same report."""

    version: str
    fingerprint: str


class Record(_Frozen):
    """The diplomatic record of one report."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)

    schema_: Literal["dragoman.record/1"] = Field("dragoman.record/1", alias="schema")
    report: ReportInfo
    actors: list[Actor]
    events: list[Event]
    statements: list[Statement]
    engagements: list[Engagement]
    coder: CoderInfo

    def to_json(self, indent: int | None = None) -> str:
        """The record as JSON text; the key order is that of the schema, so equal records give equal text."""
        return self.model_dump_json(indent=indent, by_alias=True)


class Relation(_Frozen):
    """What one actor did to another in a sentence (``Coder.relation``)."""

    type: EventType | Literal["NONE"]
    mode: str = ""
    status: Status = "actual"
    confidence: float = Field(ge=0, le=1)
    probabilities: dict[EventType | Literal["NONE"], float] = Field(default_factory=dict)  # of every type; they sum to 1


class ActorCandidate(_Frozen):
    """Somebody whom a name or description may mean (``Coder.candidates``)."""

    actor: Actor
    score: float = Field(ge=0, le=1, description="how sure; the highest first")
    evidence: list[str] = Field(description="what tells it: table and row, or the words of the mention and its context")
