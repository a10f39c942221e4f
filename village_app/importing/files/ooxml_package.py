"""The zip package behind an xlsx file: its parts, and how they refer to each other.

Names are compared without case and with either slash, because some writers use backslashes
(ECMA-376 part 2 compares part names without case).
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from typing import IO

from village_app.errors import Refused
from village_app.importing.files.markup import scan_markup
from village_app.importing.files.reading import Damaged


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation of a part: what it is (last word of its type) and the part it leads to."""

    kind: str
    target: str


def ignore_end(name: str) -> None:
    """Take no notice of the end of an element."""


def ignore_characters(data: str) -> None:
    """Take no notice of text between elements."""


class Package:
    """The parts of a zip file held in memory; nothing is ever unpacked to disk."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except zipfile.BadZipFile as error:
            raise Damaged(str(error)) from error
        self._parts = {_plain(entry.filename): entry for entry in self._zip.infolist()}

    def names(self) -> list[str]:
        """List the part names as compared: lower case, slashes, no leading slash."""
        return list(self._parts)

    def has(self, name: str) -> bool:
        return _plain(name) in self._parts

    def size(self, name: str) -> int:
        """Give the unpacked size of a part in bytes; one that is not there means damage."""
        entry = self._parts.get(_plain(name))
        if entry is None:
            raise Damaged(name)
        return entry.file_size

    def open(self, name: str) -> IO[bytes]:
        """Open a part; a part that is not there means a damaged file."""
        entry = self._parts.get(_plain(name))
        if entry is None:
            raise Damaged(name)
        if entry.flag_bits & 1:
            raise Refused(
                "cannot_unlock", "这个文件有密码。请用密码打开后另存一份不带密码的，再导入。"
            )
        try:
            return self._zip.open(entry)
        except (zipfile.BadZipFile, NotImplementedError, EOFError) as error:
            raise Damaged(name) from error

    def read(self, name: str) -> bytes:
        """Give a whole part; a stream that is broken means a damaged file."""
        with self.open(name) as stream:
            try:
                return stream.read()
            except (zipfile.BadZipFile, zlib.error, EOFError) as error:
                raise Damaged(name) from error

    def relations(self, part: str) -> dict[str, Relation]:
        """Give the relations of a part ("" = the package) by their id."""
        folder, name = posixpath.split(part)
        source = posixpath.join(folder, "_rels", f"{name}.rels")
        found: dict[str, Relation] = {}
        if not self.has(source):
            return found

        def start(name: str, attributes: dict[str, str]) -> None:
            if name == "Relationship" and attributes.get("TargetMode") != "External":
                target = attributes.get("Target", "").replace("\\", "/")
                path = target if target.startswith("/") else posixpath.join(folder, target)
                kind = attributes.get("Type", "").rpartition("/")[2]
                found[attributes.get("Id", "")] = Relation(kind, posixpath.normpath(path))

        with self.open(source) as stream:
            scan_markup(stream, start, ignore_end, ignore_characters)
        return found


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
