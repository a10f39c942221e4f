"""Beside the notices: the year's catalogue, the register of seal uses, blank forms still out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from village_app.db.records.posting import (
    SEALS,
    SealUse,
)
from village_app.domain.kinds import (
    COUNT,
    LONG_TEXT,
    TEXT,
    FieldDeclaration,
)
from village_app.errors import Refused
from village_app.ui.asking import FileKind, Question
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.columns import ColumnSpec, ListRow, ShortList
from village_app.ui.kit.empty import EmptyState
from village_app.ui.kit.lights import LightKind
from village_app.ui.kit.table import RecordTable
from village_app.ui.kit.text import Text
from village_app.ui.page import Desk
from village_app.ui.pages.form_dialog import FormDialog
from village_app.ui.theme import theme

_LIGHTS: dict[str, LightKind] = {
    "done": "done",
    "late": "done",
    "due": "soon",
    "over": "over",
    "event": "ok",
}
_LOG_DAYS = 31
_PDF = FileKind("PDF 文件", ("pdf",))
_SEAL_FIELDS = ("day", "paper", "copies", "seal", "asked_by", "approved_by", "sealed_by", "note")


class Register(QWidget):
    """A table with a line of buttons over it; `nothing` and `about` stand there without rows."""

    nothing = ""
    about = ""

    def __init__(
        self, desk: Desk, columns: tuple[ColumnSpec, ...], name: str, measure: str
    ) -> None:
        super().__init__()
        self.desk = desk
        self.dialog: FormDialog | None = None
        self.bar = QHBoxLayout()
        self.bar.setSpacing(theme().px(8))
        self.source = ShortList(columns)
        self.table = RecordTable(
            self.source, name=name, measure=measure, preferences=desk.preferences
        )
        if self.nothing:
            self.table.set_empty(EmptyState(self.nothing, self.about))
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(theme().px(10))
        body.addLayout(self.bar)
        body.addWidget(self.table, 1)

    def refresh(self) -> None:
        """Ask for the rows again."""
        self.source.set_rows(self.rows())
        self.table.refresh(self.source)

    def rows(self) -> list[ListRow]:
        """Give the rows."""
        raise NotImplementedError

    def set_narrow(self, narrow: bool) -> None:
        """Leave out the columns for which a narrow window has no room."""
        self.table.set_narrow(narrow)

    def ask(
        self,
        title: str,
        fields: Any,
        save: Any,
        *,
        words: str = "存",
        values: Mapping[str, Any] | None = None,
    ) -> None:
        """Ask over the page and show the rows again."""
        self.dialog = FormDialog(title, fields, save, self.window(), words=words, values=values)
        self.dialog.exec()
        self.refresh()

    def save_papers(self, papers: list[Any], name: str) -> None:
        """Save papers as one PDF where the user says."""
        path = self.desk.asking.save_file("存到哪里", _PDF, f"{name}.pdf", "notices")
        if path is None:
            return
        try:
            self.desk.village.notice_files.write_papers(path, papers)
        except Refused as refusal:
            self.desk.asking.ask(Question("没有存", [("为什么", refusal.message)], light="fault"))
            return
        self.desk.say(f"已存 {path.name}", None)


class SealRegister(Register):
    """用印登记 of this month and the ones before."""

    nothing = "这个月没有用过印"
    about = "盖了什么、谁申请、谁批准、盖了几份，一次记一行，月底存成登记表。"

    def __init__(self, desk: Desk) -> None:
        columns = [
            ColumnSpec("number", "编号", TEXT, width=150, narrow=False),
            ColumnSpec("day", "日期", TEXT, width=104),
            ColumnSpec("paper", "用印文件", TEXT, width=240, stretch=True),
            ColumnSpec("copies", "份数", COUNT, width=64),
            ColumnSpec("seal", "印章", TEXT, width=120),
            ColumnSpec("asked_by", "申请人", TEXT, width=84),
            ColumnSpec("approved_by", "批准人", TEXT, width=84, narrow=False),
            ColumnSpec("sealed_by", "盖章人", TEXT, width=84, narrow=False),
        ]
        super().__init__(desk, tuple(columns), "seals", "次")
        today = desk.village.session.today()
        self._month = (today.year, today.month)
        self._where = Text("")
        self.bar.addWidget(Button("上个月", icon="left", press=lambda: self.turn(-1)))
        self.bar.addWidget(self._where)
        self.bar.addWidget(Button("下个月", icon="right", press=lambda: self.turn(1)))
        self.bar.addStretch(1)
        self.bar.addWidget(Button("登记用印", icon="pen", press=self.enter))
        self.bar.addWidget(Button("存月度登记表", icon="paper", press=self.save))

    def turn(self, step: int) -> None:
        """Go to another month."""
        months = self._month[0] * 12 + self._month[1] - 1 + step
        self._month = (months // 12, months % 12 + 1)
        self.refresh()

    def rows(self) -> list[ListRow]:
        self._where.setText(f"{self._month[0]} 年 {self._month[1]} 月")
        return [
            ListRow(
                use.id,
                {
                    **use.values(),
                    "day": use.day.isoformat(),
                    "seal": SEALS.show(use.seal),
                },
            )
            for use in self.desk.village.seals.of_month(*self._month)
        ]

    def enter(self) -> None:
        """Enter one use of a seal."""
        self.ask(
            "登记用印",
            [SealUse.declaration(name) for name in _SEAL_FIELDS],
            self.desk.village.seals.use,
            values={
                "day": self.desk.village.session.today(),
                "seal": "committee",
                "copies": 1,
                "sealed_by": self.desk.village.session.user.full_name,
            },
        )

    def save(self) -> None:
        """Save the month's register as PDF."""
        paper = self.desk.village.seals.register(*self._month)
        self.save_papers([paper], paper.title)


