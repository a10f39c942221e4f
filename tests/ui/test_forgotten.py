"""Neither password nor recovery code: the page says plainly that nobody can help (E12)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from village_app.ui.kit.banner import Banner
from village_app.ui.recovery import ForgottenPage
from village_app.ui.theme import Theme


def test_e12_without_password_and_code_the_page_says_that_the_data_cannot_be_opened(
    application: QApplication, qtbot: QtBot, wear: Callable[[Theme], None]
) -> None:
    for size in (100, 150):
        wear(Theme(size))
        page = ForgottenPage("陈丽珍", lambda _password: "")
        qtbot.addWidget(page)
        page.resize(1366, 700)
        page.show()
        (banner,) = page.findChildren(Banner)
        assert banner.isVisible()
        assert banner.accessibleName() == (
            "密码和恢复码都没有了，数据就打不开，谁也没有办法；只能从还记得密码的旧备份恢复。"
        )
