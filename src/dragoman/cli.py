"""The command line. It parses, calls and says what went wrong; the work is done elsewhere.

Results go to standard output, all else to standard error. Exit codes: 0 all well, 1 a failure of Dragoman's own, 2 bad
usage or input (what could be read is coded all the same), 130 interrupted, 141 nobody reads the output.

Modules that take long to import are imported where they are needed, so that ``--help`` comes at once.
"""

from __future__ import annotations

import os
import sys
import traceback
from importlib import metadata
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from dragoman import cli_actors, cli_gazetteer
from dragoman.errors import DragomanError, errors_need_reports, kept_is_kept
from dragoman.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dragoman.coding.coder import Coder
    from dragoman.errors import CodingError
    from dragoman.model import Record, Report
    from dragoman.reading.sources import Sources
    from dragoman.rendering.output import Format
    from dragoman.rendering.terminal import Notices

ENDINGS: dict[str, Format] = {".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".md": "markdown"}
FAILURE, BAD_INPUT, BROKEN_PIPE = 1, 2, 141  # 130, interrupted, is Typer's

app = typer.Typer(
    name="dragoman",
    help="Reads news reports and writes the diplomatic record: who did what to whom, when, where, planned or done, and "
    "who says so.\n\nExample: dragoman code report.txt",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Debug = Annotated[bool, typer.Option("--debug", help="On an error show where in the program it arose.")]


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and the fingerprint of models and knowledge.")] = False,
    verbose: Annotated[
        bool,
        typer.Option("-v", "--verbose", help="With --version: the sources of data and weights and their licences."),
    ] = False,
) -> None:
    if version:
        print(f"dragoman {__version__} ({_coder().fingerprint})")
        if verbose:
            print(f"\n{_notice()}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        raise typer.BadParameter("expected a command; see `dragoman --help`")


@app.command(
    epilog="Examples:  dragoman code report.txt  ·  dragoman code reports.jsonl -o records.jsonl  ·  "
    "curl -s URL | dragoman code - --date 2021-04-07 --format json"
)
def code(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PATH|-",
            help="Text files, a report each; .jsonl files, a report a line (id, text, published); - for standard input",
            show_default=False,
        ),
    ] = None,
    form: Annotated[
        Literal["pretty", "json", "jsonl", "markdown"] | None,
        typer.Option("--format", "-f", help="Default: pretty on a terminal, else jsonl or by the ending of --output."),
    ] = None,
    date: Annotated[
        str,
        typer.Option(
            metavar="YYYY-MM-DD",
            help="Date of publication, in place of the reports' own. A year alone completes datelines: KYIV, March 3.",
            show_default=False,
        ),
    ] = "",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write; it appears whole or not at all.")] = None,
    least: Annotated[
        float,
        typer.Option(
            "--min-confidence",
            min=0,
            max=1,
            metavar="P",
            help="Leave out events and statements less likely than this: of those that say 0.8, about four in five are right.",
        ),
    ] = 0.0,
    actors: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Actors of your own, in CSV as for `actors import`; they win over all others.", show_default=False
        ),
    ] = None,
    registry: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A registry of actors (`dragoman actors learn`), laid over the tables.", show_default=False),
    ] = None,
    gazetteer: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A gazetteer (`dragoman gazetteer build`) for places that ours lacks.", show_default=False),
    ] = None,
    debug: Debug = False,
) -> None:
    """Code reports: print the record of each, in the order they are given."""
    from dragoman.reading.sources import STDIN, Sources
    from dragoman.rendering.terminal import Notices

    if not paths and sys.stdin.isatty():
        raise typer.BadParameter("name a file to code, or - for standard input", param_hint="PATH")
    sources = Sources(paths or [STDIN], _date_option(date), sys.stdin.buffer)
    coder = _coder_with(actors, registry, gazetteer)
    notices = Notices()
    chosen = form or _format_for(output)
    if output is None:
        _print_records(coder, sources, notices, chosen, debug, least)
    else:
        _save_records(coder, sources, notices, chosen, output, debug, least)
    notices.close()
    if notices.errors:
        raise typer.Exit(BAD_INPUT)


@app.command(
    epilog="Examples:  dragoman evaluate gold.jsonl  ·  dragoman evaluate gold.jsonl --half open --errors 20  ·  "
    "dragoman evaluate plv.jsonl --part relations --json"
)
def evaluate(
    gold: Annotated[Path, typer.Argument(help="Annotated data, one item a line.", show_default=False)],
    part: Annotated[
        Literal["reports", "relations", "statements", "places", "actors"] | None,
        typer.Option(help="What to measure. Default: by the fields of the file.", show_default=False),
    ] = None,
    half: Annotated[
        Literal["open", "kept"] | None,
        typer.Option(
            help="Only a fixed half of the items: the open one, to look at, or the kept one, for measuring only.",
            show_default=False,
        ),
    ] = None,
    errors: Annotated[int, typer.Option(min=0, metavar="N", help="List the first N missed, mistyped and false events.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as one line of JSON.")] = False,
    debug: Debug = False,
) -> None:
    """Code annotated data and score the result."""
    from rich.console import Console

    from dragoman.evaluation.run import Evaluation
    from dragoman.rendering.mistakes import render
    from dragoman.rendering.terminal import progress, say

    if errors and half == "kept":
        raise kept_is_kept()
    evaluation = Evaluation(gold, part, half)
    if errors and evaluation.part != "reports":
        raise errors_need_reports(evaluation.part)
    if errors and half is None:
        say("note: these are errors of both halves; --half open leaves one to measure on")
    with progress(len(evaluation), evaluation.part) as advance:
        outcome = evaluation.run(_coder(), advance)
    if as_json:
        print(outcome.total.to_json())
        return
    console = Console(highlight=False)
    for line in render(outcome.mistakes[:errors]):
        console.print(line, soft_wrap=True)
    console.print(outcome.total)


