"""The imports so far on the page 导入居民: which file, what it did, and taking one back."""

from __future__ import annotations

from village_app.db.records.residents import ImportBatch
from village_app.domain.kinds import MOMENT, TEXT
from village_app.errors import VillageError
from village_app.services.imports.subject_imports import SubjectImports, result_words
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
    """Earlier imports of residents, newest first; `refresh` reads them again."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._subject: type[SubjectImports] | None = None
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
        self.take_back_button = self.table.add_link("撤回选中的这一批", self.take_back)
        self.body.addWidget(self.table, 1)

    def set_narrow(self, narrow: bool) -> None:
        """Leave the heading out where the rows need its height."""
        self._heading.setVisible(not narrow)

    def refresh(self, subject: type[SubjectImports]) -> None:
        """Show the imports of a subject; the sheet is hidden while there is none."""
        self._subject = subject
        batches = self._desk.village.imports.batches_of(subject.key)
        self._batches = {batch.id: batch for batch in batches}
        self.table.refresh(ShortList(_COLUMNS, (_row(subject, batch) for batch in batches)))
        self.table.choose_first()
        self.setVisible(bool(batches))

    def take_back(self) -> None:
        """Take the chosen import back after asking; what was edited since stays and is named."""
        key = self.table.current_key()
        batch = None if key is None else self._batches[key]
        if batch is None or self._desk.asking.ask(_question(batch)) != "undo":
            return
        try:
            undone = self._desk.village.imports.undo(batch)
        except VillageError as refusal:
            self._desk.say(refusal.message, None)
            return
        removed, restored = sum(undone.removed.values()), sum(undone.restored.values())
        kept = f"，后来改过的 {len(undone.kept)} 条留着没动" if undone.kept else ""
        self._desk.say(
            f"撤回了“{batch.file_name}”：拿掉 {removed} 条，改回 {restored} 条{kept}", None
        )
        if self._subject is not None:
            self.refresh(self._subject)


def _row(subject: type[SubjectImports], batch: ImportBatch) -> ListRow:
    return ListRow(
        batch.id,
        {
            "at": batch.at,
            "file": batch.file_name,
            "result": result_words(subject, batch),
            "user": batch.user,
            "state": batch.state,
        },
    )


def _question(batch: ImportBatch) -> Question:
    return Question(
        f"撤回“{batch.file_name}”",
        [
            ("会怎样", "这一批新增的拿掉，更新过的变回导入以前的样子。"),
            ("留着什么", "导入以后又改过的记录不动，会说有几条。"),
        ],
        [Choice("undo", "撤回这一批", "undo", danger=True), Choice("", "先不撤回")],
    )
