"""Pictures as telephones take them: lying on their side, with the place written in."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from pathlib import Path

from PIL import Image


def telephone_picture(path: Path, colour: str = "red") -> Path:
    """Write a JPEG of 80 × 40 that is to be turned by a quarter, with a GPS place in it."""
    image = Image.new("RGB", (80, 40), colour)
    properties = image.getexif()
    properties[0x0112] = 6  # turn to the right to see it upright
    properties.get_ifd(0x8825).update({1: "N", 2: (23.0, 1.0, 0.0), 3: "E", 4: (113.0, 59.0, 0.0)})
    image.save(path, "JPEG", exif=properties)
    return path


def huge_png(path: Path, side: int = 30_000) -> Path:
    """Write the beginning of a PNG that claims 30,000 × 30,000 dots and holds none."""

    def chunk(name: bytes, data: bytes) -> bytes:
        whole = name + data
        return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\x00")) + chunk(b"IEND", b"")
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + body)
    return path


def size_of(data: bytes) -> tuple[int, int]:
    """Give width and height of a picture."""
    with Image.open(BytesIO(data)) as image:
        return image.size
