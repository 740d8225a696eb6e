"""The command line: formats, files, and every kind of bad input. The coder is a fake one (``fakes.py``)."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dragoman import cli
from dragoman.errors import CodingError
from dragoman.model import Record
from fakes import TEXT, FakeCoder, record_of

PROGRAM = "from dragoman.cli import main; main()"


@pytest.fixture
def coder(monkeypatch):
    fake = FakeCoder()
    monkeypatch.setattr(cli, "_coder", lambda: fake)
    return fake


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "helsinki.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def run(coder, capsys):
    """Run the command line; its exit code, standard output and standard error."""

    def runs(*arguments: object) -> tuple[int, str, str]:
        code = cli.run([str(argument) for argument in arguments])
        out = capsys.readouterr()
        return code, out.out, out.err

    return runs


def jsonl(path: Path, *lines: object) -> Path:
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), encoding="utf-8")
    return path


# -- code -------------------------------------------------------------------------------------------------------------


def test_a_text_becomes_a_line_of_json_when_piped(run, report):
    code, out, err = run("code", report)
    assert (code, err) == (0, "")
    record = Record.model_validate_json(out)
    assert out.count("\n") == 1
    assert (record.report.id, record.report.published, record.report.publisher) == ("helsinki", "2022-05-11", "Agency")


def test_json_is_an_object_for_one_text_and_an_array_for_reports(run, report, tmp_path):
    assert json.loads(run("code", report, "--format", "json")[1])["report"]["id"] == "helsinki"
    one = jsonl(tmp_path / "one.jsonl", {"id": "a", "text": TEXT, "published": "2022-05-11"})
    assert [record["report"]["id"] for record in json.loads(run("code", one, "-f", "json")[1])] == ["a"]


def test_records_come_in_the_order_of_the_reports(run, report, tmp_path):
    many = jsonl(tmp_path / "many.jsonl", *({"id": f"r{i}", "text": TEXT, "published": "2022-05-11"} for i in range(9)))
    _, out, _ = run("code", many, report)
    assert [json.loads(line)["report"]["id"] for line in out.splitlines()] == [*(f"r{i}" for i in range(9)), "helsinki"]


def test_pretty_and_markdown_show_the_event(run, report):
    for form in ("pretty", "markdown"):
        _, out, _ = run("code", report, "--format", form)
        assert "CONSULT · visit" in out
        assert "Boris Johnson" in out


def test_the_date_option_overrides_and_a_year_completes(run, report, tmp_path):
    assert json.loads(run("code", report, "--date", "2020-01-02")[1])["report"]["published"] == "2020-01-02"
    undated = tmp_path / "kyiv.txt"
    undated.write_text("KYIV, March 3 (Agency) - Shells hit a bridge.", encoding="utf-8")
    assert json.loads(run("code", undated, "--date", "2022")[1])["report"]["published"] == "2022-03-03"


def test_standard_input_is_text_or_json_lines(run, monkeypatch):
    for data, identifier in ((TEXT, "stdin"), (json.dumps({"id": "x", "text": TEXT, "published": "2022-05-11"}), "x")):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data.encode())))
        code, out, _ = run("code", "-")
        assert code == 0
        assert json.loads(out)["report"]["id"] == identifier


def test_output_takes_its_format_from_the_ending(run, report, tmp_path):
    for ending, begins in ((".md", "## "), (".json", "{\n"), (".jsonl", '{"schema"'), (".txt", '{"schema"')):
        target = tmp_path / f"out{ending}"
        assert run("code", report, "-o", target)[:2] == (0, "")
        assert target.read_text(encoding="utf-8").startswith(begins)


def test_an_interrupted_run_leaves_the_old_output(run, coder, report, tmp_path, monkeypatch):
    target = tmp_path / "out.jsonl"
    target.write_text("old", encoding="utf-8")

    def interrupted(reports, on_error):
        yield from FakeCoder().code_many([next(iter(reports))])
        raise KeyboardInterrupt

    monkeypatch.setattr(coder, "code_many", interrupted)
    assert run("code", report, "-o", target)[0] == 130
    assert target.read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["helsinki.txt", "out.jsonl"]


def test_min_confidence_leaves_out_what_is_less_likely(run, report):
    whole = json.loads(run("code", report)[1])
    assert run("code", report, "--min-confidence", "0.8")[1] == run("code", report)[1]
    part = json.loads(run("code", report, "--min-confidence", "0.85")[1])
    assert whole["events"]
    assert part["events"] == []
    assert [said["id"] for said in part["statements"]] == [said["id"] for said in whole["statements"] if said["confidence"] >= 0.85]
    assert len(part["engagements"]) == len(whole["engagements"])
    assert part["engagements"][0]["outcomes"] == []


def test_min_confidence_is_a_probability(run, report):
    code, out, err = run("code", report, "--min-confidence", "80")
    assert (code, out) == (2, "")
    assert "--min-confidence" in err


# -- bad input --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "NUL byte at byte 8"),
        ("Le président a été reçu".encode("latin-1"), "byte 0xE9 at byte 5"),
        ("no mark".encode("utf-16-le"), "UTF-16 without a byte order mark"),
        (b"\xff\xfeK", "begins as UTF-16 but breaks off"),
    ],
)
def test_what_is_no_text_is_named_and_nothing_is_written(run, coder, tmp_path, data, said):
    path = tmp_path / "bad.txt"
    path.write_bytes(data)
    target = tmp_path / "out.jsonl"
    code, out, err = run("code", path, "-o", target)
    assert (code, out) == (2, "")
    assert str(path) in err
    assert said in err
    assert not target.exists()
    assert coder.coded == []


def test_utf16_with_a_mark_is_read(run, tmp_path):
    path = tmp_path / "wide.txt"
    path.write_bytes(TEXT.encode("utf-16"))
    code, out, _ = run("code", path)
    assert code == 0
    assert json.loads(out)["events"]


def test_a_missing_file_and_a_directory_do_not_stop_the_others(run, report, tmp_path):
    code, out, err = run("code", tmp_path / "nowhere.txt", tmp_path, report)
    assert code == 2
    assert out.count("\n") == 1
    assert "nowhere.txt: there is no such file" in err
    assert f"{tmp_path}: is a directory" in err


def test_a_bad_line_is_named_and_the_rest_goes_on(run, tmp_path):
    good = {"text": TEXT, "published": "2022-05-11"}
    lines = [
        good | {"id": "a"},
        '{"id": "b", "text"',
        '["c"]',
        {"id": "d"},
        good,
        good | {"id": "a"},
        good | {"id": "z"},
    ]
    path = jsonl(tmp_path / "reports.jsonl", *lines)
    target = tmp_path / "out.jsonl"
    code, _, err = run("code", path, "-o", target)
    assert code == 2
    written = [json.loads(line)["report"]["id"] for line in target.read_text(encoding="utf-8").splitlines()]
    assert written == ["a", "z"]
    assert f"{path}, line 2: is not JSON" in err
    assert f"{path}, line 3: holds a JSON array" in err
    assert f'{path}, line 4: has no "text"' in err
    assert f'{path}, line 5: has no "id"' in err
    assert "the id 'a' was given before" in err


def test_no_date_is_a_warning(run, tmp_path):
    path = tmp_path / "undated.txt"
    path.write_text("Gunmen fired on a convoy.", encoding="utf-8")
    code, out, err = run("code", path)
    assert (code, json.loads(out)["report"]["published"]) == (0, "")
    assert "undated: no date" in err


def test_many_warnings_are_counted(run, tmp_path):
    path = jsonl(tmp_path / "undated.jsonl", *({"id": f"r{i}", "text": "Gunmen fired."} for i in range(10)))
    _, _, err = run("code", path)
    assert err.count("no date") == 3
    assert "7 more without a date" in err


def test_a_report_of_5_mb_is_passed_on_whole(run, tmp_path):
    path = tmp_path / "long.txt"
    path.write_text("date 2022-05-11\n" + "Gunmen fired on a convoy near the border.\n" * 125_000, encoding="utf-8")
    assert path.stat().st_size > 5_000_000
    code, out, _ = run("code", path)
    assert code == 0
    assert json.loads(out)["report"]["text_sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()


def test_another_language_is_said(run, tmp_path):
    path = tmp_path / "fr.txt"
    path.write_text("date 2022-05-11\nBonjour à tous.", encoding="utf-8")
    code, out, err = run("code", path)
    assert (code, json.loads(out)["events"]) == (0, [])
    assert "'fr'" in err


def test_a_wrong_date_option_is_said_before_anything_is_coded(run, coder, report):
    code, _, err = run("code", report, "--date", "11.5.2022")
    assert code == 2
    assert "2021-04-07" in err  # how a date is written
    assert coder.coded == []


def test_an_output_that_cannot_be_written_is_said(run, report, tmp_path):
    code, _, err = run("code", report, "-o", tmp_path / "nowhere" / "out.jsonl")
    assert code == 2
    assert "cannot be written" in err


def test_a_fault_is_one_line_without_debug(run, coder, report, monkeypatch):
    def broken(reports, on_error):
        raise RuntimeError("deep inside")

    monkeypatch.setattr(coder, "code_many", broken)
    code, _, err = run("code", report)
    assert code == 1
    assert "deep inside" in err
    assert "Traceback" not in err
    with pytest.raises(RuntimeError):
        cli.run(["code", str(report), "--debug"])


def test_a_report_that_cannot_be_coded_is_named_and_the_rest_goes_on(run, coder, tmp_path, monkeypatch):
    def stumbling(reports, on_error):
        for report in reports:
            try:
                if report.id == "bad":
                    raise RuntimeError("deep inside")
                yield record_of(report)
            except RuntimeError as error:
                on_error(CodingError(report.id, error))

    monkeypatch.setattr(coder, "code_many", stumbling)
    reports = jsonl(tmp_path / "r.jsonl", *({"id": name, "text": "Some text."} for name in ("one", "bad", "two")))
    code, out, err = run("code", reports, "--date", "2021-04-07")
    assert code == 2
    assert [json.loads(line)["report"]["id"] for line in out.splitlines()] == ["one", "two"]
    assert "'bad'" in err
    assert "deep inside" in err
    assert "Traceback" not in err
    code, out, err = run("code", reports, "--date", "2021-04-07", "--debug")
    assert (code, len(out.splitlines())) == (2, 2)
    assert "Traceback" in err


def test_bad_usage_is_2(run):
    assert run("code", "--format", "xml", "a.txt")[0] == 2
    assert run("kode")[0] == 2


# -- evaluate, schema, version ----------------------------------------------------------------------------------------


def gold_row(identifier: str) -> dict[str, object]:
    """What a careful reader finds: the meeting and the promise, and a threat that is not there."""
    return {
        "id": identifier,
        "published": "2022-05-11",
        "text": TEXT,
        "actors": [
            {"id": "A1", "country": "GBR", "sector": "GOV", "mentions": ["Boris Johnson"]},
            {"id": "A2", "country": "FIN", "sector": "GOV", "mentions": ["Niinisto"]},
        ],
        "events": [
            gold_event("E1", "CONSULT", "met Finnish President"),
            gold_event("E2", "THREATEN", "promised help"),
            gold_event("E3", "ASSAULT", "were attacked"),
        ],
        "statements": [{"id": "S1", "speaker": "A2", "content": "Our two countries have never stood closer"}],
        "engagements": [{"participants": ["A1", "A2"], "visitors": ["A1"], "hosts": ["A2"]}],
    }


def gold_event(identifier: str, kind: str, trigger: str) -> dict[str, object]:
    return {
        "id": identifier,
        "type": kind,
        "status": "actual",
        "start": "2022-05",
        "place_country": "FIN",
        "actors": ["A1"],
        "recipients": ["A2"],
        "triggers": [trigger],
    }


def test_evaluate_scores_reports(run, tmp_path):
    path = jsonl(tmp_path / "gold.jsonl", gold_row("r1"), gold_row("r2"))
    code, out, err = run("evaluate", path, "--json")
    assert (code, err) == (0, "")
    result = json.loads(out)
    assert (result["part"], result["items"]) == ("reports", 2)
    # of 3 events each in gold and record two touch, one of these has the right type
    assert result["measures"]["events.found"] == {"p": 0.667, "r": 0.667, "f1": 0.667, "n": 6}
    assert result["measures"]["events.typed"] == {"p": 0.333, "r": 0.333, "f1": 0.333, "n": 6}
    assert result["measures"]["date"] == {"share": 1.0, "n": 2}
    assert "events.typed" in run("evaluate", path)[1]


def test_evaluate_lists_errors_but_not_of_the_kept_half(run, tmp_path):
    path = jsonl(tmp_path / "gold.jsonl", *(gold_row(f"r{i}") for i in range(6)))
    code, out, _ = run("evaluate", path, "--half", "open", "--errors", "3")
    assert code == 0
    assert [word for word in ("type", "missed", "false") if f"  {word}  " in out] == ["type", "missed", "false"]
    code, _, err = run("evaluate", path, "--half", "kept", "--errors", "3")
    assert code == 2
    assert "kept" in err


def test_evaluate_says_what_is_wrong_with_its_file(run, tmp_path):
    for lines, said in (
        ([{"id": "x", "text": "y"}], "--part"),
        (["{"], "line 1: is not JSON"),
        ([{"id": 3, "text": "y"}], "line 1"),
        ([], "no annotation"),
    ):
        code, _, err = run("evaluate", jsonl(tmp_path / "gold.jsonl", *lines))
        assert code == 2
        assert said in err
    assert run("evaluate", tmp_path / "nowhere.jsonl")[0] == 2


def test_the_schema_accepts_a_record(run, report):
    schema = json.loads(run("schema")[1])
    record = json.loads(run("code", report)[1])
    assert set(schema["properties"]) == set(record)
    assert schema["properties"]["schema"]["const"] == record["schema"] == "dragoman.record/1"
    for name, field in (("Event", "events"), ("Actor", "actors"), ("Statement", "statements")):
        assert set(schema["$defs"][name]["properties"]) == set(record[field][0])


def test_the_version_tells_the_fingerprint_and_the_licences(run):
    code, out, _ = run("--version")
    assert code == 0
    assert "(fake)" in out
    assert "PLOVER" not in out
    assert "PLOVER" in run("--version", "-v")[1]


def test_every_command_has_an_example(run):
    for command in ("code", "evaluate", "schema"):
        assert f"dragoman {command} " in run(command, "--help")[1]


# -- as a process -----------------------------------------------------------------------------------------------------


def test_help_comes_at_once():
    """0.2 s on the machine it was made on. What would make it slow are these modules, so none may be imported."""
    script = (
        "import sys\nfrom dragoman import cli\ncli.run(['--help'])\n"
        "print(sorted({'spacy', 'pydantic', 'py3langid', 'numpy'} & set(sys.modules)))"
    )
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.rstrip().endswith("[]")
    assert time.perf_counter() - start < 3


def test_a_closed_pipe_is_quiet():
    """As in ``dragoman schema | true``: nobody reads what is written."""
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run([sys.executable, "-c", PROGRAM, "schema"], stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert done.stderr == b""
    assert done.returncode != 0
