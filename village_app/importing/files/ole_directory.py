"""The streams lying at the root of an OLE2 file (the box around old .xls, .et, .doc and more).

Walks the directory of [MS-CFB] with every chain bounded, because damaged files hold loops.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from village_app.importing.files.reading import Damaged

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER_BYTES = 512
_ENTRY_BYTES = 128
_FREE = 0xFFFFFFFA  # this and above are marks, not sectors
_NONE = 0xFFFFFFFF
_FAT_IN_HEADER = 109
_MOST_ENTRIES = 20_000


class _Sectors:
    """The sectors of the file and the table that chains them."""

    def __init__(self, data: bytes) -> None:
        if len(data) < _HEADER_BYTES:
            raise Damaged("header")
        shift = struct.unpack_from("<H", data, 30)[0]
        if shift not in {9, 12}:
            raise Damaged("sector size")
        self._data = data
        self._size = 1 << shift
        self._next: list[int] = []
        for sector in self._table_sectors():
            self._next.extend(self._numbers(sector))

    def _numbers(self, sector: int) -> tuple[int, ...]:
        return struct.unpack(f"<{self._size // 4}I", self.read(sector))

    def _table_sectors(self) -> Iterator[int]:
        """Give the sectors that hold the chain table: 109 from the header, then linked lists."""
        header = struct.unpack_from(f"<{_FAT_IN_HEADER}I", self._data, 76)
        yield from (sector for sector in header if sector < _FREE)
        following = struct.unpack_from("<I", self._data, 68)[0]
        for _ in range(len(self._data) // self._size):
            if following >= _FREE:
                return
            *numbers, following = self._numbers(following)
            yield from (sector for sector in numbers if sector < _FREE)

    def read(self, sector: int) -> bytes:
        start = (sector + 1) * self._size
        block = self._data[start : start + self._size]
        if len(block) < self._size:
            raise Damaged("sector beyond the end")
        return block

    def chain(self, first: int) -> Iterator[bytes]:
        """Give the sectors of a chain; a chain that comes back to itself is damage."""
        seen: set[int] = set()
        sector = first
        while sector < _FREE:
            if sector in seen or sector >= len(self._next):
                raise Damaged("chain")
            seen.add(sector)
            yield self.read(sector)
            sector = self._next[sector]


def root_names(data: bytes) -> set[str]:
    """Name the streams and storages directly under the root; raises `Damaged` where it cannot."""
    sectors = _Sectors(data)
    directory = b"".join(sectors.chain(struct.unpack_from("<I", data, 48)[0]))
    count = min(len(directory) // _ENTRY_BYTES, _MOST_ENTRIES)
    if not count:
        raise Damaged("directory")
    names: set[str] = set()
    seen: set[int] = set()
    waiting = [_links(directory, 0)[2]]
    while waiting:
        entry = waiting.pop()
        if entry == _NONE:
            continue
        if entry in seen or entry >= count:
            raise Damaged("directory")
        seen.add(entry)
        names.add(_name(directory, entry))
        waiting.extend(_links(directory, entry)[:2])
    return names


def _links(directory: bytes, entry: int) -> tuple[int, int, int]:
    """Give the left sibling, the right sibling and the first child of an entry."""
    left, right, child = struct.unpack_from("<3I", directory, entry * _ENTRY_BYTES + 68)
    return left, right, child


def _name(directory: bytes, entry: int) -> str:
    start = entry * _ENTRY_BYTES
    length = min(struct.unpack_from("<H", directory, start + 64)[0], 64)
    return directory[start : start + max(length - 2, 0)].decode("utf-16-le", "replace")
