"""Cells out of the Python values that other libraries' readers hand over."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import singledispatch

from village_app.importing.files.cell_text import tidy
from village_app.importing.files.grid import BLANK, Cell

_EXACT = 10**15


def digits_of(value: float) -> str:
    """Write a double so that lost digits can be seen.

    A double holds 15 digits for certain. Whole numbers of up to 15 digits are written as digits;
    longer ones keep the double's own text, never guessed digits: 6688.0 → 6688, 0.1 → 0.1,
    441900198506301248.0 → 4.4190019850630125e+17.
    """
    if not value.is_integer():
        return repr(value)
    return str(int(value)) if abs(value) < _EXACT else repr(value)


@singledispatch
def cell_of(value: object) -> Cell:
    """Make a cell of a value; whole numbers (int) are taken as exact, None as blank."""
    text = "" if value is None else tidy(str(value))
    return Cell("text", text) if text else BLANK


@cell_of.register
def _(value: bool) -> Cell:
    return Cell("flag", "TRUE" if value else "FALSE")


@cell_of.register
def _(value: int) -> Cell:
    return Cell("number", str(value))


@cell_of.register
def _(value: float) -> Cell:
    return Cell("number", digits_of(value))


@cell_of.register
def _(value: datetime) -> Cell:
    return Cell("date", value.isoformat(" ", "seconds"))


@cell_of.register
def _(value: date) -> Cell:
    return Cell("date", value.isoformat())


@cell_of.register
def _(value: time) -> Cell:
    return Cell("date", value.isoformat("seconds"))


@cell_of.register
def _(value: timedelta) -> Cell:
    seconds = int(value.total_seconds())
    return Cell("text", f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}")
