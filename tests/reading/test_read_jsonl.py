"""Reports as JSON Lines, and what is named on the command line."""

from __future__ import annotations

import io
import json

import pytest

from dragoman.errors import InputError
from dragoman.model import Report
from dragoman.reading.jsonl import read_jsonl
from dragoman.reading.sources import Sources


def read(*lines, date=""):
    data = b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
    return list(read_jsonl(io.BytesIO(data), "f.jsonl", date))


def test_every_field_is_read_and_others_are_passed_over():
    row = {
        "id": "a",
        "text": "t",
        "published": "2021-04-07T08:00:00Z",
        "title": "T",
        "url": "u",
        "publisher": "p",
        "language": "EN-gb",
        "tags": [1, 2],
    }
    [report] = read(row)
    assert report == Report(id="a", text="t", published="2021-04-07", title="T", url="u", publisher="p", language="en")


def test_what_is_missing_is_empty_and_source_is_the_publisher():
    [report] = read({"id": 17, "text": "t", "source": "wire", "title": None})
    assert (report.id, report.publisher, report.title, report.published) == ("17", "wire", "", "")


def test_a_date_given_overrides():
    [report] = read({"id": "a", "text": "t", "published": "yesterday"}, date="2020-01-02")
    assert report.published == "2020-01-02"


def test_offsets_are_those_of_the_decoded_text():
    text = "a\r\n\u2028“b” \U0001f600 c"
    [report] = read({"id": "a", "text": text})
    assert report.text == text


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"{", "is not JSON"),
        (b"[" * 100_000, "is not JSON"),
        (b"null", "JSON null"),
        (b'"text"', "JSON string"),
        (b'{"text": "t"}', 'no "id"'),
        (b'{"id": "", "text": "t"}', '"id" is empty'),
        (b'{"id": true, "text": "t"}', '"id" is a JSON boolean'),
        (b'{"id": "a"}', 'no "text"'),
        (b'{"id": "a", "text": "  "}', '"text" is empty'),
        (b'{"id": "a", "text": 5}', '"text" is a JSON number'),
        (b'{"id": "a", "text": "t", "published": "yesterday"}', "'yesterday'"),
        (b'{"id": "a", "text": "t", "published": 2021}', '"published" is a JSON number'),
        (b'{"id": "a", "text": "half \\ud83d pair"}', "surrogate"),
        (b'{"id": "a", "text": "caf\xe9"}', "byte 0xE9"),
        (b'{"id": "a", "text": "\0"}', "NUL"),
    ],
)
def test_a_bad_line_is_named_and_the_next_is_read(line, said):
    first, bad, last = read({"id": "0", "text": "t"}, line, {"id": "9", "text": "t"})
    assert isinstance(bad, InputError)
    assert str(bad).startswith("f.jsonl, line 2")
    assert said in str(bad)
    assert (first.id, last.id) == ("0", "9")


def test_empty_lines_count_but_are_no_reports():
    _, bad = read({"id": "a", "text": "t"}, b"", b"  ", b"x")
    assert "line 4" in str(bad)


def test_a_file_in_utf16_with_a_mark():
    data = '{"id": "a", "text": "ü"}\n{"id": "b", "text": "c"}\n'.encode("utf-16")
    assert [report.id for report in read_jsonl(io.BytesIO(data), "f")] == ["a", "b"]


def test_a_cut_utf16_file_is_an_error_not_an_exception():
    data = '{"id": "a", "text": "ü"}\n'.encode("utf-16")[:-1]
    [error] = read_jsonl(io.BytesIO(data), "f.jsonl")
    assert "breaks off" in str(error)
    assert str(error).startswith("f.jsonl")


def test_an_id_taken_is_an_error_across_files(tmp_path):
    first, second = tmp_path / "1.jsonl", tmp_path / "2.jsonl"
    first.write_text('{"id": "a", "text": "t"}', encoding="utf-8")
    second.write_text('{"id": "b", "text": "t"}\n{"id": "a", "text": "u"}', encoding="utf-8")
    items = list(Sources([str(first), str(second)]))
    assert [item.id for item in items[:2]] == ["a", "b"]
    assert "1.jsonl" in str(items[2])


def test_texts_of_one_name_are_told_apart_by_their_path(tmp_path):
    paths = [tmp_path / "x" / "report.txt", tmp_path / "y" / "report.txt"]
    for path in paths:
        path.parent.mkdir()
        path.write_text("text", encoding="utf-8")
    ids = [report.id for report in Sources([str(path) for path in paths])]
    assert ids == ["report", paths[1].as_posix()]


def test_counting_reads_no_report(tmp_path):
    path = tmp_path / "r.jsonl"
    path.write_text('{"id": "a", "text": "t"}\n\nnot json\n', encoding="utf-8")
    assert Sources([str(path), "x.txt", str(tmp_path / "none.jsonl")]).count() == 4


def test_standard_input_is_read_once():
    sources = Sources(["-"], stdin=io.BytesIO(b'  {"id": "a", "text": "t"}\n{"id": "b", "text": "t"}'))
    assert sources.count() == 2
    assert not sources.single()
    assert [report.id for report in sources] == ["a", "b"]


def test_an_empty_jsonl_file_is_an_error(tmp_path):
    path = tmp_path / "r.jsonl"
    path.write_text("\n", encoding="utf-8")
    [error] = Sources([str(path)])
    assert "is empty" in str(error)
