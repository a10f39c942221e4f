"""Step four of an import: the rows are being written; it can be stopped, and then nothing stays."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from village_app.services.imports.session import ImportSession
from village_app.ui.kit.progress import ProgressPanel
from village_app.ui.kit.sheets import Sheet
from village_app.ui.kit.text import Text
from village_app.ui.pages.imports.sums import ImportSum
from village_app.ui.pages.imports.work import NOTHING_LEFT


class WritingStep(QWidget):
    """What is written as a sum, and how far it is."""

    def __init__(self) -> None:
        super().__init__()
        self.panel = ProgressPanel(NOTHING_LEFT)
        self.sum = ImportSum()
        sheet = Sheet()
        sheet.add(Text("正在写入，先做一份备份", "songh2", wrap=True))
        sheet.add(self.sum)
        sheet.add(self.panel)
        sheet.add_stretch()
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.addWidget(sheet)

    def begin(self, session: ImportSession) -> None:
        """Say what is going to be written."""
        self.sum.show_counts(session.counts(), updates=session.imports.rule_matters)
