"""The paper on the screen is the PDF itself."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.hands import CTRL, press
from tests.ui.samples import two_page_pdf
from village_app.ui.kit.preview import Mark, Pages, PaperPreview


@pytest.fixture
def preview(application: QApplication, qtbot: QtBot) -> PaperPreview:
    made = PaperPreview()
    qtbot.addWidget(made)
    made.resize(448, 700)
    made.show()
    made.set_pdf(two_page_pdf())
    return made


def test_pages_are_drawn_true_to_the_millimetre() -> None:
    pages = Pages(two_page_pdf())
    assert len(pages) == 2
    assert pages.size(0) == pytest.approx((210, 297), abs=0.1)
    image = pages.image(0, 420, grey=False)
    inside, outside = image.pixelColor(60, 60), image.pixelColor(36, 60)
    assert (inside.red() > 150, inside.green() < 90) == (True, True)
    assert outside.name() == "#ffffff"
    assert image.pixelColor(82, 60).name() == "#ffffff"
    pages.close()


def test_black_and_white_shows_grey(preview: PaperPreview) -> None:
    pages = preview._paper.pages
    assert pages is not None
    colour = pages.image(0, 420, grey=True).pixelColor(60, 60)
    assert colour.red() == colour.green() == colour.blue()
    preview.grey.buttons()[0].click()
    assert preview._paper.grey
    preview.grey.buttons()[0].click()
    assert not preview._paper.grey


def test_arrows_turn_the_pages_and_stop_at_the_ends(preview: PaperPreview, qtbot: QtBot) -> None:
    assert preview._where.text() == "第 1 页，共 2 页"
    assert not preview._back.isEnabled()
    with qtbot.waitSignal(preview.page_changed) as changed:
        preview._on.click()
    assert changed.args == [2]
    assert not preview._on.isEnabled()
    preview.turn(1)
    assert preview.page == 2


def test_the_whole_page_fits_and_the_width_fits(preview: PaperPreview) -> None:
    room = preview._scroll.maximumViewportSize()
    whole = preview._paper.size()
    assert whole.height() <= room.height()
    assert whole.width() <= room.width()
    preview.fits.buttons()[1].click()
    wide = preview._paper.size()
    assert wide.width() > room.width() * 0.9
    assert wide.width() <= room.width()


def test_zooming_keeps_the_shape_of_the_paper(preview: PaperPreview) -> None:
    before = preview._paper.paper_box()
    press(preview, Qt.Key.Key_Plus, CTRL)
    after = preview._paper.paper_box()
    assert after.width() > before.width()
    ratio = before.height() / before.width()
    assert after.height() / after.width() == pytest.approx(ratio, abs=0.01)


def test_a_mark_stands_beside_its_place_and_only_on_its_page(preview: PaperPreview) -> None:
    preview.set_marks([Mark(1, page=1, top=150, height=10)])
    box = preview._paper.paper_box()
    per_mm = box.height() / 297
    place = (round(box.right()) - 20, round(box.top() + 155 * per_mm))
    image = preview._paper.grab().toImage()
    around = {
        image.pixelColor(place[0] + dx, place[1] + dy).name()
        for dx in range(-8, 9)
        for dy in range(-8, 9)
    }
    assert "#b3261e" in around
    preview.turn(1)
    image = preview._paper.grab().toImage()
    assert image.pixelColor(*place).name() == "#ffffff"
    preview.show_mark(1)
    assert preview.page == 1


def test_another_paper_keeps_the_page_and_none_empties_the_desk(
    preview: PaperPreview,
) -> None:
    preview.turn(1)
    preview.set_pdf(two_page_pdf())
    assert preview.page == 2
    preview.set_pdf(two_page_pdf(), keep_page=False)
    assert preview.page == 1
    preview.set_pdf(None)
    assert preview.page == 0
    assert preview._where.text() == "还没有纸面"
