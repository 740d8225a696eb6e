"""One happening, one event: joins the tellings of the same act within a report (CODEBOOK, events)."""

from __future__ import annotations

from spacy.tokens import Token

from dragoman.coding.draft import Draft, DraftEvent
from dragoman.coding.judging import LinearModel, judge, load

RETOLD = frozenset({"CONSULT", "AGREE", "COOPERATE"})  # acts of two sides, which a report tells again in other words
LOOK_BACK = 60  # events before this one that it may tell again


class Merge:
    """The step that makes one event of several tellings and drops what is no event."""

    def __init__(self, model: LinearModel | None = None) -> None:
        self.model = model or load("events")

    def __call__(self, draft: Draft) -> None:
        merged: list[DraftEvent] = []
        for event in draft.events:
            earlier = next((known for known in reversed(merged[-LOOK_BACK:]) if same_act(draft, known, event)), None)
            if earlier is None:
                merged.append(event)
            else:
                _fold(earlier, event)
        draft.events = judge(draft, merged, self.model)


def same_act(draft: Draft, one: DraftEvent, two: DraftEvent) -> bool:
    """Whether two tellings are of one act: type, mode, status and dates agree, parties do not contradict, the words repeat."""
    if one.type != two.type or one.status != two.status or (one.mode and two.mode and one.mode != two.mode):
        return False
    if one.start and two.start and not (one.start.startswith(two.start) or two.start.startswith(one.start)):
        return False
    first, second = draft.doc[one.root], draft.doc[two.root]
    if first.head == second and first.dep_ in ("nsubj", "dobj", "nsubjpass"):
        return True  # "the shelling killed", "carried out the raid": one act told by noun and verb
    parties = {*one.actors, *one.recipients}
    again = {*two.actors, *two.recipients}
    if not (again <= parties or parties <= again) or _elsewhere(draft, one, two):
        return False
    if draft.sentence_of[two.root] == draft.sentence_of[one.root]:
        return first.lemma_ == second.lemma_ or (bool(parties & again) and _subordinate(first, second))
    if one.type in RETOLD:
        return bool(parties & again)
    return first.lemma_ == second.lemma_ and parties == again


def _elsewhere(draft: Draft, one: DraftEvent, two: DraftEvent) -> bool:
    """Two visits of one person to different countries."""
    hosts = [{draft.actors[actor].country for actor in event.recipients} - {""} for event in (one, two)]
    return one.mode == two.mode == "visit" and all(hosts) and not hosts[0] & hosts[1]


def _subordinate(first: Token, second: Token) -> bool:
    """Whether one word hangs on the other without coordination between: "bombed the town, killing"; not "bombed and shelled"."""
    for low, high in ((first, second), (second, first)):
        token = low
        while token.dep_ not in ("conj", "ROOT", "relcl") and token.head != token:
            token = token.head
            if token == high:
                return True
    return False


def _fold(earlier: DraftEvent, later: DraftEvent) -> None:
    earlier.triggers.extend(trigger for trigger in later.triggers if trigger not in earlier.triggers)
    earlier.actors.extend(actor for actor in later.actors if actor not in earlier.actors + earlier.recipients)
    earlier.recipients.extend(actor for actor in later.recipients if actor not in earlier.actors + earlier.recipients)
    earlier.mode = earlier.mode or later.mode
    earlier.contexts.extend(context for context in later.contexts if context not in earlier.contexts)
    if len(later.start) > len(earlier.start):
        earlier.start, earlier.end, earlier.when = later.start, later.end, later.when
    if later.statement is None:
        earlier.statement = None
