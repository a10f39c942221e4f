"""The list of notices as the page shows it: by state, by words, windows of rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from village_app.db.records.notices import Notice
from village_app.domain.kinds import TEXT
from village_app.domain.listing import ListColumn
from village_app.services.listing import QueryList
from village_app.services.session import Service, permitted

GROUPS: dict[str, tuple[str, ...]] = {
    "mine": ("draft", "returned"),
    "checking": ("checking",),
    "approved": ("approved",),
    "hanging": ("posted", "objected"),
    "over": ("expired",),
    "filed": ("archived",),
    "gone": ("withdrawn", "void"),
}
GROUP_WORDS: dict[str, str] = {
    "mine": "草稿",
    "checking": "监委会看过",
    "approved": "已签发",
    "hanging": "公示中",
    "over": "已期满",
    "filed": "已归档",
    "gone": "撤下和作废",
}
_COLUMNS = tuple(
    ListColumn(name, label, TEXT)
    for name, label in (
        ("heading", "标题"),
        ("kind", "文种"),
        ("number", "编号"),
        ("state", "状态"),
        ("period_to", "公示截止"),
        ("period_from", "公示开始"),
        ("drafted_by", "起草"),
    )
)


class NoticeList(Service):
    """Counts and lists notices."""

    @permitted("notices.read")
    def listed(self, group: str = "", words: str = "") -> QueryList:
        """Give the notices of a group (blank: all), newest first, filtered by words."""
        query = self.store.select(Notice)
        if group:
            query = query.where(Notice.state.in_(GROUPS[group]))
        for word in words.split():
            query = query.where(Notice.heading.contains(word) | Notice.number.contains(word))
        fields = {column.key: getattr(Notice, column.key) for column in _COLUMNS}
        return QueryList(
            self.store,
            query,
            Notice.id,
            _COLUMNS,
            fields,
            orders={"": Notice.id},
            shape=dict,
            sort=("", True),
        )

    @permitted("notices.read")
    def counts(self) -> Mapping[str, int]:
        """Count the notices of every group."""
        rows = self.store.sql("SELECT state, count(*) FROM notice GROUP BY state")
        by_state: dict[str, Any] = dict(rows)
        return {
            group: sum(int(by_state.get(state, 0)) for state in states)
            for group, states in GROUPS.items()
        }
