"""Where? The places a report names, and the place of each event (codebook: ``place``, ``place_country``).

``FindPlaces`` takes the tagger's place names, corrects its known faults with the gazetteer (missed places, persons
taken for places), reads the dateline, and lets ``toponyms.py`` say which place each name means. ``PlaceEvents`` gives
each event the place that is attached to its trigger, else one told in its clause or sentence, else that of the
dateline or of those acted on.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from spacy.tokens import Token

from dragoman.coding.draft import Draft, DraftEvent, Toponym
from dragoman.coding.placenames import PlaceNames, is_told_as_place, named
from dragoman.coding.story import cue_of
from dragoman.coding.toponyms import NEAR_KM, Named, Resolver, distance_km
from dragoman.knowledge import gazetteer as places
from dragoman.knowledge.gazetteer import Candidate, Gazetteer
from dragoman.model import Place

ARTICLE = re.compile(r"^(?:the|The)\s+")


class FindPlaces:
    """Fill ``draft.toponyms`` in order of the text, and ``draft.dateline`` where there is one."""

    def __init__(self, gazetteer: Gazetteer | None = None) -> None:
        self.gazetteer = gazetteer or places.load()
        self.resolver = Resolver(self.gazetteer)
        self.names = PlaceNames(self.resolver)

    def __call__(self, draft: Draft) -> None:
        """Find the places and say which they are."""
        spans = self.names.spans(draft)
        names = [named(draft.doc, start, end) for start, end in spans]
        filed = self._filed(draft)
        found = self.resolver.resolve(draft.report.text, names, filed)
        if filed is not None and draft.dateline_chars is not None:
            span = draft.doc.char_span(*draft.dateline_chars, alignment_mode="expand")
            assert span is not None
            draft.dateline = Toponym(span.start, span.end, to_place(filed), 0.9)
        for (start, end), name, place in zip(spans, names, found, strict=True):
            if place is not None and _supported(place, found):
                known = to_place(place, len(self.resolver.options(name.text)))
                draft.toponyms.append(Toponym(start, end, known, known.confidence or 0.0))
            elif is_told_as_place(draft.doc, start):
                draft.toponyms.append(Toponym(start, end, Place(name=name.text, country="", admin1=""), 0.0))
        _fill_countries(draft)

    def resolve_places(self, draft: Draft, spans: Sequence[tuple[int, int]]) -> list[Place | None]:
        """The places that given character spans name, ``None`` where unknown; each carries its span."""
        names = [Named(start, end, ARTICLE.sub("", draft.report.text[start:end])) for start, end in spans]
        found = self.resolver.resolve(draft.report.text, names)
        return [
            None
            if place is None
            else to_place(place, len(self.resolver.options(name.text))).model_copy(update={"span": draft.char_span(*span)})
            for place, name, span in zip(found, names, spans, strict=True)
        ]

    def _filed(self, draft: Draft) -> Candidate | None:
        """The dateline's place, of several ("BEIJING/SHANGHAI") the first.

        A bare name there is the most prominent place of the name; one that the gazetteer lacks is told by its country ("QANA, Lebanon").
        """
        if draft.dateline_chars is None:
            return None
        start, end = draft.dateline_chars
        parts = [part.strip() for part in draft.report.text[start:end].split("/")[0].split(",")]
        parts = [part.title() if part.isupper() else part for part in parts if part]
        if len(parts) == 1:
            return next(iter(self.resolver.options(parts[0])), None)
        text = ", ".join(parts)
        found = self.resolver.resolve(text, [Named(0, len(parts[0]), parts[0]), Named(len(parts[0]) + 2, len(text), parts[1])])
        return next((place for place in found if place is not None), None)


SMALL = 3000  # inhabitants below which a place must have another named near it


def _supported(place: Candidate, found: Sequence[Candidate | None]) -> bool:
    """A hamlet is believed only if the report names another place near it: the gazetteer has a hamlet for nearly every name."""
    if place.kind not in ("city", "admin2") or place.population >= SMALL:
        return True
    others = (other for other in found if other is not None and other != place and other.kind not in ("country", "region"))
    return any(distance_km(place, other) < NEAR_KM or (other.country, other.admin1) == (place.country, place.admin1) for other in others)


def _fill_countries(draft: Draft) -> None:
    """A place the gazetteer lacks lies in the country of the place told beside it, else of the dateline ("Qana, in Lebanon")."""
    for toponym in draft.toponyms:
        if toponym.place.country or toponym.place.latitude is not None:
            continue
        sentence = draft.sentence_of[toponym.start]
        near = [
            other
            for other in draft.toponyms
            if other.place.country and abs(draft.sentence_of[other.start] - sentence) <= 1 and not is_attribute(draft, other)
        ]
        near.sort(key=lambda other: (draft.sentence_of[other.start] != sentence, abs(other.start - toponym.end)))
        nearest = near[0] if near else draft.dateline
        if nearest is not None:
            toponym.place = Place(name=toponym.place.name, country=nearest.place.country, admin1="")


FEATURES = {"country": "A", "admin1": "A", "admin2": "A", "city": "P", "capital": "P", "region": "L"}


def to_place(candidate: Candidate, namesakes: int = 1) -> Place:
    """A gazetteer's candidate as the record's ``Place``; ``namesakes``: how many places of the name there are."""
    return Place(
        name=candidate.name,
        country=candidate.country,
        admin1=candidate.admin1,
        latitude=candidate.latitude,
        longitude=candidate.longitude,
        geonames_id=candidate.geonames_id,
        feature_class=FEATURES.get(candidate.kind, ""),
        confidence=certainty(candidate, namesakes),
    )


def certainty(candidate: Candidate, namesakes: int) -> float:
    """How likely the place chosen is the one meant: the share within 161 km on GeoVirus and LGL's half together (4,200 toponyms)."""
    if candidate.kind == "admin1":
        return 0.98
    if candidate.kind in ("country", "region"):
        return 0.95 if namesakes <= 1 else 0.87
    return next(share for most, share in ((1, 0.96), (4, 0.93), (15, 0.81), (namesakes, 0.69)) if namesakes <= most)


