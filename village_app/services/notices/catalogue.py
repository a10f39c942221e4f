"""村务公开目录: what must be published when, and the board of the year that shows what was.

The seed travels with the program (`resources/notices/catalogue.json`); the village changes its own
copy each year. Due days follow the rule `catalogue_due`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from village_app.db.journal import Change
from village_app.db.records.notices import Notice
from village_app.db.records.posting import CatalogueItem
from village_app.domain.calendar import CHINA
from village_app.domain.resources import load_json
from village_app.errors import Fault, InvalidInput
from village_app.papers.blocks import Paper
from village_app.papers.builders.notices import CatalogueLine, build_catalogue
from village_app.services.checking import read_values
from village_app.services.paper_words import in_own_words
from village_app.services.rules import Rule, Rules
from village_app.services.session import Service, permitted
from village_app.services.settings import Settings

State = Literal["done", "late", "due", "over", "event"]
STATE_WORDS: dict[State, str] = {
    "done": "已公开",
    "late": "迟公开",
    "due": "应公开",
    "over": "逾期",
    "event": "随时公开",
}
_MONTHS_OF: dict[str, int] = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
_PUBLISHED = ("posted", "objected", "expired", "archived")


@dataclass(frozen=True, slots=True)
class Slot:
    """One period of one item: its name, the day by which it is due, what was published for it."""

    label: str
    due: date
    state: State
    notice: Notice | None = None


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One item of the board with its periods so far; an item of 随时 lists what was published."""

    item: CatalogueItem
    slots: tuple[Slot, ...]

    @property
    def worst(self) -> State:
        """Give the state that is to be looked at first."""
        order: tuple[State, ...] = ("over", "due", "late", "done", "event")
        return next(
            (state for state in order if any(s.state == state for s in self.slots)), "event"
        )


class Catalogue(Service):
    """The catalogue and its board."""

    @permitted("notices.read")
    def items(self) -> list[CatalogueItem]:
        """List the items in use, in their order."""
        query = self.store.select(CatalogueItem).where(CatalogueItem.is_active == 1)
        return self.store.rows(query.order_by(CatalogueItem.position, CatalogueItem.id))

    @permitted("notices.read")
    def board(self, year: int) -> list[BoardLine]:
        """Show for every item what was due in a year, what hangs, what is overdue today.

        Periods whose end lies ahead are left out, and those that were due before the day from
        which the village keeps its board here, unless something was published for them; the rule
        gives the days after a period's end.
        """
        rule = Rules(self.session).on("catalogue_due")
        since = Settings(self.session).read().board_since()
        published = self._published()
        today = self.session.today()
        return [
            BoardLine(
                item,
                tuple(
                    slot
                    for slot in _slots(item, year, rule, published.get(item.code, []), today)
                    if slot.notice is not None or slot.due >= since
                ),
            )
            for item in self.items()
        ]

    @permitted("settings.edit")
    def change_item(self, item: CatalogueItem, typed: Mapping[str, Any]) -> CatalogueItem:
        """Change an item of the village's own catalogue."""
        values = read_values(CatalogueItem, typed, partly=True)
        with self.session.change(f"修改公开目录 {item.name}") as change:
            changed: CatalogueItem = change.update(item, **values)
        return changed

    @permitted("settings.edit")
    def add_item(self, typed: Mapping[str, Any]) -> CatalogueItem:
        """Add an item; refuses a code that is taken."""
        values = read_values(
            CatalogueItem, {"is_active": True, "position": len(self.items()) + 1, **typed}
        )
        taken = self.store.select(CatalogueItem).where(CatalogueItem.code == values["code"]).first()
        if taken is not None:
            raise InvalidInput([Fault("code", "taken", f"代号{values['code']}已经有了。")])
        with self.session.change(f"新增公开目录 {values['name']}") as change:
            item: CatalogueItem = change.insert(CatalogueItem(**values))
        return item

    @permitted("notices.read")
    def paper(self, year: int, *, with_states: bool = False) -> Paper:
        """Build 村务公开目录 of a year, or the year's account of it."""
        lines = [
            CatalogueLine(
                line.item.code,
                CatalogueItem.declaration("level").kind.show(line.item.level),
                line.item.name,
                line.item.basis or "",
                CatalogueItem.declaration("frequency").kind.show(line.item.frequency),
                line.item.body or "",
                line.item.place or "",
                _summary(line) if with_states else "",
            )
            for line in self.board(year)
        ]
        return in_own_words(
            self.session,
            build_catalogue(year, lines, Settings(self.session).read().committee_name()),
        )

    @permitted("settings.read")
    def bring_shipped(self, change: Change) -> int:
        """Enter the catalogue that travels with the program into an empty one; gives how many."""
        if self.store.select(CatalogueItem).first() is not None:
            return 0
        rows = [
            {**entry, "is_active": True, "position": at}
            for at, entry in enumerate(load_json("notices", "catalogue.json")["items"], 1)
        ]
        change.insert_rows(CatalogueItem, rows)
        return len(rows)

    def _published(self) -> dict[str, list[Notice]]:
        query = self.store.select(Notice).where(
            Notice.catalogue_code.is_null(False), Notice.state.in_(_PUBLISHED)
        )
        found: dict[str, list[Notice]] = {}
        for notice in self.store.rows(query.order_by(Notice.published_at, Notice.id)):
            found.setdefault(notice.catalogue_code, []).append(notice)
        return found


