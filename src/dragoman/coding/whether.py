"""Whether: has the act happened, is it planned, only thought of, denied, or long past?

Each telling of an act is read from the inside out: its own modifiers, the auxiliaries and negation of its verb, the
conjunction of its clause, then what governs it, nearest first; words beside it ("for decades", "ahead of") come last.
The cues are data (``cues/status.csv``). The first telling that says anything decides. Once events are dated, what ended
over a year before the report is history, and what lies ahead of it is no fact yet (CODEBOOK, status).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from spacy.tokens import Span, Token

from dragoman.coding import roles, status_cues
from dragoman.coding.draft import Draft, DraftEvent
from dragoman.coding.status_cues import Cue, Cues
from dragoman.model import EventType, Status

CLIMB = 6  # dependencies climbed from the act to a governing cue
HISTORY_DAYS = 366  # CODEBOOK: "more than about a year before the report"
# "will provide", "would not accept", "may respond": saying so performs the act, so its modals say nothing of it
PERFORMED = frozenset({"AGREE", "CONCEDE", "REJECT", "THREATEN"})
VERBAL = PERFORMED | {"REQUEST", "ACCUSE", "SUPPORT"}
SPEAKERS = frozenset({"i", "we"})  # "I would urge" urges; "she would urge" does not yet
VERBS = ("VERB", "AUX")
CLAUSAL = frozenset({"to", "ing", "conj", "apart", "purpose"})  # ways of hanging that share the modality of what they hang on
CONDITIONS = frozenset({"if", "unless"})
NEEDED = frozenset({"have", "need", "like", "prefer"})  # "would have to comply", "would like to meet"
ONLY = frozenset({"only", "just", "merely", "simply"})  # "not only met" is no negation


class Whether:
    """The step that sets the status of each of ``draft.events``."""

    def __init__(self) -> None:
        self.cues = status_cues.load()

    def __call__(self, draft: Draft) -> None:
        year = None if draft.date is None else draft.date.year
        for event in draft.events:
            own = frozenset(i for trigger in event.triggers for i in range(*trigger))
            roots = [draft.doc[event.root], *(draft.doc[start:end].root for start, end in event.triggers[1:])]
            reader = _Reader(self.cues, event.type, own, year)
            event.status = reader.tell(list(dict.fromkeys(roots)))

    def status(self, act: Token | Span, kind: EventType = "CONSULT", year: int | None = None) -> Status:
        """The status of an act in a single sentence.

        Args:
            act: the word or words that tell it ("visited", "not accept"), in a parsed text.
            kind: its PLOVER type; promises, threats and refusals are facts once uttered.
            year: of the report, to tell whether a named past happening is history.
        """
        words = [act] if isinstance(act, Token) else list(act)
        root = act if isinstance(act, Token) else act.root
        return _Reader(self.cues, kind, frozenset(word.i for word in words), year).tell([root])


class _Reader:
    """Reads the status of one act, of the type ``kind``, whose trigger words are ``own``."""

    def __init__(self, cues: Cues, kind: EventType, own: frozenset[int], year: int | None) -> None:
        self.cues, self.kind, self.year = cues, kind, year
        self.own = own if kind in VERBAL else frozenset[int]()  # in "would not accept" the pattern has the "not" itself

    def tell(self, acts: list[Token]) -> Status:
        """The status by the first telling that says anything; what only "ahead of" tells counts last."""
        for act in acts:
            status = self.read(act)
            if status is not None:
                return status
        return next((status for act in acts if (status := self.beside(act, "before"))), "actual")

    def read(self, act: Token) -> Status | None:
        """What one telling says: a cue's status, ``actual`` for a plain finite verb, ``None`` for a bare noun."""
        verb = act if act.pos_ in VERBS else self.carrier(act)
        found = self.modified(act)
        if found is None and verb is not None:
            found = self.clause(verb) or (None if verb is act else self.modified(verb))
        found = found or self.governed(verb or act) or self.long_gone(act, verb)
        if found is not None:
            return found
        if verb is not None and (verb.tag_ in ("VBD", "VBZ", "VBP", "VBN") or verb.dep_ == "ROOT"):
            return "actual"
        return self.beside(act, "after")

    def carrier(self, noun: Token) -> Token | None:
        """The verb that tells when an act named by a noun happens: "held talks", "the talks will begin"."""
        if noun.dep_ in ("nsubj", "dobj", "nsubjpass") and noun.head.lemma_ in self.cues.words["carrier"]:
            return noun.head
        if noun.dep_ == "attr" and noun.head.lemma_ == "be":  # "that would be a mistake" blames now
            return None if self.kind in VERBAL else noun.head
        light = roles.light_verb(noun)
        if light is not None and light == noun.head and self.cue(light, _way(noun)[0]) is not None:
            return None  # "plans a meeting", "a meeting is planned": the verb does not tell that it takes place
        return light

    # -- at the act itself -----------------------------------------------------------------------------------------

    def modified(self, token: Token) -> Status | None:
        """An adjective, determiner or participle beside the act ("planned visit", "talks due on Monday")."""
        cues = self.cues.words["modifier"]
        for child in token.children:
            if child.i in self.own or child.dep_ not in ("amod", "advmod", "det", "preconj", "acl", "compound", "nmod"):
                continue
            word = _hyphenated(child)
            status = cues.get(word) or cues.get(child.lower_) or cues.get(child.lemma_.lower())
            if status == "future" and self.kind in PERFORMED:
                continue  # "the planned withdrawal" is a withdrawal announced
            if status is not None and (child.dep_ != "acl" or child.tag_ == "VBN"):
                return status
        return None

    def clause(self, verb: Token) -> Status | None:
        """What auxiliaries, negation and the conjunction tell; a coordinated verb shares those of the first."""
        children = [child for child in verb.children if child.i not in self.own]
        modal = self.modal(verb, children)
        if any(_negates(child) for child in children) or self.nobody(verb):
            return "hypothetical" if modal == "hypothetical" and _mild(children) else "negated"
        mark = next((self.cues.words["mark"].get(child.lower_) for child in children if child.dep_ == "mark"), None)
        if verb.dep_ == "pcomp":
            mark = self.cues.words["mark"].get(verb.head.lower_)
        if mark is not None and not _whole(children):
            return mark
        own = any(child.dep_ in ("aux", "nsubj", "nsubjpass") for child in verb.children)
        first = roles.conjunct_of(verb)
        if modal is None and not own and verb.dep_ == "conj" and verb.head.pos_ in VERBS:
            return None if _finite_beside_infinitive(verb, first) else self.clause(first)
        return modal

    def nobody(self, verb: Token) -> bool:
        """ "No troops were sent", "took no hostages", "nobody was hurt"."""
        for child in verb.children:
            if child.dep_ in ("nsubj", "nsubjpass", "dobj"):
                if child.lower_ in ("nobody", "none", "no-one"):
                    return True
                if any(word.lower_ == "no" and word.dep_ in ("det", "neg") for word in child.children):
                    return not self.own & {word.i for word in child.children}
        return False

    def modal(self, verb: Token, children: list[Token]) -> Status | None:
        """The status that the verb's auxiliaries give, if saying so is not itself the act."""
        words = [child.lower_ for child in children if child.dep_ in ("aux", "auxpass")]
        found = next((status for word in words if (status := self.cues.words["modal"].get(word))), None)
        if found is None:
            return None
        if self.kind == "THREATEN" or (self.kind in PERFORMED and found == "future"):
            return None
        if self.kind in VERBAL and any(child.dep_ == "nsubj" and child.lower_ in SPEAKERS for child in children):
            return None
        unreal = "would" in words and ("have" in words or verb.lemma_ in NEEDED)
        if found == "future" and (unreal or _conditional(verb)):
            return "hypothetical"
        return found

    # -- above it --------------------------------------------------------------------------------------------------

    def governed(self, act: Token) -> Status | None:
        """The nearest governing cue, going up through complements ("plans to hold talks", "calls for the release")."""
        token = act
        for _ in range(CLIMB):
            if token.head is token:
                return None
            way, head = _way(token)
            if not way or (way == "apart" and token is act and self.kind in VERBAL):
                return None
            cue = self.cue(head, way)
            if cue is not None:
                return self.outcome(cue.status, head)
            if way == "to" and (status := _still_to_come(head)):
                return status
            if head.pos_ in VERBS:
                if way not in CLAUSAL and not self.carries(head):
                    return None
                if (status := self.clause(head)) is not None:
                    return status
            elif way not in ("conj", "apart") and (
                head.lemma_.lower() in self.cues.words["frame"] or head.lemma_.lower() in roles.LIGHT_VERBS
            ):
                if (status := self.modified(head)) is not None:
                    return status
            elif way not in ("to", "conj", "apart"):
                return None
            token = head
        return None

    def carries(self, verb: Token) -> bool:
        """Whether a verb tells of its object or subject only that it happens."""
        return verb.lemma_ in roles.LIGHT_VERBS or verb.lemma_ in self.cues.words["carrier"]

    def cue(self, head: Token, way: str) -> Cue | None:
        for cue in self.cues.governing.get(head.lemma_.lower(), ()):
            if head.i in self.own or (cue.needs and way not in cue.needs):
                continue
            if cue.particle and not _with_particle(head, cue.particle):
                continue
            return cue
        return None

    def outcome(self, status: Status, head: Token) -> Status:
        """A cue's status once its own negation is heard: "does not plan to", "did not rule out"."""
        if not any(_negates(child) for child in head.children):
            return status
        return "hypothetical" if status == "negated" else "negated"

    # -- beside it -------------------------------------------------------------------------------------------------

    def long_gone(self, act: Token, verb: Token | None) -> Status | None:
        """Words beside the act that name a time or happening of the past."""
        told = " ".join(token.lower_ for token in _clause_words(verb or act))
        for phrase, status in self.cues.words["phrase"].items():
            if f" {phrase} " in f" {told} ":
                return status
        for child in act.children:  # "fought a decades-long war"
            if act.pos_ in VERBS and child.dep_ == "dobj" and self.modified(child) == "historical":
                return "historical"
        if self.year is not None:
            around = _near(act)
            for name, year in self.cues.past:
                if name in around and year < self.year - 1:
                    return "historical"
        return None

    def beside(self, act: Token, kind: str) -> Status | None:
        """What the preposition before the act's noun phrase tells ("ahead of the visit", "during the visit")."""
        if act.pos_ in VERBS:
            return None
        start = act.left_edge.i
        before = " ".join(token.lower_ for token in act.doc[max(0, start - 5) : start]).replace(" - ", "-")
        for phrase, status in self.cues.words[kind].items():
            if f" {before}".endswith(f" {phrase}"):
                return status
        return None


