"""Projects from the first idea to the end of the warranty: card, money, contract, papers."""

from __future__ import annotations

from typing import ClassVar

from village_app.db.fields import Record, column
from village_app.domain.kinds import (
    BANK_ACCOUNT,
    COUNT,
    CREDIT_CODE,
    DAY,
    FLAG,
    LONG_TEXT,
    MONEY,
    PERSON_NAME,
    SHARE,
    TEXT,
    Choice,
    Reference,
    options_of,
)

CATEGORIES = Choice(
    options_of(
        (
            ("road", "道路桥梁"),
            ("lighting", "路灯亮化"),
            ("water", "供水排水"),
            ("environment", "环境整治"),
            ("building", "房屋场馆"),
            ("culture", "文体设施"),
            ("farming", "农田水利"),
            ("safety", "安全设施"),
            ("purchase", "设备采购"),
            ("other", "其他"),
        )
    )
)
METHODS = Choice(
    options_of(
        (
            ("compare", "三家比价"),
            ("platform", "平台交易"),
            ("open_tender", "公开招标"),
            ("invited_tender", "邀请招标"),
            ("negotiation", "竞争性谈判"),
            ("urgent", "应急"),
        )
    )
)
STATES = Choice(
    options_of(
        (
            ("running", "进行中"),
            ("paused", "暂停"),
            ("done", "已完成"),
            ("cancelled", "已取消"),
        )
    )
)
SOURCE_KINDS = Choice(
    options_of(
        (
            ("higher", "上级补助"),
            ("town", "镇级补助"),
            ("collective", "村集体收入"),
            ("donation", "捐赠"),
            ("raised", "村民自筹"),
            ("other", "其他"),
        )
    )
)
PAYEE_KINDS = Choice(options_of((("unit", "单位"), ("person", "个人"))))
PAYMENT_KINDS = Choice(
    options_of(
        (
            ("advance", "预付款"),
            ("progress", "进度款"),
            ("acceptance", "验收款"),
            ("final", "结算尾款"),
            ("retention", "退还质保金"),
        )
    )
)
PAYMENT_STATES = Choice(
    options_of(
        (
            ("requested", "待审批"),
            ("approved", "已批准"),
            ("paid", "已付"),
            ("cancelled", "已撤销"),
        )
    )
)


class Project(Record):
    """One project's card: what, where, why, for whom, who, when, for how much."""

    title: ClassVar[str] = "项目"

    class Meta:
        table_name = "project"

    name = column("项目名称", TEXT, required=True)
    number = column("项目编号", TEXT, in_form=False)
    state = column("状态", STATES, required=True, default="running")
    category = column("类别", CATEGORIES)
    place = column("地点", TEXT)
    content = column("做什么", LONG_TEXT)
    scale = column("规模", TEXT)
    reason = column("为什么", LONG_TEXT)
    benefit = column("谁受益", TEXT)
    people_served = column("受益人数", COUNT)
    basis = column("立项依据", TEXT, hint="决议编号，如 隔村代决〔2026〕1号")
    basis_table = column("依据来自", TEXT, in_form=False)
    basis_id = column("依据记录", COUNT, in_form=False)
    source_table = column("来自", TEXT, in_form=False)
    source_id = column("来自记录", COUNT, in_form=False)
    budget = column("预算", MONEY, required=True, synonyms=("项目总投资", "总投资"))
    ceiling = column("最高限价", MONEY)
    method = column("采购方式", METHODS)
    responsible = column("负责人", PERSON_NAME)
    supervisor = column("监委会监督人", PERSON_NAME)
    monitor = column("村民监督员", PERSON_NAME)
    proposed_on = column("提出日期", DAY)
    decided_on = column("议定日期", DAY)
    approved_on = column("立项日期", DAY)
    tendered_on = column("比价或招标日期", DAY)
    chosen_on = column("选定日期", DAY)
    planned_start = column("计划开工", DAY)
    planned_end = column("计划竣工", DAY)
    started_on = column("开工日期", DAY)
    progress = column("形象进度", SHARE)
    keeper = column("管护责任人", PERSON_NAME)
    kept_from = column("移交管护日期", DAY)
    bid_bond = column("投标保证金", MONEY)
    bid_bond_returned_on = column("投标保证金退还日期", DAY)
    wages_notice_on = column("农民工工资专户公示日期", DAY)
    wages_closed_on = column("农民工工资专户注销日期", DAY)


class FundingSource(Record):
    """Where a part of the budget comes from; all parts add up to the budget."""

    title: ClassVar[str] = "资金来源"

    class Meta:
        table_name = "funding_source"

    name = column("资金来源", TEXT, required=True)
    project_id = column("项目", Reference("project"), required=True, in_form=False)
    kind = column("类别", SOURCE_KINDS, required=True)
    amount = column("金额", MONEY, required=True)
    document = column("文号或依据", TEXT)
    note = column("备注", TEXT)


class Quotation(Record):
    """A firm's offer; exactly one is chosen, with the reason."""

    title: ClassVar[str] = "报价"

    class Meta:
        table_name = "quotation"

    firm = column("报价单位", TEXT, required=True)
    project_id = column("项目", Reference("project"), required=True, in_form=False)
    credit_code = column("统一社会信用代码", CREDIT_CODE)
    price = column("报价", MONEY, required=True)
    day = column("报价日期", DAY)
    is_chosen = column("选定", FLAG, default=False, in_form=False)
    reason = column("选定理由", TEXT, in_form=False)
    note = column("备注", TEXT)


