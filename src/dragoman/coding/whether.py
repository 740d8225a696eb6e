"""Whether: has the act happened, is it planned, only thought of, denied, or long past?

The act's own auxiliaries and negation speak first, then its modifiers, the conjunction of its clause and the verbs that govern it,
nearest first; the cues are data (``cues/status.csv``). Dates come last: what ended over a year before the report is
history (CODEBOOK, status).
"""

from __future__ import annotations

import datetime
from importlib.resources import files

from spacy.tokens import Token

from dragoman.coding import roles
from dragoman.coding.draft import Draft, DraftEvent
from dragoman.knowledge.tables import TableError, read_table
from dragoman.model import Status

CUES = files("dragoman.coding") / "cues"
STATUSES: dict[str, Status] = {
    "actual": "actual", "future": "future", "hypothetical": "hypothetical", "negated": "negated", "historical": "historical",
}  # fmt: skip
GOVERNING = frozenset({"xcomp", "ccomp", "dobj", "pobj", "prep", "pcomp", "nsubjpass", "acl", "advcl"})
CLIMB = 4  # dependencies climbed from the act to a governing cue
HISTORY_DAYS = 366  # CODEBOOK: "more than about a year before the report"
# in a promise, request, threat or refusal the utterance is the act, so modals inside it ("would respond") say nothing of it
UTTERED = frozenset({"AGREE", "REQUEST", "THREATEN", "REJECT", "ACCUSE"})


class Whether:
    """The step that sets the status of each of ``draft.events``."""

    def __init__(self) -> None:
        self.cues: dict[str, dict[str, Status]] = {"modal": {}, "verb": {}, "modifier": {}, "mark": {}}
        for row in read_table(CUES / "status.csv", ("cue", "kind", "status", "example")):
            if row["kind"] not in self.cues or row["status"] not in STATUSES:
                raise TableError(
                    f"{row.where}: kind must be one of {', '.join(self.cues)} and status one of {', '.join(STATUSES)}"
                )
            self.cues[row["kind"]][row["cue"]] = STATUSES[row["status"]]

    def __call__(self, draft: Draft) -> None:
        for event in draft.events:
            event.status = self.status(draft.doc[event.root], uttered=event.type in UTTERED)

    def status(self, root: Token, uttered: bool = False) -> Status:
        """The status of the act whose trigger is headed by ``root``."""
        verb = root if root.pos_ in ("VERB", "AUX") else roles.light_verb(root)
        found = self._modified(root)
        if found is None and verb is not None:
            found = self._auxiliary(verb, uttered) or (self._modified(verb) if verb is not root else None)
        return found or self._governed(verb or root, uttered) or "actual"

    def _modified(self, token: Token) -> Status | None:
        cues = self.cues["modifier"]
        for child in token.children:
            if child.dep_ in ("amod", "advmod", "det", "neg", "compound"):
                status = cues.get(child.lemma_.lower()) or cues.get(child.lower_)
                if status is not None:
                    return status
        return None

    def _auxiliary(self, verb: Token, uttered: bool) -> Status | None:
        """What auxiliaries and negation of the verb tell; a coordinated verb shares those of the first."""
        children = list(verb.children)
        if any(child.dep_ == "neg" for child in children):
            return "negated"
        found: Status | None = None
        for child in children:
            if child.dep_ == "aux":
                found = self.cues["modal"].get(child.lower_) or found
            if child.dep_ == "mark":
                found = self.cues["mark"].get(child.lower_) or found
        if verb.dep_ == "pcomp" and verb.head.lower_ in self.cues["mark"]:
            found = self.cues["mark"][verb.head.lower_]
        own = any(child.dep_ in ("aux", "nsubj", "nsubjpass") for child in children)
        if found is None and not own and verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX"):
            return self._auxiliary(verb.head, uttered)
        return None if uttered and found in ("hypothetical", "future") else found

    def _governed(self, token: Token, uttered: bool) -> Status | None:
        """The nearest governing cue, going up through complements ("plans to hold talks", "calls for the release")."""
        infinitive = any(child.dep_ == "aux" and child.lower_ == "to" for child in token.children)
        for _ in range(CLIMB):
            if token.dep_ not in GOVERNING or token.head is token:
                break
            if token.dep_ == "advcl" and not infinitive:
                break
            token = token.head
            status = self.cues["verb"].get(token.lemma_.lower())
            if status is not None and not (uttered and status == "hypothetical"):
                return "negated" if status in ("future", "hypothetical") and _negated(token) else status
            if token.pos_ in ("VERB", "AUX"):
                if infinitive and token.lemma_ == "be":
                    return "future"  # "is to visit"
                own = self._auxiliary(token, uttered)
                if own is not None and token.lemma_ not in ("say", "tell", "add"):
                    return own
        return None


def _negated(verb: Token) -> bool:
    return any(child.dep_ == "neg" for child in verb.children)


class History:
    """The step that, once events are dated, marks what lies over a year back as historical."""

    def __call__(self, draft: Draft) -> None:
        if draft.date is None:
            return
        for event in draft.events:
            if event.status == "actual" and is_history(event, draft.date):
                event.status = "historical"


def is_history(event: DraftEvent, published: datetime.date) -> bool:
    """Whether the event's end (else its start) lies more than about a year before publication."""
    told = event.end or event.start
    if not told:
        return False
    if len(told) == 4:
        return int(told) < published.year - 1
    year, month, *day = (int(part) for part in told.split("-"))
    return (published - datetime.date(year, month, day[0] if day else 28)).days > HISTORY_DAYS
