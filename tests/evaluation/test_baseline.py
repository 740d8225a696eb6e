"""The gate's arithmetic."""

from __future__ import annotations

import pytest

from dragoman.evaluation import baseline
from dragoman.evaluation.measures import F1, Median, Scores, Share

REPORTS = 50


def figure(hits):
    return [[hit, 10, 10] for hit in hits]


def test_counts_are_kept_report_by_report():
    items = [
        Scores("reports", 1, {"found": F1(1, 2, 3), "date": Share(1, 1), "km": Median((1.0,))}),
        Scores("reports", 1, {"found": F1(0, 1, 0)}),
    ]
    assert baseline.figures(items) == {"found": [[1, 2, 3], [0, 1, 0]], "date": [[1, 1], [0, 0]]}
    assert baseline.value([[1, 2, 3], [0, 1, 0]]) == pytest.approx(1 / 3)


def test_one_report_worse_is_noise_and_all_worse_is_a_fall():
    before = {"events": figure([5] * REPORTS)}
    one_worse = {"events": figure([4] + [5] * (REPORTS - 1))}
    assert baseline.falls(before, one_worse) == []
    all_worse = {"events": figure([4] * REPORTS)}
    [fall] = baseline.falls(before, all_worse)
    assert (fall.before, fall.now) == (pytest.approx(0.5), pytest.approx(0.4))
    assert "events fell from 0.500 to 0.400" in str(fall)
    assert baseline.falls(all_worse, before) == []


def test_a_fall_among_ups_and_downs_is_noise():
    before = {"events": figure([5] * REPORTS)}
    mixed = {"events": figure([3 if i % 2 else 7 for i in range(REPORTS - 1)] + [2])}
    assert baseline.value(mixed["events"]) < 0.5
    assert baseline.falls(before, mixed) == []


def test_the_baseline_only_goes_up():
    before = {"a": figure([5]), "b": figure([5])}
    after = baseline.raised(before, {"a": figure([4]), "b": figure([6]), "c": figure([1])})
    assert after == {"a": figure([5]), "b": figure([6]), "c": figure([1])}


def test_other_reports_are_no_comparison():
    with pytest.raises(ValueError, match="50 items, now on 49"):
        baseline.falls({"a": figure([5] * 50)}, {"a": figure([5] * 49)})


def test_the_file_holds_what_was_saved(tmp_path):
    path = tmp_path / "baseline.json"
    assert baseline.load(path) == {}
    parts = {"reports": {"events": figure([5, 6]), "date": [[1, 1], [0, 1]]}}
    baseline.save(path, parts)
    assert baseline.load(path) == parts
    assert '"value":0.55' in path.read_text(encoding="utf-8")
