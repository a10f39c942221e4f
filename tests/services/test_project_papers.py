"""A project's papers are drafted from its records and go through the gate to the wall."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from tests.papers.sample_papers import picture
from tests.services.conftest import TurningClock
from tests.services.lamp_project import finish, start
from village_app.errors import Refused
from village_app.papers.blocks import FormGrid, Heading, Paper, Paragraph, PhotoGrid, Table
from village_app.papers.filling import DATE, PERIOD, fill, open_places
from village_app.papers.pdf import write_pdf
from village_app.papers.table_lines import amount_in_words, column_total
from village_app.village import Village


def test_the_notice_of_the_lamps_says_every_figure(village: Village, clock: TurningClock) -> None:
    project = finish(village, clock)
    paper = village.project_papers.spending_paper(project)
    text = "".join(block.text for block in paper.blocks if isinstance(block, Paragraph))
    for figure in (
        *("49,800.00元", "1,260.00元", "2.53%", "51,060.00元", "50,870.00元", "190.00元", "0.37%"),
        *("人民币伍万零捌佰柒拾元整", "1,526.10元", "2028年4月28日", "1,130.00元", "52,000.00元"),
    ):
        assert figure in text
    sources, payments = (block for block in paper.blocks if isinstance(block, Table))
    assert column_total(sources, 2) == 5200000
    assert column_total(payments, 5) == 4934390
    assert amount_in_words(payments) == "合计金额（大写）：人民币肆万玖仟叁佰肆拾叁元玖角整"[:-1]
    assert set(open_places(paper)) == {PERIOD, DATE}


def test_it_goes_to_the_wall_with_ten_days_and_marks_the_stage(
    village: Village, clock: TurningClock
) -> None:
    project = finish(village, clock)
    clock.turn_to(2026, 5, 6)
    notice = village.project_papers.draft_spending(project)
    assert village.notices.findings(notice).stops == ()
    stages = {one.label: one for one in village.projects.stages(project)}
    assert stages["公示"].missing == ("资金使用公示 1 份",)
    village.notices.check(notice, agrees=True)
    village.notices.approve(notice)
    village.notices.publish(notice)
    assert (str(notice.period_from), str(notice.period_to)) == ("2026-05-06", "2026-05-15")
    assert open_places(village.notices.paper_of(notice)) == ()
    stages = {one.label: one for one in village.projects.stages(project)}
    assert stages["公示"].state == "done"


def test_before_the_settlement_the_notice_says_so(village: Village, clock: TurningClock) -> None:
    paper = village.project_papers.spending_paper(start(village, clock))
    text = "".join(block.text for block in paper.blocks if isinstance(block, Paragraph))
    assert "项目尚未结算" in text
    assert "没有变更" in text


@contextmanager
def pdfium(data: bytes) -> Iterator[Any]:
    document = pypdfium2.PdfDocument(data)
    yield document
    document.close()


def words(paper: Paper) -> str:
    found = []
    for block in paper.blocks:
        if isinstance(block, (Paragraph, Heading)):
            found.append(block.text)
        if isinstance(block, Table):
            found += [str(cell) for row in block.rows for cell in row.cells]
        if isinstance(block, FormGrid):
            found += [cell.text for line in block.lines for cell in line]
    return "\n".join(found)


def test_the_poster_is_one_a3_page_with_photos_and_whom_to_ask(
    village: Village, clock: TurningClock, tmp_path: Path
) -> None:
    project = finish(village, clock)
    for name, purpose in (("a.jpg", "施工前照片"), ("b.jpg", "完工照片")):
        (tmp_path / name).write_bytes(picture(640, 480))
        village.attachments.attach(project, tmp_path / name, purpose=purpose)
    village.settings.write(supervision_phone="0769-83370000")
    paper = village.project_sheets.poster(project)
    said = words(paper)
    for what in ("环塘安装路灯", "30,000.00元", "50,870.00元", "49,343.90元", "黄伟雄", "0769"):
        assert what in said
    photos = next(block for block in paper.blocks if isinstance(block, PhotoGrid))
    assert [photo.caption for photo in photos.photos] == ["施工前", "完工"]
    with pdfium(write_pdf(fill(paper, {DATE: "2026年5月6日"})).data) as document:
        assert len(document) == 1
        assert [round(side / 72 * 25.4) for side in document[0].get_size()] == [297, 420]


def test_the_comparison_ranks_the_offers_and_names_the_reason(
    village: Village, clock: TurningClock
) -> None:
    paper = village.project_sheets.comparison(start(village, clock))
    table = next(block for block in paper.blocks if isinstance(block, Table))
    assert [row.cells[2] for row in table.rows] == [4980000, 5060000, 5120000]
    assert [row.cells[4] for row in table.rows] == ["选定", "", ""]
    assert "人民币肆万玖仟捌佰元整" in words(paper)


def test_the_acceptance_sheet_is_blank_before_and_filled_after(
    village: Village, clock: TurningClock
) -> None:
    project = start(village, clock)
    assert "☐合格　☐不合格" in words(village.project_sheets.acceptance(project))
    village.project_works.accept(
        project,
        {
            "day": "2026-03-27",
            "attendees": "何志强、黄伟雄、罗顺娣",
            "villagers": "罗顺娣",
            "supervision": "黄伟雄",
            "passed": "否",
            "conclusion": "两盏不亮",
            "remedy": "三日内修好",
        },
    )
    said = words(village.project_sheets.acceptance(project))
    assert "☐合格　☑不合格" in said
    assert "三日内修好" in said


def test_the_course_tells_every_stage_and_its_papers(village: Village, clock: TurningClock) -> None:
    paper = village.project_sheets.course(finish(village, clock))
    table = next(block for block in paper.blocks if isinstance(block, Table))
    by_stage = {row.cells[1]: row.cells for row in table.rows}
    assert len(by_stage) == 10
    assert "审定价50,870.00元" in by_stage["结算"][3]
    assert by_stage["合同"][4] == "缺合同要点公示1份"
    assert by_stage["比价"][4] == "齐"


def test_each_stage_has_its_notice_once_it_has_come(village: Village, clock: TurningClock) -> None:
    project = start(village, clock)
    assert village.project_sheets.possible_notices(project) == [
        "立项公示",
        "比价结果公示",
        "合同要点公示",
    ]
    with pytest.raises(Refused) as caught:
        village.project_sheets.draft_stage(project, "验收公示")
    assert caught.value.code == "stage_open"
    notice = village.project_sheets.draft_stage(project, "合同要点公示")
    assert notice.period_days == 7
    assert village.notices.findings(notice).stops == ()
    village.notices.check(notice, agrees=True)
    village.notices.approve(notice)
    village.notices.publish(notice)
    stages = {one.label: one for one in village.projects.stages(project)}
    assert stages["合同"].state == "done"
