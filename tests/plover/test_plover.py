"""PLOVER's ontology: the data are whole and consistent, and each rule gives what the codebook says."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import get_args

import pytest

from dragoman import plover
from dragoman.knowledge.tables import TableError
from dragoman.model import EventType

# the codebook's list, written out by hand
MODES = {
    "AGREE": "",
    "CONSULT": "visit third-party multilateral phone",
    "SUPPORT": "",
    "CONCEDE": "",
    "COOPERATE": "",
    "AID": "",
    "RETREAT": "withdraw release disarm ceasefire access resign",
    "REQUEST": "assist change yield meet",
    "ACCUSE": "disapprove investigate allege",
    "REJECT": "assist change yield meet",
    "THREATEN": "restrict arrest relations expel territory violence",
    "PROTEST": "demo riot strike hunger boycott obstruct vandalize",
    "SANCTION": "convict expel withdraw discontinue",
    "MOBILIZE": "troops weapons police militia",
    "COERCE": "seize restrict censor curfew martial-law arrest deport withhold misinformation cyber",
    "ASSAULT": "abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack aerial drone "
    "heavy-weapons crowd-control unconventional",
}
CONTEXTS = (
    "military intelligence executive legislative election political_institutions pro_democracy pro_autocracy "
    "economic legal reparations human_rights rights_freedoms repression human_security gender lgbt religion_ethnicity "
    "inequality diplomatic territory peacekeeping health asylum migration disasters natural_resource environment "
    "technology terrorism cbrn cyber misinformation crime corruption illegal_drugs trafficking"
)
SECTORS = "GOV MIL COP JUD LEG PTY OPP REB PRM SPY UAF UNK BUS CRM CVL EDU ELI JRN LAB MED AGR REF REL SOC"
PAIRS = [(kind, mode) for kind, names in MODES.items() for mode in ("", *names.split())]


def test_types_are_the_models_in_its_order() -> None:
    assert tuple(plover.TYPES) == get_args(EventType)


@pytest.mark.parametrize("kind", MODES)
def test_modes_are_the_codebooks(kind: str) -> None:
    assert " ".join(plover.modes(kind)) == MODES[kind]


def test_contexts_are_the_codebooks() -> None:
    assert " ".join(plover.CONTEXTS) == CONTEXTS


def test_sectors_are_the_codebooks() -> None:
    primary, secondary = plover.SECTORS["primary"], plover.SECTORS["secondary"]
    assert set(primary) | set(secondary) == set(SECTORS.split())


@pytest.mark.parametrize(
    ("kind", "quad"),
    [
        ("AGREE", 1),
        ("CONCEDE", 1),
        ("COOPERATE", 2),
        ("RETREAT", 2),
        ("REQUEST", 3),
        ("THREATEN", 3),
        ("PROTEST", 4),
        ("ASSAULT", 4),
    ],
)
def test_quad(kind: str, quad: int) -> None:
    assert plover.quad(kind) == quad


def test_types_in_each_quad() -> None:
    counts = {number: sum(kind.quad == number for kind in plover.TYPES.values()) for number in plover.QUADS}
    assert counts == {1: 4, 2: 3, 3: 4, 4: 5}


@pytest.mark.parametrize(
    ("kind", "status", "filed_as"),
    [
        ("CONSULT", "future", "AGREE"),
        ("SUPPORT", "future", "AGREE"),
        ("COOPERATE", "future", "AGREE"),
        ("AID", "future", "AGREE"),
        ("RETREAT", "future", "CONCEDE"),
        ("CONSULT", "actual", "CONSULT"),
        ("CONSULT", "hypothetical", "CONSULT"),
        ("RETREAT", "negated", "RETREAT"),
        ("AGREE", "future", "AGREE"),
        ("CONCEDE", "future", "CONCEDE"),
        ("SANCTION", "future", "SANCTION"),
        ("ASSAULT", "future", "ASSAULT"),
        ("AID", "historical", "AID"),
    ],
)
def test_rule_for_the_future(kind: str, status: str, filed_as: str) -> None:
    assert plover.plover_type(kind, status) == filed_as


@pytest.mark.parametrize(("kind", "mode"), PAIRS)
def test_every_type_and_mode_has_a_score_on_its_side_of_zero(kind: str, mode: str) -> None:
    score = plover.intensity(kind, mode)
    assert -10 <= score <= 10
    assert (score > 0) == (plover.quad(kind) in (1, 2))


@pytest.mark.parametrize(("kind", "mode"), PAIRS)
@pytest.mark.parametrize("status", plover.STATUSES)
def test_every_type_and_mode_has_a_cameo_code(kind: str, mode: str, status: str) -> None:
    code = plover.cameo(kind, mode, status)
    assert code.isdecimal()
    assert len(code) in (3, 4)
    assert 1 <= int(code[:2]) <= 20


def test_worse_acts_score_lower() -> None:
    order = [
        ("AID", ""),
        ("COOPERATE", ""),
        ("SUPPORT", ""),
        ("CONSULT", ""),
        ("ACCUSE", ""),
        ("REJECT", ""),
        ("PROTEST", "demo"),
        ("ASSAULT", "aerial"),
    ]
    scores = [plover.intensity(*pair) for pair in order]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(scores)


@pytest.mark.parametrize(
    ("kind", "mode", "status", "code"),
    [
        ("CONSULT", "", "actual", "040"),
        ("CONSULT", "phone", "actual", "041"),
        ("CONSULT", "visit", "historical", "042"),
        ("CONSULT", "third-party", "actual", "045"),
        ("CONSULT", "visit", "future", "036"),
        ("CONSULT", "third-party", "future", "039"),
        ("AID", "", "future", "033"),
        ("RETREAT", "release", "future", "0353"),
        ("RETREAT", "release", "negated", "084"),
        ("REJECT", "meet", "actual", "125"),
        ("PROTEST", "hunger", "future", "142"),
        ("COERCE", "arrest", "actual", "173"),
        ("ASSAULT", "aerial", "actual", "195"),
        ("ASSAULT", "suicide-attack", "actual", "1831"),
    ],
)
def test_cameo(kind: str, mode: str, status: str, code: str) -> None:
    assert plover.cameo(kind, mode, status) == code


def test_a_visit_seen_by_the_host_is_hosting() -> None:
    assert plover.cameo_code("CONSULT", "visit").mirror == "043"
    assert plover.cameo_code("AID").mirror == ""


def test_future_cooperation_lies_under_cameos_root_for_intent() -> None:
    for name, kind in plover.TYPES.items():
        if kind.future_as != name:
            for mode in ("", *kind.modes):
                assert plover.cameo(name, mode, "future").startswith("03"), (name, mode)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: plover.quad("MEET"), "no PLOVER type 'MEET'"),
        (lambda: plover.intensity("AID", "visit"), "AID has no mode 'visit'; it has none"),
        (lambda: plover.plover_type("AID", "planned"), "no status 'planned'"),
        (lambda: plover.cameo("CONSULT", "dinner"), "it has visit, third-party, multilateral, phone"),
    ],
)
def test_wrong_names_are_told(call: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()  # type: ignore[operator]


GOOD = "- {name: AGREE, quad: 1, definition: d, example: e, modes: {}}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("AGREE: 1", "expected a list of types"),
        (GOOD, "lacks CONSULT, SUPPORT"),
        (f"{GOOD}\n{GOOD}", "AGREE stands there twice"),
        (GOOD.replace("AGREE", "MEET"), "name is 'MEET'"),
        (GOOD.replace("quad: 1", "quad: 5"), "quad is 5; expected 1, 2, 3 or 4"),
        (GOOD.replace("modes: {}", "modes: []"), "modes must be a mapping"),
        (GOOD.replace("definition: d, ", ""), "definition is missing"),
        (GOOD.replace("modes: {}", "modes: {visit: {definition: d}}"), r"\(AGREE, visit\): example is missing"),
        (GOOD.replace("quad: 1", "quad: 1, future_as: LATER"), "future_as is 'LATER'"),
    ],
)
def test_faults_in_the_types_are_told(text: str, message: str) -> None:
    with pytest.raises(plover.OntologyError, match=message):
        plover.parse_types(text)


@pytest.mark.parametrize(
    ("table", "line", "message"),
    [
        ("scores.csv", "AID,,-3.0,ours", "intensity of AID is -3.0; expected 0.0 to 10.0"),
        ("scores.csv", "AID,,much,ours", "intensity is 'much'; expected a number"),
        ("scores.csv", "AID,cash,3.0,ours", "AID has no mode 'cash'"),
        ("scores.csv", "AID,,3.0,ours", "scores.csv: lacks AGREE"),
        ("scores.csv", "AID,,3.0,ours\nAID,,4.0,ours", "scores.csv:3: AID  stands there twice"),
        ("cameo.csv", "AID,,,70,,", "cameo is '70'; expected three or four digits"),
        ("cameo.csv", "AID,,,210,,", "cameo is '210'"),
        ("cameo.csv", "AID,,soon,070,,", "no status 'soon'"),
        ("cameo.csv", "AID,,future,033,,", "cameo.csv: lacks AGREE"),
    ],
)
def test_faults_in_the_tables_are_told(table: str, line: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    header = {"scores.csv": "type,mode,intensity,source", "cameo.csv": "type,mode,status,cameo,mirror,note"}[table]
    (tmp_path / table).write_text(f"{header}\n{line}\n", encoding="utf-8")
    monkeypatch.setattr(plover, "DATA", tmp_path)
    load = {"scores.csv": plover._load_scores, "cameo.csv": plover._load_cameo}[table]
    with pytest.raises(TableError, match=message):
        load()


def test_a_sector_in_both_ranks_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sectors.yaml").write_text("primary: {GOV: a}\nsecondary: {GOV: b}\n", encoding="utf-8")
    monkeypatch.setattr(plover, "DATA", tmp_path)
    with pytest.raises(plover.OntologyError, match="GOV stand in both lists"):
        plover._load_sectors()


def test_every_context_has_cue_words_and_none_is_unknown() -> None:
    lines = (plover.DATA / "contexts_words.csv").read_text(encoding="utf-8").splitlines()
    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    assert [row["context"] for row in rows] == CONTEXTS.split()
    for row in rows:
        cues = row["words"].split("|")
        assert len(cues) == len(set(cues)), row["context"]
        assert all(cue == cue.strip().lower() and 1 <= len(cue.split()) <= 2 for cue in cues), row["context"]


def test_examples_are_sentences_and_no_two_alike() -> None:
    examples = [mode.example for kind in plover.TYPES.values() for mode in (kind, *kind.modes.values())]
    assert len(set(examples)) == len(examples) == len(PAIRS)
    assert all(example.endswith(".") and len(example.split()) >= 4 for example in examples)