@app.command(epilog="Example:  dragoman schema > record.schema.json")
def schema() -> None:
    """Print the JSON Schema of a record."""
    import json

    from dragoman.model import Record

    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    print(json.dumps(dialect | Record.model_json_schema(mode="serialization"), indent=2))


app.add_typer(cli_actors.app, name="actors")
app.add_typer(cli_gazetteer.app, name="gazetteer")


def main() -> None:
    """The ``dragoman`` command."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command; its exit code. Every error a user can meet is said here, those of usage by Typer."""
    from dragoman.rendering.terminal import say

    try:
        app(arguments, prog_name="dragoman")
    except SystemExit as done:
        return _flushed(done.code if isinstance(done.code, int) else 0)
    except DragomanError as error:
        if "--debug" in arguments:
            raise
        say(str(error))
        return BAD_INPUT
    except Exception as error:
        if "--debug" in arguments:
            raise
        say(f"a fault in Dragoman: {type(error).__name__}: {error}. Please report it; --debug shows where it arose.")
        return FAILURE
    return 0


def _flushed(exit_code: int) -> int:
    """The exit code, or that of a broken pipe where nobody has read the output to its end."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        return _unread()
    return exit_code


def _unread() -> int:
    """Nobody reads on: keep the interpreter from complaining when it closes the pipe."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return BROKEN_PIPE


def _date_option(given: str) -> str:
    from dragoman.reading.text import YEAR, iso_date

    return given if not given or YEAR.fullmatch(given) else iso_date(given, "--date", "the date")


def _format_for(output: Path | None) -> Format:
    if output is not None:
        return ENDINGS.get(output.suffix.lower(), "jsonl")
    return "pretty" if sys.stdout.isatty() else "jsonl"


def _coder() -> Coder:
    from dragoman.coding.coder import Coder

    return Coder()


def _coder_with(actors: Path | None, registry: Path | None, gazetteer: Path | None) -> Callable[[], Coder]:
    """What makes the coder. The user's own files are read, and refused, here: before anything is coded."""
    if actors is None and registry is None and gazetteer is None:
        return lambda: _coder()
    overlay, world = None, None
    if actors is not None or registry is not None:
        from dragoman.knowledge.registry import overlay_of

        overlay = overlay_of(actors, registry)
    if gazetteer is not None:
        from dragoman.knowledge.geonames import World

        world = World(gazetteer)

    def make() -> Coder:
        from dragoman.coding.coder import Coder

        return Coder(overlay=overlay, world=world)

    return make


def _notice() -> str:
    """The sources of data and weights with their licences: the file NOTICE, beside the source or as installed."""
    beside_source = Path(__file__).parents[2] / "NOTICE"  # an editable installation keeps the one of the day it was made
    if beside_source.is_file() and beside_source.with_name("pyproject.toml").is_file():
        return beside_source.read_text(encoding="utf-8")
    return metadata.distribution("dragoman").read_text("licenses/NOTICE") or ""


def _print_records(coder: Callable[[], Coder], sources: Sources, notices: Notices, form: Format, debug: bool, least: float) -> None:
    from dragoman.rendering.output import write

    try:
        write(_records(coder, sources, notices, debug, least, bar=not sys.stdout.isatty()), sys.stdout, form, sources.single())
    except BrokenPipeError:
        raise typer.Exit(_unread()) from None


def _save_records(
    coder: Callable[[], Coder], sources: Sources, notices: Notices, form: Format, output: Path, debug: bool, least: float
) -> None:
    from dragoman.rendering.output import whole_file, write

    records = _records(coder, sources, notices, debug, least, bar=True)
    if (first := next(records, None)) is not None:  # where nothing can be coded no file is made
        with whole_file(output) as file:
            write(chain([first], records), file, form, sources.single())


def _records(coder: Callable[[], Coder], sources: Sources, notices: Notices, debug: bool, least: float, bar: bool) -> Iterator[Record]:
    """The records of what can be read and coded; what cannot, and what the reader should know, is noted."""
    from dragoman.coding.record import without_doubtful
    from dragoman.rendering.terminal import progress

    with progress(sources.count(), "reports", bar) as advance:
        reports = _readable(sources, notices, advance)
        if (first := next(reports, None)) is None:  # spares the coder's loading
            return

        def failed(error: CodingError) -> None:
            if debug:
                traceback.print_exception(error.__cause__ or error)
            notices.error(error)
            advance()

        for record in coder().code_many(chain([first], reports), on_error=failed):
            notices.record(record)
            advance()
            yield without_doubtful(record, least) if least else record


def _readable(sources: Sources, notices: Notices, advance: Callable[[], None]) -> Iterator[Report]:
    from dragoman.model import Report

    for item in sources:
        if isinstance(item, Report):
            notices.report(item)
            yield item
        else:
            notices.error(item)
            advance()
