"""Persons by name: which names are one person, what their titles tell, which office they hold.

Full names are gathered first, the whole report over, so that a surname in the headline finds the full name further down. While
reading, a bare surname is tied to the person with it who was mentioned last, or to one misspelt by a single edit ("Lavorv").
"""

from __future__ import annotations

from collections import Counter

from rapidfuzz.distance import OSA
from spacy.tokens import Token

from dragoman.coding.bodies import Body, BodyReader, sector_of
from dragoman.coding.cast import Cast
from dragoman.coding.draft import Draft, DraftActor, Mention
from dragoman.coding.names import Name
from dragoman.coding.phrases import SEATS, Phrase, PhraseReader, base_phrase
from dragoman.knowledge.base import Generic, Knowledge, Named, name_words, surname_key, word_class
from dragoman.knowledge.people import SPELT, people_of

MISSPELT_LENGTH = 5  # a name shorter than this has too many neighbours one edit away
TITLE_GAP = 4  # tokens that may stand between a title and the name ("Foreign Minister of Iran Javad Zarif")
MALE = word_class("title of a man")
FEMALE = word_class("title of a woman")
HONORIFICS = word_class("honorific")
BELONGING_VERBS = word_class("verb of belonging")


class Persons:
    """The persons that a report names; made for one draft."""

    def __init__(self, draft: Draft, cast: Cast, phrases: PhraseReader, bodies: BodyReader, knowledge: Knowledge) -> None:
        self.draft, self.doc, self.cast = draft, draft.doc, cast
        self.phrases, self.bodies, self.knowledge = phrases, bodies, knowledge
        self._by_word: dict[str, list[int]] = {}  # a word of a name -> the actors with it
        self._by_entry: dict[tuple[str, str], int] = {}  # name and country in the tables -> actor
        self._near: dict[str, list[str]] = {}  # a word less one letter -> the words
        self._words: dict[int, list[str]] = {}  # actor -> the words of its name
        self._actor_of: dict[int, int] = {}  # first token of a name -> actor
        self._counts = Counter(key(token.text) for token in draft.doc)

    def gather(self, names: list[Name]) -> None:
        """Make an actor of every person with a full name, the longest names first."""
        persons = [name for name in names if name.is_person and len(self._words_of(name)) > 1]
        for name in sorted(persons, key=lambda name: (-(name.end - name.start), name.start)):
            self._tie(name)

    def mention(self, name: Name) -> Mention:
        """The mention of a person's name with its title; what the title tells is noted."""
        phrase = self._with_title(name, base_phrase(self.doc[name.root], name.start, name.end))
        gender = self._gender_before(name, phrase.start)
        actor = self._actor_of[name.start] if name.start in self._actor_of else self._tie(name, gender)
        self.cast.actors[actor].gender = gender or self.cast.actors[actor].gender
        self._note_title(actor, name, phrase)
        return Mention(phrase.start, phrase.end, name.root, [actor])

    def actor_of(self, name: Name) -> int:
        """The actor of a person's name."""
        actor = self._actor_of.get(name.start)
        return self._tie(name) if actor is None else actor

    def title_before(self, name: Name, floor: int) -> tuple[Generic, int, int] | None:
        """The title in front of a name: the office, its first token and the token behind it."""
        floor = min(floor, name.start)
        honorific = None
        end = name.start
        while end > max(floor, name.start - TITLE_GAP):
            found = self.phrases.generic_ending_at(end, floor)
            if found is None or found[0].kind != "person":
                end -= 1
            elif self.doc[end - 1].lower_ in HONORIFICS:  # "Foreign Minister Dr. X": the office stands before it
                honorific, end = honorific or (found[0], found[1], end), found[1]
            else:
                return found[0], found[1], end
        return honorific

    # -- which names are one person --------------------------------------------------------------------------------

    def _words_of(self, name: Name) -> list[str]:
        return name_words(self.doc[name.start : name.end].text)

    def _tie(self, name: Name, gender: str = "") -> int:
        words = self._words_of(name) or [key(self.doc[name.start].text)]
        entry = name.entry or (self._leader(words[0]) if len(words) == 1 else self._spelt(name))
        actor = self._same_person(words, entry, gender)
        if actor is None:
            actor = self._new(name, words, entry)
        elif len(words) > len(self._words[actor]):
            self.cast.actors[actor].name = self.doc[name.start : name.end].text
            self._index(actor, words)
        self._actor_of[name.start] = actor
        return actor

    def _new(self, name: Name, words: list[str], entry: Named | None) -> int:
        gender = self.knowledge.gender(words[0]) if len(words) > 1 else ""
        text = self.doc[name.start : name.end].text
        actor = self.cast.add(DraftActor(text, "person", gender=gender, confidence=0.8))
        self.cast.named.add(actor)
        self._words[actor] = words
        self._index(actor, words)
        if entry is not None:
            from_table(self.cast.actors[actor], entry, self.draft.report.published)
            self._by_entry[entry.name, entry.country] = actor
            if entry.holds_on(self.draft.report.published):
                self.cast.offices[actor] = self.knowledge.office_name(entry.office)
        return actor

    def _index(self, actor: int, words: list[str]) -> None:
        self._words[actor] = words
        for word in dict.fromkeys((*words, words[-1].rsplit("-", 1)[-1])):
            known = self._by_word.setdefault(word, [])
            if actor not in known:
                known.append(actor)
            for shorter in _one_less(word):
                self._near.setdefault(shorter, []).append(word)

    def _same_person(self, words: list[str], entry: Named | None, gender: str) -> int | None:
        if entry is not None and (entry.name, entry.country) in self._by_entry:
            return self._by_entry[entry.name, entry.country]
        candidates = [actor for actor in self._by_word.get(words[-1], []) if _one_name(words, self._words[actor])]
        if not candidates and len(words) > 1:
            near = [actor for word in self._misspelt(words[-1]) for actor in self._by_word[word]]
            candidates = [actor for actor in near if self._words[actor][0] == words[0]]
        if not candidates and len(words) == 1:
            candidates = self._misspelt_alone(words[0])
        fitting = [actor for actor in candidates if gender in ("", self.cast.actors[actor].gender)]
        return self._last_mentioned(fitting or candidates)

    def _last_mentioned(self, candidates: list[int]) -> int | None:
        if len(candidates) < 2:
            return candidates[0] if candidates else None
        return next((actor for actor in self.cast.recent() if actor in candidates), candidates[0])

    def _misspelt(self, word: str) -> list[str]:
        """The words of known names one edit away from this one, which the report has only once."""
        if len(word) < MISSPELT_LENGTH or self._counts[word] > 1 or word in self.knowledge.leaders:
            return []
        near = dict.fromkeys(known for shorter in _one_less(word) for known in self._near.get(shorter, []))
        return [known for known in near if len(known) >= MISSPELT_LENGTH and OSA.distance(known, word) == 1]

    def _misspelt_alone(self, word: str) -> list[int]:
        actors = list(dict.fromkeys(actor for known in self._misspelt(word) for actor in self._by_word[known]))
        return actors if len(actors) == 1 else []

    def _leader(self, surname: str) -> Named | None:
        """A leader in office on the report's date with this bare surname, if it can be only one person."""
        terms = self.knowledge.in_office(surname, self.draft.report.published)
        return terms[0] if len({(term.name, term.country) for term in terms}) == 1 else None

    def _spelt(self, name: Name) -> Named | None:
        """The term of a person whose full name the tables spell otherwise ("Moammar Gadhafi"), if it can be only one person's."""
        people = people_of(self.knowledge)
        found = [match for match in people.find(self.doc[name.start : name.end].text) if match.score >= SPELT]
        standing = people.standing(found[0].person, self.draft.report.published) if len(found) == 1 else None
        return standing.term if standing is not None and standing.when != "future" else None

    # -- titles ----------------------------------------------------------------------------------------------------

    def _with_title(self, name: Name, phrase: Phrase) -> Phrase:
        """The phrase with a title that the parser cut off its name ("Belarus' President | Alexander Lukashenko")."""
        start = self._behind_others(name, phrase.start)
        if start == name.start and start > self.draft.body:
            floor = max(self.draft.body, start - 5, self.draft.sentences[self.draft.sentence_of[start]].start)
            found = self.phrases.generic_ending_at(start, floor) if floor < start else None
            if found is not None and found[0].kind == "person" and self.doc[start - 1].text[0].isupper():
                start = found[1]
                while start > floor and self.phrases.country_of_token(start - 1):
                    start -= 1
        return Phrase(start, phrase.end, phrase.root)

    def _behind_others(self, name: Name, start: int) -> int:
        """Where the phrase of a name begins if the parser hangs another person on it ("Yanez and | Officer Joseph Kauser")."""
        for i in range(name.start - 1, start, -1):
            if self.doc[i].lower_ == "and":
                other = self.phrases.name_at.get(i - 1)
                return i + 1 if other is not None and other.is_person else start
        return start

    def _gender_before(self, name: Name, start: int) -> str:
        """The gender that a title tells ("Mrs.", "chairwoman"); empty if none does."""
        before = {token.lower_ for token in self.doc[max(0, min(start, name.start - 1)) : name.start]}
        if before & FEMALE or any(word.endswith("woman") for word in before):
            return "f"
        return "m" if before & MALE else ""

    def _note_title(self, actor: int, name: Name, phrase: Phrase) -> None:
        found = self.cast.actors[actor]
        title = self.title_before(name, phrase.start)
        body = self.bodies.before(phrase.start, title[1]) if title else self.bodies.before(phrase.start, name.start)
        country = self._country(name, phrase, title)
        if title is not None:
            self._note_office(actor, title, phrase.start, body)
        elif not found.sectors and (belongs := body or self._belongs(self.doc[name.root])):
            found.sectors = [belongs.sector] if belongs.sector else []
            country = country or belongs.country
        if country and (actor not in self.cast.told or title is not None):
            found.country = country
            self.cast.told.add(actor)
        if title is not None and not found.country:
            found.country = self._country_by_office(title[0], name)

    def _belongs(self, root: Token) -> Body | None:
        """The body behind a name without a title: "X of the ICRC", "X, who heads the ICRC office"."""
        if (body := self.bodies.behind(root, ("of", "from", "at"))) is not None:
            return body
        for clause in root.rights:
            if clause.dep_ == "relcl" and clause.lemma_ in BELONGING_VERBS:
                objects = [child for child in clause.rights if child.dep_ == "dobj"]
                bodies = [self.bodies.whole(noun) for noun in objects]
                return next((b for b in bodies if b), None) or self.bodies.behind(clause, ("on", "in", "for", "at", "to", "with"))
        return None

    def country_of_surname(self, word: str) -> str:
        """The country of the person with a surname: one named in the report, else a leader in office ("Biden" in 2021)."""
        actor = self._last_mentioned(self._by_word.get(key(word), []))
        if actor is not None:
            return self.cast.actors[actor].country
        leader = self._leader(key(word))
        return leader.country if leader is not None else ""

    def _country(self, name: Name, phrase: Phrase, title: tuple[Generic, int, int] | None) -> str:
        if title is not None and title[0].name in SEATS:
            country = self.phrases.sent_by(phrase.start, name.start)
        else:
            country = self.phrases.modifier_country(phrase.start, name.start)
        return country or self.phrases.belonging_country(self.doc[name.root], ("of",))

    def _note_office(self, actor: int, title: tuple[Generic, int, int], floor: int, body: Body | None) -> None:
        """Note the office and sector that a title tells; the first one in the text stands unless it told nothing."""
        generic, start, end = title
        found = self.cast.actors[actor]
        if generic.name == "counterpart":
            self._as_counterpart(actor)
            return
        if body is not None and body.named and not found.country:
            found.country = body.country
        sector = sector_of(generic, body, self.phrases.is_former(floor, start))
        if sector and (not found.office or not found.sectors):
            found.sectors = [sector, *(other for other in found.sectors if other != sector)]
        if not found.office and generic.level:
            found.office = self.doc[start:end].text

    def _as_counterpart(self, actor: int) -> None:
        """ "his Russian counterpart": the office of whoever was named last with one."""
        found = self.cast.actors[actor]
        for other in self.cast.recent():
            if other != actor and self.cast.actors[other].office and self.cast.actors[other].kind == "person":
                found.sectors = list(self.cast.actors[other].sectors)
                found.office = self.cast.actors[other].office
                return

    def _country_by_office(self, generic: Generic, name: Name) -> str:
        """A title and a surname without a nationality: the country of whoever bore both on the report's date."""
        date = self.draft.report.published
        terms = self.knowledge.leaders.get(key(self.doc[name.end - 1].text), [])
        countries = {
            term.country for term in terms if date and term.holds_on(date) and self.knowledge.office_name(term.office) == generic.name
        }
        return countries.pop() if len(countries) == 1 else ""


