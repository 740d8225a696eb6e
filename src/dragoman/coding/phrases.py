"""Reading a noun phrase: its extent, the country its modifiers tell, the generic noun or title that heads it."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from dragoman.coding.draft import Draft
from dragoman.coding.names import Name
from dragoman.knowledge.base import Generic, Knowledge

LEFT = frozenset(
    {"det", "amod", "compound", "poss", "nummod", "nmod", "quantmod", "predet", "advmod", "punct", "appos"}
)
FORMER = frozenset({"former", "ex", "ex-", "late", "ousted", "deposed", "onetime", "then"})
GENERIC_WORDS = 5  # the longest generic phrase looked up ("minister of foreign affairs" has 4)
# prepositions behind a noun that tell where it belongs ("the president of France", "a protester from Cuba")
BELONGING = ("of", "from")
LOCATION = ("in", "at")


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
    sentence_start = head.sent.start
    for child in reversed(list(head.lefts)):
        if child.dep_ in LEFT and child.i < first and child.left_edge.i >= sentence_start:
            if child.dep_ in ("punct", "advmod", "appos") and child.text not in ("-", "“", '"'):
                continue
            first = min(first, child.left_edge.i)
    doc = head.doc
    while first < head.i and (doc[first].is_space or doc[first].is_punct):
        first += 1
    return Phrase(first, last, head.i)


class PhraseReader:
    """Answers what a noun phrase says of its actor; made for one draft and its names."""

    def __init__(self, draft: Draft, names: list[Name], knowledge: Knowledge) -> None:
        self.doc: Doc = draft.doc
        self.text = draft.report.text
        self.knowledge = knowledge
        self.name_at = {i: name for name in names for i in range(name.start, name.end)}
        self.place_at = {
            i: toponym.place.country for toponym in draft.toponyms for i in range(toponym.start, toponym.end)
        }

    # -- country ---------------------------------------------------------------------------------------------------

    def country_of_token(self, i: int) -> str:
        """The country that a modifier tells: a nationality, a state, its capital, a place in it, an organization of it."""
        doc = self.doc
        if i + 1 < len(doc) and (code := self.knowledge.nationality(f"{doc[i].text} {doc[i + 1].text}")):
            return code
        if code := self.knowledge.nationality(doc[i].text):
            return code
        name = self.name_at.get(i)
        if name is not None and name.entry is not None:
            return name.entry.country
        return self.place_at.get(i, "")

    def modifier_country(self, start: int, end: int) -> str:
        """The country told by the tokens from ``start`` to ``end``, the last one that tells any ("Iranian-born American")."""
        for i in range(end - 1, start - 1, -1):
            hyphenated = i + 1 < len(self.doc) and self.doc[i + 1].text == "-" and not self._joins_nation(i)
            if not hyphenated and (code := self.country_of_token(i)):
                return code
        return ""

    def adjective_country(self, start: int, end: int) -> str:
        """The country told by an adjective or a joined name, not by a possessor: "his Russian rival", not "Iran's rival"."""
        return next(
            (code for i in range(start, end) if (code := self.knowledge.adjectives.get(self.doc[i].text, ""))), ""
        )

    def _joins_nation(self, i: int) -> bool:
        return i + 2 < len(self.doc) and bool(self.country_of_token(i + 2))

    def belonging_country(self, head: Token, prepositions: tuple[str, ...]) -> str:
        """The country told behind the head: "the president of France", "a protester from Cuba"."""
        for preposition in head.rights:
            if preposition.dep_ == "prep" and preposition.lower_ in prepositions:
                for place in preposition.children:
                    if place.dep_ == "pobj":
                        code = self.country_of_token(place.i) or self.modifier_country(place.left_edge.i, place.i)
                        if code or (code := self.belonging_country(place, BELONGING)):
                            return code
        return ""

    def country(self, phrase: Phrase, located: bool = True) -> str:
        """The country a whole noun phrase tells, by its modifiers, then "of" and "from", then (for crowds) "in"."""
        head = self.doc[phrase.root]
        return (
            self.modifier_country(phrase.start, phrase.root)
            or self.belonging_country(head, BELONGING)
            or (self.belonging_country(head, LOCATION) if located else "")
        )

    # -- the noun --------------------------------------------------------------------------------------------------

    def generic_ending_at(self, end: int, floor: int) -> tuple[Generic, int] | None:
        """The longest generic noun, institution or title whose last word stands before ``end``, and where it starts.

        Looked up as written and with the last word in its singular; "minister of defence" is found from its last word.
        """
        last = self.doc[end - 1]
        knowledge = self.knowledge
        for start in range(max(floor, end - GENERIC_WORDS), end):
            written = self._words(start, end)
            front = written[: len(written) - len(last.lower_)]
            for key in dict.fromkeys((written, front + last.lemma_.lower(), front + singular(last.lower_))):
                found = knowledge.offices.get(key) or knowledge.agents.get(key) or knowledge.institutions.get(key)
                if found is not None:
                    return found, start
        return None

    def _words(self, start: int, end: int) -> str:
        first, last = self.doc[start], self.doc[end - 1]
        return self.text[first.idx : last.idx + len(last)].lower().replace("’", "'").replace("\n", " ")

    def is_former(self, start: int, end: int) -> bool:
        """Whether an office in these tokens is a past one ("former", "ex-", "ousted")."""
        return any(self.doc[i].lower_ in FORMER or self.doc[i].lower_.startswith("ex-") for i in range(start, end))

    def organization_in(self, start: int, end: int) -> Name | None:
        """An organization named among modifiers ("Hamas official", "Pentagon spokesman")."""
        for i in range(end - 1, start - 1, -1):
            name = self.name_at.get(i)
            if name is not None and name.entry is not None and name.entry.role in ("institution", "organization"):
                return name
        return None


def singular(word: str) -> str:
    """A plural made singular by the regular endings only; irregular ones stand in the tables."""
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith("men"):
        return word[:-3] + "man"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
