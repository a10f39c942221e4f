"""The village's own categories and limits of matters: rules as data, changed from today on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from village_app.errors import Fault, InvalidInput, Refused
from village_app.services.issues.issues import Category, Issues
from village_app.services.rules import Rules
from village_app.services.session import Service, permitted

UNITS = {
    "hour": "小时",
    "calendar_day": "日",
    "work_day": "个工作日",
    "month": "个月",
}
_MOST = 999


@dataclass(frozen=True, slots=True)
class Tier:
    """A limit that can be chosen: code, label, count and unit."""

    code: str
    label: str
    count: int
    unit: str

    def words(self) -> str:
        """Write how long it is: 3 个工作日."""
        return f"{self.count} {UNITS[self.unit]}"


class IssueRules(Service):
    """Changes the tree of categories and the limits; what was entered keeps the limit it has."""

    @permitted("settings.read")
    def tiers(self) -> list[Tier]:
        """List the limits in the order of the rule."""
        kept = Rules(self.session).on("issue_limits")["tiers"]
        return [Tier(code, one["label"], one["count"], one["unit"]) for code, one in kept.items()]

    @permitted("settings.edit")
    def save_tier(self, code: str, label: str, count: int | None, unit: str | None) -> None:
        """Change a limit, or add one where `code` is blank; counts from 1 to 999."""
        faults = []
        if not label.strip():
            faults.append(Fault("label", "required", "期限要有名称。"))
        if count is None or not 1 <= count <= _MOST:
            faults.append(Fault("count", "out_of_range", f"数目要在 1 到 {_MOST} 之间。"))
        if unit not in UNITS:
            faults.append(Fault("unit", "unknown", "要选小时、日、工作日或月。"))
        if faults:
            raise InvalidInput(faults)
        tiers = dict(Rules(self.session).on("issue_limits")["tiers"])
        key = code or _free_code(tiers)
        kept = {**tiers.get(key, {}), "label": label.strip(), "count": count, "unit": unit}
        self._revise("issue_limits", {"tiers": {**tiers, key: kept}})

    @permitted("settings.edit")
    def save_category(self, old: str, category: Category) -> None:
        """Change a category, or add one where `old` is blank; refuses a name that is taken."""
        tree = Issues(self.session).categories()
        faults = []
        if not category.name.strip():
            faults.append(Fault("name", "required", "类别要有名称。"))
        if any(one.name == category.name and one.name != old for one in tree):
            faults.append(Fault("name", "taken", f"已经有“{category.name}”了。"))
        if category.limit not in {one.code for one in self.tiers()}:
            faults.append(Fault("limit", "unknown", "要选一个期限。"))
        if faults:
            raise InvalidInput(faults)
        known = [one.name for one in tree]
        changed = list(tree)
        if old in known:
            changed[known.index(old)] = category
        else:
            changed.append(category)
        self._keep(changed)

    @permitted("settings.edit")
    def drop_category(self, name: str) -> None:
        """Take a category out of the choice; matters that have it keep it."""
        tree = Issues(self.session).categories()
        left = [one for one in tree if one.name != name]
        if not left:
            raise Refused("last_category", "至少要留一个类别。")
        self._keep(left)

    def _keep(self, tree: Sequence[Category]) -> None:
        self._revise("issue_categories", {"tree": [_plain(one) for one in tree]})

    def _revise(self, code: str, parameters: Mapping[str, Any]) -> None:
        Rules(self.session).revise(code, self.session.today(), parameters)


def _plain(one: Category) -> dict[str, Any]:
    return {
        "name": one.name.strip(),
        "limit": one.limit,
        "handler": one.handler.strip(),
        "hazard": one.is_hazard,
        "children": [{"name": name, "words": list(words)} for name, words in one.children],
    }


def _free_code(tiers: Mapping[str, Any]) -> str:
    return next(f"own{at}" for at in range(1, _MOST) if f"own{at}" not in tiers)