class Contract(Record):
    """What was promised; changes are kept beside it and never written over it."""

    title: ClassVar[str] = "合同"

    class Meta:
        table_name = "contract"

    number = column("合同编号", TEXT)
    project_id = column("项目", Reference("project"), required=True, in_form=False)
    firm = column("承包人", TEXT, required=True)
    credit_code = column("统一社会信用代码", CREDIT_CODE)
    representative = column("法定代表人", PERSON_NAME)
    account = column("收款账号", BANK_ACCOUNT, sensitivity="personal")
    amount = column("合同价", MONEY, required=True)
    price_reason = column("合同价与选定报价不同的原因", TEXT)
    signed_on = column("签订日期", DAY, required=True)
    starts_on = column("工期开始", DAY)
    ends_on = column("工期结束", DAY)
    terms = column("付款条件", LONG_TEXT)
    retention_share = column("质保金比例", SHARE)
    defects_months = column("缺陷责任期（月）", COUNT)
    bond = column("履约保证金", MONEY)


class PaymentPlan(Record):
    """A payment that the contract foresees: node, share or amount, when it is due."""

    title: ClassVar[str] = "付款节点"

    class Meta:
        table_name = "payment_plan"

    label = column("节点", TEXT, required=True)
    project_id = column("项目", Reference("project"), required=True, in_form=False)
    kind = column("款项", PAYMENT_KINDS, required=True)
    amount = column("应付金额", MONEY, required=True)
    progress = column("形象进度", SHARE)
    due_on = column("到期日", DAY)


class ChangeOrder(Record):
    """A change of the contract's sum; counts when approved."""

    title: ClassVar[str] = "变更"

    class Meta:
        table_name = "change_order"

    number = column("变更单号", TEXT)
    project_id = column("项目", Reference("project"), required=True, in_form=False)
    reason = column("变更原因", LONG_TEXT, required=True)
    amount = column("增减金额", MONEY, required=True)
    day = column("变更日期", DAY, required=True)
    approved_by = column("批准人", PERSON_NAME, in_form=False)
    approved_on = column("批准日期", DAY, in_form=False)
    decision = column("再次议决的决议号", TEXT)


class Payment(Record):
    """One payment of a project; when paid it stands in the ledger once, linked by its id."""

    title: ClassVar[str] = "付款"

    class Meta:
        table_name = "payment"

    label = column("款项", TEXT, required=True)
    project_id = column("项目", Reference("project"), required=True, in_form=False)
    kind = column("款项类别", PAYMENT_KINDS, required=True)
    state = column("状态", PAYMENT_STATES, required=True, default="requested", in_form=False)
    amount = column("金额", MONEY, required=True)
    deduction = column("扣款", MONEY)
    day = column("付款日期", DAY)
    payee = column("收款单位", TEXT, required=True)
    payee_kind = column("收款方类别", PAYEE_KINDS, default="unit")
    payee_account = column("收款账号", BANK_ACCOUNT, sensitivity="personal")
    invoice = column("票据号", TEXT)
    voucher = column("凭证号", TEXT)
    handler = column("经手人", PERSON_NAME)
    witness = column("证明人", PERSON_NAME)
    approver = column("审批人", PERSON_NAME)
    note = column("备注", TEXT)
    requested_by = column("申请人", TEXT, in_form=False)


class Acceptance(Record):
    """The acceptance of the works: who was there, what they found, what was to be mended."""

    title: ClassVar[str] = "验收"

    class Meta:
        table_name = "acceptance"

    day = column("验收日期", DAY, required=True)
    project_id = column("项目", Reference("project"), required=True, in_form=False)
    attendees = column("参加人", LONG_TEXT, required=True)
    villagers = column("村民代表", TEXT)
    supervision = column("监委会成员", TEXT)
    passed = column("合格", FLAG, required=True)
    volume = column("完成工程量", TEXT)
    conclusion = column("验收结论", LONG_TEXT, required=True)
    remedy = column("整改要求", LONG_TEXT)
    remedied_on = column("整改完成日期", DAY)


class Settlement(Record):
    """The settlement: submitted and approved sum, retention and its end."""

    title: ClassVar[str] = "结算"

    class Meta:
        table_name = "settlement"

    day = column("结算日期", DAY, required=True)
    project_id = column("项目", Reference("project"), required=True, in_form=False)
    submitted = column("送审价", MONEY, required=True)
    approved = column("审定价", MONEY, required=True)
    auditor = column("审价单位", TEXT)
    retention_share = column("质保金比例", SHARE, required=True)
    retention = column("质保金", MONEY, required=True, in_form=False)
    retention_due = column("质保期到期", DAY)
    note = column("备注", TEXT)


class ProjectPaper(Record):
    """A paper of a stage that is there: on file, with its number; scans are attached to it."""

    title: ClassVar[str] = "项目材料"

    class Meta:
        table_name = "project_paper"

    name = column("材料", TEXT, required=True)
    project_id = column("项目", Reference("project"), required=True, in_form=False)
    stage = column("环节", TEXT, required=True)
    day = column("日期", DAY)
    number = column("编号", TEXT)
    kept_at = column("存放处", TEXT)
    source_table = column("来自", TEXT, in_form=False)
    source_id = column("来自记录", COUNT, in_form=False)
