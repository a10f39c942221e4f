"""The card beside the columns: which file, sheet and header, and how known records change."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QRadioButton, QVBoxLayout, QWidget

from village_app.services.imports.session import ImportSession
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.removal import empty
from village_app.ui.kit.sheets import Hairline, Scroll, Sheet
from village_app.ui.kit.text import Text
from village_app.ui.pages.imports.dialogs import UPDATE_RULES
from village_app.ui.theme import theme

_ENCODINGS = (
    ("", "自动认出"),
    ("utf-8", "UTF-8"),
    ("gb18030", "GB18030（GBK）"),
    ("big5", "Big5（繁体）"),
    ("utf-16", "UTF-16"),
)
_SEPARATORS = (("", "自动认出"), (",", "逗号"), ("\t", "制表符"), (";", "分号"), ("、", "顿号"))


class FileFacts(Sheet):
    """What was understood of the file; each part can be put right here."""

    sheet_chosen = Signal(str)
    other_chosen = Signal(object)
    header_asked = Signal()
    text_chosen = Signal(str, str)
    rule_chosen = Signal(str)
    rules_asked = Signal()
    answered = Signal(str)

    def __init__(self) -> None:
        super().__init__(flush=True)
        inner = QWidget()
        inner.setProperty("ground", "sheet")
        px = theme().px
        self._lines = QVBoxLayout(inner)
        self._lines.setContentsMargins(px(16), px(10), px(12), px(10))
        self._lines.setSpacing(px(2))
        self.body.addWidget(Scroll(inner))
        self.setFixedWidth(px(268))
        self.rules: dict[str, QRadioButton] = {}
        self.sheets = self.encoding = self.separator = QComboBox()

    def show_file(self, session: ImportSession) -> None:
        """Show what was understood of the session's file."""
        empty(self._lines)
        self.rules = {}
        self._say_file(session)
        self._say_text(session)
        self._ask(session)
        if session.imports.rule_matters:
            self._say_rule(session)
        self._lines.addStretch(1)

    def _say_file(self, session: ImportSession) -> None:
        plan = session.plan
        self._lines.addWidget(Text("这张表", "h3"))
        self._fact("文件", session.name)
        sheets = session.sheets()
        if len(sheets) > 1:
            self.sheets = self._combo("工作表", ((name, name) for name in sheets), "")
            place = self.sheets.findData(plan.table.parts[0].sheet)
            if len(plan.table.parts) > 1:
                self.sheets.insertItem(0, f"{len(plan.table.parts)} 张一起：{plan.table.sheet}", "")
                place = 0
            self.sheets.setCurrentIndex(place)
            self.sheets.activated.connect(
                lambda _index: self.sheet_chosen.emit(self.sheets.currentData())
            )
        rows = "、".join(str(row) for row in plan.table.header_rows)
        self._fact("表头", f"第 {rows} 行" if rows else "没有表头，按内容认列")
        self._lines.addWidget(Button("表头不对，我来指", kind="link", press=self.header_asked.emit))
        told = f"{plan.counts.rows} 行"
        told += f"，{len(plan.households)} 户" if plan.households else ""
        self._fact("数据", told)
        left = sum(len(part.left_out) for part in plan.table.parts)
        if left:
            self._fact("没有当作数据的", f"{left} 行（标题、合计、签名一类）")
        others = session.others()
        if others:
            self._lines.addWidget(Text("文件里还有", "small", "ink2"))
            for words, choice in others[:4]:
                self._lines.addWidget(Button(words, kind="link", press=self._teller(choice)))
        for remark in plan.file.remarks:
            self._fact("读的时候", remark)

    def _teller(self, choice: object) -> Callable[[], None]:
        return lambda: self.other_chosen.emit(choice)

    def _say_text(self, session: ImportSession) -> None:
        workbook = session.workbook()
        if workbook.encoding is None:
            return
        self.encoding = self._combo("文字编码", _ENCODINGS, workbook.encoding.lower())
        self.separator = self._combo("隔开各列的", _SEPARATORS, workbook.separator or "")
        for combo in (self.encoding, self.separator):
            combo.activated.connect(lambda _index: self._tell_text())

    def _tell_text(self) -> None:
        self.text_chosen.emit(self.encoding.currentData(), self.separator.currentData())

    def _ask(self, session: ImportSession) -> None:
        asked = session.asked()
        if asked is None:
            return
        combo = self._combo(asked.label, asked.answers, asked.chosen)
        combo.activated.connect(lambda _index: self.answered.emit(combo.currentData()))

    def _say_rule(self, session: ImportSession) -> None:
        self._lines.addSpacing(theme().px(6))
        self._lines.addWidget(Hairline())
        self._lines.addSpacing(theme().px(4))
        self._lines.addWidget(Text("已有的怎么更新", "h3"))
        for code, label in UPDATE_RULES:
            button = QRadioButton(label)
            button.setChecked(session.rule() == code)
            button.clicked.connect(lambda _checked=False, rule=code: self.rule_chosen.emit(rule))
            self._lines.addWidget(button)
            self.rules[code] = button
        self._lines.addWidget(Button("每一项分别定", kind="link", press=self.rules_asked.emit))
        self._lines.addWidget(Text("空格子永远不会抹掉已有内容。", "small", "ink2", wrap=True))

    def _fact(self, label: str, said: str) -> None:
        self._lines.addWidget(Text(label, "small", "ink2"))
        self._lines.addWidget(Text(said, wrap=True))

    def _combo(self, label: str, choices: Iterable[tuple[str, str]], chosen: str) -> QComboBox:
        combo = QComboBox()
        combo.setAccessibleName(label)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for key, word in choices:
            combo.addItem(word, key)
        combo.setCurrentIndex(max(0, combo.findData(chosen)))
        self._lines.addWidget(Text(label, "small", "ink2"))
        self._lines.addWidget(combo)
        return combo
