"""Which files may be attached: told by their content, then by their name's ending.

A closed list: documents, pictures, sound and film a village keeps. Programs, links, web pages and
scripts are not on it, whatever they are called (H07).
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from pathlib import Path

from village_app.db.display_names import ending_of
from village_app.errors import EnvironmentProblem, Fault, InvalidInput

LARGEST = 2 * 1024**3
MOST_PIXELS = 40_000_000
HEAD = 4096


@dataclass(frozen=True, slots=True)
class AttachmentKind:
    """A kind of file: label, endings it may have (first the usual one), marks of its content."""

    name: str
    label: str
    endings: tuple[str, ...]
    marks: tuple[re.Pattern[bytes], ...]

    def fits(self, head: bytes, ending: str) -> bool:
        """Say whether content and ending are of this kind."""
        return ending in self.endings and any(mark.match(head) for mark in self.marks)


def _mark(pattern: bytes) -> re.Pattern[bytes]:
    return re.compile(pattern, re.DOTALL)


_ZIP = _mark(rb"PK\x03\x04")
_OLE = _mark(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_TEXT = _mark(rb"[^\x00]*\Z")
_MP4 = _mark(rb".{4}ftyp")

KINDS = (
    AttachmentKind("jpeg", "照片", ("jpg", "jpeg", "jpe"), (_mark(rb"\xff\xd8\xff"),)),
    AttachmentKind("png", "图片", ("png",), (_mark(rb"\x89PNG\r\n\x1a\n"),)),
    AttachmentKind("gif", "图片", ("gif",), (_mark(rb"GIF8[79]a"),)),
    AttachmentKind("bmp", "图片", ("bmp",), (_mark(rb"BM"),)),
    AttachmentKind("webp", "图片", ("webp",), (_mark(rb"RIFF....WEBP"),)),
    AttachmentKind("tiff", "扫描件", ("tif", "tiff"), (_mark(rb"II\*\x00"), _mark(rb"MM\x00\*"))),
    AttachmentKind("heic", "照片", ("heic", "heif"), (_mark(rb".{4}ftyp(heic|heix|mif1|msf1)"),)),
    AttachmentKind("pdf", "PDF 文件", ("pdf",), (_mark(rb"%PDF-"),)),
    AttachmentKind("ofd", "版式文件", ("ofd",), (_ZIP,)),
    AttachmentKind("word", "文字文件", ("docx", "doc", "wps"), (_ZIP, _OLE)),
    AttachmentKind("sheet", "表格", ("xlsx", "xls", "et"), (_ZIP, _OLE)),
    AttachmentKind("slides", "演示文稿", ("pptx", "ppt", "dps"), (_ZIP, _OLE)),
    AttachmentKind("text", "文本", ("txt", "csv"), (_TEXT,)),
    AttachmentKind(
        "sound",
        "录音",
        ("mp3", "m4a", "wav", "amr", "aac"),
        (
            _mark(rb"ID3"),
            _mark(rb"\xff[\xe0-\xff]"),
            _mark(rb"RIFF....WAVE"),
            _mark(rb"#!AMR"),
            _MP4,
        ),
    ),
    AttachmentKind("film", "录像", ("mp4", "mov", "3gp", "m4v"), (_MP4,)),
    AttachmentKind("zip", "压缩包", ("zip",), (_ZIP,)),
)
PICTURES = {"jpeg", "png", "gif", "bmp", "webp", "tiff"}


def kind_of(head: bytes, name: str) -> AttachmentKind:
    """Tell what a file is by its first 4,096 bytes and its cleaned name.

    A picture under another picture's ending is accepted as what it is. Anything not on the list,
    or called what it is not, is refused with what would be right.
    """
    ending = ending_of(name)
    for kind in KINDS:
        if kind.fits(head, ending):
            return kind
    pictures = [kind for kind in KINDS if kind.name in PICTURES]
    if any(ending in kind.endings for kind in pictures):
        for kind in pictures:
            if any(mark.match(head) for mark in kind.marks):
                return kind
    if any(ending in kind.endings for kind in KINDS):
        raise _fault(
            "attachment_misnamed",
            f"“{name}”的内容和文件名的后缀不一致，可能损坏或被改过名。请用原来的程序打开后另存一份。",
        )
    raise _fault(
        "attachment_kind",
        f"不能附上“{name}”这种文件。可以附照片、扫描件、PDF、文字文件、表格、录音和录像。",
    )


def check_size(name: str, size: int) -> None:
    """Refuse an empty file and one above 2 GB."""
    if not size:
        raise _fault("attachment_empty", f"“{name}”是空的，没有内容。请检查原文件。")
    if size > LARGEST:
        raise _fault("attachment_large", f"“{name}”超过 2048 MB。请把录像剪短或压缩后再附上。")


def check_picture(path: Path, name: str) -> None:
    """Refuse a picture above 40 million pixels before anything unpacks it (H08)."""
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(path) as picture:
                width, height = picture.size
    except Image.DecompressionBombError as error:
        raise _too_many_pixels(name) from error
    except (UnidentifiedImageError, SyntaxError, ValueError, EOFError) as error:
        raise _fault(
            "attachment_damaged", f"“{name}”不是完整的图片，打不开。请重新拍照或另存一份。"
        ) from error
    except MemoryError as error:
        raise EnvironmentProblem(
            "no_memory", "这台电脑的内存不够了。请关掉一些程序，再试一次。"
        ) from error
    if width * height > MOST_PIXELS:
        raise _too_many_pixels(name)


def _too_many_pixels(name: str) -> InvalidInput:
    return _fault(
        "attachment_pixels",
        f"“{name}”的尺寸太大（超过 {MOST_PIXELS // 10_000} 万像素）。请缩小后再附上。",
    )


def _fault(code: str, message: str) -> InvalidInput:
    return InvalidInput([Fault("attachment", code, message)])
