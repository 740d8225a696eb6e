"""Names that the tables hold: states, institutions, organizations, persons, by what they were on the day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from dragoman.coding.resolving.candidate import DESCRIBED, LAPSED, Candidate
from dragoman.coding.resolving.evidence import of_entry, of_holder, of_match, of_own
from dragoman.coding.resolving.mention_words import Unit
from dragoman.coding.resolving.telling import Telling
from dragoman.knowledge.base import Named, bare
from dragoman.knowledge.groups import Groups
from dragoman.knowledge.people import EXACT, Match

GOVERNING = frozenset(
    {"Authority", "Administration", "Government", "Emirate"}
)  # "Palestinian Authority" acts, as no bare state's name does
NEXT = 0.02  # by how much each further row of one name is less likely


class TableNames:
    """Candidates for names of the tables."""

    def __init__(self, telling: Telling) -> None:
        self.telling, self.knowledge, self.people = telling, telling.knowledge, telling.people
        self.groups = Groups(telling.knowledge)

    def whole(self, text: str, date: str) -> list[Candidate]:
        """What the tables hold under words as they stand."""
        return self.entries(self.knowledge.entries(text), text, date)

    def modified(self, text: str, unit: Unit, before: tuple[Unit, ...], date: str) -> list[Candidate]:
        """A name of the tables with modifiers: "the Saudi National Guard", "Chile's Defense Department"."""
        told = self.telling.country_before(tuple(unit for unit in before if "-" not in unit.text))
        found = self.entries(unit.entries, unit.text, date)
        if not told:
            if before and before[-1].kind == "word" and before[-1].capital:  # "Facebook Inc."
                return [replace(c, name=text if c.kind == "organization" else c.name) for c in found]
            return found
        fitting = [candidate for candidate in found if candidate.country == told]
        if fitting:
            return fitting
        generic = self.knowledge.institutions.get(unit.text.lower())
        sector = generic.sector if generic is not None else next((c.sector for c in found if c.sector), "")
        why = (self.telling.tells(before, told),)
        return [Candidate(f"{before[-1].text} {unit.text}", "organization", told, sector, "", DESCRIBED, why)]

    def entries(self, entries: Iterable[Named], name: str, date: str) -> list[Candidate]:
        """One candidate an entry of a name, persons by what they were on the day."""
        entries = list(entries)
        chosen = self.knowledge.named(name, date)
        own = chosen is not None and chosen not in entries  # of the user's own table, or of what was read
        if chosen is not None and own:
            entries = [chosen, *entries]
        known = self.people.persons
        persons = dict.fromkeys(known[entry.name, entry.country] for entry in entries if (entry.name, entry.country) in known)
        found = []
        for person in persons:
            score = EXACT if len(persons) == 1 else EXACT - 0.1 + 0.1 * self.people.salience(person, date)
            found.append(self.person(Match(person, score, "as written"), date))
        others = [entry for entry in entries if (entry.name, entry.country) not in known]
        newest = max((entry.first for entry in others if not entry.last), default="")
        for rank, entry in enumerate(others):
            holds = entry.holds_on(date) and (bool(date) or entry.first in ("", newest))
            score = EXACT * (1 if holds else LAPSED) - NEXT * rank + NEXT * (entry is chosen)
            found.append(self._other(entry, name, score, own and entry is chosen))
        return found

    def _other(self, entry: Named, name: str, score: float, own: bool) -> Candidate:
        office = entry.office if entry.kind == "person" else ""
        why = (of_own(entry, self.telling.states) if own else of_entry(entry, name, self.telling.states),)
        state = entry.role == "name" and name.rsplit(" ", 1)[-1] not in GOVERNING
        return Candidate(entry.name, entry.kind, entry.country, entry.sector, office, score, why, bare=state, named=True)

    def person(self, match: Match, date: str) -> Candidate:
        """A person of the tables, by what he or she was on the day."""
        standing = self.people.standing(match.person, date)
        held = standing.when == "held"
        told = of_holder(standing.term, self.telling.states)
        return Candidate(
            match.person.name, "person", standing.term.country if held else match.person.country, standing.sector,
            standing.term.office if held else "", match.score,
            (told,) if match.how == "as written" else (of_match(match), told), named=True,
        )  # fmt: skip

    def spelt_otherwise(self, text: str, name: str, date: str) -> list[Candidate]:
        """The organizations whose names in the tables are spelt otherwise, by the last words of a mention or the whole of it."""
        found = []
        for key, likeness in self.groups.near(name) or (self.groups.near(bare(text)) if text != name else []):
            for candidate in self.entries(self.knowledge.names[key], key, date):
                how = f"{name} is another spelling of {key}"
                found.append(replace(candidate, score=candidate.score * likeness, evidence=(how, *candidate.evidence)))
        return found
