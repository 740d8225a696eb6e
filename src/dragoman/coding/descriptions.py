"""Actors without a proper name: "the visiting minister", "police", "Philippine and Australian troops", "dozens of protesters".

A definite description takes up somebody mentioned before whose office or noun fits; the same noun of the same country is the same
crowd; everything else is a new actor, with the country and sector that its words tell.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from dragoman.coding.bodies import Body, BodyReader, sector_of
from dragoman.coding.cast import Cast
from dragoman.coding.coreference import COUNTRY_NOUNS, Coreference
from dragoman.coding.draft import Draft, DraftActor, Mention, conjuncts
from dragoman.coding.persons import Persons
from dragoman.coding.phrases import Phrase, PhraseReader, base_phrase, behind
from dragoman.knowledge.base import Generic, word_class

RELATIONAL = word_class("relation")
ABROAD = word_class("not domestic")
# nouns that "the ..." can take up an organization with, whatever its name
ORGANIZATION_NOUNS = word_class("organization")
ANY_ORGANIZATION = word_class("any organization")
# "a group of tourists", "dozens of protesters": the actor is behind "of"
CONTAINERS = word_class("container")
MODIFYING = ("REB", "MIL", "COP", "PRM", "UAF", "CRM")
MEN, WOMEN = word_class("noun for a man"), word_class("noun for a woman")
OTHER_SIDE = word_class("other side")
COUNTERPART_REACH = 6  # sentences
ONLY_CAPITALISED = word_class("only capitalised")
COMPANIES = word_class("company")
GOVERNMENTS = word_class("named after a person")


@dataclass(frozen=True, slots=True)
class Description:
    """What a noun phrase says: its generic noun (from token ``start``), its country and body, its number and article."""

    head: Token
    phrase: Phrase
    generic: Generic
    start: int
    country: str
    body: Body | None
    plural: bool
    definite: bool

    @property
    def noun(self) -> str:
        return self.generic.name.split(" ")[-1].lower()

    @property
    def key(self) -> str:
        body = self.body.name if self.body is not None else ""
        return f"{self.generic.name} {self.country} {body} {'s' if self.plural else ''}"


class Descriptions:
    """Reads the descriptions of one draft."""

    def __init__(
        self,
        draft: Draft,
        cast: Cast,
        phrases: PhraseReader,
        bodies: BodyReader,
        coreference: Coreference,
        persons: Persons,
    ) -> None:
        self.draft, self.doc, self.cast, self.phrases = draft, draft.doc, cast, phrases
        self.bodies, self.coreference, self.persons = bodies, coreference, persons
        self.knowledge = phrases.knowledge

    def mention(self, head: Token) -> Mention | None:
        """The mention that a noun heads, if the noun stands for actors."""
        phrase = base_phrase(head)
        if pair := self.coreference.pair(head, phrase):
            return Mention(phrase.start, phrase.end, head.i, pair)
        if (container := self._container(head)) is not None:
            return Mention(phrase.start, phrase.end, head.i, list(container.actors))
        found = self._contained(head) or self.phrases.generic_ending_at(head.i + 1, phrase.start)
        if found is None:
            return self._organization_again(head, phrase)
        generic, start = found
        if self.doc[phrase.start].lower_ == "no" or (generic.name in ONLY_CAPITALISED and head.text[0].islower()):
            return None
        if parties := self._of_several(head, generic):
            return Mention(phrase.start, phrase.end, head.i, parties)
        description = self._describe(head, phrase, generic, min(start, head.i))
        if generic.name in COUNTRY_NOUNS and not description.plural:
            owner = description.country or self._owner_country(head)
            if owner in self.knowledge.country_names and description.body is None:
                return Mention(phrase.start, phrase.end, head.i, [self.cast.country(owner)])
            return self.coreference.the_country(head, phrase) if not description.country else None
        return Mention(phrase.start, phrase.end, head.i, self._actors(description))

    def modifier(self, token: Token) -> Mention | None:
        """ "rebel positions", "police station", "government troops": whose the thing is, if nothing named says it."""
        generic = self.knowledge.agents.get(token.lemma_.lower()) or self.knowledge.institutions.get(token.lower_)
        if generic is None or not (generic.collective or generic.sector in MODIFYING):
            return None
        whole = base_phrase(token.head)
        if self.phrases.generic_ending_at(token.head.i + 1, whole.start):
            return None  # "police officers": the whole phrase is the actor
        country = self.phrases.modifier_country(whole.start, token.i)
        phrase = Phrase(token.i, token.i + 1, token.i)
        actor = self._one(Description(token, phrase, generic, token.i, country, None, True, True))
        return Mention(token.i, token.i + 1, token.i, [actor], adjective=True)

    # -- what the words say ----------------------------------------------------------------------------------------

    def _container(self, head: Token) -> Mention | None:
        """The mention of "a group" for "tourists" in "a group of tourists"."""
        above = head.head.head
        if head.dep_ == "pobj" and head.head.lower_ == "of" and above.lemma_.lower() in CONTAINERS:
            return self.draft.mention_at.get(above.i)
        return None

    def _contained(self, head: Token) -> tuple[Generic, int] | None:
        if head.lemma_.lower() not in CONTAINERS:
            return None
        for noun in behind(head, ("of",)):
            if noun.tag_ in ("NNS", "NNPS") or noun.lower_ in ("people", "police"):
                return self.phrases.generic_ending_at(noun.i + 1, noun.left_edge.i)
        return None

    def _describe(self, head: Token, phrase: Phrase, generic: Generic, start: int) -> Description:
        plural = head.tag_ in ("NNS", "NNPS")
        body = self.bodies.of(head, phrase.start, start)
        return Description(
            head, phrase, generic, start, self._country(head, phrase, generic, body, plural), body, plural, self.phrases.is_definite(phrase)
        )  # fmt: skip

    def _country(self, head: Token, phrase: Phrase, generic: Generic, body: Body | None, plural: bool) -> str:
        if generic.name.split(" ")[-1] in RELATIONAL:
            return self.phrases.adjective_country(phrase.start, head.i)
        country = self.phrases.country(phrase, located=generic.collective or plural)
        if not country and head.lemma_.lower() in CONTAINERS:
            inner = next(behind(head, ("of",)), None)
            country = self.phrases.country(base_phrase(inner)) if inner is not None else ""
        country = country or (body.country if body is not None else "") or self._owner_country(head)
        return country or (self._whose_government(head, phrase) if head.lemma_.lower() in GOVERNMENTS else "")

    def _whose_government(self, head: Token, phrase: Phrase) -> str:
        """ "the Biden administration" is American."""
        names = [self.doc[i].text for i in range(phrase.start, head.i) if self.doc[i].pos_ == "PROPN"]
        return next((code for name in reversed(names) if (code := self.persons.country_of_surname(name))), "")

    def _owner_country(self, head: Token) -> str:
        """The country of the possessor ("its military", "Putin's spokesman", "members of its army")."""
        for noun in (head, *behind(head, ("of",))):
            owner = next((child for child in noun.lefts if child.dep_ == "poss"), None)
            mention = self.draft.mention_at.get(owner.i) if owner is not None else None
            if mention is not None and mention.actors:
                return self.cast.actors[self.cast.find(mention.actors[0])].country
        return ""

    # -- who that is -----------------------------------------------------------------------------------------------

    def _actors(self, description: Description) -> list[int]:
        phrase = description.phrase
        if description.plural or description.generic.collective:
            nations = self.phrases.coordinated_countries(phrase.start, description.start)
            if len(nations) > 1:
                return [self._of_nation(description, code) for code in nations]
        if description.generic.name in OTHER_SIDE:
            other = self._other_side(description.head, description.country)
            if other is not None:
                return [other]
        return [self._one(description)]

    def _of_nation(self, description: Description, code: str) -> int:
        """One of several nations' crowds, ministers, ...: "Australian troops" in "Philippine and Australian troops"."""
        d = description
        generic = d.generic
        if generic.level and (actor := self._holder(generic, code)) is not None:
            return actor
        return self._one(Description(d.head, d.phrase, generic, d.start, code, d.body, d.plural, False))

    def _one(self, description: Description) -> int:
        generic, country = description.generic, description.country
        if generic.name == "government" and country in self.knowledge.country_names:
            return self.cast.country(country)
        if description.definite and not description.plural:
            actor = self._described_before(description)
            if actor is None and not country and description.body is None and description.noun in ANY_ORGANIZATION:
                actor = self._last_organization(description.noun, generic.sector)
            if actor is not None:
                found = self.cast.actors[actor]
                found.country = found.country or country
                return actor
        again = self._again(description)
        return self._new(description) if again is None else again

    def _again(self, description: Description) -> int | None:
        """The crowd or body of the same noun and country; a single person without "the" is always another."""
        if description.generic.kind == "person" and not description.plural and not description.definite:
            return None
        known = self.cast.by_key.get(description.key)
        if known is None and description.definite:
            known = self._same_noun(description)
        return None if known is None else self.cast.find(known)

    def _new(self, description: Description) -> int:
        d, generic = description, description.generic
        sector = sector_of(generic, d.body, self.phrases.is_former(d.phrase.start, d.head.i))
        kind = "group" if d.plural and generic.kind == "person" else generic.kind
        name = self.doc[d.phrase.start : d.phrase.end].text
        office = self.doc[d.start : d.head.i + 1].text if generic.level and not d.plural else ""
        gender = _gender(d.noun)
        actor = self.cast.add(DraftActor(name, kind, d.country, [sector] if sector else [], office, gender, d.plural, confidence=0.6))
        if generic.name == "counterpart":
            self._as_counterpart(actor)
        self.cast.phrase_of[actor] = d.phrase
        self.cast.by_key[d.key] = actor
        if d.noun in ABROAD:
            self.cast.relational.add(actor)
        if d.country:
            self.cast.told.add(actor)
        return actor

    def _described_before(self, description: Description) -> int | None:
        """Whom a definite singular description ("the Pakistani minister", "the ministry") takes up again."""
        visiting = any(self.doc[i].lower_ == "visiting" for i in range(description.phrase.start, description.head.i))
        home = self.draft.dateline.place.country if visiting and self.draft.dateline is not None else ""
        for actor in self.cast.recent():
            found = self.cast.actors[actor]
            foreign = description.country and found.country and found.country != description.country
            if not foreign and (not home or found.country != home) and self._fits(description, actor):
                return actor
        return None

    def _fits(self, description: Description, actor: int) -> bool:
        found = self.cast.actors[actor]
        generic, noun = description.generic, description.noun
        words = found.name.lower().split(" ")
        head = _head_word(found.name)
        if generic.kind == "person" and found.kind == "person":
            office = self.cast.office(actor)
            return generic.name == office or (bool(office) and noun == office.split(" ")[-1]) or noun in words
        return generic.kind == found.kind and noun == head and description.body is None

    def _same_noun(self, description: Description) -> int | None:
        noun, country = description.noun, description.country
        for actor in self.cast.recent():
            found = self.cast.actors[actor]
            crowd = found.kind in ("group", "organization") and _head_word(found.name) in (noun, noun + "s")
            if crowd and (not country or not found.country or found.country == country):
                return actor
        return None

    # -- by relation -----------------------------------------------------------------------------------------------

    def _organization_again(self, head: Token, phrase: Phrase) -> Mention | None:
        """ "the ministry", "the group": the last organization whose name or kind the noun fits."""
        noun = head.lemma_.lower()
        if noun not in ORGANIZATION_NOUNS or not self.phrases.is_definite(phrase):
            return None
        actor = self._last_organization(noun, "UNK")
        return None if actor is None else Mention(phrase.start, phrase.end, head.i, [actor])

    def _last_organization(self, noun: str, sector: str) -> int | None:
        """The last organization with the noun in its name; for "group", "company" the last one that it can be."""
        bodies = [actor for actor in self.cast.recent() if self.cast.actors[actor].kind == "organization"]
        fitting = [actor for actor in bodies if _head_word(self.cast.actors[actor].name) == noun]
        if not fitting and noun in ANY_ORGANIZATION:
            wanted = "BUS" if noun in COMPANIES else sector
            sectors = [(actor, set(self.cast.actors[actor].sectors)) for actor in bodies]
            fitting = [a for a, told in sectors if wanted in told or (wanted == "UNK" and not told & {"GOV", "BUS"})]
        return fitting[0] if fitting else None

    def _of_several(self, head: Token, generic: Generic) -> list[int]:
        """ "the presidents of Russia and Azerbaijan": one actor a country."""
        if head.tag_ not in ("NNS", "NNPS") or not generic.level:
            return []
        for noun in behind(head, ("of",)):
            codes = [self.phrases.country_of_token(part.i) for part in (noun, *conjuncts(noun))]
            if len([code for code in codes if code]) > 1:
                return [self._holder_of(generic, code) for code in codes if code]
        return []

    def _holder(self, generic: Generic, country: str) -> int | None:
        """The person mentioned before with an office of a country."""
        for actor in self.cast.recent():
            found = self.cast.actors[actor]
            if found.country == country and self.cast.office(actor) == generic.name and found.kind == "person":
                return actor
        return None

    def _holder_of(self, generic: Generic, country: str) -> int:
        """Whoever holds an office of a country: the person named with it in this report, else an unnamed one."""
        if (known := self._holder(generic, country)) is not None:
            return known
        key = f"{generic.name} {country}  "
        if key not in self.cast.by_key:
            name = f"{generic.name} of {self.knowledge.country_names.get(country, country)}"
            sectors = [generic.sector or "GOV"]
            self.cast.by_key[key] = self.cast.add(DraftActor(name, "person", country, sectors, generic.name, confidence=0.6))
        return self.cast.by_key[key]

    def _as_counterpart(self, actor: int) -> None:
        """ "his Russian counterpart": the office of whoever was named last with one."""
        for other in self.cast.recent():
            found = self.cast.actors[other]
            if found.kind == "person" and found.office:
                self.cast.actors[actor].office = found.office
                self.cast.actors[actor].sectors = list(found.sectors)
                return

    def _other_side(self, head: Token, country: str) -> int | None:
        """ "his counterpart", "his Russian counterpart": the last person of that country, or with an office in another than his."""
        owner = next((child for child in head.lefts if child.dep_ == "poss"), None)
        mention = self.draft.mention_at.get(owner.i) if owner is not None else None
        own = self.cast.find(mention.actors[0]) if mention is not None else None
        home = self.cast.actors[own].country if own is not None else ""
        for actor in self.cast.recent(COUNTERPART_REACH):
            found = self.cast.actors[actor]
            fits = found.country == country if country else bool(found.office) and found.country != home
            if actor != own and found.kind == "person" and fits and found.sectors[:1] == ["GOV"]:
                return actor
        return None


def _head_word(name: str) -> str:
    """The noun that a name is built on ("the Ministry of Foreign Affairs": ministry; "a military appeals court": court)."""
    words = name.lower().split()
    ties = [i for i, word in enumerate(words) if i and word in ("of", "for", "in", "on")]
    return words[(ties[0] if ties else len(words)) - 1] if words else ""


def _gender(noun: str) -> str:
    if noun.endswith("woman") or noun in WOMEN:
        return "f"
    if noun.endswith("man") or noun in MEN:
        return "m"
    return ""
