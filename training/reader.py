"""Trains the reader (coding/reader.py) and exports it. `make train` runs it in two stages:

    python training/reader.py statement ../shared -o src/dragoman/coding/models --keep build/statements.pt
    python training/reader.py event ../shared --start build/statements.pt -o src/dragoman/coding/models

The first learns attributions from PolNeAR. The second starts from what the first has learned and learns events, from our own labels
(`data/labels`, pointers into unlabeled.jsonl), annotated reports, sentences of ours and PLV. (One encoder for both forgets: with 12 % of
PolNeAR in the second stage, whole attributions fell from 0.718 to 0.683.)

Word vectors are not trained: all models of the package share those of MiniLM.
Seeds are fixed and the number of threads is one.

Needs the extra `train` (PyTorch, transformers, onnx) and the encoder package named in pyproject.toml.
"""

from __future__ import annotations

import argparse
import pickle
import random
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from encoder import Pieces, embedded, encoder_folder, export, load_encoder, save_words
from labels import FOLDS, LabelledEvent, annotated_reports, fold_of, labelled_reports
from sentences import written
from spacy.tokens import Doc
from torch import Tensor, nn

from dragoman.coding import patterns
from dragoman.coding.parse import parsed_text, prepare
from dragoman.coding.pipeline import load_pipeline
from dragoman.coding.reader import CONTEXT_NAMES, DEPTH, FARTHEST, HEADS, LABELS, MODE_NAMES, TASKS, WINDOW
from dragoman.evaluation.gold import rows
from dragoman.evaluation.relations import marked
from dragoman.model import Report
from dragoman.plover import STATUSES

IGNORE = -100
MERGED = {"YIELD": ("CONCEDE", "RETREAT")}  # PLV's own type for both
OPEN_CLASS = frozenset({"VERB", "NOUN", "ADJ", "AUX", "PROPN"})
ENCODER_RATE, HEAD_RATE, DROPOUT, SMOOTHING, NOTHING = 1e-4, 1e-3, 0.2, 0.05, 0.35
BATCH = 5  # windows
RARELY = -4.0  # at first no word is held for an actor or recipient: hardly any is
WEIGHTS = {"event": 0.12, "statement": 0.03}  # of the roles' losses, which are sums over words
SEED = 1
ROLES = tuple(role for roles in TASKS.values() for role in roles)
ALL_HEADS = {name: width for heads in HEADS.values() for name, width in heads.items()}


@dataclass(slots=True)
class Anchor:
    """An event or attribution: labels of its head word, and the role of every word that has one."""

    word: int
    status: int = IGNORE
    mode: int = IGNORE
    contexts: list[int] | None = None
    roles: dict[int, int] | None = None  # word: 1 + its number among the task's roles, or IGNORE; None: not told


@dataclass(slots=True)
class Text:
    """A report as words in sentences, with the labels of its words and its anchors."""

    task: str  # "event" or "statement"
    words: list[str]
    sentences: list[tuple[int, int]]
    labels: list[int]  # a column of LABELS, or of cues; or IGNORE
    anchors: list[Anchor]


