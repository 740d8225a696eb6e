"""Who: the actors of a report, their country and sector, and every mention of them.

Names come first, the whole report over, so that a surname in the headline finds the full name further down. Then the text is
read in order: descriptions ("the visiting minister", "officials"), pronouns and "the two leaders" are
tied to the actors mentioned before them. Country and sector come from the words around a mention, then from the
knowledge tables for the report's date, last from the country that the report is mostly about.

Sources: CODEBOOK (actors); the salience order (subject first, then recency) is that of Lappin and Leass 1994, much simplified.
"""

from __future__ import annotations

from collections import Counter

from rapidfuzz.distance import OSA
from spacy.tokens import Token

from dragoman.coding.draft import Draft, DraftActor, Mention, conjuncts
from dragoman.coding.names import Name, find_names
from dragoman.coding.phrases import Phrase, PhraseReader, base_phrase
from dragoman.knowledge.base import Generic, Knowledge, Named, plain

PERSON_PRONOUNS = frozenset({"he", "she", "him", "her", "his", "hers", "himself", "herself"})
THING_PRONOUNS = frozenset({"it", "its", "itself"})
PLURAL_PRONOUNS = frozenset({"they", "them", "their", "themselves", "theirs"})
SPEAKER_PRONOUNS = frozenset({"i", "me", "my", "myself", "we", "us", "our", "ourselves"})
BOTH = frozenset({"both", "two"})
PAIR_NOUNS = frozenset({"leader", "minister", "president", "side", "country", "nation", "state", "government", "official",
                        "diplomat", "party", "capital", "neighbour", "neighbor", "ally", "man", "counterpart", "premier"})  # fmt: skip
STATE_PAIR = frozenset({"side", "country", "nation", "state", "government", "capital", "neighbour", "neighbor", "ally"})
ORGANIZATION_NOUNS = frozenset({"ministry", "department", "agency", "company", "group", "organization", "organisation", "party", "court",
                                "commission", "committee", "council", "union", "bank", "body", "alliance", "bloc", "coalition", "movement",
                                "militia", "paper", "newspaper", "firm", "bureau", "office", "tribunal", "watchdog", "charity", "federation"})  # fmt: skip
COUNTRY_NOUNS = frozenset({"country", "state", "nation", "kingdom", "republic"})
RELATIONAL = frozenset({"ally", "rival", "enemy", "foe", "neighbour", "neighbor", "partner", "counterpart", "critic", "opponent", "friend",
                        "adversary", "backer", "sponsor", "patron", "guest", "host", "creditor", "donor"})  # fmt: skip
PLACE_PREPOSITIONS = frozenset(
    {"in", "at", "near", "into", "through", "across", "around", "outside", "inside", "within", "throughout"}
)
# persons whose sector is that of the body they belong to ("Hamas official", "police spokesman")
BORROWS_SECTOR = frozenset({"spokesperson", "official", "other", "diplomat", ""})
ARMED = frozenset({"REB", "MIL", "COP", "PRM", "UAF", "CRM"})
OWNER_REACH = 5  # tokens behind a noun in which "of its ..." tells whose it is
MISSPELT_LENGTH = 5  # a name shorter than this has too many neighbours one edit away
TITLE_GAP = 4  # tokens that may stand between a title and the name ("Foreign Minister of Iran Javad Zarif")