# Prepositions by which a place is attached to an act as its scene, and those that do so only behind acts of going.
SCENE = {
    "in",
    "at",
    "near",
    "outside",
    "inside",
    "off",
    "around",
    "across",
    "along",
    "throughout",
    "over",
    "on",
    "within",
    "above",
}
GOING = {"to", "into", "for", "toward", "towards", "from", "of", "through", "against"}
# acts that happen where those acted on are, if nothing else is told; so do seizing and hacking
AT_VICTIMS = {"ASSAULT", "AID"}
AT_ACTORS = {"COERCE", "MOBILIZE", "RETREAT", "PROTEST", "SANCTION"}  # acts of a state or crowd that happen at home
MATERIAL = {"ASSAULT", "COERCE", "MOBILIZE", "AID", "RETREAT", "PROTEST"}
MOVING = {"CONSULT", *MATERIAL}  # acts whose goal ("to Syria") or source ("from Syria") is their place
CLAUSE_BOUNDS = {"ccomp", "advcl", "relcl", "parataxis"}
# Cost up to which a place counts as attached to the trigger. With gold's triggers and actors on the open part of the development
# reports 336 of 410 events that gold places get the right country (0.820), of those placed 93 %.
ATTACHED = 2.5
NO_STATE = {"", "UNO", "EUR", "IGO", "NGO", "ISM", "IMG", "MNC"}
# days: acts of the week before publication happen where the story is filed from or where the meeting it tells of is
RECENT = 7
LEAD = 3  # sentences


