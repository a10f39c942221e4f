"""Step five of an import: what was written, and the way back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from village_app.services.imports.session import ImportSession
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.sheets import Sheet
from village_app.ui.kit.text import Text
from village_app.ui.pages.imports.sums import ImportSum


class DoneStep(QWidget):
    """The result as a sum, what is left to do, taking it back, another list."""

    def __init__(
        self,
        *,
        take_back: Callable[[], object],
        again: Callable[[], object],
        save_errors: Callable[[], object],
    ) -> None:
        super().__init__()
        self.title = Text("", "songh2", wrap=True)
        self.sum = ImportSum()
        self.rest = Text("", wrap=True)
        self.errors_button = Button("导出错误行", icon="out", press=save_errors)
        self.take_back_button = Button("撤回这次导入", icon="undo", press=take_back)
        row = QHBoxLayout()
        row.addWidget(self.take_back_button)
        row.addWidget(self.errors_button)
        row.addWidget(Button("再导一个", icon="in", press=again))
        row.addStretch(1)
        sheet = Sheet()
        for part in (self.title, self.sum, self.rest):
            sheet.add(part)
        sheet.body.addLayout(row)
        sheet.add_stretch()
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.addWidget(sheet)

    def show_written(self, session: ImportSession) -> None:
        """Say what was written."""
        counts, imports = session.counts(), session.imports
        done = f"已写入：新增 {counts['new']} {imports.counter}"
        if imports.rule_matters:
            done += f"，更新 {counts['update']} {imports.counter}"
        self.title.setText(done)
        self.sum.show_counts(counts, updates=imports.rule_matters)
        left = counts["error"] + counts["suspected"]
        rest = f"还有 {left} 行没有写，可以导出来改好，再导一次。" if left else ""
        self.rest.setText(f"{rest}这一批可以整批撤回，过几天也行，原来的值都留着。")
        self.errors_button.setVisible(bool(counts["error"]))
