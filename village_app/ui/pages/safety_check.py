"""自检: what is wrong and its cure, the gaps of the register, the report, leaving any time."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout

from village_app.domain.kinds import TEXT
from village_app.ui.asking import Choice, Question
from village_app.ui.kit.banner import Banner
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.columns import ColumnSpec, ListRow, ShortList, Verb
from village_app.ui.kit.keys import Key
from village_app.ui.kit.lights import Light
from village_app.ui.kit.table import RecordTable
from village_app.ui.page import Desk
from village_app.ui.pages.safety_part import Part
from village_app.ui.theme import theme

COLUMNS = (
    ColumnSpec("light", "情况", None, width=84, sortable=False),
    ColumnSpec("where", "位置", TEXT, width=170, sortable=False, narrow=False),
    ColumnSpec("message", "说明和办法", TEXT, width=300, stretch=True, sortable=False),
    ColumnSpec("verb", "", None, width=76, sortable=False),
)


class CheckPart(Part):
    """Runs the check and offers what mends it."""

    keys = (Key("Ctrl+J", "检查一遍"), Key("Ctrl+P", "打印报告"))

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._found: Any = None
        self._pages: dict[int, str] = {}
        self.banner = Banner("info", "检查文件、修改记录、关联、附件和编号，什么都不改。")
        self.body.addWidget(self.banner)
        row = QHBoxLayout()
        row.setSpacing(theme().px(8))
        self.mend_button = Button("按修改记录改回", icon="undo", press=self.mend)
        self.print_button = Button(
            "打印报告", icon="printer", key="Ctrl+P", press=self.print_report
        )
        for button in (
            Button("检查一遍", icon="search", key="Ctrl+J", kind="primary", press=self.check),
            self.mend_button,
            self.print_button,
            Button("给技术支持的副本", icon="out", press=self.make_copy),
        ):
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.table = RecordTable(
            ShortList(COLUMNS), name="check", measure="处", preferences=desk.preferences
        )
        self.table.verb_pressed.connect(lambda key, _column: self._go(key))
        self.body.addWidget(self.table, 1)

    def refresh(self) -> None:
        self._show()

    def check(self) -> None:
        """Look through everything."""
        selfcheck = self.desk.village.selfcheck
        self.run(lambda report: selfcheck.run(report=report), "自检", self._checked)

    def _checked(self, found: Any) -> None:
        self._found = found
        looked = f"查过 {found.changes_verified:,} 条修改记录、{found.attachments:,} 个附件"
        if found.is_sound:
            self.banner.show_sentence("done", f"{looked}，一切正常。")
        else:
            self.banner.show_sentence("stop", f"{looked}，有 {len(found.findings)} 处要处理。")
        self._show()

    def _show(self) -> None:
        findings = self._found.findings if self._found else ()
        rows = [
            ListRow(
                at,
                {"light": Light("fault", "不对"), "where": one.where, "message": one.message},
            )
            for at, one in enumerate(findings, 1)
        ]
        self._pages = {}
        for at, line in enumerate(self.desk.village.selfcheck.health(), len(rows) + 1):
            self._pages[at] = line.page
            rows.append(
                ListRow(
                    at,
                    {
                        "light": Light("soon", "待补"),
                        "where": "居民台账",
                        "message": line.message,
                        "verb": Verb("去补"),
                    },
                )
            )
        self.table.refresh(ShortList(COLUMNS, rows))
        outside = any(one.code == "outside" for one in findings)
        reason = "" if outside else "没有在程序外改过的记录"
        if outside and not self.may("settings.edit"):
            reason = "您的角色不能改回"
        self.mend_button.forbid(reason)
        self.print_button.forbid("" if self._found else "先检查一遍")

    def make_copy(self) -> None:
        """Make a scrambled copy that shows the fault and nobody of the village."""
        if not self.may("backup.restore"):
            self.desk.say("您的角色不能做副本，请找管理员、书记或主任。", None)
            return
        folder = self.desk.asking.pick_folder("副本放到哪里", "support")
        if folder is not None:
            support = self.desk.village.support
            self.run(lambda report: support.copy(folder, report=report), "做副本", self._copied)

    def _copied(self, made: Any) -> None:
        self.desk.asking.ask(
            Question(
                "副本做好了，可以交给技术支持",
                [
                    ("在哪里", made.folder.name),
                    ("怎么打开", f"用户 {made.user}，密码 {made.password}"),
                    ("里面有什么", "姓名、号码、文字都打乱了，条数不变，附件没有放进去。"),
                ],
            )
        )

    def _go(self, key: int) -> None:
        page = self._pages.get(key)
        if page:
            self.desk.go(page, None)

    def mend(self) -> None:
        """Put what was edited outside the program back, after a question."""
        answer = self.desk.asking.ask(
            Question(
                "在程序外改过的记录会变回修改记录里的样子",
                [("留下什么", "这次改回也记进修改记录。多出来的记录不动，请自己核实。")],
                [Choice("mend", "改回", "undo"), Choice("", "先不改")],
            )
        )
        if answer == "mend":
            selfcheck = self.desk.village.selfcheck
            self.run(lambda report: selfcheck.put_back(report=report), "改回记录", self._mended)

    def _mended(self, count: int) -> None:
        self.desk.say(f"改回了 {count} 条", None)
        self.check()

    def print_report(self) -> None:
        """Save the report of the last check as a paper."""
        if self._found is not None:
            self.print_paper(lambda: self.desk.village.selfcheck.paper(self._found), "自检报告")

    def lay_out(self, narrow: bool) -> None:
        self.table.set_narrow(narrow)