class FormsRegister(Register):
    """Blank numbered forms that have not come back."""

    nothing = "没有在外面的空白表"
    about = "印出去的空白表都有编号，发给了谁记在这里，收回来照着补录，丢了就作废。"

    def __init__(self, desk: Desk) -> None:
        columns = (
            ColumnSpec("number", "编号", TEXT, width=150),
            ColumnSpec("form", "表名", TEXT, width=240, stretch=True),
            ColumnSpec("printed_on", "印出日期", TEXT, width=110),
            ColumnSpec("given_to", "发给", TEXT, width=140),
            ColumnSpec("printed_by", "印制人", TEXT, width=100, narrow=False),
        )
        super().__init__(desk, columns, "blank_forms", "张")
        self.bar.addWidget(Text("还没有收回的空白表", "body", "ink2"))
        self.bar.addStretch(1)
        self.bar.addWidget(Button("印空白表", icon="printer", press=self.prepare))
        self.bar.addWidget(Button("收回", icon="in", press=self.take_back))
        self.bar.addWidget(Button("作废", icon="cross", kind="danger", press=self.void))

    def rows(self) -> list[ListRow]:
        return [
            ListRow(one.id, {**one.values(), "printed_on": one.printed_on.isoformat()})
            for one in self.desk.village.blank_forms.outstanding()
        ]

    def prepare(self) -> None:
        """Reserve numbers and save the blank forms as one PDF."""
        fields = (
            FieldDeclaration("form", "表名", TEXT, required=True),
            FieldDeclaration(
                "fields", "栏目", LONG_TEXT, required=True, hint="一行一栏，最后一栏留大格"
            ),
            FieldDeclaration("count", "张数", COUNT, required=True),
            FieldDeclaration("given_to", "发给", TEXT),
        )
        made: list[Any] = []

        def save(typed: Mapping[str, str]) -> None:
            forms = self.desk.village.blank_forms.prepare(
                typed["form"], COUNT.parse(typed["count"]), typed["given_to"]
            )
            names = [line.strip() for line in typed["fields"].splitlines() if line.strip()]
            made.extend(self.desk.village.blank_forms.papers(forms, names))

        self.ask("印空白表", fields, save, words="编号并存 PDF", values={"count": 50})
        if made:
            self.save_papers(made, made[0].title)

    def take_back(self) -> None:
        """Note that the chosen form came back."""
        number = self._chosen()
        if number:
            self.desk.village.blank_forms.take_back(number)
            self.desk.say(f"已收回 {number}", self.desk.undo)
            self.refresh()

    def void(self) -> None:
        """Void the chosen form with its reason."""
        number = self._chosen()
        if number:
            self.ask(
                f"作废 {number}",
                (FieldDeclaration("reason", "原因", TEXT, required=True),),
                lambda typed: self.desk.village.blank_forms.void(number, typed["reason"]),
                words="作废",
            )

    def _chosen(self) -> str:
        key = self.table.current_key()
        found = [row for row in self.source.window(0, self.source.count()) if row.key == key]
        if not found:
            self.desk.say("先选一张空白表", None)
            return ""
        return str(found[0].cells["number"])
