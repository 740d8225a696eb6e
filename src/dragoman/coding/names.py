"""Names in the text: the longest entry of the knowledge tables, joined with the entities of the pipeline.

The statistical tagger misses names and labels one name differently within a report; the tables know only what is in them.
The longer span wins; at equal length the table, since it tells country and sector too.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from dragoman.coding.draft import Draft
from dragoman.knowledge.base import NAME_TOKENS, Knowledge, Named, bare

NAME_LABELS = frozenset({"PERSON", "ORG", "GPE", "NORP", "FAC", "LOC"})


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name in the text: tokens, what the tables know of it, the entity label ("" if only the tables know it)."""

    start: int
    end: int
    root: int
    label: str
    entry: Named | None

    @property
    def is_person(self) -> bool:
        if self.entry is not None:
            return self.entry.kind == "person"
        return self.label == "PERSON"


def find_names(draft: Draft, knowledge: Knowledge) -> list[Name]:
    """All names of a report in text order, none overlapping another."""
    doc, date = draft.doc, draft.report.published
    known = [(start, end, "", entry) for start, end, entry in _known(draft, knowledge)]
    labels = _voted_labels(doc, draft.body)
    tagged: list[tuple[int, int, str, Named | None]] = []
    for entity in doc.ents:
        if entity.label_ in NAME_LABELS:
            start, end = _trimmed(entity, draft.body)
            if start < end:
                text = doc[start:end].text
                tagged.append((start, end, labels.get(text, entity.label_), _entry_within(text, knowledge, date)))
    taken: set[int] = set()
    names = []
    # longest first; a table's entry before a tag of the same length (sort is stable)
    for start, end, label, entry in sorted(known + tagged, key=lambda name: name[0] - name[1]):
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            names.append(Name(start, end, _root(doc[start:end]).i, label, entry))
    return sorted(names, key=lambda name: name.start)


def _known(draft: Draft, knowledge: Knowledge) -> list[tuple[int, int, Named]]:
    found = []
    i = 0
    while i < len(draft.doc):
        match = _longest_at(draft, i, knowledge)
        if match is None:
            i += 1
        else:
            found.append((i, *match))
            i = match[0]
    return found


def _longest_at(draft: Draft, i: int, knowledge: Knowledge) -> tuple[int, Named] | None:
    doc, text = draft.doc, draft.report.text  # doc.text would be put together anew at every call
    first = doc[i]
    if not first.text[0].isupper():
        return None
    for end in range(min(i + NAME_TOKENS, len(doc)), i, -1):
        if doc[end - 1].is_punct and not doc[end - 1].text.endswith("."):
            continue
        entry = knowledge.named(text[first.idx : doc[end - 1].idx + len(doc[end - 1])], draft.report.published)
        if entry is not None:
            return end, entry
    return None


def _entry_within(text: str, knowledge: Knowledge, date: str) -> Named | None:
    """What the tables know of an entity, also behind a leading nationality ("the U.S. Justice Department")."""
    words = bare(text).split(" ")
    for skip in range(min(3, len(words))):
        entry = knowledge.named(" ".join(words[skip:]), date)
        if entry is not None and (skip == 0 or entry.role in ("institution", "organization", "leader")):
            return entry
    return None


def _voted_labels(doc: Doc, body: int) -> dict[str, str]:
    """The label that most occurrences of a text have in this report (the tagger varies within one report)."""
    votes: dict[str, Counter[str]] = {}
    for entity in doc.ents:
        if entity.label_ in NAME_LABELS:
            start, end = _trimmed(entity, body)
            votes.setdefault(doc[start:end].text, Counter())[entity.label_] += 1
    return {text: max(count.items(), key=lambda item: (item[1], item[0]))[0] for text, count in votes.items()}


def _trimmed(entity: TokenSpan, body: int) -> tuple[int, int]:
    """An entity without dateline, article, possessive ending and stray punctuation or white space at its edges."""
    start, end = max(entity.start, body) if entity.end > body else entity.start, entity.end
    doc = entity.doc
    while start < end and (doc[start].lower_ in ("the", "a", "an") or doc[start].is_space or doc[start].is_punct):
        start += 1
    while end > start and (doc[end - 1].tag_ == "POS" or doc[end - 1].is_space or doc[end - 1].text in "’'\"“”,;:-)"):
        end -= 1
    for i in range(start, end):  # a paragraph's end is a name's end
        if doc[i].is_space and "\n" in doc[i].text:
            return start, i
    return start, end


def _root(span: TokenSpan) -> Token:
    return span.root
