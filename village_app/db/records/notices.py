"""Papers for the wall: notices with their life, and what was said against them."""

from __future__ import annotations

from typing import ClassVar

from village_app.db.fields import Record, column
from village_app.domain.kinds import (
    COUNT,
    DAY,
    LONG_TEXT,
    MOMENT,
    PERSON_NAME,
    TEXT,
    Choice,
    Reference,
    options_of,
)

NOTICE_KINDS = Choice(
    options_of(
        (
            ("publicity", "公示"),
            ("announcement", "公告"),
            ("circular", "通知"),
            ("bulletin", "通报"),
            ("disclosure", "公开表"),
            ("correction", "更正"),
            ("result", "结果公示"),
            ("letter", "告知书"),
            ("statement", "期满说明"),
        )
    )
)
NOTICE_STATES = Choice(
    options_of(
        (
            ("draft", "草稿"),
            ("checking", "监委会审核中"),
            ("returned", "退回修改"),
            ("approved", "已签发"),
            ("posted", "公示中"),
            ("objected", "异议处理中"),
            ("expired", "公示期满"),
            ("archived", "已归档"),
            ("withdrawn", "已撤下"),
            ("void", "已作废"),
        )
    )
)
# Which number series a kind of notice takes its number from.
SERIES_OF_KIND = {
    "publicity": "notice",
    "announcement": "announcement",
    "circular": "circular",
    "bulletin": "circular",
    "disclosure": "disclosure",
    "correction": "correction",
    "result": "notice",
    "letter": "circular",
    "statement": "notice",
}


class Notice(Record):
    """One paper for the wall from the first draft to the archive.

    `paper` is the draft's value as JSON; at publishing it is frozen in `frozen` together with the
    fingerprint of it, and PDF and xlsx are kept as attachments. A frozen notice never changes.
    """

    title: ClassVar[str] = "公示"

    class Meta:
        table_name = "notice"

    heading = column("标题", TEXT, required=True)
    kind = column("文种", NOTICE_KINDS, required=True)
    number = column("编号", TEXT, in_form=False)
    state = column("状态", NOTICE_STATES, required=True, default="draft", in_form=False)
    policy = column("脱敏规则", TEXT, required=True)
    catalogue_code = column("公开目录", TEXT)
    period_label = column("所属期间", TEXT)
    source_table = column("来自", TEXT, in_form=False)
    source_id = column("来自记录", COUNT, in_form=False)
    paper = column("内容", LONG_TEXT, required=True, sensitivity="personal", in_form=False)
    issuer = column("落款", TEXT)
    contact = column("联系", TEXT)
    period_days = column("公示天数", COUNT)
    period_unit = column("按", Choice(options_of((("day", "日"), ("work_day", "工作日")))))
    period_from = column("公示开始", DAY)
    period_to = column("公示截止", DAY)
    rule_id = column("适用规则", Reference("rule_set"), in_form=False)
    place = column("张贴地点", TEXT)
    drafted_by = column("起草", PERSON_NAME, in_form=False)
    checked_by = column("审核", PERSON_NAME, in_form=False)
    checked_at = column("审核时间", MOMENT, in_form=False)
    opinion = column("审核意见", LONG_TEXT, in_form=False)
    approved_by = column("签发", PERSON_NAME, in_form=False)
    approved_at = column("签发时间", MOMENT, in_form=False)
    posted_by = column("张贴", PERSON_NAME, in_form=False)
    published_at = column("发布时间", MOMENT, in_form=False)
    taken_down_on = column("撤下日期", DAY, in_form=False)
    frozen = column("定稿内容", LONG_TEXT, sensitivity="personal", in_form=False)
    fingerprint = column("内容指纹", TEXT, in_form=False)
    code = column("验证码", TEXT, in_form=False)
    journal_head = column("留痕封印", TEXT, in_form=False)
    corrects_id = column("更正", Reference("notice"), in_form=False)
    reason = column("更正或作废原因", LONG_TEXT, in_form=False)
    template = column("模板", TEXT, in_form=False)


class PrivacyReview(Record):
    """What the privacy gate found when a paper went out, and who let through what, and why."""

    title: ClassVar[str] = "脱敏审核"

    class Meta:
        table_name = "privacy_review"

    notice_id = column("公示", Reference("notice"))
    at = column("时间", MOMENT, required=True)
    user = column("经手人", TEXT, required=True)
    policy = column("规则", TEXT, required=True)
    findings = column("检查结果", LONG_TEXT, required=True)
    second_user = column("放行人", TEXT)
    reason = column("放行原因", LONG_TEXT)
    fingerprint = column("内容指纹", TEXT)
