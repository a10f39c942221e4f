"""Copies of pictures to hand out: upright, and without what the camera wrote into them.

A phone writes into every photo where and when it was taken and with which device; a copy that
leaves the village carries none of it.
"""

from __future__ import annotations

import io

from village_app.errors import EnvironmentProblem

_QUALITY = 90
_FORMATS = {"JPEG": "JPEG", "MPO": "JPEG", "WEBP": "WEBP"}
_MODES = {
    "JPEG": {"RGB", "L", "CMYK"},
    "PNG": {"RGB", "RGBA", "L", "LA", "1", "I;16"},
    "WEBP": {"RGB", "RGBA"},
}
_ENDINGS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}


def clean_copy(content: bytes) -> tuple[bytes, str]:
    """Give an upright copy without any notes of the camera, and its ending (jpg, png, webp).

    For the kinds of `attachment_kinds.PICTURES`, measured when they were attached; a damaged one
    raises `EnvironmentProblem`.
    """
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(content)) as picture:
            form = _FORMATS.get(picture.format or "", "PNG")
            profile = picture.info.get("icc_profile")
            upright = ImageOps.exif_transpose(picture)
            if upright.mode == "P":
                upright = upright.convert("RGBA")
            bare = Image.new(upright.mode, upright.size)
            bare.paste(upright)
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError) as error:
        raise EnvironmentProblem(
            "attachment_damaged", "这张图片损坏了，不能另存。请从备份里找一份好的。"
        ) from error
    if bare.mode not in _MODES[form]:
        bare, profile = bare.convert("RGB"), None
    out = io.BytesIO()
    bare.save(out, form, quality=_QUALITY, icc_profile=profile)
    return out.getvalue(), _ENDINGS[form]
