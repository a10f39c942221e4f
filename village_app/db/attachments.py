"""Attachments: photos and scans, encrypted, each kept once under a code of its content.

    store = AttachmentStore(folder, unlocked)
    stored = store.add(path, "现场照片.jpg")     # -> Stored(code, name, kind, size); then the row
    for piece in store.pieces(stored.code): ...

The file is written before the row that names it, so no row is ever without its content; a file
whose row was never written is found by `orphans`. The code is a keyed hash of the content: it
tells nothing to who has no key.
"""

from __future__ import annotations

import hmac
import secrets
import struct
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from village_app.db import attachment_files
from village_app.db.attachment_files import path_of
from village_app.db.attachment_kinds import (
    HEAD,
    PICTURES,
    AttachmentKind,
    check_picture,
    check_size,
    kind_of,
)
from village_app.db.checks import Finding
from village_app.db.display_names import clean_name
from village_app.db.files import (
    REAL_DISK,
    Disk,
    passing_name,
    read_pieces,
    replace_patiently,
    write_atomically,
    write_new,
)
from village_app.db.key_ring import Unlocked
from village_app.db.key_slots import derive
from village_app.db.problems import map_os_error
from village_app.domain.reporting import Report, silently
from village_app.errors import EnvironmentProblem

_PIECE = 256 * 1024
_TAG = 16
_MARK = b"GZTA"
_HEADER = struct.Struct(">4sBI16s")  # mark, format, generation of the data key, salt
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Stored:
    """An attachment as its row keeps it: code, cleaned name, kind, bytes."""

    code: str
    name: str
    kind: str
    size: int


