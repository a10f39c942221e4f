"""Lists of subsidies and aid: entered, checked against the register, settled line by line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from village_app.db.records.aid import AidLine, AidList
from village_app.domain.aid_checks import AidCheck, AidFinding, Claim, Registered
from village_app.domain.money import show_money
from village_app.errors import Fault, InvalidInput, Refused
from village_app.services.checking import read_values
from village_app.services.session import Service, permitted


@dataclass(frozen=True, slots=True)
class AidState:
    """A line, the person of the register it means, and what was found about it."""

    line: AidLine
    resident_id: int | None
    birth: date | None
    findings: tuple[AidFinding, ...]

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to decide: no fault, taken out, or kept with a reason."""
        return not self.has_fault or bool(self.line.is_out) or bool(self.line.reason)

    @property
    def has_fault(self) -> bool:
        return any(one.gravity == "fault" for one in self.findings)


@dataclass(frozen=True, slots=True)
class AidSums:
    """One list in the list of lists: how many get it, the sum in 分, how many signed for it."""

    aid: AidList
    people: int
    total: int
    received: int


class AidLists(Service):
    """The village's lists of subsidies and aid."""

    @permitted("aid.edit")
    def start(self, typed: Mapping[str, Any]) -> AidList:
        """Begin a list; refuses one of the same name and period."""
        values = read_values(AidList, typed)
        same = self.store.select(AidList).where(
            AidList.name == values["name"], AidList.period == values["period"]
        )
        if same.first() is not None:
            message = f"{values['period']}的“{values['name']}”已经有了，请接着原来的名单做。"
            raise InvalidInput([Fault("name", "taken", message)])
        with self.session.change(f"新建补贴名单 {values['name']}") as change:
            aid: AidList = change.insert(AidList(**values))
        return aid

    @permitted("aid.edit")
    def correct(self, aid: AidList, typed: Mapping[str, Any]) -> AidList:
        """Change the head of a list."""
        values = read_values(AidList, typed, partly=True)
        with self.session.change(f"修改补贴名单 {aid.name}") as change:
            corrected: AidList = change.update(aid, **values)
        return corrected

    @permitted("aid.edit")
    def add(self, aid: AidList, typed: Mapping[str, Any]) -> AidLine:
        """Enter one person by hand; refuses an amount that is not above nought."""
        values = read_values(AidLine, {**typed, "list_id": aid.id})
        if values["amount"] <= 0:
            shown = show_money(values["amount"])
            raise InvalidInput([Fault("amount", "not_positive", f"金额是 {shown}，要大于零。")])
        person = self.check().person_of(_claim(AidLine(**values)))
        with self.session.change(f"补贴名单加人 {values['name']}") as change:
            line: AidLine = change.insert(
                AidLine(**values, is_out=False, resident_id=person.key if person else None)
            )
        return line

    @permitted("aid.edit")
    def correct_line(self, line: AidLine, typed: Mapping[str, Any]) -> AidLine:
        """Put a line right (name, number, account, amount); whom it means is looked up anew."""
        values = read_values(AidLine, typed, partly=True)
        if values.get("amount", 1) <= 0:
            raise InvalidInput([Fault("amount", "not_positive", "金额要大于零。")])
        merged = AidLine(**{**line.values(), **values})
        person = self.check().person_of(_claim(merged))
        with self.session.change(f"修改补贴对象 {line.name}") as change:
            corrected: AidLine = change.update(
                line, **values, resident_id=person.key if person else None
            )
        return corrected

    @permitted("aid.edit")
    def take_out(self, line: AidLine, reason: str) -> AidLine:
        """Take a person out of the list; the line stays to be seen, with the reason."""
        return self._settle(line, reason, is_out=True, word="剔除")

    @permitted("aid.edit")
    def keep(self, line: AidLine, reason: str) -> AidLine:
        """Keep (or put back) a person although something was found, with the reason."""
        return self._settle(line, reason, is_out=False, word="保留")

    @permitted("aid.edit")
    def receive(self, line: AidLine, day: date | None = None, by: str = "") -> AidLine:
        """Take down that a person signed for the money; `by` names who signed in his stead."""
        if line.is_out:
            raise Refused("taken_out", f"{line.name}已经剔除，不用签收。")
        received = day or self.session.today()
        if received > self.session.today():
            raise InvalidInput([Fault("received_on", "future", f"{received} 还没有到。")])
        with self.session.change(f"签收 {line.name}") as change:
            signed: AidLine = change.update(
                line, received_on=received, received_by=by.strip() or line.name
            )
        return signed

    @permitted("aid.read")
    def get(self, list_id: int) -> AidList:
        return self.store.get(AidList, list_id)

    @permitted("aid.read")
    def line(self, line_id: int) -> AidLine:
        return self.store.get(AidLine, line_id)

    @permitted("aid.read")
    def listed(self) -> list[AidSums]:
        """List all lists, newest first, with people and sums."""
        counted = {
            key: (people, total, received)
            for key, people, total, received in self.store.sql(
                "SELECT list_id, count(*), sum(amount), count(received_on) FROM aid_line "
                "WHERE is_out IS NOT 1 GROUP BY list_id"
            )
        }
        lists = self.store.rows(self.store.select(AidList).order_by(AidList.id.desc()))
        return [AidSums(one, *counted.get(one.id, (0, 0, 0))) for one in lists]

    @permitted("aid.read")
    def lines(self, aid: AidList) -> list[AidLine]:
        """Give the lines of a list in their order, those taken out too."""
        query = self.store.select(AidLine).where(AidLine.list_id == aid.id)
        return self.store.rows(query.order_by(AidLine.id))

    @permitted("aid.read")
    def states(self, aid: AidList) -> list[AidState]:
        """Check every line against the register as it stands today.

        Lines that were taken out are shown but count no more: the second of two is right then.
        """
        lines = self.lines(aid)
        check = self.check()
        judged = check.judge([_claim(one) for one in lines if not one.is_out])
        found = {one.claim.key: one.findings for one in judged}
        births = self._births(lines)
        states = []
        for line in lines:
            person = check.person_of(_claim(line))
            key = person.key if person is not None else line.resident_id
            states.append(AidState(line, key, births.get(key or 0), found.get(line.id, ())))
        return states

    @permitted("aid.read")
    def payable(self, aid: AidList) -> list[AidState]:
        """Give the lines that are paid and published; refused while something is undecided."""
        states = self.states(aid)
        open_ones = [one for one in states if not one.is_settled]
        if open_ones:
            first = open_ones[0]
            more = f"还有 {len(open_ones) - 1} 人也要定。" if len(open_ones) > 1 else ""
            raise Refused(
                "undecided",
                f"{first.line.name}：{first.findings[0].message}{more}"
                "请先逐个剔除，或写明保留的原因。",
            )
        kept = [one for one in states if not one.line.is_out]
        if not kept:
            raise Refused("empty_list", "名单里还没有人。请先导入或登记。")
        return kept

    @permitted("aid.read")
    def check(self) -> AidCheck:
        """Index the register for looking lines up."""
        rows = self.store.sql(
            "SELECT r.id, r.name, r.id_number, r.status, p.name, r.bank_account "
            "FROM resident r LEFT JOIN place p ON p.id = r.group_id"
        )
        return AidCheck(
            Registered(key, name, number or "", status or "active", group or "", account or "")
            for key, name, number, status, group, account in rows
        )

    def _settle(self, line: AidLine, reason: str, *, is_out: bool, word: str) -> AidLine:
        if not reason.strip():
            raise InvalidInput([Fault("reason", "required", f"{word}要写明原因。")])
        if is_out and line.received_on is not None:
            raise Refused("received", f"{line.name}已在 {line.received_on} 签收，不能剔除。")
        with self.session.change(f"{word} {line.name}") as change:
            settled: AidLine = change.update(line, is_out=is_out, reason=reason.strip())
        return settled

    def _births(self, lines: list[AidLine]) -> dict[int, date]:
        wanted = {one.resident_id for one in lines if one.resident_id is not None}
        rows = self.store.sql("SELECT id, birth FROM resident WHERE birth IS NOT NULL")
        return {key: date.fromisoformat(birth) for key, birth in rows if key in wanted}


def _claim(line: AidLine) -> Claim:
    return Claim(
        line.id or 0,
        line.name,
        line.id_number or "",
        line.group_name or "",
        line.bank_account or "",
    )
