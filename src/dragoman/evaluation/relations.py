"""Scoring what one marked actor did to another in a sentence, on PLV (Hu et al., ACL 2024).

    accuracy     share of sentences with the right type
    macro_f1     mean of the F1 of the 15 types: CONCEDE and RETREAT are one there, YIELD

The actor and the recipient are the first words marked as such. A sentence that marks no recipient is asked without one;
where it marks no actor (4 of 1,050) there is nothing to ask, and the answer counts as wrong.
"""

from __future__ import annotations

import re
from typing import Protocol

from dragoman.evaluation.gold import Chars, Row
from dragoman.evaluation.measures import MacroF1, Measure, Scores, Share
from dragoman.model import Relation

YIELD = frozenset({"CONCEDE", "RETREAT"})
TAG = re.compile(r"</?[st]>")


class Relates(Protocol):
    """The part of ``Coder`` that is measured here."""

    def relation(self, text: str, actor: Chars, recipient: Chars | None = None) -> Relation: ...


def score_relation(row: Row, coder: Relates) -> Scores:
    """The counts of one sentence."""
    actor, recipient = marked(row["marked"])
    predicted = "NONE" if actor is None else coder.relation(row["text"], actor, recipient).type
    return score_types(row["type"], merged(predicted))


def score_types(gold: str, predicted: str) -> Scores:
    """The counts of one sentence from its two types."""
    measures: dict[str, Measure] = {
        "accuracy": Share.one(predicted == gold),
        "macro_f1": MacroF1.one(gold, predicted),
    }
    return Scores("relations", 1, measures)


def merged(kind: str) -> str:
    """The type as PLV has it."""
    return "YIELD" if kind in YIELD else kind


def marked(text: str) -> tuple[Chars | None, Chars | None]:
    """Where the first ``<s>actor</s>`` and the first ``<t>recipient</t>`` stand in the text without its marks."""
    found: dict[str, Chars] = {}
    opened: dict[str, int] = {}
    removed = 0
    for tag in TAG.finditer(text):
        at = tag.start() - removed
        removed += len(tag.group())
        name = tag.group().strip("</>")
        if tag.group().startswith("</"):
            found.setdefault(name, (opened[name], at))
        else:
            opened[name] = at
    return found.get("s"), found.get("t")
