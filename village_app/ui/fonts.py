"""The bundled faces as application fonts, and the families in the order in which they are tried."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QFontDatabase

from village_app.resources import resource

_RARE = ("GSExt", "GSExtA", "GSRare")
SANS = ("Microsoft YaHei UI", "Noto Sans CJK SC", "GSHei", *_RARE)
SONG = ("GSTitle", "Noto Serif CJK SC", *_RARE)

# The first window needs these; the others are read when it stands (6 MB of rare characters).
_FIRST = ("GSHei", "GSTitle")
_LATER = ("GSExt", "GSExtA", "GSRare")


def add_first_fonts() -> tuple[str, ...]:
    """Register the two faces of ordinary text; gives the families that Qt made of them."""
    return _add(_FIRST)


def add_rare_fonts() -> tuple[str, ...]:
    """Register the faces of rare characters (names such as 𬱖 or 㛃)."""
    return _add(_LATER)


@cache
def _add(stems: tuple[str, ...]) -> tuple[str, ...]:
    families: list[str] = []
    for stem in stems:
        number = QFontDatabase.addApplicationFont(str(resource("fonts", f"{stem}.ttf")))
        families.extend(QFontDatabase.applicationFontFamilies(number))
    return tuple(families)