def _slots(
    item: CatalogueItem, year: int, rule: Rule, notices: list[Notice], today: date
) -> Iterator[Slot]:
    months = _MONTHS_OF.get(item.frequency)
    if months is None:
        for notice in notices:
            if _day_of(notice).year == year:
                yield Slot(notice.heading, _day_of(notice), "done", notice)
        return
    left = list(notices)
    for label, last, due in _periods(year, months, rule):
        if last >= today:
            return
        found = _first_for(left, (str(year), label), last, due)
        if found is not None:
            left.remove(found)
            yield Slot(label, due, "done" if _day_of(found) <= due else "late", found)
        else:
            yield Slot(label, due, "over" if today > due else "due")


def _periods(year: int, months: int, rule: Rule) -> Iterator[tuple[str, date, date]]:
    """Give name, last day and due day of the periods of a year."""
    names = {1: "{}月", 3: "{}季度", 6: "{}", 12: "年度"}
    words = {3: "一二三四", 6: ("上半年", "下半年")}
    keys = {1: "month_day", 3: "quarter_day", 6: "half_year_day", 12: "year_day"}
    for at in range(12 // months):
        month = (at + 1) * months
        following = date(year + month // 12, month % 12 + 1, 1)
        word = at + 1 if months not in words else words[months][at]
        yield (
            names[months].format(word),
            following - timedelta(days=1),
            following.replace(day=rule[keys[months]]),
        )


def _first_for(
    notices: list[Notice], words: tuple[str, str], last: date, due: date
) -> Notice | None:
    """Find what was published for a period: by year and name in its label, else by its day.

    A paper without a label counts for the period before it, up to as long after the due day as
    the due day is after the period.
    """
    for notice in notices:
        if notice.period_label and all(word in notice.period_label for word in words):
            return notice
    latest = due + (due - last)
    for notice in notices:
        if not notice.period_label and last < _day_of(notice) <= latest:
            return notice
    return None


def _day_of(notice: Notice) -> date:
    day: date = notice.published_at.astimezone(CHINA).date()
    return day


def _summary(line: BoardLine) -> str:
    if not line.slots:
        return STATE_WORDS["event"] if line.item.frequency == "event" else "未到期"
    return "；".join(f"{slot.label}{STATE_WORDS[slot.state]}" for slot in line.slots[-4:])
