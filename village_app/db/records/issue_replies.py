"""答复意见: letters that answer matters, numbered, with their words as they went out."""

from __future__ import annotations

from typing import ClassVar

from village_app.db.fields import Record, column
from village_app.domain.kinds import DAY, LONG_TEXT, MOMENT, TEXT, Reference


class IssueReply(Record):
    """A numbered letter to the one who reported a matter; its words stay as they went out."""

    title: ClassVar[str] = "答复意见"

    class Meta:
        table_name = "issue_reply"

    number = column("编号", TEXT, in_form=False)
    issue_id = column("诉求", Reference("issue"), required=True, in_form=False)
    heading = column("标题", TEXT, required=True)
    addressee = column("称呼", TEXT, required=True, sensitivity="personal")
    text = column("答复内容", LONG_TEXT, required=True, sensitivity="personal")
    signed_on = column("落款日期", DAY, required=True)
    at = column("出具时间", MOMENT, required=True, in_form=False)
    author = column("经手人", TEXT, required=True, in_form=False)
