"""Pictures of pages without a screen: for the demonstration and for tests."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QDialog, QWidget


def grab(widget: QWidget, size: QSize | tuple[int, int], scale: float = 1.0) -> QImage:
    """Give a picture of a widget at `size` (width, height in px), `scale` times as fine.

    The widget is shown if it was not (offscreen nothing appears). Dialogs that stand over it are
    drawn where they stand. The picture is larger than asked where the widget cannot be smaller;
    compare sizes to find layout faults.
    """
    wanted = QSize(*size) if isinstance(size, tuple) else size
    widget.resize(wanted)
    if not widget.isVisible():
        widget.show()
    widget.ensurePolished()
    # What was put into layouts just now and what a new size asks for; input is not looked at.
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.MetaCall)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    picture = QImage(widget.size() * scale, QImage.Format.Format_RGB32)
    picture.setDevicePixelRatio(scale)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    widget.render(painter, QPoint(0, 0))
    for dialog in widget.findChildren(QDialog):
        if dialog.isVisible() and dialog.isWindow():
            dialog.render(painter, widget.mapFromGlobal(dialog.pos()))
    painter.end()
    return picture


def save_picture(
    widget: QWidget, path: Path, size: QSize | tuple[int, int], scale: float = 1.0
) -> QSize:
    """Write the picture as a PNG file; gives its size in px of the widget."""
    picture = grab(widget, size, scale)
    beside = path.with_name(path.stem + ".part.png")
    picture.save(str(beside))
    beside.replace(path)
    return widget.size()