class Who:
    """The step that fills ``draft.actors`` and ``draft.mentions``."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge

    def __call__(self, draft: Draft) -> None:
        names = find_names(draft, self.knowledge)
        _Reader(draft, names, self.knowledge).read()
        draft.mentions.sort(key=lambda mention: (mention.start, mention.end))
        draft.mention_at = {mention.root: mention for mention in draft.mentions}


class _Reader:
    """Reads one draft from front to back. ``recent`` holds the actors in the order of their last mention."""

    def __init__(self, draft: Draft, names: list[Name], knowledge: Knowledge) -> None:
        self.draft, self.doc, self.names, self.knowledge = draft, draft.doc, names, knowledge
        self.phrases = PhraseReader(draft, names, knowledge)
        self.named_root = {name.root: name for name in names}
        self.persons: dict[str, list[int]] = {}  # last word of a name -> actors
        self.by_key: dict[str, int] = {}  # key of an organization, country or description -> actor
        self.actor_of_name: dict[int, int] = {}  # start of a name -> actor
        self.focus: Counter[str] = Counter()
        self.recent: list[tuple[int, int, bool]] = []  # (sentence, actor, subject)
        self.first_sentence: dict[int, int] = {}
        self.told: set[int] = set()  # actors whose country the text tells
        self.relational: set[int] = set()  # "Iran's rival": described by their relation to another
        self.phrase_of: dict[int, Phrase] = {}  # the first description of an actor

    def read(self) -> None:
        self._count_countries()
        for name in sorted(self.names, key=lambda name: (-(name.end - name.start), name.start)):
            if name.is_person:
                self._person(name)
        self._aliases()
        for token in self.doc[self.draft.body :]:
            mention = self._mention(token)
            if mention is not None:
                self._note(mention)
        self._merge_appositions()
        self._fill_countries()

    # -- what the report is about ----------------------------------------------------------------------------------

    def _count_countries(self) -> None:
        for token in self.doc:
            code = self.phrases.country_of_token(token.i)
            if len(code) == 3 and code in self.knowledge.country_names:
                self.focus[code] += 1
        if self.draft.dateline is not None and self.draft.dateline.place.country:
            self.focus[self.draft.dateline.place.country] += 2

    # -- names -----------------------------------------------------------------------------------------------------

    def _add(self, actor: DraftActor) -> int:
        self.draft.actors.append(actor)
        return len(self.draft.actors) - 1

    def _person(self, name: Name) -> None:
        """Tie a person's name to an actor: the same, a longer form of it, or one misspelt by one edit; else a new one."""
        words = [plain(token.text) for token in self.doc[name.start : name.end] if not token.is_punct]
        if not words:
            return
        actor = self._same_person(words)
        if actor is None:
            entry = name.entry or self._leader(words)
            actor = self._add(DraftActor(self.doc[name.start : name.end].text, "person", confidence=0.8))
            if entry is not None:
                self._from_table(actor, entry)
            for word in dict.fromkeys((words[-1], words[0])):
                self.persons.setdefault(word, []).append(actor)
            if len(words) > 2:
                self.persons.setdefault(words[1], []).append(actor)
        self.actor_of_name[name.start] = actor

    def _same_person(self, words: list[str]) -> int | None:
        for actor in self.persons.get(words[-1], []):
            full = plain(self.draft.actors[actor].name).split(" ")
            if set(words) <= set(full) or (
                len(words) > 1 and len(full) > 1 and words[-1] == full[-1] and words[0] == full[0]
            ):
                return actor
        if len(words) == 1 and len(words[0]) >= MISSPELT_LENGTH and self._once(words[0]):
            near = [known for known in self.persons if OSA.distance(known, words[0], score_cutoff=1) == 1]
            candidates = {actor for known in near if len(known) >= MISSPELT_LENGTH for actor in self.persons[known]}
            if len(candidates) == 1:
                return candidates.pop()
        return None

    def _once(self, word: str) -> bool:
        return self.draft.report.text.count(word) == 1

    def _leader(self, words: list[str]) -> Named | None:
        """A leader in office on the report's date with this bare surname, if it can be only one person."""
        terms = self.knowledge.leaders.get(words[-1], []) if len(words) == 1 else []
        terms = [term for term in terms if self.draft.report.published and term.holds_on(self.draft.report.published)]
        return terms[0] if len({(term.name, term.country) for term in terms}) == 1 else None

    def _from_table(self, actor: int, entry: Named) -> None:
        found = self.draft.actors[actor]
        date = self.draft.report.published
        found.country = found.country or entry.country
        current = entry.holds_on(date) or not entry.last or entry.last >= date
        found.sectors = found.sectors or ([entry.sector] if current else ["ELI"]) if entry.sector else found.sectors
        if entry.kind == "person" and current and not entry.holds_on(date):
            found.sectors = []  # not yet in office: the text must tell

    def _aliases(self) -> None:
        """ "the Kurdistan Workers' Party (PKK)": the acronym in brackets is the same actor."""
        for name in self.names:
            if name.end + 2 < len(self.doc) and self.doc[name.end].text == "(" and self.doc[name.end + 2].text == ")":
                acronym = self.doc[name.end + 1].text
                if acronym.isupper() and len(acronym) > 1 and not name.is_person:
                    self.by_key.setdefault(self._key(acronym), self._organization(name))

    def _key(self, text: str) -> str:
        return text.lower().replace("’", "'").removeprefix("the ")

    def _organization(self, name: Name) -> int:
        """The actor of a named organization or state; what the tables hold under one name is one actor."""
        text = self.doc[name.start : name.end].text
        entry = name.entry
        if entry is not None and entry.kind == "country":
            return self._country(entry.country)
        key = self._key(entry.name if entry is not None else text)
        known = self.by_key.get(key, self.by_key.get(self._key(text)))
        if known is None:
            known = self._add(DraftActor(text, "organization", confidence=0.75))
            self.by_key[key] = known
        self.by_key.setdefault(self._key(text), known)
        actor = self.draft.actors[known]
        if len(text) > len(actor.name):
            actor.name = text
        if entry is not None:
            self._from_table(known, entry)
        return known

    def _country(self, code: str) -> int:
        key = f"country {code}"
        if key not in self.by_key:
            name = self.knowledge.country_names.get(code, code)
            self.by_key[key] = self._add(DraftActor(name, "country", code, ["GOV"], confidence=0.9))
        return self.by_key[key]

    # -- mentions --------------------------------------------------------------------------------------------------

    def _mention(self, token: Token) -> Mention | None:
        name = self.phrases.name_at.get(token.i)
        if name is not None and token.i != name.root:
            return None
        if name is not None and name.entry is None and (code := self._nation_of(name)):
            return self._nationality(token, code, name.start)
        if name is not None:
            return self._name_mention(name)
        if token.text in ("North", "South") and (state := self._half(token)):
            return Mention(token.i, token.i + 1, token.i, [state[0]])
        if token.pos_ == "PRON" or token.lower_ in PERSON_PRONOUNS | PLURAL_PRONOUNS | THING_PRONOUNS | {"both"}:
            return self._pronoun(token)
        if code := self.knowledge.nationality(token.text):
            return self._nationality(token, code)
        if token.pos_ in ("NOUN", "PROPN") and token.dep_ not in ("compound", "amod", "nmod"):
            return self._description(token)
        if token.dep_ == "compound" and token.pos_ in ("NOUN", "PROPN") and token.head.pos_ == "NOUN":
            return self._modifier(token)
        if (
            token.pos_ == "ADJ"
            and token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj")
            and token.lower_ in self.knowledge.agents
        ):
            return self._description(token)
        return None

    def _half(self, token: Token) -> list[int]:
        """ "the North" in a report that names North Korea."""
        if token.i + 1 < len(self.doc) and self.doc[token.i + 1].pos_ == "PROPN":
            return []
        return [
            a
            for a, found in enumerate(self.draft.actors)
            if found.kind == "country" and found.name.startswith(token.text + " ")
        ]

    def _name_mention(self, name: Name) -> Mention | None:
        head = self.doc[name.root]
        phrase = base_phrase(head, name.start, name.end)
        if name.is_person:
            return self._titled_person(name, phrase)
        if name.entry is not None and name.entry.kind == "country":
            modifier = head.dep_ in ("compound", "amod", "nmod", "poss")
            actor = self._country(name.entry.country)
            if not modifier:
                self.told.add(actor)
            return Mention(name.start, name.end, name.root, [actor], adjective=modifier)
        if name.entry is None and name.label in ("GPE", "LOC", "FAC"):
            return self._place_name(name, head)
        if name.label == "NORP" and name.entry is None:
            return self._people(name, head)
        if name.entry is None and self._title_before(name, phrase) is not None:
            self._person(name)  # "Gen. X": tagged as an organization, but a title stands before it
            return self._titled_person(name, phrase)
        if name.label in ("ORG", "FAC", "") or name.entry is not None:
            return self._organization_mention(name, phrase)
        return None

    def _place_name(self, name: Name, head: Token) -> Mention | None:
        """A town or region acts seldom; it is an actor where it is the subject of an act ("North Carolina said")."""
        if head.dep_ not in ("nsubj", "nsubjpass", "dobj", "agent"):
            return None
        country = self.phrases.country_of_token(name.root)
        key = self._key(self.doc[name.start : name.end].text)
        if key not in self.by_key:
            text = self.doc[name.start : name.end].text
            self.by_key[key] = self._add(DraftActor(text, "organization", country, ["GOV"], confidence=0.5))
        return Mention(name.start, name.end, name.root, [self.by_key[key]])

    def _people(self, name: Name, head: Token) -> Mention | None:
        """ "Kurds", "Muslims", "Democrats": a people, faith or party as a group."""
        if head.dep_ in ("amod", "compound", "nmod"):
            return None
        text = self.doc[name.start : name.end].text
        generic = self.knowledge.agents.get(text.lower()) or self.knowledge.agents.get(head.lemma_.lower())
        key = self._key(text)
        if key not in self.by_key:
            sector = [generic.sector] if generic and generic.sector else ["SOC"]
            self.by_key[key] = self._add(DraftActor(text, "group", "", sector, plural=True, confidence=0.5))
        return Mention(name.start, name.end, name.root, [self.by_key[key]])

    def _organization_mention(self, name: Name, phrase: Phrase) -> Mention:
        actor = self._organization(name)
        found = self.draft.actors[actor]
        country = self.phrases.modifier_country(phrase.start, phrase.end) or self.phrases.belonging_country(
            self.doc[phrase.root], ("of",)
        )
        if country and name.entry is None:
            found.country = found.country or country
        if not found.sectors and (generic := self.phrases.generic_ending_at(name.end, name.start)):
            found.sectors = [generic[0].sector] if generic[0].sector else []
        return Mention(phrase.start, phrase.end, name.root, [actor])

    # -- persons ---------------------------------------------------------------------------------------------------

    def _title_before(self, name: Name, phrase: Phrase) -> tuple[Generic, int, int] | None:
        """The title in front of a name: the office, its first token and the token behind it."""
        floor = min(phrase.start, name.start)
        for end in range(name.start, max(floor, name.start - TITLE_GAP), -1):
            found = self.phrases.generic_ending_at(end, floor)
            if found is not None and found[0].kind == "person":
                return found[0], found[1], end
        return None

    def _titled_person(self, name: Name, phrase: Phrase) -> Mention:
        if name.start not in self.actor_of_name:
            self._person(name)
        actor = self.actor_of_name[name.start]
        phrase = self._with_title(name, phrase)
        found = self.draft.actors[actor]
        title = self._title_before(name, phrase)
        country = self.phrases.modifier_country(phrase.start, name.start)
        country = country or self.phrases.belonging_country(self.doc[name.root], ("of",))
        if title is not None:
            generic, start, end = title
            self._office(actor, generic, start, end, phrase.start)
            if generic.name == "counterpart":
                self._counterpart(actor)
        if country:
            found.country = country
            self.told.add(actor)
        if title is not None and not found.country:
            self._country_by_office(actor, title[0], name)
        return Mention(phrase.start, phrase.end, name.root, [actor])

    def _with_title(self, name: Name, phrase: Phrase) -> Phrase:
        """The phrase with a title that the parser cut off its name ("Belarus' President | Alexander Lukashenko")."""
        start = phrase.start
        if start == name.start and start > self.draft.body:
            found = self.phrases.generic_ending_at(start, max(self.draft.body, start - 5))
            if found is not None and found[0].kind == "person" and self.doc[start - 1].text[0].isupper():
                start = found[1]
                while start > 0 and self.phrases.country_of_token(start - 1):
                    start -= 1
        return Phrase(start, phrase.end, phrase.root)

    def _office(self, actor: int, generic: Generic, start: int, end: int, floor: int) -> None:
        """Note the office and sector that a title tells; the first one in the text stands unless it told nothing."""
        found = self.draft.actors[actor]
        former = self.phrases.is_former(floor, start)
        organization = self.phrases.organization_in(floor, start)
        sector = generic.sector
        if organization is not None and organization.entry is not None and generic.level in BORROWS_SECTOR:
            sector = organization.entry.sector or sector
            found.country = found.country or organization.entry.country
        if former:
            sector = "ELI"
        if sector and (not found.office or not found.sectors):
            found.sectors = [sector, *(other for other in found.sectors if other != sector)]
        if not found.office and generic.level:
            found.office = self.doc[start:end].text

    def _counterpart(self, actor: int) -> None:
        """ "his Russian counterpart": the office of whoever was named last with one."""
        found = self.draft.actors[actor]
        for _, other, _ in reversed(self.recent):
            if other != actor and self.draft.actors[other].office:
                found.sectors = list(self.draft.actors[other].sectors)
                found.office = self.draft.actors[other].office
                return

    def _country_by_office(self, actor: int, generic: Generic, name: Name) -> None:
        """A title and a surname without a nationality: whoever bore both on the report's date."""
        date = self.draft.report.published
        last = plain(self.doc[name.end - 1].text)
        for term in self.knowledge.leaders.get(last, []):
            if date and term.holds_on(date) and self.knowledge.office_name(term.office) == generic.name:
                self.draft.actors[actor].country = term.country
                return

    # -- descriptions ----------------------------------------------------------------------------------------------

    def _nation_of(self, name: Name) -> str:
        return self.knowledge.nationality(self.doc[name.start : name.end].text)

    def _nationality(self, token: Token, code: str, start: int | None = None) -> Mention | None:
        """ "Russian" before a noun stands for the state; "Russians", "the French" alone are its people."""
        first = token.i if start is None else start
        if token.dep_ in ("amod", "compound", "nmod", "poss") and token.i + 1 < len(self.doc):
            return Mention(first, token.i + 1, token.i, [self._country(code)], adjective=True)
        if self.doc[first : token.i + 1].text not in self.knowledge.demonyms or token.dep_ in ("acomp", "attr"):
            return None
        key = f"people {code}"
        if key not in self.by_key:
            self.by_key[key] = self._add(DraftActor(token.text, "group", code, ["CVL"], plural=True, confidence=0.6))
        phrase = base_phrase(token)
        return Mention(phrase.start, phrase.end, token.i, [self.by_key[key]])

    def _description(self, head: Token) -> Mention | None:
        phrase = base_phrase(head)
        found = self.phrases.generic_ending_at(head.i + 1, phrase.start)
        plural = head.tag_ in ("NNS", "NNPS")
        pair = self._pair(head, phrase)
        if pair:
            return Mention(phrase.start, phrase.end, head.i, pair)
        if found is None:
            return self._headed_by_organization(head, phrase)
        generic, start = found
        relation = generic.name.split(" ")[-1] in RELATIONAL
        country = "" if relation else self.phrases.country(phrase, located=generic.collective or plural)
        if relation:
            country = self.phrases.adjective_country(phrase.start, head.i)
        if parties := self._of_several(head, generic, plural):
            return Mention(phrase.start, phrase.end, head.i, parties)
        if generic.name == "counterpart" and not country and (other := self._other_side(head)) is not None:
            return Mention(phrase.start, phrase.end, head.i, [other])
        if generic.name in COUNTRY_NOUNS and not country:
            return self._the_country(head, phrase, plural)
        organization = self.phrases.organization_in(phrase.start, head.i) or self._organization_behind(head)
        definite = self._is_definite(phrase)
        if definite and not plural and (actor := self._described_before(generic, country, organization)) is not None:
            if country and not self.draft.actors[actor].country:
                self.draft.actors[actor].country = country
            return Mention(phrase.start, phrase.end, head.i, [actor])
        actor = self._described(head, phrase, generic, country, organization, plural, definite)
        office_start = min(start, head.i)
        if generic.level and not self.draft.actors[actor].office and not plural:
            self.draft.actors[actor].office = self.doc[office_start : head.i + 1].text
        return Mention(phrase.start, phrase.end, head.i, [actor])

    def _modifier(self, token: Token) -> Mention | None:
        """ "rebel positions", "police station", "government troops": whose the thing is, if nothing named says it."""
        generic = self.knowledge.agents.get(token.lemma_.lower()) or self.knowledge.institutions.get(token.lower_)
        if generic is None or not (generic.collective or generic.sector in ARMED):
            return None
        head_phrase = base_phrase(token.head)
        if self.phrases.generic_ending_at(token.head.i + 1, head_phrase.start):
            return None  # "police officers": the whole phrase is the actor
        country = self.phrases.modifier_country(head_phrase.start, token.i)
        actor = self._described(token, Phrase(token.i, token.i + 1, token.i), generic, country, None, True, True)
        return Mention(token.i, token.i + 1, token.i, [actor], adjective=True)

    def _organization_behind(self, head: Token) -> Name | None:
        for preposition in head.rights:
            if preposition.dep_ == "prep" and preposition.lower_ in ("of", "for", "from", "at", "with"):
                for child in preposition.children:
                    name = self.phrases.name_at.get(child.i)
                    if child.dep_ == "pobj" and name is not None and name.entry is not None:
                        if name.entry.role in ("institution", "organization"):
                            return name
        return None

    def _headed_by_organization(self, head: Token, phrase: Phrase) -> Mention | None:
        """ "the ministry", "the group": the last organization whose name or kind the noun fits."""
        if head.lemma_.lower() not in ORGANIZATION_NOUNS or not self._is_definite(phrase):
            return None
        actor = self._last_organization(head.lemma_.lower())
        return None if actor is None else Mention(phrase.start, phrase.end, head.i, [actor])

    def _last_organization(self, noun: str) -> int | None:
        organizations = [
            actor for _, actor, _ in reversed(self.recent) if self.draft.actors[actor].kind == "organization"
        ]
        fitting = [actor for actor in organizations if noun in self.draft.actors[actor].name.lower()]
        if fitting:
            return fitting[0]
        return (
            organizations[0]
            if organizations and noun in ("group", "organization", "organisation", "company", "body", "firm")
            else None
        )

    def _is_definite(self, phrase: Phrase) -> bool:
        return self.doc[phrase.start].lower_ in ("the", "this", "that", "these", "those")

    def _described_before(self, generic: Generic, country: str, organization: Name | None) -> int | None:
        """Whom a definite singular description ("the Pakistani minister", "the ministry") takes up again."""
        noun = generic.name.split(" ")[-1].lower()
        for _, actor, _ in reversed(self.recent):
            found = self.draft.actors[actor]
            if country and found.country and found.country != country:
                continue
            if generic.kind == "person" and found.kind == "person":
                office = self.knowledge.office_name(found.office) if found.office else ""
                if (
                    generic.name == office
                    or (office and noun == office.split(" ")[-1])
                    or noun in found.name.lower().split(" ")
                ):
                    return actor
            elif generic.kind == found.kind and noun in found.name.lower().split(" ") and (organization is None):
                return actor
        return None

    def _described(
        self,
        head: Token,
        phrase: Phrase,
        generic: Generic,
        country: str,
        organization: Name | None,
        plural: bool,
        definite: bool,
    ) -> int:
        """The actor of a description: the same noun and country again is the same actor, else a new one."""
        if generic.name == "government" and country in self.knowledge.country_names:
            return self._country(country)
        body = self.doc[organization.start : organization.end].text if organization else ""
        key = f"{generic.name} {country} {body} {'s' if plural else ''}"
        indefinite_person = generic.kind == "person" and not plural and not definite
        known = self.by_key.get(key)
        if known is None and definite:
            known = self._same_noun(generic, country, plural)
        if known is not None and not indefinite_person:
            return known
        sector = generic.sector
        if organization is not None and organization.entry is not None:
            country = country or organization.entry.country
            if generic.level in BORROWS_SECTOR:
                sector = organization.entry.sector or sector
        if self.phrases.is_former(phrase.start, head.i):
            sector = "ELI"
        kind = "group" if plural and generic.kind == "person" else generic.kind
        name = self.doc[phrase.start : phrase.end].text
        actor = self._add(DraftActor(name, kind, country, [sector] if sector else [], plural=plural, confidence=0.6))
        self.phrase_of[actor] = phrase
        if generic.name.split(" ")[-1] in RELATIONAL:
            self.relational.add(actor)
        if country:
            self.told.add(actor)
        self.by_key[key] = actor
        return actor

    def _of_several(self, head: Token, generic: Generic, plural: bool) -> list[int]:
        """ "the presidents of Russia and Azerbaijan": one actor a country."""
        if not plural or not generic.level:
            return []
        for preposition in head.rights:
            if preposition.dep_ == "prep" and preposition.lower_ == "of":
                for noun in preposition.children:
                    codes = [self.phrases.country_of_token(part.i) for part in (noun, *conjuncts(noun))]
                    if len([code for code in codes if code]) > 1:
                        return [self._holder_of(generic, code) for code in codes if code]
        return []

    def _holder_of(self, generic: Generic, country: str) -> int:
        """Whoever holds an office of a country: the person named with it in this report, else an unnamed one."""
        for actor, found in enumerate(self.draft.actors):
            if found.country == country and found.office and self.knowledge.office_name(found.office) == generic.name:
                return actor
        key = f"{generic.name} {country}  "
        if key not in self.by_key:
            name = f"{generic.name} of {self.knowledge.country_names.get(country, country)}"
            self.by_key[key] = self._add(
                DraftActor(
                    name, "person", country, [generic.sector] if generic.sector else [], generic.name, confidence=0.6
                )
            )
        return self.by_key[key]

    def _other_side(self, head: Token) -> int | None:
        """ "his counterpart" without a nationality: the last person with an office of another country than his."""
        owner = next((child for child in head.lefts if child.dep_ == "poss"), None)
        own = next(
            (m.actors[0] for m in reversed(self.draft.mentions) if owner is not None and m.root == owner.i), None
        )
        country = self.draft.actors[own].country if own is not None else ""
        for _, actor, _ in reversed(self.recent):
            found = self.draft.actors[actor]
            if actor != own and found.kind == "person" and found.office and found.country != country:
                return actor
        return None

    def _the_country(self, head: Token, phrase: Phrase, plural: bool) -> Mention | None:
        """ "the isolated state", "the country": of the states named so far the one the report is most about."""
        if plural or not self._is_definite(phrase):
            return None
        states = [actor for actor in self._salient() if self.draft.actors[actor].kind == "country"]
        return Mention(phrase.start, phrase.end, head.i, states[:1]) if states else None

    def _same_noun(self, generic: Generic, country: str, plural: bool) -> int | None:
        noun = generic.name.split(" ")[-1].lower()
        for _, actor, _ in reversed(self.recent):
            found = self.draft.actors[actor]
            words = found.name.lower().split(" ")
            if found.kind in ("group", "organization") and (noun in words or noun + "s" in words):
                if not country or not found.country or found.country == country:
                    return actor
        return None

    def _pair(self, head: Token, phrase: Phrase) -> list[int]:
        """ "the two leaders", "both sides", "the two countries": the two last named who fit and differ in country."""
        words = {self.doc[i].lower_ for i in range(phrase.start, head.i)}
        lemma = head.lemma_.lower()
        if (
            lemma not in PAIR_NOUNS
            or head.tag_ not in ("NNS", "NNPS")
            or any(child.dep_ == "prep" for child in head.rights)
        ):
            return []
        if not words & BOTH and not (words == {"the"} and lemma in ("leader", "president", "minister", "premier")):
            return []
        wanted = ("country",) if lemma in STATE_PAIR else ("person",)
        for kinds in (wanted, ("person", "country")):
            found: list[int] = []
            for actor in self._salient():
                candidate = self.draft.actors[actor]
                differs = all(
                    self.draft.actors[other].country != candidate.country or not candidate.country for other in found
                )
                if candidate.kind in kinds and actor not in found and differs:
                    found.append(actor)
                if len(found) == 2:
                    return found
        return []

    def _salient(self) -> list[int]:
        """Actors named so far, persons by recency, states by how much the report is about them."""
        order = list(dict.fromkeys(actor for _, actor, _ in reversed(self.recent)))
        about = {actor: -self.focus[self.draft.actors[actor].country] for actor in order}
        return sorted(order, key=lambda actor: about[actor] if self.draft.actors[actor].kind == "country" else 0)

    # -- pronouns --------------------------------------------------------------------------------------------------

    def _pronoun(self, token: Token) -> Mention | None:
        word = token.lower_
        if word in SPEAKER_PRONOUNS:
            return None  # the speaker's: what.py asks the statement
        if word in PERSON_PRONOUNS:
            actor = self._antecedent(token, lambda found: found.kind == "person" and not found.plural)
        elif word in THING_PRONOUNS:
            if token.dep_ == "expl":
                return None
            actor = self._antecedent(token, lambda found: found.kind in ("organization", "country"), reach=1)
        elif word in PLURAL_PRONOUNS:
            actor = self._antecedent(
                token, lambda found: found.plural or found.kind in ("group", "organization"), reach=2
            )
        elif word == "both" and token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj"):
            pair = [actor for _, actor, _ in self.recent[-6:] if self.draft.actors[actor].kind in ("person", "country")]
            last = list(dict.fromkeys(reversed(pair)))[:2]
            return Mention(token.i, token.i + 1, token.i, last, pronoun=True) if len(last) == 2 else None
        else:
            return None
        return None if actor is None else Mention(token.i, token.i + 1, token.i, [actor], pronoun=True)

    def _antecedent(self, token: Token, fits, reach: int = 4) -> int | None:  # type: ignore[no-untyped-def]
        """The fitting actor of the nearest sentence that has one, its subject first; a possessive looks at its own clause first."""
        sentence = self.draft.sentence_of[token.i]
        window = [
            item for item in self.recent if sentence - reach <= item[0] <= sentence and fits(self.draft.actors[item[1]])
        ]
        if not window:
            return None
        nearest = window[-1][0]
        same = [item for item in window if item[0] == nearest]
        subjects = [item for item in same if item[2]]
        return (subjects or same)[0][1] if subjects else same[-1][1]

    def _note(self, mention: Mention) -> None:
        self.draft.mentions.append(mention)
        if mention.adjective:
            return
        token = self.doc[mention.root]
        subject = token.dep_ in ("nsubj", "nsubjpass", "agent")
        for actor in mention.actors:
            self.recent.append((self.draft.sentence_of[mention.root], actor, subject))

    # -- afterwards ------------------------------------------------------------------------------------------------

    @property
    def named_actors(self) -> set[int]:
        """Actors with a proper name."""
        named = {actor for actor in self.by_key.values() if self.draft.actors[actor].name[:1].isupper()}
        return set(self.actor_of_name.values()) | {actor for actor in named if actor not in self.phrase_of}

    def _merge_appositions(self) -> None:
        """ "Binali Yildirim, the Turkish prime minister": the description is the same actor as the name."""
        at = {mention.root: mention for mention in self.draft.mentions}
        for mention in list(self.draft.mentions):
            head = self.doc[mention.root]
            for child in head.children:
                other = at.get(child.i)
                if child.dep_ == "appos" and other is not None and len(mention.actors) == len(other.actors) == 1:
                    self._merge(mention.actors[0], other.actors[0])

    def _merge(self, one: int, two: int) -> None:
        actors = self.draft.actors
        if one == two:
            return
        named = [actor for actor in (one, two) if actor in self.named_actors]
        if len(named) != 1:
            return
        other = two if named[0] == one else one
        if "person" in (actors[one].kind, actors[two].kind) and actors[one].kind != actors[two].kind:
            return
        if actors[named[0]].kind == "country" and other not in self.relational:
            return
        keep, drop = named[0], two if named[0] == one else one
        kept, dropped = actors[keep], actors[drop]
        kept.office = kept.office or dropped.office
        if dropped.country and (not kept.country or drop in self.told):
            kept.country = dropped.country
        if dropped.sectors and (dropped.office or not kept.sectors):
            kept.sectors = dropped.sectors
        for mention in self.draft.mentions:
            mention.actors = list(dict.fromkeys(keep if actor == drop else actor for actor in mention.actors))

    def _fill_countries(self) -> None:
        """Where the text does not tell, a country's own people and bodies belong to the country the report is about."""
        if not self.focus:
            return
        focus, count = max(self.focus.items(), key=lambda item: (item[1], item[0]))
        clear = count * 2 > sum(self.focus.values())
        for number, actor in enumerate(self.draft.actors):
            if not actor.country and (code := self._owner_country(number)):
                actor.country = code
            domestic = actor.sectors[:1] and actor.sectors[0] in (
                "GOV",
                "COP",
                "JUD",
                "LEG",
                "MIL",
                "OPP",
                "PTY",
                "CVL",
                "SPY",
                "ELI",
            )
            if not actor.country and (domestic or actor.kind == "person") and clear:
                actor.country = focus
                actor.confidence = min(actor.confidence, 0.4)

    def _owner_country(self, actor: int) -> str:
        """The country of whoever a pronoun in the description stands for ("its military", "five members of its army")."""
        phrase = self.phrase_of.get(actor)
        if phrase is None or actor in self.relational:
            return ""
        at = {mention.root: mention for mention in self.draft.mentions}
        for token in self.doc[phrase.root].subtree:
            if token.dep_ == "poss" and token.tag_ == "PRP$" and token.i - phrase.root < OWNER_REACH and token.i in at:
                return self.draft.actors[at[token.i].actors[0]].country
        return ""
