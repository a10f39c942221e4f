"""Printing a notice: handed over beside the window, logged, marked, refused in a sentence."""

from __future__ import annotations

import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from tests.ui.hands import click
from tests.ui.notices.hands_on_notices import begin, post, shown
from tests.ui.notices.pretend_printers import PretendPrinters
from tests.ui.pretend import PreparedAnswers
from village_app.papers.blocks import Paper, Paragraph
from village_app.papers.pdf import write_pdf
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.preview import Pages
from village_app.ui.pages.notices.notices import NoticesPage
from village_app.ui.pages.notices.tools import PrintLog
from village_app.ui.printing import PrintJob, SystemPrinters
from village_app.village import Village

PRINTER = "办公室打印机"


def printers_of(page: NoticesPage) -> PretendPrinters:
    printers = page.document.output.printing.printers
    assert isinstance(printers, PretendPrinters)
    return printers


def wait_for_jobs(page: NoticesPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not page.desk.jobs.running(), timeout=20_000)


def print_three(page: NoticesPage, qtbot: QtBot) -> None:
    page.document.output.printing.send({"printer": PRINTER, "copies": "3"})
    wait_for_jobs(page, qtbot)


def test_printing_is_taken_down_and_a_reprint_marked_beside_the_frozen_paper(
    page: NoticesPage, village: Village, answers: PreparedAnswers, qtbot: QtBot
) -> None:
    begin(page, village)
    post(page, answers)
    print_three(page, qtbot)
    print_three(page, qtbot)
    first, second = printers_of(page).jobs
    assert first.data == second.data == village.notices.reprint(shown(page))
    assert first.mark == ""
    assert second.mark == "重印（第2次，2026年4月10日，陈丽珍）"
    runs = village.printing.of(shown(page))
    assert [(run.round, run.copies, run.printer) for run in runs] == [
        (1, 3, PRINTER),
        (2, 3, PRINTER),
    ]


def test_a_printer_that_refuses_offers_the_file_and_logs_nothing(
    page: NoticesPage,
    village: Village,
    answers: PreparedAnswers,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    begin(page, village)
    post(page, answers)
    printers_of(page).refusal = "打印机“办公室打印机”没有收下这份纸。"
    path = tmp_path / "公示.pdf"
    answers.answers += ["save", path]
    print_three(page, qtbot)
    assert answers.asked[-1].lines[0] == ("为什么", "打印机“办公室打印机”没有收下这份纸。")
    assert path.read_bytes() == village.notices.reprint(shown(page))
    assert village.printing.of(shown(page)) == []


def test_twenty_notices_are_one_batch_of_the_log(
    page: NoticesPage, village: Village, qtbot: QtBot
) -> None:
    for number in range(20):
        notice = village.writing.begin("announcement", f"关于第{number + 1}件事的公告")
        written = village.writing.written(notice)
        village.writing.edit(notice, replace(written, body="特此公告。"))
    page.refresh()
    page.table.focus_rows()
    page.table.view.selectAll()
    page.print_chosen()
    wait_for_jobs(page, qtbot)
    assert len(printers_of(page).jobs) == 20
    today = village.session.today()
    runs = village.printing.log(today, today)
    assert len(runs) == 20
    assert len({run.batch for run in runs}) == 1
    assert {run.user for run in runs} == {"陈丽珍"}


@pytest.fixture
def queue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a queue on the path that keeps the words and the file it is given."""
    folder = tmp_path / "bin"
    folder.mkdir()
    kept = tmp_path / "queue"
    kept.mkdir()
    program = folder / "lp"
    program.write_text(
        "#!/bin/sh\n"
        f'printf "%s\\n" "$@" > "{kept}/words"\n'
        f'for last; do :; done; cp "$last" "{kept}/paper.pdf"\n'
        f'[ ! -e "{kept}/refuse" ]\n'
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return kept


@pytest.mark.parametrize(("size", "medium"), [("A4", "A4"), ("A3", "A3"), ("A2", "A2")])
def test_a_queue_gets_the_very_pdf_its_size_and_no_scaling(
    queue: Path, size: str, medium: str
) -> None:
    layout = "notice" if size == "A4" else "poster"
    paper = Paper(layout, "公示", (Paragraph("请予监督。"),), paper_size=size)  # type: ignore[arg-type]
    data = write_pdf(paper).data
    assert SystemPrinters().print_out(PrintJob(data, "公示", PRINTER, copies=3)) == 1
    assert (queue / "paper.pdf").read_bytes() == data
    words = (queue / "words").read_text(encoding="utf-8").split("\n")
    assert words[:6] == ["-d", PRINTER, "-n", "3", "-t", "公示"]
    assert f"media={medium}" in words
    assert "print-scaling=none" in words


def test_a_queue_that_refuses_is_said_in_a_sentence(
    page: NoticesPage, village: Village, answers: PreparedAnswers, queue: Path, qtbot: QtBot
) -> None:
    (queue / "refuse").touch()
    begin(page, village)
    post(page, answers)
    page.document.output.printing.printers = SystemPrinters()
    print_three(page, qtbot)
    assert answers.asked[-1].title == "没有打出来"
    assert "没有收下这份纸" in answers.asked[-1].lines[0][1]


def test_the_frame_of_the_test_page_stands_25_mm_from_both_edges(village: Village) -> None:
    image = Pages(village.printing.test_sheet(PRINTER)).image(0, 2100, grey=True)
    down = next(y for y in range(2970) if image.pixelColor(1000, y).red() < 128)
    across = next(x for x in range(2100) if image.pixelColor(x, 600).red() < 128)
    assert across / 10 == pytest.approx(25, abs=0.2)
    assert down / 10 == pytest.approx(25, abs=0.2)


def test_an_offset_is_typed_in_millimetres_and_kept_for_its_printer(
    page: NoticesPage, village: Village, qtbot: QtBot
) -> None:
    page._choose_view(("prints",))
    log = page.sides.currentWidget()
    assert isinstance(log, PrintLog)

    faults: list[str] = []

    def fill_in() -> None:
        dialog = log.dialog
        assert dialog is not None
        for right, down in (("99", "两毫米"), ("－1．5", "2")):
            dialog.form.editor("right").set_raw(right)
            dialog.form.editor("down").set_raw(down)
            dialog.save()
            faults.extend(dialog.form.note_of(name) for name in ("right", "down"))
        dialog.reject()

    QTimer.singleShot(0, fill_in)
    log.correct_printer()
    assert faults[0] == "最多挪 15 毫米，再多要调打印机。"
    assert "看不懂" in faults[1]
    assert village.printing.offset(PRINTER) == (-15, 20)
    assert village.printing.offset("另一台") == (0, 0)
    button = next(one for one in log.findChildren(Button) if one.text() == "打印校正页")
    click(button)
    wait_for_jobs(page, qtbot)
    (job,) = printers_of(page).jobs
    assert job.offset == (-15, 20)
    assert village.printing.log(village.session.today(), village.session.today())[0].paper == (
        "打印机校正页"
    )
