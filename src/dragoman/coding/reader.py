"""What a small encoder reads in a report: which words tell an event or attribute words to somebody, and who belongs to each.

Two encoders of one shape, MiniLM-L6 (22M parameters), read the same windows: one for events, one for statements. They are fine-tuned
by ``training/reader.py`` and shipped as int8 ONNX with one table of word vectors (model card: ``docs/models/reader.md``). An *anchor* is
the word that tells an event or cues an attribution; for each anchor the reader says how likely every other word near it is the head of
its actor or recipient, or stands in its source, content or cue.

Each report is read by itself, in windows of whole sentences, on one thread: the same text gives the same numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Token

from dragoman.model import EventType
from dragoman.plover import CONTEXTS, STATUSES, TYPES

if TYPE_CHECKING:
    from dragoman.coding.draft import Draft

Floats = NDArray[np.float32]

MODELS = files("dragoman.coding") / "models"
WINDOW = 192  # word pieces read at once
OVERLAP = 32  # word pieces, at most, of the sentences that two windows share
BATCH = 1  # windows a run: what they need fits the processor's cache then (125 ms a report, 139 at 2, 160 at 8)
CACHED = 20_000  # words whose pieces are remembered

KINDS: tuple[EventType, ...] = tuple(TYPES)
LABELS = ("", *KINDS)  # column 0: tells no event
MODE_NAMES = ("", *sorted({mode for kind in KINDS for mode in TYPES[kind].modes}))
CONTEXT_NAMES = tuple(sorted(CONTEXTS))
TASKS = {"event": ("actor", "recipient"), "statement": ("source", "content", "cue")}  # the roles of each
# the heads of each model, in the order of its output's columns
HEADS = {
    "event": {"events": len(LABELS), "status": len(STATUSES), "modes": len(MODE_NAMES), "contexts": len(CONTEXT_NAMES)},
    "statement": {"cues": 2},
}
DEPTH = 64  # of the two vectors whose product tells how well a word fills a role
FARTHEST = 40  # words; beyond it all distances are the same


@dataclass(frozen=True, slots=True)
class Stretch:
    """Sentences ``first`` to ``last`` (exclusive) that are read together; of ``own_first`` to ``own_last`` the anchors are taken."""

    first: int
    last: int
    own_first: int
    own_last: int


def stretches(lengths: Sequence[int], room: int = WINDOW, overlap: int = OVERLAP) -> list[Stretch]:
    """How sentences of so many pieces are read together: as many as have room, neighbours sharing a few sentences.

    A sentence that two windows share is halved between them: each window gives the anchors of those nearer to its middle.
    """
    spans: list[tuple[int, int]] = []
    first = 0
    while first < len(lengths):
        last, total = first, 0
        while last < len(lengths) and (last == first or total + lengths[last] <= room):
            total += lengths[last]
            last += 1
        spans.append((first, last))
        if last == len(lengths):
            break
        again, shared = last, 0
        while again - 1 > first and shared + lengths[again - 1] <= min(overlap, room - lengths[last]):
            again -= 1
            shared += lengths[again]
        first = again
    found = []
    begin = 0
    for number, (first, last) in enumerate(spans):
        end = last if number + 1 == len(spans) else (last + spans[number + 1][0] + 1) // 2
        found.append(Stretch(first, last, begin, end))
        begin = end
    return found


@dataclass(slots=True)
class Reading:
    """What the reader says of one report. Rows of the arrays are tokens; probabilities lie between 0 and 1."""

    events: Floats  # columns LABELS
    status: Floats  # columns STATUSES
    modes: Floats  # columns MODE_NAMES, before the type is known
    contexts: Floats  # columns CONTEXT_NAMES, each by itself
    cues: Floats  # one column: the word is the head of an attribution's cue
    bias: Mapping[str, Floats]  # by task: roles by distance
    windows: list[tuple[NDArray[np.int64], dict[str, Floats]]] = field(default_factory=list)  # tokens; by task: tokens, sides, roles, depth
    place: dict[int, tuple[int, int]] = field(default_factory=dict)  # token: its window and its row in it

    @classmethod
    def empty(cls, tokens: int, bias: Mapping[str, Floats]) -> Reading:
        """That of so many tokens of which nothing is read yet."""
        events, status, modes, contexts = (np.zeros((tokens, width), dtype=np.float32) for width in HEADS["event"].values())
        return cls(events, status, modes, contexts, np.zeros((tokens, 1), dtype=np.float32), bias)

    def arguments(self, anchor: int, task: str) -> tuple[NDArray[np.int64], Floats]:
        """The tokens near an anchor and, a column a role of the task, how likely each fills it."""
        if anchor not in self.place:
            return np.zeros(0, dtype=np.int64), np.zeros((0, len(TASKS[task])), dtype=np.float32)
        number, row = self.place[anchor]
        tokens, pairs = self.windows[number]
        anchor_side, words = pairs[task][row, 0], pairs[task][:, 1]
        near = np.clip(np.arange(len(tokens)) - row, -FARTHEST, FARTHEST) + FARTHEST
        logits = np.einsum("wrd,rd->wr", words[..., :-1], anchor_side[:, :-1]) + words[..., -1] + anchor_side[:, -1]
        logits += self.bias[task][:, near].T
        odds = np.exp(np.minimum(logits, 30.0))
        return tokens, odds / (1 + odds.sum(axis=1, keepdims=True))


class Reader:
    """The step that fills ``draft.reading``."""

    def __init__(self, models: Traversable = MODELS) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self.sessions: dict[str, Any] = {}
        self.bias: dict[str, Floats] = {}
        for task in TASKS:
            with as_file(models / f"{task}s.onnx") as model, as_file(models / f"{task}s-distance.npy") as bias:
                self.sessions[task] = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
                self.bias[task] = np.load(bias)
        with as_file(MODELS / "words.json") as words, as_file(MODELS / "words.npz") as vectors:
            tokenizer: Any = Tokenizer.from_file(str(words))
            with np.load(vectors) as table:
                self.vectors, self.scale = table["vectors"], table["scale"]
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self.tokenizer = tokenizer
        self.begin, self.end, self.pad = (int(tokenizer.token_to_id(name)) for name in ("[CLS]", "[SEP]", "[PAD]"))
        self.pieces_of = lru_cache(CACHED)(self._pieces)

    def __call__(self, draft: Draft) -> None:
        draft.reading = reading = Reading.empty(len(draft.doc), self.bias)
        sentences = [[(token, self.pieces_of(token.text)) for token in sentence] for sentence in draft.sentences]
        lengths = [sum(len(pieces) for _, pieces in words) for words in sentences]
        parts = stretches(lengths)
        for first in range(0, len(parts), BATCH):
            self._read(parts[first : first + BATCH], sentences, reading)

    def embed(self, rows: Sequence[list[int]]) -> tuple[Floats, NDArray[np.int64]]:
        """The vectors of word pieces, all rows made as long as the longest, and where there are pieces (1) or none (0)."""
        width = max(len(row) for row in rows)
        ids = np.array([row + [self.pad] * (width - len(row)) for row in rows], dtype=np.int64)
        return self.vectors[ids].astype(np.float32) * self.scale[ids][..., None], (ids != self.pad).astype(np.int64)

    def _pieces(self, word: str) -> list[int]:
        ids: list[int] = self.tokenizer.encode(word, add_special_tokens=False).ids
        return ids[:WINDOW] or [self.tokenizer.token_to_id("[UNK]")]

    def _read(self, parts: Sequence[Stretch], sentences: Sequence[Sequence[tuple[Token, list[int]]]], reading: Reading) -> None:
        windows = [
            [(token, pieces, part.own_first <= number < part.own_last)
             for number in range(part.first, part.last) for token, pieces in sentences[number]]
            for part in parts
        ]  # fmt: skip
        windows = [cut for window in windows for cut in _cut(window)]
        vectors, mask = self.embed([[self.begin, *(piece for _, pieces, _ in window for piece in pieces), self.end] for window in windows])
        found = {task: session.run(None, {"vectors": vectors, "mask": mask}) for task, session in self.sessions.items()}
        for row, window in enumerate(windows):
            starts = np.cumsum([1, *(len(pieces) for _, pieces, _ in window)])[:-1]
            tokens = np.array([token.i for token, _, _ in window], dtype=np.int64)
            own = np.array([mine for _, _, mine in window], dtype=bool)
            pairs = {}
            for task, (heads, vectors) in found.items():
                for name, part in _heads(task, heads[row, starts[own]]):
                    getattr(reading, name)[tokens[own]] = part
                pairs[task] = vectors[row, starts].reshape(len(window), 2, len(TASKS[task]), DEPTH + 1)
            reading.place.update((int(token), (len(reading.windows), at)) for at, token in enumerate(tokens) if own[at])
            reading.windows.append((tokens, pairs))


def _heads(task: str, columns: Floats) -> Iterator[tuple[str, Floats]]:
    """A model's columns by head; of the cues only how likely a word is one."""
    bounds = np.cumsum(list(HEADS[task].values()))[:-1]
    for name, part in zip(HEADS[task], np.split(columns, bounds, axis=1), strict=True):
        yield name, part[:, 1:] if name == "cues" else part


def _cut(window: list[tuple[Token, list[int], bool]]) -> list[list[tuple[Token, list[int], bool]]]:
    """A window as it is, or, where one sentence is longer than a window, in pieces."""
    parts: list[list[tuple[Token, list[int], bool]]] = [[]]
    length = 0
    for word in window:
        if length + len(word[1]) > WINDOW:
            parts.append([])
            length = 0
        parts[-1].append(word)
        length += len(word[1])
    return [part for part in parts if part]
