"""验一张纸: the eight characters under a paper tell whether it is genuine, on any desk, offline."""

from __future__ import annotations

from dataclasses import dataclass

from village_app.db.records.notices import Notice
from village_app.errors import Refused
from village_app.papers.blocks import Paper, Table
from village_app.papers.table_lines import column_total, shown_in
from village_app.papers.verification import content_hash, is_code_of, read_code
from village_app.services.notices.notices import Notices
from village_app.services.session import Service, permitted


@dataclass(frozen=True, slots=True)
class GenuinePaper:
    """What the office keeps under a code: the notice, its paper, and the totals to compare."""

    notice: Notice
    paper: Paper
    totals: tuple[tuple[str, str], ...]


class PaperCheck(Service):
    """Looks a typed code up among what was published."""

    @permitted("notices.read")
    def look_up(self, typed: str) -> GenuinePaper:
        """Find the paper of a code as typed; refuses a code that was never given out.

        The code is computed again from the kept content, so that a kept paper that was tampered
        with is refused too.
        """
        code = read_code(typed)
        if code is None:
            raise Refused("no_code", "验证码是 8 个字母或数字，没有 0、O、1、I。请看清再输一遍。")
        notice = self.store.select(Notice).where(Notice.code == code).first()
        if notice is None:
            raise Refused("unknown_code", "村里没有发过这个验证码的纸，请留住原件，报给监委会。")
        paper = Notices(self.session).paper_of(notice)
        key = self.session.keys().subkey("verification")
        if not is_code_of(code, content_hash(paper), key):
            raise Refused(
                "altered", f"{notice.number} 存档的内容和验证码对不上，请报给管理员自检。"
            )
        return GenuinePaper(notice, paper, totals_of(paper))


def totals_of(paper: Paper) -> tuple[tuple[str, str], ...]:
    """Give label and figure of every total on a paper."""
    return tuple(
        (column.label, shown_in(column, column_total(table, at)))
        for table in paper.blocks
        if isinstance(table, Table) and table.has_total
        for at, column in enumerate(table.columns)
        if column.total is not None
    )
