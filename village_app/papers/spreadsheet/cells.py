"""What one cell holds, as the bytes of the file: text as text, money as digits, days as serials.

Every text becomes an inline string of the file format, so that nothing typed by anybody can
become a formula or a link, whatever it begins with (reliability G01-G06).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from village_app.domain.kinds import Kind
from village_app.papers.xml_text import PLAIN, escaped, one_kind_of_line_end, without_controls

Body = str

# The rest of a `<c …` element once its address and style are written.
BLANK: Body = "/>"
MOST_UNITS = 32_767
CUT_MARK = "……（内容太长，后面未写）"
# A spreadsheet keeps 15 digits of a number; longer ones are written as text.
_MOST_DIGITS = 15
_FIRST_DAY = date(1899, 12, 30).toordinal()
_FIRST_SAFE_DAY = date(1900, 3, 1)

_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(slots=True)
class Remarks:
    """What could not be written as it stood, in sentences for the person who exports."""

    sentences: list[str] = field(default_factory=list)

    def removed(self, text: str) -> None:
        self.sentences.append(f"去掉了看不见的控制字符：{text[:20]}")

    def cut(self, text: str) -> None:
        self.sentences.append(
            f"有一格超过 {MOST_UNITS:,} 个字，表格放不下，后面的没有写：{text[:20]}……"
        )


def writable(text: str, remarks: Remarks | None = None) -> str:
    """Take out what a spreadsheet cannot hold: control characters, lone surrogates, the 32,768th.

    Line ends become one kind, a tab becomes a space; what was taken out is noted in `remarks`.
    """
    if len(text) <= MOST_UNITS // 2 and PLAIN.fullmatch(text):
        return text
    lined = one_kind_of_line_end(text)
    kept = without_controls(lined)
    if kept != lined and remarks is not None:
        remarks.removed(kept)
    return _cut(kept, remarks)


def _cut(text: str, remarks: Remarks | None) -> str:
    if _units(text) <= MOST_UNITS:
        return text
    if remarks is not None:
        remarks.cut(text)
    room = MOST_UNITS - len(CUT_MARK)
    kept = text[:room]
    while _units(kept) > room:
        kept = kept[: len(kept) - max(1, (_units(kept) - room) // 2)]
    return kept + CUT_MARK


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def text_body(text: str, remarks: Remarks | None = None) -> Body:
    """Write a text cell; blank for no text."""
    if not text:
        return BLANK
    text = writable(text, remarks)
    if "_x" in text:
        text = _LOOKS_ESCAPED.sub("_x005F_", text)
    keep = ' xml:space="preserve"' if text != text.strip() or "\n" in text else ""
    return f' t="inlineStr"><is><t{keep}>{escaped(text)}</t></is></c>'


def number_body(value: int | Decimal) -> Body:
    """Write a number with exactly its digits; one with more than 15 digits becomes text."""
    digits = format(value, "f") if isinstance(value, Decimal) else str(value)
    if sum(map(str.isdigit, digits)) > _MOST_DIGITS:
        return text_body(digits)
    return f"><v>{digits}</v></c>"


def day_body(day: date) -> Body:
    """Write a day as the serial number of the 1900 system; one before 1900-03-01 as text."""
    if day < _FIRST_SAFE_DAY:
        return text_body(day.isoformat())
    return f"><v>{day.toordinal() - _FIRST_DAY}</v></c>"


def moment_body(moment: datetime) -> Body:
    """Write a moment, whole seconds, as the serial number of the clock time it carries."""
    if moment.date() < _FIRST_SAFE_DAY:
        return text_body(moment.strftime("%Y-%m-%d %H:%M:%S"))
    days = moment.date().toordinal() - _FIRST_DAY
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second
    return f"><v>{Decimal(days) + round(Decimal(seconds) / 86_400, 10)}</v></c>"


def value_body(value: Any, *, as_text: bool = False, remarks: Remarks | None = None) -> Body:
    """Write what a kind gives for a spreadsheet: None, text, flag, number, day or moment."""
    if value is None:
        return BLANK
    if isinstance(value, str) or as_text:
        return text_body(str(value), remarks)
    if isinstance(value, bool):
        return text_body("是" if value else "否")
    if isinstance(value, datetime):
        return moment_body(value)
    if isinstance(value, date):
        return day_body(value)
    if isinstance(value, int | Decimal):
        return number_body(value)
    raise TypeError(f"a spreadsheet cell cannot hold {type(value).__name__}")


def writer_for(kind: Kind, remarks: Remarks | None = None) -> Callable[[Any], Body]:
    """Give the function that writes data cells of one kind; a text in a number column stays."""
    as_text = kind.spreadsheet.as_text
    for_spreadsheet = kind.for_spreadsheet
    is_number = kind.storage == "integer"

    def write(value: Any) -> Body:
        if value is None:
            return BLANK
        if is_number and isinstance(value, str):
            return text_body(value, remarks)
        return value_body(for_spreadsheet(value), as_text=as_text, remarks=remarks)

    return write
