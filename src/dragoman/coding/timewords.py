# ruff: noqa: E501  (the grammar: one pattern a line)
"""Which words of a text tell a time, and which time they tell: the grammar behind ``when.py``.

``find_times`` finds the words with regular expressions; each ``TimeWords`` is then resolved with what the words alone
do not tell, a ``Setting``: the report's publication date, the tense of the clause and the day told before ("the next
day"). All dates are ISO 8601 strings as precise as the words are; the machine's clock is never asked.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from dragoman.coding.periods import (
    Period,
    Setting,
    Tense,
    date_of,
    day,
    days,
    month,
    nearest_date,
    nearest_month,
    nearest_weekday,
    shift,
    week,
    years,
)

DATA = Path(__file__).parent.parent / "knowledge" / "data" / "timewords.yaml"


@dataclass(frozen=True, slots=True)
class TimeWords:
    """Words that may tell a time. ``doubtful``: only if the parse agrees ("May", "march", a bare number)."""

    start: int
    end: int
    doubtful: bool
    resolve: Callable[[Setting], Period | None]


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """The word lists of ``knowledge/data/timewords.yaml``."""
    loaded: dict[str, Any] = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    return loaded


def _either(names: list[str]) -> str:
    return "|".join(re.escape(name).replace("'", "['’]") for name in sorted(names, key=len, reverse=True))


MONTHS: dict[str, int] = words()["months"]
WEEKDAYS: dict[str, int] = words()["weekdays"]
NUMBERS: dict[str, int] = words()["numbers"]
SEASONS: dict[str, list[int]] = words()["seasons"]
HOLIDAYS: dict[str, list[int]] = words()["holidays"]

MONTH = rf"(?:(?:{_either([name for name in MONTHS if len(name) > 4])}|May|June|July)\b|(?:{_either([name for name in MONTHS if len(name) <= 4])})\b\.?)"
WEEKDAY = rf"(?:{_either([name for name in WEEKDAYS if name.endswith('day')])})\b|(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\."
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
YEAR = r"(?:1[5-9]|20)\d\d"
NUMBER = rf"(?:\d{{1,3}}|{_either(list(NUMBERS))})"
UNIT = r"(?:day|week|month|year|decade|hour|minute)s?"
DASH = r"\s?(?:-|–|—|to|through|until|and)\s?"
PART = r"(?:morning|afternoon|evening|night|lunchtime)"
ABOUT = r"(?:(?:about|around|nearly|almost|some|roughly|more than|less than|just over|over|just under)\s)?"
PORTION = r"(?:early|mid|late|the (?:beginning|start|middle|end) of|mid-|early-|late-)"


def _month(text: str) -> int:
    return MONTHS[text.rstrip(".")]


def _day(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def _number(text: str) -> int:
    return int(text) if text.isdigit() else NUMBERS[text.lower()]


def _unit(text: str) -> str:
    return text.lower().rstrip("s")


def _full_date(match: re.Match[str], setting: Setting) -> Period | None:
    number, first, last = _month(match["month"]), _day(match["day"]), match["last"]
    end_month = _month(match["month2"]) if match.groupdict().get("month2") else number
    begin = date_of(int(match["year"]), number, first) if match["year"] else nearest_date(number, first, setting)
    if begin is None:
        return None
    if not last:
        return day(begin)
    end = date_of(begin.year + (end_month < number), end_month, _day(last))
    return days(begin, end) if end is not None and end >= begin else day(begin)


def _iso(match: re.Match[str], setting: Setting) -> Period | None:
    date = date_of(int(match[1]), int(match[2]), int(match[3])) if 1 <= int(match[2]) <= 12 else None
    return day(date) if date else None


def _slashes(match: re.Match[str], setting: Setting) -> Period | None:
    one, two, year = (int(part) for part in match.groups())
    number, of_month = (two, one) if one > 12 else (one, two)
    if number > 12 or (one <= 12 and two <= 12 and one != two):  # 4/5/2016 may be April or May: not told
        return None
    date = date_of(year, number, of_month)
    return day(date) if date else None


def _month_year(match: re.Match[str], setting: Setting) -> Period | None:
    number, last = _month(match["month"]), match["last"]
    if re.fullmatch(YEAR, match["year"]):
        year = int(match["year"])
    elif setting.published is None:
        return None
    else:
        year = setting.published.year + {"last": -1, "this": 0, "next": 1}[match["year"].split()[0].lower()]
    if last and (length := _month(last) - number + 1) > 1:
        return month(year, number, length)
    return month(year, number)


def _bare_month(match: re.Match[str], setting: Setting) -> Period | None:
    number, last = _month(match["month"]), match["last"]
    which = (match["which"] or "").lower()
    published = setting.published
    if published is None:
        return None
    tense: Tense = {"last": "past", "next": "future"}.get(which, setting.tense)  # type: ignore[assignment]
    year = nearest_month(number, Setting(published, tense))
    if year is None:
        return None
    if which == "last" and number == published.month:
        year -= 1
    if which == "next" and number == published.month:
        year += 1
    length = (_month(last) - number) % 12 + 1 if last else 1
    if length > 1 and tense != "future" and (year, number + length - 1) > (published.year, published.month):
        year -= 1
    return month(year, number, length)


def _year(match: re.Match[str], setting: Setting) -> Period | None:
    first, last = int(match["year"]), match["last"]
    if not last:
        return years(first)
    end = int(last) if len(last) == 4 else first // 100 * 100 + int(last)
    return years(first, end) if end > first else years(first)


def _decade(match: re.Match[str], setting: Setting) -> Period | None:
    digits = match["decade"]
    first = int(digits) if len(digits) == 4 else (1900 if int(digits) >= 30 else 2000) + int(digits)
    part = (match["portion"] or "").strip().rstrip("-").lower()
    begin, end = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}.get(part, (0, 9))
    return years(first + begin, first + end)


def _part_of_year(match: re.Match[str], setting: Setting) -> Period | None:
    order = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "final": 4}[match["order"].lower()]
    if match["year"].isdigit():
        year = int(match["year"])
    elif setting.published is None:
        return None
    else:
        year = setting.published.year + {"last": -1, "next": 1}.get(match["year"].split()[0].lower(), 0)
    if match["part"].lower() == "quarter":
        return month(year, 3 * order - 2, 3)
    return month(year, 1 if order == 1 else 7, 6) if order in (1, 2, 4) else None


def _weekday(match: re.Match[str], setting: Setting) -> Period | None:
    weekday, which = WEEKDAYS[match["weekday"].rstrip(".")], (match["which"] or "").lower().split(" ")[-1]
    published = setting.published
    if published is None:
        return None
    if match["week"]:
        weeks = {"last": -1, "this": 0, "next": 1}[match["week"].split()[-2].lower()]
        first = week(published, weeks).first
        return day(datetime.date.fromisoformat(first) + datetime.timedelta(weekday))
    tense: Tense = setting.tense
    if which in ("last", "past", "previous"):
        tense = "past"
    if which in ("next", "coming", "following"):
        tense = "future"
    if which == "this":
        tense = "past" if tense == "past" else "future"
    found = nearest_weekday(weekday, Setting(published, tense))
    if found is None:
        return None
    if found == published and which in ("last", "past", "previous", "next", "coming"):
        found += datetime.timedelta(7 if tense == "future" else -7)
    if not match["through"]:
        return day(found)
    end = found + datetime.timedelta((WEEKDAYS[match["through"].rstrip(".")] - weekday) % 7)
    if tense != "future" and end > published:
        found, end = found - datetime.timedelta(7), end - datetime.timedelta(7)
    return days(found, end)


TODAY = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1, "this": 0, "last": -1, "the day before yesterday": -2,
         "the day after tomorrow": 2, "earlier today": 0, "later today": 0, "earlier": 0, "later": 0}  # fmt: skip


def _today(match: re.Match[str], setting: Setting) -> Period | None:
    if setting.published is None:
        return None
    return day(setting.published + datetime.timedelta(TODAY[re.sub(r"\s+", " ", match["word"].lower())]))


STEP = {"last": -1, "past": -1, "previous": -1, "this": 0, "current": 0, "next": 1, "coming": 1, "following": 1}


def _relative(match: re.Match[str], setting: Setting) -> Period | None:
    """ "last week", "earlier this month", "next year", "the end of this summer"."""
    if setting.published is None:
        return None
    step, unit, published = STEP[match["which"].lower()], match["unit"].lower(), setting.published
    if unit == "weekend":
        first = datetime.date.fromisoformat(week(published, 0).first) + datetime.timedelta(5)
        if step == 0 and setting.tense != "future" and published < first:
            step = -1
        if published.weekday() == 6 and step <= 0:
            first -= datetime.timedelta(7)  # Sunday: the weekend that it ends
        first += datetime.timedelta(7 * step)
        return days(first, first + datetime.timedelta(1))
    if unit in SEASONS:
        return _season(unit, step, published, setting.tense)
    if unit == "century":
        first_year = published.year // 100 * 100 + 100 * step
        return years(first_year, first_year + 99)
    if unit == "decade":
        first_year = published.year // 10 * 10 + 10 * step
        return years(first_year, first_year + 9)
    if unit == "quarter":
        return month(published.year, (published.month - 1) // 3 * 3 + 1 + 3 * step, 3)
    return shift(published, step, unit)


def _season(name: str, step: int, published: datetime.date, tense: Tense) -> Period:
    begin, length = SEASONS[name]
    year = published.year
    if name == "winter" and published.month < 3:
        year -= 1
    if step < 0 and (published.year, published.month) <= (year, begin + length - 1):
        year -= 1
    if step > 0 and (published.year, published.month) >= (year, begin):
        year += 1
    return month(year, begin, length)


def _season_year(match: re.Match[str], setting: Setting) -> Period | None:
    begin, length = SEASONS[match["season"].lower()]
    return month(int(match["year"]), begin, length)


def _ago(match: re.Match[str], setting: Setting) -> Period | None:
    if setting.published is None:
        return None
    unit = _unit(match["unit"])
    if unit == "year" and (match["half"] or match["half2"]):  # "two and a half years ago", "a year and a half ago"
        return month(setting.published.year, setting.published.month - 12 * _number(match["number"]) - 6)
    return shift(setting.published, -_number(match["number"]), unit)


def _stretch(match: re.Match[str], setting: Setting) -> Period | None:
    """ "in the past three days", "over the next two years", "the last week"."""
    if setting.published is None:
        return None
    if not match["number"] and match["unit"].lower().endswith("s"):  # "in the coming days": nobody knows how many
        return None
    unit, number = _unit(match["unit"]), _number(match["number"] or "1")
    if unit in ("hour", "minute"):
        number, unit = (-(-number // 24) if unit == "hour" else 0), "day"
    if unit == "week":
        number, unit = 7 * number, "day"
    behind = match["which"].lower() in ("last", "past", "previous")
    other = shift(setting.published, -number if behind else number, unit)
    now = shift(setting.published, 0, unit)
    return Period(other.first, now.last) if behind else Period(now.first, other.last)


def _ahead(match: re.Match[str], setting: Setting) -> Period | None:
    """ "in two weeks' time", "two weeks from now", "in three days" with a future tense."""
    if setting.published is None or (setting.tense != "future" and not match["sure"]):
        return None
    return shift(setting.published, _number(match["number"]), _unit(match["unit"]))


def _anchored(match: re.Match[str], setting: Setting) -> Period | None:
    """ "the next day", "two days later", "a day after", "a week earlier": seen from the day told before."""
    anchor = setting.day or setting.published
    if anchor is None:
        return None
    groups = match.groupdict()
    if groups.get("same"):
        return day(anchor) if setting.day else None
    if groups.get("neighbour"):
        return shift(anchor, -1 if groups["neighbour"].lower() in ("previous",) else 1, "day") if setting.day else None
    number, unit = _number(match["number"]), _unit(match["unit"])
    direction = match["direction"].lower()
    # "a day after X" dates X: X lies before the day told; "a day before X" puts X behind it
    back = direction in ("earlier", "after")
    if direction in ("earlier", "later") and setting.day is None:
        return None
    return shift(anchor, -number if back else number, unit)


def _following(match: re.Match[str], setting: Setting) -> Period | None:
    """ "the following year", "the same month": seen from the period told before."""
    unit, told = match["unit"].lower(), setting.told
    step = {"following": 1, "next": 1, "previous": -1, "same": 0}[match["which"].lower()]
    if unit == "year" and len(told) >= 4:
        return years(int(told[:4]) + step)
    if unit == "month" and len(told) >= 7:
        return month(int(told[:4]), int(told[5:7]) + step)
    if unit == "week" and len(told) == 10:
        return week(datetime.date.fromisoformat(told), step)
    return None


def _holiday(match: re.Match[str], setting: Setting) -> Period | None:
    name = match["holiday"].replace("’", "'")
    number, of_month = HOLIDAYS[name]
    date = date_of(int(match["year"]), number, of_month) if match["year"] else nearest_date(number, of_month, setting)
    return day(date) if date else None


def _named(match: re.Match[str], setting: Setting) -> Period | None:
    return day(datetime.date.fromisoformat(words()["named_days"][match[0]]))


_WEEKDAY_BEFORE = rf"(?:(?:{WEEKDAY}),?\s(?:the\s)?)?"
_WHICH = r"(?:(?P<which>(?:(?:early|late) )?(?:last|this|next|this past|this coming|the past|the previous|the following|the coming))\s)?"
Reader = Callable[[re.Match[str], Setting], Period | None]
# pattern, reader, doubtful (the parse must agree). The longest match wins where several begin at one place.
GRAMMAR: list[tuple[re.Pattern[str], Reader, bool]] = [
    (re.compile(pattern, flags), reader, doubtful)
    for pattern, reader, doubtful, flags in (
        (r"\b(\d{4})-(\d\d)-(\d\d)\b", _iso, False, 0),
        (r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b", _slashes, False, 0),
        (rf"\b{_WEEKDAY_BEFORE}(?P<day>{DAY})\s(?:of\s)?(?P<month>{MONTH})(?P<last>(?!))?(?:,?\s(?P<year>{YEAR})\b)?", _full_date, False, 0),
        (rf"\b{_WEEKDAY_BEFORE}(?P<month>{MONTH})\s(?P<day>{DAY})\b(?!\s(?:{MONTH}|percent|per cent|million|billion))(?P<last>(?!))?(?:,?\s(?P<year>{YEAR})\b)?", _full_date, False, 0),
        (rf"\b(?:from\s|between\s)?(?P<day>{DAY}){DASH}(?P<last>{DAY})\s(?P<month>{MONTH})(?:,?\s(?P<year>{YEAR})\b)?", _full_date, False, 0),
        (rf"\b(?:from\s|between\s)?(?P<day>{DAY})\s(?P<month>{MONTH}){DASH}(?P<last>{DAY})\s(?P<month2>{MONTH})(?:,?\s(?P<year>{YEAR})\b)?", _full_date, False, 0),
        (rf"\b(?:from\s|between\s)?(?P<month>{MONTH})\s(?P<day>{DAY}){DASH}(?:(?P<month2>{MONTH})\s)?(?P<last>{DAY})\b(?:,?\s(?P<year>{YEAR})\b)?", _full_date, False, 0),
        (rf"\b(?:{PORTION}\s?)?(?P<month>{MONTH})(?:{DASH}(?P<last>{MONTH}))?,?\s(?:of\s)?(?P<year>{YEAR}\b|(?:last|this|next)\syear\b)", _month_year, False, 0),
        (rf"\b(?:in|since|until|till|by|during|from|between|through|throughout|around|before|after|of|last|this|next)\s(?:{PORTION}\s?)?(?P<which>(?!))?(?P<month>{MONTH})(?:{DASH}(?P<last>{MONTH}))?(?=[\s,.;:)’']|$)", _bare_month, False, 0),
        (rf"\b(?:the\s)?(?P<which>last|this|next)\s(?P<month>{MONTH})(?P<last>(?!))?(?=[\s,.;:)’']|$)", _bare_month, False, 0),
        (rf"\b(?:{PORTION}\s?)(?P<which>(?!))?(?P<month>{MONTH})(?P<last>(?!))?(?=[\s,.;:)’']|$)", _bare_month, False, 0),
        (rf"\b(?P<which>(?!))?(?P<month>{MONTH})(?P<last>(?!))?(?=[\s,.;:)’']|$)", _bare_month, True, 0),
        (rf"\b(?:{PORTION}\s?)?(?:from\s|between\s)?(?P<year>{YEAR})(?:{DASH}(?P<last>{YEAR}|\d\d))?\b(?![-,.]?\d|\s?(?:percent|per cent|%|people|troops|euros|dollars|km|miles))", _year, True, 0),
        (rf"\b(?P<portion>{PORTION}\s?)?(?:the\s)?(?P<decade>(?:1[5-9]|20)\d0|\d0)['’]?s\b", _decade, False, 0),
        (rf"\b(?:the\s)?(?P<order>first|second|third|fourth|last|final)\s(?P<part>quarter|half)\sof\s(?P<year>{YEAR}|(?:last|this|next)\syear|the\syear)\b", _part_of_year, False, re.I),
        (rf"\b{_WHICH}(?P<weekday>{WEEKDAY})(?:\s(?:to|through|until)\s(?P<through>{WEEKDAY}))?(?:\s{PART}\b)?(?P<week>\s(?:of\s)?(?:last|this|next)\sweek\b)?", _weekday, False, 0),
        (rf"\b(?P<word>the\sday\sbefore\syesterday|the\sday\safter\stomorrow|(?:earlier\s|later\s)?today|tonight|yesterday|tomorrow)\b(?:\s{PART}\b)?", _today, False, re.I),
        (rf"\b(?:(?:early|late|earlier|later)\s)?(?P<word>this|last|earlier|later)\s(?:{PART}|(?<=last\s)night|(?<=earlier\s)in\sthe\sday|(?<=later\s)in\sthe\sday)\b", _today, False, re.I),
        (rf"\b(?:(?:earlier|later|early|late|mid|(?:by\s)?the\s(?:beginning|start|middle|end)\sof)\s)?(?P<which>last|this|next)\s(?P<unit>week|month|year|weekend|decade|century|quarter|{_either(list(SEASONS))})\b(?!\s?-)", _relative, False, re.I),
        (rf"\b(?P<season>{_either(list(SEASONS))})\s(?:of\s)?(?P<year>{YEAR})\b", _season_year, False, re.I),
        (rf"\b{ABOUT}(?P<number>{NUMBER})(?P<half>\sand\sa\shalf)?\s(?P<unit>{UNIT})(?P<half2>\sand\sa\shalf)?\sago\b", _ago, False, re.I),
        (rf"\b(?:in|over|during|for|within|throughout|across)\s(?:the\s|these\s)?(?P<which>past|last|previous|next|coming|following)\s{ABOUT}(?:(?P<number>{NUMBER})\s)?(?P<unit>{UNIT})\b", _stretch, False, re.I),
        (rf"\b(?:the\s)?(?P<which>past|last|previous|next|coming|following)\s(?P<number>{NUMBER})\s(?P<unit>{UNIT})\b", _stretch, False, re.I),
        (rf"\b(?:in|within)\s{ABOUT}(?P<number>{NUMBER})\s(?P<unit>{UNIT})['’]?(?P<sure>\s(?:time|from\snow))?\b", _ahead, False, re.I),
        (rf"\b(?P<number>{NUMBER})\s(?P<unit>{UNIT})(?P<sure>\sfrom\s(?:now|today))\b", _ahead, False, re.I),
        (rf"\b{ABOUT}(?P<number>{NUMBER})\s(?P<unit>days?|weeks?|months?|years?|hours?)\s(?P<direction>later|earlier|after|before)\b", _anchored, False, re.I),
        (r"\b(?:on\s)?the\s(?:(?P<same>same)|(?P<neighbour>next|following|previous))\sday\b", _anchored, False, re.I),
        (r"\bthe\s(?P<which>following|next|previous|same)\s(?P<unit>year|month|week)\b", _following, False, re.I),
        (rf"\b(?P<holiday>{_either(list(HOLIDAYS))})\b(?:,?\s(?P<year>{YEAR})\b)?", _holiday, False, 0),
        (rf"(?<![\w/])(?:{_either(list(words()['named_days']))})(?![\w/])", _named, False, 0),
    )
]  # fmt: skip
EARLIEST, LATEST = "1000", "2999"  # years that a report may speak of; a date in another one is a number of something else
_SINCE = re.compile(r"\bsince\s+(?:at\s+least\s+|around\s+|about\s+)?(?:the\s+)?$", re.I)


def find_times(text: str) -> list[TimeWords]:
    """The time words of a text in order, none within another; those that begin first, then the longest, win."""
    found = [(match, reader, doubtful) for pattern, reader, doubtful in GRAMMAR for match in pattern.finditer(text)]
    found.sort(key=lambda item: (_begin(item[0]), -item[0].end()))
    result: list[TimeWords] = []
    taken = 0
    for match, reader, doubtful in found:
        start = _begin(match)
        if start < taken or match.end() <= start:
            continue
        taken = match.end()
        since = match[0].lower().startswith("since ") or bool(_SINCE.search(text[max(0, start - 24) : start]))
        result.append(TimeWords(start, match.end(), doubtful, _reader(match, reader, since)))
    return result


def _begin(match: re.Match[str]) -> int:
    """Where the time words proper begin: without the preposition before a bare month, "since 2012" tells 2012."""
    lead = re.match(r"(?:in|since|until|till|by|during|from|through|throughout|around|before|after|of|on|over|for|within|across)\s(?=\S)", match[0], re.I)  # fmt: skip
    return match.start() + (lead.end() if lead else 0)


def _reader(match: re.Match[str], reader: Reader, since: bool) -> Callable[[Setting], Period | None]:
    def resolve(setting: Setting) -> Period | None:
        told = Setting(setting.published, "past", setting.day, setting.told) if since else setting
        try:
            period = reader(match, told)
        except (OverflowError, ValueError):  # outside the calendar: "999 years ago" in the year 900
            return None
        if period is not None and not EARLIEST <= period.first[:4] <= LATEST:
            return None
        return Period(period.first, "", since=True) if period is not None and since else period

    return resolve
