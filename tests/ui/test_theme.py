"""The tokens: measured contrast, scaled lengths, a sheet without holes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QRawFont
from PySide6.QtWidgets import QApplication, QDialogButtonBox
from pytestqt.qtbot import QtBot

from village_app.ui import icons
from village_app.ui.fonts import SANS, add_first_fonts, add_rare_fonts
from village_app.ui.sheet import write_sheet
from village_app.ui.theme import CONTRAST, ORDINARY, TYPE_SIZES, Theme, TypeSize, contrast_ratio

# The figures of the design (look.md 2.1): colour, ground, measured ratio.
MEASURED = [
    ("ink", "sheet", 16.04),
    ("ink", "canvas", 14.47),
    ("ink", "nav", 13.25),
    ("ink2", "sheet", 8.35),
    ("ink2", "nav", 6.90),
    ("ink3", "sheet", 5.94),
    ("ink3", "nav", 4.90),
    ("ink3", "grey_w", 5.03),
    ("ink3", "blue_w", 5.04),
    ("blue", "sheet", 9.84),
    ("blue", "blue_w", 8.35),
    ("red", "red_w", 5.65),
    ("amber", "amber_w", 6.05),
    ("green", "green_w", 5.98),
    ("edge", "sheet", 3.89),
    ("edge", "nav", 3.21),
]


@pytest.mark.parametrize(("colour", "ground", "ratio"), MEASURED)
def test_contrast_is_what_the_design_measured(colour: str, ground: str, ratio: float) -> None:
    colours = ORDINARY.by_name()
    assert contrast_ratio(colours[colour], colours[ground]) == pytest.approx(ratio, abs=0.02)


@pytest.mark.parametrize("palette", [ORDINARY, CONTRAST])
@pytest.mark.parametrize("colour", ["ink", "ink2", "ink3", "blue", "red", "amber", "green"])
def test_every_text_colour_can_be_read_on_every_ground_it_stands_on(
    palette: object, colour: str
) -> None:
    assert palette in (ORDINARY, CONTRAST)
    colours = (ORDINARY if palette is ORDINARY else CONTRAST).by_name()
    grounds = ("sheet", "canvas", "nav", "sunk", "selection")
    assert min(contrast_ratio(colours[colour], colours[ground]) for ground in grounds) >= 4.5


@pytest.mark.parametrize("colour", ["red", "amber", "green", "blue", "edge", "ink3"])
def test_high_contrast_reaches_ten_to_one_on_white(colour: str) -> None:
    assert contrast_ratio(CONTRAST.by_name()[colour], QColor("#FFFFFF")) >= 10


def test_white_on_the_primary_button_can_be_read_in_all_its_states() -> None:
    white = QColor("#FFFFFF")
    assert all(
        contrast_ratio(white, colour) >= 4.5
        for palette in (ORDINARY, CONTRAST)
        for colour in (palette.blue, palette.blue_h, palette.blue_p)
    )


@pytest.mark.parametrize(("size", "width"), [(100, 16), (125, 20), (150, 24), (200, 32)])
def test_type_size_multiplies_every_length(size: TypeSize, width: int) -> None:
    look = Theme(size)
    assert look.px(16) == width
    assert look.font("body").pixelSize() == look.px(15)
    assert look.px(0) == 0
    assert look.px(0.4) == 1


@pytest.mark.parametrize(
    ("width", "size", "layout"),
    [
        (1366, 100, "full"),
        (1280, 100, "full"),
        (1279, 100, "rail"),
        (1100, 100, "rail"),
        (1099, 100, "narrow"),
        (1366, 125, "narrow"),
        (1920, 125, "full"),
        (1920, 150, "full"),
        (1366, 150, "narrow"),
    ],
)
def test_layout_asks_only_for_width_by_type_size(width: int, size: TypeSize, layout: str) -> None:
    assert Theme(size).layout(width) == layout


@pytest.mark.parametrize("size", TYPE_SIZES)
@pytest.mark.parametrize("contrast", [False, True])
def test_the_sheet_is_complete_and_its_pictures_exist(size: TypeSize, contrast: bool) -> None:
    sheet = write_sheet(Theme(size, contrast))
    assert "$" not in sheet
    files = re.findall(r'url\("([^"]+)"\)', sheet)
    assert files
    assert all(Path(file).is_file() for file in files)


def test_high_contrast_draws_thicker_lines() -> None:
    assert Theme(contrast=True).line == 2
    assert "border: 2px solid #000000" in write_sheet(Theme(contrast=True))
    assert "border: 1px solid #8a8070" in write_sheet(Theme())


def test_bundled_faces_answer_to_their_names(application: QApplication) -> None:
    assert add_first_fonts() == ("GSHei", "GSTitle")
    assert add_rare_fonts() == ("GSExt", "GSExtA", "GSRare")


@pytest.mark.parametrize("character", "共治通（）《》“”〔〕䶮𬱖㛃喆堃")
def test_every_character_of_a_name_has_a_glyph_in_a_bundled_face(
    application: QApplication, character: str
) -> None:
    faces = []
    for family in SANS:
        font = Theme().font("body")
        font.setFamilies([family])
        faces.append(QRawFont.fromFont(font))
    code = ord(character)
    assert any(face.isValid() and face.supportsCharacter(code) for face in faces)


@pytest.mark.parametrize("name", icons.PATHS)
def test_every_icon_draws_something_inside_its_square(application: QApplication, name: str) -> None:
    image = icons.pixmap(name, 24, QColor("#000000")).toImage()
    inked = [(x, y) for x in range(24) for y in range(24) if image.pixelColor(x, y).alpha() > 40]
    assert len(inked) > 6
    edge = [point for point in inked if {0, 23} & set(point)]
    assert len(edge) < 8


def test_an_icon_takes_its_colour_when_drawn(application: QApplication) -> None:
    image = icons.pixmap("plus", 24, QColor("#B3261E")).toImage()
    assert image.pixelColor(12, 12).name() == "#b3261e"


def test_qt_speaks_chinese(application: QApplication, qtbot: QtBot) -> None:
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(buttons)
    shown = buttons.button(QDialogButtonBox.StandardButton.Cancel).text()
    assert shown.replace("&", "").startswith("取消")
