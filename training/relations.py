"""Trains the relation classifier (coding/relating.py): what a marked actor did to a marked recipient, and exports it.

    python training/relations.py ../shared [--start build/statements.pt] -o src/dragoman/coding/models
    python training/relations.py ../shared --folds 5          # cross-validated on PLV, folds by sentence

Data: PLV's training sentences; pairs of parties of labelled events, ours and those of the annotated reports' open half; sentences
that we wrote (`data/sentences`); and pairs that only share a sentence with an event (NONE). First all but PLV is learned, then PLV with a
part of the rest. Seeds are fixed and one thread is used.
"""

from __future__ import annotations

import argparse
import copy
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from encoder import Pieces, embedded, encoder_folder, export, load_encoder
from labels import annotated_reports, labelled_reports
from reader import cached
from sentences import written
from spacy.tokens import Doc, Span
from torch import Tensor, nn

from dragoman.coding.parse import parsed_text
from dragoman.coding.pipeline import load_pipeline
from dragoman.coding.relating import MODE_NAMES, RELATIONS, marked_words
from dragoman.evaluation.gold import rows
from dragoman.evaluation.relations import marked
from dragoman.plover import STATUSES, TYPES

IGNORE = -100
MERGED = {"YIELD": ("CONCEDE", "RETREAT")}
NAMES = frozenset({"PERSON", "ORG", "GPE", "NORP"})
BATCH = 16
SMOOTHING = 0.1
ENCODER_RATE, HEAD_RATE = 1e-4, 1e-3
NONE_SHARE = 0.25  # pairs without a relation, at most, for each pair with one
MIXED = 0.6  # pairs from elsewhere for each of PLV's in the second stage
SEED = 1


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence with its parties (words from, to) and what is known of their relation."""

    words: tuple[str, ...]
    source: tuple[int, int]
    target: tuple[int, int] | None
    types: tuple[str, ...]  # any of these is right
    mode: str | None = None
    status: str | None = None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("shared", type=Path)
    parser.add_argument("--start", type=Path, help="what reader.py's first stage wrote")
    parser.add_argument("--folds", type=int, default=0, help="only cross-validate on PLV")
    parser.add_argument("-o", "--output", type=Path, default=Path("src/dragoman/coding/models"))
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--others", type=int, default=2, help="epochs on all but PLV")
    parser.add_argument("--epochs", type=int, default=4, help="epochs on PLV and others")
    parser.add_argument("--without", nargs="*", default=[], choices=("ours", "gold", "written"), help="kinds of data to leave out")
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    read = Pieces(encoder_folder())
    plv = cached(options.cache, "pairs-plv", lambda: list(plv_pairs(options.shared / "corpora/plv_train.jsonl")))
    kinds = {
        "ours": lambda: [pair for report, events in labelled_reports(options.shared) for pair in report_pairs(report.text, events, 0.0)],
        "gold": lambda: [
            pair
            for half, report, events in annotated_reports(options.shared)
            if half == "open"
            for pair in report_pairs(report.text, events)
        ],
        "written": lambda: written_pairs(),
    }
    others = [pair for name, make in kinds.items() if name not in options.without for pair in cached(options.cache, f"pairs-{name}", make)]
    print(len(plv), "of PLV,", len(others), "others:", dict(Counter(pair.types[0] for pair in others)), flush=True)
    torch.manual_seed(SEED)
    first = Model(load_encoder(encoder_folder()))
    if options.start:
        state = {name.removeprefix("encoder."): value for name, value in torch.load(options.start).items() if name.startswith("encoder.")}
        first.encoder.load_state_dict(state)
    fit(first, read, others, options.others)
    if options.folds:
        predicted: dict[int, str] = {}
        for fold in range(options.folds):
            model = copy.deepcopy(first)
            texts = sorted({pair.words for pair in plv})
            random.Random(SEED).shuffle(texts)
            held = set(texts[fold :: options.folds])
            train = [pair for pair in plv if pair.words not in held]
            fit(model, read, mixed(train, others), options.epochs)
            asked = [number for number, pair in enumerate(plv) if pair.words in held]
            predicted |= dict(zip(asked, predict(model, read, [plv[number] for number in asked]), strict=True))
            done = sorted(predicted)
            print(f"fold {fold + 1}:", scores([plv[i] for i in done], [predicted[i] for i in done]), flush=True)
        return
    fit(first, read, mixed(plv, others), options.epochs)
    options.output.mkdir(parents=True, exist_ok=True)
    marks = {"source": torch.tensor([1, 1]), "target": torch.tensor([2, 2])}
    export(Exported(first), options.output / "relations.onnx", first.encoder.config.hidden_size, ("types", "modes", "statuses"), marks)


def mixed(plv: list[Pair], others: list[Pair]) -> list[Pair]:
    chosen = random.Random(SEED).sample(others, min(len(others), round(MIXED * len(plv))))
    return plv + chosen


# -- data ----------------------------------------------------------------------------------------------------------


def plv_pairs(path: Path) -> Iterator[Pair]:
    nlp = load_pipeline()
    for row in rows(path):
        doc = nlp.make_doc(row["text"])
        source, target = (doc.char_span(*chars, alignment_mode="expand") if chars else None for chars in marked(row["marked"]))
        if source is not None:
            end = None if target is None else (target.start, target.end)
            yield Pair(tuple(token.text for token in doc), (source.start, source.end), end, MERGED.get(row["type"], (row["type"],)))


def report_pairs(text: str, events, strangers: float = NONE_SHARE) -> list[Pair]:  # type: ignore[no-untyped-def]
    """Of each event the parties that stand in its trigger's sentence; and so many pairs of names that are party to no event together.

    Our own labels name one mention of each party: a pair of others may be the same two, so they teach no strangers.
    """
    doc = _nlp()(parsed_text(text))
    found: list[Pair] = []
    known: dict[int, list[set[int]]] = {}  # by sentence: token heads of each event's parties
    for event in events:
        chars = event.triggers[0] if event.triggers else None
        trigger = doc.char_span(*chars, alignment_mode="expand") if chars else None
        if trigger is None:
            continue
        sentence = trigger.root.sent
        actors = [span for mentions in event.actors if (span := _beside(doc, mentions, sentence, trigger)) is not None]
        recipients = [span for mentions in event.recipients if (span := _beside(doc, mentions, sentence, trigger)) is not None]
        every = [doc.char_span(*place, alignment_mode="expand") for mentions in (*event.actors, *event.recipients) for place in mentions]
        known.setdefault(sentence.start, []).append({token.i for span in every if span is not None for token in span})
        pairs = [(actor, other) for actor in actors for other in recipients]
        if event.type in ("CONSULT", "COOPERATE", "AGREE") and not recipients:
            pairs = [(one, two) for number, one in enumerate(actors) for two in actors[number + 1 :]]
        for actor, other in pairs[:3] or [(actor, None) for actor in actors[:1] if not event.recipients]:
            found.append(_pair(sentence, actor, other, (event.type,), event.mode, event.status))
    none = [pair for sentence in doc.sents if len(sentence) > 5 for pair in _strangers(sentence, known.get(sentence.start, []))]
    random.Random(SEED).shuffle(none)
    return found + none[: round(strangers * len(found))]


def _beside(doc: Doc, mentions, sentence: Span, trigger: Span) -> Span | None:  # type: ignore[no-untyped-def]
    spans = [span for chars in mentions if (span := doc.char_span(*chars, alignment_mode="expand")) is not None]
    spans = [span for span in spans if sentence.start <= span.start and span.end <= sentence.end]
    return min(spans, key=lambda span: abs(span.root.i - trigger.root.i), default=None)


def _pair(sentence: Span, actor: Span, other: Span | None, types: tuple[str, ...], mode: str | None, status: str | None) -> Pair:
    start = sentence.start
    target = None if other is None else (other.start - start, other.end - start)
    words = tuple("" if token.is_space else token.text for token in sentence)
    return Pair(words, (actor.start - start, actor.end - start), target, types, mode, status)


def written_pairs() -> list[Pair]:
    """Pairs of our own sentences: each event's first parties, and two parties that share none."""
    found = []
    for line in written():
        doc = _nlp().make_doc(line.text)
        words = tuple(token.text for token in doc)
        spans = {name: [doc.char_span(*chars, alignment_mode="expand") for chars in places] for name, places in line.mentions.items()}

        def nearest(name: str, chars: tuple[int, int], spans=spans) -> tuple[int, int]:  # type: ignore[no-untyped-def]
            span = min(spans[name], key=lambda span: abs(span.start_char - chars[0]))
            return span.start, span.end

        for event in line.triggers:
            pairs = [(actor, other) for actor in event.actors for other in event.recipients][:2]
            if not event.recipients:
                joint = event.type in ("CONSULT", "COOPERATE", "AGREE") and len(event.actors) > 1
                pairs = [(event.actors[0], event.actors[1])] if joint else [(actor, "") for actor in event.actors[:1]]
            for actor, other in pairs:
                target = nearest(other, event.chars) if other else None
                found.append(Pair(words, nearest(actor, event.chars), target, (event.type,), event.mode, event.status))
        together = [{*event.actors, *event.recipients} for event in line.triggers]
        apart = [(a, b) for a in spans for b in spans if a != b and not any({a, b} <= parties for parties in together)]
        for a, b in random.Random(len(words)).sample(apart, min(1, len(apart))):
            found.append(Pair(words, nearest(a, (0, 0)), nearest(b, (0, 0)), ("NONE",)))
    return found


