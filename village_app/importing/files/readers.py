"""Which readers can read which type of file, the exact one first."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from village_app.importing.files.grid import Workbook
from village_app.importing.files.preflight import preflight
from village_app.importing.files.reading import Damaged, ReadOptions
from village_app.importing.files.sniff import FileType, sniff

Reader = Callable[[bytes, ReadOptions], Workbook]

# Module and function, so that a child imports only what its file needs.
_READERS: dict[str, tuple[tuple[str, str], ...]] = {
    "xlsx": (("read_ooxml", "read_ooxml"), ("read_by_openpyxl", "read_by_openpyxl")),
    "xlsb": (("read_xlsb", "read_xlsb"), ("read_by_calamine", "read_by_calamine")),
    "xls": (("read_xls", "read_xls"), ("read_by_calamine", "read_by_calamine")),
    "ods": (("read_ods", "read_ods"), ("read_by_calamine", "read_by_calamine")),
    "fods": (("read_ods", "read_fods"),),
    "html": (("read_html", "read_html"),),
    "mhtml": (("read_html", "read_mhtml"),),
    "spreadsheetml": (("read_spreadsheetml", "read_spreadsheetml"),),
    "text": (("read_text", "read_text"),),
}


def readers_for(file_type: FileType) -> tuple[Reader, ...]:
    """Give the readers of a type in the order they are tried."""
    return tuple(
        getattr(import_module(f"village_app.importing.files.{module}"), function)
        for module, function in _READERS.get(file_type, ())
    )


def read_here(
    data: bytes,
    options: ReadOptions,
    first_reader: int = 0,
    starting: Callable[[int, int], None] = lambda _number, _count: None,
) -> Workbook:
    """Read in this very process, which a hostile file may end; see `reader.read_workbook`.

    Tries the readers from `first_reader` on and calls `starting` with the number of each and how
    many there are. Raises `Damaged` where none can read the file.
    """
    file_type, data = _opened(data, options)
    readers = readers_for(file_type)
    for number in range(first_reader, len(readers)):
        starting(number, len(readers))
        try:
            workbook = readers[number](data, options)
        except Damaged:
            continue
        workbook.file_type = workbook.file_type or file_type
        return workbook
    raise Damaged(options.name)


def _opened(data: bytes, options: ReadOptions) -> tuple[FileType, bytes]:
    """Tell what the bytes are; an encrypted workbook is opened first and checked again."""
    file_type = sniff(data)
    if file_type == "locked_ooxml":
        from village_app.importing.files.unlock import unlocked

        data = unlocked(data, options.password)
        preflight(data, options.name)
        file_type = sniff(data)
    return file_type, data
