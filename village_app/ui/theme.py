"""Colours, sizes and type of the screen: one ordinary look, one of high contrast, four type sizes.

All lengths are pixels at 100 % type size; `Theme.px` multiplies them. Qt applies the scaling of
the system by itself, on top of this.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from PySide6.QtGui import QColor, QFont, QFontMetrics

from village_app.ui.fonts import SANS, SONG

TypeSize = Literal[100, 125, 150, 200]
TYPE_SIZES: tuple[TypeSize, ...] = (100, 125, 150, 200)

Role = Literal["display", "figure", "title", "songh2", "h2", "h3", "body", "small"]

# role -> (pixels at 100 %, is set in Song)
TYPE: dict[Role, tuple[int, bool]] = {
    "display": (38, True),
    "figure": (30, False),
    "title": (25, True),
    "songh2": (19, True),
    "h2": (19, False),
    "h3": (17, False),
    "body": (15, False),
    "small": (14, False),
}

Layout = Literal["full", "rail", "narrow"]


class Colours(NamedTuple):
    """One palette; the names are those of the design (纸, 茶, 宣, 墨, 蓝黑, 印泥)."""

    canvas: QColor
    nav: QColor
    sheet: QColor
    sunk: QColor
    line: QColor
    line2: QColor
    edge: QColor
    ink: QColor
    ink2: QColor
    ink3: QColor
    blue: QColor
    blue_h: QColor
    blue_p: QColor
    blue_w: QColor
    blue_l: QColor
    red: QColor
    red_w: QColor
    red_l: QColor
    amber: QColor
    amber_w: QColor
    amber_l: QColor
    green: QColor
    green_w: QColor
    green_l: QColor
    grey_w: QColor
    selection: QColor

    def by_name(self) -> dict[str, QColor]:
        """Give all colours by their names."""
        return self._asdict()


def _colours(**hexes: str) -> Colours:
    return Colours(**{name: QColor(value) for name, value in hexes.items()})


ORDINARY = _colours(
    canvas="#F6F3EC",
    nav="#EEE9DE",
    sheet="#FFFFFF",
    sunk="#FAF8F3",
    line="#DFD8CA",
    line2="#C9BFAD",
    edge="#8A8070",
    ink="#24211C",
    ink2="#544D41",
    ink3="#6B6354",
    blue="#1F456E",
    blue_h="#173657",
    blue_p="#0F2740",
    blue_w="#E7EDF4",
    blue_l="#A9BDD3",
    red="#B3261E",
    red_w="#FBEBE7",
    red_l="#E5B3AA",
    amber="#825000",
    amber_w="#FCF1DB",
    amber_l="#DDB878",
    green="#2B6637",
    green_w="#E8F2E7",
    green_l="#A9CBAB",
    grey_w="#EFECE5",
    selection="#E7EDF4",
)

CONTRAST = _colours(
    canvas="#FFFFFF",
    nav="#FFFFFF",
    sheet="#FFFFFF",
    sunk="#FFFFFF",
    line="#000000",
    line2="#000000",
    edge="#000000",
    ink="#000000",
    ink2="#1A1A1A",
    ink3="#1A1A1A",
    blue="#00214D",
    blue_h="#00173A",
    blue_p="#000E26",
    blue_w="#FFFFFF",
    blue_l="#00214D",
    red="#8A0000",
    red_w="#FFFFFF",
    red_l="#8A0000",
    amber="#5A3600",
    amber_w="#FFFFFF",
    amber_l="#5A3600",
    green="#00420F",
    green_w="#FFFFFF",
    green_l="#00420F",
    grey_w="#FFFFFF",
    selection="#FFF3B0",
)


@dataclass(frozen=True)
class Theme:
    """One look: a type size in per cent and a palette.

    Example: `theme().px(16)`, `theme().colours.red`, `theme().font("h3")`.
    """

    type_size: TypeSize = 100
    contrast: bool = False

    @property
    def colours(self) -> Colours:
        return CONTRAST if self.contrast else ORDINARY

    @property
    def line(self) -> int:
        """Thickness in px of the border of a sheet, a button or an input."""
        return 2 if self.contrast else 1

    def px(self, length: float) -> int:
        """Multiply a length of the design by the type size."""
        return max(1, round(length * self.type_size / 100)) if length > 0 else 0

    def layout(self, window_width: int) -> Layout:
        """Say which layout a window of this width gets: full, with the rail, or narrow."""
        width = window_width * 100 / self.type_size
        if width >= 1280:
            return "full"
        return "rail" if width >= 1100 else "narrow"

    def font(self, role: Role = "body") -> QFont:
        """Give the font of a role; painted widgets use it, labels get it from the sheet."""
        return QFont(self._fonts[role])

    def metrics(self, role: Role = "body") -> QFontMetrics:
        """Give the metrics of a role's font."""
        return self._metrics[role]

    @cached_property
    def _fonts(self) -> dict[Role, QFont]:
        made: dict[Role, QFont] = {}
        for role, (pixels, is_song) in TYPE.items():
            font = QFont(list(SONG if is_song else SANS))
            font.setPixelSize(self.px(pixels))
            made[role] = font
        return made

    @cached_property
    def _metrics(self) -> dict[Role, QFontMetrics]:
        return {role: QFontMetrics(font) for role, font in self._fonts.items()}


class _Shown:
    """The look of this process; like Qt's palette there is one at a time."""

    theme = Theme()


def theme() -> Theme:
    """Give the look in use. It changes only between two builds of the window."""
    return _Shown.theme


def choose(new: Theme) -> None:
    """Take another look into use; `dress.dress` also hands it to Qt."""
    _Shown.theme = new


def contrast_ratio(one: QColor, other: QColor) -> float:
    """Give the contrast of two colours by WCAG 2.2 (relative luminance), 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
