"""The recovery code: shown once, printed or copied by hand, typed back; and used when forgotten."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from village_app.ui.kit.banner import Banner
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.drawing import MIDDLE, painter_of, rounded, width_of, words
from village_app.ui.kit.note import Note
from village_app.ui.kit.sheets import Sheet
from village_app.ui.kit.text import Text
from village_app.ui.new_password import NewPassword
from village_app.ui.theme import Role, theme

_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})


def same_code(one: str, other: str) -> bool:
    """Say whether two writings mean one code: blanks, dashes, case, O/0 and I/1 are no matter."""
    return _bare(one) == _bare(other)


def _bare(code: str) -> str:
    return re.sub(r"[\s\-—－_.]", "", code).upper().translate(_ALIKE)


class CodeBox(QWidget):
    """The code in large type."""

    def __init__(self, code: str) -> None:
        super().__init__()
        self._code = code
        self.setObjectName("code")
        self.setAccessibleName(f"恢复码 {code}")
        self.setFixedHeight(theme().px(64))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter, look = painter_of(self), theme()
        box = QRectF(self.rect())
        rounded(painter, box, look.px(6), look.colours.sunk, look.colours.line2, look.line)
        role: Role = "figure" if width_of(self._code, "figure") < box.width() else "h2"
        words(painter, box, self._code, look.colours.ink, role, MIDDLE)


class CodeSheet(Sheet):
    """Shows the code and asks it back; `kept` is sent when what was typed back is right.

    `print_code(code)` prints it and says what happened, blank for nothing.
    """

    kept = Signal()

    def __init__(self, code: str, print_code: Callable[[str], str]) -> None:
        super().__init__("恢复码只出现这一次")
        self._code = code
        self._print = print_code
        self.typed = QLineEdit()
        self.typed.setAccessibleName("把恢复码再输一遍")
        self.typed.setProperty("big", "true")
        self.typed.setPlaceholderText("照纸上的再输一遍，短横和大小写不用管")
        self.note = Note()
        self._said = Note()
        self.add(
            Text(
                "所有人都忘了密码时，只有这串字能把数据打开。打印或抄在纸上，锁进村里的保险柜，"
                "不要存在电脑和手机里。",
                wrap=True,
            )
        )
        self.add(CodeBox(code))
        row = QHBoxLayout()
        row.addWidget(Button("打印", icon="printer", key="Ctrl+P", press=self._print_now))
        row.addWidget(self._said, 1)
        row.addStretch(1)
        self.body.addLayout(row)
        self.add(Text("纸收好了，再输一遍，证明抄得对：", "body", "ink2"))
        self.add(self.typed)
        self.add(self.note)
        self.typed.textEdited.connect(self._check)

    @property
    def is_kept(self) -> bool:
        return same_code(self.typed.text(), self._code)

    def _print_now(self) -> None:
        self._said.say(self._print(self._code))

    def _check(self, text: str) -> None:
        if self.is_kept:
            self.note.say("对上了。", "green", "done")
            self.kept.emit()
        elif len(_bare(text)) >= len(_bare(self._code)):
            self.note.say("和上面的不一样，从头对一遍。", "red", "fault")
        else:
            self.note.say("")


class KeepCodePage(QWidget):
    """Shows the next code after the old one was used; goes on when it was typed back."""

    done = Signal()

    def __init__(self, code: str, print_code: Callable[[str], str]) -> None:
        super().__init__()
        self.sheet = CodeSheet(code, print_code)
        self.on = Button("收好了，去登录", kind="primary", big=True, press=self.done.emit)
        self.on.forbid("先把恢复码再输一遍")
        self.sheet.kept.connect(lambda: self.on.forbid(""))
        self.sheet.typed.returnPressed.connect(self.on.click)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, theme().px(24), 0, theme().px(24))
        body.setSpacing(theme().px(12))
        body.addStretch(1)
        body.addWidget(Banner("done", "密码换好了，旧恢复码作废，这是新的。"))
        body.addWidget(self.sheet)
        body.addWidget(self.on)
        body.addStretch(1)


def draw_code_paper(painter: QPainter, page: QRectF, village: str, code: str) -> None:
    """Draw the paper for the safe into a page (px): whose it is, the code, what it is for."""
    unit = page.width() / 180
    lines = (
        (24, 9.0, f"{village}　共治通恢复码", True),
        (48, 8.0, code, False),
        (70, 4.6, "所有人都忘了密码时，凭它重设密码。用过一次就作废，会给出新的。", False),
        (80, 4.6, "谁拿到这张纸，谁就能打开全部数据：锁进保险柜，交接时当面点清。", False),
        (104, 4.6, "保管人签字：＿＿＿＿＿＿＿＿　　　日期：＿＿＿＿年＿＿月＿＿日", False),
    )
    painter.setPen(Qt.GlobalColor.black)
    for top, size, text, song in lines:
        font = theme().font("title" if song else "body")
        font.setPixelSize(max(1, round(size * unit)))
        painter.setFont(font)
        line = QRectF(page.left(), page.top() + top * unit, page.width(), size * unit * 1.6)
        painter.drawText(line, MIDDLE, text)


def print_on_paper(village: str, code: str) -> str:
    """Print the paper for the safe on a printer that is picked; says what happened."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo

    if not QPrinterInfo.availablePrinters():
        return "这台电脑没有装打印机，请抄在纸上。"
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if QPrintDialog(printer).exec() != QPrintDialog.DialogCode.Accepted:
        return "没有打印。"
    painter = QPainter()
    if not painter.begin(printer):
        return "打印机没有接上，请检查后再试，或者抄在纸上。"
    draw_code_paper(painter, QRectF(painter.viewport()), village, code)
    painter.end()
    return "已送到打印机，核对纸上的字再收好。"


