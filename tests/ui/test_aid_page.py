"""补贴发放 as people use it: a list is begun, checked, decided line by line, published, signed."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.papers.printed import Printed
from tests.services.test_aid import LINES, PEOPLE, workbook
from tests.ui.money_desk import Answers, Shown, answers, clock, desk, fill, put_up, shown, village
from village_app.ui.page import Desk
from village_app.ui.pages.aid.aid import AidPage
from village_app.ui.pages.form_dialog import FormDialog
from village_app.village import Village

__all__ = ["answers", "clock", "desk", "shown", "village"]


@pytest.fixture
def page(village: Village, desk: Desk, qtbot: QtBot) -> AidPage:
    groups = {name: village.places.add(name).id for name in ("一组", "二组")}
    for name, number, group, status in PEOPLE:
        village.residents.register(
            {
                "name": name,
                "id_type": "identity_card",
                "id_number": number,
                "group_id": str(groups[group]),
                "status": status,
            }
        )
    made = AidPage(desk)
    village.listen(made.note_change)
    put_up(made, qtbot)
    return made


def save(page: AidPage, **texts: str) -> None:
    fill(page, **texts)
    dialog = page.dialog
    assert isinstance(dialog, FormDialog)
    dialog.save()
    assert not dialog.isVisible(), dialog.refusal.text()


def begin(page: AidPage, village: Village) -> None:
    page.enter()
    save(page, name="耕地地力保护补贴", kind="惠农补贴", period="2026年度", source="中央财政")
    aid = village.aid.listed()[0].aid
    imports = village.aid_imports(aid)
    content = workbook()
    imports.commit(imports.plan(imports.read(content, "名单.xlsx"), content, "名单.xlsx"))


def decide(page: AidPage, answers: Answers, answer: str, reason: str) -> None:
    page.record.next_fault()
    answers.answer = answer
    page.record.table.opened.emit(page.record.table.current_key())
    save(page, reason=reason)


def test_a_list_is_checked_decided_and_published(
    page: AidPage, village: Village, answers: Answers, shown: Shown
) -> None:
    begin(page, village)
    record = page.record
    assert record.table.count() == len(LINES)
    assert "3 人要先定下来才能公示。陈阿婆" in record.banner.accessibleName()
    record.publish()
    assert "先逐个剔除" in shown.said[-1]
    decide(page, answers, "out", "2025年去世")
    decide(page, answers, "keep", "地仍由本人耕种")
    decide(page, answers, "out", "重复登记")
    assert not record.banner.isVisible()
    record.next_fault()
    assert shown.said[-1] == "没有要处理的问题了"
    record.publish()
    name, notice_id = shown.gone[-1]
    assert name == "notices"
    assert village.notices.findings(village.notices.get(notice_id or 0)).stops == ()


def test_the_filters_show_what_is_wrong_out_or_not_signed(
    page: AidPage, village: Village, answers: Answers
) -> None:
    begin(page, village)
    decide(page, answers, "out", "2025年去世")
    for word, count in (("有问题", 3), ("已剔除", 1), ("没签收", 5), ("全部", 6)):
        page.record.chips.chosen.emit((word,))
        assert page.record.table.count() == count, word


def test_signatures_are_taken_down_and_the_list_is_saved(
    page: AidPage, village: Village, answers: Answers, tmp_path: Path, shown: Shown
) -> None:
    begin(page, village)
    decide(page, answers, "out", "去世")
    decide(page, answers, "out", "迁出")
    decide(page, answers, "out", "重复")
    page.record.table.choose_first()
    page.record.receive()
    save(page, received_by="陈小文（儿子）")
    answers.path = tmp_path / "签收表.pdf"
    page.record.save_receipts()
    assert shown.said[-1] == "已存 签收表.pdf"
    assert "陈小文（儿子）" in Printed(answers.path.read_bytes()).text
    page.go_back()
    model = page.table.view.model()
    assert model.index(0, 7).data() == "1／3 人"


def test_a_line_is_put_right_and_the_import_has_the_list_in_hand(
    page: AidPage, village: Village, answers: Answers, shown: Shown
) -> None:
    begin(page, village)
    record = page.record
    record.bring_in()
    assert shown.gone[-1] == ("import-aid", record.list_id)
    record.table.choose_first()
    answers.answer = "correct"
    record.decide()
    save(page, amount="221.00")
    assert village.aid.lines(village.aid.listed()[0].aid)[0].amount == 22_100
