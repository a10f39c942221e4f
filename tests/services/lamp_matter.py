"""Story 1, the matter's part: the third complaint of a household, its people and their group."""

from __future__ import annotations

from typing import Any

from village_app.db.records.issues import Issue
from village_app.db.records.residents import Household, Place, Resident
from village_app.village import Village

LINE = "三组陈伯来电：村前塘边路灯坏了三盏"
MATTER: dict[str, Any] = {
    "heading": "村前塘边路灯坏了三盏",
    "content": LINE,
    "source": "电话",
    "category": "市政设施",
    "subcategory": "路灯",
    "place": "村前塘边",
}


def settle(village: Village, name: str = "陈国良") -> Resident:
    """Let a household live in group three."""
    with village.change("住户") as change:
        group = village.store.select(Place).where(Place.name == "三组").first()
        if group is None:
            group = change.insert(Place(name="三组", kind="group", position=3))
        household = change.insert(Household(number="03012", group_id=group.id))
    return village.residents.register(
        {
            "name": name,
            "id_type": "identity_card",
            "status": "active",
            "phone": "13812345678",
            "household_id": household.id,
            "group_id": group.id,
        }
    )


def lamp_matter(village: Village, person: Resident | None = None, **more: Any) -> Issue:
    """Enter the matter of the lamps."""
    reporter = {"reporter_id": person.id, "reporter": person.name} if person else {}
    return village.issues.log({**MATTER, **reporter, **more})


def answered(village: Village, issue: Issue) -> Issue:
    """Bring a matter to where only the visit is lacking."""
    village.issue_work.assign(issue, "叶志坚")
    village.issue_work.finish(issue, "更换三盏路灯")
    return village.issue_work.answer(issue, "电话")
