"""Tab goes as the eye does: in the order of the layouts, not in that of making the parts.

Chips that are made anew after every question would otherwise stand at the end of the chain.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QComboBox,
    QLayout,
    QLineEdit,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QWidget,
)

# What Qt makes of parts of its own is one control.
_WHOLE = (QAbstractScrollArea, QComboBox, QLineEdit)


def order_tabs(widget: QWidget) -> None:
    """Put all parts of a widget that Tab reaches in the order in which they are seen."""
    parts = [one for one in in_sight_order(widget) if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    for number in range(1, len(parts)):
        QWidget.setTabOrder(parts[number - 1], parts[number])


def in_sight_order(widget: QWidget) -> Iterator[QWidget]:
    """Give the parts of a widget: by its layout, then what stands outside of it."""
    seen: set[QWidget] = set()
    for part in _inside(widget):
        if part not in seen:
            seen.add(part)
            yield part
            yield from in_sight_order(part)


def _inside(widget: QWidget) -> Iterator[QWidget]:
    if isinstance(widget, QScrollArea):
        if widget.widget() is not None:
            yield widget.widget()
        return
    if isinstance(widget, (QStackedWidget, QSplitter)):
        yield from (widget.widget(number) for number in range(widget.count()))
        return
    layout = widget.layout()
    if layout is not None:
        yield from _of_layout(layout)
    elif not isinstance(widget, _WHOLE):
        # Bars, seats and the like are placed by hand: from the upper left on.
        placed = widget.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        yield from sorted(placed, key=lambda one: (one.y(), one.x()))


def _of_layout(layout: QLayout) -> Iterator[QWidget]:
    for number in range(layout.count()):
        item = layout.itemAt(number)
        if item is None:
            continue
        inner = item.layout()
        if item.widget() is not None:
            yield item.widget()
        elif inner is not None:
            yield from _of_layout(inner)
