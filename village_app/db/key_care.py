"""What can happen to a key file: the wrong one, none at all, and the end of its life."""

from __future__ import annotations

import os
from pathlib import Path

from village_app.db.files import REAL_DISK, Disk, write_atomically
from village_app.db.key_file import (
    FILE_NAME,
    SECOND_NAME,
    read_key_file,
    render,
)
from village_app.db.key_rotation import KeyRotation
from village_app.db.problems import map_os_error
from village_app.errors import EnvironmentProblem, Refused

SALT_BYTES = 16
_PLAIN_START = b"SQLite format 3\x00"
# Two random salts differ in 64 of 128 bits, give or take 6; damage touches a few.
_FOREIGN_BITS = 40


def remember_database(vault: KeyRotation, database: Path) -> None:
    """Note which database the keys belong to (its first 16 bytes); needs the keys in hand."""
    salt = _salt(database)
    if salt != vault.contents.database_salt:
        vault.note_database(salt)


def why_not_opened(vault: KeyRotation, database: Path) -> EnvironmentProblem:
    """Say why a database does not open with the right password: damage is no wrong password (D02).

    Codes: gone, not_encrypted, foreign_key_file, damaged.
    """
    try:
        salt = _salt(database)
    except OSError as error:
        return map_os_error(error, database, "打开数据")
    if salt == _PLAIN_START:
        return EnvironmentProblem(
            "not_encrypted",
            "这个数据文件没有加密，不是本程序的数据，没有打开。请从备份恢复。",
            path=str(database),
        )
    if _is_foreign(salt, vault.contents.database_salt):
        return EnvironmentProblem(
            "foreign_key_file",
            "钥匙文件和数据文件不是一套，可能是把别的村或旧电脑的文件拷进来了。"
            "请把同一份备份里的两个文件一起取回。",
            path=str(database),
        )
    return EnvironmentProblem(
        "damaged",
        "密码是对的，但数据文件损坏了，打不开。请从最近的备份恢复；没有备份时可以试着抢救还能读的内容。",
        path=str(database),
    )


def take_back_key_file(folder: Path, backup: Path, *, disk: Disk = REAL_DISK) -> None:
    """Put the key file of a backup back where the folder's own is missing or damaged (D09).

    Refused while the folder has a good one.
    """
    if _is_good(folder):
        raise Refused("key_file_is_good", "现有的钥匙文件是好的，不需要取回。")
    contents, _ = read_key_file(backup)
    raw = render(contents)
    for name in (FILE_NAME, SECOND_NAME):
        write_atomically(folder / name, raw, doing="取回钥匙文件", disk=disk)


def destroy_keys(folder: Path, *, disk: Disk = REAL_DISK) -> None:
    """Make the records unreadable for ever before a computer is handed on (I17).

    Both copies are overwritten in place, then removed. Backups elsewhere keep their own.
    """
    for name in (FILE_NAME, SECOND_NAME):
        path = folder / name
        try:
            length = path.stat().st_size
            with path.open("r+b") as file:
                file.write(os.urandom(length))
                file.flush()
                os.fsync(file.fileno())
            path.unlink()
        except FileNotFoundError:
            continue
        except OSError as error:
            raise map_os_error(error, path, "销毁钥匙文件") from error
    disk.sync_folder(folder)


def _is_good(folder: Path) -> bool:
    try:
        read_key_file(folder)
    except EnvironmentProblem as problem:
        if problem.code not in {"no_key_file", "damaged"}:
            raise
        return False
    return True


def _salt(database: Path) -> bytes:
    with database.open("rb") as file:
        return file.read(SALT_BYTES)


def _is_foreign(found: bytes, expected: bytes) -> bool:
    if len(found) != SALT_BYTES or len(expected) != SALT_BYTES or len(set(found)) == 1:
        return False
    differing = int.from_bytes(found) ^ int.from_bytes(expected)
    return differing.bit_count() >= _FOREIGN_BITS
