"""The cast of 示范村: three hundred invented people in ninety households of six groups.

Everything follows from a fixed seed and the day on which the sample is made, so that ages and
limits are always believable. Nobody here is real; the numbers are well formed and mean nobody.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from village_app.domain.identity import check_digit

PEOPLE, HOUSEHOLDS, GROUPS = 300, 90, 6
GROUP_WORDS = "一二三四五六"
_SURNAMES = "陈何黄梁叶钟邓袁谢莫罗曾苏温刘冯张赖杜林郭彭蔡韩邱潘朱尹周麦方骆江余丁范石严戴龙"
_RARE_SURNAMES = ("欧阳", "区", "单", "仇", "曾", "解")
_MEN = "志强国栋伟雄永康添福少华庆林润田炳坤启明海生建文家乐子轩嘉俊浩然锦泉耀祖树根"
_WOMEN = "丽珍秀娟桂芳惠玲玉珍带娣群好小燕秋月彩云月娥细妹凤英瑞莲美玲思敏欣怡雅婷少芬银好"
_STREETS = ("祠堂", "塘边", "市场", "学校", "牌坊", "荔枝园")
HEAD = (
    "户号",
    "姓名",
    "与户主关系",
    "性别",
    "身份证号",
    "出生日期",
    "民族",
    "联系电话",
    "村民小组",
    "住址",
    "政治面貌",
    "文化程度",
    "婚姻状况",
    "户籍性质",
    "居住状态",
    "集体经济组织成员",
)


@dataclass(frozen=True, slots=True)
class Member:
    """One of the cast as the roster writes him down."""

    household: str
    name: str
    relation: str
    is_woman: bool
    birth: date
    group: str
    address: str
    phone: str
    politics: str
    education: str
    lives: str
    serial: int

    def line(self) -> tuple[str, ...]:
        """Give the line of the roster."""
        first = f"441900{self.birth:%Y%m%d}{self.serial:03d}"
        wed = "未婚" if self.relation in {"子", "女", "孙子", "孙女"} else "已婚"
        return (
            self.household,
            self.name,
            self.relation,
            "女" if self.is_woman else "男",
            first + check_digit(first),
            self.birth.isoformat(),
            "汉族",
            self.phone,
            self.group,
            self.address,
            self.politics,
            self.education,
            wed,
            "本村户籍",
            self.lives,
            "是",
        )


class Cast:
    """Makes the people household by household."""

    def __init__(self, chance: Random, today: date) -> None:
        self._chance = chance
        self._today = today
        self._serial = 0

    def members(self) -> list[Member]:
        """Give everybody, heads first within their household."""
        found: list[Member] = []
        for number, size in enumerate(self._sizes()):
            found += self._household(number, size)
        return found

    def _sizes(self) -> list[int]:
        """Deal the people out: every household has one at least and six at most."""
        sizes = [1] * HOUSEHOLDS
        left = PEOPLE - HOUSEHOLDS
        while left:
            place = self._chance.randrange(HOUSEHOLDS)
            if sizes[place] < 6:
                sizes[place] += 1
                left -= 1
        return sizes

    def _household(self, number: int, size: int) -> Iterator[Member]:
        group = number * GROUPS // HOUSEHOLDS
        code = f"{group + 1}{number % (HOUSEHOLDS // GROUPS) + 1:03d}"
        address = f"{_STREETS[group]}路{number % (HOUSEHOLDS // GROUPS) * 2 + 1}号"
        surname = self._surname()
        age = self._chance.randrange(31, 72)
        woman_heads = self._chance.random() < 0.18
        for relation, is_woman, years in self._family(size, age, woman_heads=woman_heads):
            own = surname if relation not in {"配偶", "儿媳", "母亲"} else self._surname()
            yield self._member(code, own, relation, is_woman, years, group, address)

    def _family(self, size: int, age: int, *, woman_heads: bool) -> Iterator[tuple[str, bool, int]]:
        """Give relation, sex and age of each, the head first."""
        chance = self._chance
        people = [("户主", woman_heads, age)]
        if size > 1:
            people.append(("配偶", not woman_heads, age + chance.randrange(-4, 4)))
        while len(people) < size:
            kin = len(people)
            if kin == 5 and age < 62:
                people.append(("母亲", True, age + chance.randrange(21, 29)))
            elif kin == 4 and age > 52:
                is_girl = chance.random() < 0.5
                people.append(("孙女" if is_girl else "孙子", is_girl, chance.randrange(1, 9)))
            else:
                is_girl = chance.random() < 0.5
                years = max(1, age - chance.randrange(23, 33))
                people.append(("女" if is_girl else "子", is_girl, years))
        return iter(people)

    def _member(
        self,
        household: str,
        surname: str,
        relation: str,
        is_woman: bool,
        years: int,
        group: int,
        address: str,
    ) -> Member:
        chance = self._chance
        self._serial += 1
        serial = 2 * (self._serial + 100) + (0 if is_woman else 1)
        birth = self._today - timedelta(days=years * 365 + chance.randrange(20, 340))
        adult = years >= 18
        return Member(
            household=household,
            name=surname + self._given(is_woman=is_woman),
            relation=relation,
            is_woman=is_woman,
            birth=birth,
            group=f"第{GROUP_WORDS[group]}村民小组",
            address=address,
            phone=f"135000{self._serial:05d}" if adult and years < 85 else "",
            politics="中共党员" if adult and chance.random() < 0.13 else "群众" if adult else "",
            education=chance.choice(("小学", "初中", "初中", "高中", "大学专科")) if adult else "",
            lives="外出" if 19 < years < 45 and chance.random() < 0.2 else "常住",
            serial=serial % 1000,
        )

    def _surname(self) -> str:
        if self._chance.random() < 0.03:
            return self._chance.choice(_RARE_SURNAMES)
        return self._chance.choice(_SURNAMES)

    def _given(self, *, is_woman: bool) -> str:
        words = _WOMEN if is_woman else _MEN
        one = self._chance.choice(words)
        return one if self._chance.random() < 0.12 else one + self._chance.choice(words)


def roster(members: list[Member]) -> bytes:
    """Write the roster as a spreadsheet program saves plain text (UTF-8 with its mark)."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEAD)
    writer.writerows(member.line() for member in members)
    return text.getvalue().encode("utf-8-sig")
