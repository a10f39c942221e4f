"""Papers from the draft to the wall and into the archive."""

from __future__ import annotations

from functools import cached_property

from village_app.services.house.blank_forms import BlankForms
from village_app.services.notices.archive import Archive
from village_app.services.notices.catalogue import Catalogue
from village_app.services.notices.catalogue_imports import CatalogueImports
from village_app.services.notices.corrections import Corrections
from village_app.services.notices.files import NoticeFiles
from village_app.services.notices.letterheads import Letterheads
from village_app.services.notices.letters import Letters
from village_app.services.notices.list import NoticeList
from village_app.services.notices.notices import Notices
from village_app.services.notices.objections import Objections
from village_app.services.notices.paper_check import PaperCheck
from village_app.services.notices.posting import Posting
from village_app.services.notices.printing import Printing
from village_app.services.notices.privacy_release import PrivacyRelease
from village_app.services.notices.seals import Seals
from village_app.services.notices.templates import NoticeTemplates
from village_app.services.notices.writing import NoticeWriting
from village_app.subjects.subject_group import SubjectGroup


class NoticeSubjects(SubjectGroup):
    """Papers from the draft to the wall and into the archive."""

    @cached_property
    def archive(self) -> Archive:
        return Archive(self.session)

    @cached_property
    def letterheads(self) -> Letterheads:
        return Letterheads(self.session)

    @cached_property
    def letters(self) -> Letters:
        return Letters(self.session)

    @cached_property
    def notices(self) -> Notices:
        return Notices(self.session)

    @cached_property
    def blank_forms(self) -> BlankForms:
        return BlankForms(self.session)

    @cached_property
    def catalogue(self) -> Catalogue:
        return Catalogue(self.session)

    @cached_property
    def catalogue_imports(self) -> CatalogueImports:
        return CatalogueImports(self.session)

    @cached_property
    def corrections(self) -> Corrections:
        return Corrections(self.session)

    @cached_property
    def templates(self) -> NoticeTemplates:
        return NoticeTemplates(self.session)

    @cached_property
    def writing(self) -> NoticeWriting:
        return NoticeWriting(self.session)

    @cached_property
    def objections(self) -> Objections:
        return Objections(self.session)

    @cached_property
    def paper_check(self) -> PaperCheck:
        return PaperCheck(self.session)

    @cached_property
    def posting(self) -> Posting:
        return Posting(self.session)

    @cached_property
    def privacy_release(self) -> PrivacyRelease:
        return PrivacyRelease(self.session)

    @cached_property
    def seals(self) -> Seals:
        return Seals(self.session)

    @cached_property
    def notice_files(self) -> NoticeFiles:
        return NoticeFiles(self.session)

    @cached_property
    def notice_list(self) -> NoticeList:
        return NoticeList(self.session)

    @cached_property
    def printing(self) -> Printing:
        return Printing(self.session)
