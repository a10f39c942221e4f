"""规则: days, shares and limits with their source; a new figure holds from a day on."""

from __future__ import annotations

import json
from typing import Any

from PySide6.QtWidgets import QHBoxLayout

from village_app.domain.kinds import COUNT, DAY, TEXT, FieldDeclaration
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.columns import ColumnSpec, ListRow, ShortList
from village_app.ui.kit.keys import Key
from village_app.ui.kit.sheets import Facts, Sheet
from village_app.ui.kit.table import RecordTable
from village_app.ui.kit.text import Text
from village_app.ui.page import Desk
from village_app.ui.pages.form_dialog import FormDialog, Typed
from village_app.ui.pages.safety.part import Part
from village_app.ui.theme import theme

COLUMNS = (
    ColumnSpec("name", "规则", TEXT, width=180, stretch=True),
    ColumnSpec("effective_from", "起", DAY, width=104),
    ColumnSpec("effective_to", "止", DAY, width=104, narrow=False),
)
# What the whole numbers of the rules are called; others are shown by the pages that use them.
FIGURES = {
    "acceptance": "验收公示天数",
    "announce_days": "公布提前天数",
    "approval": "立项公示天数",
    "bid_return_days": "投标保证金退还天数",
    "bid_share": "投标保证金（万分之）",
    "budget": "预算公示天数",
    "change": "变更公示天数",
    "choice": "比价结果公示天数",
    "contract": "合同公示天数",
    "days": "天数",
    "decide_again_share": "要重新议定的变更（万分之）",
    "default_months": "通常的月数",
    "due_day": "次月几日前",
    "duplicate_days": "算重复的天数",
    "ending_days": "提前提醒的天数",
    "extension_work_days": "延期的工作日数",
    "fewest": "最少几家（笔）",
    "half_year_day": "半年的期限日",
    "history_days": "历史天数",
    "longest_months": "最长的月数",
    "minimum_days": "最少公示天数",
    "month_day": "每月的期限日",
    "most_deputies": "协办最多几人",
    "near_share": "接近界线（万分之）",
    "notice_days": "公示天数",
    "performance_share": "履约保证金（万分之）",
    "posting_days": "公示天数",
    "quarter_day": "每季度的期限日",
    "remind_days": "提前提醒的天数",
    "remind_work_days": "提前提醒的工作日数",
    "reopen_days": "可重开的天数",
    "reopenings_by_handler": "经办人可重开次数",
    "reply_days": "答复天数",
    "retention": "质保金公示天数",
    "return_work_days": "退回的工作日数",
    "settlement": "结算公示天数",
    "share": "比例（万分之）",
    "slip_answer_work_days": "督办答复的工作日数",
    "spending": "支出公示天数",
    "unreached_attempts": "联系不上的次数",
    "within_days": "几天以内",
    "year_day": "年度的期限日",
    "years": "年数",
}
FROM = FieldDeclaration("effective_from", "从哪天起", DAY, required=True)


class RulesPart(Part):
    """The rules of the village; what was decided keeps the rule it was decided under."""

    keys = (Key("↑ ↓", "选一条"), Key("F2", "改这条规则"))

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._rules: dict[int, Any] = {}
        self.dialog: FormDialog | None = None
        self.table = RecordTable(
            ShortList(COLUMNS), name="rules", measure="条", preferences=desk.preferences
        )
        self.table.chosen.connect(lambda _key: self._show())
        self.table.opened.connect(lambda _key: self.revise())
        self.side = Sheet("这条规则")
        self.side.setFixedWidth(theme().px(430))
        self.basis = Text("", "body", "ink2", wrap=True)
        self.facts = Facts()
        self.revise_button = Button("改这条规则", icon="pen", key="F2", press=self.revise)
        self.side.add(self.basis)
        self.side.add(self.facts)
        self.side.add_stretch()
        self.side.add(
            Text(
                "改了以后，从那天起的新事项照新的办；以前办的仍照当时的规则。",
                "small",
                "ink3",
                wrap=True,
            )
        )
        row = QHBoxLayout()
        row.addWidget(self.revise_button)
        row.addStretch(1)
        self.side.body.addLayout(row)
        columns = QHBoxLayout()
        columns.setSpacing(theme().px(12))
        columns.addWidget(self.table, 1)
        columns.addWidget(self.side)
        self.body.addLayout(columns, 1)

    def refresh(self) -> None:
        self._rules = {one.id: one for one in self.desk.village.rules.listed()}
        rows = [
            ListRow(
                one.id,
                {
                    "name": one.name,
                    "effective_from": one.effective_from,
                    "effective_to": one.effective_to,
                },
            )
            for one in self._rules.values()
        ]
        self.table.refresh(ShortList(COLUMNS, rows))
        if self.table.current_key() is None:
            self.table.choose_first()
        self._show()

    def _chosen(self) -> Any:
        return self._rules.get(self.table.current_key() or 0)

    def _show(self) -> None:
        rule = self._chosen()
        figures = figures_of(rule) if rule is not None else {}
        self.basis.setText(f"依据：{rule.basis or '本村自己定的'}" if rule is not None else "")
        self.facts.set_facts([(FIGURES[name], str(value)) for name, value in figures.items()])
        reason = "" if figures else "这条规则没有可以直接改的数"
        if not self.may("settings.edit"):
            reason = "您的角色不能改规则"
        self.revise_button.forbid(reason)

    def revise(self) -> None:
        """Let other figures hold from a day on."""
        rule = self._chosen()
        if rule is None or not self.may("settings.edit") or not figures_of(rule):
            return
        figures = figures_of(rule)
        declared = [FieldDeclaration(name, FIGURES[name], COUNT, required=True) for name in figures]

        def save(typed: Typed) -> None:
            day = DAY.parse(typed["effective_from"])
            changed = {name: COUNT.parse(typed[name]) for name in figures}
            self.desk.village.rules.revise(rule.code, day, changed)
            self.desk.say(f"规则“{rule.name}”改好了", self.desk.undo)

        self.dialog = FormDialog(
            f"改“{rule.name}”",
            (FROM, *declared),
            save,
            self.window(),
            values={"effective_from": self.desk.village.session.today(), **figures},
        )
        self.dialog.accepted.connect(self.refresh)
        self.dialog.open()

    def lay_out(self, narrow: bool) -> None:
        self.table.set_narrow(narrow)
        self.side.setFixedWidth(theme().px(260 if narrow else 430))

    def first_focus(self) -> RecordTable:
        return self.table


def figures_of(rule: Any) -> dict[str, int]:
    """Give the whole numbers of a rule that have a name on screen."""
    parameters: dict[str, Any] = json.loads(rule.parameters)
    return {
        name: value
        for name, value in parameters.items()
        if name in FIGURES and isinstance(value, int) and not isinstance(value, bool)
    }
