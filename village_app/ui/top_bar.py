"""The bar at the top: seal, place, the one search box, backup light, user, lock."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from village_app.ui import icons
from village_app.ui.door import BackupState, OpenVillage
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.drawing import focus_ring, painter_of, seal, width_of, words
from village_app.ui.kit.icon import Icon
from village_app.ui.kit.sheets import Hairline
from village_app.ui.kit.text import Text
from village_app.ui.search_box import SearchBox
from village_app.ui.theme import Layout, theme

_TONES = {"done": "green", "soon": "amber", "fault": "red"}


class Seal(QWidget):
    """The seal of the program."""

    def __init__(self, side: int = 30) -> None:
        super().__init__()
        self.setFixedSize(theme().px(side), theme().px(side))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        seal(painter_of(self), QRectF(self.rect()))


class BackupLight(QAbstractButton):
    """Shield, word and time of the last backup; a press opens 数据安全."""

    def __init__(self) -> None:
        super().__init__()
        self._state = BackupState("soon", "")
        self._brief = False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_state(self, state: BackupState) -> None:
        """Show another state."""
        self._state = state
        self.setAccessibleName(f"备份：{state.word} {state.when}".strip())
        self.setToolTip(self.accessibleName())
        self.updateGeometry()
        self.update()

    def set_brief(self, brief: bool) -> None:
        """Leave out the day of what was today, and the time of what was earlier."""
        self._brief = brief
        self.updateGeometry()

    def _when(self) -> str:
        day, _, clock = self._state.when.partition(" ")
        if not self._brief or ":" not in clock:  # 6 天前, 2026-03-02
            return self._state.when
        return clock if day == "今天" else day

    def sizeHint(self) -> QSize:
        px = theme().px
        width = px(18) + px(6) + width_of(self._state.word, "small")
        if self._when():
            width += px(6) + width_of(self._when(), "small")
        return QSize(width + px(8), max(px(28), theme().metrics("small").height() + px(6)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter, px, colours = painter_of(self), theme().px, theme().colours
        box = QRectF(self.rect())
        tone = colours.by_name()[_TONES[self._state.kind]]
        side, left = px(18), float(px(2))
        place = QRectF(left, round((box.height() - side) / 2), side, side)
        icons.draw(painter, "shield" if self._state.kind == "done" else "warning", place, tone)
        left += side + px(6)
        words(painter, box.adjusted(left, 0, 0, 0), self._state.word, tone, "small")
        left += width_of(self._state.word, "small") + px(6)
        words(painter, box.adjusted(left, 0, 0, 0), self._when(), colours.ink3, "small")
        if self.hasFocus():
            focus_ring(painter, box, px(5), colours.blue)


class TopBar(QWidget):
    """The bar over everything, closed by the red line of a 红头文件."""

    lock_pressed = Signal()
    backup_pressed = Signal()
    found = Signal(str, int)

    def __init__(self, village: OpenVillage) -> None:
        super().__init__()
        px = theme().px
        self.setProperty("ground", "sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(px(54))
        self.search = SearchBox(village.find, village.recent)
        self.search.found.connect(self.found)
        self._village = village
        self._place = Text("", "body", "ink2")
        self._place_line = Hairline(upright=True)
        self._light_line = Hairline(upright=True)
        self.light = BackupLight()
        self.light.clicked.connect(lambda _checked: self.backup_pressed.emit())
        self._person = Icon("person")
        self._user = Text(village.user.full_name or village.user.name)
        self._duty = Text(village.user.duty, "small", "ink3")
        self._lock = Button(
            "锁屏", icon="lock", key="Ctrl+L", bind=False, press=self.lock_pressed.emit
        )
        self._find = Button("找", icon="search", key="Ctrl+K", bind=False, press=self.open_search)
        self._build()
        self.refresh()
        self.set_layout("full")

    def _build(self) -> None:
        px = theme().px
        row = QHBoxLayout(self)
        row.setContentsMargins(px(16), 0, px(12), theme().px(2))
        row.setSpacing(px(8))
        row.addWidget(Seal())
        brand = Text("共治通", "songh2")
        brand.setObjectName("brand")
        row.addWidget(brand)
        row.addSpacing(px(6))
        self._place_line.setFixedHeight(px(22))
        self._light_line.setFixedHeight(px(22))
        row.addWidget(self._place_line)
        row.addSpacing(px(6))
        row.addWidget(self._place)
        row.addStretch(1)
        row.addWidget(self.search, 1000)
        row.addWidget(self._find)
        row.addStretch(1)
        row.addWidget(self.light)
        row.addSpacing(px(2))
        row.addWidget(self._light_line)
        row.addSpacing(px(8))
        row.addWidget(self._person)
        row.addWidget(self._user)
        row.addWidget(self._duty)
        row.addSpacing(px(4))
        row.addWidget(self._lock)

    def refresh(self) -> None:
        """Ask for the light of the backup again."""
        self.light.set_state(self._village.backup_state())

    def set_layout(self, layout: Layout) -> None:
        """Leave out what there is no room for; at 200 % the search becomes a button."""
        huge = theme().type_size >= 200
        narrow = layout == "narrow"
        village = self._village
        full = f"{village.town} · {village.name}" if village.town else village.name
        self._place.setText(village.name if narrow else full)
        for widget in (self._place, self._place_line):
            widget.setVisible(not huge)
        self._duty.setVisible(not narrow)
        self.light.set_brief(narrow)
        self._lock.set_key("" if narrow else "Ctrl+L")
        self._find.setVisible(huge)
        self.search.setVisible(not huge)

    def open_search(self) -> None:
        """Put the keyboard into the search box."""
        if theme().type_size >= 200:
            self._find.setVisible(False)
            self.search.setVisible(True)
            for widget in (self.light, self._light_line, self._person, self._user):
                widget.setVisible(False)
            self.search.closed.connect(self._close_search, Qt.ConnectionType.SingleShotConnection)
        self.search.begin()

    def _close_search(self) -> None:
        for widget in (self.light, self._light_line, self._person, self._user, self._find):
            widget.setVisible(True)
        self.search.setVisible(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        px = theme().px
        line = QRectF(0, self.height() - px(2), self.width(), px(2))
        painter_of(self).fillRect(line, theme().colours.red)
