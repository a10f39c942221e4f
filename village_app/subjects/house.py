"""What every page needs: settings, people who work here, numbers, rules, places, search."""

from __future__ import annotations

from functools import cached_property

from village_app.services.house.attachment_words import AttachmentWords
from village_app.services.house.attachments import Attachments
from village_app.services.house.drafts import Drafts
from village_app.services.house.first_steps import FirstSteps
from village_app.services.house.home import Home
from village_app.services.house.links import Links
from village_app.services.house.notebook import Notebook
from village_app.services.house.places import Places
from village_app.services.house.recent import Recent
from village_app.services.house.reports import Reports
from village_app.services.house.saved_reports import SavedReports
from village_app.services.house.saved_views import SavedViews
from village_app.services.house.search import Search
from village_app.services.house.seasons import Seasons
from village_app.services.house.today import Today
from village_app.services.issues.task_papers import TaskPapers
from village_app.services.issues.tasks import Tasks
from village_app.services.numbers import Numbers
from village_app.services.rules import Rules
from village_app.services.safety.users import Users
from village_app.services.settings import Settings
from village_app.subjects.subject_group import SubjectGroup


class HouseSubjects(SubjectGroup):
    """What every page needs: settings, people who work here, numbers, rules, places, search."""

    @cached_property
    def settings(self) -> Settings:
        return Settings(self.session)

    @cached_property
    def drafts(self) -> Drafts:
        return Drafts(self.session)

    @cached_property
    def attachments(self) -> Attachments:
        return Attachments(self.session)

    @cached_property
    def attachment_words(self) -> AttachmentWords:
        return AttachmentWords(self.session)

    @cached_property
    def recent(self) -> Recent:
        return Recent(self.session)

    @cached_property
    def saved_views(self) -> SavedViews:
        return SavedViews(self.session)

    @cached_property
    def reports(self) -> Reports:
        return Reports(self.session)

    @cached_property
    def saved_reports(self) -> SavedReports:
        return SavedReports(self.session)

    @cached_property
    def numbers(self) -> Numbers:
        return Numbers(self.session)

    @cached_property
    def rules(self) -> Rules:
        return Rules(self.session)

    @cached_property
    def places(self) -> Places:
        return Places(self.session)

    @cached_property
    def home(self) -> Home:
        return Home(self.session)

    @cached_property
    def first_steps(self) -> FirstSteps:
        return FirstSteps(self.session)

    @cached_property
    def seasons(self) -> Seasons:
        return Seasons(self.session)

    @cached_property
    def users(self) -> Users:
        return Users(self.session)

    @cached_property
    def search(self) -> Search:
        return Search(self.session)

    @cached_property
    def notebook(self) -> Notebook:
        return Notebook(self.session)

    @cached_property
    def tasks(self) -> Tasks:
        return Tasks(self.session)

    @cached_property
    def task_papers(self) -> TaskPapers:
        return TaskPapers(self.session)

    @cached_property
    def links(self) -> Links:
        return Links(self.session)

    @cached_property
    def today(self) -> Today:
        return Today(self.session)
