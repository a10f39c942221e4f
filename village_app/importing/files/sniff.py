"""Tells what bytes really are, by their content and never by the name of the file."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Literal

from village_app.errors import Refused
from village_app.importing.files.ole_directory import SIGNATURE, root_names
from village_app.importing.files.reading import Damaged
from village_app.importing.files.zip_directory import entries_of

FileType = Literal[
    "xlsx", "xlsb", "xls", "locked_ooxml", "ods", "fods", "html", "mhtml", "spreadsheetml", "text"
]

_ADVICE = "请用 WPS 表格或 Excel 打开原表，另存为“Excel 工作簿（.xlsx）”，再导入。"
_PICTURE = "这是一张图片，不是表格。图片里的字读不出来，请用原来的表格文件。"
_ARCHIVE = "这是一个压缩包，不是表格。请先把它解压，再选里面的表格文件。"

# First bytes of what people take for a spreadsheet by mistake, and what to tell them.
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", _PICTURE),
    (b"\x89PNG\r\n\x1a\n", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"BM", _PICTURE),
    (b"II*\x00", _PICTURE),
    (b"MM\x00*", _PICTURE),
    (b"%PDF", f"这是 PDF 文件，不是表格。{_ADVICE}"),
    (b"{\\rtf", f"这是 Word 文档，不是表格。{_ADVICE}"),
    (b"Rar!", _ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", _ARCHIVE),
    (b"\x1f\x8b", _ARCHIVE),
    (b"MZ", "这是一个程序，不是表格，没有打开。请不要运行来历不明的程序。"),
    (b"\x7fELF", "这是一个程序，不是表格，没有打开。请不要运行来历不明的程序。"),
    (b"SQLite format 3\x00", "这是一个数据库文件，不是表格。请选择表格文件。"),
)
_NOT_TABLES_IN_ZIP: tuple[tuple[str, str], ...] = (
    ("word/document.xml", f"这是 Word 文档，不是表格。{_ADVICE}"),
    ("ppt/presentation.xml", "这是演示文稿，不是表格。请选择表格文件。"),
    ("index/document.iwa", "这是苹果电脑的 Numbers 表格。请在那台电脑上导出为 xlsx，再导入。"),
    ("androidmanifest.xml", "这是手机应用，不是表格。请选择表格文件。"),
)
_NOT_TABLES_IN_OLE: tuple[tuple[str, str], ...] = (
    ("WordDocument", f"这是 Word 或 WPS 文字文档，不是表格。{_ADVICE}"),
    ("PowerPoint Document", "这是演示文稿，不是表格。请选择表格文件。"),
)
# BOF records of BIFF2, 3, 4 (and 5 without its box): [MS-XLS] 2.4.21 and its forerunners.
_BARE_BIFF = re.compile(rb"\x09[\x00\x02\x04\x08][\x04\x06\x08\x10]\x00", re.DOTALL)
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_MIME = re.compile(rb"^\s*(MIME-Version:|From:|Content-Type:|X-Document-Type:)", re.IGNORECASE)
# Tables of the eighties that look like separated text: SYLK and DIF.
_OLD_TEXT = re.compile(rb"ID;P[^\r\n]{0,80}[\r\n]+[A-Z]{1,2};|TABLE\r?\n0,1\r?\n")
_HTML = re.compile(
    r"<(!doctype\s+html|html|table|head|body|meta|style|center|div)\b", re.IGNORECASE
)
_SPREADSHEETML = re.compile(r"urn:schemas-microsoft-com:office:spreadsheet|progid=.Excel\.Sheet")
_HEAD_BYTES = 4096
_BINARY_BYTES = 64
_SHORT = 2  # two letters may open a header in words: BMI, MZ


def sniff(data: bytes) -> FileType:
    """Give the type of a spreadsheet; refuse everything else by its name, with advice.

    `locked_ooxml` is an encrypted xlsx. Raises `Damaged` for a box (zip, OLE2) that is broken.
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise Refused("empty_file", "这个文件是空的。请检查原表是否已经保存，再导入。")
    if data.startswith(SIGNATURE):
        return _sniff_ole(data)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _sniff_zip(data)
    if _BARE_BIFF.match(data):
        return "xls"
    is_binary = b"\x00" in data[:_BINARY_BYTES]
    for signature, sentence in _SIGNATURES:
        if data.startswith(signature) and (is_binary or len(signature) > _SHORT):
            raise Refused("not_a_spreadsheet", sentence)
    return _sniff_text(data)


def _sniff_ole(data: bytes) -> FileType:
    names = root_names(data)
    if "EncryptedPackage" in names:
        return "locked_ooxml"
    if {"workbook", "book"} & {name.lower() for name in names}:
        return "xls"
    for name, sentence in _NOT_TABLES_IN_OLE:
        if name in names:
            raise Refused("not_a_spreadsheet", sentence)
    raise Refused("not_a_spreadsheet", f"这个文件里没有表格。{_ADVICE}")


def _sniff_zip(data: bytes) -> FileType:
    names = {entry.filename.replace("\\", "/").lstrip("/").lower() for entry in entries_of(data)}
    is_open_document = {"content.xml", "meta-inf/manifest.xml"} <= names
    if is_open_document and ("mimetype" not in names or "spreadsheet" in _mimetype(data)):
        return "ods"
    for name, sentence in _NOT_TABLES_IN_ZIP:
        if name in names:
            raise Refused("not_a_spreadsheet", sentence)
    if "xl/workbook.bin" in names:
        return "xlsb"
    if names & {"[content_types].xml", "xl/workbook.xml"}:
        return "xlsx"
    if is_open_document:
        raise Refused("not_a_spreadsheet", f"这是文字文档或演示文稿，不是表格。{_ADVICE}")
    raise Refused("not_a_spreadsheet", _ARCHIVE)


def _mimetype(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("mimetype") as part:
            return part.read(200).decode("ascii", "replace")
    except (zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError) as error:
        raise Damaged("mimetype") from error


def _sniff_text(data: bytes) -> FileType:
    head = data[:_HEAD_BYTES]
    text = _readable(head)
    if _SPREADSHEETML.search(text):
        return "spreadsheetml"
    if "<office:document" in text and "opendocument.spreadsheet" in text:
        return "fods"
    if _OLD_TEXT.match(head):
        raise Refused("not_a_spreadsheet", f"这是很老的一种表格，读不出来。{_ADVICE}")
    if _MIME.match(head) and b"\n" in head:
        return "mhtml"
    if _HTML.search(text) and text.lstrip("\ufeff \t\r\n").startswith("<"):
        return "html"
    return "text"


def _readable(head: bytes) -> str:
    """Decode the beginning just well enough to see tags."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "ignore")
    if head.startswith(_BOMS):
        return head.decode("utf-8", "ignore")
    return head.decode("latin-1")
