"""The grammar of attribution within one sentence: which words are the content of a cue.

Works on the parse, and falls back on the order of the words where the parse is known to fail (quotation marks, lists).
Content is a list of token runs (start, end), as a clause may stand around its cue ("The deal, he said, is dead").
"""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc, Token

from dragoman.coding.cue_words import Cue, cue_verb, frames, media, particle, speakers
from dragoman.coding.subjects import NOMINAL, RELATIVE, Run, trim

OBJECT_PRONOUNS = frozenset({"him", "her", "them", "me", "us", "you"})


def is_silent(verb: Token) -> bool:
    """Whether nothing is said although a cue verb stands there: "did not say", "declined to say"."""
    if verb.dep_ in ("amod", "compound") or any(child.dep_ == "neg" for child in verb.children):
        return True
    above = verb.head
    while verb.dep_ == "conj" and above is not verb and verb.tag_ in ("VB", "VBG"):
        verb, above = above, above.head
    role = frames().get(above.lemma_)
    if is_infinitive(verb):
        return verb.dep_ != "ROOT" and role != "speaks"
    if verb.dep_ == "pcomp" and not any(child.dep_ == "nsubj" for child in verb.lefts):
        return frames().get(above.head.lemma_) != "speaks"
    return verb.dep_ in ("xcomp", "ccomp") and role == "silent" and verb.tag_ in ("VB", "VBG")


def is_infinitive(token: Token) -> bool:
    """Whether "to" stands with the verb."""
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in token.lefts)


def is_unreal(verb: Token) -> bool:
    """ "Will announce", "could say": not said yet."""
    if verb.dep_ == "conj" and verb.tag_ == "VB" and is_unreal(verb.head):
        return True
    return any(
        child.dep_ == "aux" and child.lower_ in ("will", "would", "could", "might", "may", "should", "must", "can", "'ll", "’ll")
        for child in verb.lefts
    )


def subtree_runs(root: Token, without: Iterable[int] = ()) -> list[Run]:
    """The subtree of ``root`` as runs of tokens, ``without`` left out; punctuation is bridged, relatives dropped."""
    skip = set(without)
    doc, found = root.doc, list[list[int]]()
    for number in sorted(token.i for token in root.subtree if token.i not in skip):
        gap = range(found[-1][1], number) if found else range(0)
        if found and all((doc[i].is_punct or doc[i].is_space) and i not in skip for i in gap):
            found[-1][1] = number + 1
        else:
            found.append([number, number + 1])
    trimmed = [run for start, end in found if (run := trim(doc, start, end)) is not None]
    return [run for run in trimmed if run[1] - run[0] > 1 or doc[run[0]].lower_ not in RELATIVE]


def content(verb: Token, cue: Cue) -> tuple[list[Run], Token | None]:
    """What ``verb`` attributes according to its grammar, and the one addressed.

    Tried in order: infinitive right behind the verb, clause, small clause, infinitive, gerund, object, preposition.
    """
    grammar = cue.grammar
    if "to" in grammar and (run := _plain_infinitive(verb)) is not None:
        return [run], None
    if "clause" in grammar and (clause := _clause(verb, cue)) is not None:
        return _clause_runs(verb, clause), addressee(verb, cue)
    if "clause" in grammar and is_aside(verb):
        return subtree_runs(verb.head, [token.i for token in verb.subtree]), addressee(verb, cue)
    if "small" in grammar and (run := _small(verb)) is not None:
        return [run], None
    if "to" in grammar and (infinitive := _infinitive(verb)) is not None:
        run = _from_to(infinitive)
        return [run] if run else [], _controlled(verb, infinitive) or addressee(verb, cue)
    if "ing" in grammar:
        for child in verb.rights:
            if child.dep_ in ("xcomp", "ccomp") and child.tag_ == "VBG":
                return subtree_runs(child), None
    if (run := _object(verb, cue)) is not None:
        return [run], addressee(verb, cue)
    run = _prepositional(verb, cue)
    return [run] if run else [], addressee(verb, cue)


