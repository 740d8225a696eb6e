"""The body that a person speaks or acts for, and the sector it lends: "Hamas official", "army accountant", "speaker of the Riigikogu"."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from dragoman.coding.names import Name
from dragoman.coding.phrases import PhraseReader, behind
from dragoman.knowledge.base import Generic, word_class

# persons whose sector is that of the body they belong to ("Hamas official", "police spokesman")
BORROWS = frozenset({"spokesperson", "official", "other"})
WEAK = frozenset({"", "UNK", "CVL"})  # sectors that tell little
CIVIL_TRADES = frozenset({"BUS", "LAB", "EDU", "MED"})  # an army's accountant, doctor, professor belongs to the army
ARMED = frozenset({"MIL", "COP", "REB", "PRM", "SPY"})
# whoever heads or belongs to a body has its sector, whatever the word alone tells ("president of the Supreme Court")
HEADS = word_class("head of a body")
FIGHTING = frozenset({"UAF", "MIL", "PRM", "REB"})  # "gunmen", "forces", "fighters" are those of the body named with them
INTERNATIONAL = frozenset({"UNO", "EUR", "IGO"})  # bodies that belong to no sector, nor do their officials
STATES = word_class("state")
FAITHS = word_class("faith")
OF_FAITH = word_class("of a faith")
TIES = ("of", "for", "at", "with", "from", "in")


@dataclass(frozen=True, slots=True)
class Body:
    """An organization named or described in a phrase."""

    name: str
    country: str
    sector: str
    named: bool


class BodyReader:
    """Finds the body in a phrase; made for one draft."""

    def __init__(self, phrases: PhraseReader) -> None:
        self.phrases, self.doc = phrases, phrases.doc

    def of(self, head: Token, start: int, end: int) -> Body | None:
        """The body behind the head, else the one among the tokens ``start`` to ``end`` before it."""
        return self.behind(head) or self.before(start, end)

    def whole(self, noun: Token) -> Body | None:
        """The body that a noun with its modifiers names or describes ("the ICRC office", "parliament's security panel")."""
        name = self.phrases.name_at.get(noun.i)
        if name is not None:
            return self._named(name)
        return self.of(noun, noun.left_edge.i, noun.i)

    def behind(self, head: Token, ties: tuple[str, ...] = TIES) -> Body | None:
        """The body that a preposition ties to the head ("a spokesman for the foreign ministry")."""
        for noun in behind(head, ties):
            name = self.phrases.name_at.get(noun.i)
            if name is not None and (body := self._named(name)) is not None:
                return body
            if name is not None and name.entry is not None:  # "the White House" is no house of parliament
                continue
            owner = next((child for child in noun.lefts if child.dep_ == "poss"), None)
            if owner is not None and (body := self._generic(owner)) is not None:
                return body
            found = self.phrases.generic_ending_at(noun.i + 1, noun.left_edge.i)
            if found is not None and found[0].kind != "person" and noun.head.lower_ != "in":
                country = self.phrases.modifier_country(noun.left_edge.i, noun.i)
                return Body(found[0].name, country, found[0].sector, False)
        return None

    def before(self, start: int, end: int) -> Body | None:
        """The body among modifiers ("Pentagon spokesman", "army accountant"), the one nearest to the head first."""
        for i in range(end - 1, start - 1, -1):
            name = self.phrases.name_at.get(i)
            if name is not None and (body := self._named(name)) is not None:
                return body
            if name is not None and name.entry is not None:
                continue
            if self.doc[i].text in FAITHS:
                return Body(self.doc[i].text, "", "REL", False)
            if (body := self._generic(self.doc[i])) is not None:
                return body
        return None

    def _generic(self, token: Token) -> Body | None:
        """The body that one word describes: "army" in "army accountant"."""
        if token.pos_ not in ("NOUN", "PROPN", "ADJ") or token.tag_ in ("NNS", "NNPS") or self._joined(token.i):
            return None
        generic = self.phrases.generic(token.lower_)
        return Body(generic.name, "", generic.sector, False) if generic is not None and generic.collective else None

    def _joined(self, i: int) -> bool:
        """ "anti-government", "pro-army": joined with a hyphen to another sense."""
        return i > 1 and self.doc[i - 1].text == "-"

    def _named(self, name: Name) -> Body | None:
        entry = name.entry
        if entry is not None:
            if entry.role not in ("institution", "organization"):
                return None
            return Body(entry.name, entry.country, entry.sector, True)
        if name.label != "ORG":
            return None
        found = self.phrases.generic_ending_at(name.end, name.start)
        if found is None or found[0].kind == "person":
            return None
        country = self.phrases.modifier_country(name.start, name.end)
        return Body(self.doc[name.start : name.end].text, country, found[0].sector, True)


def sector_of(generic: Generic, body: Body | None, former: bool) -> str:
    """The sector of a person with this title or noun who belongs to a body.

    "president" with the body Riigikogu -> LEG; "accountant" with an army -> MIL; "gunmen" with Boko Haram -> REB;
    "minister" with a party -> GOV; whoever is former -> ELI.
    """
    if former:
        return "ELI"
    if body is None or generic.name in STATES:
        return generic.sector
    if body.sector == "REL" and not body.named:
        return "REL" if generic.name.split(" ")[-1] in OF_FAITH else generic.sector
    if body.sector in ARMED and not generic.level and generic.sector in {*CIVIL_TRADES, *FIGHTING}:
        return body.sector
    if generic.level in BORROWS or (not generic.level and generic.sector in {*WEAK, "GOV"}):
        told = body.sector not in WEAK or (body.named and body.country in INTERNATIONAL and not body.sector)
        return body.sector if told else generic.sector
    if generic.name.lower() in HEADS and body.sector not in WEAK:
        return body.sector
    return generic.sector