def from_table(actor: DraftActor, entry: Named, date: str) -> None:
    """Fill country and sector from the tables: a past term of office makes a former official, a future one tells nothing."""
    actor.country = actor.country or entry.country
    if actor.sectors or not entry.sector or (entry.kind == "person" and date and entry.first > date):
        return
    past = bool(date and entry.last and not entry.holds_on(date))
    actor.sectors = ["ELI"] if past and entry.kind == "person" else [entry.sector]


def key(word: str) -> str:
    """A word of a name as it is compared."""
    return surname_key(word)


def _one_name(words: list[str], full: list[str]) -> bool:
    """Whether two names with one last word can be one person's: one within the other, or first names alike."""
    short, long = sorted((words, full), key=len)
    if set(short) <= set(long):
        return True
    if len(short) < 2:
        return False
    one, two = short[0].rstrip("."), long[0].rstrip(".")
    if len(one) == 1 or len(two) == 1:
        return one[0] == two[0]
    return short[-1] == long[-1] and min(len(one), len(two)) > 3 and OSA.distance(one, two) <= 1


def _one_less(word: str) -> list[str]:
    """A word and all it gives when one letter is left out: words one edit apart have one of these in common."""
    if len(word) < MISSPELT_LENGTH - 1:
        return [word]
    return [word, *(word[:i] + word[i + 1 :] for i in range(len(word)))]
