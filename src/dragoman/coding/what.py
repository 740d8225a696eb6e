"""What: the events of a report, with type, mode and who acted on whom.

The lexicon (``patterns.py``) and the reader (``reader.py``) propose, the parse (``roles.py``) and the actors found by ``who.py``
fill the roles, the pattern's needs decide whether it is an event. What is merely asked for, promised or threatened is not coded beside
the request, promise or threat (CODEBOOK, border cases). Several tellings of one happening are joined later (``merging.py``).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from spacy.tokens import Token

from dragoman.coding import grammar, patterns, roles
from dragoman.coding.arguments import JOINT, VERBAL, complete
from dragoman.coding.contexts import Contexts
from dragoman.coding.draft import Draft, DraftEvent
from dragoman.coding.parties import Parties
from dragoman.coding.patterns import Lexicon, Match
from dragoman.coding.reader import KINDS
from dragoman.coding.who import SPEAKER_PRONOUNS
from dragoman.model import EventType

# types whose complement is no event of its own: what is promised, asked for, refused or threatened
SWALLOWS = frozenset({"AGREE", "REQUEST", "REJECT", "THREATEN"})
COMPLEMENTS = frozenset({"xcomp", "ccomp", "dobj", "pobj", "prep", "pcomp", "conj", "acl", "dative", "advcl"})
SWALLOW_DEPTH = 4
NOUN_ACTORS = ("poss", "modifier", "by", "between", "light", "of", "from")
NOUN_RECIPIENTS = ("on", "against", "of", "to", "with", "light-to", "light-against", "light-on", "light-with")
PARTITIVES = grammar.words("partitive")
ACCUSING = grammar.words("accusing")
ARRIVING = grammar.words("arrival")
TELLING = frozenset({"VERB", "NOUN", "PROPN", "ADJ"})
TRUSTED = 0.5  # probability from which the reader chooses among the lexicon's types
# and from which it proposes an event where the lexicon has no word. Typed F1, cross-validated with the judge (training/judges.py), on the
# open half and on reports labelled by us: 0.642 and 0.554 at 0.5, 0.656 and 0.554 at 0.6
PROPOSES = 0.6
NESTED = 6  # statements that may stand around one word
LONGEST_TRIGGER = 9  # tokens; a trigger that the pattern spreads wider is told by its head and nearest words


class What:
    """The step that fills ``draft.events``."""

    def __init__(self, lexicon: Lexicon | None = None, contexts: Contexts | None = None, parties: Parties | None = None) -> None:
        self.lexicon = lexicon or patterns.load()
        self.parties = parties or Parties()
        self.contexts = contexts or Contexts()

    def __call__(self, draft: Draft) -> None:
        draft.events = _Finder(draft, self.lexicon).events()
        for event in draft.events:
            event.parsed = (list(event.actors), list(event.recipients))
        complete(draft, draft.events)
        self.parties(draft, draft.events)
        self.contexts.mark(draft, draft.events)


class _Finder:
    """Finds the events of one draft, sentence by sentence."""

    def __init__(self, draft: Draft, lexicon: Lexicon) -> None:
        self.draft, self.doc, self.lexicon = draft, draft.doc, lexicon
        self.said = sorted((*chars, number) for number, item in enumerate(draft.statements) for chars in item.content_chars)

    def events(self) -> list[DraftEvent]:
        matches = self._matches()
        swallowed = self._swallowed(matches)
        found = []
        for match in matches:
            if match.head.i not in swallowed and (event := self._event(match)) is not None:
                found.append(event)
        return found

    def _matches(self) -> list[Match]:
        """The best match a head, without heads that complete a better pattern ("talks" in "held talks")."""
        best: dict[int, Match] = {}
        for token in self.doc[self.draft.body :]:
            if (match := self._match(token)) is not None:
                best[token.i] = match
        told = {(self.draft.sentence_of[i], match.pattern.type) for i, match in best.items()}
        for token in self.doc[self.draft.body :]:
            if token.i not in best and (match := self._proposed(token, told)) is not None:
                best[token.i] = match
        used = {token.i for match in best.values() for token in match.tokens if match.pattern.pos != "adj"}
        return [match for i, match in sorted(best.items()) if i not in used]

    def _match(self, token: Token) -> Match | None:
        """The lexicon's best match; where the reader reads another type, a match of that type."""
        kind, probability = self._reading(token)
        first: Match | None = None
        for match in self.lexicon.match(token):
            if probability < TRUSTED and first is not None:
                break
            if self._event(match) is not None:
                if probability < TRUSTED or match.pattern.type == kind:
                    return match
                first = first or match
        return first

    def _proposed(self, token: Token, told: set[tuple[int, EventType]]) -> Match | None:
        """The reader's own reading of a word, where the lexicon tells no event of that type in the sentence."""
        kind, probability = self._reading(token)
        if probability < PROPOSES or token.pos_ not in TELLING or (self.draft.sentence_of[token.i], kind) in told:
            return None
        if any(match.pattern.type == kind for match in self.lexicon.match(token)):
            return None  # the lexicon knows the word so, and what it needs is not there
        read = Match(patterns.of_type(kind, token), token)
        return read if self._event(read) is not None else None

    def _reading(self, token: Token) -> tuple[EventType, float]:
        """The likeliest type of the event that a word tells, and how likely the reader holds it."""
        if self.draft.reading is None:
            return KINDS[0], 0.0
        row = self.draft.reading.events[token.i]
        column = int(row[1:].argmax())
        return KINDS[column], float(row[column + 1])

    def _swallowed(self, matches: list[Match]) -> set[int]:
        """Heads that stand in what another event asks for, promises, refuses or threatens."""
        by_head = {match.head.i: match for match in matches}
        swallowed = set()
        for match in matches:
            token = match.head
            accused = token.dep_ == "pcomp" and token.head.lower_ in ("of", "with") and token.head.head.lemma_ in ACCUSING
            for _ in range(SWALLOW_DEPTH):
                if token.dep_ not in COMPLEMENTS or token.head is token:
                    break
                if token.dep_ == "conj" and token.head.i in by_head and token.head.i not in swallowed:
                    break
                if token.dep_ == "conj" and token.pos_ == "VERB" and roles.conjunct_of(token) is not token.head:
                    break
                token = token.head
                above = by_head.get(token.i)
                if above is not None and above.head.i not in swallowed:
                    if match.head.i > above.head.i and (above.pattern.type in SWALLOWS or accused):
                        swallowed.add(match.head.i)
                    break
        return swallowed

    # -- one event -------------------------------------------------------------------------------------------------

    def _event(self, match: Match) -> DraftEvent | None:
        pattern = match.pattern
        tokens = [match.head, *match.tokens]
        verbal = match.head.pos_ in ("VERB", "AUX")
        default_actor = ("subj",) if verbal or pattern.pos == "adj" else NOUN_ACTORS
        default_recipient = ("obj",) if verbal else NOUN_RECIPIENTS
        actors = self._role(pattern.actor or default_actor, tokens)
        recipients = self._role(pattern.recipient or (*default_recipient, "matched"), tokens, barred=actors)
        if pattern.type in JOINT and pattern.mode != "visit":
            actors, recipients = self._joint(actors, recipients, tokens)
        recipients = [actor for actor in recipients if actor not in actors and not self._is_own_state(actor, actors)]
        unnamed = not actors and pattern.type in VERBAL and self._speaks_itself(match.head)
        if not unnamed and not _needs_met(pattern.needs, actors, recipients, joint=pattern.type in JOINT and pattern.mode != "visit"):
            return None
        return DraftEvent(
            type=pattern.type,
            mode=pattern.mode,
            root=match.head.i,
            triggers=[self._trigger(tokens)],
            actors=actors,
            recipients=recipients,
            statement=self._statement_at(match.head),
        )

    def _speaks_itself(self, head: Token) -> bool:
        """Whether "I" or "we" acts: somebody does, even where the report does not tell who speaks ("We endorsed the joint call")."""
        subject = self._subject(head)
        return subject is not None and subject.lower_ in ("i", "we")

    def _is_own_state(self, recipient: int, actors: list[int]) -> bool:
        """A state is not acted on by its own president in "reaffirmed the United States' commitment to Ukraine"."""
        state = self.draft.actors[recipient]
        return state.kind == "country" and any(
            self.draft.actors[a].country == state.country and self.draft.actors[a].sectors[:1] == ["GOV"] for a in actors
        )

    def _joint(self, actors: list[int], recipients: list[int], tokens: list[Token]) -> tuple[list[int], list[int]]:
        parties = actors + self._role(("with", "between", "together"), tokens)
        if recipients and tokens[0].pos_ in ("VERB", "AUX") and tokens[0].lemma_ not in ("meet", "see", "call", "telephone", "phone"):
            return list(dict.fromkeys(parties)), [actor for actor in recipients if actor not in parties]
        return list(dict.fromkeys(parties + recipients)), []

    def _trigger(self, tokens: list[Token]) -> tuple[int, int]:
        head = tokens[0].i
        near = [token.i for token in tokens if abs(token.i - head) < LONGEST_TRIGGER]
        return min(near), max(near) + 1

    def _statement_at(self, token: Token) -> int | None:
        """The statement in whose content a token stands; of nested ones the inner, which begins last."""
        at = bisect_right(self.said, (token.idx, len(self.draft.report.text), 0))
        for start, end, number in reversed(self.said[max(0, at - NESTED) : at]):
            if start <= token.idx < end:
                return number
        return None

    # -- roles -----------------------------------------------------------------------------------------------------

    def _role(self, wanted: Iterable[str], tokens: list[Token], barred: Sequence[int] = ()) -> list[int]:
        """The actors in the first of the wanted roles that is filled by others than the barred ones."""
        for role in wanted:
            for token in self._tokens_in(role, tokens):
                actors = self.actors_at(token)
                if role == "in":  # "in Syria" is where, "in the army" is who
                    actors = [actor for actor in actors if self.draft.actors[actor].kind != "country" or tokens[0].lemma_ in ARRIVING]
                actors = [actor for actor in actors if actor not in barred]
                if actors:
                    return actors
        return []

    def _tokens_in(self, role: str, tokens: list[Token]) -> Iterable[Token]:
        head = tokens[0]
        if role == "none":
            return []
        if role == "subj":
            return _some(self._subject(head))
        if role == "obj":
            return self._objects(tokens)
        if role == "xsubj":
            return _some(roles.complement_subject(head))
        if role == "matched":  # behind a preposition that is part of the pattern
            return [noun for token in tokens[1:] if token.dep_ == "prep" for noun in token.children if noun.dep_ == "pobj"]
        if role == "poss":
            return [noun for token in tokens if (noun := roles.possessor(token)) is not None]
        if role == "modifier":
            return [child for child in head.lefts if child.dep_ in ("amod", "compound", "nmod")]
        if role == "light":
            return _some(self._light_subject(head))
        if role.startswith("light-"):
            verb = roles.light_verb(head)
            return [] if verb is None else roles.behind(role.removeprefix("light-"), [verb])
        return roles.behind(role, tokens)

    def _subject(self, head: Token) -> Token | None:
        if head.pos_ in ("VERB", "AUX"):
            return roles.subject(head)
        if head.dep_ in ("acomp", "attr", "oprd") and head.head.pos_ in ("VERB", "AUX"):
            return roles.grammatical_subject(head.head)
        return self._light_subject(head)

    def _light_subject(self, noun: Token) -> Token | None:
        verb = roles.light_verb(noun)
        return None if verb is None else roles.subject(verb)

    def _objects(self, tokens: list[Token]) -> list[Token]:
        """The object of the head, or what the matched object noun belongs to ("killed members of", "the army's positions")."""
        found = _some(roles.direct_object(tokens[0])) if tokens[0].pos_ in ("VERB", "AUX") else []
        belonging = [noun for token in [*found, *tokens[1:]] for noun in _owners(token)]
        return found + belonging

    def actors_at(self, token: Token) -> list[int]:
        """The actors a noun phrase names; "we" is the speaker, "dozens of X" is X, "X's forces" may be only X's."""
        draft = self.draft
        if token.lower_ in SPEAKER_PRONOUNS or (token.tag_ == "PRP" and token.i not in draft.mention_at):
            number = self._statement_at(token)
            speaker = None if number is None else draft.statements[number].speaker
            return [] if speaker is None else [speaker]
        if actors := draft.actors_at(token):
            return actors
        if token.lemma_.lower() in PARTITIVES or token.pos_ == "NUM" or token.tag_ in ("NNS", "CD"):
            for noun in roles.behind("of", [token]):
                if actors := self.actors_at(noun):
                    return actors
        for child in token.children:
            if child.dep_ in ("poss", "appos") and (actors := draft.actors_at(child)):
                return actors
        for child in token.lefts:
            mention = draft.mention_at.get(child.i)
            if mention is not None and child.dep_ in ("amod", "compound", "nmod"):
                return list(mention.actors)
        return []


def _owners(noun: Token) -> list[Token]:
    """Whose a thing or deed is: "the army's positions", "attacks by rebels", "the policy of Rome"."""
    return [*_some(roles.possessor(noun)), *roles.behind("by", [noun]), *roles.behind("of", [noun])]


def _some(token: Token | None) -> list[Token]:
    return [] if token is None else [token]


def _needs_met(needs: str, actors: list[int], recipients: list[int], joint: bool) -> bool:
    if needs == "both":
        return (bool(actors) and bool(recipients)) or (joint and len(actors) > 1)
    if needs == "actor":
        return bool(actors)
    if needs == "recipient":
        return bool(recipients)
    return needs == "none" or bool(actors) or bool(recipients)
