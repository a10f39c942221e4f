"""The set-up of a new village in five short pages: village, user, groups, letterhead, code."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from village_app.domain.kinds import PERSON_NAME, TEXT, Choice, FieldDeclaration, options_of
from village_app.domain.permissions import ROLE_LABELS
from village_app.errors import InvalidInput
from village_app.ui.door import Door
from village_app.ui.door_facts import NewVillage
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.form import RecordForm
from village_app.ui.kit.heads import PageHead
from village_app.ui.kit.note import Note
from village_app.ui.kit.sheets import Scroll, Sheet
from village_app.ui.kit.wizard import WizardFrame
from village_app.ui.new_password import NewPassword
from village_app.ui.recovery import CodeSheet
from village_app.ui.theme import theme

STEPS = ("村庄", "第一个用户", "村民小组", "文头", "恢复码")
_VILLAGE = (
    FieldDeclaration("town", "镇街", TEXT, required=True, hint="如 横沥镇"),
    FieldDeclaration("village", "村名", TEXT, required=True, hint="写全，如 隔坑村"),
    FieldDeclaration(
        "kind",
        "类别",
        Choice(options_of([("村", "村"), ("社区", "社区")])),
        required=True,
        hint="菜单和打印都跟着用这个称呼，以后可以改",
    ),
)
_DUTIES = tuple(label for role, label in ROLE_LABELS.items() if role not in ("admin", "reader"))
_USER = (
    FieldDeclaration("user", "姓名", PERSON_NAME, required=True),
    FieldDeclaration(
        "duty",
        "职务",
        Choice(options_of([(duty, duty) for duty in _DUTIES])),
        required=True,
        hint="第一个用户同时是管理员，能添别的用户",
    ),
)


class SetupPage(QWidget):
    """Asks what a new village needs; `ready` gives the `NewVillage` when all is asked.

    After it is made, `show_code` shows the recovery code; `done` is sent when it was typed back.
    """

    ready = Signal(object)
    done = Signal()
    left = Signal()

    def __init__(self, door: Door, print_code: Callable[[str, str], str]) -> None:
        super().__init__()
        self.setProperty("ground", "canvas")
        self._door = door
        self._print_code = print_code
        self.village = RecordForm(_VILLAGE)
        self.user = RecordForm(_USER)
        self.password = NewPassword(self._weakness)
        self.groups = QPlainTextEdit()
        self.letterhead = RecordForm(
            (FieldDeclaration("letterhead", "文头", TEXT, hint="红头文件最上面的红字"),)
        )
        self.code: CodeSheet | None = None
        self.failure = Note()
        self.wizard = WizardFrame(STEPS)
        self._build()
        self.village.set_values({"kind": "村"})
        self.user.set_values({"duty": "文书"})
        self.village.focus_first()

    def _build(self) -> None:
        px = theme().px
        wizard = self.wizard
        self.skip = Button("先跳过", press=self._skip)
        wizard.extra.addWidget(self.skip)
        wizard.add_step(_on_sheet(self.village), on="下一步", forward=self._after_village)
        user = QWidget()
        column = QVBoxLayout(user)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.user)
        column.addWidget(self.password)
        wizard.add_step(_on_sheet(user), on="下一步", forward=self._after_user)
        wizard.add_step(self._groups_sheet(), on="下一步", forward=self._after_groups)
        letterhead = _on_sheet(self.letterhead, self.failure)
        wizard.add_step(letterhead, on="建好村庄", forward=self._make)
        self._code_place = QVBoxLayout()
        place = QWidget()
        place.setLayout(self._code_place)
        enter = "收好了，进入共治通"
        wizard.add_step(Scroll(place), on=enter, forward=self.done.emit, can_go_back=False)
        wizard.say_safe("还没有写下任何东西，随时可以退出。")
        leave = Button("不建了", icon="cross", key="Esc", press=self.left.emit)
        self._leave = leave
        head = PageHead("新建村庄", fact="小组和文头可以先跳过", buttons=[leave])
        inner = QVBoxLayout()
        inner.setContentsMargins(px(20), px(16), px(20), px(16))
        inner.setSpacing(px(12))
        inner.addWidget(head)
        inner.addWidget(wizard, 1)
        middle = QWidget()
        middle.setMaximumWidth(px(860))
        middle.setLayout(inner)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(middle, 1000)
        row.addStretch(1)
        self._go(0)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.village.focus_first()

    def _groups_sheet(self) -> QWidget:
        self.groups.setAccessibleName("村民小组，一行一个")
        self.groups.setTabChangesFocus(True)
        row = QHBoxLayout()
        for count in (3, 6, 10):
            row.addWidget(Button(f"写上 {count} 个组", press=self._group_writer(count)))
        row.addStretch(1)
        sheet = Sheet("有哪些村民小组", note="一行一个，名称以后可以改")
        sheet.add(self.groups, 1)
        sheet.body.addLayout(row)
        return sheet

    def _group_writer(self, count: int) -> Callable[[], None]:
        names = [f"第{number}村民小组" for number in "一二三四五六七八九十"[:count]]
        return lambda: self.groups.setPlainText("\n".join(names))

    def _weakness(self, password: str) -> str:
        user = self.user.editor("user").raw()
        village = self.village.editor("village").raw()
        fault = self._door.check_password(password, user, village)
        return fault.message if fault else ""

    def _go(self, step: int) -> None:
        self.wizard.go(step)
        self.skip.setVisible(step in (2, 3))
        self.skip.set_words("先跳过" if step == 2 else "跳过，建好村庄")

    def _after_village(self) -> None:
        if _is_good(self.village):
            self._go(1)
            self.user.focus_first()

    def _after_user(self) -> None:
        good = _is_good(self.user)
        if self.password.take() is not None and good:
            self._go(2)
            self.groups.setFocus()

    def _after_groups(self) -> None:
        self._go(3)
        self.letterhead.focus_first()

    def _skip(self) -> None:
        if self.wizard.step == 2:
            self.groups.clear()
            self._after_groups()
        else:
            self.letterhead.clear()
            self._make()

    def _make(self) -> None:
        self.wizard.on.setEnabled(False)
        self.skip.setEnabled(False)
        self.failure.say("正在建村庄，要几秒钟。")
        self.ready.emit(self.wish())

    def wish(self) -> NewVillage:
        """Give what was asked so far."""
        village, user = self.village.values(), self.user.values()
        lines = (line.strip() for line in self.groups.toPlainText().splitlines())
        return NewVillage(
            town=village["town"],
            village=village["village"],
            kind=village["kind"],
            user=user["user"],
            duty=user["duty"],
            password=self.password.first.text(),
            groups=tuple(dict.fromkeys(line for line in lines if line)),
            letterhead=self.letterhead.values()["letterhead"] or "",
        )

    def complain(self, sentence: str) -> None:
        """Say why the village was not made; nothing was lost of what was typed."""
        self.wizard.on.setEnabled(True)
        self.skip.setEnabled(True)
        self.failure.say(sentence, "red", "fault")

    def show_code(self, code: str) -> None:
        """Show the recovery code of the village that was made."""
        village = self.village.editor("village").raw()
        self.code = CodeSheet(code, lambda shown: self._print_code(village, shown))
        self._code_place.addWidget(self.code)
        self._code_place.addStretch(1)
        self._go(4)
        self._leave.setVisible(False)
        self.wizard.say_safe("村庄建好了，数据在这台电脑上。")
        self.wizard.on.forbid("先把恢复码再输一遍")
        self.code.kept.connect(lambda: self.wizard.on.forbid(""))
        self.code.typed.setFocus()


def _on_sheet(*widgets: QWidget) -> QWidget:
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, theme().px(6), 0)
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch(1)
    sheet = Sheet()
    sheet.add(Scroll(inside), 1)
    return sheet


def _is_good(form: RecordForm) -> bool:
    try:
        form.values()
    except InvalidInput:
        return False
    return True
