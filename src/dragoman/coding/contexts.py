"""What an act is about: PLOVER's contexts, by cue words in the event's sentence (``plover/data/contexts_words.csv``)."""

from __future__ import annotations

from dragoman.coding.draft import Draft, DraftEvent
from dragoman.knowledge.tables import read_table
from dragoman.plover import DATA


class Contexts:
    """The cue words of every context, of one word or two, in lemmas."""

    def __init__(self) -> None:
        self.cues: dict[str, list[str]] = {}
        for row in read_table(DATA / "contexts_words.csv", ("context", "words")):
            for cue in row.items("words"):
                self.cues.setdefault(cue.lower(), []).append(row["context"])

    def of(self, draft: Draft, event: DraftEvent) -> list[str]:
        """The contexts whose cues stand in the event's sentence, in the order of PLOVER's list of their first cue."""
        sentence = draft.sentences[draft.sentence_of[event.root]]
        lemmas = [token.lemma_.lower() for token in sentence]
        words = [token.lower_ for token in sentence]
        pairs = [f"{a} {b}" for a, b in zip(words, lemmas[1:], strict=False)]
        hyphenated = [f"{a}-{b}" for a, dash, b in zip(words, words[1:], lemmas[2:], strict=False) if dash == "-"]
        keys = [*lemmas, *words, *pairs, *hyphenated]
        found: dict[str, None] = {}
        for key in keys:
            for context in self.cues.get(key, ()):
                found[context] = None
        return list(found)
