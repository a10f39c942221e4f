"""Finding what does not fit: pages larger than their room, words that are cut."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QAbstractScrollArea, QLabel, QWidget

from village_app.ui.kit.buttons import Button
from village_app.ui.kit.chips import ChipButton
from village_app.ui.kit.lights import LightLabel
from village_app.ui.kit.sheets import Scroll

_SLACK = 1


def misfits(widget: QWidget) -> tuple[str, ...]:
    """Name every visible part that has less room than it needs; tests expect none.

    Lines that may end in … (`Line`, table cells) are meant to be cut and are not named.
    """
    return tuple(_all(widget))


def _all(widget: QWidget) -> Iterator[str]:
    need = widget.minimumSizeHint()
    if need.width() > widget.width() + _SLACK or need.height() > widget.height() + _SLACK:
        yield (
            f"{_name(widget)} 要 {need.width()}×{need.height()}，"
            f"只有 {widget.width()}×{widget.height()}"
        )
    for scroll in widget.findChildren(Scroll):
        beyond = scroll.horizontalScrollBar().maximum()
        if scroll.isVisibleTo(widget) and beyond > _SLACK:
            yield f"{_name(scroll.widget())} 比它的地方宽 {beyond}"
    for part in widget.findChildren(QWidget):
        if part.isVisibleTo(widget) and _is_cut(part):
            yield f"{_name(part)} 要 {_needs(part)}，只有 {part.width()}×{part.height()}"
        if part.isVisibleTo(widget) and _sticks_out(part):
            yield f"{_name(part)} 伸出了 {_name(part.parentWidget())}"


def _is_cut(part: QWidget) -> bool:
    if isinstance(part, QLabel):
        if part.wordWrap():
            return part.heightForWidth(part.width()) > part.height() + _SLACK
        return bool(part.text()) and part.sizeHint().width() > part.width() + _SLACK
    if isinstance(part, Button) and part.minimumSizeHint().width() < part.sizeHint().width():
        return False
    if isinstance(part, (Button, ChipButton, LightLabel)):
        return part.sizeHint().width() > part.width() + _SLACK
    return False


def _needs(part: QWidget) -> str:
    if isinstance(part, QLabel) and part.wordWrap():
        return f"{part.width()}×{part.heightForWidth(part.width())}"
    return f"{part.sizeHint().width()}×{part.sizeHint().height()}"


def _sticks_out(part: QWidget) -> bool:
    parent = part.parentWidget()
    if parent is None or isinstance(parent.parentWidget(), QAbstractScrollArea):
        return False
    return isinstance(part, (Button, ChipButton, QLabel, LightLabel)) and (
        part.geometry().right() > parent.width() + _SLACK
        or part.geometry().bottom() > parent.height() + _SLACK
    )


def _name(part: QWidget | None) -> str:
    if part is None:
        return ""
    text = getattr(part, "text", None)
    said = text() if callable(text) else part.accessibleName()
    return f"{type(part).__name__}「{said}」"
