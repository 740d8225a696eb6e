"""Dragoman reads news reports and writes the diplomatic record.

>>> import dragoman
>>> record = dragoman.code("Russian Foreign Minister Sergey Lavrov met ...", published="2021-04-07")
>>> [(event.type, event.status) for event in record.events]

``code`` is for a single text; for many reports make a ``Coder`` once and use ``Coder.code_many``.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from dragoman.version import __version__

if TYPE_CHECKING:
    from dragoman.coding.coder import Coder
    from dragoman.model import Record, Report

__all__ = ["Coder", "Record", "Report", "__version__", "code"]


def code(text: str, published: str = "", *, id: str = "text", title: str = "") -> Record:
    """The record of one report.

    Args:
        text: the report, as it stands; the record's offsets count its Unicode code points.
        published: ISO date of publication, to which "on Wednesday" is resolved; without it such dates stay empty.
        id: kept as ``record.report.id``.
        title: the headline; kept, not coded.

    Raises:
        InputError: ``published`` is no ISO date, or ``text`` holds half of a surrogate pair and is no Unicode text.
        CodingError: a step failed on this report.
    """
    from dragoman.model import Report
    from dragoman.reading.decode import whole
    from dragoman.reading.text import iso_date

    whole(text, id)
    if published:
        published = iso_date(published, id, "published")
    return _coder().code(Report(id=id, text=text, published=published, title=title))


@cache
def _coder() -> Coder:
    from dragoman.coding.coder import Coder

    return Coder()


def __getattr__(name: str) -> Any:
    """``Coder``, ``Record`` and ``Report`` at the first use: importing the package alone stays fast."""
    if name == "Coder":
        from dragoman.coding.coder import Coder

        return Coder
    if name in ("Record", "Report"):
        from dragoman import model

        return getattr(model, name)
    raise AttributeError(f"module 'dragoman' has no attribute {name!r}")