@dataclass(slots=True)
class Window:
    """A part of a text in word pieces."""

    task: str
    pieces: list[int]
    starts: list[int]  # the first piece of every word
    labels: list[int]
    anchors: list[Anchor] = field(default_factory=list)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("stage", choices=tuple(TASKS))
    parser.add_argument("shared", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True, help="folder of the models")
    parser.add_argument("--keep", type=Path, help="also write the weights here, to start from")
    parser.add_argument("--start", type=Path, help="what the first stage wrote")
    parser.add_argument("--epochs", type=int)
    parser.add_argument("--without", type=int, choices=range(FOLDS), help="leave out reports of this fold")
    parser.add_argument("--gold", choices=("none", "open", "all"), default="open", help="annotated reports to train on")
    parser.add_argument("--cache", type=Path, help="keep the parsed texts here between runs")
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(SEED)
    read = Pieces(encoder_folder())
    model = Model(load_encoder(encoder_folder()))
    if options.start:
        model.load_state_dict(torch.load(options.start))
        model.bias.data[roles_of("event")] = RARELY
    if options.stage == "statement":
        train = cached(options.cache, "polnear", lambda: list(statement_texts(options.shared / "corpora/polnear_train.jsonl")))
        held = list(statement_texts(options.shared / "corpora/polnear_dev.jsonl"))
        fit(model, read, train, held, options.epochs or 3)
    else:
        fit(model, read, *event_data(options), options.epochs or 4)
    if options.keep:
        options.keep.parent.mkdir(parents=True, exist_ok=True)
        torch.save(model.state_dict(), options.keep)
    options.output.mkdir(parents=True, exist_ok=True)
    if options.stage == "statement":
        save_words(model.encoder, encoder_folder(), options.output)
    export(Exported(model, options.stage), options.output / f"{options.stage}s.onnx", model.encoder.config.hidden_size, ("heads", "pairs"))
    np.save(options.output / f"{options.stage}s-distance.npy", model.bias.detach().numpy()[roles_of(options.stage)])


def event_data(options: argparse.Namespace) -> tuple[list[Text], list[Text]]:
    """Texts to learn events from, and those left out of them, to measure on; the half kept aside is in neither."""
    ours = cached(options.cache, "written", lambda: list(written_texts()))
    events = cached(options.cache, "reports", lambda: list(report_texts(options.shared)))
    plv = cached(options.cache, "plv", lambda: list(plv_texts(options.shared / "corpora/plv_train.jsonl")))
    chosen, held = [], []
    for identifier, origin, text in events:
        learns = origin == "ours" or options.gold == "all" or (origin == "open" and options.gold == "open")
        (chosen if learns and fold_of(identifier) != options.without else held).append((origin, text))
    return [*(text for _, text in chosen), *ours, *plv], [text for origin, text in held if origin != "kept"]


def roles_of(task: str) -> list[int]:
    """The columns of a task's roles among all roles."""
    return [ROLES.index(role) for role in TASKS[task]]


def cached(folder: Path | None, name: str, make):  # type: ignore[no-untyped-def]
    if folder is None:
        return make()
    path = folder / f"{name}.pkl"
    if not path.is_file():
        path.write_bytes(pickle.dumps(make()))
    return pickle.loads(path.read_bytes())


# -- data ----------------------------------------------------------------------------------------------------------


def bounds(doc: Doc, text: str) -> tuple[list[str], list[tuple[int, int]], dict[int, int]]:
    """The words of a text's sentences without white space, the sentences' bounds, and the word of each token."""
    words: list[str] = []
    sentences = []
    number: dict[int, int] = {}
    for sentence in prepare(Report(id="", text=text), doc, None).sentences:
        begin = len(words)
        for token in sentence:
            number[token.i] = len(words)
            words.append(token.text)
        sentences.append((begin, len(words)))
    return words, sentences, number


def statement_texts(path: Path) -> Iterator[Text]:
    """PolNeAR's articles: the head of each cue is an anchor."""
    nlp = load_pipeline()
    items = rows(path)
    for row, doc in zip(items, nlp.pipe((parsed_text(row["text"]) for row in items), batch_size=16), strict=True):
        words, sentences, number = bounds(doc, row["text"])
        labels = [0] * len(words)
        anchors = []
        for item in row["attributions"]:
            spans = {name: [doc.char_span(*chars, alignment_mode="expand") for chars in item[name]] for name in TASKS["statement"]}
            if not spans["cue"] or spans["cue"][0] is None or spans["cue"][0].root.i not in number:
                continue
            roles: dict[int, int] = {}
            for column, name in enumerate(TASKS["statement"], 1):
                roles |= {number[token.i]: column for span in spans[name] if span is not None for token in span if token.i in number}
            labels = [IGNORE if roles.get(i) == 3 and label == 0 else label for i, label in enumerate(labels)]
            anchors.append(Anchor(number[spans["cue"][0].root.i], roles=roles))
        for anchor in anchors:
            labels[anchor.word] = 1
        yield Text("statement", words, sentences, labels, anchors)


