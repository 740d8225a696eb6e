"""What the tables answer: whom a name means on a day, who held an office, what a noun or title tells."""

from __future__ import annotations

import pytest

from dragoman.knowledge import base
from dragoman.knowledge.base import Knowledge, Named, name_words, plain, surname_key, surname_of, word_class


def known() -> Knowledge:
    return base.load()


@pytest.mark.parametrize(
    ("name", "country", "role"),
    [
        ("Pakistan", "PAK", "name"),
        ("the United States", "USA", "name"),
        ("U.S.", "USA", "name"),
        ("Côte d’Ivoire", "CIV", "name"),
        ("Moscow", "RUS", "capital"),
        ("the Kremlin", "RUS", "metonym"),
        ("Downing Street", "GBR", "metonym"),
        ("Bundestag", "DEU", "institution"),
        ("Hezbollah", "LBN", "organization"),
        ("Kurdistan Workers' party", "TUR", "organization"),
    ],
)
def test_names_tell_their_country(name: str, country: str, role: str) -> None:
    entry = known().named(name)
    assert entry is not None
    assert (entry.country, entry.role) == (country, role)


def test_small_letters_are_no_name() -> None:
    assert known().named("turkey") is None
    assert known().named("us") is None


def test_an_unknown_name_is_none() -> None:
    assert known().named("Zubrowka") is None


@pytest.mark.parametrize(
    ("country", "office", "date", "holder"),
    [
        ("RUS", "foreign minister", "2021-04-07", "Sergei Lavrov"),
        ("PAK", "external affairs minister", "2021-04-07", "Shah Mehmood Qureshi"),
        ("DEU", "chancellor", "2015-06-01", "Angela Merkel"),
        ("USA", "president", "2016-12-31", "Barack Obama"),
        ("USA", "president", "2017-01-21", "Donald Trump"),
    ],
)
def test_holder_of_an_office_on_a_day(country: str, office: str, date: str, holder: str) -> None:
    term = known().holder(country, office, date)
    assert term is not None
    assert plain(term.name) == plain(holder)


def test_no_holder_without_a_date() -> None:
    assert known().holder("RUS", "president", "") is None


def test_no_holder_where_several_held_the_office() -> None:
    knowledge = Knowledge()
    terms = [Named(name, "person", "UTO", "GOV", "leader", "president", "2000", "2010") for name in ("Ann Ash", "Ben Birch")]
    knowledge._terms["UTO", "president"] = terms
    assert knowledge.holder("UTO", "president", "2005-01-01") is None
    assert knowledge.holder("UTO", "president", "2011-01-01") is None
    knowledge._terms["UTO", "president"] = terms[:1]
    assert knowledge.holder("UTO", "president", "2005-01-01") == terms[0]


def test_a_sure_term_comes_before_one_that_is_not() -> None:
    knowledge = Knowledge()
    unsure = Named("Ann Ash", "person", "UTO", "GOV", "leader", "president", "2000", "", False)
    sure = Named("Ben Birch", "person", "UTO", "GOV", "leader", "president", "2004", "")
    knowledge._terms["UTO", "president"] = [unsure, sure]
    assert knowledge.holder("UTO", "president", "2005-01-01") == sure
    assert knowledge.holder("UTO", "president", "2001-01-01") == unsure


def test_a_term_of_office_decides_what_a_name_means() -> None:
    knowledge = Knowledge()
    terms = [
        Named("Ann Ash", "person", "UTO", "GOV", "leader", "mayor", "2000", "2003"),
        Named("Ann Ash", "person", "UTO", "LEG", "leader", "speaker", "2004", "2006"),
    ]
    knowledge.names["Ann Ash"] = terms
    assert knowledge.named("Ann Ash", "2001-05-01") == terms[0]
    assert knowledge.named("Ann Ash", "2005-05-01") == terms[1]
    assert knowledge.named("Ann Ash", "2009-05-01") == terms[1]  # the last one held
    assert knowledge.named("Ann Ash") == terms[1]


@pytest.mark.parametrize(
    ("word", "code"),
    [("Pakistani", "PAK"), ("Pakistanis", "PAK"), ("South Korean", "KOR"), ("French", "FRA"), ("french", ""), ("Martian", "")],
)
def test_nationalities(word: str, code: str) -> None:
    assert known().nationality(word) == code


@pytest.mark.parametrize(
    ("title", "office"),
    [
        ("Minister of Foreign Affairs", "foreign minister"),
        ("External Affairs Minister", "foreign minister"),
        ("premier", "prime minister"),
        ("Lord High Butler", "lord high butler"),
    ],
)
def test_titles_have_a_standard_name(title: str, office: str) -> None:
    assert known().office_name(title) == office


@pytest.mark.parametrize(("name", "gender"), [("angela", "f"), ("vladimir", "m"), ("robin", ""), ("zubrowka", "")])
def test_given_names_of_women_and_men(name: str, gender: str) -> None:
    assert known().gender(name) == gender


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Joseph R. Biden Jr.", ["joseph", "r.", "biden"]),
        ("Abdel Fattah al-Sisi", ["abdel", "fattah", "sisi"]),
        ("Recep Tayyip Erdoğan", ["recep", "tayyip", "erdogan"]),
        ("Abdullah II", ["abdullah"]),
    ],
)
def test_words_of_a_name(name: str, words: list[str]) -> None:
    assert name_words(name) == words


@pytest.mark.parametrize(
    ("name", "country", "surname"),
    [
        ("Xi Jinping", "CHN", "xi"),
        ("Angela Merkel", "DEU", "merkel"),
        ("Abdullah II", "JOR", ""),
        ("Martin Kellerby Jr.", "USA", "kellerby"),
    ],
)
def test_surnames(name: str, country: str, surname: str) -> None:
    assert surname_of(name, country) == surname


def test_a_suffix_is_no_surname() -> None:
    assert not {"ii", "iii", "jr", "jr."} & set(known().leaders)


@pytest.mark.parametrize(("word", "key"), [("al-Assad", "assad"), ("Łukasz", "lukasz"), ("O’Brien", "o'brien"), ("Jean-Yves", "jean-yves")])
def test_words_of_names_are_compared_without_accents_and_articles(word: str, key: str) -> None:
    assert surname_key(word) == key


def test_first_words_spare_lookups_and_miss_no_name() -> None:
    knowledge = known()
    assert not knowledge.may_begin_name("Zubrowka")
    for name in ("Al", "Pakistan", "The", "Côte", "U.S."):
        assert knowledge.may_begin_name(name)
    assert all(knowledge.may_begin_name(name.split(" ")[0]) for name in knowledge.names)


def test_word_classes() -> None:
    assert "ally" in word_class("relation")
    with pytest.raises(KeyError):
        word_class("no such class")
