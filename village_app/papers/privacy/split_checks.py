"""The check for numbers cut up over neighbouring cells, lines and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from village_app.domain.masking import STAR
from village_app.papers.edits import Rewrite
from village_app.papers.places import Place, PlacedText
from village_app.papers.privacy.findings import Suspicion
from village_app.papers.privacy.folding import fold
from village_app.papers.privacy.masks import mask_number
from village_app.papers.privacy.numbers import bare, fits_luhn, is_identity
from village_app.papers.privacy.surroundings import Situation

_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_UNIONPAY = re.compile(r"62[0-9]{14,17}")
_GAP = r"[ \-·/_.]*"
_AT_START = re.compile(rf"{_GAP}(?:[0-9]{_GAP})*[0-9Xx]")
_AT_END = re.compile(rf"(?:[0-9]{_GAP})*[0-9]{_GAP}$")
_NOTHING_ELSE = re.compile(rf"{_GAP}(?:(?:[0-9]{_GAP})+[Xx]?|[Xx]){_GAP}")
_MAY_BE_PART = re.compile(r"[\dXxＸｘ零〇一二三四五六七八九幺①-⑨]")
_LONGEST = 19
# Shorter pieces are running numbers and counts, not parts of a telephone or card number.
_SHORTEST_PIECE = 3


@dataclass(frozen=True, slots=True)
class _Part:
    """Digits at one end of a text: as they are read, and as they are written there."""

    digits: str
    written: str


@dataclass(frozen=True, slots=True)
class _Piece:
    """A text as part of a number: its digits in front, at the end, or nothing but digits."""

    place: Place
    front: _Part | None = None
    back: _Part | None = None
    whole: _Part | None = None


# A text without digits at its ends parts numbers, wherever it stands.
_NOTHING = _Piece(Place("text"))
_Run = list[tuple[Place, _Part]]


def check_split_numbers(texts: Sequence[PlacedText], situation: Situation) -> Iterator[Suspicion]:
    """Put together what stands in neighbouring cells, lines and paragraphs, and look again.

    Read are running text from line to line, the cells of each table row and column, and the
    cells of each form. A blank cell does not part a number, a figure or a day does.
    """
    read = cache(_parts)  # for this paper only: what people's numbers are is not kept

    def piece_of(place: Place, text: str) -> _Piece:
        front, back, whole = read(text)
        return _Piece(place, front, back, whole) if front or back or whole else _NOTHING

    running: list[_Piece] = []
    rows: dict[tuple[int, int], list[_Piece]] = {}
    columns: dict[tuple[int, int], list[_Piece]] = {}
    forms: dict[int, list[_Piece]] = {}
    for text in texts:
        place = text.place
        if place.part == "cell":
            piece = piece_of(place, text.text if isinstance(text.value, str) else "")
            rows.setdefault((place.block, place.row), []).append(piece)
            columns.setdefault((place.block, place.column), []).append(piece)
        elif place.part == "form":
            forms.setdefault(place.block, []).append(piece_of(place, text.text))
        elif place.part not in ("label", "group"):
            running += [piece_of(place, line) for line in text.text.split("\n")]
    for pieces in (running, *rows.values(), *forms.values()):
        yield from _joined(pieces, situation)
    for pieces in columns.values():
        yield from _joined(pieces, situation, only_identity=True)


def _parts(text: str) -> tuple[_Part | None, _Part | None, _Part | None]:
    """Give what a text may add to a number: in front, at its end, as a whole."""
    if not _MAY_BE_PART.search(text):
        return None, None, None
    folded = fold(text)

    def part(found: re.Match[str] | None) -> _Part | None:
        return _Part(bare(found[0]), folded.cut(*found.span())) if found else None

    return (
        part(_AT_START.match(folded.text)),
        part(_AT_END.search(folded.text)),
        part(_NOTHING_ELSE.fullmatch(folded.text)),
    )


def _joined(
    pieces: Iterable[_Piece], situation: Situation, *, only_identity: bool = False
) -> Iterator[Suspicion]:
    """Try every run of two and more pieces that could be one number cut up."""
    waiting: list[_Run] = []
    for piece in pieces:
        grown: list[_Run] = []
        part = piece.whole or piece.front
        for run in waiting if part else ():
            assert part is not None
            longer = [*run, (piece.place, part)]
            number = "".join(each.digits for _, each in longer)
            code = _code_of(number, longer, situation, only_identity=only_identity)
            if code:
                yield _suspicion(code, number, longer, situation)
            elif piece.whole and len(number) < _LONGEST:
                grown.append(longer)
        waiting = grown
        if piece.back and len(piece.back.digits) < _LONGEST - 1:
            waiting.append([(piece.place, piece.back)])


def _code_of(number: str, run: _Run, situation: Situation, *, only_identity: bool) -> str | None:
    if len({place for place, _ in run}) == 1:
        return None  # lines of one text are read together anyway
    if len(number) == 18 and number[:17].isdecimal() and is_identity(number, situation.today):
        return "identity"
    if only_identity or any(len(part.digits) < _SHORTEST_PIECE for _, part in run):
        return None
    if _MOBILE.fullmatch(number) and len(run) <= 3:
        return "mobile"
    return "bank_card" if _UNIONPAY.fullmatch(number) and fits_luhn(number) else None


def _suspicion(code: str, number: str, run: _Run, situation: Situation) -> Suspicion:
    masked = mask_number(code, number, situation.policy)
    edits = tuple(Rewrite(place, part.written, STAR * len(part.digits)) for place, part in run)
    shown = f"{masked}（分写在 {len(run)} 处）"
    return Suspicion(code, run[0][0], shown, "把分开写的几处都隐去", edits)
