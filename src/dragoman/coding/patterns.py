"""The event lexicon: patterns of verbs, nouns and adjectives, read from ``lexicon/*.csv`` and matched on the parse.

A pattern is a row of words: the head, then words that must hang on it in the parse (``hold|have talk|meeting``,
``pull out of``, ``impose sanction on``); ``@weapon`` names a class of words, ``!demand`` a word that must not hang on it,
``^respond`` one that may also be the subject or head a clause ("warned that it would respond", "a bomb exploded"),
``+clause`` any infinitive or that-clause ("called on Y to stop", not "called on the governor").
``docs/what.md`` tells the columns; the longest pattern of a head wins.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from spacy.tokens import Token

from dragoman.coding.draft import conjuncts
from dragoman.knowledge.tables import Row, TableError, read_table
from dragoman.model import EventType
from dragoman.plover import TYPES, modes

LEXICON = files("dragoman.coding") / "lexicon"
COLUMNS = ("pattern", "pos", "mode", "actor", "recipient", "needs", "example")
PARTS_OF_SPEECH = {"verb": ("VERB", "AUX"), "noun": ("NOUN", "PROPN"), "adj": ("ADJ", "VERB")}
NEEDS = frozenset({"", "both", "actor", "recipient", "none"})
# dependents that never complete a pattern: what stands beside the head, not what it governs
CLAUSE = "+clause"
CLAUSES = frozenset({"xcomp", "ccomp", "advcl", "acl", "relcl"})
BESIDE = frozenset({"nsubj", "csubj", "conj", "cc", "punct", "advcl", "ccomp", "parataxis", "mark", "relcl"})


@dataclass(frozen=True, slots=True)
class Word:
    """One place of a pattern: any of these words; ``anywhere`` lets it stand beside the head too."""

    any_of: frozenset[str]
    anywhere: bool = False

    def fits(self, token: Token) -> bool:
        if CLAUSE in self.any_of and token.dep_ in CLAUSES and any(child.dep_ in ("aux", "mark") for child in token.children):
            return True
        return token.lemma_.lower() in self.any_of or token.lower_ in self.any_of


@dataclass(frozen=True, slots=True)
class Pattern:
    """One row of the lexicon."""

    type: EventType
    mode: str
    pos: str
    head: frozenset[str]
    words: tuple[Word, ...]
    barred: Word | None
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    needs: str
    example: str
    where: str
    text: str

    @property
    def rank(self) -> tuple[int, bool, bool]:
        """Longer patterns first, then those with a mode, then those that bar words."""
        return len(self.words), bool(self.barred), bool(self.mode)


@dataclass(slots=True)
class Match:
    """A pattern found: its head and the tokens that complete it."""

    pattern: Pattern
    head: Token
    tokens: list[Token] = field(default_factory=list)


class Lexicon:
    """All patterns, by head lemma."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self.patterns = list(patterns)
        self._by_head: dict[str, list[Pattern]] = {}
        for pattern in sorted(self.patterns, key=lambda pattern: pattern.rank, reverse=True):
            for head in sorted(pattern.head):
                self._by_head.setdefault(head, []).append(pattern)

    def match(self, token: Token) -> Iterator[Match]:
        """The patterns that a token heads, the best first."""
        for pattern in self._by_head.get(token.lemma_.lower(), ()):
            if token.pos_ in PARTS_OF_SPEECH[pattern.pos]:
                found = _complete(pattern, token)
                if found is not None:
                    yield Match(pattern, token, found)


def _complete(pattern: Pattern, head: Token) -> list[Token] | None:
    """The tokens that complete a pattern headed by ``head``; ``None`` if one is missing or a barred word is there."""
    matched = _extend([head], list(pattern.words))
    if matched is None:
        return None
    barred = pattern.barred
    return None if barred and any(barred.fits(token) for token in governed(matched)) else matched[1:]