class PlaceEvents:
    """Fill ``place`` of ``draft.events`` from the report's toponyms and dateline.

    In order: the place attached to the trigger; the hosts' country of a visit; the country of all who take part,
    or of the side where such an act happens; for acts of force a scene told in the sentence or the one before;
    for words said by those who meet, the place of the meeting; for words of those at home there, the dateline. A
    call has no place.
    """

    def __call__(self, draft: Draft) -> None:
        """Place each event, or leave it without a place."""
        home = _home(draft)
        meeting: DraftEvent | None = None
        for event in draft.events:
            if event.mode == "phone":
                continue
            event.place = self._attached(draft, event) or self._of_parties(draft, event, home) or self._scene(draft, event)
            if meeting is None and event.type == "CONSULT" and event.place and event.status == "actual":
                meeting = event if draft.sentence_of[event.root] < LEAD else None
        for event in draft.events:
            if event.place is None and event.mode != "phone" and _is_recent(draft, event):
                event.place = _of_saying(draft, event) or _of_meeting(draft, event, meeting) or _of_dateline(draft, event)
            elif event.place is None and event.type in MATERIAL and event.status == "actual":
                event.place = _at_home_of_story(draft, event)

    def _attached(self, draft: Draft, event: DraftEvent) -> Toponym | None:
        best: tuple[float, int] | None = None
        chosen = None
        for rank, (start, end) in enumerate(event.triggers or [(event.root, event.root + 1)]):
            root = draft.doc[event.root] if start <= event.root < end else draft.doc[start:end].root
            for toponym in draft.toponyms:
                if draft.sentence_of[toponym.start] != draft.sentence_of[root.i]:
                    continue
                cost = attachment(draft, event, root, toponym, (start, end)) + min(rank, 1)
                key = (cost, abs(toponym.start - root.i))
                if cost <= ATTACHED and (best is None or key < best):
                    best, chosen = key, toponym
        return narrowest(draft, chosen)

    def _of_parties(self, draft: Draft, event: DraftEvent, home: str) -> Toponym | None:
        """The country of all parties (an act at home), of the hosts of a visit, or of the side where such an act happens."""
        actors, recipients = _countries(draft, event.actors), _countries(draft, event.recipients)
        if event.type == "CONSULT" and event.mode == "visit" and len(recipients) == 1:
            return _named_country(draft, event, recipients)
        parties = list(dict.fromkeys([*actors, *recipients]))
        if len(parties) == 1 and ((event.actors and event.recipients) or home in parties):
            return _named_country(draft, event, parties)
        if (event.type in AT_VICTIMS or event.mode in ("cyber", "seize")) and recipients:
            return _named_country(draft, event, recipients)
        if event.type in AT_ACTORS and event.type != "SANCTION" and actors:
            return _named_country(draft, event, actors)
        if event.type in MATERIAL and recipients:
            return _named_country(draft, event, recipients)
        return None

    def _scene(self, draft: Draft, event: DraftEvent) -> Toponym | None:
        """Of acts of force or meetings: a scene told in the sentence, or in the one before."""
        if event.type not in MOVING:
            return None
        sentence = draft.sentence_of[event.root]
        for back in (0, 1) if event.type in MATERIAL else (0,):
            scenes = [t for t in draft.toponyms if draft.sentence_of[t.start] == sentence - back and _is_scene(draft, t)]
            if scenes:
                return min(scenes, key=lambda toponym: abs(toponym.start - event.root))
        if event.type not in MATERIAL:
            return None
        towns = [t for t in draft.toponyms if draft.sentence_of[t.start] == sentence and not (_is_state(t) or is_attribute(draft, t))]
        return min(towns, key=lambda toponym: abs(toponym.start - event.root), default=None)


def attachment(draft: Draft, event: DraftEvent, root: Token, toponym: Toponym, trigger: tuple[int, int]) -> float:
    """The cost of the way from a trigger down to a place: 0 where it is the scene of the act itself."""
    token = draft.doc[toponym.start : toponym.end].root
    if event.type == "CONSULT" and token.dep_ == "compound" and token.head == root and not _is_state(toponym):
        return 0.0  # "the Geneva talks"
    if is_attribute(draft, toponym):
        return float("inf")
    moving = event.type in MOVING
    inside = range(*trigger) if moving else range(root.i, root.i + 1)  # "condemned the killings in Mali" is not said there
    preposition = ""
    cost = 0.0
    while token != root and token.i not in inside:
        if token.dep_ == "prep":
            preposition = token.lower_
        if token.dep_ in CLAUSE_BOUNDS or token.head == token:
            return float("inf")
        if token.dep_ in ("nsubj", "nsubjpass", "conj", "agent"):
            cost += 2.0
        cost += 0.0 if token.dep_ in ("pobj", "prep") else 0.5 if moving else 3.0
        token = token.head
    if not preposition and token.i in inside:
        preposition = preposition_of(draft, toponym)
    if preposition in SCENE:
        return cost
    if moving and (preposition in GOING or not preposition):
        return cost + (0.5 if event.type == "CONSULT" else 1.0)
    return cost + (9.0 if preposition in GOING or not preposition else 3.0)


def is_attribute(draft: Draft, toponym: Toponym) -> bool:
    """Whether a place only tells whose something is or does it itself: "U.S. troops", "Russia's invasion", "Iran said"."""
    token = draft.doc[toponym.start : toponym.end].root
    if token.dep_ in ("nsubj", "nsubjpass", "agent", "amod"):
        return True
    if token.dep_ in ("compound", "nmod", "poss"):
        return token.head.dep_ != "pobj" or token.head.head.lower_ not in SCENE
    return False


