"""Reads tables saved as web pages: one page (html) or a page with its parts (mhtml)."""

from __future__ import annotations

import email.message
import email.parser
import email.policy
import re

from village_app.errors import Refused
from village_app.importing.files.encodings import DecodedText, decode_text
from village_app.importing.files.grid import Sheet, Workbook
from village_app.importing.files.html_tables import HtmlTables
from village_app.importing.files.reading import Budget, Damaged, ReadOptions

_CHARSET = re.compile(
    rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.IGNORECASE
)
_HEAD_BYTES = 8192
_PIECE = 1 << 16


def read_html(data: bytes, options: ReadOptions) -> Workbook:
    """Read the tables of one page; all cells are text but those with a number kept beside."""
    budget = Budget()
    decoded = _decoded(data, options, stated=None)
    tables = _tables(decoded.text, budget, options)
    return _workbook("html", _named(tables.sheets, tables.names), decoded.encoding)


def read_mhtml(data: bytes, options: ReadOptions) -> Workbook:
    """Read the tables of a web archive, sheet by sheet; pictures and frames are passed over."""
    message = email.parser.BytesParser(policy=email.policy.compat32).parsebytes(data)
    budget = Budget()
    sheets: list[Sheet] = []
    names: list[str] = []
    encoding = None
    for part in message.walk():
        if part.get_content_type() != "text/html" or _is_frame(part):
            continue
        payload = part.get_payload(decode=True)
        if not isinstance(payload, bytes):
            raise Damaged("part")
        decoded = _decoded(payload, options, part.get_content_charset())
        encoding = decoded.encoding
        tables = _tables(decoded.text, budget, options)
        sheets.extend(tables.sheets)
        names.extend(name for name in tables.names if name not in names)
    return _workbook("mhtml", _named(sheets, names), encoding)


def _is_frame(part: email.message.Message) -> bool:
    """Tell the strip of sheet tabs, whose only table holds links."""
    location = str(part.get("Content-Location", ""))
    return location.lower().endswith(("tabstrip.htm", "tabstrip.html"))


def _decoded(data: bytes, options: ReadOptions, stated: str | None) -> DecodedText:
    """Decode by the wish, else by what the page states where that holds, else by guessing."""
    if options.encoding:
        return decode_text(data, options.encoding, options.repairs)
    if stated is None:
        match = _CHARSET.search(data[:_HEAD_BYTES])
        stated = match[1].decode("ascii") if match else None
    if stated and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        try:
            decoded = decode_text(data, stated, options.repairs)
        except Refused:
            decoded = DecodedText("", stated, unreadable=1)
        if not decoded.unreadable:
            return decoded
    return decode_text(data, None, options.repairs)


def _tables(text: str, budget: Budget, options: ReadOptions) -> HtmlTables:
    tables = HtmlTables(budget)
    for start in range(0, len(text), _PIECE):
        tables.feed(text[start : start + _PIECE])
        options.report(start, len(text), "正在读网页表格")
    tables.close()
    return tables


def _named(sheets: list[Sheet], names: list[str]) -> list[Sheet]:
    """Name the sheets as the page does, or by number where it names another number of them."""
    for number, sheet in enumerate(sheets):
        sheet.name = names[number] if len(names) == len(sheets) else f"表{number + 1}"
    return sheets


def _workbook(file_type: str, sheets: list[Sheet], encoding: str | None) -> Workbook:
    if not sheets:
        raise Refused(
            "not_a_spreadsheet",
            "这是一个网页，里面没有表格，或者表格是空的。请用原来的表格文件导入。",
        )
    return Workbook(file_type=file_type, encoding=encoding, sheets=sheets)
