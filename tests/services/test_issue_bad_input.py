"""Bad input to the log: a sentence, the right value, and nothing half-done."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from tests.services.conftest import TurningClock
from tests.services.lamp_matter import MATTER, lamp_matter, settle
from village_app.db.journal import Conflict
from village_app.errors import InvalidInput, Refused
from village_app.village import Village


def changes(village: Village) -> int:
    return int(village.store.scalar('SELECT count(*) FROM "change"'))


def test_a_closing_without_result_names_all_that_is_lacking(village: Village) -> None:
    issue = village.issue_work.accept(lamp_matter(village))
    before = changes(village)
    with pytest.raises(InvalidInput) as caught:
        village.issue_work.close(issue)
    assert [one.field for one in caught.value.faults] == ["result", "answered_at", "visit"]
    assert changes(village) == before
    assert village.issues.get(issue.id).state == "accepted"


def test_a_due_day_before_the_start_is_refused_with_the_present_one(village: Village) -> None:
    issue = lamp_matter(village)
    with pytest.raises(InvalidInput, match="要晚于现在的 2026-01-15"):
        village.issue_work.extend(issue, date(2026, 1, 11), "等材料")
    assert village.issues.get(issue.id).extensions == 0


def test_a_day_that_is_still_ahead_cannot_be_the_day_it_happened(village: Village) -> None:
    before = changes(village)
    with pytest.raises(InvalidInput, match="不能晚于登记日期"):
        lamp_matter(village, happened_on="2026-01-13")
    assert changes(village) == before


def test_a_step_before_the_matter_was_registered_is_refused(village: Village) -> None:
    issue = lamp_matter(village)
    long_ago = datetime(2025, 12, 1, tzinfo=issue.at.tzinfo)
    with pytest.raises(InvalidInput, match="登记之后"):
        village.issue_work.add_step(issue, "早就看过", at=long_ago)


def test_a_person_who_was_deleted_meanwhile_is_asked_for_again(village: Village) -> None:
    person = settle(village)
    typed = village.issue_entry.understand("三组 陈国良 来电：路灯坏了").values()
    village.residents.remove(person)
    before = changes(village)
    with pytest.raises(InvalidInput, match="刚被合并或删掉"):
        village.issues.log(typed)
    assert changes(village) == before


def test_a_person_who_was_merged_keeps_his_matters_and_their_history(village: Village) -> None:
    kept, doubled = settle(village), settle(village, "陈国梁")
    issue = lamp_matter(village, doubled)
    village.merging.merge(kept, doubled, {})
    assert village.issues.get(issue.id).reporter_id == kept.id


def test_a_matter_that_somebody_else_saved_meanwhile_is_not_written_over(village: Village) -> None:
    issue = lamp_matter(village)
    elsewhere = village.issues.get(issue.id)
    village.issue_work.assign(elsewhere, "罗顺娣")
    with pytest.raises(Conflict, match="刚被别人改过"):
        village.issue_work.assign(issue, "叶志坚")
    file = village.issues.file(village.issues.get(issue.id))
    assert [one.handler for one in file.assignments] == ["罗顺娣"]


def test_an_unknown_limit_names_those_that_can_be_chosen(village: Village) -> None:
    with pytest.raises(InvalidInput, match="72小时"):
        village.issues.log({**MATTER, "limit": "tomorrow"})


def test_a_circle_of_duplicates_is_refused(village: Village) -> None:
    first, second = lamp_matter(village), lamp_matter(village)
    village.issue_work.merge(second, first)
    with pytest.raises(Refused, match="请另选"):
        village.issue_work.merge(village.issues.get(first.id), village.issues.get(second.id))


def test_a_holiday_typhoon_and_an_unknown_year_never_break_an_entry(
    village: Village, clock: TurningClock
) -> None:
    clock.turn_to(2026, 12, 30)
    issue = lamp_matter(village)
    assert issue.due_estimated
