"""更多 of the backups: the monthly drill, and the rescue of a damaged file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from village_app.domain.calendar import CHINA
from village_app.ui.asking import Choice, FileKind, Question
from village_app.ui.pages.safety.rescue_list import RescuedDialog

if TYPE_CHECKING:
    from village_app.ui.pages.safety.backups import BackupPart

DATABASES = FileKind("共治通数据", ("db",))


class SeldomDone:
    """What is seldom done with backups, offered in one question."""

    def __init__(self, part: BackupPart) -> None:
        self._part = part
        self._desk = part.desk
        self.list: RescuedDialog | None = None

    def offer(self) -> None:
        """Offer the drill and the rescue, to those who may restore."""
        village = self._desk.village
        drilled = drill_words(village.drills.last())
        lines = [
            ("恢复演练", f"把备份恢复到旁边，核对，再擦掉；现在的数据不动。{drilled}。"),
            ("抢救受损文件", "从打不开的数据文件里读出还读得出的，列出读不出的。"),
        ]
        answers = [
            Choice("practise", "恢复演练", "shield"),
            Choice("rescue", "抢救受损文件", "search"),
        ]
        if not self._part.may("backup.restore"):
            who = village.two_persons.who_may("backup.restore")
            lines.append(("谁来做", f"这两样请{who}来做。"))
            answers = []
        asked = self._desk.asking.ask(
            Question("备份还可以怎么用", lines, [*answers, Choice("", "先不做")])
        )
        if asked == "practise":
            self.practise()
        elif asked == "rescue":
            self.rescue()

    def practise(self) -> None:
        """Restore the chosen backup beside today's data, and say what came of it."""
        drills, backup = self._desk.village.drills, self._part.chosen_backup()
        self._part.run(
            lambda report: drills.practise(backup, report=report),
            "恢复演练",
            self._practised,
            leaves="取消后，数据和备份都和现在一样。",
        )

    def _practised(self, done: Any) -> None:
        if done.passed:
            self._desk.say(f"演练通过：第 {done.sequence} 份恢复出 {done.records:,} 条", None)
        else:
            why = "".join(one.message for one in done.findings[:3])
            self._desk.asking.ask(
                Question(
                    f"第 {done.sequence} 份备份恢复不全",
                    [("发生了什么", why), ("怎么办", "现在就重新备份一次，再演练新的那一份。")],
                    [Choice("", "知道了")],
                    "fault",
                )
            )
        self._part.refresh()

    def rescue(self) -> None:
        """Save what a damaged file still gives into a folder, and list what is lost."""
        asking, rescue = self._desk.asking, self._desk.village.rescue
        source = asking.pick_file("选受损的数据文件", [DATABASES], "rescue")
        folder = asking.pick_folder("抢救出来的放在哪里", "rescued") if source else None
        if source is None or folder is None:
            return
        self._part.run(
            lambda report: rescue.salvage(source, folder, report=report),
            "抢救数据",
            self._rescued,
            leaves="取消后，受损的文件和现在一样。",
        )

    def _rescued(self, rescued: Any) -> None:
        paper = self._desk.village.rescue.paper
        self.list = RescuedDialog(
            rescued,
            lambda: self._part.print_paper(lambda: paper(rescued), "抢救清单"),
            self._part.window(),
        )
        self.list.open()


def drill_words(last: Any) -> str:
    """Say when a restore was last practised, and how it went."""
    if last is None:
        return "还没有做过恢复演练"
    day = f"{last.at.astimezone(CHINA):%Y-%m-%d}"
    return f"上次演练 {day}，{'通过' if last.passed else '没有通过'}"
