"""Attributions in a report: which words are put into whose mouth, by which cue.

This layer knows nothing of actors: it finds source, cue and content from the parse and the quotation marks. ``says.py``
turns what it finds into the statements of the record.
"""

from __future__ import annotations

from dragoman.coding.attributed import Attribution, Search, make
from dragoman.coding.cue_words import cue_verb
from dragoman.coding.draft import Draft
from dragoman.coding.heard import Heard, characters, heard
from dragoman.coding.quoted_speech import attach, continue_speech, transcribe
from dragoman.coding.quoting import turns, utterances
from dragoman.coding.reported_speech import reported

# Chosen on PolNeAR's dev articles, which the reader was not trained on: F1 of whole attributions 0.713, 0.714, 0.711 at 0.3, 0.4, 0.5, that
# of content falls from 0.852 to 0.838. The second adds 0.003; the third costs 0.004 of content there and keeps the rules' edges in our own
# test reports.
HEARD = 0.33  # probability from which a cue is taken on the reader's word
DOUBTED = 0.15  # and below which one found by rules alone is dropped
ALIKE = 0.75  # share of characters in common from which contents are the same but for their edges, which the rules cut better
SAME_CUE = 2  # words between the heads of what is one cue

__all__ = ["Attribution", "find_attributions"]


def find_attributions(draft: Draft) -> list[Attribution]:
    """All attributions of a report, in the order of their content."""
    speech = utterances(draft)
    inside = [-1] * len(draft.doc)
    for number, utterance in enumerate(speech):
        for i in range(utterance.start, utterance.end):
            inside[i] = number
    search = Search(draft, speech, inside)
    for turn in turns(draft):
        transcribe(search, turn)
    for number in range(len(speech)):
        if not search.is_transcript(speech[number].start):
            attach(search, number)
    for token in draft.doc[draft.body :]:
        # what is said within a quotation is the quoted one's: annotators mark one in five of such words (PolNeAR train)
        if token.i not in search.used and inside[token.i] < 0 and not search.is_transcript(token.i):
            reported(search, token)
    continue_speech(search)
    found = search.found if draft.reading is None else with_heard(search)
    return sorted(found, key=lambda found: (found.content_chars[0], found.cue or (0, 0)))


def with_heard(search: Search) -> list[Attribution]:
    """What the rules found and what the reader hears, made one.

    Where both find a cue, the reader tells its source and content; of a quotation the rules know the bounds better. What the reader
    alone hears is added; what the rules alone find stays if it is a quotation or the reader does not rule it out.
    """
    draft = search.draft
    left = list(search.found)
    found = []
    for item in heard(draft, HEARD):
        same = next((known for known in left if known.cue_root is not None and abs(known.cue_root - item.root) <= SAME_CUE), None)
        if same is None:
            made = _from_heard(search, item)
        else:
            left.remove(same)
            made = _corrected(draft, same, item)
        found.append(made)
    doubted = [known for known in left if not known.quotations and _chance(draft, known) < DOUBTED]
    return [*found, *(known for known in left if known not in doubted)]


def _from_heard(search: Search, item: Heard) -> Attribution:
    draft = search.draft
    root = draft.doc[item.root]
    source = None if item.source is None else draft.doc[item.source[0] : item.source[1]].root
    made = make(search, root, cue_verb(root), source, characters(draft, item.content), None)
    made.cue, made.source, made.heard, made.ruled = item.cue, item.source, item.probability, False
    return made


def _corrected(draft: Draft, known: Attribution, item: Heard) -> Attribution:
    if item.source is not None:
        if known.source_root is None:
            known.source_root = draft.doc[item.source[0] : item.source[1]].root.i
        known.source = item.source
    content = characters(draft, item.content)
    if known.quotations:
        known.content_chars += [
            part for part in content if not any(part[0] < end and start < part[1] for start, end in known.content_chars)
        ]
    elif not known.apart and _likeness(content, known.content_chars) < ALIKE:
        known.content_chars = content
    known.heard = item.probability
    return known


def _likeness(one: list[tuple[int, int]], two: list[tuple[int, int]]) -> float:
    """The characters in common over those of either."""
    first, second = ({i for start, end in runs for i in range(start, end)} for runs in (one, two))
    return len(first & second) / max(1, len(first | second))


def _chance(draft: Draft, known: Attribution) -> float:
    """How likely the reader holds the words to be a cue."""
    if draft.reading is None or known.cue_root is None:
        return 1.0
    start, end = known.cue or (known.cue_root, known.cue_root + 1)
    return float(draft.reading.cues[min(start, known.cue_root) : max(end, known.cue_root + 1), 0].max())
