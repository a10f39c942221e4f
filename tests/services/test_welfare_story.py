"""Story 4, 低保公示: no number, no reason, no child on the wall; objections hold back the end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.services.conftest import PASSWORD, TurningClock
from tests.services.welfare_people import SECOND, SECOND_PASSWORD, register
from village_app.db.records.notices import Notice
from village_app.errors import InvalidInput, Refused
from village_app.papers.blocks import Table
from village_app.papers.places import texts_of
from village_app.services.notices.writing import Written
from village_app.village import Village

PERIOD = "2026年二季度"


def post(village: Village, notice: Notice) -> Notice:
    village.notices.check(notice, agrees=True)
    village.notices.approve(notice)
    return village.notices.publish(notice)


def table_of(village: Village, notice: Notice) -> Table:
    blocks = village.notices.paper_of(notice).blocks
    return next(block for block in blocks if isinstance(block, Table))


def test_the_public_copy_tells_namesakes_apart_and_leaves_the_girl_out(
    village: Village, clock: TurningClock
) -> None:
    clock.turn_to(2026, 4, 28)
    notice = village.welfare.draft(PERIOD, register(village))
    table = table_of(village, notice)
    assert [column.label for column in table.columns] == [
        *("姓名", "村民小组", "保障人数", "月保障金（元）"),
    ]
    names = [row.cells[0] for row in table.rows]
    assert len(names) == 11
    assert "陈丽" not in names
    both = [name for name in names if name.startswith("陈*（三组")]
    assert len(set(both)) == 2
    words = "".join(text.text for text in texts_of(village.notices.paper_of(notice)))
    assert "周" not in words
    assert "因病" not in words
    assert village.notices.findings(notice).stops == ()


def test_the_office_list_is_stopped_cell_by_cell_and_nobody_may_let_it_through(
    village: Village, clock: TurningClock
) -> None:
    clock.turn_to(2026, 4, 28)
    notice = village.welfare.draft_office_list(PERIOD, register(village))
    found = village.notices.findings(notice)
    assert found.holds_back
    assert len({one.where for one in found.stops}) > 12
    village.notices.check(notice, agrees=True)
    village.notices.approve(notice)
    with pytest.raises(Refused, match="公开前把关") as refused:
        village.notices.publish(notice)
    assert refused.value.code == "privacy"
    village.users.add(SECOND, SECOND_PASSWORD, "director", SECOND)
    with pytest.raises(Refused) as never:
        village.privacy_release.let_through(
            notice, second=SECOND, password=SECOND_PASSWORD, reason="上级来检查要看全的"
        )
    assert never.value.code == "never_public"
    assert notice.number is None


@pytest.mark.parametrize(
    ("counts", "first", "last"),
    [
        (False, date(2026, 4, 29), date(2026, 5, 11)),
        (True, date(2026, 4, 28), date(2026, 5, 9)),
    ],
)
def test_seven_working_days_by_the_villages_way_of_counting(
    village: Village, clock: TurningClock, counts: bool, first: date, last: date
) -> None:
    clock.turn_to(2026, 4, 28)
    village.settings.write(posting_day_counts=counts)
    notice = post(village, village.welfare.draft(PERIOD, register(village)))
    assert (notice.period_from, notice.period_to) == (first, last)
    text = "".join(text.text for text in texts_of(village.notices.paper_of(notice)))
    assert "（共7个工作日）" in text


def test_an_open_objection_holds_back_the_closing_statement(
    village: Village, clock: TurningClock
) -> None:
    clock.turn_to(2026, 4, 28)
    notice = post(village, village.welfare.draft(PERIOD, register(village)))
    clock.turn_to(2026, 5, 6)
    objection = village.objections.take_down(
        notice, {"way": "当面", "raised_on": "2026-05-06", "content": "何家收入没有算全。"}
    )
    assert objection.number == "隔异〔2026〕1号"
    assert objection.due_on == date(2026, 5, 16)
    assert notice.state == "objected"
    clock.turn_to(2026, 5, 12)
    for attempt in (village.posting.draft_statement, village.posting.close):
        with pytest.raises(Refused) as refused:
            attempt(notice)
        assert refused.value.code == "open_objection"
    with pytest.raises(Refused, match="核查"):
        village.objections.reply(objection, "kept", "经核查，收入已按实计算。")
    village.objections.look_into(objection, "入户看过工资流水，已经算进去了。", is_founded=False)
    village.objections.reply(objection, "kept", "经核查，收入已按实计算，维持原公示。")
    notice = village.notices.get(notice.id)
    assert notice.state == "posted"
    statement = village.posting.draft_statement(notice)
    words = "".join(text.text for text in texts_of(village.notices.paper_of(statement)))
    assert "公示期间收到异议1件，均已核查并答复" in words
    assert "何家" not in words
    assert "没有收到异议" not in words
    assert village.posting.close(notice).state == "expired"


def test_without_objections_the_statement_says_so_after_the_last_day(
    village: Village, clock: TurningClock
) -> None:
    clock.turn_to(2026, 4, 28)
    notice = post(village, village.welfare.draft(PERIOD, register(village)))
    assert notice.period_to == date(2026, 5, 9)
    clock.turn_to(2026, 5, 9)
    with pytest.raises(Refused) as refused:
        village.posting.draft_statement(notice)
    assert refused.value.code == "period_runs"
    assert village.posting.look_at(notice).days_left == 1
    clock.turn_to(2026, 5, 10)
    assert village.posting.look_at(notice).is_over
    statement = village.posting.draft_statement(notice)
    words = "".join(text.text for text in texts_of(village.notices.paper_of(statement)))
    assert "公示期间没有收到异议" in words


def test_a_second_person_with_a_reason_lets_through_what_may_be_let_through(
    village: Village, clock: TurningClock
) -> None:
    clock.turn_to(2026, 4, 28)
    writing = village.writing
    notice = writing.begin("publicity", "关于换届工作的公示")
    written = writing.written(notice)
    plain = "代表名单\n联系人陈大有，电话13512342210。\n公示期：｛公示期｝。"
    notice = writing.edit(notice, replace_body(written, plain))
    found = village.notices.findings(notice)
    assert found.stops
    assert found.can_be_overridden
    village.users.add(SECOND, SECOND_PASSWORD, "director", SECOND)
    release = village.privacy_release
    reason = "本人书面同意公开电话"
    with pytest.raises(Refused) as same:
        release.let_through(notice, second=village.user.name, password="x", reason=reason)
    assert same.value.code == "same_person"
    with pytest.raises(InvalidInput):
        release.let_through(notice, second=SECOND, password=SECOND_PASSWORD, reason="好")
    review = release.let_through(notice, second=SECOND, password=SECOND_PASSWORD, reason=reason)
    assert "13512342210" not in review.findings
    assert village.user.name != SECOND
    again = writing.edit(village.notices.get(notice.id), replace_body(written, plain + "\n另。"))
    sign_by_two(village, again)
    with pytest.raises(Refused):
        village.notices.publish(again)
    notice = writing.edit(village.notices.get(notice.id), replace_body(written, plain))
    sign_by_two(village, notice)
    assert village.notices.publish(notice).state == "posted"


def sign_by_two(village: Village, notice: Notice) -> None:
    """Let the second person check it at this desk; with two in the office the clerk signs it."""
    village.users.switch(SECOND, SECOND_PASSWORD)
    village.notices.check(notice, agrees=True)
    village.users.switch("陈丽珍", PASSWORD)
    village.notices.approve(notice)


def replace_body(written: Written, body: str) -> Written:
    return replace(written, body=body)