# -- the parse -----------------------------------------------------------------------------------------------------


def _way(token: Token) -> tuple[str, Token]:
    """How a word hangs on what governs it: "to", "ing", "that", "noun", "conj" or a preposition; "" where nothing governs it."""
    head = token.head
    infinitive = any(child.dep_ == "aux" and child.lower_ == "to" for child in token.children)
    if token.dep_ == "conj":
        first = roles.conjunct_of(token) if token.pos_ in VERBS else head
        own = any(child.dep_ in ("nsubj", "nsubjpass", "aux") for child in token.children)
        return ("" if own or _finite_beside_infinitive(token, first) else "conj"), first
    if token.dep_ == "advcl" and any(child.dep_ == "dobj" for child in head.children):
        return ("purpose" if infinitive else ""), head
    if infinitive and _of_rank(token):
        return "", head
    if token.dep_ in ("xcomp", "ccomp", "acl", "advcl", "relcl") and infinitive:
        return "to", head
    if token.dep_ == "xcomp":
        return ("ing" if token.tag_ == "VBG" else "to"), head
    if token.dep_ == "ccomp":
        return ("ing" if token.tag_ == "VBG" and not _whole(list(token.children)) else "that"), head
    if token.dep_ in ("dobj", "nsubjpass"):
        return "noun", head
    if token.dep_ in ("acomp", "attr", "oprd") and head.pos_ in VERBS:
        return "apart", head
    if token.dep_ in ("pobj", "pcomp") and head.dep_ in ("prep", "agent", "dative"):
        if head.head is head or head.lower_ not in COMPLEMENTS:
            return "", head.head
        return ("to_n" if head.lower_ == "to" else head.lower_), head.head
    return "", head


