"""The subjects of the import wizard, one small class each.

To plug in another one: a class over `SubjectImports` in the services, a class here, and a line in
`ui/pages/__init__.py` with `under` naming the page of the navigation it belongs to. A button of
that page then opens it: `desk.go("import-issues", None)`, `desk.go("import-agenda", meeting.id)`.
"""

from __future__ import annotations

from typing import ClassVar

from village_app.services.aid.imports import AidImports
from village_app.services.imports.imports import Imports
from village_app.services.imports.subject_imports import SubjectImports
from village_app.services.issues.imports import IssueImports
from village_app.services.meetings.list_imports import AgendaImports, MemberImports
from village_app.services.money.ledger_imports import LedgerImports
from village_app.ui.kit.buttons import Button
from village_app.ui.pages.imports.page import ImportPage


class ImportResidents(ImportPage):
    """Rosters of residents."""

    title = "导入居民"
    subject: ClassVar[type[SubjectImports]] = Imports
    words: ClassVar[str] = "村里的名册、镇里发来的表格，都可以直接选来。"
    home: ClassVar[str] = "residents"

    def more_buttons(self) -> list[Button]:
        """Offer to look the register through for people who stand in it twice."""
        return [
            Button("查重合并", icon="people", press=lambda: self.desk.go("duplicates", None)),
            Button("自设项目", icon="sliders", press=lambda: self.desk.go("own-fields", None)),
        ]

    def imports(self, record: int | None) -> SubjectImports | None:
        del record
        found: SubjectImports = self.desk.village.imports
        return found


class ImportIssues(ImportPage):
    """12345 转办表, exports of a WeChat group, lists of the town."""

    title = "导入诉求"
    subject: ClassVar[type[SubjectImports]] = IssueImports
    words: ClassVar[str] = "12345 转办表、群里和镇里导出的诉求，都可以直接选来。"
    home: ClassVar[str] = "issues"

    def imports(self, record: int | None) -> SubjectImports | None:
        del record
        found: SubjectImports = self.desk.village.issue_imports
        return found


class ImportLedger(ImportPage):
    """Ledgers, bank statements, bills."""

    title = "导入流水"
    subject: ClassVar[type[SubjectImports]] = LedgerImports
    words: ClassVar[str] = "收支流水、银行流水、微信和支付宝账单，都可以直接选来。"
    home: ClassVar[str] = "money"

    def imports(self, record: int | None) -> SubjectImports | None:
        del record
        found: SubjectImports = self.desk.village.ledger_imports
        return found


class ImportAgenda(ImportPage):
    """Agenda lines for one meeting; opened with its id."""

    title = "导入议题"
    subject: ClassVar[type[SubjectImports]] = AgendaImports
    words: ClassVar[str] = "会议的议题表，可以直接选来。"
    home: ClassVar[str] = "meetings"
    nobody: ClassVar[str] = "议题要导进一次会议里，请先打开那次会议，再从它那里导入。"

    def imports(self, record: int | None) -> SubjectImports | None:
        if record is None:
            return None
        meeting = self.desk.village.meetings.get(record)
        found: SubjectImports = self.desk.village.agenda_imports(meeting)
        return found

    def home_record(self) -> int | None:
        return self._record


class ImportMembers(ImportPage):
    """Members of one body; opened with its id."""

    title = "导入成员"
    subject: ClassVar[type[SubjectImports]] = MemberImports
    words: ClassVar[str] = "代表、党员、监委会的名单，可以直接选来。"
    home: ClassVar[str] = "meetings"
    nobody: ClassVar[str] = "成员要导进一个组织里，请先选好组织，再从它那里导入。"

    def imports(self, record: int | None) -> SubjectImports | None:
        if record is None:
            return None
        body = self.desk.village.bodies.get(record)
        found: SubjectImports = self.desk.village.member_imports(body)
        return found


class ImportAid(ImportPage):
    """People of one list of subsidies; opened with its id."""

    title = "导入补贴名单"
    subject: ClassVar[type[SubjectImports]] = AidImports
    words: ClassVar[str] = "镇里发来的补贴花名册，可以直接选来；导入以后程序拿登记簿核对。"
    home: ClassVar[str] = "aid"
    nobody: ClassVar[str] = "花名册要导进一份名单里，请先建好名单，再从它那里导入。"

    def imports(self, record: int | None) -> SubjectImports | None:
        if record is None:
            return None
        aid = self.desk.village.aid.get(record)
        found: SubjectImports = self.desk.village.aid_imports(aid)
        return found

    def home_record(self) -> int | None:
        return self._record
