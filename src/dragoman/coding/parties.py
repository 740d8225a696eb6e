"""Who acts and who is acted on: chosen among the actors named near an event, by what rules and reader say of each.

The parse fills the roles it can (``what.py``), rules fill what is left from the context (``arguments.py``), the reader gives every
mention near the trigger a probability for either role. Two logistic regressions (``models/actors.json``, ``models/recipients.json``,
trained by ``training/judges.py``) weigh these witnesses and give the probability that the actor fills the role.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field

from dragoman.coding.arguments import DIRECTED, JOINT, in_place, sides
from dragoman.coding.draft import Draft, DraftEvent
from dragoman.coding.judging import Features, LinearModel, load
from dragoman.coding.who import SPEAKER_PRONOUNS

ROLES = ("actor", "recipient")
NOUNS = frozenset({"NOUN", "PROPN"})
FLOOR = 0.01  # added to probabilities before log-odds are taken
# Probability from which the likeliest candidate (actor, recipient; party) is taken, and from which any other is. On reports that neither
# reader nor models had seen (open half; our labels), of typed events: the countries of both sides all right in 0.578 and 0.600, some party
# of each side there in 0.616 and 0.711. With one threshold for all 0.545 and 0.601, 0.578 and 0.676; by rules alone 0.512 and 0.546, 0.607
# and 0.673.
FIRST, FIRST_JOINT, MORE = (0.2, 0.25), 0.25, 0.5
READ = 0.03  # probability from which the reader's word alone makes somebody a candidate
FARTHEST = 3  # sentences; beyond it all are as far


@dataclass(slots=True)
class Candidate:
    """An actor near an event: how likely the reader holds it for either role, and the mention that speaks most for it."""

    actor: int
    read: list[float] = field(default_factory=lambda: [0.0, 0.0])
    distance: int = FARTHEST  # sentences to its nearest mention, forward ones count too
    marks: set[str] = field(default_factory=set)
    token: int = -1  # the word that speaks most for it


class Parties:
    """Chooses the parties of events. ``models``: of actors and of recipients; those of the package if left out."""

    def __init__(self, models: tuple[LinearModel | None, LinearModel | None] | None = None) -> None:
        self.models = models or (load("actors"), load("recipients"))

    def __call__(self, draft: Draft, events: Iterable[DraftEvent]) -> None:
        """Fill the roles anew, where the models think somebody else likelier than the rules do."""
        first, second = self.models
        if first is None or second is None or draft.reading is None:
            return
        for event in events:
            found = candidates(draft, event)
            rows = party_features(draft, event, found)
            chances = [(first.probability(one), second.probability(two)) for one, two in rows]
            choose = _joint if event.type in JOINT else _sides
            actors, recipients = ([found[i] for i in role] for role in choose(chances))
            chosen = _coordinated(draft, actors, recipients), _coordinated(draft, recipients, actors)
            if event.type in JOINT and len(sides(draft, *chosen)) < 2 <= len(sides(draft, event.actors, event.recipients)):
                continue  # a joint act has two sides: those that the rules know are better than one
            event.actors, event.recipients = chosen


def _coordinated(draft: Draft, chosen: list[Candidate], others: list[Candidate]) -> list[int]:
    """The actors chosen for a role and those coordinated with them ("the EU, Britain and Canada"), without those of the other role."""
    actors = [item.actor for item in chosen]
    taken = {item.actor for item in others}
    for item in chosen:
        if item.token < 0 or draft.doc[item.token].pos_ not in NOUNS:
            continue
        first = draft.doc[item.token]
        while first.dep_ == "conj" and first.head.pos_ in NOUNS:
            first = first.head
        actors += [actor for actor in draft.actors_at(first) if actor not in taken and actor not in actors]
    return actors


def _sides(chances: list[tuple[float, float]]) -> tuple[list[int], list[int]]:
    """The likeliest actor and the likeliest recipient, and whoever else is likely."""
    actors = _taken([one for one, _ in chances], FIRST[0], MORE)
    recipients = _taken([0.0 if i in actors else two for i, (_, two) in enumerate(chances)], FIRST[1], MORE)
    return actors, recipients


def _joint(chances: list[tuple[float, float]]) -> tuple[list[int], list[int]]:
    """The two likeliest parties of a joint act, and whoever else is likely, each in its likelier role."""
    parties = _taken([max(both) for both in chances], FIRST_JOINT, MORE, 2)
    actors = [i for i in parties if chances[i][0] >= chances[i][1]]
    return actors, [i for i in parties if i not in actors]


def _taken(chances: list[float], first: float, more: float, many: int = 1) -> list[int]:
    """The likeliest candidates, ``many`` of them from the probability ``first`` on and others from ``more`` on, in their order."""
    ranked = sorted(range(len(chances)), key=lambda i: -chances[i])
    return sorted(i for place, i in enumerate(ranked) if chances[i] >= (first if place < many else more))


def candidates(draft: Draft, event: DraftEvent) -> list[Candidate]:
    """Everybody whom a rule has put into the event or whom the reader sees near it, in the order of actors."""
    found: dict[int, Candidate] = {}
    assert draft.reading is not None
    tokens, chances = draft.reading.arguments(event.root, "event")
    sentence = draft.sentence_of[event.root]
    speaker = draft.statements[event.statement].speaker if event.statement is not None else None
    for i, (one, two) in zip(tokens.tolist(), chances.tolist(), strict=True):
        mention = draft.mention_at.get(i)
        if mention is None and one + two < READ:
            continue
        token = draft.doc[i]
        actors = list(mention.actors) if mention is not None else []
        if token.lower_ in SPEAKER_PRONOUNS and speaker is not None:
            actors = [speaker]
        for actor in actors:
            candidate = found.setdefault(actor, Candidate(actor))
            if one + two > sum(candidate.read):
                candidate.token = i
                candidate.marks = {f"dep={token.dep_}", *(["in place"] if in_place(token) else [])}
                if mention is not None:
                    candidate.marks |= {name for name in ("pronoun", "adjective") if getattr(mention, name)}
            candidate.read = [max(candidate.read[0], one), max(candidate.read[1], two)]
            candidate.distance = min(candidate.distance, abs(draft.sentence_of[i] - sentence), key=abs)
    for actor in (*event.actors, *event.recipients):
        found.setdefault(actor, Candidate(actor))
    ruled = {*event.actors, *event.recipients}
    return [item for actor, item in sorted(found.items()) if actor in ruled or sum(item.read) >= READ]


def party_features(draft: Draft, event: DraftEvent, found: list[Candidate]) -> list[tuple[Features, Features]]:
    """For each candidate what speaks for it as actor and as recipient, as named numbers."""
    best = [max((item.read[role] for item in found), default=0.0) for role in (0, 1)]
    ruled = (event.actors, event.recipients)
    speaker = draft.statements[event.statement].speaker if event.statement is not None else None
    rows = []
    for item in found:
        actor = draft.actors[item.actor]
        joint = event.type in JOINT and event.mode != "visit"
        both = []
        for role in (0, 1):
            other = 1 - role
            marks = {
                f"type={event.type}", f"kind={actor.kind}", f"distance={item.distance}", f"joint={joint:d}",
                "country known" if actor.country else "country unknown",
                f"ruled={item.actor in ruled[role]:d}{item.actor in event.parsed[role]:d}",
                f"ruled other={item.actor in ruled[other]:d}{item.actor in event.parsed[other]:d}",
                f"role filled={min(2, len(ruled[role]))}", f"role parsed={min(2, len(event.parsed[role]))}",
                *item.marks,
            }  # fmt: skip
            if event.mode == "visit":
                marks.add("visit")
            if event.type in DIRECTED:
                marks.add("directed")
            if item.actor == speaker:
                marks |= {"speaker", f"speaker.{event.type}"}
            if item.read[role] == best[role]:
                marks |= {"best", f"best.{event.type}"}
            if item.actor in event.parsed[role]:
                marks.add(f"parsed.{event.type}")
            features = dict.fromkeys(marks, 1.0)
            features["read"] = log_odds(item.read[role])
            features["read other"] = log_odds(item.read[other])
            features["read best"] = log_odds(best[role])
            features["behind best"] = log_odds(best[role]) - log_odds(item.read[role])
            if item.actor in event.parsed[role]:
                features["parsed.read"] = features["read"]
            both.append(features)
        rows.append((both[0], both[1]))
    return rows


def log_odds(p: float) -> float:
    return math.log((p + FLOOR) / (1 + FLOOR - p))
