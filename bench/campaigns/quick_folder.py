"""A passing folder that stands in memory where the system has such a place.

What a disk is sure to hold is told by the recorded calls, not by the folder they were made in;
forcing each of thousands of images to a real disk would only make a round slow.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

MEMORY = Path("/dev/shm")


@contextmanager
def quick_folder(prefix: str) -> Iterator[Path]:
    """Give an empty folder for a block and take it away afterwards; its path has no links."""
    above = MEMORY if os.access(MEMORY, os.W_OK | os.X_OK) else None
    with TemporaryDirectory(prefix=prefix, dir=above) as place:
        yield Path(place).resolve()
