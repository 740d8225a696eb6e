"""Measures and writes the figures into README.md and docs/evaluation.md, between ``<!-- figures:start -->`` and ``<!-- figures:end -->``.

    python docs/figures.py            measures everything (some minutes) and writes both tables
    python docs/figures.py --check    says which figures would change, and writes nothing

Needs the annotated data under ``../shared``. Each figure comes from the command that stands above or beside it.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
TARGETS = (ROOT / "README.md", ROOT / "docs" / "evaluation.md")
BLOCK = re.compile(r"(?<=<!-- figures:start -->\n).*?(?=<!-- figures:end -->)", re.DOTALL)
Json = dict[str, Any]

SEEN = """On corpora of others. They were at hand while rules and word lists were written (places: one half of GeoVirus and of LGL was used
to choose the weights), so take these as figures on material that is partly known:"""
REPORTS = "../shared/gold/dev.jsonl --half kept"
# measure: what it is called for readers, and the agreement of a second annotator with the first on twelve other reports
# (README.md beside the annotated data)
QUESTIONS = {
    "events.found": ("events found", "0.950"),
    "events.typed": ("events found with the right type", "0.931"),
    "events.coded": ("events as type and countries of both sides", "0.832"),
    "event.actors": ("all parties of an event found", "0.904"),
    "status": ("whether: right status", "0.989"),
    "date": ("when: right start", "0.907"),
    "place": ("where: right country", "0.959"),
    "actors.found": ("who: actors found", "0.986"),
    "actors.country": ("right country", "0.966"),
    "actors.sector": ("right sector", "0.969"),
    "statements.found": ("statements found", "0.951"),
    "statements.speaker": ("right speaker", "1.000"),
    "engagements.found": ("engagements found", "0.870"),
}


@dataclass(frozen=True, slots=True)
class Corpus:
    """A corpus of others: its name, the arguments of ``dragoman evaluate``, the measures shown."""

    name: str
    arguments: str
    measures: tuple[str, ...]


CORPORA = (
    Corpus(
        "PLV, sentences with two marked actors (trained on; 0.839 macro-F1 cross-validated)",
        "../shared/corpora/plv_train.jsonl",
        ("accuracy", "macro_f1"),
    ),
    Corpus("PolNeAR, news articles", "../shared/corpora/polnear_dev.jsonl", ("content", "source", "attributions", "source.of_found")),
    Corpus("GeoVirus, Wikinews", "../shared/corpora/geo_geovirus.jsonl", ("within_161_km", "found")),
    Corpus("LGL, local news", "../shared/corpora/geo_lgl_half.jsonl", ("within_161_km", "country", "found")),
    Corpus("NGEC's actor cases", "../shared/corpora/actor_cases.jsonl", ("right", "right.none", "right.agents", "right.knowledge")),
)


def main() -> None:
    table = "\n".join(_lines()) + "\n"
    changed = [path for path in TARGETS if _written(path, table) != path.read_text(encoding="utf-8")]
    if "--check" in sys.argv[1:]:
        print(table if changed else "the figures are those of today")
        raise SystemExit(bool(changed))
    for path in changed:
        path.write_text(_written(path, table), encoding="utf-8")
    print(table)


def _written(path: Path, table: str) -> str:
    return BLOCK.sub(lambda _: table, path.read_text(encoding="utf-8"))


def _lines() -> Iterator[str]:
    outcome = evaluate(REPORTS)
    kept = "kept aside: never trained on nor read for errors, but measured often, so slightly flattering"
    yield f"On {outcome['items']} reports annotated by hand and {kept}"
    yield f"(`dragoman evaluate {REPORTS}`):\n"
    yield "| | measure | Dragoman | second reader | n |"
    yield "|---|---|---|---|---|"
    for name, (told, reader) in QUESTIONS.items():
        measure = outcome["measures"][name]
        yield f"| {told} | `{name}`, {_kind(measure)} | **{_figure(measure)}** | {reader} | {measure['n']:,} |"
    yield f"\n{SEEN}\n"
    yield "| corpus | measure | figure | n | command |"
    yield "|---|---|---|---|---|"
    for corpus in CORPORA:
        measures = evaluate(corpus.arguments)["measures"]
        for number, name in enumerate(corpus.measures):
            command = f"`dragoman evaluate {corpus.arguments}`" if number == 0 else ""
            label = corpus.name if number == 0 else ""
            yield f"| {label} | `{name}`, {_kind(measures[name])} | **{_figure(measures[name])}** | {measures[name]['n']:,} | {command} |"


def evaluate(arguments: str) -> Json:
    """What ``dragoman evaluate`` measures. Raises ``SystemExit`` where it fails."""
    command = [sys.executable, "-W", "ignore", "-c", "from dragoman.cli import main; main()", "evaluate", *arguments.split(), "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise SystemExit(f"dragoman evaluate {arguments}: {done.stderr.strip()}")
    found: Json = json.loads(done.stdout)
    return found


def _kind(measure: Json) -> str:
    return "F1" if "f1" in measure or "macro_f1" in measure else "share"


def _figure(measure: Json) -> str:
    value = next(measure[key] for key in ("f1", "macro_f1", "share") if key in measure)
    return "-" if value is None else f"{value:.3f}"


if __name__ == "__main__":
    main()
