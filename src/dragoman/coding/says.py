"""The question "who says so": the statements of a report, made of its attributions and its actors.

``attribution.py`` finds who is quoted by the words alone; this step drops what the codebook counts as no statement
(thoughts, and what somebody says within a quotation), finds speaker and addressees among the actors, and carries the
medium on.
"""

from __future__ import annotations

import re
from collections import Counter

from spacy.tokens import Token

from dragoman.coding.attributed import kind_of
from dragoman.coding.attribution import Attribution, find_attributions
from dragoman.coding.cue_words import media, nouns
from dragoman.coding.draft import Draft, DraftStatement
from dragoman.model import Medium

# titles of press releases that tell the medium of everything in them
TITLES: tuple[tuple[re.Pattern[str], Medium], ...] = (
    (re.compile(r"\b(?:telephone|phone)\b|\bReadout of .*\b[Cc]alls?\b", re.IGNORECASE), "phone"),
    (re.compile(r"^(?:Joint )?(?:Press )?Statement\b", re.IGNORECASE), "statement"),
    (re.compile(r"^(?:Remarks|Speech|Address|Greetings)\b", re.IGNORECASE), "speech"),
    (re.compile(r"^(?:News|Press) conference\b", re.IGNORECASE), "press-conference"),
)


# Probability from which what the reader alone hears is a statement of the record. F1 of statements found, on the open half (which the rules
# were written with) 0.889 by rules alone, 0.844, 0.869, 0.873 at 0.5, 0.8, 0.9; on the half kept aside 0.824 by rules, 0.816 at 0.6, 0.844
# at 0.9.
SURE = 0.9
CARRIED: tuple[Medium, ...] = ("speech", "press-conference", "broadcast", "statement")


class Says:
    """The step that fills ``draft.statements``. Needs the actors (``Who``); runs before the events are read."""

    def __call__(self, draft: Draft) -> None:
        default = default_medium(draft.report.title)
        authors: dict[str, list[int]] = {}
        for attribution in find_attributions(draft):
            if _is_statement(draft, attribution):
                speakers = _speakers(draft, attribution, authors)
                draft.statements.extend(_statements(draft, attribution, speakers, default))
        _carry_media(draft.statements)
        if default:
            _unnamed_speakers(draft.statements)


def default_medium(title: str) -> Medium:
    """The medium that a press release's title tells for everything in it, or an empty string."""
    return next((medium for pattern, medium in TITLES if pattern.search(title)), "")


def _is_statement(draft: Draft, attribution: Attribution) -> bool:
    """What the codebook counts: no thoughts, nothing that is itself said within a quotation, no claim of nobody's."""
    if attribution.sense == "thought" or attribution.nested:
        return False
    if not attribution.ruled and not _surely_heard(draft, attribution):
        return False
    return attribution.source_root is not None or not _cued_by_noun(draft, attribution)


def _surely_heard(draft: Draft, attribution: Attribution) -> bool:
    """Whether what the reader alone hears is to be noted: it learned on articles where beliefs and plans are attributions too."""
    return attribution.heard is not None and attribution.heard >= SURE and attribution.source is not None


def _statements(draft: Draft, attribution: Attribution, speakers: list[int], default: Medium) -> list[DraftStatement]:
    """One statement, or one for each content: two (codebook) where the cue interrupts a quotation."""
    to = draft.actors_at(draft.doc[attribution.addressee]) if attribution.addressee is not None else []
    to = [actor for actor in to if actor not in speakers]
    medium = attribution.medium
    if not medium and any("JRN" in draft.actors[actor].sectors for actor in to):
        medium = "interview"  # "told Reuters"
    spans = [_without_comma(draft.report.text, chars) for chars in attribution.content_chars]
    contents = [[chars] for chars in spans] if attribution.apart else [spans]
    return [
        DraftStatement(
            speaker=speakers[0] if speakers else None,
            cue=_cue_words(draft, attribution),
            content_chars=content,
            kind=kind_of(draft, content) if attribution.apart else attribution.kind,
            medium=medium or default,
            to=to,
            cue_root=attribution.cue_root,
            confidence=_confidence(draft, attribution),
        )
        for content in contents
    ]


def _without_comma(text: str, chars: tuple[int, int]) -> tuple[int, int]:
    """Content without the comma that stands before its cue and the white space at its ends."""
    words = text[slice(*chars)]
    start = chars[0] + len(words) - len(words.lstrip())
    kept = words.strip().rstrip(",").rstrip()
    return (start, start + len(kept)) if kept else chars


