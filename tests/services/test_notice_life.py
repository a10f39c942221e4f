"""A notice from an empty page to the archive: templates, points, wall, correction, withdrawal."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.papers.printed import Printed
from tests.papers.sample_papers import picture
from tests.services.conftest import TurningClock
from village_app.db.records.notices import SERIES_OF_KIND, Notice
from village_app.domain.masking_policies import masking_policies
from village_app.errors import InvalidInput, Refused
from village_app.papers.blocks import Table
from village_app.papers.gate import inspect
from village_app.papers.places import texts_of
from village_app.papers.written import read_body
from village_app.services.notices.templates import kinds_without_template, shipped_templates
from village_app.services.notices.writing import Written
from village_app.village import Village

BODY = "环塘装路灯24盏。\n｜款项｜金额（元）｜\n｜预付款｜14,940.00｜\n公示期：｛公示期｝。"


def begin(village: Village, heading: str = "关于路灯安装的公示", body: str = BODY) -> Notice:
    notice = village.writing.begin("publicity", heading)
    written = village.writing.written(notice)
    return village.writing.edit(notice, replace(written, body=body))


def post(village: Village, notice: Notice) -> Notice:
    village.notices.check(notice, agrees=True)
    village.notices.approve(notice)
    return village.notices.publish(notice)


def words(village: Village, notice: Notice) -> str:
    return "".join(text.text for text in texts_of(village.notices.paper_of(notice)))


@pytest.mark.parametrize("code", sorted(shipped_templates()))
def test_every_template_begins_a_draft_that_may_not_hang_before_it_is_filled(
    village: Village, code: str
) -> None:
    notice = village.writing.begin(code)
    template = village.templates.get(code)
    assert (notice.kind, notice.template) == (template.kind, code)
    held = [point for point in village.writing.points(notice) if point.holds]
    assert [point.code for point in held] == ["left_open"]
    village.notices.check(notice, agrees=True)
    village.notices.approve(notice)
    with pytest.raises(Refused) as refused:
        village.notices.publish(notice)
    assert refused.value.code == "left_open"
    sample = village.templates.sample(code)
    around = village.notices.surroundings()
    policy = masking_policies()[template.policy]
    assert not inspect(sample, policy=policy, today=village.session.today(), around=around).stops


def test_every_kind_has_a_template_but_those_made_from_records() -> None:
    assert kinds_without_template() == {"statement"}
    assert set(SERIES_OF_KIND) - {one.kind for one in shipped_templates().values()} == {"statement"}


def test_the_points_name_a_short_period_and_mend_it(village: Village) -> None:
    notice = begin(village)
    written = village.writing.written(notice)
    notice = village.writing.edit(notice, replace(written, period_days=6))
    first = village.writing.points(notice)[0]
    assert (first.number, first.sentence, first.fix) == (1, "公示期 6 天，不足 7 天", "改到 7 天")
    village.notices.check(notice, agrees=True)
    village.notices.approve(notice)
    with pytest.raises(Refused, match="不足 7 天"):
        village.notices.publish(notice)
    notice = village.writing.fix(notice, first)
    assert notice.period_days == 7
    assert not [point for point in village.writing.points(notice) if point.holds]


def test_a_telephone_is_found_numbered_and_mended_with_everything_else(village: Village) -> None:
    notice = begin(village, body=BODY + "\n经办人电话13512342210。")
    notice = village.notices.revise(notice, village.notices.paper_of(notice), period_days=5)
    held = [point for point in village.writing.points(notice) if point.holds]
    assert len(held) == 2
    assert any("135" in point.fix for point in held)
    notice = village.notices.mend(notice)
    assert notice.period_days == 7
    assert "13512342210" not in words(village, notice)
    assert not [point for point in village.writing.points(notice) if point.holds]


def test_faults_of_the_form_come_all_at_once(village: Village) -> None:
    notice = begin(village)
    wrong = Written("", "", "", period_days=0, policy="none", period_unit="week")
    with pytest.raises(InvalidInput) as invalid:
        village.writing.edit(notice, wrong)
    assert {fault.field for fault in invalid.value.faults} == {
        *("heading", "body", "policy", "period_unit", "period_days"),
    }


def test_the_printed_code_proves_the_paper_and_a_made_up_one_does_not(village: Village) -> None:
    notice = post(village, begin(village))
    paper = village.notices.paper_of(notice)
    assert notice.code is not None
    assert f"验证码：{notice.code[:4]} {notice.code[4:]}" in paper.footer
    assert notice.journal_head in paper.footer
    typed = f" {notice.code[:4].lower()}-{notice.code[4:]} "
    found = village.paper_check.look_up(typed)
    assert found.notice.number == notice.number
    assert found.totals == (("金额（元）", "14,940.00"),)
    with pytest.raises(Refused) as unknown:
        village.paper_check.look_up("ABCD2345")
    assert unknown.value.code == "unknown_code"
    with pytest.raises(Refused) as no_code:
        village.paper_check.look_up("O0I1")
    assert no_code.value.code == "no_code"


def test_a_correction_shows_both_and_links_both_ways(village: Village) -> None:
    notice = post(village, begin(village))
    frozen = village.notices.reprint(notice)
    right = read_body(BODY.replace("14,940.00", "14,760.00"), village.notices.paper_of(notice))
    right = replace(right, footer="")
    with pytest.raises(InvalidInput):
        village.corrections.draft(notice, right, " ")
    paper = replace(village.notices.paper_of(notice), footer="")
    with pytest.raises(Refused) as same:
        village.corrections.draft(notice, paper, "没有错")
    assert same.value.code == "nothing_to_correct"
    right = read_body(village.writing.written(notice).body.replace("14,940.00", "14,760.00"), paper)
    correction = village.corrections.draft(notice, right, "抄错一笔")
    table = next(b for b in village.notices.paper_of(correction).blocks if isinstance(b, Table))
    assert (1494000, 1476000, -18000) in [row.cells[1:] for row in table.rows]
    posted = post(village, correction)
    assert posted.number == "隔村更正〔2026〕1号"
    assert [one.id for one in village.corrections.corrected_by(notice)] == [posted.id]
    before = village.corrections.corrects(posted)
    assert before is not None
    assert before.id == notice.id
    assert village.notices.reprint(notice) == frozen


def test_void_keeps_the_number_and_the_next_one_follows(village: Village) -> None:
    notice = post(village, begin(village))
    with pytest.raises(InvalidInput):
        village.posting.void(notice, "")
    village.posting.void(notice, "标题写错了村名")
    numbers = village.numbers.listed("notice", 2026)
    assert [(one.text, one.state, one.reason) for one in numbers] == [
        ("隔村公示〔2026〕1号", "void", "标题写错了村名")
    ]
    assert post(village, begin(village)).number == "隔村公示〔2026〕2号"


def test_a_notice_is_withdrawn_with_its_reason(village: Village) -> None:
    notice = begin(village)
    with pytest.raises(Refused):
        village.posting.withdraw(notice, "不贴了")
    gone = village.posting.withdraw(post(village, notice), "内容要重新核实")
    assert (gone.state, gone.reason) == ("withdrawn", "内容要重新核实")
    assert gone.number


def test_the_archive_asks_for_the_end_the_day_and_a_photograph(
    village: Village, clock: TurningClock, tmp_path: Path
) -> None:
    notice = post(village, begin(village))
    assert (str(notice.period_from), str(notice.period_to)) == ("2026-01-12", "2026-01-18")
    assert [one.days_left for one in village.posting.hanging()] == [7]
    assert village.posting.reminders() == []
    clock.turn_to(2026, 1, 17)
    assert [one.days_left for one in village.posting.reminders()] == [2]
    clock.turn_to(2026, 1, 19)
    with pytest.raises(Refused):
        village.posting.file(notice)
    village.posting.close(notice)
    village.posting.take_down(notice)
    with pytest.raises(Refused) as no_photo:
        village.posting.file(notice)
    assert no_photo.value.code == "no_photo"
    photo = tmp_path / "公示栏.jpg"
    photo.write_bytes(picture())
    village.posting.add_photo(notice, photo)
    assert village.posting.file(notice).state == "archived"


def test_own_words_stand_before_the_shipped_ones_until_reset(village: Village) -> None:
    shipped = village.templates.get("publicity")
    own = village.templates.word(
        "publicity",
        name="我村公示",
        heading="｛村名｝关于｛事项｝的公示",
        body="各位村民：\n｛内容｝。",
    )
    assert own.is_own
    assert own.fields == ("村名", "事项", "内容")
    assert village.templates.paper("publicity").title == "隔坑村关于｛事项｝的公示"
    copied = village.templates.copy("publicity", "路灯专用")
    assert copied.title == own.title
    with pytest.raises(InvalidInput):
        village.templates.copy("publicity", "路灯专用")
    village.templates.reset("publicity")
    assert village.templates.get("publicity") == shipped
    assert village.templates.get(copied.code).label == "路灯专用"
    with pytest.raises(InvalidInput):
        village.templates.word("publicity", name="甲", heading="｛没关", body="乙")


def test_a_notice_of_two_pages_shows_where_the_seal_goes_over_the_seam(village: Village) -> None:
    notice = village.writing.begin("publicity", "关于路灯安装的公示")
    written = village.writing.written(notice)
    long = "\n".join(["环塘安装路灯，接受群众监督。"] * 30)
    notice = village.writing.edit(notice, replace(written, body=f"{long}\n公示期：｛公示期｝。"))
    pages = Printed(village.notices.preview(notice)).pages
    assert len(pages) == 2
    assert all({"骑", "缝", "处"} <= set(page.text) for page in pages)
    short = village.writing.edit(
        notice, replace(written, body="环塘安装路灯。\n公示期：｛公示期｝。")
    )
    assert "骑" not in Printed(village.notices.preview(short)).text
