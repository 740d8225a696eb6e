"""Periods of time as ISO dates: the arithmetic behind ``timewords.py``.

Every function works on dates that are given; none asks the machine's clock.
"""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass
from typing import Literal

Tense = Literal["past", "future", ""]


@dataclass(frozen=True, slots=True)
class Setting:
    """What resolves a relative expression: ``day`` is the last single day told before it in the report."""

    published: datetime.date | None
    tense: Tense = ""
    day: datetime.date | None = None
    told: str = ""  # the beginning of the last period of any length told before it


@dataclass(frozen=True, slots=True)
class Period:
    """From ``first`` to ``last``, ISO dates of one precision; ``since``: open at the end (``last`` is empty)."""

    first: str
    last: str
    since: bool = False


def day(date: datetime.date) -> Period:
    """A single day."""
    return Period(date.isoformat(), date.isoformat())


def days(first: datetime.date, last: datetime.date) -> Period:
    """A range of days."""
    return Period(first.isoformat(), last.isoformat())


def month(year: int, number: int, length: int = 1) -> Period:
    """``length`` months from a month on; ``number`` may lie outside 1 to 12 and then carries into the year."""
    first, last = year * 12 + number - 1, year * 12 + number + length - 2
    return Period(f"{first // 12:04}-{first % 12 + 1:02}", f"{last // 12:04}-{last % 12 + 1:02}")


def years(first: int, last: int | None = None) -> Period:
    """A year, or a range of years."""
    return Period(f"{first:04}", f"{first if last is None else last:04}")


def date_of(year: int, number: int, of_month: int) -> datetime.date | None:
    if not 1 <= of_month <= calendar.monthrange(year, number)[1]:
        return None
    return datetime.date(year, number, of_month)


def week(date: datetime.date, weeks: int) -> Period:
    """The week ``weeks`` after that of ``date``, Monday to Sunday; on a Sunday the week that begins then is meant."""
    monday = date - datetime.timedelta(date.weekday())
    if date.weekday() == 6:
        monday += datetime.timedelta(6)  # a Sunday paper's "last week" ended on Saturday
    first = monday + datetime.timedelta(7 * weeks)
    return days(first, first + datetime.timedelta(6))


def nearest_weekday(weekday: int, setting: Setting) -> datetime.date | None:
    """The nearest such day: not after publication, or not before it in the future tense."""
    if setting.published is None:
        return None
    ahead = (weekday - setting.published.weekday()) % 7
    return setting.published + datetime.timedelta(ahead if setting.tense == "future" else (ahead - 7) % -7)


def nearest_month(number: int, setting: Setting) -> int | None:
    """The year of the nearest such month, the month of publication included."""
    if setting.published is None:
        return None
    year, now = setting.published.year, setting.published.month
    if setting.tense == "future":
        return year + (number < now)
    return year - (number > now)


# farthest day ahead that a date without year in a past-tense clause may mean ("said his June 3 trip ..."), in days
NEAR = 45


def nearest_date(number: int, of_month: int, setting: Setting) -> datetime.date | None:
    """The date nearest to publication; a past tense takes the last such date unless the next is near."""
    if setting.published is None:
        return None
    dates = [date_of(setting.published.year + shift, number, of_month) for shift in (-1, 0, 1)]
    candidates = [date for date in dates if date is not None]
    if not candidates:
        return None
    nearest = min(candidates, key=lambda date: abs((date - setting.published).days))  # type: ignore[operator]
    distance = (nearest - setting.published).days
    if setting.tense == "past" and distance > NEAR:
        return max(date for date in candidates if date <= setting.published)
    if setting.tense == "future" and distance < -NEAR:
        return min((date for date in candidates if date >= setting.published), default=nearest)
    return nearest


def shift(date: datetime.date, number: int, unit: str) -> Period:
    """The time ``number`` units after ``date`` (before it, if negative), at the precision of the unit."""
    if unit in ("hour", "minute"):
        return day(date)
    if unit == "day":
        return day(date + datetime.timedelta(number))
    if unit == "week":
        return week(date, number)
    if unit == "month":
        return month(date.year, date.month + number)
    if unit == "decade":
        return years(date.year + 10 * number)
    return years(date.year + number)
