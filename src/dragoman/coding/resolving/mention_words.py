"""Reading a mention that stands by itself ("a former White House official") without a parser: its words, cut into units.

A unit is a proper name of the tables, a nationality, a generic noun or title, a preposition, or a single other word. Names are
taken from the left, the longest first; generic nouns from the right, as English noun phrases are headed there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from dragoman.coding.phrases import FOREIGN_ENDINGS, FORMER, GENERIC_WORDS, singular
from dragoman.coding.resolving.bare_places import country_of_place
from dragoman.knowledge.base import NAME_TOKENS, Generic, Knowledge, Named, word_class
from dragoman.knowledge.people import people_of

Kind = Literal["name", "nation", "generic", "former", "tie", "foreign", "word"]
TIES = frozenset(
    {"of", "for", "from", "at", "with", "in", "on", "to", "by", "near", "against", "inside", "across", "based", "under", "about"}
)
# behind these comes what somebody did, not who it is
CLAUSES = frozenset(
    {"who", "whom", "which", "that", "whose", "where", "when", "while", "as", "accused", "wanted", "killed", "said", "is", "was"}
)
LEADING = frozenset(
    {"a", "an", "the", "this", "that", "these", "those", "some", "several", "many", "few", "all", "both", "other", "his", "her", "its",
     "their", "our", "my", "no", "any", "every", "each", "about", "around", "nearly", "over", "least", "two", "three", "four", "five",
     "six", "seven", "eight", "nine", "ten", "dozen", "hundred", "thousand", "hundreds", "dozens", "thousands", "scores"}
)  # fmt: skip
PARTICLES = frozenset(
    {"de", "da", "do", "dos", "das", "du", "del", "di", "la", "le", "van", "von", "der", "den", "ten", "bin", "bint", "ibn", "al", "el",
     "ul", "ur", "e", "y", "zu", "af", "al-", "ben"}
)  # fmt: skip
NUMBER = re.compile(r"[\d.,]+")
JOINTS = frozenset({"and", "&", "or"})
HONORIFICS = word_class("honorific")
CONTAINERS = word_class("container")
QUANTITY = re.compile(
    r"(?:at (?:least|most)|as (?:many|few) as|(?:more|fewer|less) than|up to|about|around|some|nearly|over|roughly|almost|only|another)\s+"
    r"(?=(?:an?\s+)?(?:\d|(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|dozens?|hundreds?|thousands?|few)\b))",
    re.IGNORECASE,
)
OWNER = 0.4  # least share that a leader's surname with a possessive ending needs
DOTTED = 5  # letters of the shortest word that is no abbreviation of a title
OUTER = "\"'“”‘’()[]"


@dataclass(frozen=True, slots=True)
class Word:
    """A word as written, and without a possessive ending."""

    text: str
    stem: str
    possessive: bool

    @property
    def capital(self) -> bool:
        head, _, rest = self.stem.partition("-")
        return (rest if head in PARTICLES else self.stem)[:1].isupper()  # "el-Qaddafi"


@dataclass(frozen=True, slots=True)
class Unit:
    """Words of a mention that are one thing; ``text`` as written, without a possessive ending."""

    kind: Kind
    text: str
    entries: tuple[Named, ...] = ()
    country: str = ""
    generic: Generic | None = None
    plural: bool = False
    possessive: bool = False
    capital: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A mention cut up: the units in front of the first preposition, and those behind each."""

    front: tuple[Unit, ...]
    tails: tuple[tuple[str, tuple[Unit, ...]], ...]

    def tied(self, ties: tuple[str, ...]) -> Iterator[tuple[Unit, ...]]:
        """The units behind each of these prepositions."""
        return (units for tie, units in self.tails if tie in ties)


def plain_text(text: str) -> str:
    """A mention with plain apostrophes and hyphens, without white space and quotation marks around it; capitals alone made small."""
    text = " ".join(text.replace("’", "'").replace("‘", "'").replace(" - ", "-").split()).strip(OUTER + " ,;:")
    text = QUANTITY.sub("", text, count=1)
    if text.isupper() and len(text) > 5 and "." not in text:  # a headline's capitals; "NATO", "U.S." stay
        return text.title().replace("'S", "'s").replace(" Of ", " of ").replace(" The ", " the ").replace(" And ", " and ")
    return text


def parts_of(text: str) -> list[str]:
    """A mention and its appositions: "Ana Kovac, Croatia's deputy foreign minister" in two; brackets are taken out first."""
    text = re.sub(r"\s*[(\[][^)\]]*(?:[)\]]|$)", "", text)
    return [part for part in (part.strip(OUTER + " ;:") for part in text.split(",")) if part]


