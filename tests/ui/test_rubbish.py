"""Widgets that hold each other go on the window's thread, whatever another thread makes."""

from __future__ import annotations

import gc
import threading
import weakref

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import application
from village_app.ui import rubbish
from village_app.ui.rubbish import RubbishRounds, search

__all__ = ["application"]


def circle() -> weakref.ref[QWidget]:
    """Make a widget that is only held by itself."""
    widget = QWidget()
    widget.me = widget  # type: ignore[attr-defined]
    return weakref.ref(widget)


def much_is_made() -> list[list[int]]:
    """Make so many values that a search is due."""
    return [[number] for number in range(50_000)]


def test_long_work_on_another_thread_takes_no_widget_away(
    application: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    gc.enable()
    monkeypatch.setattr(rubbish, "_EVERY_MS", 20)
    owner = QObject()
    RubbishRounds(owner)
    widget = circle()
    worker = threading.Thread(target=much_is_made)
    worker.start()
    worker.join()
    assert widget() is not None
    kept = much_is_made()
    qtbot.waitUntil(lambda: widget() is None)
    assert kept
    owner.deleteLater()


def test_a_search_goes_as_deep_as_is_due() -> None:
    gc.collect()
    widget = circle()
    kept = much_is_made()
    search()
    assert widget() is None
    assert kept
