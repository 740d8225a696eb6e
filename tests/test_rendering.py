"""Records for people: in terminals of several widths, and as Markdown."""

from __future__ import annotations

import io
import re

import pytest
from rich.console import Console

from dragoman.model import Report
from dragoman.rendering import markdown, pretty
from dragoman.rendering.words import period
from fakes import TEXT, record_of


@pytest.fixture
def record():
    return record_of(Report(id="r1", text=TEXT, published="2022-05-11", title="Johnson in Helsinki", publisher="Agency"))


def shown(record, width, colour=False):
    console = Console(file=io.StringIO(), width=width, force_terminal=colour, color_system="standard" if colour else None)
    pretty.render(record, console)
    return console.file.getvalue()


@pytest.mark.parametrize("width", [60, 80, 100, 200])
def test_nothing_is_wider_than_the_terminal_and_nothing_is_lost(record, width):
    text = shown(record, width)
    assert max(map(len, text.splitlines())) <= width
    flat = re.sub(r"[\s│]+", " ", text)
    for word in ("Johnson in Helsinki", "2022-05-11", "Agency", "GBR", "CONSULT", "AGREE", "future", "agenda", "E3"):
        assert word in flat
    for whole in ("Our two countries", "will talk again", "promised help"):
        assert all(word in flat for word in whole.split())


def test_the_words_that_tell_it_are_set_off(record):
    text = shown(record, 120, colour=True)
    assert "\x1b[1;4mpromised help\x1b[0m" in text


def test_a_wide_terminal_has_the_evidence_beside_the_event(record):
    [row] = [line for line in shown(record, 260).splitlines() if line.startswith("E2")]
    assert "promised help" in row
    narrow = [line for line in shown(record, 80).splitlines() if line.startswith("E2")]
    assert len(narrow) == 2  # in the table and below it


def test_actors_without_a_part_are_counted_only(record):
    bystander = record.actors[0].model_copy(update={"id": "A9", "name": "A bystander"})
    other = record.model_copy(update={"actors": [*record.actors, bystander]})
    text = shown(other, 80)
    assert "A bystander" not in text
    assert "1 more named" in text
    assert "A bystander" not in markdown.render(other)


def test_an_empty_record_says_so():
    record = record_of(Report(id="r2", text="Nothing happened.", published=""))
    text = shown(record, 80)
    assert "Nothing was coded" in text
    assert "no date" in text


def test_another_language_is_named():
    record = record_of(Report(id="r2", text="Rien.", published="", language="fr"))
    assert "language: fr" in shown(record, 80)


def test_text_with_brackets_is_shown_as_it_stands(record):
    title = "[bold]x[/bold] [/]"
    other = record.model_copy(update={"report": record.report.model_copy(update={"title": title})})
    assert title in shown(other, 80)


def test_markdown_marks_the_triggers_and_keeps_its_tables(record):
    text = markdown.render(record)
    assert "**met** Finnish President Sauli Niinisto" in text  # the line break in the sentence is gone
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert {line.count("|") for line in rows[:4]} == {6}
    assert {line.count("|") for line in rows[4:]} == {9}
    assert "- S1 **Sauli Niinisto** (direct): Our two countries have never stood closer" in text


def test_markdown_escapes_what_would_be_markup(record):
    actor = record.actors[0].model_copy(update={"name": "A|B *c* <d> [e](f)"})
    text = markdown.render(record.model_copy(update={"actors": [actor, record.actors[1]]}))
    assert r"A\|B \*c\* \<d\> \[e\](f)" in text


def test_periods():
    assert period("2022-05-11", "2022-05-11") == "2022-05-11"
    assert period("2022-05-11", "2022-05-12") == "2022-05-11 → 2022-05-12"
    assert period("", "2022-05") == ".. → 2022-05"
    assert period("", "") == ""
