"""A notice to the printer: chosen, handed over beside the window, taken down in the log."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from village_app.db.records.notices import Notice
from village_app.domain.kinds import COUNT, Choice, FieldDeclaration, options_of
from village_app.domain.reporting import Report
from village_app.errors import EnvironmentProblem
from village_app.ui.asking import Choice as Answer
from village_app.ui.asking import Question
from village_app.ui.page import Desk
from village_app.ui.printing import Printers, PrintJob, SystemPrinters, count_pages

USUAL_COPIES = 3


class Printed(Protocol):
    """What printing asks of the document page."""

    desk: Desk
    notice: Notice | None

    def saved(self) -> bool: ...

    def kept(self) -> Notice: ...

    def tell(self, sentence: str) -> None: ...

    def show_again(self) -> None: ...

    def ask(
        self,
        title: str,
        fields: Any,
        save: Callable[[Any], object],
        words: str,
        values: dict[str, Any] | None = None,
    ) -> None: ...


class NoticePrinting:
    """Prints one notice or several; the printer is waited for on a thread of its own.

    `save_instead` saves the paper as PDF where no printer takes it.
    """

    def __init__(self, document: Printed, save_instead: Callable[[], object]) -> None:
        self.document = document
        self.desk = document.desk
        self.printers: Printers = SystemPrinters()
        self._save_instead = save_instead

    def print_out(self) -> None:
        """Choose printer and copies, print, take it down."""
        if self.document.notice is None or not self.document.saved():
            return
        names = self.printers.names()
        if not names:
            self._offer_file("这台电脑上没有打印机。")
            return
        copies = USUAL_COPIES if self.document.notice.frozen else 1
        fields = (
            FieldDeclaration(
                "printer", "打印机", Choice(options_of((n, n) for n in names)), required=True
            ),
            FieldDeclaration("copies", "份数", COUNT, required=True),
        )
        values = {"printer": names[0], "copies": copies}
        self.document.ask("打印", fields, self.send, "打印", values)

    def send(self, typed: Any) -> None:
        """Hand the shown notice to the printer that was chosen."""
        village, notice = self.desk.village, self.document.kept()
        copies = COUNT.parse(typed["copies"]) or 0
        village.printing.check_copies(copies)
        sheet = (notice, village.printing.sheet(notice))
        self._start([sheet], typed["printer"], copies, "")

    def print_many(self, keys: Sequence[int], printer: str) -> None:
        """Print several notices, three copies each, as one batch of the log.

        Refused before the first sheet where one of them may not be printed.
        """
        village = self.desk.village
        sheets = village.printing.batch([village.notices.get(key) for key in keys])
        self._start(sheets, printer, USUAL_COPIES, f"{village.session.now():%Y%m%d%H%M%S}")

    def _start(
        self, sheets: Sequence[tuple[Notice, bytes]], printer: str, copies: int, batch: str
    ) -> None:
        printing, printers = self.desk.village.printing, self.printers
        offset = printing.offset(printer)
        jobs = [
            PrintJob(
                data,
                notice.heading,
                printer,
                copies if notice.frozen or not batch else 1,
                offset,
                printing.mark(notice),
            )
            for notice, data in sheets
        ]

        def work(report: Report) -> int:
            for at, job in enumerate(jobs):
                report(at, len(jobs), f"正在打印第 {at + 1} 份，共 {len(jobs)} 份")
                notice = sheets[at][0]
                pages = printers.print_out(job) or count_pages(job.data)
                paper = notice.number or f"草稿 {notice.heading}"
                printing.note(paper, printer, job.copies, notice=notice, pages=pages, batch=batch)
            return len(jobs)

        words = f"已交给打印机 {len(jobs)} 份公示" if batch else f"已交给打印机 {copies} 份"
        job = self.desk.jobs.start(work, "打印")
        job.succeeded.connect(lambda _done: self._printed(words))
        job.failed.connect(self._not_printed)

    def _printed(self, words: str) -> None:
        self.desk.say(words, None)
        self.document.show_again()

    def _not_printed(self, failure: BaseException) -> None:
        """Say what the printer did; the sheets before it are in the log."""
        if not isinstance(failure, EnvironmentProblem):
            raise failure
        self._offer_file(failure.message)

    def _offer_file(self, sentence: str) -> None:
        answer = self.desk.asking.ask(
            Question(
                "没有打出来",
                [
                    ("为什么", sentence),
                    ("还可以", "先存成 PDF，拿到有打印机的电脑上打。"),
                ],
                [Answer("save", "存 PDF", "paper"), Answer("", "先不打了")],
                light="fault",
            )
        )
        if answer == "save":
            self._save_instead()
