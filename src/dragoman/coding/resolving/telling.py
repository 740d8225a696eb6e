"""What the words around a head tell: country, body, whether an office is a past one."""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.coding.bodies import Body
from dragoman.coding.phrases import SEATS
from dragoman.coding.resolving.bare_places import country_of_place
from dragoman.coding.resolving.mention_words import Reading, Unit
from dragoman.knowledge.base import Generic, Knowledge
from dragoman.knowledge.nations import Nations
from dragoman.knowledge.people import people_of

# capitalised at the beginning of a mention or in a name, and towns somewhere
NO_PLACES = frozenset(
    {"far", "more", "most", "many", "much", "other", "one", "south", "north", "east", "west", "central", "new", "state", "county",
     "city", "of", "bureau", "association", "gulf", "independence", "liberty", "union", "unity", "justice", "reform", "progress",
     "republican", "board", "office"}
)  # fmt: skip
Ties = tuple[str, ...]
ORIGIN: Ties = ("of", "from")
LOCATION: Ties = ("in", "at", "near", "based")
AROUND: Ties = (*LOCATION, "inside", "on", "across", "for")


class Telling:
    """Answers what units tell; made with the tables."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.states = knowledge.country_names
        self.people = people_of(knowledge)
        self.nations = Nations(knowledge)

    def state(self, code: str) -> str:
        """A country's name, or its code where it has none ("IGO")."""
        return self.states.get(code, code)

    def in_place(self, words: str, code: str) -> str:
        """The evidence of the gazetteer."""
        return f"gazetteer: {words} lies in {self.state(code)}"

    def country_of(self, generic: Generic, before: tuple[Unit, ...], reading: Reading, body: Body | None) -> tuple[str, str]:
        """The country of a description and the words that tell it: before the noun, behind "of" and "from", then "in"."""
        if generic.name.split(" ")[-1] in SEATS:
            before = self.senders(before)
        if code := self.country_before(before) or reading.front[-1].country:
            return code, self.tells((*before, reading.front[-1]), code)
        for ties in (ORIGIN, AROUND):
            for units in reading.tied(ties):
                if code := self.country_before(units):
                    return code, self.tells(units, code)
        if body is not None and body.country:
            return body.country, ""
        for ties in (ORIGIN, LOCATION):
            for units in reading.tied(ties):
                if code := self.place(units):
                    return code, self.in_place(words_of(units), code)
        if code := self.place(before):
            return code, self.in_place(words_of(before), code)
        return self.mistyped(before)

    def mistyped(self, units: tuple[Unit, ...]) -> tuple[str, str]:
        """The country of a nationality or state with one letter wrong, and the evidence for it."""
        for unit in reversed(units):
            if unit.kind == "word" and unit.capital and (code := self.nations.near(unit.text)):
                return code, f"the words: {unit.text} is mistyped for a name of {self.state(code)}"
        return "", ""

    def senders(self, units: tuple[Unit, ...]) -> tuple[Unit, ...]:
        """The units before an envoy that tell who sends: "U.S. Syria envoy" is American, "Syria envoy" alone tells none."""
        telling = [unit for unit in units if unit.kind == "nation" or unit.possessive]
        return tuple(telling[:1]) if telling else units[:-1]

    def country_before(self, units: tuple[Unit, ...]) -> str:
        """The country that modifiers tell, the last that tells one."""
        for unit in reversed(units):
            if unit.country:
                return unit.country
            if unit.kind == "name":
                states = {entry.country for entry in unit.entries if entry.kind == "country"}
                if len(states) < 2 and (code := states.pop() if states else unit.entries[0].country):
                    return code
        return ""

    def coordinated(self, units: tuple[Unit, ...]) -> list[str]:
        """The nationalities joined before a noun: "Philippine and Australian troops"."""
        kinds = [unit.country if unit.kind == "nation" else unit.text.lower() for unit in units]
        joined = [(kinds[i - 1], kinds[i + 1]) for i in range(1, len(kinds) - 1) if kinds[i] in ("and", "&", "or")]
        codes = {unit.country for unit in units if unit.kind == "nation"}
        return list(dict.fromkeys(code for pair in joined if set(pair) <= codes for code in pair))

    def tells(self, units: tuple[Unit, ...], code: str) -> str:
        """The evidence of the words among units that tell a country."""
        words = [unit.text for unit in units if unit.country == code or any(entry.country == code for entry in unit.entries)]
        return f"the words: {words[-1] if words else words_of(units)} is {self.state(code)}"

    def body_behind(self, reading: Reading) -> Body | None:
        """The body behind a preposition ("a spokesman for the foreign ministry")."""
        for units in reading.tied(("of", "for", "at", "with", "from", "in")):
            if (body := self.body_before(units)) is not None:
                return body
        return None

    def body_before(self, units: tuple[Unit, ...]) -> Body | None:
        """The body among these units, the last first: an organization by name, or a noun for one."""
        for unit in reversed(units):
            for entry in unit.entries:
                if entry.role in ("institution", "organization"):
                    return Body(entry.name, entry.country, entry.sector, True)
            if unit.generic is not None and unit.generic.collective and not (unit.plural and unit.generic.kind == "group"):
                return Body(unit.generic.name, "", unit.generic.sector, False)
        return None

    def former(self, units: tuple[Unit, ...]) -> bool:
        """Whether an office behind these units is a past one."""
        return any(unit.kind == "former" for unit in units) and not any(unit.text.lower() == "current" for unit in units)

    def place(self, units: tuple[Unit, ...]) -> str:
        """The country of the place that capitalised words name, if one is meant by far the most."""
        words = [unit.text for unit in units if unit.kind in ("word", "name") and unit.capital]
        for length in range(len(words), 0, -1):
            for start in range(len(words) - length + 1):
                name = " ".join(words[start : start + length])
                if name.lower() not in NO_PLACES and (code := country_of_place(name)):
                    return code
        return ""


def words_of(units: Iterable[Unit]) -> str:
    """Units as text: those with a capital, else all."""
    return " ".join(unit.text for unit in units if unit.capital) or " ".join(unit.text for unit in units)
