"""Money with a purpose of its own, pay of those who hold office, and rules for payees."""

from __future__ import annotations

from typing import ClassVar

from village_app.db.fields import Record, column
from village_app.domain.kinds import (
    DAY,
    MONEY,
    MONTH,
    PERSON_NAME,
    TEXT,
    Choice,
    Reference,
    options_of,
)

FUND_KINDS = Choice(
    options_of(
        (
            ("land", "征地补偿"),
            ("grant", "专项补助"),
            ("raised", "一事一议筹资"),
            ("relief", "救灾救济"),
            ("donation", "定向捐赠"),
            ("other", "其他"),
        )
    )
)
RULE_SIDES = Choice(options_of((("both", "收和支"), ("in", "只看收入"), ("out", "只看支出"))))


class SpecialFund(Record):
    """Money given for one purpose; its entries in the ledger name it, so that all adds up."""

    title: ClassVar[str] = "专项资金"

    class Meta:
        table_name = "special_fund"

    name = column("名称", TEXT, required=True)
    kind = column("类别", FUND_KINDS, required=True)
    source = column("拨款单位", TEXT)
    document = column("文号或依据", TEXT)
    granted = column("应拨金额", MONEY)
    day = column("下达日期", DAY)
    purpose = column("用途", TEXT, required=True)
    note = column("备注", TEXT)


class OfficialPay(Record):
    """What somebody who holds an office got for one month."""

    title: ClassVar[str] = "干部报酬"

    class Meta:
        table_name = "official_pay"

    name = column("姓名", PERSON_NAME, required=True)
    post = column("职务", TEXT, required=True)
    month = column("月份", MONTH, required=True)
    basic = column("基本报酬", MONEY, required=True)
    merit = column("绩效报酬", MONEY)
    allowance = column("补贴", MONEY)
    deduction = column("扣款", MONEY)
    note = column("备注", TEXT)


class PayeeRule(Record):
    """Where lines of an import go whose payee or words hold one of these words."""

    title: ClassVar[str] = "收付款人规则"

    class Meta:
        table_name = "payee_rule"

    words = column("收付款人或摘要里的词", TEXT, required=True, hint="几个词用顿号隔开，有一个就算")
    side = column("收支", RULE_SIDES, required=True, default="both")
    account_id = column("记到科目", Reference("ledger_account"), required=True, in_form=False)
    project_id = column("归到项目", Reference("project"), in_form=False)
    note = column("备注", TEXT)