def is_aside(verb: Token) -> bool:
    """ "The deal, he says, is dead": the parser hangs the cue on the clause."""
    return verb.dep_ == "parataxis" and _is_finite(verb.head) and any(child.dep_ == "nsubj" for child in verb.children)


def _clause(verb: Token, cue: Cue) -> Token | None:
    """The finite clause that is the verb's complement. Verbs that ask or promise have none before them."""
    best = None
    for child in verb.children:
        if child.dep_ == "ccomp" and _is_finite(child) and not is_infinitive(child):
            if child.i > verb.i and "person" not in cue.grammar and _has_object_before(verb, child):
                continue  # "claims the islands, believed to be ..."
            if child.i > verb.i or cue.sense in ("speech", "evidence"):
                best = child
        elif child.lemma_ == "clear" and cue.particle == "clear":
            best = next((word for word in child.children if word.dep_ in ("ccomp", "advcl")), best)
    return best or next((word for child in verb.rights for word in _with_its_clauses(child) if _is_that_clause(word)), None)


def _has_object_before(verb: Token, clause: Token) -> bool:
    return any(child.dep_ == "dobj" and child.i < clause.left_edge.i for child in verb.rights)


def _with_its_clauses(child: Token) -> tuple[Token, ...]:
    return (child, *child.rights) if child.pos_ in NOMINAL else (child,)


def _clause_runs(verb: Token, clause: Token) -> list[Run]:
    """The clause as runs: a cue inside it is cut out; several clauses behind the verb are one (a list torn apart)."""
    if clause.i < verb.i:
        return subtree_runs(clause, [token.i for token in verb.subtree] if clause.is_ancestor(verb) else [])
    first = next((child for child in verb.rights if child.dep_ == "ccomp" and _is_finite(child)), clause)
    if first.i >= clause.i or clause.head.i != verb.i:
        return _without_tail(verb, subtree_runs(clause))
    run = trim(verb.doc, first.left_edge.i, clause.right_edge.i + 1)
    return _without_tail(verb, [run] if run else [])


# behind a comma these open a remark of the reporter's, or another's words, rather than go on with what is said
TAILS = frozenset({"although", "though", "while", "as", "when", "after", "before", "even"})


def _without_tail(verb: Token, found: list[Run]) -> list[Run]:
    """Content without a last clause that is no part of it: ", although ...", ", as X called for ..." (its own cue)."""
    if not found:
        return found
    doc, (start, end) = verb.doc, found[-1]
    for i in range(start + 3, end - 3):
        if doc[i].text != ",":
            continue
        if doc[i + 1].lower_ == "according" or (_is_sequel(doc[i + 1]) and not _in_marks(doc, start, i)):
            return [*found[:-1], (start, i)]
        if doc[i + 1].lower_ not in TAILS:
            continue
        mark = doc[i + 1] if doc[i + 1].lower_ != "even" else doc[i + 2]
        tail = mark.head
        if tail.dep_ != "advcl" or tail.i <= i or tail.right_edge.i + 1 < end or tail.head.i > i:
            continue
        if mark.lower_ in ("although", "though") or cue_verb(tail) is not None:
            return [*found[:-1], (start, i)]
    return found


def _is_sequel(word: Token) -> bool:
    """ "..., adding that": the speaker goes on with another cue."""
    return word.tag_ == "VBG" and cue_verb(word) is not None


def _in_marks(doc: Doc, start: int, i: int) -> bool:
    """Whether a quotation that began in the run is still open at token ``i``."""
    return sum(token.is_quote for token in doc[start:i]) % 2 == 1


def _is_finite(verb: Token) -> bool:
    return verb.tag_ in ("VBD", "VBZ", "VBP") or any(
        child.dep_ in ("aux", "auxpass", "nsubj", "nsubjpass", "expl") for child in verb.children
    )


def _is_that_clause(word: Token) -> bool:
    """ "That ..." which the parser hung on a noun or took for an adverbial clause."""
    return word.dep_ in ("advcl", "relcl", "acl", "ccomp") and any(mark.lower_ == "that" and mark.dep_ == "mark" for mark in word.lefts)


