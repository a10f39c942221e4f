"""The spreadsheets that an import gives out: an empty list to fill in, the rows with errors."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from village_app.services.imports.session import ImportSession
from village_app.services.imports.subject_imports import SubjectImports
from village_app.ui.asking import FileKind, Question
from village_app.ui.page import Desk

TABLES = FileKind(
    "表格", ("xlsx", "xls", "et", "csv", "ods", "xlsb", "xlsm", "txt", "htm", "html", "xml")
)
ERROR_ROWS = FileKind("表格", ("xlsx",))


class ImportFiles:
    """Asks where to, and writes in the background with the page's `work`."""

    def __init__(self, desk: Desk, work: Callable[..., None]) -> None:
        self._desk = desk
        self._work = work

    def save_template(self, imports: SubjectImports, subject: str) -> None:
        """Save an empty spreadsheet with the right columns, hints, drop-downs and two samples."""
        path = self._desk.asking.save_file(
            "空表存到哪里", ERROR_ROWS, f"{subject}导入表.xlsx", "import"
        )
        if path is None:
            return
        told = f"空表存到了“{path.name}”，照填写说明填好再选来；示例两行不会导入"
        self._work(
            lambda report: imports.write_template(path),  # noqa: ARG005 - one small sheet
            "正在存空表",
            lambda _done: self._desk.say(told, None),
        )

    def save_errors(self, session: ImportSession) -> None:
        """Save the rows with errors with their reasons, to be put right there."""
        suggested = f"{Path(session.name).stem}（错误行）.xlsx"
        path = self._desk.asking.save_file("错误行存到哪里", ERROR_ROWS, suggested, "import")
        if path is None:
            return
        if path == session.source.path:
            sentence = f"“{path.name}”是原来的表格，存上去就盖掉了。错误行请另起一个名字。"
            self._desk.asking.ask(Question("没有存", [("", sentence)]))
            return
        self._work(
            lambda report: session.write_errors(path),  # noqa: ARG005 - written in one go
            "正在存错误行",
            lambda count: self._desk.say(
                f"有错的 {count} 行存到了“{path.name}”，每行写着原因，改好再导", None
            ),
        )
