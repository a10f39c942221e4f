"""One page, the village's own letterhead, spoken and chat texts, letters to chosen groups."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.shared import Mm
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.services.test_letters import settle
from tests.ui.hands import click
from tests.ui.notices.hands_on_notices import begin, shown
from tests.ui.pretend import PreparedAnswers
from village_app.errors import EnvironmentProblem, Refused
from village_app.ui.pages.notices.notices import NoticesPage
from village_app.ui.pages.notices.tools import TemplateRegister
from village_app.ui.printing import count_pages
from village_app.village import Village

LINES = "公示期内如有异议，请向村务监督委员会反映。\n"


def letterhead(path: Path) -> Path:
    document = docx.Document()
    document.sections[0].left_margin = Mm(31)
    document.add_paragraph("横沥镇隔坑村民委员会文件")
    document.save(str(path))
    return path


def test_one_page_is_a_button_that_says_what_it_changed_and_goes_back(
    page: NoticesPage, village: Village
) -> None:
    begin(page, village, LINES * 18 + "公示期：｛公示期｝。")
    button, hint = page.document.page_button, page.document.gate.hint
    assert page.document.preview.page_count == 2
    assert button.isVisible()
    click(button)
    assert page.document.preview.page_count == 1
    assert hint.text().startswith("为了一页排下：行距由29磅改为")
    assert button.text() == "按原来的排"
    click(button)
    assert page.document.preview.page_count == 2
    assert "一页排下" not in hint.text()


def test_one_page_is_refused_where_nobody_could_read_it(
    page: NoticesPage, village: Village, answers: PreparedAnswers
) -> None:
    begin(page, village, LINES * 60)
    click(page.document.page_button)
    assert answers.asked[-1].lines[0][1].startswith("一页排不下：正文小于14磅就看不清了")
    assert not village.notices.paper_of(shown(page)).one_page


def test_a_short_notice_has_no_button_for_one_page(page: NoticesPage, village: Village) -> None:
    begin(page, village)
    assert not page.document.page_button.isVisible()


def test_a_notice_is_saved_for_word_on_the_village_s_own_letterhead(
    page: NoticesPage, village: Village, answers: PreparedAnswers, tmp_path: Path
) -> None:
    page._choose_view(("templates",))
    register = page.sides.currentWidget()
    assert isinstance(register, TemplateRegister)
    answers.answers += ["pick", letterhead(tmp_path / "红头.docx")]
    register.letterhead()
    assert village.letterheads.name() == "红头.docx"
    begin(page, village, "环塘装路灯24盏。\n公示期：｛公示期｝。")
    target = tmp_path / "公示.docx"
    answers.answers.append(target)
    click(page.document.file_buttons["docx"])
    saved = docx.Document(BytesIO(target.read_bytes()))
    texts = [paragraph.text for paragraph in saved.paragraphs]
    assert texts[0] == "横沥镇隔坑村民委员会文件"
    assert any("环塘装路灯24盏" in text for text in texts)
    assert saved.sections[0].left_margin == pytest.approx(Mm(31), abs=2000)
    answers.answers.append("off")
    register.letterhead()
    assert village.letterheads.base_for(village.notices.paper_of(shown(page))) is None


def test_a_file_that_is_no_letterhead_is_refused_and_the_old_one_stays(
    village: Village, tmp_path: Path
) -> None:
    village.letterheads.keep(letterhead(tmp_path / "红头.docx"))
    wrong = tmp_path / "坏的.docx"
    wrong.write_bytes(b"no zip at all")
    with pytest.raises(Refused, match="红头文件打不开"):
        village.letterheads.keep(wrong)
    assert village.letterheads.name() == "红头.docx"


def test_spoken_text_and_chat_text_are_copied_masked(
    page: NoticesPage, village: Village, said: list[str]
) -> None:
    begin(
        page, village, "环塘装路灯24盏，共5000.50元，经办人电话13512342210。\n公示期：｛公示期｝。"
    )
    page.document.mend()
    page.document.output.make_other_form("spoken")
    spoken = QGuiApplication.clipboard().text()
    assert "五千元五角" in spoken or "五千元零五角" in spoken
    assert "13512342210" not in spoken
    assert said[-1].startswith("广播稿已拷好")
    page.document.output.make_other_form("chat")
    chat = QGuiApplication.clipboard().text()
    assert "13512342210" not in chat
    assert "5000.50元" in chat or "5,000.50元" in chat
    assert said[-1].startswith("微信稿已拷好")


def test_letters_go_to_the_chosen_groups_only(
    page: NoticesPage,
    village: Village,
    answers: PreparedAnswers,
    said: list[str],
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    settle(village)
    begin(page, village, "｛户主｝：请看好水电。")
    answers.answers.append(tmp_path / "入户信.pdf")

    def choose() -> None:
        dialog = page.document.dialog
        assert dialog is not None
        labels = [declared.label for declared in dialog.form.declarations]
        first = dialog.form.declarations[labels.index("二组，2 户")].name
        dialog.form.editor(first).set_raw("是")
        dialog.save()
        dialog.reject()

    QTimer.singleShot(0, choose)
    page.document.output.make_other_form("letters")
    qtbot.waitUntil(lambda: bool(said) and said[-1].startswith("入户信"), timeout=20_000)
    assert said[-1] == "入户信 2 封，按小组和门牌排好了"
    assert count_pages((tmp_path / "入户信.pdf").read_bytes()) == 2


def test_g08_a_file_that_is_open_elsewhere_stays_and_a_second_one_is_offered(
    page: NoticesPage,
    village: Village,
    answers: PreparedAnswers,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    begin(page, village, "环塘装路灯24盏。\n公示期：｛公示期｝。")
    target = tmp_path / "公示.xlsx"
    target.write_bytes(b"old")
    really = village.notice_files.write

    def held(path: Path, made: object) -> None:
        if path == target:
            raise EnvironmentProblem("held", "“公示.xlsx”正被别的程序打开着。")
        really(path, made)  # type: ignore[arg-type]  # what the page hands over

    monkeypatch.setattr(village.notice_files, "write", held)
    answers.answers += [target, "other"]
    page.document.output.save_file("xlsx")
    assert target.read_bytes() == b"old"
    assert (tmp_path / "公示(2).xlsx").read_bytes().startswith(b"PK")
