"""Records read again from what the coder has written."""

from __future__ import annotations

import pytest

from dragoman.errors import InputError
from dragoman.reading.records import read_records
from made_records import person, record, written


def test_records_are_read_as_they_were_written(tmp_path):
    records = [record("r1", "2023-05-04", person("Greta Ahlstrom", "Governor", "NOR")), record("r2", "")]
    paths = [written(tmp_path / "a.jsonl", *records), written(tmp_path / "b.jsonl", records[1])]
    assert list(read_records(paths)) == [*records, records[1]]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("no json", "line 2: is no record"),
        ('{"id": "r1", "text": "a report"}', r"line 2: is no record \(report: Field required"),
        ('{"schema": "dragoman.record/9"}', "line 2: is no record"),
    ],
)
def test_what_is_no_record_is_named_by_line(tmp_path, line, said):
    path = written(tmp_path / "a.jsonl", record("r1", ""))
    path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=said):
        list(read_records([path]))


def test_a_missing_file_and_a_directory_are_named(tmp_path):
    for path, said in ((tmp_path / "nowhere.jsonl", "there is no such file"), (tmp_path, "is a directory")):
        with pytest.raises(InputError, match=said):
            list(read_records([path]))
