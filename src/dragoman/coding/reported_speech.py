"""Indirect speech: attributions that a verb, a noun or "according to" cues in running text."""

from __future__ import annotations

from spacy.tokens import Token

from dragoman.coding.attributed import FINITE, Search, chars_of, gap_end, make, sentence_around, skip_marks
from dragoman.coding.clauses import content, is_infinitive, is_silent, is_unreal, subtree_runs
from dragoman.coding.cue_words import Cue, can_speak, cue_verb, nouns, topics, verbs
from dragoman.coding.subjects import Run, inverted_subject, nearest_subject, subject, trim

CUE_TAIL = 15  # tokens of a cue behind its verb: "X told Reuters by telephone on Friday, and C did D"


def reported(search: Search, token: Token) -> None:
    """An attribution that a word in running text cues, if it does."""
    if token.lower_ == "according":
        _from_according(search, token)
    elif token.pos_ in ("VERB", "AUX"):
        if token.lemma_.lower() in verbs():
            _from_verb(search, token)
    elif token.pos_ == "NOUN" and token.lemma_ in nouns():
        _from_noun(search, token)


def _from_verb(search: Search, verb: Token) -> None:
    cue = cue_verb(verb)
    if cue is None or is_silent(verb) or is_unreal(verb):
        return
    source = subject(verb)
    if source is None and _passive(search, verb, cue):
        return
    if source is None or source.i < search.draft.body:  # a dateline before the subject misleads the parser
        source = nearest_subject(verb) or source
    spans, person = content(verb, cue)
    if "clause" in cue.grammar:
        spans, source = _repaired(search, verb, source, spans)
    if "quote" in cue.grammar and not spans:
        spans = _fragment_behind(search, verb)
    spans = _within(search, verb, spans)
    if not spans or source is None:
        return
    if (cue.sense != "speech" or "clause" not in cue.grammar) and not can_speak(source):
        return
    made = make(search, verb, cue, source, [chars_of(search, run) for run in spans], None)
    made.addressee = person.i if person is not None else made.addressee
    made.apart = len(spans) > 1 and _is_clause(search, spans[0])
    search.add(made)


def _within(search: Search, verb: Token, spans: list[Run]) -> list[Run]:
    """Runs cut at the ends of the sentence: a parse may run over a paragraph's end; none holds its own cue.

    Behind the first, "and" is cut off, and a run that opens with another cue ("adding that") is left to that cue.
    """
    start, end = sentence_around(search, verb.i)
    kept: list[Run] = []
    for run in spans:
        first = max(run[0], start)
        if kept and search.doc[first].lower_ in ("and", "but"):
            first += 1
        cut = trim(search.doc, first, min(run[1], end))
        if cut is None or cut[0] <= verb.i < cut[1]:
            continue
        opening = search.doc[cut[0]]
        if not (kept and opening.tag_ == "VBG" and cue_verb(opening) is not None):
            kept.append(cut)
    return kept


def _repaired(search: Search, verb: Token, source: Token | None, spans: list[Run]) -> tuple[list[Run], Token | None]:
    """Content and source read from the order of the words where the parse gives none, or too little.

    Behind its content ("A did B, X said") a cue attributes the sentence from its start; in front of it, to its end.
    """
    sentence = sentence_around(search, verb.i)
    spans = [run for run in spans if sentence[0] <= run[0] < sentence[1]]
    if not spans or all(run[1] <= verb.i for run in spans):
        before = _before_cue(search, verb, source, sentence)
        if before is not None:
            source = source or inverted_subject(verb, gap_end(search, verb.i))
            return [before, *_after_cue(search, verb, source, sentence)], source
    if not spans and source is not None and source.i < verb.i:
        behind = _behind_cue(search, verb, sentence)
        spans = [behind] if behind is not None else []
    if len(spans) == 1 and spans[0][0] > verb.i:
        spans = [_completed(search, spans[0], sentence)]
    return spans, source


# a complement that opens with one of these has its main clause behind the comma ("that if asked, he would go")
OPENERS = frozenset(
    {
        "whatever",
        "if",
        "when",
        "even",
        "although",
        "while",
        "as",
        "after",
        "because",
        "once",
        "unless",
        "until",
        "despite",
    }
)