def _is_state(toponym: Toponym) -> bool:
    state = places.load().states.get(toponym.place.country)
    return state is not None and state[0].name == toponym.place.name


def preposition_of(draft: Draft, toponym: Toponym) -> str:
    """The preposition a place stands behind, if any."""
    head = draft.doc[toponym.start : toponym.end].root
    while head.dep_ in ("pobj", "conj", "compound", "appos", "nmod") and head.head != head:
        head = head.head
        if head.dep_ == "prep":
            return head.lower_
    return ""


def _is_scene(draft: Draft, toponym: Toponym) -> bool:
    return preposition_of(draft, toponym) in SCENE and not is_attribute(draft, toponym)


def _countries(draft: Draft, actors: Sequence[int]) -> list[str]:
    """The states of some actors, in order, each once."""
    return list(dict.fromkeys(country for actor in actors if (country := draft.actors[actor].country) not in NO_STATE))


def _home(draft: Draft) -> str:
    """The one state that nearly all actors of a report of home affairs belong to, else an empty string."""
    countries = [actor.country for actor in draft.actors if actor.country not in NO_STATE]
    best = max(sorted(set(countries)), key=countries.count, default="")
    return best if len(countries) >= 3 and countries.count(best) >= HOME * len(countries) else ""


HOME = 0.8  # share of the actors


def _named_country(draft: Draft, event: DraftEvent, countries: Sequence[str]) -> Toponym | None:
    """The toponym of the first of some countries that stands nearest to an event, the dateline among them."""
    for country in countries:
        named = [toponym for toponym in draft.toponyms if toponym.place.country == country]
        if named:
            return min(named, key=lambda toponym: (_sentences_between(draft, toponym, event), abs(toponym.start - event.root)))
        if draft.dateline is not None and draft.dateline.place.country == country:
            return draft.dateline
    return None


def _sentences_between(draft: Draft, toponym: Toponym, event: DraftEvent) -> int:
    return abs(draft.sentence_of[toponym.start] - draft.sentence_of[event.root])


def _is_recent(draft: Draft, event: DraftEvent) -> bool:
    if draft.date is None or len(event.start) != 10 or event.status not in ("actual", "future"):
        return False
    return abs((draft.date - datetime.date.fromisoformat(event.start)).days) <= RECENT


def _of_saying(draft: Draft, event: DraftEvent) -> Toponym | None:
    """Where the statement that performs a verbal act was made ("We demand ..., he told a rally in Minsk")."""
    cue = cue_of(draft, event)
    if cue is None:
        return None
    reach = [
        (attachment(draft, event, cue, toponym, (cue.i, cue.i + 1)), number)
        for number, toponym in enumerate(draft.toponyms)
        if draft.sentence_of[toponym.start] == draft.sentence_of[cue.i]
    ]
    cost, number = min(reach, default=(float("inf"), 0))
    return draft.toponyms[number] if cost <= ATTACHED else None


def _at_home_of_story(draft: Draft, event: DraftEvent) -> Toponym | None:
    """Acts of people without a state happen where the story is filed from, if the report is mostly about that country."""
    if draft.dateline is None or _countries(draft, [*event.actors, *event.recipients]):
        return None
    country = draft.dateline.place.country
    told = [toponym for toponym in draft.toponyms if toponym.place.country]
    return draft.dateline if 2 * sum(toponym.place.country == country for toponym in told) >= len(told) else None


def _of_meeting(draft: Draft, event: DraftEvent, meeting: DraftEvent | None) -> Toponym | None:
    """Words of those who meet are said where they meet, on the day of the meeting."""
    if meeting is None or event.type in MATERIAL or event.start != meeting.start:
        return None
    those = _countries(draft, [*meeting.actors, *meeting.recipients])
    return meeting.place if set(_countries(draft, event.actors)) <= set(those) else None


def _of_dateline(draft: Draft, event: DraftEvent) -> Toponym | None:
    """Words of those who are at home where the report is filed."""
    if draft.dateline is None or event.type in MATERIAL:
        return None
    return draft.dateline if draft.dateline.place.country in _countries(draft, event.actors) else None


def narrowest(draft: Draft, toponym: Toponym | None) -> Toponym | None:
    """Of "Costa Mesa, California" the town; "Syria's Aleppo" is Aleppo already."""
    if toponym is None:
        return None
    for other in draft.toponyms:
        if 0 < toponym.start - other.end <= 2 and draft.doc[other.end].text == "," and other.place.country == toponym.place.country:
            return other
    return toponym
