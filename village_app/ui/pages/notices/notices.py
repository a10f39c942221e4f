"""公示公告: what is written, hangs and hung; one notice with its paper; the registers beside."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, TypeVar

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from village_app.db.records.notices import Notice
from village_app.domain.kinds import TEXT, Choice, FieldDeclaration, options_of
from village_app.errors import Refused
from village_app.ui.asking import Question
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.chips import Chip, ChipRow
from village_app.ui.kit.heads import PageHead
from village_app.ui.kit.keys import Key
from village_app.ui.page import Desk, Page
from village_app.ui.pages.form_dialog import FormDialog
from village_app.ui.pages.notices.catalogue import CatalogueBoard
from village_app.ui.pages.notices.document import NoticeDocument
from village_app.ui.pages.notices.notice_list import NoticeList
from village_app.ui.pages.notices.registers import FormsRegister, Register, SealRegister
from village_app.ui.pages.notices.tools import PrintLog, TemplateRegister
from village_app.ui.theme import theme

_LIST_KEYS = (
    Key("↑ ↓", "选一份"),
    Key("Enter", "打开"),
    Key("F4", "写公示"),
    Key("Ctrl+P", "打印选中的"),
)
_DOCUMENT_KEYS = (
    Key("Alt+1", "按把关意见改"),
    Key("Ctrl+滚轮", "放大纸面"),
    Key("Ctrl+P", "打印"),
    Key("Ctrl+S", "存草稿"),
    Key("Alt+←", "回列表"),
)
RegisterType = TypeVar("RegisterType", bound=Register)
VIEWS = (
    ("", "公示"),
    ("catalogue", "公开目录"),
    ("seals", "用印登记"),
    ("forms", "空白表"),
    ("templates", "模板"),
    ("prints", "打印记录"),
)


class NoticesPage(Page):
    """The list, one notice, and the registers."""

    title = "公示公告"
    topic = "notices"
    watches = (
        "notice",
        "objection",
        "print_run",
        "seal_use",
        "blank_form",
        "catalogue_item",
        "notice_template",
    )
    keys = _LIST_KEYS

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.dialog: FormDialog | None = None
        self.stack = QStackedWidget()
        self.stack.addWidget(self._make_list())
        self.body.addWidget(self.stack, 1)
        self.columns = [self.search, self.table]

    def _make_list(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(12))
        self.head = PageHead(
            self.title,
            buttons=[
                Button("写公示", icon="pen", key="F4", kind="primary", press=self.begin),
                Button("打印选中的", icon="printer", key="Ctrl+P", press=self.print_chosen),
            ],
        )
        column.addWidget(self.head)
        self.views = ChipRow([Chip(key, word) for key, word in VIEWS], name="看什么")
        self.views.chosen.connect(self._choose_view)
        column.addWidget(self.views)
        self.head.take_in(self.views, column, 1)
        self._registers: list[Register] = []
        self.sides = QStackedWidget()
        self.notices = NoticeList(self.desk, self)
        self.search, self.chips = self.notices.search, self.notices.chips
        self.table = self.notices.table
        self.table.emptied.connect(self.head.rest)
        self.sides.addWidget(self.notices)
        column.addWidget(self.sides, 1)
        return inside

    # The registers and the document are made when somebody looks at them.

    @cached_property
    def document(self) -> NoticeDocument:
        document = NoticeDocument(self.desk)
        document.left.connect(self.show_list)
        document.set_narrow(narrow=self.narrow)
        self.stack.addWidget(document)
        return document

    @cached_property
    def catalogue(self) -> CatalogueBoard:
        board = CatalogueBoard(self.desk)
        board.opened.connect(self.show_notice)
        return self._beside(board)

    @cached_property
    def seals(self) -> SealRegister:
        return self._beside(SealRegister(self.desk))

    @cached_property
    def forms(self) -> FormsRegister:
        return self._beside(FormsRegister(self.desk))

    @cached_property
    def templates(self) -> TemplateRegister:
        return self._beside(TemplateRegister(self.desk))

    @cached_property
    def prints(self) -> PrintLog:
        log = PrintLog(self.desk, lambda: self.document.output.printing.printers)
        return self._beside(log)

    def _beside(self, register: RegisterType) -> RegisterType:
        register.set_narrow(self.narrow)
        self._registers.append(register)
        self.sides.addWidget(register)
        return register

    # Data

    def refresh(self) -> None:
        if self.stack.currentIndex() == 1:
            self.document.reload()
            return
        reminders = self.desk.village.posting.reminders()
        self.head.set_fact(f"{len(reminders)} 份快到期或已到期" if reminders else "")
        self.notices.refresh()
        side = self.sides.currentWidget()
        if isinstance(side, Register):
            side.refresh()

    def _choose_view(self, keys: tuple[str, ...]) -> None:
        key = keys[0] if keys else ""
        self.sides.setCurrentWidget(getattr(self, key or "notices"))
        self.refresh()

    # Wishes

    def begin(self) -> None:
        """Write a new notice: choose a template, give it a title."""
        templates = self.desk.village.templates.listed()
        kinds = Choice(options_of((one.code, f"{one.label}：{one.about}") for one in templates))
        fields = (
            FieldDeclaration("template", "模板", kinds, required=True),
            FieldDeclaration("heading", "标题", TEXT, hint="可以先空着，照模板的"),
        )
        made: list[Notice] = []

        def save(typed: Mapping[str, str]) -> None:
            code = kinds.parse(typed["template"])
            made.append(self.desk.village.writing.begin(code, typed["heading"]))

        self.dialog = FormDialog(
            "写公示", fields, save, self.window(), words="开始写", values={"template": "publicity"}
        )
        self.dialog.exec()
        if made:
            self.show_notice(made[0].id)

    def begin_by_template(self, code: str, heading: str = "") -> None:
        """Begin a notice without asking (from another page)."""
        self.show_notice(self.desk.village.writing.begin(code, heading).id)

    def look_up(self) -> None:
        """Type the code of a paper and see what the office keeps under it."""
        fields = (FieldDeclaration("code", "验证码", TEXT, required=True, hint="纸脚上的 8 个字"),)
        found: list[Any] = []
        self.dialog = FormDialog(
            "验一张纸",
            fields,
            lambda typed: found.append(self.desk.village.paper_check.look_up(typed["code"])),
            self.window(),
            words="查",
        )
        self.dialog.exec()
        if found:
            paper = found[0]
            lines = [("标题", paper.notice.heading), *paper.totals]
            lines.append(("比一比", "纸上的合计和这里一样才对。"))
            self.desk.asking.ask(
                Question(
                    f"是真的：{paper.notice.number}",
                    lines,
                    light="done",
                )
            )
            self.show_notice(paper.notice.id)

    def print_chosen(self) -> None:
        """Print the chosen notices one after the other; each is taken down in the log."""
        keys = self.table.selected_keys()
        printing = self.document.output.printing
        names = printing.printers.names()
        if not keys or not names:
            sentence = "先选要打印的公示。" if names else "这台电脑上没有打印机，可以先存成 PDF。"
            self.desk.asking.ask(Question("没有可打印的", [("", sentence)]))
            return
        if len(keys) == 1:
            self.show_notice(keys[0])
            printing.print_out()
            return
        try:
            printing.print_many(keys, names[0])
        except Refused as refusal:
            self.desk.asking.ask(Question("没有打印", [("为什么", refusal.message)], light="fault"))
            return

    # The page

    def show_notice(self, key: int | None) -> None:
        """Open one notice with its paper."""
        if key is None:
            return
        self.document.show_notice(self.desk.village.notices.get(key))
        self.stack.setCurrentIndex(1)
        self.set_keys(_DOCUMENT_KEYS)

    def show_list(self) -> None:
        """Go back to the list, to the row of the notice."""
        shown = self.document.notice if self.stack.currentIndex() else None
        self.stack.setCurrentIndex(0)
        self.set_keys(_LIST_KEYS)
        self.refresh()
        if shown is not None:
            self.table.choose(shown.id)
        self.table.focus_rows()

    def open_record(self, record: int) -> None:
        self.show_notice(record)

    def open_part(self, part: str) -> None:
        """Open one of the registers; after the board's name may stand what it shows (over)."""
        view, _, only = part.partition("/")
        self.stack.setCurrentIndex(0)
        self.set_keys(_LIST_KEYS)
        self.views.set_on((view,))
        self._choose_view((view,))
        if view == "catalogue":
            self.catalogue.show_only(only)

    def called_by_key(self) -> None:
        self.begin()

    def first_focus(self) -> QWidget:
        return self.search

    def lay_out(self, narrow: bool) -> None:
        self.head.set_narrow(narrow)
        self.notices.set_narrow(narrow)
        for side in self._registers:
            side.set_narrow(narrow)
        if "document" in vars(self):
            self.document.set_narrow(narrow=narrow)
