"""Which readers can read which type of file, the exact one first."""

from __future__ import annotations

from collections.abc import Callable

from village_app.importing.grid import Workbook
from village_app.importing.reading import ReadOptions
from village_app.importing.sniff import FileType

Reader = Callable[[bytes, ReadOptions], Workbook]


def readers_for(file_type: FileType) -> tuple[Reader, ...]:
    """Give the readers of a type in the order they are tried; each is imported only when used."""
    if file_type == "xlsx":
        from village_app.importing.read_ooxml import read_ooxml

        return (read_ooxml,)
    if file_type == "xls":
        from village_app.importing.read_xls import read_xls

        return (read_xls,)
    from village_app.importing.read_text import read_text

    return (read_text,)
