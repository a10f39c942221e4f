"""The search for what nobody holds any more goes on the window's own thread alone.

Widgets that hold each other go when Python's search finds them, on whichever thread searches just
then. On the thread of some long work that takes them from under Qt, which still has them in its
lists: the program ends without a word, mostly at the next change of look. So the search that
begins by itself is off while there is a window, and a timer of the window searches instead.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 1_000


class RubbishRounds(QObject):
    """Searches once a second for as long as its parent lives; call it on the window's thread."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        timer = QTimer(self)
        timer.setInterval(_EVERY_MS)
        timer.timeout.connect(search)
        timer.start()


def search() -> None:
    """Look as deep as Python would by itself: often at what is new, seldom at everything."""
    counted = zip(gc.get_count(), gc.get_threshold(), strict=True)
    due = [depth for depth, (count, limit) in enumerate(counted) if limit and count > limit]
    if due:
        gc.collect(due[-1])
