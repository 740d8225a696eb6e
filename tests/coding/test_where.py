"""Places named, which of a name is meant, and the places of events."""

from __future__ import annotations

import datetime
import functools

import pytest

from dragoman.coding.coder import Coder
from dragoman.coding.draft import Draft, DraftActor, DraftEvent
from dragoman.coding.parse import parsed_text, prepare
from dragoman.coding.pipeline import load_pipeline
from dragoman.coding.toponyms import Named, Resolver
from dragoman.coding.where import FindPlaces, PlaceEvents
from dragoman.knowledge.gazetteer import load
from dragoman.model import EventType, Report


@functools.cache
def finder() -> FindPlaces:
    return FindPlaces(load())


pipeline = functools.cache(load_pipeline)


def read(text: str) -> Draft:
    draft = prepare(Report(id="r", text=text, published="2021-04-07"), pipeline()(parsed_text(text)), datetime.date(2021, 4, 7))
    finder()(draft)
    return draft


def found(text: str) -> list[tuple[str, str]]:
    draft = read(text)
    return [(draft.doc[place.start : place.end].text, place.place.country) for place in draft.toponyms]


def resolved(text: str, name: str) -> tuple[str, str]:
    """Country and first-level division of the place that the first ``name`` in a text means."""
    start = text.index(name)
    (place,) = Resolver(load()).resolve(text, [Named(start, start + len(name), name)])
    assert place is not None
    return place.country, place.admin1


def placed(
    text: str,
    trigger: str,
    kind: EventType,
    actors: tuple[str, ...] = (),
    recipients: tuple[str, ...] = (),
    mode: str = "",
) -> tuple[str, str]:
    """The words and the country of the place that an event gets; actors are given by their countries."""
    draft = read(text)
    start = text.index(trigger)
    span = draft.doc.char_span(start, start + len(trigger))
    assert span is not None
    event = DraftEvent(kind, mode, span.root.i, [(span.start, span.end)], start="2021-04-06", end="2021-04-06")
    for country in (*actors, *recipients):
        draft.actors.append(DraftActor(country, "country", country, ["GOV"]))
    event.actors = list(range(len(actors)))
    event.recipients = list(range(len(actors), len(actors) + len(recipients)))
    draft.events.append(event)
    PlaceEvents()(draft)
    if event.place is None:
        return "", ""
    return draft.span(event.place.start, event.place.end).text.removesuffix(" - "), event.place.place.country


@pytest.mark.parametrize(
    ("text", "name", "country", "division"),
    [
        ("She was born in Paris, Texas, and left early.", "Paris", "USA", "Texas"),
        ("She was born in Paris and left early.", "Paris", "FRA", "Île-de-France"),
        ("The mayor of Springfield, Ill., resigned.", "Springfield", "USA", "Illinois"),
        ("The mayor of Springfield, MA, resigned.", "Springfield", "USA", "Massachusetts"),
        ("The mayor of London, Ontario, resigned.", "London", "CAN", "Ontario"),
    ],
)
def test_a_division_behind_the_comma_tells_which(text: str, name: str, country: str, division: str) -> None:
    assert resolved(text, name) == (country, division)


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Clashes broke out in Tripoli in Lebanon.", "Tripoli", "LBN"),
        ("Clashes broke out in the Lebanese city of Tripoli.", "Tripoli", "LBN"),
        ("Clashes broke out in Lebanon's Tripoli.", "Tripoli", "LBN"),
        ("Clashes broke out in Tripoli, in northern Lebanon.", "Tripoli", "LBN"),
        ("Libyan troops returned to Tripoli after the Libyan premier spoke.", "Tripoli", "LBY"),
        ("The Georgian premier spoke in Tbilisi of Georgia and Abkhazia.", "Georgia", "GEO"),
        ("Egypt closed the port of Alexandria.", "Alexandria", "EGY"),
    ],
)
def test_the_country_told_beside_it_or_in_the_report_tells_which(text: str, name: str, country: str) -> None:
    assert resolved(text, name)[0] == country


def test_places_near_by_tell_which() -> None:
    text = "Police in Dayton, Columbus and Springfield met; Dayton and Columbus, Ohio, will pay."
    names = [Named(text.index(name), text.index(name) + len(name), name) for name in ("Dayton", "Columbus", "Springfield")]
    places = Resolver(load()).resolve(text, names)
    assert [place.admin1 for place in places if place] == ["Ohio", "Ohio", "Ohio"]


def test_a_name_has_one_sense_unless_it_is_qualified_apart() -> None:
    text = "Paris, Texas, is not Paris. Yet Paris, France, is."
    starts = [0, 21, 32]
    names = [Named(start, start + 5, "Paris") for start in starts]
    places = Resolver(load()).resolve(text, names)
    assert places[0] is not None and places[0].country == "USA"
    assert places[2] is not None and places[2].country == "FRA"


def test_countries_cities_and_regions_are_found_but_no_adjectives() -> None:
    text = "Russian and Turkish officers met in Sochi before Turkey moved troops to the Donbas."
    assert found(text) == [("Sochi", "RUS"), ("Turkey", "TUR"), ("Donbas", "UKR")]


