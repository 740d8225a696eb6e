"""The command line of the registry of actors: ``dragoman actors``. It parses, calls and prints; the work is done in ``knowledge``."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from dragoman.knowledge.registry_rows import Profile

app = typer.Typer(
    no_args_is_help=True, pretty_exceptions_enable=False, context_settings={"help_option_names": ["-h", "--help"]}
)  # fmt: skip
File = Annotated[Path, typer.Option("--registry", metavar="FILE", help="The registry, a DuckDB file.")]
Debug = Annotated[bool, typer.Option("--debug", help="On an error show where in the program it arose.")]
Name = Annotated[
    str, typer.Argument(metavar="NAME", help="A name, words of it that fit one actor only, or its number as #3.", show_default=False)
]
DEFAULT = Path("actors.duckdb")
LISTED = ("number", "name", "country", "sector", "office", "from", "to", "reports", "contradictions")


@app.callback()
def root() -> None:
    """A registry of actors that grows from reading: who held which office when, by which reports, and what you say yourself."""


@app.command(epilog="Example:  dragoman actors learn records.jsonl --registry actors.duckdb")
def learn(
    records: Annotated[
        list[Path], typer.Argument(metavar="RECORDS.jsonl", help="What `dragoman code -o` has written.", show_default=False)
    ],
    registry: File = DEFAULT,
    debug: Debug = False,
) -> None:
    """Take in the offices of persons that records tell, with date, report and words. A report known already adds nothing."""
    from dragoman.knowledge.registry import open_registry
    from dragoman.reading.records import read_records
    from dragoman.rendering.terminal import say

    for path in records:
        _there(path)
    with open_registry(registry, write=True) as opened:
        learnt = opened.learn(read_records(records))
    say(f"{registry}: {learnt.readings} readings from {learnt.new} new reports, {learnt.changed} changed, {learnt.known} known already")


@app.command("import", epilog="Examples:  dragoman actors import mine.csv  ·  dragoman actors import latest-all.json.gz --since 2000")
def import_(
    file: Annotated[
        Path,
        typer.Argument(help="A CSV table, a dictionary in PETRARCH's format, or a JSON dump of Wikidata (.json.gz)", show_default=False),
    ],
    kind: Annotated[
        Literal["csv", "petrarch", "wikidata"] | None,
        typer.Option("--format", "-f", help="What it is. Default: by its ending.", show_default=False),
    ] = None,
    since: Annotated[str, typer.Option(metavar="YYYY", help="Of a Wikidata dump leave out offices that ended before.")] = "1990",
    registry: File = DEFAULT,
    debug: Debug = False,
) -> None:
    """Take in actors of your own; they win over the tables and over what was read. The same file again takes the place of the first."""
    from dragoman.errors import bad_day
    from dragoman.knowledge.imports import is_day, read_actors
    from dragoman.knowledge.registry import open_registry
    from dragoman.rendering.terminal import say, share

    if since and not is_day(since):
        raise bad_day("--since", "the date", since)
    with share("read") as advance:
        entries = list(read_actors(file, kind, since, advance))
    with open_registry(registry, write=True) as opened:
        count = opened.take(entries, file.name)
    say(f"{registry}: {count} entries from {file}")


@app.command(
    "list", epilog="Examples:  dragoman actors list  ·  dragoman actors list --contradictions  ·  dragoman actors list --country PAK"
)
def list_(
    country: Annotated[str, typer.Option(metavar="ISO", help="Only actors of a country.", show_default=False)] = "",
    contradictions: Annotated[bool, typer.Option("--contradictions", help="Only actors of whom reports disagree.")] = False,
    registry: File = DEFAULT,
    debug: Debug = False,
) -> None:
    """List the actors, each with what is best known of it: a table on a terminal, tab-separated lines else."""
    from dragoman.knowledge.registry import open_registry

    with open_registry(registry) as opened:
        found = [
            profile
            for profile in opened.profiles()
            if (not contradictions or profile.contradictions) and (not country or country.upper() in _countries(profile))
        ]
    _print(map(_line, found))


@app.command(epilog="Example:  dragoman actors search quershi")
def search(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Words of a name, perhaps misspelt.", show_default=False)],
    registry: File = DEFAULT,
    debug: Debug = False,
) -> None:
    """List the actors whose name has these words, or else is like them."""
    from dragoman.knowledge.registry import open_registry

    with open_registry(registry) as opened:
        found = opened.search(name)
    _print(map(_line, found))


@app.command(epilog="Example:  dragoman actors show Qureshi")
def show(name: Name, registry: File = DEFAULT, debug: Debug = False) -> None:
    """Show all that is known of an actor: your entries, what was read, when, in how many reports, by which words."""
    from dragoman.knowledge.registry import open_registry

    with open_registry(registry) as opened:
        found = opened.find(name)
    _show(found)


@app.command(epilog="Example:  dragoman actors merge 'Shah Mahmood Qureshi' 'S. M. Qureshi'")
def merge(
    one: Annotated[str, typer.Argument(metavar="A", help="The actor whose name is kept.", show_default=False)],
    other: Annotated[str, typer.Argument(metavar="B", help="The actor that becomes part of it.", show_default=False)],
    registry: File = DEFAULT,
    debug: Debug = False,
) -> None:
    """Make two actors one: what is read of B from now on is read of A."""
    from dragoman.knowledge.registry import open_registry

    with open_registry(registry, write=True) as opened:
        found = opened.merge(one, other)
    _show(found)


@app.command(epilog="Examples:  dragoman actors split 'Li Wei' --country SGP  ·  dragoman actors split Qureshi --spelling 'Moeen Qureshi'")
def split(
    name: Name,
    spelling: Annotated[str, typer.Option(metavar="NAME", help="What was read under this spelling.", show_default=False)] = "",
    country: Annotated[str, typer.Option(metavar="ISO", help="What was read with this country.", show_default=False)] = "",
    office: Annotated[str, typer.Option(metavar="TITLE", help="What was read with this office.", show_default=False)] = "",
    registry: File = DEFAULT,
    debug: Debug = False,
) -> None:
    """Make part of an actor one of its own, if one name means two persons or a merge was wrong. Later readings follow."""
    from dragoman.knowledge.base import load
    from dragoman.knowledge.imports import Checks
    from dragoman.knowledge.registry import open_registry

    code = Checks(load()).country(country, "--country")
    with open_registry(registry, write=True) as opened:
        found = opened.split(name, spelling=spelling, country=code, office=office)
    _show(found)


@app.command(
    epilog="Examples:  dragoman actors correct Qureshi --office 'foreign minister' --from 2018-08-20 --to 2022-04-10  ·  "
    "dragoman actors correct '#7' --country UKR"
)
def correct(
    name: Name,
    office: Annotated[str | None, typer.Option(metavar="TITLE", help="The office; '' for none.", show_default=False)] = None,
    country: Annotated[str | None, typer.Option(metavar="ISO", help="The country, by code or English name.", show_default=False)] = None,
    sector: Annotated[str | None, typer.Option(metavar="SECTOR", help="PLOVER's sector.", show_default=False)] = None,
    first: Annotated[str, typer.Option("--from", metavar="DATE", help="The first day, as precise as known.", show_default=False)] = "",
    last: Annotated[str, typer.Option("--to", metavar="DATE", help="The last day.", show_default=False)] = "",
    registry: File = DEFAULT,
    debug: Debug = False,
) -> None:
    """Say by hand what is right of an actor; what you leave out stays as it is best known. A correction wins over everything."""
    from dragoman.knowledge.base import load
    from dragoman.knowledge.imports import Checks
    from dragoman.knowledge.registry import open_registry

    checks = Checks(load())
    code = None if country is None else checks.country(country, "--country")
    known = None if sector is None else checks.sector(sector, "--sector")
    begin, end = checks.days(first, last, f"correction of {name!r}", ("--from", "--to"))
    with open_registry(registry, write=True) as opened:
        found = opened.correct(name, office=office, country=code, sector=known, first=begin, last=end)
    _show(found)


@app.command(epilog="Example:  dragoman actors export -o actors.csv")
def export(
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="CSV file to write; it appears whole or not at all.")],
    registry: File = DEFAULT,
    debug: Debug = False,
) -> None:
    """Write all that is known as a table, a line an entry or finding, in the columns that `actors import` reads."""
    from dragoman.knowledge.imports import COLUMNS, EXPORTED
    from dragoman.knowledge.registry import open_registry
    from dragoman.rendering.output import whole_file
    from dragoman.rendering.terminal import say

    with open_registry(registry) as opened, whole_file(output) as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow((*COLUMNS, *EXPORTED))
        rows = [row for profile in opened.profiles() for row in _exported(profile)]
        writer.writerows(rows)
    say(f"{output}: {len(rows)} lines")


# -- what is printed -------------------------------------------------------------------------------------------------


def _there(path: Path) -> None:
    """Say that a file is missing before a registry is made for it."""
    from dragoman.errors import is_a_directory, no_such_file

    if path.is_dir():
        raise is_a_directory(path)
    if not path.exists():
        raise no_such_file(path)


def _countries(profile: Profile) -> set[str]:
    return {sourced.entry.country for sourced in profile.entries} | {finding.country for finding in profile.findings}


def _line(profile: Profile) -> tuple[str, ...]:
    """An actor in a line: the user's entry that wins, else the finding of most reports."""
    reports = str(sum(finding.reports for finding in profile.findings))
    told: tuple[str, ...] = ("", "", "", "", "")
    if profile.entries:
        entry = profile.entries[0].entry
        told = (entry.country, entry.sector, entry.office, entry.first, entry.last)
    elif profile.findings:
        best = profile.findings[0]
        told = (best.country, best.sector, best.office, best.first, best.last)
    return (f"#{profile.number}", profile.name, *told, reports, "; ".join(profile.contradictions))


