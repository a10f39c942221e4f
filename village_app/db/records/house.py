"""The house's own records: accounts, settings, issued numbers, rules, holidays, attachments."""

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
    options_of,
)


class UserAccount(Record):
    """Who may sign in; the key file holds the key slot of the same sign-in name."""

    title: ClassVar[str] = "用户"

    class Meta:
        table_name = "user_account"

    name = column("登录名", TEXT, required=True)
    full_name = column("姓名", PERSON_NAME, required=True)
    # One or more roles joined by "+": a small village has one person for several desks.
    role = column("角色", TEXT, required=True)
    is_active = column("可登录", FLAG, default=True)
    must_change_password = column("下次登录改密码", FLAG, default=False)


class Setting(Record):
    """One of the village's settings, as JSON; declared with defaults in services/settings.py."""

    title: ClassVar[str] = "设置"

    class Meta:
        table_name = "setting"

    key = column("项目", TEXT, required=True)
    value = column("内容", LONG_TEXT, required=True)


class IssuedNumber(Record):
    """A public number given out: 隔村公示〔2026〕12号. It is used or void, and never gone."""

    title: ClassVar[str] = "编号"
    undone_as: ClassVar[dict[str, object] | None] = {"state": "void"}

    class Meta:
        table_name = "issued_number"

    text = column("编号", TEXT, required=True)
    series = column("号段", TEXT, required=True)
    year = column("年份", COUNT, required=True)
    serial = column("序号", COUNT, required=True)
    state = column(
        "状态",
        Choice(options_of((("used", "已用"), ("reserved", "已预留"), ("void", "作废")))),
        required=True,
        default="used",
    )
    table_name = column("用于", TEXT)
    record_id = column("记录", COUNT)
    reason = column("作废原因", TEXT)


class RuleSet(Record):
    """A rule with its source and days of validity; parameters as JSON, editable by the village."""

    title: ClassVar[str] = "规则"

    class Meta:
        table_name = "rule_set"

    code = column("规则", TEXT, required=True)
    name = column("名称", TEXT, required=True)
    region = column("适用地区", TEXT)
    basis = column("依据", TEXT)
    effective_from = column("起", DAY)
    effective_to = column("止", DAY)
    parameters = column("参数", LONG_TEXT, required=True)


class Holiday(Record):
    """A day that is off or worked against the week's order, from the yearly announcement."""

    title: ClassVar[str] = "节假日"

    class Meta:
        table_name = "holiday"

    day = column("日期", DAY, required=True)
    is_off = column("放假", FLAG, required=True)
    name = column("名称", TEXT)
    source = column("来源", TEXT)


class Attachment(Record):
    """A file beside a record; its content lies encrypted under its fingerprint, stored once."""

    title: ClassVar[str] = "附件"

    class Meta:
        table_name = "attachment"

    name = column("文件名", TEXT, required=True, sensitivity="personal")
    table_name = column("所属", TEXT, required=True)
    record_id = column("记录", COUNT, required=True)
    fingerprint = column("指纹", TEXT, required=True)
    size = column("大小", COUNT, required=True)
    media_type = column("类型", TEXT)
    caption = column("说明", TEXT)
    purpose = column("用途", TEXT)
    taken_at = column("拍摄时间", MOMENT)
