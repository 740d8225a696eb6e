"""When and where, chosen among all that is told near an event."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.coding.draft import Draft
from dragoman.coding.engagements import Engagements
from dragoman.coding.judging import LinearModel
from dragoman.coding.merging import Merge
from dragoman.coding.ranking import RankDates, RankPlaces, best_of, date_options, place_options

Asked = Callable[..., Draft]
TEXT = (
    "LIMA, April 7, 2021 (Agency) - Peru accused Kenya of spying on Tuesday. Kenya sent troops to the border in March. "
    "Fighting went on near Arequipa."
)


@pytest.fixture
def draft(asked: Asked) -> Draft:
    return asked(TEXT, Merge)


def test_the_times_near_an_event_the_reports_day_and_none_are_options(draft: Draft) -> None:
    options = {option.first: option.marks for option in date_options(draft, draft.events, 0)}
    assert set(options) == {"", "2021-04-06", "2021-04-07", "2021-03"}
    assert {"ruled", "ruled told", "age=day before", "away=0"} <= options["2021-04-06"]
    assert {"report's day", "not written", "age=same day"} <= options["2021-04-07"]
    assert {"none", "none, ruled told"} <= options[""]
    assert {"away=1", "age=earlier 7"} <= options["2021-03"]


def test_a_ranker_that_wants_the_reports_day_dates_by_it_and_points_at_no_words(draft: Draft) -> None:
    step = RankDates()
    step.model = LinearModel(0.0, {"report's day": 1.0}, 0.0)
    step(draft)
    assert {event.start for event in draft.events} == {"2021-04-07"}
    assert all(event.when is None for event in draft.events)


def test_a_ranker_that_wants_what_is_told_points_at_the_words(draft: Draft) -> None:
    step = RankDates()
    step.model = LinearModel(0.0, {"size=7": 1.0}, 0.0)
    step(draft)
    event = draft.events[0]
    assert (event.start, event.end) == ("2021-03", "2021-03")
    assert event.when is not None
    assert draft.doc[event.when[0] : event.when[1]].text == "March"


def test_the_countries_named_the_dateline_and_none_are_options(asked: Asked) -> None:
    draft = asked(TEXT, Engagements)
    options = {option.country: option for option in place_options(draft, draft.events, 0)}
    assert {"", "PER", "KEN"} <= set(options)
    assert {"dateline", "of actor"} <= options["PER"].marks
    assert "of recipient" in options["KEN"].marks
    assert options[""].toponym is None


def test_a_ranker_that_wants_the_recipients_country_places_there(asked: Asked) -> None:
    draft = asked(TEXT, Engagements)
    step = RankPlaces()
    step.model = LinearModel(0.0, {"of recipient": 1.0}, 0.0)
    step(draft)
    assert draft.events[0].place is not None
    assert draft.events[0].place.place.country == "KEN"


def test_of_equals_the_first_is_taken(draft: Draft) -> None:
    assert best_of(LinearModel(0.0, {}, 0.0), draft.events[0], [{"a"}, {"b"}]) == 0


def test_without_a_model_nothing_changes(draft: Draft) -> None:
    step = RankDates()
    step.model = None
    before = [event.start for event in draft.events]
    step(draft)
    assert [event.start for event in draft.events] == before
    places = RankPlaces()
    places.model = None
    places(draft)
