"""低保公示 from the register: who gets how much a month, for the wall and for the office."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from village_app.db.records.notices import Notice
from village_app.db.records.residents import Place, Resident
from village_app.errors import Refused
from village_app.papers.blocks import Paper
from village_app.papers.builders.welfare import (
    POLICY,
    WelfarePerson,
    build_welfare_list,
    build_welfare_notice,
)
from village_app.services.money.ledger_match import signer_of
from village_app.services.notices.notices import Draft, Notices
from village_app.services.paper_words import in_own_words
from village_app.services.rules import Rules
from village_app.services.session import Service, permitted
from village_app.services.watermark import marked

CATALOGUE_CODE = "C07"


@dataclass(frozen=True, slots=True)
class Aid:
    """One line of the list: the person of the register, why, for how many, 分 a month."""

    resident_id: int
    reason: str
    people: int
    amount: int


class Welfare(Service):
    """Makes the list of the needy in its two faces."""

    @permitted("notices.edit")
    def draft(self, period: str, aids: Sequence[Aid]) -> Notice:
        """Draft the public notice; refuses an empty list."""
        rule = Rules(self.session).on("welfare_posting")
        paper = in_own_words(
            self.session,
            build_welfare_notice(
                period, self._people(aids), signer_of(self.session), self.session.today()
            ),
        )
        return self._draft(paper, period, rule["days"], rule["unit"], rule.id)

    @permitted("residents.reveal")
    def office_list(self, period: str, aids: Sequence[Aid]) -> Paper:
        """Build the office's own list with every number; the look is taken down."""
        self.session.journal.note(f"打印内部名单：{period}低保，{len(aids)} 人")
        paper = in_own_words(
            self.session, build_welfare_list(period, self._people(aids), signer_of(self.session))
        )
        return marked(paper, self.session)

    @permitted("notices.edit")
    def draft_office_list(self, period: str, aids: Sequence[Aid]) -> Notice:
        """Try to take the office's own list to the wall: the gate stops it cell by cell."""
        rule = Rules(self.session).on("welfare_posting")
        paper = replace(
            in_own_words(
                self.session,
                build_welfare_list(period, self._people(aids), signer_of(self.session)),
            ),
            public=True,
        )
        return self._draft(paper, period, rule["days"], rule["unit"], rule.id)

    def _draft(self, paper: Paper, period: str, days: int, unit: str, rule_id: int) -> Notice:
        return Notices(self.session).draft(
            Draft(
                paper,
                "publicity",
                policy=POLICY,
                catalogue_code=CATALOGUE_CODE,
                period_label=period,
                period_days=days,
                period_unit=unit,
                rule_id=rule_id,
            )
        )

    def _people(self, aids: Sequence[Aid]) -> list[WelfarePerson]:
        if not aids:
            raise Refused("empty_list", "名单里还没有人。")
        return [self._person(aid) for aid in aids]

    def _person(self, aid: Aid) -> WelfarePerson:
        person = self.store.get(Resident, aid.resident_id)
        group = self.store.find(Place, person.group_id or 0)
        return WelfarePerson(
            person.name,
            group.name if group is not None else "",
            person.id_number or "",
            person.birth,
            person.phone or "",
            person.bank_account or "",
            aid.reason,
            aid.people,
            aid.amount,
        )
