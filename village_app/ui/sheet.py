"""The style sheet of Qt's own widgets, written from the tokens for one type size and palette.

Lengths stand at 100 % and are multiplied when the sheet is written; `$hair` (edges) and `$ring`
(focus) are not, because a line stays a line. The kit's own parts are painted and need no sheet.
`min-height` is the content box: 24 + 2 x 4 padding + 2 x 1 edge gives an input of 34.
"""

from __future__ import annotations

import re
from string import Template

from village_app.resources import resource
from village_app.ui.theme import TYPE, Role, Theme

_SHEET = """
QWidget { color: $ink; }
QMainWindow, QDialog, QWidget[ground="canvas"] { background: $canvas; }
QWidget[ground="nav"] { background: $nav; }
QWidget[ground="sheet"] { background: $sheet; }
QWidget[ground="none"], QScrollArea[ground="none"] { background: transparent; border: none; }
QToolTip { background: $ink; color: $sheet; border: none; padding: 6px 8px; }

QFrame[part="sheet"] { background: $sheet; border: $hair solid $line; border-radius: 8px; }
QFrame[part="facts"] { background: $sunk; border: $hair solid $line; border-radius: 6px; }

QLabel { background: transparent; border: none; }
QLabel#brand { letter-spacing: 2px; }
QLabel[tone="ink2"] { color: $ink2; }
QLabel[tone="ink3"] { color: $ink3; }
QLabel[tone="blue"] { color: $blue; }
QLabel[tone="red"] { color: $red; }
QLabel[tone="amber"] { color: $amber; }
QLabel[tone="green"] { color: $green; }
QLabel[tone="sheet"] { color: $sheet; }

QLineEdit, QPlainTextEdit, QComboBox {
  background: $sheet; border: $hair solid $edge; border-radius: 5px; color: $ink;
  padding: 4px 10px; min-height: 24px;
  selection-background-color: $blue; selection-color: $sheet;
}
QLineEdit { lineedit-password-character: 8226; }
QLineEdit, QPlainTextEdit { placeholder-text-color: $ink3; }
QLineEdit[big="true"] { min-height: 34px; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus {
  border: $ring solid $blue; padding: $tight_v $tight_h;
}
QLineEdit[faulty="true"], QPlainTextEdit[faulty="true"], QComboBox[faulty="true"] {
  background: $red_w; border: $ring solid $red; padding: $tight_v $tight_h;
}
QLineEdit[faulty="true"]:focus, QPlainTextEdit[faulty="true"]:focus,
QComboBox[faulty="true"]:focus { border: $ring solid $blue; }
QComboBox[doubtful="true"] {
  background: $amber_w; border: $ring solid $amber; padding: $tight_v $tight_h;
}
QLineEdit:read-only, QPlainTextEdit:read-only { background: $sunk; color: $ink2; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled {
  background: $grey_w; color: $ink3; border: $hair solid $line2;
}
QLineEdit[bare="true"] { border: none; background: transparent; padding: 0; }

QComboBox::drop-down { border: none; width: 28px; }
QComboBox::down-arrow { image: url("$icons/chevron$look.svg"); width: 16px; height: 16px; }
QComboBox QAbstractItemView {
  background: $sheet; border: $hair solid $edge; outline: none; padding: 4px;
  selection-background-color: $selection; selection-color: $ink;
}

QCheckBox, QRadioButton { background: transparent; spacing: 8px; padding: 4px 2px; }
QCheckBox::indicator, QRadioButton::indicator { width: 18px; height: 18px; }
QCheckBox::indicator { border: $hair solid $edge; border-radius: 3px; background: $sheet; }
QCheckBox::indicator:checked {
  background: $blue; border-color: $blue; image: url("$icons/tick.svg");
}
QCheckBox::indicator:checked:disabled { background: $ink3; border-color: $ink3; }
QRadioButton::indicator { border: $hair solid $edge; border-radius: $round9; background: $sheet; }
QRadioButton::indicator:checked { image: url("$icons/dot$look.svg"); }
QCheckBox:focus, QRadioButton:focus {
  border: $ring solid $blue; border-radius: 5px; padding: $check_v 0px;
}
QCheckBox:disabled, QRadioButton:disabled { color: $ink3; }

QScrollBar:vertical { background: transparent; width: 14px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 14px; margin: 2px; }
QScrollBar::handle { background: $bar; border-radius: 4.6px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $edge; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: none; }

QTableView { background: $sheet; border: none; outline: none; gridline-color: $line; }
QTableView QLineEdit { border-radius: 0; padding: 0 8px; min-height: 20px; }
QHeaderView { background: $sunk; border: none; }
QHeaderView::section {
  background: $sunk; color: $ink2; border: none; border-bottom: $thin solid $line2;
  padding: 0 10px; min-height: 33px;
}
QTableCornerButton::section { background: $sunk; border: none; }

QMenu { background: $sheet; border: $hair solid $edge; padding: 4px; }
QMenu::item { padding: 7px 24px 7px 12px; border-radius: 4px; }
QMenu::item:selected { background: $selection; color: $ink; }
QMenu::item:disabled { color: $ink3; }
QMenu::separator { height: $thin; background: $line; margin: 4px 8px; }
QMenu::section { color: $ink3; padding: 6px 12px; }
"""

_LENGTH = re.compile(r"(\d+(?:\.\d+)?)px")


def write_sheet(theme: Theme) -> str:
    """Write the sheet for a type size and palette."""
    names = {name: colour.name() for name, colour in theme.colours.by_name().items()}
    ring = theme.line + 1
    scaled = _LENGTH.sub(lambda found: f"{theme.px(float(found[1]))}px", _SHEET)
    # What the thicker ring takes is given back by the padding, so that no text jumps.
    tight_v, tight_h = theme.px(4) - 1, theme.px(10) - 1
    return Template(scaled + _labels(theme)).substitute(
        names,
        thin="1px",
        hair=f"{theme.line}px",
        ring=f"{ring}px",
        tight_v=f"{tight_v}px",
        tight_h=f"{tight_h}px",
        check_v=f"{theme.px(4) - 2}px",
        round9=f"{theme.px(9) + theme.line}px",
        bar=names["edge"] if theme.contrast else names["line2"],
        icons=resource("icons").as_posix(),
        look="-contrast" if theme.contrast else "",
    )


def _labels(theme: Theme) -> str:
    def rule(role: Role) -> str:
        families = ", ".join(f'"{family}"' for family in theme.font(role).families())
        pixels = theme.font(role).pixelSize()
        return f'QLabel[t="{role}"] {{ font-size: {pixels}px; font-family: {families}; }}'

    small = theme.font("small").pixelSize()
    tip = f"QToolTip, QHeaderView::section {{ font-size: {small}px; }}"
    h3 = f'QLineEdit[big="true"] {{ font-size: {theme.font("h3").pixelSize()}px; }}'
    return "\n".join((*map(rule, TYPE), tip, h3))
