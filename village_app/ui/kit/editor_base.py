"""What all editors of fields share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from village_app.domain.kinds import Kind
from village_app.ui.theme import theme


class References(Protocol):
    """Names and finds the records that a field may point to."""

    def name(self, record: str, key: int) -> str:
        """What a record is called on screen."""
        ...

    def find(self, record: str, text: str) -> Sequence[tuple[int, str]]:
        """Records that a typed text may mean: id and what it is called, best first, at most 20."""
        ...


class FieldEditor(QWidget):
    """What all editors share. `edited` says that the user changed something.

    `left` is sent when the keyboard leaves, `entered` when Enter asks for the next field.
    """

    edited = Signal()
    left = Signal()
    entered = Signal()

    def __init__(self, kind: Kind) -> None:
        super().__init__()
        self.kind = kind
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(theme().px(8))

    @property
    def control(self) -> QWidget:
        """The control that takes the keyboard."""
        raise NotImplementedError

    def raw(self) -> str:
        """Give what stands there, as text; drafts keep it."""
        raise NotImplementedError

    def set_raw(self, text: str) -> None:
        """Put back what a draft kept."""
        raise NotImplementedError

    def value(self) -> Any:
        """Read the value; raises `Unreadable`."""
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        """Show a value."""
        raise NotImplementedError

    def set_read_only(self, read_only: bool) -> None:
        """Let nobody change it."""
        self.control.setEnabled(not read_only)

    def set_faulty(self, faulty: bool) -> None:
        """Draw the control as faulty or not."""
        _mark(self.control, faulty=faulty)

    def understood(self) -> str:
        """Say what was understood of what was typed; blank where there is nothing to say."""
        return ""


def _mark(control: QWidget, *, faulty: bool) -> None:
    if bool(control.property("faulty")) != faulty:
        control.setProperty("faulty", faulty)
        # The sheet looks at the property again only when the control is polished anew.
        control.style().unpolish(control)
        control.style().polish(control)
