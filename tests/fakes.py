"""A report, its record, and a coder that knows no other: for tests of what stands around the coder."""

from __future__ import annotations

import hashlib

from dragoman.model import (
    Actor,
    CoderInfo,
    Engagement,
    Event,
    Place,
    Record,
    Report,
    ReportInfo,
    Span,
    Statement,
)

TEXT = (
    "HELSINKI, May 11, 2022 (Agency) - British Prime Minister Boris Johnson met Finnish President\n"
    "Sauli Niinisto on Wednesday and promised help if Finland were attacked.\n\n"
    "“Our two countries have never stood closer,” Niinisto told reporters. The two will talk again in Madrid.\n"
)


def span(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start=start, end=start + len(words), text=words)


def actor(identifier: str, name: str, country: str, office: str) -> Actor:
    return Actor(
        id=identifier,
        name=name,
        kind="person",
        country=country,
        sectors=["GOV"],
        office=office,
        mentions=[span(name)],
        confidence=0.9,
    )


def event(identifier: str, kind: str, trigger: str, sentence: str, status: str = "actual", **more: object) -> Event:
    fields: dict[str, object] = {
        "mode": "",
        "actors": ["A1"],
        "recipients": ["A2"],
        "start": "",
        "end": "",
        "when": None,
        "place": None,
        "contexts": [],
        "by_statement": None,
        "plover_type": kind,
        "intensity": 1.0,
        "quad": 1,
        "cameo": "04",
        "confidence": 0.8,
    }
    return Event(
        id=identifier,
        type=kind,
        status=status,
        triggers=[span(trigger)],
        sentence=span(sentence),
        **(fields | more),
    )


def record_of(report: Report, language: str = "en") -> Record:
    """The record of the report above; an empty one of any other."""
    known = report.text == TEXT
    info = ReportInfo(
        id=report.id,
        title=report.title,
        published=report.published,
        language=report.language or language,
        publisher=report.publisher,
        url=report.url,
        dateline="HELSINKI" if known else "",
        text_sha256=hashlib.sha256(report.text.encode()).hexdigest(),
    )
    coder = CoderInfo(version="0", fingerprint="fake")
    if not known:
        return Record(report=info, actors=[], events=[], statements=[], engagements=[], coder=coder)
    first = TEXT[TEXT.index("British") : TEXT.index("attacked.") + len("attacked.")]
    helsinki = Place(name="Helsinki", country="FIN", latitude=60.17, longitude=24.94, geonames_id=658225)
    return Record(
        report=info,
        actors=[
            actor("A1", "Boris Johnson", "GBR", "Prime Minister"),
            actor("A2", "Sauli Niinisto", "FIN", "President"),
        ],
        events=[
            event(
                "E1",
                "CONSULT",
                "met",
                first,
                mode="visit",
                start="2022-05-11",
                end="2022-05-11",
                when=span("on Wednesday"),
                place=helsinki,
            ),
            event("E2", "AGREE", "promised help", first),
            event("E3", "CONSULT", "will talk again", "The two will talk again in Madrid.", status="future"),
        ],
        statements=[
            Statement(
                id="S1",
                speaker="A2",
                cue=span("Niinisto told reporters"),
                content=[span("Our two countries have never stood closer")],
                kind="direct",
                medium="",
                to=[],
                confidence=0.9,
            )
        ],
        engagements=[
            Engagement(
                id="G1",
                kind="visit",
                visitors=["A1"],
                hosts=["A2"],
                participants=["A1", "A2"],
                start="2022-05-11",
                end="2022-05-11",
                place=helsinki,
                agenda=[span("help")],
                outcomes=["E2"],
                planned=["E3"],
                precedent=None,
                status="actual",
            )
        ],
        coder=coder,
    )


class FakeCoder:
    """Has the coder's methods that the command line calls. A text with the word "Bonjour" is French to it."""

    fingerprint = "fake"

    def __init__(self) -> None:
        self.coded: list[str] = []

    def code_many(self, reports, on_error=None):
        for report in reports:
            self.coded.append(report.id)
            yield record_of(report, "fr" if "Bonjour" in report.text else "en")
