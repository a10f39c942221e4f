"""The sheets of a project and the notices of its stages, from its records."""

from __future__ import annotations

from pathlib import Path

from village_app.db.files import write_atomically
from village_app.db.records.notices import Notice
from village_app.db.records.projects import Project
from village_app.domain.calendar import show_day
from village_app.domain.money import show_share
from village_app.domain.project_course import Stage
from village_app.errors import Refused
from village_app.papers.blocks import Paper, Photo
from village_app.papers.builders.project_posters import build_photo_sheet, build_poster
from village_app.papers.builders.project_sheets import (
    AcceptanceFacts,
    CardFacts,
    OfferLine,
    StageLine,
    build_acceptance,
    build_comparison,
    build_course,
    build_stage_notice,
)
from village_app.papers.filling import DATE, fill
from village_app.papers.pdf import write_pdf
from village_app.services.house.attachments import Attachments
from village_app.services.money.ledger_match import signer_of
from village_app.services.notices.stage_notices import STAGE_NOTICES
from village_app.services.paper_words import in_own_words
from village_app.services.projects.files import ProjectFile, read_file
from village_app.services.projects.papers import ProjectPapers
from village_app.services.projects.projects import Projects
from village_app.services.session import Service, permitted

PHOTOS = (("施工前照片", "施工前"), ("施工中照片", "过半"), ("完工照片", "完工"))


