"""Persons by name, with or without a title: "US Senator Marco Rubio", "Mrs Merkel", "Gen. Ana Kovac"."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dragoman.coding.bodies import Body, sector_of
from dragoman.coding.phrases import SEATS
from dragoman.coding.resolving.candidate import DESCRIBED, TITLED, UNTOLD, Candidate
from dragoman.coding.resolving.context import Context
from dragoman.coding.resolving.evidence import of_body, of_generic
from dragoman.coding.resolving.mention_words import HONORIFICS, Reading, Unit
from dragoman.coding.resolving.table_names import TableNames
from dragoman.coding.resolving.telling import Telling, words_of
from dragoman.knowledge.base import Generic
from dragoman.knowledge.people import EXACT, Match

ELECTED = frozenset({"legislator", "governor", "mayor", "minister", "head-of-state", "head-of-government"})
UNIQUE = frozenset({"head-of-state", "head-of-government", "foreign-minister", "minister"})  # offices that one person of a country holds
# titles that a rank may stand behind ("Deputy Minister of Defence Colonel-General X")
OVER_RANKS = frozenset({"minister", "deputy-minister", "head-of-government"})
COMPANY_ENDINGS = frozenset({"Inc", "Corp", "Ltd", "Co", "Plc", "PLC", "AG", "SA", "GmbH", "NV", "SpA", "LLC", "Group", "Bank", "Holdings"})


@dataclass(frozen=True, slots=True)
class Title:
    """A title before a name: its unit's number, what it is, its words."""

    at: int
    generic: Generic
    words: str

    @property
    def honorific(self) -> bool:
        """Whether it tells no office ("Mr")."""
        return self.generic.name.lower() in HONORIFICS


@dataclass(frozen=True, slots=True)
class Told:
    """What the words before a name tell of the person."""

    title: Title | None
    country: str
    body: Body | None
    sector: str
    evidence: tuple[str, ...]

    @property
    def office(self) -> str:
        """The title as written, if it is one of office."""
        return self.title.words if self.title is not None and self.title.generic.level and not self.title.honorific else ""


