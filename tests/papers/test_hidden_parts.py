"""A spreadsheet that is given away holds what was chosen and nothing beside it (case I18)."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

from openpyxl import load_workbook

from village_app.domain.kinds import PERSON_NAME, PHONE, FieldDeclaration
from village_app.papers.xlsx import ExportStamp, write_rows_xlsx

CHOSEN = (
    FieldDeclaration("name", "姓名", PERSON_NAME),
    FieldDeclaration("phone", "电话", PHONE),
)
STAMP = ExportStamp("陈丽珍", datetime(2026, 4, 10, 1, tzinfo=UTC))
PARTS = ("comments", "drawings", "externalLinks", "pivotCache", "customXml", "vbaProject", "media")


def test_i18_only_the_chosen_columns_stand_in_the_file() -> None:
    content = write_rows_xlsx(CHOSEN, [("何强志", "13800138000")], "名单", STAMP)
    with ZipFile(BytesIO(content)) as packed:
        names = packed.namelist()
    assert not [name for name in names if any(part in name for part in PARTS)]
    sheet = load_workbook(BytesIO(content)).active
    assert sheet is not None
    assert sheet.max_column == len(CHOSEN)
    assert sheet.sheet_state == "visible"
    assert not [one for one in sheet.column_dimensions.values() if one.hidden]
    assert not [one for one in sheet.row_dimensions.values() if one.hidden]
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.comment]
    assert load_workbook(BytesIO(content)).sheetnames == [sheet.title]
