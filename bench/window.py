"""The window against an empty one: start, lists of 50,000, memory with all of them open."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.journal import people
from bench.registry import Measured, alternate_figures, process_time, ratio
from village_app.db.key_slots import Cost
from village_app.db.records.residents import Resident
from village_app.opening import NewVillage, create_village
from village_app.village import Village

MANY, FEW = 50_000, 50
ROOT = Path(__file__).resolve().parents[1]
# As on a desk: what was compiled once is kept, whatever the shell of the measuring one says.
OFFSCREEN = {
    **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
    "QT_QPA_PLATFORM": "offscreen",
}
PASSWORD = "荔枝树下议事忙到黄昏"
READY = "window ready"
MEMORY_LIMIT_MB = 300.0

EMPTY_WINDOW = f"""
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
class Empty(QMainWindow):
    def paintEvent(self, event):
        QTimer.singleShot(0, lambda: print("{READY}", flush=True))
application = QApplication([])
window = Empty()
window.resize(1366, 768)
window.show()
application.exec()
"""
# The way of the program itself, with a word in the place of what it loads afterwards.
OUR_WINDOW = f"""
import sys
from pathlib import Path
from village_app.entrance import open_window
open_window(Path(sys.argv[1]), lambda: print("{READY}", flush=True))
"""
OPEN_LIST = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from bench.registry import peak_memory
from village_app.window_village import WindowVillage
from village_app.ui.pages import entries
from village_app.ui.portraits import Portraits
from village_app.opening import open_village
village = WindowVillage(open_village(Path(sys.argv[1]), "甲", sys.argv[2]))
portraits = Portraits(village, entries())
portraits.window.resize(1366, 768)
portraits.window.show()
portraits.shell.go("residents")
portraits.application.processEvents()
table = portraits.shell.page().table
table.view.scrollToBottom()
portraits.application.processEvents()
print(peak_memory())
"""


@contextmanager
def village_of(count: int) -> Iterator[Village]:
    """Make a village of that many residents."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "村"
        wish = NewVillage("隔坑村", "横沥镇", "甲", PASSWORD, role="admin+clerk")
        village, _ = create_village(folder, wish, cost=Cost(1, 1024))
        with village.change("导入", kind="import") as change:
            change.insert_rows(Resident, people(count))
        yield village
        village.close()


@ratio("window-start", unit="s")
def window_start() -> Measured:
    """Process start to the first picture of the sign-in page, against an empty PySide6 window."""
    with village_of(FEW) as village:
        folder = str(village.folder)

        def ours() -> float:
            words = [sys.executable, "-c", OUR_WINDOW, folder]
            return process_time(words, READY, variables=OFFSCREEN)

        def other() -> float:
            return process_time([sys.executable, "-c", EMPTY_WINDOW], READY, variables=OFFSCREEN)

        ours()  # what a first start compiles is kept
        return alternate_figures(ours, other, rounds=9)


@ratio("list-open", unit="s")
def list_open() -> Measured:
    """Opening the residents' list of 50,000 and scrolling to its end, against a list of 50."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with village_of(MANY) as many, village_of(FEW) as few:
        return alternate_figures(lambda: _seconds(many), lambda: _seconds(few), rounds=5)


def _seconds(village: Village) -> float:
    """Open the page anew and go to the end of its list."""
    from village_app.ui.pages import entries
    from village_app.ui.portraits import Portraits
    from village_app.window_village import WindowVillage

    portraits = Portraits(WindowVillage(village), entries())
    portraits.window.resize(1366, 768)
    portraits.window.show()
    portraits.application.processEvents()
    begun = time.perf_counter()
    portraits.shell.go("residents")
    portraits.application.processEvents()
    portraits.shell.page().table.view.scrollToBottom()  # type: ignore[union-attr]
    portraits.application.processEvents()
    taken = time.perf_counter() - begun
    portraits.shell.leave()
    portraits.window.close()
    return taken


@ratio("memory-50000", unit="MB")
def memory_of_many() -> Measured:
    """Peak memory of the process with 50,000 residents open in the list, against 300 MB."""
    with village_of(MANY) as village:
        folder = str(village.folder)
        village.close()
        command = [sys.executable, "-c", OPEN_LIST, folder, PASSWORD]
        answer = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, check=True, env=OFFSCREEN
        )
    return float(answer.stdout.split()[-1]), MEMORY_LIMIT_MB
