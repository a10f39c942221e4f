"""Why a sheet is no list that can be imported: a form, figures, a code list, a template, empty."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from village_app.domain.resources import load_json
from village_app.importing.tables.headers import Vocabulary, clean_heading
from village_app.importing.tables.line_texts import compact, is_signature, is_total
from village_app.importing.tables.surface import Surface
from village_app.importing.tables.tables import SheetRefusal
from village_app.importing.tables.targets import Target

_SEARCHED = 60
_PLACEHOLDER = re.compile(r"\{\{[^{}]+\}\}|\$\{[^{}]+\}|<%[^%]+%>")
_IDENTITY = re.compile(r"^\d{17}[\dXx]$")
_LONG_TEXT = 25


def refuse(sheet: str, code: str, reason: str) -> SheetRefusal:
    """Refuse a sheet with a reason that goes on after its name."""
    return SheetRefusal(sheet, code, f"“{sheet}”{reason}")


def hidden_sheet(name: str) -> SheetRefusal:
    """Say that a hidden sheet is not offered by itself."""
    return refuse(name, "hidden", "是隐藏的表，没有自动选用；需要时可以手动选择。")


def unfit_sheet(surface: Surface, vocabulary: Vocabulary) -> SheetRefusal | None:
    """Refuse what is no list by its very form, whatever its words: empty, template, form."""
    name = surface.sheet.name
    if surface.height == 0:
        return refuse(name, "empty", "是空表，没有内容。")
    if _has_placeholders(surface):
        return refuse(name, "template", "是套打用的模板，里面是占位符，不是数据。")
    if is_form(surface, vocabulary):
        return refuse(
            name,
            "form",
            "是登记卡（一页一人），不是一行一人的名册；请改用名册，或把各人的内容填进导入模板。",
        )
    return None


def _has_placeholders(surface: Surface) -> bool:
    found = sum(
        1 for texts in surface.texts[:_SEARCHED] for text in texts if _PLACEHOLDER.search(text)
    )
    return found >= 2


def is_form(surface: Surface, vocabulary: Vocabulary) -> bool:
    """Tell whether a sheet is a form: label, value, label, value in most of its lines."""
    rows = [row for row in range(min(surface.height, _SEARCHED)) if not surface.is_blank(row)]
    labels: set[str] = set()
    label_rows = new_rows = 0
    for row in rows:
        found = _labels(surface, row, vocabulary)
        label_rows += bool(found)
        new_rows += not found <= labels
        labels |= found
    with_numbers = sum(any(_IDENTITY.match(text) for text in surface.texts[row]) for row in rows)
    return (
        new_rows >= 3
        and len(labels) >= 5
        and label_rows >= 0.35 * len(rows)
        and with_numbers < label_rows
    )


def _labels(surface: Surface, row: int, vocabulary: Vocabulary) -> set[str]:
    """Collect the labels of a line that have a value or room for one beside them."""
    filled = surface.filled(row)
    first = compact(surface.text(row, filled[0]))
    if is_total(first) or is_signature(first):
        return set()
    labels = [column for column in filled if vocabulary.is_label(surface.text(row, column))]
    roomy = len(labels) <= 4 and all(_has_room(surface, row, column) for column in labels)
    if len(filled) >= 3 and len(labels) > 0.67 * len(filled) and not roomy:
        return set()
    beside = sum(not _label_follows(surface, row, column, vocabulary) for column in labels)
    enough = 2 * beside >= len(labels)
    return {clean_heading(surface.text(row, column)) for column in labels} if enough else set()


def _next_column(surface: Surface, row: int, column: int) -> int:
    merge = surface.merge(row, column)
    return (merge.last_column if merge else column) + 1


def _has_room(surface: Surface, row: int, column: int) -> bool:
    following = _next_column(surface, row, column)
    return following >= surface.width or not surface.shown(row, following)


def _label_follows(surface: Surface, row: int, column: int, vocabulary: Vocabulary) -> bool:
    following = _next_column(surface, row, column)
    return following < surface.width and vocabulary.is_label(surface.text(row, following))


def other_kind(surface: Surface, wanted: str) -> tuple[str, str, str] | None:
    """Recognise a sheet of another kind than wanted by its title and column names.

    Gives code, label and advice.
    """
    texts = [
        (text, row) for row in range(min(surface.height, _SEARCHED)) for text in surface.texts[row]
        if text
    ]  # fmt: skip
    words = {clean_heading(text) for text, _ in texts if len(text) <= 12}
    titles = surface.sheet.name + "".join(text for text, row in texts if row < 3 and len(text) > 3)
    kinds: Sequence[Any] = load_json("rules", "sheet-words.json")["kinds"]
    for kind in kinds:
        hits = len(words & {clean_heading(word) for word in kind["headings"]})
        titled = any(word in titles for word in kind["titles"])
        if kind["code"] == wanted:
            continue
        if hits >= kind["least"] or (titled and hits >= 1):
            return kind["code"], kind["label"], kind["advice"]
    return None


def no_list(
    surface: Surface, target: Target, lacking: str | None, *, has_header: bool
) -> SheetRefusal:
    """Say why a sheet of cells was not taken: another kind, no lines, no usable columns."""
    name = surface.sheet.name
    if lacking is None and has_header:
        return refuse(name, "no_rows", "只有表头，下面没有数据。")
    missing = f"没有{lacking}" if lacking else "没有找到表头"
    useless = f"不能当{target.label}导入"
    other = other_kind(surface, target.name)
    if other:
        code, label, advice = other
        return refuse(name, code, f"{missing}，看列名是{label}，{useless}。{advice}")
    if _is_prose(surface):
        return refuse(name, "instructions", "是一页说明文字，不是表格。")
    if _is_figures(surface):
        return refuse(name, "statistics", f"{missing}，里面多是数字，像统计表，{useless}。")
    if lacking:
        return refuse(
            name, "missing_columns", f"{missing}，{useless}；如果列名特别，可以手动指定。"
        )
    return refuse(
        name, "no_header", "没有找到表头，也没有看出哪一列是号码；可以手动指定表头在第几行。"
    )


def _is_prose(surface: Surface) -> bool:
    rows = [row for row in range(min(surface.height, _SEARCHED)) if not surface.is_blank(row)]
    single = sum(len(surface.filled(row)) <= 2 for row in rows)
    long = sum(any(len(text) >= _LONG_TEXT for text in surface.texts[row]) for row in rows)
    return single >= 0.8 * len(rows) and long >= max(1, 0.3 * len(rows))


def _is_figures(surface: Surface) -> bool:
    filled = numbers = 0
    for row in range(min(surface.height, _SEARCHED)):
        for column in surface.filled(row):
            filled += 1
            text = surface.text(row, column)
            numbers += bool(re.fullmatch(r"-?[\d,]{1,12}(?:\.\d+)?%?", text))
    return numbers >= 0.5 * filled
