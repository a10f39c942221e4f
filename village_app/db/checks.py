"""Is a database file sound? Findings in sentences, for the self-check, backups and rescue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from village_app.db.cipher_file import (
    Connection,
    EngineError,
    Identity,
    identity,
    interruptible,
    opened,
)
from village_app.domain.reporting import Report, silently
from village_app.errors import EnvironmentProblem

FindingCode = Literal[
    "unreadable",
    "not_ours",
    "structure",
    "damaged_page",
    "torn_free_page",
    "broken_link",
    "missing_file",
    "changed_file",
    "changed_manifest",
    "counts_differ",
    "missing_attachment",
    "damaged_attachment",
]
_MOST = 100


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: a sentence, and what it is about (table, page, file)."""

    code: FindingCode
    message: str
    about: str = ""


def check_database(
    path: Path,
    key: bytes,
    *,
    application_id: int | None = None,
    thorough: bool = True,
    report: Report = silently,
) -> tuple[Finding, ...]:
    """Check a database file; no findings means sound.

    Quick: opens, is ours (where `application_id` is given), structure. Thorough: also indexes
    against rows, the seal of every page, and links between records. Catches bit flips, swapped
    pages and cut files (D01-D06).
    """
    try:
        with opened(path, key) as connection:
            return tuple(_findings(connection, application_id, report, thorough=thorough))
    except EnvironmentProblem as problem:
        if problem.code != "damaged":
            raise
        return (Finding("unreadable", "数据文件有损坏的地方，有一部分读不出来。", str(path)),)


def _findings(
    connection: Connection, application_id: int | None, report: Report, *, thorough: bool
) -> Iterator[Finding]:
    found = identity(connection)
    yield from _whose(found, application_id)
    with interruptible(connection, report, "检查数据结构"):
        structure = list(_structure(connection, "integrity_check" if thorough else "quick_check"))
    yield from structure
    if not thorough:
        return
    with interruptible(connection, report, "检查每一页"):
        pages = [row[0] for row in connection.execute("PRAGMA cipher_integrity_check").fetchall()]
    for page in pages[:_MOST]:
        yield _page(str(page), is_free=not structure)
    if not structure:
        yield from _links(connection)


def _whose(found: Identity, application_id: int | None) -> Iterator[Finding]:
    if application_id is not None and found.application_id != application_id:
        yield Finding("not_ours", "这个文件是空的，或不是本程序的数据。")


def _structure(connection: Connection, pragma: str) -> Iterator[Finding]:
    try:
        rows = connection.execute(f"PRAGMA {pragma}({_MOST})").fetchall()
    except EngineError as error:
        if getattr(error, "sqlite_errorname", "") not in {"SQLITE_CORRUPT", "SQLITE_NOTADB"}:
            raise
        rows = [(str(error),)]
    for (text,) in rows:
        if text != "ok":
            yield Finding("structure", "数据内部有前后不一致的地方。", str(text))


def _page(text: str, *, is_free: bool) -> Finding:
    if is_free:
        return Finding("torn_free_page", "有一个没有用到的数据页写坏了，整理一次就好。", text)
    return Finding("damaged_page", "有一个数据页损坏了。", text)


def _links(connection: Connection) -> Iterator[Finding]:
    rows = connection.execute("PRAGMA foreign_key_check").fetchmany(_MOST)
    for table, row, parent, _ in rows:
        yield Finding(
            "broken_link", "有一条记录指向的另一条记录不在了。", f"{table} {row} -> {parent}"
        )