def report_texts(shared: Path) -> Iterator[tuple[str, str, Text]]:
    """Reports with events: id, where the labels come from ("ours", "open", "kept"), and the text."""
    nlp = load_pipeline()
    for origin, report, events in (*(("ours", *item) for item in labelled_reports(shared)), *annotated_reports(shared)):
        doc = nlp(parsed_text(report.text))
        yield report.id, origin, event_text(doc, report.text, events)


def event_text(doc: Doc, text: str, events: Sequence[LabelledEvent]) -> Text:
    words, sentences, number = bounds(doc, text)
    labels = [0] * len(words)
    anchors = []
    heads: list[tuple[int, int]] = []
    for event in events:
        for chars in event.triggers:
            span = doc.char_span(*chars, alignment_mode="expand")
            if span is None or span.root.i not in number:
                continue
            for token in span:
                if token.i in number:
                    labels[number[token.i]] = IGNORE
            word = number[span.root.i]
            heads.append((word, LABELS.index(event.type)))
            mode = MODE_NAMES.index(event.mode) if event.mode in MODE_NAMES else IGNORE
            contexts = [CONTEXT_NAMES.index(name) for name in event.contexts] if event.contexts is not None else None
            anchors.append(Anchor(word, STATUSES.index(event.status), mode, contexts, event_roles(doc, event, chars, number)))
    for word, label in heads:
        labels[word] = label
    return Text("event", words, sentences, labels, anchors)


def event_roles(doc: Doc, event: LabelledEvent, trigger: tuple[int, int], number: dict[int, int]) -> dict[int, int] | None:
    """The heads of the mentions that fill each role: those in the trigger's sentence, or the nearest; all else of them is not learned."""
    roles: dict[int, int] = {}
    span = doc.char_span(*trigger, alignment_mode="expand")
    for column, fillers in enumerate((event.actors, event.recipients), 1):
        for mentions in fillers:
            spans = [found for chars in mentions if (found := doc.char_span(*chars, alignment_mode="expand")) is not None]
            for found in spans:
                roles.update({number[token.i]: IGNORE for token in found if token.i in number and roles.get(number[token.i], 0) <= 0})
            beside = [found for found in spans if found.root.sent == span.root.sent]
            if not beside and spans:
                beside = [min(spans, key=lambda found: abs(found.root.i - span.root.i))]
            roles.update({number[found.root.i]: column for found in beside if found.root.i in number})
    return roles


def written_texts() -> Iterator[Text]:
    """Our own sentences."""
    nlp = load_pipeline()
    for line in written():
        events = [
            LabelledEvent(
                event.type, event.mode, event.status, [event.chars],
                [line.mentions[name] for name in event.actors], [line.mentions[name] for name in event.recipients], event.contexts,
            )
            for event in line.triggers
        ]  # fmt: skip
        yield event_text(nlp(line.text), line.text, events)


def plv_texts(path: Path) -> Iterator[Text]:
    """PLV's sentences; the lexicon's triggers of the sentence's type are taken for its anchors."""
    nlp = load_pipeline()
    lexicon = patterns.load()
    items = rows(path)
    for row, doc in zip(items, nlp.pipe(row["text"] for row in items), strict=True):
        wanted = MERGED.get(row["type"], (row["type"],))
        labels = []
        anchors = []
        parties = [doc.char_span(*chars, alignment_mode="expand") if chars else None for chars in marked(row["marked"])]
        roles = {span.root.i: column for column, span in enumerate(parties, 1) if span is not None}
        for token in doc:
            known = next((match.pattern.type for match in lexicon.match(token)), None)
            labels.append(LABELS.index(known) if known in wanted else 0 if known is None and token.pos_ not in OPEN_CLASS else IGNORE)
            if known in wanted:
                anchors.append(Anchor(token.i, roles=dict(roles)))
        # of other words it is not told whether they take part too
        nouns = {token.i: IGNORE for token in doc if token.pos_ in ("NOUN", "PROPN", "PRON")}
        for anchor in anchors:
            anchor.roles = nouns | (anchor.roles or {})
        yield Text("event", [token.text for token in doc], [(0, len(doc))], labels, anchors)


