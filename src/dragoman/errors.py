"""What can go wrong with what a user gives, and what Dragoman says then: every text in one place.

A text names what was given (file and line where there is one), what was expected and what to do. The command line
prints it without a traceback and exits with 2; a program catches ``DragomanError``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class DragomanError(Exception):
    """Something the user gave cannot be used; the message is for the person at the keyboard."""


class InputError(DragomanError):
    """A report or a file of reports cannot be read. ``where`` is the file, with the line where there is one."""

    def __init__(self, where: str, problem: str) -> None:
        super().__init__(f"{where}: {problem}")
        self.where = where
        self.problem = problem


class GoldError(DragomanError):
    """A file of annotations does not hold what its part of the evaluation needs."""


class CodingError(DragomanError):
    """A fault of Dragoman's own in one report. ``report_id`` names it; ``__cause__`` is the error that arose."""

    def __init__(self, report_id: str, cause: Exception) -> None:
        told = f"{type(cause).__name__}: {cause}" if str(cause) else type(cause).__name__
        super().__init__(
            f"report {report_id!r}: not coded, for a fault in Dragoman ({told}). Please report it; --debug shows where it arose"
        )
        self.report_id = report_id
        self.__cause__ = cause


class UsageError(DragomanError):
    """Options that do not go together."""


def no_such_file(path: Path | str) -> InputError:
    return InputError(str(path), "there is no such file")


def is_a_directory(path: Path | str) -> InputError:
    return InputError(str(path), "is a directory; name the files in it, as in `dragoman code reports/*.txt`")


