"""The words that attribute: verbs, nouns, media and speakers, as the files in ``cues/`` list them.

The files are meant to be read and corrected without reading Python; their heads explain the columns.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast

from spacy.tokens import Token

from dragoman.model import Medium

Sense = Literal["speech", "act", "thought", "evidence"]
FOLDER = Path(__file__).parent / "cues"
# codes of the grammar column that name a preposition; "to_n" is "to" before a noun, as "to" alone means an infinitive
PREPOSITIONS = {code: code for code in ("for", "of", "on", "against", "about", "over", "at", "with", "in", "as")}
PREPOSITIONS["to_n"] = "to"
PERSON_ENDING = re.compile(r"(?:ist|man|men|woman|women|person|people|ian|crat|holder|maker|goer|leader|chief|officer)s?$")
NAMED = ("PERSON", "ORG", "GPE", "NORP")
SPEAKING_PRONOUNS = ("he", "she", "they", "who", "we", "i", "it", "some", "many", "others", "both", "several", "one")


@dataclass(frozen=True, slots=True)
class Cue:
    """One row of ``cues/verbs.csv`` or ``cues/nouns.csv``."""

    lemma: str
    particle: str  # the word that must hang on it, or ""
    grammar: frozenset[str]
    prepositions: frozenset[str]
    sense: Sense


@dataclass(frozen=True, slots=True)
class MediumWord:
    """One row of ``cues/media.csv``."""

    medium: Medium
    speaks: bool


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(line for line in file if not line.startswith("#"))


def _cue(word: str, grammar: str, sense: str) -> Cue:
    lemma, _, particle = word.partition(" ")
    codes = frozenset(grammar.split())
    prepositions = frozenset(PREPOSITIONS[code] for code in codes if code in PREPOSITIONS)
    return Cue(lemma, particle, codes, prepositions, cast(Sense, sense))


@cache
def verbs() -> dict[str, tuple[Cue, ...]]:
    """Cue verbs by lemma; those that need a second word ("point out") come first."""
    found: dict[str, list[Cue]] = {}
    for row in _rows("verbs.csv"):
        cue = _cue(row["verb"], row["grammar"], row["sense"])
        found.setdefault(cue.lemma, []).append(cue)
    return {lemma: tuple(sorted(cues, key=lambda cue: not cue.particle)) for lemma, cues in found.items()}


@cache
def nouns() -> dict[str, Cue]:
    """Cue nouns by lemma."""
    return {row["noun"]: _cue(row["noun"], row["grammar"], row["sense"]) for row in _rows("nouns.csv")}


@cache
def media() -> dict[str, MediumWord]:
    """Words that name a medium or a document, by lemma; "press conference" is two words."""
    return {row["noun"]: MediumWord(cast(Medium, row["medium"]), row["speaks"] == "yes") for row in _rows("media.csv")}


@cache
def speakers() -> frozenset[str]:
    """Common nouns for those who can speak, by lemma."""
    return frozenset(row["noun"] for row in _rows("speakers.csv"))


@cache
def topics() -> frozenset[str]:
    """Nouns that head what was said where nobody is named: "The need for Z was stressed"."""
    return frozenset(row["noun"] for row in _rows("topics.csv"))


@cache
def frames() -> dict[str, str]:
    """What a verb makes of a cue in the infinitive or gerund under it: "speaks" or "silent"."""
    return {row["verb"]: row["role"] for row in _rows("frames.csv")}


def cue_verb(token: Token) -> Cue | None:
    """The cue that a verb is, its second word in place, or None."""
    for cue in verbs().get(token.lemma_.lower(), ()):
        if not cue.particle or particle(token, cue) is not None:
            return cue
    return None


def particle(verb: Token, cue: Cue) -> Token | None:
    """The second word of a cue: right behind the verb or hanging on it; "clear" at most four words behind."""
    if verb.i + 1 < len(verb.doc) and verb.doc[verb.i + 1].lower_ == cue.particle:
        return verb.doc[verb.i + 1]
    for child in verb.children:
        if child.lower_ == cue.particle or child.lemma_ == cue.particle:
            return child
    if cue.particle == "clear":
        return next((word for word in verb.doc[verb.i + 1 : verb.i + 5] if word.lower_ == "clear"), None)
    return None


def can_speak(source: Token) -> bool:
    """Whether what ``source`` heads can speak: a name, people, a body, a document; not an event or thing."""
    if source.pos_ == "PRON":
        return source.lower_ in SPEAKING_PRONOUNS
    if source.pos_ in ("PROPN", "ADJ", "NUM") or source.ent_type_ in NAMED:
        return True
    lemma = source.lemma_.lower()
    word = media().get(lemma)
    return (word is not None and word.speaks) or lemma in speakers() or bool(PERSON_ENDING.search(source.lower_))
