"""Which words tell an event, and of what type: a small encoder reads the report's sentences and gives every word a probability a type.

The encoder is MiniLM-L6 (22M parameters), fine-tuned on reports labelled by us and on PLV (``training/triggers.py``, model card in
``docs/models/triggers.md``), as int8 ONNX. It sees words in context where the lexicon sees only words; ``judging.py`` weighs both.
Each report is read by itself, in windows of whole sentences, on one thread: the same text gives the same numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Token

from dragoman.model import EventType
from dragoman.plover import TYPES

if TYPE_CHECKING:
    from dragoman.coding.draft import Draft

MODELS = files("dragoman.coding") / "models"
WINDOW = 112  # word pieces read at once, the length trained on
BATCH = 8  # windows a run: faster than 1 and 32 (design notes on encoders)
KINDS: tuple[EventType, ...] = tuple(TYPES)
LABELS = ("", *KINDS)  # column 0: tells no event
Probabilities = NDArray[np.float32]


class TriggerTagger:
    """The step that fills ``draft.readings``: a row a token, a column of ``LABELS`` a type."""

    def __init__(self, models: Traversable = MODELS) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        with as_file(models / "triggers.onnx") as model, as_file(models / "triggers-tokenizer.json") as words:
            self.session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
            self.tokenizer: Any = Tokenizer.from_file(str(words))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        self.begin, self.end, self.pad = (self.tokenizer.token_to_id(name) for name in ("[CLS]", "[SEP]", "[PAD]"))
        self.pieces_of = cache(self._pieces)

    def __call__(self, draft: Draft) -> None:
        draft.readings = np.zeros((len(draft.doc), len(LABELS)), dtype=np.float32)
        windows = list(self._windows(draft))
        for first in range(0, len(windows), BATCH):
            self._read(windows[first : first + BATCH], draft.readings)

    def _pieces(self, word: str) -> list[int]:
        ids: list[int] = self.tokenizer.encode(word, add_special_tokens=False).ids
        return ids[:WINDOW] or [self.tokenizer.token_to_id("[UNK]")]

    def _windows(self, draft: Draft) -> Iterator[list[tuple[Token, list[int]]]]:
        """Whole sentences, as many as fit; a sentence that does not fit alone is cut."""
        window: list[tuple[Token, list[int]]] = []
        length = 0
        for sentence in draft.sentences:
            words = [(token, self.pieces_of(token.text)) for token in sentence]
            needed = sum(len(pieces) for _, pieces in words)
            if window and length + needed > WINDOW:
                yield window
                window, length = [], 0
            for word in words:
                if length + len(word[1]) > WINDOW:
                    yield window
                    window, length = [], 0
                window.append(word)
                length += len(word[1])
        if window:
            yield window

    def _read(self, windows: list[list[tuple[Token, list[int]]]], readings: Probabilities) -> None:
        rows = [[self.begin, *(piece for _, pieces in window for piece in pieces), self.end] for window in windows]
        width = max(len(row) for row in rows)
        ids = np.array([row + [self.pad] * (width - len(row)) for row in rows], dtype=np.int64)
        (scores,) = self.session.run(None, {"ids": ids, "mask": (ids != self.pad).astype(np.int64)})
        for window, score in zip(windows, scores, strict=True):
            at = 1
            for token, pieces in window:
                readings[token.i] = score[at]
                at += len(pieces)
