"""Pictures for paper: upright, small enough, and without anything a camera wrote into them.

Every writer takes pictures from here, so that no place, time or owner of a camera goes out with
a paper (reliability G23).
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from village_app.errors import EnvironmentProblem

if TYPE_CHECKING:
    from PIL.Image import Image

# A side of 1,600 dots is 200 dots an inch over 20 cm, more than an office printer shows.
LONGEST_SIDE = 1_600
# What claims more is refused before it is unpacked (reliability H08); a telephone's jpeg is
# unpacked at a fraction of its size and may be larger.
MOST_DOTS = {"JPEG": 89_000_000, "PNG": 40_000_000}
_QUALITY = 85
_GPS_TAG = 0x8825
_GPS_IN_XMP = b"GPSLatitude"


@dataclass(frozen=True, slots=True)
class Picture:
    """A cleaned picture as JPEG bytes, with its size in dots."""

    data: bytes
    width: int
    height: int


def clean_picture(data: bytes, longest_side: int = LONGEST_SIDE) -> Picture:
    """Turn a picture upright, shrink it, and write it again without properties.

    Transparent parts become white. Bytes that are no jpeg or png, are cut off, or claim too many
    dots raise `EnvironmentProblem`.
    """
    from PIL import Image, ImageOps

    with _opened(data) as image:
        try:
            image.draft("RGB", (2 * longest_side, 2 * longest_side))
            flat = _flattened(ImageOps.exif_transpose(image))
        except (OSError, SyntaxError, ValueError) as problem:
            raise _unreadable() from problem
        flat.thumbnail((longest_side, longest_side), Image.Resampling.LANCZOS)
        target = BytesIO()
        flat.save(target, "JPEG", quality=_QUALITY, subsampling=0)
        return Picture(target.getvalue(), *flat.size)


def has_place(data: bytes) -> bool:
    """Tell whether the camera wrote into the picture where it was taken (Exif or XMP)."""
    with _opened(data) as image:
        packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
        xmp = packet if isinstance(packet, bytes) else str(packet).encode()
        return bool(image.getexif().get_ifd(_GPS_TAG)) or _GPS_IN_XMP in xmp


def _opened(data: bytes) -> Image:
    from PIL import Image, UnidentifiedImageError

    bombs = (Image.DecompressionBombWarning, Image.DecompressionBombError)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(BytesIO(data), formats=tuple(MOST_DOTS))
    except bombs as problem:
        raise _too_large() from problem
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as problem:
        raise _unreadable() from problem
    if image.width * image.height > MOST_DOTS[image.format or "PNG"]:
        raise _too_large()
    return image


def _too_large() -> EnvironmentProblem:
    return EnvironmentProblem(
        "picture_too_large", "有一张照片太大，请先把照片缩小到四千万像素以内再试。"
    )


def _unreadable() -> EnvironmentProblem:
    return EnvironmentProblem(
        "unreadable_picture",
        "有一张照片打不开，文件可能已损坏，请重新拍照或换一张 JPG、PNG 照片再试。",
    )


def _flattened(image: Image) -> Image:
    from PIL import Image as Images

    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        with_alpha = image.convert("RGBA")
        white = Images.new("RGBA", image.size, "white")
        return Images.alpha_composite(white, with_alpha).convert("RGB")
    return image.convert("RGB")
