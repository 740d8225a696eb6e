"""The coder as a whole: order, faults, long and odd texts, a pipeline of one's own; and what holds of every record."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from dragoman.coding import sections
from dragoman.coding.coder import BATCH, Coder
from dragoman.coding.pipeline import PipelineError, load_pipeline
from dragoman.errors import CodingError
from dragoman.model import Record, Report
from made_reports import report_of, text_of

SENTENCE = "Serbian President Ana Kovac met her Peruvian counterpart Luis Quispe in Oslo on Friday. "


def report(text: str, identifier: str = "r") -> Report:
    return Report(id=identifier, text=text, published="2021-04-07", language="en")


def spans(value: Any) -> Iterator[dict[str, Any]]:
    """Every span in the JSON of a record."""
    if isinstance(value, dict):
        if set(value) == {"start", "end", "text"}:
            yield value
        for inner in value.values():
            yield from spans(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from spans(inner)


def check(record: Record, text: str) -> None:
    """What holds of every record: it is valid, its spans are words of the report, its ids are there and stand once."""
    data = json.loads(record.to_json())
    assert Record.model_validate(data, strict=True) == record
    for span in spans(data):
        assert text[span["start"] : span["end"]] == span["text"]
        assert span["text"]
    actors, statements = {actor.id for actor in record.actors}, {said.id for said in record.statements}
    events = {event.id for event in record.events}
    for kind, items in (("A", record.actors), ("E", record.events), ("S", record.statements), ("G", record.engagements)):
        assert [item.id for item in items] == [f"{kind}{number}" for number in range(1, len(items) + 1)]
    for event in record.events:
        assert {*event.actors, *event.recipients} <= actors
        assert not set(event.actors) & set(event.recipients)
        assert event.by_statement is None or event.by_statement in statements
    for said in record.statements:
        assert {*said.to, *([said.speaker] if said.speaker else [])} <= actors
    for met in record.engagements:
        assert {*met.visitors, *met.hosts, *met.participants} <= actors
        assert {*met.outcomes, *met.planned} <= events


# -- any text -----------------------------------------------------------------------------------------------------

FRAGMENTS = (
    SENTENCE,
    "“We shall not yield,” Kovac told reporters, “to Peru.” ",
    "Lima accused Belgrade of spying",
    "Quispe will visit Serbia next week. ",
    "MOSCOW: ",
    "date 2021-04-07 ",
    "KYIV, March 3 (Agency) - ",
    "Friday",
    "in May",
    "the two leaders",
    "U.S. troops shelled Odesa, killing 12. ",
    "According to the ministry, ",
    "he said",
    "Vladimir Putin: Comrades, we have won the day and all of you know it. ",
    "#talks",
    "since 2012",
    "“",
    "”",
    '"',
    "'",
    "``",
    "''",
    "‘",
    "’s ",
    "”s ",
    "(",
    ")",
    ":",
    ";",
    ",",
    ".",
    "...",
    "…",
    "?",
    "!",
    " - ",
    "—",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    " ",
    "   \n  \n",
    "\x00",
    "\x0b",
    "\x1c",
    "\x85",
    "\u2028",
    "\u00a0",
    "\u200b",
    "\u202e",
    "\ufeff",
    "🙂",
    "👩‍👩‍👧",
    "e\u0301",
    "ﬁ",
    "قال الرئيس",
    "東京",
    "𝕶ovac",
    "x" * 1200,
    "İstanbul",
    "ß",
)
TEXTS = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=5), min_size=1, max_size=14).map("".join)
SOME = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)


@SOME
@given(TEXTS)
def test_of_any_text_the_record_is_whole(coder: Coder, text: str) -> None:
    record = coder.code(report(text))
    check(record, text)
    assert coder.code(report(text)).to_json() == record.to_json()


@settings(SOME, max_examples=15)
@given(st.lists(TEXTS, max_size=BATCH + 3))
def test_many_are_coded_as_one_by_one(coder: Coder, texts: list[str]) -> None:
    reports = [report(text, str(number)) for number, text in enumerate(texts)]
    assert list(coder.code_many(reports)) == [coder.code(one) for one in reports]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t \n",
        "\n" * 20_000,
        "Kovac",
        "On Friday",
        '"' * 10_000,
        '" ' * 5_000,
        "“Yes.” " * 1_500,
        "x" * 100_000,
        "End." + " \n" * 20_000 + "and",
        SENTENCE.replace(" ", "\x00"),
        SENTENCE.replace(" ", "\r\n"),
        "\u202e" + SENTENCE,
        "he said " * 600,
        "the minister of " * 2_000,
        "Peru and " * 1_000,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_an_odd_text_is_coded_in_seconds(coder: Coder, text: str) -> None:
    began = time.process_time()
    check(coder.code(report(text)), text)
    assert time.process_time() - began < 20


@pytest.mark.parametrize("published", ["", "2021", "soon", "0001-01-01", "9999-12-31"])
def test_an_odd_date_is_no_fault(coder: Coder, published: str) -> None:
    text = SENTENCE + "She left on Monday, 999 weeks ago, and comes again next year. On 9999-12-31 a two-day visit ends."
    record = coder.code(Report(id="r", text=text, published=published, language="en"))
    assert all("1000" <= event.start[:4] <= "2999" for event in record.events if event.start)


# -- faults -------------------------------------------------------------------------------------------------------


def stumble(coder: Coder, monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    """Make a step of the coder fail on every report with the word in it."""

    def step(draft: Any) -> None:
        if word in draft.report.text:
            raise RuntimeError("deep inside")

    monkeypatch.setattr(coder, "steps", [*coder.steps, step])


def test_a_failing_step_names_the_report(coder: Coder, monkeypatch: pytest.MonkeyPatch) -> None:
    stumble(coder, monkeypatch, "Oslo")
    with pytest.raises(CodingError, match=r"'the-bad-one'.*deep inside") as caught:
        coder.code(report(SENTENCE, "the-bad-one"))
    assert caught.value.report_id == "the-bad-one"
    assert isinstance(caught.value.__cause__, RuntimeError)


def test_a_bad_report_stops_nobody(coder: Coder, monkeypatch: pytest.MonkeyPatch) -> None:
    stumble(coder, monkeypatch, "Oslo")
    reports = [report(text, str(number)) for number, text in enumerate(["Peru.", SENTENCE, "Kenya.", SENTENCE, "Fiji."])]
    errors: list[str] = []
    records = list(coder.code_many(reports, on_error=lambda error: errors.append(error.report_id)))
    assert [record.report.id for record in records] == ["0", "2", "4"]
    assert errors == ["1", "3"]


def test_without_a_way_to_go_on_the_records_before_the_fault_come_first(coder: Coder, monkeypatch: pytest.MonkeyPatch) -> None:
    stumble(coder, monkeypatch, "Oslo")
    stream = coder.code_many([report("Peru.", "good"), report(SENTENCE, "bad")])
    assert next(stream).report.id == "good"
    with pytest.raises(CodingError, match="'bad'"):
        next(stream)


def test_a_text_the_pipeline_fails_on_stops_nobody(coder: Coder, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = coder.nlp

    class Failing:
        """The pipeline, but for one word."""

        def __getattr__(self, name: str) -> Any:
            return getattr(whole, name)

        def __call__(self, text: str) -> Doc:
            if "Oslo" in text:
                raise ValueError("no such state")
            return whole(text)

        def pipe(self, texts: Any, batch_size: int) -> Iterator[Doc]:
            for text in texts:
                yield self(text)

    reports = [report(text, str(number)) for number, text in enumerate(["Peru met Kenya.", SENTENCE, "Kenya met Fiji."])]
    plain = list(coder.code_many(reports))
    monkeypatch.setattr(coder, "nlp", Failing())
    errors: list[CodingError] = []
    records = list(coder.code_many(reports, on_error=errors.append))
    assert records == [plain[0], plain[2]]
    assert [error.report_id for error in errors] == ["1"]


def test_reports_are_read_as_they_are_needed(coder: Coder) -> None:
    taken: list[int] = []

    def endless() -> Iterator[Report]:
        for number in range(10**6):
            taken.append(number)
            yield report(f"Peru met Kenya {number} times.", str(number))

    stream = coder.code_many(endless())
    assert [next(stream).report.id for _ in range(3)] == ["0", "1", "2"]
    assert len(taken) <= BATCH


def test_a_report_in_another_language_is_said_and_not_coded(coder: Coder) -> None:
    french = Report(
        id="f", text="Le président de la République a rencontré hier son homologue allemand pour parler de la guerre et du gaz."
    )
    record = coder.code(french)
    assert record.report.language == "fr"
    assert not record.actors
    assert not record.events


# -- long texts ---------------------------------------------------------------------------------------------------


def test_sections_end_at_paragraphs_and_hold_all_of_the_text() -> None:
    text = text_of(3 * sections.SECTION)
    found = sections.sections(text)
    assert len(found) > 3
    assert [start for start, _ in found[1:]] == [end for _, end in found[:-1]]
    assert (found[0][0], found[-1][1]) == (0, len(text))
    assert all(end - start <= sections.SECTION for start, end in found)
    assert all(text[:end].endswith("\n\n") for _, end in found[:-1])


def test_a_report_of_usual_length_is_one_section() -> None:
    assert sections.sections(report_of(5_000)) == [(0, len(report_of(5_000)))]


def test_a_stretch_without_a_full_stop_is_cut_between_words() -> None:
    text = "Peru met Kenya. " + "and went on to Oslo " * 500
    found = sections.sections(text)
    assert len(found) > 2
    assert all(text[end - 1] == " " for _, end in found)
    assert all(end - start <= sections.SENTENCE + 16 for start, end in found)


def test_the_records_of_sections_are_joined(coder: Coder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sections, "SECTION", 300)
    first = SENTENCE + "“We shall not yield,” Kovac said. "
    text = (
        first
        + "\n\n"
        + "The sky was grey over the fjord and nothing happened. " * 3
        + "\n\n"
        + "Kovac accused Kenya of spying on Serbia. " * 2
    )
    assert len(sections.sections(text)) > 1
    record = coder.code(report(text))
    check(record, text)
    kovac = [actor for actor in record.actors if "Kovac" in actor.name]
    assert [(actor.name, actor.country) for actor in kovac] == [("Ana Kovac", "SRB")]
    assert kovac[0].mentions[-1].start > text.index("accused") - len("Kovac ") - 1
    assert {event.type for event in record.events} >= {"CONSULT", "ACCUSE"}


def test_two_persons_of_one_surname_stay_two(coder: Coder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sections, "SECTION", 200)
    text = "Serbian President Ana Kovac met Turkish officials in Oslo.\n\n" + "Nothing else happened there on that day. " * 3
    text += "\n\nCroatian Foreign Minister Ivan Kovac met Kenyan officials in Lima. Nobody spoke."
    assert len(sections.sections(text)) > 1
    names = [actor.name for actor in coder.code(report(text)).actors if "Kovac" in actor.name]
    assert names == ["Ana Kovac", "Ivan Kovac"]


@pytest.mark.slow
def test_the_time_for_a_long_text_is_linear_in_its_length(coder: Coder) -> None:
    def seconds(characters: int) -> float:
        text = text_of(characters)
        began = time.process_time()
        record = coder.code(report(text))
        taken = time.process_time() - began
        check(record, text)
        assert len(record.events) > characters / 1000
        return taken

    assert seconds(400_000) < 2.5 * 4 * seconds(100_000)


# -- a pipeline of one's own --------------------------------------------------------------------------------------


def test_a_pipeline_with_further_components_gives_the_same_record(coder: Coder) -> None:
    nlp = load_pipeline()
    nlp.add_pipe("sentencizer", first=True)
    nlp.add_pipe("dragoman_test_counter", last=True)
    assert Coder(nlp).code(report(SENTENCE)).events == coder.code(report(SENTENCE)).events


@Language.component("dragoman_test_counter")
def count(doc: Doc) -> Doc:
    doc.user_data["words"] = len(doc)
    return doc


def test_a_blank_pipeline_is_refused_with_what_it_lacks() -> None:
    with pytest.raises(PipelineError, match=r"lacks tagger, attribute_ruler, parser, lemmatizer, ner \(it has no component\)"):
        Coder(spacy.blank("en"))


def test_a_pipeline_without_a_parser_is_refused() -> None:
    nlp = load_pipeline()
    nlp.disable_pipe("parser")
    with pytest.raises(PipelineError, match="lacks parser"):
        Coder(nlp)


def test_a_pipeline_of_another_language_is_refused() -> None:
    with pytest.raises(PipelineError, match="'de'"):
        Coder(spacy.blank("de"))


def test_a_changed_package_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.coding.pipeline.MODEL_SHA256", "0" * 64)
    with pytest.raises(PipelineError, match="has changed"):
        load_pipeline()


def test_the_fingerprint_is_of_twelve_digits_and_stays(coder: Coder) -> None:
    assert len(coder.fingerprint) == 12
    assert int(coder.fingerprint, 16) >= 0
    assert Coder(coder.nlp).fingerprint == Coder(coder.nlp).fingerprint