def windows_of(text: Text, read: Pieces, shift: int) -> Iterator[Window]:
    """A text in windows of whole sentences; ``shift`` pieces are kept free in the first, so that windows differ between epochs."""
    words: list[int] = []
    length = shift
    for start, end in text.sentences:
        needed = sum(len(read(text.words[i])) for i in range(start, end))
        if words and length + needed > WINDOW:
            yield window_of(text, words, read)
            words, length = [], 0
        words += range(start, end)
        length += needed
    if words:
        yield window_of(text, words, read)


def window_of(text: Text, words: list[int], read: Pieces) -> Window:
    window = Window(text.task, [read.begin], [], [])
    at: dict[int, int] = {}
    for word in words:
        new = read(text.words[word])
        if len(window.pieces) + len(new) > WINDOW + 1:
            break
        at[word] = len(window.starts)
        window.starts.append(len(window.pieces))
        window.labels.append(text.labels[word])
        window.pieces += new
    window.pieces.append(read.end)
    for anchor in text.anchors:
        if anchor.word in at:
            roles = None if anchor.roles is None else {at[i]: role for i, role in anchor.roles.items() if i in at}
            window.anchors.append(Anchor(at[anchor.word], anchor.status, anchor.mode, anchor.contexts, roles))
    return window


# -- model ---------------------------------------------------------------------------------------------------------


class Model(nn.Module):
    """The encoder, its heads a word (HEADS), and two vectors a word and role whose product joins an anchor to a word."""

    def __init__(self, encoder: nn.Module) -> None:
        super().__init__()
        self.encoder = encoder
        width = encoder.config.hidden_size
        self.drop = nn.Dropout(DROPOUT)
        self.heads = nn.Linear(width, sum(ALL_HEADS.values()))
        self.pairs = nn.Linear(width, 2 * len(ROLES) * (DEPTH + 1))
        self.bias = nn.Parameter(torch.zeros(len(ROLES), 2 * FARTHEST + 1))
        nn.init.normal_(self.pairs.weight, std=0.05)

    def states(self, vectors: Tensor, mask: Tensor) -> Tensor:
        return self.encoder(inputs_embeds=vectors, attention_mask=mask).last_hidden_state  # type: ignore[no-any-return]

    def scores(self, pairs: Tensor, starts: list[int], anchors: list[int], task: str) -> Tensor:
        """Of one window: anchors by words by the task's roles (and, first, none)."""
        columns = [ROLES.index(role) for role in TASKS[task]]
        both = pairs[starts].view(len(starts), 2, len(ROLES), DEPTH + 1)[:, :, columns]
        first, second = both[anchors, 0], both[:, 1]
        scores = torch.einsum("arD,wrD->awr", first[..., :-1], second[..., :-1]) + first[:, None, :, -1] + second[None, :, :, -1]
        distance = torch.arange(len(starts))[None] - torch.tensor(anchors)[:, None]
        near = self.bias[columns][:, distance.clamp(-FARTHEST, FARTHEST) + FARTHEST].permute(1, 2, 0)
        return torch.cat([torch.zeros(len(anchors), len(starts), 1), scores.float() + near], dim=-1)


