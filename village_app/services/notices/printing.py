"""What was printed, how often, by whom and where; and how far each printer prints beside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from village_app.db.records.notices import Notice
from village_app.db.records.posting import PrinterOffset, PrintRun
from village_app.domain.calendar import CHINA, show_day
from village_app.domain.texts import fold_width
from village_app.errors import Fault, InvalidInput, Refused
from village_app.papers.blocks import FormCell, FormGrid, Paper, Paragraph
from village_app.papers.pdf import write_pdf
from village_app.services.notices.notices import Notices
from village_app.services.session import Service, permitted

MOST_COPIES = 200
_TOO_FAR = "最多挪 15 毫米，再多要调打印机。"
# Further than a printer's own margins nobody corrects, in tenths of a millimetre.
_FARTHEST = 150
_MILLIMETRES = re.compile(r"([-+−]?)(\d{1,3})(?:[.．](\d))?")


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
    def correct(self, printer: str, right: str, down: str) -> None:
        """Remember an offset typed in millimetres (1.5, -2); both faults are said at once."""
        faults: list[Fault] = []
        tenths = [_tenths(name, text, faults) for name, text in (("right", right), ("down", down))]
        if faults:
            raise InvalidInput(faults)
        self.set_offset(printer, *tenths)

    @permitted("notices.edit")
    def set_offset(self, printer: str, right: int, down: int) -> None:
        """Remember a printer's offset in tenths of a mm; at most 15 mm either way."""
        if max(abs(right), abs(down)) > _FARTHEST:
            raise InvalidInput([Fault("right", "too_far", _TOO_FAR)])
        found = self._offset(printer)
        with self.session.change(f"校正打印机 {printer}") as change:
            if found is None:
                change.insert(PrinterOffset(printer=printer, right=right, down=down))
            else:
                change.update(found, right=right, down=down)

    @permitted("notices.read")
    def test_page(self, printer: str) -> Paper:
        """Build the page by which a printer's offset is measured.

        The upper left corner of its frame stands 25 mm from both edges of the sheet.
        """
        words = f"打印机校正页　{printer}\n这个框的左边线和上边线，离纸边都应当正好是25毫米。"
        right, down = self.offset(printer)
        moved = f"已经向右挪{_mm(right)}毫米、向下挪{_mm(down)}毫米"
        steps = (
            "一、用尺量框的左边线到纸左边的距离。量出来是几毫米，用25减去它，填在“向右挪”。",
            "二、用尺量框的上边线到纸上边的距离。量出来是几毫米，用25减去它，填在“向下挪”。",
            f"三、打这一页的时候，{moved}，新的数要和它加在一起。",
        )
        grid = FormGrid((1,), ((FormCell(words, height=60),),))
        return Paper("form", "", (grid, *(Paragraph(step) for step in steps)), page_numbers=False)

    @permitted("notices.read")
    def test_sheet(self, printer: str) -> bytes:
        """Give the test page as PDF."""
        return write_pdf(self.test_page(printer)).data

    @permitted("notices.read")
    def batch(self, notices: Sequence[Notice]) -> list[tuple[Notice, bytes]]:
        """Give the sheets of several notices; refused before the first where one may not print."""
        return [(notice, self.sheet(notice)) for notice in notices]

    def _offset(self, printer: str) -> PrinterOffset | None:
        found: PrinterOffset | None = (
            self.store.select(PrinterOffset).where(PrinterOffset.printer == printer).first()
        )
        return found


def _tenths(field: str, text: str, faults: list[Fault]) -> int:
    """Read millimetres with at most one decimal; full-width digits and signs are taken, too."""
    found = _MILLIMETRES.fullmatch(fold_width(text).strip().removesuffix("mm").removesuffix("毫米"))
    if found is None:
        message = f"“{text}”看不懂，请写毫米数，如 1.5；往左、往上的前面加负号。"
        faults.append(Fault(field, "no_millimetres", message))
        return 0
    tenths = int(found[2]) * 10 + int(found[3] or 0)
    if tenths > _FARTHEST:
        faults.append(Fault(field, "too_far", _TOO_FAR))
    return -tenths if found[1] in ("-", "−") else tenths


def _mm(tenths: int) -> str:
    return f"{tenths / 10:.1f}".removesuffix(".0")
