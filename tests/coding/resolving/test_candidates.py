"""Who a name or description is: country, sector, and the evidence for it."""

from __future__ import annotations

import pytest

from dragoman.coding.resolving.candidates import Candidates, iso_date
from dragoman.errors import InputError
from dragoman.knowledge import base


@pytest.fixture(scope="module")
def candidates() -> Candidates:
    return Candidates(base.load())


NAMES = {
    "the office of the day": ("the Pakistani prime minister", "2021-04-07", "Imran Khan", "PAK", "GOV"),
    "the office by its rank": ("the British foreign minister", "2019-01-01", "Jeremy Hunt", "GBR", "GOV"),
    "an international office": ("UN Secretary-General", "2020-01-01", "Antonio Guterres", "UNO", "GOV"),
    "other spelling": ("President Zelenskiy", "2023-01-01", "Volodymyr Zelensky", "UKR", "GOV"),
    "former official": ("Barack Obama", "2020-01-01", "Barack Obama", "USA", "ELI"),
    "former, by the words": ("ex-president Sarkozy", "2009-01-01", "Nicolas Sarkozy", "FRA", "ELI"),
    "title behind which the country stands": ("Foreign Minister of Iran Javad Zarif", "2018-01-01", "Mohammad Javad Zarif", "IRN", "GOV"),
    "the title tells the sector": ("Gen. Prayuth Chan-ocha", "2016-01-01", "Prayuth Chan-ocha", "THA", "MIL"),
    "monarch": ("King Salman", "2018-01-01", "Salman", "SAU", "GOV"),
    "rebels": ("the Taliban", "2020-05-01", "Taliban", "AFG", "REB"),
    "and a government": ("the Taliban", "2022-05-01", "Taliban", "AFG", "GOV"),
    "undated: the last row": ("Taliban", "", "Taliban", "AFG", "GOV"),
    "unknown, with title and nationality": ("Kenyan Senator Musa Adamu", "", "Musa Adamu", "KEN", "LEG"),
    "unknown, of a body": ("Croatian army spokeswoman Ana Kovac", "", "Ana Kovac", "HRV", "MIL"),
    "unknown, with an apposition": ("Ana Kovac, Croatia's deputy fisheries minister", "", "Ana Kovac", "HRV", "GOV"),
    "unknown, of a town": ("Lagos Police Chief Musa Adamu", "", "Musa Adamu", "NGA", "COP"),
    "elected for a party": ("Republican Senator Ann Berg", "", "Ann Berg", "USA", "LEG"),
    "institution of another country": ("Chile's Defense Department", "", "Chile Defense Department", "CHL", "GOV"),
    "company": ("China's Longyuan Corp", "", "Longyuan Corp", "CHN", ""),
    "a kind and an unknown name": ("Australian news agency Wombat", "", "Wombat", "AUS", "JRN"),
    "the state": ("the government of Chad", "", "Chad", "TCD", "GOV"),
    "a capital in a headline": ("CANBERRA", "", "Australia", "AUS", "GOV"),
}


@pytest.mark.parametrize(("text", "date", "name", "country", "sector"), NAMES.values(), ids=NAMES.keys())
def test_named(candidates: Candidates, text: str, date: str, name: str, country: str, sector: str) -> None:
    best = candidates.find(text, date)[0]
    assert (best.name, best.country, best.sector) == (name, country, sector)
    assert all(best.evidence)


DESCRIBED = {
    "nationality": ("Chadian troops", "TCD", "MIL"),
    "town": ("Lagos residents", "NGA", "CVL"),
    "place behind": ("rebels in eastern Congo", "COD", "REB"),
    "body": ("a senior Hamas official", "PSE", "REB"),
    "one of a people": ("Houthi fighters", "YEM", "REB"),
    "body behind": ("students at Cairo University", "EGY", "EDU"),
    "envoy of one state to another": ("US ambassador to Israel", "USA", "GOV"),
    "backed by another": ("US-backed Syrian rebels", "SYR", "REB"),
    "joined": ("a Somali-American", "USA", "CVL"),
    "what they do": ("Peruvian farmers demanding water", "PER", "AGR"),
    "whose it is": ("rebel positions", "", "REB"),
    "former": ("a former White House official", "USA", "ELI"),
    "owner of an office": ("the mayor's office", "", "GOV"),
    "no country": ("unidentified gunmen", "", "UAF"),
    "several": ("hundreds of Greek doctors", "GRC", "MED"),
    "mistyped nationality": ("the Pakistini army", "PAK", "MIL"),
    "envoy between a body and a state": ("the U.N. Syria envoy", "UNO", "GOV"),
    "a state in capitals": ("US troops", "USA", "MIL"),
    "pronoun": ("she", "", "UNK"),
}