def test_the_dateline_is_read_apart() -> None:
    draft = read("NAIROBI, April 6 (Agency) - Kenya's president left for Kampala on Tuesday.")
    assert draft.dateline is not None
    assert (draft.dateline.place.name, draft.dateline.place.country) == ("Nairobi", "KEN")
    assert [place.place.name for place in draft.toponyms] == ["Kenya", "Kampala"]


def test_a_dateline_of_two_cities_is_the_first() -> None:
    draft = read("SEOUL/TOKYO (Agency) - South Korea and Japan agreed to talk on Tuesday.")
    assert draft.dateline is not None and draft.dateline.place.country == "KOR"


def test_a_dateline_that_the_gazetteer_lacks_is_told_by_its_country() -> None:
    draft = read("NOWHERETON, Norway (Agency) - The Norwegian premier met the envoy on Tuesday.")
    assert draft.dateline is not None and draft.dateline.place.country == "NOR"


def test_a_surname_that_is_a_town_is_no_place() -> None:
    text = "Foreign Secretary William Lincoln spoke in Vienna. Lincoln said that Austria had agreed."
    assert "Lincoln" not in [words for words, _ in found(text)]


def test_given_spans_are_resolved_and_carry_their_words() -> None:
    text = "Talks in Sana'a failed; so did those in Nowherestan."
    draft = read(text)
    spans = [(9, 15), (text.index("Nowherestan"), text.index("Nowherestan") + 11)]
    places = finder().resolve_places(draft, spans)
    assert places[0] is not None and places[0].country == "YEM"
    assert places[0].span is not None and places[0].span.text == "Sana'a"
    assert places[1] is None


# --- places of events -------------------------------------------------------------------------------------------------


def test_the_place_on_the_trigger_comes_first() -> None:
    text = "Egypt's foreign minister met his Greek colleague in Athens after a visit to Cyprus."
    assert placed(text, "met", "CONSULT", ("EGY", "GRC")) == ("Athens", "GRC")


def test_the_goal_of_a_visit_is_its_place() -> None:
    text = "The Finnish president visited Tallinn on Tuesday."
    assert placed(text, "visited", "CONSULT", ("FIN",), ("EST",), "visit") == ("Tallinn", "EST")


def test_whose_troops_they_are_is_no_place() -> None:
    text = "U.S. troops shelled a camp near Raqqa on Tuesday."
    assert placed(text, "shelled", "ASSAULT", ("USA",)) == ("Raqqa", "SYR")


def test_of_a_town_and_its_state_the_town_is_taken() -> None:
    text = "Police arrested ten men in Toledo, Ohio, on Tuesday."
    assert placed(text, "arrested", "COERCE", ("USA",)) == ("Toledo", "USA")


def test_an_attack_happens_where_the_victims_are() -> None:
    text = "Russia bombarded the neighbour again. Ukraine lost two ships."
    assert placed(text, "bombarded", "ASSAULT", ("RUS",), ("UKR",)) == ("Ukraine", "UKR")


def test_a_call_has_no_place() -> None:
    text = "The president telephoned the king of Jordan about the war in Gaza."
    assert placed(text, "telephoned", "CONSULT", ("USA",), ("JOR",), "phone") == ("", "")


def test_words_of_those_at_home_have_the_dateline() -> None:
    text = "ANKARA - Turkey criticised the new law of its neighbour on Tuesday."
    assert placed(text, "criticised", "ACCUSE", ("TUR",), ("GRC",)) == ("ANKARA", "TUR")


def test_words_about_a_place_are_not_said_there() -> None:
    text = "OSLO - The Norwegian minister condemned the killings in Mali on Tuesday."
    assert placed(text, "condemned", "ACCUSE", ("NOR",), ("MLI",)) == ("OSLO", "NOR")


def test_words_of_those_who_meet_are_said_where_they_meet() -> None:
    text = "The Greek premier met the Egyptian president in Athens on Tuesday.\n\nHe praised his guest's patience."
    draft = read(text)
    draft.actors = [DraftActor("premier", "person", "GRC"), DraftActor("president", "person", "EGY")]
    for kind, trigger, actors, recipients in (("CONSULT", "met", [0, 1], []), ("SUPPORT", "praised", [0], [1])):
        span = draft.doc.char_span(text.index(trigger), text.index(trigger) + len(trigger))
        assert span is not None
        event = DraftEvent(kind, "", span.root.i, [(span.start, span.end)], actors, recipients)  # type: ignore[arg-type]
        event.start = event.end = "2021-04-06"
        draft.events.append(event)
    PlaceEvents()(draft)
    assert [event.place and event.place.place.name for event in draft.events] == ["Athens", "Athens"]


def test_a_place_tells_its_class_and_how_sure_it_is(coder: Coder) -> None:
    state, town = coder.places("Norway and Springfield", [(0, 6), (11, 22)])
    assert state is not None
    assert town is not None
    assert (state.feature_class, town.feature_class) == ("A", "P")
    assert state.confidence is not None
    assert town.confidence is not None
    assert town.confidence < state.confidence < 1
