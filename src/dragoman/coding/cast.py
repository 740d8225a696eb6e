"""The cast of a report: its actors under construction, and who was mentioned when.

An actor is found again by a key ("country PAK", "foreign ministry PAK"). Two actors that turn out to be one ("Binali Yildirim, the
Turkish prime minister") are united: the one dropped points at the one kept, and ``settle`` rewrites the mentions once, at the end.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dragoman.coding.draft import Draft, DraftActor, Mention
from dragoman.coding.phrases import Phrase
from dragoman.knowledge.base import Knowledge, word_class

LOOK_BACK = 40  # sentences; whoever was mentioned longer ago is not taken up by a description (keeps a long report linear)
SUBJECTS = frozenset({"nsubj", "nsubjpass", "agent"})
PLACE_PREPOSITIONS = word_class("place preposition")


@dataclass(frozen=True, slots=True)
class Seen:
    """One mention of an actor: the sentence, the root token, whether as subject, whether only as a place ("in Russia")."""

    sentence: int
    token: int
    actor: int
    subject: bool
    place: bool
    adjective: bool = False


OF_STATES = frozenset({"UNO", "EUR", "IGO"})  # what belongs to several states


class Cast:
    """The actors of one draft while it is read from front to back."""

    def __init__(self, draft: Draft, knowledge: Knowledge) -> None:
        self.draft, self.knowledge = draft, knowledge
        self.actors = draft.actors
        self.by_key: dict[str, int] = {}
        self.told: set[int] = set()  # actors whose country the text tells
        self.named: set[int] = set()  # actors with a proper name
        self.relational: set[int] = set()  # "Iran's rival": described by their relation to another
        self.phrase_of: dict[int, Phrase] = {}  # the first description of an actor
        self.offices: dict[int, str] = {}  # actor -> office in the tables on the report's date
        self._seen: list[Seen] = []
        self._same: dict[int, int] = {}  # an actor dropped -> the one kept

    def add(self, actor: DraftActor) -> int:
        """A new actor's number."""
        self.actors.append(actor)
        return len(self.actors) - 1

    def country(self, code: str) -> int:
        """The actor of a state as a whole; a state acts through its government (CODEBOOK)."""
        key = f"country {code}"
        if key not in self.by_key:
            name = self.knowledge.country_names.get(code, code)
            self.by_key[key] = self.add(DraftActor(name, "country", code, ["GOV"], confidence=0.9))
        return self.by_key[key]

    def office(self, actor: int) -> str:
        """The standard name of an actor's office, as the report or else the tables tell it."""
        told = self.actors[actor].office
        return self.knowledge.office_name(told) if told else self.offices.get(actor, "")

    # -- recency ---------------------------------------------------------------------------------------------------

    def note(self, mention: Mention) -> None:
        """Add a mention to the draft; modifiers ("Russian" in "Russian warplanes") are taken up by no pronoun."""
        self.draft.mentions.append(mention)
        self.draft.mention_at[mention.root] = mention
        token = self.draft.doc[mention.root]
        place = token.dep_ == "pobj" and token.head.lower_ in PLACE_PREPOSITIONS
        for actor in mention.actors:
            sentence = self.draft.sentence_of[mention.root]
            self._seen.append(Seen(sentence, mention.root, actor, token.dep_ in SUBJECTS, place, mention.adjective))

    def seen(self, reach: int = LOOK_BACK, adjectives: bool = False) -> Iterator[Seen]:
        """The mentions so far, the last one first, as far back as ``reach`` sentences before it; modifiers only if wanted."""
        last = self._seen[-1].sentence if self._seen else 0
        for seen in reversed(self._seen):
            if seen.sentence < last - reach:
                return
            if adjectives or not seen.adjective:
                actor = self.find(seen.actor)
                yield seen if actor == seen.actor else replace(seen, actor=actor)

    def recent(self, reach: int = LOOK_BACK) -> list[int]:
        """The actors mentioned so far, each once, the last one first."""
        return list(dict.fromkeys(seen.actor for seen in self.seen(reach)))

    # -- two that are one ------------------------------------------------------------------------------------------

    def find(self, actor: int) -> int:
        """The actor that stands for this one."""
        while actor in self._same:
            actor = self._same[actor]
        return actor

    def unite(self, one: int, two: int) -> bool:
        """Make a name and its description one actor; ``False`` where they cannot be one."""
        one, two = self.find(one), self.find(two)
        if one == two:
            return True
        keep, drop = (two, one) if self._has_name(two) and not self._has_name(one) else (one, two)
        if not self._has_name(keep) or self._has_name(drop) or not self._agree(keep, drop):
            return False
        kept, dropped = self.actors[keep], self.actors[drop]
        telling = dropped.sectors[:1] not in ([], ["UNK"], ["CVL"])
        if dropped.sectors and kept.kind != "country" and (not kept.sectors or (telling and not kept.office)):
            kept.sectors = dropped.sectors  # the text knows better than the tables, unless a title told already
        kept.office = kept.office or dropped.office
        kept.gender = kept.gender or dropped.gender
        if dropped.country and (not kept.country or (drop in self.told and keep not in self.told)):
            kept.country = dropped.country
            self.told.add(keep)
        self._same[drop] = keep
        return True

    def _has_name(self, actor: int) -> bool:
        return actor in self.named or self.actors[actor].kind == "country"

    def _agree(self, keep: int, drop: int) -> bool:
        kept, dropped = self.actors[keep], self.actors[drop]
        if kept.kind == "country":
            return drop in self.relational or dropped.kind == "country"
        if "person" in (kept.kind, dropped.kind) and kept.kind != dropped.kind:
            return False
        return not (keep in self.told and drop in self.told and kept.country != dropped.country)

    def settle(self) -> None:
        """Let every mention point at the actors kept; a body of states for which no sector is told governs, as its members do."""
        for actor in self.actors:
            if actor.country in OF_STATES and actor.kind == "organization" and not actor.sectors:
                actor.sectors = ["GOV"]
        for mention in self.draft.mentions:
            mention.actors = list(dict.fromkeys(self.find(actor) for actor in mention.actors))
