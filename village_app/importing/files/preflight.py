"""The checks before anything is unpacked: size, and for zip files what they claim to hold.

Never unpacks more than the first bytes of a part; a whole check takes milliseconds.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from itertools import pairwise

from village_app.errors import Refused
from village_app.importing.files import limits
from village_app.importing.files.reading import Damaged
from village_app.importing.files.zip_directory import directory_bytes, entries_of

_LOCAL = b"PK\x03\x04"
_LOCAL_BYTES = 30
_PROLOG_BYTES = 16_384
_MARKUP = (".xml", ".rels", ".vml")
# The second byte of a character may be a NUL: the part may be UTF-16.
_DOCUMENT_TYPE = re.compile(rb"<\x00?!\x00?(D\x00?O\x00?C\x00?T\x00?Y|E\x00?N\x00?T\x00?I)")
_TEMPORARY = ("~$", ".~lock.", ".~")


def check_name(name: str) -> None:
    """Explain the temporary files that office programs leave beside an open table."""
    if name.startswith(_TEMPORARY):
        raise Refused(
            "temporary_file",
            "这是表格打开时自动产生的临时文件，不是表格本身。"
            "请先关闭正在打开的表格，再选名字前面没有“~$”的那个文件。",
        )


def preflight(data: bytes, name: str) -> None:
    """Refuse what is too large or made to harm; raises `Damaged` for a broken zip file."""
    check_name(name)
    check_size(len(data))
    if data.startswith(b"PK"):
        _check_zip(data)


def check_size(size: int) -> None:
    """Refuse more bytes than a table can have."""
    if size > limits.FILE_BYTES:
        megabytes = limits.FILE_BYTES // limits.MEBIBYTE
        raise Refused(
            "file_too_large",
            f"这个文件超过 {megabytes} 兆，太大了。请删去表里的图片和空白行列，再导入。",
        )


def _check_zip(data: bytes) -> None:
    entries, directory = directory_bytes(data)
    if entries > limits.ZIP_ENTRIES or directory > limits.ZIP_DIRECTORY_BYTES:
        raise _harmful("too_many_entries")
    listed = entries_of(data)
    if len(listed) > limits.ZIP_ENTRIES:
        raise _harmful("too_many_entries")
    for entry in listed:
        _check_entry(entry)
    _check_unpacked_size(listed)
    _check_overlap(data, listed)
    _check_prologs(data, listed)


def _harmful(code: str) -> Refused:
    return Refused(
        code,
        "这个文件的内部结构不正常，可能是有害文件，没有打开。"
        "请向发送的人要一份用 WPS 表格或 Excel 重新保存的文件。",
    )


def _check_entry(entry: zipfile.ZipInfo) -> None:
    parts = entry.filename.replace("\\", "/").split("/")
    if ".." in parts or ":" in parts[0] or "\x00" in entry.orig_filename:
        raise _harmful("path_in_zip")
    large = entry.file_size > limits.RATIO_FROM_BYTES
    if large and entry.file_size > limits.RATIO * max(entry.compress_size, 1):
        raise _harmful("zip_bomb")


def _check_unpacked_size(listed: list[zipfile.ZipInfo]) -> None:
    if sum(entry.file_size for entry in listed) > limits.UNPACKED_BYTES:
        raise Refused(
            "unpacked_too_large",
            "这个文件展开后太大，没有打开。请删去表里的图片和空白行列，或分成几份，再导入。",
        )


def _check_overlap(data: bytes, listed: list[zipfile.ZipInfo]) -> None:
    """Refuse entries that share bytes, by which a small file claims endless contents."""
    spans = sorted((entry.header_offset, _end_of(data, entry)) for entry in listed)
    if any(end > start for (_, end), (start, _) in pairwise(spans)):
        raise _harmful("overlapping_entries")


def _end_of(data: bytes, entry: zipfile.ZipInfo) -> int:
    start = entry.header_offset
    if data[start : start + 4] != _LOCAL or start + _LOCAL_BYTES > len(data):
        raise Damaged("local header")
    name, extra = struct.unpack_from("<HH", data, start + 26)
    end: int = start + _LOCAL_BYTES + name + extra + entry.compress_size
    if end > len(data):
        raise Damaged("entry beyond the end")
    return end


def _check_prologs(data: bytes, listed: list[zipfile.ZipInfo]) -> None:
    """Look for a document type at the head of each XML part; the parser looks again later."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in listed:
            if not entry.filename.lower().endswith(_MARKUP) or entry.flag_bits & 1:
                continue
            try:
                with archive.open(entry) as part:
                    head = part.read(_PROLOG_BYTES)
            except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
                raise Damaged(entry.filename) from error
            if _DOCUMENT_TYPE.search(head):
                raise _harmful("document_type")
