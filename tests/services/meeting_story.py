"""The meeting of the three lamps: 45 representatives, 38 came, two items."""

from __future__ import annotations

from typing import Any

from village_app.db.records.meetings import AgendaItem, Meeting
from village_app.village import Village

_ROLL = (
    "卢锦泉 黄伟雄 梁秀娟 叶志坚 钟桂芳 邓永康 袁惠玲 谢添福 莫少华 "
    "罗顺娣 曾庆林 陈丽珍 何润田 苏玉珍 温国华 刘带娣 冯志强 张群好 "
    "赖金水 杜小燕 林耀祖 郭秀兰 彭树根 蔡银好 欧阳志明 韩丽芬 邱来发 "
    "潘月娥 朱伟文 尹细妹 周炳坤 麦桂香 方启明 骆凤英 江海生 余瑞莲 "
    "丁添财 范惠芳 石永安 严秋月 戴润发 龙彩云 万福来 柯小玲 白志成 "
)
NAMES = tuple(_ROLL.split())
LAMPS = "同意在村前塘环塘安装路灯24盏，预算52,000元，资金由镇级补助和村集体收入列支"


def seat_representatives(village: Village, first_day: str = "2024-01-10") -> None:
    village.bodies.seat_all(
        village.bodies.find("representatives"),
        [
            {
                "name": name,
                "office": "村民代表",
                "group_name": f"第{at % 6 + 1}组",
                "from_day": first_day,
                "sex": "女" if at % 2 else "男",
            }
            for at, name in enumerate(NAMES)
        ],
    )


def call_meeting(village: Village, **changes: Any) -> Meeting:
    facts = {
        "name": "2026年第一次村民代表会议",
        "day": "2026-03-12",
        "starts": "9:00",
        "chair": "梁秀娟",
        "recorder": "陈丽珍",
        "supervision": "村务监督委员会黄伟雄",
    }
    return village.meetings.call(village.bodies.find("representatives"), {**facts, **changes})


def put_items(village: Village, meeting: Meeting) -> tuple[AgendaItem, AgendaItem]:
    lamps = village.meetings.add_item(
        meeting,
        {"name": "村前塘路灯安装方案", "reporter": "何润田", "minutes": "20", "decision": LAMPS},
    )
    pay = village.meetings.add_item(
        meeting, {"name": "误工补贴标准调整方案", "reporter": "叶志坚", "minutes": "30"}
    )
    return lamps, pay


def check_in(village: Village, meeting: Meeting, count: int = 38) -> None:
    for mark in village.attendance.roster(meeting)[:count]:
        village.attendance.mark(mark, "present")
