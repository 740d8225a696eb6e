"""Who the subject of a verb is, and noun phrases as runs of tokens."""

from __future__ import annotations

from spacy.tokens import Doc, Token

Run = tuple[int, int]
NOMINAL = ("NOUN", "PROPN", "PRON")
EDGES = frozenset({",", ";", ":", ".", "-", "--", "–", "—", '"', "“", "”", "''", "``", "'", "‘", "’", "(", "that"})
RELATIVE = frozenset({"which", "that", "who", "whom", "what", "where", "when"})
RESUMING = ("add", "continue", "conclude")  # cues that go on with what the speaker of the clause above has said
STEPS = 8  # how far a subject is looked for up the parse


def subject(verb: Token) -> Token | None:
    """Who does what ``verb`` tells, found through coordination, control ("began by saying") and relative clauses.

    None where nobody is named: passives without "by", imperatives, infinitives without a subject.
    """
    start = verb
    for _ in range(STEPS):
        own = _own_subject(verb, verb is start)
        if own is not None:
            return own[0]
        head = verb.head
        if head is verb:
            return None
        if verb is start and verb.lemma_ in RESUMING and verb.dep_ == "advcl" and head.dep_ == "ccomp":
            head = head.head  # "X said that Y had left, adding ...": X adds, not Y
        if verb.dep_ in ("acl", "relcl") and head.pos_ in NOMINAL:
            return head if start.tag_ != "VBN" else None
        if verb.dep_ not in ("conj", "xcomp", "advcl", "pcomp", "prep", "ccomp", "dep", "parataxis", "acl", "pobj"):
            return None
        verb = head
    return None


def nearest_subject(verb: Token) -> Token | None:
    """The noun right before a finite verb, where the parser hung it elsewhere."""
    i = verb.i - 1
    while i >= 0 and (verb.doc[i].pos_ in ("ADV", "AUX") or verb.doc[i].text in (",", ")")):
        i -= 1
    found = verb.doc[i]
    if i < 0 or verb.tag_ not in ("VBD", "VBZ", "VBP") or found.pos_ not in NOMINAL or found.lower_ in RELATIVE:
        return None
    return None if found.dep_ == "dobj" or found.ent_type_ in ("DATE", "TIME") else found


def _own_subject(verb: Token, first: bool) -> tuple[Token | None] | None:
    """The subject that hangs on a verb, in a tuple; (None,): its form has none; None: it must be looked for above."""
    passive, auxiliary = None, False
    for child in verb.children:
        if child.dep_ in ("nsubj", "csubj") and child.lower_ != "there":
            return (antecedent(child),)
        if child.dep_ == "nsubjpass":
            passive = child
        auxiliary = auxiliary or child.dep_ in ("aux", "auxpass")
    if first:
        reduced = verb.tag_ == "VBN" and not auxiliary and verb.dep_ != "conj"
        is_passive = any(child.dep_ == "auxpass" for child in verb.children)
        if passive is not None or reduced or is_passive:
            return (agent(verb),)
        return None
    return (antecedent(passive),) if passive is not None else None


def antecedent(token: Token) -> Token:
    """The noun that a relative pronoun stands for, else the token itself."""
    if token.tag_ in ("WDT", "WP"):
        verb = token.head
        while verb.dep_ in ("conj", "xcomp") and verb.head is not verb:
            verb = verb.head
        if verb.dep_ == "relcl":
            return verb.head
    return token


def agent(verb: Token) -> Token | None:
    """Y in "was said by Y"."""
    for child in verb.children:
        if child.dep_ == "agent":
            return next((word for word in child.children if word.dep_ == "pobj"), None)
    return None


def inverted_subject(verb: Token, limit: int) -> Token | None:
    """X in "said X", where the parser took X for an object or a clause. ``limit``: the token where the cue ends."""
    for child in verb.rights:
        if child.i >= limit:
            return None
        if child.dep_ in ("nsubj", "dobj", "attr", "oprd", "npadvmod", "dep", "dative") and child.pos_ in NOMINAL:
            return child
    if verb.i + 1 >= min(limit, len(verb.doc)):
        return None
    head = verb.doc[verb.i + 1]
    while head.pos_ not in ("PROPN", "NOUN") or head.dep_ in ("compound", "poss"):
        if not verb.i < head.head.i < limit or head.head is head:
            break
        head = head.head
    return head if head.pos_ in ("PROPN", "NOUN") else None


def phrase(root: Token, without: Token) -> Run:
    """The tokens of a noun phrase, punctuation at its ends and the cue excluded."""
    start, end = root.left_edge.i, root.right_edge.i + 1
    if root.i < without.i < end:
        end = without.i
    elif start <= without.i < root.i:
        start = without.i + 1
    return trim(root.doc, start, end) or (root.i, root.i + 1)


def trim(doc: Doc, start: int, end: int) -> Run | None:
    """A run without the punctuation, white space and "that" at its ends; None if nothing is left."""
    while start < end and (doc[start].is_space or doc[start].lower_ in EDGES):
        start += 1
    while end > start and (doc[end - 1].is_space or doc[end - 1].text in EDGES or doc[end - 1].lower_ in ("and", "but")):
        end -= 1
    return (start, end) if start < end else None
