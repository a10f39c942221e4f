"""自检: the file, the journal's chain, links, totals, attachments, numbers; with what mends it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from village_app.db.agreement import disagreements, put_back
from village_app.db.attachments import AttachmentStore
from village_app.db.checks import Finding, check_database
from village_app.db.engine import APPLICATION_ID
from village_app.db.records import RECORDS
from village_app.domain.reporting import Report, silently
from village_app.papers.blocks import Paper
from village_app.papers.builders.safety import build_check_report
from village_app.services.paper_words import in_own_words
from village_app.services.safety.audit import Audit
from village_app.services.safety.health import Health
from village_app.services.session import Service, permitted

CURES = {
    "torn_free_page": "做一次整理即可。",
    "damaged_page": "请从最近的备份恢复，或先抢救还读得出的部分。",
    "structure": "请从最近的备份恢复。",
    "unreadable": "请从最近的备份恢复。",
    "broken_link": "可以按修改记录修复，或从备份取回那一条。",
    "outside": "可以按修改记录修复。",
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
    """Looks through everything; only `put_back` changes anything."""

    @permitted("audit.read")
    def run(self, *, report: Report = silently) -> CheckReport:
        """Check all parts and give the findings in the order of their weight."""
        verification = Audit(self.session).verify()
        codes = [code for (code,) in self.store.sql("SELECT DISTINCT fingerprint FROM attachment")]
        findings = [
            *self._file(report),
            *self._attachments(codes, report),
            *self._numbers(),
            *self._outside(report),
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

    @permitted("audit.export")
    def paper(self, found: CheckReport) -> Paper:
        """Build the report of a check as a paper."""
        gaps = [("居民台账", line.message) for line in Health(self.session).lines()]
        return in_own_words(
            self.session,
            build_check_report(
                [(one.where or "数据文件", one.message) for one in found.findings],
                gaps,
                about=f"检查了{found.changes_verified}条修改记录、{found.attachments}个附件，",
                made_by=self.session.user.full_name,
                day=self.session.today(),
            ),
        )

    def _file(self, report: Report) -> Iterator[CheckFinding]:
        found = check_database(
            self.store.path,
            self.session.keys().dek,
            application_id=APPLICATION_ID,
            report=report,
        )
        for one in found:
            where = self._place_words(one)
            yield CheckFinding(one.code, f"{one.message}{CURES.get(one.code, '')}", where)

    def _place_words(self, finding: Finding) -> str:
        """Say where in the file something is wrong; the engine's own words stay out."""
        if finding.code == "broken_link":
            table, number, _, parent = finding.about.split(" ")
            model = RECORDS.get(parent)
            return f"{self._named(table, int(number))} → {model.title if model else '另一条'}"
        page = re.search(r"page (\d+)", finding.about)
        return f"第 {page[1]} 页" if page else ""

    def _named(self, table: str, record: int, kept: str = "") -> str:
        """Name a record as people do: 居民何强志; `kept` is what the journal calls it."""
        model = RECORDS.get(table)
        if model is None:
            return "程序自己的表"
        found = self.store.find(model, record)
        if table == "setting":  # its name is a word of the program
            return model.title
        return found.describe() if found is not None else f"{model.title}{kept}"

    def _attachments(self, codes: list[str], report: Report) -> Iterator[CheckFinding]:
        files = AttachmentStore(self.session.folder, self.session.keys())
        for one in files.check(codes, read_all=True, report=report):
            names = self.store.sql(
                "SELECT name, table_name, record_id FROM attachment WHERE fingerprint = ?",
                (one.about,),
            )
            for name, table, record in names:
                message = f"附件“{name}”：{one.message}{CURES.get(one.code, '')}"
                yield CheckFinding(one.code, message, self._named(table, record))

    @permitted("settings.edit")
    def put_back(self, *, report: Report = silently) -> int:
        """Put everything that was changed outside the program back as the journal has it.

        One change that stands in the journal; gives how many records. Records that appeared from
        nowhere stay, because nobody knows what they should be.
        """
        wrong = [
            one
            for one in disagreements(self.store, RECORDS, report=report)
            if one.kind != "appeared"
        ]
        if not wrong:
            return 0
        # Records that others name come first; links are compared when all is written.
        with self.session.change(
            f"按修改记录改回 {len(wrong)} 条", kind="bulk", undoable=False
        ) as change:
            self.store.database.execute_sql("PRAGMA defer_foreign_keys = ON")
            for one in wrong:
                put_back(change, RECORDS, one)
        return len(wrong)

    def _outside(self, report: Report) -> Iterator[CheckFinding]:
        """Find what was edited in the file without the program: values, records, links."""
        for one in disagreements(self.store, RECORDS, report=report):
            model = RECORDS[one.table]
            labels = {declared.name: declared.label for declared in model.declarations()}
            names = "、".join(labels.get(name, name) for name in one.fields)
            what = {
                "changed": f"{model.title}的{names}和修改记录不一致，是在程序外改的。",
                "vanished": f"一条{model.title}没有经过删除就不见了。",
                "appeared": f"多出一条没有登记过的{model.title}。请核实后删除。",
            }[one.kind]
            cure = "" if one.kind == "appeared" else CURES["outside"]
            kept = one.fields.get("name", ("", ""))[0]
            where = self._named(one.table, one.record_id, str(kept or ""))
            yield CheckFinding("outside", f"{what}{cure}", where)

    def _numbers(self) -> Iterator[CheckFinding]:
        """Find gaps: every serial from one to the last must have been given out."""
        for series, year, count, last in self.store.sql(
            "SELECT series, year, count(*), max(serial) FROM issued_number GROUP BY series, year"
        ):
            if count != last:
                message = f"{year} 年的编号少了 {last - count} 个。请查看编号清单。"
                yield CheckFinding("number_gap", message, series)
