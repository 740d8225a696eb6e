"""Accuracy is a test: no figure may fall below the best so far by more than noise (``evaluation/baseline.py``)."""

from __future__ import annotations

import pytest
from gated import BASELINE, FILES, measure

from dragoman.coding.coder import Coder
from dragoman.evaluation import baseline


@pytest.mark.shared
@pytest.mark.parametrize("part", FILES)
def test_no_figure_fell_beyond_noise(part, gate_coder):
    if not FILES[part].exists():
        pytest.skip(f"needs {FILES[part].name} of ../shared, which is not part of the repository")
    before = baseline.load(BASELINE)
    assert part in before, "no baseline yet: make baseline"
    fallen = baseline.falls(before[part], measure(part, gate_coder))
    assert not fallen, "\n".join(map(str, fallen))


@pytest.fixture(scope="module")
def gate_coder():
    return Coder()
