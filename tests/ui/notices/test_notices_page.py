"""公示公告 as people use it: from a template to the wall, the gate beside it, the life after."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinter

from tests.papers.sample_papers import picture
from tests.services.conftest import TurningClock
from tests.ui.notices.hands_on_notices import begin, post, shown
from tests.ui.pretend import PreparedAnswers
from village_app.ui.kit.preview import Pages
from village_app.ui.pages.notices.notices import NoticesPage
from village_app.ui.printing import PrintJob, count_pages, draw_out
from village_app.village import Village


def test_an_empty_list_says_what_a_notice_is_good_for(page: NoticesPage) -> None:
    assert page.table.count() == 0
    assert not page.search.isVisible()


def test_the_gate_numbers_the_faults_and_marks_them_on_the_paper(
    page: NoticesPage, village: Village
) -> None:
    notice = begin(page, village)
    village.notices.revise(notice, village.notices.paper_of(notice), period_days=6)
    page.show_notice(notice.id)
    held = page.document.gate.held
    assert [point.number for point in held] == [1, 2]
    assert {mark.number for mark in page.document.preview._paper.marks} == {1, 2}
    assert not page.document.print_button.isEnabled()
    assert "2 处没过" in page.document.print_button.toolTip()
    assert page.document.mend_button.text() == "2 处都照改"
    page.document.mend()
    assert page.document.gate.held == ()
    assert page.document.print_button.isEnabled()
    assert "13512342210" not in page.document.form.draft()["body"]
    assert page.document.form.draft()["period_days"] == "7"


def test_one_fault_is_mended_by_its_own_button(page: NoticesPage, village: Village) -> None:
    begin(page, village)
    (point,) = page.document.gate.held
    page.document.fix(point)
    assert "135****2210" in page.document.form.draft()["body"]


def test_steps_come_in_order_and_say_why_they_wait(
    page: NoticesPage, village: Village, answers: PreparedAnswers, said: list[str]
) -> None:
    begin(page, village, "环塘装路灯24盏。\n公示期：｛公示期｝。")
    document = page.document
    assert document.check_button.kind == "primary"
    assert document.approve_button.toolTip() == "监委会还没有看"
    assert document.publish_button.toolTip() == "还没有签发"
    document.check()
    assert document.approve_button.kind == "primary"
    document.approve()
    assert document.publish_button.isEnabled()
    document.publish()
    assert shown(page).state == "approved"
    answers.answers.append("publish")
    document.publish()
    assert shown(page).number == "隔村公示〔2026〕1号"
    assert "已发布 隔村公示〔2026〕1号" in said
    assert document.life.isVisible()
    assert not document.form.isVisible()


def test_faults_of_the_form_stand_under_their_fields(page: NoticesPage, village: Village) -> None:
    begin(page, village)
    page.document.form.editor("heading").set_raw("")
    page.document.form.edited.emit()
    assert not page.document.save()
    assert page.document.form.fault_of("heading") is not None


def test_typing_shows_on_the_paper_without_keeping_it(page: NoticesPage, village: Village) -> None:
    notice = begin(page, village)
    page.document.form.editor("body").set_raw("新的一段。\n公示期：｛公示期｝。")
    page.document.look_again()
    assert page.document.gate.held == ()
    assert "13512342210" in village.notices.get(notice.id).paper


def test_an_objection_is_taken_down_looked_into_and_answered(
    page: NoticesPage, village: Village, answers: PreparedAnswers, clock: TurningClock
) -> None:
    begin(page, village)
    post(page, answers)
    life = page.document.life
    assert life.buttons["close"].toolTip() == "公示到 2026-04-16，还没有满"
    village.objections.take_down(
        shown(page), {"way": "当面", "raised_on": "2026-04-10", "content": "少了一盏。"}
    )
    page.document.reload()
    assert life.light.light.word.startswith("异议处理中")
    clock.turn_to(2026, 4, 17)
    page.document.reload()
    assert life.buttons["statement"].toolTip() == "还有 1 件异议没有答复"
    (objection,) = village.objections.of(shown(page))
    village.objections.look_into(objection, "点过，24盏都在。", is_founded=False)
    village.objections.reply(objection, "kept", "已当面说明。")
    page.document.reload()
    assert life.buttons["close"].isEnabled()
    life.close_period()
    assert shown(page).state == "expired"


def test_photos_and_the_archive_package(
    page: NoticesPage,
    village: Village,
    answers: PreparedAnswers,
    clock: TurningClock,
    tmp_path: Path,
) -> None:
    begin(page, village)
    post(page, answers)
    clock.turn_to(2026, 4, 17)
    page.document.life.close_period()
    page.document.life.take_down()
    assert page.document.life.buttons["file"].toolTip() == "先放一张看得清日期的照片"
    photo = tmp_path / "栏.jpg"
    photo.write_bytes(picture())
    answers.answers.append(photo)
    page.document.life.add_photo()
    answers.answers.append(tmp_path)
    page.document.life.save_package()
    package = tmp_path / "隔村公示〔2026〕1号 关于路灯安装的公示"
    names = sorted(path.name for path in package.iterdir())
    assert {"目录.xlsx", "封面和目录.pdf"} <= set(names)
    assert (package / names[0]).read_bytes() == village.notices.reprint(shown(page))
    page.document.life.file_away()
    assert shown(page).state == "archived"


def test_files_and_texts_go_out_masked(
    page: NoticesPage, village: Village, answers: PreparedAnswers, tmp_path: Path
) -> None:
    begin(page, village)
    page.document.mend()
    path = tmp_path / "公示.pdf"
    answers.answers.append(path)
    page.document.output.save_file("pdf")
    assert path.read_bytes().startswith(b"%PDF")
    assert answers.titles == ["存到哪里"]
    page.document.output.copy("chat")
    assert "13512342210" not in QGuiApplication.clipboard().text()
    assert "路灯" in QGuiApplication.clipboard().text()


def test_the_list_shows_lights_chips_and_finds_by_words(
    page: NoticesPage, village: Village, answers: PreparedAnswers
) -> None:
    begin(page, village)
    post(page, answers)
    village.writing.begin("announcement", "关于禁止焚烧的公告")
    page.show_list()
    rows = page.notices._source().window(0, 5)
    states = [str(one.cells["state"]) for one in rows]
    assert states == ["草稿", "公示中，还有 7 天"]
    page.notices._choose_group(("hanging",))
    assert page.table.count() == 1
    page.notices._choose_group(("",))
    page.search.setText("焚烧")
    page.notices._show_rows()
    assert page.table.count() == 1


@pytest.mark.parametrize("view", ["catalogue", "seals", "forms", "templates", "prints"])
def test_the_registers_open_beside_the_list(page: NoticesPage, village: Village, view: str) -> None:
    village.seals.use(
        {
            "day": "2026-04-09",
            "paper": "证明",
            "copies": "1",
            "seal": "村民委员会章",
            "asked_by": "何强志",
            "approved_by": "梁国栋",
            "sealed_by": "陈丽珍",
        }
    )
    village.blank_forms.prepare("接访登记表", 3)
    page._choose_view((view,))
    counts = {"catalogue": 44, "seals": 1, "forms": 3, "templates": 13, "prints": 0}
    assert page.sides.currentWidget().table.count() == counts[view]  # type: ignore[attr-defined]


def test_narrow_windows_show_form_or_paper(page: NoticesPage, village: Village) -> None:
    begin(page, village)
    page.set_narrow(True)
    assert page.document.form.isVisible()
    assert not page.document.preview.isVisible()
    page.document.pair.show_side("paper")
    assert page.document.preview.isVisible()
    assert page.document.gate.isVisible()


def test_posters_are_tiled_and_letters_go_to_every_household(
    page: NoticesPage, village: Village, answers: PreparedAnswers, tmp_path: Path
) -> None:
    begin(page, village, "环塘装路灯24盏。\n公示期：｛公示期｝。")
    whole, tiles = tmp_path / "海报.pdf", tmp_path / "拼图.pdf"
    answers.answers += [whole, tiles]
    page.document.output.make_other_form("A3")
    page.document.output.make_other_form("A3-tiles")
    assert count_pages(whole.read_bytes()) == 1
    assert count_pages(tiles.read_bytes()) > 1
    page.document.output.make_other_form("letters")
    assert answers.asked[-1].lines[0][1] == "登记里还没有户，没有可以写信的人家。"


@pytest.mark.parametrize("offset", [(0, 0), (30, 50)])
def test_pages_are_drawn_in_bands_as_the_preview_shows_them(
    page: NoticesPage, village: Village, tmp_path: Path, offset: tuple[int, int]
) -> None:
    begin(page, village)
    data = village.notices.preview(shown(page))
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "印.pdf"))
    job = PrintJob(data, "公示", "", offset=offset, mark="重印（第2次）")
    assert draw_out(job, printer) == 1
    wanted, got = (Pages(one) for one in (data, (tmp_path / "印.pdf").read_bytes()))
    assert got.size(0) == pytest.approx(wanted.size(0), abs=1)
    first, second = (one.image(0, 210, grey=True) for one in (wanted, got))
    shift = round(offset[0] / 10), round(offset[1] / 10)
    differing = sum(
        abs(first.pixelColor(x, y).red() - second.pixelColor(x + shift[0], y + shift[1]).red()) > 90
        for x in range(20, 190)
        for y in range(40, 280)
    )
    assert differing < 170 * 240 * 0.03
