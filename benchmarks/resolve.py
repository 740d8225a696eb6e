"""How fast mentions are resolved, how long the knowledge takes to load, in how much memory. See README.md beside this file.

taskset -c 0 .venv/bin/python benchmarks/resolve.py
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from itertools import cycle, islice, product

MIB = 1024 if sys.platform != "darwin" else 1024**2
DATES = ("1995-06-01", "2003-06-01", "2012-06-01", "2018-06-01", "2021-04-07", "2024-02-01", "")
STATES = ("Kenyan", "Pakistani", "French", "Peruvian", "Turkish", "Chinese", "Nigerian", "Ukrainian", "Indonesian", "Canadian")
NOUNS = ("foreign minister", "president", "police", "troops", "protesters", "opposition lawmakers", "officials", "journalists")
NAMES = (
    "Vladimir Putin", "President Zelenskiy", "Moammar Qaddafi", "Angela Merkle", "Imran Khan", "Lavrov", "Secretary of State Blinken",
    "Hamas", "the Taliban", "the World Bank", "Boko Haram militants", "a former White House official", "Lagos police", "Moscow",
    "Ana Kovac, Croatia's deputy minister of fisheries", "Nigerian Senator Musa Adamu", "Osman Tarik Demir", "Marcus Beam", "a bridge",
    "dozens of protesters in Cairo", "the Supreme Court of India", "Mahmud Ahmadinezhad", "the government of Chad", "gunmen",
)  # fmt: skip


def mentions(number: int) -> list[tuple[str, str]]:
    """So many mentions with dates, half of them descriptions, half names; nothing is kept from one to the next but tables' indexes."""
    described = [f"the {state} {noun}" for state, noun in product(STATES, NOUNS)]
    joined = [text for pair in zip(described, cycle(NAMES), strict=False) for text in pair]
    return list(islice(zip(cycle(joined), cycle(DATES), strict=False), number))


def loaded() -> tuple[float, float]:
    """Seconds of imports and tables, and the peak of memory in MiB, of a process that does nothing else."""
    code = (
        "import time; start = time.perf_counter(); from dragoman.knowledge import base; base.load(); "
        "import resource; print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    return float(out[0]), int(out[1]) / MIB


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mentions", type=int, default=10_000, help="how many mentions (10,000)")
    options = parser.parse_args()
    seconds, memory = min(loaded() for _ in range(3))

    from dragoman.coding.resolving.candidates import Candidates
    from dragoman.knowledge import base

    candidates = Candidates(base.load())
    asked = mentions(options.mentions)
    start, cpu = time.perf_counter(), time.process_time()
    candidates.find("Vladimir Putin", "2021-04-07")
    candidates.find("Lavorv", "2021-04-07")
    candidates.find("Osman Tarik Demir", "2021-04-07")
    first = time.perf_counter() - start
    found = sum(bool(candidates.find(text, date)) for text, date in asked)
    wall, cpu = time.perf_counter() - start, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MIB
    print(f"knowledge: imports and tables {seconds:.2f} s, {memory:.0f} MiB")
    print(f"first mentions, which make the indexes of names: {first:.2f} s")
    print(f"{len(asked):,} mentions, indexes included: {wall:.2f} s (processor time {cpu:.2f}), {found:,} resolved")
    print(f"peak of memory: {peak:.0f} MiB (with the imports of the coder's parts, without its models)")


if __name__ == "__main__":
    main()
