"""Reading a noun phrase: its extent, the countries its modifiers tell, the generic noun or title that heads it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Doc, Token

from dragoman.coding.draft import Draft
from dragoman.coding.names import Name, divisions_named
from dragoman.knowledge.base import Generic, Knowledge, word_class

LEFT = frozenset({"det", "amod", "compound", "poss", "nummod", "nmod", "quantmod", "predet", "advmod", "punct", "appos"})
FORMER = word_class("former")
GENERIC_WORDS = 5  # the longest generic phrase looked up ("minister of foreign affairs" has 4)
# prepositions behind a noun that tell where it belongs ("the president of France", "a protester from Cuba")
BELONGING = ("of", "from")
LOCATION = ("in", "at")
# "Iranian-backed militia" is no Iranian one, "Somalia-based group" is Somali
FOREIGN_ENDINGS = word_class("foreign ending")
SEATS = word_class("envoy")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase without what follows its head: tokens ``start`` to ``end``."""

    start: int
    end: int
    root: int


def base_phrase(head: Token, start: int | None = None, end: int | None = None) -> Phrase:
    """The head (or the name from ``start`` to ``end`` that it heads) with its modifiers on the left."""
    first = head.i if start is None else start
    last = head.i + 1 if end is None else end
    doc = head.doc
    sentence_start = head.sent.start
    for child in reversed(list(head.lefts)):
        if child.dep_ in LEFT and child.i < first and child.left_edge.i >= sentence_start:
            if child.dep_ in ("punct", "advmod", "appos") and child.text not in ("-", "“", '"'):
                continue
            first = min(first, child.left_edge.i)
    for i in range(head.i - 1, first - 1, -1):  # a paragraph's end is a phrase's end
        if doc[i].is_space and "\n" in doc[i].text:
            first = i + 1
            break
    while first < head.i and (doc[first].is_space or doc[first].is_punct):
        first += 1
    return Phrase(min(first, last - 1), last, head.i)


