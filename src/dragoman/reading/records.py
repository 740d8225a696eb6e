"""Records that ``dragoman code`` has written, read again: JSON Lines, one record a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import ValidationError

from dragoman.errors import not_a_record, reading
from dragoman.model import Record


def read_records(paths: Sequence[Path]) -> Iterator[Record]:
    """The records of some files, in order, as a stream.

    Raises:
        InputError: a file cannot be read, or a line is no record; the error names file and line.
    """
    for path in paths:
        with reading(path):
            file = path.open("rb")
        with file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield _record(line, f"{path}, line {number}")


def _record(line: bytes, where: str) -> Record:
    try:
        return Record.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"]))
        raise not_a_record(where, f"{field}: {first['msg']}" if field else first["msg"]) from None
