"""Projects in the sun: the card, where the money comes from, how far it is, what is lacking."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from village_app.db.fields import Record, table_of
from village_app.db.journal import Change
from village_app.db.records.notices import Notice
from village_app.db.records.projects import FundingSource, Payment, Project, ProjectPaper
from village_app.domain.project_course import Stage, StageRule, course, disorders
from village_app.domain.project_money import Finding
from village_app.errors import Fault, InvalidInput, Refused
from village_app.services.checking import read_values
from village_app.services.house.attachments import Attachments
from village_app.services.numbers import Numbers
from village_app.services.projects.files import (
    ProjectFile,
    buying_of,
    findings_of,
    limits_on,
    read_file,
)
from village_app.services.rules import Rules
from village_app.services.session import Service, permitted


class Projects(Service):
    """The village's projects."""

    @permitted("projects.edit")
    def start(
        self,
        typed: Mapping[str, Any],
        sources: Iterable[Mapping[str, Any]] = (),
        *,
        basis: Record | None = None,
        source: Record | None = None,
    ) -> Project:
        """Enter a project with its funding and give it a number (隔项〔2026〕2号).

        `basis` is the decision it rests on, `source` the matter it came from. Refuses faults by
        field, days in the wrong order and a budget that is not above nought.
        """
        values = self._checked(typed)
        with self.session.change(f"新建项目 {values['name']}") as change:
            project: Project = change.insert(
                Project(**values, **_link("basis", basis), **_link("source", source))
            )
            year = (values.get("approved_on") or self.session.today()).year
            number = Numbers(self.session).issue(change, "project", year, project)
            change.update(project, number=number)
            for one in sources:
                self._insert_source(change, project, one)
        return project

    @permitted("projects.edit")
    def correct(self, project: Project, typed: Mapping[str, Any]) -> Project:
        """Change some fields of the card; refused after another save, or with days disordered."""
        values = self._checked(typed, base=project)
        with self.session.change(f"修改项目 {project.name}") as change:
            corrected: Project = change.update(project, **values)
        return corrected

    @permitted("projects.edit")
    def add_source(self, project: Project, typed: Mapping[str, Any]) -> FundingSource:
        """Add a part of the funding; whether all parts make the budget is among the findings."""
        with self.session.change(f"登记资金来源 {project.name}") as change:
            return self._insert_source(change, project, typed)

    @permitted("projects.edit")
    def correct_source(self, source: FundingSource, typed: Mapping[str, Any]) -> FundingSource:
        values = read_values(FundingSource, typed, partly=True)
        _refuse_not_positive(values)
        with self.session.change(f"修改资金来源 {source.name}") as change:
            corrected: FundingSource = change.update(source, **values)
        return corrected

    @permitted("projects.edit")
    def remove_source(self, source: FundingSource) -> None:
        with self.session.change(f"删除资金来源 {source.name}") as change:
            change.delete(source)

    @permitted("projects.delete")
    def cancel(self, project: Project, reason: str) -> Project:
        """Give a project up; refused once something was paid, or without a reason."""
        if not reason.strip():
            raise InvalidInput([Fault("reason", "required", "取消项目要写明原因。")])
        if self.file(project).paid:
            raise Refused("paid_already", f"“{project.name}”已经付过款，不能取消，可以暂停。")
        label = f"取消项目 {project.name}（{reason.strip()}）"
        with self.session.change(label) as change:
            cancelled: Project = change.update(project, state="cancelled")
        return cancelled

    @permitted("projects.edit")
    def keep_paper(self, project: Project, typed: Mapping[str, Any]) -> ProjectPaper:
        """Note that a paper of a stage is there; its scan is attached to this record."""
        values = read_values(ProjectPaper, {**typed, "project_id": project.id})
        with self.session.change(f"归入材料 {values['name']}：{project.name}") as change:
            paper: ProjectPaper = change.insert(ProjectPaper(**values))
        return paper

    @permitted("projects.read")
    def get(self, project_id: int) -> Project:
        return self.store.get(Project, project_id)

    @permitted("projects.read")
    def by_number(self, number: str) -> Project:
        """Find a project by its number."""
        found: Project | None = (
            self.store.select(Project).where(Project.number == number.strip()).first()
        )
        if found is None:
            raise Refused("no_project", f"没有编号为{number}的项目。")
        return found

    @permitted("projects.read")
    def of_basis(self, basis: Record) -> list[Project]:
        """List the projects that rest on a decision."""
        return self.store.rows(
            self.store.select(Project)
            .where(Project.basis_table == table_of(type(basis)), Project.basis_id == basis.id)
            .order_by(Project.id)
        )

    @permitted("projects.read")
    def file(self, project: Project) -> ProjectFile:
        """Read everything that belongs to a project."""
        return read_file(self.store, project)

    @permitted("projects.read")
    def findings(self, project: Project) -> tuple[Finding, ...]:
        """Say in words with both figures what does not hold in a project; errors first."""
        file = self.file(project)
        found = [
            *findings_of(file, limits_on(self.session, project.approved_on)),
            *buying_of(self.session, file),
        ]
        return tuple(sorted(found, key=lambda one: one.severity != "error"))

    @permitted("projects.read")
    def stages(self, project: Project) -> tuple[Stage, ...]:
        """Lay out how far a project is, and which papers each reached stage lacks."""
        rule = Rules(self.session).on("project_stages", project.approved_on)
        rules = [
            StageRule(one["code"], one["label"], tuple(one["papers"])) for one in rule["stages"]
        ]
        file = self.file(project)
        names = [name for one in rules for name in one.papers]
        return course(rules, self._stage_days(file), self._lacking(file, names))

    @permitted("projects.read")
    def listed(
        self, *, year: int | None = None, source_kind: str = "", state: str = "", words: str = ""
    ) -> list[Project]:
        """List projects, newest first, filtered by year of payment or plan, source and state."""
        query = self.store.select(Project)
        if state:
            query = query.where(Project.state == state)
        if words.strip():
            word = words.strip()
            query = query.where(Project.name.contains(word) | Project.number.contains(word))
        if source_kind:
            chosen = self.store.select(FundingSource, FundingSource.project_id).where(
                FundingSource.kind == source_kind
            )
            query = query.where(Project.id.in_(chosen))
        if year is not None:
            query = query.where(self._in_year(year))
        return self.store.rows(query.order_by(Project.id.desc()))

    def _in_year(self, year: int) -> Any:
        """Match projects that run in a year by plan or were paid in it."""
        first, last = date(year, 1, 1), date(year, 12, 31)
        paid = self.store.select(Payment, Payment.project_id).where(
            Payment.state == "paid", Payment.day.between(first, last)
        )
        runs = (Project.planned_start <= last) & (Project.planned_end >= first)
        return runs | Project.approved_on.between(first, last) | Project.id.in_(paid)

    def _checked(self, typed: Mapping[str, Any], base: Project | None = None) -> dict[str, Any]:
        given = typed if base is not None else {"state": "running", **typed}
        values = read_values(Project, given, partly=base is not None)
        budget = values.get("budget")
        faults = []
        if budget is not None and budget <= 0:
            faults.append(Fault("budget", "not_positive", "预算要大于零。"))
        before = self.file(base) if base is not None else None
        merged = Project(**{**(base.values() if base is not None else {}), **values})
        steps = ProjectFile(
            project=merged,
            sources=(),
            quotations=(),
            contract=before.contract if before else None,
            plan=(),
            changes=(),
            payments=(),
            acceptance=before.acceptance if before else None,
            settlement=before.settlement if before else None,
            papers=(),
        ).steps()
        faults += [Fault(one.field, "day_order", one.message) for one in disorders(steps)]
        if faults:
            raise InvalidInput(faults)
        return values

    def _insert_source(
        self, change: Change, project: Project, typed: Mapping[str, Any]
    ) -> FundingSource:
        values = read_values(FundingSource, {**typed, "project_id": project.id})
        _refuse_not_positive(values)
        source: FundingSource = change.insert(FundingSource(**values))
        return source

    def _stage_days(self, file: ProjectFile) -> dict[str, date | None]:
        project = file.project
        published = [one.day for one in file.papers if one.stage == "published" and one.day]
        return {
            "proposed": project.proposed_on,
            "decided": project.decided_on,
            "approved": project.approved_on,
            "chosen": project.chosen_on,
            "contract": file.contract.signed_on if file.contract else None,
            "works": project.started_on,
            "accepted": file.acceptance.day if file.acceptance else None,
            "settled": file.settlement.day if file.settlement else None,
            "published": max(published, default=None),
            "kept": project.kept_from,
        }

    def _lacking(self, file: ProjectFile, names: Iterable[str]) -> dict[str, str]:
        """Name the papers that are not there: neither noted, nor shown by a record or a photo."""
        noted = {one.name for one in file.papers if self._stands(one)}
        photos = {one.purpose for one in Attachments(self.session).of(file.project)}
        fewest = limits_on(self.session, file.project.approved_on).fewest_quotations
        proven = {
            "申请或诉求": file.project.source_id is not None,
            "会议决议": bool(file.project.basis),
            "报价单": file.project.method != "compare" or len(file.quotations) >= fewest,
            "比价表": file.chosen is not None,
            "合同": file.contract is not None,
            "验收单": file.acceptance is not None,
            "结算书": file.settlement is not None,
        }
        lacking = {}
        for name in names:
            if name in noted or name in photos or proven.get(name):
                continue
            short = max(1, fewest - len(file.quotations)) if name == "报价单" else 1
            lacking[name] = f"{name} {short} 份"
        return lacking

    def _stands(self, paper: ProjectPaper) -> bool:
        """Tell whether a noted paper is really there: a notice only counts once it is posted."""
        if paper.source_table != "notice":
            return True
        notice = self.store.find(Notice, paper.source_id)
        return notice is not None and notice.number is not None


def _link(name: str, record: Record | None) -> dict[str, Any]:
    if record is None:
        return {}
    return {f"{name}_table": table_of(type(record)), f"{name}_id": record.id}


def _refuse_not_positive(values: Mapping[str, Any]) -> None:
    if values.get("amount") is not None and values["amount"] <= 0:
        raise InvalidInput([Fault("amount", "not_positive", "金额要大于零。")])