class PhraseReader:
    """Answers what a noun phrase says of its actor; made for one draft and its names."""

    def __init__(self, draft: Draft, names: list[Name], knowledge: Knowledge) -> None:
        self.doc: Doc = draft.doc
        self.text = draft.report.text
        self.knowledge = knowledge
        self.name_at = {i: name for name in names for i in range(name.start, name.end)}
        divisions = divisions_named(draft)
        self.place_at = {
            i: divisions.get(toponym.place.name, toponym.place.country)
            for toponym in draft.toponyms
            for i in range(toponym.start, toponym.end)
        }
        self._generics: dict[tuple[int, int], tuple[Generic, int] | None] = {}

    # -- country ---------------------------------------------------------------------------------------------------

    def country_of_token(self, i: int) -> str:
        """The country that a modifier tells: a nationality, a state, its capital, a place in it, an organization of it."""
        doc = self.doc
        if not doc[i].text[0].isupper():
            return ""
        name = self.name_at.get(i)
        if name is not None and name.is_person and name.end - name.start > 1:
            return name.entry.country if name.entry is not None and i == name.root else ""
        if code := self.nationality_at(i):
            return code
        if name is not None and name.entry is not None:
            return name.entry.country
        return self.place_at.get(i, "") or self._hyphened(doc[i].text)

    def nationality_at(self, i: int) -> str:
        """The nationality that a token tells, also as one of two words ("North" and "Korean" of "North Korean")."""
        doc, knowledge = self.doc, self.knowledge
        for first, last in ((i - 1, i + 1), (i, i + 2)):
            if first >= 0 and last <= len(doc) and (code := knowledge.nationality(f"{doc[first].text} {doc[first + 1].text}")):
                return code
        return knowledge.nationality(doc[i].text)

    def _hyphened(self, word: str) -> str:
        """The country in a joined word: "Berlin-based", "U.S.-Czech"; none in "Iran-backed"."""
        parts = word.split("-")
        if len(parts) < 2 or parts[-1].lower() in FOREIGN_ENDINGS:
            return ""
        return next((code for part in parts if (code := self.state_named(part))), "")

    def state_named(self, word: str) -> str:
        """ISO code of a state's name or nationality; empty if the word is none."""
        if code := self.knowledge.nationality(word):
            return code
        entry = self.knowledge.named(word) if word[:1].isupper() else None
        return entry.country if entry is not None and entry.role == "name" else ""

    def told_countries(self, start: int, end: int) -> list[tuple[int, str]]:
        """The tokens from ``start`` to ``end`` that tell a country, with its code; "Iran" in "Iran-backed" does not."""
        return [(i, code) for i in range(start, end) if self._tells(i) and (code := self.country_of_token(i))]

    def _tells(self, i: int) -> bool:
        doc = self.doc
        if i + 2 < len(doc) and doc[i + 1].text == "-":
            return doc[i + 2].lower_ not in FOREIGN_ENDINGS
        return True

    def modifier_country(self, start: int, end: int) -> str:
        """The country told by the tokens from ``start`` to ``end``, the last one that tells any ("Iranian-born American")."""
        for i in range(end - 1, start - 1, -1):
            if self._tells(i) and (code := self.country_of_token(i)):
                return code
        return ""

    def sent_by(self, start: int, end: int) -> str:
        """The country that sends an envoy: "U.S. Syria envoy" is American, "Syria envoy" alone tells none."""
        told = self.told_countries(start, end)
        nations = [code for i, code in told if self.knowledge.nationality(self.doc[i].text) or self._possessor(i)]
        return nations[0] if nations else (told[0][1] if len(told) > 1 else "")

    def _possessor(self, i: int) -> bool:
        return i + 1 < len(self.doc) and self.doc[i + 1].tag_ == "POS"

    def coordinated_countries(self, start: int, end: int) -> list[str]:
        """The nationalities joined before a noun: "Philippine and Australian troops" -> PHL, AUS; else empty."""
        told = self.told_countries(start, end)
        joints = {",", "and", "or", "&"}
        joined = [
            (a, b)
            for (i, a), (j, b) in pairwise(told)
            if a != b and i < j and all(token.lower_ in joints for token in self.doc[i + 1 : j]) and j > i + 1
        ]
        return list(dict.fromkeys(code for pair in joined for code in pair))

    def adjective_country(self, start: int, end: int) -> str:
        """The country told by an adjective or a joined name, not by a possessor: "his Russian rival", not "Iran's rival"."""
        for i in range(start, end):
            code = self.knowledge.adjectives.get(self.doc[i].text, "")
            if code and self._tells(i) and not self._possessor(i):
                return code
        return ""

    def belonging_country(self, head: Token, prepositions: tuple[str, ...]) -> str:
        """The country told behind the head: "the president of France", "a protester from Cuba"."""
        for place in behind(head, prepositions):
            code = self.country_of_token(place.i) or self.modifier_country(place.left_edge.i, place.i)
            if code or (code := self.belonging_country(place, BELONGING)):
                return code
        return ""

    def country(self, phrase: Phrase, located: bool = True) -> str:
        """The country a whole noun phrase tells, by its modifiers, then "of" and "from", then (for crowds) "in"."""
        head = self.doc[phrase.root]
        before = self.sent_by if head.lemma_.lower() in SEATS else self.modifier_country
        return (
            before(phrase.start, phrase.root)
            or self.belonging_country(head, BELONGING)
            or (self.belonging_country(head, LOCATION) if located else "")
        )

    # -- the noun --------------------------------------------------------------------------------------------------

    def generic_ending_at(self, end: int, floor: int) -> tuple[Generic, int] | None:
        """The longest generic noun, institution or title whose last word stands before ``end``, and where it starts.

        Looked up as written and with the last word in its singular; "minister of defence" is found from its last word.
        """
        key = (end, max(floor, end - GENERIC_WORDS))
        if key not in self._generics:
            self._generics[key] = self._look_up(*key)
        return self._generics[key]

    def _look_up(self, end: int, floor: int) -> tuple[Generic, int] | None:
        last = self.doc[end - 1]
        endings = dict.fromkeys((last.lower_, last.lemma_.lower(), singular(last.lower_)))
        for start in range(floor, end):
            if self.doc[start].is_punct or self.doc[start].is_space or self._still_holds(start):
                continue
            written = self._words(start, end)
            front = written[: len(written) - len(last.lower_)]
            for ending in endings:
                if (found := self.generic(front + ending)) is not None:
                    return found, start
        return None

    def _still_holds(self, i: int) -> bool:
        """ "current and former officials": the first still hold the office."""
        return self.doc[i].lower_ in FORMER and i > 1 and self.doc[i - 2].lower_ == "current"

    def generic(self, words: str) -> Generic | None:
        """What the tables of offices, agents and institutions hold under these words in small letters."""
        knowledge = self.knowledge
        return knowledge.offices.get(words) or knowledge.agents.get(words) or knowledge.institutions.get(words)

    def _words(self, start: int, end: int) -> str:
        first, last = self.doc[start], self.doc[end - 1]
        return self.text[first.idx : last.idx + len(last)].lower().replace("’", "'").replace("\n", " ")

    def is_former(self, start: int, end: int) -> bool:
        """Whether an office in these tokens is a past one ("former", "ex-", "ousted")."""
        words = [self.doc[i].lower_ for i in range(start, end)]
        return "current" not in words and any(word in FORMER or word.startswith("ex-") for word in words)

    def is_definite(self, phrase: Phrase) -> bool:
        """Whether an article or demonstrative points back at somebody mentioned ("the group", "that ministry")."""
        return self.doc[phrase.start].lower_ in ("the", "this", "that", "these", "those")


def behind(head: Token, prepositions: tuple[str, ...]) -> Iterator[Token]:
    """The nouns that prepositions tie to a head: "France" in "the president of France"."""
    for preposition in head.rights:
        if preposition.dep_ == "prep" and preposition.lower_ in prepositions:
            for child in preposition.children:
                if child.dep_ == "pobj":
                    yield child


def singular(word: str) -> str:
    """A plural made singular by the regular endings only; irregular ones stand in the tables."""
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith("men"):
        return word[:-3] + "man"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
