"""Who a name or description is, by the tables alone: ranked candidates, each with what tells it.

No parser: a mention is a noun phrase, so its words are read from left to right (``mention_words.py``), persons are sought by
name (``knowledge/people.py``), offices are given to whoever held them on the day, and everybody else gets country and sector
from nationality and title. Some 0.1 ms a mention. Where the text around it must be read, ``Coder.candidates`` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from dragoman.coding.bare_places import CITY, country_of_place
from dragoman.coding.bodies import Body, sector_of
from dragoman.coding.context import Context
from dragoman.coding.evidence import of_body, of_entry, of_generic, of_holder, of_match
from dragoman.coding.mention_words import PARTICLES, MentionReader, Reading, Unit, parts_of, plain_text
from dragoman.coding.periods import Setting
from dragoman.coding.phrases import SEATS
from dragoman.coding.timewords import find_times
from dragoman.errors import bad_date
from dragoman.knowledge.base import Generic, Knowledge, Named, bare, word_class
from dragoman.knowledge.groups import Groups
from dragoman.knowledge.people import EXACT, Match, people_of

PERSONAL = frozenset({"he", "she", "him", "her", "they", "them", "i", "we", "us", "me"})
HONORIFICS = word_class("honorific")
# capitalised at the beginning of a mention, and towns somewhere
NO_PLACES = frozenset({"far", "more", "most", "many", "much", "other", "one", "south", "north", "east", "west", "central", "new", "state",
                       "county", "city", "of", "bureau", "association", "gulf", "independence", "liberty", "union", "unity", "justice",
                       "reform", "progress", "republican", "board", "office"})  # fmt: skip
ELECTED = frozenset({"legislator", "governor", "mayor", "minister", "head-of-state", "head-of-government"})
PARTICIPLES = frozenset({"held", "shot", "hurt", "sent", "born", "loyal", "close", "critical", "opposed", "bound", "taking", "alike"})
MODIFYING = frozenset({"REB", "MIL", "COP", "PRM", "UAF", "CRM"})  # whose things are named after them
COMPANY_ENDINGS = frozenset({"Inc", "Corp", "Ltd", "Co", "Plc", "PLC", "AG", "SA", "GmbH", "NV", "SpA", "LLC", "Group", "Bank", "Holdings"})
COUNTRY_NOUNS = word_class("country")
RELATIONAL = word_class("relation")
UNIQUE = frozenset({"head-of-state", "head-of-government", "foreign-minister", "minister"})  # offices that one person of a country holds
ISO_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
# Scores: ranks with steps between them. A name beats a description, a country that is told one that is guessed.
HELD, DESCRIBED, NAMED_PLACE, UNTOLD, GUESSED = 0.85, 0.8, 0.6, 0.5, 0.4
TITLED = 0.15  # what a title that fits adds to a name
AGREES = 0.1  # what the country of the context adds
LAPSED = 0.6  # what is left of a name's score outside the time in which it holds


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody whom a mention may mean; ``bare``: the words name a state or people and nobody in it."""

    name: str
    kind: str
    country: str
    sector: str
    office: str
    score: float
    evidence: tuple[str, ...]
    bare: bool = False
    named: bool = False


