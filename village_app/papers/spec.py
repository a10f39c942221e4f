"""A paper from a plain description (the command line's `typeset`), with every fault named.

The description is a JSON object: `layout`, `title`, `body` (a list of paragraphs) and, as needed,
`number`, `to`, `table`, `issuer`, `date`, `seal`, `public`, `letterhead`, `draft`, `footer`,
`landscape`, `paper_size`. All faults are reported at once, each with the field it stands in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, get_args

from village_app.domain import kinds
from village_app.domain.kinds import Kind, Sensitivity, Unreadable
from village_app.errors import Fault, InvalidInput
from village_app.papers.blocks import (
    Block,
    Column,
    Layout,
    Paper,
    Paragraph,
    Row,
    Signature,
    Table,
)
from village_app.papers.typeset.columns import wants_landscape

LAYOUTS: tuple[str, ...] = get_args(Layout)
KINDS: dict[str, tuple[Kind, Sensitivity]] = {
    "text": (kinds.TEXT, "public"),
    "name": (kinds.PERSON_NAME, "personal"),
    "id_number": (kinds.IDENTITY_NUMBER, "sensitive"),
    "phone": (kinds.PHONE, "sensitive"),
    "bank": (kinds.BANK_ACCOUNT, "sensitive"),
    "money": (kinds.MONEY, "public"),
    "day": (kinds.DAY, "public"),
    "count": (kinds.COUNT, "public"),
}
_TEXTS = ("number", "to", "issuer", "letterhead", "footer")
_SWITCHES = ("seal", "public", "draft", "landscape")
_SIZES = ("A4", "A3", "A2")
_KNOWN = {"layout", "title", "body", "table", "date", "paper_size", *_TEXTS, *_SWITCHES}
_TABLE_KNOWN = {"columns", "rows", "total", "caption", "unit", "notes"}
_COLUMN_KNOWN = {"label", "kind", "group", "width"}
_KEPT_AS_WRITTEN = frozenset(("text", "name", "id_number", "phone", "bank"))
_NOT_ADDED_UP = re.compile(r"序号|编号|年份|年度|号码|组别")
_TABLE_FOLLOWS = re.compile(r"(?:下表|如下)[^。]*[：:。]?$")


def paper_from_spec(spec: dict[str, Any]) -> Paper:
    """Make the paper that a description describes; refuses with all faults by field."""
    faults: list[Fault] = []
    if not isinstance(spec, dict):
        raise InvalidInput([Fault("", "no_object", "说明文件的最外层应是一个JSON对象。")])
    faults += _unknown(spec, _KNOWN, "")
    _check_plain_fields(spec, faults)
    table = _table(spec.get("table"), faults) if spec.get("table") is not None else None
    issued_on = _date(spec.get("date"), faults)
    if faults:
        raise InvalidInput(faults)
    layout: Layout = spec["layout"]
    landscape = spec.get("landscape")
    if landscape is None:
        landscape = layout in {"table", "list"} and table is not None and wants_landscape(table)
    return Paper(
        layout=layout,
        title=spec["title"],
        blocks=tuple(_blocks(spec, table, issued_on)),
        number=spec.get("number") or "",
        to=spec.get("to") or "",
        letterhead=spec.get("letterhead") or "",
        public=bool(spec.get("public")),
        draft=bool(spec.get("draft")),
        footer=spec.get("footer") or "",
        paper_size=spec.get("paper_size") or ("A3" if layout == "poster" else "A4"),
        landscape=bool(landscape),
    )


def _blocks(spec: dict[str, Any], table: Table | None, issued_on: str) -> Iterator[Block]:
    """Order the blocks: the table stands after the paragraph that announces it, else last."""
    paragraphs = spec["body"]
    announced = [i for i, text in enumerate(paragraphs) if _TABLE_FOLLOWS.search(text.strip())]
    place = announced[-1] if announced else len(paragraphs) - 1
    for index, text in enumerate(paragraphs):
        yield Paragraph(text)
        if table is not None and index == place:
            yield table
    if table is not None and not paragraphs:
        yield table
    issuer = spec.get("issuer") or ""
    if issuer or issued_on:
        issuers = tuple(name for name in re.split(r"[\n]", issuer) if name.strip())
        yield Signature(issuers, issued_on, seal=spec.get("seal", True) is not False)


def _unknown(value: dict[str, Any], known: set[str], where: str) -> Iterator[Fault]:
    for key in value:
        if key not in known:
            field = f"{where}{key}"
            yield Fault(field, "unknown_field", f"“{field}”不是认识的项目，请核对拼写。")


def _check_plain_fields(spec: dict[str, Any], faults: list[Fault]) -> None:
    if spec.get("layout") not in LAYOUTS:
        listed = "、".join(LAYOUTS)
        faults.append(Fault("layout", "unknown_layout", f"版式（layout）应是其中之一：{listed}。"))
    if not isinstance(spec.get("title"), str) or not spec["title"].strip():
        faults.append(Fault("title", "title_missing", "标题（title）没有写，请补上。"))
    body = spec.get("body")
    if not isinstance(body, list) or not all(isinstance(text, str) for text in body):
        faults.append(Fault("body", "body_wrong", "正文（body）应是一组段落，每段一个文字串。"))
    faults += [
        Fault(name, "no_text", f"“{name}”应是文字。")
        for name in _TEXTS
        if spec.get(name) is not None and not isinstance(spec[name], str)
    ]
    faults += [
        Fault(name, "no_switch", f"“{name}”只能是true或false。")
        for name in _SWITCHES
        if spec.get(name) is not None and not isinstance(spec[name], bool)
    ]
    if spec.get("paper_size") is not None and spec["paper_size"] not in _SIZES:
        faults.append(Fault("paper_size", "unknown_size", "纸张（paper_size）应是A4、A3或A2。"))


def _date(value: object, faults: list[Fault]) -> str:
    """Write the date as papers have it, without leading noughts: 2026年3月2日."""
    if value is None or value == "":
        return ""
    try:
        day = date.fromisoformat(str(value))
    except ValueError:
        sentence = f"日期（date）“{value}”不是真实的日期，请写成2026-03-02这样。"
        faults.append(Fault("date", "no_date", sentence))
        return ""
    return f"{day.year}年{day.month}月{day.day}日"


def _table(value: object, faults: list[Fault]) -> Table | None:
    if not isinstance(value, dict):
        faults.append(Fault("table", "no_table", "表格（table）应是含columns和rows的对象。"))
        return None
    faults += _unknown(value, _TABLE_KNOWN, "table.")
    names = _column_kinds(value.get("columns"), faults)
    rows = value.get("rows")
    if not isinstance(rows, list):
        faults.append(Fault("table.rows", "no_rows", "表格的行（rows）应是一组行。"))
        return None
    if names is None:
        return None
    has_total = bool(value.get("total"))
    columns = tuple(
        _column(column, name, has_total=has_total)
        for column, name in zip(value["columns"], names, strict=True)
    )
    read = tuple(_row(number, row, columns, names, faults) for number, row in enumerate(rows))
    money = [
        index for index, column in enumerate(columns) if column.total and names[index] == "money"
    ]
    has_unit = any("元" in columns[index].label for index in money)
    return Table(
        columns,
        read,
        caption=value.get("caption") or "",
        unit=value.get("unit") or ("单位：元" if money and not has_unit else ""),
        has_total=has_total,
        in_words=money[0] if has_total and len(money) == 1 else None,
        notes=tuple(value.get("notes") or ()),
    )


def _column_kinds(columns: object, faults: list[Fault]) -> list[str] | None:
    """Check the columns and give the names of their kinds; None where they cannot be used."""
    if not isinstance(columns, list) or not columns:
        faults.append(Fault("table.columns", "no_columns", "表格没有列（columns），请补上。"))
        return None
    names: list[str] = []
    before = len(faults)
    for number, column in enumerate(columns):
        where = f"table.columns[{number}]"
        if not isinstance(column, dict) or not isinstance(column.get("label"), str):
            faults.append(Fault(where, "no_label", f"第{number + 1}列没有列名（label）。"))
            continue
        faults += _unknown(column, _COLUMN_KNOWN, f"{where}.")
        name = column.get("kind", "text")
        if name not in KINDS:
            listed = "、".join(KINDS)
            sentence = f"列“{column['label']}”的类型（kind）应是其中之一：{listed}。"
            faults.append(Fault(f"{where}.kind", "unknown_kind", sentence))
        names.append(name)
    return names if len(faults) == before else None


def _column(column: dict[str, Any], name: str, *, has_total: bool) -> Column:
    kind, sensitivity = KINDS[name]
    label = column["label"]
    adds_up = name == "money" or (name == "count" and not _NOT_ADDED_UP.search(label))
    return Column(
        label,
        kind,
        sensitivity,
        total="sum" if has_total and adds_up else None,
        width=column.get("width"),
        group=column.get("group") or "",
    )


def _row(
    number: int, row: object, columns: tuple[Column, ...], names: list[str], faults: list[Fault]
) -> Row:
    where = f"table.rows[{number}]"
    if not isinstance(row, list) or len(row) != len(columns):
        count = len(row) if isinstance(row, list) else 0
        sentence = f"表格第{number + 1}行有{count}格，应有{len(columns)}格。"
        faults.append(Fault(where, "row_length", sentence))
        return Row(())
    return Row(
        tuple(
            _cell(f"{where}[{index}]", cell, columns[index], names[index], faults)
            for index, cell in enumerate(row)
        )
    )


def _cell(where: str, cell: object, column: Column, name: str, faults: list[Fault]) -> Any:
    """Read one cell; numbers of persons stay as written, so that masked ones can be set too."""
    if cell is None or cell == "":
        return None
    if name in _KEPT_AS_WRITTEN:
        return str(cell)
    try:
        return column.kind.parse(str(cell))
    except Unreadable as unreadable:
        faults.append(
            Fault(
                where,
                unreadable.code,
                f"列“{column.label}”：{unreadable.message}",
                unreadable.suggestion,
            )
        )
        return None