class ProjectSheets(Service):
    """Builds the sheets of a project and drafts the notices of its stages."""

    @permitted("projects.read")
    def poster(self, project: Project) -> Paper:
        """Build the A3 poster with the last photo of each kind."""
        file = read_file(self.store, project)
        return in_own_words(
            self.session, build_poster(self._card(file, with_photos=True), signer_of(self.session))
        )

    @permitted("projects.read")
    def comparison(self, project: Project) -> Paper:
        """Build 比价表; refused before there is an offer."""
        file = read_file(self.store, project)
        if not file.quotations:
            raise Refused("no_offers", "还没有登记报价，做不出比价表。")
        offers = [
            OfferLine(one.firm, one.price, one.day, bool(one.is_chosen)) for one in file.quotations
        ]
        reason = (file.chosen.reason or "") if file.chosen is not None else ""
        return in_own_words(self.session, build_comparison(self._card(file), offers, reason))

    @permitted("projects.read")
    def acceptance(self, project: Project) -> Paper:
        """Build 验收单: filled after the acceptance, before it as a blank form."""
        file = read_file(self.store, project)
        done = file.acceptance
        facts = (
            AcceptanceFacts(
                done.day,
                done.attendees,
                done.volume or "",
                done.conclusion,
                done.remedy or "",
                bool(done.passed),
            )
            if done is not None
            else None
        )
        return in_own_words(self.session, build_acceptance(self._card(file), facts))

    @permitted("projects.read")
    def course(self, project: Project) -> Paper:
        """Build 全过程一览表."""
        file = read_file(self.store, project)
        stages = Projects(self.session).stages(project)
        lines = [StageLine(one.label, one.day, _said(one, file), _papers(one)) for one in stages]
        return in_own_words(
            self.session, build_course(self._card(file), lines, signer_of(self.session))
        )

    @permitted("projects.read")
    def photos(self, project: Project) -> Paper:
        """Build 照片对照表: before, half-way, after; refused while there is no photo at all."""
        file = read_file(self.store, project)
        found = self._photos(project)
        if not found:
            raise Refused("no_photos", "还没有照片。请先放进施工前、过半、完工的照片。")
        return in_own_words(
            self.session,
            build_photo_sheet(
                self._card(file),
                found,
                file.acceptance.volume or "" if file.acceptance is not None else "",
                show_share(project.progress) if project.progress else "",
                signer_of(self.session),
            ),
        )

    @permitted("notices.edit")
    def draft_photos(self, project: Project) -> Notice:
        """Draft 照片对照表 for the wall."""
        paper = self.photos(project)
        return ProjectPapers(self.session).draft(project, paper, "", "照片对照表", "")

    @permitted("projects.read")
    def save(self, project: Project, sheet: str, target: Path) -> None:
        """Write a sheet to a PDF file: comparison, acceptance, course or poster."""
        builders = {
            "comparison": self.comparison,
            "acceptance": self.acceptance,
            "course": self.course,
            "photos": self.photos,
            "poster": self.poster,
        }
        paper = builders[sheet](project)
        day = show_day(self.session.today())
        write_atomically(
            target, write_pdf(fill(paper, {DATE: day})).data, doing="保存PDF", mode=0o644
        )

    @permitted("notices.edit")
    def draft_poster(self, project: Project) -> Notice:
        """Draft the poster, so that it goes through the gate and is frozen like every paper."""
        return ProjectPapers(self.session).draft(project, self.poster(project), "", "项目海报", "")

    @permitted("notices.edit")
    def draft_stage(self, project: Project, title: str) -> Notice:
        """Draft the notice of a stage by its title (立项公示, 验收公示, 质保金退还公示 …).

        Refused while the stage has not come: the sentence says what is to be entered first.
        """
        file = read_file(self.store, project)
        owed = next((one for one in STAGE_NOTICES if one.title == title), None)
        if owed is None:
            raise Refused("no_such_notice", f"没有“{title}”这种公示。")
        sentences = owed.sentences(file)
        if not sentences:
            raise Refused("stage_open", f"还没有走到这一步，发不出{title}。请先登记这一步。")
        paper = in_own_words(
            self.session,
            build_stage_notice(self._card(file), title, sentences, signer_of(self.session)),
        )
        return ProjectPapers(self.session).draft(project, paper, owed.posting, title, owed.stage)

    @permitted("projects.read")
    def possible_notices(self, project: Project) -> list[str]:
        """Name the stage notices that can be drafted now."""
        file = read_file(self.store, project)
        return [one.title for one in STAGE_NOTICES if one.sentences(file)]

    def _card(self, file: ProjectFile, *, with_photos: bool = False) -> CardFacts:
        project, money = file.project, file.money_paid
        people = f"（{project.people_served}人）" if project.people_served else ""
        accepted = file.acceptance.day if file.acceptance is not None else None
        return CardFacts(
            name=project.name,
            number=project.number or "",
            place=project.place or "",
            content=project.content or "",
            scale=project.scale or "",
            reason=project.reason or "",
            benefit=f"{project.benefit or ''}{people}",
            basis=project.basis or "",
            method=Project.declaration("method").kind.show(project.method),
            budget=project.budget,
            sources=tuple((one.name, one.amount) for one in file.sources),
            firm=file.contract.firm if file.contract is not None else "",
            contract=money.contract,
            changes=money.changes,
            owed=money.owed_in_all,
            paid=money.paid + money.returned,
            responsible=project.responsible or "",
            supervisor=project.supervisor or "",
            monitor=project.monitor or "",
            starts=project.started_on or project.planned_start,
            ends=accepted or project.planned_end,
            retention_due=file.settlement.retention_due if file.settlement is not None else None,
            photos=self._photos(project) if with_photos else (),
        )

    def _photos(self, project: Project) -> tuple[Photo, ...]:
        attachments = Attachments(self.session)
        found = []
        for purpose, word in PHOTOS:
            kept = attachments.of(project, purpose=purpose)
            if kept:
                last = kept[-1]
                taken = f"（{show_day(last.taken_at.date())}拍）" if last.taken_at else ""
                found.append(Photo(attachments.read(last), f"{last.caption or word}{taken}"))
        return tuple(found)


def _said(stage: Stage, file: ProjectFile) -> str:
    """Say in one sentence what a stage brought."""
    sentences = next((one.sentences(file) for one in STAGE_NOTICES if one.stage == stage.code), [])
    if sentences:
        return sentences[0]
    said = {
        "proposed": file.project.reason or "",
        "decided": file.project.basis or "",
        "works": f"形象进度{show_share(file.project.progress)}" if file.project.progress else "",
        "kept": f"管护责任人{file.project.keeper}" if file.project.keeper else "",
    }
    return said.get(stage.code, "")


def _papers(stage: Stage) -> str:
    if stage.state == "todo":
        return ""
    return f"缺{'、'.join(stage.missing)}".replace(" ", "") if stage.missing else "齐"
