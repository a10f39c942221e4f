"""收付款人规则: the village's list of payees or words and where imported lines of them go."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from village_app.db.records.funds import RULE_SIDES, PayeeRule
from village_app.domain.kinds import TEXT, Choice, FieldDeclaration, Option
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.columns import ColumnSpec, ListRow, ShortList
from village_app.ui.kit.dialog import Sheeted
from village_app.ui.kit.table import RecordTable
from village_app.ui.kit.text import Text
from village_app.ui.page import Desk
from village_app.ui.pages.form_dialog import FormDialog, Typed
from village_app.ui.theme import theme

COLUMNS = (
    ColumnSpec("words", "收付款人或摘要里的词", TEXT, width=240, stretch=True),
    ColumnSpec("side", "收支", TEXT, width=96),
    ColumnSpec("account", "记到科目", TEXT, width=120),
    ColumnSpec("project", "归到项目", TEXT, width=180),
)


class PayeeRulesDialog(Sheeted):
    """The list with its verbs; the first rule that fits a line holds."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__("收付款人规则", None, window)
        self._desk = desk
        px = theme().px
        self.setFixedWidth(max(px(320), min(px(820), window.width() - px(32))))
        self.form: FormDialog | None = None
        self.body.addWidget(
            Text(
                "导入流水时，收付款人或摘要里有这些词的，就记到这个科目；写了项目的，"
                "还归进那个项目的付款。从上往下，先合的算。",
                "small",
                "ink2",
                wrap=True,
            )
        )
        self.table = RecordTable(ShortList(COLUMNS), name="payee_rules", measure="条")
        self.table.setMinimumHeight(max(px(160), min(px(300), window.height() - px(320))))
        self.table.opened.connect(lambda _key: self.correct())
        self.body.addWidget(self.table, 1)
        row = QHBoxLayout()
        row.addWidget(Button("加一条", icon="plus", key="Ctrl+N", kind="primary", press=self.enter))
        row.addWidget(Button("改这一条", icon="pen", key="F2", press=self.correct))
        row.addWidget(Button("删掉这一条", icon="trash", key="Del", press=self.remove))
        row.addStretch(1)
        row.addWidget(Button("关上", key="Esc", press=self.reject))
        self.body.addLayout(row)
        self.refresh()
        self.table.choose_first()

    def refresh(self) -> None:
        """Ask for the rules again."""
        village = self._desk.village
        accounts = {one.id: one.name for one in village.accounts.listed(with_inactive=True)}
        projects = {one.id: one.name for one in village.projects.listed()}
        rows = [
            ListRow(
                one.id,
                {
                    "words": one.words,
                    "side": RULE_SIDES.show(one.side),
                    "account": accounts.get(one.account_id, ""),
                    "project": projects.get(one.project_id, ""),
                },
            )
            for one in village.payee_rules.listed()
        ]
        self.table.refresh(ShortList(COLUMNS, rows))

    def enter(self) -> None:
        """Add a rule."""
        self._open("加一条规则", None)

    def correct(self) -> None:
        """Change the chosen rule."""
        rule = self._chosen()
        if rule is not None:
            self._open("改规则", rule)

    def remove(self) -> None:
        """Remove the chosen rule; undo brings it back."""
        rule = self._chosen()
        if rule is not None:
            self._desk.village.payee_rules.remove(rule)
            self._desk.say(f"已删掉规则 {rule.words}", self._desk.undo)
            self.refresh()

    def _chosen(self) -> PayeeRule | None:
        key = self.table.current_key()
        return None if key is None else self._desk.village.payee_rules.get(key)

    def _open(self, title: str, rule: PayeeRule | None) -> None:
        village = self._desk.village
        accounts = Choice(
            tuple(Option(one.code, one.name) for one in village.accounts.listed() if not one.holds)
        )
        listed = {str(one.id): one for one in village.projects.listed()}
        projects = Choice(tuple(Option(key, one.name) for key, one in listed.items()))
        account_field = FieldDeclaration("account", "记到科目", accounts, required=True)
        project_field = FieldDeclaration("project", "归到项目", projects)
        declared = [
            PayeeRule.declaration("words"),
            PayeeRule.declaration("side"),
            account_field,
            *((project_field,) if listed else ()),
        ]

        def save(typed: Typed) -> None:
            account = village.accounts.find(typed["account"])
            key = projects.parse(typed.get("project") or None)
            project = listed[str(key)] if key else None
            own = {"words": typed["words"], "side": typed["side"]}
            if rule is None:
                village.payee_rules.add(account, own, project=project)
            else:
                village.payee_rules.correct(rule, account, own, project=project)
            self._desk.say(f"已存规则 {typed['words']}", self._desk.undo)

        self.form = FormDialog(title, declared, save, self, values=self._values(rule))
        self.form.finished.connect(lambda _result: self.refresh())
        self.form.open()

    def _values(self, rule: PayeeRule | None) -> dict[str, object]:
        if rule is None:
            return {"side": "both"}
        codes = {one.id: one.code for one in self._desk.village.accounts.listed(with_inactive=True)}
        values: dict[str, object] = {
            "words": rule.words,
            "side": rule.side,
            "account": codes.get(rule.account_id),
        }
        if rule.project_id is not None:
            values["project"] = str(rule.project_id)
        return values
