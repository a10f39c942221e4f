"""Cut text into units that no line break may part: characters, words, numbers, dashes.

The classes of marks and the rules for runs follow GB/T 15834 and the line rules that Chinese
print shops use; all widths are in em, so that one unit serves every size.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from village_app.papers.blocks import Face
from village_app.papers.typeset.faces import FaceChain, Glyph, chain

NO_START = frozenset("，。、；：！？”’）》〉】〗〕」』］｝…～·％‰℃°′″々－–*＊,.;:!?)]}%")
NO_END = frozenset("“‘（《〈【〖〔「『［｛￥＄¥$№§#@([{①②③④⑤⑥⑦⑧⑨⑩")
BLANK_RIGHT = frozenset("，。、；：！？”’）》〉】〗〕」』］｝")
BLANK_LEFT = frozenset("“‘（《〈【〖〔「『［｛")

HALF = 0.5
_DOT_BLANK = 0.125
_WORD = r"0-9A-Za-zÀ-ÖØ-öø-ɏͰ-ϿЀ-ӿ①-⑳"
_RUN = re.compile(
    # a sign or currency mark, then letters and digits with what joins them, then a degree or %
    rf"(?:[*×]+(?=[{_WORD}])|[¥￥$£€№#§+±≥≤≈−\-]+|—(?=\d))?[{_WORD}]+"
    rf"(?:(?:[.,:/\\\-_@&'+?=#%~]+|(?<=\d)[—–～](?=\d)|[*×]+)[{_WORD}]+)*"
    r"(?:[*×]{2,})?(?:[%％‰℃°][CF]?)?"
    r"|——|……"
    r"|.[\u0300-\u036f]*",
    re.DOTALL,
)
_LINE_ENDS = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
_SPACES = re.compile(r"[\t\xa0\u2000-\u200a\u202f\u205f]")
_VARIANTS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_DROPPED = frozenset(("Cc", "Cf", "Cs"))


@dataclass(frozen=True, slots=True)
class Unit:
    """One unbreakable piece of text with all that the line breaker asks about it.

    `width` is in em without character space; `chars` counts the characters that get such space;
    `pieces` are (font, thicken, text) in order; `blank_left` and `blank_right` say how much of
    the width is blank and may be squeezed away; `gap_left` and `gap_right` ask for a gap beside
    Chinese characters.
    """

    text: str
    width: float
    chars: int
    pieces: tuple[tuple[str, bool, str], ...]
    starts_line: bool = True
    ends_line: bool = True
    blank_left: float = 0.0
    blank_right: float = 0.0
    is_han: bool = False
    is_word: bool = False
    gap_left: bool = False
    gap_right: bool = False
    is_space: bool = False
    is_mark: bool = False
    is_plain: bool = False


def clean(text: str) -> str:
    """Drop what must never reach a printed line: controls, invisible and direction characters.

    Tabs and odd spaces become one space, every kind of line end becomes a newline; characters
    that merely choose a glyph variant are dropped, because no font of ours has variants.
    """
    if text.isprintable() and not _VARIANTS.search(text):
        return text
    spaced = _SPACES.sub(" ", _LINE_ENDS.sub("\n", _VARIANTS.sub("", text)))
    return "".join(
        char for char in spaced if char == "\n" or unicodedata.category(char) not in _DROPPED
    )


def units_of(text: str, role: Face) -> list[Unit]:
    """Cut one cleaned line of text (no newline) into units of a role's faces."""
    known = _known_units(role)
    units: list[Unit] = []
    for piece in _RUN.findall(text):
        unit = known.get(piece)
        if unit is None:
            unit = _make_unit(piece, chain(role))
            if len(piece) == 1 or len(known) < 20_000:  # numbers of a long ledger are not kept
                known[piece] = unit
        units.append(unit)
    return units


def units_of_spans(spans: Iterable[tuple[str, Face]]) -> list[Unit]:
    """Cut (text, role) spans of one line into units; a break at a span's edge stays a break."""
    return [unit for text, role in spans for unit in units_of(text, role)]


def single_characters(unit: Unit, role: Face) -> list[Unit]:
    """Cut a unit that is wider than a whole line into its characters, as the last resort."""
    faces = chain(role)
    return [_unit(char, (faces.glyph(char),)) for char in unit.text]


@cache
def _known_units(role: Face) -> dict[str, Unit]:
    del role
    return {}


def _make_unit(text: str, faces: FaceChain) -> Unit:
    shown = "".join(map(faces.shown, text))
    return _unit(shown, tuple(map(faces.glyph, text)))


def _unit(text: str, glyphs: tuple[Glyph, ...]) -> Unit:
    first, last = text[0], text[-1]
    is_han = len(text) == 1 and _is_han(first)
    is_word = any(char.isalnum() and not _is_han(char) for char in text)
    is_space = text in {" ", "\u3000"}
    blank_left, blank_right = _blanks(text, glyphs)
    starts_line = first not in NO_START and not is_space and not (first == "-" and is_word)
    ends_line = last not in NO_END
    return Unit(
        text=text,
        width=sum(glyph.width for glyph in glyphs),
        chars=len(text),
        pieces=_pieces(text, glyphs),
        starts_line=starts_line,
        ends_line=ends_line,
        blank_left=blank_left,
        blank_right=blank_right,
        is_han=is_han,
        is_word=is_word,
        gap_left=is_word and first.isalnum(),
        gap_right=is_word and last.isalnum(),
        is_space=is_space,
        is_mark=blank_left > 0 or blank_right > 0,
        is_plain=is_han and starts_line,
    )


def _pieces(text: str, glyphs: tuple[Glyph, ...]) -> tuple[tuple[str, bool, str], ...]:
    pieces: list[tuple[str, bool, str]] = []
    for char, glyph in zip(text, glyphs, strict=True):
        if pieces and pieces[-1][:2] == (glyph.font, glyph.thicken):
            pieces[-1] = (glyph.font, glyph.thicken, pieces[-1][2] + char)
        else:
            pieces.append((glyph.font, glyph.thicken, char))
    return tuple(pieces)


def _blanks(text: str, glyphs: tuple[Glyph, ...]) -> tuple[float, float]:
    if len(text) != 1:
        return 0.0, 0.0
    if text == "·" and glyphs[0].width <= HALF:
        return _DOT_BLANK, _DOT_BLANK
    if glyphs[0].width < 1:
        return 0.0, 0.0
    return (HALF if text in BLANK_LEFT else 0.0), (HALF if text in BLANK_RIGHT else 0.0)


def _is_han(char: str) -> bool:
    return (
        "\u4e00" <= char <= "\u9fff"
        or "\u3400" <= char <= "\u4dbf"
        or "\U00020000" <= char <= "\U0003ffff"
        or "\uf900" <= char <= "\ufaff"
        or char in "〇々〆"
    )
