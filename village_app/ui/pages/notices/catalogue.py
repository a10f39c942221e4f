"""村务公开目录 of the year beside the notices: what is due, what hangs, what is overdue."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal

from village_app.db.records.posting import CATALOGUE_LEVELS, FREQUENCIES, CatalogueItem
from village_app.domain.kinds import TEXT
from village_app.errors import VillageError
from village_app.services.notices.catalogue import STATE_WORDS, BoardLine
from village_app.services.notices.catalogue_imports import CatalogueChange
from village_app.ui.asking import Choice, FileKind, Question
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.chips import Chip, ChipRow
from village_app.ui.kit.columns import ColumnSpec, ListRow
from village_app.ui.kit.lights import Light, LightKind
from village_app.ui.page import Desk
from village_app.ui.pages.notices.registers import Register

_LIGHTS: dict[str, LightKind] = {
    "done": "done",
    "late": "done",
    "due": "soon",
    "over": "over",
    "event": "ok",
}
_TABLES = FileKind("表格", ("xlsx", "xls", "csv"))
_FIELDS = ("code", "name", "level", "frequency", "timing", "basis", "body", "place", "is_active")


class CatalogueBoard(Register):
    """村务公开目录 of the year: 应公开, 已公开, 逾期."""

    opened = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            (
                ColumnSpec("code", "代号", TEXT, width=64),
                ColumnSpec("name", "公开事项", TEXT, width=300, stretch=True),
                ColumnSpec("level", "类别", TEXT, width=64, narrow=False),
                ColumnSpec("frequency", "频次", TEXT, width=78),
                ColumnSpec("state", "今年", width=230),
                ColumnSpec("place", "公开地点", TEXT, width=120, narrow=False),
                ColumnSpec("basis", "依据", TEXT, width=170, narrow=False),
            ),
            "catalogue",
            "项",
        )
        self._lines: list[BoardLine] = []
        self._only = ""
        self.chips = ChipRow(
            [Chip("", "全部"), *(Chip(key, word) for key, word in STATE_WORDS.items())],
            name="公开情况",
        )
        self.chips.chosen.connect(self._choose)
        self.bar.addWidget(self.chips, 1)
        self.bar.addWidget(Button("改这一项", icon="pen", key="F2", press=self.change_item))
        self.bar.addWidget(Button("导入目录", icon="in", press=self.take_catalogue))
        self.bar.addWidget(Button("存目录", icon="paper", press=lambda: self.save(states=False)))
        self.bar.addWidget(Button("存公开情况", icon="paper", press=lambda: self.save(states=True)))
        self.table.opened.connect(self._open)

    @property
    def _year(self) -> int:
        return int(self.desk.village.session.today().year)

    def rows(self) -> list[ListRow]:
        self._lines = self.desk.village.catalogue.board(self._year)
        counts: dict[str, int] = {"": len(self._lines)}
        for line in self._lines:
            counts[line.worst] = counts.get(line.worst, 0) + 1
        self.chips.set_counts(dict.fromkeys(STATE_WORDS, 0) | counts)
        return [
            ListRow(line.item.id, self._cells(line))
            for line in self._lines
            if not self._only or line.worst == self._only
        ]

    @staticmethod
    def _cells(line: BoardLine) -> dict[str, Any]:
        item = line.item
        slot = next((one for one in line.slots if one.state == line.worst), None)
        word = STATE_WORDS[line.worst] if line.slots or item.frequency == "event" else "未到期"
        if slot is not None and line.worst in ("due", "over"):
            word = f"{slot.label}{word}，{slot.due:%m-%d} 前"
        elif slot is not None:
            word = f"{word} {sum(one.notice is not None for one in line.slots)} 次"
        return {
            "code": item.code,
            "name": item.name,
            "level": CATALOGUE_LEVELS.show(item.level),
            "frequency": FREQUENCIES.show(item.frequency),
            "state": Light(_LIGHTS[line.worst], word),
            "place": item.place or "",
            "basis": item.basis or "",
        }

    def _choose(self, keys: tuple[str, ...]) -> None:
        self._only = keys[0] if keys else ""
        self.refresh()

    def show_only(self, state: str) -> None:
        """Show what is in one state (over: what is late); blank for everything."""
        self.chips.set_on((state,))
        self._choose((state,) if state else ())

    def _open(self, key: int) -> None:
        """Open the last paper of an item; say so where there is none."""
        line = next(one for one in self._lines if one.item.id == key)
        notices = [slot.notice for slot in line.slots if slot.notice is not None]
        if notices:
            self.opened.emit(notices[-1].id)
        else:
            self.desk.say(f"{line.item.name}今年还没有公开", None)

    def change_item(self) -> None:
        """Change the chosen item of the village's own catalogue."""
        key = self.table.current_key()
        line = next((one for one in self._lines if one.item.id == key), None)
        if line is None:
            self.desk.say("先选一项", None)
            return
        self.ask(
            f"改公开目录 {line.item.code}",
            [CatalogueItem.declaration(name) for name in _FIELDS],
            lambda typed: self.desk.village.catalogue.change_item(line.item, typed),
            values=line.item.values(),
        )

    def take_catalogue(self) -> None:
        """Read the county's catalogue from a workbook beside the window, then show what it says."""
        path = self.desk.asking.pick_file("选县区的公开目录", [_TABLES], "catalogue")
        if path is not None:
            self._compare(path)

    def _compare(self, path: Path) -> None:
        imports = self.desk.village.catalogue_imports
        job = self.desk.jobs.start(
            lambda report: imports.compare(path, report=report), "读公开目录", writes=False
        )
        job.succeeded.connect(self._show_change)
        job.failed.connect(self._tell)

    def _show_change(self, found: CatalogueChange) -> None:
        gone = "、".join(item.name for item in found.gone[:3])
        more = f"{gone}等 {len(found.gone)} 项" if len(found.gone) > 3 else gone
        lines = [
            ("新的", f"{len(found.new)} 项"),
            ("要改的", f"{len(found.changed)} 项，一样的 {found.same} 项"),
        ]
        if found.gone:
            lines.append(("它没有的", f"{more}。换成这份目录就停用，公开过的都还在。"))
        lines += [("看不懂的", fault) for fault in found.faults[:4]]
        answers = [Choice("replace", "换成这份目录", "in")]
        answers += [Choice("add", "只加只改，别的留着", "pen")] if found.gone else []
        question = Question(f"“{found.file}”里有这些", lines, [*answers, Choice("", "先不动")])
        answer = self.desk.asking.ask(question)
        if not answer:
            return
        try:
            count = self.desk.village.catalogue_imports.take(found, drop_others=answer == "replace")
        except VillageError as error:
            self._tell(error)
            return
        self.desk.say(f"公开目录动了 {count} 项", self.desk.undo)
        self.refresh()

    def _tell(self, failure: BaseException) -> None:
        if not isinstance(failure, VillageError):
            raise failure
        self.desk.asking.ask(Question("没有导入", [("为什么", failure.message)], light="fault"))

    def save(self, *, states: bool) -> None:
        """Save 村务公开目录, or the account of the year."""
        paper = self.desk.village.catalogue.paper(self._year, with_states=states)
        self.save_papers([paper], paper.title)
