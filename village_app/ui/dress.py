"""Hand a look to Qt: palette, application font, style sheet and Qt's own Chinese texts."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from village_app.ui.fonts import add_first_fonts
from village_app.ui.sheet import write_sheet
from village_app.ui.theme import Theme, choose


def prepare(application: QApplication, look: Theme) -> None:
    """Dress a new application: fonts, Chinese texts of Qt and the look."""
    add_first_fonts()
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    speak_chinese(application)
    dress(application, look)


def dress(application: QApplication, look: Theme) -> None:
    """Take a look into use. Widgets built before keep their sizes: build the window anew."""
    choose(look)
    application.setFont(look.font("body"))
    application.setPalette(_palette(look))
    application.setStyleSheet(write_sheet(look))


def speak_chinese(application: QApplication) -> bool:
    """Load Qt's own Chinese texts (file dialogs, context menus of inputs)."""
    translator = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    loaded = translator.load("qtbase_zh_CN", folder)
    if loaded:
        application.installTranslator(translator)
    return loaded


def _palette(look: Theme) -> QPalette:
    colours = look.colours
    palette = QPalette()
    roles: dict[QPalette.ColorRole, QColor] = {
        QPalette.ColorRole.Window: colours.canvas,
        QPalette.ColorRole.Base: colours.sheet,
        QPalette.ColorRole.AlternateBase: colours.sunk,
        QPalette.ColorRole.Button: colours.sheet,
        QPalette.ColorRole.WindowText: colours.ink,
        QPalette.ColorRole.Text: colours.ink,
        QPalette.ColorRole.ButtonText: colours.ink,
        QPalette.ColorRole.PlaceholderText: colours.ink3,
        QPalette.ColorRole.Highlight: colours.blue,
        QPalette.ColorRole.HighlightedText: colours.sheet,
        QPalette.ColorRole.Link: colours.blue,
        QPalette.ColorRole.ToolTipBase: colours.ink,
        QPalette.ColorRole.ToolTipText: colours.sheet,
    }
    for role, colour in roles.items():
        palette.setColor(role, colour)
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, colours.ink3)
    return palette
