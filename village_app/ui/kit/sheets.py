"""Sheets of paper on the desk: the white frame, its head line, and facts in two columns."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from village_app.ui.kit.removal import empty
from village_app.ui.kit.text import Line, Text, Tone
from village_app.ui.own_words import own
from village_app.ui.theme import Role, theme


class Sheet(QFrame):
    """A white sheet with a hairline round it; its contents stand one below the other.

    Used like this:
        sheet = Sheet("今日待办", note="8 件，按期限排")
        sheet.add(table, stretch=1)
        sheet.head.addWidget(Button("只看我的", kind="quiet", key="Ctrl+M"))
    """

    def __init__(
        self,
        title: str = "",
        note: str = "",
        *,
        flush: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("part", "sheet")
        px = theme().px
        self.body = QVBoxLayout(self)
        line = theme().line
        if flush:
            self.body.setContentsMargins(line, line, line, line)
            self.body.setSpacing(0)
        else:
            self.body.setContentsMargins(px(16), px(10), px(16), px(10))
            self.body.setSpacing(px(8))
        self.head = QHBoxLayout()
        self._title: Text | None = None
        self._note = Line(note, "small", "ink3")
        if title:
            self._begin(title, flush=flush)

    def _begin(self, title: str, *, flush: bool) -> None:
        px, title = theme().px, own(title)
        self.setAccessibleName(title)
        self.head.setSpacing(px(8))
        if flush:
            self.head.setContentsMargins(px(15), px(8), px(15), px(6))
        self._title = Text(title, "h3")
        self.head.addWidget(self._title)
        self._note.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.head.addWidget(self._note, 1)
        self.body.addLayout(self.head)

    def set_title_visible(self, visible: bool) -> None:
        """Leave the title out where what stands beside already says it."""
        if self._title is not None:
            self._title.setVisible(visible)

    def set_note(self, note: str) -> None:
        """Change the small words beside the title."""
        self._note.set_text(own(note))

    def add(self, widget: QWidget, stretch: int = 0) -> QWidget:
        """Add a widget below the others."""
        self.body.addWidget(widget, stretch)
        return widget

    def add_hairline(self) -> None:
        """Divide the sheet."""
        self.body.addWidget(Hairline())

    def add_stretch(self) -> None:
        """Leave the rest of the sheet white."""
        self.body.addStretch(1)


class Hairline(QFrame):
    """One line of a pixel, level or upright."""

    def __init__(self, *, upright: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("hairline")
        colour = theme().colours.line.name()
        self.setStyleSheet(f"#hairline {{ background: {colour}; border: none; }}")
        if upright:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)


class Facts(QWidget):
    """Names and values, in one or several columns.

    Example: `Facts([("反映人", "钟桂芳等 12 人"), ("经办", "叶志坚")], columns=1)`.
    """

    def __init__(
        self,
        facts: Iterable[tuple[str, str]] = (),
        *,
        columns: int = 1,
        role: Role = "body",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns = columns
        self._role: Role = role
        self._facts: tuple[tuple[str, str], ...] = ()
        self._tone: Tone = "ink"
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme().px(16))
        self._grid.setVerticalSpacing(theme().px(4))
        for column in range(columns):
            self._grid.setColumnStretch(2 * column + 1, 1)
        self.set_facts(facts)

    def set_facts(self, facts: Iterable[tuple[str, str]], tone: Tone = "ink") -> None:
        """Show other facts."""
        self._facts, self._tone = tuple(facts), tone
        empty(self._grid)
        said = [(own(name), own(value)) for name, value in self._facts]
        for number, (name, value) in enumerate(said):
            row, column = divmod(number, self._columns)
            label = Text(name, "small", "ink2")
            label.setContentsMargins(0, theme().px(1), 0, 0)
            label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
            shown = Text(value, self._role, tone, wrap=True)
            shown.setAccessibleName(f"{name}：{value}")
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(label, row, 2 * column, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(shown, row, 2 * column + 1, Qt.AlignmentFlag.AlignTop)

    def set_columns(self, columns: int) -> None:
        """Stand in that many columns from now on."""
        if columns == self._columns:
            return
        for column in range(max(columns, self._columns)):
            self._grid.setColumnStretch(2 * column + 1, int(column < columns))
        self._columns = columns
        self.set_facts(self._facts, self._tone)


class Scroll(QScrollArea):
    """A part of a page that scrolls up and down, never sideways.

    Example: `Scroll(column_of_sheets)`.
    """

    def __init__(self, inside: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "none")
        inside.setProperty("ground", "none")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # A viewport of our own: asking Qt for its makes the binding build every class it might be.
        self.setViewport(QWidget())
        self.setWidget(inside)