def unreadable(path: Path | str, error: OSError) -> InputError:
    return InputError(str(path), f"cannot be read ({error.strerror or error})")


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Opening or reading a file within raises ``InputError`` where there is none, where it is a folder, or cannot be read."""
    try:
        yield
    except FileNotFoundError:
        raise no_such_file(path) from None
    except IsADirectoryError:
        raise is_a_directory(path) from None
    except OSError as error:
        raise unreadable(path, error) from None


def empty(where: str) -> InputError:
    return InputError(where, "is empty; a report needs at least a sentence of text")


def binary(where: str, offset: int) -> InputError:
    return InputError(
        where,
        f"holds a NUL byte at byte {offset}, so it is no text (or UTF-16 without a byte order mark); give plain text in UTF-8",
    )


def not_utf8(where: str, offset: int, byte: int) -> InputError:
    return InputError(
        where,
        f"is not UTF-8: byte 0x{byte:02X} at byte {offset}; if it is Latin-1 or Windows-1252, convert it first: "
        "iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW",
    )


def bad_utf16(where: str, encoding: str, offset: int) -> InputError:
    return InputError(where, f"begins as {encoding} but breaks off at byte {offset}; save it again, best as UTF-8")


def lone_surrogate(where: str, offset: int) -> InputError:
    return InputError(where, f"half of a UTF-16 surrogate pair stands alone at character {offset} of its text; repair the text")


def not_json(where: str, why: str) -> InputError:
    return InputError(where, f"is not JSON ({why}); a line holds one report as a JSON object")


def not_an_object(where: str, found: str) -> InputError:
    return InputError(where, f"holds a JSON {found}; expected an object with the fields id, text and published")


def missing_field(where: str, name: str) -> InputError:
    return InputError(where, f'has no "{name}"; a report needs id and text, and published for its dates')


def empty_field(where: str, name: str) -> InputError:
    return InputError(where, f'"{name}" is empty; a report needs an id and at least a sentence of text')


def wrong_type(where: str, name: str, found: str) -> InputError:
    return InputError(where, f'"{name}" is a JSON {found}; expected a string')


def bad_date(where: str, name: str, given: str) -> InputError:
    return InputError(where, f"{name} is {given!r}; expected an ISO date such as 2021-04-07")


def duplicate_id(where: str, identifier: str, first: str) -> InputError:
    return InputError(where, f"the id {identifier!r} was given before ({first}); ids must differ within a run")


def cannot_write(path: Path | str, why: str) -> DragomanError:
    return DragomanError(f"{path}: cannot be written ({why})")


def unknown_part(path: Path | str) -> GoldError:
    return GoldError(
        f"{path}: its fields belong to no known kind of annotation; say what to measure with --part "
        "reports, relations, statements, places or actors"
    )


def bad_gold(where: str, why: str) -> GoldError:
    return GoldError(f"{where}: {why}")


def no_gold(path: Path | str, half: str) -> GoldError:
    return GoldError(f"{path}: no annotation to measure on" + (f" in its {half} half" if half else ""))


def kept_is_kept() -> UsageError:
    return UsageError("--errors would show reports of the kept half, which is for measuring only; use --half open")


def errors_need_reports(part: str) -> UsageError:
    return UsageError(f"--errors lists the events of reports; the part {part} has none")


# -- the user's own knowledge: registry, actors, gazetteer -----------------------------------------------------------


def no_such_database(path: Path | str, kind: str, how: str) -> InputError:
    return InputError(str(path), f"there is no such {kind}; make it with `{how}`")


def not_a_database(path: Path | str, kind: str) -> InputError:
    return InputError(str(path), f"is no DuckDB file, so no {kind}; name another file (nothing was changed)")


def database_of_another_kind(path: Path | str, kind: str, found: str) -> InputError:
    return InputError(str(path), f"is {'a ' + found if found else 'a DuckDB file of something else'} and no {kind}; name another file")


def database_newer(path: Path | str, maker: str) -> InputError:
    return InputError(str(path), f"was written by {maker}; update Dragoman (pip install -U dragoman), or name another file")


def database_busy(path: Path | str) -> InputError:
    return InputError(str(path), "is in use by another process, and only one may write; wait until it is done, then try again")


def database_damaged(path: Path | str, why: str) -> InputError:
    return InputError(str(path), f"cannot be used ({why}); if it is damaged, take a copy from your backup or make it anew")


def not_a_record(where: str, why: str) -> InputError:
    return InputError(where, f"is no record ({why}); give what `dragoman code --format jsonl` writes")


def unknown_column(where: str, found: str, expected: str) -> InputError:
    return InputError(where, f"unknown column {found!r}; the columns are {expected}")


def missing_column(where: str, name: str, expected: str) -> InputError:
    return InputError(where, f"the header lacks the column {name!r}; the columns are {expected}")


def too_many_fields(where: str, found: int, expected: int) -> InputError:
    return InputError(where, f"{found} fields where the header has {expected}; put a field that holds a comma in double quotes")


def nothing_in_it(where: str, expected: str) -> InputError:
    return InputError(where, f"holds no actor; expected {expected}")


def unknown_country(where: str, given: str, near: str = "") -> InputError:
    hint = f" (did you mean {near}?)" if near else ""
    return InputError(
        where,
        f"unknown country {given!r}{hint}; give a code of ISO 3166-1 alpha-3 such as PAK, an English name, or UNO EUR IGO NGO ISM IMG MNC",
    )


def unknown_sector(where: str, given: str, known: str) -> InputError:
    return InputError(where, f"unknown sector {given!r}; the sectors are {known}")


def unknown_kind(where: str, given: str, known: str) -> InputError:
    return InputError(where, f"unknown kind {given!r}; the kinds are {known}")


def nameless(where: str) -> InputError:
    return InputError(where, "has no name")


def tells_nothing(where: str) -> InputError:
    return InputError(where, "tells neither country nor sector nor office; give at least one")


def ends_before_start(where: str, first: str, last: str) -> InputError:
    return InputError(where, f"ends ({last}) before it starts ({first}); correct one of the two dates")


def bad_day(where: str, name: str, given: str) -> InputError:
    return InputError(where, f"{name} is {given!r}; expected a date as precise as known: 2021, 2021-04 or 2021-04-07")


def bad_dictionary_line(where: str, why: str) -> InputError:
    return InputError(where, f"{why}; a line is NAME_ [CODE dates], +ALIAS_ or, indented, [CODE dates]; # and ; begin a comment")


def cut_off(path: Path | str, after: str) -> InputError:
    return InputError(str(path), f"is cut off {after}; nothing was taken from it. Fetch the file whole and start again")


def bad_entity(where: str, why: str) -> InputError:
    return InputError(where, f"is no Wikidata entity ({why}); a JSON dump holds one entity a line")


def unknown_actor(path: Path | str, name: str, near: str) -> InputError:
    hint = f"; near it: {near}" if near else "; `dragoman actors list` shows all"
    return InputError(str(path), f"no actor {name!r}{hint}")


def ambiguous_actor(path: Path | str, name: str, which: str) -> InputError:
    return InputError(str(path), f"{name!r} may be any of {which}; give the number, as #3")


def same_actor(name: str) -> UsageError:
    return UsageError(f"{name!r} is one actor already; give two to merge")


def split_by_what() -> UsageError:
    return UsageError("say what to split off: --spelling, --country or --office")


def nothing_to_split(name: str) -> UsageError:
    return UsageError(f"{name!r}: nothing, or everything, of it fits; nothing was split off. `dragoman actors show` lists its readings")


def nothing_to_correct() -> UsageError:
    return UsageError("say what is right: --office, --country or --sector, with --from and --to where it holds for a time only")


def bad_geonames(where: str, why: str) -> InputError:
    return InputError(where, f"{why}; expected GeoNames' dump: 19 columns separated by tabs, as in allCountries.txt")
