"""The list of faults over a form: each a link to its field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from village_app.errors import Fault
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.drawing import painter_of, rounded
from village_app.ui.kit.removal import discard
from village_app.ui.kit.text import Text, plain_tip
from village_app.ui.theme import theme


class FaultList(QWidget):
    """What keeps a form from being saved: `asked` names the field whose link was pressed."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        px = theme().px
        self._head = Text("", "body", "red")
        self._links: dict[str, QWidget] = {}
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(px(14), px(8), px(14), px(8))
        self._body.setSpacing(px(2))
        self._body.addWidget(self._head)
        self.setVisible(False)

    def show_faults(self, faults: Iterable[Fault], labels: Mapping[str, str]) -> None:
        """Show these faults; `labels` are the names of the fields that can be gone to."""
        for link in self._links.values():
            discard(link)
        self._links = {}
        for fault in faults:
            self._add(fault, labels.get(fault.field))
        self._tell()

    def _add(self, fault: Fault, label: str | None) -> None:
        if label is None:
            line: QWidget = Text(fault.message, wrap=True)
        else:
            field = fault.field
            sentence = fault.message.rstrip("。")
            said = sentence if sentence.startswith(label) else f"{label}：{sentence}"
            line = FaultLink(said, lambda: self.asked.emit(field))
        self._links[fault.field] = line
        self._body.addWidget(line)

    def forget(self, field: str) -> None:
        """Take a fault off the list because its field was changed."""
        line = self._links.pop(field, None)
        if line is not None:
            discard(line)
            self._tell()

    def _tell(self) -> None:
        count = len(self._links)
        self._head.setText(f"有 {count} 处要改，改好再存：")
        self.setAccessibleName(f"有 {count} 处要改")
        self.setVisible(count > 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        look, colours = theme(), theme().colours
        box = QRectF(self.rect())
        rounded(painter_of(self), box, look.px(6), colours.red_w, colours.red_l, look.line)


class FaultLink(Button):
    """A link that may be cut short, so that a long fault never widens its form."""

    def __init__(self, text: str, press: Callable[[], object]) -> None:
        super().__init__(text, kind="link", press=press)
        self.setToolTip(plain_tip(text))
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(policy.Policy.Maximum)
        self.setSizePolicy(policy)

    def minimumSizeHint(self) -> QSize:
        size = self.sizeHint()
        size.setWidth(theme().px(80))
        return size
