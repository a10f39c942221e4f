"""自检: what is wrong and its cure, the gaps of the register, the report, leaving any time."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
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
from village_app.ui.pages.safety.part import Part
from village_app.ui.theme import theme

COLUMNS = (
    ColumnSpec("light", "情况", None, width=84, sortable=False),
    ColumnSpec("where", "位置", TEXT, width=170, sortable=False, narrow=False),
    ColumnSpec("message", "说明和办法", TEXT, width=300, stretch=True, sortable=False),
    ColumnSpec("verb", "", None, width=76, sortable=False),
)
WHAT_IS_CHECKED = "检查文件、修改记录、关联、附件和编号，什么都不改。"


class CheckPart(Part):
    """Runs the check and offers what mends it."""

    keys = (Key("Ctrl+J", "检查一遍"), Key("Ctrl+P", "打印报告"))

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._found: Any = None
        self._verbs: dict[int, Callable[[], None]] = {}
        self.banner = Banner("info", WHAT_IS_CHECKED)
        self.body.addWidget(self.banner)
        row = QHBoxLayout()
        row.setSpacing(theme().px(8))
        self.mend_button = Button("修复", icon="undo", press=self.mend)
        self.print_button = Button(
            "打印报告", icon="printer", key="Ctrl+P", press=self.print_report
        )
        self.back_button = Button("回到全部", icon="left", press=self.back_to_all)
        self.back_button.hide()
        for button in (
            Button("检查一遍", icon="search", key="Ctrl+J", kind="primary", press=self.check),
            self.mend_button,
            self.print_button,
            Button("给技术支持的副本", icon="out", press=self.make_copy),
            self.back_button,
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
        rows = [_finding_row(at, one) for at, one in enumerate(findings, 1)]
        self._verbs = {row.key: self.mend for row in rows if "verb" in row.cells}
        for at, line in enumerate(self.desk.village.health.lines(), len(rows) + 1):
            self._verbs[at] = partial(self.show_gaps, line)
            light, verb = Light("soon", "待补"), Verb("逐条看")
            cells = {"light": light, "where": "居民台账", "message": line.message, "verb": verb}
            rows.append(ListRow(at, cells))
        self.table.refresh(ShortList(COLUMNS, rows))
        self.back_button.hide()
        outside = any(one.code == "outside" for one in findings)
        reason = "" if outside else "没有在程序外改过的记录"
        if outside and not self.may("settings.edit"):
            reason = f"要{self.desk.village.two_persons.who_may('settings.edit')}来修复"
        self.mend_button.forbid(reason)
        self.print_button.forbid("" if self._found else "先检查一遍")

    def show_gaps(self, line: Any) -> None:
        """List the records of one kind of gap, each with the way to it."""
        gaps = self.desk.village.health.gaps(line.code)
        self._verbs = {
            at: partial(self.desk.go, gap.page, gap.record)
            for at, gap in enumerate(gaps, 1)
            if gap.record is not None
        }
        self.table.refresh(
            ShortList(COLUMNS, (_gap_row(at, gap) for at, gap in enumerate(gaps, 1)))
        )
        self.back_button.show()
        self.banner.show_sentence("soon", f"{line.message}点“修复”打开那一条，补好再回来。")

    def back_to_all(self) -> None:
        """Show all findings and kinds of gaps again."""
        self.banner.show_sentence("info", WHAT_IS_CHECKED)
        self._show()

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
        verb = self._verbs.get(key)
        if verb is not None:
            verb()

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


def _finding_row(at: int, one: Any) -> ListRow:
    cells = {"light": Light("fault", "不对"), "where": one.where, "message": one.message}
    if one.code in {"outside", "broken_link"}:
        cells["verb"] = Verb("修复")
    return ListRow(at, cells)


def _gap_row(at: int, gap: Any) -> ListRow:
    cells = {"light": Light("soon", "待补"), "where": gap.where or "没有小组", "message": gap.title}
    if gap.record is not None:
        cells["verb"] = Verb("修复")
    return ListRow(at, cells)
