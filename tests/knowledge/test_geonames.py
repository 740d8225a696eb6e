"""The user's own gazetteer: built of a dump, looked up by name; every fault of a dump."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import duckdb
import pytest

from dragoman.errors import DragomanError, InputError
from dragoman.knowledge.gazetteer import Gazetteer
from dragoman.knowledge.geonames import World, build
from dragoman.knowledge.geonames import _codes as codes
from dragoman.knowledge.tables import DATA, read_table
from made_dumps import GEONAMES, place_row


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "PK.txt"
    path.write_text(GEONAMES + "\n", encoding="utf-8")
    return path


@pytest.fixture
def world(dump: Path, tmp_path: Path) -> World:
    build(dump, tmp_path / "places.duckdb")
    return World(tmp_path / "places.duckdb")


def test_places_are_found_by_name_the_largest_first(world):
    found = world.candidates("Zerghunkot")
    assert [(place.geonames_id, place.country, place.admin1, place.kind, place.population) for place in found] == [
        (2, "PAK", "Khyberwestan", "city", 1200),
        (3, "AFG", "", "city", 90),
    ]
    assert (found[0].latitude, found[0].longitude, found[0].official) == (34.5, 73.1, True)


def test_other_names_in_latin_letters_are_looked_up_like_ours(world):
    assert [place.official for place in world.candidates("the ZARGHUN KOT")] == [False]
    assert world.candidates("Зергункот") == world.candidates("Nowhere") == world.candidates("") == ()


def test_kinds_are_the_gazetteer_s(world):
    kinds = {
        name: world.candidates(name)[0].kind
        for name in ("Khyberwestan", "Lower Zerghun District", "Zerghunkot Bazaar", "Zerghunkot Valley")
    }
    assert list(kinds.values()) == ["admin1", "admin2", "city", "city"]


def test_a_place_of_no_state_has_no_country(world):
    assert (world.candidates("Nomansplace")[0].country, world.candidates("Nomansplace")[0].countries) == ("", ())


def test_the_shipped_gazetteer_is_asked_first(world):
    gazetteer = Gazetteer(world=world)
    assert gazetteer.candidates("Zerghunkot")[0].geonames_id == 2
    assert gazetteer.candidates("Nairobi") == Gazetteer().candidates("Nairobi")
    assert Gazetteer().candidates("Zerghunkot") == ()


def test_classes_can_be_chosen(dump, tmp_path):
    built = build(dump, tmp_path / "few.duckdb", "AP")
    assert built.places == 5
    assert World(tmp_path / "few.duckdb").candidates("Zerghunkot Bazaar") == ()


def test_packed_dumps_are_read(dump, tmp_path):
    packed = tmp_path / "PK.txt.gz"
    packed.write_bytes(gzip.compress(dump.read_bytes()))
    archive = tmp_path / "PK.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("readme.txt", "what the columns mean\n" * 900)
        file.write(dump, "PK.txt")
    prints = set()
    for path in (dump, packed, archive):
        build(path, tmp_path / "out.duckdb")
        world = World(tmp_path / "out.duckdb")
        assert (world.places, len(world.candidates("Zerghunkot"))) == (7, 2)
        prints.add(world.fingerprint)
    assert len(prints) == 1  # of the content, however it is packed


def test_the_file_is_replaced_whole(dump, tmp_path):
    target = tmp_path / "places.duckdb"
    target.write_bytes(b"old")
    shares: list[float] = []
    build(dump, target, advance=shares.append)
    assert shares[-1] == 1.0
    assert World(target).places == 7
    assert sorted(path.name for path in tmp_path.iterdir()) == ["PK.txt", "places.duckdb"]


def test_a_build_that_was_killed_starts_over_cleanly(dump, tmp_path):
    script = (
        "import os, sys\nfrom pathlib import Path\nfrom dragoman.knowledge import geonames\n"
        "geonames._store = lambda *_: os._exit(9)\ngeonames.build(Path(sys.argv[1]), Path(sys.argv[2]))\n"
    )
    target = tmp_path / "places.duckdb"
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    assert subprocess.run([sys.executable, "-c", script, str(dump), str(target)], env=environment, check=False).returncode == 9
    assert (tmp_path / ".places.duckdb.part").exists()
    assert build(dump, target).places == 7
    assert sorted(path.name for path in tmp_path.iterdir()) == ["PK.txt", "places.duckdb"]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("id,name\n", 1, "has 1 columns; expected GeoNames' dump"),
        (GEONAMES + "\n" + place_row(8, "Cut")[:30], 8, "columns"),
        (place_row(8, "North", point=(95.0, 0.0)), 1, "off the globe"),
        (place_row(8, "North").replace("\t34.5\t", "\t34,5\t"), 1, "is no number"),
        (place_row(8, "Sea", code="H SEA"), None, "holds no place of the classes asked for"),
        ("", None, "holds no place"),
    ],
)
def test_a_fault_of_a_dump_is_named_and_leaves_nothing(tmp_path, text, line, said):
    dump, target = tmp_path / "bad.txt", tmp_path / "places.duckdb"
    dump.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said) as caught:
        build(dump, target, "AP" if line is None else "AHLPRSTUV")
    assert str(caught.value).startswith(f"{dump}, line {line}: " if line else f"{dump}: ")
    assert [path.name for path in tmp_path.iterdir()] == ["bad.txt"]


def test_a_dump_cut_off_in_the_middle_is_said(dump, tmp_path):
    target = tmp_path / "places.duckdb"
    cut = tmp_path / "cut.txt.gz"
    cut.write_bytes(gzip.compress(dump.read_bytes())[:-20])
    with pytest.raises(InputError, match=r"is cut off behind line \d+; nothing was taken from it"):
        build(cut, target)
    archive = tmp_path / "cut.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.write(dump, "PK.txt")
    archive.write_bytes(archive.read_bytes()[:200])
    with pytest.raises(InputError, match="no whole ZIP file"):
        build(archive, target)
    (tmp_path / "plain.gz").write_bytes(b"no gzip")
    with pytest.raises(InputError, match="not packed by gzip"):
        build(tmp_path / "plain.gz", target)
    (tmp_path / "latin.txt").write_bytes(place_row(1, "Alf\xe9").encode("latin-1"))
    with pytest.raises(InputError, match="line 1: is not UTF-8"):
        build(tmp_path / "latin.txt", target)
    assert not target.exists()


def test_paths_that_cannot_be_are_said(dump, tmp_path):
    with pytest.raises(InputError, match="there is no such file"):
        build(tmp_path / "nowhere.txt", tmp_path / "places.duckdb")
    with pytest.raises(DragomanError, match="cannot be written"):
        build(dump, tmp_path / "nowhere" / "places.duckdb")
    with pytest.raises(InputError, match="there is no such gazetteer; make it with `dragoman gazetteer build"):
        World(tmp_path / "places.duckdb")
    with pytest.raises(InputError, match="is no DuckDB file, so no gazetteer"):
        World(dump)


def test_a_registry_is_no_gazetteer(tmp_path):
    path = tmp_path / "actors.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE dragoman (kind VARCHAR, version INTEGER)")
        connection.execute("INSERT INTO dragoman VALUES ('registry of actors', 1)")
    with pytest.raises(InputError, match="is a registry of actors and no gazetteer"):
        World(path)


def test_every_country_has_its_two_letters():
    rows = read_table(DATA / "countries.csv", ("iso3",))
    assert {row["iso3"] for row in rows} - {"EUR"} == set(codes().values())
    assert len(codes()) == len(set(codes().values()))


@pytest.mark.slow
def test_many_places_are_looked_up(tmp_path):
    dump = tmp_path / "many.txt"
    with dump.open("w", encoding="utf-8") as file:
        for number in range(200_000):
            file.write(place_row(number, f"Place {number % 90_000}", others=f"Other {number}") + "\n")
    build(dump, tmp_path / "places.duckdb")
    world = World(tmp_path / "places.duckdb")
    assert all(world.candidates(f"Other {number}") for number in range(0, 200_000, 1000))
