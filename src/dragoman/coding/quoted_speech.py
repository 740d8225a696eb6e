"""Direct speech: the cue beside a quotation, quotations that go on without one, and turns of a transcript."""

from __future__ import annotations

from bisect import bisect_left

from spacy.tokens import Token

from dragoman.coding.attributed import CLAUSE_END, Attribution, Search, ends_gap, gap_end, make, skip_marks, source_of
from dragoman.coding.cue_words import cue_verb
from dragoman.coding.quoting import TERMINAL, Turn, Utterance

LABEL_WORDS = 7  # of a name with its title before a colon
GAP = 45  # tokens between a quotation and its cue, at most


def transcribe(search: Search, turn: Turn) -> None:
    """ "Name: words ..." in a transcript: the whole turn is one direct attribution."""
    label = search.doc[turn.label[0] : turn.label[1]]
    made = Attribution(
        cue=turn.label,
        cue_root=label.root.i,
        source=turn.label,
        source_root=label.root.i,
        content_chars=[turn.chars],
        kind="direct",
        sense="speech",
        quotations=1,
    )
    search.in_turn.update(range(bisect_left(search.starts, turn.chars[0]), bisect_left(search.starts, turn.chars[1])))
    search.add(made)


def attach(search: Search, number: int) -> None:
    """Find the cue beside a quotation: before it, behind it, or that of the quotation it goes on with."""
    utterance = search.speech[number]
    before = search.owner.get(number - 1) if number else None
    if utterance.resumed:
        if before is not None:
            _add_content(search, number, before)
        return
    verb = _cue_before(search, utterance) or (None if utterance.needs_verb else _cue_behind(search, utterance))
    if verb is None:
        return
    if before is not None and before.cue_root == verb.i:
        _add_content(search, number, before)
        return
    source = source_of(verb, gap_end(search, verb.i)) if verb.pos_ != "PUNCT" else _name_before_colon(verb)
    made = make(search, verb, cue_verb(verb), source, [utterance.chars], "direct")
    made.quotations = 1
    search.used.add(verb.i)
    search.owner[number] = made
    search.add(made)


def _add_content(search: Search, number: int, attribution: Attribution) -> None:
    attribution.content_chars.append(search.speech[number].chars)
    search.told.add(search.speech[number].chars)
    attribution.quotations += 1
    attribution.apart = True
    search.owner[number] = attribution


def _cue_behind(search: Search, utterance: Utterance) -> Token | None:
    """ "…," said X / "…," X, a spokesman, said: the first verb behind the quotation that is not within its subject."""
    if utterance.closes_sentence and search.doc[utterance.end - 1].text in (".", ".."):
        return None
    behind = skip_marks(search, utterance.end)
    for i in range(behind, min(behind + GAP, len(search.doc))):
        token = search.doc[i]
        if ends_gap(search, token, utterance.paragraph):
            return None
        if token.pos_ not in ("VERB", "AUX") or token.dep_ in ("aux", "auxpass", "relcl", "acl", "amod"):
            continue
        cue = cue_verb(token)
        if cue is not None and "quote" in cue.grammar and token.tag_ not in ("VBG",):
            return token
        if token.dep_ != "advcl":
            return None
    return None


def _cue_before(search: Search, utterance: Utterance) -> Token | None:
    """X said: "…" / In a letter, X wrote that "…": the last verb of saying before the quotation."""
    i = utterance.start - 2
    while i >= 0 and search.doc[i].is_space:
        i -= 1
    if i < 0 or search.doc[i].text in TERMINAL or search.inside[i] >= 0:
        return None
    last = search.doc[i]
    if search.draft.paragraph_of[i] != utterance.paragraph and last.text != ":":
        return None
    for k in range(i, max(i - GAP, -1), -1):
        token = search.doc[k]
        if k < i and (search.inside[k] >= 0 or token.text in CLAUSE_END):
            break
        if token.pos_ not in ("VERB", "AUX") or token.dep_ in ("aux", "auxpass"):
            continue
        cue = cue_verb(token)
        if cue is not None and "quote" in cue.grammar:
            return token if not utterance.needs_verb or k >= i - 1 else None
        if last.text != ":" and token.dep_ not in ("relcl", "acl", "advcl", "amod", "pcomp"):
            break
    return last if last.text == ":" and _name_before_colon(last) is not None else None


def _name_before_colon(colon: Token) -> Token | None:
    """X in 'X: "…"' where X opens the sentence and is a name or title of up to seven words."""
    start = colon.i
    while 0 < start >= colon.i - LABEL_WORDS and not (colon.doc[start - 1].is_space or colon.doc[start - 1].text in TERMINAL):
        start -= 1
    words = colon.doc[start : colon.i]
    if not 0 < len(words) <= LABEL_WORDS or not any(word.pos_ == "PROPN" for word in words):
        return None
    if any(word.pos_ in ("VERB", "AUX") for word in words):
        return None
    return next(word for word in reversed(words) if word.pos_ in ("PROPN", "NOUN"))


def continue_speech(search: Search) -> None:
    """Quotations without a cue: the speaker of the attribution before goes on, in the same or the next paragraph."""
    latest = _Latest(search)
    for number, utterance in enumerate(search.speech):
        if number in search.owner or search.is_transcript(utterance.start) or not utterance.opens_sentence:
            continue
        previous = latest.before(utterance)
        if previous is not None:
            latest.latest = _go_on(search, number, previous)


def _go_on(search: Search, number: int, previous: Attribution) -> Attribution:
    """The attribution that has taken in the quotation: the one before it, or a new one with its source."""
    utterance = search.speech[number]
    same_paragraph = search.draft.paragraph_of[previous.cue_root or 0] == utterance.paragraph
    if previous.quotations == len(previous.content_chars) and same_paragraph:
        _add_content(search, number, previous)
        return previous
    made = Attribution(
        cue=previous.cue,
        cue_root=previous.cue_root,
        source=None,
        source_root=previous.source_root,
        content_chars=[utterance.chars],
        kind="direct",
        sense=previous.sense,
        medium=previous.medium,
        addressee=previous.addressee,
        continues=previous.source or previous.continues,
        quotations=1,
    )
    search.owner[number] = made
    search.add(made)
    return made


class _Latest:
    """Whose words end last before a quotation, while the quotations are gone through in order."""

    def __init__(self, search: Search) -> None:
        self.search = search
        speaking = [found for found in search.found if not found.nested and found.sense != "evidence"]
        self.ahead = sorted(speaking, key=lambda found: found.content_chars[-1][0])  # stable: of two at one place the later found
        self.ahead.reverse()
        self.latest: Attribution | None = None

    def before(self, utterance: Utterance) -> Attribution | None:
        while self.ahead and self.ahead[-1].content_chars[-1][0] < utterance.chars[0]:
            found = self.ahead.pop()
            if self.latest is None or found.content_chars[-1][0] >= self.latest.content_chars[-1][0]:
                self.latest = found
        if self.latest is None or self.latest.source_root is None:
            return None
        at = self.search.token_at(self.latest.content_chars[-1][0])
        near = utterance.paragraph - self.search.draft.paragraph_of[at]
        return self.latest if near == 0 or (near == 1 and _opens_paragraph(self.search, utterance)) else None


def _opens_paragraph(search: Search, utterance: Utterance) -> bool:
    i = utterance.start - 1
    while i > 0 and (search.doc[i - 1].is_space):
        i -= 1
    return i <= 0 or search.draft.paragraph_of[i - 1] != utterance.paragraph
