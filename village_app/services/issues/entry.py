"""Thinking along while a line is typed: who, where, what, which limit; said before? the same?"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from village_app.db.records.issues import Issue
from village_app.db.records.residents import Household, Resident
from village_app.domain.texts import compact
from village_app.services.issues.issues import Category, Issues
from village_app.services.issues.rights import visible
from village_app.services.rules import Rules
from village_app.services.session import Service, permitted

_SOURCES = (
    ("phone", ("来电", "电话")),
    ("reception", ("接访",)),
    ("visit", ("来访", "上门")),
    ("home", ("走访",)),
    ("patrol", ("巡查",)),
    ("wechat", ("微信",)),
    ("letterbox", ("意见箱",)),
)
_PLACE_WORDS = re.compile(
    r"[\u4e00-\u9fff]{0,4}(?:村前塘|祠堂|市场|广场|塘边|村道|路口|桥头|后巷|公园|学校|门口)"
    r"[边口旁前后里]?"
)
_GROUP = re.compile(r"([一二三四五六七八九十]{1,3}|\d{1,2})[组队]")
_CALLED = re.compile(r"([\u4e00-\u9fff])(?:伯|叔|婶|姨|婆|公|哥|姐|生|嫂|老师|先生|女士)")
_NAME_SPAN = (4, 3, 2)
_NAMED = (
    "SELECT id FROM resident WHERE name IN (SELECT value FROM json_each(?)) ORDER BY id LIMIT 50"
)


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a line was understood to say; blank where nothing was found."""

    text: str
    heading: str
    reporter: str = ""
    reporter_id: int | None = None
    called: str = ""
    group_id: int | None = None
    group: str = ""
    place: str = ""
    category: str = ""
    subcategory: str = ""
    source: str = "visit"
    limit: str = ""
    limit_label: str = ""

    def values(self) -> dict[str, Any]:
        """Give the fields of a matter as they were understood."""
        found = {
            "heading": self.heading,
            "content": self.text,
            "reporter": self.reporter or self.called or None,
            "reporter_id": self.reporter_id,
            "group_id": self.group_id,
            "place": self.place or None,
            "category": self.category or None,
            "subcategory": self.subcategory or None,
            "source": self.source,
        }
        if "匿名" in self.text:
            found["reporter_kind"] = "anonymous"
        return {name: value for name, value in found.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Group:
    """A group of the village that a line names."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A matter that may be the same: its id, number, heading, and how many days ago."""

    id: int
    number: str
    heading: str
    days_ago: int


@dataclass(frozen=True, slots=True)
class History:
    """How often a household came within a year, this time included, and the earlier matters."""

    count: int
    earlier: tuple[Issue, ...]

    def sentence(self) -> str:
        """Say it as the page does; blank for the first time."""
        return f"此户近一年第 {self.count} 次反映" if self.count > 1 else ""


class IssueEntry(Service):
    """Understands typed lines and remembers what was said before."""

    @permitted("issues.log")
    def understand(self, text: str) -> Understanding:
        """Read a line: person of the register, group, place, category with limit, how it came."""
        line = text.strip()
        group = self._group(line)
        person = self._person(line, group.id if group else None)
        category, child = self._category(line)
        limits = Issues(self.session).limits()
        limit = category.limit if category else ""
        called = _CALLED.search(line)
        return Understanding(
            text=line,
            heading=self._heading(line),
            reporter=person.name if person else "",
            reporter_id=person.id if person else None,
            called=called[0] if called and person is None else "",
            group_id=group.id if group else (person.group_id if person else None),
            group=group.name if group else "",
            place=_place(line),
            category=category.name if category else "",
            subcategory=child,
            source=next((code for code, words in _SOURCES if _has(line, words)), "visit"),
            limit=limit,
            limit_label=limits.get(limit, ""),
        )

    @permitted("issues.read")
    def history(self, household_id: int | None, before: datetime | None = None) -> History:
        """Count a household's matters within the days of the rule up to a moment, plus this one."""
        if household_id is None:
            return History(1, ())
        moment = before or self.session.now()
        days = Rules(self.session).on("issue_course")["history_days"]
        query = (
            self.store.select(Issue)
            .where(
                Issue.household_id == household_id,
                Issue.at < moment,
                Issue.at >= moment - timedelta(days=days),
                visible(self.session),
            )
            .order_by(Issue.at.desc())
        )
        earlier = tuple(self.store.rows(query))
        return History(len(earlier) + 1, earlier)

    @permitted("issues.read")
    def history_of_person(self, resident_id: int) -> History:
        """Count the matters of the household that a person belongs to."""
        person = self.store.find(Resident, resident_id)
        return self.history(person.household_id if person else None)

    @permitted("issues.read")
    def duplicates(self, understood: Understanding, *, but: int | None = None) -> list[Duplicate]:
        """Find open matters of the same category and place or group within the days of the rule."""
        if not understood.category:
            return []
        days = Rules(self.session).on("issue_course")["duplicate_days"]
        now = self.session.now()
        query = self.store.select(Issue).where(
            Issue.category == understood.category,
            Issue.at >= now - timedelta(days=days),
            Issue.state.not_in(("merged", "refused")),
            visible(self.session),
        )
        if understood.subcategory:
            query = query.where(Issue.subcategory == understood.subcategory)
        where = None
        if understood.place:
            where = Issue.place == understood.place
        if understood.group_id is not None:
            same_group = Issue.group_id == understood.group_id
            where = same_group if where is None else where | same_group
        if where is None:
            return []
        if but is not None:
            query = query.where(Issue.id != but)
        return [
            Duplicate(one.id, one.number, one.heading, (now - one.at).days)
            for one in self.store.rows(query.where(where).order_by(Issue.at.desc()).limit(3))
        ]

    def _group(self, line: str) -> Group | None:
        said = _GROUP.search(line)
        groups = self.session.kept.answer(
            "groups",
            frozenset({"place"}),
            lambda: self.store.sql("SELECT id, name FROM place WHERE kind = 'group'"),
        )
        for group_id, name in groups:
            if name in line or (said is not None and name.startswith(said[1])):
                return Group(group_id, name)
        return None

    def _person(self, line: str, group_id: int | None) -> Resident | None:
        """Find the person by a full name in the line, a phone's tail or a house number."""
        names = {line[at : at + size] for size in _NAME_SPAN for at in range(len(line) - size + 1)}
        ids = self.store.sql(_NAMED, (json.dumps(sorted(names), ensure_ascii=False),))
        found = [self.store.get(Resident, one) for (one,) in ids]
        if not found:
            found = self._by_typed_keys(line)
        if group_id is not None:
            found = [one for one in found if one.group_id == group_id] or found
        longest = max((len(one.name) for one in found), default=0)
        found = [one for one in found if len(one.name) == longest]
        return found[0] if len(found) == 1 else None

    def _by_typed_keys(self, line: str) -> list[Resident]:
        """Find by the first word: pinyin initials, a phone's tail, a household's number."""
        first = next(iter(line.split(maxsplit=1)), "")
        word = compact(first).lower()
        if len(word) < 2 or not word.isascii():
            return []
        condition = Resident.spellings.contains(f" {word} ")
        if word.isdigit() and len(word) >= 4:
            condition |= Resident.phone.endswith(word)
        households = self.store.select(Household, Household.head_id).where(
            Household.number == first
        )
        condition |= Resident.id.in_(households)
        return self.store.rows(self.store.select(Resident).where(condition).limit(5))

    def _category(self, line: str) -> tuple[Category | None, str]:
        categories = Issues(self.session).categories()
        for category in categories:
            for child, words in category.children:
                if _has(line, words):
                    return category, child
        for category in categories:
            if category.name in line:
                return category, ""
        return None, ""

    def _heading(self, line: str) -> str:
        longest = Rules(self.session).on("issue_course")["longest_heading"]
        said = re.split(r"[：:]", line, maxsplit=1)
        words = said[1].strip() if len(said) > 1 and said[1].strip() else line
        first = re.split(r"[，。；,;]", words, maxsplit=1)[0] or words
        return str(first[:longest])


def _has(line: str, words: tuple[str, ...]) -> bool:
    return any(word in line for word in words)


def _place(line: str) -> str:
    found = _PLACE_WORDS.search(line)
    if found is None:
        return ""
    # A name or a verb before the place is not part of it.
    return re.sub(r"^.*?(?=村前塘|祠堂|市场|村道)", "", found[0]) or found[0]
