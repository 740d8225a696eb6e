"""What the coder knows of actors before it reads: states, institutions, organizations, offices, leaders, generic nouns.

The facts stand in the CSV files of ``data/`` (``docs/knowledge.md`` tells their columns); this module loads them once and answers:
whom does this name mean on that day (``named``), what sector has this noun (``agent``), what office is this title
(``office``), who held that office then (``holder``).
"""

from __future__ import annotations

import copy
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from dragoman.knowledge.tables import DATA, Row, TableError, read_table
from dragoman.model import ActorKind

if TYPE_CHECKING:
    from dragoman.knowledge.overlay import Overlay

NAME_TOKENS = 9  # the longest name looked up, in tokens ("the Organisation for the Prohibition of Chemical Weapons" has 8)
LETTERS = str.maketrans({"ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "ə": "a"})
FAMILY_NAME_FIRST = frozenset({"CHN", "TWN", "HKG", "PRK", "KOR", "VNM", "KHM"})  # countries whose names begin with the family's
LEADER_COLUMNS = ("name", "aliases", "country", "office", "sector", "start", "end", "sure", "alone")
ARTICLES = ("the ", "The ")
FOLDED_LENGTH = 10  # letters from which on a name is known whatever its capitals ("Kurdistan Workers' party")
ARABIC_ARTICLES = frozenset({"al", "el", "ul", "ad", "as", "ar", "at", "an", "ash"})
SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "v", "vi", "vii", "viii", "x", "xiv", "xvi"})


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody with a proper name: a state, an institution, an organization, a leader in an office."""

    name: str
    kind: ActorKind
    country: str
    sector: str
    role: str  # "name", "capital", "metonym", "institution", "organization", "leader"
    office: str = ""
    first: str = ""
    last: str = ""
    sure: bool = True
    alone: bool = True  # of a leader: whether the surname alone may mean the person

    def holds_on(self, date: str) -> bool:
        """Whether the entry is valid on an ISO date; an unknown date or bound excludes nothing."""
        return not date or ((not self.first or self.first <= date) and (not self.last or date[: len(self.last)] <= self.last))


@dataclass(frozen=True, slots=True)
class Membership:
    """A state's time in an intergovernmental organization; the bounds as precise as known, empty where unknown or open."""

    organization: str  # its name in ``organizations.csv``
    country: str
    first: str = ""
    last: str = ""

    def holds_on(self, date: str) -> bool:
        """Whether the state was a member on an ISO date; of an empty date, whether it was one when last known."""
        if not date:
            return not self.last
        return (not self.first or self.first <= date) and (not self.last or date[: len(self.last)] <= self.last)


@dataclass(frozen=True, slots=True)
class Generic:
    """A common noun phrase for actors ("riot police"), an institution every state has ("foreign ministry"), or a title."""

    name: str
    kind: ActorKind
    sector: str
    level: str = ""  # of an office: "head-of-state", "minister", "legislator", ...
    collective: bool = False


