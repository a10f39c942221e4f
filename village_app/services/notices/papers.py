"""The papers of notices as they are read: found, dated, looked through, previewed, printed again.

A published notice gives its frozen blocks and files, byte for byte; a draft is set anew.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from village_app.db.records.notices import Notice
from village_app.domain.calendar import PostingPeriod, Term, Unit, posting_period, show_day
from village_app.domain.masking_policies import masking_policies
from village_app.errors import Refused
from village_app.papers.blocks import Paper
from village_app.papers.docx import write_docx
from village_app.papers.filling import DATE, PERIOD, fill
from village_app.papers.gate import Findings, Surroundings, inspect
from village_app.papers.pdf import fitted_layout, missing_characters, write_pdf
from village_app.papers.plain import paper_from_plain
from village_app.papers.xlsx import write_xlsx
from village_app.services.house.attachments import Attachments
from village_app.services.notices.letterheads import Letterheads
from village_app.services.rules import Rules
from village_app.services.session import Service, permitted
from village_app.services.settings import Settings

_BRACKETS = str.maketrans(dict.fromkeys("[［【(（", "〔") | dict.fromkeys("]］】)）", "〕"))
PDF = "公示PDF"
XLSX = "公示表格"


class NoticePapers(Service):
    """Gives notices and their papers; nothing here changes one."""

    @permitted("notices.read")
    def get(self, notice_id: int) -> Notice:
        return self.store.get(Notice, notice_id)

    @permitted("notices.read")
    def by_number(self, number: str) -> Notice:
        """Find a published notice by its number, whatever brackets were typed."""
        wanted = _as_printed(number)
        notice: Notice | None = self.store.select(Notice).where(Notice.number == wanted).first()
        if notice is None:
            raise Refused("no_notice", f"没有编号为{number}的公示。请看清编号里的括号和年份。")
        return notice

    @permitted("notices.read")
    def published(self) -> list[Notice]:
        """List the published notices, newest first."""
        query = self.store.select(Notice).where(Notice.number.is_null(False))
        return self.store.rows(query.order_by(Notice.published_at.desc(), Notice.id.desc()))

    @permitted("notices.read")
    def paper_of(self, notice: Notice) -> Paper:
        """Give the paper as it stands: the frozen one after publishing, else the draft's."""
        return paper_from_plain(json.loads(notice.frozen or notice.paper))

    @permitted("notices.read")
    def dated_paper(self, notice: Notice) -> Paper:
        """Give the paper as it would hang today: period and date written in."""
        paper = self.paper_of(notice)
        return paper if notice.frozen else self._dated(notice, paper)

    @permitted("notices.read")
    def period_of(self, notice: Notice, posted_on: date) -> PostingPeriod | None:
        """Compute the posting period from the posting day by the notice's own rule."""
        if not notice.period_days:
            return None
        settings = Settings(self.session).read()
        unit: Unit = "work_day" if notice.period_unit == "work_day" else "calendar_day"
        return posting_period(
            posted_on,
            Term(notice.period_days, unit),
            Rules(self.session).calendar(),
            counts_posting_day=settings.posting_day_counts,
        )

    @permitted("notices.read")
    def findings(self, notice: Notice, around: Surroundings | None = None) -> Findings:
        """Look through the paper with the privacy gate, by the notice's own policy."""
        paper = self.paper_of(notice)
        policy = masking_policies()[notice.policy]
        surroundings = around or self.surroundings()
        return inspect(paper, policy=policy, today=self.session.today(), around=surroundings)

    @permitted("notices.read")
    def surroundings(self) -> Surroundings:
        """Tell the gate what is an office telephone and no private one."""
        settings = Settings(self.session).read()
        phones = (settings.supervision_phone, settings.town_phone)
        return Surroundings(office_phones=frozenset(phone for phone in phones if phone))

    @permitted("notices.read")
    def fitted(self, notice: Notice) -> tuple[str, ...]:
        """Say what was changed to fit the paper on its page; nothing where nothing was."""
        paper = self.dated_paper(notice)
        if missing_characters(paper):
            return ()
        return fitted_layout(paper, on_one_page=False).changed

    @permitted("notices.read")
    def preview(self, notice: Notice) -> bytes:
        """Give the PDF as it would be printed now; a paper not yet published says 草稿."""
        if notice.frozen:
            return self.reprint(notice)
        paper = replace(self._dated(notice, self.paper_of(notice)), draft=True)
        return write_pdf(paper).data

    @permitted("notices.read")
    def reprint(self, notice: Notice) -> bytes:
        """Give a published notice's PDF, byte for byte as it was."""
        return self._kept(notice, PDF)

    @permitted("notices.read")
    def spreadsheet(self, notice: Notice) -> bytes:
        """Give a published notice's xlsx as it was; of a draft, as it would be now."""
        if notice.frozen:
            return self._kept(notice, XLSX)
        return write_xlsx(self.paper_of(notice))

    @permitted("notices.read")
    def document(self, notice: Notice) -> bytes:
        """Give the paper as docx on the village's letterhead; a draft says so on its pages."""
        paper = self.paper_of(notice)
        if not notice.frozen:
            paper = replace(self._dated(notice, paper), draft=True)
        return write_docx(paper, base=Letterheads(self.session).base_for(paper))

    def _dated(self, notice: Notice, paper: Paper, day: date | None = None) -> Paper:
        """Write the posting period and the date into the paper where its builder left room.

        Sheets of several pages show where the 骑缝章 goes.
        """
        posted = day or self.session.today()
        period = self.period_of(notice, posted)
        values = {DATE: show_day(posted)}
        if period is not None:
            values[PERIOD] = period.show()
        return replace(fill(paper, values), seam=True)

    def _kept(self, notice: Notice, purpose: str) -> bytes:
        if not notice.frozen:
            raise Refused("not_published", "这份公示还没有发布，请先看预览。")
        return Attachments(self.session).read_for(notice, purpose)


def _as_printed(number: str) -> str:
    """Write a typed number as papers have it: 〔2026〕 in its brackets, 号 at its end."""
    text = "".join(number.split()).translate(_BRACKETS)
    return text if not text or text.endswith("号") else f"{text}号"
