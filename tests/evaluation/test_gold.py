"""Reading annotated data."""

from __future__ import annotations

import json

import pytest

from dragoman.errors import DragomanError
from dragoman.evaluation.gold import gold_report, half_of, part_of, rows
from dragoman.evaluation.run import Evaluation


def write(path, *items):
    path.write_text("\n".join(json.dumps(item) for item in items), encoding="utf-8")
    return path


def test_the_halves_are_fixed_and_share_nothing(tmp_path):
    path = write(tmp_path / "gold.jsonl", *({"id": f"r{i}", "text": "x"} for i in range(200)))
    opened, kept = ({row["id"] for row in rows(path, half)} for half in ("open", "kept"))
    assert opened | kept == {row["id"] for row in rows(path)}
    assert not opened & kept
    assert 70 < len(opened) < 130
    # the last hexadecimal digit of their SHA-256 (sha256sum) is even and odd: 4, 9
    assert (half_of("r2"), half_of("r3")) == ("open", "kept")


@pytest.mark.parametrize(
    ("fields", "part"),
    [
        (["actors", "events", "statements", "engagements"], "reports"),
        (["marked", "type"], "relations"),
        (["attributions"], "statements"),
        (["toponyms"], "places"),
        (["country", "sector", "other_sector", "nobody"], "actors"),
    ],
)
def test_the_part_is_told_by_the_fields(tmp_path, fields, part):
    path = write(tmp_path / "gold.jsonl", {"id": "a", "text": "b"} | dict.fromkeys(fields))
    assert part_of(path) == part


def test_a_wrong_part_names_the_missing_fields(tmp_path):
    path = write(tmp_path / "gold.jsonl", {"id": "a", "text": "b", "toponyms": []})
    with pytest.raises(DragomanError, match="marked, type"):
        Evaluation(path, "relations")


def test_an_annotation_in_other_fields_names_its_report():
    row = {"id": "r7", "text": "x", "actors": [{"name": "A"}], "events": [], "statements": [], "engagements": []}
    with pytest.raises(DragomanError, match="r7"):
        gold_report(row)
