"""项目公开 as people use it: plan, receipts, photos, voices, lines of the ledger, open data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PIL import Image
from pytestqt.qtbot import QtBot

from tests.services import lamp_project
from tests.services.conftest import TurningClock
from tests.services.money_books import book_line
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
from village_app.db.records.projects import Project
from village_app.ui.kit.lights import Light
from village_app.ui.page import Desk
from village_app.ui.pages.form_dialog import FormDialog
from village_app.ui.pages.projects.photos import PhotoWall
from village_app.ui.pages.projects.projects import ProjectsPage
from village_app.village import Village

__all__ = ["answers", "clock", "desk", "shown", "village"]


@pytest.fixture
def project(village: Village, clock: TurningClock) -> Project:
    started = lamp_project.start(village, clock)
    clock.turn_to(2026, 4, 2)
    return started


@pytest.fixture
def page(village: Village, project: Project, desk: Desk, qtbot: QtBot) -> ProjectsPage:
    made = ProjectsPage(desk)
    village.listen(made.note_change)
    put_up(made, qtbot)
    made.show_project(project.id)
    return made


def save(page: ProjectsPage, **texts: str) -> None:
    fill(page, **texts)
    dialog = page.dialog
    assert isinstance(dialog, FormDialog)
    dialog.save()
    faults = [dialog.form.fault_of(name) for name in dialog.form.draft()]
    assert not dialog.isVisible(), ([one for one in faults if one], dialog.refusal.text())


def picture(folder: Path, name: str = "票.jpg") -> Path:
    path = folder / name
    Image.new("RGB", (90, 60), "white").save(path)
    return path


def states(page: ProjectsPage) -> list[str]:
    model = page.record.payments.view.model()
    last = model.columnCount() - 1
    return [str(model.index(row, last).data()) for row in range(model.rowCount())]


def test_a_planned_payment_falls_due_is_opened_and_paid(page: ProjectsPage) -> None:
    record = page.record
    for label, amount, due in (
        ("预付款30%", "14,940", "2026-03-30"),
        ("进度款", "24,900", "2026-04-20"),
        ("尾款", "9,960", "2026-07-01"),
    ):
        record.plan_payment()
        save(page, label=label, kind="进度款", amount=amount, due_on=due)
    assert states(page) == ["到期未付", "快到期", "未到期"]
    assert record.payment_list.plan_note.text() == (
        "付款计划 49,800.00 元，到期 14,940.00 元，照计划已付 0.00 元"
    )
    record.payments.choose_first()
    record.open_payment()
    save(page, voucher="付-008")
    assert states(page) == ["已付", "快到期", "未到期"]
    assert record.payment_list.plan_note.text().endswith("照计划已付 14,940.00 元")


def test_a_payment_opens_its_receipt(
    page: ProjectsPage, village: Village, project: Project, answers: Answers, tmp_path: Path
) -> None:
    payment = lamp_project.pay(
        village,
        project,
        label="预付款30%",
        amount="14,940.00",
        day="2026-03-30",
        invoice="0061873",
        handler="何志强",
    )
    page.record.payments.choose(payment.id)
    page.record.payments.opened.emit(payment.id)
    dialog = page.record.attached
    assert "票据号 0061873" in dialog.facts.text()
    assert dialog.shown() is None
    answers.path = picture(tmp_path)
    dialog.add.click()
    assert dialog.shown() is not None
    assert dialog.caption.text() == "第 1 张，共 1 张　票.jpg"
    assert not dialog.picture.pixmap().isNull()
    assert len(village.attachments.of(payment, purpose="票据")) == 1
    dialog.off.click()
    assert village.attachments.of(payment) == []


def test_photos_make_the_sheet_of_before_half_way_and_after(
    page: ProjectsPage,
    village: Village,
    project: Project,
    answers: Answers,
    shown: Shown,
    tmp_path: Path,
) -> None:
    record = page.record
    record.publish_photos()
    assert shown.said[-1].startswith("还没有照片")
    answers.path = picture(tmp_path, "前.jpg")
    for purpose in ("施工前照片", "施工中照片", "完工照片"):
        record.show_photos(purpose)
        record.attached.add.click()
        record.attached.reject()
    assert isinstance(record.wall, PhotoWall)
    assert record.wall.all_link.text() == "全部 3 张"
    wish(record, "发照片对照公示")
    page_name, notice_id = shown.gone[-1]
    assert (page_name, notice_id is not None) == ("notices", True)
    notice = village.notices.get(notice_id or 0)
    assert notice.heading == "村前塘路灯安装项目施工前、过半、完工照片对照表"
    assert village.projects.file(project).papers[-1].name == "照片对照表"


def test_a_question_is_asked_answered_and_read_on_the_page(
    page: ProjectsPage, village: Village, project: Project, answers: Answers
) -> None:
    record = page.record
    record.ask_question()
    save(page, text="为什么选这一家", asker="陈伯")
    (question,) = village.questions.about(project)
    model = record.voices.table.view.model()
    assert model.index(0, 4).data() == "04-22 前答复"
    record.voices.table.opened.emit(question.id)
    save(page, reply="三家里报价最低", result="已说明")
    record.refresh()
    model = record.voices.table.view.model()
    assert "三家里报价最低" in str(model.index(0, 3).data())
    assert model.index(0, 4).data() == "04-02 已答复"
    record.voices.table.opened.emit(question.id)
    assert ("答", "三家里报价最低") in answers.asked[-1].lines


def test_what_a_visit_found_is_put_right_on_the_page(
    page: ProjectsPage, village: Village, project: Project
) -> None:
    record = page.record
    record.visit()
    save(page, day="2026-04-01", visitors="黄伟雄", quality="灯杆歪了", advice="扶正")
    model = record.voices.table.view.model()
    assert model.index(0, 4).data() == "等整改"
    (visit,) = village.questions.visits(project)
    record.voices.table.opened.emit(visit.id)
    save(page, answer="4月2日已扶正")
    record.refresh()
    assert record.voices.table.view.model().index(0, 4).data() == "已整改"


def test_a_line_of_the_ledger_is_taken_over_once_and_booked_once(
    page: ProjectsPage, village: Village, project: Project
) -> None:
    record = page.record
    assert not record.claim_link.isVisible()
    line = ("2026-03-30", "付-008", "付路灯预付款", "公益支出", lamp_project.FIRM, "", "14940")
    entry = book_line(village, (*line, "银行存款"))
    record.refresh()
    assert record.claim_link.text() == "账上还有 1 笔没归进来"
    record.claim()
    save(page, entry="2026-03-30 付路灯预付款 14,940.00 元", label="预付款30%", kind="预付款")
    (payment,) = village.projects.file(project).paid
    assert (payment.amount, payment.kind, payment.voucher) == (1_494_000, "advance", "付-008")
    kept = village.ledger.get(entry.id)
    assert (kept.source_table, kept.source_id) == ("payment", payment.id)
    assert len(village.ledger.entries(entry.day, entry.day)) == 1
    assert not record.claim_link.isVisible()


def test_a_line_that_breaks_a_rule_is_not_taken_over(
    page: ProjectsPage, village: Village, project: Project
) -> None:
    line = ("2026-03-30", "付-008", "付路灯款", "公益支出", lamp_project.FIRM, "", "60000")
    book_line(village, (*line, "银行存款"))
    page.record.refresh()
    page.record.claim()
    fill(page, entry="2026-03-30 付路灯款 60,000.00 元", label="路灯款", kind="进度款")
    assert isinstance(page.dialog, FormDialog)
    page.dialog.save()
    assert "超过合同价加变更" in page.dialog.refusal.text()
    assert village.projects.file(project).paid == ()


@pytest.mark.parametrize(
    ("answer", "ending"),
    [("导出公开数据（JSON，OCDS）", "json"), ("导出表格给镇里（Excel）", "xlsx")],
)
def test_all_projects_go_out_for_the_town(
    page: ProjectsPage, answers: Answers, shown: Shown, tmp_path: Path, answer: str, ending: str
) -> None:
    answers.path = tmp_path / f"项目.{ending}"
    wish(page, answer)
    assert shown.said[-1] == f"已导出 1 个项目：项目.{ending}"
    if ending == "json":
        package = json.loads(answers.path.read_bytes())
        assert package["releases"][0]["contracts"][0]["value"]["amount"] == 49800
        return
    book = load_workbook(answers.path)
    cells = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    assert {"村前塘路灯安装", 52000, 49800} <= cells


def test_the_findings_are_all_shown(page: ProjectsPage, answers: Answers, village: Village) -> None:
    village.projects.correct(page.record._project(), {"bid_bond": "2,000.00"})
    page.record.refresh()
    wish(page.record, "看有什么不对")
    rules = [name for name, _sentence in answers.asked[-1].lines]
    assert "投标保证金上限" in rules


def test_the_light_of_a_payment_is_its_state(page: ProjectsPage) -> None:
    page.record.request_payment()
    save(page, label="定金", kind="预付款", amount="4,000.00")
    assert states(page) == ["待审批"]
    row = page.record.payments.view.model().index(0, 5)
    assert str(row.data()) == str(Light("today", "待审批"))
