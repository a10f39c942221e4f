"""Which files a run left are the program's own, and not given to somebody who said where.

A file is the program's own by its place: in a folder that holds a village's keys or records, in
the temporary folder or the settings folder of the session, or new in the project's folder; or by
its name, which only the program gives: its private folder, crash reports, preferences, files half
written. Whatever lies elsewhere was put there by a test, as a source, or by the program because
the user named the place: exports, papers, backups carried away.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from village_app.db.files import is_passing
from village_app.db.key_file import FILE_NAME, SECOND_NAME
from village_app.db.manifest import DATABASE
from village_app.db.private_folder import NAME as PRIVATE
from village_app.ui.app import REPORTS
from village_app.ui.preferences import FILE_NAME as PREFERENCES

_OF_A_VILLAGE = frozenset({FILE_NAME, SECOND_NAME, DATABASE})
_OWN_FOLDERS = frozenset({PRIVATE, REPORTS})


@dataclass(frozen=True, slots=True)
class Places:
    """Where a session may have left something.

    `made` is the tests' folder, `whole` are folders all of which is the program's own, `project`
    the project's, looked at for what is newer than `since` (seconds).
    """

    made: Path
    whole: tuple[Path, ...]
    project: Path
    since: float


def own_files(places: Places) -> Iterator[Path]:
    """Give the program's own files, each once, links not followed."""
    yield from _below(places.made, is_own=False)
    for folder in places.whole:
        yield from _below(folder, is_own=True)
    yield from _new_in(places.project, places.since)


def _below(folder: Path, *, is_own: bool) -> Iterator[Path]:
    if not folder.is_dir():
        return
    entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    is_own = is_own or any(entry.name in _OF_A_VILLAGE for entry in entries)
    for entry in entries:
        path = Path(entry.path)
        is_named = entry.name in _OWN_FOLDERS or entry.name == PREFERENCES or is_passing(path)
        if entry.is_dir(follow_symlinks=False):
            yield from _below(path, is_own=is_own or is_named)
        elif entry.is_file(follow_symlinks=False) and (is_own or is_named):
            yield path


def _new_in(project: Path, since: float) -> Iterator[Path]:
    """Give what is new beside the code; caches and the versions kept there are not ours.

    Nor is code itself: somebody may be writing a test while the tests run.
    """
    for folder, inner, names in os.walk(project):
        inner[:] = [name for name in inner if not name.startswith((".", "__"))]
        for name in names:
            path = Path(folder) / name
            is_code = path.suffix == ".py"
            if not is_code and path.is_file() and path.stat().st_mtime >= since:
                yield path