class Knowledge:
    """All tables in memory, with indexes by name. Loaded once a process by ``load``."""

    def __init__(self) -> None:
        self.names: dict[str, list[Named]] = {}
        self.folded: dict[str, list[Named]] = {}  # the same in small letters: names of several words
        self.adjectives: dict[str, str] = {}  # "Pakistani" -> PAK
        self.demonyms: dict[str, str] = {}  # "Pakistanis" -> PAK
        self.agents: dict[str, Generic] = {}
        self.institutions: dict[str, Generic] = {}
        self.institution_names: set[str] = set()  # of those that every state has
        self.offices: dict[str, Generic] = {}
        self.office_names: dict[str, str] = {}  # alias -> the title it stands for
        self.leaders: dict[str, list[Named]] = {}  # surname in small letters -> terms
        self.given_names: dict[str, str] = {}  # anna -> f
        self.country_names: dict[str, str] = {}  # PAK -> Pakistan
        self.capitals: dict[str, str] = {}  # Islamabad -> PAK
        self._terms: dict[tuple[str, str], list[Named]] = {}  # (country, office) -> terms
        self._memberships: list[Membership] = []
        self.overlay: Overlay | None = None  # the user's own actors and what was read
        self._load()
        self._first_words = {part for name in self.names for part in beginnings(name)}

    def laid_over(self, overlay: Overlay) -> Knowledge:
        """These tables with an overlay, which is asked first. The tables themselves are shared, not copied."""
        both = copy.copy(self)
        both.overlay = overlay
        both._first_words = self._first_words | overlay.first_words
        return both

    # -- loading ---------------------------------------------------------------------------------------------------

    def _load(self) -> None:
        self._load_countries()
        self._load_institutions()
        self._load_organizations()
        self._load_generics()
        self._load_leaders()
        self._load_memberships()
        self.given_names = {row["name"]: row["gender"] for row in read_table(DATA / "given_names.csv", ("name", "gender"))}

    def _add(self, names: Iterable[str], entry: Named) -> None:
        for name in names:
            key = bare(name)
            if key and entry not in self.names.setdefault(key, []):
                self.names[key].append(entry)
                if " " in key:
                    self.folded.setdefault(key.lower(), self.names[key])

    def _load_countries(self) -> None:
        columns = (
            "iso3",
            "name",
            "aliases",
            "adjectives",
            "demonyms",
            "capital",
            "capital_aliases",
            "metonyms",
            "first",
            "last",
        )
        for row in read_table(DATA / "countries.csv", columns):
            code, bounds = row["iso3"], (row["first"], row["last"])
            names = [row["name"], *row.items("aliases")]
            self._add(names, Named(row["name"], "country", code, "GOV", "name", "", *bounds))
            self._add(row.items("metonyms"), Named(row["name"], "country", code, "GOV", "metonym", "", *bounds))
            capitals = [row["capital"], *row.items("capital_aliases")]
            self._add(capitals, Named(row["name"], "country", code, "GOV", "capital", "", *bounds))
            self.capitals.update((bare(capital), code) for capital in capitals if capital)
            if not row["last"]:
                self.country_names.setdefault(code, row["name"])
            for adjective in row.items("adjectives"):
                self.adjectives.setdefault(adjective, code)
            for demonym in row.items("demonyms"):
                self.demonyms.setdefault(demonym, code)

    def _load_institutions(self) -> None:
        for row in read_table(DATA / "institutions.csv", ("name", "aliases", "country", "sector", "kind")):
            names = [row["name"], *row.items("aliases")]
            if row["country"]:
                self._add(names, Named(bare(row["name"]), "organization", row["country"], row["sector"], "institution"))
            else:
                generic = Generic(row["name"], "organization", row["sector"], collective=True)
                self.institutions.update((bare(name).lower(), generic) for name in names)
                self.institution_names.add(generic.name)

    def _load_organizations(self) -> None:
        columns = ("name", "aliases", "country", "sector", "kind", "first", "last")
        for row in read_table(DATA / "organizations.csv", columns):
            entry = Named(
                bare(row["name"]),
                "organization",
                row["country"],
                row["sector"],
                "organization",
                "",
                row["first"],
                row["last"],
            )
            self._add([row["name"], *row.items("aliases")], entry)

    def _load_generics(self) -> None:
        for row in read_table(DATA / "agents.csv", ("noun", "sector", "kind", "plural")):
            kind = _kind(row, row["kind"])
            agent = Generic(row["noun"], kind, row["sector"], collective=kind != "person")
            for noun in (row["noun"], *row.items("plural")):
                self.agents.setdefault(noun.lower(), agent)
        for row in read_table(DATA / "offices.csv", ("title", "aliases", "sector", "level")):
            for title in (row["title"], *row.items("aliases")):
                self.offices.setdefault(title.lower(), Generic(row["title"], "person", row["sector"], row["level"]))
                self.office_names.setdefault(title.lower(), row["title"])

    def _load_leaders(self) -> None:
        for row in read_table(DATA / "leaders.csv", LEADER_COLUMNS):
            entry = Named(
                row["name"], "person", row["country"], row["sector"], "leader", row["office"], row["start"], row["end"],
                row["sure"] != "no", row["alone"] != "no",
            )  # fmt: skip
            names = [row["name"], *row.items("aliases")]
            self._add([name for name in names if " " in name], entry)
            for surname in dict.fromkeys(surname_of(name, row["country"]) for name in names):
                if surname:
                    self.leaders.setdefault(surname, []).append(entry)
            self._terms.setdefault((row["country"], self.office_name(row["office"])), []).append(entry)

    def _load_memberships(self) -> None:
        for row in read_table(DATA / "memberships.csv", ("organization", "member", "from", "to")):
            if row["member"] not in self.country_names:
                raise TableError(f"{row.where}: {row['member']!r} is no code of countries.csv")
            if not any(entry.role == "organization" for entry in self.names.get(bare(row["organization"]), [])):
                raise TableError(f"{row.where}: {row['organization']!r} is no name of organizations.csv; add it there first")
            if row["from"] and row["to"] and row["to"] < row["from"]:
                raise TableError(f"{row.where}: the membership ends ({row['to']}) before it begins ({row['from']})")
            self._memberships.append(Membership(bare(row["organization"]), row["member"], row["from"], row["to"]))

    # -- answers ---------------------------------------------------------------------------------------------------

    def named(self, name: str, date: str = "") -> Named | None:
        """Whom a proper name means on a date: an entry valid then, else the latest one before, else the first listed.

        The user's entries go before the tables, the tables before what was read.
        """
        key = bare(name)
        if self.overlay is not None and (own := self.overlay.own(key, date)) is not None:
            return own
        entries = self.names.get(key) or (self.folded.get(key.lower(), []) if len(key) >= FOLDED_LENGTH else [])
        valid = [entry for entry in entries if entry.holds_on(date)]
        if valid and not date and valid[0].role == "leader":  # the day is unknown: the office that a person held last
            return max(valid, key=lambda entry: (entry.sure, not entry.last, entry.first))
        if valid:
            return max(valid, key=lambda entry: entry.sure)
        if self.overlay is not None and (read := self.overlay.read(key, date)) is not None:
            return read
        past = [entry for entry in entries if date and entry.first and entry.first <= date]
        return max(past, key=lambda entry: entry.last, default=entries[0] if entries else None)

    def may_begin_name(self, word: str) -> bool:
        """Whether some name in the tables begins with this token; spares looking up the rest."""
        return plain(word).lower() in self._first_words or word in ("The", "the")

    def entries(self, name: str) -> list[Named]:
        """All that the tables hold under a proper name, whatever the date."""
        key = bare(name)
        return self.names.get(key) or (self.folded.get(key.lower(), []) if len(key) >= FOLDED_LENGTH else [])

    def office(self, title: str) -> Generic | None:
        """The office that a title names ("external affairs minister" is the foreign minister)."""
        return self.offices.get(title.lower())

    def office_name(self, title: str) -> str:
        """The standard name of a title, or the title itself in small letters."""
        return self.office_names.get(title.lower(), title.lower())

    def holder(self, country: str, office: str, date: str) -> Named | None:
        """Who held an office of a country on an ISO date; ``None`` if unknown, if several did, or if the date is empty."""
        terms = self._terms.get((country, self.office_name(office)), []) if date else []
        holders = [term for term in terms if term.holds_on(date)]
        holders = [term for term in holders if term.sure] or holders
        return holders[-1] if len({term.name for term in holders}) == 1 else None

    def in_office(self, surname: str, date: str) -> list[Named]:
        """The persons with a surname (a ``surname_key``) in office on an ISO date: the user's, else the tables', else those read."""
        if not date:
            return []
        if self.overlay is not None and (own := self.overlay.own_in_office(surname, date)):
            return own
        listed = [term for term in self.leaders.get(surname, []) if term.alone and term.holds_on(date)]
        return listed if listed or self.overlay is None else self.overlay.read_in_office(surname, date)

    def is_known_surname(self, word: str, date: str) -> bool:
        """Whether the overlay, not the tables, knows one person by this bare surname on an ISO date."""
        return self.overlay is not None and self.overlay.is_surname(word, date)

    def gender(self, given_name: str) -> str:
        """ "f" or "m" for a given name in small letters that is borne by women or by men only; empty if unknown."""
        return self.given_names.get(given_name, "")

    def nationality(self, word: str) -> str:
        """ISO code of an adjective ("Pakistani") or a demonym ("Pakistanis"); empty if it is none."""
        return self.adjectives.get(word) or self.demonyms.get(word, "")

    def members(self, organization: str, date: str = "") -> tuple[str, ...]:
        """ISO codes, sorted, of the members of an organization (any of its names) on an ISO date, or when last known.

        Empty for an organization whose members ``memberships.csv`` does not list.
        """
        found = next((entry for entry in self.names.get(bare(organization), []) if entry.role == "organization"), None)
        name = found.name if found else bare(organization)
        terms = (term for term in self._memberships if term.organization == name and term.holds_on(date))
        return tuple(sorted({term.country for term in terms}))

    def memberships(self, country: str, date: str = "") -> tuple[str, ...]:
        """Names, sorted, of the organizations that a state (ISO code) was a member of on an ISO date, or when last known."""
        terms = (term for term in self._memberships if term.country == country and term.holds_on(date))
        return tuple(sorted({term.organization for term in terms}))


