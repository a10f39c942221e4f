"""A notice after it hangs: objections, prints, seals, blank forms, templates, the catalogue."""

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
    PHONE,
    TEXT,
    Choice,
    Reference,
    options_of,
)

OBJECTION_WAYS = Choice(
    options_of(
        (
            ("in_person", "当面"),
            ("telephone", "电话"),
            ("letter", "书面"),
            ("box", "意见箱"),
            ("hotline", "12345"),
        )
    )
)
OBJECTION_OUTCOMES = Choice(
    options_of(
        (
            ("kept", "维持原公示"),
            ("corrected", "更正后重新公示"),
            ("withdrawn", "撤销原公示"),
        )
    )
)
CATALOGUE_LEVELS = Choice(options_of((("party", "党务"), ("village", "村务"), ("money", "财务"))))
FREQUENCIES = Choice(
    options_of(
        (
            ("month", "每月"),
            ("quarter", "每季度"),
            ("half_year", "每半年"),
            ("year", "每年"),
            ("event", "随时"),
        )
    )
)
SEALS = Choice(
    options_of(
        (
            ("committee", "村民委员会章"),
            ("party", "党组织章"),
            ("supervision", "监委会章"),
            ("collective", "经联社章"),
            ("finance", "财务章"),
        )
    )
)


class Objection(Record):
    """What somebody said against a posted notice, how it was looked into, what was answered."""

    title: ClassVar[str] = "异议"

    class Meta:
        table_name = "objection"

    number = column("异议编号", TEXT, in_form=False)
    notice_id = column("关联公示", Reference("notice"), required=True, in_form=False)
    person = column(
        "提出人", PERSON_NAME, sensitivity="personal", hint="可以不写姓名", purpose="答复异议"
    )
    phone = column("联系方式", PHONE, sensitivity="personal", purpose="答复异议")
    way = column("提出方式", OBJECTION_WAYS, required=True)
    raised_on = column("提出日期", DAY, required=True)
    content = column("异议内容", LONG_TEXT, required=True, sensitivity="personal")
    received_by = column("受理人", PERSON_NAME, in_form=False)
    forwarded_on = column("转监委会日期", DAY)
    due_on = column("答复期限", DAY, in_form=False)
    finding = column("核查情况", LONG_TEXT, sensitivity="personal", in_form=False)
    is_founded = column("是否属实", FLAG, in_form=False)
    outcome = column("处理结果", OBJECTION_OUTCOMES, in_form=False)
    reply = column("答复", LONG_TEXT, sensitivity="personal", in_form=False)
    replied_on = column("答复日期", DAY, in_form=False)
    replied_by = column("答复人", PERSON_NAME, in_form=False)
    reply_way = column("答复方式", OBJECTION_WAYS, in_form=False)
    rule_id = column("适用规则", Reference("rule_set"), in_form=False)


class PrintRun(Record):
    """One printing: what, how many, where, by whom, and whether it had been printed before."""

    title: ClassVar[str] = "打印"

    class Meta:
        table_name = "print_run"

    paper = column("纸名", TEXT, required=True, sensitivity="personal")
    notice_id = column("公示", Reference("notice"))
    at = column("时间", MOMENT, required=True)
    user = column("打印人", PERSON_NAME, required=True)
    copies = column("份数", COUNT, required=True)
    pages = column("页数", COUNT)
    printer = column("打印机", TEXT, required=True)
    round = column("第几次", COUNT, required=True)
    batch = column("批次", TEXT)


class PrinterOffset(Record):
    """How far a printer prints beside the mark, in tenths of a millimetre; right and down are +."""

    title: ClassVar[str] = "打印机校正"

    class Meta:
        table_name = "printer_offset"

    printer = column("打印机", TEXT, required=True)
    right = column("向右", COUNT, required=True)
    down = column("向下", COUNT, required=True)


class SealUse(Record):
    """One use of a seal: which paper, how many copies, who asked, approved and sealed."""

    title: ClassVar[str] = "用印"

    class Meta:
        table_name = "seal_use"

    number = column("用印编号", TEXT, in_form=False)
    day = column("日期", DAY, required=True)
    paper = column("用印文件", TEXT, required=True)
    copies = column("份数", COUNT, required=True)
    seal = column("印章", SEALS, required=True, default="committee")
    asked_by = column("申请人", PERSON_NAME, required=True)
    approved_by = column("批准人", PERSON_NAME, required=True)
    sealed_by = column("盖章人", PERSON_NAME, required=True)
    note = column("备注", TEXT)
    notice_id = column("公示", Reference("notice"), in_form=False)


class BlankForm(Record):
    """One numbered blank form that was handed out and is expected back."""

    title: ClassVar[str] = "空白表"

    class Meta:
        table_name = "blank_form"

    number = column("编号", TEXT, required=True)
    form = column("表名", TEXT, required=True)
    printed_on = column("印出日期", DAY, required=True)
    printed_by = column("印制人", PERSON_NAME, required=True)
    given_to = column("发给", TEXT)
    returned_on = column("收回日期", DAY)
    void_reason = column("作废原因", TEXT)


class NoticeTemplate(Record):
    """The village's own text for a kind of notice: written in words, with places to fill in."""

    title: ClassVar[str] = "模板"

    class Meta:
        table_name = "notice_template"

    code = column("代号", TEXT, required=True, in_form=False)
    name = column("模板名称", TEXT, required=True)
    kind = column("文种", TEXT, required=True)
    heading = column("标题", TEXT, required=True)
    body = column("正文", LONG_TEXT, required=True)
    base = column("照哪个做的", TEXT, required=True, in_form=False)


class CatalogueItem(Record):
    """One line of the 村务公开目录: what, how often, by which rule, where it hangs."""

    title: ClassVar[str] = "公开目录"

    class Meta:
        table_name = "catalogue_item"

    code = column("代号", TEXT, required=True)
    level = column("类别", CATALOGUE_LEVELS, required=True)
    name = column("公开事项", TEXT, required=True)
    basis = column("公开依据", TEXT)
    frequency = column("公开频次", FREQUENCIES, required=True)
    timing = column("时限", TEXT)
    sheet = column("版式", TEXT)
    caution = column("个人信息", TEXT)
    body = column("公开主体", TEXT)
    place = column("公开渠道", TEXT)
    is_active = column("在用", FLAG, required=True, default=True)
    position = column("序号", COUNT, required=True)
