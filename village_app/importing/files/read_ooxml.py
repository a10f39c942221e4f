"""Reads xlsx, xlsm, xltx and WPS's xml-based et: our own reader, number text exactly as stored."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from village_app.domain.reporting import Report
from village_app.importing.files import limits
from village_app.importing.files.grid import Sheet, Workbook
from village_app.importing.files.markup import scan_markup
from village_app.importing.files.ooxml_cell import CellMaker
from village_app.importing.files.ooxml_package import (
    Package,
    Relation,
    ignore_characters,
    ignore_end,
)
from village_app.importing.files.ooxml_sheet import SheetScan
from village_app.importing.files.ooxml_strings import read_strings
from village_app.importing.files.ooxml_styles import read_styles
from village_app.importing.files.plain_rows import PlainRows
from village_app.importing.files.reading import Budget, Damaged, ReadOptions
from village_app.importing.files.sheet_builder import SheetBuilder, Visibility

_VISIBILITY: dict[str, Visibility] = {"hidden": "hidden", "veryHidden": "very_hidden"}
_SHEET_PART = re.compile(r"xl/worksheets/sheet(\d+)\.xml")


@dataclass(slots=True)
class _Contents:
    """The workbook part: sheets as (name, relation id, visibility), and the date base."""

    sheets: list[tuple[str, str, Visibility]] = field(default_factory=list)
    date_1904: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            relation = next((v for k, v in attributes.items() if k.endswith(":id")), "")
            state = _VISIBILITY.get(attributes.get("state", ""), "visible")
            self.sheets.append((attributes.get("name", ""), relation, state))
        elif name == "workbookPr":
            self.date_1904 = attributes.get("date1904") in {"1", "true"}


@dataclass(frozen=True, slots=True)
class _Table:
    """One worksheet: its name, its part, whether it is shown."""

    name: str
    part: str
    visibility: Visibility


def read_ooxml(data: bytes, options: ReadOptions) -> Workbook:
    """Read a whole xlsx file from its bytes.

    Sheets that are no tables (charts, dialogs, macros) are left out with a remark; macros and
    links to other files are never followed. Raises `Damaged` where a part is missing or broken.
    """
    package = Package(data)
    part = _workbook_part(package)
    contents = _Contents()
    with package.open(part) as stream:
        scan_markup(stream, contents.start, ignore_end, ignore_characters)
    relations = _relations(package, part)
    tables = _tables(contents, relations)
    maker = CellMaker(
        strings=read_strings(package, _target(relations, "sharedStrings")),
        styles=read_styles(package, _target(relations, "styles")),
        date_1904=contents.date_1904,
    )
    return Workbook(
        file_type="xlsx",
        encoding=None,
        sheets=list(_sheets(package, tables, maker, options.report)),
        date_1904=contents.date_1904,
        remarks=_remarks(package, len(contents.sheets) - len(tables)),
    )


def _sheets(
    package: Package, tables: list[_Table], maker: CellMaker, report: Report
) -> Iterator[Sheet]:
    """Read the worksheets one after the other, telling how many bytes of all are read."""
    total = sum(package.size(table.part) for table in tables)
    done = 0
    budget = Budget()
    for table in tables:
        builder = SheetBuilder(table.name, budget, table.visibility)
        scan = SheetScan(builder, maker)

        def progress(read: int, name: str = table.name, before: int = done) -> None:
            report(before + read, total, f"正在读“{name}”")

        with package.open(table.part) as stream:
            rows = PlainRows(scan.take_row)
            scan_markup(stream, scan.start, scan.end, scan.characters, progress, sift=rows.sift)
        yield builder.finish()
        done += package.size(table.part)


def _workbook_part(package: Package) -> str:
    try:
        relations = package.relations("")
    except Damaged:
        relations = {}
    return _target(relations, "officeDocument") or "xl/workbook.xml"


def _relations(package: Package, part: str) -> dict[str, Relation]:
    """Give the workbook's relations; where that part is broken, what lies where it usually does."""
    try:
        return package.relations(part)
    except Damaged:
        found = {"styles": Relation("styles", "xl/styles.xml")}
        found["strings"] = Relation("sharedStrings", "xl/sharedStrings.xml")
        for name in package.names():
            if match := _SHEET_PART.fullmatch(name):
                found[f"rId{match[1]}"] = Relation("worksheet", name)
        return found


def _target(relations: dict[str, Relation], kind: str) -> str | None:
    return next((r.target for r in relations.values() if r.kind == kind), None)


def _tables(contents: _Contents, relations: dict[str, Relation]) -> list[_Table]:
    """Give the worksheets in the order of the workbook."""
    if len(contents.sheets) > limits.SHEETS:
        raise Damaged("sheets")
    tables = []
    for name, identity, visibility in contents.sheets:
        relation = relations.get(identity)
        if relation is not None and relation.kind == "worksheet":
            tables.append(_Table(name, relation.target, visibility))
    if not tables:
        raise Damaged("no worksheet")
    return tables


def _remarks(package: Package, others: int) -> list[str]:
    remarks = []
    if others:
        remarks.append(f"有 {others} 张图表页或宏表不是数据表，没有读入。")
    if any(name.endswith("vbaproject.bin") for name in package.names()):
        remarks.append("文件里带有宏，宏没有运行。")
    return remarks
