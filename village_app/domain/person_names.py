"""Names of persons as lists bring them: blanks, dots, remarks in brackets; and what was changed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from village_app.domain.texts import (
    MIDDLE_DOT,
    private_use_characters,
    remove_invisible,
    repair_private_use,
    unify_middle_dots,
)
from village_app.domain.unreadable import Unreadable

LONGEST = 50

_REMARK = re.compile(r"\s*[(（\[【]([^)）\]】]*)[)）\]】]")
_BETWEEN_HAN = re.compile(r"(?<=[^\x00-\x7f])[ \u3000]+(?=[^\x00-\x7f])")
_SEVERAL = re.compile(r"[、,，;；/\n]|(?<=..)和(?=.{2,4}$)")
_UNKNOWN = re.compile("[?？□■〓\ufffd\u2ff0-\u2fff]")


@dataclass(frozen=True, slots=True)
class CleanName:
    """A name as it is kept, the remarks that stood with it, and what was changed in words."""

    name: str
    remarks: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()


def clean_name(text: str) -> CleanName:
    """Clean a name and say what was changed.

    Blanks between characters go, look-alike dots become ·, remarks in brackets and trailing stars
    are taken off. The characters themselves are never changed to others (no NFKC, no simplified
    for traditional): a name is written as the register has it. Full-width letters stay.
    """
    steps = (
        ("去掉看不见的字符", lambda name: remove_invisible(name).strip(" \u3000\n'")),
        ("还原旧编码的字", repair_private_use),
        ("取出括号里的说明", lambda name: _REMARK.sub("", name).strip()),
        ("去掉星号", lambda name: name.rstrip("*＊ ")),
        ("统一间隔号", unify_middle_dots),
        ("去掉字间空格", _close_up),
    )
    name, changes = text, []
    for label, step in steps:
        after = step(name)
        if after != name:
            changes.append(label)
        name = after
    remarks = tuple(found.strip() for found in _REMARK.findall(text) if found.strip())
    return CleanName(name, remarks, tuple(changes))


def _close_up(name: str) -> str:
    around_dots = re.sub(rf"\s*{MIDDLE_DOT}\s*", MIDDLE_DOT, name)
    return re.sub(r"[ \u3000]+", " ", _BETWEEN_HAN.sub("", around_dots))


def check_name(name: str) -> None:
    """Refuse what cannot be one person's name: several people, digits, lost characters."""
    if _SEVERAL.search(name):
        raise Unreadable("several_names", "这里写了不止一个人，请一人一行。")
    if _UNKNOWN.search(name) or private_use_characters(name):
        sentence = "名字里有没能读出的字，请对照证件补上；没有编码的字可用大写拼音代替，如“张YAN”。"
        raise Unreadable("lost_character", sentence)
    if re.search(r"\d", name):
        raise Unreadable("digits_in_name", f"“{name}”里有数字，请核对是不是填错了栏。")
    if len(name) > LONGEST:
        raise Unreadable("too_long", f"名字最多 {LONGEST} 个字，请核对。")


def is_masked_name(name: str) -> bool:
    """Tell whether a name is already masked (张*明), so that no full name is known."""
    return "*" in name or "＊" in name or "某" in name[1:]
