"""Words that take up somebody mentioned before: "he", "their", "the two leaders", "both sides", "the country".

The nearest sentence with somebody who fits is taken, its subject first: the salience of Lappin and Leass (1994), much simplified.
"""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Token

from dragoman.coding.cast import SUBJECTS, Cast, Seen
from dragoman.coding.draft import Draft, DraftActor, Mention
from dragoman.coding.persons import Persons
from dragoman.coding.phrases import Phrase, PhraseReader
from dragoman.knowledge.base import word_class

GENDERS = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
THING_PRONOUNS = frozenset({"it", "its", "itself"})
PLURAL_PRONOUNS = frozenset({"they", "them", "their", "themselves", "theirs"})
SPEAKER_PRONOUNS = frozenset({"i", "me", "my", "myself", "we", "us", "our", "ourselves"})
PRONOUNS = frozenset({*GENDERS, *THING_PRONOUNS, *PLURAL_PRONOUNS, "both", "who"})
OBJECTS = frozenset({"him", "her", "it", "them"})
DEFINITE = frozenset({"the", "these", "those", "our", "their"})
PAIR_NOUNS = word_class("pair")
STATE_PAIR = word_class("pair of states")
BARE_PAIR = word_class("bare pair")
COUNTRY_NOUNS = word_class("country")
WEATHER, SEEMING = frozenset({"rain", "snow", "hail"}), frozenset({"be", "seem", "appear", "remain", "become"})
PERSON_REACH, PLURAL_REACH, THING_REACH = 4, 2, 1  # sentences looked back

Fits = Callable[[DraftActor], bool]


