"""Reading the tables of knowledge: CSV files with a header line, ``|`` between the items of a list, ``#`` comments.

A fault names the file and the line and says what is expected; nothing is half-loaded.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

DATA = files("dragoman.knowledge") / "data"


class TableError(ValueError):
    """A table of knowledge that cannot be read: file, line, what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: ``row["name"]`` is text, ``row.items("aliases")`` a list."""

    where: str
    fields: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.fields[column]

    def items(self, column: str) -> list[str]:
        return [item.strip() for item in self.fields[column].split("|") if item.strip()]


def read_table(path: Traversable, columns: tuple[str, ...]) -> Iterator[Row]:
    """The rows of a table. ``columns`` must all stand in its header.

    Raises:
        TableError: a missing column, or a line with too many or too few fields.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    numbered = [(number, line) for number, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    if not numbered:
        raise TableError(f"{path.name}: is empty; expected a header line with {', '.join(columns)}")
    reader = csv.reader(line for _, line in numbered)
    header = next(reader)
    missing = [column for column in columns if column not in header]
    if missing:
        raise TableError(f"{path.name}:{numbered[0][0]}: the header lacks {', '.join(missing)}")
    for (number, line), values in zip(numbered[1:], reader, strict=False):
        where = f"{path.name}:{number}"
        if len(values) > len(header) or not values:
            raise TableError(f"{where}: {len(values)} fields where the header has {len(header)}: {line[:60]}")
        values += [""] * (len(header) - len(values))
        yield Row(where, dict(zip(header, (value.strip() for value in values), strict=True)))
