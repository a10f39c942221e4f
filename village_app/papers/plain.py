"""A paper as plain JSON values and back, exactly: how published papers are frozen.

Each value that JSON does not know is an object with one telling key: `is` (a block), `kind`,
`day`, `moment`, `bytes` (base 64), `texts`. A paper written by a newer program is refused.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from typing import Any

from village_app.domain import kinds
from village_app.domain.kinds import Choice, Kind, Option, Reference
from village_app.errors import EnvironmentProblem
from village_app.papers import blocks

VERSION = 1
# Fields that came after the first release stand only where they say something: what was published
# before keeps its hash and its verification code, and an older program reads what it can.
_LATER = frozenset({"one_page"})

_CLASSES: dict[str, type] = {
    "heading": blocks.Heading,
    "paragraph": blocks.Paragraph,
    "column": blocks.Column,
    "row": blocks.Row,
    "table": blocks.Table,
    "form_cell": blocks.FormCell,
    "form_grid": blocks.FormGrid,
    "signature": blocks.Signature,
    "sign_lines": blocks.SignLines,
    "photo": blocks.Photo,
    "photo_grid": blocks.PhotoGrid,
    "bar": blocks.Bar,
    "bar_chart": blocks.BarChart,
    "spacer": blocks.Spacer,
    "page_break": blocks.PageBreak,
    "paper": blocks.Paper,
}
_NAMES = {cls: name for name, cls in _CLASSES.items()}
_KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        kinds.TEXT,
        kinds.LONG_TEXT,
        kinds.PERSON_NAME,
        kinds.IDENTITY_NUMBER,
        kinds.DOCUMENT_NUMBER,
        kinds.PHONE,
        kinds.BANK_ACCOUNT,
        kinds.ADDRESS,
        kinds.MONEY,
        kinds.COUNT,
        kinds.SHARE,
        kinds.DAY,
        kinds.MONTH,
        kinds.MOMENT,
        kinds.FLAG,
        kinds.ATTACHMENT,
        kinds.PLACE,
    )
}


def paper_to_plain(paper: blocks.Paper) -> dict[str, Any]:
    """Give a paper as a JSON object; refuses (TypeError) values that would not come back exact."""
    plain = _to_plain(paper)
    assert isinstance(plain, dict)
    return {"version": VERSION, **plain}


def paper_from_plain(plain: dict[str, Any]) -> blocks.Paper:
    """Give the paper back; what a newer program wrote is refused, never guessed at."""
    if plain.get("version") != VERSION:
        raise _too_new()
    paper = _from_plain({key: value for key, value in plain.items() if key != "version"})
    if not isinstance(paper, blocks.Paper):
        raise _too_new()
    return paper


def _too_new() -> EnvironmentProblem:
    return EnvironmentProblem(
        "paper_too_new", "这份文件是用更新的程序保存的，本程序读不了。请先升级程序，再打开它。"
    )


def _to_plain(value: object) -> Any:
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, tuple):
        return [_to_plain(item) for item in value]
    if isinstance(value, blocks.Row) and any(isinstance(cell, float) for cell in value.cells):
        raise TypeError("a cell may not hold a float: money is integer 分, shares are whole too")
    if isinstance(value, Kind):
        return _kind_to_plain(value)
    if type(value) in _NAMES and is_dataclass(value) and not isinstance(value, type):
        named = {
            field.name: _to_plain(getattr(value, field.name))
            for field in fields(value)
            if field.name not in _LATER or getattr(value, field.name) != field.default
        }
        return {"is": _NAMES[type(value)], **named}
    return _scalar_to_plain(value)


def _scalar_to_plain(value: object) -> dict[str, Any]:
    if isinstance(value, datetime):
        return {"moment": value.astimezone(UTC).isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, bytes):
        return {"bytes": b64encode(value).decode("ascii")}
    if isinstance(value, dict):
        return {"texts": {str(key): str(item) for key, item in value.items()}}
    raise TypeError(f"no plain form for {type(value).__name__}")


def _kind_to_plain(kind: Kind) -> dict[str, Any]:
    if isinstance(kind, Choice):
        options = [[option.code, option.label] for option in kind.options]
        return {"kind": kind.name, "options": options}
    if isinstance(kind, Reference) and kind.name not in _KINDS:
        return {"kind": kind.name, "record": kind.record_name}
    if kind.name not in _KINDS:
        raise TypeError(f"no plain form for the kind {kind.name!r}")
    return {"kind": kind.name}


def _from_plain(plain: Any) -> Any:
    if isinstance(plain, list):
        return tuple(_from_plain(item) for item in plain)
    if not isinstance(plain, dict):
        return plain
    if "is" in plain:
        return _object(plain)
    if "kind" in plain:
        return _kind(plain)
    for key, read in _READERS.items():
        if key in plain:
            return read(plain[key])
    raise _too_new()


def _object(plain: dict[str, Any]) -> Any:
    cls = _CLASSES.get(plain["is"])
    known = {field.name for field in fields(cls)} if cls else set()
    if cls is None or set(plain) - known - {"is"}:
        raise _too_new()
    return cls(**{key: _from_plain(value) for key, value in plain.items() if key != "is"})


def _kind(plain: dict[str, Any]) -> Kind:
    if plain["kind"] == Choice.name:
        return Choice(tuple(Option(code, label) for code, label in plain["options"]))
    if plain["kind"] == Reference.name:
        return Reference(plain["record"])
    if plain["kind"] not in _KINDS:
        raise _too_new()
    return _KINDS[plain["kind"]]


_READERS: dict[str, Callable[[Any], Any]] = {
    "day": date.fromisoformat,
    "moment": datetime.fromisoformat,
    "bytes": b64decode,
    "texts": dict,
}
