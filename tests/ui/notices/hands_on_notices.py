"""Writing and posting a notice as the page does it, for the tests of its parts."""

from __future__ import annotations

from dataclasses import replace

from tests.ui.pretend import PreparedAnswers
from village_app.db.records.notices import Notice
from village_app.ui.pages.notices.notices import NoticesPage
from village_app.village import Village

BODY = "环塘装路灯24盏，经办人电话13512342210。\n公示期：｛公示期｝。"


def begin(page: NoticesPage, village: Village, body: str = BODY) -> Notice:
    page.begin_by_template("publicity", "关于路灯安装的公示")
    notice = page.document.notice
    assert notice is not None
    written = village.writing.written(notice)
    notice = village.writing.edit(notice, replace(written, body=body))
    page.show_notice(notice.id)
    return notice


def shown(page: NoticesPage) -> Notice:
    notice = page.document.notice
    assert notice is not None
    return notice


def post(page: NoticesPage, answers: PreparedAnswers) -> None:
    page.document.mend()
    page.document.check()
    page.document.approve()
    answers.answers.append("publish")
    page.document.publish()
