"""The search for garbage, held off while tens of thousands of values are made that stay.

Looking through them again and again takes half as long as making them, and while it looks
nothing else in the program moves: a quarter of a second for a plan of ten thousand rows.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_searching() -> Iterator[None]:
    """Pause the search for garbage."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


@contextmanager
def lasting_values() -> Iterator[None]:
    """Pause the search, and set aside what was made from later searches.

    It goes when nobody holds it any more, as everything without circles does; looking through it
    again would hold the window up for half a second.
    """
    with without_searching():
        try:
            yield
        finally:
            gc.freeze()
