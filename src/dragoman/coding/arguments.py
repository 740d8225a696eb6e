"""Arguments that the sentence does not hang on the trigger: looked for in the clause, in the speech, in the acts before.

Annotators fill roles from the whole report (CODEBOOK: "what the report says"); the parse of one sentence tells about two thirds of them.
Each rule below is tried only where the role is still empty, nearest evidence first.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from dragoman.coding import roles
from dragoman.coding.draft import Draft, DraftEvent

VERBAL = frozenset({"AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
JOINT = frozenset({"CONSULT", "COOPERATE", "AGREE"})  # "with Y" makes Y a party, not one acted on (CODEBOOK: actors)
# types that a reader expects to be done to somebody; the others often have no recipient (CODEBOOK: "empty where nobody is")
DIRECTED = frozenset({"ACCUSE", "REQUEST", "REJECT", "THREATEN", "SANCTION", "ASSAULT", "AID", "SUPPORT", "COERCE"})
PLACE_PREPOSITIONS = frozenset(
    {
        "in",
        "at",
        "near",
        "from",
        "into",
        "across",
        "around",
        "outside",
        "inside",
        "within",
        "throughout",
        "by",
        "during",
    }
)
PLURAL = frozenset({"they", "we", "both"})
ACTOR_REACH = 1  # sentences back in which the last actor named is taken
RECIPIENT_REACH = 1
PARTY_REACH = 1
NEAR = 2  # sentences back to an act of the same actor whose recipient is taken over


def complete(draft: Draft, events: list[DraftEvent]) -> None:
    """Fill empty roles of the events, in the order of the text."""
    for number, event in enumerate(events):
        root = draft.doc[event.root]
        if not event.actors:
            event.actors = (
                _actors(draft, event, root) or _actors_before(event, events[:number]) or _nearest(draft, event, root, ACTOR_REACH)
            )
        if event.type in JOINT and event.mode != "visit":
            if len(sides(draft, event.actors, event.recipients)) < 2:
                event.actors.extend(_counterpart(draft, event, root, events[:number]) or _other_party(draft, event, root))
        elif event.type == "CONSULT" and not event.recipients:
            event.recipients = _other_party(draft, event, root)
        elif not event.recipients and event.type in DIRECTED:
            event.recipients = _recipients(draft, event, root, events[:number]) or _nearest(draft, event, root, RECIPIENT_REACH)


def _actors(draft: Draft, event: DraftEvent, root: Token) -> list[int]:
    if event.type in VERBAL and event.statement is not None:
        speaker = draft.statements[event.statement].speaker
        if speaker is not None and speaker not in event.recipients:
            return [speaker]
    for verb in _verbs_above(root) if event.type in VERBAL or root.pos_ in ("VERB", "AUX") else ():
        subject = roles.subject(verb)
        actors = [] if subject is None else draft.actors_at(subject)
        if actors and not set(actors) & set(event.recipients):
            return actors
    return []


def _recipients(draft: Draft, event: DraftEvent, root: Token, before: list[DraftEvent]) -> list[int]:
    barred = set(event.actors)
    countries = {draft.actors[actor].country for actor in barred} - {""}
    for token in _governed_nouns(root):
        actors = [actor for actor in draft.actors_at(token) if actor not in barred]
        if actors and not {draft.actors[actor].country for actor in actors} & countries:
            return actors
    for other in reversed(before):
        if draft.sentence_of[event.root] - draft.sentence_of[other.root] > NEAR:
            break
        if set(other.actors) & barred and other.recipients and other.type in DIRECTED:
            return [actor for actor in other.recipients if actor not in barred]
    return []


def _actors_before(event: DraftEvent, before: list[DraftEvent]) -> list[int]:
    """Who did the last act of the same type, if nothing says that it was done to them."""
    for other in reversed(before):
        if other.type == event.type and other.actors and not set(other.actors) & set(event.recipients):
            return list(other.actors)
    return []


def _nearest(draft: Draft, event: DraftEvent, root: Token, reach: int) -> list[int]:
    """The actors named nearest to the trigger, in its sentence, then before it, of another country than those already there."""
    have = set(event.actors + event.recipients)
    countries = {draft.actors[actor].country for actor in have} - {""}
    sentence = draft.sentence_of[root.i]
    if event.type not in VERBAL and event.statement is not None:  # who tells of a deed has not done it
        speaker = draft.statements[event.statement].speaker
        have |= set() if speaker is None else {speaker}
    near = [m for m in draft.mentions if 0 <= sentence - draft.sentence_of[m.root] <= reach and not in_place(draft.doc[m.root])]
    for mention in sorted(near, key=lambda m: (sentence - draft.sentence_of[m.root], abs(m.root - root.i))):
        actors = [a for a in mention.actors if a not in have and draft.actors[a].country not in countries]
        if actors:
            return actors
    return []


def in_place(token: Token) -> bool:
    return token.dep_ == "pobj" and token.head.lower_ in PLACE_PREPOSITIONS


def sides(draft: Draft, actors: list[int], recipients: list[int]) -> set[str]:
    """The countries of a joint act's parties; a party without a country counts as a side of its own."""
    return {draft.actors[actor].country or str(actor) for actor in actors + recipients}


def _other_party(draft: Draft, event: DraftEvent, root: Token) -> list[int]:
    """The other side of a joint act: somebody of another country in what the trigger governs, else the subject of a clause
    above, for meetings and joint work also whoever is named nearest."""
    have = set(event.actors + event.recipients)
    countries = {draft.actors[actor].country for actor in have} - {""}
    subjects = [subject for verb in _verbs_above(root) if (subject := roles.subject(verb)) is not None]
    for token in (*_governed_nouns(root), *(subjects if event.type != "AGREE" else ())):
        actors = [a for a in draft.actors_at(token) if a not in have and draft.actors[a].country not in countries]
        if actors:
            return actors
    return [] if event.type == "AGREE" else _nearest(draft, event, root, PARTY_REACH)


def _counterpart(draft: Draft, event: DraftEvent, root: Token, before: list[DraftEvent]) -> list[int]:
    """Who else "they" or "we" are in "the minister said that they agreed": the one whom the speaker met last."""
    subject = roles.grammatical_subject(root) if root.pos_ in ("VERB", "AUX") else None
    if subject is None or subject.lower_ not in PLURAL or not event.actors:
        return []
    have = {*event.actors, *event.recipients}
    countries = {draft.actors[actor].country for actor in have} - {""}
    for meeting in reversed(before):
        parties = [*meeting.actors, *meeting.recipients]
        if meeting.type == "CONSULT" and have & set(parties):
            others = [a for a in parties if a not in have and draft.actors[a].country not in countries]
            if any(draft.actors[actor].kind == "person" for actor in others):
                return [actor for actor in others if draft.actors[actor].kind == "person"]
    return []


def _verbs_above(root: Token) -> Iterator[Token]:
    """The verbs of the clauses around the trigger, innermost first, up to the attributing verb."""
    token = root
    for _ in range(6):
        if token.head is token:
            return
        token = token.head
        if token.pos_ in ("VERB", "AUX"):
            if token.lemma_ in ("say", "tell", "report"):
                return
            yield token


def _governed_nouns(root: Token) -> Iterator[Token]:
    """Nouns that the trigger governs, at any depth, in text order, those in a place phrase left out."""
    for token in root.subtree:
        if token.i > root.i and not in_place(token) and token.dep_ not in ("conj",):
            yield token
