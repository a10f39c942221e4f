"""Pictures for paper: upright, small enough, and without anything a camera wrote into them.

Every writer takes pictures from here, so that no place, time or owner of a camera goes out with
a paper (reliability G23).
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from village_app.errors import EnvironmentProblem

# A side of 1,600 dots is 200 dots an inch over 20 cm, more than an office printer shows.
LONGEST_SIDE = 1_600
# A picture that claims more is refused before it is unpacked (reliability H08).
MOST_DOTS = 40_000_000
_QUALITY = 85
_GPS_TAG = 0x8825


@dataclass(frozen=True, slots=True)
class Picture:
    """A cleaned picture as JPEG bytes, with its size in dots."""

    data: bytes
    width: int
    height: int


def clean_picture(data: bytes, longest_side: int = LONGEST_SIDE) -> Picture:
    """Turn a picture upright, shrink it, and write it again without properties.

    Transparent parts become white. Bytes that are no picture, or one of more than 40 million
    dots, raise `EnvironmentProblem`.
    """
    with _opened(data) as image:
        upright = ImageOps.exif_transpose(image)
        flat = _flattened(upright)
        flat.thumbnail((longest_side, longest_side), Image.Resampling.LANCZOS)
        target = BytesIO()
        flat.save(target, "JPEG", quality=_QUALITY, subsampling=0)
        return Picture(target.getvalue(), *flat.size)


def has_place(data: bytes) -> bool:
    """Tell whether the camera wrote into the picture where it was taken."""
    with _opened(data) as image:
        return bool(image.getexif().get_ifd(_GPS_TAG))


def _opened(data: bytes) -> Image.Image:
    try:
        image = Image.open(BytesIO(data))
    except (UnidentifiedImageError, Image.DecompressionBombError) as problem:
        raise EnvironmentProblem(
            "unreadable_picture", "有一张照片打不开，请换成手机或相机拍的照片文件再试。"
        ) from problem
    if image.width * image.height > MOST_DOTS:
        raise EnvironmentProblem(
            "picture_too_large", "有一张照片太大，请先把照片缩小到四千万像素以内再试。"
        )
    return image


def _flattened(image: Image.Image) -> Image.Image:
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        with_alpha = image.convert("RGBA")
        white = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(white, with_alpha).convert("RGB")
    return image.convert("RGB")
