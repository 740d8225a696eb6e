"""A plain text file is one report; its head may tell date, place and agency.

Understood heads, at the beginning of the text:

    date 2021-04-07
    date 2021-04-07 ISLAMABAD: ...
    KYIV, March 3, 2022 (Agency) - ...
    GENEVA (Agency) - ...

A dateline's day without a year dates nothing by itself: the year comes from ``--date 2022``, never from the clock.
An agency may also stand in brackets at the very end. The head stays in the text, so that offsets are those of the file.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from dragoman.errors import bad_date, empty
from dragoman.model import Report
from dragoman.reading.decode import decode

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DATE_LINE = re.compile(r"\s*date:?\s+(?P<date>\d{4}-\d{2}-\d{2})\b", re.IGNORECASE)
MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
# the place in capitals ("KYIV", "UNITED NATIONS", "WASHINGTON/BEIJING", "PORT-AU-PRINCE, Haiti"), then day and agency
DATELINE = re.compile(
    r"\s*(?P<place>[A-ZÀ-Þ][A-ZÀ-Þ.'’\-]+(?:[ /][A-ZÀ-Þ][A-ZÀ-Þ.'’\-]+){0,3}(?:, (?!" + MONTH + r" \d)[A-Z][\w.]+)?)"
    r"(?:,? (?:(?P<month>" + MONTH + r") (?P<day>\d{1,2})|(?P<day2>\d{1,2}) (?P<month2>" + MONTH + r"))"
    r"(?:,? (?P<year>\d{4}))?)?"
    r"(?: ?\((?P<agency>[^()\n]{2,40})\))?"
    r"\s*(?::|-{1,2}|–|—)\s"
)
AGENCY_AT_END = re.compile(r"\((?P<agency>[A-Z][\w .&'’\-]{1,39})\)\s*\Z")
ISO_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]|$)")
YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class Head:
    """What the beginning of a text tells: an ISO date, or month and day alone, and the agency."""

    published: str = ""
    month: int = 0
    day: int = 0
    agency: str = ""


def read_text(data: bytes, identifier: str, where: str, date: str = "") -> Report:
    """The report in a text file's bytes.

    ``date`` is an ISO date, which overrides the text's own, or a year, which completes a dateline's month and day.
    Raises ``InputError`` for what is empty or no text.
    """
    text = decode(data, where)
    if not text.strip():
        raise empty(where)
    found = head(text)
    return Report(id=identifier, text=text, published=_published(found, date), publisher=found.agency or _agency_at_end(text))


def head(text: str) -> Head:
    """Date and agency that the beginning of a text tells."""
    line = DATE_LINE.match(text)
    dated = line["date"] if line and is_date(line["date"]) else ""
    dateline = DATELINE.match(text, line.end() if line else 0)
    if dateline is None:
        return Head(published=dated)
    month, day = _month_and_day(dateline)
    published = dated or (_iso(int(dateline["year"]), month, day) if dateline["year"] else "")
    return Head(published, month, day, dateline["agency"] or "")


def iso_date(given: str, where: str, name: str) -> str:
    """The ISO date that a date or a time stamp begins with. Raises ``InputError`` for anything else."""
    match = ISO_DATE.match(given)
    if match is None or not is_date(match[1]):
        raise bad_date(where, name, given)
    return match[1]


def is_date(text: str) -> bool:
    """Whether a text in the form of an ISO date is a day of the calendar."""
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _published(found: Head, date: str) -> str:
    if YEAR.fullmatch(date):
        return found.published or _iso(int(date), found.month, found.day)
    return date or found.published


def _agency_at_end(text: str) -> str:
    match = AGENCY_AT_END.search(text[-60:])
    return match["agency"] if match else ""


def _month_and_day(dateline: re.Match[str]) -> tuple[int, int]:
    month, day = dateline["month"] or dateline["month2"], dateline["day"] or dateline["day2"]
    return (MONTHS.index(month[:3].lower()) + 1, int(day)) if month else (0, 0)


def _iso(year: int, month: int, day: int) -> str:
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:  # no month and day told, or no such day
        return ""
