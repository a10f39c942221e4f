"""来龙去脉 as a whole: every station with its date and number; Enter goes to its record."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from village_app.domain.kinds import DAY, TEXT
from village_app.services.issues.chain import Station
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.columns import ColumnSpec, ListRow, ShortList
from village_app.ui.kit.dialog import Sheeted
from village_app.ui.kit.lights import Light
from village_app.ui.kit.table import RecordTable
from village_app.ui.page import Desk

COLUMNS = (
    ColumnSpec("station", "环节", None, width=110, sortable=False),
    ColumnSpec("number", "编号或名称", TEXT, width=240, stretch=True, sortable=False),
    ColumnSpec("day", "日期", DAY, width=110, sortable=False),
)


class ChainSheet(Sheeted):
    """The stations in order over the page; a station that is still ahead says so."""

    def __init__(
        self, desk: Desk, number: str, stations: Sequence[Station], window: QWidget
    ) -> None:
        super().__init__(f"{number} 的来龙去脉", None, window)
        self.desk = desk
        self._stations = tuple(stations)
        self.table = RecordTable(
            ShortList(COLUMNS, (_row(at, one) for at, one in enumerate(self._stations))),
            name="issue_chain",
            title="来龙去脉",
            measure="环",
        )
        self.table.show_rows(min(len(self._stations), 10))
        self.table.opened.connect(self.go_to)
        self.body.addWidget(self.table, 1)
        row = QHBoxLayout()
        row.addWidget(Button("打开这一环", key="Enter", kind="primary", press=self._go_to_current))
        row.addStretch(1)
        row.addWidget(Button("看完了", key="Esc", press=self.reject))
        self.body.addLayout(row)
        self.table.choose_first()
        self.table.focus_rows()

    def station(self, place: int) -> Station:
        """Give a station by its place in the list."""
        return self._stations[place]

    def _go_to_current(self) -> None:
        key = self.table.current_key()
        if key is not None:
            self.go_to(key)

    def go_to(self, key: int) -> None:
        """Leave the sheet for the record of a station."""
        station = self._stations[key]
        self.accept()
        if station.page != "issues":
            self.desk.go(station.page, station.id)


def _row(at: int, station: Station) -> ListRow:
    light = Light("done" if station.done else "ok", station.name)
    cells = {"station": light, "number": station.number or "还没到", "day": station.day}
    return ListRow(at, cells, muted=not station.done)
