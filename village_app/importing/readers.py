"""Which readers can read which type of file, the exact one first."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from village_app.importing.grid import Workbook
from village_app.importing.reading import ReadOptions
from village_app.importing.sniff import FileType

Reader = Callable[[bytes, ReadOptions], Workbook]

# Module and function, so that a child imports only what its file needs.
_READERS: dict[str, tuple[tuple[str, str], ...]] = {
    "xlsx": (("read_ooxml", "read_ooxml"), ("read_by_openpyxl", "read_by_openpyxl")),
    "xlsb": (("read_xlsb", "read_xlsb"), ("read_by_calamine", "read_by_calamine")),
    "xls": (("read_xls", "read_xls"), ("read_by_calamine", "read_by_calamine")),
    "ods": (("read_ods", "read_ods"), ("read_by_calamine", "read_by_calamine")),
    "html": (("read_html", "read_html"),),
    "mhtml": (("read_html", "read_mhtml"),),
    "spreadsheetml": (("read_spreadsheetml", "read_spreadsheetml"),),
    "text": (("read_text", "read_text"),),
}


def readers_for(file_type: FileType) -> tuple[Reader, ...]:
    """Give the readers of a type in the order they are tried."""
    return tuple(
        getattr(import_module(f"village_app.importing.{module}"), function)
        for module, function in _READERS.get(file_type, ())
    )
