"""What is named on the command line, as reports: text files, JSON Lines files, ``-`` for standard input.

A file whose name ends in ``.jsonl`` or ``.ndjson`` holds a report a line, any other is one report. Standard input is
JSON Lines if it begins with ``{``. A text file's id is its name without the ending, or its path where that id is taken.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath
from typing import BinaryIO

from dragoman.errors import InputError, duplicate_id, empty, is_a_directory, no_such_file, unreadable
from dragoman.model import Report
from dragoman.reading.jsonl import read_jsonl
from dragoman.reading.text import read_text

STDIN = "-"
JSONL_ENDINGS = frozenset({".jsonl", ".ndjson"})


class Sources:
    """The reports of some paths, in order; what cannot be read comes as an ``InputError`` in its place.

    ``date`` overrides the reports' own dates (see ``read_text`` and ``read_jsonl``); ``stdin`` is what ``-`` reads.
    """

    def __init__(self, paths: Sequence[str], date: str = "", stdin: BinaryIO | None = None) -> None:
        self.paths = paths
        self.date = date
        self._stdin = stdin
        self._stdin_data: bytes | None = None

    def __iter__(self) -> Iterator[Report | InputError]:
        seen: dict[str, str] = {}
        for path in self.paths:
            for item in self._read(path, seen):
                if isinstance(item, Report):
                    if item.id in seen:
                        yield duplicate_id(path, item.id, seen[item.id])
                        continue
                    seen[item.id] = path
                yield item

    def single(self) -> bool:
        """Whether there is one text and no file of reports: its record stands alone, not in a list."""
        return len(self.paths) == 1 and not self._is_jsonl(self.paths[0])

    def count(self) -> int:
        """How many reports there are to read, bad ones included: texts, and lines that are not empty."""
        return sum(self._count(path) for path in self.paths)

    def _read(self, path: str, seen: dict[str, str]) -> Iterator[Report | InputError]:
        where = "standard input" if path == STDIN else path
        try:
            if self._is_jsonl(path):
                with self._open(path) as file:
                    yield from self._lines(file, where)
            else:
                with self._open(path) as file:
                    yield read_text(file.read(), _identifier(path, seen), where, self.date)
        except InputError as error:
            yield error
        except FileNotFoundError:
            yield no_such_file(path)
        except IsADirectoryError:
            yield is_a_directory(path)
        except OSError as error:
            yield unreadable(path, error)

    def _lines(self, file: BinaryIO, where: str) -> Iterator[Report | InputError]:
        nothing = True
        for item in read_jsonl(file, where, self.date):
            nothing = False
            yield item
        if nothing:
            yield empty(where)

    def _count(self, path: str) -> int:
        if not self._is_jsonl(path):
            return 1
        try:
            with self._open(path) as file:
                return sum(1 for line in file if line.strip())
        except OSError:  # said when the path is read
            return 1

    def _is_jsonl(self, path: str) -> bool:
        if path == STDIN:
            return self._standard_input().lstrip().startswith(b"{")
        return PurePath(path).suffix.lower() in JSONL_ENDINGS

    def _open(self, path: str) -> BinaryIO:
        return io.BytesIO(self._standard_input()) if path == STDIN else Path(path).open("rb")

    def _standard_input(self) -> bytes:
        if self._stdin_data is None:
            self._stdin_data = self._stdin.read() if self._stdin is not None else b""
        return self._stdin_data


def _identifier(path: str, seen: dict[str, str]) -> str:
    if path == STDIN:
        return "stdin"
    name = PurePath(path).stem
    return name if name not in seen else PurePath(path).as_posix()
