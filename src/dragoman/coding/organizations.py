"""Actors by proper name that are no persons: states, institutions, organizations, peoples, towns that act."""

from __future__ import annotations

from spacy.tokens import Token

from dragoman.coding.bodies import BodyReader
from dragoman.coding.cast import Cast
from dragoman.coding.draft import Draft, DraftActor, Mention
from dragoman.coding.names import Name, initials
from dragoman.coding.persons import from_table
from dragoman.coding.phrases import Phrase, PhraseReader, base_phrase
from dragoman.knowledge.base import Knowledge, plain, word_class

MODIFIER = ("compound", "amod", "nmod", "poss", "npadvmod")
CORE = ("nsubj", "nsubjpass", "dobj", "agent")
DOCUMENTS = word_class("document")
COMPASS = frozenset({"North", "South", "East", "West", "Northeast", "Southeast", "Northwest", "Southwest"})


class Organizations:
    """The states and organizations that a report names; made for one draft."""

    def __init__(self, draft: Draft, cast: Cast, phrases: PhraseReader, knowledge: Knowledge) -> None:
        self.draft, self.doc, self.cast = draft, draft.doc, cast
        self.phrases, self.knowledge, self.bodies = phrases, knowledge, BodyReader(phrases)
        self.halves: dict[str, str] = {}  # "North" -> PRK where the report names one of the Koreas

    def gather(self, names: list[Name]) -> None:
        """Note the acronyms in brackets and the states that come in halves, before anything is read."""
        for name in names:
            if not name.is_person and name.end + 2 < len(self.doc) and self.doc[name.end].text == "(":
                self._alias(name)
            if name.entry is not None and name.entry.role == "name":
                self._half_of(name.entry.name)

    def _alias(self, name: Name) -> None:
        """ "the Kurdistan Workers' Party (PKK)", "the PKK (Kurdistan Workers' Party)": one actor."""
        inside = self.doc[name.end + 1]
        behind = self.doc[name.end + 2].text
        if behind == ")" and inside.text.isupper() and len(inside.text) > 1:
            self.cast.by_key.setdefault(key(inside.text), self.organization(name))
        other = self.phrases.name_at.get(inside.i)
        if other is None or other.end >= len(self.doc) or self.doc[other.end].text != ")" or other.is_person:
            return
        if self.doc[name.end - 1].text.isupper() and other.entry is None and name.label != "GPE":
            self.cast.by_key.setdefault(key(self._text(other)), self.organization(name))

    def _half_of(self, name: str) -> None:
        side, _, rest = name.partition(" ")
        if side not in ("North", "South") or not rest:
            return
        for half in ("North", "South"):
            entry = self.knowledge.named(f"{half} {rest}", self.draft.report.published)
            other = self.knowledge.named(f"{'South' if half == 'North' else 'North'} {rest}") or self.knowledge.named(rest)
            if entry is not None and entry.role == "name" and other is not None and other.country != entry.country:
                self.halves[half] = entry.country

    # -- mentions --------------------------------------------------------------------------------------------------

    def half(self, token: Token) -> Mention | None:
        """ "the North" in a report that names North Korea; not "North Hamgyong", "the north"."""
        code = self.halves.get(token.text, "")
        behind = self.doc[token.i + 1] if token.i + 1 < len(self.doc) else None
        if not code or token.i == 0 or self.doc[token.i - 1].lower_ not in ("the", "both", "and", "impoverished", "isolated"):
            return None
        if behind is not None and (behind.pos_ == "PROPN" or behind.text in ("-", "of")):
            return None
        return Mention(token.i, token.i + 1, token.i, [self.cast.country(code)], adjective=token.dep_ in MODIFIER)

    def state(self, name: Name, code: str) -> Mention:
        """A state by its name, capital or seat of government."""
        modifier = self.doc[name.root].dep_ in MODIFIER
        return Mention(name.start, name.end, name.root, [self.cast.country(code)], adjective=modifier)

    def mention(self, name: Name) -> Mention | None:
        """The mention of a name that is no person's and no state's."""
        head = self.doc[name.root]
        if name.entry is None and name.label in ("GPE", "LOC", "FAC"):
            return self._place(name, head)
        if name.entry is None and name.label == "NORP":
            return self._people(name, head)
        if name.entry is None and self.doc[name.end - 1].lower_ in DOCUMENTS:
            return None
        return self._organization_mention(name, base_phrase(head, name.start, name.end))

    def _place(self, name: Name, head: Token) -> Mention | None:
        """A town or region acts seldom; it is an actor where it is the subject of an act ("North Carolina said")."""
        if head.dep_ not in CORE or self._text(name) in COMPASS:
            return None
        text = self._text(name)
        if key(text) not in self.cast.by_key:
            country = self.phrases.country_of_token(name.root)
            actor = self.cast.add(DraftActor(text, "organization", country, ["GOV"], confidence=0.5))
            self.cast.by_key[key(text)] = actor
            self.cast.named.add(actor)
        return Mention(name.start, name.end, name.root, [self.cast.by_key[key(text)]])

    def _people(self, name: Name, head: Token) -> Mention | None:
        """ "Kurds", "Muslims", "Democrats": a people, faith or party as a group, of the country its modifiers tell."""
        if head.dep_ in MODIFIER:
            return None
        text = self._text(name)
        generic = self.phrases.generic(text.lower()) or self.phrases.generic(head.lemma_.lower())
        phrase = base_phrase(head, name.start, name.end)
        country = self.phrases.modifier_country(phrase.start, name.start)
        country = country or self.phrases.belonging_country(head, ("of", "from", "in"))
        if f"{key(text)} {country}" not in self.cast.by_key:
            sector = [generic.sector] if generic and generic.sector else ["SOC"]
            actor = self.cast.add(DraftActor(text, "group", country, sector, plural=True, confidence=0.5))
            self.cast.by_key[f"{key(text)} {country}"] = actor
        return Mention(phrase.start, phrase.end, name.root, [self.cast.by_key[f"{key(text)} {country}"]])

    def _organization_mention(self, name: Name, phrase: Phrase) -> Mention:
        actor = self.organization(name)
        found = self.cast.actors[actor]
        if name.entry is None and not found.country:
            belonging = self.phrases.belonging_country(self.doc[phrase.root], ("of",))
            found.country = self.phrases.modifier_country(phrase.start, phrase.end) or belonging
            if found.country:
                self.cast.told.add(actor)
        if not found.sectors and name.entry is None and (generic := self.phrases.generic_ending_at(name.end, name.start)):
            found.sectors = [generic[0].sector] if generic[0].sector not in ("", "UNK") else []
        return Mention(phrase.start, phrase.end, name.root, [actor])

    # -- actors ----------------------------------------------------------------------------------------------------

    def organization(self, name: Name) -> int:
        """The actor of a named organization or state; what the tables hold under one name is one actor."""
        entry, text = name.entry, self._text(name)
        if entry is not None and entry.kind == "country":
            return self.cast.country(entry.country)
        keys = [key(entry.name)] if entry is not None else []
        keys += [key(text), *(key(acronym) for acronym in initials(text))]
        actor = next((self.cast.by_key[known] for known in keys if known in self.cast.by_key), None)
        if actor is None:
            actor = self.cast.add(DraftActor(text, "organization", confidence=0.75))
            self.cast.named.add(actor)
        for known in keys:
            self.cast.by_key.setdefault(known, actor)
        found = self.cast.actors[actor]
        if len(text) > len(found.name):
            found.name = text
        if entry is not None:
            from_table(found, entry, self.draft.report.published)
        return actor

    def _text(self, name: Name) -> str:
        return self.doc[name.start : name.end].text


def key(text: str) -> str:
    """An organization's name as it is compared."""
    return plain(text).lower().replace("’", "'").removeprefix("the ")
