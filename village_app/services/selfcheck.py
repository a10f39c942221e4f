"""自检: the file, the journal's chain, links, totals, attachments, numbers; with what mends it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from village_app.db.attachments import AttachmentStore
from village_app.db.checks import check_database
from village_app.db.engine import APPLICATION_ID
from village_app.domain.reporting import Report, silently
from village_app.services.audit import Audit
from village_app.services.session import Service, permitted

CURES = {
    "torn_free_page": "做一次整理即可。",
    "damaged_page": "请从最近的备份恢复，或先抢救还读得出的部分。",
    "structure": "请从最近的备份恢复。",
    "unreadable": "请从最近的备份恢复。",
    "broken_link": "请从备份取回那一条记录。",
    "missing_attachment": "请从备份恢复附件。",
    "damaged_attachment": "请从备份恢复附件，或重新附上。",
}


@dataclass(frozen=True, slots=True)
class CheckFinding:
    """One thing that is wrong: code, sentence with the cure, where it is."""

    code: str
    message: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What the self-check found and how much it looked at."""

    findings: tuple[CheckFinding, ...]
    changes_verified: int
    attachments: int

    @property
    def is_sound(self) -> bool:
        return not self.findings


class SelfCheck(Service):
    """Looks through everything; changes nothing."""

    @permitted("audit.read")
    def run(self, *, report: Report = silently) -> CheckReport:
        """Check all parts and give the findings in the order of their weight."""
        verification = Audit(self.session).verify()
        codes = [code for (code,) in self.store.sql("SELECT DISTINCT fingerprint FROM attachment")]
        findings = [
            *self._file(report),
            *self._attachments(codes, report),
            *self._numbers(),
        ]
        if verification.broken_at is not None:
            findings.append(
                CheckFinding(
                    "broken_chain",
                    f"修改记录第 {verification.broken_at} 条对不上：{verification.reason}。"
                    "请保留现在的文件，联系上级核查。",
                    f"第 {verification.broken_at} 条",
                )
            )
        return CheckReport(tuple(findings), verification.changes, len(codes))

    def _file(self, report: Report) -> Iterator[CheckFinding]:
        found = check_database(
            self.store.path,
            self.session.keys().dek,
            application_id=APPLICATION_ID,
            report=report,
        )
        for one in found:
            yield CheckFinding(one.code, f"{one.message}{CURES.get(one.code, '')}", one.about)

    def _attachments(self, codes: list[str], report: Report) -> Iterator[CheckFinding]:
        files = AttachmentStore(self.session.folder, self.session.keys())
        for one in files.check(codes, read_all=True, report=report):
            names = self.store.sql(
                "SELECT name, table_name, record_id FROM attachment WHERE fingerprint = ?",
                (one.about,),
            )
            for name, table, record in names:
                message = f"附件“{name}”：{one.message}{CURES.get(one.code, '')}"
                yield CheckFinding(one.code, message, f"{table} {record}")

    def _numbers(self) -> Iterator[CheckFinding]:
        """Find gaps: every serial from one to the last must have been given out."""
        for series, year, count, last in self.store.sql(
            "SELECT series, year, count(*), max(serial) FROM issued_number GROUP BY series, year"
        ):
            if count != last:
                message = f"{year} 年的编号少了 {last - count} 个。请查看编号清单。"
                yield CheckFinding("number_gap", message, series)
