"""The commands of the registry and the gazetteer: what each prints and writes, and every kind of bad input."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path

import pytest

from dragoman import cli
from fakes import TEXT, FakeCoder
from made_dumps import GEONAMES, WIKIDATA, dumped
from made_records import person, record, written


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with records of three reports, in which the commands run."""
    monkeypatch.chdir(tmp_path)
    greta = person("Greta Ahlstrom", "Foreign Minister", "NOR")
    written(
        tmp_path / "records.jsonl",
        record("r1", "2023-05-04", greta, person("Ola Berg", "Governor", "NOR")),
        record("r2", "2023-06-01", greta),
        record("r3", "2023-06-02", person("Ola Berg", "Governor", "SWE")),
    )
    return tmp_path


@pytest.fixture
def run(desk, capsys):
    """Run the command line; its exit code, standard output and standard error."""

    def runs(*arguments: object) -> tuple[int, str, str]:
        code = cli.run([str(argument) for argument in arguments])
        out = capsys.readouterr()
        return code, out.out, out.err

    return runs


@pytest.fixture
def learnt(run):
    assert run("actors", "learn", "records.jsonl")[0] == 0
    return run


def lines(out: str) -> list[list[str]]:
    return [line.split("\t") for line in out.splitlines()]


# -- commands ---------------------------------------------------------------------------------------------------------


def test_learn_says_what_was_new_and_what_was_known(run):
    code, out, err = run("actors", "learn", "records.jsonl", "--registry", "other.duckdb")
    assert (code, out) == (0, "")
    assert "other.duckdb: 4 readings from 3 new reports, 0 changed, 0 known already" in err
    assert (
        "0 readings from 0 new reports, 0 changed, 3 known already"
        in run("actors", "learn", "records.jsonl", "--registry", "other.duckdb")[2]
    )


def test_list_is_a_table_of_what_is_best_known(learnt):
    code, out, _ = learnt("actors", "list")
    assert code == 0
    assert lines(out) == [
        ["number", "name", "country", "sector", "office", "from", "to", "reports", "contradictions"],
        ["#1", "Greta Ahlstrom", "NOR", "GOV", "foreign minister", "2023-05-04", "2023-06-01", "2", ""],
        ["#2", "Ola Berg", "NOR", "GOV", "governor", "2023-05-04", "2023-05-04", "2", "country: NOR (1), SWE (1)"],
    ]
    assert [line[1] for line in lines(learnt("actors", "list", "--contradictions")[1])[1:]] == ["Ola Berg"]
    assert [line[1] for line in lines(learnt("actors", "list", "--country", "swe")[1])[1:]] == ["Ola Berg"]


