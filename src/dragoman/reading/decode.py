"""Bytes to text: UTF-8, or UTF-16 and UTF-32 by their byte order mark; nothing is guessed and nothing replaced.

The byte order mark itself is dropped. All else stays as it stands, line ends too (``\\r\\n`` remains two characters),
so offsets into the text are offsets into the decoded file.
"""

from __future__ import annotations

import codecs

from dragoman.errors import bad_utf16, binary, lone_surrogate, not_utf8

# UTF-32's mark begins with UTF-16's, so the longer ones come first
MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


def decode(data: bytes, where: str) -> str:
    """The text of a file's bytes. Raises ``InputError`` with the byte's offset where they are no text in UTF-8."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _unmarked(data, encoding, where)
    if (nul := data.find(b"\0")) >= 0:
        raise binary(where, nul)
    try:
        return data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        offset = error.start + (len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0)
        raise not_utf8(where, offset, data[offset]) from None


def has_wide_mark(data: bytes) -> bool:
    """Whether the bytes begin with the mark of UTF-16 or UTF-32."""
    return any(data.startswith(mark) for mark, _ in MARKS)


def whole(text: str, where: str) -> str:
    """The text itself, if it can be written as UTF-8: JSON's escapes can smuggle in half a surrogate pair."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise lone_surrogate(where, error.start) from None
    return text


def _unmarked(data: bytes, encoding: str, where: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise bad_utf16(where, encoding, error.start) from None
    if "\0" in text:
        raise binary(where, text.index("\0"))
    return text
