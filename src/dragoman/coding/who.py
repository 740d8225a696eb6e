"""Who: the actors of a report, their country and sector, and every mention of them.

Names come first, the whole report over, so that a surname in the headline finds the full name further down. Then the text is read
in order, each word by the part that knows its kind: persons, organizations, descriptions, pronouns. Country and sector
come from the words around a mention, then from the knowledge tables for the report's date, last from what the story is about.

Source: CODEBOOK (actors).
"""

from __future__ import annotations

import re

from spacy.tokens import Token

from dragoman.coding.belonging import Belonging
from dragoman.coding.bodies import BodyReader
from dragoman.coding.cast import Cast
from dragoman.coding.coreference import PRONOUNS, SPEAKER_PRONOUNS, Coreference
from dragoman.coding.descriptions import GOVERNMENTS, Descriptions
from dragoman.coding.draft import Draft, DraftActor, Mention
from dragoman.coding.names import Name, find_names
from dragoman.coding.organizations import MODIFIER, Organizations
from dragoman.coding.persons import Persons
from dragoman.coding.phrases import PhraseReader, base_phrase
from dragoman.knowledge.base import Knowledge

__all__ = ["SPEAKER_PRONOUNS", "Who"]
LINK = re.compile(r"https?://\S+|\bwww\.\S+")
NOUNS = ("NOUN", "PROPN")
# adjectives, numbers and articles are actors where they stand for a noun ("the dead", "dozens", "some of the men")
NOUNLIKE = ("ADJ", "NUM", "DET")
CORE = ("nsubj", "nsubjpass", "dobj", "pobj", "conj")
UNIQUE = frozenset({"head-of-state", "head-of-government", "foreign-minister"})  # offices that one person holds


