"""What an act is about: PLOVER's contexts, by cue words in the event's sentence (``plover/data/contexts_words.csv``)."""

from __future__ import annotations

from collections import Counter

from spacy.tokens import Span

from dragoman.coding.draft import Draft, DraftEvent
from dragoman.knowledge.tables import read_table
from dragoman.plover import CONTEXTS, DATA

# From this share of a report's sentences on a context is what the report, and so each act in it, is about.
# On the open half of dev.jsonl, typed events: F1 0.590 without, 0.638 at 0.25, 0.640 at 0.35, 0.633 at 0.4, 0.622 at 0.5
# (with the two rules below).
ABOUT = 0.35
# Contexts that follow from the type of the act: a meeting is diplomatic (77 % of those annotated), a mobilisation military (96 %),
# while deeds are not made diplomatic by a minister or a summit that stands in their sentence (+0.02 F1, same half).
ALWAYS = {"CONSULT": "diplomatic", "MOBILIZE": "military"}
DEEDS = frozenset({"ASSAULT", "MOBILIZE", "PROTEST", "COERCE", "AID", "RETREAT", "CONCEDE", "COOPERATE"})


class Contexts:
    """The cue words of every context, of one word or two, in lemmas."""

    def __init__(self) -> None:
        self.cues: dict[str, list[str]] = {}
        for row in read_table(DATA / "contexts_words.csv", ("context", "words")):
            for cue in row.items("words"):
                self.cues.setdefault(cue.lower(), []).append(row["context"])

    def mark(self, draft: Draft, events: list[DraftEvent]) -> None:
        """Fill the contexts of the events: those of their sentence, of the report as a whole and of their type, in a fixed order."""
        cued = [self._cued(sentence) for sentence in draft.sentences]
        sentences = Counter(context for found in cued for context in found)
        about = {context for context, number in sentences.items() if number >= ABOUT * len(cued)}
        for event in events:
            found = cued[draft.sentence_of[event.root]] | about
            if event.type in DEEDS:
                found -= {"diplomatic"}
            if event.type in ALWAYS:
                found = found | {ALWAYS[event.type]}
            event.contexts = [context for context in CONTEXTS if context in found]

    def _cued(self, sentence: Span) -> frozenset[str]:
        """The contexts whose cues stand in a sentence."""
        lemmas = [token.lemma_.lower() for token in sentence]
        words = [token.lower_ for token in sentence]
        pairs = [f"{a} {b}" for a, b in zip(words, lemmas[1:], strict=False)]
        hyphenated = [f"{a}-{b}" for a, dash, b in zip(words, words[1:], lemmas[2:], strict=False) if dash == "-"]
        keys = [*lemmas, *words, *pairs, *hyphenated]
        return frozenset(context for key in keys for context in self.cues.get(key, ()))