def _plain_infinitive(verb: Token) -> Run | None:
    """ "Promised to ...": read from the words, as the parser often hangs a list of infinitives elsewhere."""
    doc, i = verb.doc, verb.i + 1
    if i + 1 < len(doc) and doc[i].lower_ == "to" and doc[i + 1].tag_ == "VB":
        return trim(doc, i, max(doc[i + 1].right_edge.i, i + 1) + 1) if doc[i + 1].i <= doc[i + 1].right_edge.i else None
    return None


def _infinitive(verb: Token) -> Token | None:
    late = None
    for child in verb.rights:
        if child.dep_ in ("xcomp", "ccomp", "acl", "relcl") and is_infinitive(child):
            return child
        if child.dep_ == "advcl" and is_infinitive(child):
            late = late or child
        if child.dep_ in ("dobj", "prep", "dative"):
            for inner in (child, *(word for word in child.children if word.dep_ == "pobj")):
                for word in inner.rights:
                    if word.dep_ in ("acl", "relcl", "xcomp", "ccomp", "advcl") and is_infinitive(word):
                        return word
    return late


def _from_to(infinitive: Token) -> Run | None:
    """From "to" on: the subject of the infinitive is the one addressed."""
    to = next(child for child in infinitive.lefts if child.dep_ == "aux" and child.lower_ == "to")
    first = min([to.i, *(child.i for child in infinitive.lefts if child.dep_ == "neg")])
    end = infinitive.right_edge.i + 1
    for i in range(infinitive.i + 3, end - 1):  # ", which are led by ..." is the reporter's aside
        if infinitive.doc[i].text == "," and infinitive.doc[i + 1].lower_ in ("which", "who", "where"):
            end = i
            break
    return trim(infinitive.doc, first, end)


def _controlled(verb: Token, infinitive: Token) -> Token | None:
    """Y in "urged Y to leave", "called on Y to leave"."""
    for child in infinitive.lefts:
        if child.dep_ == "nsubj":
            return child
    for child in verb.rights:
        if child.i < infinitive.i:
            if child.dep_ in ("dobj", "dative") and child.pos_ in NOMINAL:
                return child
            if child.dep_ == "prep" and child.lower_ in ("on", "upon", "to"):
                return next((word for word in child.children if word.dep_ == "pobj"), None)
    return None


def addressee(verb: Token, cue: Cue | None) -> Token | None:
    """The one addressed: the object of "tell", else Y in "said to Y"."""
    if cue is not None and "person" in cue.grammar:
        for child in verb.rights:
            if child.dep_ in ("dobj", "dative") and child.pos_ in NOMINAL and child.ent_type_ not in ("DATE", "TIME"):
                return child
    for child in verb.rights:
        if child.dep_ in ("prep", "dative") and child.lower_ == "to":
            return next((word for word in child.children if word.dep_ == "pobj"), None)
    return None


def _small(verb: Token) -> Run | None:
    """X Y in "called X Y": object and predicate without a verb between them."""
    objects = [child for child in verb.rights if child.dep_ in ("dobj", "nsubj")]
    for child in verb.rights:
        if child.dep_ == "oprd":
            first = min([child, *objects], key=lambda token: token.i)
            return trim(verb.doc, first.left_edge.i, child.right_edge.i + 1)
        if child.dep_ == "ccomp" and child.pos_ not in ("VERB", "AUX"):
            return trim(verb.doc, child.left_edge.i, child.right_edge.i + 1)
    return None


def _object(verb: Token, cue: Cue) -> Run | None:
    """The object with the phrases that belong to it ("dismissed X as Y", "welcomed the decision on Friday to Z")."""
    target = next((c for c in verb.rights if c.dep_ == "dobj" and c.lower_ not in RELATIVE), None)
    if target is None or not ({"obj", "thing"} & cue.grammar or "as" in cue.grammar):
        return None
    if target.tag_ != "VBG" and target.pos_ not in (*NOMINAL, "ADJ", "NUM", "DET", "X"):
        return None
    if "thing" in cue.grammar and _is_somebody(target):
        return None
    end = _object_end(verb, target, cue)
    start = target.left_edge.i
    predicate = next((c for c in verb.rights if c.dep_ == "prep" and c.lower_ == "as" and c.i < target.i), None)
    if predicate is not None and not {"obj", "thing"} & cue.grammar:
        return trim(verb.doc, start, end)  # "described as a mistake the plan to ..."
    if not {"obj", "thing"} & cue.grammar and end <= target.right_edge.i + 1:
        return None  # "described X" without "as Y" says nothing
    if cue.particle and target.lemma_ == cue.particle:  # "raised concerns over Z": the particle is the object
        inner = next((c for c in (*target.rights, *verb.rights) if c.dep_ == "prep" and c.lower_ in cue.prepositions), None)
        if inner is None:
            return None
        start, end = inner.i + 1, inner.right_edge.i + 1
    return trim(verb.doc, start, end)