def test_on_a_terminal_there_is_a_table_without_empty_columns(learnt, monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    out = learnt("actors", "search", "ahlstrom")[1]
    assert "foreign" in out and "2023-05-04" in out
    assert "contradictions" not in out and "\t" not in out


def test_search_forgives_misspellings(learnt):
    assert [line[1] for line in lines(learnt("actors", "search", "ahlstorm")[1])[1:]] == ["Greta Ahlstrom"]
    assert lines(learnt("actors", "search", "nobody")[1])[1:] == []


def test_show_tells_the_reports_and_words_and_asks_to_decide(learnt):
    _, out, _ = learnt("actors", "show", "berg")
    assert "#2 Ola Berg (person)" in out
    assert "governor\tNOR\tGOV\t2023-05-04\t2023-05-04\t1\tr1\tGovernor Ola Berg" in out
    assert "reports disagree on the country: NOR (1), SWE (1); say which is right: dragoman actors correct '#2'" in out


def test_correct_decides(learnt):
    code, out, _ = learnt("actors", "correct", "berg", "--country", "Sweden", "--from", "2023", "--to", "2024-06")
    assert code == 0
    assert "governor\tSWE\tGOV\t2023\t2024-06\tby hand" in out
    assert "disagree" not in out


def test_merge_and_split(learnt):
    assert "also: Ola Berg" in learnt("actors", "merge", "Greta Ahlstrom", "berg")[1]
    assert "#2 Ola Berg (person)" in learnt("actors", "split", "Greta Ahlstrom", "--spelling", "Ola Berg")[1]
    assert "#3 Ola Berg (person)" in learnt("actors", "split", "berg", "--country", "Sweden")[1]
    code, _, err = learnt("actors", "show", "Ola Berg")
    assert (code, "#2 Ola Berg, #3 Ola Berg" in err) == (2, True)
    assert learnt("actors", "show", "#3")[0] == 0


def test_export_can_be_imported(learnt, desk):
    learnt("actors", "correct", "berg", "--office", "mayor")
    code, _, err = learnt("actors", "export", "-o", "actors.csv")
    assert (code, "actors.csv: 4 lines" in err) == (0, True)
    with (desk / "actors.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [(row["name"], row["office"], row["source"], row["reports"]) for row in rows] == [
        ("Greta Ahlstrom", "foreign minister", "read", "2"),
        ("Ola Berg", "mayor", "by hand", ""),
        ("Ola Berg", "governor", "read", "1"),
        ("Ola Berg", "governor", "read", "1"),
    ]
    assert "4 entries from actors.csv" in learnt("actors", "import", "actors.csv", "--registry", "copy.duckdb")[2]


def test_import_takes_tables_dictionaries_and_dumps(run, desk):
    (desk / "mine.csv").write_text("name,country,sector\nRiver Front,Kenya,REB\n", encoding="utf-8")
    (desk / "some.actors.txt").write_text("OLA_BERG_\n\t[NORELI]\n", encoding="utf-8")
    (desk / "part.json.gz").write_bytes(gzip.compress(dumped(WIKIDATA)))
    for file, count in (("mine.csv", 1), ("some.actors.txt", 1), ("part.json.gz", 3)):
        code, _, err = run("actors", "import", file)
        assert (code, f"{count} entries from {file}" in err) == (0, True)
    assert [line[1] for line in lines(run("actors", "list")[1])[1:]] == ["Greta Ahlstrom", "Ola Berg", "River Front"]
    assert "4 entries" in run("actors", "import", "part.json.gz", "--since", "1940")[2]
    (desk / "table.txt").write_text("name,country\nAnn Berg,NOR\n", encoding="utf-8")
    assert run("actors", "import", "table.txt", "--format", "csv")[0] == 0


def test_gazetteer_build_says_what_it_holds(run, desk):
    (desk / "PK.txt").write_text(GEONAMES + "\n", encoding="utf-8")
    code, out, err = run("gazetteer", "build", "PK.txt", "-o", "pakistan.duckdb")
    assert (code, out) == (0, "")
    assert "pakistan.duckdb: 7 places under 8 names" in err
    assert run("gazetteer", "build", "PK.txt", "--classes", "ap")[0] == 0
    assert (desk / "places.duckdb").exists()


def test_every_command_has_an_example_and_no_command_is_no_traceback(run):
    for group, commands in (
        ("actors", ("learn", "import", "list", "search", "show", "merge", "split", "correct", "export")),
        ("gazetteer", ("build",)),
    ):
        assert run(group)[0] == 2
        for command in commands:
            assert f"dragoman {group} {command} " in run(group, command, "--help")[1]


# -- bad input --------------------------------------------------------------------------------------------------------


def test_a_bad_file_leaves_no_registry(run, desk):
    (desk / "bad.jsonl").write_text((desk / "records.jsonl").read_text(encoding="utf-8") + "{}\n", encoding="utf-8")
    (desk / "bad.csv").write_text("name,country\nOla Berg,NOR\nAnn Berg,NRO\n", encoding="utf-8")
    (desk / "cut.json.gz").write_bytes(gzip.compress(dumped(WIKIDATA))[:-9])
    (desk / "bad.actors.txt").write_text("OLA_BERG_\n[QQQ]\n", encoding="utf-8")
    for arguments, said in (
        (("learn", "bad.jsonl"), "bad.jsonl, line 4: is no record"),
        (("learn", "nowhere.jsonl"), "nowhere.jsonl: there is no such file"),
        (("learn", "."), "is a directory"),
        (("import", "bad.csv"), "bad.csv, line 3: unknown country 'NRO'"),
        (("import", "cut.json.gz"), "is cut off behind line"),
        (("import", "bad.actors.txt"), "bad.actors.txt, line 2: unknown country 'QQQ'"),
        (("import", "nowhere.csv"), "there is no such file"),
        (("import", "bad.csv", "--since", "soon"), "expected a date"),
    ):
        code, out, err = run("actors", *arguments)
        assert (code, out) == (2, ""), arguments
        assert said in err
        assert "Traceback" not in err
        assert not (desk / "actors.duckdb").exists()


def test_an_import_with_a_fault_leaves_the_registry_as_it_was(learnt, desk):
    before = learnt("actors", "list")[1]
    (desk / "bad.csv").write_text("name,country,from,to\nOla Berg,NOR,,\nAnn Berg,NOR,2021,2020\n", encoding="utf-8")
    assert "bad.csv, line 3: ends (2020) before it starts (2021)" in learnt("actors", "import", "bad.csv")[2]
    assert learnt("actors", "list")[1] == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("show", "Nobody"), "no actor 'Nobody'"),
        (("show", "Ahlstorm"), "near it: Greta Ahlstrom"),
        (("merge", "berg", "Ola Berg"), "one actor already"),
        (("split", "berg"), "say what to split off"),
        (("split", "berg", "--country", "DNK"), "nothing was split off"),
        (("split", "berg", "--country", "Atlantis"), "unknown country 'Atlantis'"),
        (("correct", "berg"), "say what is right"),
        (("correct", "berg", "--country", "NRO"), "--country: unknown country 'NRO'"),
        (("correct", "berg", "--sector", "KING"), "--sector: unknown sector 'KING'"),
        (("correct", "berg", "--sector", "GOV", "--from", "2.1.2023"), "--from is '2.1.2023'"),
        (("correct", "berg", "--sector", "GOV", "--from", "2023", "--to", "2022"), "ends (2022) before it starts (2023)"),
        (("export", "-o", "nowhere/actors.csv"), "cannot be written"),
        (("list", "--registry", "nowhere.duckdb"), "there is no such registry of actors"),
        (("list", "--registry", "records.jsonl"), "is no DuckDB file, so no registry of actors"),
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(learnt, arguments, said):
    before = learnt("actors", "list")[1]
    code, _, err = learnt("actors", *arguments)
    assert (code, "Traceback" in err) == (2, False)
    assert said in err
    assert learnt("actors", "list")[1] == before


