"""What deserves a second look while a person is entered: a namesake, a birth that is rare."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from village_app.db.records.residents import Household, Place, Resident
from village_app.domain.kinds import Unreadable
from village_app.services.register.presence import GONE
from village_app.services.rules import Rules
from village_app.services.session import Service, permitted


class ResidentDoubts(Service):
    """Warns and never refuses; the thresholds are the rule `resident_doubts`."""

    @permitted("residents.read")
    def of(self, typed: Mapping[str, str], own_id: int | None = None) -> dict[str, str]:
        """Give a sentence by field for what is doubtful about the typed texts of a person.

        `own_id` is the person who is corrected: what was so before is no news.
        """
        kept = self.store.find(Resident, own_id) if own_id is not None else None
        rule = Rules(self.session).on("resident_doubts")
        found = {
            "name": self._namesakes(typed.get("name", ""), kept, rule["named"]),
            "birth": self._birth(typed.get("birth", ""), kept, rule["oldest_years"]),
        }
        return {name: sentence for name, sentence in found.items() if sentence}

    def _namesakes(self, name: str, kept: Resident | None, named: int) -> str:
        name = name.strip()
        if not name or (kept is not None and kept.name == name):
            return ""
        query = self.store.select(Resident).where(Resident.name == name)
        same = self.store.rows(query.order_by(Resident.id).limit(named + 1))
        if not same:
            return ""
        listed = "；".join(self._described(one) for one in same[:named])
        more = "等" if len(same) > named else ""
        return f"登记簿里已有{name}：{listed}{more}。是另一个人就接着填。"

    def _described(self, one: Resident) -> str:
        """Say who it is without a number: sex, year of birth, group, household, whether gone."""
        declared = Resident.declaration
        group = self.store.find(Place, one.group_id or 0)
        household = self.store.find(Household, one.household_id or 0)
        parts = (
            declared("sex").kind.show(one.sex) if one.sex else "",
            f"{one.birth.year} 年生" if one.birth else "",
            group.name if group is not None else "",
            f"{household.number} 户" if household is not None else "",
            declared("status").kind.show(one.status) if one.status in GONE else "",
        )
        return "，".join(part for part in parts if part) or "没有别的资料"

    def _birth(self, typed: str, kept: Resident | None, oldest: int) -> str:
        try:
            born: date | None = Resident.declaration("birth").kind.parse(typed)
        except Unreadable:
            return ""
        today = self.session.today()
        if born is None or (kept is not None and kept.birth == born):
            return ""
        if born > today:
            return f"{born.isoformat()} 还没有到，请核对年份。"
        years = today.year - born.year
        return f"这样算有 {years} 岁，请核对年份。" if years > oldest else ""
