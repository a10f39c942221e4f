"""A published notice beside its paper: how long it hangs, what was said, what comes next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from village_app.db.records.notices import Notice
from village_app.domain.kinds import LONG_TEXT, TEXT, FieldDeclaration
from village_app.ui.asking import FileKind
from village_app.ui.kit.action_row import ActionRow
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.lights import Light, LightLabel
from village_app.ui.kit.sheets import Facts, Hairline, Scroll, Sheet
from village_app.ui.page import Desk
from village_app.ui.pages.form_dialog import FormDialog
from village_app.ui.pages.notices.lights import light_of
from village_app.ui.pages.notices.objections import ObjectionList
from village_app.ui.theme import theme

PICTURES = FileKind("照片", ("jpg", "jpeg", "png"))
SCANS = FileKind("扫描件", ("pdf", "jpg", "jpeg", "png"))
# What is seldom done, or taken back never: under 更多.
_RARE = ("scan", "correct", "package", "withdraw", "void")
# What a posted notice waits for, in its order.
_NEXT = ("close", "down", "file")
_REASON = (FieldDeclaration("reason", "原因", LONG_TEXT, required=True),)
Act = Callable[[Callable[[], object], str], bool]


class LifePanel(Sheet):
    """Facts of a posted notice, its objections, and the verbs that its state allows.

    `act` runs a service call, says what was done, shows a refusal; the page gives it.
    """

    def __init__(self, desk: Desk, act: Act) -> None:
        super().__init__("贴出去以后")
        self._desk = desk
        self._act = act
        self._notice: Notice | None = None
        self.dialog: FormDialog | None = None
        self.light = LightLabel(Light("ok"), pill=True, role="small")
        self.head.addWidget(self.light)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme().px(8), 0)
        column.setSpacing(theme().px(8))
        self.facts = Facts()
        column.addWidget(self.facts)
        column.addWidget(Hairline())
        self.objections = ObjectionList(desk, self._ask)
        column.addWidget(self.objections)
        column.addStretch(1)
        self.add(Scroll(inside), 1)
        self.buttons: dict[str, Button] = {}
        self._make_verbs()
        rare = [self.buttons[key] for key in _RARE]
        self.add(ActionRow(self.buttons.values(), rare=rare))

    def _make_verbs(self) -> None:
        for key, word, icon, press in (
            ("photo", "加照片", "camera", self.add_photo),
            ("scan", "加盖章扫描件", "in", self.add_scan),
            ("object", "登记异议", "pen", self.objections.take_down),
            ("close", "办期满", "tick", self.close_period),
            ("statement", "出期满说明", "paper", self.make_statement),
            ("correct", "发更正", "again", self.correct),
            ("down", "登记取下", "down", self.take_down),
            ("file", "归档", "box", self.file_away),
            ("package", "存档案包", "folder", self.save_package),
            ("withdraw", "撤下", "stop", self.withdraw),
            ("void", "作废编号", "cross", self.void),
        ):
            kind = "danger" if key in ("withdraw", "void") else "plain"
            button = Button(word, icon=icon, kind=kind, press=press)  # type: ignore[arg-type]
            self.buttons[key] = button

    # What is shown

    def show_notice(self, notice: Notice) -> None:
        """Show how a published notice stands today."""
        self._notice = notice
        village = self._desk.village
        hanging = village.posting.look_at(notice)
        self.light.set_light(light_of(notice, hanging.days_left))
        self.facts.set_facts(self._facts(notice, hanging.has_photo))
        self.objections.show_notice(notice)
        state = notice.state
        hangs = state in ("posted", "objected")
        running = "" if not hanging.days_left else f"公示到 {notice.period_to}，还没有满"
        waiting = f"还有 {hanging.open_objections} 件异议没有答复"
        waiting = waiting if hanging.open_objections else ""
        not_now = {
            "photo": "" if state not in ("void", "archived") else "已经归档或作废",
            "scan": "" if state not in ("void", "archived") else "已经归档或作废",
            "object": "" if hangs or state == "expired" else "没有贴着",
            "close": waiting or running if hangs else "已经办过了",
            "statement": waiting or running if hangs or state == "expired" else "没有贴着",
            "correct": "" if state != "void" else "已经作废",
            "down": "" if state == "expired" and not notice.taken_down_on else "期满以后才取下",
            "file": self._not_filed(notice, has_photo=hanging.has_photo),
            "package": "" if state != "void" else "已经作废",
            "withdraw": "" if hangs or state == "expired" else "没有贴着",
            "void": "" if state not in ("void", "archived") else "已经归档或作废",
        }
        for key, reason in not_now.items():
            self.buttons[key].forbid(reason)
        for key in _NEXT:
            self.buttons[key].set_kind("primary" if key == self.next_step else "plain")

    @property
    def next_step(self) -> str:
        """The verb that the notice waits for; blank while it simply hangs or is filed."""
        return next((key for key in _NEXT if self.buttons[key].isEnabled()), "")

    @staticmethod
    def _not_filed(notice: Notice, *, has_photo: bool) -> str:
        if notice.state != "expired":
            return "期满以后才归档"
        if not notice.taken_down_on:
            return "先登记取下的日期"
        return "" if has_photo else "先放一张看得清日期的照片"

    def _facts(self, notice: Notice, has_photo: bool) -> list[tuple[str, str]]:
        village = self._desk.village
        posting = village.posting
        days = f"{notice.period_from} 至 {notice.period_to}" if notice.period_to else "不设公示期"
        names = " → ".join(
            name for name in (notice.drafted_by, notice.checked_by, notice.approved_by) if name
        )
        facts = [
            ("编号", notice.number or ""),
            ("公示期", days),
            ("张贴", f"{notice.place or ''}，{notice.posted_by or ''}"),
            ("起草、审核、签发", names),
            ("验证码", f"{(notice.code or '')[:4]} {(notice.code or '')[4:]}"),
            ("照片", f"{posting.count_photos(notice)} 张" if has_photo else "还没有"),
            ("打印", f"{len(village.printing.of(notice))} 次"),
        ]
        if notice.taken_down_on:
            facts.append(("取下", notice.taken_down_on.isoformat()))
        if notice.reason:
            facts.append(("原因", notice.reason))
        before = village.corrections.corrects(notice)
        if before is not None:
            facts.append(("更正的是", f"{before.number} {before.heading}"))
        facts += [
            ("由它更正", f"{one.number or '草稿'} {one.heading}")
            for one in village.corrections.corrected_by(notice)
        ]
        return facts

    # Verbs

    def add_photo(self) -> None:
        """Keep a photograph of the board."""
        path = self._desk.asking.pick_file("选张贴照片", [PICTURES], "photos")
        if path is not None:
            self._do(lambda: self._village.posting.add_photo(self._shown, path), "照片已存")

    def add_scan(self) -> None:
        """Keep the scan of the sealed paper."""
        path = self._desk.asking.pick_file("选盖章扫描件", [SCANS], "scans")
        if path is not None:
            self._do(lambda: self._village.posting.add_scan(self._shown, path), "扫描件已存")

    def close_period(self) -> None:
        """End the posting period."""
        self._do(lambda: self._village.posting.close(self._shown), "公示期满")

    def make_statement(self) -> None:
        """Draft 公示期满说明 and go to it."""
        made: list[Notice] = []
        done = self._do(
            lambda: made.append(self._village.posting.draft_statement(self._shown)), "说明已起草"
        )
        if done:
            self._desk.go("notices", made[0].id)

    def correct(self) -> None:
        """Draft a correction by the right text."""
        written = self._village.writing.written(self._shown)
        fields = (
            FieldDeclaration("body", "更正后的正文", LONG_TEXT, required=True),
            FieldDeclaration("reason", "更正原因", TEXT, required=True),
        )
        made: list[Notice] = []

        def save(typed: Any) -> None:
            right = self._village.writing.corrected_paper(self._shown, typed["body"])
            made.append(self._village.corrections.draft(self._shown, right, typed["reason"]))

        self._ask("发更正公示", fields, save, {"body": written.body})
        if made:
            self._desk.go("notices", made[0].id)

    def take_down(self) -> None:
        """Note that the paper was taken off the board."""
        self._do(lambda: self._village.posting.take_down(self._shown), "已登记取下")

    def file_away(self) -> None:
        """Put the notice into the archive."""
        self._do(lambda: self._village.posting.file(self._shown), "已归档")

    def save_package(self) -> None:
        """Write the archive package into a folder of the user's choice."""
        folder = self._desk.asking.pick_folder("档案包放在哪里", "archive")
        if folder is not None:
            self._do(lambda: self._village.archive.save(self._shown, folder), "档案包已存")

    def withdraw(self) -> None:
        """Take the notice off the board before its time."""
        self._ask(
            "撤下这份公示",
            _REASON,
            lambda typed: self._village.posting.withdraw(self._shown, typed["reason"]),
        )

    def void(self) -> None:
        """Void the notice and its number."""
        self._ask(
            "作废编号，号码留着，不再用",
            _REASON,
            lambda typed: self._village.posting.void(self._shown, typed["reason"]),
        )

    @property
    def _village(self) -> Any:
        return self._desk.village

    @property
    def _shown(self) -> Notice:
        assert self._notice is not None
        notice: Notice = self._village.notices.get(self._notice.id)
        return notice

    def _do(self, what: Callable[[], object], said: str) -> bool:
        return self._act(what, said)

    def _ask(
        self,
        title: str,
        fields: Any,
        save: Callable[[Any], object],
        values: dict[str, Any] | None = None,
    ) -> None:
        self.dialog = FormDialog(title, fields, save, self.window(), values=values)
        self.dialog.exec()
        self._do(lambda: None, "")