def _completed(search: Search, run: Run, sentence: Run) -> Run:
    """Content behind its cue without "on Monday" at its head, and not broken off before its main clause."""
    doc, (start, end) = search.doc, run
    if end < sentence[1] and doc[end].text == "," and doc[start].lower_ in OPENERS:
        following = doc[end + 1 : min(end + 3, sentence[1])]
        if not any(word.tag_ == "VBG" and cue_verb(word) is not None for word in following):
            return trim(doc, start, sentence[1]) or run
    at = start + 1 if doc[start].lower_ == "on" else start
    while at < end and doc[at].ent_type_ in ("DATE", "TIME"):
        at += 1
    dated = at > start + (doc[start].lower_ == "on")
    return (at, end) if dated and end - at > 2 and doc[at].text not in ("'s", "’s", ",") else run


def _before_cue(search: Search, verb: Token, source: Token | None, sentence: Run) -> Run | None:
    """A did B in "A did B, X said" and "A did B, said X"."""
    doc = search.doc
    i = verb.i - 1
    left = source.left_edge.i if source is not None and source.i < verb.i else verb.i
    while i > left and (doc[i].pos_ in ("ADV", "AUX") or doc[i].i >= left):
        i -= 1
    i = min(i, left - 1) if left < verb.i else i
    while i > sentence[0] and doc[i].pos_ == "ADV":
        i -= 1
    if i <= sentence[0] or doc[i].text not in (",", "--", "–", "—", "-"):
        return None
    run = trim(doc, sentence[0], i)
    if run is None or run[1] - run[0] < 3 or verb.tag_ in ("VBG", "VB"):
        return None
    finite = any(token.tag_ in FINITE for token in doc[run[0] : run[1]])
    return run if finite and doc[run[0]].lower_ not in ("in", "while", "although", "when", "if", "as", "after") else None


def _after_cue(search: Search, verb: Token, source: Token | None, sentence: Run) -> list[Run]:
    """ "... and C did D" behind an interrupting cue ("A did B, X said, and C did D")."""
    doc = search.doc
    start = max(verb.i, source.i if source is not None else 0) + 1
    i = next((i for i in range(start, min(start + CUE_TAIL, sentence[1])) if doc[i].text == ","), sentence[1])
    if i + 1 >= sentence[1] or doc[i + 1].lower_ not in ("and", "but"):
        return []
    if any(token.tag_ in FINITE for token in doc[start:i]):
        return []
    run = trim(doc, i + 2, sentence[1])
    if run is None or not any(t.dep_ in ("nsubj", "nsubjpass") for t in doc[run[0] : run[1]]):
        return []
    return [run]


def _behind_cue(search: Search, verb: Token, sentence: Run) -> Run | None:
    """The rest of the sentence behind "X said (on Monday) (that)" where the parser hung it elsewhere."""
    doc, start = search.doc, verb.i + 1
    that = next((i for i in range(start, min(start + 12, sentence[1])) if doc[i].lower_ == "that"), None)
    if that is not None:
        start = that + 1
    else:
        while start < sentence[1] and (
            doc[start].ent_type_ in ("DATE", "TIME") or doc[start].lower_ in ("on", ",", "late", "early", "also")
        ):
            start += 1
    run = trim(doc, start, sentence[1])
    if run is None or run[1] - run[0] < 3 or search.inside[run[0]] >= 0:
        return None
    if that is None and (verb.lemma_ not in ("say", "tell") or doc[run[0]].pos_ in ("ADP", "SCONJ", "ADV")):
        return None
    return run if any(token.tag_ in FINITE for token in doc[run[0] : run[1]]) else None


def _fragment_behind(search: Search, verb: Token) -> list[Run]:
    """The words in quotation marks right behind the verb ("signs reading “stop the war”")."""
    i = skip_marks(search, verb.i + 1)
    if i == verb.i + 1 or i >= len(search.doc):
        return []
    for q0, q1 in search.draft.quotes_at(search.doc[i].idx, search.doc[i].idx):
        if q0 <= search.doc[i].idx < q1 and search.inside[i] < 0:
            end = i
            while end < len(search.doc) and search.doc[end].idx < q1:
                end += 1
            return [(i, end)]
    return []


