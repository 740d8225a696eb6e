"""Counts and their figures, by hand."""

from __future__ import annotations

import json

import pytest

from dragoman.evaluation.measures import F1, Confidence, MacroF1, Median, Scores, Share


def test_f1_by_hand():
    measure = F1(hits=2, gold=4, predicted=5)
    assert (measure.precision, measure.recall) == (0.4, 0.5)
    assert measure.value == pytest.approx(4 / 9)  # 2 * .4 * .5 / .9
    assert measure.as_json() == {"p": 0.4, "r": 0.5, "f1": 0.444, "n": 4}


def test_nothing_to_find_and_nothing_found_is_no_division():
    assert F1().as_json() == {"p": 0, "r": 0, "f1": 0.0, "n": 0}
    assert Share().as_json() == {"share": None, "n": 0}
    assert Median().as_json() == {"median": None, "n": 0}


def test_the_sum_is_a_micro_average():
    assert F1(1, 1, 1) + F1(0, 3, 1) == F1(1, 4, 2)
    assert (F1(1, 1, 1) + F1(0, 3, 1)).value == pytest.approx(1 / 3)  # not the mean, 0.5
    assert (Share(1, 1) + Share(0, 2)).value == pytest.approx(1 / 3)
    assert (Median((1.0, 9.0)) + Median((2.0,))).value == 2.0


def test_macro_f1_is_the_mean_over_the_classes_of_gold():
    measure = MacroF1.one("A", "A") + MacroF1.one("A", "B") + MacroF1.one("B", "B") + MacroF1.one("B", "NONE")
    # A: 1 of 2 found, 1 predicted: F1 2/3. B: 1 of 2 found, 2 predicted: 1/2. NONE is no class of gold.
    assert measure.value == pytest.approx((2 / 3 + 1 / 2) / 2)
    assert measure.as_json()["n"] == 4


def test_scores_add_up_by_name():
    first = Scores("places", 1, {"found": F1(1, 1, 1)})
    second = Scores("places", 1, {"found": F1(0, 1, 0), "country": Share(1, 1)})
    both = first + second
    assert both.items == 2
    assert both.measures == {"found": F1(1, 2, 1), "country": Share(1, 1)}
    assert json.loads(both.to_json())["measures"]["country"] == {"share": 1.0, "n": 1}
    with pytest.raises(ValueError, match="do not add up"):
        first + Scores("actors", 1, {})


RATED = Confidence((("AID", 0.9, True), ("AID", 0.7, False), ("AID", 0.7, True), ("ASSAULT", 0.95, True)), {"AID": 4, "ASSAULT": 1})


def test_the_calibration_error_is_the_mean_distance_over_the_tenths():
    # 0.7: two cases, mean 0.7, half right; 0.9: two cases, mean 0.925, all right
    assert RATED.value == pytest.approx((2 * 0.2 + 2 * 0.075) / 4)
    assert Confidence().value is None


def test_confidences_add_up():
    half = Confidence(RATED.cases[:2], {"AID": 2})
    rest = Confidence(RATED.cases[2:], {"AID": 2, "ASSAULT": 1})
    assert (half + rest).value == RATED.value
    assert (half + rest).gold == RATED.gold


def test_the_curve_goes_from_the_surest_down():
    assert RATED.curve("AID") == [(0.9, 1.0, 0.25), (0.7, pytest.approx(2 / 3), 0.5)]
    assert RATED.curve()[0] == (0.95, 1.0, 0.2)
    assert RATED.as_json()["curves"]["ASSAULT"] == [[0.95, 1.0, 1.0]]
