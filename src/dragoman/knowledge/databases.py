"""DuckDB files of the user's own: the registry of actors and the gazetteer of the world. Opening, versions, one writer at a time.

A file says in its table ``dragoman`` what it is and by which form (``kind``, ``version``). A file that says something else is
never written to. Everything between opening and closing is one transaction: all of it is kept or nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.errors import (
    database_busy,
    database_damaged,
    database_newer,
    database_of_another_kind,
    is_a_directory,
    no_such_database,
    not_a_database,
)  # fmt: skip

if TYPE_CHECKING:
    import duckdb

MAGIC = b"DUCK"  # bytes 8 to 11 of every DuckDB file


class Form:
    """What a kind of file holds: its name for the user, the version of its tables, the statements that make them."""

    def __init__(self, kind: str, version: int, tables: Sequence[str], how: str) -> None:
        self.kind = kind
        self.version = version
        self.tables = tables
        self.how = how  # the command that makes such a file


@contextmanager
def database(path: Path, form: Form, write: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection in a transaction, committed at the end, rolled back on an error; a file made by a failed one is removed.

    Args:
        path: the file; made if it is not there and ``write`` is true.
        form: what the file has to be.
        write: whether it is to be changed; DuckDB lets one process write, or many read.

    Raises:
        InputError: the file is missing, no DuckDB file, of another kind or a newer form, damaged, or in use.
    """
    import duckdb

    made = not path.exists()
    if made and not write:
        raise no_such_database(path, form.kind, form.how)
    connection = _connect(path, form, write)
    try:
        if write:
            connection.execute("BEGIN")
        if made:
            _make(connection, form)
        _check(connection, path, form)
        yield connection
        if write:
            connection.execute("COMMIT")
    except BaseException as error:
        with suppress(duckdb.Error):
            connection.execute("ROLLBACK")
        connection.close()
        if made:
            for leftover in (path, path.with_name(path.name + ".wal")):
                leftover.unlink(missing_ok=True)
        if isinstance(error, duckdb.TransactionException):
            raise database_busy(path) from None
        if isinstance(error, duckdb.Error):
            raise database_damaged(path, _first_line(error)) from error
        raise
    connection.close()


def cleared(path: Path) -> None:
    """Remove a file that a run killed in the middle has left. Raises ``InputError`` where another process is at work on it."""
    import duckdb

    if not path.exists():
        return
    try:
        duckdb.connect(str(path)).close()
    except duckdb.Error as error:
        if "lock" in str(error).lower():
            raise database_busy(path) from None
    for leftover in (path, path.with_name(path.name + ".wal")):
        leftover.unlink(missing_ok=True)


def _connect(path: Path, form: Form, write: bool) -> duckdb.DuckDBPyConnection:
    import duckdb

    if path.is_dir():
        raise is_a_directory(path)
    if path.exists() and not _is_duckdb(path):
        raise not_a_database(path, form.kind)
    try:
        return duckdb.connect(str(path), read_only=not write)
    except duckdb.Error as error:
        told = str(error)
        if "lock" in told.lower() or "different configuration" in told:
            raise database_busy(path) from None
        if "newer version" in told or "version number" in told:
            raise database_newer(path, "a newer version of DuckDB") from None
        raise database_damaged(path, _first_line(error)) from None


def _is_duckdb(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(12)[8:] == MAGIC
    except OSError:
        return True  # DuckDB tells why it cannot be read


def _make(connection: duckdb.DuckDBPyConnection, form: Form) -> None:
    connection.execute("CREATE TABLE dragoman (kind VARCHAR, version INTEGER)")
    connection.execute("INSERT INTO dragoman VALUES (?, ?)", [form.kind, form.version])
    for statement in form.tables:
        connection.execute(statement)


def _check(connection: duckdb.DuckDBPyConnection, path: Path, form: Form) -> None:
    import duckdb

    try:
        rows = connection.execute("SELECT kind, version FROM dragoman").fetchall()
    except duckdb.CatalogException:
        rows = []
    if len(rows) != 1 or rows[0][0] != form.kind:
        raise database_of_another_kind(path, form.kind, rows[0][0] if rows else "")
    if rows[0][1] > form.version:
        raise database_newer(path, f"a newer Dragoman (form {rows[0][1]}, this one knows {form.version})")


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0][:200]
