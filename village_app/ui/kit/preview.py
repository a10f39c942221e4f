"""The paper as it will be printed: a PDF, page by page, with numbered red marks beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QWidget

from village_app.ui.kit.buttons import IconButton
from village_app.ui.kit.chips import Chip, ChipRow
from village_app.ui.kit.drawing import MIDDLE, painter_of, words
from village_app.ui.kit.sheets import Hairline, Sheet
from village_app.ui.kit.text import Text
from village_app.ui.pdfium import ONE_AT_A_TIME
from village_app.ui.theme import theme

if TYPE_CHECKING:  # pdfium costs 50 ms: it is loaded with the first paper
    from pypdfium2 import PdfDocument

Fit = Literal["page", "width", "zoom"]
POINTS_PER_MM = 72 / 25.4
_ZOOM_STEP = 1.15


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding on the paper: its number, the page (from 1), its place from the top in mm."""

    number: int
    page: int
    top: float
    height: float = 6.0


class Pages:
    """A PDF given as bytes, drawn page by page; equal asks share one picture."""

    def __init__(self, data: bytes) -> None:
        import pypdfium2

        with ONE_AT_A_TIME:
            self._document: PdfDocument = pypdfium2.PdfDocument(data)
        self._drawn: dict[tuple[int, int, bool], QImage] = {}

    def __len__(self) -> int:
        with ONE_AT_A_TIME:
            return len(self._document)

    def size(self, page: int) -> tuple[float, float]:
        """Give width and height of a page in mm."""
        with ONE_AT_A_TIME:
            width, height = self._document[page].get_size()
        return width / POINTS_PER_MM, height / POINTS_PER_MM

    def image(self, page: int, pixels: int, *, grey: bool) -> QImage:
        """Draw a page that many device pixels wide."""
        key = (page, pixels, grey)
        if key not in self._drawn:
            if len(self._drawn) > 8:
                self._drawn.pop(next(iter(self._drawn)))
            with ONE_AT_A_TIME:
                self._drawn[key] = self._draw(page, pixels, grey=grey)
        return self._drawn[key]

    def _draw(self, page: int, pixels: int, *, grey: bool) -> QImage:
        scale = pixels / self._document[page].get_size()[0]
        bitmap = self._document[page].render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
        image = QImage(
            bytes(bitmap.buffer),
            bitmap.width,
            bitmap.height,
            bitmap.stride,
            QImage.Format.Format_RGBX8888,
        )
        wanted = QImage.Format.Format_Grayscale8 if grey else QImage.Format.Format_RGB32
        # The conversion also copies: the picture must not lean on pdfium's memory.
        return image.convertToFormat(wanted)

    def close(self) -> None:
        """Let the document go."""
        with ONE_AT_A_TIME:
            self._document.close()


