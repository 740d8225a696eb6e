"""What one marked actor did to another, read by a small encoder: the model behind ``Coder.relation``.

The sentence is read with marks around both (``* actor *``, ``# recipient #``). MiniLM-L6 as int8 ONNX, fine-tuned by
``training/relations.py``; it shares the word vectors of the reader. Model card: ``docs/models/relations.md``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.resources import as_file
from importlib.resources.abc import Traversable
from typing import Literal

import numpy as np

from dragoman.coding.reader import KINDS, MODE_NAMES, MODELS, Floats, Reader
from dragoman.model import EventType, Relation
from dragoman.plover import STATUSES, TYPES

__all__ = ["MODE_NAMES", "RELATIONS", "Question", "Relater", "marked_words"]

RELATIONS: tuple[EventType | Literal["NONE"], ...] = ("NONE", *KINDS)
SOURCE, TARGET = "*", "#"
ROOM = 192  # word pieces; of a longer sentence the part around the actor and recipient is read
BATCH = 8

Words = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Question:
    """A sentence's words, and where actor and recipient stand in it (words from, to); no recipient: the actor alone."""

    words: Sequence[str]
    source: Words
    target: Words | None


def marked_words(
    words: Sequence[str], source: Words, target: Words | None, pieces_of: Callable[[str], list[int]]
) -> tuple[list[int], int, int | None]:
    """The word pieces of a marked sentence, and the piece of each party's first mark."""
    ids: list[int] = []
    at: dict[str, int] = {}
    ends: dict[str, int] = {}
    for number in range(len(words) + 1):
        for mark, span in ((SOURCE, source), (TARGET, target)):
            if span is not None and number == span[1]:
                ids += pieces_of(mark)
                ends[mark] = len(ids)
        for mark, span in ((SOURCE, source), (TARGET, target)):
            if span is not None and number == span[0]:
                at[mark] = len(ids)
                ids += pieces_of(mark)
        if number < len(words) and words[number]:
            ids += pieces_of(words[number])
    first, last = min(at.values()), max(ends.values())
    begin = max(0, min(first, first - (ROOM - (last - first)) // 2, len(ids) - ROOM))
    kept = ids[begin : begin + ROOM]
    end = len(kept) - 1
    return kept, min(at[SOURCE] - begin, end), None if target is None else min(at[TARGET] - begin, end)


class Relater:
    """Answers questions in batches; rows of the answers are questions."""

    def __init__(self, reader: Reader, models: Traversable = MODELS) -> None:
        import onnxruntime

        self.reader = reader
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        with as_file(models / "relations.onnx") as model:
            self.session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])

    def __call__(self, questions: Sequence[Question]) -> list[Relation]:
        """The answer to each question, in their order."""
        found: list[Relation] = []
        for first in range(0, len(questions), BATCH):
            found += map(relation_of, *self._read(questions[first : first + BATCH]))
        return found

    def _read(self, questions: Sequence[Question]) -> tuple[Floats, Floats, Floats]:
        reader = self.reader
        lines, sources, targets = [], [], []
        for question in questions:
            pieces, source, target = marked_words(question.words, question.source, question.target, reader.pieces_of)
            lines.append([reader.begin, *pieces, reader.end])
            sources.append(source + 1)
            targets.append(0 if target is None else target + 1)
        vectors, mask = reader.embed(lines)
        inputs = {"vectors": vectors, "mask": mask, "source": np.array(sources), "target": np.array(targets)}
        types, modes, statuses = self.session.run(None, inputs)
        return types, modes, statuses


def relation_of(types: Floats, modes: Floats, statuses: Floats) -> Relation:
    """One answer: the likeliest type, the likeliest of its modes ("" where none is likelier), the likeliest status."""
    kind = RELATIONS[int(types.argmax())]
    known = ("", *TYPES[kind].modes) if kind != "NONE" else ("",)
    return Relation(
        type=kind,
        mode=max(known, key=lambda mode: float(modes[MODE_NAMES.index(mode)])),
        status=STATUSES[int(statuses.argmax())] if kind != "NONE" else "actual",
        confidence=round(float(types.max()), 3),
        probabilities={name: round(float(p), 4) for name, p in zip(RELATIONS, types, strict=True)},
    )