def _speakers(draft: Draft, attribution: Attribution, authors: dict[str, list[int]]) -> list[int]:
    """The actors that the source names; for a document ("the report said") those it belongs to or comes from.

    ``authors`` remembers whose document each kind is ("said in a statement ... the statement said").
    """
    if attribution.source_root is None:
        return []
    root = draft.doc[attribution.source_root]
    found = (
        _named_beside(draft, root)
        or draft.actors_at(root)
        or next((list(m.actors) for m in draft.mentions if m.start <= root.i < m.end and not m.adjective), [])
    )
    lemma = root.lemma_.lower()
    if lemma in media() and not found:
        found = next((actors for author in _authors(root) if (actors := draft.actors_at(author))), [])
        if found:
            authors[lemma] = found
        return found or authors.get(lemma, [])
    if found and attribution.cue_root is not None:
        for preposition in draft.doc[attribution.cue_root].children:
            if preposition.dep_ == "prep":
                authors.update((word.lemma_.lower(), found) for word in preposition.children if word.dep_ == "pobj")
    return found


def _named_beside(draft: Draft, root: Token) -> list[int]:
    """Actors named in apposition to a description: Y in "the head of the chamber, Y", "one of them, Y"."""
    if root.pos_ == "PROPN":
        return []
    # the parser may hang the name on the body ("the head of the Chamber, Y"); hung on a person it is that person's
    heads = [root, *(word for word in root.subtree if word.pos_ == "PROPN" and word.ent_type_ != "PERSON")]
    beside = [child for head in heads for child in head.children if child.dep_ == "appos"]
    names = (child for child in beside if child.pos_ == "PROPN" and child.ent_type_ not in ("GPE", "LOC", "NORP", "DATE"))
    return next((actors for name in names if (actors := draft.actors_at(name))), [])


def _authors(document: Token) -> list[Token]:
    """X in "X's report", "a report by X", "a letter released by X", "the X report"."""
    found = []
    for child in reversed(list(document.children)):
        if child.dep_ in ("poss", "compound", "nmod", "amod"):
            found.append(child)
        elif child.dep_ in ("prep", "agent") and child.lower_ in ("by", "from", "of"):
            found.extend(word for word in child.children if word.dep_ == "pobj")
        elif child.dep_ in ("acl", "relcl"):
            by = (word for word in child.children if word.dep_ in ("agent", "prep") and word.lower_ in ("by", "from"))
            found.extend(word for preposition in by for word in preposition.children if word.dep_ == "pobj")
            found.extend(word for word in child.children if word.dep_ == "nsubj" and word.tag_ not in ("WDT", "WP"))
    return found


def _cue_words(draft: Draft, attribution: Attribution) -> tuple[int, int] | None:
    """The cue with the phrase that names its medium, where that follows it ("said in a tweet")."""
    if attribution.cue is None or attribution.cue_root is None:
        return attribution.cue
    start, end = attribution.cue
    for child in draft.doc[attribution.cue_root].rights:
        if child.i == end and child.dep_ == "prep" and any(word.lemma_.lower() in media() for word in child.children):
            target = next(word for word in child.children if word.lemma_.lower() in media())
            end = target.i + 1
    return start, end


def _carry_media(statements: list[DraftStatement]) -> None:
    """Who was quoted from a speech, a news conference or a broadcast goes on with it until another medium is named."""
    known: dict[int, Medium] = {}
    for statement in statements:
        if statement.speaker is None:
            continue
        if statement.medium:
            known[statement.speaker] = statement.medium
        elif known.get(statement.speaker) in CARRIED:
            statement.medium = known[statement.speaker]


def _unnamed_speakers(statements: list[DraftStatement]) -> None:
    """In a press release a passive without a speaker ("it was noted that") is told of the one whom it mostly quotes."""
    counts = Counter(statement.speaker for statement in statements if statement.speaker is not None)
    for statement in statements:
        if statement.speaker is None and counts:
            statement.speaker = counts.most_common(1)[0][0]
            statement.confidence = UNNAMED


# Share of statements by their kind that annotators have too: quotations 133 of 133, clauses 324 of 354, acts 84 of 103,
# documents 13 of 17, nouns 3 of 7, on the 67 annotated reports the rules were written with; shaded down for that
CONFIDENCE: dict[str, float] = {"quotation": 0.97, "speech": 0.9, "act": 0.8, "evidence": 0.72, "noun": 0.45}
UNNAMED = 0.6  # a speaker put in by ``_unnamed_speakers``: right in 6 of 7 passives there, too few to say more


def _confidence(draft: Draft, attribution: Attribution) -> float:
    """How likely a statement made of an attribution is one to an annotator."""
    if attribution.quotations:
        return CONFIDENCE["quotation"]
    return CONFIDENCE["noun" if _cued_by_noun(draft, attribution) else attribution.sense]


def _cued_by_noun(draft: Draft, attribution: Attribution) -> bool:
    return (
        attribution.cue_root is not None
        and draft.doc[attribution.cue_root].lemma_ in nouns()
        and (draft.doc[attribution.cue_root].pos_ == "NOUN")
    )