def test_a_gazetteer_that_cannot_be_built_is_said(run, desk):
    (desk / "bad.txt").write_text("id,name\n", encoding="utf-8")
    for arguments, said in (
        (("bad.txt",), "bad.txt, line 1: has 1 columns"),
        (("nowhere.txt",), "no such file"),
        (("bad.txt", "--classes", "PX"), "X"),
    ):
        code, _, err = run("gazetteer", "build", *arguments)
        assert (code, said in err, (desk / "places.duckdb").exists()) == (2, True, False)


# -- code -------------------------------------------------------------------------------------------------------------


def test_code_lays_the_user_s_files_over_the_tables(learnt, desk, monkeypatch):
    made: list[dict[str, object]] = []

    def coder(**given: object) -> FakeCoder:
        made.append(given)
        return FakeCoder()

    monkeypatch.setattr("dragoman.coding.coder.Coder", coder)
    (desk / "report.txt").write_text(TEXT, encoding="utf-8")
    (desk / "mine.csv").write_text("name,country\nAnn Berg,NOR\n", encoding="utf-8")
    (desk / "PK.txt").write_text(GEONAMES + "\n", encoding="utf-8")
    learnt("gazetteer", "build", "PK.txt")
    options = ("--actors", "mine.csv", "--registry", "actors.duckdb", "--gazetteer", "places.duckdb")
    code, out, _ = learnt("code", "report.txt", *options)
    assert (code, json.loads(out)["report"]["id"]) == (0, "report")
    (given,) = made
    overlay, world = given["overlay"], given["world"]
    assert overlay.own("Ann Berg", "2023-05-05").country == "NOR"
    assert overlay.read("Greta Ahlstrom", "2023-05-05").office == "foreign minister"
    assert world.candidates("Zerghunkot")


def test_code_refuses_bad_files_before_anything_is_coded(run, desk):
    (desk / "report.txt").write_text(TEXT, encoding="utf-8")
    (desk / "bad.csv").write_text("name,country\nAnn Berg,NRO\n", encoding="utf-8")
    for option, file, said in (
        ("--actors", "bad.csv", "bad.csv, line 2: unknown country"),
        ("--registry", "nowhere.duckdb", "there is no such registry"),
        ("--gazetteer", "bad.csv", "is no DuckDB file, so no gazetteer"),
    ):
        code, out, err = run("code", "report.txt", "-o", "out.jsonl", option, file)
        assert (code, out, said in err, (desk / "out.jsonl").exists()) == (2, "", True, False)
