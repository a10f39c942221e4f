"""接访日: who sits when, who came, what was said; each visit makes or joins a matter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from village_app.db.records.issues import Issue
from village_app.db.records.receptions import ReceptionDay, ReceptionVisit
from village_app.db.records.residents import Resident
from village_app.domain.calendar import CHINA, add_months
from village_app.errors import Fault, InvalidInput, Refused
from village_app.services.checking import read_values
from village_app.services.house.links import Links
from village_app.services.issues.entry import IssueEntry
from village_app.services.issues.issues import Issues
from village_app.services.issues.rights import visible
from village_app.services.numbers import Numbers
from village_app.services.rules import Rules
from village_app.services.session import Service, permitted

_MOST_FORMS = 500


class Receptions(Service):
    """Reception days and the visits on them."""

    @permitted("issues.edit")
    def plan(self, typed: Mapping[str, Any]) -> ReceptionDay:
        """Plan a reception day; a holiday moves it to the next working day."""
        values = read_values(ReceptionDay, {"shape": "fixed", **typed})
        values["day"] = Rules(self.session).calendar().next_work_day(values["day"]).day
        with self.session.change(f"安排接访日 {values['day']}") as change:
            day: ReceptionDay = change.insert(ReceptionDay(**values))
        return day

    @permitted("issues.edit")
    def plan_month(
        self,
        month: date,
        hosts: Sequence[Mapping[str, Any]],
        *,
        weekday: int = 2,
        days: Sequence[int] = (),
    ) -> list[ReceptionDay]:
        """Plan a whole month in one change: the hosts in turn.

        Every `weekday` (0 = Monday), or on the given `days` of the month (10 and 20).
        """
        if not hosts:
            raise InvalidInput([Fault("hosts", "required", "先写上轮流接访的人。")])
        first, end = month.replace(day=1), add_months(month.replace(day=1), 1)
        all_days = [first + timedelta(days=n) for n in range((end - first).days)]
        wanted = set(days)
        chosen = [
            day for day in all_days if (day.day in wanted if wanted else day.weekday() == weekday)
        ]
        if not chosen:
            raise InvalidInput([Fault("days", "out_of_range", "这个月没有这几天，请看看日期。")])
        with self.session.change(f"安排 {first:%Y-%m} 接访日"):
            return [
                self.plan({**hosts[at % len(hosts)], "day": day}) for at, day in enumerate(chosen)
            ]

    @permitted("issues.edit")
    def correct(self, day: ReceptionDay, typed: Mapping[str, Any]) -> ReceptionDay:
        """Change a planned day; refused once somebody was received on it."""
        self._refuse_held(day)
        values = read_values(ReceptionDay, typed, partly=True)
        with self.session.change(f"修改接访日 {day.day}") as change:
            changed: ReceptionDay = change.update(day, **values)
        return changed

    @permitted("issues.edit")
    def cancel(self, day: ReceptionDay) -> None:
        """Take a planned day out; refused once somebody was received on it."""
        self._refuse_held(day)
        with self.session.change(f"取消接访日 {day.day}") as change:
            change.delete(day)

    def _refuse_held(self, day: ReceptionDay) -> None:
        if day.held:
            raise Refused("held", f"{day.day} 已经接访过了，安排不再改动。")

    @permitted("issues.read")
    def day(self, day_id: int) -> ReceptionDay:
        return self.store.get(ReceptionDay, day_id)

    @permitted("issues.read")
    def came(self, month: date) -> dict[int, int]:
        """Count by reception day of a month how many people came."""
        ids = [one.id for one in self.month(month)]
        query = self.store.select(ReceptionVisit).where(ReceptionVisit.reception_day_id.in_(ids))
        counted = dict.fromkeys(ids, 0)
        for visit in self.store.rows(query):
            counted[visit.reception_day_id] += visit.people or 1
        return counted

    @permitted("issues.read")
    def visits_of_month(self, month: date) -> list[ReceptionVisit]:
        """List the visits of a month whose matters this user may see, the latest first."""
        first = month.replace(day=1)
        query = (
            self.store.select(ReceptionVisit)
            .join(Issue, "LEFT JOIN", on=(ReceptionVisit.issue_id == Issue.id))
            .where(
                ReceptionVisit.day >= first,
                ReceptionVisit.day < add_months(first, 1),
                ReceptionVisit.issue_id.is_null() | visible(self.session),
            )
        )
        return self.store.rows(query.order_by(ReceptionVisit.day.desc(), ReceptionVisit.id.desc()))

    @permitted("issues.read")
    def usual_hosts(self) -> list[ReceptionDay]:
        """Give who received visitors last, each once, in the order of their turn."""
        query = self.store.select(ReceptionDay).order_by(ReceptionDay.day.desc()).limit(40)
        last: dict[str, ReceptionDay] = {}
        for one in self.store.rows(query):
            last.setdefault(one.host, one)
        return sorted(last.values(), key=lambda one: one.day)

    @permitted("issues.read")
    def month(self, month: date) -> list[ReceptionDay]:
        """List a month's reception days in order."""
        first = month.replace(day=1)
        query = self.store.select(ReceptionDay).where(
            ReceptionDay.day >= first, ReceptionDay.day < add_months(first, 1)
        )
        return self.store.rows(query.order_by(ReceptionDay.day, ReceptionDay.id))

    @permitted("issues.read")
    def on(self, day: date) -> ReceptionDay | None:
        """Give the reception day of a date, None where none is planned."""
        query = self.store.select(ReceptionDay).where(ReceptionDay.day == day)
        found: ReceptionDay | None = query.order_by(ReceptionDay.id).first()
        return found

    @permitted("issues.log")
    def take_down(
        self, typed: Mapping[str, Any], *, joins: Issue | None = None, number: str = ""
    ) -> ReceptionVisit:
        """Take a visit down; it makes a matter, or joins one that is there.

        `number` is that of a blank form that comes back on paper. Refuses faults by field, and
        more deputies than the rule allows.
        """
        values = read_values(ReceptionVisit, {"people": 1, "is_first": True, **typed})
        self._check_deputies(values)
        planned = self.on(values["day"])
        with self.session.change(f"接访登记 {values['visitor']}") as change:
            issue = joins or self._matter_of(values)
            visit: ReceptionVisit = change.insert(
                ReceptionVisit(
                    **values,
                    issue_id=issue.id,
                    reception_day_id=planned.id if planned is not None else None,
                )
            )
            numbers = Numbers(self.session)
            if number:
                numbers.bind(change, number, visit)
            given = number or numbers.issue(change, "reception", values["day"].year, visit)
            change.update(visit, number=given)
            if planned is not None:
                change.update(planned, held=True)
            if joins is not None:
                Issues(self.session).note(change, issue, "linked", f"再次来访，见{given}")
            Links(self.session).link(change, visit, issue, "接访")
        return visit

    @permitted("issues.read")
    def visits(self, day: ReceptionDay) -> list[ReceptionVisit]:
        """List who came on a reception day."""
        query = self.store.select(ReceptionVisit).where(ReceptionVisit.reception_day_id == day.id)
        return self.store.rows(query.order_by(ReceptionVisit.id))

    @permitted("issues.read")
    def get(self, visit_id: int) -> ReceptionVisit:
        return self.store.get(ReceptionVisit, visit_id)

    @permitted("issues.log")
    def reserve_forms(self, count: int) -> list[str]:
        """Reserve numbers for blank forms that will be written by hand and typed in later."""
        if not 1 <= count <= _MOST_FORMS:
            raise InvalidInput([Fault("count", "out_of_range", f"一次印 1 到 {_MOST_FORMS} 张。")])
        year = self.session.today().year
        with self.session.change(f"预留接访登记表 {count} 张", undoable=False) as change:
            return [Numbers(self.session).issue(change, "reception", year) for _ in range(count)]

    @permitted("issues.read")
    def outstanding(self, year: int) -> list[str]:
        """List the numbers of blank forms that have not come back (未回收)."""
        numbers = Numbers(self.session).listed("reception", year, state="reserved")
        return [one.text for one in numbers]

    @permitted("issues.delete")
    def void_form(self, number: str, reason: str) -> None:
        """Void a blank form that was lost or spoilt; its number stays with the reason."""
        Numbers(self.session).void(number.strip(), reason)

    def _check_deputies(self, values: Mapping[str, Any]) -> None:
        most = Rules(self.session).on("issue_course")["most_deputies"]
        named = [
            one for one in (values.get("deputies") or "").replace("，", "、").split("、") if one
        ]
        if len(named) > most:
            sentence = f"来访代表最多 {most} 人，现在写了 {len(named)} 人。"
            raise InvalidInput([Fault("deputies", "too_many", sentence)])
        if values["day"] > self.session.today():
            raise InvalidInput([Fault("day", "future", "接访日期不能晚于今天。")])

    def _resident(self, name: str, phone: str | None) -> int | None:
        """Find the visitor in the register: by name and telephone, or by a name that is single."""
        query = self.store.select(Resident).where(Resident.name == name)
        found = self.store.rows(query.limit(20))
        same_phone = [one for one in found if phone and one.phone == phone]
        fitting = same_phone or found
        return int(fitting[0].id) if len(fitting) == 1 else None

    def _matter_of(self, values: Mapping[str, Any]) -> Issue:
        understood = IssueEntry(self.session).understand(values["problem"]).values()
        # Who is named in the words is not who came: the visitor is looked up by himself.
        understood["reporter_id"] = self._resident(values["visitor"], values.get("phone"))
        at = datetime.combine(values["day"], time(9), CHINA)
        category = Issues(self.session).category(values.get("category"))
        if values.get("category") and category is None:
            raise Refused("no_category", f"类别里没有“{values['category']}”，请从名单里选。")
        return Issues(self.session).log(
            {
                **understood,
                **({"category": category.name, "subcategory": None} if category else {}),
                "reporter": values["visitor"],
                "phone": values.get("phone"),
                "address": values.get("address"),
                "people": values.get("people"),
                "source": "reception",
                "at": min(at, self.session.now()),
            }
        )
