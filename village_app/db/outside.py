"""Files half-written outside the village's folder: noted first, taken away at the next start.

A list or a paper goes where the user said, plain, and stands there under a passing name until it is
whole. A program killed in that moment would leave it; so the passing name is noted before the first
byte, and whatever still bears one of these names at the next start is removed (A14).
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

NAME = "outside.txt"


class OutsideNotes:
    """The notes of one village: a list of passing names in its private folder."""

    def __init__(self, private: Path) -> None:
        self._file = private / NAME
        self._village = private.parent

    def note(self, passing: Path) -> None:
        """Note a passing name, forced to the disk, unless it lies in the village's own folder.

        Where the note cannot be written, the file is: a full disk here is no reason to refuse a
        stick.
        """
        place = passing.absolute()
        if place.is_relative_to(self._village):
            return
        with suppress(OSError), self._file.open("ab", buffering=0) as notes:
            notes.write(f"{place}\n".encode())
            os.fsync(notes.fileno())

    def noted(self) -> tuple[Path, ...]:
        """Give the passing names noted since the last start."""
        with suppress(OSError, UnicodeDecodeError):
            return tuple(map(Path, self._file.read_text(encoding="utf-8").splitlines()))
        return ()
