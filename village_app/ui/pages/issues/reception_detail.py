"""What was chosen on the page of reception days: a day, a visit, or a blank form."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from village_app.db.fields import Record
from village_app.db.records.receptions import ReceptionDay, ReceptionVisit
from village_app.domain.calendar import weekday_word
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.flow import FlowLayout
from village_app.ui.kit.sheets import Facts, Scroll, Sheet
from village_app.ui.kit.text import Text

_DAY = ("host", "post", "duty", "hours", "place", "shape", "companions")
_VISIT = (
    *("visitor", "people", "deputies", "shape", "category", "problem", "demand", "reply"),
    *("host", "place", "note"),
)
_NOTHING = {
    "plan": "这个月还没有安排",
    "visits": "这个月还没有来访",
    "blanks": "没有在外面的空白表",
}
# Which wishes fit what is shown: codes and words.
_WISHES = {
    "day": (("correct", "改安排"), ("cancel", "取消这一天")),
    "visit": (("issue", "打开诉求"), ("form", "打印登记表")),
    "blank": (("type", "补录这一张"), ("void", "作废编号")),
}


class ReceptionDetail(Sheet):
    """The facts of the chosen row and what can be done with it."""

    def __init__(self, wish: Callable[[str], object]) -> None:
        super().__init__()
        self.number = Text("", "small", "ink2")
        self.heading = Text("", "songh2", wrap=True)
        self.facts = Facts()
        self.add(self.number)
        self.add(self.heading)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.facts)
        column.addStretch(1)
        self.add(Scroll(inside), 1)
        self.add_hairline()
        self._buttons: dict[str, Button] = {}
        holder = QWidget()
        flow = FlowLayout(holder, gap=8)
        for wishes in _WISHES.values():
            for code, words in wishes:
                button = Button(words, press=lambda wanted=code: wish(wanted))  # type: ignore[misc]  # bound now
                self._buttons[code] = button
                flow.addWidget(button)
        self.add(holder)
        self.show_nothing("plan")

    def _show(self, kind: str, number: str, heading: str, facts: Sequence[tuple[str, str]]) -> None:
        self.number.setText(number)
        self.heading.setText(heading)
        self.facts.set_facts([(name, words) for name, words in facts if words])
        fitting = {code for code, _ in _WISHES.get(kind, ())}
        for code, button in self._buttons.items():
            button.setVisible(code in fitting)

    def show_nothing(self, shown: str) -> None:
        """Say that there is nothing in the list."""
        self._show("", "", _NOTHING[shown], ())

    def show_day(self, day: ReceptionDay, visits: Sequence[ReceptionVisit]) -> None:
        """Show a day of the plan with who came."""
        came = "、".join(f"{one.visitor}（{one.number}）" for one in visits)
        people = sum(one.people or 1 for one in visits)
        counted = f"{people} 人：{came}" if visits else "还没有人来"
        heading = f"{day.day} {weekday_word(day.day)}"
        self._show("day", "接访日", heading, [*_facts(day, _DAY), ("来访", counted)])
        for code, _ in _WISHES["day"]:
            self._buttons[code].setVisible(not day.held)

    def show_visit(self, visit: ReceptionVisit) -> None:
        """Show what a visitor said."""
        self._show(
            "visit", visit.number or "", f"{visit.day} {visit.visitor}", _facts(visit, _VISIT)
        )

    def show_blank(self, number: str) -> None:
        """Show a blank form that has not come back."""
        hint = [("怎么办", "手写的表收回来以后，按 Enter 照着补录；丢了或写坏了就作废。")]
        self._show("blank", "空白接访登记表", number, hint)


def _facts(record: Record, names: Sequence[str]) -> list[tuple[str, str]]:
    return [
        (record.declaration(name).label, record.declaration(name).kind.show(getattr(record, name)))
        for name in names
    ]
