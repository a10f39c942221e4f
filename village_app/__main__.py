"""The way in: no words open the window, words go to the command line.

Child processes import this module again, so nothing heavy stands at its top.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(words: Sequence[str] | None = None) -> int:
    """Start the program with the given words (the process's own when None); gives the exit code."""
    if getattr(sys, "frozen", False):
        # In a frozen program a child process begins here and must go no further.
        from multiprocessing import freeze_support

        freeze_support()
    typed = list(sys.argv[1:] if words is None else words)
    if not typed:
        from village_app.entrance import open_window

        return open_window()
    from village_app.cli import main as command_line

    return command_line(typed)


if __name__ == "__main__":
    sys.exit(main())
