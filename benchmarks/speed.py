"""How fast, in how much memory: reports of a given length on one core, or one long text. See README.md beside this file.

taskset -c 0 .venv/bin/python benchmarks/speed.py
taskset -c 0 .venv/bin/python benchmarks/speed.py --long 5
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

started = time.perf_counter()

from rich.console import Console  # noqa: E402
from rich.table import Table  # noqa: E402

from dragoman.coding.coder import Coder  # noqa: E402
from dragoman.model import Report  # noqa: E402

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from made_reports import report_of, text_of  # noqa: E402

MEGABYTE = 1_000_000  # characters
WARM = 16  # reports coded before the clock starts: the first batch fills caches


def peak() -> float:
    """The most memory this process has held so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)


def given(path: Path) -> Iterator[Report]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            yield Report(id=row["id"], text=row["text"], published=row.get("published") or "")


def measure(coder: Coder, reports: list[Report]) -> list[tuple[str, str]]:
    for _ in coder.code_many(reports[:WARM]):
        pass
    wall, cpu = time.perf_counter(), time.process_time()
    events = sum(len(record.events) for record in coder.code_many(reports))
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    words = sum(len(report.text.split()) for report in reports)
    return [
        ("reports", f"{len(reports)} of {words // len(reports)} words"),
        ("events found", str(events)),
        ("reports a second", f"{len(reports) / wall:.1f} (by processor time {len(reports) / cpu:.1f})"),
        ("words a second", f"{words / wall:,.0f} (by processor time {words / cpu:,.0f})"),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=100, help="how many reports (100)")
    parser.add_argument("--words", type=int, default=400, help="words a report (400)")
    parser.add_argument("--file", type=Path, help="reports of your own, JSON Lines with id, text, published")
    parser.add_argument("--long", type=float, metavar="MB", help="one text of so many million characters instead")
    options = parser.parse_args()
    coder = Coder()
    coder.code(Report(id="first", text="Peru accused Kenya of spying.", published="2021-04-07"))
    loaded = time.perf_counter() - started
    rows = [("imports, model, knowledge, first sentence", f"{loaded:.1f} s"), ("memory then", f"{peak():.0f} MiB")]
    if options.long:
        rows += _long(coder, Report(id="long", text=text_of(int(options.long * MEGABYTE)), published="2021-04-07"))
    elif options.file:
        rows += measure(coder, list(given(options.file)))
    else:
        texts = (report_of(options.words, number) for number in range(options.reports))
        rows += measure(coder, [Report(id=str(n), text=text, published="2021-04-07") for n, text in enumerate(texts)])
    rows.append(("peak of memory", f"{peak():.0f} MiB"))
    _print(rows)


def _long(coder: Coder, report: Report) -> list[tuple[str, str]]:
    wall, cpu = time.perf_counter(), time.process_time()
    record = coder.code(report)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    length = len(report.text)
    return [
        ("characters", f"{length:,}"),
        ("events found", f"{len(record.events):,}"),
        ("seconds", f"{wall:.0f} (processor time {cpu:.0f})"),
        ("characters a second", f"{length / wall:,.0f} (by processor time {length / cpu:,.0f})"),
    ]


def _print(rows: list[tuple[str, str]]) -> None:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    table = Table(title=f"Python {platform.python_version()}, {cores} core(s)", show_header=False)
    for row in rows:
        table.add_row(*row)
    Console().print(table)


if __name__ == "__main__":
    main()
