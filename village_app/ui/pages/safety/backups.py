"""备份: the list, making one here or on a stick, looking inside, putting one back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from village_app.domain.calendar import CHINA
from village_app.ui.asking import Choice, Question
from village_app.ui.kit.banner import Banner
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.columns import ShortList
from village_app.ui.kit.flow import FlowLayout
from village_app.ui.kit.keys import Key
from village_app.ui.kit.sheets import Facts, Scroll, Sheet
from village_app.ui.kit.table import RecordTable
from village_app.ui.kit.text import Text
from village_app.ui.page import Desk
from village_app.ui.pages.safety.backup_rows import (
    COLUMNS,
    backup_facts,
    backup_row,
    difference_words,
)
from village_app.ui.pages.safety.part import Part
from village_app.ui.pages.safety.past import TakeBackDialog
from village_app.ui.pages.safety.seldom import SeldomDone, drill_words
from village_app.ui.theme import theme

KEPT = "恢复前，现在的数据原样另存一份；用户和密码还是现在的。"


class BackupPart(Part):
    """The backups of this computer, and the way to a stick."""

    keys = (Key("Ctrl+B", "现在备份"), Key("Enter", "看看里面"), Key("Ctrl+M", "更多"))

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._backups: dict[int, Any] = {}
        self._narrow = False
        self.dialog: TakeBackDialog | None = None
        self.banner = Banner("info", "")
        self.seldom = SeldomDone(self)
        self._offered: Callable[[], None] = self.carry
        self.banner.pressed.connect(self._do_offered)
        self.body.addWidget(self.banner)
        acts = QWidget()
        row = FlowLayout(acts)
        self.make_button = Button(
            "现在备份", icon="shield", key="Ctrl+B", kind="primary", press=self.make
        )
        self.carry_button = Button("拷到 U 盘", icon="stick", press=self.carry)
        self.leave_button = Button("全部导出", icon="out", press=self.take_everything)
        self.more_button = Button("更多", icon="more", key="Ctrl+M", press=self.seldom.offer)
        for button in (
            self.make_button,
            self.carry_button,
            self.leave_button,
            self.more_button,
        ):
            row.addWidget(button)
        self.body.addWidget(acts)
        self.table = RecordTable(
            ShortList(COLUMNS), name="backups", measure="份", preferences=desk.preferences
        )
        self.table.chosen.connect(lambda _key: self._show())
        self.table.opened.connect(lambda _key: self.look())
        self.side = self._make_side()
        self._lay_out_acts(narrow=False)
        columns = QHBoxLayout()
        columns.setSpacing(theme().px(12))
        columns.addWidget(self.table, 1)
        columns.addWidget(self.side)
        self.body.addLayout(columns, 1)

    def _make_side(self) -> Sheet:
        side = Sheet("这一份")
        side.setFixedWidth(theme().px(364))
        self.facts = Facts()
        self.differences = Text("", "body", "ink2", wrap=True)
        told = QWidget()
        lines = QVBoxLayout(told)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self.facts)
        lines.addWidget(self.differences)
        lines.addStretch(1)
        self.look_button = Button("看看里面", icon="eye", press=self.look)
        self.some_button = Button("取回几条", icon="undo", press=self.take_some)
        self.restore_button = Button("恢复", icon="undo", kind="danger", press=self.restore)
        side.add(Scroll(told), 1)
        self.acts = QGridLayout()
        self.acts.setHorizontalSpacing(theme().px(8))
        self.acts.setVerticalSpacing(theme().px(6))
        self.acts.setColumnStretch(3, 1)
        side.body.addLayout(self.acts)
        self.kept = Text(KEPT, "small", "ink3", wrap=True)
        side.add(self.kept)
        return side

    # Data

    def refresh(self) -> None:
        backups = self.desk.village.backups
        self._backups = {one.manifest.sequence: one for one in backups.listed()}
        self.table.refresh(ShortList(COLUMNS, map(backup_row, self._backups.values())))
        if self.table.current_key() is None:
            self.table.choose_first()
        self._tell_state()
        allowed = "" if self.may("backup.make") else "您的角色不能备份"
        for button in (self.make_button, self.carry_button):
            button.forbid(allowed)
        full = self.may("residents.export_full")
        self.leave_button.forbid("" if full else "只有能看完整号码的人可以全部导出")
        self._show()

    def _tell_state(self) -> None:
        village, backups = self.desk.village, self.desk.village.backups
        state, carried = backups.state(), backups.last_carried()
        self._offered = self.carry
        may_carry = self.may("backup.make")
        if backups.failure:
            self.banner.show_sentence(
                "stop", backups.failure, link="再试一次拷到 U 盘" if may_carry else ""
            )
        elif warning := backups.place_warning():
            self.banner.show_sentence("soon", warning, link="拷到 U 盘" if may_carry else "")
        elif backups.is_stick_due():
            when = (
                f"上次拷出去是 {carried.astimezone(CHINA):%Y-%m-%d}"
                if carried
                else "还没有拷出去过"
            )
            self.banner.show_sentence(
                "soon",
                f"电脑坏了，只有拷到外面的备份还在。{when}。",
                link="现在拷到 U 盘" if may_carry else "",
            )
        elif village.drills.is_due() and self.may("backup.restore"):
            self._offered = self.seldom.practise
            sentence = f"备份要真能恢复才算数。{drill_words(village.drills.last())}。"
            self.banner.show_sentence("soon", sentence, link="现在演练一次")
        else:
            practised = drill_words(village.drills.last())
            self.banner.show_sentence(
                "done", f"{state.word} {state.when}，U 盘上的也不旧。{practised}。"
            )

    def chosen_backup(self) -> Any:
        """Give the backup that is chosen in the list, None for none."""
        return self._backups.get(self.table.current_key() or 0)

    def _show(self) -> None:
        backup = self.chosen_backup()
        self.differences.setText("")
        reason = "先选一份备份" if backup is None else ""
        if not reason and not self.may("backup.restore"):
            reason = "您的角色不能恢复备份"
        self.look_button.forbid(reason)
        self.some_button.forbid(reason)
        self.restore_button.forbid(reason)
        if backup is None:
            self.facts.set_facts([])
            return
        self.facts.set_facts(backup_facts(backup.manifest, short=self._narrow))

    # Acts

    def _do_offered(self) -> None:
        self._offered()

    def make(self) -> None:
        """Make a backup on this computer."""
        backups = self.desk.village.backups
        self.run(lambda report: backups.make("手动备份", report=report), "备份", self._made)

    def carry(self) -> None:
        """Make a backup on a stick or another disk."""
        folder = self.desk.asking.pick_folder("拷到哪个 U 盘", "stick")
        if folder is None:
            return
        backups = self.desk.village.backups
        self.run(
            lambda report: backups.make("拷到 U 盘", folder, report=report),
            "拷到 U 盘",
            self._made,
            leaves="取消后，U 盘上不留半份。",
        )

    def take_everything(self) -> None:
        """Write everything into a folder that opens without this program."""
        folder = self.desk.asking.pick_folder("全部导出到哪里", "leaving")
        if folder is None:
            return
        leaving = self.desk.village.leaving
        self.run(
            lambda report: leaving.write(folder, report=report),
            "全部导出",
            lambda left: self.desk.say(f"全部导出好了：{left.folder.name}", None),
            leaves="取消后，写了一半的文件夹请自己删掉。",
        )

    def _made(self, backup: Any) -> None:
        self.desk.say(f"备份好了，已重新打开核对：{backup.path.name}", None)
        self.refresh()

    def tell(self, error: BaseException) -> None:
        self.refresh()
        super().tell(error)

    def look(self) -> None:
        """Compare the chosen backup with today's data."""
        backup = self.chosen_backup()
        if backup is not None and self.may("backup.restore"):
            backups = self.desk.village.backups
            self.run(lambda report: backups.inspect(backup, report=report), "看备份", self._looked)

    def _looked(self, found: Any) -> None:
        self.differences.setText(difference_words(found))

    def take_some(self) -> None:
        """Take only some records back from the chosen backup."""
        backup = self.chosen_backup()
        if backup is not None:
            self.dialog = TakeBackDialog(self.desk, backup, self.window())
            self.dialog.open()

    def restore(self) -> None:
        """Put the chosen backup in the place of today's data, after a look and a question."""
        backup = self.chosen_backup()
        if backup is not None:
            backups = self.desk.village.backups
            self.run(
                lambda report: backups.inspect(backup, report=report),
                "核对备份",
                lambda found: self._confirm(backup, found),
            )

    def _confirm(self, backup: Any, found: Any) -> None:
        self.differences.setText(difference_words(found))
        if not found.is_good:
            return
        made = backup.manifest.created.astimezone(CHINA)
        answer = self.desk.asking.ask(
            Question(
                f"数据会回到 {made:%Y-%m-%d %H:%M}",
                [("会少掉什么", difference_words(found)), ("怎么反悔", KEPT)],
                [
                    Choice("restore", "恢复成这一份", "undo", danger=True),
                    Choice("", "先不恢复"),
                ],
            )
        )
        if answer != "restore":
            return
        village = self.desk.village
        village.store.let_go()
        self.run(
            lambda report: village.backups.restore(backup, report=report),
            "恢复备份",
            self._restored,
            leaves="取消后，数据和现在一样。",
        )

    def _restored(self, note: Any) -> None:
        self.desk.say(f"恢复好了，恢复前的数据另存为 {note.safety}", None)
        self.refresh()

    def lay_out(self, narrow: bool) -> None:
        self._narrow = narrow
        self.table.set_narrow(narrow)
        self.kept.setVisible(not narrow)
        self._lay_out_acts(narrow)
        self.side.setFixedWidth(theme().px(260 if narrow else 364))
        self._show()

    def _lay_out_acts(self, narrow: bool) -> None:
        """Put the three buttons in one row, or in two: the facts above them need the room."""
        self.acts.addWidget(self.look_button, 0, 0, 1, 2 if narrow else 1)
        self.acts.addWidget(self.some_button, *((1, 0) if narrow else (0, 1)))
        self.acts.addWidget(self.restore_button, *((1, 1) if narrow else (0, 2)))

    def first_focus(self) -> RecordTable:
        return self.table
