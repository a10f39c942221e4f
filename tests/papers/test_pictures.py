"""Pictures: turned upright, made small, without what the camera wrote."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from tests.papers.sample_papers import picture, picture_with_place
from village_app.errors import EnvironmentProblem
from village_app.papers.pictures import LONGEST_SIDE, clean_picture, has_place


def size_and_data(data: bytes) -> tuple[tuple[int, int], Image.Exif]:
    with Image.open(BytesIO(data)) as image:
        return image.size, image.getexif()


def test_a_picture_held_sideways_stands_upright_without_properties() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    clean = clean_picture(picture(40, 30, exif))
    size, left = size_and_data(clean.data)
    assert size == (clean.width, clean.height) == (30, 40)
    assert not left


def test_a_large_picture_becomes_small_and_a_small_one_stays() -> None:
    assert clean_picture(picture(3_200, 1_000)).width == LONGEST_SIDE
    assert clean_picture(picture(3_200, 1_000)).height == 500
    assert clean_picture(picture(40, 30)).width == 40


def test_what_is_transparent_becomes_white() -> None:
    target = BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(target, "PNG")
    with Image.open(BytesIO(clean_picture(target.getvalue()).data)) as image:
        assert image.getpixel((10, 10)) == (255, 255, 255)


def test_a_place_is_found_in_exif_and_in_xmp() -> None:
    packet = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><exif:GPSLatitude>23,2N</exif:GPSLatitude>"
    target = BytesIO()
    Image.new("RGB", (20, 20)).save(target, "JPEG", xmp=packet)
    assert has_place(picture_with_place())
    assert has_place(target.getvalue())
    assert not has_place(picture())
    assert not has_place(clean_picture(picture_with_place()).data)
    assert not has_place(clean_picture(target.getvalue()).data)


@pytest.mark.parametrize("data", [b"", b"no picture", picture()[:200], picture()[:-60]])
def test_what_is_no_whole_picture_is_refused_in_plain_words(data: bytes) -> None:
    with pytest.raises(EnvironmentProblem) as refused:
        clean_picture(data)
    assert refused.value.code == "unreadable_picture"


@pytest.mark.parametrize("size", [(8_000, 6_000), (30_000, 3_000), (30_000, 30_000)])
def test_a_picture_that_claims_too_much_is_refused_before_it_is_unpacked(
    size: tuple[int, int],
) -> None:
    target = BytesIO()
    Image.new("1", size).save(target, "PNG")
    with pytest.raises(EnvironmentProblem) as refused:
        clean_picture(target.getvalue())
    assert refused.value.code == "picture_too_large"
