"""A project from the first idea to the end of its warranty."""

from __future__ import annotations

from functools import cached_property

from village_app.services.projects.claims import ProjectClaims
from village_app.services.projects.list import ProjectList
from village_app.services.projects.papers import ProjectPapers
from village_app.services.projects.payments import ProjectPayments
from village_app.services.projects.projects import Projects
from village_app.services.projects.sheets import ProjectSheets
from village_app.services.projects.works import ProjectWorks
from village_app.subjects.subject_group import SubjectGroup


class ProjectSubjects(SubjectGroup):
    """A project from the first idea to the end of its warranty."""

    @cached_property
    def project_list(self) -> ProjectList:
        return ProjectList(self.session)

    @cached_property
    def projects(self) -> Projects:
        return Projects(self.session)

    @cached_property
    def project_works(self) -> ProjectWorks:
        return ProjectWorks(self.session)

    @cached_property
    def project_payments(self) -> ProjectPayments:
        return ProjectPayments(self.session)

    @cached_property
    def project_sheets(self) -> ProjectSheets:
        return ProjectSheets(self.session)

    @cached_property
    def project_papers(self) -> ProjectPapers:
        return ProjectPapers(self.session)

    @cached_property
    def project_claims(self) -> ProjectClaims:
        return ProjectClaims(self.session)
