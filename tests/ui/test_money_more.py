"""The ledger's rare verbs: voucher, unit, charts, rows behind figures, funds, rules, openings."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.services.money_books import book_first_quarter, open_purses
from tests.ui.hands import CTRL, NONE, press
from tests.ui.money_desk import (
    Answers,
    Shown,
    answers,
    clock,
    desk,
    fill,
    put_up,
    shown,
    village,
    wish,
)
from village_app.domain.periods import period_of
from village_app.ui.page import Desk
from village_app.ui.pages.attached_dialog import AttachedDialog
from village_app.ui.pages.chart_dialog import ChartDialog
from village_app.ui.pages.form_dialog import FormDialog
from village_app.ui.pages.money.money import UNITS, MoneyPage
from village_app.ui.pages.money.payee_rules_dialog import PayeeRulesDialog
from village_app.ui.pages.rows_dialog import RowsDialog
from village_app.village import Village

__all__ = ["answers", "clock", "desk", "shown", "village"]
QUARTER = period_of("quarter", date(2026, 1, 1))


@pytest.fixture
def page(village: Village, desk: Desk, qtbot: QtBot) -> MoneyPage:
    open_purses(village)
    book_first_quarter(village)
    made = MoneyPage(desk)
    village.listen(made.note_change)
    made._period = QUARTER
    put_up(made, qtbot)
    return made


def choose(page: MoneyPage, voucher: str) -> None:
    village = page.desk.village
    entries = village.ledger.entries(QUARTER.first, QUARTER.last)
    page.table.choose(next(one.id for one in entries if one.voucher == voucher))


def save(dialog: FormDialog | None, **texts: str) -> None:
    assert isinstance(dialog, FormDialog)
    for name, text in texts.items():
        dialog.form.editor(name).set_raw(text)
    dialog.save()
    assert not dialog.isVisible(), dialog.refusal.text()


def column(page: MoneyPage, number: int) -> list[str]:
    model = page.table.view.model()
    return [str(model.index(row, number).data() or "") for row in range(model.rowCount())]


def test_another_unit_writes_the_same_fen_and_changes_no_total(page: MoneyPage) -> None:
    before = page.desk.village.disclosure.figures(QUARTER)
    assert "14,940.00" in column(page, 6)
    page.units.chosen.emit((UNITS[1],))
    assert "1.494" in column(page, 6)
    assert "128.965095 ＋ 19.537635 － 7.110895 ＝ 141.391835 万元" in " ".join(
        page.equation.text().split()
    )
    assert page.desk.village.disclosure.figures(QUARTER) == before
    page.units.chosen.emit((UNITS[0],))
    assert "14,940.00" in column(page, 6)


def test_an_entry_opens_its_voucher_with_the_amount_in_words(
    page: MoneyPage, answers: Answers, tmp_path: Path
) -> None:
    choose(page, "付-002")
    key = page.table.current_key()
    page.table.opened.emit(key)
    dialog = page.over
    assert isinstance(dialog, AttachedDialog)
    assert "人民币肆佰贰拾陆元伍角" in dialog.facts.text()
    answers.path = tmp_path / "凭证.png"
    Image.new("RGB", (60, 40), "white").save(answers.path)
    dialog.add.click()
    entry = page.desk.village.ledger.get(key)
    assert len(page.desk.village.attachments.of(entry, purpose="凭证")) == 1


def test_a_bar_opens_the_entries_that_make_it(page: MoneyPage, answers: Answers) -> None:
    wish(page, "看图（各月、科目、项目资金）")
    charts = page.over
    assert isinstance(charts, ChartDialog)
    assert charts.note.text() == "合计 71,108.95 元。按一根柱子，看是哪些账。"
    assert charts.chart is not None
    march = charts.chart.buttons()[2]
    assert march.accessibleName().startswith("3月：共 36,680.00 元，公益支出 33,580.00 元")
    march.click()
    rows = page.over
    assert isinstance(rows, RowsDialog)
    assert rows.table.count() == 4
    assert rows.sum_line.text() == "2026年各月支出（元）：合计 36,680.00 元"
    rows.open_chosen()
    assert page._period == period_of("month", date(2026, 3, 1))


@pytest.mark.parametrize(
    ("word", "total"),
    [("支出按科目", "71,108.95"), ("收入按科目", "195,376.35"), ("项目资金来源", "0.00")],
)
def test_every_chart_tells_its_total(
    page: MoneyPage, answers: Answers, word: str, total: str
) -> None:
    wish(page, "看图（各月、科目、项目资金）")
    charts = page.over
    assert isinstance(charts, ChartDialog)
    charts.chips.chosen.emit((word,))
    said = charts.note.text()
    assert said.startswith(f"合计 {total} 元") or said == "还没有数，画不出图。"
    assert charts.described().total == int(total.replace(",", "").replace(".", ""))


def test_a_purse_opens_the_entries_behind_its_balance(page: MoneyPage) -> None:
    page.purses.opened.emit(0)
    rows = page.over
    assert isinstance(rows, RowsDialog)
    assert rows.sum_line.text() == (
        "上期结余 3,250.60 ＋ 增加 5,000.00 － 减少 3,526.50 ＝ 期末结余 4,724.10 元"
    )
    assert rows.table.count() == 4


def test_an_opening_is_put_right_and_a_closed_month_forbids_it(
    page: MoneyPage, answers: Answers, village: Village, shown: Shown
) -> None:
    page.purses.choose_first()
    wish(page, "改期初")
    save(page.dialog, amount="3,260.50")
    assert village.disclosure.figures(QUARTER).purses[0].period.opening == 326_050
    assert shown.said[-1] == "已改好 库存现金 期初"
    village.ledger.close_month("2026-01")
    wish(page, "改期初")
    dialog = page.dialog
    assert dialog is not None
    dialog.save()
    assert "先反结账" in dialog.refusal.text()


def test_an_opening_after_the_first_entry_is_refused(page: MoneyPage, answers: Answers) -> None:
    page.purses.choose_first()
    wish(page, "改期初")
    fill(page, day="2026-02-01")
    assert page.dialog is not None
    page.dialog.save()
    assert "已经有账" in str(page.dialog.form.fault_of("day"))


def test_an_entry_is_given_to_a_special_fund(
    page: MoneyPage, answers: Answers, village: Village, shown: Shown
) -> None:
    choose(page, "收-003")
    wish(page, "归到专项资金")
    assert shown.said[-1].startswith("还没有专项资金")
    village.funds.add({"name": "民生微实事", "kind": "专项补助", "purpose": "路灯"})
    wish(page, "归到专项资金")
    save(page.dialog, fund="民生微实事")
    assert village.funds.states()[0].received == 3_000_000


def test_rules_for_payees_are_entered_changed_and_removed(
    page: MoneyPage, answers: Answers, village: Village
) -> None:
    wish(page, "收付款人规则")
    dialog = page.over
    assert isinstance(dialog, PayeeRulesDialog)
    dialog.enter()
    save(dialog.form, words="保洁、清运", side="只看支出", account="公益支出")
    (rule,) = village.payee_rules.listed()
    assert (rule.words, rule.side) == ("保洁、清运", "out")
    dialog.table.choose_first()
    dialog.correct()
    save(dialog.form, words="保洁")
    assert village.payee_rules.listed()[0].words == "保洁"
    dialog.remove()
    assert village.payee_rules.listed() == []


@pytest.mark.parametrize(
    ("key", "modifier", "title"),
    [
        (Qt.Key.Key_N, CTRL, "记支出"),
        (Qt.Key.Key_R, CTRL, "记收入"),
        (Qt.Key.Key_F2, NONE, "更正"),
        (Qt.Key.Key_Delete, NONE, "冲销"),
    ],
)
def test_the_keys_work_in_a_narrow_window_too(
    page: MoneyPage, qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier, title: str
) -> None:
    page.hide()
    page.set_narrow(True)
    with qtbot.waitActive(page):  # keys are heard by the active window alone
        page.show()
        page.activateWindow()
    choose(page, "付-002")
    page.table.focus_rows()
    press(page.table.view, key, modifier)
    assert page.dialog is not None
    assert page.dialog.accessibleName().startswith(title)
