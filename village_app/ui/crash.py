"""What happens to a failure that nobody expected: one dialog, one redacted report, go on."""

from __future__ import annotations

import faulthandler
import logging
import os
import sys
import threading
import traceback
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TextIO

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    Qt,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
    qVersion,
)

from village_app import __version__
from village_app.errors import Cancelled
from village_app.ui.asking import Asking, Choice, Question

_log = logging.getLogger(__name__)

# Qt's own chatter that says nothing about the program.
_QUIET = ("This plugin does not support", "QDBus", "propagateSizeHints")


class CrashHandler(QObject):
    """Takes what nobody caught, writes the report and shows the dialog once at a time.

    Example: `handler = CrashHandler(folder / "reports"); handler.install(asking)`.
    The report holds types, places in the program, versions and the last actions; no values,
    no names of files, no text that may name a person.
    """

    happened = Signal(object, str)

    def __init__(
        self, folder: Path, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        super().__init__()
        self._folder = folder
        self._now = now
        self._asking: Asking | None = None
        self._showing = False
        self._actions: deque[str] = deque(maxlen=20)
        self._fault_file: TextIO | None = None
        # Queued: the failure may come from another thread or from the middle of painting.
        self.happened.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self, asking: Asking) -> None:
        """Take over what nobody catches in this process."""
        self._asking = asking
        sys.excepthook = self._from_main
        threading.excepthook = self._from_thread
        qInstallMessageHandler(self._from_qt)
        self._folder.mkdir(parents=True, exist_ok=True)
        self._fault_file = (self._folder / "hard-faults.txt").open("a", encoding="utf-8")
        faulthandler.enable(self._fault_file)

    def uninstall(self) -> None:
        """Give everything back."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        qInstallMessageHandler(None)
        faulthandler.disable()
        if self._fault_file is not None:
            self._fault_file.close()
            self._fault_file = None

    def note_action(self, code: str) -> None:
        """Remember what was done last, as a code (issues.save), never with values."""
        self._actions.append(code)

    def take(self, error: BaseException) -> str:
        """Write the report of a failure and show the dialog; gives the event number."""
        event = f"{self._now().astimezone():%m%d-%H%M%S}"
        path = self._write(error, event)
        _log.critical("unexpected failure %s, report %s", event, path)
        self.happened.emit(error, event)
        return event

    def _from_main(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, Cancelled):
            return  # a sheet whose user is gone: nothing failed
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        else:
            self.take(error)

    def _from_thread(self, hook: threading.ExceptHookArgs) -> None:
        if hook.exc_value is not None and not isinstance(hook.exc_value, SystemExit):
            self.take(hook.exc_value)

    def _from_qt(self, kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        del context
        if any(message.startswith(quiet) for quiet in _QUIET):
            return
        serious = kind in (QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg)
        level = logging.ERROR if serious else logging.WARNING
        if kind in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg):
            level = logging.DEBUG
        from village_app.ui.redaction import redact_words

        _log.log(level, "Qt: %s", redact_words(message))

    def _write(self, error: BaseException, event: str) -> Path:
        path = self._folder / f"report-{event}.txt"
        self._folder.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(".part")
        beside.write_text(self.report(error, event), encoding="utf-8")
        os.replace(beside, path)  # noqa: PTH105  # atomic on every system, as the house asks
        return path

    def report(self, error: BaseException, event: str) -> str:
        """Write what may be handed to the one who maintains the program."""
        import platform

        from village_app.ui.redaction import redact_words

        lines = [
            f"共治通 {__version__} 事件编号 {event}",
            f"时间 {self._now():%Y-%m-%d %H:%M:%S} UTC",
            f"Python {platform.python_version()} Qt {qVersion()} {platform.platform()}",
            f"最后的操作 {' '.join(self._actions) or '无'}",
            "",
        ]
        for link in _chain_of(error):
            lines.append(
                f"{type(link).__module__}.{type(link).__name__}: {redact_words(str(link))}"
            )
            lines += [f"  {_place(frame)}" for frame in traceback.extract_tb(link.__traceback__)]
        return "\n".join(lines) + "\n"

    def _show(self, error: object, event: str) -> None:
        del error
        if self._asking is None or self._showing:
            return
        self._showing = True
        try:
            self._asking.ask(crash_question(event, self._folder))
        finally:
            self._showing = False


def crash_question(event: str, folder: Path) -> Question:
    """Say in three lines what happened, what is safe and what to do."""
    return Question(
        "程序出了意外，没有照您的意思做完",
        [
            ("发生了什么", "刚才这一步中途停下了，是程序的毛病，不是您按错了。"),
            ("您的数据", "这一步没有写进去；以前存好的都在。"),
            ("怎么办", f"可以接着用。再出现就把“{folder.name}”文件夹里的报告交给维护的人。"),
        ],
        [Choice("", "知道了，接着用")],
        light="fault",
        event=event,
    )


def _chain_of(error: BaseException) -> list[BaseException]:
    chain: list[BaseException] = []
    link: BaseException | None = error
    while link is not None and link not in chain:
        chain.append(link)
        link = link.__cause__ or link.__context__
    return chain


def _place(frame: traceback.FrameSummary) -> str:
    """Name a place in the program by module and line: folders may name people."""
    path = Path(frame.filename)
    parts = path.parts
    start = parts.index("village_app") if "village_app" in parts else len(parts) - 1
    return f"{'/'.join(parts[start:])}:{frame.lineno} {frame.name}"
