"""One parse a report: tokens, sentences bounded by paragraphs, quotations, date line and dateline.

The parser does not take a blank line as the end of a sentence, and splitting the text beforehand costs entities
(measured in the design's notes on spaCy), so the whole text is parsed and paragraph breaks are then enforced as hard
bounds on the sentences.
"""

from __future__ import annotations

import datetime
import itertools
import re
from bisect import bisect_left

from spacy.tokens import Doc
from spacy.tokens import Span as TokenSpan

from dragoman.coding.draft import Draft
from dragoman.model import Report

# a blank line, or a line's end behind closing punctuation with a capital after it (texts with one line a paragraph)
PARAGRAPH = re.compile(r"\n\s*\n|(?<=[.!?:”\"’])[^\S\n]*\n\s*+(?=[“\"'‘A-Z0-9])")
DATE_LINE = re.compile(r"\s*date\s+\d{4}-\d{2}-\d{2}\s+")
# "ISLAMABAD: ", "WASHINGTON (Agency) - ", "KYIV, March 3 (Agency) — ", or the bare capitals that an archive leaves over
DATELINE = re.compile(
    r"\s*(?P<place>[A-ZÀ-Þ][A-ZÀ-Þ.'’\-]+(?:[ /][A-ZÀ-Þ][A-ZÀ-Þ.'’\-]+){0,3}(?:, [A-Z][\w.]+(?: [A-Z][\w.]+)?)?)"
    r"(?P<rest>(?:,? (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2}(?:, \d{4})?)?"
    r"(?: ?\([^)\n]{2,40}\))?\s*(?::|--?|–|—)\s+|\s+(?=[A-Z“\"]))"
)
CLOSED_POSSESSIVE = re.compile(r"(?<=\w)”s(?=\s+\w)")
# the tokenizer takes a time quadratic in the length of a word; no English one comes near this (DNA, base64, a line of quotation marks)
NO_WORD = re.compile(r"\S{1000,}")
OPENING = "“„«"
CLOSING = "”»"
STRAIGHT = '"'


def parsed_text(text: str) -> str:
    """What of a text is given to the pipeline: all of it, date line and dateline blanked so that they do not enter the
    first sentence, as are runs of signs too long for any word; a closing quotation mark set for an apostrophe ("Minister”s")
    is put right. Every offset stays the same."""
    _, body = header(text)
    return NO_WORD.sub(lambda match: " " * len(match[0]), " " * body + CLOSED_POSSESSIVE.sub("’s", text[body:]))


def header(text: str) -> tuple[tuple[int, int] | None, int]:
    """The characters of the dateline's place, if there is one, and where the body of the report begins."""
    start = match.end() if (match := DATE_LINE.match(text)) else 0
    if (match := DATELINE.match(text, start)) and _is_dateline(match):
        return match.span("place"), match.end()
    return None, start


def prepare(report: Report, doc: Doc, date: datetime.date | None) -> Draft:
    """Make the draft of a report from the parse of its ``parsed_text``: sentences, paragraphs, quotations, dateline."""
    draft = Draft(report=report, doc=doc, date=date)
    draft.dateline_chars, start = header(report.text)
    draft.body = next((token.i for token in doc if token.idx >= start and not token.is_space), 0)
    draft.paragraph_of = _paragraphs(doc)
    draft.sentences = _sentences(doc, draft.paragraph_of, draft.body)
    draft.sentence_of = [0] * len(doc)
    for number, sentence in enumerate(draft.sentences):
        for token in sentence:
            draft.sentence_of[token.i] = number
    draft.quotes = quotations(report.text)
    return draft


def _is_dateline(match: re.Match[str]) -> bool:
    """Bare capitals are a dateline only if they are no acronym that begins the sentence ("NATO Secretary General")."""
    marked = bool(re.search(r"[:(–—-]|\d", match["rest"]))
    return marked or len(match["place"].replace(".", "")) > 4


def _paragraphs(doc: Doc) -> list[int]:
    breaks = [match.start() for match in PARAGRAPH.finditer(doc.text)]
    return [bisect_left(breaks, token.idx) for token in doc]


def _sentences(doc: Doc, paragraph_of: list[int], body: int) -> list[TokenSpan]:
    """The parser's sentences, cut at paragraph breaks and behind the dateline, without white space around them."""
    starts = {sentence.start for sentence in doc.sents} | {body, 0}
    starts |= {i for i in range(1, len(doc)) if paragraph_of[i] != paragraph_of[i - 1]}
    bounds = [*sorted(start for start in starts if start < len(doc)), len(doc)]
    sentences = []
    for start, end in itertools.pairwise(bounds):
        while start < end and doc[start].is_space:
            start += 1
        while end > start and doc[end - 1].is_space:
            end -= 1
        if start < end:
            sentences.append(doc[start:end])
    return sentences


def stripped_end(text: str, end: int, characters: str | None = None) -> int:
    """Where a text that is cut off at ``end`` ends without the white space (or the ``characters``) at its end."""
    size = 64  # a short stretch first: to copy all that stands before would take a time quadratic in the text's length
    while end > 0:
        part = text[max(0, end - size) : end]
        if kept := part.rstrip(characters):
            return end - len(part) + len(kept)
        end -= len(part)
        size *= 2
    return 0


def quotations(text: str) -> list[tuple[int, int]]:
    """Character ranges inside quotation marks, the marks excluded, in order.

    A quotation that runs over several paragraphs opens each of them and closes only the last (the rule of English
    newspapers), so a paragraph's end closes an open quotation and the next paragraph's mark opens it anew. A closing mark used as an
    apostrophe ("Minister”s") is none. Single quotation marks are not read: apostrophes drown them.
    """
    found: list[tuple[int, int]] = []
    opened: int | None = None
    for match in re.finditer(r'[“„«”»"]|``|\'\'|\n\s*\n', text):
        mark, at = match.group(), match.start()
        apostrophe = mark == "”" and opened is None and CLOSED_POSSESSIVE.match(text, at)
        if mark.isspace():
            if opened is not None:
                found.append((opened, stripped_end(text, at)))
            opened = None
        elif apostrophe:
            continue
        elif mark in OPENING or mark == "``" or (mark in (STRAIGHT, "''") and opened is None):
            opened = match.end() if opened is None else opened
        elif opened is not None:
            found.append((opened, at))
            opened = None
    if opened is not None:
        found.append((opened, stripped_end(text, len(text))))
    return [(start, end) for start, end in found if text[start:end].strip()]
