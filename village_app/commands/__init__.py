"""The command line's verbs, one file each; the same services as the window, without a screen.

A verb module has NAME, SUMMARY, `add_arguments(parser)` and `run(arguments, out) -> int`.
"""

from __future__ import annotations

from collections.abc import Sequence

VERBS: Sequence[str] = (
    "demo",
    "init",
    "import",
    "undo",
    "residents",
    "typeset",
    "papers",
    "paper",
    "verify",
    "backup",
    "restore",
    "export",
    "check",
    "bench",
)