class Who:
    """The step that fills ``draft.actors`` and ``draft.mentions``."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge

    def __call__(self, draft: Draft) -> None:
        names = find_names(draft, self.knowledge)
        draft.mention_at = {}
        _Reader(draft, names, self.knowledge).read()
        draft.mentions.sort(key=lambda mention: (mention.start, mention.end))
        draft.mention_at = {mention.root: mention for mention in draft.mentions}


class _Reader:
    """Reads one draft from front to back."""

    def __init__(self, draft: Draft, names: list[Name], knowledge: Knowledge) -> None:
        self.draft, self.doc, self.names, self.knowledge = draft, draft.doc, names, knowledge
        self.cast = Cast(draft, knowledge)
        self.phrases = PhraseReader(draft, names, knowledge)
        bodies = BodyReader(self.phrases)
        self.persons = Persons(draft, self.cast, self.phrases, bodies, knowledge)
        self.organizations = Organizations(draft, self.cast, self.phrases, knowledge)
        self.coreference = Coreference(draft, self.cast, self.phrases, self.persons)
        self.descriptions = Descriptions(draft, self.cast, self.phrases, bodies, self.coreference, self.persons)

    def read(self) -> None:
        self.persons.gather(self.names)
        self.organizations.gather(self.names)
        links = [match.span() for match in LINK.finditer(self.draft.report.text)]
        for token in self.doc[self.draft.body :]:
            if links and any(start <= token.idx < end for start, end in links):
                continue
            mention = self._mention(token)
            if mention is not None:
                self.cast.note(mention)
                self._unite_apposition(token)
        self._drop_titles()
        self._unite_holders()
        Belonging(self.draft, self.cast, self.phrases, self.knowledge).fill()
        self.cast.settle()

    def _drop_titles(self) -> None:
        """Leave out what only spells a title ("Staff" in "Chief of Staff David Goldfein")."""
        titles: set[int] = set()
        before: set[int] = set()
        for name in self.names:
            mention = self.draft.mention_at.get(name.root)
            if name.is_person and mention is not None:
                title = self.persons.title_before(name, mention.start)
                titles.update(range(title[1], title[2]) if title else ())
                before.update(range(mention.start, name.start))
        self.draft.mentions[:] = [m for m in self.draft.mentions if not self._spells_title(m, titles, before)]

    def _spells_title(self, mention: Mention, titles: set[int], before: set[int]) -> bool:
        actors = [self.cast.actors[actor] for actor in mention.actors]
        if mention.pronoun or mention.adjective or any(actor.kind == "country" for actor in actors):
            return False
        described = all(actor in self.cast.phrase_of for actor in mention.actors)
        return mention.root in titles or (mention.root in before and described)

    # -- one word --------------------------------------------------------------------------------------------------

    def _mention(self, token: Token) -> Mention | None:
        if token.text in self.organizations.halves and (half := self.organizations.half(token)) is not None:
            return half
        name = self.phrases.name_at.get(token.i)
        if name is not None:
            return self._named(name, token) if token.i == name.root else None
        if token.lower_ in PRONOUNS:
            return self.coreference.pronoun(token)
        if token.text[0].isupper() and (code := self.phrases.nationality_at(token.i)):
            return self._nationality(token, code)
        if "-" in token.text and (states := self._joined_states(token)) is not None:
            return states
        return self._described(token)

    def _named(self, name: Name, token: Token) -> Mention | None:
        if name.is_person:
            return self.persons.mention(name)
        if name.entry is not None and name.entry.kind == "country":
            return self.organizations.state(name, name.entry.country)
        if name.entry is None:
            if "-" in token.text and (states := self._joined_states(token)) is not None:
                return states
            if code := self.knowledge.nationality(self.doc[name.start : name.end].text):
                return self._nationality(token, code, name.start)
            phrase = base_phrase(token, name.start, name.end)
            title = self.persons.title_before(name, phrase.start) if name.label == "ORG" else None
            if title is not None and title[2] == name.start and self._is_titled(name):
                return self.persons.mention(name)  # "Gen. X", tagged as an organization
            if self._is_institution(name) or self._is_government(token):
                return self.descriptions.mention(token)
        return self.organizations.mention(name)

    def _is_titled(self, name: Name) -> bool:
        """Whether the name behind a title can be a person's: no word of it names a body ("Secretariat", "Council")."""
        found = self.phrases.generic_ending_at(name.end, name.start)
        return found is None or found[0].kind == "person"

    def _is_institution(self, name: Name) -> bool:
        """ "the Interior Ministry": a name made of nothing but a generic institution, and perhaps a nationality."""
        found = self.phrases.generic_ending_at(name.end, name.start) if name.root == name.end - 1 else None
        if found is None or found[0].kind != "organization" or found[0].name not in self.knowledge.institution_names:
            return False
        return found[1] == name.start or bool(self.phrases.modifier_country(name.start, found[1]))

    def _is_government(self, token: Token) -> bool:
        return token.lemma_.lower() in GOVERNMENTS and self.phrases.name_at[token.i].end == token.i + 1

    def _nationality(self, token: Token, code: str, start: int | None = None) -> Mention | None:
        """ "Russian" before a noun stands for the state; "Russians", "the French" alone are its people."""
        first = token.i if start is None else start
        behind = self.doc[token.i + 1] if token.i + 1 < len(self.doc) else None
        if behind is not None and (token.dep_ in MODIFIER or behind.text == "-"):
            return Mention(first, token.i + 1, token.i, [self.cast.country(code)], adjective=True)
        if token.dep_ == "conj" and token.head.dep_ in MODIFIER and self.knowledge.nationality(token.head.text):
            return Mention(first, token.i + 1, token.i, [self.cast.country(code)], adjective=True)
        if self.doc[first : token.i + 1].text not in self.knowledge.demonyms or token.dep_ in ("acomp", "attr"):
            return None
        key = f"people {code}"
        if key not in self.cast.by_key:
            people = DraftActor(token.text, "group", code, ["CVL"], plural=True, confidence=0.6)
            self.cast.by_key[key] = self.cast.add(people)
        phrase = base_phrase(token)
        return Mention(phrase.start, phrase.end, token.i, [self.cast.by_key[key]])

    def _joined_states(self, token: Token) -> Mention | None:
        """ "U.S.-Czech", "Iran-backed" written as one word: the states joined in it."""
        codes = [code for part in token.text.split("-") if (code := self.phrases.state_named(part))]
        if not codes or token.dep_ not in MODIFIER:
            return None
        return Mention(token.i, token.i + 1, token.i, [self.cast.country(code) for code in codes], adjective=True)

    def _described(self, token: Token) -> Mention | None:
        if token.pos_ in NOUNS and token.dep_ not in ("compound", "amod", "nmod"):
            return self.descriptions.mention(token)
        if token.pos_ in NOUNS and token.dep_ == "compound" and token.head.pos_ == "NOUN":
            return self.descriptions.modifier(token)
        if token.pos_ in NOUNLIKE and token.dep_ in CORE:
            standing = token.lower_ in self.knowledge.agents or any(child.lower_ == "of" for child in token.rights)
            return self.descriptions.mention(token) if standing else None
        if token.tag_ == "VBN" and token.lower_ in self.knowledge.agents:  # "the displaced"
            before = self.doc[token.i - 1] if token.i else token
            return self.descriptions.mention(token) if before.tag_ == "POS" or before.lower_ == "the" else None
        return None

    # -- names and descriptions that are one -----------------------------------------------------------------------

    def _unite_apposition(self, token: Token) -> None:
        """ "Binali Yildirim, the Turkish prime minister", "Yildirim is the prime minister": one actor."""
        for one, two in self._appositions(token):
            first, second = self.draft.mention_at.get(one.i), self.draft.mention_at.get(two.i)
            if first is not None and second is not None and _alone(first) and _alone(second):
                self.cast.unite(first.actors[0], second.actors[0])

    def _appositions(self, token: Token) -> list[tuple[Token, Token]]:
        pairs = [(token, child) for child in token.lefts if child.dep_ == "appos"]
        if token.dep_ == "appos":
            pairs.append((token.head, token))
        if token.dep_ == "attr" and token.head.lemma_ == "be" and not any(c.dep_ == "neg" for c in token.head.children):
            pairs += [(child, token) for child in token.head.lefts if child.dep_ == "nsubj"]
        return pairs

    def _unite_holders(self) -> None:
        """ "The Turkish president" above and "President Erdogan of Turkey" below: one office, one country, one person."""
        holders: dict[tuple[str, str], list[int]] = {}
        for actor in [number for number in sorted(self.cast.named) if self.cast.office(number)]:
            holders.setdefault(self._office_held(actor), []).append(actor)
        for actor, found in enumerate(self.cast.actors):
            if found.kind != "person" or actor in self.cast.named or not found.office or not found.country:
                continue
            known = holders.get(self._office_held(actor), [])
            generic = self.knowledge.office(found.office)
            if len(known) == 1 and generic is not None and generic.level in UNIQUE and found.sectors != ["ELI"]:
                self.cast.unite(known[0], actor)

    def _office_held(self, actor: int) -> tuple[str, str]:
        return self.cast.actors[actor].country, self.cast.office(actor)


def _alone(mention: Mention) -> bool:
    """Whether a mention names one actor by itself."""
    return len(mention.actors) == 1 and not mention.pronoun and not mention.adjective
