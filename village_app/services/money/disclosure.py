"""财务公开: a period's tables from the ledger to the wall, and corrections of what hangs there."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date

from village_app.db.records.notices import Notice
from village_app.domain.periods import Period
from village_app.errors import Fault, InvalidInput, Refused
from village_app.papers.blocks import Paper, Signature
from village_app.papers.builders.money import BUILDERS, MoneyFigures, Sheet
from village_app.papers.compare import Difference, correction_blocks
from village_app.papers.filling import DATE, place_for
from village_app.papers.plain import paper_from_plain, paper_to_plain
from village_app.services.house.attachments import Attachments
from village_app.services.money.figures import figures_of
from village_app.services.money.ledger_match import (
    built_anew,
    is_money_table,
    money_differences,
    period_of_paper,
    signer_of,
)
from village_app.services.notices.notices import Draft, Notices
from village_app.services.rules import Rules
from village_app.services.session import Service, permitted

# What a correction keeps beside itself: the whole table as it is right.
CORRECTED = "更正后的公开表"
# The catalogue's items: 收入明细, 支出明细, and the table over both.
CATALOGUE: dict[str, str] = {"money_summary": "F04", "money_income": "F02", "money_expense": "F03"}


@dataclass(frozen=True, slots=True)
class Outdated:
    """A published table whose ledger has changed since, and where."""

    notice: Notice
    differences: tuple[Difference, ...]


class Disclosure(Service):
    """The disclosure of income and expense."""

    @permitted("money.read")
    def figures(self, period: Period) -> MoneyFigures:
        """Read a period's figures from the ledger."""
        return figures_of(self.session, period)

    @permitted("money.read")
    def paper(self, sheet: Sheet, period: Period) -> Paper:
        """Build one of a period's tables as the ledger stands now."""
        figures = figures_of(self.session, period, months=True)
        return BUILDERS[sheet](figures, signer_of(self.session))

    @permitted("notices.edit")
    def draft(self, sheet: Sheet, period: Period) -> Notice:
        """Draft a period's table; refused while the period runs, or for one that hangs already."""
        if period.last >= self.session.today():
            raise Refused("period_runs", f"{period.show()}还没有过完，要到期满以后才能公开。")
        for notice in self.published(sheet):
            if period_of_paper(Notices(self.session).paper_of(notice)) == period:
                raise Refused(
                    "published_already",
                    f"{notice.heading}已经公开（{notice.number}），账有改动请发更正公示。",
                )
        paper = self.paper(sheet, period)
        rule = Rules(self.session).on("money_disclosure")
        return Notices(self.session).draft(
            Draft(
                paper,
                "disclosure",
                policy="general",
                catalogue_code=CATALOGUE[sheet],
                period_label=period.show(),
                period_days=rule["posting_days"],
                rule_id=rule.id,
            )
        )

    @permitted("notices.edit")
    def redo(self, notice: Notice) -> Notice:
        """Make a draft's table anew from the ledger as it stands now."""
        paper = Notices(self.session).paper_of(notice)
        return Notices(self.session).revise(notice, built_anew(self.session, paper))

    @permitted("notices.read")
    def published(self, sheet: Sheet | None = None) -> list[Notice]:
        """List the money tables that hang or hung, newest first."""
        notices = Notices(self.session)
        found = []
        for notice in notices.published():
            if notice.kind != "disclosure":
                continue
            paper = notices.paper_of(notice)
            if is_money_table(paper) and sheet in (None, paper.meta["sheet"]):
                found.append(notice)
        return found

    @permitted("money.read")
    def outdated(self) -> list[Outdated]:
        """List the published tables that the ledger no longer equals, unless corrected since."""
        found = []
        for notice in self.published():
            differing = self.differences(notice)
            if differing:
                found.append(Outdated(notice, tuple(differing)))
        return found

    @permitted("money.read")
    def differences(self, notice: Notice) -> list[Difference]:
        """Say where the ledger differs from a published table and its last correction."""
        last = self._last_version(notice)
        return money_differences(last, built_anew(self.session, last))

    @permitted("notices.edit")
    def draft_correction(self, notice: Notice, reason: str) -> Notice:
        """Draft 更正公示: old, new and the difference; the posted table stays as it hangs."""
        if not reason.strip():
            raise InvalidInput([Fault("reason", "required", "更正要写明原因。")])
        last = self._last_version(notice)
        new = built_anew(self.session, last)
        if not money_differences(last, new):
            raise Refused("nothing_to_correct", "公开表和台账一致，没有要更正的。")
        signer = signer_of(self.session)
        old = replace(last, number=notice.number or "")
        paper = Paper(
            layout="notice",
            title=f"关于{notice.heading}的更正公示",
            blocks=(
                *correction_blocks(old, new, reason.strip()),
                Signature((signer.committee, signer.supervision), place_for(DATE)),
            ),
            public=True,
            meta={"sheet": "money_correction"},
        )
        with self.session.change(f"起草 {paper.title}") as change:
            draft = Notices(self.session).draft(
                Draft(
                    paper,
                    "correction",
                    policy="general",
                    catalogue_code=notice.catalogue_code or "",
                    period_label=notice.period_label or "",
                    period_days=notice.period_days,
                    rule_id=notice.rule_id,
                )
            )
            change.update(draft, corrects_id=notice.id, reason=reason.strip())
            corrected = json.dumps(paper_to_plain(new), ensure_ascii=False).encode()
            name = f"{notice.heading}（更正后）.txt"
            Attachments(self.session).keep(change, draft, name, corrected, purpose=CORRECTED)
        return draft

    @permitted("money.read")
    def due_on(self, period: Period) -> date:
        """Give the last day on which a period's tables are to be published by the rule."""
        rule = Rules(self.session).on("money_disclosure", period.last)
        return period.following.first.replace(day=rule["due_day"])

    def _last_version(self, notice: Notice) -> Paper:
        """Give the table as the wall has it: as published, or as its last correction says."""
        correction = (
            self.store.select(Notice)
            .where(Notice.corrects_id == notice.id, Notice.number.is_null(False))
            .order_by(Notice.id.desc())
            .first()
        )
        if correction is None:
            return Notices(self.session).paper_of(notice)
        kept = Attachments(self.session).read_for(correction, CORRECTED)
        return paper_from_plain(json.loads(kept))
