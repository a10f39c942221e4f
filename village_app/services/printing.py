"""What was printed, how often, by whom and where; and how far each printer prints beside."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from village_app.db.records.notices import Notice
from village_app.db.records.posting import PrinterOffset, PrintRun
from village_app.domain.calendar import CHINA, show_day
from village_app.errors import Fault, InvalidInput, Refused
from village_app.papers.blocks import FormCell, FormGrid, Paper, Paragraph
from village_app.services.notices import Notices
from village_app.services.session import Service, permitted

MOST_COPIES = 200
# Further than a printer's own margins nobody corrects, in tenths of a millimetre.
_FARTHEST = 150


class Printing(Service):
    """The print log and the printers' offsets."""

    @permitted("notices.read")
    def sheet(self, notice: Notice) -> bytes:
        """Give the PDF that is printed: the very one that was published, or a draft's with 草稿.

        A draft that the gate holds back is refused: on paper it hangs as easily as any other.
        """
        if notice.state == "void":
            raise Refused("void", "已经作废的公示不再打印。")
        notices = Notices(self.session)
        if not notice.frozen:
            stops = notices.findings(notice).stops
            if stops:
                raise Refused("privacy", f"把关还有 {len(stops)} 处没过，改好才能打印。")
        return notices.preview(notice)

    @permitted("notices.read")
    def note(
        self,
        paper: str,
        printer: str,
        copies: int,
        *,
        notice: Notice | None = None,
        pages: int | None = None,
        batch: str = "",
    ) -> PrintRun:
        """Take down one printing; a notice printed before is a reprint (第 2 次 and so on)."""
        self.check_copies(copies)
        with self.session.change(f"打印 {paper}", undoable=False) as change:
            run: PrintRun = change.insert(
                PrintRun(
                    paper=paper,
                    notice_id=notice.id if notice is not None else None,
                    at=self.session.now(),
                    user=self.session.user.full_name,
                    copies=copies,
                    pages=pages,
                    printer=printer,
                    round=self.times(notice) + 1 if notice is not None else 1,
                    batch=batch or None,
                )
            )
        return run

    @permitted("notices.read")
    def check_copies(self, copies: int) -> None:
        """Refuse a number of copies that nobody means."""
        if not 1 <= copies <= MOST_COPIES:
            sentence = f"一次打印 1 到 {MOST_COPIES} 份。"
            raise InvalidInput([Fault("copies", "out_of_range", sentence)])

    @permitted("notices.read")
    def times(self, notice: Notice) -> int:
        """Count how often a published notice was printed; drafts do not count."""
        if not notice.frozen:
            return 0
        query = self.store.select(PrintRun).where(
            PrintRun.notice_id == notice.id, PrintRun.at >= notice.published_at
        )
        return int(query.count())

    @permitted("notices.read")
    def mark(self, notice: Notice) -> str:
        """Give the words that stand beside a reprint, outside the frozen paper; blank at first."""
        times = self.times(notice)
        if not times:
            return ""
        day = show_day(self.session.today())
        return f"重印（第{times + 1}次，{day}，{self.session.user.full_name}）"

    @permitted("notices.read")
    def log(self, first: date, last: date) -> list[PrintRun]:
        """List the printings of some days, the newest first."""
        begin = datetime.combine(first, time(), CHINA)
        end = datetime.combine(last + timedelta(days=1), time(), CHINA)
        query = self.store.select(PrintRun).where(PrintRun.at >= begin, PrintRun.at < end)
        return self.store.rows(query.order_by(PrintRun.at.desc(), PrintRun.id.desc()))

    @permitted("notices.read")
    def of(self, notice: Notice) -> list[PrintRun]:
        """List a notice's printings in order."""
        query = self.store.select(PrintRun).where(PrintRun.notice_id == notice.id)
        return self.store.rows(query.order_by(PrintRun.id))

    @permitted("notices.read")
    def offset(self, printer: str) -> tuple[int, int]:
        """Give how far a printer's paper is to be moved, right and down, in tenths of a mm."""
        found = self._offset(printer)
        return (found.right, found.down) if found is not None else (0, 0)

    @permitted("notices.edit")
    def set_offset(self, printer: str, right: int, down: int) -> None:
        """Remember a printer's offset in tenths of a mm; at most 15 mm either way."""
        if max(abs(right), abs(down)) > _FARTHEST:
            raise InvalidInput([Fault("right", "too_far", "最多挪 15 毫米，再多要调打印机。")])
        found = self._offset(printer)
        with self.session.change(f"校正打印机 {printer}") as change:
            if found is None:
                change.insert(PrinterOffset(printer=printer, right=right, down=down))
            else:
                change.update(found, right=right, down=down)

    @permitted("notices.read")
    def test_page(self, printer: str) -> Paper:
        """Build the page by which a printer's offset is measured: a frame 20 mm from the edges."""
        grid = FormGrid((1,), ((FormCell("这个框的上边和左边应当离纸边一样远", height=60),),))
        return Paper(
            "form",
            "打印机校正页",
            (
                Paragraph(f"打印机：{printer}"),
                grid,
                Paragraph("用尺量框的左边线到纸左边的距离，标准是25毫米；多了填负数，少了填正数。"),
                Paragraph("再量标题上沿，和别的打印机比，高了填正数，低了填负数。"),
            ),
        )

    @permitted("notices.read")
    def batch(self, notices: Sequence[Notice]) -> list[tuple[Notice, bytes]]:
        """Give the sheets of several notices; refused before the first where one may not print."""
        return [(notice, self.sheet(notice)) for notice in notices]

    def _offset(self, printer: str) -> PrinterOffset | None:
        found: PrinterOffset | None = (
            self.store.select(PrinterOffset).where(PrinterOffset.printer == printer).first()
        )
        return found
