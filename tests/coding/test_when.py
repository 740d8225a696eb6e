"""Time expressions and the dates of events. 7 April 2021, when most of these are published, was a Wednesday."""

from __future__ import annotations

import datetime
import functools

import pytest

from dragoman.coding.draft import Draft, DraftEvent
from dragoman.coding.parse import parsed_text, prepare
from dragoman.coding.periods import Setting, nearest_date, nearest_weekday
from dragoman.coding.pipeline import load_pipeline
from dragoman.coding.when import DateEvents, FindTimes
from dragoman.model import EventType, Report, Status

WEDNESDAY = "2021-04-07"


pipeline = functools.cache(load_pipeline)


def read(text: str, published: str = WEDNESDAY) -> Draft:
    date = datetime.date.fromisoformat(published) if published else None
    draft = prepare(Report(id="r", text=text, published=published), pipeline()(parsed_text(text)), date)
    FindTimes()(draft)
    return draft


def times(text: str, published: str = WEDNESDAY) -> list[tuple[str, str]]:
    return [(time.first, time.last) for time in read(text, published).times]


def dated(text: str, trigger: str, kind: EventType, status: Status = "actual", published: str = WEDNESDAY) -> tuple[str, str]:
    """The dates that an event told by ``trigger`` gets."""
    draft = read(text, published)
    start = text.index(trigger)
    span = draft.doc.char_span(start, start + len(trigger))
    assert span is not None
    event = DraftEvent(kind, "", span.root.i, [(span.start, span.end)], status=status)
    draft.events.append(event)
    DateEvents()(draft)
    return event.start, event.end


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        # weekdays: the tense of the governing verb says which
        ("The minister met the envoy on Monday.", "2021-04-05", "2021-04-05"),
        ("The minister met the envoy on Wednesday.", "2021-04-07", "2021-04-07"),
        ("The minister will meet the envoy on Monday.", "2021-04-12", "2021-04-12"),
        ("The minister will meet the envoy on Wednesday.", "2021-04-07", "2021-04-07"),
        ("The minister is due to meet the envoy on Thursday.", "2021-04-08", "2021-04-08"),
        ("The envoy plans to visit Oslo on Friday.", "2021-04-09", "2021-04-09"),
        ("The two had quarrelled in Riga on Thursday.", "2021-04-01", "2021-04-01"),
        ("The envoy left last Wednesday.", "2021-03-31", "2021-03-31"),
        ("The envoy will leave next Wednesday.", "2021-04-14", "2021-04-14"),
        ("The envoy arrived late on Tuesday night.", "2021-04-06", "2021-04-06"),
        ("The talks ran from Thursday to Saturday.", "2021-04-01", "2021-04-03"),
        ("He signed the note on Friday last week.", "2021-04-02", "2021-04-02"),
        # days around the day of publication
        ("Rebels shelled the port today.", "2021-04-07", "2021-04-07"),
        ("Rebels shelled the port yesterday.", "2021-04-06", "2021-04-06"),
        ("The council will vote tomorrow.", "2021-04-08", "2021-04-08"),
        ("The council votes tonight.", "2021-04-07", "2021-04-07"),
        ("The council sat the day before yesterday.", "2021-04-05", "2021-04-05"),
        ("Gunmen stormed the post last night.", "2021-04-06", "2021-04-06"),
        ("The envoy flew home three days ago.", "2021-04-04", "2021-04-04"),
        # weeks, months, years
        ("The envoy resigned last week.", "2021-03-29", "2021-04-04"),
        ("The envoy will resign next week.", "2021-04-12", "2021-04-18"),
        ("The envoy resigned earlier this month.", "2021-04", "2021-04"),
        ("The envoy resigned last month.", "2021-03", "2021-03"),
        ("The envoy will resign later this year.", "2021", "2021"),
        ("The envoy resigned last year.", "2020", "2020"),
        ("The envoy resigned two weeks ago.", "2021-03-22", "2021-03-28"),
        ("The envoy resigned 15 months ago.", "2020-01", "2020-01"),
        ("The envoy resigned a year and a half ago.", "2019-10", "2019-10"),
        ("The two clashed last weekend.", "2021-04-03", "2021-04-04"),
        ("Shells fell on the town in the past three days.", "2021-04-04", "2021-04-07"),
        ("Dozens died in the past two months.", "2021-02", "2021-04"),
        # months and dates without a year
        ("The truce began in March.", "2021-03", "2021-03"),
        ("The truce began in November.", "2020-11", "2020-11"),
        ("The truce will begin in February.", "2022-02", "2022-02"),
        ("The rebels took the town last May.", "2020-05", "2020-05"),
        ("The truce was signed on 2 April.", "2021-04-02", "2021-04-02"),
        ("The truce was signed on Dec. 28.", "2020-12-28", "2020-12-28"),
        ("The summit will open on June 3.", "2021-06-03", "2021-06-03"),
        ("He spoke of his April 20-22 visit to Oslo.", "2021-04-20", "2021-04-22"),
        ("The truce began in early March.", "2021-03", "2021-03"),
        # full dates, British and American; ranges
        ("The treaty was signed on 9 November 2020.", "2020-11-09", "2020-11-09"),
        ("The treaty was signed on November 9, 2020.", "2020-11-09", "2020-11-09"),
        ("The treaty was signed on Monday, November 9, 2020.", "2020-11-09", "2020-11-09"),
        ("The fleet trained from 3 to 5 March.", "2021-03-03", "2021-03-05"),
        ("The fleet trained from 30 June to 2 July 2020.", "2020-06-30", "2020-07-02"),
        ("The war lasted between 2014 and 2016.", "2014", "2016"),
        ("The treaty dates from the 1990s.", "1990", "1999"),
        ("Exports fell in the last quarter of 2020.", "2020-10", "2020-12"),
        ("The king died in the summer of 2015.", "2015-06", "2015-08"),
        ("Crowds attacked the embassy on New Year's Eve.", "2020-12-31", "2020-12-31"),
        ("The law was passed in late 2018.", "2018", "2018"),
    ],
)  # fmt: skip
def test_a_time_expression_is_resolved(text: str, first: str, last: str) -> None:
    assert times(text) == [(first, last)]


