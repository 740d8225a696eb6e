"""Who a name or description is, by the tables alone: ranked candidates, each with what tells it.

No parser: a mention is a noun phrase, so its words are read from left to right (``mention_words.py``), persons are sought by
name (``titled.py``), offices are given to whoever held them on the day, and everybody else gets country and sector from
nationality and noun (``described.py``). Some 0.1 ms a mention. Where the text around it must be read, ``Coder.candidates`` does.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import replace

from dragoman.coding.periods import Setting
from dragoman.coding.resolving.bare_places import CITY, country_of_place
from dragoman.coding.resolving.candidate import AGREES, GUESSED, LAPSED, NAMED_PLACE, UNTOLD, Candidate
from dragoman.coding.resolving.context import Context
from dragoman.coding.resolving.described import Described
from dragoman.coding.resolving.mention_words import PARTICLES, MentionReader, Reading, parts_of, plain_text
from dragoman.coding.resolving.table_names import TableNames
from dragoman.coding.resolving.telling import NO_PLACES, Telling
from dragoman.coding.resolving.titled import TitledPersons
from dragoman.coding.timewords import find_times
from dragoman.errors import bad_date
from dragoman.knowledge.base import Knowledge

PERSONAL = frozenset({"he", "she", "him", "her", "they", "them", "i", "we", "us", "me"})
PARTICIPLES = frozenset({"held", "shot", "hurt", "sent", "born", "loyal", "close", "critical", "opposed", "bound", "taking", "alike"})
MODIFYING = frozenset({"REB", "MIL", "COP", "PRM", "UAF", "CRM"})  # whose things are named after them
ISO_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


class Candidates:
    """Answers for mentions that stand by themselves; made with the tables, whose indexes it makes when first needed."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.reader = MentionReader(knowledge)
        self.telling = Telling(knowledge)
        self.names = TableNames(self.telling)
        self.persons = TitledPersons(self.telling, self.names)
        self.described = Described(self.telling)

    def find(self, text: str, date: str = "", context: str = "") -> list[Candidate]:
        """The candidates for a mention, the likeliest first; ``date`` is ISO or empty."""
        mention = plain_text(text)
        around = Context(context, text, self.reader) if context else None
        if mention.lower() in PERSONAL and (mention == "I" or not mention.isupper()):  # "US" is a state
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
        """Who one part of a mention names: by the text's own acronym, by the tables as it stands, by its words."""
        if around is not None and (long := around.long_form(text)):
            why = f"the text: {text} is {long}"
            found = self._part(long, date, None) or [Candidate(long, "organization", "", "", "", UNTOLD, ())]
            return [replace(candidate, evidence=(why, *candidate.evidence)) for candidate in found]
        if whole := self.names.whole(text, date):
            states = set(around.countries) if around is not None else set()
            elsewhere = bool(states) and not any(candidate.country in states for candidate in whole)
            return [*whole, *(self.names.spelt_otherwise(text, text, date) if elsewhere else [])]
        reading = self.reader.read(text, date)
        return self._by_head(text, reading, date, around) if reading.front else self.described.located(reading, text)

    def _by_head(self, text: str, reading: Reading, date: str, around: Context | None) -> list[Candidate]:
        """Who a mention is by its last unit before a preposition: a name, a noun, a nationality, other words."""
        *before, last = reading.front
        if last.kind == "word" and last.capital:
            return self._by_words(text, reading, date, around)
        if last.kind == "name":
            return self._by_name(text, reading, date, around)
        if last.kind == "generic":
            if self._is_surname(reading):
                return self._by_words(text, reading, date, around)
            behind = last.capital and bool(reading.tails)
            named = self.persons.named_behind(reading, date, around) if behind else []
            return named or self.described.find(text, reading, date)
        if last.kind == "nation":
            return [self.described.people_of(last, text)]
        if last.text == "office" and before and before[-1].generic is not None and before[-1].possessive:
            owner = self.described.find(text, Reading(tuple(before), reading.tails), "")  # "the mayor's office"
            return [replace(candidate, name=text, kind="organization", office="") for candidate in owner]
        return self._before_rest(text, reading, date) or self.described.located(reading, text)

    def _is_surname(self, reading: Reading) -> bool:
        """Whether a title at the end is part of a name: "Rev. Martin Luther King"."""
        *before, last = reading.front
        if not (before and last.capital and before[-1].kind == "word" and before[-1].capital and not before[-1].possessive):
            return False
        person = last.generic is not None and last.generic.kind == "person" and " " not in last.text
        return person and (bool(self.knowledge.gender(before[-1].text.lower())) or self.persons.title(tuple(before)) is not None)

    def _by_name(self, text: str, reading: Reading, date: str, around: Context | None) -> list[Candidate]:
        """A mention that ends in a name of the tables."""
        *before, last = reading.front
        if any(entry.kind == "person" for entry in last.entries):
            return self.persons.find(last.text, tuple(before), date, around)
        if before and before[-1].kind == "word" and self.knowledge.gender(before[-1].text.lower()) and " " not in last.text:
            full = f"{before[-1].text} {last.text}"  # "Anna Wiley" is no publisher
            return self.persons.find(full, tuple(before[:-1]), date, around)
        return self.names.modified(text, last, tuple(before), date) or self.described.located(reading, text)

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
            found = self.described.find(text, Reading(front[:end], reading.tails), date)
        elif last.kind == "name":
            found = self.names.modified(last.text, last, front[: end - 1], date)
        else:
            found = [self.described.people_of(last, last.text)]
        return found if does else [replace(candidate, score=min(candidate.score, UNTOLD)) for candidate in found]

    def _by_words(self, text: str, reading: Reading, date: str, around: Context | None) -> list[Candidate]:
        """A mention that ends in capitalised words of no table: a person, a group in another spelling, a town."""
        front = reading.front
        start = len(front) - (front[-1].kind == "generic")
        while start and (front[start - 1].kind == "word" and (front[start - 1].capital or front[start - 1].text.lower() in PARTICLES)):
            start -= 1
        if start and front[start - 1].kind == "name" and all(entry.kind == "person" for entry in front[start - 1].entries):
            start -= 1  # "Jam Kamal Khan Alyani": a known name and more
        while start < len(front) - 1 and not front[start].capital:
            start += 1
        name, before = " ".join(unit.text for unit in front[start:]), front[:start]
        found = self.persons.find(name, before, date, around)
        if found and (self.persons.title(before) is not None or found[0].named):
            return found
        return self.names.spelt_otherwise(text, name, date) or found or self._country_alone(name, reading)

    def _country_alone(self, name: str, reading: Reading) -> list[Candidate]:
        """A town or division by its bare name, or a state's name mistyped, tells a country and nobody in it."""
        surname = name.lower() in self.knowledge.leaders or name.lower() in NO_PLACES
        code = "" if surname else country_of_place(name, CITY)
        told = self.telling.in_place(name, code)
        if not code and " " not in name:
            code, told = self.telling.mistyped(reading.front)
        if not code:
            return []
        return [Candidate(name, "organization", code, "", "", NAMED_PLACE, (told,), bare=True)]

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
                states = self.telling.state(candidate.country)
                weighed.append(
                    replace(
                        candidate, score=min(1.0, candidate.score + AGREES + (AGREES if candidate.country == most else 0)),
                        evidence=(*candidate.evidence, f"the text names {states}"),
                    )
                )  # fmt: skip
            elif not candidate.country and most and candidate.sector:
                told = f"the text names {self.telling.state(most)} most"
                weighed.append(replace(candidate, country=most, score=min(candidate.score, GUESSED), evidence=(*candidate.evidence, told)))
            else:
                weighed.append(candidate)
        return weighed


def iso_date(date: str) -> str:
    """A date as ISO: "2018", "2018-01" and "2018-01-01" as they are, "1 January 2018", "January 2018" read.

    Raises:
        InputError: it is no date.
    """
    given = date.strip()
    if not given:
        return ""
    if ISO_DATE.fullmatch(given[:10]):
        try:
            datetime.date.fromisoformat((given[:10] + "-01-01")[:10])
        except ValueError:
            raise bad_date("Coder.resolve", "date", date) from None
        return given[:10]
    for words in find_times(given):
        period = words.resolve(Setting(None))
        if period is not None and period.first:
            return period.first
    raise bad_date("Coder.resolve", "date", date)
