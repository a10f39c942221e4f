"""The forms of a project: opened over the page, saved by a service, told when done."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from village_app.db.records.projects import (
    Project,
)
from village_app.domain.kinds import Choice, FieldDeclaration, Option
from village_app.services.projects.files import ProjectFile
from village_app.ui.pages.form_dialog import FormDialog, Typed

if TYPE_CHECKING:
    from village_app.ui.pages.projects.projects import ProjectsPage


def titles_choice(titles: list[str]) -> Choice:
    """Give a choice among words that stand for themselves."""
    return Choice(tuple(Option(title, title) for title in titles))


class ProjectForms(QWidget):
    """What every part of a project's page needs: the project, its file, forms over the page."""

    def __init__(self, page: ProjectsPage) -> None:
        super().__init__()
        self.page = page
        self.desk = page.desk
        self.project_id: int | None = None
        self.file: ProjectFile | None = None

    def refresh(self) -> None:
        """Show the project anew; the record fills it in."""

    def _project(self) -> Project:
        assert self.file is not None
        return self.file.project

    def _take(
        self,
        title: str,
        model: Any,
        fields: tuple[str, ...],
        service: Callable[[Project, Typed], object],
        values: dict[str, Any] | None = None,
    ) -> None:
        """Open a form whose record belongs to this project."""

        def save(typed: Typed) -> None:
            service(self._project(), typed)
            self.desk.say(f"已{title}", self.desk.undo)

        self._open(title, model, fields, save, values)

    def _open(
        self,
        title: str,
        model: Any,
        fields: tuple[str, ...],
        save: Callable[[Typed], object],
        values: dict[str, Any] | None = None,
        lines: tuple[tuple[str, ...], ...] = (),
    ) -> None:
        self.page.open_form(title, model, fields, save, values=values, lines=lines)

    def _ask(self, title: str, declared: list[FieldDeclaration], save: Any, words: str) -> None:
        self.page.show_dialog(FormDialog(title, declared, save, self.window(), words=words))
