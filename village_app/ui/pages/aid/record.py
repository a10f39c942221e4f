"""One list of subsidies: its people as the register sees them, what to decide, papers, photos."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from village_app.db.records.aid import AID_KINDS, AidLine, AidList
from village_app.domain.kinds import BANK_ACCOUNT, DOCUMENT_NUMBER, MONEY, TEXT, FieldDeclaration
from village_app.domain.money import show_money
from village_app.errors import Refused
from village_app.services.aid.lists import AidState
from village_app.ui.asking import Choice, FileKind, Question
from village_app.ui.kit.banner import Banner
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.chips import Chip, ChipRow
from village_app.ui.kit.columns import ColumnSpec, ListRow, ShortList
from village_app.ui.kit.heads import PageHead
from village_app.ui.kit.lights import Light
from village_app.ui.kit.sheets import Facts, Sheet
from village_app.ui.kit.table import RecordTable
from village_app.ui.pages.attached_dialog import AttachedDialog
from village_app.ui.pages.form_dialog import FormDialog, Typed
from village_app.ui.pages.wishes import MoreButton, Wish, bind
from village_app.ui.theme import theme

if TYPE_CHECKING:
    from village_app.ui.pages.aid.aid import AidPage

COLUMNS = (
    ColumnSpec("name", "姓名", TEXT, width=92),
    ColumnSpec("group", "小组", TEXT, width=84),
    ColumnSpec("number", "证件号码", DOCUMENT_NUMBER, width=176, masked=True, narrow=False),
    ColumnSpec("account", "银行账号", BANK_ACCOUNT, width=160, masked=True, narrow=False),
    ColumnSpec("quantity", "面积或人数", TEXT, width=96, narrow=False),
    ColumnSpec("amount", "金额（元）", MONEY, width=104),
    ColumnSpec("check", "核对", TEXT, width=220, stretch=True, sortable=False),
    ColumnSpec("received", "签收", TEXT, width=110, sortable=False),
)
_FITS: dict[str, Callable[[AidState], bool]] = {
    "全部": lambda _one: True,
    "有问题": lambda one: bool(one.findings),
    "已剔除": lambda one: bool(one.line.is_out),
    "没签收": lambda one: not one.line.is_out and one.line.received_on is None,
}
FILTERS = tuple(_FITS)
LINE_FIELDS = ("name", "id_number", "group_name", "bank_account", "quantity", "amount", "note")
_PDF = FileKind("PDF", ("pdf",))
_REASON = FieldDeclaration("reason", "原因", TEXT, required=True)


class AidRecord(QWidget):
    """Shows one list and what can be done with it and with each of its lines."""

    def __init__(self, page: AidPage) -> None:
        super().__init__()
        self.page = page
        self.desk = page.desk
        self.list_id: int | None = None
        self._states: list[AidState] = []
        self._filter = FILTERS[0]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(10))
        self._make_head(column)
        self.banner = Banner("stop", "", link="下一处问题")
        self.banner.pressed.connect(self.next_fault)
        column.addWidget(self.banner)
        self.facts_sheet = Sheet()
        self.facts = Facts(columns=2)
        self.facts_sheet.add(self.facts)
        column.addWidget(self.facts_sheet)
        self._make_lines(column)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    # Parts

    def _make_head(self, column: QVBoxLayout) -> None:
        self.head = PageHead(
            "补贴名单",
            buttons=[
                Button(
                    "起草公示",
                    icon="board",
                    key="F4",
                    bind=False,
                    kind="primary",
                    press=self.publish,
                ),
                Button("导入名单", icon="in", key="Ctrl+I", bind=False, press=self.bring_in),
                Button("回列表", icon="left", key="Alt+Left", bind=False, press=self.page.go_back),
            ],
        )
        self.more = MoreButton(self.wishes)
        top = QHBoxLayout()
        top.setSpacing(theme().px(8))
        top.addWidget(self.head, 1)
        top.addWidget(self.more)
        column.addLayout(top)
        bind(self.wishes(), self)

    def _make_lines(self, column: QVBoxLayout) -> None:
        self.chips = ChipRow([Chip(word, word) for word in FILTERS], name="看哪些人")
        self.chips.chosen.connect(self._choose_filter)
        row = QHBoxLayout()
        row.addWidget(self.chips, 1)
        row.addWidget(
            Button("下一处问题", kind="quiet", key="F8", bind=False, press=self.next_fault)
        )
        column.addLayout(row)
        self.table = RecordTable(ShortList(COLUMNS), name="aid_lines", measure="人")
        self.table.opened.connect(lambda _key: self.decide())
        self.table.add_link("加一人", self.add)
        self.table.add_link("登记签收", self.receive)
        self.table.add_link("存签收表", self.save_receipts)
        column.addWidget(self.table, 1)

    # Data

    def show_list(self, list_id: int) -> None:
        """Show a list by its id."""
        if list_id != self.list_id:
            self._filter = FILTERS[0]
        self.list_id = list_id
        self.refresh()

    def refresh(self) -> None:
        if self.list_id is None:
            return
        aid = self._aid()
        self._states = self.desk.village.aid.states(aid)
        kept = [one for one in self._states if not one.line.is_out]
        total = sum(one.line.amount for one in kept)
        self.head.set_title(f"{aid.period}{aid.name}", f"{len(kept)} 人，{show_money(total)} 元")
        self.facts.set_facts([(name, words) for name, words in _facts(aid) if words])
        self._show_open()
        self.chips.set_counts({word: len(self._fitting(word)) for word in FILTERS})
        self.chips.set_on((self._filter,))
        rows = [_row(one) for one in self._fitting(self._filter)]
        self.table.refresh(ShortList(COLUMNS, rows))
        if self.table.current_key() is None:
            self.table.choose_first()

    def _show_open(self) -> None:
        open_ones = self._open_ones()
        self.banner.setVisible(bool(open_ones))
        if open_ones:
            first = open_ones[0]
            self.banner.show_sentence(
                "stop",
                f"{len(open_ones)} 人要先定下来才能公示。{first.line.name}："
                f"{first.findings[0].message}",
            )

    def _open_ones(self) -> list[AidState]:
        return [one for one in self._states if not one.is_settled]

    def _fitting(self, word: str) -> list[AidState]:
        return [one for one in self._states if _FITS[word](one)]

    def _choose_filter(self, keys: tuple[str, ...]) -> None:
        if keys:
            self._filter = keys[0]
            self.refresh()

    def _aid(self) -> AidList:
        assert self.list_id is not None
        aid: AidList = self.desk.village.aid.get(self.list_id)
        return aid

    def _chosen(self) -> AidState | None:
        key = self.table.current_key()
        return next((one for one in self._states if one.line.id == key), None)

    # One line

    def next_fault(self) -> None:
        """Go to the next line that must be decided."""
        keys = [one.line.id for one in self._open_ones()]
        if not keys:
            self.desk.say("没有要处理的问题了", None)
            return
        self._filter = FILTERS[0]
        self.refresh()
        here = self.table.current_key()
        at = keys.index(here) + 1 if here in keys else 0
        self.table.choose(keys[at % len(keys)])
        self.table.focus_rows()

    def decide(self) -> None:
        """Ask what is to become of the chosen line."""
        state = self._chosen()
        if state is None:
            return
        line = state.line
        lines = [("核对", one.message) for one in state.findings] or [("核对", "没有问题。")]
        if line.reason:
            lines.append(("已经定的", f"{'剔除' if line.is_out else '保留'}：{line.reason}"))
        answers = [Choice("keep", "放回来")] if line.is_out else [Choice("out", "剔除")]
        if state.has_fault and not line.is_out:
            answers.append(Choice("keep", "保留，写明原因"))
        answers += [Choice("correct", "改这一行", "pen"), Choice("", "先不动")]
        answer = self.desk.asking.ask(Question(f"{line.name}", lines, answers, "new"))
        moves: dict[str, Callable[[AidLine], None]] = {
            "out": self._take_out,
            "keep": self._keep,
            "correct": self._correct,
        }
        if answer in moves:
            moves[answer](line)

    def _take_out(self, line: AidLine) -> None:
        def save(typed: Typed) -> None:
            self.desk.village.aid.take_out(line, typed["reason"])
            self.desk.say(f"已剔除 {line.name}", self.desk.undo)

        self._ask(f"剔除 {line.name}", [_REASON], save, "剔除")

    def _keep(self, line: AidLine) -> None:
        def save(typed: Typed) -> None:
            self.desk.village.aid.keep(line, typed["reason"])
            self.desk.say(f"已保留 {line.name}", self.desk.undo)

        self._ask(f"保留 {line.name}", [_REASON], save, "保留")

    def _correct(self, line: AidLine) -> None:
        def save(typed: Typed) -> None:
            self.desk.village.aid.correct_line(line, typed)
            self.desk.say(f"已改好 {typed['name']}", self.desk.undo)

        values = {name: getattr(line, name) for name in LINE_FIELDS}
        self._ask(f"改 {line.name}", _declared(LINE_FIELDS), save, "存", values)

    def add(self) -> None:
        """Enter one person by hand."""

        def save(typed: Typed) -> None:
            self.desk.village.aid.add(self._aid(), typed)
            self.desk.say(f"已加 {typed['name']}", self.desk.undo)

        self._ask("加一人", _declared(LINE_FIELDS), save, "存")

    def receive(self) -> None:
        """Take down who signed for the chosen line, and when."""
        state = self._chosen()
        if state is None:
            return
        line = state.line

        def save(typed: Typed) -> None:
            day = AidLine.declaration("received_on").kind.parse(typed["received_on"])
            self.desk.village.aid.receive(line, day, typed["received_by"])
            self.desk.say(f"{line.name} 已签收", self.desk.undo)

        values = {"received_on": self.desk.village.session.today(), "received_by": line.name}
        declared = [
            FieldDeclaration(one.name, one.label, one.kind)
            for one in _declared(("received_on", "received_by"))
        ]
        self._ask(f"{line.name} 签收 {show_money(line.amount)} 元", declared, save, "签收", values)

    # The whole list

    def bring_in(self) -> None:
        """Go to the import with this list in hand."""
        self.desk.go("import-aid", self.list_id)

    def publish(self) -> None:
        """Draft the masked notice and go to it."""
        try:
            notice = self.desk.village.aid_papers.draft(self._aid())
        except Refused as refusal:
            self.desk.say(refusal.message, None)
            self.next_fault()
            return
        self.desk.say(f"已起草 {notice.heading}", self.desk.undo)
        self.desk.go("notices", notice.id)

    def save_receipts(self) -> None:
        """Keep the list to be signed as a PDF file."""
        aid = self._aid()
        name = f"{aid.period}{aid.name}签收表.pdf"
        target = self.desk.asking.save_file("存签收表", _PDF, name, "papers")
        if target is None:
            return
        try:
            self.desk.village.aid_papers.save_receipts(aid, target)
        except Refused as refusal:
            self.desk.say(refusal.message, None)
            return
        self.desk.say(f"已存 {target.name}", None)

    def wishes(self) -> list[Wish]:
        """Give what can be done with the list."""
        return [
            Wish("起草公示", self.publish, "F4"),
            Wish("导入名单", self.bring_in, "Ctrl+I"),
            Wish("下一处问题", self.next_fault, "F8"),
            Wish("存签收表", self.save_receipts, "Ctrl+P"),
            Wish("回列表", self.page.go_back, "Alt+Left"),
            Wish("发放照片", lambda: self.show_files("发放照片"), divides=True),
            Wish("签收表扫描件", lambda: self.show_files("签收表扫描件")),
            Wish("改名单的抬头", self.correct),
        ]

    def show_files(self, purpose: str) -> None:
        """Show the photos or scans of the list; more can be added there."""
        self.attached = AttachedDialog(
            self.desk, self._aid(), purpose, self.window(), purpose=purpose
        )
        self.attached.open()

    def correct(self) -> None:
        """Change the head of the list."""
        from village_app.ui.pages.aid.aid import HEAD_FIELDS

        aid = self._aid()

        def save(typed: Typed) -> None:
            self.desk.village.aid.correct(aid, typed)
            self.desk.say(f"已改好 {typed['name']}", self.desk.undo)

        values = {name: getattr(aid, name) for name in HEAD_FIELDS}
        declared = [AidList.declaration(name) for name in HEAD_FIELDS]
        self._ask("改名单的抬头", declared, save, "存", values)

    def set_narrow(self, narrow: bool) -> None:
        """Leave out columns for which there is no room."""
        self.head.set_narrow(narrow)
        self.facts.set_columns(3 if narrow else 2)
        self.table.set_narrow(narrow)

    def _ask(
        self,
        title: str,
        declared: list[FieldDeclaration],
        save: object,
        words: str,
        values: dict[str, object] | None = None,
    ) -> None:
        self.page.show_dialog(
            FormDialog(title, declared, save, self.window(), words=words, values=values)  # type: ignore[arg-type]  # every save takes what was typed
        )


def _declared(names: tuple[str, ...]) -> list[FieldDeclaration]:
    found = {one.name: one for one in AidLine.declarations()}
    return [found[name] for name in names]


def _facts(aid: AidList) -> list[tuple[str, str]]:
    paid = str(aid.paid_on) if aid.paid_on else "还没有定"
    return [
        ("类别", AID_KINDS.show(aid.kind)),
        ("资金来源", aid.source or ""),
        ("标准", aid.standard or ""),
        ("依据", aid.document or ""),
        ("发放日期", paid),
        ("备注", aid.note or ""),
    ]


def _row(state: AidState) -> ListRow:
    line = state.line
    if line.is_out:
        check = Light("hold", f"已剔除：{line.reason}")
    elif state.has_fault:
        fault = next(one for one in state.findings if one.gravity == "fault")
        kept = f"已保留：{line.reason}" if line.reason else fault.message
        check = Light("done" if line.reason else "fault", kept)
    elif state.findings:
        check = Light("dup", state.findings[0].message)
    else:
        check = Light("done", "对得上")
    received = (
        Light("done", f"{line.received_on:%m-%d} {line.received_by}")
        if (line.received_on)
        else Light("ok", "没签")
    )
    return ListRow(
        line.id,
        {
            "name": line.name,
            "group": line.group_name,
            "number": line.id_number,
            "account": line.bank_account,
            "quantity": line.quantity,
            "amount": line.amount,
            "check": check,
            "received": "" if line.is_out else received,
        },
        muted=bool(line.is_out),
    )
