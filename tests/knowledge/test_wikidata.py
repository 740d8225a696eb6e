"""Wikidata's dump, on a tiny sample of our own: people who do not exist in offices that do."""

from __future__ import annotations

import bz2
import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman.errors import InputError
from dragoman.knowledge.overlay import Entry
from dragoman.knowledge.wikidata import read_wikidata
from made_dumps import WIKIDATA, dumped


@pytest.fixture
def dump(tmp_path: Path) -> Callable[..., Path]:
    def writes(data: bytes, name: str = "dump.json") -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return writes


def test_holders_of_political_offices_are_picked(dump):
    entries = read_wikidata(dump(dumped(WIKIDATA)), since="1990")
    greta = ("Greta Ahlstrom", ("G. Ahlstrom",), "person", "NOR")
    assert entries == [
        Entry(*greta, "GOV", "foreign minister", "2021-10-14", "2025-02", salient=False),
        Entry(*greta, "LEG", "member of the Storting", "2013", "", salient=False),
        # of a province, so no office of the state; ended by death. The archbishop and the treasurer are no politicians.
        Entry("Ola Berg", (), "person", "NOR", "GOV", "premier of Westland", "2010-01-01", "2019-05-05", salient=False),
    ]


def test_terms_before_a_year_are_kept_if_asked(dump):
    assert "Old Berg" in {entry.name for entry in read_wikidata(dump(dumped(WIKIDATA)))}


def test_packed_dumps_and_lines_without_brackets_are_read(dump):
    plain = read_wikidata(dump(dumped(WIKIDATA)))
    lines = b"\n".join(json.dumps(entity).encode() for entity in WIKIDATA)
    for data, name in (
        (gzip.compress(dumped(WIKIDATA)), "dump.json.gz"),
        (bz2.compress(dumped(WIKIDATA)), "dump.json.bz2"),
        (lines, "part.jsonl"),
    ):
        assert read_wikidata(dump(data, name)) == plain


def test_progress_goes_from_nothing_to_all(dump):
    told: list[float] = []
    read_wikidata(dump(dumped(WIKIDATA)), advance=told.append)
    assert told == sorted(told) and told[-1] == 1.0


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_a_dump_cut_off_in_the_middle_is_said(dump, share):
    whole, packed = dumped(WIKIDATA), gzip.compress(dumped(WIKIDATA))
    for data, name in ((whole[: int(len(whole) * share)], "cut.json"), (packed[: int(len(packed) * share)], "cut.json.gz")):
        with pytest.raises(InputError, match=r"is cut off behind line \d+; nothing was taken from it"):
            read_wikidata(dump(data, name))


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b'[\n{"id": "Q5" "P39"}\n]\n', "dump.json", "line 2: is no Wikidata entity"),
        (b"name,country\n", "dump.json", "line 1: is no Wikidata entity"),
        (b"no gzip at all", "dump.json.gz", "packed, but it is not"),
        (b"[\n]\n", "dump.json", "holds no actor"),
    ],
)
def test_what_is_no_dump_is_said(dump, data, name, said):
    with pytest.raises(InputError, match=said):
        read_wikidata(dump(data, name))


def test_a_missing_dump_is_said(tmp_path):
    with pytest.raises(InputError, match="there is no such file"):
        read_wikidata(tmp_path / "nowhere.json.gz")
