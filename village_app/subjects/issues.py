"""What residents reported and what became of it."""

from __future__ import annotations

from functools import cached_property

from village_app.services.issue_chain import IssueChain
from village_app.services.issue_entry import IssueEntry
from village_app.services.issue_figures import IssueFigures
from village_app.services.issue_imports import IssueImports
from village_app.services.issue_list import IssueList
from village_app.services.issue_papers import IssuePapers
from village_app.services.issue_work import IssueWork
from village_app.services.issues import Issues
from village_app.services.receptions import Receptions
from village_app.subjects.subject_group import SubjectGroup


class IssueSubjects(SubjectGroup):
    """What residents reported and what became of it."""

    @cached_property
    def issues(self) -> Issues:
        return Issues(self.session)

    @cached_property
    def issue_list(self) -> IssueList:
        return IssueList(self.session)

    @cached_property
    def issue_work(self) -> IssueWork:
        return IssueWork(self.session)

    @cached_property
    def issue_entry(self) -> IssueEntry:
        return IssueEntry(self.session)

    @cached_property
    def issue_chain(self) -> IssueChain:
        return IssueChain(self.session)

    @cached_property
    def issue_figures(self) -> IssueFigures:
        return IssueFigures(self.session)

    @cached_property
    def issue_papers(self) -> IssuePapers:
        return IssuePapers(self.session)

    @cached_property
    def receptions(self) -> Receptions:
        return Receptions(self.session)

    @cached_property
    def issue_imports(self) -> IssueImports:
        return IssueImports(self.session)
