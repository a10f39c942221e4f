"""Tasks: evidence before the end, the next of a series, where they came from; the day's list."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.services.conftest import TurningClock
from tests.services.lamp_matter import lamp_matter
from village_app.errors import InvalidInput, Refused
from village_app.papers.blocks import Table
from village_app.papers.pdf import write_pdf
from village_app.village import Village

TASK: dict[str, Any] = {"heading": "公开上月收支", "owner": "李美玲", "due_on": "2026-01-15"}


def test_a_monthly_task_brings_the_next_one_when_it_is_done(village: Village) -> None:
    task = village.tasks.start({**TASK, "recurrence": "每月"})
    following = village.tasks.finish(task, "已张贴")
    assert following is not None
    assert (following.due_on, following.heading) == (date(2026, 2, 15), "公开上月收支")
    assert [one.id for one in village.tasks.listed("series")] == [following.id]
    village.undo()
    assert [one.due_on for one in village.tasks.listed()] == [date(2026, 1, 15)]


def test_without_the_needed_evidence_no_task_is_done(village: Village, tmp_path: Path) -> None:
    task = village.tasks.start({**TASK, "evidence_needed": "公开栏照片"})
    with pytest.raises(InvalidInput, match="还缺公开栏照片"):
        village.tasks.finish(task, "已张贴")
    proof = tmp_path / "回执.txt"
    proof.write_text("已张贴", encoding="utf-8")
    village.tasks.add_evidence(task, [proof])
    assert village.tasks.evidence(task) == ["回执.txt"]
    village.tasks.finish(task, "已张贴")
    assert village.tasks.counts() == {
        "open": 0,
        "over": 0,
        "week": 0,
        "series": 0,
        "done": 1,
        "all": 1,
    }


def test_a_task_names_the_matter_that_it_came_from(village: Village) -> None:
    issue = lamp_matter(village)
    task = village.issue_onward.to_task(issue, {**TASK, "heading": "买灯"})
    origin = village.tasks.origin(task)
    assert origin is not None
    assert (origin.page, origin.id) == ("issues", issue.id)
    assert origin.words == "隔诉〔2026〕0001号 村前塘边路灯坏了三盏"
    village.undo()
    assert village.tasks.listed("all") == []


def test_a_dropped_task_wants_its_reason_and_stays_settled(village: Village) -> None:
    task = village.tasks.start(TASK)
    with pytest.raises(InvalidInput, match="原因"):
        village.tasks.drop(task, " ")
    village.tasks.drop(task, "镇里统一办了")
    with pytest.raises(Refused, match="不在办"):
        village.tasks.correct(task, {"owner": "叶志坚"})


def test_the_days_list_holds_every_subject_by_urgency_and_is_printed(
    village: Village, clock: TurningClock
) -> None:
    late = lamp_matter(village)
    village.tasks.start(TASK)
    village.receptions.plan({"day": "2026-01-15", "host": "梁国栋"})
    clock.turn_to(2026, 1, 16)
    village.receptions.plan({"day": "2026-01-16", "host": "何志强"})
    items = village.today.items()
    titles = [one.title for one in items]
    assert titles[:2] == ["公开上月收支", late.heading]
    assert "接访日，何志强接访" in titles
    [table] = [one for one in village.task_papers.today().blocks if isinstance(one, Table)]
    assert [row.cells[3] for row in table.rows] == titles
    assert write_pdf(village.task_papers.today()).pages == 1
