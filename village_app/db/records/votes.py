"""Votes as they were taken: the counts, who could vote then, and the rule that judged them."""

from __future__ import annotations

from typing import ClassVar

from village_app.db.fields import Record, column
from village_app.domain.kinds import (
    COUNT,
    DAY,
    FLAG,
    LONG_TEXT,
    MOMENT,
    PERSON_NAME,
    TEXT,
    Choice,
    Reference,
    options_of,
)

VOTE_KINDS = Choice(
    options_of(
        (
            ("hands", "举手"),
            ("oral", "口头"),
            ("roll", "点名"),
            ("ballot", "无记名投票"),
            ("household", "入户签名"),
        )
    )
)
VERDICTS = Choice(
    options_of((("carried", "通过"), ("not_carried", "未通过"), ("below_quorum", "未达法定人数")))
)
CHOICES = Choice(options_of((("yes", "赞成"), ("no", "反对"), ("abstain", "弃权"))))
STANDINGS = Choice(options_of((("voter", "参加表决"), ("recused", "回避"))))


class Vote(Record):
    """The vote of one item with its own 应到 and 实到; never changed, only taken back whole."""

    title: ClassVar[str] = "表决"

    class Meta:
        table_name = "vote"

    text = column("表决内容", LONG_TEXT, required=True)
    item_id = column("议题", Reference("agenda_item"), required=True, in_form=False)
    kind = column("表决方式", VOTE_KINDS, required=True)
    at = column("表决时间", MOMENT, required=True, in_form=False)
    entitled = column("应到", COUNT, required=True)
    present = column("实到", COUNT, required=True)
    recused = column("回避", COUNT, required=True)
    absent = column("未到", COUNT, required=True)
    in_favour = column("赞成", COUNT)
    against = column("反对", COUNT)
    abstained = column("弃权", COUNT)
    issued = column("发出", COUNT)
    returned = column("收回", COUNT)
    valid = column("有效", COUNT)
    invalid = column("无效", COUNT)
    rule_id = column("规则", COUNT, required=True, in_form=False)
    attendance_needed = column("须到", COUNT, required=True)
    votes_needed = column("须赞成", COUNT, required=True)
    base = column("计票基数", COUNT, required=True)
    verdict = column("结果", VERDICTS, required=True)


class Voter(Record):
    """Who was there at a vote: as a voter (with the choice at a roll call) or standing aside."""

    title: ClassVar[str] = "到会表决人"

    class Meta:
        table_name = "voter"

    name = column("姓名", PERSON_NAME, required=True)
    vote_id = column("表决", Reference("vote"), required=True, in_form=False)
    mark_id = column("签到", Reference("attendance_mark"), required=True, in_form=False)
    standing = column("表决资格", STANDINGS, required=True)
    choice = column("意见", CHOICES)


class HouseholdStatement(Record):
    """What a household said in writing; the last one before the deadline counts."""

    title: ClassVar[str] = "户的意见"

    class Meta:
        table_name = "household_statement"

    household = column("户", TEXT, required=True)
    item_id = column("议题", Reference("agenda_item"), required=True, in_form=False)
    group_name = column("小组", TEXT)
    choice = column("意见", CHOICES, required=True)
    day = column("签名日期", DAY, required=True)
    signer = column("签名人", PERSON_NAME)
    text_digest = column("表决内容指纹", TEXT, required=True, in_form=False)
    is_withdrawn = column("已撤回", FLAG, default=False, in_form=False)
