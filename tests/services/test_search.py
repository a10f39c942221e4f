"""The one search box: every subject, what was opened last first, words inside documents, rights."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook
from reportlab.pdfgen.canvas import Canvas

from tests.services.conftest import PASSWORD, TurningClock, clock, folder, village
from village_app.db.records.issues import Issue
from village_app.importing.files.words import MOST_CHARACTERS, joined, words_of
from village_app.opening import open_village
from village_app.services.session import User
from village_app.village import Village

__all__ = ["clock", "folder", "village"]


def log(village: Village, heading: str, **more: object) -> Issue:
    typed = {"heading": heading, "category": "市政设施", "reporter_kind": "匿名", **more}
    return village.issues.log(typed)


def write_docx(path: Path) -> None:
    document = Document()
    document.add_paragraph("现场勘查记录")
    document.add_table(1, 1).cell(0, 0).text = "变压器编号 甲0731"
    document.save(str(path))


def write_xlsx(path: Path) -> None:
    book = Workbook()
    book.active["B7"] = "变压器编号 甲0731"
    book.save(path)


def write_pdf(path: Path) -> None:
    canvas = Canvas(str(path))
    canvas.drawString(72, 700, "Transformer A0731 report")
    canvas.save()


@pytest.mark.parametrize(
    ("name", "write", "words"),
    [
        ("勘查.docx", write_docx, "甲0731"),
        ("清单.xlsx", write_xlsx, "甲0731"),
        ("报告.pdf", write_pdf, "a0731"),
    ],
)
def test_words_inside_a_document_lead_to_its_record(
    village: Village, tmp_path: Path, name: str, write: Callable[[Path], None], words: str
) -> None:
    issue = log(village, "电压不稳")
    write(tmp_path / name)
    village.attachments.attach(issue, tmp_path / name)
    assert village.search.find(words) == []
    assert village.attachment_words.index() == 1
    (hit,) = village.search.find(words)
    assert (hit.page, hit.record, hit.title) == ("issues", issue.id, name)
    assert words in hit.note
    assert village.attachment_words.index() == 0


def test_words_of_documents_that_were_taken_away_are_forgotten(
    village: Village, tmp_path: Path
) -> None:
    write_xlsx(tmp_path / "清单.xlsx")
    file = village.attachments.attach(log(village, "电压不稳"), tmp_path / "清单.xlsx")
    village.attachment_words.index()
    village.attachments.take_away(file)
    village.attachment_words.index()
    assert village.store.scalar("SELECT count(*) FROM attachment_words") == 0


def test_a_document_that_cannot_be_read_has_no_words_and_is_not_tried_again(
    village: Village, tmp_path: Path
) -> None:
    broken = tmp_path / "坏的.pdf"
    broken.write_bytes(b"%PDF-1.7 and nothing more")
    village.attachments.attach(log(village, "电压不稳"), broken)
    assert village.attachment_words.index() == 1
    assert village.attachment_words.pending() == []


def test_a_child_that_is_too_slow_gives_no_words(tmp_path: Path) -> None:
    write_xlsx(tmp_path / "清单.xlsx")
    assert words_of((tmp_path / "清单.xlsx").read_bytes(), "清单.xlsx", seconds=0) == ""


def test_a_long_text_is_cut(tmp_path: Path) -> None:
    text = ("水 " * (MOST_CHARACTERS + 10)).encode()
    assert len(words_of(text, "长.txt")) <= MOST_CHARACTERS


def test_a_control_mark_of_a_document_is_never_taken_for_a_damaged_page(
    village: Village,
) -> None:
    words = joined(iter(("路灯\0", "三盏\x01", "\0")))
    assert words == "路灯 三盏"
    village.attachment_words._keep("指纹", words)
    assert village.store.sql("SELECT words FROM attachment_words") == [(words,)]


def test_confidential_matters_are_found_by_nobody_else(village: Village, tmp_path: Path) -> None:
    issue = log(village, "举报一件事", is_confidential="是")
    write_xlsx(tmp_path / "清单.xlsx")
    village.attachments.attach(issue, tmp_path / "清单.xlsx")
    village.attachment_words.index()
    village.recent.note("issues", issue.id)
    assert {hit.record for hit in village.search.find("甲0731")} == {issue.id}
    village.session.user = User("陈丽珍", "别人", "clerk")
    assert village.search.find("举报") == []
    assert village.search.find("甲0731") == []
    assert village.recent.listed() == []


def test_what_was_opened_last_comes_first_and_outlives_the_program(
    village: Village, folder: Path, clock: TurningClock
) -> None:
    issues = [log(village, f"路灯 {number}") for number in range(35)]
    for one in issues:
        village.recent.note("issues", one.id)
    village.recent.note("issues", issues[10].id)
    village.issue_work.refuse(issues[34], "重复")
    listed = village.recent.listed()
    assert len(listed) == 30
    assert [one.record for one in listed[:2]] == [issues[10].id, issues[34].id]
    assert village.search.find("路灯")[0].record == issues[10].id
    village.close()
    with open_village(folder, "陈丽珍", PASSWORD, clock=clock) as again:
        assert [one.record for one in again.recent.listed()] == [one.record for one in listed]


def test_a_deleted_record_drops_out(village: Village) -> None:
    person = village.residents.register({"name": "吴国标"})
    village.recent.note("residents", person.id)
    assert [one.title for one in village.recent.listed()] == ["吴国标"]
    village.residents.remove(person)
    assert village.recent.listed() == []


def test_no_subject_hides_the_others(village: Village) -> None:
    for number in range(30):
        log(village, f"塘边路灯 {number}")
    project = village.projects.start(
        {"name": "塘边路灯安装", "budget": "52,000.00"},
        [{"name": "村集体", "kind": "村集体收入", "amount": "52,000.00"}],
    )
    hits = village.search.find("塘边", limit=20)
    assert len(hits) == 20
    assert ("projects", project.id) in {(hit.page, hit.record) for hit in hits}


def test_all_readings_of_a_surname_find_the_person(village: Village) -> None:
    village.residents.register({"name": "曾乐"})
    village.residents.register({"name": "吴国标", "phone": "13800131234"})
    for words in ("zl", "cl", "zy"):
        assert [hit.title for hit in village.search.find(words)] == ["曾乐"]
    for words in ("wgb", "1234"):
        assert [hit.title for hit in village.search.find(words)] == ["吴国标"]
