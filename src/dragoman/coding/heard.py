"""Attributions as the reader hears them: cues with the words that it ascribes to their source and content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dragoman.coding.draft import Draft
from dragoman.coding.subjects import Run, trim

LIKELY = 0.5  # probability from which a word is part of source, content or cue
GAP = 2  # words less sure than that, at most, inside of a run
SHORTEST = 2  # words of a content run
APART = 3  # words between the heads of two cues, at least


@dataclass(frozen=True, slots=True)
class Heard:
    """One attribution: runs of tokens, and how likely its head is a cue."""

    root: int
    probability: float
    cue: Run
    source: Run | None
    content: list[Run]


def heard(draft: Draft, least: float) -> list[Heard]:
    """The attributions whose cue is at least so likely and which have content, in the order of their cues."""
    if draft.reading is None:
        return []
    chances = draft.reading.cues[:, 0]
    found = []
    for i in np.flatnonzero(chances >= least).tolist():
        if i >= draft.body and chances[i] == chances[max(0, i - APART + 1) : i + APART].max():
            item = hear(draft, i)
            if item.content:
                found.append(item)
    return found


def hear(draft: Draft, root: int) -> Heard:
    """What the reader ascribes to a cue's head; no content where it hears none."""
    assert draft.reading is not None
    tokens, chances = draft.reading.arguments(root, "statement")
    source, content, cue = (_runs(draft, tokens, chances[:, column]) for column in range(3))
    around = next((run for run in cue if run[0] <= root < run[1]), (root, root + 1))
    named = [run for run in source if not _is_expletive(draft, run)]
    best = max(named, key=lambda run: chances[np.searchsorted(tokens, run[0]) : np.searchsorted(tokens, run[1]), 0].sum(), default=None)
    long = [run for run in content if run[1] - run[0] >= SHORTEST and not run[0] <= root < run[1]]
    return Heard(root, float(draft.reading.cues[root, 0]), around, best, long)


def _is_expletive(draft: Draft, run: Run) -> bool:
    """ "It" in "it was noted that": nobody."""
    return run[1] - run[0] == 1 and draft.doc[run[0]].lower_ == "it" and draft.doc[run[0]].dep_ in ("nsubjpass", "expl")


def _runs(draft: Draft, tokens: np.ndarray, chances: np.ndarray) -> list[Run]:
    """Runs of words that are likely enough, short gaps closed, without punctuation at their ends."""
    runs: list[list[int]] = []
    for i in tokens[chances >= LIKELY].tolist():
        if runs and i - runs[-1][1] <= GAP and draft.paragraph_of[i] == draft.paragraph_of[runs[-1][0]]:
            runs[-1][1] = i + 1
        else:
            runs.append([i, i + 1])
    return [run for start, end in runs if (run := trim(draft.doc, start, end)) is not None]


def characters(draft: Draft, runs: Sequence[Run]) -> list[tuple[int, int]]:
    """Runs of tokens in characters."""
    return [(draft.doc[start].idx, draft.doc[end - 1].idx + len(draft.doc[end - 1])) for start, end in runs]