def _extend(matched: list[Token], missing: list[Word]) -> list[Token] | None:
    """``matched`` with a token for each missing word, which may hang on a word named behind it; ``None`` if there is no way.

    Tries every token that fits a word, as the first one may lead nowhere: "to" in "urged Iran to return to talks".
    """
    if not missing:
        return matched
    for number, words in enumerate(missing):
        for token in governed(matched, words.anywhere):
            if token not in matched and words.fits(token):
                found = _extend([*matched, token], missing[:number] + missing[number + 1 :])
                if found is not None:
                    return found
    return None


def governed(heads: list[Token], anywhere: bool = False) -> Iterator[Token]:
    """What hangs on the heads: their dependents with coordinated ones, and the noun that a relative clause or participle modifies.

    What stands beside a head rather than under it (its subject, clauses) only with ``anywhere``.
    """
    for head in heads:
        for child in head.children:
            if anywhere or child.dep_ not in BESIDE:
                yield child
                yield from conjuncts(child)
        if head is heads[0] and head.dep_ in ("relcl", "acl") and head.pos_ in ("VERB", "AUX"):
            yield head.head


def of_type(kind: EventType, token: Token) -> Pattern:
    """A pattern of one word for an event that no row of the lexicon tells: roles by default, no mode."""
    pos = "verb" if token.pos_ == "VERB" else "adj" if token.pos_ == "ADJ" else "noun"
    word = token.lemma_.lower()
    return Pattern(
        type=kind, mode="", pos=pos, head=frozenset({word}), words=(), barred=None, actor=(), recipient=(), needs="",
        example="", where="reader", text=word,
    )  # fmt: skip


# -- reading the tables --------------------------------------------------------------------------------------------


@cache
def load() -> Lexicon:
    """The lexicon that ships with the package; read once a process."""
    classes = _classes()
    patterns = []
    for kind in TYPES:
        for row in read_table(LEXICON / f"{kind}.csv", COLUMNS):
            patterns.append(_pattern(row, kind, classes))
    return Lexicon(patterns)


def _classes() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for path in sorted(LEXICON.iterdir(), key=lambda path: path.name):
        if path.name.startswith("classes") and path.name.endswith(".csv"):
            for row in read_table(path, ("name", "words")):
                found[row["name"]] = found.get(row["name"], frozenset()) | frozenset(row.items("words"))
    return found


def _pattern(row: Row, kind: EventType, classes: dict[str, frozenset[str]]) -> Pattern:
    if row["pos"] not in PARTS_OF_SPEECH:
        raise TableError(f"{row.where}: pos is {row['pos']!r}; expected one of {', '.join(PARTS_OF_SPEECH)}")
    if row["needs"] not in NEEDS:
        raise TableError(f"{row.where}: needs is {row['needs']!r}; expected both, actor, recipient, none or nothing")
    if row["mode"] and row["mode"] not in modes(kind):
        raise TableError(f"{row.where}: {kind} has no mode {row['mode']!r}; it has {', '.join(modes(kind))}")
    words = row["pattern"].split()
    if not words:
        raise TableError(f"{row.where}: the pattern is empty")
    wanted = [_word(row, word, classes) for word in words if not word.startswith("!")]
    unwanted = [_word(row, word[1:], classes).any_of for word in words if word.startswith("!")]
    barred = Word(frozenset().union(*unwanted)) if unwanted else None
    return Pattern(
        type=kind, mode=row["mode"], pos=row["pos"], head=wanted[0].any_of, words=tuple(wanted[1:]), barred=barred,
        actor=tuple(row.items("actor")), recipient=tuple(row.items("recipient")), needs=row["needs"],
        example=row["example"], where=row.where, text=row["pattern"],
    )  # fmt: skip


def _word(row: Row, word: str, classes: dict[str, frozenset[str]]) -> Word:
    found: set[str] = set()
    for item in word.removeprefix("^").split("|"):
        if item.startswith("@"):
            if item[1:] not in classes:
                raise TableError(f"{row.where}: no word class {item!r} in classes.csv")
            found |= classes[item[1:]]
        else:
            found.add(item)
    return Word(frozenset(found), anywhere=word.startswith("^") or CLAUSE in found)
