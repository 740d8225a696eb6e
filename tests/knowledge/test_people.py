"""Persons by name in any spelling, by surname, and what they were on a day."""

from __future__ import annotations

import pytest

from dragoman.knowledge import base
from dragoman.knowledge.people import EXACT, People, people_of


@pytest.fixture(scope="module")
def people() -> People:
    return people_of(base.load())


FOUND = {
    "as written": ("Angela Merkel", "Angela Merkel"),
    "transliterated": ("Volodymyr Zelenskiy", "Volodymyr Zelensky"),
    "given name of another language": ("Vladimir Zelensky", "Volodymyr Zelensky"),
    "Arabic article and doubled letters": ("Bashshar al-Asad", "Bashar al-Assad"),
    "without the article": ("Abdel Fattah Burhan", "Abdel Fattah al-Burhan"),
    "hyphen left out": ("Kim Jong Un", "Kim Jong-un"),
    "family name last": ("Jong-un Kim", "Kim Jong-un"),
    "initial and suffix": ("Joseph R. Biden Jr.", "Joe Biden"),
    "more names": ("Nawaf al-Ahmad al-Jaber al-Sabah", "Nawaf al-Ahmad al-Sabah"),
    "mother's name behind": ("Pedro Pablo Kuczynski Godard", "Pedro Pablo Kuczynski"),
    "mistyped": ("Angela Merkle", "Angela Merkel"),
}


@pytest.mark.parametrize(("written", "name"), FOUND.values(), ids=FOUND.keys())
def test_find(people: People, written: str, name: str) -> None:
    assert people.find(written)[0].person.name == name


@pytest.mark.parametrize("name", ["Osman Tarik Demir", "Mary Ann Angela", "Boris Merkel", "Merkel", "Mohammed Ali", "", "X Y"])
def test_nobody(people: People, name: str) -> None:
    assert people.find(name) == []


def test_another_spelling_is_less_sure_than_the_name_as_written(people: People) -> None:
    assert people.find("Angela Merkel")[0].score == EXACT
    assert people.find("Mahmud Ahmadinezhad")[0].score < EXACT


SURNAMES = {
    "in office": ("Johnson", "2021-03-01", "Boris Johnson"),
    "the weightier office": ("Bush", "2005-01-01", "George W. Bush"),
    "before his time another of the name": ("Bush", "1991-01-01", "George H.W. Bush"),
    "lately in office": ("Trump", "2022-04-01", "Donald Trump"),
    "spelt otherwise": ("Ahmadinezhad", "2010-01-01", "Mahmoud Ahmadinejad"),
    "mistyped": ("Lavorv", "2021-01-01", "Sergei Lavrov"),
}


@pytest.mark.parametrize(("surname", "date", "name"), SURNAMES.values(), ids=SURNAMES.keys())
def test_by_surname(people: People, surname: str, date: str, name: str) -> None:
    assert people.by_surname(surname, date)[0].person.name == name


@pytest.mark.parametrize("word", ["Boris", "Sydney", "Shell", "Xq", ""])
def test_no_surname(people: People, word: str) -> None:
    assert people.by_surname(word, "2020-01-01") == []


def test_a_surname_of_many_is_less_sure(people: People) -> None:
    assert people.by_surname("Khan", "2021-04-07")[0].score < people.by_surname("Lavrov", "2021-04-07")[0].score


STANDING = {
    "in office": ("Angela Merkel", "2017-04-01", "held", "GOV"),
    "former": ("Angela Merkel", "2023-04-01", "past", "ELI"),
    "not yet": ("Volodymyr Zelensky", "2015-01-01", "future", ""),
    "undated, long out of office": ("Laurent Gbagbo", "", "past", "ELI"),
    "undated, in office when last known": ("Vladimir Putin", "", "held", "GOV"),
    "an end that is not known, before a successor": ("Ali Khamenei", "2015-01-01", "held", "GOV"),
}


@pytest.mark.parametrize(("name", "date", "when", "sector"), STANDING.values(), ids=STANDING.keys())
def test_standing(people: People, name: str, date: str, when: str, sector: str) -> None:
    standing = people.standing(people.find(name)[0].person, date)
    assert (standing.when, standing.sector) == (when, sector)


def test_who_served_a_state_and_an_international_body_is_one_person(people: People) -> None:
    (match,) = people.find("Antonio Guterres")
    assert people.standing(match.person, "2000-01-01").term.country == "PRT"
    assert people.standing(match.person, "2020-01-01").term.country == "UNO"


def test_holders(people: People) -> None:
    assert [term.name for term in people.holders("PAK", "prime minister", "2021-04-07")] == ["Imran Khan"]
    assert [term.name for term in people.holders("GBR", "foreign minister", "2019-01-01")] == ["Jeremy Hunt"], "by rank"
    assert people.holders("PAK", "prime minister", "") == []
