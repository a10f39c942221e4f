"""The village's own letterhead as a .docx file: the base of every notice that is saved for Word."""

from __future__ import annotations

from pathlib import Path

from village_app.db.problems import map_os_error
from village_app.db.records.house import Setting
from village_app.errors import InvalidInput, Refused
from village_app.papers.blocks import Layout, Paper
from village_app.papers.docx import write_docx
from village_app.services.house.attachments import Attachments
from village_app.services.session import Service, permitted
from village_app.services.settings import Settings

PURPOSE = "红头文件"
_KEY = "letterhead_file"
# Tables and posters lie on sheets of their own; a letterhead would push them off.
_ON_LETTERHEAD: frozenset[Layout] = frozenset({"official", "notice", "letter"})


class Letterheads(Service):
    """Keeps one letterhead; a newer one takes its place, the older stays in the history."""

    @permitted("notices.read")
    def name(self) -> str:
        """Give the file's name, blank where the village has none."""
        return Settings(self.session).read().letterhead_file

    @permitted("settings.edit")
    def keep(self, source: Path) -> None:
        """Keep a .docx file as the letterhead; refuses one that no paper can be written into."""
        try:
            content = source.read_bytes()
        except OSError as error:
            raise map_os_error(error, source, f"打开“{source.name}”") from error
        try:
            write_docx(Paper("notice", "试一试"), base=content)
        except InvalidInput as invalid:
            raise Refused("unusable_letterhead", invalid.faults[0].message) from invalid
        with self.session.change(f"换红头文件 {source.name}") as change:
            Settings(self.session).set_up(change, {_KEY: source.name})
            Attachments(self.session).keep(
                change, self._setting(), source.name, content, purpose=PURPOSE
            )

    @permitted("settings.edit")
    def take_off(self) -> None:
        """Go back to the program's own red mark."""
        if not self.name():
            raise Refused("no_letterhead", "现在没有用红头文件，用的是程序排的红头。")
        with self.session.change("不用红头文件") as change:
            Settings(self.session).set_up(change, {_KEY: ""})

    @permitted("notices.read")
    def base_for(self, paper: Paper) -> bytes | None:
        """Give the letterhead that a paper is written into, None where it has none."""
        if paper.layout not in _ON_LETTERHEAD or not self.name():
            return None
        return Attachments(self.session).read_for(self._setting(), PURPOSE)

    def _setting(self) -> Setting:
        found: Setting = self.store.select(Setting).where(Setting.key == _KEY).first()
        return found
