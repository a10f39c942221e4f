"""Reports: against the period before, records behind figures, paper equal to spreadsheet."""

from __future__ import annotations

import io
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from pypdfium2 import PdfDocument

from tests.services.conftest import TurningClock, clock, folder, village
from village_app.demo.sample_village import make_village
from village_app.domain.comparison import Comparison
from village_app.domain.periods import Period, period_of
from village_app.domain.report_codes import LineCode, read_code
from village_app.errors import InvalidInput, Refused
from village_app.papers.blocks import Table
from village_app.papers.xlsx import write_xlsx
from village_app.services.house.report_sources import KINDS
from village_app.services.house.reports import YEAR
from village_app.services.session import User
from village_app.village import Village

__all__ = ["clock", "folder", "village"]
NOW = datetime(2026, 11, 24, 4, tzinfo=UTC)
QUARTER = period_of("quarter", date(2026, 10, 1))


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Village:
    return make_village(tmp_path_factory.mktemp("sample") / "示范村", now=NOW)


@pytest.mark.parametrize(
    ("now", "before", "share"),
    [
        (3, 2, "+50.00%"),
        (2, 3, "-33.33%"),
        (2, 2, "0.00%"),
        (5, 0, "上期为零"),
        (0, 0, "无"),
        (0, 5, "-100.00%"),
        (-50, -100, "+50.00%"),
        (100_05, 100_00, "+0.05%"),
    ],
)
def test_a_share_of_nothing_is_no_number(now: int, before: int, share: str) -> None:
    assert Comparison(now, before).share_words() == share


@given(
    report=st.integers(1, 9),
    kind=st.sampled_from(("month", "quarter", "year")),
    day=st.dates(date(1990, 1, 1), date(2090, 1, 1)),
    line=st.integers(0, 999),
)
def test_a_code_leads_back_to_its_line(report: int, kind: str, day: date, line: int) -> None:
    code = LineCode(report, period_of(kind, day), line)  # type: ignore[arg-type]  # sampled
    assert len(code.digits()) == 11
    assert read_code(f" {code.digits()[:5]} {code.digits()[5:]}") == code


@pytest.mark.parametrize("text", ["", "13800138000", "39999999999", "32026299501", "abc"])
def test_what_is_no_code_is_none(text: str) -> None:
    assert read_code(text) is None


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_the_rows_of_a_line_add_up_to_it_and_the_code_finds_them(
    sample: Village, kind: object
) -> None:
    code = kind.code  # type: ignore[attr-defined]  # a ReportKind
    figures = sample.reports.figures(code, QUARTER)
    assert figures
    for figure in figures:
        rows = sample.reports.rows(code, QUARTER, figure.line.number)
        assert sum(row.amount for row in rows) == figure.figures.now
        if figure.code:
            found = sample.reports.by_code(figure.code)
            assert found is not None
            assert found.rows == rows
            (hit,) = [one for one in sample.search.find(figure.code) if one.page == "reports"]
            assert figure.line.label in hit.title


@pytest.mark.parametrize("report", [*(kind.code for kind in KINDS), YEAR])
def test_paper_and_spreadsheet_show_the_same_figures_in_the_same_order(
    sample: Village, report: str
) -> None:
    period = period_of("year", date(2026, 1, 1)) if report == YEAR else QUARTER
    paper = sample.reports.paper(report, period)
    lines = [row for block in paper.blocks if isinstance(block, Table) for row in block.rows]
    assert lines
    sheets = load_workbook(io.BytesIO(write_xlsx(paper))).worksheets
    shown = [
        [cell for cell in row if cell is not None]
        for sheet in sheets
        for row in sheet.iter_rows(values_only=True)
    ]
    labels = [str(row[0]) for row in shown if row]
    assert [label for label in labels if label in {str(one.cells[0]) for one in lines}] == [
        str(one.cells[0]) for one in lines
    ]
    text = "".join(
        page.get_textpage().get_text_bounded()
        for page in PdfDocument(sample.reports.pdf(report, period))
    )
    for code in (str(one.cells[-1]) for one in lines if one.cells[-1]):
        assert code in re.sub(r"\s", "", text)


def test_the_sheet_of_the_year_repeats_each_reports_own_number(sample: Village) -> None:
    year = period_of("year", date(2026, 1, 1))
    for figure in sample.reports.figures(YEAR, year):
        own = sample.reports.figures(figure.report, year)
        assert figure.figures in [one.figures for one in own if one.line.label == figure.line.label]
    labels = {one.line.label for one in sample.reports.figures(YEAR, year)}
    assert {"登记诉求", "收入合计", "付工程款合计", "召开会议", "张贴公示公告"} <= labels


def test_the_next_quarter_comes_by_one_click_with_the_same_layout(village: Village) -> None:
    first = Period("quarter", date(2026, 1, 1))
    saved = village.saved_reports.save("季度财务公开", "money", first)
    moved = village.saved_reports.go_on(saved)
    assert (moved.report, moved.period_kind, moved.period_from) == (
        "money",
        "quarter",
        date(2026, 4, 1),
    )
    assert village.undo() == "季度财务公开换到2026年第二季度"
    assert village.saved_reports.listed()[0].period_from == date(2026, 1, 1)
    with pytest.raises(InvalidInput, match="1 到 30 个字"):
        village.saved_reports.save("", "money", first)


def test_a_brief_holds_the_reports_figures_and_is_printed_as_edited(
    village: Village, clock: TurningClock, tmp_path: Path
) -> None:
    for number in range(3):
        typed = {"heading": f"路灯 {number}", "category": "市政设施", "reporter_kind": "匿名"}
        village.issues.log(typed)
    month = period_of("month", date(2026, 1, 1))
    text = village.saved_reports.brief(month)
    assert "登记诉求3件（比上期多3件）" in text
    assert "一、民情诉求" in text
    edited = text + "\n下月抓好清沟。"
    village.saved_reports.save_brief(month, edited, tmp_path / "简报.pdf")
    page = PdfDocument(tmp_path / "简报.pdf")[0].get_textpage().get_text_bounded()
    assert "下月抓好清沟" in page
    assert "隔坑村2026年1月工作简报" in re.sub(r"\s", "", page)
    village.saved_reports.save_brief(month, edited, tmp_path / "简报.docx")
    assert (tmp_path / "简报.docx").read_bytes().startswith(b"PK")


def test_rights_decide_which_reports_there_are(sample: Village) -> None:
    before = sample.session.user
    sample.session.user = User("甲", "甲", "grid")
    codes = [code for code, _ in sample.reports.titles()]
    assert "money" not in codes
    with pytest.raises(Refused, match="您的角色不能"):
        sample.reports.figures("money", QUARTER)
    assert all(one.report != "money" for one in sample.reports.figures(YEAR, QUARTER))
    sample.session.user = before


def test_confidential_matters_are_counted_and_not_listed(village: Village) -> None:
    typed = {"heading": "举报一件事", "category": "治安", "reporter_kind": "匿名"}
    village.issues.log({**typed, "is_confidential": "是"})
    village.session.user = User("乙", "乙", "clerk")
    month = period_of("month", date(2026, 1, 1))
    (line, *_) = village.reports.figures("issues", month)
    assert line.figures.now == 1
    (row,) = village.reports.rows("issues", month, 1)
    assert (row.page, row.title) == ("", "保密的一件")
