"""换届交接: what goes from the old committee to the new one, as a paper with three signatures.

村民委员会组织法 article 20. New passwords follow in 用户: each old user is taken out, and the keys
change with him.
"""

from __future__ import annotations

from collections.abc import Iterator

from village_app.db.records import RECORDS
from village_app.db.records.issues import Issue, Task
from village_app.db.records.notices import Notice
from village_app.db.records.posting import SealUse
from village_app.db.records.projects import Project
from village_app.db.records.resolutions import Resolution
from village_app.domain.calendar import CHINA
from village_app.domain.issue_course import OPEN_STATES
from village_app.domain.money import show_money
from village_app.domain.permissions import may, role_words
from village_app.papers.blocks import Paper
from village_app.papers.builders.safety import PartOfPerson, build_handover
from village_app.services.issues.rights import visible
from village_app.services.money.ledger import Ledger
from village_app.services.money.ledger_accounts import LedgerAccounts
from village_app.services.paper_words import in_own_words
from village_app.services.safety.backups import Backups
from village_app.services.safety.users import Users
from village_app.services.session import Service, permitted
from village_app.services.settings import Settings

Line = tuple[str, str]
# What the program itself keeps, and what travels with it, is not handed over by name.
_INNER = frozenset({"setting", "rule_set", "holiday", "column_mapping", "printer_offset"})
_UNFINISHED_NOTICES = ("draft", "checking", "returned", "approved", "posted")


class Handover(Service):
    """Gathers the lists, balances, seals, unfinished matters and keys."""

    @permitted("handover.edit")
    def paper(self) -> Paper:
        """Build 换届交接清单 as things stand today; that it was printed is taken down."""
        parts = [
            PartOfPerson("一、登记的资料", tuple(self._records())),
            PartOfPerson("二、资金", tuple(self._money())),
            PartOfPerson("三、印章", tuple(self._seals())),
            PartOfPerson("四、没有办结的事项", tuple(self._unfinished())),
            PartOfPerson("五、编号用到哪里", tuple(self._numbers())),
            PartOfPerson("六、用户、钥匙和备份", tuple(self._keys())),
        ]
        self.session.journal.note("打印换届交接清单")
        return in_own_words(
            self.session,
            build_handover(
                parts,
                village=Settings(self.session).read().committee_name(),
                made_by=self.session.user.full_name,
                day=self.session.today(),
            ),
        )

    def _records(self) -> Iterator[Line]:
        for table, model in RECORDS.items():
            count = 0 if table in _INNER else int(self.store.select(model).count())
            if count:
                yield model.title, f"{count}条"

    def _money(self) -> Iterator[Line]:
        if not may(self.session.user.role, "money.read"):
            yield "账目", "由会计另附"
            return
        today = self.session.today()
        turnovers = Ledger(self.session).turnovers(today, today)
        for account in LedgerAccounts(self.session).listed(with_inactive=True):
            if account.holds and account.id in turnovers:
                yield account.name, f"{show_money(turnovers[account.id].closing)}元"

    def _seals(self) -> Iterator[Line]:
        count = int(self.store.select(SealUse).count())
        yield "用印登记", f"{count}次"
        yield "公章实物", "枚数：　　　　现保管人：　　　　"

    def _unfinished(self) -> Iterator[Line]:
        for issue in self.store.rows(
            self.store.select(Issue)
            .where(Issue.state.in_(OPEN_STATES), visible(self.session))
            .order_by(Issue.id)
        ):
            yield f"诉求 {issue.number or ''}".strip(), issue.heading
        for resolution in self.store.rows(
            self.store.select(Resolution).where(Resolution.state.in_(("open", "doing")))
        ):
            yield "决议", resolution.describe()
        for project in self.store.rows(
            self.store.select(Project).where(Project.state == "running").order_by(Project.id)
        ):
            yield "在建项目", project.name
        for notice in self.store.rows(
            self.store.select(Notice).where(Notice.state.in_(_UNFINISHED_NOTICES))
        ):
            yield f"公示 {notice.number or '草稿'}", notice.heading
        for task in self.store.rows(self.store.select(Task).where(Task.state == "open")):
            yield "任务", task.describe()

    def _numbers(self) -> Iterator[Line]:
        lines = self.store.sql(
            "SELECT text, serial FROM issued_number i WHERE serial = (SELECT max(serial) "
            "FROM issued_number o WHERE o.series = i.series AND o.year = i.year) "
            "ORDER BY series, year"
        )
        for text, serial in lines:
            yield text, f"到第{serial}号"

    def _keys(self) -> Iterator[Line]:
        for account in Users(self.session).listed():
            if account.is_active:
                yield f"用户{account.name}", f"{account.full_name}，{role_words(account.role)}"
        has_code = self.session.vault.has_recovery_code
        yield "恢复码", "在保险柜，共1份" if has_code else "没有，交接时要新做一份"
        newest, carried = Backups(self.session).newest(), Backups(self.session).last_carried()
        if newest is not None:
            made = newest.manifest.created.astimezone(CHINA)
            yield "最近的备份", f"第{newest.manifest.sequence}份，{made:%Y-%m-%d %H:%M}"
        yield "U盘上的备份", f"{carried.astimezone(CHINA):%Y-%m-%d}" if carried else "没有"
        yield "修改记录封印", self.session.journal.head().short()