def _of_rank(token: Token) -> bool:
    """ "The first minister to visit" has visited. The parser hangs the infinitive on the noun or on "is"."""
    nouns = [token.head] if token.dep_ in ("acl", "relcl") else [child for child in token.head.children if child.dep_ == "attr"]
    return token.dep_ in ("acl", "relcl", "xcomp") and any(child.lower_ in RANKS for noun in nouns for child in noun.children)


RANKS = frozenset({"first", "second", "third", "last", "latest", "only", "highest"})
COMPLEMENTS = frozenset({"of", "for", "on", "to", "from", "against", "at", "in"})  # others open an adjunct


def _finite_beside_infinitive(verb: Token, first: Token) -> bool:
    """Whether the parser coordinates a finite verb with what cannot be ("stressed the need to talk and *agreed* to meet")."""
    return verb.tag_ in roles.FINITE and first.pos_ in VERBS and first.tag_ not in roles.FINITE


def _with_particle(head: Token, particle: str) -> bool:
    """Whether a second word stands with a cue: "ruled out", "in the event"."""
    return any(child.lower_ == particle for child in head.children) or (head.dep_ == "pobj" and head.head.lower_ == particle)


def _hyphenated(token: Token) -> str:
    """An adjective with what a hyphen joins to it: "decades-long", "then-president" read as "then-"."""
    doc, start = token.doc, token.i
    while start >= 2 and doc[start - 1].text == "-" and not doc[start - 1].whitespace_:
        start -= 2
    return doc[start : token.i + 1].text.lower()


