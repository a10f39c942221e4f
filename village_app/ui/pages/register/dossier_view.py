"""Everything about one person or household on one page; each line opens its record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from village_app.domain.kinds import DAY, TEXT
from village_app.services.register.dossier_lines import DossierLine
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.chips import Chip, ChipRow
from village_app.ui.kit.columns import ColumnSpec, ListRow, ShortList, TwoLines
from village_app.ui.kit.empty import EmptyState
from village_app.ui.kit.heads import PageHead
from village_app.ui.kit.keys import Key
from village_app.ui.kit.sheets import Facts, Sheet
from village_app.ui.kit.table import RecordTable
from village_app.ui.page import Desk
from village_app.ui.theme import theme

ALL = "all"
KEYS = (Key("↑ ↓", "选一条"), Key("Enter", "打开"), Key("Esc", "回名单"))
COLUMNS = (
    ColumnSpec("day", "日期", DAY, width=108),
    ColumnSpec("part", "哪一类", TEXT, width=88),
    ColumnSpec("title", "事项", None, width=300, lines=2, stretch=True),
)


class DossierView(QWidget):
    """The lines of one person or household, by part, the newest first."""

    def __init__(self, desk: Desk, leave: Callable[[], object]) -> None:
        super().__init__()
        self._desk = desk
        self._leave = leave
        self._lines: Sequence[DossierLine] = ()
        self._shown: list[DossierLine] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(12))
        back = Button("回名单", icon="left", key="Alt+Left", press=leave)
        self.head = PageHead("往来", buttons=[back])
        column.addWidget(self.head)
        self.chips = ChipRow([Chip(ALL, "全部", 0)], name="哪一类")
        self.chips.chosen.connect(lambda _keys: self._filter())
        column.addWidget(self.chips)
        row = QHBoxLayout()
        row.setSpacing(theme().px(12))
        self.source = ShortList(COLUMNS)
        self.table = RecordTable(
            self.source, name="dossier", measure="条", preferences=desk.preferences
        )
        self.table.opened.connect(self.open)
        self.table.set_empty(
            EmptyState("还没有往来", "诉求、会议、表决、收支、公示里提到的，都会列在这里。")
        )
        row.addWidget(self.table, 1)
        self.side = Sheet("基本情况")
        self.facts = Facts()
        self.side.add(self.facts)
        self.side.add_stretch()
        self.side.setFixedWidth(theme().px(330))
        row.addWidget(self.side)
        column.addLayout(row, 1)

    def show_lines(
        self, title: str, facts: Sequence[tuple[str, str]], lines: Sequence[DossierLine]
    ) -> None:
        """Show somebody's lines and facts."""
        self._lines = lines
        self.head.set_title(f"{title} 的往来", f"共 {len(lines)} 条，按 Enter 打开")
        self.facts.set_facts(facts)
        counts = Counter(one.part for one in lines)
        chips = [Chip(part, part, count) for part, count in counts.most_common()]
        self.chips.set_chips([Chip(ALL, "全部", len(lines)), *chips])
        self._filter()
        self.table.choose_first()

    def open(self, key: int) -> None:
        """Open the record of a line."""
        line = self._shown[key]
        if line.page:
            self._desk.go(line.page, line.record or None)

    def set_narrow(self, narrow: bool) -> None:
        """Leave the facts out where there is room for the lines only."""
        self.side.setVisible(not narrow)
        self.table.set_narrow(narrow)

    def _filter(self) -> None:
        wanted = self.chips.on()
        every = not wanted or ALL in wanted
        self._shown = [one for one in self._lines if every or one.part in wanted]
        self.source.set_rows(
            ListRow(
                at,
                {"day": one.day, "part": one.part, "title": TwoLines(one.title, one.note)},
            )
            for at, one in enumerate(self._shown)
        )
        self.table.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)
