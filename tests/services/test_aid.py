"""PF-23: a list comes in, is checked against the register, goes masked to the wall, is signed."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook
from PIL import Image

from tests.papers.printed import Printed
from tests.services.conftest import TurningClock
from village_app.db.records.aid import AidList
from village_app.domain.identity import check_digit
from village_app.errors import InvalidInput, Refused
from village_app.papers.blocks import Table
from village_app.papers.pdf import write_pdf
from village_app.village import Village

NAME = "2026年耕地地力补贴.xlsx"
HEAD = ("序号", "姓名", "身份证号码", "组别", "一卡通账号", "补贴面积（亩）", "补贴金额（元）")


def number_of(seed: int, birth: str = "19600101") -> str:
    first = f"441900{birth}{seed:03d}"
    return first + check_digit(first)


PEOPLE = (
    ("陈大文", number_of(1), "一组", "active"),
    ("陈阿婆", number_of(2, "19400202"), "一组", "deceased"),
    ("黄小明", number_of(3), "二组", "moved_out"),
    ("何美玲", number_of(4), "二组", "active"),
)
LINES = (
    ("陈大文", number_of(1), "第一村民小组", "6228480010000000012", "2.5", "212.50"),
    ("陈阿婆", number_of(2, "19400202"), "一组", "6228480010000000020", "1.2", "102.00"),
    ("黄小明", number_of(3), "二组", "6228480010000000038", "3", "255.00"),
    ("何美玲", number_of(4), "二组", "6228480010000000046", "2", "170.00"),
    ("何美玲", number_of(4), "二组", "6228480010000000046", "2", "170.00"),
    ("生面孔", number_of(5), "二组", "6228480010000000053", "1", "85.00"),
)


def workbook(lines: tuple[tuple[str, ...], ...] = LINES) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["隔坑村2026年耕地地力保护补贴发放花名册"])
    sheet.append(list(HEAD))
    for at, line in enumerate(lines, 1):
        sheet.append([at, *line])
    sheet.append(["合计", "", "", "", "", "", "994.50"])
    content = BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.fixture
def aid(village: Village, clock: TurningClock) -> AidList:
    clock.turn_to(2026, 6, 1)
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
    return village.aid.start(
        {
            "name": "耕地地力保护补贴",
            "kind": "惠农补贴",
            "period": "2026年度",
            "source": "中央财政",
            "standard": "每亩85元",
        }
    )


def bring_in(village: Village, aid: AidList, content: bytes | None = None) -> dict[str, int]:
    given = content or workbook()
    imports = village.aid_imports(aid)
    plan = imports.plan(imports.read(given, NAME), given, NAME)
    counts = plan.counts
    if counts.new or counts.update:
        imports.commit(plan)
    return {"new": counts.new, "update": counts.update, "error": counts.error}


def found(village: Village, aid: AidList) -> dict[str, list[str]]:
    codes: dict[str, list[str]] = {}
    for one in village.aid.states(aid):
        codes.setdefault(one.line.name, []).extend(finding.code for finding in one.findings)
    return codes


def test_a_workbook_becomes_the_list_and_the_same_again_adds_nothing(
    village: Village, aid: AidList
) -> None:
    assert bring_in(village, aid)["new"] == 6
    lines = village.aid.lines(aid)
    assert [(one.name, one.group_name, one.amount) for one in lines][:2] == [
        ("陈大文", "一组", 21250),
        ("陈阿婆", "一组", 10200),
    ]
    assert lines[0].resident_id is not None
    assert lines[5].resident_id is None
    assert bring_in(village, aid)["new"] == 0
    assert len(village.aid.lines(aid)) == 6


def test_the_dead_the_moved_and_who_is_listed_twice_are_named(
    village: Village, aid: AidList
) -> None:
    bring_in(village, aid)
    assert found(village, aid) == {
        "陈大文": [],
        "陈阿婆": ["dead"],
        "黄小明": ["moved"],
        "何美玲": ["twice"],
        "生面孔": ["unknown"],
    }


@pytest.mark.parametrize("amount", ["一百元左右", "-85.00", "0"])
def test_a_bad_amount_stays_out_with_its_line(village: Village, aid: AidList, amount: str) -> None:
    content = workbook((LINES[0], (*LINES[3][:5], amount)))
    imports = village.aid_imports(aid)
    plan = imports.plan(imports.read(content, NAME), content, NAME)
    assert (plan.counts.new, plan.counts.error) == (1, 1)
    bad = next(row for row in plan.rows if row.state == "error")
    assert bad.row == 4
    assert "金额" in "".join(bad.reasons) or "不是一个金额" in "".join(bad.reasons)


def settle(village: Village, aid: AidList) -> None:
    """Decide what the check found: two go, one stays with a reason."""
    twice = False
    for one in village.aid.states(aid):
        if one.line.name == "陈阿婆":
            village.aid.take_out(one.line, "2025年去世")
        elif one.line.name == "黄小明":
            village.aid.keep(one.line, "户口迁出，地仍由本人耕种")
        elif one.line.name == "何美玲":
            if twice:
                village.aid.take_out(one.line, "重复登记")
            twice = True


def test_nothing_is_published_while_a_fault_is_undecided(village: Village, aid: AidList) -> None:
    bring_in(village, aid)
    with pytest.raises(Refused, match="陈阿婆") as refused:
        village.aid_papers.draft(aid)
    assert refused.value.code == "undecided"
    with pytest.raises(InvalidInput, match="剔除要写明原因"):
        village.aid.take_out(village.aid.lines(aid)[1], " ")
    settle(village, aid)
    notice = village.aid_papers.draft(aid)
    assert notice.heading == "2026年度耕地地力保护补贴发放公示"


def test_the_notice_is_masked_and_passes_the_gate(village: Village, aid: AidList) -> None:
    bring_in(village, aid)
    settle(village, aid)
    notice = village.aid_papers.draft(aid)
    assert village.notices.findings(notice).stops == ()
    paper = village.notices.paper_of(notice)
    text = Printed(write_pdf(paper).data).text
    assert "陈*文" in text or "陈**" in text
    assert "陈大文" not in text
    assert number_of(1) not in text
    assert "6228480010000000012" not in text
    assert "722.50" in text
    assert "陈阿婆" not in text


def test_the_list_to_be_signed_names_everybody_and_shows_the_photos(
    village: Village, aid: AidList, tmp_path: Path
) -> None:
    bring_in(village, aid)
    settle(village, aid)
    village.aid.receive(village.aid.lines(aid)[0], by="陈小文（儿子）")
    picture = tmp_path / "发放.jpg"
    Image.new("RGB", (60, 40), "white").save(picture)
    village.attachments.attach(aid, picture, purpose="发放照片")
    target = tmp_path / "签收表.pdf"
    village.aid_papers.save_receipts(aid, target)
    text = Printed(target.read_bytes()).text
    for word in ("陈大文", "陈小文（儿子）", "签名", "722.50", "发放现场1"):
        assert word in text, word
    assert "陈阿婆" not in text
    assert number_of(1) not in text
    (sums,) = village.aid.listed()
    assert (sums.people, sums.total, sums.received) == (4, 72250, 1)


def test_who_signed_is_not_taken_out_and_who_is_out_does_not_sign(
    village: Village, aid: AidList
) -> None:
    bring_in(village, aid)
    first, second = village.aid.lines(aid)[:2]
    village.aid.receive(first)
    with pytest.raises(Refused, match="已在"):
        village.aid.take_out(village.aid.line(first.id), "算错")
    village.aid.take_out(second, "去世")
    with pytest.raises(Refused, match="不用签收"):
        village.aid.receive(village.aid.line(second.id))


def test_a_list_is_begun_once_and_a_line_can_be_put_right(village: Village, aid: AidList) -> None:
    with pytest.raises(InvalidInput, match="已经有了"):
        village.aid.start({"name": aid.name, "kind": "惠农补贴", "period": aid.period})
    line = village.aid.add(aid, {"name": "何美铃", "amount": "85"})
    assert line.resident_id is None
    right = village.aid.correct_line(line, {"name": "何美玲", "amount": "85.00"})
    assert right.resident_id is not None


def test_a_column_that_no_line_fills_is_not_printed(village: Village, aid: AidList) -> None:
    village.aid.add(aid, {"name": "陈大文", "group_name": "一组", "amount": "500"})
    table = next(
        block for block in village.aid_papers.notice_paper(aid).blocks if isinstance(block, Table)
    )
    assert [column.label for column in table.columns] == ["姓名", "村民小组", "金额（元）"]
