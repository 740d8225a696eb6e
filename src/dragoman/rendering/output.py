"""Records to a stream, in one of the formats, and files that are there whole or not at all."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Literal

from dragoman.errors import cannot_write
from dragoman.model import Record

Format = Literal["pretty", "json", "jsonl", "markdown"]
FILE_WIDTH = 100  # columns of a pretty record that goes to a file
INDENT = 2


def write(records: Iterable[Record], out: IO[str], form: Format, single: bool) -> int:
    """Write records as they come; how many. ``json`` makes an array of them, or an object of a ``single`` one."""
    if form == "json" and not single:
        return _array(records, out)
    put = _writer(form, out)
    count = 0
    for count, record in enumerate(records, start=1):  # noqa: B007
        put(record)
        out.flush()
    return count


@contextmanager
def whole_file(path: Path) -> Iterator[IO[str]]:
    """A file to write that takes its name only when all is written; on an error nothing is left of it.

    What is there and no plain file (a pipe, ``/dev/null``) is written directly. Raises ``DragomanError`` where the file
    cannot be made.
    """
    try:
        if path.exists() and not path.is_file():
            with path.open("w", encoding="utf-8", newline="\n") as direct:
                yield direct
            return
        target = path.resolve()  # a link keeps pointing at the file it names
        part = target.with_name(f".{target.name}.{os.getpid()}.part")
        file = part.open("x", encoding="utf-8", newline="\n")
    except OSError as error:
        raise cannot_write(path, error.strerror or str(error)) from error
    try:
        with file:
            yield file
        if target.exists():
            part.chmod(target.stat().st_mode & 0o7777)
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _writer(form: Format, out: IO[str]) -> Callable[[Record], object]:
    if form == "jsonl":
        return lambda record: out.write(record.to_json() + "\n")
    if form == "json":
        return lambda record: out.write(record.to_json(indent=INDENT) + "\n")
    if form == "markdown":
        from dragoman.rendering import markdown

        return lambda record: out.write(markdown.render(record))
    from rich.console import Console

    from dragoman.rendering import pretty

    console = Console(file=out, highlight=False, width=None if out.isatty() else FILE_WIDTH)
    return lambda record: pretty.render(record, console)


def _array(records: Iterable[Record], out: IO[str]) -> int:
    count = 0
    out.write("[")
    for count, record in enumerate(records, start=1):
        out.write(",\n" if count > 1 else "\n")
        out.write(json.dumps(json.loads(record.to_json()), ensure_ascii=False, indent=INDENT))
        out.flush()
    out.write("\n]\n" if count else "]\n")
    return count
