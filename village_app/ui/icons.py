"""Own line icons on a grid of 24: one SVG path each, tinted when drawn.

An icon never stands alone; the word beside it says the same.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from village_app.ui.theme import theme

PATHS: dict[str, str] = {
    "home": "M3.5 11.5 12 4l8.5 7.5 M6 9.5V20h4.2v-5.5h3.6V20H18V9.5",
    "book": "M6 3.5h13v17H6a1.5 1.5 0 0 1-1.5-1.5V5A1.5 1.5 0 0 1 6 3.5z M8.5 3.5v17 "
    "M12 8.5h4 M12 12h4",
    "scales": "M12 3.5v17 M8 20.5h8 M4.5 7h15 M5.5 7 2.8 13.5 M5.5 7l2.7 6.5 "
    "M2.8 13.5a2.7 2.7 0 0 0 5.4 0z M18.5 7l-2.7 6.5 M18.5 7l2.7 6.5 "
    "M15.8 13.5a2.7 2.7 0 0 0 5.4 0z",
    "hall": "M3.5 9.5 12 3.5l8.5 6z M5.5 9.5V18 M9.8 9.5V18 M14.2 9.5V18 M18.5 9.5V18 "
    "M2.5 20.5h19 M4 18h16",
    "ballot": "M7.5 12V3.5h9V12 M3.5 12h17v8.5h-17z M9.8 7.6l1.7 1.7 3-3.2 M7 16h10",
    "building": "M4 20.5V12h5 M9 20.5V6.5l6-3v17 M15 9.5h5v11 M2.5 20.5h19 M11.5 8.8h1 "
    "M11.5 12.3h1 M11.5 15.8h1 M6.4 15.5h.3 M17.4 13h.3 M17.4 16.5h.3",
    "coin": "M12 3.2a8.8 8.8 0 1 0 0 17.6 8.8 8.8 0 0 0 0-17.6z M8.5 7.5l3.5 4.7 3.5-4.7 "
    "M12 12.2V17 M8.8 12.6h6.4 M8.8 15h6.4",
    "board": "M3.5 4h17v11.5h-17z M7 7.8h10 M7 11.5h6 M12 15.5v5 M8.5 20.5h7",
    "person": "M12 3.8a3.8 3.8 0 1 0 0 7.6 3.8 3.8 0 0 0 0-7.6z "
    "M4.8 20.5c.4-4.3 3.3-6.5 7.2-6.5s6.8 2.2 7.2 6.5",
    "people": "M9 4.5a3.4 3.4 0 1 0 0 6.8 3.4 3.4 0 0 0 0-6.8z "
    "M2.5 20c.4-4 2.9-5.8 6.5-5.8s6.1 1.8 6.5 5.8 M15.5 5a3.2 3.2 0 0 1 0 6 "
    "M17.5 14.6c2.4.7 3.7 2.5 4 5.4",
    "house": "M3.5 11 12 4l8.5 7 M5.5 9.5v11h13v-11 M9.5 20.5V14h5v6.5",
    "heart": "M12 20S3.5 15 3.5 9.2A4.6 4.6 0 0 1 12 6.7a4.6 4.6 0 0 1 8.5 2.5"
    "C20.5 15 12 20 12 20z",
    "grid": "M4 4h6.5v6.5H4z M13.5 4H20v6.5h-6.5z M4 13.5h6.5V20H4z M13.5 13.5H20V20h-6.5z",
    "flag": "M5.5 21V3.5 M5.5 4.5H19l-2.8 4.3L19 13H5.5",
    "sliders": "M3 8h11 M18 8h3 M14 5.5v5 M3 16h3 M10 16h11 M10 13.5v5",
    "search": "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13z M15.3 15.3 20.5 20.5",
    "lock": "M5.5 10.5h13v10h-13z M8.3 10.5V7.7a3.7 3.7 0 0 1 7.4 0v2.8 M12 14.5v2",
    "shield": "M12 3 19.5 5.8v5.4c0 4.8-3 8-7.5 9.8-4.5-1.8-7.5-5-7.5-9.8V5.8z M8.7 11.8l2.4 2.4 "
    "4.3-4.6",
    "pen": "M4 20l1.2-4.8L16.5 3.9a1.6 1.6 0 0 1 2.3 0l1.3 1.3a1.6 1.6 0 0 1 0 2.3L8.8 18.8z "
    "M14 6.4 17.6 10",
    "printer": "M7 8.5V3.5h10v5 M7 17H4v-8.5h16V17h-3 M7 14h10v6.5H7z M16.5 11.5h.6",
    "plus": "M12 4.5v15 M4.5 12h15",
    "cross": "M5.5 5.5l13 13 M18.5 5.5l-13 13",
    "tick": "M4.5 12.5l5 5L19.5 7",
    "left": "M14.5 5 8 12l6.5 7",
    "right": "M9.5 5 16 12l-6.5 7",
    "up": "M5 14.5 12 8l7 6.5",
    "down": "M5 9.5 12 16l7-6.5",
    "eye": "M2.5 12S6 5.8 12 5.8 21.5 12 21.5 12 18 18.2 12 18.2 2.5 12 2.5 12z "
    "M12 9.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6z",
    "paper": "M6 3.5h8.5L18.5 7.5v13H6z M14 3.5V8h4.5 M9 12h6.5 M9 15.5h6.5",
    "sheet": "M6 3.5h8.5L18.5 7.5v13H6z M14 3.5V8h4.5 M9 11.5h6.5v6H9z M12.2 11.5v6 M9 14.5h6.5",
    "out": "M12 15V3.5 M8 7.5l4-4 4 4 M4.5 14v6h15v-6",
    "in": "M12 3.5V15 M8 11l4 4 4-4 M4.5 14v6h15v-6",
    "folder": "M3.5 6h6l2 2.5h9v11h-17z",
    "stick": "M12 21V5 M9.5 7 12 3.5 14.5 7 M12 17.5l-5-3v-2.3 M12 15l5-3V9.5 "
    "M15.8 7.3h2.4v2.4h-2.4z M7 10.2h.1",
    "clock": "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z M12 7.5V12l3.5 2",
    "warning": "M12 4 21.5 20h-19z M12 10v4.5 M12 17.2v.2",
    "question": "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z "
    "M9.3 9.6a2.7 2.7 0 1 1 3.9 2.6c-.8.4-1.2.9-1.2 1.8 M12 16.9v.2",
    "info": "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z M12 11v5.5 M12 7.6v.2",
    "undo": "M8.5 5 4 9.5 8.5 14 M4.3 9.5H14a5.2 5.2 0 0 1 0 10.5h-3.5",
    "redo": "M15.5 5 20 9.5 15.5 14 M19.7 9.5H10a5.2 5.2 0 0 0 0 10.5h3.5",
    "more": "M5 12h.1 M12 12h.1 M19 12h.1",
    "phone": "M5 3.5h3.8l1.7 4.6-2.3 1.7a12 12 0 0 0 6 6l1.7-2.3 4.6 1.7V19c0 1-.8 1.8-1.8 1.8"
    "A15.9 15.9 0 0 1 3.2 5.3c0-1 .8-1.8 1.8-1.8z",
    "camera": "M3.5 7.5H8l1.5-2.5h5L16 7.5h4.5v12h-17z "
    "M12 9.7a3.4 3.4 0 1 0 0 6.8 3.4 3.4 0 0 0 0-6.8z",
    "calendar": "M4 5.5h16v15H4z M4 10h16 M8.5 3.5v4 M15.5 3.5v4 M8 14h.1 M12 14h.1 M16 14h.1 "
    "M8 17.2h.1 M12 17.2h.1",
    "trash": "M4 6.5h16 M9 6.5v-3h6v3 M6 6.5l1 14h10l1-14 M10 10.5v6 M14 10.5v6",
    "again": "M19.5 12a7.5 7.5 0 1 1-2.2-5.3L20 9.2 M20 4v5.2h-5.2",
    "link": "M10 14a4.2 4.2 0 0 0 6 0l3.2-3.2a4.2 4.2 0 0 0-6-6L12 6 M14 10a4.2 4.2 0 0 0-6 0"
    "l-3.2 3.2a4.2 4.2 0 0 0 6 6L12 18",
    "filter": "M3.5 5h17l-6.5 8v6.5l-4-2V13z",
    "columns": "M4 4.5h16v15H4z M9.3 4.5v15 M14.7 4.5v15",
    "tools": "M14.5 6.5a4 4 0 0 1 5-2.6l-2.6 2.6 1 1.6 1.6 1 2.4-2.4a4 4 0 0 1-5.2 4.8L8 20.2"
    "a2 2 0 0 1-2.9 0 2 2 0 0 1 0-2.9l8.8-8.7a4 4 0 0 1 .6-2.1z",
    "star": "M12 3.8l2.5 5.2 5.7.8-4.1 4 1 5.7-5.1-2.7-5.1 2.7 1-5.7-4.1-4 5.7-.8z",
    "horn": "M4 9.5v5h3.5l8 4.5V5l-8 4.5z M18.5 9a4 4 0 0 1 0 6 M8 14.5l1 5.5h2.5",
    "key": "M15.5 3.8a4.7 4.7 0 1 0 0 9.4 4.7 4.7 0 0 0 0-9.4z M12 12 3.8 20.2 M6.8 17.2l2.4 2.4 "
    "M16.5 7.5h.1",
    "save": "M4 4h12.5L20 7.5V20H4z M8 4v5h7V4 M7.5 20v-6.5h9V20",
    "send": "M20.5 3.5 3.5 10.8l6.3 2.9 2.9 6.5z M20.5 3.5 9.8 13.7",
    "bell": "M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15z M10 20.5h4 M12 3v2",
    "map": "M3.5 6.5 9 4l6 2.5L20.5 4v13.5L15 20l-6-2.5L3.5 20z M9 4v13.5 M15 6.5V20",
    "copy": "M8.5 8.5h12v12h-12z M15.5 8.5v-5h-12v12h5",
    "swap": "M4 8.5h15 M15.5 5 19 8.5 15.5 12 M20 15.5H5 M8.5 12 5 15.5 8.5 19",
    "speaker": "M4 9.5v5h3.5L13 19V5L7.5 9.5z M16 9a4.2 4.2 0 0 1 0 6 M18.5 6.5a8 8 0 0 1 0 11",
    "screen": "M3 4.5h18v12H3z M12 16.5v4 M8 20.5h8",
    "task": "M5 4.5h14v16H5z M9 4.5v-1.2h6v1.2 M8.5 10l1.3 1.3 2-2.3 M14 10.2h2.5 M8.5 15.5"
    "l1.3 1.3 2-2.3 M14 15.7h2.5",
    "box": "M3.5 8 12 3.5 20.5 8v8.5L12 21l-8.5-4.5z M3.5 8 12 12.5 20.5 8 M12 12.5V21",
    "hands": "M3 12.5 7 7h4l2 1.5h4L21 13 M7 7 3.5 5 M17 8.5l3.5-2 M8 14l3.5 3.5c.8.8 2 .8 2.8 0"
    "L20 12.5 M5 10.5l3.8 4",
    "tree": "M12 4v5 M5.5 15v-3h13v3 M12 9v3 M9.5 3.5h5v4h-5z M3 15h5v5H3z M9.5 15h5v5h-5z "
    "M16 15h5v5h-5z M12 12v3",
    "chart": "M4 20.5h16.5 M6 17v-5 M10.5 17V7 M15 17v-7 M19.5 17V4.5",
    "gift": "M4 9h16v4H4z M5.5 13v7.5h13V13 M12 9v11.5 M12 9S8.5 9 7.5 7.2 9 3.5 10.5 5 12 9 12 9z "
    "M12 9s3.5 0 4.5-1.8S15 3.5 13.5 5 12 9 12 9z",
    "stop": "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z M6 6l12 12",
    "leave": "M13 4H5v16h8 M10 12h10.5 M16.5 8l4 4-4 4",
    "mic": "M12 3.5a2.7 2.7 0 0 0-2.7 2.7v5a2.7 2.7 0 0 0 5.4 0v-5A2.7 2.7 0 0 0 12 3.5z "
    "M5.8 11a6.2 6.2 0 0 0 12.4 0 M12 17.2v3.3 M8.8 20.5h6.4",
}

_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="{path}" fill="none" '
    'stroke="{colour}" stroke-width="{width}" stroke-linecap="round" '
    'stroke-linejoin="round"/></svg>'
)


def draw(painter: QPainter, name: str, rect: QRectF, colour: QColor, stroke: float = 1.75) -> None:
    """Draw an icon into a square."""
    ratio = painter.device().devicePixelRatioF()
    picture = pixmap(name, max(1, round(rect.width())), colour, ratio, stroke)
    painter.drawPixmap(rect.topLeft().toPoint(), picture)


def pixmap(
    name: str, pixels: int, colour: QColor, ratio: float = 1.0, stroke: float = 1.75
) -> QPixmap:
    """Give an icon as a picture of that many pixels; equal asks share one picture."""
    return _rendered(name, pixels, colour.name(), ratio, stroke)


def icon(name: str, colour: QColor | None = None) -> QIcon:
    """Give an icon for menus and other parts of Qt's own; `colour` is ink2 unless told."""
    tint = colour or theme().colours.ink2
    made = QIcon()
    for ratio in (1.0, 2.0):
        made.addPixmap(pixmap(name, theme().px(18), tint, ratio))
    return made


@lru_cache(maxsize=512)
def _rendered(name: str, pixels: int, colour: str, ratio: float, stroke: float) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer

    source = _SVG.format(path=PATHS[name], colour=colour, width=stroke)
    side = round(pixels * ratio)
    picture = QPixmap(side, side)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(source.encode())).render(painter)
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture
