"""Who is meant by a person's name: full names in any spelling, with or without middle names, mistyped, and bare surnames.

The persons are those of ``leaders.csv``, each with all terms of office. ``People.find`` answers for names of two words and
more, ``People.by_surname`` for one. What a person was on a day is a ``Standing``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from rapidfuzz.distance import OSA

from dragoman.knowledge.base import Knowledge, Named, name_words
from dragoman.knowledge.folding import alike, folded, folded_given

RECENT_YEARS = 5  # text without a date is taken to be so young at most: who held no office since then is a former official
MISTYPED_LENGTH = 5  # a shorter word has too many neighbours one edit away
MISTYPED_ALONE = 6  # the same for a surname that nothing else confirms
POSTINGS = 400  # a word borne by more persons ("Mohammed") finds nobody by itself
# How much an office puts its holder in the news; by level of offices.csv, else OTHER_WEIGHT. Ranks, not measured.
WEIGHTS = {"head-of-state": 1.0, "head-of-government": 1.0, "foreign-minister": 0.6, "minister": 0.4, "party-leader": 0.4}
SINGLE = frozenset({"head-of-government", "foreign-minister"})  # ranks that one person of a country has, by whatever title
OTHER_WEIGHT = 0.25
PAST_WEIGHT, PAST_YEARS = 0.6, 12.0  # a former leader is named less, and e times less every so many years
FUTURE_WEIGHT, FUTURE_YEARS = 0.3, 3.0  # and who is to come still less
INTERNATIONAL = frozenset({"UNO", "IGO", "EUR", "NGO"})  # codes of bodies that people of any country serve
COMMON = 40  # a name of two words that leaves out others tells nobody if more persons bear each of the two
PROMINENT = 0.25  # least salience of somebody meant by a bare surname

# How sure a match is that the name is this person's; ranks with steps between them, checked by ``benchmarks/resolve.py --sure``
EXACT, SPELT, SHORTENED, MISTYPED = 0.95, 0.9, 0.8, 0.7


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the tables: all terms of office in the order of their starts."""

    name: str
    country: str
    terms: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person was on a day: the term that tells, and whether it was held, was over or lay ahead."""

    term: Named
    when: str  # "held", "past", "future"

    @property
    def sector(self) -> str:
        """The sector of a holder; ELI after the last term, empty before the first."""
        return {"held": self.term.sector, "past": "ELI", "future": ""}[self.when]


@dataclass(frozen=True, slots=True)
class Match:
    """A person whom a name may mean, how sure (0 to 1) the words alone make it, and how it was found."""

    person: Person
    score: float
    how: str  # "as written", "other spelling", "shorter or longer name", "mistyped", "surname"


class People:
    """The persons of the tables by name. Its indexes are made when they are first needed (some 0.3 s)."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge

    # -- indexes ---------------------------------------------------------------------------------------------------

    @cached_property
    def persons(self) -> dict[tuple[str, str], Person]:
        """By name and country; who served a state and an international body ("secretary-general") is one person."""
        listed = [term for held in self.knowledge.leaders.values() for term in held]
        listed += [entry for entries in self.knowledge.names.values() for entry in entries if entry.role == "leader"]  # also monarchs
        countries: dict[str, dict[str, None]] = {}
        for term in listed:
            countries.setdefault(term.name, {})[term.country] = None
        homes = {name: [code for code in codes if code not in INTERNATIONAL] for name, codes in countries.items()}
        terms: dict[tuple[str, str], list[Named]] = {}
        for term in dict.fromkeys(listed):
            home = homes[term.name][0] if len(homes[term.name]) == 1 else term.country
            terms.setdefault((term.name, home), []).append(term)
        found = {key: Person(*key, tuple(sorted(held, key=lambda term: term.first))) for key, held in terms.items()}
        for term in listed:
            if (term.name, term.country) not in found:
                found[term.name, term.country] = found[term.name, homes[term.name][0]]
        return found

    @cached_property
    def _forms(self) -> list[tuple[tuple[str, ...], tuple[str, ...], Person]]:
        """Every full name: its words as they are compared, their keys, the person."""
        found = []
        for name, entries in self.knowledge.names.items():
            persons = dict.fromkeys((entry.name, entry.country) for entry in entries if entry.role == "leader")
            words = tuple(parts(name)) if persons else ()
            keys = tuple(folded_given(word) for word in words)
            found += [(words, keys, self.persons[person]) for person in persons if len(words) > 1 and all(keys)]
        return found

    @cached_property
    def _by_key(self) -> dict[str, list[int]]:
        """The forms by their keys written together, in their order and in any."""
        found: dict[str, list[int]] = {}
        for number, (_, keys, _) in enumerate(self._forms):
            for key in {"".join(keys), " ".join(sorted(keys))}:
                found.setdefault(key, []).append(number)
        return found

    @cached_property
    def _by_word(self) -> dict[str, list[int]]:
        """The forms by each of their words' keys."""
        found: dict[str, list[int]] = {}
        for number, (_, keys, _) in enumerate(self._forms):
            for key in dict.fromkeys(keys):
                found.setdefault(key, []).append(number)
        return found

    @cached_property
    def _by_surname(self) -> dict[str, list[str]]:
        """The surnames of each key."""
        found: dict[str, list[str]] = {}
        for surname in self.knowledge.leaders:
            found.setdefault(folded(surname), []).append(surname)
        return found

    @cached_property
    def _near(self) -> dict[str, list[str]]:
        """The surnames by what is left of them without one letter: words one edit apart have one of these in common."""
        found: dict[str, list[str]] = {}
        for surname in self.knowledge.leaders:
            if len(surname) >= MISTYPED_ALONE:
                for shorter in _one_less(surname):
                    found.setdefault(shorter, []).append(surname)
        return found

    @cached_property
    def until(self) -> int:
        """The last year that the tables tell of."""
        return max((int(term.first[:4]) for terms in self.knowledge.leaders.values() for term in terms if term.first), default=2000)

    @cached_property
    def _in_the_news(self) -> dict[str, float]:
        """How much a country is in the news, 0.3 to 1, by how much the tables hold of it."""
        counts: dict[str, int] = {}
        for entries in self.knowledge.names.values():
            for entry in entries:
                counts[entry.country] = counts.get(entry.country, 0) + 1
        most = math.log(max(counts.values(), default=1) + 1)
        return {country: 0.3 + 0.7 * math.log(count + 1) / most for country, count in counts.items()}

    # -- by name ---------------------------------------------------------------------------------------------------

    def find(self, name: str) -> list[Match]:
        """The persons whom a full name may mean, the surest first, each once; empty for names of one word."""
        words = tuple(parts(name))
        if len(words) < 2:
            return []
        keys = tuple(folded_given(word) for word in words)
        best: dict[tuple[str, str], Match] = {}
        for match in (*self._written(words, keys), *self._shortened(words, keys)):
            _keep(best, match)
        if not best:
            for match in self._mistyped(words, keys):
                _keep(best, match)
        return sorted(best.values(), key=lambda match: -match.score)

    def by_surname(self, word: str, date: str = "") -> list[Match]:
        """The persons whom a bare surname may mean on an ISO date (or in undated text), by salience; each with its share of it."""
        (surname,) = parts(word) if len(parts(word)) == 1 else (word.lower(),)
        how = "surname"
        surnames = [surname] if surname in self.knowledge.leaders else []
        if not surnames and len(surname) >= MISTYPED_LENGTH:
            how = "surname, other spelling"
            surnames = [known for known in self._by_surname.get(folded(surname), []) if alike(known, surname)]
        if not surnames and len(surname) >= MISTYPED_ALONE:
            how = "surname, mistyped"
            near = dict.fromkeys(known for shorter in _one_less(surname) for known in self._near.get(shorter, []))
            surnames = [known for known in near if known[0] == surname[0] and OSA.distance(known, surname) == 1]
        terms = (term for known in surnames for term in self.knowledge.leaders[known] if term.alone)
        persons = dict.fromkeys(self.persons[term.name, term.country] for term in terms)
        weighed = [(person, self.salience(person, date)) for person in persons]
        total = sum(salience**2 for _, salience in weighed)  # the square: who is in the news all days outweighs many who seldom are
        least = PROMINENT * (2 if how.endswith("mistyped") else 1)
        holding = [person for person, _ in weighed if any(self.holds(term, date) for term in person.terms)] if date else []
        alone = holding if len(holding) == 1 and how == "surname" else []
        found = [(person, salience) for person, salience in weighed if salience >= least or person in alone]
        found.sort(key=lambda item: -item[1])
        return [Match(person, round(0.9 * min(1.0, 0.4 + salience) * salience**2 / total, 3), how) for person, salience in found]

    def _written(self, words: tuple[str, ...], keys: tuple[str, ...]) -> Iterator[Match]:
        numbers = self._by_key.get("".join(keys), []) or self._by_key.get(" ".join(sorted(keys)), [])
        for number in numbers:
            known, _, person = self._forms[number]
            exact = known == words or "".join(known) == "".join(words)
            yield Match(person, EXACT if exact else SPELT, "as written" if exact else "other spelling")

    def _shortened(self, words: tuple[str, ...], keys: tuple[str, ...]) -> Iterator[Match]:
        """A name with more or fewer of the middle names, or with an initial for one."""
        for number in self._sharing(keys):
            _, known, person = self._forms[number]
            rare = min(len(self._by_word.get(keys[0], ())), len(self._by_word.get(keys[-1], ()))) <= COMMON
            if known != keys and (rare or len(keys) > 2) and _one_in_other(keys, known):
                yield Match(person, SHORTENED, "shorter or longer name")

    def _mistyped(self, words: tuple[str, ...], keys: tuple[str, ...]) -> Iterator[Match]:
        """A name one edit away in one of its words, the others alike."""
        for number in self._sharing(keys):
            known, known_keys, person = self._forms[number]
            if len(known) != len(words):
                continue
            off = [i for i in range(len(words)) if keys[i] != known_keys[i]]
            if len(off) == 1 and _one_edit(known[off[0]], words[off[0]]):
                yield Match(person, MISTYPED, "mistyped")

    def _sharing(self, keys: tuple[str, ...]) -> Iterable[int]:
        """The forms that share a word with a name, by its rarest words."""
        lists = [self._by_word[key] for key in dict.fromkeys(keys) if key in self._by_word]
        return dict.fromkeys(number for numbers in sorted(lists, key=len)[:2] if len(numbers) <= POSTINGS for number in numbers)

    # -- on a day --------------------------------------------------------------------------------------------------

    def standing(self, person: Person, date: str = "") -> Standing:
        """What a person was on an ISO date. Without a date: in the last years that the tables tell of (``RECENT_YEARS``)."""
        held = [term for term in person.terms if self.holds(term, date)]
        if held:  # of several the weightiest, at equal weight the one begun last
            return Standing(max(held, key=lambda term: (term.sure, self._weight(term), term.first)), "held")
        past = [term for term in person.terms if not date or not term.first or term.first <= date]
        if past:
            return Standing(max(past, key=lambda term: (term.last or term.first, self._weight(term))), "past")
        return Standing(person.terms[0], "future")

    def holders(self, country: str, title: str, date: str) -> list[Named]:
        """The terms of those who held an office of a country on an ISO date: of that title, else of its rank where one holds it."""
        if not date:
            return []
        terms = [term for term in self._by_country.get(country, []) if self.holds(term, date)]
        named = [term for term in terms if self.knowledge.office_name(term.office) == title]
        office = self.knowledge.office(title)
        if not named and office is not None and office.level in SINGLE:
            named = [term for term in terms if (held := self.knowledge.office(term.office)) and held.level == office.level]
        return [term for term in named if term.sure] or named

    @cached_property
    def _by_country(self) -> dict[str, list[Named]]:
        found: dict[str, list[Named]] = {}
        for person in dict.fromkeys(self.persons.values()):
            for term in person.terms:
                found.setdefault(term.country, []).append(term)
        return found

    def holds(self, term: Named, date: str) -> bool:
        """Whether a term is held on a date, or for undated text: in the last years."""
        if not term.last and not term.sure and term.first and (after := self._followed.get(term)):  # an end not known, but a successor
            return term.first <= date < after if date else False
        if date:
            return term.holds_on(date)
        return not term.last or int(term.last[:4]) >= self.until - RECENT_YEARS

    @cached_property
    def _followed(self) -> dict[Named, str]:
        """Of terms whose end is not known the start of the next one of that office, if another holds it then."""
        offices: dict[tuple[str, str], list[Named]] = {}
        for person in dict.fromkeys(self.persons.values()):
            for term in person.terms:
                offices.setdefault((term.country, term.office), []).append(term)
        found: dict[Named, str] = {}
        for terms in offices.values():
            for term in (term for term in terms if not term.last and not term.sure):
                later = [other.first for other in terms if other.first > term.first and other.name != term.name]
                if later:
                    found[term] = min(later)
        return found

    def salience(self, person: Person, date: str = "") -> float:
        """How likely news of a day means this person by the surname alone, between 0 and 1; not a probability."""
        return max(self._term_salience(term, date) for term in person.terms)

    def _term_salience(self, term: Named, date: str) -> float:
        weight = self._weight(term) * self._in_the_news.get(term.country, 0.3)
        if self.holds(term, date):
            return weight
        year = _year(date) if date else self.until + 1.0
        if term.last and _year(term.last) <= year:
            return weight * PAST_WEIGHT * math.exp(-(year - _year(term.last)) / PAST_YEARS)
        if term.first and _year(term.first) > year:
            return weight * FUTURE_WEIGHT * math.exp(-(_year(term.first) - year) / FUTURE_YEARS)
        return weight * PAST_WEIGHT

    def _weight(self, term: Named) -> float:
        office = self.knowledge.office(term.office)
        return WEIGHTS.get(office.level, OTHER_WEIGHT) if office is not None else OTHER_WEIGHT


