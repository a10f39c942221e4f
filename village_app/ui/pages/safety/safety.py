"""备份与设置: backups, changes, users, rules and settings, self-check, recycle bin."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from PySide6.QtWidgets import QStackedWidget, QWidget

from village_app.domain.permissions import may
from village_app.ui.kit.chips import Chip, ChipRow
from village_app.ui.kit.heads import PageHead
from village_app.ui.page import Desk, Page
from village_app.ui.pages.safety.part import Part
from village_app.ui.theme import theme

# key, word, the action one must be allowed, where the section is made
SECTIONS = (
    ("backups", "备份", "settings.read", "safety.backups.BackupPart"),
    ("changes", "修改记录", "audit.read", "safety.changes.ChangesPart"),
    ("users", "用户", "users.read", "safety.users.UsersPart"),
    ("settings", "设置", "settings.read", "safety.settings.SettingsPart"),
    ("issues", "诉求", "settings.read", "issues.settings.IssueSettingsPart"),
    ("rules", "规则", "settings.read", "safety.rules.RulesPart"),
    ("check", "自检", "audit.read", "safety.check.CheckPart"),
    ("privacy", "个人信息", "residents.export_full", "safety.privacy.PrivacyPart"),
    ("trash", "回收站", "trash.restore", "safety.trash.TrashPart"),
)


class SafetyPage(Page):
    """Sections behind chips; each is made when it is opened for the first time."""

    title = "备份与设置"
    topic = "safety"
    # Everything: the journal is shown here, and every change is one more line of it.
    watches = ("change",)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.head = PageHead(self.title)
        self.body.addWidget(self.head)
        role = desk.village.session.user.role
        allowed = [section for section in SECTIONS if may(role, section[2])]
        self._makers: dict[str, Callable[[], Part]] = {
            key: _maker(made_by, desk) for key, _, _, made_by in allowed
        }
        self.chips = ChipRow([Chip(key, word) for key, word, _, _ in allowed], name="看哪一块")
        self.chips.chosen.connect(lambda keys: self.show_section(keys[0]))
        self.body.addWidget(self.chips)
        self.stack = QStackedWidget()
        self.body.addWidget(self.stack, 1)
        self._parts: dict[str, Part] = {}
        self.show_section("backups")

    def part(self) -> Part:
        """Give the section that is shown."""
        shown = self.stack.currentWidget()
        assert isinstance(shown, Part)  # nothing else is ever put there
        return shown

    def show_section(self, key: str) -> None:
        """Open a section."""
        part = self._parts.get(key)
        if part is None:
            part = self._parts[key] = self._makers[key]()
            part.arrange(self.narrow)
            self.stack.addWidget(part)
        self.stack.setCurrentWidget(part)
        self.chips.set_on((key,))
        self.set_keys(part.keys)
        if self.isVisible():
            part.refresh()

    def refresh(self) -> None:
        settings = self.desk.village.settings.read()
        self.head.set_fact(settings.place())
        self.part().refresh()

    def lay_out(self, narrow: bool) -> None:
        self.head.set_narrow(narrow)
        self.body.setSpacing(theme().px(6 if narrow else 12))
        for part in self._parts.values():
            part.arrange(narrow)

    def first_focus(self) -> QWidget | None:
        return self.part().first_focus()


def _maker(made_by: str, desk: Desk) -> Callable[[], Part]:
    module, name = made_by.rsplit(".", 1)

    def make() -> Part:
        part: Part = getattr(import_module(f"village_app.ui.pages.{module}"), name)(desk)
        return part

    return make
