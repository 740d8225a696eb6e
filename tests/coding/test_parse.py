"""Before the first question: datelines, sentences and paragraphs, quotations, and what the pipeline is given."""

from __future__ import annotations

import pytest
from spacy.language import Language

from dragoman.coding.draft import Draft
from dragoman.coding.parse import header, parsed_text, prepare, quotations, stripped_end
from dragoman.model import Report


def draft_of(text: str, language: Language) -> Draft:
    return prepare(Report(id="r", text=text), language(parsed_text(text)), None)


HEADS = {
    "colon": ("LIMA: The king left.", "LIMA", "The"),
    "agency and dash": ("LIMA (Agency) - The king left.", "LIMA", "The"),
    "day and agency": ("PORT LOUIS, March 3 (Agency) — The king left.", "PORT LOUIS", "The"),
    "bare capitals": ("NAIROBI The king left.", "NAIROBI", "The"),
    "date line before it": ("date 2021-04-07 LIMA: The king left.", "LIMA", "The"),
    "date line alone": ("date 2021-04-07\nThe king left.", "", "The"),
    "an acronym that begins the sentence is none": ("NATO The king left.", "", "NATO"),
    "no capitals": ("Lima: The king left.", "", "Lima"),
    "nothing": ("", "", ""),
}


@pytest.mark.parametrize(("text", "place", "first"), HEADS.values(), ids=HEADS.keys())
def test_header(language: Language, text: str, place: str, first: str) -> None:
    found, body = header(text)
    assert (text[slice(*found)] if found else "") == place
    assert text[body:].startswith(first)
    draft = draft_of(text, language)
    assert not first or draft.doc[draft.body].text == first


QUOTED = {
    "curly": ("He said “yes” and “no”.", ["yes", "no"]),
    "straight": ('He said "yes" and "no".', ["yes", "no"]),
    "TeX": ("He said ``yes'' and left.", ["yes"]),
    "a paragraph's end closes it": ("“One.\n\n“Two.” Then he left.", ["One.", "Two."]),
    "not closed": ("He said “yes", ["yes"]),
    "an apostrophe written as a closing mark": ("The minister”s car was “new”.", ["new"]),
    "empty ones are none": ("He said “ ” and “yes”.", ["yes"]),
    "single marks are not read": ("He said ‘yes’ and 'no'.", []),
}


@pytest.mark.parametrize(("text", "expected"), QUOTED.values(), ids=QUOTED.keys())
def test_quotations(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in quotations(text)] == expected


def test_in_quote(language: Language) -> None:
    draft = draft_of("“Yes,” he said. “No,” she said.", language)
    assert [token.text for token in draft.doc if token.is_alpha and draft.in_quote(token)] == ["Yes", "No"]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (0, 0, []),
        (1, 1, [(1, 4)]),
        (4, 4, [(1, 4)]),
        (5, 6, []),
        (3, 9, [(1, 4), (8, 12)]),
        (0, 99, [(1, 4), (8, 12), (20, 30)]),
        (31, 40, []),
    ],
)
def test_quotes_at(language: Language, start: int, end: int, expected: list[tuple[int, int]]) -> None:
    draft = draft_of("x" * 50, language)
    draft.quotes = [(1, 4), (8, 12), (20, 30)]
    assert draft.quotes_at(start, end) == expected


SENTENCES = {
    "two": ("The king left. The queen stayed.", ["The king left.", "The queen stayed."]),
    "a blank line ends one": ("The king left\n\nThe queen stayed", ["The king left", "The queen stayed"]),
    "a line's end behind a full stop": ("The king left.\nThe queen stayed.", ["The king left.", "The queen stayed."]),
    "a line's end within one": ("The king\nleft.", ["The king\nleft."]),
    "the dateline is none": ("LIMA: The king left.", ["The king left."]),
    "white space": ("  \n\n  ", []),
}


@pytest.mark.parametrize(("text", "expected"), SENTENCES.values(), ids=SENTENCES.keys())
def test_sentences(language: Language, text: str, expected: list[str]) -> None:
    draft = draft_of(text, language)
    assert [text[sentence.start_char : sentence.end_char] for sentence in draft.sentences] == expected


def test_paragraphs(language: Language) -> None:
    draft = draft_of("The king left.\n\nThe queen\nstayed.\n\n\nNobody came.", language)
    paragraph = {token.text: draft.paragraph_of[token.i] for token in draft.doc}
    assert (paragraph["king"], paragraph["queen"], paragraph["stayed"], paragraph["Nobody"]) == (0, 1, 1, 2)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("LIMA: The king left.", "      The king left."),
        ("The minister”s car.", "The minister’s car."),
        ("A " + "x" * 1000 + " b", "A " + " " * 1000 + " b"),
        ("The king left.", "The king left."),
    ],
    ids=["dateline", "apostrophe", "no word", "plain"],
)
def test_what_the_pipeline_is_given_is_as_long_as_the_text(text: str, expected: str) -> None:
    assert parsed_text(text) == expected
    assert len(parsed_text(text)) == len(text)


@pytest.mark.parametrize("before", [0, 1, 63, 64, 65, 500])
def test_stripped_end(before: int) -> None:
    text = "a" * before + " \n" * 100 + "b"
    assert stripped_end(text, len(text) - 1) == before
    assert stripped_end(text, len(text)) == len(text)
    assert stripped_end("ab'\"'", 5, "'\"") == 2
