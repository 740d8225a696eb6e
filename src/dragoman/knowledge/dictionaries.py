"""Actor dictionaries in the format of TABARI and PETRARCH: names in capitals, synonyms behind ``+``, dated codes in brackets.

    JANE_DOE_              ; a comment
    +MINISTER_DOE_
        [NORELI <20130901]
        [NORGOV 20130901-20171020]

A code is CAMEO's: a country or an international code, then roles, three letters each (``data/cameo_actors.csv``). ``<`` is before
a day, ``>`` after it. Years of two figures are 1931 to 2030. The format does not tell persons from organizations: a name is
a person's if it begins with a known given name, was ever a former official (ELI), or holds a state's role for a time, and no word
of it is a body's ("ministry", "army"). Names of states and peoples that the tables know are passed over.

Source: PETRARCH2's documentation of actor dictionaries; CAMEO codebook, chapter 3.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from dragoman.errors import bad_dictionary_line, nothing_in_it, unknown_country
from dragoman.knowledge.base import Knowledge, load, plain
from dragoman.knowledge.imports import INTERNATIONAL, Checks, text_of
from dragoman.knowledge.overlay import Entry
from dragoman.knowledge.tables import DATA, read_table
from dragoman.model import ActorKind

COMMENT = re.compile(r"[;#].*|<!--.*?-->")
BRACKET = re.compile(r"\[([^\[\]]*)\]")
CODE = re.compile(r"(?P<code>\S+)(?:\s+(?P<dates>[<>]?\s*[\d-]+))?")
PIVOT = 30  # a year of two figures up to this is of the 2000s: TABARI's dictionaries begin in the 1940s
NO_CODE = "---"
SMALL = frozenset({"of", "the", "for", "and", "in", "on", "to", "de", "du", "del", "bin", "al", "el", "von", "van"})
LONGEST_INITIALS = 5  # letters of a name that may be initials: kept in capitals too
LONGEST_PERSON = 4  # words


@dataclass(slots=True)
class _Block:
    """One actor of a dictionary: its names and its coded times, each with the line it stands on."""

    where: str
    names: list[str] = field(default_factory=list)
    codes: list[tuple[str, str, str]] = field(default_factory=list)  # line, code, dates


def read_dictionary(path: Path, knowledge: Knowledge | None = None) -> list[Entry]:
    """The entries of an actor dictionary, one for each code of a name.

    Raises:
        InputError: the file cannot be read, or a line is none of this format; the error names file and line.
    """
    reader = _Reader(knowledge or load())
    entries = [entry for block in _blocks(path) for entry in reader.entries(block)]
    if not entries:
        raise nothing_in_it(str(path), "names in capitals with codes in brackets, as in PETRARCH's dictionaries")
    return entries


def _blocks(path: Path) -> Iterator[_Block]:
    block: _Block | None = None
    for number, raw in enumerate(text_of(path).splitlines(), start=1):
        where = f"{path}, line {number}"
        line = COMMENT.sub("", raw).rstrip()
        name = BRACKET.sub("", line).strip()
        if not line.strip():
            continue
        if not line[0].isspace() and line[0] not in "+[":
            if block is not None:
                yield block
            block = _Block(where)
        if block is None:
            raise bad_dictionary_line(where, "a code or synonym stands before any name")
        if name:
            if (line[0].isspace() and not name.startswith("+")) or "[" in name or "]" in name:
                raise bad_dictionary_line(where, f"cannot read {raw.strip()[:60]!r}")
            block.names.append(_written(name.removeprefix("+")))
        for content in BRACKET.findall(line):
            match = CODE.fullmatch(content.strip())
            if match is None:
                raise bad_dictionary_line(where, f"cannot read the code {content.strip()[:60]!r}")
            block.codes.append((where, match["code"].upper(), (match["dates"] or "").replace(" ", "")))
    if block is not None:
        yield block


class _Reader:
    """Turns blocks into entries."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.checks = Checks(knowledge)
        nouns = (*knowledge.institutions, *(noun for noun, generic in knowledge.agents.items() if generic.kind != "person"))
        self.bodies = {word for noun in nouns for word in noun.split() if word not in SMALL}

    def entries(self, block: _Block) -> Iterator[Entry]:
        """An entry for each code; none for what the tables know as a state or people."""
        if not block.codes:
            raise bad_dictionary_line(block.where, f"{block.names[0]!r} has no code")
        names = [name for name in dict.fromkeys(block.names) if not self._is_state(name)]
        coded = [
            (*self._code(code, where), *_days(dates, where, self.checks)) for where, code, dates in block.codes if code != NO_CODE
        ]  # fmt: skip
        if not names or not coded:
            return
        kind = self._kind(names[0], coded)
        aliases = [*names[1:], *(name.upper() for name in names if name.isalpha() and len(name) <= LONGEST_INITIALS and kind != "person")]
        for country, sector, first, last in coded:
            if country or sector:
                yield Entry(names[0], tuple(dict.fromkeys(aliases)), kind, country, sector, "", first, last)

    def _is_state(self, name: str) -> bool:
        entry = self.knowledge.named(name)
        return bool(self.knowledge.nationality(name)) or (entry is not None and entry.kind == "country")

    def _code(self, code: str, where: str) -> tuple[str, str]:
        """Country and sector of a code of CAMEO. Raises ``InputError`` where it begins with neither a country nor a role."""
        if code.startswith("~"):
            raise bad_dictionary_line(where, f"{code!r} belongs to a dictionary of agents, which names no actors")
        country = sector = ""
        parts = [code[at : at + 3] for at in range(0, len(code), 3)]
        for number, part in enumerate(parts):
            told = _parts().get(part) or ((part, "") if part in self.checks.codes else None)
            if told is None and number == 0:
                raise unknown_country(where, part)
            if told is not None:
                if told[0] and (not country or (country == "IGO" and told[0] in INTERNATIONAL)):
                    country = told[0]
                sector = sector or told[1]
        return country, sector

    def _kind(self, name: str, coded: list[tuple[str, str, str, str]]) -> ActorKind:
        words = plain(name).lower().split()
        if not 1 < len(words) <= LONGEST_PERSON or self.bodies & set(words):
            return "organization"
        former = any(sector == "ELI" for _, sector, _, _ in coded)
        for_a_time = any(sector == "GOV" and (first or last) for _, sector, first, last in coded)
        return "person" if former or for_a_time or self.knowledge.gender(words[0]) else "organization"


