"""The door through which other people's files come in: bytes in, a `Workbook` out.

The file is checked, then read in a child process that may die without harm. Where the first
reader fails, the next one tries in a fresh child. Nothing is ever written to disk.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any

from village_app.domain.reporting import Report, silently
from village_app.errors import EnvironmentProblem, Refused
from village_app.importing.files import limits
from village_app.importing.files.child import serve
from village_app.importing.files.encodings import Candidate
from village_app.importing.files.grid import Workbook
from village_app.importing.files.preflight import preflight
from village_app.importing.files.reading import Damaged
from village_app.importing.files.transfer import Assembly, pack, unpack

_TICK_SECONDS = 0.05
_LONGEST_MESSAGE = 256 * limits.MEBIBYTE


def read_workbook(
    data: bytes,
    name: str,
    *,
    encoding: str | None = None,
    separator: str | None = None,
    password: str | None = None,
    repairs: Mapping[int, str] | None = None,
    report: Report = silently,
) -> Workbook:
    """Read any spreadsheet a village was ever sent.

    `name` serves messages only, the content decides. `encoding` and `separator` override what is
    found in text files, `password` opens a locked file, `repairs` maps private-use code points of
    GB18030 files. Raises `Refused` with a sentence for people (codes: temporary_file,
    file_too_large, empty_file, not_a_spreadsheet, has_password, wrong_password, cannot_unlock,
    damaged, too_slow, encoding_unclear with `candidates`, and others), `EnvironmentProblem` where
    the machine cannot start the reader; lets `Cancelled` pass after ending the child.
    """
    try:
        preflight(data, name)
    except Damaged as error:
        raise _damaged() from error
    request = {
        "name": name,
        "encoding": encoding,
        "separator": separator,
        "password": password,
        "repairs": {str(code): text for code, text in (repairs or {}).items()},
    }
    first_reader = 0
    deadline = time.monotonic() + limits.CHILD_SECONDS
    while True:
        attempt = _Attempt(report, deadline)
        workbook = attempt.run(data, {**request, "first_reader": first_reader})
        if workbook is not None:
            return workbook
        first_reader = attempt.reader + 1
        if first_reader >= attempt.readers:
            raise _damaged()


def _damaged() -> Refused:
    return Refused(
        "damaged",
        "这个文件不完整或已损坏，读不出来。请重新复制一份，"
        "或用 WPS 表格、Excel 打开原表后另存为“Excel 工作簿（.xlsx）”，再导入。",
    )


@dataclass(slots=True)
class _Attempt:
    """One child reading one file, from start to end; `reader` is the one it was last at."""

    report: Report
    deadline: float
    reader: int = 0
    readers: int = 0
    _assembly: Assembly = field(default_factory=Assembly)
    _progress: tuple[int, int, str] = (0, 0, "正在打开文件")

    def run(self, data: bytes, request: dict[str, Any]) -> Workbook | None:
        """Give the workbook, or None where the child died or found the file damaged."""
        self.report(*self._progress)
        process, connection = _start_child()
        try:
            connection.send_bytes(pack(request))
            connection.send_bytes(data)
            while True:
                message = self._next(connection)
                if "done" in message:
                    return self._assembly.workbook
                if "damaged" in message:
                    self.reader = max(self.readers - 1, 0)
                    return None
                self._take(message)
        except (EOFError, ConnectionError):
            return None
        finally:
            connection.close()
            process.kill()
            process.join()

    def _next(self, connection: Connection) -> dict[str, Any]:
        """Wait for the next message, asking the user's wish at every tick."""
        while not connection.poll(_TICK_SECONDS):
            self.report(*self._progress)
            if time.monotonic() > self.deadline:
                raise Refused(
                    "too_slow",
                    "这个文件读了一分钟还没有读完，已经停下。"
                    "请用 WPS 表格或 Excel 打开原表，只留需要的表，另存一份再导入。",
                )
        try:
            return unpack(connection.recv_bytes(_LONGEST_MESSAGE))
        except (ValueError, OSError) as error:
            raise EOFError from error  # what is no message comes from a child gone astray

    def _take(self, message: dict[str, Any]) -> None:
        if "progress" in message:
            done, total, text = message["progress"]
            self._progress = (done, total, text)
            self.report(done, total, text)
        elif "reader" in message:
            self.reader, self.readers = message["reader"], message["readers"]
        elif "refused" in message:
            raise _refusal(message["refused"])
        elif "too_large" in message:
            raise Refused(
                "too_large",
                "这个文件里的内容太多，内存放不下。请只留需要的表，或分成几份，再导入。",
            )
        else:
            self._assembly.take(message)
            rows, expected = self._assembly.rows_received, self._assembly.rows_expected
            self._progress = (rows, expected, "正在整理读到的内容")
            self.report(*self._progress)


def _start_child() -> tuple[SpawnProcess, Connection]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(theirs,), daemon=True)
    try:
        process.start()
    except OSError as error:
        ours.close()
        raise EnvironmentProblem(
            "cannot_start_reader", "电脑现在太忙，读表格的程序没能启动。请稍等一会儿再试。"
        ) from error
    finally:
        theirs.close()
    return process, ours


def _refusal(parts: dict[str, Any]) -> Refused:
    candidates = tuple(Candidate(*values) for values in parts["candidates"])
    values = {"candidates": candidates} if candidates else {}
    return Refused(parts["code"], parts["message"], **values)
