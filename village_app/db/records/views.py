"""What people keep of their own way of looking: named filters of lists, and reports that return."""

from __future__ import annotations

from typing import ClassVar

from village_app.db.fields import Record, column
from village_app.domain.kinds import DAY, FLAG, LONG_TEXT, TEXT, Choice, options_of

PERIOD_KINDS = Choice(options_of((("month", "月"), ("quarter", "季度"), ("year", "年"))))


class SavedView(Record):
    """A list as somebody left it under a name: its filters, columns and order, as JSON."""

    title: ClassVar[str] = "常用筛选"

    class Meta:
        table_name = "saved_view"

    name = column("名称", TEXT, required=True)
    page = column("栏目", TEXT, required=True, in_form=False)
    owner = column("谁存的", TEXT, required=True, in_form=False)
    role = column("角色", TEXT, in_form=False)
    shared = column("同角色的人也看得到", FLAG, default=True)
    content = column("内容", LONG_TEXT, required=True, in_form=False)


class SavedReport(Record):
    """A report under a name: which one, of which period it was last; the next one by a click."""

    title: ClassVar[str] = "常用报表"

    class Meta:
        table_name = "saved_report"

    name = column("名称", TEXT, required=True)
    report = column("报表", TEXT, required=True, in_form=False)
    period_kind = column("期间", PERIOD_KINDS, required=True)
    period_from = column("期间起", DAY, required=True)
    text = column("文字", LONG_TEXT, in_form=False)
