"""Attributions in a report: which words are put into whose mouth, by which cue.

This layer knows nothing of actors: it finds source, cue and content from the parse and the quotation marks. ``says.py``
turns what it finds into the statements of the record.
"""

from __future__ import annotations

from dragoman.coding.attributed import Attribution, Search
from dragoman.coding.draft import Draft
from dragoman.coding.quoted_speech import attach, continue_speech, transcribe
from dragoman.coding.quoting import turns, utterances
from dragoman.coding.reported_speech import reported

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
    return sorted(search.found, key=lambda found: (found.content_chars[0], found.cue or (0, 0)))
