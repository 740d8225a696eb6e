"""What tells who somebody is, in words: "leaders.csv: prime minister of Pakistan, 2018-08-18 to 2022-04-10"."""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.coding.bodies import Body
from dragoman.knowledge.base import Generic, Knowledge, Named
from dragoman.knowledge.people import Match

TABLES = {"institution": "institutions.csv", "organization": "organizations.csv", "leader": "leaders.csv"}
States = Mapping[str, str]


def of_holder(term: Named, states: States) -> str:
    """A term of office."""
    country = f" of {states[term.country]}" if term.country in states else ""
    doubt = "" if term.sure else " (doubtful)"
    return f"leaders.csv: {term.office}{country}{_time(term)}{doubt}"


def of_entry(entry: Named, name: str, states: States) -> str:
    """A row with a name in it."""
    table = TABLES.get(entry.role, "countries.csv")
    what = {"name": "a name", "capital": "the capital", "metonym": "the government"}.get(entry.role, "")
    place = states.get(entry.country, entry.country)
    told = f"{name} is {what} of {place}" if what else f"{entry.name} ({', '.join(code for code in (place, entry.sector) if code)})"
    return f"{table}: {told}{_time(entry)}"


def of_own(entry: Named, states: States) -> str:
    """What stands in no table of ours: an entry of the user's, or what was read before."""
    told = [entry.office, states.get(entry.country, entry.country), entry.sector]
    return f"your own actors: {entry.name} ({', '.join(part for part in told if part)}){_time(entry)}"


def of_match(match: Match) -> str:
    """How a name was found to be a person's."""
    return f"{match.how}: {match.person.name}"


def of_generic(generic: Generic, words: str, knowledge: Knowledge) -> str:
    """The row of a title or noun."""
    known = generic.name.lower()
    table = "institutions.csv" if generic.name in knowledge.institution_names else "agents.csv"
    table = "offices.csv" if knowledge.offices.get(known) == generic else table
    return f"{table}: {words} is {generic.sector or 'of no sector'}"


def of_body(body: Body) -> str:
    """The body that somebody belongs to."""
    return f"the words: belongs to {body.name} ({', '.join(code for code in (body.country, body.sector) if code) or 'not told'})"


def _time(entry: Named) -> str:
    if entry.first and entry.last:
        return f", {entry.first} to {entry.last}"
    if entry.first:
        return f", since {entry.first}"
    return f", until {entry.last}" if entry.last else ""
