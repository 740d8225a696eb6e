"""The command line of the user's own gazetteer: ``dragoman gazetteer build``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    help="A gazetteer of your own, with every village of GeoNames.", no_args_is_help=True, pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)  # fmt: skip


@app.callback()
def root() -> None:
    """A gazetteer of your own, with every village of GeoNames: 12 million places that the shipped one leaves out."""


@app.command(
    epilog="Examples:  dragoman gazetteer build allCountries.zip -o places.duckdb  ·  "
    "dragoman gazetteer build PK.txt -o pakistan.duckdb --classes AP"
)
def build(
    dump: Annotated[Path, typer.Argument(help="GeoNames' dump, of all countries or of one: .txt, .zip or .txt.gz", show_default=False)],
    output: Annotated[Path, typer.Option("--output", "-o", help="File to write; it appears whole or not at all.")] = Path("places.duckdb"),
    classes: Annotated[
        str,
        typer.Option(
            metavar="LETTERS",
            help="Feature classes to keep: A divisions, P settlements, L areas, H waters, T hills, S spots, R roads, U undersea, V woods.",
        ),
    ] = "AHLPRSTUV",
    debug: Annotated[bool, typer.Option("--debug", help="On an error show where in the program it arose.")] = False,
) -> None:
    """Build a gazetteer from GeoNames' dump, for `dragoman code --gazetteer`."""
    from dragoman.knowledge.geonames import CLASSES, build
    from dragoman.rendering.terminal import say, share

    classes = classes.upper()
    if unknown := sorted(set(classes) - set(CLASSES)):
        raise typer.BadParameter(f"unknown feature class {' '.join(unknown)}; they are {' '.join(CLASSES)}", param_hint="--classes")
    with share("places") as advance:
        built = build(dump, output, classes, advance)
    say(f"{output}: {built.places:,} places under {built.names:,} names")
