"""Make a paper fit: one page by small honest changes, a poster by the size of its type.

What is changed is said in words people can check with a ruler; below a readable size nothing is
changed at all, the paper is refused instead.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from village_app.errors import Refused
from village_app.papers.blocks import Paper, Table
from village_app.papers.typeset.compose import slabs_of
from village_app.papers.typeset.flow import Flow, Sheets
from village_app.papers.typeset.layouts import MM, PageLayout
from village_app.papers.typeset.sheets import CountedSheets

_ROWS = (0.9, 0.8)
_SOFT_PITCHES = (0.94, 0.88)
_MOST_ROWS = 200
_SHEETS = frozenset({"table", "list"})
_PITCHES = (0.97, 0.94, 0.91, 0.88)
_NARROWER = (2, 4, 6)
_SIZE_STEP = 0.5
_LARGEST_POSTER = 1.35
_POSTER_STEP = 0.97

_Step = TypeVar("_Step")


@dataclass(frozen=True, slots=True)
class Fitted:
    """A layout and the sentences that say what was changed to get there."""

    layout: PageLayout
    changed: tuple[str, ...] = ()


def flow_for(sheets: Sheets, layout: PageLayout) -> Flow:
    """Give the flow that fills a layout's type area."""
    margins = layout.margins
    return Flow(sheets, margins.left * MM, margins.top * MM, (layout.height - margins.bottom) * MM)


def count_pages(paper: Paper, layout: PageLayout) -> int:
    """Count the pages of a paper in a layout without drawing them."""
    return flow_for(CountedSheets(), layout).run(slabs_of(paper, layout))


def fit_poster(paper: Paper, layout: PageLayout) -> PageLayout:
    """Choose the largest type with which a poster still is one sheet.

    Type is never smaller than can be read from where people stand; a text that needs more room
    then takes more sheets.
    """
    factors = [_LARGEST_POSTER]
    least = layout.smallest / layout.body.size
    while factors[-1] * _POSTER_STEP > least:
        factors.append(factors[-1] * _POSTER_STEP)
    factors.append(least)
    choice = _mildest(
        [layout.scaled(factor) for factor in factors], lambda tried: count_pages(paper, tried) == 1
    )
    return choice or layout.scaled(least)


def fit_one_page(paper: Paper, layout: PageLayout) -> Fitted:
    """Bring a paper onto one page: closer lines, then narrower margins, then smaller type.

    Refused when it would need type below the layout's smallest readable size.
    """
    steps = [Fitted(layout), *_steps(layout, with_tables=_has_table(paper))]
    choice = _mildest(steps, lambda step: count_pages(paper, step.layout) == 1)
    if choice is None:
        raise Refused(
            "does_not_fit_one_page",
            f"一页排不下：正文小于{_points(layout.smallest)}磅就看不清了。"
            "请删减文字，或把表格改作附件另起一页，或按多页打印。",
        )
    return choice


def without_a_sheet_for_the_seal(paper: Paper, layout: PageLayout) -> Fitted:
    """Lower a table's rows where that alone brings a paper of two pages onto one.

    GB/T 9704-2012 7.3.5: where the seal finds no room, the spacing is adjusted. Body type, its
    pitch and the margins of a notice stay; on a sheet of accounts its few lines move closer, too.
    """
    is_small = sum(len(block.rows) for block in paper.blocks if isinstance(block, Table))
    if not _has_table(paper) or is_small > _MOST_ROWS or count_pages(paper, layout) != 2:
        return Fitted(layout)
    steps = _row_steps(Fitted(layout))
    if paper.layout in _SHEETS:
        steps += _pitch_steps(layout, steps[-1], _SOFT_PITCHES)
    choice = _mildest(steps, lambda step: count_pages(paper, step.layout) == 1)
    return choice or Fitted(layout)


def _has_table(paper: Paper) -> bool:
    return any(isinstance(block, Table) for block in paper.blocks)


def _row_steps(start: Fitted) -> list[Fitted]:
    before = start.layout.table.row_height
    steps = []
    for factor in _ROWS:
        closer = start.layout.with_rows(factor)
        sentence = f"表格行高由{_millimetres(before)}毫米改为{_millimetres(before * factor)}毫米"
        steps.append(Fitted(closer, (*start.changed, sentence)))
    return steps


def _pitch_steps(
    layout: PageLayout, start: Fitted, factors: Sequence[float] = _PITCHES
) -> list[Fitted]:
    steps = []
    for factor in factors:
        closer = start.layout.with_pitch(factor)
        steps.append(Fitted(closer, (*start.changed, _pitch_sentence(layout, closer))))
    return steps


def _steps(layout: PageLayout, *, with_tables: bool) -> list[Fitted]:
    """List ever stronger changes, each with its sentences."""
    steps = _row_steps(Fitted(layout)) if with_tables else []
    rows = steps[-1] if steps else Fitted(layout)
    steps += _pitch_steps(layout, rows)
    closest = steps[-1]
    for millimetres in _NARROWER:
        narrower = closest.layout.with_margins(layout.margins.less(millimetres))
        sentence = f"四边页边距各减{millimetres}毫米"
        steps.append(Fitted(narrower, (*closest.changed, sentence)))
    narrowest = steps[-1]
    size = layout.body.size - _SIZE_STEP
    while size >= layout.smallest:
        smaller = narrowest.layout.scaled(size / layout.body.size)
        sentence = f"正文字号由{_points(layout.body.size)}磅改为{_points(size)}磅"
        pitch = _pitch_sentence(layout, smaller)
        changed = (*rows.changed, pitch, narrowest.changed[-1], sentence)
        steps.append(Fitted(smaller, changed))
        size -= _SIZE_STEP
    return steps


def _pitch_sentence(before: PageLayout, after: PageLayout) -> str:
    return f"行距由{_points(before.body.pitch)}磅改为{_points(after.body.pitch)}磅"


def _millimetres(points: float) -> str:
    return _points(points / MM)


def _points(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _mildest(steps: Sequence[_Step], fits: Callable[[_Step], bool]) -> _Step | None:
    """Find the first step that fits, knowing that every stronger one fits too."""
    if not fits(steps[-1]):
        return None
    low, high = 0, len(steps) - 1
    while low < high:
        middle = (low + high) // 2
        if fits(steps[middle]):
            high = middle
        else:
            low = middle + 1
    return steps[low]
