"""Which words of a report name places? The tagger's place names, with its known faults corrected.

The tagger misses places, takes surnames for places and gives one name different labels in one report (the design's
notes on spaCy), so the report votes on each name, and the gazetteer finds what was missed: countries and regions
anywhere, towns behind "in", "at", "near".
"""

from __future__ import annotations

import re
from collections import Counter

from spacy.tokens import Doc

from dragoman.coding.draft import Draft
from dragoman.coding.toponyms import Named, Resolver

PLACE_LABELS = {"GPE", "LOC", "FAC"}
NO_PLACE = {"NORP", "DATE", "MONEY", "PERCENT", "WORK_OF_ART", "LANGUAGE", "PRODUCT", "LAW", "EVENT"}
TITLES = {"mr", "mr.", "mrs", "mrs.", "ms", "ms.", "president", "minister", "senator", "sen.", "rep.", "gov.", "king",
"general",
          "gen.", "sir", "lord", "judge"}  # fmt: skip
LOCATIVE = {"in", "at", "near", "from", "to", "outside", "around", "across", "into", "toward", "towards",
"throughout", "inside",
            "between", "off"}  # fmt: skip
DIRECTIONS = {
    "north",
    "south",
    "east",
    "west",
    "northern",
    "southern",
    "eastern",
    "western",
    "central",
    "center",
    "centre",
}
# inhabitants: a town that the tagger missed or mislabelled is believed from this size on, behind a locative preposition
LARGE = 50_000
HYPHENATED = re.compile(r"^(?:U\.S\.|US|UK|UN|EU|[A-Z]\w+)-(?:[A-Z][\w.]+|led|backed|based|brokered|held|controlled|run)$")  # "U.S.-Mexico"
TAIL = re.compile(r"['’]s?$|['’]$")


class PlaceNames:
    """Made with a resolver, whose gazetteer it asks; ``spans`` finds, ``named`` gives a span's characters and words."""

    def __init__(self, resolver: Resolver) -> None:
        self.resolver = resolver
        self.gazetteer = resolver.gazetteer

    def spans(self, draft: Draft) -> list[tuple[int, int]]:
        """The token spans of place names in the body, in order, none within another."""
        doc = draft.doc
        votes = _votes(doc)
        spans: list[tuple[int, int]] = []
        for entity in doc.ents:
            if entity.start < draft.body or entity.label_ not in PLACE_LABELS:
                continue
            start, end = _trim(doc, entity.start, entity.end)
            if start < end and self._is_place(doc, start, end, votes):
                spans.extend(self._split(doc, start, end))
        taken = {i for start, end in spans for i in range(start, end)}
        spans.extend(self._missed(draft, taken, votes))
        return sorted(spans)

    def _split(self, doc: Doc, start: int, end: int) -> list[tuple[int, int]]:
        """ "Paris, Texas" in one entity names two places."""
        for i in range(start + 1, end - 1):
            if doc[i].text == "," and self.resolver.options(doc[start:i].text) and self.resolver.options(doc[i + 1 : end].text):
                return [(start, i), (i + 1, end)]
        return [(start, end)]

    def _is_place(self, doc: Doc, start: int, end: int, votes: dict[str, Counter[str]]) -> bool:
        """Whether the report at large takes these words for a place: no surname of a person named in full, no nationality."""
        text = doc[start:end].text
        if text.lower() in DIRECTIONS or (text in self.resolver.adjectives and not self.gazetteer.candidates(text)):
            return False
        if not any(token.is_title or token.is_upper or token.text[:1].isupper() for token in doc[start:end]):
            return False
        known = self.resolver.options(text)
        if not known and HYPHENATED.search(text):
            return False
        if known and known[0].kind in ("country", "region"):
            return True
        before = doc[start - 1] if start else None
        if before is not None and (before.lower_ in TITLES or before.ent_type_ == "PERSON"):
            return False
        persons, placed = votes.get(text, Counter())["PERSON"], votes.get(text, Counter())["PLACE"]
        return persons <= placed

    def _missed(self, draft: Draft, taken: set[int], votes: dict[str, Counter[str]]) -> list[tuple[int, int]]:
        """Names the tagger missed: countries and regions anywhere, other places it knows elsewhere or behind a preposition."""
        doc, spans = draft.doc, []
        i = draft.body
        while i < len(doc):
            token = doc[i]
            if i in taken or not token.text[:1].isupper() or (token.is_sent_start and token.pos_ not in ("PROPN",)):
                i += 1
                continue
            end = self._longest(doc, i, taken)
            if end is None or not self._believed(doc, i, end, votes):
                i += 1
                continue
            spans.append((i, end))
            i = end
        return spans

    def _longest(self, doc: Doc, start: int, taken: set[int]) -> int | None:
        for end in range(min(start + 4, len(doc)), start, -1):
            if any(i in taken for i in range(start, end)) or not doc[end - 1].text[:1].isupper():
                continue
            if self.resolver.gazetteer.candidates(doc[start:end].text):
                return end
        return None

    def _believed(self, doc: Doc, start: int, end: int, votes: dict[str, Counter[str]]) -> bool:
        span = doc[start:end]
        if span.text in self.resolver.adjectives or (span.root.pos_ not in ("PROPN", "NOUN") and not span.text.isupper()):
            return False
        labels = {token.ent_type_ for token in span}
        inside = (span[0].ent_iob_ == "I" and doc[start - 1].lower_ != "the") or (end < len(doc) and doc[end].ent_iob_ == "I")
        if inside or labels & NO_PLACE or span.text.lower() in DIRECTIONS:
            return False
        best = self.gazetteer.candidates(span.text)[0]
        vote = votes.get(span.text, Counter())
        if vote["PLACE"] > vote["PERSON"] + vote["ORG"]:
            return True
        before = doc[start - 1].lower_ if start else ""
        if before == "the" and start > 1:
            before = doc[start - 2].lower_
        if best.kind in ("country", "region") and (best.kind == "country" or "ORG" not in labels or before in LOCATIVE):
            return len(span.text) > 2 and labels <= {"", "ORG"} | PLACE_LABELS and _bare(doc, start, end)
        return before in LOCATIVE and best.population >= LARGE and best.official and _bare(doc, start, end)