class _Sheet(QWidget):
    """One page on the desk with its marks."""

    def __init__(self) -> None:
        super().__init__()
        self.pages: Pages | None = None
        self.page = 0
        self.grey = False
        self.marks: tuple[Mark, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def paper_box(self) -> QRectF:
        """Give where the paper lies."""
        margin = theme().px(14)
        return QRectF(self.rect()).adjusted(margin, theme().px(12), -margin, -theme().px(12))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if self.pages is None:
            return
        painter, colours = painter_of(self), theme().colours
        box = self.paper_box()
        for out in (3, 2, 1):
            shade = QColor(colours.ink)
            shade.setAlphaF(0.05)
            painter.fillRect(box.adjusted(-out, -out + 1, out, out + 1), shade)
        ratio = self.devicePixelRatioF()
        image = self.pages.image(self.page, round(box.width() * ratio), grey=self.grey)
        painter.drawImage(box, image, QRectF(image.rect()))
        self._paint_marks(painter, box)

    def _paint_marks(self, painter: QPainter, box: QRectF) -> None:
        if self.pages is None:
            return
        px, red = theme().px, theme().colours.red
        per_mm = box.height() / self.pages.size(self.page)[1]
        for mark in self.marks:
            if mark.page != self.page + 1:
                continue
            top, height = box.top() + mark.top * per_mm, mark.height * per_mm
            painter.fillRect(QRectF(box.left() + 22 * per_mm, top, px(2), height), red)
            side = px(22)
            place = QRectF(box.right() - side - px(8), top + (height - side) / 2, side, side)
            painter.fillRect(place, red)
            words(painter, place, str(mark.number), QColor("#FFFFFF"), "small", MIDDLE)


class PaperPreview(Sheet):
    """The preview with its bar: page arrows, 整页 / 适合宽度, 黑白. Ctrl+滚轮 zooms.

    Used like this:
        preview = PaperPreview()
        preview.set_pdf(pdf_bytes)
        preview.set_marks([Mark(1, page=1, top=172), Mark(2, page=1, top=196)])

    The pages are the PDF itself: zooming never changes a line break. Marks are never printed.
    """

    page_changed = Signal(int)

    def __init__(self) -> None:
        super().__init__(flush=True)
        px = theme().px
        self.setAccessibleName("纸面预览")
        self._fit: Fit = "page"
        self._zoom = 1.0
        self._paper = _Sheet()
        self._scroll = QScrollArea()
        self._scroll.setObjectName("desk")
        nav = theme().colours.nav.name()
        self._scroll.setStyleSheet(f"#desk, #desk > QWidget > QWidget {{ background: {nav}; }}")
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
        self._scroll.setWidget(self._paper)
        self._scroll.setAccessibleName("纸面")
        self._where = Text("还没有纸面")
        self._back = IconButton("left", "上一页", key="Ctrl+PgUp", press=lambda: self.turn(-1))
        self._on = IconButton("right", "下一页", key="Ctrl+PgDown", press=lambda: self.turn(1))
        self.fits = ChipRow([Chip("page", "整页"), Chip("width", "适合宽度")], name="缩放")
        self.grey = ChipRow([Chip("grey", "黑白")], toggles=True, name="黑白")
        self._bar()
        self.body.addWidget(Hairline())
        self.body.addWidget(self._scroll, 1)
        self.setMinimumWidth(px(300))
        self.fits.chosen.connect(self._choose_fit)
        self.grey.chosen.connect(lambda keys: self._set_grey(bool(keys)))
        self._show()

    def _bar(self) -> None:
        px = theme().px
        row = QHBoxLayout()
        row.setContentsMargins(px(9), px(6), px(9), px(6))
        row.setSpacing(px(6))
        row.addWidget(self._back)
        row.addWidget(self._where)
        row.addWidget(self._on)
        row.addStretch(1)
        middle = Qt.AlignmentFlag.AlignVCenter
        row.addWidget(self.fits, 0, middle)
        row.addWidget(self.grey, 0, middle)
        self.body.addLayout(row)

    # What pages use

    def set_pdf(self, data: bytes | None, *, keep_page: bool = True) -> None:
        """Show a PDF, or an empty desk."""
        old, page = self._paper.pages, self._paper.page
        self._paper.pages = Pages(data) if data else None
        count = self.page_count
        self._paper.page = min(page, count - 1) if keep_page and count else 0
        if old is not None:
            old.close()
        self._show()

    def set_marks(self, marks: Iterable[Mark]) -> None:
        """Show numbered marks beside the paper."""
        self._paper.marks = tuple(marks)
        self._paper.update()

    def show_mark(self, number: int) -> None:
        """Turn to the page of a mark and bring it into sight."""
        for mark in self._paper.marks:
            if mark.number == number:
                self.go_to(mark.page)
                pages = self._paper.pages
                if pages is not None:
                    share = mark.top / pages.size(self._paper.page)[1]
                    self._scroll.ensureVisible(0, round(share * self._paper.height()))

    @property
    def page_count(self) -> int:
        return len(self._paper.pages) if self._paper.pages is not None else 0

    @property
    def page(self) -> int:
        """The page that is shown, counted from 1; 0 for none."""
        return self._paper.page + 1 if self.page_count else 0

    def turn(self, step: int) -> None:
        """Turn one page back (-1) or on (1)."""
        self.go_to(self.page + step)

    def go_to(self, page: int) -> None:
        """Show a page, counted from 1."""
        if 1 <= page <= self.page_count:
            self._paper.page = page - 1
            self._scroll.verticalScrollBar().setValue(0)
            self._show()
            self.page_changed.emit(page)

    def zoom(self, factor: float) -> None:
        """Make the paper larger or smaller."""
        self._zoom = min(6.0, max(0.3, self._paper.width() / self._natural_width() * factor))
        self._fit = "zoom"
        self._size_paper()

    def set_fit(self, fit: Fit) -> None:
        """Show the whole page, or as wide as there is room."""
        self._fit = fit
        self.fits.set_on([fit])
        self._size_paper()

    # Inside

    def _choose_fit(self, keys: tuple[str, ...]) -> None:
        self._fit = "width" if "width" in keys else "page"
        self._size_paper()

    def _set_grey(self, grey: bool) -> None:
        self._paper.grey = grey
        self._paper.update()

    def _show(self) -> None:
        count = self.page_count
        self._say_where()
        self._back.setEnabled(self.page > 1)
        self._on.setEnabled(0 < self.page < count)
        self._size_paper()
        self._paper.setAccessibleName(f"第 {self.page} 页，共 {count} 页" if count else "")
        self._paper.update()

    def _say_where(self) -> None:
        """Say the page and their number, shorter where the bar has little room."""
        count = self.page_count
        is_wide = self.width() >= theme().px(430)
        long, short = f"第 {self.page} 页，共 {count} 页", f"{self.page}／{count} 页"
        self._where.setText((long if is_wide else short) if count else "还没有纸面")

    def _natural_width(self) -> float:
        pages = self._paper.pages
        return 1.0 if pages is None else pages.size(self._paper.page)[0] * 96 / 25.4

    def _size_paper(self) -> None:
        pages = self._paper.pages
        room = self._scroll.maximumViewportSize()
        if pages is None or room.width() < 40:
            self._paper.setFixedSize(QSize(10, 10))
            return
        wide, high = pages.size(self._paper.page)
        side, edge = 2 * theme().px(14), 2 * theme().px(12)
        if self._fit == "zoom":
            width = self._natural_width() * self._zoom - side
        elif self._fit == "width":
            width = room.width() - side - theme().px(14)
        else:
            width = min(room.width() - side, (room.height() - edge) * wide / high)
        width = max(40.0, width)
        self._paper.setFixedSize(round(width) + side, round(width * high / wide) + edge)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]  # Qt hands over a QResizeEvent
        self._say_where()
        self._size_paper()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(_ZOOM_STEP if event.angleDelta().y() > 0 else 1 / _ZOOM_STEP)
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = {Qt.Key.Key_Plus: _ZOOM_STEP, Qt.Key.Key_Minus: 1 / _ZOOM_STEP}
        factor = keys.get(Qt.Key(event.key()))
        if factor is not None and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(factor)
        else:
            super().keyPressEvent(event)
