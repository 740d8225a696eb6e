"""What can go wrong with what a user gives, and what Dragoman says then: every text in one place.

A text names what was given (file and line where there is one), what was expected and what to do. The command line
prints it without a traceback and exits with 2; a program catches ``DragomanError``.
"""

from __future__ import annotations

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
