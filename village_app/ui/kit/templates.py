"""Page templates that rearrange themselves where the window is narrow."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from village_app.ui.kit.chips import Chip, ChipRow
from village_app.ui.kit.preview import PaperPreview
from village_app.ui.kit.sheets import Scroll
from village_app.ui.theme import theme


class ListAndDetail(QWidget):
    """A list with the detail of its current row at the right, 430 wide.

    Narrow: the list alone; `open_detail` shows the detail in its place, Esc goes back to the row;
    `alone` tells whether the detail has the place of the list.

    Used like this:
        self.pair = ListAndDetail(self.table, self.detail)
        self.table.opened.connect(lambda key: self.pair.open_detail())
        def lay_out(self, narrow): self.pair.set_narrow(narrow)
    """

    closed = Signal()
    alone = Signal(bool)

    def __init__(self, rows: QWidget, detail: QWidget, width: int = 430) -> None:
        super().__init__()
        self._rows = rows
        self._detail = detail
        self._width = theme().px(width)
        self._narrow = False
        self._open = False
        self._empty = False
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme().px(12))
        self._row.addWidget(rows, 1)
        self._row.addWidget(detail)
        self._arrange()

    @property
    def is_detail_alone(self) -> bool:
        return self._narrow and self._open

    def set_narrow(self, narrow: bool) -> None:
        """Arrange for a narrow or an ordinary window."""
        self._narrow = narrow
        self._arrange()

    def set_width(self, width: int) -> None:
        """Let the detail be as wide as that (px at 100 %) where it stands beside the list."""
        self._width = theme().px(width)
        self._arrange()

    def open_detail(self) -> None:
        """Go into the detail of the current row."""
        self._open = True
        self._arrange()
        self._detail.setFocus()

    def close_detail(self) -> None:
        """Go back to the list."""
        self._open = False
        self._arrange()
        self._rows.setFocus()
        self.closed.emit()

    def set_empty(self, empty: bool) -> None:
        """Give the list the whole width while it has no row whose detail could be shown."""
        self._empty = empty
        self._arrange()

    def _arrange(self) -> None:
        self._rows.setVisible(not self.is_detail_alone)
        self._detail.setVisible(self._open if self._narrow else not self._empty)
        if self._narrow:
            self._detail.setMinimumWidth(0)
            self._detail.setMaximumWidth(16_777_215)
        else:
            self._detail.setFixedWidth(self._width)
        self.alone.emit(self.is_detail_alone)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.is_detail_alone:
            self.close_detail()
        else:
            super().keyPressEvent(event)


class SideBySide(QWidget):
    """Columns with shares of the width; narrow: one below the other, scrolling up and down.

    Example: `SideBySide([(todo, 58), (right_column, 42)])`.
    """

    def __init__(self, parts: list[tuple[QWidget, int]]) -> None:
        super().__init__()
        self._parts = parts
        self._narrow: bool | None = None
        self._outer = QVBoxLayout(self)
        self._inside = QWidget()
        self._scroll = Scroll(self._inside)
        self._row = QHBoxLayout()
        self._column = QVBoxLayout(self._inside)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.addLayout(self._row)
        self._outer.addWidget(self._scroll)
        self._column.setContentsMargins(0, 0, theme().px(8), 0)
        for layout in (self._row, self._column):
            layout.setSpacing(theme().px(12))
        self.set_narrow(False)

    def set_narrow(self, narrow: bool) -> None:
        """Arrange for a narrow or an ordinary window."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self._scroll.setVisible(narrow)
        self._outer.setStretch(0, 0 if narrow else 1)
        self._outer.setStretch(1, 1 if narrow else 0)
        for widget, share in self._parts:
            if narrow:
                self._row.removeWidget(widget)
                self._column.addWidget(widget)
            else:
                self._column.removeWidget(widget)
                self._row.addWidget(widget, share)
            widget.show()


class DocumentAndPaper(QWidget):
    """Form and gate at the left, the paper at the right, 448 wide; narrow: 填写 / 看纸面.

    `under` (the privacy gate) stands under the form, or beside the paper where it is narrow;
    the chips that turn from one to the other are `tabs`, which a page may put elsewhere.
    Example: `DocumentAndPaper(form_sheet, preview, under=gate)`.
    """

    def __init__(self, form: QWidget, paper: QWidget, *, under: QWidget | None = None) -> None:
        super().__init__()
        self._form = form
        self._paper = paper
        self._under = under
        self._narrow: bool | None = None
        px = theme().px
        self.tabs = ChipRow([Chip("form", "填写"), Chip("paper", "看纸面")], name="看哪一边")
        self.tabs.chosen.connect(
            lambda keys: self.show_side("paper" if "paper" in keys else "form")
        )
        self._left = QVBoxLayout()
        self._right = QVBoxLayout()
        self._row = QHBoxLayout()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(px(10))
        outer.addWidget(self.tabs)
        outer.addLayout(self._row, 1)
        self._sides = [QWidget(), QWidget()]
        for side, layout in zip(self._sides, (self._left, self._right), strict=True):
            side.setLayout(layout)
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(px(10))
            self._row.addWidget(side)
        self._row.setSpacing(px(14))
        self._left.addWidget(form, 1)
        self._right.addWidget(paper, 1)
        self.set_narrow(False)

    def set_narrow(self, narrow: bool) -> None:
        """Arrange for a narrow or an ordinary window."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self.tabs.setVisible(narrow)
        if self._under is not None:
            (self._right if narrow else self._left).addWidget(self._under, int(narrow))
            beside, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
            self._right.setDirection(beside if narrow else below)
            # A widget that gets another parent is hidden by Qt.
            self._under.show()
        self._row.setStretch(0, 1)
        self._row.setStretch(1, 1 if narrow else 0)
        if narrow:
            self._sides[1].setMinimumWidth(0)
            self._sides[1].setMaximumWidth(16_777_215)
            self.show_side("form")
            if isinstance(self._paper, PaperPreview):
                # In a low and wide window a whole page would be too small to read.
                self._paper.set_fit("width")
        else:
            self._sides[1].setFixedWidth(theme().px(448))
            for side in self._sides:
                side.show()

    def show_side(self, side: str) -> None:
        """Show form or paper where there is room for one of them only."""
        if self._narrow:
            self.tabs.set_on([side])
            self._sides[0].setVisible(side == "form")
            self._sides[1].setVisible(side == "paper")
