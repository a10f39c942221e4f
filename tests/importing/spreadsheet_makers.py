"""Makes spreadsheet files byte by byte, the ordinary ones and those that no program writes."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable, Mapping

from village_app.importing.files.grid import Sheet, Workbook
from village_app.importing.files.preflight import preflight
from village_app.importing.files.readers import read_here
from village_app.importing.files.reading import ReadOptions

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def zipped(parts: Mapping[str, bytes | str], *, level: int = 6) -> bytes:
    """Zip parts by name."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def xlsx_parts(
    sheet: str = "<sheetData/>",
    *,
    strings: str | None = None,
    styles: str | None = None,
    book: str = "",
    state: str = "",
    others: Iterable[str] = (),
) -> dict[str, bytes | str]:
    """Give the parts of an xlsx: `sheet` stands inside <worksheet>, `others` are more sheets."""
    sheets = [sheet, *others]
    entries = "".join(
        f'<sheet name="表{n}" sheetId="{n}" r:id="rId{n}"{state if n == len(sheets) else ""}/>'
        for n in range(1, len(sheets) + 1)
    )
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    relations += (
        f'<Relationship Id="s" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
    )
    relations += f'<Relationship Id="t" Type="{RELATIONS}/styles" Target="styles.xml"/>'
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": f"{DECLARATION}<Types/>",
        "_rels/.rels": f'{DECLARATION}<Relationships xmlns="{PACKAGE}"><Relationship Id="r" '
        f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{DECLARATION}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">'
        f"{book}<sheets>{entries}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'{DECLARATION}<Relationships xmlns="{PACKAGE}">'
        f"{relations}</Relationships>",
    }
    for number, content in enumerate(sheets, start=1):
        parts[f"xl/worksheets/sheet{number}.xml"] = (
            f'{DECLARATION}<worksheet xmlns="{MAIN}">{content}</worksheet>'
        )
    if strings is not None:
        parts["xl/sharedStrings.xml"] = f'{DECLARATION}<sst xmlns="{MAIN}">{strings}</sst>'
    if styles is not None:
        parts["xl/styles.xml"] = f'{DECLARATION}<styleSheet xmlns="{MAIN}">{styles}</styleSheet>'
    return parts


def xlsx(sheet: str = "<sheetData/>", **more: str) -> bytes:
    """Make an xlsx of one sheet from what stands inside <worksheet>."""
    return zipped(xlsx_parts(sheet, **more))


def cells(*rows: str) -> str:
    """Wrap rows of <c> elements into <sheetData>, numbered from 1."""
    numbered = (f'<row r="{number}">{row}</row>' for number, row in enumerate(rows, start=1))
    return f"<sheetData>{''.join(numbered)}</sheetData>"


def styles(*formats: str, struck_out: bool = False) -> str:
    """Give styles.xml: style 0 is plain, style 1, 2 … have the number formats given."""
    codes = "".join(
        f'<numFmt numFmtId="{163 + n}" formatCode="{code.replace(chr(34), "&quot;")}"/>'
        for n, code in enumerate(formats, start=1)
    )
    strike = "<strike/>" if struck_out else ""
    xfs = "".join(f'<xf numFmtId="{163 + n}" fontId="1"/>' for n in range(1, len(formats) + 1))
    return (
        f"<numFmts>{codes}</numFmts><fonts><font/><font>{strike}</font></fonts>"
        f'<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
        f'<cellXfs><xf numFmtId="0" fontId="0"/>{xfs}</cellXfs>'
        f"<dxfs><dxf><font><strike/></font></dxf></dxfs>"
    )


def inline(text: str, place: str = "") -> str:
    """Make an inline text cell."""
    reference = f' r="{place}"' if place else ""
    return f'<c{reference} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def ods(content: str, *, styles: str = "", manifest: str = "") -> bytes:
    """Make an ods file from what stands inside <office:spreadsheet>."""
    office = "urn:oasis:names:tc:opendocument:xmlns"
    names = " ".join(
        f'xmlns:{prefix}="{office}:{prefix}:1.0"' for prefix in ("office", "table", "text", "style")
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": f"{DECLARATION}<office:document-content {names} "
            f'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
            f"<office:automatic-styles>{styles}</office:automatic-styles><office:body>"
            f"<office:spreadsheet>{content}</office:spreadsheet></office:body>"
            f"</office:document-content>",
            "META-INF/manifest.xml": f'{DECLARATION}<m:manifest xmlns:m="urn:m">{manifest}'
            f"</m:manifest>",
        }
    )


def biff2(*records: tuple[int, bytes]) -> bytes:
    """Make a workbook of Excel 2: a bare stream of records between BOF and EOF."""
    stream = struct.pack("<HHHH", 0x0009, 4, 2, 0x0010)
    for number, content in records:
        stream += struct.pack("<HH", number, len(content)) + content
    return stream + struct.pack("<HH", 0x000A, 0)


def biff2_number(row: int, column: int, value: float) -> tuple[int, bytes]:
    """Make the record of a number cell."""
    return 0x0003, struct.pack("<HH3xd", row, column, value)


def biff2_label(row: int, column: int, text: bytes) -> tuple[int, bytes]:
    """Make the record of a text cell."""
    return 0x0004, struct.pack("<HH3xB", row, column, len(text)) + text


def read_one(data: bytes, name: str = "表.xlsx", **options: str) -> Sheet:
    """Read a file in this process and give its first sheet."""
    return read_all(data, name, **options).sheets[0]


def read_all(data: bytes, name: str = "表.xlsx", **options: str) -> Workbook:
    """Check and read a file in this process."""
    preflight(data, name)
    return read_here(data, ReadOptions(name=name, **options))  # type: ignore[arg-type]  # texts only


def texts(sheet: Sheet) -> list[list[str]]:
    """Give the texts of a sheet row by row."""
    return [[cell.text for cell in row] for row in sheet.rows]


def kinds(sheet: Sheet) -> list[list[str]]:
    """Give the kinds of cells row by row."""
    return [[cell.kind for cell in row] for row in sheet.rows]
