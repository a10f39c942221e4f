"""How long the reader takes for a large roster, against other readers of the same bytes.

The peers give plain values in this very process; ours gives cells with kind, exact digits and
place, out of a child process that may die. Memory is that of the child, at its highest.
"""

from __future__ import annotations

import io
import resource
import time
import zipfile
from collections.abc import Callable

ROWS = 100_000
_LETTERS = "ABCDEFGHIJ"
_NAMES = ("姓名", "性别", "民族", "身份证号", "电话", "住址", "组别", "金额", "备注", "序号")


def roster(rows: int = ROWS) -> bytes:
    """Make an xlsx file of ten columns, texts shared as Excel shares them."""
    strings = list(_NAMES)
    places: dict[str, int] = {text: place for place, text in enumerate(strings)}

    def shared(text: str) -> str:
        place = places.get(text)
        if place is None:
            place = places[text] = len(strings)
            strings.append(text)
        return f' t="s"><v>{place}</v></c>'

    lines = [_row(1, [shared(name) for name in _NAMES])]
    for number in range(rows):
        texts = (
            f"张{number}",
            "女" if number % 2 else "男",
            "汉族",
            f"4419001985{number:06d}00",
            f"138{number:08d}",
            f"隔坑村{number % 900}号",
            f"{number % 18}组",
        )
        numbers = (f' s="0"><v>{number}.5</v></c>', "/>", f"><v>{number}</v></c>")
        lines.append(_row(number + 2, [*map(shared, texts), *numbers]))
    return _zipped("".join(lines), strings)


def _row(number: int, cells: list[str]) -> str:
    """Put a row together from cells without their beginning."""
    placed = (
        f'<c r="{letter}{number}"{cell}' for letter, cell in zip(_LETTERS, cells, strict=True)
    )
    return f'<row r="{number}" spans="1:10">{"".join(placed)}</row>'


def _zipped(rows: str, strings: list[str]) -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    relation = '<Relationship Id="{0}" Type="{1}/{2}" Target="{3}"/>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{types}.sheet.main+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{types}.sharedStrings+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{types}.worksheet+xml"/>'
        "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
        f"{relation.format('r', office, 'officeDocument', 'xl/workbook.xml')}</Relationships>",
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        '<sheet name="名册" sheetId="1" r:id="a"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f"{relation.format('a', office, 'worksheet', 'worksheets/sheet1.xml')}"
        f"{relation.format('b', office, 'sharedStrings', 'sharedStrings.xml')}</Relationships>",
        "xl/sharedStrings.xml": f'<sst xmlns="{main}">'
        f"{''.join(f'<si><t>{text}</t></si>' for text in strings)}</sst>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData>'
        "</worksheet>",
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _by_calamine(data: bytes) -> int:
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    return len(book.get_sheet_by_index(0).to_python(skip_empty_area=False))


def _by_openpyxl(data: bytes) -> int:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    return sum(1 for _ in book.active.iter_rows(values_only=True))


def measure_reading(rows: int = ROWS) -> dict[str, float]:
    """Give seconds and megabytes for a roster of so many rows and ten columns.

    `child_start` is the time for a file of one row: starting, reading, ending the child.
    """
    from village_app.importing.files.read_ooxml import read_ooxml
    from village_app.importing.files.reader import read_workbook
    from village_app.importing.files.reading import ReadOptions

    small, large = roster(1), roster(rows)
    figures = {
        "child_start": min(_seconds(lambda: read_workbook(small, "表.xlsx")) for _ in range(3)),
        "ours": _seconds(lambda: read_workbook(large, "表.xlsx")),
    }
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    figures["child_megabytes"] = children / 1024
    figures["parent_megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures["ours_without_child"] = _seconds(lambda: read_ooxml(large, ReadOptions()))
    figures["calamine"] = _seconds(lambda: _by_calamine(large))
    figures["openpyxl"] = _seconds(lambda: _by_openpyxl(large))
    return figures
