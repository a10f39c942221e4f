"""Look for names and numbers in files, in every writing the program could have left them in."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

from tests.seed_search.seeds import Seeds

_HEAD, _LEAST = 4096, 1024
# Of 256 values a page of noise has all but a few; text, even compressed, begins with a plain head.
_NOISE = 230
_PLAIN_HEADS = (
    b"PK\x03\x04",
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"\x1f\x8b",
    b"SQLite format 3",
)
_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")
_ESCAPED = re.compile(r"\\[ux]([0-9a-fA-F]{4})")
_DIGITS = re.compile(r"\d{11,}[Xx]?")
_CHINESE = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff·]{3,}")


@dataclass(frozen=True, slots=True)
class Trace:
    """Something personal that stands in a file outside encryption."""

    path: Path
    text: str


class Search:
    """Looks for the same seeds in many files."""

    def __init__(self, seeds: Seeds) -> None:
        self._names = seeds.sought_names()
        self._numbers = frozenset(seeds.numbers)
        self._name_lengths = sorted({len(name) for name in self._names})
        self._number_lengths = sorted({len(number) for number in self._numbers})

    def through(self, files: Iterable[Path]) -> Iterator[Trace]:
        """Give every trace in these files and in their names; encrypted ones are passed over."""
        for path in files:
            found = set(self._in_text(path.name))
            with path.open("rb") as file:
                head = file.read(_HEAD)
                if not is_encrypted(head):
                    found |= self.in_content(head + file.read())
            yield from (Trace(path, text) for text in sorted(found))

    def in_content(self, content: bytes) -> set[str]:
        """Give the seeds in the content of a file that is not encrypted."""
        found: set[str] = set()
        for piece in (content, *_members(content)):
            for encoding in _ENCODINGS:
                text = piece.decode(encoding, errors="replace")
                found.update(self._in_text(text))
                if encoding == "utf-8":
                    found.update(self._in_text(_unescaped(text)))
        return found

    def _in_text(self, text: str) -> Iterator[str]:
        for pattern, sought, lengths in (
            (_DIGITS, self._numbers, self._number_lengths),
            (_CHINESE, self._names, self._name_lengths),
        ):
            for run in pattern.findall(text):
                yield from (part for part in _parts(run, lengths) if part in sought)


def is_encrypted(head: bytes) -> bool:
    """Say whether a file's beginning (4 KiB of it) is noise from the first byte on."""
    if len(head) < _LEAST or head.startswith(_PLAIN_HEADS):
        return False
    return len(set(head)) >= _NOISE


def _parts(run: str, lengths: Iterable[int]) -> Iterator[str]:
    for length in lengths:
        for start in range(len(run) - length + 1):
            yield run[start : start + length]


def _unescaped(text: str) -> str:
    """Undo the escapes of JSON, of Qt's settings and of addresses."""
    plain = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return unquote(plain) if "%" in plain else plain


def _members(content: bytes) -> Iterator[bytes]:
    """Give the files within a spreadsheet, a document or an archive."""
    if not content.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            for name in archive.namelist():
                yield archive.read(name)
    except (zipfile.BadZipFile, RuntimeError):  # a torn one, or one with a password
        return
