"""Is this an event a reader would note down? A logistic regression over what the rules have found.

The lexicon proposes more than annotators write: habits, backgrounds, words used in another sense. The model weighs what is
known of a candidate (its type and words, who fills its roles, tense, place in the report) and gives the probability that it is an
event of that type, which becomes the event's confidence; candidates below ``threshold`` are dropped. Weights:
``models/events.json``, trained by ``training/judges.py``; the model card is ``docs/models/judges.md``.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from dragoman.coding import roles
from dragoman.coding.draft import Draft, DraftEvent
from dragoman.coding.reader import LABELS

MODELS = files("dragoman.coding") / "models"
Features = dict[str, float]


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Weights by feature name; ``threshold`` is the probability from which a candidate is taken."""

    intercept: float
    weights: dict[str, float]
    threshold: float

    def probability(self, features: Features) -> float:
        return 1 / (1 + math.exp(-self.score(features)))

    def score(self, features: Features) -> float:
        """The log-odds; for a ranker only their order counts."""
        return self.intercept + sum(self.weights.get(name, 0.0) * value for name, value in features.items())

    @classmethod
    def read(cls, path: Traversable) -> LinearModel:
        """The model as ``training/logistic.py`` writes it."""
        data = json.loads(path.read_text(encoding="utf-8"))
        return cls(data["intercept"], data["weights"], data["threshold"])


@cache
def load(name: str) -> LinearModel | None:
    """A model of the package by name; ``None`` where it has not been trained."""
    path = MODELS / f"{name}.json"
    return LinearModel.read(path) if path.is_file() else None


def judge(draft: Draft, events: list[DraftEvent], model: LinearModel | None) -> list[DraftEvent]:
    """The events worth noting, each with its confidence."""
    if model is None:
        return events
    kept = []
    for event in events:
        event.confidence = model.probability(event_features(draft, event, events))
        if event.confidence >= model.threshold:
            kept.append(event)
    return kept


def event_features(draft: Draft, event: DraftEvent, events: list[DraftEvent]) -> Features:
    """What is known of a candidate, as named numbers (1 for a mark that is there)."""
    root = draft.doc[event.root]
    sentence = draft.sentence_of[event.root]
    length = event.triggers[0][1] - event.triggers[0][0]
    verbal = root.pos_ in ("VERB", "AUX")
    kind = "verb" if verbal else "noun" if root.pos_ in ("NOUN", "PROPN") else "adj"
    marks = [
        f"type={event.type}", f"type={event.type}.{kind}", f"mode={event.type}.{event.mode}", f"lemma={event.type}.{root.lemma_.lower()}",
        f"tag={root.tag_}", f"dep={root.dep_}", f"dep={root.dep_}.{kind}", f"length={min(length, 5)}",
        f"triggers={min(len(event.triggers), 3)}",
        f"sentence={min(sentence, 12) // 2}", f"roles={bool(event.actors):d}{bool(event.recipients):d}",
        f"type.roles={event.type}.{bool(event.actors):d}{bool(event.recipients):d}",
    ]  # fmt: skip
    marks += [f"actor={mark}" for actor in event.actors[:2] for mark in _actor_marks(draft, actor)]
    marks += [f"recipient={mark}" for actor in event.recipients[:2] for mark in _actor_marks(draft, actor)]
    if _countries(draft, event.actors) & _countries(draft, event.recipients):
        marks.append("same country")
    if _countries(draft, event.actors) - {""} and _countries(draft, event.recipients) - {""} - _countries(draft, event.actors):
        marks.append("two countries")
    if event.statement is not None:
        marks.append("in statement")
    if draft.in_quote(root):
        marks.append("in quotation")
    marks += _clause_marks(event, draft)
    siblings = sum(draft.sentence_of[other.root] == sentence for other in events)
    marks.append(f"siblings={min(siblings, 4)}")
    features = dict.fromkeys(marks, 1.0)
    features |= _readings(draft, event)
    features["sentence length"] = min(len(draft.sentences[sentence]), 60) / 30
    return features


def _readings(draft: Draft, event: DraftEvent) -> Features:
    """What the reader holds of the event, as log-odds: that its words tell this type, that they tell any event."""
    if draft.reading is None:
        return {}
    rows = draft.reading.events[[token for start, end in event.triggers for token in range(start, end)]]
    column = LABELS.index(event.type)
    likely = {"read type": rows[:, column].max(), "read event": 1 - rows[:, 0].min(), "read head": draft.reading.events[event.root, column]}
    return {name: math.log((float(p) + 0.01) / (1.01 - float(p))) for name, p in likely.items()}


def _countries(draft: Draft, actors: list[int]) -> set[str]:
    return {draft.actors[actor].country for actor in actors}


def _actor_marks(draft: Draft, actor: int) -> list[str]:
    found = draft.actors[actor]
    sector = found.sectors[0] if found.sectors else "none"
    return [found.kind, f"sector {sector}", "country known" if found.country else "country unknown"]


def _clause_marks(event: DraftEvent, draft: Draft) -> list[str]:
    """Tense, negation, modality and subordination of the clause that tells the event."""
    root = draft.doc[event.root]
    verb = root if root.pos_ in ("VERB", "AUX") else roles.light_verb(root) or root.head
    marks = [f"clause={verb.dep_}", f"clause tag={verb.tag_}"]
    for child in verb.children:
        if child.dep_ in ("aux", "neg", "mark"):
            marks.append(f"{child.dep_}={child.lower_}")
    if root.pos_ not in ("VERB", "AUX"):
        marks.append(f"governor={verb.pos_}")
        marks += [f"noun {child.dep_}" for child in root.children if child.dep_ in ("poss", "det", "amod", "compound", "prep", "nummod")]
    return marks
