"""Quotations that are utterances of their own, told from words put in quotation marks within a sentence.

"We are ready," she said. -- an utterance: its speaker is found from the cue beside it.
She called the plan "a mistake". -- a fragment: it belongs to the clause around it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from dragoman.coding.draft import Draft
from dragoman.coding.parse import stripped_end

INNER_OPENING = re.compile(r"(?<=[.!?…])\s+[“„]")
TERMINAL = ".!?…"
PAUSE = ",—–-"
MARKS = "\"“”„«»'`’‘"
FRAGMENT_WORDS = 2  # up to so many words are an utterance only with a pause or an end mark inside


# "Vladimir Putin: Comrades, ..." at the head of a paragraph: up to seven capitalised words and a colon
LABEL = re.compile(r"(?:^|\n)[ \t]*((?:[A-Z][\w.’'\-]*|of|the|for|and)(?: (?:[A-Z][\w.’'\-]*|of|the|for|and)){0,6}):\s+(?=[A-Z“\"(])")
TURN_WORDS = 12  # a turn in a transcript; shorter ones are captions ("Photo: Reuters")
HEADLINE_WORDS = 30  # a lone "Obama: Families come first" of so many words is a headline, and what follows is not Obama's


@dataclass(slots=True)
class Turn:
    """What one speaker says in a transcript. ``label``: the tokens that name the speaker; ``chars``: the words."""

    label: tuple[int, int]
    chars: tuple[int, int]


def turns(draft: Draft) -> list[Turn]:
    """The turns of a transcript; empty if the report is none.

    A report is a transcript if it opens with a speaker's label, or has three or more. A label names a person.
    A headline of this form ends with its paragraph.
    """
    text = draft.report.text
    starts = [token.idx for token in draft.doc]
    opening = draft.doc[draft.body].idx if len(draft.doc) else 0
    labels = [match for match in LABEL.finditer(text, max(opening - 1, 0)) if _names_person(draft, starts, match.span(1))]
    if not labels or (labels[0].start(1) > opening and len(labels) < 3):
        return []
    found = []
    for match, following in zip(labels, [*labels[1:], None], strict=True):
        end = stripped_end(text, following.start() if following is not None else len(text))
        paragraph = text.find("\n\n", match.end(), end)
        headline = len(labels) == 1 and paragraph > 0 and len(text[match.end() : paragraph].split()) <= HEADLINE_WORDS
        if headline:
            end = stripped_end(text, paragraph)
        if headline or len(text[match.end() : end].split()) >= TURN_WORDS:
            label = (bisect_left(starts, match.start(1)), bisect_left(starts, match.end(1)))
            found.append(Turn(label, (match.end(), end)))
    return found


def _names_person(draft: Draft, starts: list[int], chars: tuple[int, int]) -> bool:
    words = draft.doc[bisect_left(starts, chars[0]) : bisect_left(starts, chars[1])]
    if any(word.pos_ in ("VERB", "AUX") for word in words):
        return False
    return any(word.ent_type_ == "PERSON" for word in words) or (
        len(words) > 1
        and all(word.pos_ == "PROPN" for word in words)
        and not any(word.ent_type_ in ("GPE", "LOC", "DATE") for word in words)
    )


@dataclass(slots=True)
class Utterance:
    """A quotation that is a saying of its own. Tokens ``start`` to ``end`` (exclusive) stand inside the marks."""

    start: int
    end: int
    chars: tuple[int, int]
    paragraph: int
    opens_sentence: bool  # nothing of its sentence stands before it
    closes_sentence: bool  # it ends with the end mark of its sentence
    resumed: bool = False  # begins small: goes on with the quotation before it
    needs_verb: bool = False  # stands within a sentence: an utterance only right behind a verb of saying


def utterances(draft: Draft) -> list[Utterance]:
    """The utterances of a report, in order."""
    starts = [token.idx for token in draft.doc]
    found: list[Utterance] = []
    for quote in draft.quotes:
        for start, end in _parts(draft.report.text, quote):
            utterance = _utterance(draft, starts, start, end, found[-1] if found else None)
            if utterance is not None:
                found.append(utterance)
    return found


def _parts(text: str, quote: tuple[int, int]) -> list[tuple[int, int]]:
    """A quotation cut where a paragraph of it opened anew and the break got lost ("... open. “Trains ...")."""
    parts, start = [], quote[0]
    for match in INNER_OPENING.finditer(text, *quote):
        parts.append((start, match.start()))
        start = match.end()
    return [*parts, (start, quote[1])]


def _utterance(draft: Draft, starts: list[int], start: int, end: int, before: Utterance | None) -> Utterance | None:
    text = draft.report.text
    inside = text[start:end].strip()
    first, behind = bisect_left(starts, start), bisect_left(starts, end)
    if not inside or first >= behind:
        return None
    before_marks, behind_marks = stripped_end(text, start, MARKS + " \n"), _stripped_start(text, end, MARKS)
    left, right = text[max(0, before_marks - 1) : before_marks], text[behind_marks : behind_marks + 2]
    opens = not left or left in TERMINAL or "\n" in text[before_marks:start] or first == draft.body + 1
    closes = inside[-1] in TERMINAL or right[:1] in (".", "!", "?")
    paused = inside[-1] in PAUSE + TERMINAL or right[:1] in tuple(",.!?") or right[:2] in (" -", " –", " —", "\n")
    words = len(inside.split())
    capital = next((character.isupper() or character.isdigit() for character in inside if character.isalnum()), False)
    made = Utterance(first, behind, (start, end), draft.paragraph_of[first], opens, closes)
    if not capital:
        # "Our partners," he said, "are ready.": goes on only behind a comma and an utterance that has paused
        made.resumed = (
            before is not None
            and not opens
            and before.paragraph == made.paragraph
            and not before.closes_sentence
            and left == ","
            and first - before.end < 25
        )
        return made if made.resumed else None
    introduced = left in (":", ",")
    if not (paused or introduced) or (words <= FRAGMENT_WORDS and not (inside[-1] in PAUSE + TERMINAL or introduced)):
        return None
    made.needs_verb = not (opens or introduced)
    return made


def _stripped_start(text: str, start: int, characters: str) -> int:
    """Where a text goes on behind the ``characters`` at ``start``."""
    while start < len(text) and text[start] in characters:
        start += 1
    return start
