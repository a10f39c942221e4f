"""Which font draws which character: a face per role, fallbacks per character, widths.

The face is decided for each character before lines are broken, because widths differ. A font file
is parsed only when a character needs it. What no font has is drawn as an empty box and can be
asked for beforehand (`missing_in`), so that a paper with a lost name never leaves the printer.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from threading import RLock
from typing import Any, NamedTuple

from village_app.errors import EnvironmentProblem
from village_app.papers.blocks import Face
from village_app.resources import resource

FALLBACKS = ("GSExt", "GSExtA", "GSRare")
ROLE_FONTS: dict[Face, str] = {
    "fangsong": "GSFangSong",
    "kai": "GSKai",
    "hei": "GSHei",
    "title": "GSTitle",
    "song": "GSSong",
}
INITIAL_FONT = "GSFangSong"
MISSING_BOX = "□"

_HEAVY_ROLES = frozenset(("hei", "title"))
_lock = RLock()
_fonts: dict[str, Any] = {}


class Glyph(NamedTuple):
    """How one character is drawn: font name, width in em, and whether it must be thickened.

    Fallback glyphs are of text weight; among 黑体 or 标宋 a thin stroke around them evens this out.
    """

    font: str
    width: float
    thicken: bool = False


def font(name: str) -> Any:
    """Give one of the program's fonts, registered with reportlab; parsed once a process."""
    with _lock:
        loaded = _fonts.get(name)
        if loaded is None:
            loaded = _fonts[name] = _load(name)
    return loaded


def _load(name: str) -> Any:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    path = resource("fonts", f"{name}.ttf")
    try:
        loaded = TTFont(name, str(path), asciiReadable=False, shapable=False)
    except (TTFError, OSError) as problem:
        raise EnvironmentProblem(
            "font_missing",
            f"程序自带的字体“{name}.ttf”找不到或已损坏，无法排版。"
            "请重新安装程序，或从安装包里把 resources/fonts 文件夹拷回来。",
            font=name,
        ) from problem
    pdfmetrics.registerFont(loaded)
    return loaded


class FaceChain:
    """The fonts tried for the characters of one role, in order; answers are remembered."""

    def __init__(self, role: Face) -> None:
        self.role = role
        self.names = (ROLE_FONTS[role], *FALLBACKS)
        self._glyphs: dict[str, Glyph] = {}
        self._absent: set[str] = set()

    def glyph(self, char: str) -> Glyph:
        """Give the glyph of a character; the empty box's where no font has it."""
        known = self._glyphs.get(char)
        if known is None:
            known = self._find(char)
            if known is None:
                self._absent.add(char)
                known = self._find(MISSING_BOX) or Glyph(self.names[0], 1.0)
            self._glyphs[char] = known
        return known

    def has(self, char: str) -> bool:
        """Tell whether some font of the chain can draw the character."""
        self.glyph(char)
        return char not in self._absent

    def shown(self, char: str) -> str:
        """Give the character itself, or the empty box that stands for one that no font has."""
        return char if self.has(char) else MISSING_BOX

    def width(self, text: str) -> float:
        """Sum the widths of a text's characters, in em."""
        glyph = self.glyph
        return sum([glyph(char).width for char in text])

    def _find(self, char: str) -> Glyph | None:
        code = ord(char)
        for name in self.names:
            face = font(name).face
            if code in face.charToGlyph:
                thicken = self.role in _HEAVY_ROLES and name != self.names[0]
                return Glyph(name, face.charWidths.get(code, face.defaultWidth) / 1000, thicken)
        return None


@cache
def chain(role: Face) -> FaceChain:
    """Give the chain of a role; one per process, so that its answers are shared."""
    return FaceChain(role)


def missing_in(texts: Iterable[str]) -> tuple[str, ...]:
    """Name the characters that no font has, each once, in the order of the texts.

    All role faces hold the same characters (a test counts them), so one chain answers for all.
    Line ends are no characters in this sense.
    """
    body = chain("fangsong")
    seen = {"\n"}
    missing: list[str] = []
    for text in texts:
        if not seen.issuperset(text):
            fresh = [char for char in dict.fromkeys(text) if char not in seen]
            seen.update(fresh)
            missing += [char for char in fresh if not body.has(char)]
    return tuple(missing)
