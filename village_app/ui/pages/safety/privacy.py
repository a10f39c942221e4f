"""个人信息: all about one person printed at his request, cleared when its time is over."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from village_app.domain.kinds import TEXT
from village_app.ui.asking import Choice, Question
from village_app.ui.kit.banner import Banner
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.columns import ColumnSpec, ListRow, ShortList
from village_app.ui.kit.keys import Key
from village_app.ui.kit.table import RecordTable
from village_app.ui.page import Desk
from village_app.ui.pages.safety.part import Part
from village_app.ui.theme import theme

COLUMNS = (
    ColumnSpec("name", "姓名", TEXT, width=100, sortable=False),
    ColumnSpec("status", "状态", TEXT, width=80, sortable=False),
    ColumnSpec("id_number", "证件号码", TEXT, width=176, sortable=False),
    ColumnSpec("phone", "电话", TEXT, width=112, stretch=True, sortable=False),
)
GOES = "号码、电话、住址、附件，户的变动、备注、记事里写到这个人的地方，和修改记录里的这些内容。"
STAYS = "张贴过的公示、账目和会议记录；以前的备份到期才会没有。"


class PrivacyPart(Part):
    """Finds a person, prints what is kept of him, clears it when he is gone."""

    keys = (Key("Ctrl+P", "打印全部信息"),)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.banner = Banner("info", "")
        self.banner.pressed.connect(self.show_due)
        self.body.addWidget(self.banner)
        self.words = QLineEdit()
        self.words.setPlaceholderText("姓名、电话或证件尾号")
        self.words.setAccessibleName("找人")
        self.words.setClearButtonEnabled(True)
        self.words.setFixedWidth(theme().px(230))
        self.words.textChanged.connect(lambda _text: self._find())
        self.print_button = Button(
            "打印全部信息", icon="printer", key="Ctrl+P", kind="primary", press=self.print_person
        )
        self.clear_button = Button("清除个人信息", icon="trash", kind="danger", press=self.clear)
        row = QHBoxLayout()
        row.setSpacing(theme().px(8))
        row.addWidget(self.words)
        row.addWidget(self.print_button)
        row.addWidget(self.clear_button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.table = RecordTable(
            ShortList(COLUMNS), name="person_data", measure="人", preferences=desk.preferences
        )
        self.table.chosen.connect(lambda _key: self._allow())
        self.body.addWidget(self.table, 1)

    def refresh(self) -> None:
        due = self.desk.village.privacy.due()
        if due:
            self.banner.show_sentence(
                "soon", f"{len(due)} 人离开已久，按规则可以清除个人信息。", link="列出来"
            )
        else:
            self.banner.show_sentence("info", "本人要看登记了什么，打印给他，请他签名。")
        self._find()

    def show_due(self) -> None:
        """List those whose time is over."""
        self.words.clear()
        self._show([one.id for one in self.desk.village.privacy.due()])

    def _find(self) -> None:
        words = self.words.text().strip()
        found = self.desk.village.residents.find(words, limit=50) if words else []
        self._show([one.id for one in found])

    def _show(self, ids: list[int]) -> None:
        people = [self.desk.village.residents.get(number) for number in ids]
        self.table.refresh(ShortList(COLUMNS, map(_row, people)))
        if self.table.current_key() is None:
            self.table.choose_first()
        self._allow()

    def _allow(self) -> None:
        reason = "" if self.table.current_key() else "先找到这个人"
        for button in (self.print_button, self.clear_button):
            button.forbid(reason)

    def _chosen(self) -> Any:
        key = self.table.current_key()
        return None if key is None else self.desk.village.residents.get(key)

    def print_person(self) -> None:
        """Save the paper of everything that is kept of the person."""
        person = self._chosen()
        if person is not None:
            self.print_paper(
                lambda: self.desk.village.privacy.paper(person), f"个人信息查阅单 {person.name}"
            )

    def clear(self) -> None:
        """Clear the person's data for good, after a question."""
        person = self._chosen()
        if person is None:
            return
        answer = self.desk.asking.ask(
            Question(
                f"{person.name} 的个人信息再也找不回来",
                [
                    ("清掉什么", GOES),
                    ("还留着什么", STAYS),
                ],
                [Choice("clear", "清除", "trash", danger=True), Choice("", "先不清除")],
            )
        )
        if answer == "clear":
            self.attempt(lambda: self._clear(person))

    def _clear(self, person: Any) -> None:
        done = self.desk.village.privacy.clear(person)
        self.desk.say("已清除", None)
        self.refresh()
        facts = told(done)
        if facts:
            self.desk.asking.ask(Question("清除好了", facts, light="done"))

    def lay_out(self, narrow: bool) -> None:
        self.table.set_narrow(narrow)

    def first_focus(self) -> QLineEdit:
        return self.words


def told(done: Any) -> list[tuple[str, str]]:
    """Say where else the person was named and is no more, and where he still is, and why."""
    facts = []
    if done.texts:
        cleared = "、".join(f"{place.title} {place.count} 处" for place in done.texts)
        facts.append(("别处写到的也清掉了", f"{cleared}。"))
    facts += [(f"{one.title}里还有 {one.count} 处", f"{one.why}。") for one in done.remains]
    return facts


def _row(person: Any) -> ListRow:
    shown = {
        name: type(person).declaration(name).kind.mask(getattr(person, name))
        for name in ("id_number", "phone")
    }
    status = type(person).declaration("status").kind.show(person.status)
    return ListRow(person.id, {"name": person.name, "status": status, **shown})
