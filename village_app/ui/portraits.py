"""Every page of an open village as a picture: for the demonstration and the README."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QMainWindow

from village_app.ui.app import make_application
from village_app.ui.asking import WindowAsking
from village_app.ui.door import OpenVillage
from village_app.ui.dress import prepare
from village_app.ui.jobs import JobRunner
from village_app.ui.page import PageEntry
from village_app.ui.pictures import save_picture
from village_app.ui.preferences import Preferences
from village_app.ui.shell import Shell
from village_app.ui.theme import Theme


def _only_faults(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    """Pass on what went wrong; an offscreen window's remarks on what it cannot do are none."""
    if "does not support" not in text:
        print(text, file=sys.stderr)
    del kind


class Portraits:
    """A window that is never shown to anybody, and the pictures of its pages."""

    def __init__(self, village: OpenVillage, entries: Iterable[PageEntry]) -> None:
        qInstallMessageHandler(_only_faults)
        running = QApplication.instance()
        self.application = running if isinstance(running, QApplication) else make_application()
        prepare(self.application, Theme())
        self.entries = tuple(entries)
        self.window = QMainWindow()
        preferences = Preferences()
        asking = WindowAsking(self.window, preferences)
        self.jobs = JobRunner(village.in_thread)
        self.shell = Shell(village, self.entries, asking, self.jobs, preferences)
        self.window.setCentralWidget(self.shell)

    def save_all(self, folder: Path, size: tuple[int, int]) -> list[Path]:
        """Save every page of the navigation under its number and title."""
        saved = []
        listed = [entry for entry in self.entries if not entry.under]
        for number, entry in enumerate(listed, start=1):
            path = folder / f"画面{number:02} {entry.title}.png"
            self.save(entry.key, path, size)
            saved.append(path)
        self.shell.leave()
        return saved

    def save(self, page: str, path: Path, size: tuple[int, int]) -> None:
        """Save one page; it is laid out, and has read what it reads beside, before the picture."""
        self.window.resize(*size)
        self.window.show()
        self.shell.go(page)
        self.application.processEvents()
        while self.jobs.running():
            loop = QEventLoop()
            self.jobs.changed.connect(loop.quit)
            loop.exec()
        save_picture(self.window, path, size)
