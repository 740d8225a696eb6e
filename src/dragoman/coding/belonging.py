"""Where actors belong whose country the text does not tell: to the country that the words around them are about.

Reports name domestic actors without their country ("police", "protesters", "the interior ministry"). What counts is the country named
nearest: in the sentence, the ones before it, then in the whole report.
"""

from __future__ import annotations

from collections import Counter

from dragoman.coding.cast import Cast
from dragoman.coding.draft import Draft
from dragoman.coding.phrases import PhraseReader
from dragoman.knowledge.base import Knowledge, word_class

# Swept by hand over fourteen settings with `dragoman evaluate ../shared/gold/dev.jsonl --half open`: actors.country 0.913 to 0.943.
NEAR = (1.0, 0.5, 0.3, 0.2)  # what a country named in this sentence, one before, two before, three before counts
WHOLE = 6.0  # what the whole report counts, shared out over its countries
DATELINE = 1.0  # what the country of the dateline counts
CLEAR = 0.3  # the share of all that the first country must reach
# nouns for people of no one country
AMERICAN = word_class("american body")
WORLD = word_class("world")
UNKNOWN = word_class("unknown")
STATES = word_class("states")
# actors that are not of the country they act in unless told: companies, refugees, unnamed sources, and whoever is international
FOREIGN = frozenset({"BUS", "REF", "UNK"})
INTERNATIONAL = frozenset({"UNO", "EUR", "IGO", "NGO", "ISM", "IMG", "MNC"})


class Belonging:
    """Gives actors without a country the one they belong to; made for one draft."""

    def __init__(self, draft: Draft, cast: Cast, phrases: PhraseReader, knowledge: Knowledge) -> None:
        self.draft, self.cast, self.phrases, self.knowledge = draft, cast, phrases, knowledge
        self.whole: Counter[str] = Counter()
        self.by_sentence: dict[int, Counter[str]] = {}

    def fill(self) -> None:
        """Fill the countries left empty."""
        self._count()
        first: dict[int, int] = {}
        for mention in self.draft.mentions:
            for actor in mention.actors:
                first.setdefault(self.cast.find(actor), self.draft.sentence_of[mention.root])
        for number, sentence in first.items():
            found = self.cast.actors[number]
            if not found.country and number not in self.cast.relational and self._is_domestic(number):
                american = found.name.removeprefix("the ").removeprefix("The ") in AMERICAN and "USA" in self.whole
                found.country = "USA" if american else self._country_at(sentence)
                found.confidence = min(found.confidence, 0.4)

    def _count(self) -> None:
        draft = self.draft
        for i in range(draft.body, len(draft.doc)):
            code = self.phrases.country_of_token(i)
            if code and code not in INTERNATIONAL and code in self.knowledge.country_names:
                self.by_sentence.setdefault(draft.sentence_of[i], Counter())[code] += 1
                self.whole[code] += 1

    def _is_domestic(self, number: int) -> bool:
        actor = self.cast.actors[number]
        if actor.kind == "country" or (number not in self.cast.named and self._is_of_no_one(actor.name.lower().split())):
            return False
        if number in self.cast.named and actor.kind != "person":
            return bool(actor.sectors) and actor.sectors[0] not in FOREIGN
        return not actor.sectors or actor.sectors[0] not in FOREIGN

    def _is_of_no_one(self, words: list[str]) -> bool:
        """ "World leaders", "unknown gunmen", "other countries": people of no one country, or of none that is known."""
        return bool((WORLD | UNKNOWN) & set(words)) or any(word in STATES for word in words)

    def _country_at(self, sentence: int) -> str:
        total = sum(self.whole.values())
        weights = {code: WHOLE * count / total for code, count in self.whole.items()}
        for back, weight in enumerate(NEAR):
            for code in self.by_sentence.get(sentence - back, {}):
                weights[code] += weight
        if self.draft.dateline is not None and (home := self.draft.dateline.place.country):
            weights[home] = weights.get(home, 0.0) + DATELINE
        if not weights:
            return ""
        best, weight = max(weights.items(), key=lambda item: (item[1], item[0]))
        return best if weight >= CLEAR * sum(weights.values()) else ""
