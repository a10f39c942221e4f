"""How people stand in a table: one per line, in household blocks, in columns, side by side."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from village_app.importing.tables.headers import (
    Heading,
    Vocabulary,
    clean_heading,
    number_occurrences,
)
from village_app.importing.tables.surface import Surface

_NUMBER = "[0-9一二三四五六七八九十]{1,2}"
_MEMBER = re.compile(f"^(?:家庭|户内)?(?:成员|人员|人口)[(]?({_NUMBER})[)]?的?(.*)$")
_NTH_MEMBER = re.compile(f"^第({_NUMBER})(?:个)?(?:家庭)?(?:成员|人)的?(.*)$")
_RELATIVE = re.compile(
    f"^(配偶|妻子?|丈夫|父亲?|母亲?|儿子|女儿|子女|长子|次子|三子|长女|次女|三女|儿媳|女婿|孙子|孙女|其他成员)({_NUMBER})?的?(.*)$"
)
_TRAILING = re.compile(f"^(.*[^0-9一二三四五六七八九十])[(]?({_NUMBER})[)]?$")


class Layout(Enum):
    """The typical shapes of village rosters; one table may have several."""

    PERSON_ROWS = "一人一行"
    HOUSEHOLD_BLOCKS = "一户一块"
    MEMBERS_IN_COLUMNS = "一户一行，成员在各列"
    STACKED_HEADER = "多行表头"
    SHEET_PER_GROUP = "一组一表"
    FORM = "登记卡"
    PAGED = "每页重复表头"
    PAYMENT_LIST = "发放表"
    SYSTEM_EXPORT = "系统导出表"
    SIDE_BY_SIDE = "左右并列"


@dataclass(frozen=True, slots=True)
class MemberGroup:
    """The columns of one household member in a table with one household per line.

    `headings` carry the names without the member's label; `relation` is what the label itself
    says about the member (配偶), None where it only counts.
    """

    place: int
    headings: tuple[Heading, ...]
    relation: str | None = None


@dataclass(frozen=True, slots=True)
class MemberColumns:
    """The columns split into those of the household (and its head) and those of each member."""

    shared: tuple[Heading, ...]
    groups: tuple[MemberGroup, ...]


def member_columns(headings: tuple[Heading, ...], vocabulary: Vocabulary) -> MemberColumns | None:
    """Recognise members in columns: at least two members, or one beside a head; else None."""
    return _labelled_members(headings, vocabulary) or _repeated_members(headings, vocabulary)


def _labelled_members(
    headings: tuple[Heading, ...], vocabulary: Vocabulary
) -> MemberColumns | None:
    labelled: dict[str, list[Heading]] = {}
    shared: list[Heading] = []
    for heading in headings:
        label, rest = _member_label(heading, vocabulary)
        if label:
            labelled.setdefault(label, []).append(Heading(heading.column, rest))
        else:
            shared.append(heading)
    groups = [
        MemberGroup(place, tuple(found), _relation_in(label))
        for place, (label, found) in enumerate(labelled.items(), start=1)
        if any(vocabulary.exact(heading.leaf) == "name" for heading in found)
    ]
    has_head = any(vocabulary.exact(heading.leaf) == "head_name" for heading in shared)
    has_person = any(vocabulary.exact(heading.leaf) == "name" for heading in shared)
    numbered = sum(group.relation is None for group in groups)
    if numbered >= 2 or (groups and has_head and not has_person):
        return MemberColumns(tuple(shared), tuple(groups))
    return None


def _member_label(heading: Heading, vocabulary: Vocabulary) -> tuple[str, tuple[str, ...]]:
    """Split 成员2姓名, 家庭成员2／姓名, 姓名2, 配偶姓名 into the member's label and the rest."""
    for place, part in enumerate(heading.parts):
        cleaned = clean_heading(part)
        for pattern in (_MEMBER, _NTH_MEMBER):
            found = pattern.match(cleaned)
            if found:
                return f"#{found[1]}", _rest(found[2], heading.parts[place + 1 :])
        relative = _RELATIVE.match(cleaned)
        if relative and (relative[3] or place + 1 < len(heading.parts)):
            label = relative[1] + (relative[2] or "")
            return label, _rest(relative[3], heading.parts[place + 1 :])
    trailing = _TRAILING.match(clean_heading(heading.leaf))
    if trailing and vocabulary.exact(trailing[1]):
        return f"#{trailing[2]}", (trailing[1],)
    return "", heading.parts


def _rest(tail: str, below: tuple[str, ...]) -> tuple[str, ...]:
    return (tail, *below) if tail else (below or ("姓名",))