class MentionReader:
    """Cuts mentions into units; made with the tables."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge

    def read(self, text: str, date: str = "") -> Reading:
        """The reading of a mention or one part of it on an ISO date; the front is empty where nothing is left of it."""
        units = self.units(text, date)
        end = next((i for i, unit in enumerate(units) if i and unit.kind == "word" and unit.text in CLAUSES), len(units))
        units = units[:end]
        ties = [i for i, unit in enumerate(units) if unit.kind == "tie"]
        if ties and ties[0] + 1 < len(units) and units[ties[0]].text == "of" and _contains(units[: ties[0]]):
            units = units[ties[0] + 1 :]  # "dozens of protesters from Cuba": the protesters
            ties = [i for i, unit in enumerate(units) if unit.kind == "tie"]
        bounds = [*ties, len(units)]
        tails = tuple((units[a].text, tuple(units[a + 1 : b])) for a, b in zip(ties, bounds[1:], strict=True))
        return Reading(tuple(_trimmed(units[: bounds[0]])), tails)

    def units(self, text: str, date: str = "") -> list[Unit]:
        """All units of a text of one sentence."""
        return list(self._units(_words(text), date))

    def _units(self, words: list[Word], date: str) -> Iterator[Unit]:
        i, rest = 0, 0
        while i < len(words):
            named = self._name_at(words, i, date)
            if named is None:
                i += 1
                continue
            unit, end = named
            if (longer := self._generic_over(words, rest, i, end)) is not None:
                i = longer
                continue
            yield from self._common(words[rest:i], date)
            yield unit
            i = rest = end
        yield from self._common(words[rest:], date)

    def _generic_over(self, words: list[Word], rest: int, start: int, end: int) -> int | None:
        """The end of a generic phrase that covers a name and more ("Supreme Court judge", "U.S. attorney")."""
        for last in range(min(len(words), start + GENERIC_WORDS), end, -1):
            if any(word.possessive for word in words[start : last - 1]):
                continue
            for first in range(max(rest, last - GENERIC_WORDS), start + 1):
                if self._generic(words[first:last]) is not None and not self._goes_on(words, first, last):
                    return last
        return None

    def _goes_on(self, words: list[Word], first: int, last: int) -> bool:
        """Whether a phrase that begins within this one ends behind it: "FARC rebel" and "rebel group"."""
        return any(
            self._generic(words[x:y]) is not None
            for x in range(first + 1, last)
            for y in range(last + 1, min(len(words), x + GENERIC_WORDS) + 1)
        )

    def _name_at(self, words: list[Word], i: int, date: str) -> tuple[Unit, int] | None:
        """The longest name or nationality that begins with a word, and where it ends."""
        if not words[i].capital:
            return None
        known = self.knowledge
        starts = known.may_begin_name(words[i].stem) or known.may_begin_name(words[i].text)
        for end in range(min(len(words), i + NAME_TOKENS) if starts else min(len(words), i + 2), i, -1):
            front = [word.text for word in words[i : end - 1]]
            last = words[end - 1]
            for ending in dict.fromkeys((last.text, last.stem)):
                name = " ".join([*front, ending])
                if end - i <= 2 and (code := known.nationality(name)):
                    plural = name in known.demonyms and (name not in known.adjectives)
                    return Unit("nation", name, country=code, plural=plural, possessive=last.possessive, capital=True), end
                if starts and ((entries := known.entries(name)) or known.named(name, date) is not None):
                    owner = last.possessive and ending == last.stem
                    meant = known.named(name, date)
                    ordered = (meant, *(entry for entry in entries if entry != meant)) if meant is not None else tuple(entries)
                    return Unit("name", name, ordered, possessive=owner, capital=True), end
        many = known.entries(words[i].stem + "s") if words[i].stem.isalpha() else []
        if any(entry.role == "organization" for entry in many):  # "Houthi" of the Houthis
            return Unit("name", words[i].stem, tuple(many), possessive=words[i].possessive, capital=True), i + 1
        return None

    def _common(self, words: list[Word], date: str) -> Iterator[Unit]:
        """The units of words that are no names, read from the right."""
        found: list[Unit] = []
        end = len(words)
        while end:
            start = next(
                (s for s in range(max(0, end - GENERIC_WORDS), end) if self._generic(words[s:end]) is not None and _plain(words[s:end])),
                None,
            )
            if start is not None:
                last = words[end - 1]
                generic = self._generic(words[start:end])
                written = " ".join(word.text for word in words[start : end - 1]) + " " * (end - start > 1) + last.stem
                head = "" if generic is None else generic.name.split(" ")[-1].lower()
                plural = last.stem.lower() != head and last.stem.lower().endswith(("s", "men"))
                country = self._country_in(words[start:end], date)
                found.append(
                    Unit(
                        "generic", written, country=country, generic=generic, plural=plural, possessive=last.possessive,
                        capital=words[start].capital,
                    )
                )  # fmt: skip
                end = start
            else:
                found.append(self._single(words[end - 1], date))
                end -= 1
        return reversed(found)

    def _country_in(self, words: list[Word], date: str) -> str:
        """The country that names within a generic phrase tell ("Hamas militant", "U.S. attorney", "African-American")."""
        for i, word in enumerate(words):
            if code := self._joined_state(word.stem):
                return code
            named = self._name_at(words[: len(words) - 1], i, date) if word.capital and i + 1 < len(words) else None
            if named is not None and named[0].entries:
                return named[0].entries[0].country
        return ""

    def _generic(self, words: list[Word]) -> Generic | None:
        """The title, noun or institution that these words are, the last one perhaps in its plural."""
        known = self.knowledge
        front = " ".join([*(word.text.lower() for word in words[:-1]), ""]) if len(words) > 1 else ""
        last = words[-1].stem.lower()
        dotted = f"{last}." if len(last) < DOTTED and words[-1].capital else last  # "Gen" for "Gen."
        for ending in dict.fromkeys((last, singular(last), words[-1].text.lower(), dotted)):
            phrase = front + ending
            if phrase in HONORIFICS and words[-1].stem[:1].islower() and phrase in known.agents:
                return known.agents[phrase]  # "doctors" are no "Dr."
            if (found := known.offices.get(phrase) or known.agents.get(phrase) or known.institutions.get(phrase)) is not None:
                return found
        return None

    def _single(self, word: Word, date: str) -> Unit:
        small = word.stem.lower()
        if small in TIES and not word.stem[:1].isupper():
            return Unit("tie", small)
        if small in FORMER or small.startswith("ex-"):
            return Unit("former", word.stem)
        if "-" in word.stem and word.stem.rsplit("-", 1)[1].lower() in FOREIGN_ENDINGS:
            return Unit("foreign", word.stem)
        if "-" in word.stem and (country := self._joined_state(word.stem)):
            return Unit("nation", word.stem, country=country)
        owner = people_of(self.knowledge).by_surname(word.stem, date)[:1] if word.possessive and word.capital else []
        country = next((match.person.country for match in owner if match.score >= OWNER), "")  # "Putin's spokesman"
        return Unit("word", word.stem, country=country, possessive=word.possessive, capital=word.capital)

    def _joined_state(self, word: str) -> str:
        """The country in a word: "Berlin-based", "U.S.", "U.S.-Czech"; of "Korean-American", where the last is the noun, the last."""
        parts = word.split("-")
        headed = parts[0] in self.knowledge.adjectives and parts[-1] in self.knowledge.demonyms
        if code := next((code for part in (reversed(parts) if headed else parts) if (code := self._state(part))), ""):
            return code
        return country_of_place("-".join(parts[:-1])) if parts[-1].lower() == "based" else ""

    def _state(self, word: str) -> str:
        if code := self.knowledge.nationality(word):
            return code
        if not word[:1].isupper():
            return ""
        return next((entry.country for entry in self.knowledge.entries(word) if entry.role in ("name", "capital")), "")


def _words(text: str) -> list[Word]:
    found = []
    for raw in text.split():
        word = raw.strip(OUTER + ",;:!?") if not raw.endswith("'") else raw.strip('"“”‘’()[],;:!?')
        if word.endswith(".") and not (word[0].isupper() and (len(word) <= 5 or "." in word[:-1])):
            word = word[:-1]
        if not word:
            continue
        possessive = word.endswith(("'s", "s'", "'S"))
        stem = word[:-2] if word.endswith(("'s", "'S")) else (word[:-1] if word.endswith("s'") else word)
        if stem:
            found.append(Word(word.rstrip("'"), stem, possessive))
    return found


def _plain(words: list[Word]) -> bool:
    """Whether no word but the last owns what follows: "Chile's defence ministry" is no phrase of the tables."""
    return not any(word.possessive for word in words[:-1]) or len(words) == 1


def _contains(units: list[Unit]) -> bool:
    """Whether what stands before "of" only counts: "dozens", "a group", "some 200"."""
    words = [unit.text.lower() for unit in units]
    counts = [word for word in words if word not in LEADING and not NUMBER.fullmatch(word)]
    return all(word in CONTAINERS or singular(word) in CONTAINERS for word in counts) and bool(words)


def _trimmed(units: list[Unit]) -> list[Unit]:
    """Units without articles, numbers and the like in front; "and" between names is left."""
    start = 0
    while start < len(units) and units[start].kind == "word":
        word = units[start].text.lower()
        if word not in LEADING and not NUMBER.fullmatch(word) and word not in JOINTS:
            break
        start += 1
    return [replace(unit, possessive=unit.possessive and i + 1 < len(units)) for i, unit in enumerate(units)][start:]