def _written(name: str) -> str:
    """A name as papers write it: ``OFFICE_OF_THE_PRESIDENT_`` is "Office of the President"."""
    words = name.replace("_", " ").replace("=", " ").split()
    return " ".join(word.lower() if word.lower() in SMALL and number else word.title() for number, word in enumerate(words))


def _days(dates: str, where: str, checks: Checks) -> tuple[str, str]:
    """The first and last day of ``<D`` (before it), ``>D`` (after it), ``D-D``, ``D-``, ``-D`` or ``D`` (from it on)."""
    if not dates:
        return "", ""
    day = datetime.timedelta(days=1)
    if dates[0] == "<":
        return "", (_date(dates[1:], where) - day).isoformat()
    if dates[0] == ">":
        return (_date(dates[1:], where) + day).isoformat(), ""
    first, _, last = dates.partition("-")
    days = [_date(part, where).isoformat() if part else "" for part in (first, last)]
    return checks.days(days[0], days[1], where)


def _date(figures: str, where: str) -> datetime.date:
    """YYYYMMDD or YYMMDD; a month or day of 00 is the first."""
    if figures.isdigit() and len(figures) == 6:
        figures = ("20" if int(figures[:2]) <= PIVOT else "19") + figures
    try:
        if len(figures) != 8:
            raise ValueError
        return datetime.date(int(figures[:4]), int(figures[4:6]) or 1, int(figures[6:]) or 1)
    except ValueError:
        raise bad_dictionary_line(where, f"{figures!r} is no date; expected YYYYMMDD or YYMMDD") from None


@cache
def _parts() -> dict[str, tuple[str, str]]:
    rows = read_table(DATA / "cameo_actors.csv", ("code", "country", "sector", "note"))
    return {row["code"]: (row["country"], row["sector"]) for row in rows}
