"""One window for each data folder: a second start raises the first window and ends.

No socket is opened: the first window holds a lock file that dies with its process, and watches a
small file beside it, which the second start touches.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QLockFile, QObject

LOCK, CALL = "window.lock", "window.raise"


class OneWindow(QObject):
    """Claims the window of a folder.

    Used like this:
        one = OneWindow(folder)
        if not one.is_first():
            one.call_first()
            return 0
        one.when_called(raise_window)
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._call = folder / CALL
        self._lock = QLockFile(str(folder / LOCK))
        self._lock.setStaleLockTime(0)  # only the end of its process frees it, never its age
        self._watcher = QFileSystemWatcher(self)
        self._act: Callable[[], object] = tuple

    def is_first(self) -> bool:
        """Claim the window; False only where another living process holds it.

        A folder that cannot be written does not keep the program from opening.
        """
        if self._lock.tryLock(0):
            return True
        return self._lock.error() != QLockFile.LockError.LockFailedError

    def call_first(self) -> None:
        """Ask the first window to come to the front."""
        self._call.write_text(f"{time.time_ns()}", encoding="ascii")

    def when_called(self, act: Callable[[], object]) -> None:
        """Call `act` whenever a second start asks for the window."""
        self._act = act
        if not self._call.exists():
            self._call.touch()
        self._watcher.addPath(str(self._call))
        self._watcher.fileChanged.connect(self._called)

    def _called(self, path: str) -> None:
        if path not in self._watcher.files():  # written anew under the same name
            self._watcher.addPath(path)
        self._act()

    def leave(self) -> None:
        """Let the next start have the window."""
        self._watcher.removePaths(self._watcher.files() or [str(self._call)])
        self._call.unlink(missing_ok=True)
        self._lock.unlock()