class Exported(nn.Module):
    """What of the model is shipped for a task: probabilities of its heads, and the vectors that join words in its roles."""

    def __init__(self, model: Model, task: str) -> None:
        super().__init__()
        self.model, self.task = model, task

    def forward(self, vectors: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        states = self.model.states(vectors, mask)
        parts = dict(zip(ALL_HEADS, torch.split(self.model.heads(states), list(ALL_HEADS.values()), dim=-1), strict=True))
        mine = [parts[name].sigmoid() if name == "contexts" else parts[name].softmax(-1) for name in HEADS[self.task]]
        pairs = self.model.pairs(states).unflatten(-1, (2, len(ROLES), DEPTH + 1))[:, :, :, roles_of(self.task)]
        return torch.cat(mine, -1), pairs.flatten(2)


class Losses:
    """The losses of one batch, each head's where its labels are known."""

    def __init__(self) -> None:
        weights = torch.ones(ALL_HEADS["events"])
        weights[0] = NOTHING
        self.events = nn.CrossEntropyLoss(weight=weights, ignore_index=IGNORE, label_smoothing=SMOOTHING)
        self.plain = nn.CrossEntropyLoss(ignore_index=IGNORE)
        self.summed = nn.CrossEntropyLoss(ignore_index=IGNORE, reduction="sum")

    def __call__(self, model: Model, windows: Sequence[Window]) -> Tensor:
        ids, mask = padded(windows)
        task = windows[0].task
        with torch.autocast("cpu", dtype=torch.bfloat16):
            states = model.drop(model.states(embedded(model.encoder, ids), mask))
            heads = dict(zip(ALL_HEADS, torch.split(model.heads(states).float(), list(ALL_HEADS.values()), dim=-1), strict=True))
            pairs = model.pairs(states).float()
        labels = torch.full(ids.shape, IGNORE)
        for row, window in enumerate(windows):
            labels[row, window.starts] = torch.tensor(window.labels)
        loss = self.events(heads["events"].flatten(0, 1), labels.flatten()) if task == "event" else (
            self.plain(heads["cues"].flatten(0, 1), labels.flatten())
        )  # fmt: skip
        joined = torch.zeros(())
        count = 0
        for row, window in enumerate(windows):
            told = [anchor for anchor in window.anchors if anchor.roles is not None]
            if not told:
                continue
            scores = model.scores(pairs[row], window.starts, [anchor.word for anchor in told], task)
            wanted = torch.zeros(len(told), len(window.starts), dtype=torch.long)
            for number, anchor in enumerate(told):
                for word, role in (anchor.roles or {}).items():
                    wanted[number, word] = role
            joined = joined + self.summed(scores.flatten(0, 1), wanted.flatten())
            count += len(told)
        if count:
            loss = loss + joined / count * WEIGHTS[task]
        if task == "event":
            loss = loss + self.of_events(heads, windows)
        return loss

    def of_events(self, heads: dict[str, Tensor], windows: Sequence[Window]) -> Tensor:
        at = [(row, window.starts[anchor.word], anchor) for row, window in enumerate(windows) for anchor in window.anchors]
        if not at:
            return torch.zeros(())
        row, piece = [item[0] for item in at], [item[1] for item in at]
        loss = torch.zeros(())
        for name, wanted in (("status", [a.status for *_, a in at]), ("modes", [a.mode for *_, a in at])):
            if any(label != IGNORE for label in wanted):
                loss = loss + 0.3 * self.plain(heads[name][row, piece], torch.tensor(wanted))
        told = [(number, anchor.contexts) for number, (*_, anchor) in enumerate(at) if anchor.contexts is not None]
        if told:
            wanted = torch.zeros(len(told), ALL_HEADS["contexts"])
            for number, (_, contexts) in enumerate(told):
                wanted[number, contexts] = 1.0
            given = heads["contexts"][row, piece][[number for number, _ in told]]
            loss = loss + 3.0 * nn.functional.binary_cross_entropy_with_logits(given, wanted)
        return loss


def padded(windows: Sequence[Window]) -> tuple[Tensor, Tensor]:
    width = max(len(window.pieces) for window in windows)
    ids = torch.zeros(len(windows), width, dtype=torch.long)
    for row, window in enumerate(windows):
        ids[row, : len(window.pieces)] = torch.tensor(window.pieces)
    return ids, (ids != 0).long()


def jobs(texts: Iterable[Text], read: Pieces, order: random.Random) -> list[list[Window]]:
    """Batches of one task each, windows of like length together."""
    windows = [window for text in texts for window in windows_of(text, read, order.randrange(WINDOW // 2))]
    order.shuffle(windows)
    found = []
    for task in TASKS:
        mine = sorted((window for window in windows if window.task == task), key=lambda window: len(window.pieces) // 24)
        size = 0
        batch: list[Window] = []
        for window in mine:  # a batch holds at most so many pieces
            if batch and (size + 1) * len(window.pieces) > BATCH * WINDOW:
                found.append(batch)
                batch, size = [], 0
            batch.append(window)
            size += 1
        if batch:
            found.append(batch)
    order.shuffle(found)
    return found


def fit(model: Model, read: Pieces, texts: list[Text], held: list[Text], epochs: int) -> None:
    order = random.Random(SEED)
    planned = [jobs(texts, read, order) for _ in range(epochs)]
    losses = Losses()
    heads = [*model.heads.parameters(), *model.pairs.parameters(), model.bias]
    encoder = [parameter for parameter in model.encoder.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW([{"params": encoder, "weight_decay": 0.01}, {"params": heads, "weight_decay": 0.0}], lr=ENCODER_RATE)
    steps = sum(len(batches) for batches in planned)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, [ENCODER_RATE, HEAD_RATE], total_steps=steps + 1, pct_start=0.1)
    began = time.monotonic()
    for epoch, batches in enumerate(planned, 1):
        model.train()
        total = 0.0
        for number, windows in enumerate(batches, 1):
            loss = losses(model, windows)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item()
            if number % 50 == 0:
                print(f"epoch {epoch}, {number} of {len(batches)}: loss {total / number:.3f}, {time.monotonic() - began:.0f} s", flush=True)
        print(f"epoch {epoch}: loss {total / len(batches):.3f}, {time.monotonic() - began:.0f} s; {measure(model, read, held)}", flush=True)


def measure(model: Model, read: Pieces, held: Sequence[Text]) -> str:
    """F1 of anchors with their label, and of the words in each role of gold's anchors, on texts kept aside."""
    counts: dict[str, list[int]] = {}

    def add(name: str, right: int, found: int, wanted: int) -> None:
        counts[name] = [a + b for a, b in zip(counts.get(name, [0, 0, 0]), (right, found, wanted), strict=True)]

    model.eval()
    with torch.no_grad():
        for windows in jobs(held, read, random.Random(0)):
            ids, mask = padded(windows)
            states = model.states(embedded(model.encoder, ids), mask)
            heads = dict(zip(ALL_HEADS, torch.split(model.heads(states), list(ALL_HEADS.values()), dim=-1), strict=True))
            pairs = model.pairs(states)
            for row, window in enumerate(windows):
                task = window.task
                labels = torch.tensor(window.labels)
                got = heads["events" if task == "event" else "cues"][row, window.starts].argmax(-1)
                told = labels != IGNORE
                add(task, int(((got == labels) & (labels > 0)).sum()), int(((got > 0) & told).sum()), int((labels > 0).sum()))
                known = [anchor for anchor in window.anchors if anchor.roles is not None]
                if not known:
                    continue
                picked = model.scores(pairs[row], window.starts, [anchor.word for anchor in known], task).argmax(-1)
                for number, anchor in enumerate(known):
                    wanted = torch.zeros(len(window.starts), dtype=torch.long)
                    for word, role in (anchor.roles or {}).items():
                        wanted[word] = role
                    counted = wanted != IGNORE
                    for column, name in enumerate(TASKS[task], 1):
                        hit = (picked[number] == column) & counted
                        add(name, int((hit & (wanted == column)).sum()), int(hit.sum()), int((wanted == column).sum()))
                    at = window.starts[anchor.word]
                    if anchor.status != IGNORE:
                        add("status", int(heads["status"][row, at].argmax()) == anchor.status, 1, 1)
                    if anchor.mode != IGNORE:
                        add("mode", int(heads["modes"][row, at].argmax()) == anchor.mode, 1, 1)
                    if anchor.contexts is not None:
                        chosen = set((heads["contexts"][row, at] > 0).nonzero().flatten().tolist())
                        add("contexts", len(chosen & set(anchor.contexts)), len(chosen), len(anchor.contexts))
    return ", ".join(f"{name} {2 * right / max(1, found + wanted):.3f}" for name, (right, found, wanted) in counts.items())


if __name__ == "__main__":
    main()
