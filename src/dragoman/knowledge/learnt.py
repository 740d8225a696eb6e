"""What the readings of an actor say together: findings with their days and counts, where they contradict, what is taken to hold.

Nothing is averaged. A finding is what some reports agree on; findings that contradict each other are all shown, and coding
uses one only where it clearly prevails.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dragoman.knowledge.base import Generic
from dragoman.knowledge.overlay import Known

# Days for which an office that was read is taken to hold before and behind. Of the 5,687 ended terms of leaders.csv, on a random day of
# each, 0.80 hold 365 days later (0.90 at 180, 0.64 at 730): sum(max(0, term - 365)) / sum(term).
HORIZON = 365
PREVAILS = 0.75  # share of an actor's readings of the time that must agree on its country for coding to use it: judged, not measured
UNIQUE = frozenset({"head-of-state", "head-of-government", "foreign-minister"})  # levels of offices that one person holds
FORMER = "ELI"  # the sector of who held an office once


@dataclass(frozen=True, slots=True)
class Reading:
    """What one report says of an actor.

    ``date`` is the report's, ISO, empty if unknown. ``words`` stand in the report; ``told``: they name the country, which else the coder
    concluded from what stands around.
    """

    name: str
    office: str
    country: str
    sector: str
    date: str
    report: str
    words: str
    told: bool = True


@dataclass(frozen=True, slots=True)
class Finding:
    """What several reports say alike of an actor, with one of them as example (the earliest)."""

    office: str
    country: str
    sector: str
    first: str
    last: str
    reports: int
    report: str
    words: str


def findings(readings: Iterable[Reading]) -> list[Finding]:
    """The findings of one actor's readings, those of most reports first."""
    groups: dict[tuple[str, str, str], list[Reading]] = {}
    for reading in readings:
        groups.setdefault((reading.office, reading.country, reading.sector), []).append(reading)
    found = []
    for (office, country, sector), group in groups.items():
        group.sort(key=lambda reading: (not reading.date, reading.date, reading.report))
        dates = [reading.date for reading in group if reading.date]
        first, last = (dates[0], dates[-1]) if dates else ("", "")
        reports = len({reading.report for reading in group})
        found.append(Finding(office, country, sector, first, last, reports, group[0].report, group[0].words))
    return sorted(found, key=lambda finding: (-finding.reports, finding.first, finding.office, finding.country, finding.sector))


def contradictions(found: Sequence[Finding]) -> list[str]:
    """What the findings of one actor disagree on, told for a reader: its country, or its sector at one time.

    Two countries contradict each other at one time or in one office; who was first of one and later of another has changed his post.
    """
    told: dict[str, None] = {}
    for number, one in enumerate(found):
        for other in found[number + 1 :]:
            overlap = bool(one.first and other.first and one.first <= other.last and other.first <= one.last)
            if one.country != other.country and (overlap or one.office == other.office):
                told[f"country: {one.country} ({one.reports}), {other.country} ({other.reports})"] = None
            elif one.country == other.country and one.sector and other.sector and one.sector != other.sector and overlap:
                told[f"sector: {one.sector} ({one.reports}), {other.sector} ({other.reports})"] = None
    return list(told)


@dataclass(frozen=True, slots=True)
class _Run:
    """Readings of one finding without a gap longer than two horizons."""

    actor: int
    office: str
    country: str
    sector: str
    first: datetime.date
    last: datetime.date
    reports: int
    told: bool


def known(names: Mapping[int, Sequence[str]], readings: Mapping[int, Sequence[Reading]], offices: Mapping[str, Generic]) -> Iterator[Known]:
    """What is taken to hold of each actor, by number: its office from a horizon before it was first read to one after it was last read.

    An office that one person holds ends where a successor is read in it. Left out is what reports of these days do not agree on, and a
    country that a single report does not tell in words: the coder concludes it from the report's story, which is often another country's.
    """
    runs = [run for actor in sorted(readings) for run in _runs(actor, readings[actor])]
    seats: dict[tuple[str, str], list[_Run]] = {}
    for run in runs:
        if run.sector != FORMER and run.office in offices and offices[run.office].level in UNIQUE:
            seats.setdefault((run.country, run.office), []).append(run)
    for run in runs:
        others = [other for other in seats.get((run.country, run.office), []) if other.actor != run.actor and run.sector != FORMER]
        begin = max([run.first - _days(HORIZON), *(other.last + _days(1) for other in others if other.last < run.first)])
        end = min([run.last + _days(HORIZON), *(other.first - _days(1) for other in others if other.first > run.last)])
        days = [day.isoformat() for day in (run.first, run.last, begin, end)]
        office = "" if run.sector == FORMER else run.office
        yield Known(tuple(names[run.actor]), run.country, run.sector, office, days[0], days[1], days[2], days[3], run.reports)


def _runs(actor: int, readings: Sequence[Reading]) -> Iterator[_Run]:
    dated = [(datetime.date.fromisoformat(reading.date), reading) for reading in sorted(readings, key=_when) if reading.date]
    groups: dict[tuple[str, str, str], list[tuple[datetime.date, Reading]]] = {}
    for date, reading in dated:
        groups.setdefault((reading.office, reading.country, reading.sector), []).append((date, reading))
    for (office, country, sector), group in sorted(groups.items()):
        run: list[tuple[datetime.date, Reading]] = []
        for item in [*group, None]:
            if run and (item is None or item[0] - run[-1][0] > _days(2 * HORIZON)):
                first, last, told = run[0][0], run[-1][0], any(reading.told for _, reading in run)
                near = [reading.country for date, reading in dated if first - _days(HORIZON) <= date <= last + _days(HORIZON)]
                if near.count(country) >= PREVAILS * len(near) and (told or len(run) > 1):
                    yield _Run(actor, office, country, sector, first, last, len(run), told)
                run = []
            if item is not None:
                run.append(item)


def _when(reading: Reading) -> tuple[str, str]:
    return reading.date, reading.report


def _days(number: int) -> datetime.timedelta:
    return datetime.timedelta(days=number)
