"""A user's table of actors: what is read, and every fault by file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import InputError
from dragoman.knowledge.imports import is_day, kind_of_file, read_actors, read_csv
from dragoman.knowledge.overlay import Entry

HEADER = "name,aliases,kind,country,sector,office,from,to\n"


@pytest.fixture
def table(tmp_path: Path):
    def writes(text: str | bytes) -> Path:
        path = tmp_path / "mine.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return writes


def test_a_table_is_read(table):
    path = table(
        "# my own actors\n"
        + HEADER
        + "Greta Ahlstrom,G. Ahlstrom | Ahlstrom of Oslo,person,nor,gov,External Affairs Minister,2021-10-14,2025\n"
        '\n"River Front, the",RF,,Kenya,reb,,2020-05,\n'
    )
    assert read_csv(path) == [
        Entry("Greta Ahlstrom", ("G. Ahlstrom", "Ahlstrom of Oslo"), "person", "NOR", "GOV", "foreign minister", "2021-10-14", "2025"),
        Entry("River Front, the", ("RF",), "organization", "KEN", "REB", "", "2020-05", ""),
    ]


def test_columns_may_be_few_and_in_any_order(table):
    assert read_csv(table("\ufeffcountry,name\nNGO,Doctors of the Coast\n")) == [Entry("Doctors of the Coast", (), "organization", "NGO")]


def test_what_an_export_tells_besides_is_passed_over(table):
    assert read_csv(table("name,country,source,reports,contradictions\nOla Berg,NOR,read,3,\n"))[0].country == "NOR"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("name,land\nOla Berg,NOR\n", 1, "unknown column 'land'; the columns are name, aliases, kind"),
        ("name;country\nOla Berg;NOR\n", 1, "unknown column 'name;country'"),
        ("country,office\nNOR,governor\n", 1, "the header lacks the column 'name'"),
        (HEADER + "Ola Berg,,person,NRO,,,,\n", 2, "unknown country 'NRO'"),
        ("name,country\nOla Berg,NOR\n\n# more\nAnn Berg,Norwey\n", 5, r"unknown country 'Norwey' \(did you mean Norway, NOR\?\)"),
        (HEADER + "Ola Berg,,person,NOR,KING,,,\n", 2, "unknown sector 'KING'; the sectors are GOV"),
        (HEADER + "Ola Berg,,human,NOR,,,,\n", 2, "unknown kind 'human'; the kinds are person"),
        (HEADER + "Ola Berg,,person,NOR,,,2021,2020-12\n", 2, r"ends \(2020-12\) before it starts \(2021\)"),
        (HEADER + "Ola Berg,,person,NOR,,,14.10.2021,\n", 2, "from is '14.10.2021'; expected a date"),
        (HEADER + "Ola Berg,,person,NOR,,,,2021-02-30\n", 2, "to is '2021-02-30'"),
        (HEADER + ",,person,NOR,,,,\n", 2, "has no name"),
        (HEADER + "Ola Berg,,person,,,,,\n", 2, "tells neither country nor sector nor office"),
        ("name,country\nBerg, Ola,NOR\n", 2, "3 fields where the header has 2"),
    ],
)
def test_a_fault_is_named_by_file_and_line(table, text, line, said):
    path = table(text)
    with pytest.raises(InputError, match=said) as caught:
        read_csv(path)
    assert str(caught.value).startswith(f"{path}, line {line}: ")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "holds no actor"),
        (HEADER.encode(), "holds no actor"),
        (b"name,country\nJos\xe9,PRT\n", "is not UTF-8"),
        (b"PK\x03\x04\0\0\0", "NUL byte"),
    ],
)
def test_what_is_no_table_is_named(table, data, said):
    with pytest.raises(InputError, match=said):
        read_csv(table(data))


def test_a_missing_file_and_a_directory_are_named(tmp_path):
    for path, said in ((tmp_path / "nowhere.csv", "there is no such file"), (tmp_path, "is a directory")):
        with pytest.raises(InputError, match=said):
            read_csv(path)


def test_the_kind_of_a_file_is_told_by_its_ending():
    names = {"mine.csv": "csv", "mine.tsv": "csv", "a.actors.txt": "petrarch", "latest-all.json.gz": "wikidata", "part.jsonl": "wikidata"}
    assert {name: kind_of_file(Path(name)) for name in names} == names


def test_a_kind_that_is_said_goes_before_the_ending(tmp_path):
    path = tmp_path / "actors.txt"
    path.write_text("name,country\nOla Berg,NOR\n", encoding="utf-8")
    assert next(iter(read_actors(path, "csv"))).name == "Ola Berg"


def test_days_are_as_precise_as_known():
    assert all(is_day(day) for day in ("2021", "2021-04", "2021-04-07", "2020-02-29"))
    assert not any(is_day(day) for day in ("", "21", "2021-13", "2021-4-7", "2021-02-29", "2021-04-07T00:00"))
