"""A folder for things that must not stay: opened attachments, and what libraries unpack.

Spreadsheet libraries write their sheets as plain text into the temporary folder of the system;
here they write into ours, which is wiped when the program starts and when it ends.
"""

from __future__ import annotations

import shutil
import stat
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from village_app.db.files import is_passing, note_outside
from village_app.db.outside import OutsideNotes
from village_app.db.problems import map_os_error

NAME = ".private"


class PrivateFolder:
    """A folder inside the village's own, readable by its owner alone, empty at every start."""

    def __init__(self, village_folder: Path) -> None:
        self.path = village_folder / NAME
        self._libraries_wrote_to: str | None = None
        self._serving = False

    def open(self) -> Path:
        """Wipe what an earlier run left, here and half-written elsewhere; make the folder anew."""
        for path in OutsideNotes(self.path).noted():
            if is_passing(path):
                with suppress(OSError):  # a stick that is not there any more
                    path.unlink()
        self._wipe()
        try:
            self.path.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise map_os_error(error, self.path, "准备临时文件夹") from error
        return self.path

    def serve_libraries(self) -> None:
        """Let every library of this process write its temporary files here.

        What is written whole elsewhere is noted here while it is half done.
        """
        if not self._serving:
            self._libraries_wrote_to, tempfile.tempdir = tempfile.tempdir, str(self.path)
            note_outside(OutsideNotes(self.path))
            self._serving = True

    def close(self) -> None:
        """Wipe the folder and give the libraries their old place back."""
        if self._serving:
            tempfile.tempdir = self._libraries_wrote_to
            note_outside(None)
            self._serving = False
        self._wipe()

    def _wipe(self) -> None:
        if self.path.is_symlink():
            self.path.unlink()
            return
        if self.path.is_dir():
            shutil.rmtree(self.path, onerror=_try_harder)

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _try_harder(remove: Callable[..., Any], path: str, _error: object) -> None:
    """Remove a read-only file (opened copies are); one still open elsewhere waits for next time."""
    with suppress(OSError):
        Path(path).chmod(stat.S_IRWXU)
        remove(path)
