"""Actor dictionaries in PETRARCH's format, on a sample of our own."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import InputError
from dragoman.knowledge.dictionaries import read_dictionary
from dragoman.knowledge.overlay import Entry

SAMPLE = """\
# a small dictionary of people who do not exist
<!-- and of bodies -->
GRETA_AHLSTROM_  ; of the north
+MINISTER_AHLSTROM_
\t[NORELI <20211014]
\t[NORGOV 20211014-20250301]
\t[NORELI >250301]   ; years of two figures too

RIVER_FRONT_OF_KENYA_ [KENREB 991231-20100105][KENOPP 20100106-]
+RFK_
MINISTRY_OF_FISHERIES_ [NORGOV 19900101-20000101]
COAST_DOCTORS_ [NGOHLH]
TALIBAN_WATCH_ [IGOUNO]
DAILY_FJORD_ [NORMED]
SOMEBODY_ODD_ [---]
NORWAY_ [NOR]
+NORWEGIAN_
KVEN_FRONT_ [NORKVNINS]
UNION_OF_FISHERS_ [IGOEUREEC]
FISHERS_CLUB_ [IGOEURFSH]
DESERT_FRONT_ [NAFREB]
"""


@pytest.fixture
def dictionary(tmp_path: Path):
    def writes(text: str) -> Path:
        path = tmp_path / "sample.actors.txt"
        path.write_text(text, encoding="utf-8")
        return path

    return writes


def test_names_synonyms_codes_and_dates_are_read(dictionary):
    entries = read_dictionary(dictionary(SAMPLE))
    assert entries[:3] == [
        Entry("Greta Ahlstrom", ("Minister Ahlstrom",), "person", "NOR", "ELI", "", "", "2021-10-13"),
        Entry("Greta Ahlstrom", ("Minister Ahlstrom",), "person", "NOR", "GOV", "", "2021-10-14", "2025-03-01"),
        Entry("Greta Ahlstrom", ("Minister Ahlstrom",), "person", "NOR", "ELI", "", "2025-03-02", ""),
    ]
    front = ("Rfk", "RFK")
    assert entries[3:5] == [
        Entry("River Front of Kenya", front, "organization", "KEN", "REB", "", "1999-12-31", "2010-01-05"),
        Entry("River Front of Kenya", front, "organization", "KEN", "OPP", "", "2010-01-06", ""),
    ]


def test_codes_become_country_and_sector_of_plover(dictionary):
    told = {entry.name: (entry.country, entry.sector) for entry in read_dictionary(dictionary(SAMPLE))}
    assert told["Coast Doctors"] == ("NGO", "MED")  # CAMEO's HLH
    assert told["Daily Fjord"] == ("NOR", "JRN")  # CAMEO's MED is the media
    assert told["Taliban Watch"] == ("UNO", "")
    assert told["Kven Front"] == ("NOR", "REB")  # the people in the middle is passed over
    assert (told["Union of Fishers"], told["Fishers Club"]) == (("EUR", ""), ("IGO", ""))  # the Union, and only a region
    assert told["Desert Front"] == ("", "REB")
    assert "Somebody Odd" not in told  # PETRARCH's code for none
    assert "Norway" not in told  # the tables know it better


def test_a_body_in_office_for_a_time_is_no_person(dictionary):
    kinds = {entry.name: entry.kind for entry in read_dictionary(dictionary(SAMPLE))}
    assert (kinds["Ministry of Fisheries"], kinds["Greta Ahlstrom"]) == ("organization", "person")


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("OLA_BERG_ [NORGOV]\nANN_BERG_ [QQQGOV]\n", 2, "unknown country 'QQQ'"),
        ("OLA_BERG_\n\t[NORGOV 20210101-20200101]\n", 2, r"ends \(2020-01-01\) before it starts \(2021-01-01\)"),
        ("OLA_BERG_\n\t[NORGOV 20211301-]\n", 2, "'20211301' is no date; expected YYYYMMDD or YYMMDD"),
        ("OLA_BERG_\n\t[NORGOV <2021]\n", 2, "'2021' is no date"),
        ("\t[NORGOV]\n", 1, "a code or synonym stands before any name"),
        ("+OLA_\n", 1, "a code or synonym stands before any name"),
        ("OLA_BERG_ [NORGOV\n", 1, "cannot read"),
        ("OLA_BERG_\n  GOV\n", 2, "cannot read 'GOV'"),
        ("OLA_BERG_ []\n", 1, "cannot read the code ''"),
        ("# head\nOLA_BERG_\nANN_BERG_ [NORGOV]\n", 2, "'Ola Berg' has no code"),
        ("SOLDIER_ [~MIL]\n", 1, "belongs to a dictionary of agents"),
    ],
)
def test_a_fault_is_named_by_file_and_line(dictionary, text, line, said):
    path = dictionary(text)
    with pytest.raises(InputError, match=said) as caught:
        read_dictionary(path)
    assert str(caught.value).startswith(f"{path}, line {line}: ")


def test_an_empty_dictionary_is_said(dictionary):
    with pytest.raises(InputError, match="holds no actor"):
        read_dictionary(dictionary("# nothing\n"))
