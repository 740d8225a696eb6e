"""Descriptions without a name: "the Pakistani prime minister", "Kano State government", "two Brazilians", "targets in Syria"."""

from __future__ import annotations

from dataclasses import replace

from dragoman.coding.bodies import Body, sector_of
from dragoman.coding.resolving.candidate import DESCRIBED, GUESSED, HELD, UNTOLD, Candidate
from dragoman.coding.resolving.evidence import of_body, of_generic, of_holder, of_match
from dragoman.coding.resolving.mention_words import JOINTS, Reading, Unit
from dragoman.coding.resolving.telling import Telling
from dragoman.knowledge.base import Generic, word_class
from dragoman.knowledge.people import Match

GOVERNMENTS = word_class("named after a person")
COUNTRY_NOUNS = word_class("country")
RELATIONAL = word_class("relation")


class Described:
    """Candidates for descriptions."""

    def __init__(self, telling: Telling) -> None:
        self.telling, self.knowledge = telling, telling.knowledge

    def find(self, text: str, reading: Reading, date: str) -> list[Candidate]:
        """Whoever is described by a reading headed by a generic noun; for an office also who held it on the day, first."""
        *modifiers, head = reading.front
        generic = head.generic
        if generic is None:
            return []
        before = tuple(modifiers)
        if generic.name.split(" ")[-1] in RELATIONAL:  # "Iran's rival" is not Iranian
            before = tuple(unit for unit in before if (unit.kind == "nation" and not unit.possessive) or unit.text in JOINTS)
        body = self.telling.body_behind(reading) or self.telling.body_before(before)
        country, told = self.telling.country_of(generic, before, reading, body)
        if not country and generic.name.split(" ")[-1] in GOVERNMENTS and (leader := self._leader(before, date)) is not None:
            country, told = leader.person.country, of_match(leader)
        former = self.telling.former(before)
        facts = self._facts(generic, head, told, body, former)
        nations = self.telling.coordinated(before) if head.plural or generic.collective else []
        if body is None and len(nations) < 2 and self._is_state(generic, head, country):
            state = self.telling.states.get(country)
            return [Candidate(state, "country", country, "GOV", "", DESCRIBED, facts)] if state else []
        kind = "group" if head.plural and generic.kind == "person" else generic.kind
        office = head.text if generic.level and not head.plural else ""
        score = DESCRIBED if country else UNTOLD
        described = Candidate(text, kind, country, sector_of(generic, body, former), office, score, facts)
        if len(nations) > 1:
            return [replace(described, country=code, score=score - 0.01 * rank) for rank, code in enumerate(nations)]
        return [*(self._holders(described, generic, date) if office and not former and body is None else []), described]

    def _leader(self, before: tuple[Unit, ...], date: str) -> Match | None:
        """The leader after whom a government is named ("the Biden administration")."""
        names = [unit.text for unit in before if unit.kind == "word" and unit.capital]
        return next(iter(self.telling.people.by_surname(names[-1], date)), None) if names else None

    def people_of(self, unit: Unit, text: str) -> Candidate:
        """ "Brazilians": of the country, and nobody in it; "two Brazilians" are civilians."""
        told = f"countries.csv: {unit.text} is {self.telling.state(unit.country)}"
        return Candidate(text, "group", unit.country, "CVL", "", DESCRIBED, (told,), bare=text == unit.text)

    def located(self, reading: Reading, text: str) -> list[Candidate]:
        """Nobody, but a country named behind a preposition ("targets in Syria")."""
        for units in reading.tied(("of", "from", "in", "at")):
            if code := self.telling.country_before(units):
                return [Candidate(text, "group", code, "", "", GUESSED, (self.telling.tells(units, code),), bare=True)]
        return []

    def _facts(self, generic: Generic, head: Unit, told: str, body: Body | None, former: bool) -> tuple[str, ...]:
        facts = [told] if told else []
        facts += [of_body(body)] if body is not None else []
        facts.append(of_generic(generic, head.text, self.knowledge))
        return (*facts, "the words: a former office makes it ELI") if former and generic.sector != "ELI" else tuple(facts)

    def _is_state(self, generic: Generic, head: Unit, country: str) -> bool:
        """ "the government of Chad" is the state; "the country" alone is nobody."""
        noun = generic.name.lower().split(" ")[-1] in COUNTRY_NOUNS and not head.plural
        return noun or (generic.name == "government" and country in self.telling.states)

    def _holders(self, described: Candidate, generic: Generic, date: str) -> list[Candidate]:
        """Who held the office on the day."""
        terms = {term.name: term for term in self.telling.people.holders(described.country, generic.name, date)}
        return [
            replace(
                described, name=term.name, score=HELD / len(terms), named=True,
                evidence=(*described.evidence, of_holder(term, self.telling.states)),
            )
            for term in terms.values()
        ]  # fmt: skip