def _passive(search: Search, verb: Token, cue: Cue) -> bool:
    """ "It was noted that ...", "Hope was expressed that ...", "The need for Z was stressed": nobody is named."""
    below = next((child for child in verb.children if child.dep_ == "nsubjpass"), None)
    if below is None or verb.dep_ not in ("ROOT", "conj", "ccomp") or not {"obj", "thing", "clause", "to_n"} & cue.grammar:
        return False
    if cue.sense not in ("speech", "act"):
        return True
    noun = below.lower_ if below.lower_ in nouns() else below.lemma_.lower()
    if below.lower_ == "it" or noun in nouns() or noun == cue.particle or noun == "support":
        clause = next((c for root in (verb, below) for c in root.children if _complement(c)), None)
        spans = subtree_runs(clause) if clause is not None else []
        if not spans and below.lower_ != "it":
            spans = _phrase_of(search, verb, below)
    elif noun in topics():
        run = trim(search.doc, below.left_edge.i, below.right_edge.i + 1)
        spans = [run] if run else []
    else:
        return True
    if spans:
        search.add(make(search, verb, cue, None, [chars_of(search, run) for run in spans], None))
    return True


def _complement(child: Token) -> bool:
    return child.dep_ in ("ccomp", "acl", "relcl", "advcl", "csubj") and any(mark.lower_ == "that" for mark in child.lefts)


def _phrase_of(search: Search, verb: Token, noun: Token) -> list[Run]:
    """Z in "Concern was expressed about Z", "Support for Z was affirmed"."""
    for root in (noun, verb):
        for child in root.rights:
            if child.dep_ == "prep" and child.lower_ in ("about", "over", "for", "at", "of", "with", "regarding", "to"):
                run = trim(search.doc, child.i + 1, child.right_edge.i + 1)
                return [run] if run else []
    return []


def _from_according(search: Search, token: Token) -> None:
    """According to X, A did B: the sentence without the phrase."""
    doc = search.doc
    if token.i + 2 >= len(doc) or doc[token.i + 1].lower_ != "to":
        return
    to = doc[token.i + 1]
    source = next((child for child in to.children if child.dep_ in ("pobj", "pcomp")), None)
    source = source or next((word for word in doc[to.i + 1 : to.i + 8] if word.pos_ in ("NOUN", "PROPN")), None)
    if source is None:
        return
    sentence = sentence_around(search, token.i)
    end = source.right_edge.i + 1
    before = trim(doc, sentence[0], token.i)
    if before is None or before[1] - before[0] < 3:
        while end < sentence[1] and doc[end].text != "," and doc[end - 1].text != ",":
            end += 1
        spans = [run] if (run := trim(doc, end, sentence[1])) else []
    else:
        after = trim(doc, end, sentence[1])
        spans = [before, after] if after is not None and _is_clause(search, after) else [before]
    if not spans:
        return
    made = make(search, token, None, source, [chars_of(search, run) for run in spans], None)
    made.cue = (token.i, to.i + 1)
    search.add(made)


def _is_clause(search: Search, run: Run) -> bool:
    """Whether a run begins with a subject and has its verb ("and the talks failed"; not "but failed", "the deal")."""
    for word in search.doc[run[0] : run[1]]:
        if word.dep_ in ("nsubj", "nsubjpass", "expl"):
            return word.i < word.head.i < run[1]
        if word.tag_ in FINITE:
            return False
    return False


def _from_noun(search: Search, noun: Token) -> None:
    """His claim that A did B; a call by X for B, to do B."""
    cue, owner = nouns()[noun.lemma_], _owner(noun)
    run = None
    for child in noun.rights:
        if "clause" in cue.grammar and child.dep_ in ("acl", "ccomp", "relcl"):
            mark = next((word for word in child.lefts if word.dep_ == "mark" and word.lower_ == "that"), None)
            run = trim(search.doc, mark.i + 1, child.right_edge.i + 1) if mark is not None else run
        if run is None and owner is not None and "to" in cue.grammar and is_infinitive(child):
            run = trim(search.doc, child.left_edge.i, child.right_edge.i + 1)
        takes = child.dep_ == "prep" and child.lower_ in cue.prepositions and owner not in tuple(child.children)
        if run is None and owner is not None and takes:
            run = trim(search.doc, child.i + 1, child.right_edge.i + 1)
    if run is None:
        return
    chars = chars_of(search, run)
    if chars not in search.told:  # not again in "said in a statement that ..."
        search.add(make(search, noun, cue, owner, [chars], None))


def _owner(noun: Token) -> Token | None:
    """X in "X's claim", "a claim by X", "a claim from X", "Israeli claims"."""
    adjective = None
    for child in noun.children:
        if child.dep_ == "poss":
            return child
        if child.dep_ in ("prep", "agent") and child.lower_ in ("by", "from"):
            return next((word for word in child.children if word.dep_ == "pobj"), None)
        if child.dep_ in ("amod", "compound") and child.ent_type_ in ("NORP", "GPE", "ORG"):
            adjective = child
    return adjective
