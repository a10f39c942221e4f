"""The check for numbers of persons in every text of a paper."""

from __future__ import annotations

import re
from collections.abc import Iterator

from village_app.domain.identity import birth_of
from village_app.domain.masking import keep_ends
from village_app.domain.masking_policies import must_leave_out
from village_app.papers.edits import Edit, LeaveOutRow, Rewrite
from village_app.papers.places import Place, PlacedText
from village_app.papers.privacy.findings import Suspicion
from village_app.papers.privacy.folding import fold
from village_app.papers.privacy.masks import mask_number
from village_app.papers.privacy.numbers import Hit, find_numbers
from village_app.papers.privacy.rules import gate_rules
from village_app.papers.privacy.surroundings import Situation

_CLAUSE_END = re.compile(r"[\n。；]")
_WHOLE_IDENTITIES = {"identity", "identity_doubtful", "identity_old"}


def check_numbers(
    text: PlacedText, situation: Situation, *, beside_person: bool = False
) -> Iterator[Suspicion]:
    """Find the numbers in one text; `beside_person` says that its row or form names somebody."""
    folded = fold(text.text)
    for hit in find_numbers(folded, situation.today):
        masked = mask_number(hit.kind, hit.number, situation.policy)
        if _may_be_shown(hit, situation):
            yield Suspicion(hit.kind, text.place, masked, harmless=True)
            continue
        if hit.kind == "landline" and not _is_private(
            text, _clause_around(folded.text, hit), situation, beside_person=beside_person
        ):
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


def _is_private(
    text: PlacedText, clause: str, situation: Situation, *, beside_person: bool
) -> bool:
    """Tell whether a fixed line may be somebody's own: it is not said to be an office's."""
    declared = text.kind is not None and text.kind.name == "phone" and text.sensitivity == "public"
    if declared or gate_rules().office.search(f"{text.label}，{clause}"):
        return False
    named = gate_rules().person.search(clause) or situation.around.names_in(clause)
    return beside_person or bool(named)


def _clause_around(text: str, hit: Hit) -> str:
    start = max(text.rfind(mark, 0, hit.start) for mark in "\n。；")
    end = _CLAUSE_END.search(text, hit.end)
    return text[start + 1 : end.start() if end else len(text)]