class TitledPersons:
    """Candidates for persons' names."""

    def __init__(self, telling: Telling, names: TableNames) -> None:
        self.telling, self.names = telling, names
        self.knowledge, self.people = telling.knowledge, telling.people

    def find(self, name: str, before: tuple[Unit, ...], date: str, around: Context | None) -> list[Candidate]:
        """The persons of a name behind these units: those of the tables, else somebody with what the title tells."""
        told = self._told(before)
        full = around.full_name(name) if around is not None and " " not in name else ""
        known = self._known(full or name, told, date)
        if full:
            how = f"the text: {name} is {full}"
            known = [replace(candidate, name=full, evidence=(how, *candidate.evidence)) for candidate in known]
        return known or self._unknown(full or name, before, told)

    def named_behind(self, reading: Reading, date: str, around: Context | None) -> list[Candidate]:
        """A known person at the end of a title with a preposition: "Foreign Minister of Iran Javad Zarif"."""
        units = reading.tails[-1][1]
        if len(units) > 1 and any(entry.kind == "person" for entry in units[-1].entries):
            return self.find(units[-1].text, (*reading.front, *units[:-1]), date, around)
        for length in (3, 2):
            name = units[-length:]
            if len(name) == length < len(units) and all(unit.kind == "word" and unit.capital for unit in name):
                words = " ".join(unit.text for unit in name)
                if self.people.find(words):
                    return self.find(words, (*reading.front, *units[:-length]), date, around)
        return []

    # -- what the title tells --------------------------------------------------------------------------------------

    def title(self, before: tuple[Unit, ...]) -> Title | None:
        """The last title before a name; an office goes before an honorific, and before the rank behind it."""
        honorific = None
        for i in range(len(before) - 1, -1, -1):
            unit = before[i]
            if unit.generic is None or unit.generic.kind != "person":
                continue
            if unit.text.lower() in HONORIFICS or unit.text.lower().rstrip(".") in HONORIFICS:
                honorific = honorific or Title(i, unit.generic, unit.text)
                continue
            earlier = self.title(before[:i])
            over = earlier is not None and earlier.generic.level in OVER_RANKS and i == earlier.at + 1
            return earlier if over else Title(i, unit.generic, unit.text)
        return honorific

    def _told(self, before: tuple[Unit, ...]) -> Told:
        title, telling = self.title(before), self.telling
        if title is None:
            country = telling.country_before(tuple(unit for unit in before if unit.kind == "nation" or unit.possessive))
            return Told(None, country, None, "", (telling.tells(before, country),) if country else ())
        envoy = title.generic.name.split(" ")[-1] in SEATS
        country = telling.country_before(telling.senders(before[: title.at]) if envoy else before)
        body = telling.body_before(before[: title.at])
        if body is not None and body.sector == "PTY" and title.generic.level in ELECTED:
            body = None  # "Republican Senator X" sits for the party, not in it
        evidence = [telling.tells(before, country)] if country else []
        evidence += [of_body(body)] if body is not None else []
        evidence.append(of_generic(title.generic, title.words, self.knowledge))
        return Told(title, country, body, sector_of(title.generic, body, telling.former(before)), tuple(evidence))

    # -- of the tables ---------------------------------------------------------------------------------------------

    def _known(self, name: str, told: Told, date: str) -> list[Candidate]:
        matches = self.people.find(name) or self._as_it_stands(name)
        own = [] if matches else [found for found in self.names.whole(name, date) if found.kind == "person"]
        if own:
            return [self._as_told(candidate, told) for candidate in own if told.country in ("", candidate.country)]
        if not matches and " " not in name:
            matches = self.people.by_surname(name, date)
        return [self._with_title(match, told, date) for match in matches if self._may_be(match, name, told)]

    def _as_it_stands(self, name: str) -> list[Match]:
        """The persons whom the tables hold under a name as it stands, also of one word ("Salman" for a king)."""
        known = [self.people.persons.get((entry.name, entry.country)) for entry in self.knowledge.entries(name)]
        return [Match(person, EXACT, "as written") for person in dict.fromkeys(known) if person is not None]

    def _may_be(self, match: Match, name: str, told: Told) -> bool:
        """Whether title and nationality do not tell of somebody else: no "Foreign Minister Johnson" was ever one in the tables."""
        if told.country:
            return told.country in (match.person.country, *(term.country for term in match.person.terms))
        unique = told.title is not None and told.title.generic.level in UNIQUE and " " not in name
        return not unique or self._fits(match, told.title)

    def _fits(self, match: Match, title: Title | None) -> bool:
        """Whether the person ever held the office of a title, or one of its rank."""
        if title is None:
            return False
        for term in match.person.terms:
            office = self.knowledge.office(term.office)
            rank = office is not None and bool(title.generic.level) and office.level == title.generic.level
            if rank or self.knowledge.office_name(term.office) == title.generic.name:
                return True
        return title.honorific

    def _with_title(self, match: Match, told: Told, date: str) -> Candidate:
        candidate = self.names.person(match, date)
        score = min(1.0, candidate.score + TITLED * self._fits(match, told.title))
        return self._as_told(replace(candidate, score=score), told)

    def _as_told(self, candidate: Candidate, told: Told) -> Candidate:
        """A known person with what title and nationality tell: the words of the day know better than a table."""
        country = told.country or candidate.country
        if told.title is None or told.title.honorific or not told.sector:
            return replace(candidate, country=country)
        evidence = (*candidate.evidence, told.evidence[-1])
        return replace(candidate, sector=told.sector, office=told.office or candidate.office, country=country, evidence=evidence)

    # -- of no table -----------------------------------------------------------------------------------------------

    def _unknown(self, name: str, before: tuple[Unit, ...], told: Told) -> list[Candidate]:
        """Somebody of no table, with the country and sector that the words before the name tell."""
        if told.title is None:
            return self._body_or_compatriot(name, before, told)
        country, evidence = told.country or (told.body.country if told.body is not None else ""), told.evidence
        if not country and (country := self.telling.place(before)):
            evidence = (self.telling.in_place(words_of(before), country), *evidence)
        score = DESCRIBED if country and told.sector else UNTOLD
        return [Candidate(name, "person", country, told.sector, told.office, score, evidence)]

    def _body_or_compatriot(self, name: str, before: tuple[Unit, ...], told: Told) -> list[Candidate]:
        """ "Australian law firm LHD", "China's ZTE Corp", "Norway's Kari Berg"."""
        if (kind := _kind_of_body(before)) is not None:
            facts = (*told.evidence, of_generic(kind, kind.name, self.knowledge))
            return [Candidate(name, "organization", told.country, kind.sector, "", DESCRIBED if told.country else UNTOLD, facts)]
        if not told.country:
            return []
        company = name.rsplit(" ", 1)[-1].rstrip(".") in COMPANY_ENDINGS
        return [Candidate(name, "organization" if company else "person", told.country, "", "", UNTOLD, told.evidence)]


def _kind_of_body(before: tuple[Unit, ...]) -> Generic | None:
    """The noun for a body right before a name ("news agency Anadolu")."""
    last = before[-1] if before else None
    generic = last.generic if last is not None and not last.possessive and not last.plural else None
    return generic if generic is not None and generic.kind != "person" else None
