"""Around the ledger: approvals, the year's budget, assets with their leases, questions, visits."""

from __future__ import annotations

from typing import ClassVar

from village_app.db.fields import Record, column
from village_app.domain.kinds import (
    COUNT,
    DAY,
    FLAG,
    LONG_TEXT,
    MOMENT,
    MONEY,
    PERSON_NAME,
    PHONE,
    TEXT,
    Choice,
    Reference,
    options_of,
)


class Approval(Record):
    """One signature under a payment: which step, who, when; never by who asked for it."""

    title: ClassVar[str] = "审批"

    class Meta:
        table_name = "approval"

    step = column("环节", TEXT, required=True)
    about_table = column("审批的是", TEXT, required=True)
    about_id = column("审批记录", COUNT, required=True)
    user = column("登录名", TEXT, required=True)
    full_name = column("审批人", PERSON_NAME, required=True)
    at = column("时间", MOMENT, required=True)
    agrees = column("同意", FLAG, required=True)
    opinion = column("意见", LONG_TEXT)


class BudgetLine(Record):
    """What a year's budget gives to an account; compared with the ledger."""

    title: ClassVar[str] = "预算"

    class Meta:
        table_name = "budget_line"

    year = column("年度", COUNT, required=True)
    account_id = column("科目", Reference("ledger_account"), required=True)
    planned = column("年初预算", MONEY, required=True)
    adjusted = column("调整后预算", MONEY)
    note = column("差异说明", TEXT)


class Asset(Record):
    """Something the collective owns: a building, a pond, a field, a machine."""

    title: ClassVar[str] = "资产资源"

    class Meta:
        table_name = "asset"

    name = column("名称", TEXT, required=True)
    kind = column(
        "类别", Choice(options_of((("asset", "资产"), ("resource", "资源")))), required=True
    )
    quantity = column("数量", TEXT)
    place = column("坐落", TEXT)
    area = column("面积", TEXT)
    value = column("价值", MONEY)
    keeper = column("保管或使用人", TEXT)
    acquired_on = column("取得日期", DAY)
    is_active = column("在册", FLAG, default=True)
    note = column("备注", TEXT)


class Lease(Record):
    """A lease of an asset; rent falls due every `months` from the first due day on."""

    title: ClassVar[str] = "租赁"

    class Meta:
        table_name = "lease"

    tenant = column("承租人", TEXT, required=True, sensitivity="personal")
    asset_id = column("资产资源", Reference("asset"), required=True, in_form=False)
    number = column("合同编号", TEXT)
    starts_on = column("起租日期", DAY, required=True)
    ends_on = column("到期日期", DAY, required=True)
    yearly_rent = column("年租金", MONEY, required=True)
    months = column("几个月一交", COUNT, required=True)
    first_due = column("首次交租日期", DAY, required=True)
    deposit = column("押金", MONEY)
    ended_on = column("提前终止日期", DAY)
    note = column("备注", TEXT)


class Question(Record):
    """A villager's question about a project or notice, and the reply that is due."""

    title: ClassVar[str] = "疑问"

    class Meta:
        table_name = "question"

    text = column("问什么", LONG_TEXT, required=True)
    about_table = column("关于", TEXT, required=True, in_form=False)
    about_id = column("关于记录", COUNT, required=True, in_form=False)
    asker = column("提问人", PERSON_NAME, sensitivity="personal", hint="不愿留名的可以空着")
    contact = column("联系方式", PHONE, sensitivity="sensitive")
    way = column(
        "方式",
        Choice(
            options_of(
                (
                    ("visit", "当面"),
                    ("phone", "电话"),
                    ("letter", "书面"),
                    ("box", "意见箱"),
                    ("hotline", "12345"),
                )
            )
        ),
        default="visit",
    )
    asked_on = column("提出日期", DAY, required=True)
    due_on = column("答复期限", DAY, required=True, in_form=False)
    rule_id = column("适用规则", Reference("rule_set"), in_form=False)
    reply = column("答复", LONG_TEXT, in_form=False)
    result = column("结果", TEXT, in_form=False)
    replied_on = column("答复日期", DAY, in_form=False)
    replied_by = column("答复人", PERSON_NAME, in_form=False)


class SupervisionVisit(Record):
    """The supervision committee's look at a running project: tender, progress, quality, money."""

    title: ClassVar[str] = "监督记录"

    class Meta:
        table_name = "supervision_visit"

    day = column("监督日期", DAY, required=True)
    project_id = column("项目", Reference("project"), required=True, in_form=False)
    visitors = column("监督人", TEXT, required=True)
    procurement = column("招投标", TEXT)
    progress = column("进度", TEXT)
    quality = column("质量", TEXT)
    money = column("资金", TEXT)
    advice = column("意见", LONG_TEXT)
    answer = column("整改情况", LONG_TEXT)
