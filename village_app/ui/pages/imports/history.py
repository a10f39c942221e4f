"""The imports so far on the first step: which file, what it did, and taking one back."""

from __future__ import annotations

from PySide6.QtCore import Signal

from village_app.db.records.residents import ImportBatch
from village_app.domain.kinds import MOMENT, TEXT
from village_app.services.imports.subject_imports import SubjectImports
from village_app.ui.asking import Choice, Question
from village_app.ui.kit.columns import ColumnSpec, ListRow, ShortList
from village_app.ui.kit.sheets import Sheet
from village_app.ui.kit.table import RecordTable
from village_app.ui.kit.text import Text
from village_app.ui.page import Desk

_COLUMNS = (
    ColumnSpec("at", "时间", MOMENT, width=150),
    ColumnSpec("file", "表格", TEXT, stretch=True),
    ColumnSpec("result", "结果", TEXT, width=210),
    ColumnSpec("user", "经手人", TEXT, width=90),
    ColumnSpec("state", "状态", ImportBatch.declaration("state").kind, width=90),
)


class ImportHistory(Sheet):
    """Earlier imports of a subject, newest first; `refresh` reads them again.

    `wants_back` gives an import that is to be taken back.
    """

    wants_back = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._batches: dict[int, ImportBatch] = {}
        self._heading = Text("导入过的表格", "h3")
        self.add(self._heading)
        self.table = RecordTable(
            ShortList(_COLUMNS),
            name="import-history",
            title="导入过的表格",
            measure="次",
            preferences=desk.preferences,
        )
        self.take_back_button = self.table.add_link("撤回选中的这一批", self._ask_back)
        self.body.addWidget(self.table, 1)

    def set_narrow(self, narrow: bool) -> None:
        """Leave the heading out where the rows need its height."""
        self._heading.setVisible(not narrow)

    def refresh(self, subject: type[SubjectImports]) -> None:
        """Show the imports of a subject; the sheet is hidden while there is none."""
        batches = self._desk.village.imports.batches_of(subject.key)
        self._batches = {batch.id: batch for batch in batches}
        self.table.refresh(ShortList(_COLUMNS, (_row(subject, batch) for batch in batches)))
        self.table.choose_first()
        self.setVisible(bool(batches))

    def chosen(self) -> ImportBatch | None:
        """Give the import that is chosen in the list."""
        key = self.table.current_key()
        return None if key is None else self._batches[key]

    def _ask_back(self) -> None:
        batch = self.chosen()
        if batch is not None and self._desk.asking.ask(_question(batch)) == "undo":
            self.wants_back.emit(batch)


def _row(subject: type[SubjectImports], batch: ImportBatch) -> ListRow:
    return ListRow(
        batch.id,
        {
            "at": batch.at,
            "file": batch.file_name,
            "result": subject.result_words(batch),
            "user": batch.user,
            "state": batch.state,
        },
    )


def _question(batch: ImportBatch) -> Question:
    return Question(
        f"撤回“{batch.file_name}”",
        [
            ("会怎样", "这一批新增的拿掉，更新过的变回导入以前的样子。"),
            ("后来又改过的", "一条一条列给您，留着还是一起撤回由您定。"),
        ],
        [Choice("undo", "撤回这一批", "undo", danger=True), Choice("", "先不撤回")],
    )
