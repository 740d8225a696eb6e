"""What a person at the terminal is told on standard error while reports are coded: notices and a progress bar."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from dragoman.errors import DragomanError

if TYPE_CHECKING:  # pydantic takes its time, and --help needs this module
    from dragoman.model import Record, Report

ENGLISH = "en"
SHOWN = 3  # notices of a kind said one by one; the rest is counted
FEW = 3  # reports that come without a progress bar


class Notices:
    """Errors, each said, and warnings, the first of a kind said and the others counted at the end."""

    def __init__(self) -> None:
        self.errors = 0
        self._warnings: Counter[str] = Counter()

    def error(self, error: DragomanError) -> None:
        """A report that could not be read or coded."""
        self.errors += 1
        say(str(error))

    def report(self, report: Report) -> None:
        """A report about to be coded."""
        if not report.published:
            self._warn("without a date", f"{report.id}: no date, so its dates stay empty (--date YYYY-MM-DD gives one)")

    def record(self, record: Record) -> None:
        """A report that was coded."""
        language = record.report.language
        if language not in ("", ENGLISH):
            self._warn("not in English", f"{record.report.id}: written in {language!r}, not in English; not coded")

    def close(self) -> None:
        """Say how many warnings were not said one by one."""
        for kind, count in self._warnings.items():
            if count > SHOWN:
                say(f"warning: {count - SHOWN} more {kind}")

    def _warn(self, kind: str, message: str) -> None:
        self._warnings[kind] += 1
        if self._warnings[kind] <= SHOWN:
            say(f"warning: {message}")


def say(message: str) -> None:
    """One line on standard error."""
    print(f"dragoman: {message}", file=sys.stderr)


@contextmanager
def progress(total: int, unit: str, wanted: bool = True) -> Iterator[Callable[[], None]]:
    """A bar on standard error for more than a few items; what it gives is called once an item.

    There is no bar where standard error is no terminal or ``wanted`` is false.
    """
    if not wanted or total <= FEW or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn(unit), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(unit, total=total)
        yield lambda: bar.advance(task)


@contextmanager
def share(what: str) -> Iterator[Callable[[float], None]]:
    """A bar on standard error for one long reading; what it gives is called with the share that is done, 0 to 1."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    with Progress(
        TextColumn(what), BarColumn(), TaskProgressColumn(), TimeRemainingColumn(), console=Console(stderr=True), transient=True
    ) as bar:
        task = bar.add_task(what, total=1.0)
        yield lambda done: bar.update(task, completed=done)
