"""设置: the village's own words and names, how its numbers look, when the screen locks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from village_app.domain.kinds import (
    COUNT,
    DAY,
    FLAG,
    LONG_TEXT,
    TEXT,
    Choice,
    FieldDeclaration,
    Kind,
    Option,
)
from village_app.errors import Fault, InvalidInput
from village_app.services.settings import SETTING_LABELS
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.form import RecordForm
from village_app.ui.kit.keys import Key
from village_app.ui.kit.sheets import Scroll, Sheet
from village_app.ui.page import Desk
from village_app.ui.pages.safety.part import Part
from village_app.ui.theme import theme

_KIND = Choice((Option("村", "村"), Option("社区", "社区")))
_STROKES = Choice((Option("surname", "只按姓氏笔画"), Option("name", "姓和名都按笔画")))
_ORDER = Choice(
    (Option("household", "按户"), Option("stroke", "按笔画"), Option("pinyin", "按拼音"))
)
PATTERN_WORDS = {
    "notice": "公示",
    "announcement": "公告",
    "circular": "通知",
    "disclosure": "公开表",
    "correction": "更正",
    "issue": "诉求",
    "supervision_slip": "督办单",
    "reception": "接访",
    "reply": "答复",
    "resolution": "决议",
    "meeting": "会议",
    "project": "项目",
    "task": "任务",
    "seal_use": "用印",
    "form": "空白表",
    "objection": "异议",
}


def _field(name: str, kind: Kind, *, required: bool = False, hint: str = "") -> FieldDeclaration:
    return FieldDeclaration(name, SETTING_LABELS[name], kind, required=required, hint=hint)


FIELDS = (
    _field("village", TEXT, required=True),
    _field("short", TEXT, hint="如 隔村，用在 隔村公示〔2026〕1号"),
    _field("town", TEXT),
    _field("city", TEXT),
    _field("unit_word", _KIND, required=True),
    _field("party", TEXT),
    _field("committee", TEXT, hint="空着就由村名得出"),
    _field("supervision", TEXT),
    _field("collective", TEXT),
    _field("association", TEXT),
    _field("hall", TEXT),
    _field("supervision_phone", TEXT),
    _field("town_office", TEXT),
    _field("town_phone", TEXT),
    _field("reception_place", TEXT),
    _field("reception_hours", TEXT),
    _field("posting_place", TEXT),
    _field("posting_day_counts", FLAG),
    _field("disclosure_since", DAY, hint="这以前到期的不再提醒，空着就都提醒"),
    _field("letterhead", TEXT),
    _field("seal_diameter", COUNT),
    _field("stroke_custom", _STROKES),
    _field("list_order", _ORDER),
    _field("idle_minutes", COUNT),
    _field("own_words", LONG_TEXT, hint="一行一个，如 村民小组：片区"),
    _field(
        "patterns",
        LONG_TEXT,
        hint="一行一个，如 公示：{简称}公示〔{年}〕{序号}号。空着就照程序的样式。",
    ),
)
LINES = (
    ("village", "short"),
    ("town", "city"),
    ("unit_word", "party"),
    ("committee", "supervision"),
    ("collective", "association"),
    ("hall", "posting_place"),
    ("supervision_phone", "posting_day_counts"),
    ("town_office", "town_phone"),
    ("reception_place", "reception_hours"),
    ("letterhead", "seal_diameter"),
    ("stroke_custom", "list_order"),
    ("idle_minutes", "disclosure_since"),
    ("own_words",),
    ("patterns",),
)


class SettingsPart(Part):
    """One form for all settings; saved as one change that can be undone."""

    keys = (Key("Ctrl+S", "存"), Key("Ctrl+Z", "撤销"))

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.form = RecordForm(FIELDS, lines=LINES)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme().px(8), 0)
        column.addWidget(self.form)
        sheet = Sheet()
        sheet.add(Scroll(inside), 1)
        row = QHBoxLayout()
        self.save_button = Button(
            "存", icon="save", key="Ctrl+S", kind="primary", press=self.save_settings
        )
        row.addWidget(self.save_button)
        row.addWidget(Button("不改了", press=self.show_stored))
        row.addStretch(1)
        sheet.body.addLayout(row)
        self.body.addWidget(sheet, 1)

    def refresh(self) -> None:
        allowed = self.may("settings.edit")
        self.save_button.forbid("" if allowed else "您的角色不能改设置")
        self.form.set_read_only(not allowed)
        if not self.form.dirty:
            self.show_stored()

    def show_stored(self) -> None:
        """Show what is stored; what was typed goes."""
        values = asdict(self.desk.village.settings.read())
        since = values["disclosure_since"]
        values["disclosure_since"] = date.fromisoformat(since) if since else None
        values["own_words"] = lines_of(values["own_words"] or {}, {})
        values["patterns"] = lines_of(values["patterns"] or {}, PATTERN_WORDS)
        self.form.set_values({one.name: values[one.name] for one in FIELDS})

    def save_settings(self) -> None:
        """Save all as one change; faults stand under their fields."""
        try:
            values = self.form.values()
            since = values["disclosure_since"]
            values["disclosure_since"] = since.isoformat() if since else ""
            values["own_words"] = words_of("own_words", values["own_words"], {})
            values["patterns"] = words_of("patterns", values["patterns"], PATTERN_WORDS)
            texts = {one.name for one in FIELDS if one.kind in {TEXT, LONG_TEXT}}
            written = {
                name: "" if name in texts and value is None else value
                for name, value in values.items()
            }
            self.desk.village.settings.write(**{k: v for k, v in written.items() if v is not None})
        except InvalidInput as error:
            self.form.set_faults(error.faults)
            return
        self.form.set_clean()
        self.desk.say("设置已存", self.desk.undo)

    def lay_out(self, narrow: bool) -> None:
        self.form.set_narrow(narrow)


def lines_of(values: Mapping[str, str], names: Mapping[str, str]) -> str:
    """Write pairs one a line as people read them: 公示：{简称}公示〔{年}〕{序号}号."""
    return "\n".join(f"{names.get(key, key)}：{value}" for key, value in values.items())


def words_of(field: str, text: str | None, names: Mapping[str, str]) -> dict[str, Any]:
    """Read pairs one a line; refuses a line that is no pair, or a name outside `names`."""
    known = {word: key for key, word in names.items()}
    found: dict[str, Any] = {}
    for line in (text or "").splitlines():
        if not line.strip():
            continue
        name, colon, value = line.replace(":", "：", 1).partition("：")
        key = known.get(name.strip(), name.strip() if not names else "")
        if not colon or not value.strip() or not key:
            offered = f"可以写的有：{'、'.join(known)}。" if names else ""
            message = f"“{line.strip()}”看不懂，要写成“名称：内容”。{offered}"
            raise InvalidInput([Fault(field, "no_pair", message)])
        found[key] = value.strip()
    return found
