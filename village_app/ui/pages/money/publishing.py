"""Disclosure of a period from the ledger's page: draft, correct, close the month."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from village_app.errors import Refused
from village_app.ui.kit.banner import Banner
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.flow import FlowLayout
from village_app.ui.kit.removal import empty
from village_app.ui.kit.sheets import Sheet
from village_app.ui.kit.text import Text
from village_app.ui.pages.form_dialog import FormDialog, Typed
from village_app.ui.pages.money.booking import REASON
from village_app.ui.pages.money.more import MoneyMore
from village_app.ui.pages.wishes import Wish

SHEETS = (
    ("money_summary", "收支公开表"),
    ("money_income", "收入明细表"),
    ("money_expense", "支出明细表"),
)


class MoneyPublishing(MoneyMore):
    """The sheet 财务公开 and what it does."""

    banner_place: QVBoxLayout

    def wishes(self) -> list[Wish]:
        """Give the page's wishes with those of disclosure."""
        drafts = [
            Wish(
                f"起草{words}",
                partial(self.draft_sheet, sheet),
                "F4" if sheet == "money_summary" else "",
                divides=sheet == "money_summary",
            )
            for sheet, words in SHEETS
        ]
        return [*super().wishes(), *drafts, Wish("结账、反结账", self.close_month)]

    def make_publishing(self) -> Sheet:
        """Build the sheet of the page's side."""
        publish = Sheet("财务公开")
        self.publish_note = Text("", "small", "ink2", wrap=True)
        publish.add(self.publish_note)
        self.sheet_buttons = {
            sheet: Button(
                f"起草{words}",
                key="F4" if sheet == "money_summary" else "",
                bind=False,
                press=partial(self.draft_sheet, sheet),
            )
            for sheet, words in SHEETS
        }
        self.close_button = Button("结账", icon="lock", press=self.close_month)
        holder = QWidget()
        flow = FlowLayout(holder)
        summary, *details = self.sheet_buttons.values()
        for button in (summary, self.close_button, *details):
            flow.addWidget(button)
        publish.add(holder)
        return publish

    def show_publishing(self) -> None:
        """Say until when the period is to be published, and what hangs outdated."""
        self._show_publishing(self.desk.village.session.today())
        self._show_outdated()

    def _show_publishing(self, today: date) -> None:
        due = self.desk.village.disclosure.due_on(self._period)
        over = self._period.last < today
        self.publish_note.setText(
            f"{self._period.show()}，{due.month} 月 {due.day} 日前公开。"
            if over
            else f"{self._period.show()}还没有过完，期满以后再公开。"
        )
        # The sentence above says why there is nothing to draft yet.
        for button in self.sheet_buttons.values():
            button.setVisible(over)
        closed = set(self.desk.village.ledger.closed_months())
        month = f"{self._period.first.year:04d}-{self._period.first.month:02d}"
        self.close_button.setVisible(self._period.kind == "month")
        self.close_button.set_words("反结账" if month in closed else "结账")

    def _show_outdated(self) -> None:
        empty(self.banner_place)
        outdated = self.desk.village.disclosure.outdated()
        if outdated:
            first = outdated[0]
            banner = Banner(
                "soon",
                f"{first.notice.heading}公开以后账有改动，"
                f"{len(first.differences)} 处对不上，要发更正公示。",
                link="起草更正公示",
            )
            banner.pressed.connect(lambda: self.draft_correction(first.notice))
            self.banner_place.addWidget(banner)

    def draft_sheet(self, sheet: str) -> None:
        """Draft one of the period's tables and go to it."""
        try:
            notice = self.desk.village.disclosure.draft(sheet, self._period)
        except Refused as refusal:
            self.desk.say(refusal.message, None)
            return
        self.desk.say(f"已起草 {notice.heading}", self.desk.undo)
        self.desk.go("notices", notice.id)

    def draft_correction(self, notice: Any) -> None:
        """Ask why, draft the correction of a posted table and go to it."""

        def save(typed: Typed) -> None:
            draft = self.desk.village.disclosure.draft_correction(notice, typed["reason"])
            self.desk.say(f"已起草 {draft.heading}", None)
            self.desk.go("notices", draft.id)

        self._show_dialog(
            FormDialog("起草更正公示", [REASON], save, self.window(), words="起草更正公示")
        )

    def close_month(self) -> None:
        """Close the month, or open it again with a reason."""
        if self._period.kind != "month":
            self.desk.say("结账是按月结的，请先选一个月。", None)
            return
        first = self._period.first
        month = f"{first.year:04d}-{first.month:02d}"
        ledger = self.desk.village.ledger
        if month not in ledger.closed_months():
            ledger.close_month(month)
            self.desk.say(f"{self._period.show()}已结账", None)
            return

        def save(typed: Typed) -> None:
            ledger.reopen_month(month, typed["reason"])
            self.desk.say(f"{self._period.show()}已反结账", None)

        self._show_dialog(FormDialog("反结账", [REASON], save, self.window(), words="反结账"))