def test_since_is_open_at_its_end() -> None:
    (time,) = read("The two have not met since 2012.").times
    assert (time.first, time.last, time.since) == ("2012", "", True)


def test_the_next_day_is_told_from_the_day_before_it() -> None:
    text = "The envoy landed in Oslo on Monday. She left the next day."
    assert times(text) == [("2021-04-05", "2021-04-05"), ("2021-04-06", "2021-04-06")]


def test_the_following_year_is_told_from_the_year_before_it() -> None:
    assert times("Rebels seized the port in 1990. They lost it the following year.") == [("1990", "1990"), ("1991", "1991")]


def test_last_week_in_a_sunday_paper_is_the_week_that_ended_on_saturday() -> None:
    assert times("Rebels took the port last week.", "2016-03-13") == [("2016-03-06", "2016-03-12")]


@pytest.mark.parametrize("text", ["She arrived on Monday.", "She left last year.", "She will resign in May."])
def test_without_a_publication_date_relative_expressions_are_left_out(text: str) -> None:
    assert times(text, "") == []


def test_without_a_publication_date_full_dates_stand() -> None:
    assert times("She resigned on 9 November 2020.", "") == [("2020-11-09", "2020-11-09")]


@pytest.mark.parametrize(
    "text",
    [
        "He may march on the capital.",
        "The unit lost 2000 soldiers.",
        "They sold it for 4/5/2016 dollars.",
        "The second envoy spoke.",
    ],
)
def test_words_that_only_look_like_times_are_none(text: str) -> None:
    assert times(text) == []


def test_the_nearest_weekday_looks_back_in_the_past_and_ahead_in_the_future() -> None:
    published = datetime.date(2021, 4, 7)
    for weekday in range(7):
        back = nearest_weekday(weekday, Setting(published, "past"))
        ahead = nearest_weekday(weekday, Setting(published, "future"))
        assert back is not None and ahead is not None
        assert back.weekday() == ahead.weekday() == weekday
        assert 0 <= (published - back).days < 7 and 0 <= (ahead - published).days < 7


