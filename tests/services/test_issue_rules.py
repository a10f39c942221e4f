"""The village's own categories and limits: changed from today on, refused where unusable."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.services.lamp_matter import lamp_matter
from village_app.errors import InvalidInput
from village_app.services.issues.issues import Category
from village_app.village import Village


def test_a_category_fills_its_handler_and_limit(village: Village) -> None:
    fire = Category("消防隐患", "yellow", "叶志坚", is_hazard=True)
    village.issue_rules.save_category("消防隐患", fire)
    issue = lamp_matter(village, category="消防隐患", subcategory=None)
    assert issue.handler == "叶志坚"
    assert issue.due == datetime(2026, 1, 13, 0, 40, 0, tzinfo=UTC).replace(
        microsecond=issue.due.microsecond
    )


def test_a_limit_is_changed_for_what_comes_and_stays_for_what_was_entered(
    village: Village,
) -> None:
    before = lamp_matter(village)
    village.issue_rules.save_tier("d3", "3个工作日", 2, "work_day")
    after = lamp_matter(village)
    assert (before.limit_count, after.limit_count) == (3, 2)
    assert village.issues.get(before.id).due > after.due


def test_an_own_limit_and_an_own_category_can_be_chosen(village: Village) -> None:
    village.issue_rules.save_tier("", "一个月内", 1, "month")
    [code] = [code for code, label in village.issues.limits().items() if label == "一个月内"]
    own = Category("龙舟", code, children=(("龙舟水域", ("龙舟", "扒船")),))
    village.issue_rules.save_category("", own)
    found = village.issue_entry.understand("村口塘边龙舟要修")
    assert (found.category, found.subcategory, found.limit_label) == (
        "龙舟",
        "龙舟水域",
        "一个月内",
    )
    village.issue_rules.drop_category("龙舟")
    assert village.issues.category("龙舟") is None


@pytest.mark.parametrize(
    "category",
    [Category("", "d3"), Category("市政设施", "d3"), Category("新类", "nothing")],
)
def test_unusable_categories_are_refused(village: Village, category: Category) -> None:
    before = village.issues.categories()
    with pytest.raises(InvalidInput):
        village.issue_rules.save_category("", category)
    assert village.issues.categories() == before


@pytest.mark.parametrize(("count", "unit"), [(0, "work_day"), (None, "work_day"), (3, "week")])
def test_unusable_limits_are_refused(village: Village, count: int | None, unit: str) -> None:
    with pytest.raises(InvalidInput):
        village.issue_rules.save_tier("d3", "3个工作日", count, unit)
