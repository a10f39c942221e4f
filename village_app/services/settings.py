"""The village's own words, names and habits: declared once with defaults, changed as a change."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from village_app.db.journal import Change
from village_app.db.records.house import Setting
from village_app.domain.numbering import check_pattern
from village_app.domain.own_words import Wording, reword, wording_of
from village_app.domain.unreadable import Unreadable
from village_app.errors import Fault, InvalidInput
from village_app.services.session import Service, permitted

# What the form and the list of changes call each setting.
SETTING_LABELS = {
    "village": "村名",
    "short": "编号里的简称",
    "town": "镇街",
    "city": "市",
    "unit_word": "叫村还是社区",
    "party": "党组织",
    "committee": "村（居）委会全称",
    "supervision": "监督委员会",
    "collective": "集体经济组织",
    "association": "共治组织",
    "hall": "议事厅",
    "supervision_phone": "监督电话",
    "town_office": "镇里的主管部门",
    "town_phone": "镇里的电话",
    "reception_place": "接访地点",
    "reception_hours": "接访时间",
    "posting_place": "张贴的地方",
    "posting_day_counts": "张贴当天算第一天",
    "disclosure_since": "公开目录从哪天起提醒",
    "letterhead": "红头文件的抬头",
    "seal_diameter": "公章直径（毫米）",
    "stroke_custom": "笔画排序",
    "list_order": "名单怎么排",
    "idle_minutes": "几分钟没人动就锁屏",
    "own_words": "本村的叫法",
    "patterns": "编号样式",
    "is_sample": "是示范村",
}


@dataclass(frozen=True, slots=True)
class VillageSettings:
    """What the village calls itself and its bodies, and how it does things.

    `unit_word` is 村 or 社区; `short` stands in public numbers (隔村公示〔2026〕12号). Patterns use
    {简称} (隔村), {字头} (隔), {年} and {序号}. Lengths are mm, times minutes. What had to be
    published before the day `disclosure_since` (written 2026-11-24) is not reminded of: it hangs
    on paper from the time before the program.
    """

    village: str = ""
    town: str = ""
    city: str = "东莞市"
    unit_word: str = "村"
    short: str = ""
    committee: str = ""
    supervision: str = "村务监督委员会"
    party: str = ""
    collective: str = ""
    association: str = ""
    hall: str = "党群议事厅"
    supervision_phone: str = ""
    town_office: str = ""
    town_phone: str = ""
    reception_place: str = "党群服务中心一楼"
    reception_hours: str = "工作日8:30—12:00，14:30—17:30"
    posting_place: str = "村务公开栏"
    seal_diameter: int = 42
    posting_day_counts: bool = True
    stroke_custom: str = "surname"
    list_order: str = "household"
    idle_minutes: int = 10
    is_sample: bool = False
    disclosure_since: str = ""
    letterhead: str = ""
    letterhead_file: str = ""
    patterns: dict[str, str] | None = None
    own_words: dict[str, str] | None = None
    first_steps_done: dict[str, str] | None = None

    def place(self) -> str:
        """Give the place as the top bar shows it."""
        return " · ".join(part for part in (self.town, self.village) if part)

    def committee_name(self) -> str:
        """Give the committee's name as papers sign it."""
        if self.committee:
            return self.committee
        body = "居民委员会" if self.unit_word == "社区" else "村民委员会"
        stem = self.village.removesuffix("村") if self.unit_word == "村" else self.village
        return f"{stem}{body}" if self.village else body

    def board_since(self) -> date:
        """Give the day from which disclosure is reminded of; the first of all days if not set."""
        return date.fromisoformat(self.disclosure_since) if self.disclosure_since else date.min

    def word(self, standard: str) -> str:
        """Give the village's own word for a standard one (村民小组 → 片区)."""
        return reword(standard, self.wording())

    def wording(self) -> Wording:
        """Give standard and own words in pairs, for screens and papers."""
        return wording_of(self.unit_word, self.own_words)

    def pattern(self, series: str) -> str:
        """Give the number pattern of a series with the village's own name in it."""
        pattern = (self.patterns or {}).get(series) or DEFAULT_PATTERNS[series]
        short = self.short or self.village
        return pattern.replace("{简称}", short).replace("{字头}", short.removesuffix("村"))