def test_the_29th_of_february_is_found_in_leap_years_only() -> None:
    assert nearest_date(2, 29, Setting(datetime.date(2021, 4, 7), "past")) == datetime.date(2020, 2, 29)


# --- dates of events --------------------------------------------------------------------------------------------------


def test_an_event_is_dated_by_the_time_on_its_verb() -> None:
    text = "Norway expelled two diplomats on Monday after Russia had closed a consulate in March."
    assert dated(text, "expelled", "SANCTION") == ("2021-04-05", "2021-04-05")
    assert dated(text, "closed", "SANCTION") == ("2021-03", "2021-03")


def test_a_relative_clause_keeps_its_own_time() -> None:
    text = "Troops on Sunday retook the town from militants who captured it last May."
    assert dated(text, "retook", "ASSAULT") == ("2021-04-04", "2021-04-04")
    assert dated(text, "captured", "ASSAULT") == ("2020-05", "2020-05")


def test_a_verbal_act_of_the_speaker_has_the_day_of_saying() -> None:
    text = "The premier said on Tuesday that he would not tolerate the blockade."
    assert dated(text, "would not tolerate", "THREATEN") == ("2021-04-06", "2021-04-06")


def test_the_day_of_saying_does_not_date_what_had_happened_before() -> None:
    text = "The premier said on Tuesday that troops had crossed the river."
    assert dated(text, "had crossed", "MOBILIZE") == ("", "")


def test_a_planned_event_is_not_dated_before_publication() -> None:
    text = "Talks held on Monday will go on in Geneva."
    assert dated(text, "will go on", "CONSULT", "future") == ("", "")


def test_a_deadline_does_not_date_the_promise() -> None:
    assert dated("KHARTOUM - Sudan pledged to free the men by Friday.", "pledged", "AGREE") == ("", "")


def test_a_possessive_weekday_dates_its_noun() -> None:
    text = "Envoys condemned Monday's attack on the mission."
    assert dated(text, "attack", "ASSAULT") == ("2021-04-05", "2021-04-05")


def test_what_is_told_on_in_the_simple_past_has_the_day_of_the_story() -> None:
    text = "OSLO - Norway's premier met the envoy on Tuesday.\n\nShe thanked him for his help."
    assert dated(text, "thanked", "SUPPORT") == ("2021-04-06", "2021-04-06")


def test_background_in_the_perfect_has_no_day() -> None:
    text = "OSLO - Norway's premier met the envoy on Tuesday.\n\nNorway has often criticised the law."
    assert dated(text, "criticised", "ACCUSE") == ("", "")


def test_a_release_of_the_day_dates_its_acts_by_publication() -> None:
    text = "President Lind spoke today with Chancellor Ode.\n\nThe leaders condemned the attack on the port."
    assert dated(text, "condemned", "ACCUSE") == (WEDNESDAY, WEDNESDAY)


@pytest.mark.parametrize(
    ("text", "trigger", "first", "last"),
    [
        ("The premier began a two-day visit to Oslo on Monday.", "visit", "2021-04-05", "2021-04-06"),
        ("The premier ended a three-day visit to Oslo on Monday.", "visit", "2021-04-03", "2021-04-05"),
        ("The premier visited Oslo on Monday.", "visited", "2021-04-05", "2021-04-05"),
    ],
)
def test_a_visit_lasts_as_long_as_the_report_says(text: str, trigger: str, first: str, last: str) -> None:
    assert dated(text, trigger, "CONSULT") == (first, last)


def test_what_happened_meanwhile_has_the_day_of_the_story() -> None:
    text = "PRAGUE - Crowds marched through the city on Monday.\n\nPolice stepped in when masked men attacked the tents."
    assert dated(text, "attacked", "ASSAULT") == ("2021-04-05", "2021-04-05")


def test_what_goes_on_from_an_earlier_time_is_not_of_the_day() -> None:
    text = "RIGA - Latvia thanked Kenya on Monday.\n\nKenya closed its mission in 2016. Latvia criticised the step."
    assert dated(text, "criticised", "ACCUSE") == ("", "")
