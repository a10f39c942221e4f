"""Which people the register shows: words, group, labels together, as of a day, in an order."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from village_app.domain.kinds import DAY, Unreadable
from village_app.services.register.resident_list import ORDERS, Order, PeopleFilter
from village_app.ui.asking import Choice, Question
from village_app.ui.kit.chips import Chip, ChipRow
from village_app.ui.kit.pause import Pause
from village_app.ui.page import Desk
from village_app.ui.theme import theme

ALL = "all"
GONE = "gone"


class ResidentFilters(QWidget):
    """The search line, the chips of groups and labels, and the day.

    `changed` asks for the list again, `day_changed` for the counts too; `entered` is Enter in the
    search line.
    """

    changed = Signal()
    day_changed = Signal()
    entered = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._group: int | None = None
        self._labels: tuple[str, ...] = ()
        self._day: date | None = None
        self._order: Order | None = None
        self._with_gone = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(10))
        self._make_search()
        self.day = self._make_day()
        self.chips = ChipRow([Chip(ALL, "全村")], name="村民小组")
        self.chips.chosen.connect(self._choose_group)
        row = QHBoxLayout()
        row.setSpacing(theme().px(12))
        row.addWidget(self.search, 2)
        row.addWidget(self.chips, 5)
        row.addWidget(self.day)
        column.addLayout(row)
        self.labels = ChipRow([], together=True, name="职务和标签")
        self.labels.chosen.connect(self._choose_labels)
        self.gone = ChipRow([Chip(GONE, "含迁出、去世")], toggles=True, name="不在册的人")
        self.gone.chosen.connect(self._choose_gone)
        below = QHBoxLayout()
        below.setSpacing(theme().px(12))
        below.addWidget(self.labels, 1)
        below.addStretch()
        below.addWidget(self.gone)
        column.addLayout(below)

    def _make_search(self) -> None:
        self.search = QLineEdit()
        self.search.setPlaceholderText("姓名、拼音、号码尾数、住址")
        self.search.setAccessibleName("找人")
        self.search.setClearButtonEnabled(True)
        # A list of fifty thousand is asked again only when the fingers rest.
        self._pause = Pause(self, self.changed.emit)
        self.search.textChanged.connect(self._pause.begin)
        self.search.returnPressed.connect(self.entered)

    def _make_day(self) -> QLineEdit:
        day = QLineEdit()
        day.setPlaceholderText("截至今天")
        day.setAccessibleName("截至哪一天")
        day.setToolTip("填一个日期，如 2026-03-31、上月底，看那一天在册的人")
        day.setClearButtonEnabled(True)
        day.setFixedWidth(theme().px(136))
        day.editingFinished.connect(self._choose_day)
        # The cross in the line goes back to today at once.
        day.textChanged.connect(lambda text: None if text else self._choose_day())
        return day

    # What is chosen

    def chosen(self) -> PeopleFilter:
        """Give the filter as it stands on the screen: list, print and export use the same."""
        return PeopleFilter(
            group_id=self._group,
            words=self.search.text(),
            labels=self._labels,
            day=self._day,
            with_gone=self._with_gone,
            order=self._order,
        )

    def is_narrowed(self) -> bool:
        """Tell whether a filter leaves people out."""
        chosen = self.chosen()
        return bool(chosen.words.strip() or chosen.labels or chosen.group_id or chosen.day)

    @property
    def as_of(self) -> date | None:
        """The day as of which the people are shown; None is today."""
        return self._day

    @property
    def group(self) -> int | None:
        """The group that is shown alone."""
        return self._group

    def order_words(self) -> str:
        """Say how the list is ordered."""
        order = self._order or self._desk.village.resident_list.usual_order()
        return f"{ORDERS[order]}排"

    def refresh(self) -> None:
        """Offer the groups there are and the labels in use."""
        village = self._desk.village
        groups = village.places.groups()
        self.chips.set_chips([Chip(ALL, "全村"), *(Chip(str(g.id), g.name) for g in groups)])
        if self._group not in {one.id for one in groups}:
            self._group = None
        used = village.labels.in_use(self._day)
        self.labels.set_chips([Chip(one.key, one.word, one.count) for one in used])
        self._labels = self.labels.on()
        self.labels.setVisible(bool(used))

    def forget(self) -> None:
        """Show the whole register, the gone too, so that a record asked for can be seen."""
        self.search.clear()
        self.day.clear()
        self._group, self._day, self._labels = None, None, ()
        self.chips.set_on([ALL])
        self.labels.set_on(())
        self._with_gone = True
        self.gone.set_on([GONE])

    def choose_order(self) -> None:
        """Ask by what the list is ordered from now on."""
        answers = [Choice(key, word) for key, word in ORDERS.items()]
        question = Question("名单怎么排", (), [*answers, Choice("", "照旧")], "new")
        key = self._desk.asking.ask(question)
        order = next((one for one in ORDERS if one == key), None)
        if order is not None:
            self._order = order
            self.changed.emit()

    # Inside

    def _choose_group(self, keys: tuple[str, ...]) -> None:
        self._group = None if ALL in keys or not keys else int(keys[0])
        self.changed.emit()

    def _choose_gone(self, keys: tuple[str, ...]) -> None:
        self._with_gone = GONE in keys
        self.changed.emit()

    def _choose_labels(self, keys: tuple[str, ...]) -> None:
        self._labels = keys
        self.changed.emit()

    def _choose_day(self) -> None:
        text = self.day.text().strip()
        try:
            day = DAY.parse(text) if text else None
        except Unreadable as problem:
            self._desk.say(problem.message, None)
            return
        if day == self._day:
            return
        self._day = day
        if day is not None:
            self.day.setText(day.isoformat())
        self.day_changed.emit()
