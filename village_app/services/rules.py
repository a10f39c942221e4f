"""Rules as data: each with its source and days of validity; a record keeps the rule's id.

The program ships rule sets in `resources/rules/sets/*.json` (code, name, region, basis,
effective_from, effective_to, parameters, note); the village edits its own copies. No number of a
regulation stands in code.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from village_app.db.records.house import RuleSet
from village_app.domain.calendar import Holiday, WorkCalendar, shipped_calendar
from village_app.errors import Refused
from village_app.resources import resource
from village_app.services.session import Service, permitted


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as it holds on a day; `id` is kept by what was decided under it."""

    id: int
    code: str
    name: str
    basis: str
    parameters: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.parameters[name]


_VERSIONS = (
    "SELECT ifnull(effective_from, ''), ifnull(effective_to, '9999-12-31'), id, name, basis, "
    "parameters FROM rule_set WHERE code = ? ORDER BY ifnull(effective_from, '') DESC, id DESC"
)

# A rule with the first and the last day on which it holds, as texts.
Version = tuple[str, str, Rule]


class Rules(Service):
    """Finds the rule that holds on a day, changes rules, and gives the working-day calendar."""

    @permitted("settings.read")
    def on(self, code: str, day: date | None = None) -> Rule:
        """Give the rule that holds on a day (today by default); the latest start wins."""
        day = day or self.session.today()
        on = day.isoformat()
        # Asked several times for every matter.
        versions = self.session.kept.answer(
            ("rule", code), frozenset({"rule_set"}), lambda: self._versions(code)
        )
        found = next((rule for first, last, rule in versions if first <= on <= last), None)
        if found is None:
            raise Refused("no_rule", f"{day} 这一天没有适用的规则（{code}）。请到设置里补上。")
        return found

    def _versions(self, code: str) -> list[Version]:
        """Give the versions of a rule, the latest start first."""
        return [
            (first, last, Rule(rule_id, code, name, basis or "", json.loads(parameters)))
            for first, last, rule_id, name, basis, parameters in self.store.sql(_VERSIONS, (code,))
        ]

    @permitted("settings.read")
    def by_id(self, rule_id: int) -> Rule:
        """Give the very rule that a record was made under."""
        return _rule(self.store.get(RuleSet, rule_id))

    @permitted("settings.read")
    def listed(self) -> list[RuleSet]:
        """List all rules by name and start."""
        return self.store.rows(
            self.store.select(RuleSet).order_by(RuleSet.code, RuleSet.effective_from)
        )

    @permitted("settings.edit")
    def revise(self, code: str, effective_from: date, parameters: Mapping[str, Any]) -> Rule:
        """Let other parameters hold from a day on; what was made before keeps its rule."""
        old = self.store.get(RuleSet, self.on(code, effective_from).id)
        unknown = set(parameters) - set(json.loads(old.parameters))
        if unknown:
            raise Refused(
                "unknown_parameter", f"规则“{old.name}”里没有这几项：{'、'.join(unknown)}。"
            )
        merged = {**json.loads(old.parameters), **parameters}
        with self.session.change(f"修改规则 {old.name}") as change:
            new = change.insert(
                RuleSet(
                    code=code,
                    name=old.name,
                    region=old.region,
                    basis=old.basis,
                    effective_from=effective_from,
                    parameters=json.dumps(merged, ensure_ascii=False),
                )
            )
        return _rule(new)

    @permitted("settings.read")
    def calendar(self) -> WorkCalendar:
        """Give the calendar of working days: the shipped years, then the village's own days."""
        return self.session.kept.answer("calendar", frozenset({"holiday"}), self._calendar)

    def _calendar(self) -> WorkCalendar:
        own = [
            Holiday(date.fromisoformat(day), bool(is_off), name or "")
            for day, is_off, name in self.store.sql("SELECT day, is_off, name FROM holiday")
        ]
        return shipped_calendar().with_days(own, self._announced_years())

    def _announced_years(self) -> list[int]:
        """Give the years whose whole table was imported, not only single days of the village."""
        years = self.store.sql(
            "SELECT DISTINCT substr(day, 1, 4) FROM holiday WHERE source IS NOT NULL"
        )
        return [int(year) for (year,) in years]

    @permitted("settings.read")
    def bring_shipped(self) -> int:
        """Insert shipped rules whose code the village does not have yet; returns how many."""
        have = {code for (code,) in self.store.sql("SELECT DISTINCT code FROM rule_set")}
        new = [entry for entry in shipped_rules() if entry["code"] not in have]
        if new:
            with self.session.change("随程序带来的规则", undoable=False) as change:
                change.insert_rows(RuleSet, [_values(entry) for entry in new])
        return len(new)


def shipped_rules() -> list[dict[str, Any]]:
    """Read all rule sets that travel with the program."""
    return [
        entry
        for path in sorted(resource("rules", "sets").glob("*.json"))
        for entry in json.loads(path.read_text(encoding="utf-8"))
    ]


def _values(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "code": entry["code"],
        "name": entry["name"],
        "region": entry.get("region"),
        "basis": entry.get("basis"),
        "effective_from": _day(entry.get("effective_from")),
        "effective_to": _day(entry.get("effective_to")),
        "parameters": json.dumps(entry["parameters"], ensure_ascii=False),
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _rule(record: RuleSet) -> Rule:
    return Rule(
        id=record.id,
        code=record.code,
        name=record.name,
        basis=record.basis or "",
        parameters=json.loads(record.parameters),
    )
