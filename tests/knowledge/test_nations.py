"""States by mistyped names."""

from __future__ import annotations

import pytest

from dragoman.knowledge import base
from dragoman.knowledge.nations import Nations


@pytest.mark.parametrize(
    ("word", "code"),
    [("Afganistan", "AFG"), ("Pakistini", "PAK"), ("Phillippines", "PHL"), ("Ukranian", "UKR"), ("Germain", ""), ("Peru", ""), ("", "")],
)
def test_near(word: str, code: str) -> None:
    assert Nations(base.load()).near(word) == code
