"""One key for the spellings of one name, different keys for different names."""

from __future__ import annotations

import pytest

from dragoman.knowledge.folding import alike, folded, folded_given

SAME = {
    "Ukrainian": "Zelensky Zelenskyy Zelenskiy Zelenskii Zelenskyi",
    "Libyan": "Gaddafi Qaddafi Gadhafi Qadhafi Kadafi",
    "Kazakh": "Tokayev Tokaev",
    "Russian": "Yeltsin Eltsin",
    "Turkish": "Erdoğan Erdogan",
    "Persian": "Ahmadinejad Ahmadinezhad Ahmedinejad",
    "Chinese": "Xiao Hsiao",
    "Chinese affricate": "Zhou Chou",
    "Korean": "Jeong Jong",
    "Arabic": "Hussein Hussain Husayn",
    "article within": "Abdel-Fattah Abdul-Fattah Abdelfattah",
}


@pytest.mark.parametrize("spellings", SAME.values(), ids=SAME.keys())
def test_spellings_of_one_name_have_one_key(spellings: str) -> None:
    assert len({folded(spelling) for spelling in spellings.split()}) == 1


@pytest.mark.parametrize(("one", "two"), [("Putin", "Patten"), ("Merkel", "Markle"), ("Sharif", "Sherif's"), ("Obama", "Osama")])
def test_other_names_have_other_keys(one: str, two: str) -> None:
    assert folded(one) != folded(two)


def test_given_names_of_the_table_are_one() -> None:
    assert len({folded_given(name) for name in ("Vladimir", "Volodymyr", "Uladzimir")}) == 1
    assert folded_given("Mehmet") == folded_given("Muhammad")


def test_a_coarse_key_is_not_enough_for_a_surname_alone() -> None:
    assert alike("qaddafi", "gadhafi")
    assert not alike("shell", "sall")