def _is_somebody(target: Token) -> bool:
    named = (target, *(child for child in target.children if child.dep_ in ("appos", "compound")))
    return target.lemma_.lower() in speakers() or target.lower_ in OBJECT_PRONOUNS or any(word.ent_type_ == "PERSON" for word in named)


# phrases behind an object that go with it although the parser hangs them on the verb
BOUND = frozenset({"about", "against", "as", "for", "of", "on", "over", "to", "toward", "towards"})


def _object_end(verb: Token, target: Token, cue: Cue) -> int:
    end = target.right_edge.i + 1
    bound = BOUND if {"obj", "thing"} & cue.grammar else cue.prepositions
    for child in verb.rights:
        if child.i < end or _tells_when(child):
            continue
        if child.dep_ in ("prep", "advcl", "xcomp", "acl", "relcl"):
            means = child.lower_ == "by" and any(w.dep_ == "pcomp" and cue_verb(w) is None for w in child.children)
            if child.left_edge.lower_ in bound or means or (child.dep_ != "prep" and is_infinitive(child)):
                end = child.right_edge.i + 1
    return _without_aside(verb, target, end)


def _without_aside(verb: Token, target: Token, end: int) -> int:
    """The end of an object before a relative clause or last apposition behind a comma ("the work of X, which ...")."""
    doc = target.doc
    for i in range(target.i + 1, end - 1):
        word = doc[i + 1]
        if doc[i].text == "," and word.lower_ in ("which", "who", "where", "whose"):
            return i
        if doc[i].text == "," and word.lower_ in ("a", "an"):
            aside = next((t for t in doc[i + 1 : min(i + 9, end)] if t.dep_ == "appos" and t.left_edge.i == i + 1), None)
            if aside is not None and aside.right_edge.i + 1 >= end:
                return i
        if doc[i].lower_ in ("and", "but") and word.tag_ == verb.tag_ == "VBD" and cue_verb(word) is not None:
            return i
    return end


def _tells_when(child: Token) -> bool:
    if child.dep_ != "prep" or child.lower_ not in ("on", "in", "at", "during", "for"):
        return False
    target = next((word for word in child.children if word.dep_ == "pobj"), None)
    if target is None:
        return False
    return target.ent_type_ in ("DATE", "TIME") or (child.lower_ != "for" and target.lemma_.lower() in media())


def _prepositional(verb: Token, cue: Cue) -> Run | None:
    """What follows the cue's preposition ("warned of Z")."""
    second = particle(verb, cue) if cue.particle and cue.particle not in cue.prepositions else None
    for child in verb.rights:  # "called for X to do Y": the parser takes "for" for the mark of a clause
        if child.dep_ in ("advcl", "ccomp", "xcomp") and child.left_edge.lower_ in cue.prepositions and is_infinitive(child):
            return trim(verb.doc, child.left_edge.i + 1, child.right_edge.i + 1)
    for child in (*verb.rights, *(second.rights if second is not None else ())):
        if child.dep_ in ("prep", "advcl", "agent") and child.lower_ in cue.prepositions and not _tells_when(child):
            end = child.right_edge.i + 1
            for later in verb.rights:  # "warned of consequences if ...": the condition belongs to the warning
                bound = later.left_edge.lower_ in ("if", *BOUND) or is_infinitive(later)
                if later.i >= end and later.dep_ in ("advcl", "prep", "xcomp") and bound:
                    end = later.right_edge.i + 1
            return trim(verb.doc, child.i + 1, end)
    return None