@pytest.mark.parametrize(("text", "country", "sector"), DESCRIBED.values(), ids=DESCRIBED.keys())
def test_described(candidates: Candidates, text: str, country: str, sector: str) -> None:
    best = candidates.find(text)[0]
    assert (best.country, best.sector) == (country, sector)


class _Overlaid(base.Knowledge):
    """Tables with an entry of the user's own."""

    OWN = base.Named("Ann Berg", "person", "NOR", "GOV", "leader", "fisheries minister", "2020", "2024")

    def named(self, name: str, date: str = "") -> base.Named | None:
        return self.OWN if name == "Ann Berg" and self.OWN.holds_on(date) else super().named(name, date)


def test_the_users_own_actors_are_asked() -> None:
    own = Candidates(_Overlaid())
    (best,) = own.find("Ann Berg", "2022-01-01")
    assert (best.country, best.sector, best.office) == ("NOR", "GOV", "fisheries minister")
    assert best.evidence == ("your own actors: Ann Berg (fisheries minister, Norway, GOV), 2020 to 2024",)
    assert own.find("Norwegian Senator Ann Berg", "2022-01-01")[0].sector == "LEG"
    assert own.find("Peruvian Senator Ann Berg", "2022-01-01")[0].country == "PER"


def test_a_government_named_after_its_head_on_the_day(candidates: Candidates) -> None:
    assert candidates.find("the Scholz cabinet", "2022-05-01")[0].country == "DEU"
    assert candidates.find("Putin's government", "2015-05-01")[0].name == "Russia"


def test_a_surname_that_is_a_title(candidates: Candidates) -> None:
    best = candidates.find("Rev. Martin Luther King")[0]
    assert (best.name, best.kind, best.sector) == ("Martin Luther King", "person", "REL")


def test_nations_joined_are_two(candidates: Candidates) -> None:
    assert [found.country for found in candidates.find("Philippine and Australian troops")] == ["PHL", "AUS"]


@pytest.mark.parametrize("text", ["the weather", "quickly", " ", "talks", "Marcus Beam", "the country", "Mount Everest", "( )"])
def test_nobody(candidates: Candidates, text: str) -> None:
    assert candidates.find(text) == []


@pytest.mark.parametrize(
    ("text", "country"),
    [("Peru", "PER"), ("Brazilians", "BRA"), ("targets in Syria", "SYR"), ("Paris, Texas", "USA"), ("US", "USA"), ("Afganistan", "AFG")],
)
def test_a_country_and_nobody_in_it(candidates: Candidates, text: str, country: str) -> None:
    best = candidates.find(text)[0]
    assert (best.country, best.bare) == (country, True)


def test_evidence_names_the_row(candidates: Candidates) -> None:
    best = candidates.find("the Pakistani prime minister", "2021-04-07")[0]
    assert best.evidence[0] == "the words: Pakistani is Pakistan"
    assert best.evidence[-1].startswith("leaders.csv: prime minister of Pakistan, 2018-08-18 to 2022-04-1")


def test_an_acronym_that_the_text_spells_out(candidates: Candidates) -> None:
    text = "Members of the Pakistan Tehreek-e-Insaf (XYT) walked out."
    assert candidates.find("XYT", "", text) == [], "the initials are others"
    best = candidates.find("PTI", "", text.replace("XYT", "PTI"))[0]
    assert (best.name, best.country, best.sector) == ("Pakistan Tehreek-e-Insaf", "PAK", "PTY")
    unknown = candidates.find("FU", "", "Kenya's Farmers' Union (FU) met.")[0]
    assert (unknown.country, unknown.evidence[0]) == ("KEN", "the text: FU is Farmers' Union")


def test_the_country_of_the_context_decides_between_namesakes(candidates: Candidates) -> None:
    assert candidates.find("police", "", "Kenya")[0].country == "KEN"
    khans = {date: candidates.find("Khan", "2021-04-07", date)[0].country for date in ("Bangladesh", "Pakistan")}
    assert khans["Pakistan"] == "PAK"


def test_what_the_title_tells_excludes_others(candidates: Candidates) -> None:
    best = candidates.find("Peruvian Prime Minister Khan", "2021-04-07")[0]
    assert (best.name, best.country) == ("Khan", "PER")


DATES = {"2021-04-07": "2021-04-07", "2021-04": "2021-04", "": "", "1 January 2018": "2018-01-01", "January 2018": "2018-01"}


@pytest.mark.parametrize(("given", "iso"), DATES.items())
def test_iso_date(given: str, iso: str) -> None:
    assert iso_date(given) == iso


@pytest.mark.parametrize("given", ["2021-13-45", "the other day", "x"])
def test_no_date(given: str) -> None:
    with pytest.raises(InputError, match="expected an ISO date"):
        iso_date(given)
