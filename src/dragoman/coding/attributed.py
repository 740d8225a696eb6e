"""One attribution, and what is known while a report is searched for them."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property

from spacy.tokens import Doc, Token

from dragoman.coding.clauses import addressee
from dragoman.coding.cue_words import Cue, Sense, media
from dragoman.coding.draft import Draft
from dragoman.coding.quoting import Utterance
from dragoman.coding.subjects import Run, inverted_subject, phrase, subject
from dragoman.model import Medium, SpeechKind

FINITE = ("VBD", "VBZ", "VBP", "MD")
LONGEST_GAP = 200  # tokens; a cue's subject does not stand farther from it, and there are texts without punctuation
CLAUSE_END = frozenset({".", "!", "?", "\n"})


@dataclass(slots=True)
class Attribution:
    """One attribution. Content is in characters, as quotations need not end at tokens; all else is token numbers."""

    cue: Run | None
    cue_root: int | None
    source: Run | None  # None: nobody named, or (with ``continues``) the speaker of the attribution before goes on
    source_root: int | None
    content_chars: list[tuple[int, int]]
    kind: SpeechKind
    sense: Sense
    medium: Medium = ""
    addressee: int | None = None
    continues: Run | None = None
    quotations: int = 0  # how many of the contents, counted from the first, are quotations of their own
    apart: bool = False  # each content is a sentence of its own, not one that stands around its cue
    nested: bool = False  # stands inside a quotation
    heard: float | None = None  # how likely the reader holds its cue to be one; None: found by rules alone
    ruled: bool = True  # found by the rules, whether the reader hears it or not


@dataclass
class Search:
    """What is known while one report is searched."""

    draft: Draft
    speech: list[Utterance]
    inside: list[int]  # number of the utterance that a token stands in, or -1
    found: list[Attribution] = field(default_factory=list)
    used: set[int] = field(default_factory=set)  # verbs that are the cue of a quotation
    owner: dict[int, Attribution] = field(default_factory=dict)  # by utterance

    told: set[tuple[int, int]] = field(default_factory=set)  # the contents of all that is found
    in_turn: set[int] = field(default_factory=set)  # tokens in a turn of a transcript

    def add(self, attribution: Attribution) -> None:
        self.found.append(attribution)
        self.told.update(attribution.content_chars)

    def is_transcript(self, i: int) -> bool:
        """Whether a token stands in a turn of a transcript."""
        return i in self.in_turn

    def token_at(self, char: int) -> int:
        """The first token that does not begin before a character, the last one where none does."""
        return min(bisect_left(self.starts, char), len(self.starts) - 1)

    @cached_property
    def starts(self) -> list[int]:
        """The character at which each token begins."""
        return [token.idx for token in self.doc]

    @property
    def doc(self) -> Doc:
        return self.draft.doc


def make(
    search: Search,
    root: Token,
    cue: Cue | None,
    source: Token | None,
    chars: list[tuple[int, int]],
    kind: SpeechKind | None,
) -> Attribution:
    person = addressee(root, cue)
    return Attribution(
        cue=_cue_run(root, cue),
        cue_root=root.i,
        source=phrase(source, root) if source is not None else None,
        source_root=source.i if source is not None else None,
        content_chars=chars,
        kind=kind or kind_of(search.draft, chars),
        sense=cue.sense if cue is not None else "speech",
        medium=_medium(root, source, cue),
        addressee=person.i if person is not None else None,
        nested=search.draft.in_quote(root) or search.is_transcript(root.i),
    )


def _cue_run(root: Token, cue: Cue | None) -> Run:
    """The cue with its auxiliaries and particle ("has also pointed out")."""
    start, end = root.i, root.i + 1
    for child in root.children:
        if child.dep_ in ("aux", "auxpass", "advmod") and child.i < start and root.i - child.i <= 3:
            start = child.i
        if cue is not None and cue.particle and child.lower_ == cue.particle and child.i > root.i:
            end = max(end, child.i + 1)
    return start, end


def _medium(root: Token, source: Token | None, cue: Cue | None) -> Medium:
    """The medium that the cue tells: "tweeted", "said in a letter", "told a news conference", "the letter says"."""
    if root.lemma_.lower() == "tweet":
        return "tweet"
    words = [source] if source is not None else []
    above = root.head if root.tag_ == "VBG" else root  # "released a statement saying ..."
    for child in (*root.children, *above.children):
        if child.dep_ in ("prep", "dative", "agent") and child.lower_ not in ("after", "before", "of"):
            words.extend(word for word in child.children if word.dep_ == "pobj")
        elif child.dep_ == "dobj" and (above is not root or (cue is not None and "person" in cue.grammar)):
            words.append(child)
    for word in words:
        for part in (word, *(child for child in word.children if child.dep_ == "compound")):
            two = f"{part.doc[part.i - 1].lower_} {part.lemma_.lower()}" if part.i else ""
            found = media().get(two) or media().get(part.lemma_.lower())
            if found is not None and found.medium and (found.speaks or word is not source):
                return found.medium
    return ""


def kind_of(draft: Draft, chars: list[tuple[int, int]]) -> SpeechKind:
    """Whether words are a quotation, hold one, or neither."""
    quoted = any(start < end and q0 < end and start < q1 for start, end in chars for q0, q1 in draft.quotes_at(start, end))
    whole = all(any(q0 <= start and end <= q1 for q0, q1 in draft.quotes_at(start, end)) for start, end in chars)
    return "direct" if whole else "mixed" if quoted else "indirect"


def chars_of(search: Search, run: Run) -> tuple[int, int]:
    """A run in characters; it does not end in the middle of a quotation."""
    start = search.doc[run[0]].idx
    last = search.doc[run[1] - 1]
    end = last.idx + len(last)
    for q0, q1 in search.draft.quotes_at(start, end):
        if q0 <= start < q1 and end > q1:
            start = q0
        elif start <= q0 < end < q1:
            end = q1
    return _with_marks(search, start, end)


def _with_marks(search: Search, start: int, end: int) -> tuple[int, int]:
    """Content that quotes in part keeps both marks of a quotation at its edge; one that is all quotation keeps none."""
    for q0, q1 in search.draft.quotes_at(start, end):
        if start < q0 and end == q1:
            end += 1 if q1 < len(search.draft.report.text) and not search.draft.report.text[q1].isspace() else 0
        elif start == q0 and q1 < end:
            start -= 1 if q0 else 0
    return start, end


def sentence_around(search: Search, i: int) -> Run:
    """The sentence of a token; a break that the parser put within a quotation is none."""
    number = search.draft.sentence_of[i]
    start, end = search.draft.sentences[number].start, search.draft.sentences[number].end
    sentences, text = search.draft.sentences, search.draft.report.text
    while number + 1 < len(sentences) and _breaks_quotation(search, search.doc[start].idx, sentences[number].end_char):
        if "\n" in text[search.doc[end - 1].idx : sentences[number + 1].start_char]:
            break
        number += 1
        end = sentences[number].end
    return start, end


def _breaks_quotation(search: Search, start: int, end: int) -> bool:
    """Whether a sentence's end stands within a quotation that begins in the sentence."""
    return any(start < q0 < end < q1 for q0, q1 in search.draft.quotes_at(end, end))


def source_of(verb: Token, limit: int) -> Token | None:
    return subject(verb) or inverted_subject(verb, limit)


def gap_end(search: Search, i: int) -> int:
    """Where the unquoted words that hold token ``i`` end."""
    end, paragraph = i + 1, search.draft.paragraph_of[i]
    while end < min(len(search.doc), i + LONGEST_GAP) and not ends_gap(search, search.doc[end], paragraph):
        end += 1
    return end


def ends_gap(search: Search, token: Token, paragraph: int) -> bool:
    return (
        token.text in CLAUSE_END
        or token.text in (";", "“")
        or search.inside[token.i] >= 0
        or search.draft.paragraph_of[token.i] != paragraph
    )


def skip_marks(search: Search, i: int) -> int:
    while i < len(search.doc) and (search.doc[i].is_quote or search.doc[i].text in (",", "--", "-", "–", "—", "''")):
        i += 1
    return i
