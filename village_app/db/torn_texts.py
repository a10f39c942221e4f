"""Texts whose end the engine could not read and gave as zeros.

A long value goes on in pages of its own. Where the last of them is broken, the engine (SQLCipher
4.19) fills it with zeros and tells only the next page it is asked for: the last row of a result
comes without any error, its texts ending in zeros. No text of ours ends so, because control
characters are taken out of what is typed and imported; so this is damage, and is told as such.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the engine has the standard library's interface and no types of its own
    import sqlite3 as engine
else:
    from sqlcipher3 import dbapi2 as engine


def whole_text(raw: bytes) -> str:
    """Read a text as the engine hands it over (`connection.text_factory`); refuses a torn one."""
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        raise _torn() from None
    if text[-1:] == "\0":
        raise _torn()
    return text


def refuse_torn(values: Iterable[object]) -> None:
    """Refuse the last row of a result where one of its texts is torn."""
    if any(isinstance(value, str) and value[-1:] == "\0" for value in values):
        raise _torn()


def _torn() -> engine.DatabaseError:
    """Give the engine's own error for a broken page."""
    error = engine.DatabaseError("database disk image is malformed")
    error.sqlite_errorname = "SQLITE_CORRUPT"
    return error
