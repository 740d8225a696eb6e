"""The event lexicon: every row codes its own example, and a faulty row is told by file and line."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman.coding import patterns
from dragoman.coding.draft import Draft
from dragoman.coding.parse import parsed_text, prepare
from dragoman.coding.patterns import COLUMNS, LEXICON, Lexicon, Pattern
from dragoman.coding.pipeline import load_pipeline
from dragoman.coding.says import Says
from dragoman.coding.what import What
from dragoman.coding.when import FindTimes
from dragoman.coding.where import FindPlaces
from dragoman.coding.who import Who
from dragoman.knowledge import base
from dragoman.knowledge.tables import Row, TableError
from dragoman.model import Report
from dragoman.plover import TYPES, modes

PUBLISHED = datetime.date(2021, 4, 7)
BATCH = 64
Steps = list[Callable[[Draft], None]]
pipeline = functools.cache(load_pipeline)


@functools.cache
def steps() -> Steps:
    """The steps up to the events, before they are merged and judged: a row must fire whatever is made of it later."""
    return [FindTimes(), FindPlaces(), Who(base.load()), Says(), What()]


@functools.cache
def drafts() -> dict[str, Draft]:
    """The draft of every example, coded up to its events."""
    examples = sorted({pattern.example for pattern in patterns.load().patterns if pattern.example})
    docs = pipeline().pipe((parsed_text(example) for example in examples), batch_size=BATCH)
    coded = {}
    for example, doc in zip(examples, docs, strict=True):
        draft = prepare(Report(id="r", text=example, published=PUBLISHED.isoformat()), doc, PUBLISHED)
        for step in steps():
            step(draft)
        coded[example] = draft
    return coded


def fires(pattern: Pattern, draft: Draft) -> bool:
    """Whether the row itself matches its example, and an event of its type has the words matched in a trigger."""
    return any(
        event.type == pattern.type and any(start <= token.i < end for start, end in event.triggers)
        for token in draft.doc
        if any(match.pattern is pattern for match in patterns.load().match(token))
        for event in draft.events
    )


def told(pattern: Pattern, draft: Draft) -> str:
    found = [(event.type, [draft.doc[slice(*trigger)].text for trigger in event.triggers]) for event in draft.events]
    return f"{pattern.where}: {pattern.text!r} does not fire in {pattern.example!r}; coded: {found}"


@pytest.mark.parametrize("kind", list(TYPES))
def test_every_row_codes_its_example(kind: str) -> None:
    rows = [pattern for pattern in patterns.load().patterns if pattern.type == kind]
    silent = [told(row, drafts()[row.example]) for row in rows if row.example and not fires(row, drafts()[row.example])]
    assert rows
    assert not silent, "\n" + "\n".join(silent)


def test_every_row_has_an_example_sentence() -> None:
    poor = [
        f"{row.where}: {row.example!r}"
        for row in patterns.load().patterns
        if len(row.example.split()) < 3 or row.example[-1:] not in ".?!\"'”’"
    ]
    assert not poor, "\n" + "\n".join(poor)


def test_no_two_rows_say_the_same() -> None:
    seen: dict[tuple[object, ...], str] = {}
    twice = []
    for row in patterns.load().patterns:
        key = (row.pos, row.head, frozenset(row.words), row.barred, row.needs)
        if key in seen:
            twice.append(f"{row.where}: {row.text!r} says the same as {seen[key]}")
        seen.setdefault(key, f"{row.where} ({row.type})")
    assert not twice, "\n" + "\n".join(twice)


def test_every_mode_has_a_row() -> None:
    given = {(row.type, row.mode) for row in patterns.load().patterns if row.mode}
    assert given == {(kind, mode) for kind in TYPES for mode in modes(kind)}


# -- matching ------------------------------------------------------------------------------------------------------


def matched(text: str, *rows: str, pos: str = "verb") -> list[str]:
    """The rows, best first, that match at the first word they can in a sentence."""
    lexicon = Lexicon([row_pattern(row, pos) for row in rows])
    for token in pipeline()(text):
        if found := [match.pattern.text for match in lexicon.match(token)]:
            return found
    return []


def row_pattern(text: str, pos: str) -> Pattern:
    values = {"pattern": text, "pos": pos} | dict.fromkeys(COLUMNS[2:], "")
    return patterns._pattern(Row("X.csv:2", values), "ASSAULT", {"arm": frozenset({"rocket", "mortar"})})


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Rebels fired mortars at the army.", "fire @arm at"),
        ("Mortars were fired at the army.", "fire @arm at"),
        ("The rockets they fired at the army missed.", "fire @arm at"),
        ("Police and soldiers shot and wounded a farmer.", "wound|injure farmer"),
        ("A bomb exploded in Kabul.", "explode ^bomb"),
        ("Iran warned that it would respond.", "warn ^respond"),
    ],
)
def test_pattern_matches(text: str, row: str) -> None:
    assert matched(text, row) == [row]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Rebels fired mortars.", "fire @arm at"),
        ("A bomb exploded in Kabul.", "explode bomb"),
        ("The plan met the demand of farmers.", "meet !demand|need"),
        ("Iran warned that it would respond.", "warn respond"),
        ("The army's fire hit the town.", "fire"),
    ],
)
def test_pattern_does_not_match(text: str, row: str) -> None:
    assert matched(text, row) == []


def test_longest_pattern_comes_first() -> None:
    rows = ["fire", "fire @arm at", "fire @arm"]
    assert matched("Rebels fired rockets at the army.", *rows) == ["fire @arm at", "fire @arm", "fire"]


# -- faults in the tables ------------------------------------------------------------------------------------------

HEADER = ",".join(COLUMNS)
GOOD = "attack,verb,,,,,Rebels attacked the army."


@pytest.fixture
def lexicon_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Lexicon]:
    """A lexicon read from a folder of one's own, in which ASSAULT.csv holds the given lines."""

    def read(*lines: str) -> Lexicon:
        for kind in TYPES:
            (tmp_path / f"{kind}.csv").write_text(f"{HEADER}\n", encoding="utf-8")
        (tmp_path / "classes.csv").write_text("name,words\narm,rocket|mortar\n", encoding="utf-8")
        (tmp_path / "ASSAULT.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        monkeypatch.setattr(patterns, "LEXICON", tmp_path)
        return patterns.load.__wrapped__()

    return read


def test_lexicon_is_read_with_its_classes_and_lines(lexicon_of: Callable[..., Lexicon]) -> None:
    one, two = lexicon_of("# a comment", HEADER, GOOD, 'fire @arm at,verb,,subj,at|on,both,"Rebels, too, fired."').patterns
    assert (one.type, one.text, one.where, one.head) == ("ASSAULT", "attack", "ASSAULT.csv:3", frozenset({"attack"}))
    assert two.words[0].any_of == frozenset({"rocket", "mortar"})
    assert (two.actor, two.recipient, two.needs, two.example) == (("subj",), ("at", "on"), "both", "Rebels, too, fired.")


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        ((HEADER, GOOD, "attack,adverb,,,,,x"), "ASSAULT.csv:3: pos is 'adverb'; expected one of verb, noun, adj"),
        ((HEADER, "fire @gun,verb,,,,,x"), "ASSAULT.csv:2: no word class '@gun'"),
        ((HEADER, "attack,verb,visit,,,,x"), "ASSAULT.csv:2: ASSAULT has no mode 'visit'; it has abduct, "),
        ((HEADER, "attack,verb,,,,all,x"), "ASSAULT.csv:2: needs is 'all'; expected both, actor, recipient, none"),
        ((HEADER, ",verb,,,,,x"), "ASSAULT.csv:2: the pattern is empty"),
        (("pattern,pos,mode,actor,recipient,example", "attack,verb,,,,x"), "ASSAULT.csv:1: the header lacks needs"),
        ((HEADER, GOOD, "attack,verb,,,,,x,y"), "ASSAULT.csv:3: 8 fields where the header has 7"),
        (("# nothing",), "ASSAULT.csv: is empty; expected a header line"),
    ],
)
def test_fault_is_told_by_file_and_line(lexicon_of: Callable[..., Lexicon], lines: tuple[str, ...], complaint: str) -> None:
    with pytest.raises(TableError) as caught:
        lexicon_of(*lines)
    assert complaint in str(caught.value)


def test_class_given_twice_is_joined(lexicon_of: Callable[..., Lexicon], tmp_path: Path) -> None:
    (tmp_path / "classes_more.csv").write_text("name,words\narm,drone\n", encoding="utf-8")
    (row,) = lexicon_of(HEADER, "fire @arm,verb,,,,,x").patterns
    assert row.words[0].any_of == frozenset({"rocket", "mortar", "drone"})


def test_shipped_tables_are_one_a_type() -> None:
    names = {path.name for path in LEXICON.iterdir() if path.name.endswith(".csv")}
    assert {f"{kind}.csv" for kind in TYPES} <= names
    assert all(name.startswith("classes") for name in names - {f"{kind}.csv" for kind in TYPES})
