"""Papers and lists of records as spreadsheets: real types, ready to print, nothing that runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from village_app.domain.kinds import FieldDeclaration
from village_app.domain.reporting import Report, silently
from village_app.papers.blocks import Paper


@dataclass(frozen=True, slots=True)
class ExportStamp:
    """Who exported a list, and when by the clock on the wall; printed under its title."""

    user: str
    at: datetime


def write_xlsx(
    paper: Paper,
    *,
    report: Report = silently,
    moment: datetime | None = None,
    remarks: list[str] | None = None,
) -> bytes:
    """Write a paper as a spreadsheet and give the file's bytes; nothing touches the disk.

    Money stands as a number in 元 exactly to the 分, days as days, counts as numbers, numbers of
    people, cards and telephones as text, totals as values. Whatever a text begins with, it stays
    a text: no formula and no link comes from data. The same paper and `moment` (the time of
    making; a fixed one if None) give the same bytes. `remarks` collects what could not be written
    as it stood (control characters, more than 32,767 characters in a cell).
    """
    from village_app.papers.spreadsheet.cells import Remarks
    from village_app.papers.spreadsheet.package import pack
    from village_app.papers.spreadsheet.paper_sheets import PaperSheets

    noted = Remarks([] if remarks is None else remarks)
    sheets = PaperSheets(paper, report, noted)
    sheets.write()
    return pack(sheets.workbook, sheets.rows, sheets.ranges, title=paper.title, moment=moment)


def write_rows_xlsx(
    declarations: Sequence[FieldDeclaration],
    rows: Sequence[Sequence[Any]],
    title: str,
    stamp: ExportStamp,
    *,
    report: Report = silently,
    remarks: list[str] | None = None,
) -> bytes:
    """Write records as one sheet: title, who exported it when, a head that can be filtered, rows.

    `rows` hold the fields' values in the order of `declarations`. Rows are streamed into the
    file, so that memory does not grow with them.
    """
    from village_app.papers.spreadsheet.cells import Remarks
    from village_app.papers.spreadsheet.record_sheet import pack_records

    noted = Remarks([] if remarks is None else remarks)
    return pack_records(declarations, rows, title, (stamp.user, stamp.at), report, noted)