class ForgottenPage(QWidget):
    """What to do when the password is forgotten: ask another, or use the paper from the safe."""

    back_asked = Signal()
    reset_asked = Signal(str, str)

    def __init__(self, user: str, check: Callable[[str], str]) -> None:
        super().__init__()
        px = theme().px
        self.code = QLineEdit()
        self.code.setAccessibleName("恢复码")
        self.code.setProperty("big", "true")
        self.password = NewPassword(check)
        self.note = Note()
        self.button = Button("换上新密码", icon="key", kind="primary", press=self._ask)
        sheet = Sheet(f"给 {user} 换密码")
        sheet.add(
            Text(
                "先找村里的管理员：他登录后能给您设新密码。"
                "找不到人，就取出保险柜里的恢复码，在这里换。",
                wrap=True,
            )
        )
        self.code.returnPressed.connect(self.password.first.setFocus)
        self.password.again.returnPressed.connect(self.button.click)
        sheet.add(Text("恢复码", "body", "ink2"))
        sheet.add(self.code)
        sheet.add(self.password)
        sheet.add(self.note)
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch(1)
        row.addWidget(Button("回到登录", key="Esc", press=self.back_asked.emit))
        sheet.body.addLayout(row)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, px(24), 0, px(24))
        self.body.setSpacing(px(12))
        self.body.addStretch(1)
        self.body.addWidget(sheet)
        lost = "密码和恢复码都没有了，数据就打不开，谁也没有办法；只能从还记得密码的旧备份恢复。"
        self.body.addWidget(Banner("info", lost))
        self.body.addStretch(1)

    def _ask(self) -> None:
        password = self.password.take()
        if not self.code.text().strip():
            self.note.say("先输恢复码。", "red", "fault")
        elif password is not None:
            self.note.say("正在换，要几秒钟。")
            self.button.setEnabled(False)
            self.reset_asked.emit(self.code.text(), password)

    def complain(self, sentence: str) -> None:
        """Say why it did not work."""
        self.button.setEnabled(True)
        self.note.say(sentence, "red", "fault")
