"""What the encoder reads: windows that cover a report once, numbers that do not hang on threads, words that fill roles."""

from __future__ import annotations

import itertools

import numpy as np
import onnxruntime
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.coding.coder import Coder
from dragoman.coding.draft import Draft
from dragoman.coding.reader import HEADS, LABELS, MODELS, TASKS, WINDOW, Reader, stretches

NEWS = (
    "Peruvian President Luis Quispe met Kenya's foreign minister, Grace Otieno, in Lima on Tuesday. "
    "“We condemn the raid,” Otieno told reporters. Quispe said that Peru would send 200 soldiers to the border.\n\n"
)


@given(st.lists(st.integers(1, 250), max_size=60))
def test_every_sentence_is_read_and_its_anchors_are_taken_once(lengths: list[int]) -> None:
    parts = stretches(lengths)
    owned = [number for part in parts for number in range(part.own_first, part.own_last)]
    assert owned == list(range(len(lengths)))
    for part in parts:
        assert part.first <= part.own_first < part.own_last <= part.last
        assert part.last == part.first + 1 or sum(lengths[part.first : part.last]) <= WINDOW


def test_neighbouring_windows_share_sentences() -> None:
    parts = stretches([30] * 20)
    assert all(one.last > two.first for one, two in itertools.pairwise(parts))
    assert all(one.own_last == two.own_first for one, two in itertools.pairwise(parts))


@pytest.fixture(scope="module")
def draft(coder: Coder) -> Draft:
    made = coder._draft(NEWS * 12, "2021-04-07")
    coder.read(made)
    return made


def test_each_token_has_probabilities_of_every_label(draft: Draft) -> None:
    assert draft.reading is not None
    assert draft.reading.events.shape == (len(draft.doc), len(LABELS))
    read = [token.i for sentence in draft.sentences for token in sentence]
    for chances in (draft.reading.events[read], draft.reading.status[read], draft.reading.modes[read]):
        assert np.allclose(chances.sum(axis=1), 1, atol=1e-3)
    assert ((draft.reading.contexts >= 0) & (draft.reading.contexts <= 1)).all()


def test_a_verb_of_saying_is_a_cue_with_source_and_content(draft: Draft) -> None:
    assert draft.reading is not None
    said = next(token for token in draft.doc if token.text == "told")
    assert draft.reading.cues[said.i, 0] > 0.5
    tokens, chances = draft.reading.arguments(said.i, "statement")
    assert chances.shape == (len(tokens), len(TASKS["statement"]))
    role = {
        draft.doc[i].text: TASKS["statement"][int(row.argmax())] for i, row in zip(tokens.tolist(), chances, strict=True) if row.max() > 0.5
    }
    assert role["condemn"] == "content"
    assert role["Otieno"] == "source"


def test_a_meeting_is_an_event_with_its_parties(draft: Draft) -> None:
    assert draft.reading is not None
    met = next(token for token in draft.doc if token.text == "met")
    assert LABELS[int(draft.reading.events[met.i].argmax())] == "CONSULT"
    tokens, chances = draft.reading.arguments(met.i, "event")
    likely = {draft.doc[i].text for i, row in zip(tokens.tolist(), chances, strict=True) if row.max() > 0.3}
    assert {"Quispe", "minister"} <= likely


def test_a_word_that_was_not_read_has_no_arguments(draft: Draft) -> None:
    assert draft.reading is not None
    tokens, chances = draft.reading.arguments(10**6, "event")
    assert len(tokens) == 0
    assert chances.shape == (0, 2)


def test_one_thread_and_two_give_the_same_numbers(coder: Coder, draft: Draft) -> None:
    two = Reader()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 2
    two.sessions = {
        task: onnxruntime.InferenceSession(str(MODELS / f"{task}s.onnx"), options, providers=["CPUExecutionProvider"]) for task in TASKS
    }
    again = coder._draft(NEWS * 12, "2021-04-07")
    two(again)
    assert again.reading is not None
    assert draft.reading is not None
    assert np.array_equal(again.reading.events, draft.reading.events)
    assert np.array_equal(again.reading.cues, draft.reading.cues)


def test_a_text_without_words_and_a_sentence_longer_than_a_window(coder: Coder) -> None:
    for text in (" \n ", "peace " * (3 * WINDOW), "x" * 5000):
        made = coder._draft(text, "")
        coder.read(made)
        assert made.reading is not None
        assert made.reading.events.shape == (len(made.doc), HEADS["event"]["events"])
