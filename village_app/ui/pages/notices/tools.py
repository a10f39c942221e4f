"""Beside the notices: templates in the village's own words, what was printed, printers' offsets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from village_app.db.records.notices import NOTICE_KINDS
from village_app.db.records.posting import PrintRun
from village_app.domain.kinds import (
    COUNT,
    LONG_TEXT,
    TEXT,
    Choice,
    FieldDeclaration,
    options_of,
)
from village_app.domain.reporting import Report
from village_app.errors import Refused, VillageError
from village_app.ui.asking import Choice as Answer
from village_app.ui.asking import FileKind, Question
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.columns import ColumnSpec, ListRow
from village_app.ui.kit.text import Text
from village_app.ui.page import Desk
from village_app.ui.pages.notices.registers import Register
from village_app.ui.printing import PrintJob

_LOG_DAYS = 31
_DOCX = FileKind("Word 文件", ("docx",))


class TemplateRegister(Register):
    """The templates: the village's own words for them, copies, samples."""

    def __init__(self, desk: Desk) -> None:
        columns = (
            ColumnSpec("label", "模板", TEXT, width=150),
            ColumnSpec("about", "用来做什么", TEXT, width=320, stretch=True),
            ColumnSpec("kind", "文种", TEXT, width=90),
            ColumnSpec("own", "谁的词", TEXT, width=120),
        )
        super().__init__(desk, columns, "templates", "个")
        self._templates: list[Any] = []
        self.bar.addWidget(Button("Word 红头", icon="paper", press=self.letterhead))
        self.bar.addStretch(1)
        self.bar.addWidget(Button("改词", icon="pen", key="F2", press=self.word))
        self.bar.addWidget(Button("照它另做一个", icon="copy", press=self.copy))
        self.bar.addWidget(Button("存样张", icon="paper", press=self.sample))
        self.bar.addWidget(Button("恢复原样", icon="undo", press=self.reset))
        self.table.opened.connect(lambda _key: self.word())

    def rows(self) -> list[ListRow]:
        self._templates = self.desk.village.templates.listed()
        return [
            ListRow(
                at,
                {
                    "label": one.label,
                    "about": one.about,
                    "kind": NOTICE_KINDS.show(one.kind),
                    "own": "本村改过" if one.is_own else "随程序带来",
                },
            )
            for at, one in enumerate(self._templates, 1)
        ]

    def word(self) -> None:
        """Change the words of a template."""
        template = self._chosen()
        if template is None:
            return
        places = "、".join(f"｛{name}｝" for name in self.desk.village.templates.fields())
        fields = (
            FieldDeclaration("name", "模板名称", TEXT, required=True),
            FieldDeclaration("heading", "标题", TEXT, required=True),
            FieldDeclaration(
                "body",
                "正文",
                LONG_TEXT,
                required=True,
                hint=f"程序会填的：{places}、｛公示期｝；别的写在｛｝里，写公示的时候再填",
            ),
        )
        values = {
            "name": template.label,
            "heading": template.title,
            "body": "\n".join(template.body),
        }
        self.ask(
            f"改“{template.label}”的词",
            fields,
            lambda typed: self.desk.village.templates.word(template.code, **typed),
            values=values,
        )

    def copy(self) -> None:
        """Make a template of the village's own."""
        template = self._chosen()
        if template is not None:
            self.ask(
                f"照“{template.label}”另做一个",
                (FieldDeclaration("name", "新模板的名称", TEXT, required=True),),
                lambda typed: self.desk.village.templates.copy(template.code, typed["name"]),
            )

    def sample(self) -> None:
        """Save how a template looks with sample values."""
        template = self._chosen()
        if template is not None:
            paper = self.desk.village.templates.sample(template.code)
            self.save_papers([paper], f"样张 {template.label}")

    def reset(self) -> None:
        """Go back to the shipped words."""
        template = self._chosen()
        if template is None:
            return
        try:
            self.desk.village.templates.reset(template.code)
        except Refused as refusal:
            self.desk.say(refusal.message, None)
            return
        self.desk.say(f"已恢复 {template.label}", self.desk.undo)
        self.refresh()

    def letterhead(self) -> None:
        """Choose the .docx that notices saved for Word are written into, or go without one."""
        letterheads = self.desk.village.letterheads
        name = letterheads.name()
        now = f"现在用的是“{name}”。" if name else "现在没有，用程序排的红头。"
        answers = [Answer("pick", "换一份" if name else "选一份", "folder")]
        answers += [Answer("off", "不用红头文件", "cross")] if name else []
        answer = self.desk.asking.ask(
            Question(
                "存 Word 用的红头文件",
                [
                    ("现在", now),
                    ("怎么做", "拿一份只有红头的 .docx，公示、通知、信存 Word 时接在它后面。"),
                ],
                [*answers, Answer("", "先不动")],
            )
        )
        if answer == "off":
            self._try(letterheads.take_off, "以后用程序排的红头")
        elif answer == "pick":
            path = self.desk.asking.pick_file("选红头文件", [_DOCX], "letterhead")
            if path is not None:
                self._try(lambda: letterheads.keep(path), f"红头文件换成 {path.name}")

    def _try(self, act: Callable[[], object], said: str) -> None:
        try:
            act()
        except VillageError as error:
            self.desk.asking.ask(Question("没有换", [("为什么", error.message)], light="fault"))
            return
        self.desk.say(said, self.desk.undo)

    def _chosen(self) -> Any:
        key = self.table.current_key()
        if key is None:
            self.desk.say("先选一个模板", None)
            return None
        return self._templates[key - 1]


