"""What residents reported and what became of it."""

from __future__ import annotations

from functools import cached_property

from village_app.services.issues.chain import IssueChain
from village_app.services.issues.entry import IssueEntry
from village_app.services.issues.figure_papers import IssueFigurePapers
from village_app.services.issues.figures import IssueFigures
from village_app.services.issues.files import IssueFiles
from village_app.services.issues.imports import IssueImports
from village_app.services.issues.issues import Issues
from village_app.services.issues.list import IssueList
from village_app.services.issues.onward import IssueOnward
from village_app.services.issues.papers import IssuePapers
from village_app.services.issues.photos import IssuePhotos
from village_app.services.issues.reception_papers import ReceptionPapers
from village_app.services.issues.receptions import Receptions
from village_app.services.issues.replies import IssueReplies
from village_app.services.issues.rules import IssueRules
from village_app.services.issues.sheets import IssueSheets
from village_app.services.issues.work import IssueWork
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
    def issue_figure_papers(self) -> IssueFigurePapers:
        return IssueFigurePapers(self.session)

    @cached_property
    def issue_papers(self) -> IssuePapers:
        return IssuePapers(self.session)

    @cached_property
    def issue_files(self) -> IssueFiles:
        return IssueFiles(self.session)

    @cached_property
    def issue_sheets(self) -> IssueSheets:
        return IssueSheets(self.session)

    @cached_property
    def issue_photos(self) -> IssuePhotos:
        return IssuePhotos(self.session)

    @cached_property
    def issue_rules(self) -> IssueRules:
        return IssueRules(self.session)

    @cached_property
    def issue_onward(self) -> IssueOnward:
        return IssueOnward(self.session)

    @cached_property
    def issue_replies(self) -> IssueReplies:
        return IssueReplies(self.session)

    @cached_property
    def reception_papers(self) -> ReceptionPapers:
        return ReceptionPapers(self.session)

    @cached_property
    def receptions(self) -> Receptions:
        return Receptions(self.session)

    @cached_property
    def issue_imports(self) -> IssueImports:
        return IssueImports(self.session)
