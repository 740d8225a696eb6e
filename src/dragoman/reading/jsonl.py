"""JSON Lines: one report a line.

Fields: ``id`` and ``text`` (needed), ``published`` (ISO date or time stamp), ``title``, ``url``, ``publisher``
(``source`` is read in its stead), ``language`` (ISO 639-1). Other fields are passed over, empty lines too. A bad line
comes back as an ``InputError`` that names file and line; the lines after it are read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from dragoman.errors import InputError, empty_field, missing_field, not_an_object, not_json, wrong_type
from dragoman.model import Report
from dragoman.reading.decode import decode, has_wide_mark, whole
from dragoman.reading.text import iso_date

JSON_NAMES = {dict: "object", list: "array", str: "string", int: "number", float: "number", bool: "boolean"}


def read_jsonl(lines: Iterable[bytes], where: str, date: str = "") -> Iterator[Report | InputError]:
    """The reports of a file's lines, in order. ``date``, if given, overrides every report's own."""
    try:
        for number, line in enumerate(_as_utf8(lines, where), start=1):
            if line.strip():
                yield _report_or_error(line, f"{where}, line {number}", date)
    except InputError as error:  # the file as a whole is no text
        yield error


def _report_or_error(line: bytes, where: str, date: str) -> Report | InputError:
    try:
        return _report(line, where, date)
    except InputError as error:
        return error


def _as_utf8(lines: Iterable[bytes], where: str) -> Iterator[bytes]:
    """The lines as they are; a file in UTF-16 or UTF-32 cannot be cut at bytes and is decoded whole first."""
    remaining = iter(lines)
    first = next(remaining, b"")
    if has_wide_mark(first):
        text = decode(first + b"".join(remaining), where)
        yield from (line.encode("utf-8", "surrogatepass") for line in text.split("\n"))
    else:
        yield first
        yield from remaining


def _report(line: bytes, where: str, date: str) -> Report:
    row = _object(decode(line, where), where)
    identifier = row.get("id")
    if isinstance(identifier, int) and not isinstance(identifier, bool):
        identifier = str(identifier)
    identifier = _needed(row | {"id": identifier}, "id", where)
    text = _needed(row, "text", where)
    published = date or _string(row, "published", where)
    return Report(
        id=whole(identifier, where),
        text=whole(text, where),
        published=iso_date(published, where, '"published"') if published else "",
        title=whole(_string(row, "title", where), where),
        language=_string(row, "language", where).lower()[:2],
        publisher=whole(_string(row, "publisher", where) or _string(row, "source", where), where),
        url=whole(_string(row, "url", where), where),
    )


def _object(line: str, where: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise not_json(where, f"{error.msg} at column {error.colno}") from None
    except (ValueError, RecursionError):  # a number of thousands of digits; brackets nested by the thousand
        raise not_json(where, "nested too deep or a number too long") from None
    if not isinstance(row, dict):
        raise not_an_object(where, JSON_NAMES.get(type(row), "null"))
    return row


def _needed(row: dict[str, Any], name: str, where: str) -> str:
    value = _string(row, name, where)
    if row.get(name) is None:
        raise missing_field(where, name)
    if not value.strip():
        raise empty_field(where, name)
    return value


def _string(row: dict[str, Any], name: str, where: str) -> str:
    value = row.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise wrong_type(where, name, JSON_NAMES[type(value)])
    return value
