"""Everything about one person: offices, words in meetings, visits, questions, tasks, papers."""

from __future__ import annotations

from datetime import date

import pytest

from tests.services.conftest import PASSWORD, QUICK, TurningClock
from tests.services.family import Family, family_of_six
from village_app.db.records.funds import OfficialPay
from village_app.db.records.meetings import AgendaItem, AttendanceMark, Meeting, Recusal, Speech
from village_app.db.records.money import Question
from village_app.db.records.posting import SealUse
from village_app.db.records.receptions import ReceptionVisit
from village_app.db.records.resolutions import Proposal, ProposalSupporter
from village_app.services.register.dossier_lines import DossierLine
from village_app.services.session import User
from village_app.village import Village

__all__ = ["PASSWORD", "QUICK", "TurningClock"]

DAY = date(2025, 12, 20)


@pytest.fixture
def family(village: Village) -> Family:
    return family_of_six(village)


def parts(village: Village, family: Family) -> dict[str, DossierLine]:
    return {one.part: one for one in village.dossier.of_person(family.son)}


def test_labels_offices_moves_and_papers_stand_in_the_file(
    village: Village, family: Family
) -> None:
    other = village.places.add("一组")
    village.labels.give(family.son, "label:志愿者", {"from_day": "2025-01-01"})
    body = village.bodies.find("representatives")
    seat = {"name": family.son.name, "from_day": "2025-02-01", "resident_id": family.son.id}
    village.bodies.seat(body, seat)
    village.residents.correct(family.son, {"group_id": str(other.id)})
    found = village.dossier.of_person(village.residents.get(family.son.id))
    assert {one.title for one in found if one.part == "职务和标签"} >= {"志愿者"}
    assert len([one for one in found if one.part == "职务和标签"]) == 2
    [move] = [one for one in found if one.part == "变动"]
    assert (move.title, move.note) == ("陈志明换小组", "三组换到一组")


def test_words_of_a_meeting_open_the_meeting(village: Village, family: Family) -> None:
    body = village.bodies.find("representatives")
    seat = village.bodies.seat(body, {"name": "陈志明", "from_day": "2025-02-01"})
    with village.change("例会") as change:
        meeting = change.insert(
            Meeting(name="例会", body_id=body.id, day=DAY, state="planned", place="议事厅")
        )
        item = change.insert(AgendaItem(name="修路灯", meeting_id=meeting.id))
        mark = change.insert(AttendanceMark(name="陈志明", meeting_id=meeting.id, state="absent"))
        change.insert(Speech(name="陈志明", seconds=60, item_id=item.id, content="同意"))
        change.insert(Recusal(name="陈志明", item_id=item.id, mark_id=mark.id, reason="亲属承包"))
        made = change.insert(Proposal(name="清塘", body_id=body.id, day=DAY))
        change.insert(ProposalSupporter(name="陈志明", proposal_id=made.id, membership_id=seat.id))
    found = parts(village, family)
    assert (found["发言"].page, found["发言"].record) == ("meetings", meeting.id)
    assert found["回避"].note == "陈志明回避，按姓名找到，亲属承包"
    assert found["联名"].title == "清塘"


def test_visits_questions_tasks_seals_and_pay_are_for_who_may_see_them(
    village: Village, family: Family
) -> None:
    secret = village.issues.log({"heading": "家里的事", "is_confidential": "是"})
    village.tasks.start({"heading": "清沟", "owner": "陈志明", "due_on": "2026-02-01"})
    with village.change("几样") as change:
        hands = {"approved_by": "陈丽珍", "sealed_by": "陈丽珍"}
        visit = {"visitor": "陈志明", "day": DAY, "host": "陈丽珍"}
        change.insert(ReceptionVisit(**visit, problem="家里的事", issue_id=secret.id))
        change.insert(ReceptionVisit(**visit, problem="路灯"))
        change.insert(
            Question(
                text="钱花哪了",
                asker="陈志明",
                asked_on=DAY,
                due_on=DAY,
                way="letter",
                about_table="project",
                about_id=1,
            )
        )
        use = {"paper": "证明", "copies": 1, "seal": "committee", **hands}
        change.insert(SealUse(asked_by="陈志明", day=DAY, **use))
        pay = {"month": "2025-12", "post": "副主任", "basic": 200000, "deduction": 5000}
        change.insert(OfficialPay(name="陈志明", **pay))
    found = village.dossier.of_person(family.son)
    assert {one.part for one in found} == {"接访", "疑问", "任务", "用印", "干部报酬"}
    assert len([one for one in found if one.part == "接访"]) == 2
    assert parts(village, family)["干部报酬"].note == "陈志明 1,950.00 元，按姓名找到"
    village.session.user = User("网格", "网格员", "grid")
    seen = village.dossier.of_person(family.son)
    assert [one.title for one in seen if one.part == "接访"] == ["路灯"]
    assert "干部报酬" not in {one.part for one in seen}


def test_a_scan_of_the_household_stands_in_the_household_s_file(
    village: Village, family: Family
) -> None:
    with village.change("附上") as change:
        village.attachments.keep(change, family.household, "户口簿.pdf", b"%PDF-1.4 x")
        village.attachments.keep(change, family.son, "身份证.pdf", b"%PDF-1.4 y")
    lines = village.dossier.of_household(family.household)
    assert {(one.title, one.page) for one in lines} == {
        ("户口簿.pdf", "households"),
        ("身份证.pdf", "residents"),
    }
    assert [one.title for one in village.dossier.of_person(family.son)] == ["身份证.pdf"]