def _strangers(sentence: Span, parties: list[set[int]]) -> list[Pair]:
    names = [entity for entity in sentence.ents if entity.label_ in NAMES]
    found = []
    for one in names:
        for two in names:
            together = any(one.root.i in heads and two.root.i in heads for heads in parties)
            lonely = any((one.root.i in heads) != (two.root.i in heads) for heads in parties) or not parties
            if one is not two and one.text != two.text and not together and lonely:
                found.append(_pair(sentence, one, two, ("NONE",), None, None))
    return random.Random(len(sentence)).sample(found, min(2, len(found)))


def _nlp():  # type: ignore[no-untyped-def]
    global _loaded
    if _loaded is None:
        _loaded = load_pipeline()
    return _loaded


_loaded = None

# -- model ---------------------------------------------------------------------------------------------------------


class Model(nn.Module):
    """The encoder and, over the whole, its mean and both marks, the type, mode and status."""

    def __init__(self, encoder: nn.Module) -> None:
        super().__init__()
        self.encoder = encoder
        width = encoder.config.hidden_size
        self.body = nn.Sequential(nn.Dropout(0.1), nn.Linear(4 * width, width), nn.Tanh(), nn.Dropout(0.1))
        self.types = nn.Linear(width, len(RELATIONS))
        self.modes = nn.Linear(width, len(MODE_NAMES))
        self.statuses = nn.Linear(width, len(STATUSES))

    def forward(self, vectors: Tensor, mask: Tensor, source: Tensor, target: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """``source``, ``target``: the piece of each party's first mark; 0 (the whole) where there is no recipient."""
        states = self.encoder(inputs_embeds=vectors, attention_mask=mask).last_hidden_state
        weight = mask.unsqueeze(-1).to(states.dtype)
        mean = (states * weight).sum(1) / weight.sum(1)
        row = torch.arange(states.shape[0])
        body = self.body(torch.cat([states[:, 0], mean, states[row, source], states[row, target]], dim=-1))
        return self.types(body), self.modes(body), self.statuses(body)


class Exported(nn.Module):
    """The model as it is shipped: probabilities."""

    def __init__(self, model: Model) -> None:
        super().__init__()
        self.model = model

    def forward(self, vectors: Tensor, mask: Tensor, source: Tensor, target: Tensor) -> tuple[Tensor, ...]:
        return tuple(part.softmax(-1) for part in self.model(vectors, mask, source, target))


def encoded(pairs: Sequence[Pair], read: Pieces) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    lines, sources, targets = [], [], []
    for pair in pairs:
        pieces, source, target = marked_words(pair.words, pair.source, pair.target, read)
        lines.append([read.begin, *pieces, read.end])
        sources.append(source + 1)
        targets.append(0 if target is None else target + 1)
    width = max(len(line) for line in lines)
    ids = torch.tensor([line + [0] * (width - len(line)) for line in lines])
    return ids, (ids != 0).long(), torch.tensor(sources), torch.tensor(targets)


def fit(model: Model, read: Pieces, pairs: list[Pair], epochs: int) -> None:
    if not epochs or not pairs:
        return
    order = random.Random(SEED)
    torch.manual_seed(SEED)
    encoder = [parameter for parameter in model.encoder.parameters() if parameter.requires_grad]
    heads = [parameter for part in (model.body, model.types, model.modes, model.statuses) for parameter in part.parameters()]
    optimizer = torch.optim.AdamW([{"params": encoder, "weight_decay": 0.01}, {"params": heads}], lr=ENCODER_RATE)
    steps = epochs * -(-len(pairs) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, [ENCODER_RATE, HEAD_RATE], total_steps=steps + 1, pct_start=0.1)
    began = time.monotonic()
    for epoch in range(epochs):
        model.train()
        order.shuffle(pairs)
        size = 32 * BATCH
        chunks = [sorted(pairs[i : i + size], key=lambda pair: len(pair.words)) for i in range(0, len(pairs), size)]
        batches = [chunk[i : i + BATCH] for chunk in chunks for i in range(0, len(chunk), BATCH)]
        order.shuffle(batches)
        total = 0.0
        for batch in batches:
            ids, mask, source, target = encoded(batch, read)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                types, modes, statuses = model(embedded(model.encoder, ids), mask, source, target)
            loss = type_loss(types.float(), batch) + 0.2 * known_loss(modes.float(), [_index(MODE_NAMES, pair.mode) for pair in batch])
            loss = loss + 0.3 * known_loss(statuses.float(), [_index(STATUSES, pair.status) for pair in batch])
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item()
        print(f"  epoch {epoch + 1}: loss {total / len(batches):.3f}, {time.monotonic() - began:.0f} s", flush=True)


def _index(names: Sequence[str], name: str | None) -> int:
    return IGNORE if name is None or name not in names else names.index(name)


def type_loss(given: Tensor, batch: Sequence[Pair]) -> Tensor:
    """Cross-entropy, smoothed, against any of the right types."""
    right = torch.zeros_like(given)
    for row, pair in enumerate(batch):
        right[row, [RELATIONS.index(kind) for kind in pair.types]] = 1.0
    logs = given.log_softmax(-1)
    return -(1 - SMOOTHING) * (logs.exp() * right).sum(-1).clamp_min(1e-6).log().mean() - SMOOTHING * logs.mean()


def known_loss(given: Tensor, wanted: list[int]) -> Tensor:
    if all(label == IGNORE for label in wanted):
        return torch.zeros(())
    return nn.functional.cross_entropy(given, torch.tensor(wanted), ignore_index=IGNORE)


def predict(model: Model, read: Pieces, pairs: Sequence[Pair]) -> list[str]:
    """The likeliest type of each in PLV's terms, NONE left out, as PLV has none."""
    model.eval()
    found = []
    kinds = list(TYPES)
    with torch.no_grad():
        for first in range(0, len(pairs), BATCH):
            ids, mask, source, target = encoded(pairs[first : first + BATCH], read)
            types = model(embedded(model.encoder, ids), mask, source, target)[0].softmax(-1).numpy()
            for row in types:
                merged = {kind: float(row[RELATIONS.index(kind)]) for kind in kinds}
                merged["YIELD"] = merged.pop("CONCEDE") + merged.pop("RETREAT")
                found.append(max(merged, key=lambda kind: merged[kind]))
    return found


def scores(pairs: Sequence[Pair], predicted: Sequence[str]) -> str:
    gold = ["YIELD" if "CONCEDE" in pair.types else pair.types[0] for pair in pairs]
    f1s = []
    for kind in sorted(set(gold)):
        right = sum(a == b == kind for a, b in zip(gold, predicted, strict=True))
        f1s.append(2 * right / (gold.count(kind) + list(predicted).count(kind)))
    return f"accuracy {np.mean([a == b for a, b in zip(gold, predicted, strict=True)]):.3f}, macro-F1 {np.mean(f1s):.3f}"


if __name__ == "__main__":
    main()
