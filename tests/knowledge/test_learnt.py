"""What readings say together: windows, successors, and what prevails."""

from __future__ import annotations

from dragoman.knowledge import base
from dragoman.knowledge.learnt import Reading, contradictions, findings, known


def reading(date: str, report: str, office: str = "governor", country: str = "NOR", sector: str = "GOV", told: bool = True) -> Reading:
    return Reading("Greta Ahlstrom", office, country, sector, date, report, "words", told)


def windows(readings: dict[int, list[Reading]]) -> list[tuple[str, str, str]]:
    names = {number: [f"Person {number}"] for number in readings}
    return [(item.names[0], item.begin, item.end) for item in known(names, readings, base.load().offices)]


def test_an_office_is_taken_to_hold_a_year_before_and_behind():
    assert windows({1: [reading("2021-03-01", "a"), reading("2021-05-01", "b")]}) == [("Person 1", "2020-03-01", "2022-05-01")]


def test_readings_years_apart_are_two_times():
    assert len(windows({1: [reading("2010-03-01", "a"), reading("2021-05-01", "b")]})) == 2


def test_an_office_of_one_holder_ends_with_the_successor():
    one = [reading("2021-03-01", "a", "foreign minister")]
    other = [reading("2021-09-01", "b", "foreign minister")]
    assert windows({1: one, 2: other}) == [("Person 1", "2020-03-01", "2021-08-31"), ("Person 2", "2021-03-02", "2022-09-01")]
    assert windows({1: one, 2: [reading("2021-09-01", "b", "foreign minister", "SWE")]})[0][2] == "2022-03-01"


def test_a_country_must_clearly_prevail():
    mostly = [reading("2021-03-01", name) for name in "abc"]
    assert windows({1: [*mostly, reading("2021-03-02", "d", country="SWE")]}) != []
    assert windows({1: [*mostly[:2], reading("2021-03-02", "d", country="SWE")]}) == []


def test_a_new_post_in_another_country_is_no_contradiction():
    career = [reading("2016-03-01", "a", "prime minister", "BEL"), reading("2022-03-01", "b", "president of the European Council", "EUR")]
    assert contradictions(findings(career)) == []
    assert [end for _, _, end in windows({1: career})] == ["2023-03-01", "2017-03-01"]
    assert contradictions(findings([*career, reading("2016-03-01", "c", "mayor", "FRA")])) == ["country: FRA (1), BEL (1)"]


def test_a_country_that_words_do_not_tell_needs_two_reports():
    one, other = (reading(f"2021-03-0{day}", str(day), told=False) for day in (1, 2))
    assert windows({1: [one]}) == []
    assert len(windows({1: [one, other]})) == 1


def test_undated_readings_are_shown_and_not_used():
    readings = [reading("", "a")]
    assert windows({1: readings}) == []
    assert (findings(readings)[0].reports, findings(readings)[0].first) == (1, "")


def test_who_was_in_office_once_has_no_office():
    names, readings = {1: ["Greta Ahlstrom"]}, {1: [reading("2021-03-01", "a", sector="ELI")]}
    (item,) = known(names, readings, base.load().offices)
    assert (item.office, item.sector) == ("", "ELI")


def test_contradictions_are_of_country_or_of_sector_at_one_time():
    assert contradictions(findings([reading("2021-03-01", "a"), reading("2021-04-01", "b")])) == []
    told = contradictions(findings([reading("2021-03-01", "a"), reading("2021-03-01", "b", sector="REB"), reading("2021-03-02", "c")]))
    assert told == ["sector: GOV (2), REB (1)"]
    apart = [reading("2021-03-01", "a"), reading("2022-03-01", "b", sector="ELI")]
    assert contradictions(findings(apart)) == []