class PrintLog(Register):
    """What was printed in the last weeks, and the printers' offsets."""

    nothing = "最近没有打印过"
    about = "打印了哪张纸、几份、第几次、谁打印的，每次都会自动记在这里。"

    def __init__(self, desk: Desk, printers: Any) -> None:
        columns = (
            ColumnSpec("at", "时间", TEXT, width=150),
            ColumnSpec("paper", "纸", TEXT, width=260, stretch=True),
            ColumnSpec("copies", "份数", COUNT, width=64),
            ColumnSpec("pages", "页数", COUNT, width=64, narrow=False),
            ColumnSpec("round", "第几次", TEXT, width=84),
            ColumnSpec("printer", "打印机", TEXT, width=150),
            ColumnSpec("user", "打印人", TEXT, width=90),
        )
        super().__init__(desk, columns, "print_log", "次")
        self._printers = printers
        self.bar.addWidget(Text(f"最近 {_LOG_DAYS} 天打印的", "body", "ink2"))
        self.bar.addStretch(1)
        self.bar.addWidget(Button("打印校正页", icon="printer", press=self.print_test_page))
        self.bar.addWidget(Button("校正打印机", icon="tools", press=self.correct_printer))

    def rows(self) -> list[ListRow]:
        today = self.desk.village.session.today()
        runs = self.desk.village.printing.log(today - timedelta(days=_LOG_DAYS), today)
        return [
            ListRow(
                run.id,
                {
                    **run.values(),
                    "at": PrintRun.declaration("at").kind.show(run.at),
                    "round": f"重印第 {run.round} 次" if run.round > 1 else "首次",
                },
            )
            for run in runs
        ]

    def print_test_page(self) -> None:
        """Print the page by which a printer's offset is measured, as it is corrected today."""
        printer = self._choose_printer()
        if not printer:
            return
        printing, printers = self.desk.village.printing, self._printers()
        data = printing.test_sheet(printer)
        job = PrintJob(data, "打印机校正页", printer, 1, printing.offset(printer))

        def work(report: Report) -> None:
            report(0, 1, "正在打印校正页")
            printers.print_out(job)
            printing.note("打印机校正页", printer, 1, pages=1)

        running = self.desk.jobs.start(work, "打印校正页")
        running.succeeded.connect(lambda _done: self._printed())
        running.failed.connect(self._not_printed)

    def _printed(self) -> None:
        self.desk.say("校正页已交给打印机，量好以后点“校正打印机”", None)
        self.refresh()

    def _not_printed(self, failure: BaseException) -> None:
        if not isinstance(failure, VillageError):
            raise failure
        self.desk.asking.ask(Question("没有打出来", [("为什么", failure.message)], light="fault"))

    def correct_printer(self) -> None:
        """Enter how far a printer's paper is to be moved, in millimetres; kept per printer."""
        printer = self._choose_printer()
        if not printer:
            return
        right, down = self.desk.village.printing.offset(printer)
        fields = (
            FieldDeclaration(
                "right", "向右挪", TEXT, required=True, hint="毫米，往左挪写负数，如 -1.5"
            ),
            FieldDeclaration("down", "向下挪", TEXT, required=True, hint="毫米，往上挪写负数"),
        )
        self.ask(
            f"校正 {printer}",
            fields,
            lambda typed: self.desk.village.printing.correct(printer, **typed),
            values={"right": _millimetres(right), "down": _millimetres(down)},
        )

    def _choose_printer(self) -> str:
        """Give the only printer, or the one that is chosen; blank where there is none."""
        names = self._printers().names()
        if not names:
            self.desk.say("这台电脑上没有打印机", None)
            return ""
        if len(names) == 1:
            return str(names[0])
        chosen: list[str] = []
        kinds = Choice(options_of((name, name) for name in names))
        self.ask(
            "哪一台打印机",
            (FieldDeclaration("printer", "打印机", kinds, required=True),),
            lambda typed: chosen.append(kinds.parse(typed["printer"]) or ""),
            words="就这台",
            values={"printer": names[0]},
        )
        return chosen[0] if chosen else ""


def _millimetres(tenths: int) -> str:
    return f"{tenths / 10:.1f}".removesuffix(".0")