DEFAULT_PATTERNS: dict[str, str] = {
    "notice": "{简称}公示〔{年}〕{序号}号",
    "announcement": "{简称}公告〔{年}〕{序号}号",
    "circular": "{简称}通〔{年}〕{序号}号",
    "disclosure": "{简称}公〔{年}〕{序号}号",
    "correction": "{简称}更正〔{年}〕{序号}号",
    "issue": "{字头}诉〔{年}〕{序号:4}号",
    "supervision_slip": "{字头}督〔{年}〕{序号}号",
    "reception": "{字头}访〔{年}〕{序号:4}号",
    "reply": "{字头}复〔{年}〕{序号}号",
    "resolution": "{简称}代决〔{年}〕{序号}号",
    "meeting": "{简称}会〔{年}〕{序号}号",
    "project": "{字头}项〔{年}〕{序号}号",
    "task": "{字头}任〔{年}〕{序号:3}号",
    "seal_use": "{字头}印〔{年}〕{序号:3}号",
    "form": "{字头}表〔{年}〕{序号:4}号",
    "objection": "{字头}异〔{年}〕{序号}号",
}


# A screen that never locks would show everybody what is on it.
LONGEST_IDLE = 60


def _pattern_faults(patterns: Mapping[str, str]) -> list[Fault]:
    """Check own number patterns; a series keeps giving each number once."""
    faults = []
    for pattern in patterns.values():
        try:
            check_pattern(pattern.replace("{简称}", "").replace("{字头}", ""))
        except Unreadable as error:
            faults.append(Fault("patterns", error.code, f"“{pattern}”：{error.message}"))
    return faults


class Settings(Service):
    """Reads and changes the village's settings."""

    @permitted("settings.read")
    def read(self) -> VillageSettings:
        """Give all settings, defaults where nothing was set; unknown old keys are left alone."""
        return self.session.kept.answer("settings", frozenset({"setting"}), self._stored)

    def _stored(self) -> VillageSettings:
        known = {field.name for field in fields(VillageSettings)}
        stored = {
            key: json.loads(value)
            for key, value in self.store.sql("SELECT key, value FROM setting")
            if key in known
        }
        return replace(VillageSettings(), **stored)

    @permitted("settings.edit")
    def write(self, **values: Any) -> VillageSettings:
        """Set some settings in one change; refuses names that are no settings."""
        with self.session.change("修改设置") as change:
            self.set_up(change, values)
        return self.read()

    def set_up(self, change: Change, values: Mapping[str, Any]) -> None:
        """Write settings within an open change (the set-up of a village)."""
        known = {field.name for field in fields(VillageSettings)}
        wrong = [
            Fault(name, "unknown_setting", f"没有“{name}”这项设置。")
            for name in values
            if name not in known
        ]
        wrong += _pattern_faults(values.get("patterns") or {})
        minutes = values.get("idle_minutes")
        if minutes is not None and not 1 <= minutes <= LONGEST_IDLE:
            sentence = f"锁屏的时间要在 1 到 {LONGEST_IDLE} 分钟之间。"
            wrong.append(Fault("idle_minutes", "idle_minutes", sentence))
        if wrong:
            raise InvalidInput(wrong)
        stored = {setting.key: setting for setting in self.store.rows(self.store.select(Setting))}
        for key, value in values.items():
            text = json.dumps(value, ensure_ascii=False)
            if key in stored:
                change.update(stored[key], value=text)
            else:
                change.insert(Setting(key=key, value=text))