class Candidates:
    """Answers for mentions that stand by themselves; made with the tables, whose indexes it makes when first needed."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.people = people_of(knowledge)
        self.groups = Groups(knowledge)
        self.reader = MentionReader(knowledge)

    def find(self, text: str, date: str = "", context: str = "") -> list[Candidate]:
        """The candidates for a mention, the likeliest first; ``date`` is ISO or empty."""
        mention = plain_text(text)
        around = Context(context, text, self.reader) if context else None
        if mention.lower() in PERSONAL:
            return [Candidate(mention, "person", "", "UNK", "", UNTOLD, ("a pronoun: a person of whom the words tell nothing",))]
        parts = parts_of(mention)
        if not parts:
            return []
        found = self._part(parts[0], date, around)
        for part in parts[1:]:
            found = self._with_apposition(found, self._part(part, date, None), parts[0])
        if around is not None:
            found = self._in_context(found, around)
        best: dict[tuple[str, str, str], Candidate] = {}
        for candidate in sorted(found, key=lambda c: -c.score):
            best.setdefault((candidate.name, candidate.country, candidate.sector), candidate)
        return list(best.values())

    # -- one part of a mention -------------------------------------------------------------------------------------

    def _part(self, text: str, date: str, around: Context | None) -> list[Candidate]:
        reading = self.reader.read(text, date)
        whole = self._whole_name(text, date)
        if around is not None and (long := around.long_form(text)):
            told = [replace(c, evidence=(f"the text: {text} is {long}", *c.evidence)) for c in self._part(long, date, None)]
            return told or [Candidate(long, "organization", "", "", "", UNTOLD, (f"the text: {text} is {long}",))]
        if whole:
            return whole
        front = reading.front
        if not front:
            return self._located(reading, text)
        last = front[-1]
        if last.kind == "word" and last.capital:
            return self._by_words(text, reading, date, around)
        if last.kind == "name":
            if any(entry.kind == "person" for entry in last.entries):
                return self._titled(last.text, front[:-1], date, around)
            if len(front) > 1 and front[-2].kind == "word" and self.knowledge.gender(front[-2].text.lower()) and " " not in last.text:
                return self._titled(f"{front[-2].text} {last.text}", front[:-2], date, around)  # "Maya Wiley" is no publisher
            return self._name(text, last, front[:-1], date) or self._located(reading, text)
        if last.kind == "generic":
            if last.capital and reading.tails and (named := self._named_behind(reading, date, around)):
                return named
            return self._description(text, reading, date)
        if last.kind == "nation":
            return [self._people_of(last, text)]
        if last.text == "office" and len(front) > 1 and (owner := front[-2]).generic is not None and owner.possessive:
            told = self._description(text, Reading(front[:-1], reading.tails), "")  # "the mayor's office"
            return [replace(candidate, name=text, kind="organization", office="") for candidate in told]
        return self._before_rest(text, reading, date) or self._located(reading, text)

    def _before_rest(self, text: str, reading: Reading, date: str) -> list[Candidate]:
        """Whom words in small letters follow: "men carrying knives" are the men; "rebel positions" are the rebels', with less certainty."""
        front = reading.front
        end = next((i for i in range(len(front), 0, -1) if front[i - 1].kind in ("generic", "name", "nation")), 0)
        if not end:
            return []
        last, rest = front[end - 1], front[end]
        does = rest.text.lower().endswith(("ing", "ed")) or rest.text.lower() in PARTICIPLES
        if last.kind == "generic":
            generic = last.generic
            if generic is None or not (does or generic.collective or generic.sector in MODIFYING):
                return []
            found = self._description(text, Reading(front[:end], reading.tails), date)
        elif last.kind == "name":
            found = self._name(last.text, last, front[: end - 1], date)
        else:
            found = [self._people_of(last, last.text)]
        return found if does else [replace(candidate, score=min(candidate.score, UNTOLD)) for candidate in found]

    def _whole_name(self, text: str, date: str) -> list[Candidate]:
        """What the tables hold under the words as they stand."""
        entries = self.knowledge.entries(text)
        return self._entries(entries, text, date) if entries else []

    def _name(self, text: str, unit: Unit, before: tuple[Unit, ...], date: str) -> list[Candidate]:
        """A name of the tables with modifiers: "the Saudi National Guard", "Chile's Defense Department"."""
        told = self._country_before(tuple(unit for unit in before if "-" not in unit.text))
        found = self._entries(unit.entries, unit.text, date)
        if not told:
            if before and before[-1].kind == "word" and before[-1].capital:  # "Facebook Inc."
                return [replace(c, name=text if c.kind == "organization" else c.name) for c in found]
            return found
        fitting = [candidate for candidate in found if candidate.country == told]
        if fitting:
            return fitting
        generic = self.knowledge.institutions.get(unit.text.lower())
        sector = generic.sector if generic is not None else next((c.sector for c in found if c.sector), "")
        return [Candidate(f"{before[-1].text} {unit.text}", "organization", told, sector, "", DESCRIBED, (self._tells(before, told),))]

    def _entries(self, entries: Iterable[Named], name: str, date: str) -> list[Candidate]:
        """One candidate an entry; those that hold on the day first, persons by what they were then."""
        entries = list(entries)
        found = []
        chosen = self.knowledge.named(name, date)
        if chosen is not None and chosen not in entries:  # of the user's own table or of what was read
            entries = [chosen, *entries]
        persons = dict.fromkeys(self.people.persons[e.name, e.country] for e in entries if (e.name, e.country) in self.people.persons)
        for person in persons:
            how = Match(person, EXACT if len(persons) == 1 else EXACT - 0.1 + 0.1 * self.people.salience(person, date), "as written")
            found.append(self._person(how, date))
        newest = max((entry.first for entry in entries if not entry.last), default="")
        for rank, entry in enumerate(entry for entry in entries if (entry.name, entry.country) not in self.people.persons):
            holds = entry.holds_on(date) and (bool(date) or entry.first == newest or not entry.first)
            score = EXACT - 0.02 * rank - (0 if holds else EXACT * (1 - LAPSED)) + (0.02 if entry is chosen and date else 0)
            bare_state = entry.role == "name"
            office = entry.office if entry.kind == "person" else ""
            found.append(
                Candidate(
                    entry.name, entry.kind, entry.country, entry.sector, office, score, (of_entry(entry, name, self._states),),
                    bare=bare_state, named=True,
                )
            )  # fmt: skip
        return found

    # -- persons ---------------------------------------------------------------------------------------------------

    def _by_words(self, text: str, reading: Reading, date: str, around: Context | None) -> list[Candidate]:
        """A mention that ends in capitalised words of no table: a person, a group in another spelling, a town."""
        front = reading.front
        start = len(front)
        while start and (front[start - 1].kind == "word" and (front[start - 1].capital or front[start - 1].text.lower() in PARTICLES)):
            start -= 1
        if start and front[start - 1].kind == "name" and all(entry.kind == "person" for entry in front[start - 1].entries):
            start -= 1  # "Jam Kamal Khan Alyani": a known name and more
        while start < len(front) - 1 and not front[start].capital:
            start += 1
        name, before = " ".join(unit.text for unit in front[start:]), front[:start]
        found = self._titled(name, before, date, around)
        if found and (self._title(before) is not None or found[0].named):
            return found
        return self._near_groups(text, name, date) or found or self._town(name, reading)

    def _named_behind(self, reading: Reading, date: str, around: Context | None) -> list[Candidate]:
        """A known person at the end of a title with a preposition: "Foreign Minister of Iran Javad Zarif"."""
        units = reading.tails[-1][1]
        if len(units) > 1 and any(entry.kind == "person" for entry in units[-1].entries):
            return self._titled(units[-1].text, (*reading.front, *units[:-1]), date, around)
        for length in (3, 2):
            name = units[-length:]
            if len(name) == length < len(units) and all(unit.kind == "word" and unit.capital for unit in name):
                words = " ".join(unit.text for unit in name)
                if self.people.find(words):
                    return self._titled(words, (*reading.front, *units[:-length]), date, around)
        return []

    def _titled(self, name: str, before: tuple[Unit, ...], date: str, around: Context | None) -> list[Candidate]:
        """A person by name and perhaps title: "US Senator Marco Rubio", "Mrs Merkel", "Gen. Ana Kovac"."""
        title = self._title(before)
        telling = before if title is not None else tuple(unit for unit in before if unit.kind == "nation" or unit.possessive)
        country = self._country_before(telling)
        place = self._place(before) if title is not None and not country else ""
        body = self._body_before(before[: title[0]]) if title is not None else None
        written, evidence = name, []
        if " " not in name and around is not None and (full := around.full_name(name)):
            written, evidence = full, [f"the text: {name} is {full}"]
        former = title is not None and self._former(before)
        if title is not None and body is not None and body.sector == "PTY" and title[1].level in ELECTED:
            body = None  # "Republican Senator X" sits for the party, not in it
        sector = sector_of(title[1], body, former) if title is not None else ""
        matches = (
            self.people.find(written)
            or self._matched(written, date)
            or (self.people.by_surname(written, date) if " " not in written else [])
        )
        found = []
        for match in matches:
            if country and country not in (match.person.country, *(term.country for term in match.person.terms)):
                continue
            candidate = self._person(match, date)
            fits = title is not None and self._fits_title(match, title[1])
            if title is not None and " " not in written and not fits and not country and title[1].level in UNIQUE:
                continue  # another of this surname: no "Foreign Minister Johnson" is known
            told = sector if title is not None and title[1].name.lower() not in HONORIFICS else ""
            office = title[2] if title is not None and title[1].level and told else candidate.office
            more = [of_generic(title[1], title[2], self.knowledge)] if told and title is not None else []
            found.append(
                replace(
                    candidate, name=written if evidence else candidate.name, sector=told or candidate.sector, office=office,
                    country=country or candidate.country, score=min(1.0, candidate.score + TITLED * fits),
                    evidence=(*evidence, *candidate.evidence, *more),
                )
            )  # fmt: skip
        if found:
            return found
        if title is None and (kind := self._kind_of_body(before)) is not None:  # "Australian law firm LHD"
            told = [self._tells(before, country)] if country else []
            facts = (*evidence, *told, of_generic(kind, kind.name, self.knowledge))
            return [Candidate(written, "organization", country, kind.sector, "", DESCRIBED if country else UNTOLD, facts)]
        if title is None and not country:
            return []
        if place and not (body is not None and body.country):
            evidence.append(f"gazetteer: {_words(before)} lies in {self._states.get(place, place)}")
            country = place
        office = title[2] if title is not None and title[1].level and title[1].name.lower() not in HONORIFICS else ""
        country = country or (body.country if body is not None else "")
        told = [self._tells(before, country)] if country else []
        told += [of_body(body)] if body is not None else []
        told += [of_generic(title[1], title[2], self.knowledge)] if title is not None else []
        found = self._unknown(written, country, sector, office, (*evidence, *told))
        body_like = title is None and written.rsplit(" ", 1)[-1].rstrip(".") in COMPANY_ENDINGS
        return [replace(candidate, kind="organization") for candidate in found] if body_like else found

    def _kind_of_body(self, before: tuple[Unit, ...]) -> Generic | None:
        """The noun for a body right before a name ("news agency Anadolu")."""
        last = before[-1] if before else None
        generic = last.generic if last is not None and not last.possessive and not last.plural else None
        return generic if generic is not None and generic.kind != "person" else None

    def _matched(self, name: str, date: str) -> list[Match]:
        """The persons whom the tables hold under a name as it stands, also of one word ("Salman" for a king)."""
        known = [self.people.persons.get((entry.name, entry.country)) for entry in self.knowledge.entries(name)]
        return [Match(person, EXACT, "as written") for person in dict.fromkeys(known) if person is not None]

    def _unknown(self, name: str, country: str, sector: str, office: str, evidence: tuple[str, ...]) -> list[Candidate]:
        score = DESCRIBED if country and sector else UNTOLD
        return [Candidate(name, "person", country, sector, office, score, evidence or ("the words of the mention",))]

    def _person(self, match: Match, date: str) -> Candidate:
        standing = self.people.standing(match.person, date)
        term = standing.term
        office = term.office if standing.when == "held" else ""
        sector = standing.sector
        country = term.country if standing.when == "held" else match.person.country
        evidence = (of_match(match), of_holder(term, self._states)) if match.how != "as written" else (of_holder(term, self._states),)
        return Candidate(match.person.name, "person", country, sector, office, match.score, evidence, named=True)

    def _fits_title(self, match: Match, title: Generic) -> bool:
        """Whether the person ever held the office of a title, or one of its rank."""
        for term in match.person.terms:
            office = self.knowledge.office(term.office)
            if self.knowledge.office_name(term.office) == title.name or (office and title.level and office.level == title.level):
                return True
        return title.name.lower() in HONORIFICS

    def _title(self, before: tuple[Unit, ...]) -> tuple[int, Generic, str] | None:
        """The last title before a name: where it stands, what it is, its words; an office before an honorific goes first."""
        honorific = None
        for i in range(len(before) - 1, -1, -1):
            unit = before[i]
            if unit.generic is None or unit.generic.kind != "person":
                continue
            if unit.text.lower() in HONORIFICS or unit.text.lower().rstrip(".") in HONORIFICS:
                honorific = honorific or (i, unit.generic, unit.text)
                continue
            earlier = self._title(before[:i])  # "Deputy Minister of Defence Colonel-General X": the office is the first
            if earlier is not None and earlier[1].level in ("minister", "deputy-minister", "head-of-government") and i == earlier[0] + 1:
                return earlier
            return i, unit.generic, unit.text
        return honorific

    # -- descriptions ----------------------------------------------------------------------------------------------

    def _description(self, text: str, reading: Reading, date: str) -> list[Candidate]:
        """ "the Pakistani prime minister", "Kano State government", "a spokesman for the Russian foreign ministry"."""
        *modifiers, head = reading.front
        generic = head.generic
        assert generic is not None
        before = tuple(modifiers)
        if generic.name.split(" ")[-1] in RELATIONAL:
            before = tuple(unit for unit in before if unit.kind == "nation" and not unit.possessive)
        body = self._body_behind(reading) or self._body_before(before)
        country, evidence = self._country_told(generic, before, reading, body)
        former = self._former(before)
        sector = sector_of(generic, body, former)
        facts = [evidence] if evidence else []
        facts += [of_body(body)] if body is not None else []
        facts.append(of_generic(generic, head.text, self.knowledge))
        if former and generic.sector != "ELI":
            facts.append("the words: a former office makes it ELI")
        kind = "group" if head.plural and generic.kind == "person" else generic.kind
        office = head.text if generic.level and not head.plural else ""
        if generic.name.lower().split(" ")[-1] in COUNTRY_NOUNS and body is None and not head.plural:
            return (
                [Candidate(self._states[country], "country", country, "GOV", "", DESCRIBED, tuple(facts))]
                if country in self._states
                else []
            )
        if generic.name == "government" and country in self._states and body is None:
            return [Candidate(self._states[country], "country", country, "GOV", "", DESCRIBED, tuple(facts))]
        score = DESCRIBED if country else UNTOLD
        described = Candidate(text, kind, country, sector, office, score, tuple(facts))
        if len(nations := self._coordinated(before)) > 1 and (head.plural or generic.collective):
            told = [(code, (self._tells(before, code), *facts[1:])) for code in nations]
            return [replace(described, country=code, score=score - 0.01 * i, evidence=why) for i, (code, why) in enumerate(told)]
        if head.plural or former or not country or not generic.level or body is not None:
            return [described]
        holders = self.people.holders(country, generic.name, date)
        persons = list(dict.fromkeys(term.name for term in holders))
        held = [
            replace(
                described, name=term.name, score=HELD if len(persons) == 1 else HELD / len(persons),
                evidence=(*facts, of_holder(term, self._states)), named=True,
            )
            for term in {term.name: term for term in holders}.values()
        ]  # fmt: skip
        return [*held, described]

    def _country_told(self, generic: Generic, before: tuple[Unit, ...], reading: Reading, body: Body | None) -> tuple[str, str]:
        """The country of a description and the words that tell it: before the noun, behind "of" and "from", then "in"."""
        if generic.name.split(" ")[-1] in SEATS:
            telling = [unit for unit in before if unit.kind == "nation" or unit.possessive]
            before = tuple(telling[:1]) if telling else before[:-1]
        if code := self._country_before(before) or reading.front[-1].country:
            return code, self._tells((*before, reading.front[-1]), code)
        for ties in (("of", "from"), ("in", "at", "near", "based", "inside", "on", "across", "for")):
            for units in reading.tied(ties):
                if code := self._country_before(units):
                    return code, self._tells(units, code)
        if body is not None and body.country:
            return body.country, ""
        for ties in (("of", "from"), ("in", "at", "near", "based")):
            for units in reading.tied(ties):
                if code := self._place(units):
                    return code, f"gazetteer: {_words(units)} lies in {self._states.get(code, code)}"
        if code := self._place(before):
            return code, f"gazetteer: {_words(before)} lies in {self._states.get(code, code)}"
        return "", ""

    def _country_before(self, units: tuple[Unit, ...]) -> str:
        """The country that modifiers tell, the last that tells one."""
        for unit in reversed(units):
            if unit.country:
                return unit.country
            if unit.kind == "name":
                states = {entry.country for entry in unit.entries if entry.kind == "country"}
                if len(states) < 2 and (code := states.pop() if states else unit.entries[0].country):
                    return code
            if unit.kind == "word" and unit.capital and unit.possessive and len(found := self.people.by_surname(unit.text)) == 1:
                return found[0].person.country  # "Putin's spokesman"
        return ""

    def _coordinated(self, units: tuple[Unit, ...]) -> list[str]:
        """The nationalities joined before a noun: "Philippine and Australian troops"."""
        kinds = [unit.country if unit.kind == "nation" else unit.text.lower() for unit in units]
        joined = [(kinds[i - 1], kinds[i + 1]) for i in range(1, len(kinds) - 1) if kinds[i] in ("and", "&", "or")]
        codes = {unit.country for unit in units if unit.kind == "nation"}
        return list(dict.fromkeys(code for pair in joined if set(pair) <= codes for code in pair))

    def _tells(self, units: tuple[Unit, ...], code: str) -> str:
        words = [unit.text for unit in units if unit.country == code or any(entry.country == code for entry in unit.entries)]
        return f"the words: {words[-1] if words else _words(units)} is {self._states.get(code, code)}"

    def _body_behind(self, reading: Reading) -> Body | None:
        for units in reading.tied(("of", "for", "at", "with", "from", "in")):
            if (body := self._body_before(units)) is not None:
                return body
        return None

    def _body_before(self, units: tuple[Unit, ...]) -> Body | None:
        """The body among these units, the last first: an organization by name, or a noun for one."""
        for unit in reversed(units):
            for entry in unit.entries:
                if entry.role in ("institution", "organization"):
                    return Body(entry.name, entry.country, entry.sector, True)
            if unit.generic is not None and unit.generic.collective and not (unit.plural and unit.generic.kind == "group"):
                return Body(unit.generic.name, "", unit.generic.sector, False)
        return None

    def _former(self, units: tuple[Unit, ...]) -> bool:
        return any(unit.kind == "former" for unit in units) and not any(unit.text.lower() == "current" for unit in units)

    # -- peoples, towns, groups in other spellings -----------------------------------------------------------------

    def _people_of(self, unit: Unit, text: str) -> Candidate:
        """ "Brazilians": of the country, and nobody in it; "two Brazilians" are civilians."""
        state = self._states.get(unit.country, unit.country)
        told = f"countries.csv: {unit.text} is {state}"
        return Candidate(text, "group", unit.country, "CVL", "", DESCRIBED, (told,), bare=text == unit.text)

    def _located(self, reading: Reading, text: str) -> list[Candidate]:
        """Nobody, but a country named behind a preposition ("targets in Syria")."""
        if reading.front and any(unit.kind == "tie" for unit in reading.front):
            return []
        for units in reading.tied(("of", "from", "in", "at")):
            if code := self._country_before(units):
                return [Candidate(text, "group", code, "", "", GUESSED, (self._tells(units, code),), bare=True)]
        return []

    def _near_groups(self, text: str, name: str, date: str) -> list[Candidate]:
        """An organization whose name in the tables is spelt otherwise."""
        found = []
        for key, likeness in self.groups.near(name) or (self.groups.near(bare(text)) if text != name else []):
            for candidate in self._entries(self.knowledge.names[key], key, date):
                how = f"{name} is another spelling of {key}"
                found.append(replace(candidate, score=candidate.score * likeness, evidence=(how, *candidate.evidence)))
        return found

    def _town(self, name: str, reading: Reading) -> list[Candidate]:
        """A town or division by its bare name tells its country and nobody in it."""
        surname = name.lower() in self.knowledge.leaders or name.lower() in NO_PLACES
        code = "" if surname else country_of_place(name, CITY)
        if not code:
            return []
        told = f"gazetteer: {name} lies in {self._states.get(code, code)}"
        return [Candidate(name, "organization", code, "", "", NAMED_PLACE, (told,), bare=True)]

    def _place(self, units: tuple[Unit, ...]) -> str:
        """The country of the place that capitalised words name, if one is meant by far the most."""
        words = [unit.text for unit in units if unit.kind in ("word", "name") and unit.capital]
        for length in range(len(words), 0, -1):
            for start in range(len(words) - length + 1):
                name = " ".join(words[start : start + length])
                if name.lower() not in NO_PLACES and (code := country_of_place(name)):
                    return code
        return ""

    # -- several parts, context ------------------------------------------------------------------------------------

    def _with_apposition(self, found: list[Candidate], told: list[Candidate], name: str) -> list[Candidate]:
        """What an apposition adds: "Harry Tseng, Taiwan's deputy foreign minister" is that minister."""
        if not told:
            return found
        extra = next((candidate for candidate in told if not candidate.named), told[0])
        if not found:
            kind = extra.kind if not extra.bare else "organization"
            return [replace(extra, name=name, kind=kind)]
        if found[0].kind == "country" and extra.bare and extra.country and extra.country != found[0].country:  # "Paris, Texas"
            return [replace(extra, name=name), *(replace(candidate, score=GUESSED) for candidate in found)]
        joined = []
        for candidate in found:
            agrees = not candidate.country or not extra.country or candidate.country == extra.country
            score = candidate.score if agrees else candidate.score * LAPSED
            joined.append(
                replace(
                    candidate, country=candidate.country or extra.country, office=candidate.office or extra.office,
                    sector=candidate.sector if extra.bare or not extra.sector else extra.sector,
                    score=score, evidence=(*candidate.evidence, *extra.evidence),
                )
            )  # fmt: skip
        return joined

    def _in_context(self, found: list[Candidate], around: Context) -> list[Candidate]:
        """Candidates of countries that the context names gain; who has no country gets the one named most."""
        if not around.countries:
            return found
        named, most = around.countries, around.country
        weighed = []
        for candidate in found:
            if candidate.country in named:
                states = self._states.get(candidate.country, candidate.country)
                weighed.append(
                    replace(
                        candidate, score=min(1.0, candidate.score + AGREES + (AGREES if candidate.country == most else 0)),
                        evidence=(*candidate.evidence, f"the text names {states}"),
                    )
                )  # fmt: skip
            elif not candidate.country and most and candidate.sector:
                told = f"the text names {self._states.get(most, most)} most"
                weighed.append(replace(candidate, country=most, score=min(candidate.score, GUESSED), evidence=(*candidate.evidence, told)))
            else:
                weighed.append(candidate)
        return weighed

    @property
    def _states(self) -> dict[str, str]:
        return self.knowledge.country_names


def iso_date(date: str) -> str:
    """A date as ISO: "2018", "2018-01" and "2018-01-01" as they are, "1 January 2018", "January 2018" read.

    Raises:
        InputError: it is no date.
    """
    given = date.strip()
    if not given or ISO_DATE.fullmatch(given[:10]):
        return given[:10]
    for words in find_times(given):
        period = words.resolve(Setting(None))
        if period is not None and period.first:
            return period.first
    raise bad_date("Coder.resolve", "date", date)


def _words(units: Iterable[Unit]) -> str:
    return " ".join(unit.text for unit in units if unit.capital) or " ".join(unit.text for unit in units)
