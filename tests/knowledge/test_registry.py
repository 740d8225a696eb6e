"""The registry: what it learns of whom, what it leaves, what a user may do to it, and that nothing is half done."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from dragoman.errors import InputError, UsageError
from dragoman.knowledge.overlay import Entry
from dragoman.knowledge.registry import Registry, open_registry, overlay_of
from made_records import person, record

AHLSTROM = person("Greta Ahlstrom", "Foreign Minister", "NOR")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "actors.duckdb"


def learn(path: Path, *records):
    with open_registry(path, write=True) as registry:
        return registry.learn(records)


def content(path: Path) -> str:
    """All rows of a file, as text that can be compared."""
    with duckdb.connect(str(path), read_only=True) as connection:
        tables = ("reports", "actors", "spellings", "readings", "entries")
        return json.dumps([sorted(connection.execute(f"SELECT * FROM {table}").fetchall(), key=str) for table in tables])


# -- learning ---------------------------------------------------------------------------------------------------------


def test_an_office_is_kept_with_report_date_and_words(path):
    words = "Norwegian Foreign Minister Greta Ahlstrom"
    learnt = learn(path, record("r1", "2023-05-04", person("Greta Ahlstrom", "Foreign Minister", "NOR", words=words)))
    assert (learnt.new, learnt.readings) == (1, 1)
    with open_registry(path) as registry:
        found = registry.find("Greta Ahlstrom")
    (finding,) = found.findings
    assert (finding.office, finding.country, finding.sector) == ("foreign minister", "NOR", "GOV")
    assert (finding.first, finding.last, finding.reports, finding.report, finding.words) == ("2023-05-04", "2023-05-04", 1, "r1", words)


def test_titles_of_one_office_are_one_finding(path):
    other = person("Greta Ahlstrom", "external affairs minister", "NOR")
    learn(path, record("r1", "2023-05-04", AHLSTROM), record("r2", "2023-06-01", other))
    with open_registry(path) as registry:
        assert [(f.office, f.reports, f.last) for f in registry.find("ahlstrom").findings] == [("foreign minister", 2, "2023-06-01")]


@pytest.mark.parametrize(
    "actor",
    [
        person("Ahlstrom", "Foreign Minister", "NOR"),  # a surname is nobody in particular
        person("Greta Ahlstrom", "Foreign Minister", ""),
        person("Greta Ahlstrom", "", "NOR"),
        person("Greta Ahlstrom", "Foreign Minister", "NOR", words="Greta Ahlstrom"),  # the office was filled in, not read
        person("the Norwegian ambassador", "ambassador", "NOR", words="the Norwegian ambassador"),
        person("Norwegian Ambassador", "Ambassador", "NOR", words="Norwegian Ambassador"),
        person("her lawyer", "lawyer", "NOR", words="her lawyer"),
        person("Greta Ahlstrom", "Ms.", "NOR"),
        person("Greta Ahlstrom - Swedish", "Governor", "NOR"),  # a name that the coder has cut wrongly
        AHLSTROM.model_copy(update={"kind": "organization"}),
    ],
)
def test_what_tells_no_office_of_a_person_is_left(path, actor):
    assert learn(path, record("r1", "2023-05-04", actor)).readings == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Governor Ola Berg", False),
        ("Norwegian Governor Ola Berg", True),
        ("Norway's Governor Ola Berg", True),
        ("Governor Ola Berg of Norway", True),
        ("Swedish Governor Ola Berg", False),
    ],
)
def test_a_single_report_must_tell_the_country_in_words_to_be_used(path, words, told):
    learn(path, record("r1", "2023-05-04", person("Ola Berg", "Governor", "NOR", words=words)))
    assert (overlay_of(None, path).read("Ola Berg", "2023-05-05") is not None) == told


@pytest.mark.parametrize("name", ["Abdel Fattah al-Nadi", "Pieter van der Veen", "Dilma da Costa", "J. Ahlstrom", "Li Wen"])
def test_names_with_small_words_are_full_names(path, name):
    assert learn(path, record("r1", "2023-05-04", person(name, "Governor", "NOR"))).readings == 1


def test_the_same_report_again_changes_nothing(path):
    records = [record("r1", "2023-05-04", AHLSTROM), record("r2", "2023-05-05", AHLSTROM)]
    learn(path, *records)
    before = content(path)
    again = learn(path, *records)
    assert (again.new, again.known, again.readings) == (0, 2, 0)
    assert content(path) == before


def test_one_text_under_two_ids_is_one_report(path):
    learn(path, record("r1", "2023-05-04", AHLSTROM, text="same"), record("copy", "2023-05-05", AHLSTROM, text="same"))
    with open_registry(path) as registry:
        assert registry.find("Ahlstrom").findings[0].reports == 1


def test_a_record_that_now_says_otherwise_replaces_the_old_reading(path):
    learn(path, record("r1", "2023-05-04", AHLSTROM))
    learnt = learn(path, record("r1", "2023-05-04", person("Greta Ahlstrom", "Defence Minister", "NOR")))
    assert (learnt.new, learnt.changed) == (0, 1)
    with open_registry(path) as registry:
        assert [finding.office for finding in registry.find("Ahlstrom").findings] == ["defence minister"]
    learn(path, record("r1", "2023-05-04"))  # nobody in it any more
    with open_registry(path) as registry:
        assert list(registry.profiles()) == []


def test_readings_that_conflict_are_all_shown(path):
    swedish = person("Greta Ahlstrom", "Foreign Minister", "SWE")
    learn(path, record("r1", "2023-05-04", AHLSTROM), record("r2", "2023-05-05", AHLSTROM), record("r3", "2023-05-06", swedish))
    with open_registry(path) as registry:
        found = registry.find("Ahlstrom")
        assert [(finding.country, finding.reports) for finding in found.findings] == [("NOR", 2), ("SWE", 1)]
        assert found.contradictions == ["country: NOR (2), SWE (1)"]
        assert registry.overlay().read("Greta Ahlstrom", "2023-05-05") is None  # two of three do not prevail


# -- the user's own ---------------------------------------------------------------------------------------------------


def test_a_correction_wins_and_ends_the_conflict(path):
    swedish = person("Greta Ahlstrom", "Foreign Minister", "SWE")
    learn(path, record("r1", "2023-05-04", AHLSTROM), record("r3", "2023-05-06", swedish))
    for _ in range(2):  # twice alike is once
        with open_registry(path, write=True) as registry:
            found = registry.correct("Ahlstrom", country="SWE", first="2023")
    assert [(item.entry.country, item.entry.office, item.entry.first, item.source) for item in found.entries] == [
        ("SWE", "foreign minister", "2023", "by hand")
    ]
    assert found.contradictions == []
    named = overlay_of(None, path).own("Greta Ahlstrom", "2023-05-05")
    assert named is not None and named.country == "SWE"


def test_a_correction_says_something_of_somebody(path):
    learn(path, record("r1", "2023-05-04", AHLSTROM))
    with pytest.raises(UsageError, match="--office, --country or --sector"), open_registry(path, write=True) as registry:
        registry.correct("Ahlstrom")
    with pytest.raises(InputError, match="no actor 'Bergstrom'"), open_registry(path, write=True) as registry:
        registry.correct("Bergstrom", country="NOR")
    with pytest.raises(InputError, match="ends"), open_registry(path, write=True) as registry:
        registry.correct("Ahlstrom", country="NOR", first="2023-05", last="2022")


def test_entries_join_what_was_read_and_the_same_file_replaces_itself(path):
    learn(path, record("r1", "2023-05-04", AHLSTROM))
    mine = [Entry("Greta Ahlstrom", ("G. Ahlström-Vik",), country="NOR", office="foreign minister", first="2022", last="2024")]
    with open_registry(path, write=True) as registry:
        assert registry.take([*mine, Entry("Ola Berg", country="NOR", sector="OPP")], "mine.csv") == 2
    with open_registry(path, write=True) as registry:
        registry.take(mine, "mine.csv")
    with open_registry(path) as registry:
        (found,) = registry.profiles()  # Berg went with the file's old form
        assert found.spellings == ["G. Ahlström-Vik", "Greta Ahlstrom"]
        assert len(found.entries) == len(found.findings) == 1


def test_the_file_taken_in_last_goes_before_the_first_and_a_correction_before_both(path):
    for source, country in (("old.csv", "SWE"), ("new.csv", "DNK")):
        with open_registry(path, write=True) as registry:
            registry.take([Entry("Greta Ahlstrom", country=country, sector="GOV")], source)
    with open_registry(path, write=True) as registry:
        assert [item.source for item in registry.find("Ahlstrom").entries] == ["new.csv", "old.csv"]
        assert [item.source for item in registry.correct("Ahlstrom", country="NOR").entries] == ["by hand", "new.csv", "old.csv"]


# -- merging and splitting --------------------------------------------------------------------------------------------


def test_merged_actors_stay_one(path):
    short = person("G. Ahlstrom", "Foreign Minister", "NOR")
    learn(path, record("r1", "2023-05-04", AHLSTROM), record("r2", "2023-05-05", short))
    with open_registry(path, write=True) as registry:
        found = registry.merge("Greta Ahlstrom", "G. Ahlstrom")
    assert (found.name, found.spellings, found.findings[0].reports) == ("Greta Ahlstrom", ["Greta Ahlstrom", "G. Ahlstrom"], 2)
    learn(path, record("r3", "2023-05-06", short))
    with open_registry(path, write=True) as registry:
        assert [profile.findings[0].reports for profile in registry.profiles()] == [3]
        with pytest.raises(UsageError, match="one actor already"):
            registry.merge("Greta Ahlstrom", "G. Ahlstrom")


def test_a_merge_is_undone_by_spelling(path):
    learn(path, record("r1", "2023-05-04", AHLSTROM), record("r2", "2023-05-05", person("Gunnar Ahlstrom", "Governor", "NOR")))
    with open_registry(path, write=True) as registry:
        registry.merge("Greta Ahlstrom", "Gunnar Ahlstrom")
        found = registry.split("Greta Ahlstrom", spelling="Gunnar Ahlstrom")
        assert (found.name, [finding.office for finding in found.findings]) == ("Gunnar Ahlstrom", ["governor"])
        assert len(list(registry.profiles())) == 2


def test_one_name_of_two_persons_is_split_by_country_and_later_readings_follow(path):
    here, there = person("Li Wen", "Trade Minister", "SGP"), person("Li Wen", "Mayor", "CHN")
    learn(path, record("r1", "2023-05-04", here), record("r2", "2023-05-05", there))
    with open_registry(path, write=True) as registry:
        assert registry.split("Li Wen", country="CHN").findings[0].office == "mayor"
    learn(path, record("r3", "2023-06-04", here), record("r4", "2023-06-05", there))
    with open_registry(path) as registry:
        assert [(profile.findings[0].country, profile.findings[0].reports) for profile in registry.profiles()] == [("SGP", 2), ("CHN", 2)]
        with pytest.raises(InputError, match=r"#1 Li Wen, #2 Li Wen; give the number"):
            registry.find("Li Wen")
        assert registry.find("#2").findings[0].country == "CHN"


def test_a_split_needs_a_part(path):
    learn(path, record("r1", "2023-05-04", AHLSTROM))
    for given, said in (({}, "say what to split off"), ({"country": "SWE"}, "nothing"), ({"country": "NOR"}, "everything")):
        with pytest.raises(UsageError, match=said), open_registry(path, write=True) as registry:
            registry.split("Ahlstrom", **given)


def test_search_finds_words_and_misspellings(path):
    learn(path, record("r1", "2023-05-04", AHLSTROM, person("Ola Berg", "Governor", "NOR")))
    with open_registry(path) as registry:
        assert [found.name for found in registry.search("Ahlström")] == ["Greta Ahlstrom"]
        assert [found.name for found in registry.search("ahlstorm")] == ["Greta Ahlstrom"]
        assert registry.search("Zyx") == []
        with pytest.raises(InputError, match="no actor 'Ahlstorm'; near it: Greta Ahlstrom"):
            registry.find("Ahlstorm")


# -- the file ---------------------------------------------------------------------------------------------------------


def test_a_failure_leaves_nothing_behind(path):
    def broken():
        yield record("r1", "2023-05-04", AHLSTROM)
        raise RuntimeError("deep inside")

    with pytest.raises(RuntimeError), open_registry(path, write=True) as registry:
        registry.learn(broken())
    assert list(path.parent.iterdir()) == []
    learn(path, record("r0", "2023-05-01", AHLSTROM))
    before = content(path)
    with pytest.raises(RuntimeError), open_registry(path, write=True) as registry:
        registry.learn(broken())
    assert content(path) == before


def test_a_run_killed_in_the_middle_leaves_the_registry_as_it_was(path):
    learn(path, record("r0", "2023-05-01", AHLSTROM))
    before = content(path)
    script = (
        "import os, sys\nfrom pathlib import Path\nfrom dragoman.knowledge.registry import open_registry\n"
        "from made_records import person, record\n"
        "with open_registry(Path(sys.argv[1]), write=True) as registry:\n"
        "    registry.learn([record('r1', '2023-05-04', person('Ola Berg', 'Governor', 'NOR'))])\n    os._exit(9)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(path)], env=_environment(), check=False)
    assert done.returncode == 9
    assert content(path) == before


def test_a_second_writer_is_told_to_wait(path):
    learn(path, record("r1", "2023-05-04", AHLSTROM))
    script = (
        "import duckdb, sys, time\nc = duckdb.connect(sys.argv[1])\nprint('open', flush=True)\ntime.sleep(60)"
    )  # fmt: skip
    holder = subprocess.Popen([sys.executable, "-c", script, str(path)], stdout=subprocess.PIPE, env=_environment())
    try:
        assert holder.stdout is not None and holder.stdout.readline()
        with pytest.raises(InputError, match="in use by another process"):
            learn(path, record("r2", "2023-05-05", AHLSTROM))
        with pytest.raises(InputError, match="in use by another process"), open_registry(path):
            pass
    finally:
        holder.terminate()
        holder.wait()


def _environment() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


def test_what_is_no_registry_is_refused_and_left_as_it_is(path, tmp_path):
    for name, data in (("notes.txt", b"no database at all, but some words"), ("empty", b"")):
        other = tmp_path / name
        other.write_bytes(data)
        with pytest.raises(InputError, match="is no DuckDB file, so no registry of actors"):
            learn(other, record("r1", "2023-05-04", AHLSTROM))
        assert other.read_bytes() == data
    foreign = tmp_path / "foreign.duckdb"
    with duckdb.connect(str(foreign)) as connection:
        connection.execute("CREATE TABLE mine (a INTEGER)")
    with pytest.raises(InputError, match="a DuckDB file of something else and no registry"):
        learn(foreign, record("r1", "2023-05-04", AHLSTROM))
    with duckdb.connect(str(foreign)) as connection:
        assert connection.execute("SHOW TABLES").fetchall() == [("mine",)]
    with pytest.raises(InputError, match="is a directory"):
        learn(tmp_path, record("r1", "2023-05-04", AHLSTROM))
    with pytest.raises(InputError, match="there is no such registry of actors; make it with `dragoman actors learn"), open_registry(path):
        pass


def test_a_registry_of_a_newer_form_asks_for_an_update(path):
    learn(path, record("r1", "2023-05-04", AHLSTROM))
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE dragoman SET version = 99")
    with pytest.raises(InputError, match=r"newer Dragoman \(form 99, this one knows 1\); update"), open_registry(path):
        pass


def test_a_damaged_registry_is_said(path):
    learn(path, record("r1", "2023-05-04", AHLSTROM))
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 4])
    with pytest.raises(InputError, match="cannot be used"), open_registry(path) as registry:
        list(registry.profiles())


def test_ten_thousand_reports_are_learnt(path):
    records = [record(f"r{n}", f"2023-{n % 12 + 1:02}-01", person(f"Greta N{n % 900} Ahlstrom", "Governor", "NOR")) for n in range(10_000)]
    assert learn(path, *records).readings == 10_000
    with open_registry(path) as registry:
        assert isinstance(registry, Registry)
        overlay = registry.overlay()
    assert len(overlay) == 1800  # as written and in small letters
