"""One happening, one event: joins the tellings of the same act within a report (CODEBOOK, events)."""

from __future__ import annotations

from spacy.tokens import Token

from dragoman.coding.draft import Draft, DraftEvent

SAME_DAY = 3  # sentences: an act told again without new parties is mostly told again soon


def merge(draft: Draft, events: list[DraftEvent]) -> list[DraftEvent]:
    """Events with later tellings of the same act folded into the first; order of the text."""
    merged: list[DraftEvent] = []
    for event in events:
        earlier = next((known for known in reversed(merged) if same_act(draft, known, event)), None)
        if earlier is None:
            merged.append(event)
        else:
            _fold(earlier, event)
    return merged


def same_act(draft: Draft, one: DraftEvent, two: DraftEvent) -> bool:
    """Whether two tellings are of one act: type and mode agree, parties do not contradict, the words repeat."""
    if one.type != two.type or (one.mode and two.mode and one.mode != two.mode):
        return False
    first, second = draft.doc[one.root], draft.doc[two.root]
    if first.head == second and first.dep_ in ("nsubj", "dobj", "nsubjpass"):
        return True  # "the shelling killed", "carried out the raid": one act told by noun and verb
    parties = set(one.actors) | set(one.recipients)
    again = set(two.actors) | set(two.recipients)
    if not (again <= parties or parties <= again):
        return False
    distance = draft.sentence_of[two.root] - draft.sentence_of[one.root]
    if distance == 0:
        return first.lemma_ == second.lemma_ or (bool(parties & again) and _subordinate(first, second))
    if one.type in ("CONSULT", "AGREE", "COOPERATE"):
        return bool(parties & again)
    return first.lemma_ == second.lemma_ and parties == again


def _subordinate(first: Token, second: Token) -> bool:
    """Whether one word hangs on the other without coordination between: "bombed the town, killing"; not "bombed and shelled"."""
    for low, high in ((first, second), (second, first)):
        token = low
        while token.dep_ not in ("conj", "ROOT", "relcl"):
            token = token.head
            if token == high:
                return True
    return False


def _fold(earlier: DraftEvent, later: DraftEvent) -> None:
    earlier.triggers.extend(trigger for trigger in later.triggers if trigger not in earlier.triggers)
    earlier.actors.extend(actor for actor in later.actors if actor not in earlier.actors + earlier.recipients)
    earlier.recipients.extend(actor for actor in later.recipients if actor not in earlier.actors + earlier.recipients)
    earlier.mode = earlier.mode or later.mode
    if later.statement is None:
        earlier.statement = None
