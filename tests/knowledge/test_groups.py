"""Organizations in another spelling."""

from __future__ import annotations

import pytest

from dragoman.knowledge import base
from dragoman.knowledge.groups import Groups


@pytest.fixture(scope="module")
def groups() -> Groups:
    return Groups(base.load())


@pytest.mark.parametrize(
    ("written", "name"), [("Pakistan Tehrik-i-Insaaf", "Pakistan Tehreek-e-Insaf"), ("Jemaah Islamiya", "Jemaah Islamiyah")]
)
def test_near(groups: Groups, written: str, name: str) -> None:
    assert name in [known for known, _ in groups.near(written)]


@pytest.mark.parametrize("name", ["Farmers of Lower Saxony", "UNO", "", "Boko"])
def test_nothing_near(groups: Groups, name: str) -> None:
    assert groups.near(name) == []
