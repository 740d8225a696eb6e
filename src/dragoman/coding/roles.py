"""Who stands where around a verb or noun: subject, object, possessor, behind "by", "with", "to", ...

Passive, relative and reduced clauses, coordination and control ("wants to", "was ordered to") are undone here, so that
``what.py`` can ask for the subject and gets the one who acts.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from dragoman.coding import grammar

SUBJECTS = ("nsubj", "csubj")
PASSIVE_SUBJECTS = ("nsubjpass", "csubjpass")
CLAUSES = frozenset({"xcomp", "advcl", "pcomp", "conj", "ccomp"})
RELATIVE = frozenset({"WDT", "WP", "WP$"})
LIGHT_VERBS = grammar.words("light verb")
FINITE = frozenset({"VBD", "VBZ", "VBP"})
MAX_CLIMB = 4  # clauses climbed in search of a subject


def is_passive(verb: Token) -> bool:
    """Whether a verb is passive, reduced participles ("troops killed by") included."""
    if any(child.dep_ in ("nsubjpass", "auxpass", "csubjpass") for child in verb.children):
        return True
    if verb.dep_ == "conj" and verb.tag_ == "VBN" and not any(child.dep_ in SUBJECTS for child in verb.children):
        return verb.head.pos_ == "VERB" and is_passive(verb.head)
    return verb.tag_ == "VBN" and verb.dep_ in ("acl", "amod") and not any(child.dep_ == "dobj" for child in verb.children)


def conjunct_of(verb: Token) -> Token:
    """The verb that a coordinated verb continues. A finite verb cannot continue an infinitive ("called on X to stop and
    praised Y"): where the parser says so, it continues the finite verb above."""
    head = verb.head
    if verb.tag_ in FINITE:
        while head.tag_ not in FINITE and head.dep_ in ("xcomp", "advcl", "ccomp", "acl", "pcomp") and _is_verb(head.head):
            head = head.head
    return head


def _child(token: Token, deps: tuple[str, ...]) -> Token | None:
    return next((child for child in token.children if child.dep_ in deps), None)


def _antecedent(verb: Token, pronoun: Token) -> Token:
    """The noun a relative pronoun stands for, else the pronoun itself."""
    return verb.head if pronoun.tag_ in RELATIVE and verb.dep_ == "relcl" else pronoun


def grammatical_subject(verb: Token, climb: int = 0) -> Token | None:
    """The subject in the sentence's grammar, sought in the clauses above where the verb has none of its own."""
    own = _child(verb, SUBJECTS + PASSIVE_SUBJECTS)
    if own is not None:
        return _antecedent(verb, own)
    if verb.dep_ in ("acl", "relcl") and verb.tag_ in ("VBG", "VBN"):
        return verb.head
    if verb.dep_ == "acl":  # "its decision to withdraw": the noun's possessor or the subject of its verb
        return possessor(verb.head) or (
            grammatical_subject(verb.head.head, climb + 1) if climb < MAX_CLIMB and _is_verb(verb.head.head) else None
        )
    if climb >= MAX_CLIMB or verb.dep_ not in CLAUSES:
        return None
    head = conjunct_of(verb) if verb.dep_ == "conj" else verb.head
    if verb.dep_ == "pcomp" and head.dep_ == "prep":
        head = head.head
        if not _is_verb(head):
            return possessor(head) or (grammatical_subject(head.head, climb + 1) if _is_verb(head.head) else None)
    if verb.dep_ == "xcomp":
        controlled = _child(head, ("dobj", "dative"))
        if controlled is not None and verb.tag_ == "VB":
            return controlled
    if head.pos_ == "ADJ" and _is_verb(head.head):  # "is due to visit", "is likely to meet"
        head = head.head
    return grammatical_subject(head, climb + 1) if _is_verb(head) else None


def _is_verb(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX")


def possessor(noun: Token) -> Token | None:
    return _child(noun, ("poss",))


def agent(verb: Token) -> Token | None:
    """The noun behind "by" in a passive."""
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by" and is_passive(verb)):
            return _child(child, ("pobj",))
    return None


def subject(verb: Token) -> Token | None:
    """Who acts: the subject, in a passive the agent."""
    return agent(verb) if is_passive(verb) else grammatical_subject(verb)


def direct_object(verb: Token) -> Token | None:
    """Who or what is acted on: the object, in a passive the subject; in a relative clause the noun it modifies."""
    if is_passive(verb):
        return grammatical_subject(verb)
    found = _child(verb, ("dobj", "dative"))
    if found is not None:
        return _antecedent(verb, found)
    if verb.dep_ == "relcl" and _child(verb, SUBJECTS) is not None:
        own = _child(verb, SUBJECTS)
        if (
            own is not None
            and own.tag_ not in RELATIVE
            and not any(child.dep_ == "prep" and not list(child.children) for child in verb.children)
        ):
            return verb.head
    if verb.dep_ == "conj" and _is_verb(verb.head) and verb.tag_ == verb.head.tag_:
        shared = _child(verb.head, ("dobj",))
        if shared is not None and shared.i > verb.i:
            return shared
    return None


def complement_subject(verb: Token) -> Token | None:
    """The subject of a verb's complement clause: Y in "urged Y to do", "demanded that Y do"; Y in "asked for Y to"."""
    for clause in verb.children:
        if clause.dep_ in ("ccomp", "xcomp", "advcl") and _is_verb(clause):
            own = _child(clause, SUBJECTS + PASSIVE_SUBJECTS)
            if own is not None and (clause.dep_ != "advcl" or _child(clause, ("mark",)) is None):
                return own
    return _child(verb, ("dobj", "dative"))


def behind(preposition: str, tokens: list[Token]) -> Iterator[Token]:
    """The nouns behind a preposition that hangs on one of the tokens ("with", also "together with", "along with")."""
    for token in tokens:
        if token.lower_ == preposition and token.dep_ in ("prep", "agent", "prt", "dative"):
            yield from (child for child in token.children if child.dep_ in ("pobj", "pcomp"))
        for child in token.children:
            if child.dep_ in ("prep", "agent", "dative", "prt") and child.lower_ == preposition:
                yield from (noun for noun in child.children if noun.dep_ == "pobj")
            elif child.dep_ == "prep":  # chained prepositions: "out of Syria", "along with Turkey"
                for inner in child.children:
                    if inner.dep_ == "prep" and inner.lower_ == preposition:
                        yield from (noun for noun in inner.children if noun.dep_ == "pobj")


def light_verb(noun: Token) -> Token | None:
    """The verb that carries an event noun as its object or passive subject ("launched an attack", "an attack was launched")."""
    if noun.dep_ in ("dobj", "nsubjpass") and noun.head.lemma_ in LIGHT_VERBS:
        return noun.head
    if noun.dep_ == "pobj" and noun.head.dep_ == "prep" and noun.head.head.lemma_ in ("carry", "engage", "take", "participate"):
        return noun.head.head
    if noun.dep_ == "conj" and noun.head.pos_ == "NOUN":
        return light_verb(noun.head)
    for child in noun.children:
        if child.dep_ in ("acl", "relcl") and child.lemma_ in LIGHT_VERBS:
            return child
    return None