@lru_cache(maxsize=65536)
def bare(name: str) -> str:
    """A name as it is looked up: without article and accents, typographic apostrophes made plain."""
    name = name.replace("’", "'").replace("‘", "'")
    for article in ARTICLES:
        name = name.removeprefix(article)
    return plain(name).strip()


def plain(name: str) -> str:
    """A name in letters without accents ("Erdoğan" as "Erdogan"), as many papers print it."""
    if name.isascii():
        return name
    letters = unicodedata.normalize("NFKD", name.translate(LETTERS))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def beginnings(name: str) -> set[str]:
    """The first word of a name in small letters, and what a tokenizer can make of it ("al-qaeda": al)."""
    first = name.split(" ")[0].lower()
    return {first, first.split("-")[0], first.split("'")[0], first.rstrip(".,"), first.split("/")[0]}


def surname_key(word: str) -> str:
    """A word of a name as it is compared: small letters, no accents, no Arabic article ("al-Sisi" as "sisi")."""
    word = plain(word.replace("’", "'")).lower()
    head, _, rest = word.partition("-")
    return rest if head in ARABIC_ARTICLES and rest else word


def name_words(name: str) -> list[str]:
    """The words of a person's name as they are compared, without "Jr." and "III": "Joseph R. Biden Jr." -> joseph r. biden."""
    words = [surname_key(word.strip(",’'\"“”()")) for word in name.split()]
    words = [word for word in words if word not in ARABIC_ARTICLES and word.strip("'-.")]
    while len(words) > 1 and words[-1].rstrip(".") in SUFFIXES:
        words.pop()
    return words


def surname_of(name: str, country: str) -> str:
    """The family name of a leader as it is compared; empty where a monarch has none ("Abdullah II")."""
    words = name_words(name)
    if len(words) > 1 and country in FAMILY_NAME_FIRST:
        return words[0]
    if len(words) == 1 and len(name.split()) > 1:
        return ""
    return words[-1] if words else ""


def word_class(name: str) -> frozenset[str]:
    """The words of a class in ``data/word_classes.csv`` ("relation": ally, rival, ...).

    Raises:
        KeyError: there is no such class.
    """
    return _word_classes()[name]


@cache
def _word_classes() -> dict[str, frozenset[str]]:
    rows = read_table(DATA / "word_classes.csv", ("class", "words", "why"))
    return {row["class"]: frozenset(row.items("words")) for row in rows}


def _kind(row: Row, kind: str) -> ActorKind:
    if kind == "person":
        return "person"
    return "organization" if kind == "organization" else "group"


@cache
def load() -> Knowledge:
    """The knowledge that ships with the package; read once a process."""
    return Knowledge()