class Coreference:
    """Ties pronouns and pairs to the cast; made for one draft."""

    def __init__(self, draft: Draft, cast: Cast, phrases: PhraseReader, persons: Persons) -> None:
        self.draft, self.doc, self.cast, self.phrases, self.persons = draft, draft.doc, cast, phrases, persons

    # -- pronouns --------------------------------------------------------------------------------------------------

    def pronoun(self, token: Token) -> Mention | None:
        """The mention of a pronoun of the third person; one of the first is the speaker's, whom ``what.py`` asks for."""
        word = token.lower_
        if token.dep_ == "expl" or (word == "it" and _stands_for_nobody(token)):
            return None
        if word in GENDERS:
            return self._one(token, self._person(token))
        if word in THING_PRONOUNS:
            return self._one(token, self._antecedent(token, _is_body, THING_REACH))
        if word in PLURAL_PRONOUNS:
            several = self._several(token)
            if several:
                return Mention(token.i, token.i + 1, token.i, several, pronoun=True)
            return self._one(token, self._antecedent(token, _is_plural, PLURAL_REACH))
        if word == "both" and token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj"):
            pair = [a for a in self.cast.recent(PLURAL_REACH) if self.cast.actors[a].kind in ("person", "country")][:2]
            return Mention(token.i, token.i + 1, token.i, pair, pronoun=True) if len(pair) == 2 else None
        return None

    def _one(self, token: Token, actor: int | None) -> Mention | None:
        return None if actor is None else Mention(token.i, token.i + 1, token.i, [actor], pronoun=True)

    def _several(self, token: Token) -> list[int]:
        """ "They" for several actors: the subject of the nearest sentence, where it is a pair or coordinated ("X and Y met. They ...")."""
        sentence = self.draft.sentence_of[token.i]
        nearest = None
        for mention in reversed(self.draft.mentions):
            at = self.draft.sentence_of[mention.root]
            if at < sentence - PLURAL_REACH or (nearest is not None and at < nearest):
                break
            root = self.doc[mention.root]
            if mention.adjective or root.dep_ not in SUBJECTS:
                continue
            actors = [self.cast.find(actor) for actor in self.draft.actors_at(root)]
            if len(actors) > 1:
                return actors
            if _is_plural(self.cast.actors[actors[0]]):
                return []
            nearest = at
        return []

    def _person(self, token: Token) -> int | None:
        gender = GENDERS[token.lower_]

        def fits(found: DraftActor) -> bool:
            return found.kind == "person" and not found.plural and found.gender in ("", gender)

        ahead = self._subject_ahead(token)
        if ahead is not None and fits(self.cast.actors[ahead]):
            return ahead
        return self._antecedent(token, fits, PERSON_REACH)

    def _subject_ahead(self, token: Token) -> int | None:
        """ "In his speech, Putin ...": a possessive in a phrase that opens the sentence is the subject's behind it."""
        sentence = self.draft.sentences[self.draft.sentence_of[token.i]]
        first = self.doc[sentence.start]
        if token.dep_ != "poss" or first.dep_ not in ("prep", "advcl", "mark") or first.head.i < token.i:
            return None
        subject = next((child for child in first.head.lefts if child.dep_ in SUBJECTS and child.i > token.i), None)
        name = self.phrases.name_at.get(subject.i) if subject is not None else None
        return self.persons.actor_of(name) if name is not None and name.is_person else None

    def _antecedent(self, token: Token, fits: Fits, reach: int) -> int | None:
        """The fitting actor of the nearest sentence that has one, its subject first; never the subject of the verb that
        the pronoun is the object of ("Lavrov met him")."""
        barred = self._co_argument(token)
        sentence = self.draft.sentence_of[token.i]
        nearest: list[Seen] = []
        for seen in self.cast.seen(reach + 1):
            if seen.sentence < sentence - reach or (nearest and seen.sentence != nearest[0].sentence):
                break
            if seen.actor not in barred and fits(self.cast.actors[seen.actor]) and not (seen.place and fits is _is_body):
                nearest.append(seen)
        if GENDERS.get(token.lower_) == "f":  # most persons in the news whose gender nothing tells are men
            nearest = [seen for seen in nearest if self.cast.actors[seen.actor].gender == "f"] or nearest
        subjects = [seen for seen in nearest if seen.subject]
        if subjects:
            return subjects[-1].actor  # the first subject of the sentence: the list runs backwards
        return nearest[0].actor if nearest else None

    def _co_argument(self, token: Token) -> list[int]:
        if token.lower_ not in OBJECTS or token.dep_ not in ("dobj", "pobj", "dative"):
            return []
        verb = token.head.head if token.dep_ == "pobj" else token.head
        subject = next((child for child in verb.lefts if child.dep_ in SUBJECTS), None)
        mention = self.draft.mention_at.get(subject.i) if subject is not None else None
        return [self.cast.find(actor) for actor in mention.actors] if mention is not None else []

    # -- pairs and countries ---------------------------------------------------------------------------------------

    def pair(self, head: Token, phrase: Phrase) -> list[int]:
        """ "the two leaders", "both sides", "the two countries": the two last named who fit and differ in country."""
        if not self._is_pair(head, phrase):
            return []
        states = head.lemma_.lower() in STATE_PAIR
        for kinds in (("country",) if states else ("person",), ("person", "country")):
            found = self._two_of(kinds)
            if len(found) == 2:
                return found
        return self._two_ahead(head)

    def _two_ahead(self, head: Token) -> list[int]:
        """ "Both sides agreed after Armenia and Azerbaijan held talks": the only two states named later in the sentence."""
        sentence = self.draft.sentences[self.draft.sentence_of[head.i]]
        names = [self.phrases.name_at.get(i) for i in range(head.i + 1, sentence.end)]
        entries = [name.entry for name in names if name is not None and name.entry is not None]
        codes = list(dict.fromkeys(entry.country for entry in entries if entry.role == "name"))
        return [self.cast.country(code) for code in codes] if len(codes) == 2 else []

    def _is_pair(self, head: Token, phrase: Phrase) -> bool:
        lemma = head.lemma_.lower()
        if lemma not in PAIR_NOUNS or head.tag_ not in ("NNS", "NNPS") or any(c.dep_ == "prep" for c in head.rights):
            return False
        words = {self.doc[i].lower_ for i in range(phrase.start, head.i)}
        if self.phrases.modifier_country(phrase.start, head.i):
            return False  # "the two Bulgarian diplomats" are named by it, and of one side
        taken_up = "both" in words or ("two" in words and bool(words & DEFINITE))
        return taken_up or (words == {"the"} and lemma in BARE_PAIR)

    def _two_of(self, kinds: tuple[str, ...]) -> list[int]:
        found: list[int] = []
        for actor in self.salient():
            candidate = self.cast.actors[actor]
            others = [self.cast.actors[other].country for other in found]
            if candidate.kind in kinds and (not candidate.country or candidate.country not in others):
                found.append(actor)
            if len(found) == 2:
                break
        return found

    def the_country(self, head: Token, phrase: Phrase) -> Mention | None:
        """ "the isolated state", "the country": of the states named so far the one that was named most."""
        if not self.phrases.is_definite(phrase) or head.tag_ in ("NNS", "NNPS"):
            return None
        states = [actor for actor in self.salient() if self.cast.actors[actor].kind == "country"]
        return Mention(phrase.start, phrase.end, head.i, states[:1]) if states else None

    def salient(self) -> list[int]:
        """Actors named so far, persons by recency, states by how often they were named."""
        times: dict[int, int] = {}
        for seen in self.cast.seen(adjectives=True):
            if not seen.adjective or self.cast.actors[seen.actor].kind == "country":
                times[seen.actor] = times.get(seen.actor, 0) + 1
        return sorted(times, key=lambda a: -times[a] if self.cast.actors[a].kind == "country" else 0)


def _stands_for_nobody(token: Token) -> bool:
    """ "It is clear that ...", "it seems that ...", "it was raining": a subject that only grammar asks for."""
    verb = token.head
    if token.dep_ not in SUBJECTS or verb.lemma_ in WEATHER:
        return token.dep_ in SUBJECTS
    clause = any(child.dep_ in ("ccomp", "xcomp", "csubj", "advcl") for child in verb.rights)
    told = any(child.dep_ in ("acomp", "attr") for child in verb.rights)
    return verb.lemma_ in SEEMING and clause and (told or verb.lemma_ != "be")


def _is_body(found: DraftActor) -> bool:
    return found.kind in ("organization", "country") and not found.plural


def _is_plural(found: DraftActor) -> bool:
    return found.plural or found.kind in ("group", "organization")
