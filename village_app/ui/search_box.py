"""The one search box: everything the village holds, found while typing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QWidget

from village_app.ui import icons
from village_app.ui.commands import Command, matching
from village_app.ui.door_facts import Found
from village_app.ui.kit.drawing import focus_ring, painter_of, rounded
from village_app.ui.kit.keys import KeyCap
from village_app.ui.kit.pause import Pause
from village_app.ui.theme import theme


class _Input(QLineEdit):
    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class SearchBox(QWidget):
    """Box with magnifier and key cap; the finds drop down below it.

    `found` names page and record to go to; a command is done at once. While nothing is typed
    what was opened last is offered. Arrows choose, Enter opens, Esc closes.
    """

    found = Signal(str, int)
    closed = Signal()

    def __init__(
        self,
        find: Callable[[str], Sequence[Found]],
        recent: Callable[[], Sequence[Found]] = tuple,
    ) -> None:
        super().__init__()
        px = theme().px
        self._find = find
        self._recent = recent
        self.commands: Sequence[Command] = ()
        self.input = _Input()
        self.input.setProperty("bare", "true")
        self.input.setPlaceholderText("搜人、事、项目、公示编号……")
        self.input.setAccessibleName("搜索")
        self.input.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.input.setMaxLength(60)
        self.finds = QListWidget()
        self.finds.setAccessibleName("找到的")
        self.finds.setObjectName("finds")
        self.finds.hide()
        self.pause = Pause(self, self.search)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(36), px(4), px(8), px(4))
        row.setSpacing(px(6))
        row.addWidget(self.input, 1)
        row.addWidget(KeyCap("Ctrl+K"))
        self.setFixedHeight(px(36))
        self.setMinimumWidth(px(160))
        self.setMaximumWidth(px(400 if theme().type_size < 150 else 300))
        self._connect()

    def _connect(self) -> None:
        self.input.textEdited.connect(self.pause.begin)
        self.input.installEventFilter(self)
        self.input.left.connect(self._close)
        self.finds.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.finds.itemClicked.connect(self._take)

    def begin(self) -> None:
        """Put the keyboard into the box."""
        self.input.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.input.selectAll()
        self.search()
        self.update()

    def search(self) -> None:
        """Search what stands in the box and show the finds."""
        text = self.input.text().strip()
        offers: list[Found | Command] = [*(self._find(text) if text else self._recent())]
        offers += matching(self.commands, text)
        self.finds.clear()
        if offers and not text:
            self._say("最近打开的")
        for offer in offers:
            title = offer.words if isinstance(offer, Command) else offer.title
            item = QListWidgetItem(f"{title}　{offer.note}" if offer.note else title)
            item.setData(Qt.ItemDataRole.UserRole, offer)
            self.finds.addItem(item)
        if text and not offers:
            self._say("没有找到，换个说法或少写几个字")
        self.finds.setCurrentRow(-1 if not offers else 0 if text else 1)
        self._show(bool(text or offers))

    def _say(self, words_: str) -> None:
        """Put a line into the list that cannot be chosen."""
        item = QListWidgetItem(words_)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.finds.addItem(item)

    def _show(self, show: bool) -> None:
        if not show:
            self.finds.hide()
            return
        window, px = self.window(), theme().px
        self.finds.setParent(window)
        place = self.mapTo(window, QPoint(0, self.height() + px(2)))
        rows = min(10, self.finds.count())
        height = rows * (theme().metrics().height() + px(14)) + px(12)
        self.finds.setGeometry(place.x(), place.y(), max(self.width(), px(420)), height)
        self.finds.show()
        self.finds.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                # Esc closes the finds first; the page's own Esc comes after.
                event.accept()
            return False
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.input.clear()
            self._close()
            self.window().setFocus()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.finds.count():
            step = 1 if key == Qt.Key.Key_Down else -1
            self._step(step)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.pause.isActive():
                self.pause.stop()
                self.search()
            self._take(self.finds.currentItem())
        else:
            return False
        return True

    def _step(self, step: int) -> None:
        """Go up or down to the next line that can be chosen."""
        row = self.finds.currentRow() + step
        while 0 <= row < self.finds.count():
            if self.finds.item(row).flags() & Qt.ItemFlag.ItemIsSelectable:
                self.finds.setCurrentRow(row)
                return
            row += step

    def _take(self, item: QListWidgetItem | None) -> None:
        found = None if item is None else item.data(Qt.ItemDataRole.UserRole)
        if found is None:
            return
        self.input.clear()
        self._close()
        if isinstance(found, Command):
            found.act()
        elif isinstance(found, Found):
            self.found.emit(found.page, found.record)

    def _close(self) -> None:
        self.pause.stop()
        self.finds.hide()
        self.update()
        self.closed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter, look, colours = painter_of(self), theme(), theme().colours
        box = QRectF(self.rect())
        rounded(painter, box, look.px(6), colours.sunk, colours.line2, look.line)
        if self.input.hasFocus():
            rounded(painter, box, look.px(6), colours.sheet)
            focus_ring(painter, box, look.px(6), colours.blue)
        side = look.px(18)
        place = QRectF(look.px(11), round((box.height() - side) / 2), side, side)
        icons.draw(painter, "search", place, colours.ink2)
