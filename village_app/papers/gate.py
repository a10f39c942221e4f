"""The privacy gate: looks through the very paper that will be printed, before anybody sees it.

It says what must not go out, exactly where it stands and what to write instead, and also what it
looked at, so that a clean answer can be believed. It classifies only: who may let something
through, with which reason and which second person, is decided by the service that asks.
Source of the rules: 个人信息保护法 6, 25, 28, 31; `resources/rules/privacy-gate.json`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from village_app.domain.masking_policies import MaskingPolicy
from village_app.papers.blocks import FormGrid, Paper, PhotoGrid, Table
from village_app.papers.edits import CleanPhoto, edit
from village_app.papers.pictures import has_place
from village_app.papers.places import Place, PlacedText, texts_of, where
from village_app.papers.privacy.column_checks import check_children, check_columns
from village_app.papers.privacy.columns import column_of, is_judged_by_column, is_person
from village_app.papers.privacy.findings import Check, Finding, Findings, Suspicion
from village_app.papers.privacy.number_checks import check_numbers
from village_app.papers.privacy.rules import gate_rules
from village_app.papers.privacy.split_checks import check_split_numbers
from village_app.papers.privacy.surroundings import Situation, Surroundings
from village_app.papers.privacy.word_checks import (
    check_ages,
    check_house_numbers,
    check_names,
    check_words,
)
from village_app.papers.table_lines import shown

__all__ = ["Finding", "Findings", "Surroundings", "apply", "fix_all", "inspect"]


def inspect(
    paper: Paper,
    *,
    policy: MaskingPolicy,
    today: date,
    around: Surroundings | None = None,
) -> Findings:
    """Look through a paper that is meant for the wall and say what must not go out.

    `policy` is the masking policy of the kind of notice, `today` the day on which children are
    children, `around` what the village's records know (office telephones, names, consents).
    """
    inspection = _Inspection(paper, Situation(policy, today, around or Surroundings()))
    suspicions: list[Suspicion] = []
    checks: list[Check] = []
    for label, looked_at, check in inspection.checks():
        found = list(check())
        suspicions += found
        checks.append(Check(label, looked_at, sum(not each.harmless for each in found)))
    return Findings(tuple(_judged(paper, suspicions)), tuple(checks))


def apply(paper: Paper, finding: Finding) -> Paper:
    """Make the change that a finding proposes; the paper as it is where only a person can help."""
    return edit(paper, finding.edits)


def fix_all(paper: Paper, findings: Findings) -> Paper:
    """Make all proposed changes of what stops or asks at once; look at the new paper again."""
    open_ones = (*findings.stops, *findings.questions)
    return edit(paper, [change for finding in open_ones for change in finding.edits])


# Amounts, shares, days and moments are values, not words that somebody wrote.
_NO_WORDS = frozenset({"money", "share", "day", "month", "moment"})


class _Inspection:
    """The texts of one paper, gathered once for all checks."""

    def __init__(self, paper: Paper, situation: Situation) -> None:
        self.paper = paper
        self.situation = situation
        self.texts = list(texts_of(paper))
        self.worded = [text for text in self.texts if _is_worded(text)]
        self.persons = _places_beside_persons(paper)
        judged = _columns_of_numbers(paper)
        self.free = [
            text
            for text in self.worded
            if text.place.part != "cell" or (text.place.block, text.place.column) not in judged
        ]
        self.running = [
            text for text in self.texts if text.place.part not in ("cell", "label", "signer")
        ]

    def checks(self) -> tuple[tuple[str, int, Callable[[], Iterator[Suspicion]]], ...]:
        """Give each check: its name, over how many places it goes, how it is made."""
        blocks = self.paper.blocks
        tables = sum(isinstance(block, Table | FormGrid) for block in blocks)
        photos = sum(len(block.photos) for block in blocks if isinstance(block, PhotoGrid))
        return (
            ("证件、电话、银行卡、车牌等号码", len(self.free), self._numbers),
            ("分开写在几处的号码", len(self.texts), self._split_numbers),
            ("栏目和姓名是否合乎这类公示的规则", tables, self._columns),
            ("病、残、贫、婚育、前科等字眼", len(self.worded), self._words),
            ("人名旁的门牌", len(self.worded), self._house_numbers),
            ("正文里的姓名", len(self.running), self._names),
            ("未成年人", len(self.texts), self._children),
            ("照片里的拍摄地点", photos, self._photos),
        )

    def _beside_person(self, text: PlacedText) -> bool:
        place = text.place
        return place.part in ("cell", "form") and (place.block, place.row) in self.persons

    def _numbers(self) -> Iterator[Suspicion]:
        for text in self.free:
            beside = self._beside_person(text)
            yield from check_numbers(text, self.situation, beside_person=beside)

    def _split_numbers(self) -> Iterator[Suspicion]:
        yield from check_split_numbers(self.texts, self.situation)

    def _columns(self) -> Iterator[Suspicion]:
        yield from check_columns(self.paper, self.situation)

    def _words(self) -> Iterator[Suspicion]:
        for text in self.worded:
            beside = self._beside_person(text)
            yield from check_words(text, self.situation, beside_person=beside)

    def _house_numbers(self) -> Iterator[Suspicion]:
        for text in self.worded:
            beside = self._beside_person(text)
            yield from check_house_numbers(text, self.situation, beside_person=beside)

    def _names(self) -> Iterator[Suspicion]:
        for text in self.running:
            yield from check_names(text, self.situation)

    def _children(self) -> Iterator[Suspicion]:
        yield from check_children(self.paper, self.situation)
        for text in self.worded:
            beside = self._beside_person(text)
            yield from check_ages(text, self.situation, beside_person=beside)

    def _photos(self) -> Iterator[Suspicion]:
        yield from _check_photos(self.paper)


def _is_worded(text: PlacedText) -> bool:
    """Tell whether a text is what somebody wrote, and not an amount or a day."""
    if text.place.part != "cell" or isinstance(text.value, str):
        return True
    return text.kind is None or text.kind.name not in _NO_WORDS


def _columns_of_numbers(paper: Paper) -> set[tuple[int, int]]:
    """Give (block, column) of what is judged by its column: numbers of people and cards."""
    return {
        (index, number)
        for index, block in enumerate(paper.blocks)
        if isinstance(block, Table)
        for number, column in enumerate(block.columns)
        if is_judged_by_column(column)
    }


def _places_beside_persons(paper: Paper) -> set[tuple[int, int]]:
    """Give (block, row) of table rows that name somebody, and of all lines of such forms."""
    places: set[tuple[int, int]] = set()
    for index, block in enumerate(paper.blocks):
        if isinstance(block, Table):
            names = column_of(block.columns, "name")
            if names is not None:
                column = block.columns[names]
                places |= {
                    (index, number)
                    for number, row in enumerate(block.rows)
                    if is_person(column, shown(column.kind, row.cells[names], row.role))
                }
        elif isinstance(block, FormGrid) and any(
            cell.kind is not None and cell.kind.name == "person_name" and cell.text
            for line in block.lines
            for cell in line
        ):
            places |= {(index, number) for number in range(len(block.lines))}
    return places


def _check_photos(paper: Paper) -> Iterator[Suspicion]:
    for index, block in enumerate(paper.blocks):
        if not isinstance(block, PhotoGrid):
            continue
        for number, photo in enumerate(block.photos):
            if has_place(photo.data):
                yield Suspicion(
                    "photo_place",
                    Place("photo", index, number),
                    "拍摄地点",
                    "去掉照片里的拍摄信息",
                    (CleanPhoto(index, number),),
                )
        look = "请看清照片里有没有车牌、证件、门牌和孩子的脸"
        yield Suspicion("photo_look", Place("photo", index, 0), look)


def _judged(paper: Paper, suspicions: Iterable[Suspicion]) -> Iterator[Finding]:
    """Number the findings, what stops first, in the order of the paper; each is said once."""
    classes = gate_rules().classes
    seen: set[tuple[str, Place, str]] = set()
    order = {"stop": 0, "ask": 1, "passed": 2}
    judged = []
    for suspicion in suspicions:
        key = (suspicion.code, suspicion.place, suspicion.shown)
        if key not in seen:
            seen.add(key)
            severity = "passed" if suspicion.harmless else classes[suspicion.code].severity
            judged.append((order[severity], suspicion, severity))
    judged.sort(key=lambda entry: (entry[0], entry[1].place.block, entry[1].place.row))
    for number, (_, suspicion, severity) in enumerate(judged, start=1):
        kind = classes[suspicion.code]
        yield Finding(
            number,
            suspicion.code,
            kind.label,
            where(paper, suspicion.place),
            suspicion.place,
            suspicion.shown,
            severity,
            kind.overridable,
            suspicion.remedy,
            suspicion.edits,
        )
