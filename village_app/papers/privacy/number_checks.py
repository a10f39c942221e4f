"""Checks for numbers of persons: in every text, and cut up over cells, lines and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from village_app.domain.identity import birth_of
from village_app.domain.masking import STAR, keep_ends
from village_app.domain.masking_policies import must_leave_out
from village_app.papers.blocks import FormGrid, Paper, Paragraph, Table
from village_app.papers.edits import Edit, LeaveOutRow, Rewrite
from village_app.papers.places import Place, PlacedText, row_texts
from village_app.papers.privacy.findings import Suspicion
from village_app.papers.privacy.folding import fold
from village_app.papers.privacy.masks import mask_number
from village_app.papers.privacy.numbers import Hit, find_numbers, fits_luhn, is_identity
from village_app.papers.privacy.rules import gate_rules
from village_app.papers.privacy.surroundings import Situation

_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_UNIONPAY = re.compile(r"62[0-9]{14,17}")
_WHOLE_IDENTITIES = {"identity", "identity_doubtful", "identity_old"}


def check_numbers(text: PlacedText, situation: Situation) -> Iterator[Suspicion]:
    """Find the numbers in one text."""
    folded = fold(text.text)
    for hit in find_numbers(folded, situation.today):
        if hit.kind == "landline" and not _is_private(folded.text, hit, situation):
            continue
        masked = mask_number(hit.kind, hit.number, situation.policy)
        if _may_be_shown(hit, situation):
            yield Suspicion(hit.kind, text.place, masked, harmless=True)
            continue
        rewrite = Rewrite(text.place, hit.text, masked)
        yield Suspicion(hit.kind, text.place, masked, f"改为 {masked}", (rewrite,))
        if hit.kind in _WHOLE_IDENTITIES:
            yield from _child(hit, text.place, rewrite, situation)


def _may_be_shown(hit: Hit, situation: Situation) -> bool:
    """Tell whether a number is the office's own, or a telephone where the notice is about it."""
    is_phone = hit.kind in ("mobile", "landline")
    return situation.around.allows(hit.number) or (is_phone and situation.policy.phone == "full")


def _child(hit: Hit, place: Place, rewrite: Rewrite, situation: Situation) -> Iterator[Suspicion]:
    """Say it when an identity number is a child's; in a table the whole row must go."""
    birth = birth_of(hit.number) if len(hit.number) == 18 else None
    if not must_leave_out(situation.policy, birth, situation.today):
        return
    edits: tuple[Edit, ...] = (rewrite,)
    remedy = "隐去号码，并删去这个孩子的内容"
    if place.part == "cell":
        edits, remedy = (LeaveOutRow(place.block, place.row),), "删去这一行"
    yield Suspicion("child", place, keep_ends(hit.number, 0, 4), remedy, edits)


def _is_private(text: str, hit: Hit, situation: Situation) -> bool:
    """Tell whether a fixed line may be somebody's own: none is known or said to be an office's."""
    if situation.around.allows(hit.number):
        return True
    clause_start = max(text.rfind(mark, 0, hit.start) for mark in "\n。；")
    clause_end = re.compile(r"[\n。；]").search(text, hit.end)
    clause = text[clause_start + 1 : clause_end.start() if clause_end else len(text)]
    if gate_rules().office.search(clause):
        return False
    return bool(gate_rules().person.search(clause) or situation.around.names_in(clause))


@dataclass(frozen=True, slots=True)
class _Piece:
    """A text as part of a number: digits at its end, at its beginning, or nothing but digits."""

    place: Place
    leading: str
    trailing: str
    whole: str


def check_split_numbers(paper: Paper, situation: Situation) -> Iterator[Suspicion]:
    """Put together what stands in neighbouring cells, lines and paragraphs, and look again."""
    paragraphs: list[_Piece] = []
    for index, block in enumerate(paper.blocks):
        if isinstance(block, Paragraph):
            paragraphs.append(_piece(Place("text", index), block.text))
            continue
        if isinstance(block, Table):
            yield from _split_in_table(index, block, situation)
        elif isinstance(block, FormGrid):
            cells = (
                _piece(Place("form", index, row, column), cell.text)
                for row, line in enumerate(block.lines)
                for column, cell in enumerate(line)
            )
            yield from _joined(cells, situation)
    yield from _joined(paragraphs, situation)


def _split_in_table(index: int, table: Table, situation: Situation) -> Iterator[Suspicion]:
    rows = [
        [
            _piece(cell.place, cell.text if isinstance(cell.value, str) else "")
            for cell in row_texts(index, table.columns, number, row)
        ]
        for number, row in enumerate(table.rows)
    ]
    for pieces in rows:
        yield from _joined(pieces, situation)
    for column in range(len(table.columns)):
        yield from _joined((pieces[column] for pieces in rows), situation, only_identity=True)


def _piece(place: Place, text: str) -> _Piece:
    if not any(mark.isnumeric() or mark in "XxＸｘ" for mark in text):
        return _Piece(place, "", "", "")
    bare = re.sub(r"[ \-·/_.]", "", fold(text).text)
    leading = re.match(r"[0-9]*[0-9Xx]?", bare)
    trailing = re.search(r"[0-9]+$", bare)
    whole = bare if re.fullmatch(r"[0-9]+[Xx]?|[Xx]", bare) else ""
    return _Piece(place, leading[0] if leading else "", trailing[0] if trailing else "", whole)


def _joined(
    pieces: Iterable[_Piece], situation: Situation, *, only_identity: bool = False
) -> Iterator[Suspicion]:
    """Try every run of two and more pieces that could be one number cut up."""
    waiting: list[list[tuple[_Piece, str]]] = []
    for piece in pieces:
        grown: list[list[tuple[_Piece, str]]] = []
        for run in waiting:
            part = piece.whole or piece.leading
            longer = [*run, (piece, part)]
            number = "".join(text for _, text in longer).upper()
            code = _code_of(number, longer, situation, only_identity=only_identity)
            if part and code:
                yield _split_suspicion(code, number, longer, situation)
            elif piece.whole and len(number) < 19:
                grown.append(longer)
        waiting = grown
        if piece.trailing and len(piece.trailing) < 18:
            waiting.append([(piece, piece.trailing)])


def _code_of(
    number: str,
    run: Sequence[tuple[_Piece, str]],
    situation: Situation,
    *,
    only_identity: bool,
) -> str | None:
    if len(number) == 18 and number[:17].isdecimal() and is_identity(number, situation.today):
        return "identity"
    if only_identity or not all(len(part) >= 3 for _, part in run):
        return None
    if _MOBILE.fullmatch(number) and len(run) <= 3:
        return "mobile"
    return "bank_card" if _UNIONPAY.fullmatch(number) and fits_luhn(number) else None


def _split_suspicion(
    code: str, number: str, run: Sequence[tuple[_Piece, str]], situation: Situation
) -> Suspicion:
    masked = mask_number(code, number, situation.policy)
    edits = tuple(Rewrite(piece.place, part, STAR * len(part)) for piece, part in run)
    shown = f"{masked}（分写在 {len(run)} 处）"
    return Suspicion(code, run[0][0].place, shown, "把分开写的几处都隐去", edits)