def _relation_in(label: str) -> str | None:
    if label.startswith(("#", "其他")):
        return None
    return label.rstrip("0123456789一二三四五六七八九十")


def _repeated_members(
    headings: tuple[Heading, ...], vocabulary: Vocabulary
) -> MemberColumns | None:
    """Recognise 姓名 关系 身份证 姓名 关系 身份证: the same names again for each member."""
    starts = [
        place for place, heading in enumerate(headings) if vocabulary.exact(heading.leaf) == "name"
    ]
    if len(starts) < 2:
        return None
    period = min(later - start for start, later in pairwise(starts))
    runs = [headings[start : start + period] for start in starts]
    names = [tuple(clean_heading(heading.leaf) for heading in run) for run in runs]
    fields = {vocabulary.exact(heading.leaf) for heading in runs[0]}
    if any(name != names[0] for name in names) or "relation" not in fields:
        return None
    taken = {heading.column for run in runs for heading in run}
    shared = tuple(heading for heading in headings if heading.column not in taken)
    groups = (
        MemberGroup(place, tuple(Heading(heading.column, (heading.leaf,)) for heading in run))
        for place, run in enumerate(runs, start=1)
    )
    return MemberColumns(shared, tuple(groups))


def split_side_by_side(
    headings: tuple[Heading, ...], vocabulary: Vocabulary, surface: Surface
) -> tuple[tuple[Heading, ...], ...]:
    """Cut a header into the tables that stand side by side; mostly there is one.

    Tables are side by side where names of people come again after a blank column or after a
    repeated running number, but not where members of a household follow each other.
    """
    segments = _cut_at_blank_columns(headings, surface)
    with_names = [segment for segment in segments if _has_names(segment, vocabulary)]
    if len(with_names) >= 2:
        return tuple(number_occurrences(segment) for segment in with_names)
    repeated = _cut_at_repeats(headings, vocabulary)
    if len(repeated) >= 2:
        return tuple(number_occurrences(segment) for segment in repeated)
    if len(with_names) == 1 and len(segments) > 1:
        beside = [segment for segment in segments if segment is not with_names[0]]
        apart = {
            heading.column
            for segment in beside
            if _is_another_table(segment, with_names[0], surface)
            for heading in segment
        }
        return (tuple(heading for heading in headings if heading.column not in apart),)
    return (headings,)


def _cut_at_blank_columns(
    headings: tuple[Heading, ...], surface: Surface
) -> list[tuple[Heading, ...]]:
    segments: list[list[Heading]] = []
    for heading in headings:
        previous = segments[-1][-1].column if segments else None
        if previous is None or any(
            surface.column_is_blank(column) for column in range(previous + 1, heading.column)
        ):
            segments.append([])
        segments[-1].append(heading)
    return [tuple(segment) for segment in segments]


def _has_names(segment: tuple[Heading, ...], vocabulary: Vocabulary) -> bool:
    return any(vocabulary.exact(heading.leaf) in ("name", "head_name") for heading in segment)


def _cut_at_repeats(
    headings: tuple[Heading, ...], vocabulary: Vocabulary
) -> list[tuple[Heading, ...]]:
    named = [heading for heading in headings if heading.parts]
    if not named:
        return []
    first = clean_heading(named[0].text)
    starts = [place for place, heading in enumerate(named) if clean_heading(heading.text) == first]
    if len(starts) < 2 or not _has_names(tuple(named[: starts[1]]), vocabulary):
        return []
    bounds = [*starts, len(named)]
    segments = [tuple(named[begin:end]) for begin, end in pairwise(bounds)]
    names = [[clean_heading(heading.text) for heading in segment] for segment in segments]
    alike = all(name[: len(names[0])] == names[0][: len(name)] for name in names)
    starts_a_list = vocabulary.role(named[0].leaf) == "serial"
    fields = {vocabulary.exact(heading.leaf) for heading in segments[0]}
    return segments if alike and (starts_a_list or "relation" not in fields) else []


def _is_another_table(
    segment: tuple[Heading, ...], main: tuple[Heading, ...], surface: Surface
) -> bool:
    """Tell whether columns after a blank one are a table of their own, as figures per group."""
    counts = [heading for heading in segment if re.search(r"[人户]数|数$|合计|小计", heading.text)]
    if len(segment) < 2 or not counts:
        return False
    beside = _rows_with_content(surface, segment)
    return beside * 3 < _rows_with_content(surface, main) * 2


def _rows_with_content(surface: Surface, segment: tuple[Heading, ...]) -> int:
    columns = [heading.column for heading in segment]
    return sum(
        any(column < len(texts) and texts[column] for column in columns) for texts in surface.texts
    )