def _negates(child: Token) -> bool:
    after = child.doc[child.i + 1].lower_ if child.i + 1 < len(child.doc) else ""
    return (child.dep_ == "neg" or child.lower_ in ("never", "neither")) and after not in ONLY


def _mild(children: list[Token]) -> bool:
    """Modals whose negation still leaves the act a thought: "should not meet", "may not meet"; "could not meet" denies it."""
    return any(child.lower_ in ("should", "must", "may", "might") for child in children)


def _whole(children: list[Token]) -> bool:
    """Whether a clause that a mark opens tells a fact all the same ("even if" excluded): it is a clause of "that"."""
    return any(child.dep_ == "mark" and child.lower_ == "that" for child in children)


def _conditional(verb: Token) -> bool:
    """Whether a condition hangs on the verb: "would attack if", "in the event of war we will"."""
    for child in verb.children:
        if child.dep_ == "advcl" and any(word.dep_ == "mark" and word.lower_ in CONDITIONS for word in child.children):
            return True
        if child.dep_ == "prep" and " ".join(t.lower_ for t in child.subtree).startswith(("in the event", "in case")):
            return True
    return False


def _still_to_come(head: Token) -> Status | None:
    """ "Is to visit", "has yet to visit"."""
    if head.lemma_ in ("have", "be", "remain") and any(child.lower_ == "yet" for child in head.children):
        return "negated"
    if head.lemma_ == "be" and head.pos_ in VERBS:
        return "future"
    return None


def _clause_words(head: Token) -> Iterator[Token]:
    """The words of a clause without its inner clauses."""
    inside = {head.i}
    for token in head.subtree:  # in text order; a word belongs if the path to the head crosses no clause
        above = token
        while above.i != head.i and above.dep_ not in ("relcl", "advcl", "ccomp", "conj", "parataxis", "acl"):
            above = above.head
        if above.i == head.i:
            inside.add(token.i)
    yield from (head.doc[i] for i in sorted(inside))


def _near(act: Token) -> str:
    """The act's own phrase with its preposition's phrases, in small letters, and what stands up to five words before it."""
    doc = act.doc
    start = max(act.sent.start, min(act.left_edge.i, act.i - 5))
    end = min(act.right_edge.i + 1, act.i + 12)
    return doc[start:end].text.lower()


# -- dates ---------------------------------------------------------------------------------------------------------


class History:
    """The step that, once events are dated, marks what lies over a year back as historical and what lies ahead as future."""

    def __call__(self, draft: Draft) -> None:
        if draft.date is None:
            return
        for event in draft.events:
            past = is_history(event, draft.date) or _told_with_the_past(draft, event, draft.date)
            if event.status == "actual" and past and not _goes_on(draft, event):
                event.status = "historical"
            elif event.status == "actual" and event.type not in VERBAL and lies_ahead(event, draft.date):
                event.status = "future"


def _goes_on(draft: Draft, event: DraftEvent) -> bool:
    """Whether the words that date the event tell only its beginning ("since 2012", "since the crisis began in March 2011")."""
    if event.when is None:
        return False
    token = draft.doc[event.when[0] : event.when[1]].root
    for above in (token, *token.ancestors):
        if above.lower_ == "since" or any(child.lower_ == "since" for child in above.children):
            return draft.doc[event.root] not in above.subtree  # "since the revolt of 2011" does not say that it goes on
        if above.pos_ in VERBS:
            break
    return any(time.since for time in draft.times if (time.start, time.end) == event.when)


def _told_with_the_past(draft: Draft, event: DraftEvent, published: datetime.date) -> bool:
    """Whether an act without a date of its own is told only in a sentence of background: the report's own words, every
    date of which is history. (What somebody says of the past and of today is often one sentence.)"""
    sentences = {draft.sentence_of[start] for start, _ in event.triggers}
    if event.when is not None or event.statement is not None or len(sentences) > 1:
        return False
    times = [time for time in draft.times if draft.sentence_of[time.start] in sentences]
    return bool(times) and all(not time.since and _is_long_ago(time.last, published) for time in times)


def is_history(event: DraftEvent, published: datetime.date) -> bool:
    """Whether the event's end (else its start) lies more than about a year before publication."""
    told = event.end or event.start
    return bool(told) and _is_long_ago(told, published)


def _is_long_ago(told: str, published: datetime.date) -> bool:
    if len(told) == 4:
        return int(told) < published.year - 1
    year, month, *day = (int(part) for part in told.split("-"))
    return (published - datetime.date(year, month, day[0] if day else 28)).days > HISTORY_DAYS


def lies_ahead(event: DraftEvent, published: datetime.date) -> bool:
    """Whether the event begins after the day of publication, as precisely as it is dated."""
    return bool(event.start) and event.start > published.isoformat()[: len(event.start)]
