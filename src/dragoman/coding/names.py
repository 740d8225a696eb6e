"""Names in the text: the longest entry of the knowledge tables, joined with the entities of the pipeline.

The statistical tagger misses names and labels one name differently within a report; the tables know only what is in them.
The longer span wins; at equal length the table, since it tells country and sector too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from dragoman.coding.draft import Draft
from dragoman.knowledge.base import FAMILY_NAME_FIRST, NAME_TOKENS, SUFFIXES, Knowledge, Named, bare

SMALL_WORDS = frozenset({"of", "the", "for", "and", "in", "on", "to", "de", "du", "del", "a"})
SHORTEST_INITIALS = 3  # two initials fit too many names
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
    elsewhere = _elsewhere(draft)
    known = [(start, end, "", entry) for start, end, entry in _known(draft, knowledge) if not elsewhere(start, end, entry)]
    labels = _voted_labels(doc, draft.body)
    tagged: list[tuple[int, int, str, Named | None]] = []
    for entity in doc.ents:
        if entity.label_ in NAME_LABELS:
            start, end = _trimmed(entity, draft.body)
            if start < end and not _is_no_name(doc[start:end].text):
                start -= _takes_he(doc, start, end, entity.label_)
                text = doc[start:end].text
                entry = _entry_within(text, knowledge, date)
                if entry is not None and elsewhere(start, end, entry):
                    entry = None
                tagged.append((start, end, labels.get(text, entity.label_), entry))
    taken: set[int] = set()
    names = []
    # longest first; a table's entry before a tag of the same length (sort is stable)
    for start, end, label, entry in sorted(known + tagged, key=lambda name: name[0] - name[1]):
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            names.append(Name(start, end, _root(doc[start:end]).i, label, entry))
    surnames = _surnames(doc, names) | {token.text for token in doc if token.tag_ == "NNP" and knowledge.is_known_surname(token.text, date)}
    return sorted([*_as_persons(doc, names, surnames), *_missed(doc, names, taken, draft.body, surnames)], key=lambda name: name.start)


def _as_persons(doc: Doc, names: list[Name], surnames: set[str]) -> list[Name]:
    """The names, those of one word that are the surname of a person in this report tagged as persons."""
    return [
        Name(name.start, name.end, name.root, "PERSON", None)
        if name.entry is None and name.end - name.start == 1 and doc[name.start].text in surnames
        else name
        for name in names
    ]


def _surnames(doc: Doc, names: list[Name]) -> set[str]:
    """The family names of the persons with a full name: the last word, without "Jr."; the first one of a Chinese leader."""
    found = set()
    for name in names:
        words = [token.text for token in doc[name.start : name.end] if token.text.rstrip(".").lower() not in SUFFIXES]
        if name.is_person and len(words) > 1:
            first = name.entry is not None and name.entry.country in FAMILY_NAME_FIRST
            found.add(words[0] if first else words[-1])
    return found


def _missed(doc: Doc, names: list[Name], taken: set[int], body: int, surnames: set[str]) -> list[Name]:
    """Surnames and acronyms of full names in the report that the tagger left out."""
    bodies = [name for name in names if not name.is_person]
    acronyms = {acronym for name in bodies for acronym in initials(doc[name.start : name.end].text)}
    acronyms.update(acronym for name in bodies if (acronym := _bracketed(doc, name)))
    found = []
    for token in doc[body:]:
        if token.i not in taken and token.text[:1].isupper() and token.tag_ in ("NNP", "NNPS", "NN"):
            if token.text in surnames:
                found.append(Name(token.i, token.i + 1, token.i, "PERSON", None))
            elif token.text in acronyms:
                found.append(Name(token.i, token.i + 1, token.i, "ORG", None))
    return found


def _bracketed(doc: Doc, name: Name) -> str:
    """The acronym in brackets behind a name, or before a name in brackets: "the Farmers' Union (FU)", "the FU (Farmers' Union)"."""
    for bracket, acronym, closing in ((name.end, name.end + 1, name.end + 2), (name.start - 1, name.start - 2, name.end)):
        inside = acronym >= 0 and closing < len(doc) and doc[bracket].text == "(" and doc[closing].text == ")"
        if inside and doc[acronym].text.isupper() and len(doc[acronym].text) > 1:
            return doc[acronym].text
    return ""


def initials(name: str) -> list[str]:
    """The acronym of a name of several words ("Syrian Observatory for Human Rights": SOHR), if it has three letters or more."""
    words = [word for word in name.replace("-", " ").split() if word.lower() not in SMALL_WORDS]
    letters = "".join(word[0] for word in words if word[0].isupper())
    return [letters] if len(letters) >= SHORTEST_INITIALS else []


def _elsewhere(draft: Draft) -> Callable[[int, int, Named], bool]:
    """Whether a state's or capital's name means a place in another country here ("Georgia" beside Atlanta, "Paris, Texas")."""
    place_at = {(toponym.start, toponym.end): toponym.place.country for toponym in draft.toponyms}
    divisions = divisions_named(draft)

    def elsewhere(start: int, end: int, entry: Named) -> bool:
        if entry.role == "name" and divisions.get(entry.name, entry.country) != entry.country:
            return True
        country = place_at.get((start, end), "") or place_at.get((start - 1, end), "")
        return entry.role in ("name", "capital") and bool(country) and country != entry.country

    return elsewhere


def divisions_named(draft: Draft) -> dict[str, str]:
    """The states and provinces that towns named in the report lie in, with their country: beside Atlanta Georgia is American."""
    toponyms = [*draft.toponyms, *([draft.dateline] if draft.dateline is not None else [])]
    towns = [toponym.place for toponym in toponyms if toponym.place.admin1 and toponym.place.admin1 != toponym.place.name]
    return {place.admin1: place.country for place in towns}


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
    if not first.text[0].isupper() or not knowledge.may_begin_name(first.text):
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
    for i in range(start, end):  # a paragraph's end is a name's end, so is a bracket ("Facebook (FB.O")
        if (doc[i].is_space and "\n" in doc[i].text) or doc[i].text == "(":
            return start, i
    return start, end


def _is_no_name(text: str) -> bool:
    """ "Jr." alone, or a piece of a link."""
    return text.rstrip(".").lower() in SUFFIXES or "://" in text or "](" in text


def _takes_he(doc: Doc, start: int, end: int, label: str) -> bool:
    """Whether "He" before a name is the family name of a Chinese person: the pronoun never stands right before a name."""
    return label == "PERSON" and end - start == 1 and start > 0 and doc[start - 1].text == "He"


def _root(span: TokenSpan) -> Token:
    return span.root
