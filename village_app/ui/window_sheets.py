"""The sheets that stand over the window whatever page is shown: help, keys, one's own password.

They are loaded when they are asked for: the door must stand quickly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from village_app.ui.asking import Asking
from village_app.ui.door import Door, OpenVillage

if TYPE_CHECKING:
    from village_app.ui.shell import Shell


def show_help(shell: Shell, topic: str, window: QWidget, asking: Asking) -> None:
    """Show what the page in front is for, and its keys."""
    from village_app.ui.help_sheet import HelpSheet

    page = shell.page()
    if page is not None:
        HelpSheet(page.title, topic, page.keys, window, asking).open()


def show_keys(shell: Shell, window: QWidget, asking: Asking) -> None:
    """Show all keys of the window."""
    from village_app.ui.help_sheet import KeysSheet

    KeysSheet(shell.page_keys(), window, asking).open()


def ask_own_password(door: Door, village: OpenVillage, window: QWidget) -> None:
    """Let who signed in with a given password choose his own before he goes on."""
    from village_app.ui.first_password import FirstPassword

    def weakness(password: str) -> str:
        fault = door.check_password(password, village.user.name, village.name)
        return fault.message if fault else ""

    FirstPassword(weakness, village.change_password, window).open()
