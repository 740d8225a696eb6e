"""What many tests share: the pipeline and a coder, loaded once a run, and a way to read a sentence up to a question.

Also marks: tests named ``slow`` by their mark take over ten seconds each.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from spacy.language import Language

from dragoman.coding.coder import Coder
from dragoman.coding.draft import Draft
from dragoman.coding.reader import Reader
from dragoman.model import Record, Report

PUBLISHED = "2021-04-07"
Read = Callable[..., Draft]


@pytest.fixture(scope="session")
def coder() -> Coder:
    return Coder()


@pytest.fixture(scope="session")
def language(coder: Coder) -> Language:
    """The packaged pipeline."""
    return coder.nlp


@pytest.fixture(scope="session")
def read(coder: Coder) -> Read:
    """The draft of a text with every question answered."""

    def reads(text: str, published: str = PUBLISHED) -> Draft:
        return coder.draft(Report(id="r", text=text, published=published, language="en"))

    return reads


@pytest.fixture(scope="session")
def asked(coder: Coder) -> Callable[..., Draft]:
    """The draft of a text with the questions answered up to, and without, the step of the given class.

    By rules and lexicon alone: the reader is left out, so that a test of a rule does not hang on its weights.
    """

    def asks(text: str, before: type, published: str = PUBLISHED) -> Draft:
        report = Report(id="r", text=text, published=published, language="en")
        draft = coder._draft(text, published)
        draft.report = report
        for step in coder.steps:
            if isinstance(step, before):
                return draft
            if not isinstance(step, Reader):
                step(draft)
        raise AssertionError(f"no step of class {before.__name__}")

    return asks


@pytest.fixture(scope="session")
def coded(coder: Coder) -> Callable[..., Record]:
    """The record of a text."""

    def codes(text: str, published: str = PUBLISHED) -> Record:
        return coder.code(Report(id="r", text=text, published=published, language="en"))

    return codes


def on(day: str) -> datetime.date:
    return datetime.date.fromisoformat(day)