def is_told_as_place(doc: Doc, start: int) -> bool:
    """Whether a name that the gazetteer lacks is told as a place: a building, or behind a locative preposition."""
    before = doc[start - 1] if start else None
    if before is not None and before.lower_ == "the" and start > 1:
        before = doc[start - 2]
    if doc[start].ent_type_ == "FAC":
        return True
    return doc[start].ent_type_ in PLACE_LABELS and before is not None and before.lower_ in LOCATIVE | {"of"}


def _bare(doc: Doc, start: int, end: int) -> bool:
    """Whether a name stands alone: no further capitalised word that would make it part of a longer name."""
    before = start > 0 and doc[start - 1].pos_ == "PROPN" and doc[start - 1].text[:1].isupper()
    behind = end < len(doc) and doc[end].pos_ == "PROPN" and doc[end].text[:1].isupper()
    return not before and not behind


def _votes(doc: Doc) -> dict[str, Counter[str]]:
    """How often the tagger took a name for a place, a person, an organization; each word of a person's full name votes too."""
    votes: dict[str, Counter[str]] = {}
    for entity in doc.ents:
        label = "PLACE" if entity.label_ in PLACE_LABELS else entity.label_
        start, end = _trim(doc, entity.start, entity.end)
        votes.setdefault(doc[start:end].text, Counter())[label] += 1
        if label == "PERSON" and end - start > 1:
            votes.setdefault(doc[end - 1].text, Counter())["PERSON"] += 2
    return votes


def _trim(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """A name without article in front and possessive, comma or white space behind."""
    while start < end and (doc[start].lower_ == "the" or doc[start].is_space or doc[start].is_punct):
        start += 1
    while end > start and (doc[end - 1].lower_ in ("'s", "’s", "'", "’") or doc[end - 1].is_space or doc[end - 1].text == ","):
        end -= 1
    return start, end


def named(doc: Doc, start: int, end: int) -> Named:
    span = doc[start:end]
    return Named(span.start_char, span.end_char, TAIL.sub("", span.text))
