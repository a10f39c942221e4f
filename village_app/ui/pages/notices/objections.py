"""What was said against a posted notice: taken down, looked into, answered, each with its limit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from village_app.db.records.notices import Notice
from village_app.db.records.posting import OBJECTION_OUTCOMES, Objection
from village_app.domain.kinds import FLAG, LONG_TEXT, FieldDeclaration
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.lights import Light, LightLabel
from village_app.ui.kit.removal import empty
from village_app.ui.kit.text import Text
from village_app.ui.page import Desk
from village_app.ui.theme import theme

_OBJECTION_FIELDS = ("person", "phone", "way", "raised_on", "content")
_FINDING = (
    FieldDeclaration("finding", "核查情况", LONG_TEXT, required=True),
    FieldDeclaration("is_founded", "属实", FLAG),
)
_REPLY = (
    FieldDeclaration("outcome", "处理结果", OBJECTION_OUTCOMES, required=True),
    FieldDeclaration("reply", "答复", LONG_TEXT, required=True),
)
# A title, the fields, what takes the typed texts, what stands in the fields before.
Ask = Callable[[str, Any, Callable[[Any], object], dict[str, Any] | None], None]


class ObjectionList(QWidget):
    """The objections against one notice; `ask` asks over the page and shows it anew."""

    def __init__(self, desk: Desk, ask: Ask) -> None:
        super().__init__()
        self._desk = desk
        self._ask = ask
        self._notice: Notice | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(8))
        self._heard = Text("", "h3")
        column.addWidget(self._heard)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme().px(6))
        column.addLayout(self._lines)

    def show_notice(self, notice: Notice) -> None:
        """Show the objections against a notice."""
        self._notice = notice
        empty(self._lines)
        found = self._desk.village.objections.of(notice)
        self._heard.setText(f"异议 {len(found)} 件" if found else "没有收到异议")
        for one in found:
            self._lines.addWidget(self._objection(one))

    def _objection(self, one: Objection) -> QWidget:
        line = QWidget()
        column = QVBoxLayout(line)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(2))
        head = QHBoxLayout()
        head.addWidget(Text(f"{one.number}　{one.raised_on}"))
        head.addWidget(LightLabel(self._light_of(one)))
        head.addStretch(1)
        if one.replied_on is None and one.finding is None:
            head.addWidget(Button("写核查情况", kind="quiet", press=lambda: self.look_into(one)))
        elif one.replied_on is None:
            head.addWidget(Button("答复", kind="quiet", press=lambda: self.reply(one)))
        column.addLayout(head)
        column.addWidget(Text(one.content, "small", "ink2", wrap=True))
        return line

    def _light_of(self, one: Objection) -> Light:
        if one.replied_on is not None:
            outcome = OBJECTION_OUTCOMES.show(one.outcome)
            return Light("done", f"{outcome}，{one.replied_on} 答复")
        is_late = one.due_on < self._desk.village.session.today()
        return Light("over" if is_late else "soon", f"{one.due_on} 前答复")

    def look_into(self, objection: Objection) -> None:
        """Write what was found."""
        self._ask(
            "核查情况",
            _FINDING,
            lambda typed: self._desk.village.objections.look_into(
                objection, typed["finding"], is_founded=bool(FLAG.parse(typed["is_founded"]))
            ),
            None,
        )

    def reply(self, objection: Objection) -> None:
        """Answer an objection."""
        self._ask(
            "答复异议",
            _REPLY,
            lambda typed: self._desk.village.objections.reply(
                objection, OBJECTION_OUTCOMES.parse(typed["outcome"]), typed["reply"]
            ),
            None,
        )

    def take_down(self) -> None:
        """Take down what somebody says against the notice."""
        notice = self._notice
        assert notice is not None
        fields = [Objection.declaration(name) for name in _OBJECTION_FIELDS]
        self._ask(
            "登记异议",
            fields,
            lambda typed: self._desk.village.objections.take_down(notice, typed),
            {"raised_on": self._desk.village.session.today(), "way": "in_person"},
        )
