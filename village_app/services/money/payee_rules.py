"""Rules of the village for imported lines: which payee or words go to which account or project."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from village_app.db.records.funds import PayeeRule
from village_app.db.records.ledger import LedgerAccount
from village_app.db.records.projects import Project
from village_app.errors import Fault, InvalidInput
from village_app.services.checking import read_values
from village_app.services.session import Service, permitted


class PayeeRules(Service):
    """The list of rules; the first that fits a line holds."""

    @permitted("money.edit")
    def add(
        self, account: LedgerAccount, typed: Mapping[str, Any], *, project: Project | None = None
    ) -> PayeeRule:
        """Enter a rule; `account` is where fitting lines go, `project` whose payments they are."""
        values = self._read(account, project, typed)
        with self.session.change(f"登记收付款人规则 {values['words']}") as change:
            rule: PayeeRule = change.insert(PayeeRule(**values))
        return rule

    @permitted("money.edit")
    def correct(
        self,
        rule: PayeeRule,
        account: LedgerAccount,
        typed: Mapping[str, Any],
        *,
        project: Project | None = None,
    ) -> PayeeRule:
        """Change a rule; what was imported before stays where it is."""
        values = self._read(account, project, typed)
        with self.session.change(f"修改收付款人规则 {rule.words}") as change:
            corrected: PayeeRule = change.update(rule, **values)
        return corrected

    @permitted("money.edit")
    def remove(self, rule: PayeeRule) -> None:
        with self.session.change(f"删除收付款人规则 {rule.words}") as change:
            change.delete(rule)

    @permitted("money.read")
    def get(self, rule_id: int) -> PayeeRule:
        return self.store.get(PayeeRule, rule_id)

    @permitted("money.read")
    def listed(self) -> list[PayeeRule]:
        """List the rules in the order in which they are tried."""
        return self.store.rows(self.store.select(PayeeRule).order_by(PayeeRule.id))

    def _read(
        self, account: LedgerAccount, project: Project | None, typed: Mapping[str, Any]
    ) -> dict[str, Any]:
        values = read_values(
            PayeeRule,
            {
                **typed,
                "account_id": account.id,
                "project_id": project.id if project is not None else None,
            },
        )
        if not words_of(values["words"]):
            message = "至少写一个词，几个词用顿号隔开。"
            raise InvalidInput([Fault("words", "required", message)])
        return values


def words_of(text: str) -> list[str]:
    """Split the words of a rule."""
    return [word for word in re.split(r"[、，,；;\s]+", text.strip()) if word]


def rule_for(rules: Sequence[PayeeRule], said: str, *, comes_in: bool) -> PayeeRule | None:
    """Find the first rule one of whose words stands in what a line says of payee and summary."""
    side = "in" if comes_in else "out"
    for rule in rules:
        if rule.side in ("both", side) and any(word in said for word in words_of(rule.words)):
            return rule
    return None