def _exported(profile: Profile) -> Iterator[tuple[str, ...]]:
    aliases = "|".join(spelling for spelling in profile.spellings if spelling != profile.name)
    for sourced in profile.entries:
        entry = sourced.entry
        names = "|".join(dict.fromkeys((*entry.aliases, *filter(None, aliases.split("|")))))
        own = (entry.kind, entry.country, entry.sector, entry.office, entry.first, entry.last)
        yield (entry.name, names, *own, sourced.source, "", "")
    for finding in profile.findings:
        read = (finding.country, finding.sector, finding.office, finding.first, finding.last)
        yield (profile.name, aliases, profile.kind, *read, "read", str(finding.reports), "; ".join(profile.contradictions))


def _show(profile: Profile) -> None:
    others = [spelling for spelling in profile.spellings if spelling != profile.name]
    print(f"#{profile.number} {profile.name} ({profile.kind})" + (f", also: {', '.join(others)}" if others else ""))
    if profile.entries:
        print("\nyours, which win in this order:")
        rows = [(item.entry, item.source) for item in profile.entries]
        _print(((e.office, e.country, e.sector, e.first, e.last, source) for e, source in rows), OWN)
    if profile.findings:
        print("\nread:")
        _print(((f.office, f.country, f.sector, f.first, f.last, str(f.reports), f.report, f.words) for f in profile.findings), READ)
    for contradiction in profile.contradictions:
        print(f"\nreports disagree on the {contradiction}; say which is right: dragoman actors correct '#{profile.number}' ...")


OWN = ("office", "country", "sector", "from", "to", "source")
READ = ("office", "country", "sector", "first", "last", "reports", "as in", "words")


WRAPPED = frozenset({"name", "office", "contradictions", "source", "as in", "words"})


def _print(rows: Iterable[Sequence[str]], header: Sequence[str] = LISTED) -> None:
    """Rows under a header: on a terminal a table without its empty columns, else tab-separated lines."""
    if not sys.stdout.isatty():
        for row in (header, *rows):
            print("\t".join(row))
        return
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    listed = list(rows)
    shown = [at for at, name in enumerate(header) if name == "name" or any(row[at] for row in listed)]
    for at in shown:
        table.add_column(header[at], no_wrap=header[at] not in WRAPPED, overflow="fold")
    for row in listed:
        table.add_row(*(Text(row[at]) for at in shown))
    Console().print(table)
