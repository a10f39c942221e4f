"""What is done with the ledger now and then: voucher photos, funds, rules, charts, openings."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QDialog

from village_app.db.records.ledger import LedgerEntry
from village_app.domain.charts import Chart, ChartBar
from village_app.domain.kinds import MONEY, TEXT, FieldDeclaration, Option
from village_app.domain.kinds import Choice as Choices
from village_app.domain.money import show_money
from village_app.domain.money_words import in_words
from village_app.ui.kit.columns import ColumnSpec, ListRow, ListSource, ShortList
from village_app.ui.pages.attached_dialog import AttachedDialog
from village_app.ui.pages.chart_dialog import ChartChoice, ChartDialog
from village_app.ui.pages.form_dialog import FormDialog, Typed
from village_app.ui.pages.money.correcting import MoneyCorrecting
from village_app.ui.pages.money.ledger_rows import ENTRY_COLUMNS, entry_row
from village_app.ui.pages.money.payee_rules_dialog import PayeeRulesDialog
from village_app.ui.pages.rows_dialog import RowsDialog
from village_app.ui.pages.wishes import Wish

# What photos and scans of an entry's voucher are called among its attachments.
VOUCHER = "凭证"
SOURCE_COLUMNS = (
    ColumnSpec("number", "项目编号", TEXT, width=140),
    ColumnSpec("project", "项目", TEXT, width=240, stretch=True),
    ColumnSpec("source", "资金来源", TEXT, width=220),
    ColumnSpec("amount", "金额（元）", MONEY, width=130),
)


class MoneyMore(MoneyCorrecting):
    """The page's rare verbs and the ways from figures to their rows."""

    over: QDialog | None = None

    def wishes(self) -> list[Wish]:
        """Give everything that can be done on the page, the rare wishes after the line."""
        return [
            Wish("记支出", self.spend, "Ctrl+N"),
            Wish("记收入", self.receive, "Ctrl+R"),
            Wish("内部转款", self.transfer),
            Wish("导入流水", self.bring_in, "Ctrl+I"),
            Wish("更正这一笔", self.correct, "F2", divides=True),
            Wish("冲销这一笔", self.reverse, "Del"),
            Wish("看凭证照片", self.open_entry),
            Wish("归到专项资金", self.assign_fund),
            Wish("看图（各月、科目、项目资金）", self.show_charts, "Ctrl+G", divides=True),
            Wish("收付款人规则", self.show_rules),
            Wish("改期初", self.correct_purse),
        ]

    def bring_in(self) -> None:
        """Go to the import of ledgers, statements and bills."""
        self.desk.go("import-ledger", None)

    # One entry

    def open_entry(self) -> None:
        """Open the chosen entry: its facts, its amount in words, its voucher's photos."""
        entry = self._entry()
        if entry is not None:
            self._stand_over(
                AttachedDialog(
                    self.desk,
                    entry,
                    f"{entry.summary} {show_money(entry.amount)} 元",
                    self.window(),
                    purpose=VOUCHER,
                    facts=_facts(entry),
                )
            )

    def assign_fund(self) -> None:
        """Say to which special fund the chosen entry belongs."""
        entry = self._entry()
        if entry is None:
            return
        funds = {str(one.fund.id): one.fund for one in self.desk.village.funds.states()}
        if not funds:
            self.desk.say("还没有专项资金，请先到三资台账里登记。", None)
            return
        options = [Option(key, one.name) for key, one in funds.items()]
        kind = Choices((*options, Option("none", "不归专项资金")))
        choice = FieldDeclaration("fund", "专项资金", kind, required=True)

        def save(typed: Typed) -> None:
            key = str(kind.parse(typed["fund"]))
            self.desk.village.funds.assign(entry, funds.get(key))
            self.desk.say(f"已归类 {entry.summary}", self.desk.undo)

        title = f"“{entry.summary}”归到专项资金"
        self._show_dialog(FormDialog(title, [choice], save, self.window()))

    # Figures and the rows behind them

    def show_rules(self) -> None:
        """Show the list of payee rules."""
        self._stand_over(PayeeRulesDialog(self.desk, self.window()))

    def show_purse(self, at: int) -> None:
        """Show the entries of a purse in the period: what makes its closing balance."""
        purse = self.desk.village.disclosure.figures(self._period).purses[at]
        account = self.desk.village.accounts.find(purse.name)
        first, last = self._period.first, self._period.last
        entries = self.desk.village.ledger.entries_of(account, first, last)
        moved = purse.period
        words = (
            f"上期结余 {show_money(moved.opening)} ＋ 增加 {show_money(moved.gained)} － "
            f"减少 {show_money(moved.lost)} ＝ 期末结余 {show_money(moved.closing)} 元"
        )
        self.show_entries(f"{self._period.show()} {purse.name}", entries, words)

    def show_charts(self) -> None:
        """Show the charts of the year and the period."""
        charts = self.desk.village.money_charts
        year, period = self._period.first.year, self._period
        choices = [
            ChartChoice(
                "各月支出",
                lambda: charts.by_month(year, "expense"),
                partial(self._open_month, "expense"),
            ),
            ChartChoice(
                "各月收入",
                lambda: charts.by_month(year, "income"),
                partial(self._open_month, "income"),
            ),
            ChartChoice(
                "支出按科目", lambda: charts.by_account(period, "expense"), self._open_account
            ),
            ChartChoice(
                "收入按科目", lambda: charts.by_account(period, "income"), self._open_account
            ),
            ChartChoice("项目资金来源", charts.projects_by_source, self._open_source),
        ]
        self._stand_over(ChartDialog(choices, self.window()))

    def show_entries(self, title: str, entries: list[LedgerEntry], words: str) -> None:
        """Show entries of the ledger over the page."""
        accounts = {one.id: one for one in self.desk.village.accounts.listed(with_inactive=True)}
        source = ShortList(ENTRY_COLUMNS, [entry_row(one, accounts) for one in entries])
        self._show_rows(title, source, words, "笔", self.open_record)

    def _open_month(self, nature: str, chart: Chart, bar: ChartBar) -> None:
        entries = self.desk.village.money_charts.entries_of_month(bar.key, nature)
        title = f"{bar.label}{'收入' if nature == 'income' else '支出'}"
        self.show_entries(title, entries, f"{chart.title}：合计 {bar.figure} 元")

    def _open_account(self, chart: Chart, bar: ChartBar) -> None:
        del chart
        entries = self.desk.village.money_charts.entries_of_account(self._period, bar.key)
        self.show_entries(f"{self._period.show()} {bar.label}", entries, f"合计 {bar.figure} 元")

    def _open_source(self, chart: Chart, bar: ChartBar) -> None:
        del chart
        found = self.desk.village.money_charts.sources_of(bar.key)
        rows = [
            ListRow(
                source.id,
                {
                    "number": project.number,
                    "project": project.name,
                    "source": source.name,
                    "amount": source.amount,
                },
            )
            for project, source in found
        ]
        projects = {source.id: project.id for project, source in found}
        source = ShortList(SOURCE_COLUMNS, rows)
        self._show_rows(
            bar.label,
            source,
            f"合计 {bar.figure} 元",
            "项",
            lambda key: self.desk.go("projects", projects[key]),
        )

    def _show_rows(
        self,
        title: str,
        source: ListSource,
        words: str,
        measure: str,
        open_row: Callable[[int], object],
    ) -> None:
        self._stand_over(
            RowsDialog(
                title, source, self.window(), sum_line=words, measure=measure, open_row=open_row
            )
        )

    def _stand_over(self, dialog: Any) -> None:
        if self.over is not None and self.over.isVisible():
            self.over.reject()
        self.over = dialog
        dialog.open()


def _facts(entry: LedgerEntry) -> str:
    parts = (
        ("", str(entry.day)),
        ("凭证号 ", entry.voucher),
        ("收（付）款人 ", entry.party),
        ("票据号 ", entry.receipt),
        ("经手 ", entry.handler),
        ("证明 ", entry.witness),
        ("审批 ", entry.approver),
        ("冲销原因 ", entry.reason),
        ("", in_words(entry.amount) if entry.amount > 0 else ""),
    )
    return "　".join(f"{label}{text}" for label, text in parts if text)
