"""What a zip file says it holds, read before anything of it is unpacked."""

from __future__ import annotations

import io
import struct
import zipfile

from village_app.importing.files import limits
from village_app.importing.files.reading import Damaged

_END = b"PK\x05\x06"
_END_BYTES = 22
_END64_LOCATOR_BYTES = 20
_END64_BYTES = 56
_LONGEST_COMMENT = 65_535


def directory_bytes(data: bytes) -> tuple[int, int]:
    """Give (number of entries, bytes of the central directory) as the end record states them."""
    start = data.rfind(_END, max(0, len(data) - _END_BYTES - _LONGEST_COMMENT))
    if start < 0 or start + _END_BYTES > len(data):
        raise Damaged("end record")
    entries, size = struct.unpack_from("<HI", data, start + 10)
    locator = start - _END64_LOCATOR_BYTES
    if locator >= 0 and data[locator : locator + 4] == b"PK\x06\x07":
        end64 = locator - _END64_BYTES
        if end64 < 0 or data[end64 : end64 + 4] != b"PK\x06\x06":
            raise Damaged("zip64 end record")
        entries, size = struct.unpack_from("<QQ", data, end64 + 32)
    return entries, size


def entries_of(data: bytes) -> list[zipfile.ZipInfo]:
    """List the entries, or raise `Damaged`; the directory's size must have been checked before."""
    _, size = directory_bytes(data)
    if size > limits.ZIP_DIRECTORY_BYTES:
        raise Damaged("directory size")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.infolist()
    except (zipfile.BadZipFile, struct.error, ValueError, NotImplementedError) as error:
        raise Damaged(str(error)) from error