class AttachmentStore:
    """The attachments of one village folder, open with the keys in hand."""

    def __init__(self, folder: Path, keys: Unlocked, *, disk: Disk = REAL_DISK) -> None:
        self.folder = folder
        self._keys = keys
        self._disk = disk

    def add(self, source: Path, name: str, *, report: Report = silently) -> Stored:
        """Encrypt a file into the store; the same content again is not stored twice (BS-08).

        `InvalidInput` for kinds that may not be attached, too large pictures and empty files;
        `EnvironmentProblem` when reading or writing fails.
        """
        shown = clean_name(name)
        try:
            kind, size, digest = _looked_over(source, shown, report)
            code = self._known_code(digest) or self._code(digest, self._keys.generation)
            if not self._is_readable(code):  # not there yet, or damaged: attaching again mends it
                self._store(source, path_of(self.folder, code), digest, report)
        except OSError as error:
            raise map_os_error(error, source, f"附上“{shown}”") from error
        return Stored(code, shown, kind.name, size)

    def pieces(self, code: str) -> Iterator[bytes]:
        """Give the content piece by piece, each proved by its seal before it is handed out.

        Raises `EnvironmentProblem` attachment_missing or attachment_damaged; when it is damaged
        in the middle, after the good pieces.
        """
        try:
            with path_of(self.folder, code).open("rb") as file:
                yield from self._decrypted(file, code)
        except FileNotFoundError as error:
            raise EnvironmentProblem(
                "attachment_missing",
                "这个附件的文件不见了，可能被删除或移走。请从备份恢复附件。",
                attachment=code,
            ) from error
        except OSError as error:
            raise map_os_error(error, self.folder, "打开附件") from error

    def read(self, code: str) -> bytes:
        """Give the whole content (for pictures and small files)."""
        return b"".join(self.pieces(code))

    def copy_to(self, code: str, target: Path) -> int:
        """Write the plain content to a file of the user's choice; returns its bytes."""
        return write_atomically(
            target, self.pieces(code), doing="另存附件", mode=0o644, disk=self._disk
        )

    def opened_copy(self, stored: Stored, private: Path) -> Path:
        """Put a read-only copy into the private folder for another program to show (H07).

        The private folder is wiped when the program ends. The name is cleaned and never a path.
        """
        place = private / secrets.token_hex(4)
        try:
            place.mkdir(mode=0o700)
            copy = place / clean_name(stored.name)
            write_atomically(copy, self.pieces(stored.code), doing="打开附件", disk=self._disk)
            copy.chmod(0o400)
        except OSError as error:
            raise map_os_error(error, place, "打开附件") from error
        return copy

    def check(
        self, codes: Iterable[str], *, read_all: bool = False, report: Report = silently
    ) -> tuple[Finding, ...]:
        """Find attachments that rows name and the store lacks or cannot read, by their codes.

        `read_all` decrypts each of them; otherwise only the file's presence is checked.
        """
        wanted = sorted(set(codes))
        there = attachment_files.stored(self.folder)
        found: list[Finding] = []
        for done, code in enumerate(wanted):
            report(done, len(wanted), "检查附件")
            if code not in there:
                found.append(Finding("missing_attachment", "附件的文件不见了。", code))
            elif read_all and not self._is_readable(code):
                found.append(Finding("damaged_attachment", "附件的文件损坏了。", code))
        return tuple(found)

    def orphans(self, referenced: Iterable[str]) -> tuple[str, ...]:
        """List stored codes nothing refers to (of rows, and of the journal, which can undo)."""
        wanted = set(referenced)
        return tuple(code for code in attachment_files.stored(self.folder) if code not in wanted)

    def remove_orphans(self, referenced: Iterable[str]) -> int:
        """Remove what nothing refers to (A16); returns how many."""
        wanted = set(referenced)
        return attachment_files.sweep(self.folder, wanted.__contains__)

    def _store(self, source: Path, target: Path, digest: bytes, report: Report) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        passing = passing_name(target.parent)
        try:
            write_new(passing, self._encrypted(source, digest, report), disk=self._disk)
            replace_patiently(passing, target, disk=self._disk)
            for folder in (target.parent, target.parent.parent, self.folder):
                self._disk.sync_folder(folder)
        finally:
            with suppress(OSError):
                passing.unlink(missing_ok=True)

    def _encrypted(self, source: Path, digest: bytes, report: Report) -> Iterator[bytes]:
        header = _HEADER.pack(_MARK, _FORMAT, self._keys.generation, secrets.token_bytes(16))
        cipher = self._cipher(header)
        yield header
        seen, number, held = sha256(), 0, b""
        for piece in read_pieces(source, _PIECE):
            report(0, 0, "保存附件")
            seen.update(piece)
            if held:
                yield cipher.encrypt(_nonce(number), held, _data(header, number, last=False))
                number += 1
            held = piece
        if seen.digest() != digest:
            raise EnvironmentProblem(
                "source_changed", "原文件在读取时被改动了，没有附上。请等它保存完，再附一次。"
            )
        yield cipher.encrypt(_nonce(number), held, _data(header, number, last=True))

    def _decrypted(self, file: BinaryIO, code: str) -> Iterator[bytes]:
        try:
            header = file.read(_HEADER.size)
            cipher = self._cipher(header)
            number, piece = 0, file.read(_PIECE + _TAG)
            while True:
                following = file.read(_PIECE + _TAG)
                data = _data(header, number, last=not following)
                yield cipher.decrypt(_nonce(number), piece, data)
                if not following:
                    return
                number, piece = number + 1, following
        except (InvalidTag, struct.error, KeyError, ValueError) as error:
            raise EnvironmentProblem(
                "attachment_damaged",
                "这个附件的文件损坏了，打不开。请从备份恢复附件。",
                attachment=code,
            ) from error

    def _cipher(self, header: bytes) -> AESGCM:
        mark, form, generation, salt = _HEADER.unpack(header)
        if mark != _MARK or form != _FORMAT:
            raise ValueError("not an attachment of ours")
        return AESGCM(derive(self._keys.subkey("attachments", generation), "attachment", salt))

    def _is_readable(self, code: str) -> bool:
        try:
            for _ in self.pieces(code):
                pass
        except EnvironmentProblem as problem:
            if problem.code not in {"attachment_damaged", "attachment_missing", "disk_error"}:
                raise
            return False
        return True

    def _known_code(self, digest: bytes) -> str | None:
        """Find the content in the store, under the key of any generation."""
        for generation in sorted(self._keys.keys, reverse=True):
            code = self._code(digest, generation)
            if path_of(self.folder, code).exists():
                return code
        return None

    def _code(self, digest: bytes, generation: int) -> str:
        key = derive(self._keys.subkey("attachments", generation), "attachment-code")
        return hmac.new(key, digest, sha256).hexdigest()


def _looked_over(source: Path, name: str, report: Report) -> tuple[AttachmentKind, int, bytes]:
    """Check a file before it is taken in; gives kind, size and hash of the content."""
    size = source.stat().st_size
    check_size(name, size)
    with source.open("rb") as file:
        kind = kind_of(file.read(HEAD), name)
    if kind.name in PICTURES:
        check_picture(source, name)
    digest = sha256()
    for piece in read_pieces(source):
        report(0, 0, "检查附件")
        digest.update(piece)
    return kind, size, digest.digest()


def _nonce(number: int) -> bytes:
    """Count the pieces: the key belongs to this file alone, so a number is enough."""
    return number.to_bytes(12)


def _data(header: bytes, number: int, *, last: bool) -> bytes:
    """Bind a piece to its file, its place and the end: none can be cut off or moved."""
    return header + struct.pack(">Q?", number, last)