@lru_cache(maxsize=4)
def people_of(knowledge: Knowledge) -> People:
    """The persons of these tables; one object for all who ask."""
    return People(knowledge)


def parts(name: str) -> list[str]:
    """The words of a name as they are compared, those joined by a hyphen apart, without initials' full stops."""
    words = name_words(name)
    return [part.rstrip(".") for word in words for part in word.split("-") if part.strip("'.")]


def _keep(best: dict[tuple[str, str], Match], match: Match) -> None:
    key = match.person.name, match.person.country
    if key not in best or best[key].score < match.score:
        best[key] = match


def _one_in_other(keys: tuple[str, ...], known: tuple[str, ...]) -> bool:
    """Whether one name is the other with words left out: first and last word agree, or only names behind the last are added.

    An initial stands for any word that begins with it.
    """
    short, long = sorted((keys, known), key=len)
    if (
        sum(len(word) > 1 for word in short) < 2
        or not _fits(short[0], long[0])
        or not all(any(_fits(word, other) for other in long) for word in short)
    ):
        return False
    if short[-1] == long[-1]:
        return True
    # "Pedro Pablo Kuczynski Godard": the mother's name behind the father's; of two words alone too many would fit
    return len(short) > 2 and len(short[-1]) > 1 and short[-1] == long[-2] and len(long) > len(short)


def _fits(one: str, two: str) -> bool:
    return one == two or (min(len(one), len(two)) == 1 and one[:1] == two[:1])


def _one_edit(known: str, word: str) -> bool:
    return min(len(known), len(word)) >= MISTYPED_LENGTH and OSA.distance(known, word) == 1


def _one_less(word: str) -> list[str]:
    return [word, *(word[:i] + word[i + 1 :] for i in range(len(word)))]


def _year(date: str) -> float:
    """A date as a year with its part gone by: "2021-07" is 2021.5."""
    month = int(date[5:7]) if len(date) >= 7 else 1
    return int(date[:4]) + (month - 1) / 12
