"""Subsidies and aid: a list of who gets how much, checked against the register, handed out."""

from __future__ import annotations

from typing import ClassVar

from village_app.db.fields import Record, column
from village_app.domain.kinds import (
    BANK_ACCOUNT,
    DAY,
    DOCUMENT_NUMBER,
    FLAG,
    LONG_TEXT,
    MONEY,
    PERSON_NAME,
    PHONE,
    TEXT,
    Choice,
    Reference,
    options_of,
)

AID_KINDS = Choice(
    options_of(
        (
            ("farming", "惠农补贴"),
            ("old_age", "高龄津贴"),
            ("minimum", "低保"),
            ("disabled", "残疾人补贴"),
            ("hardship", "临时救助"),
            ("disaster", "救灾救济"),
            ("visit", "慰问"),
            ("other", "其他"),
        )
    )
)


class AidList(Record):
    """One round of a subsidy or aid: what, for which time, whose money, by which paper."""

    title: ClassVar[str] = "补贴名单"

    class Meta:
        table_name = "aid_list"

    name = column("名称", TEXT, required=True)
    kind = column("类别", AID_KINDS, required=True)
    period = column("期次", TEXT, required=True, hint="如：2026年度、2026年二季度")
    source = column("资金来源", TEXT)
    document = column("文号或依据", TEXT)
    standard = column("标准", TEXT, hint="如：每亩85元")
    paid_on = column("发放日期", DAY)
    note = column("备注", LONG_TEXT)


class AidLine(Record):
    """One person's line; who must not get it is taken out or kept with a reason, never erased."""

    title: ClassVar[str] = "补贴对象"

    class Meta:
        table_name = "aid_line"

    name = column("姓名", PERSON_NAME, required=True, sensitivity="personal")
    list_id = column("补贴名单", Reference("aid_list"), required=True, in_form=False)
    id_number = column("证件号码", DOCUMENT_NUMBER, sensitivity="personal")
    group_name = column("村民小组", TEXT)
    phone = column("电话", PHONE, sensitivity="personal")
    bank_account = column("银行账号", BANK_ACCOUNT, sensitivity="sensitive")
    quantity = column("面积或人数", TEXT)
    amount = column("金额", MONEY, required=True)
    note = column("备注", TEXT, sensitivity="personal")
    resident_id = column("居民", Reference("resident"), in_form=False)
    is_out = column("剔除", FLAG, default=False, in_form=False)
    reason = column("剔除或保留的原因", TEXT, in_form=False, sensitivity="personal")
    received_on = column("领取日期", DAY, in_form=False)
    received_by = column("签收人", PERSON_NAME, in_form=False, sensitivity="personal")
