"""Single questions, for programs that have a sentence or a name rather than a report: who is this, what did he do to her."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from dragoman.coding import attributed
from dragoman.coding.draft import Draft, DraftActor, Mention
from dragoman.coding.record import place_of
from dragoman.coding.relating import Question
from dragoman.coding.resolving.candidate import Candidate
from dragoman.knowledge.base import Knowledge
from dragoman.model import Actor, ActorCandidate, Place, Relation, Span

Chars = tuple[int, int]
NO_RELATION = Relation(type="NONE", confidence=0.5)


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who said what: character spans of source, cue and content, each possibly empty or in several pieces."""

    source: list[Chars]
    cue: list[Chars]
    content: list[Chars]


def question(doc: Doc, actor: Chars, recipient: Chars | None) -> Question | None:
    """The sentence with its actor and recipient as words, or ``None`` for a span that lies outside of the text or holds no word."""
    spans = [doc.char_span(*chars, alignment_mode="expand") if chars is not None else None for chars in (actor, recipient)]
    source, target = ((span.start, span.end) if span is not None and len(span) else None for span in spans)
    if source is None or (recipient is not None and target is None):
        return None
    return Question(["" if token.is_space else token.text for token in doc], source, target)


def with_rules(relation: Relation, draft: Draft) -> Relation:
    """A relation with mode and status as the rules read them, where they find an act of its type in the sentence: they err less there
    (``docs/errors.md``)."""
    told = [event for event in draft.events if event.type == relation.type]
    if not told:
        return relation
    event = min(told, key=lambda event: sum(1 for _ in draft.doc[event.root].ancestors))  # what the main clause tells comes first
    return relation.model_copy(update={"mode": event.mode, "status": event.status})


def as_actors(found: Sequence[Candidate], text: str, words: Chars) -> list[ActorCandidate]:
    """Candidates in the record's form. Words that name a country and nobody in it tell no sector."""
    span = Span(start=words[0], end=words[1], text=text[words[0] : words[1]])
    return [
        ActorCandidate(
            actor=Actor(
                id="A1", name=candidate.name, kind=candidate.kind, country=candidate.country,
                sectors=[candidate.sector] if candidate.sector and not candidate.bare else [], office=candidate.office,
                mentions=[span], confidence=round(min(1.0, candidate.score), 3),
            ),
            score=round(min(1.0, candidate.score), 3), evidence=list(candidate.evidence),
        )
        for candidate in found
    ]  # fmt: skip


def where(words: str, text: str) -> int | None:
    """Where words stand in a text, as whole words if they do anywhere; ``None`` if they do not stand in it."""
    found = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text) if words.strip() else None
    return found.start() if found is not None else None


def with_reading(found: list[ActorCandidate], read: Actor | None) -> list[ActorCandidate]:
    """Candidates with the one that reading the whole text gives: first where it tells more than they do."""
    if read is None or not (read.country or read.sectors):
        return found
    told = ActorCandidate(actor=read, score=read.confidence, evidence=["the text around it, read as a report"])
    better = not found or bool(read.country and (not found[0].actor.country or read.confidence > found[0].score))
    return [told, *found] if better else [*found, told]


def resolve(draft: Draft, words: Chars, knowledge: Knowledge) -> Actor | None:
    """The actor that the words name: of the mention that their head belongs to, or ``None`` if they name nobody.

    Words that name a country and nobody in it ("Japan", "Brazilians", "a park in Kabul") tell the country and no sector; in a
    record a state as a whole is GOV (CODEBOOK), as there it acts.
    """
    tokens = draft.doc.char_span(*words, alignment_mode="expand")
    if tokens is None:
        return None
    inside = [mention for mention in draft.mentions if mention.start < tokens.end and tokens.start < mention.end]
    if not inside:
        return None
    root = tokens.root
    mention = min(inside, key=lambda mention: (mention.adjective, _distance(root, mention), mention.start))
    actor = draft.actors[mention.actors[0]]
    headed = mention.start <= root.i < mention.end
    bare = _names_country(draft, mention, tokens.end - tokens.start, knowledge) if headed else actor.kind == "country"
    return Actor(
        id="A1", name=_holders_name(draft, mention, actor, knowledge), kind=actor.kind, country=actor.country,
        sectors=[] if bare else actor.sectors, office=actor.office,
        mentions=[draft.span(mention.start, mention.end)], confidence=round(actor.confidence, 3),
    )  # fmt: skip


def _names_country(draft: Draft, mention: Mention, length: int, knowledge: Knowledge) -> bool:
    """Whether a mention is a state's or people's name and the question is for nothing more; a capital stands for the government."""
    text = draft.doc[mention.start : mention.end].text
    entry = knowledge.named(text)
    state = entry is not None and entry.role == "name"
    return (state or bool(knowledge.nationality(text))) and length <= mention.end - mention.start + 1


def _holders_name(draft: Draft, mention: Mention, actor: DraftActor, knowledge: Knowledge) -> str:
    """The actor's name; for a bare office the name of whoever held it on the day, if the tables know one."""
    if actor.kind == "person" and actor.office and actor.country:
        term = knowledge.holder(actor.country, actor.office, draft.report.published)
        if term is not None and actor.name == draft.doc[mention.start : mention.end].text:
            return term.name
    return actor.name


def _distance(root: Token, mention: Mention) -> int:
    return 0 if mention.start <= root.i < mention.end else abs(mention.root - root.i)


def attribution(draft: Draft, found: attributed.Attribution) -> Attribution:
    """An attribution in characters."""
    runs = [[run] if run else [] for run in (found.source, found.cue)]
    source, cue = ([(draft.doc[start].idx, draft.doc[start:end].end_char) for start, end in run] for run in runs)
    return Attribution(source, cue, list(found.content_chars))


def found_places(draft: Draft) -> list[Place | None]:
    """All toponyms of a draft, with their spans."""
    return [place_of(draft, toponym) for toponym in draft.toponyms]
