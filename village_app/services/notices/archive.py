"""档案包: everything of one notice in a folder of its own, for the stick and the archive.

PDF as it hung, sealed scan, review, photographs, objections with answers, cover and index (xlsx).
"""

from __future__ import annotations

import re
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

from village_app.db.files import write_atomically
from village_app.db.records.house import Attachment
from village_app.db.records.notices import Notice, PrivacyReview
from village_app.db.records.posting import Objection
from village_app.domain.calendar import show_day
from village_app.domain.kinds import COUNT, TEXT
from village_app.errors import EnvironmentProblem, Refused
from village_app.papers.blocks import Column, Paper, Paragraph, Row, Table
from village_app.papers.builders.notices import build_archive_cover
from village_app.papers.filling import DATE, fill
from village_app.papers.pdf import write_pdf
from village_app.papers.xlsx import write_xlsx
from village_app.services.house.attachments import Attachments
from village_app.services.notices.objections import Objections, posted_facts
from village_app.services.notices.papers import PDF, XLSX
from village_app.services.paper_words import in_own_words
from village_app.services.session import Service, permitted
from village_app.services.settings import Settings

KEPT = "30年"
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_SHOWN_HASH = 16

Packed = tuple[str, str, bytes]


class Archive(Service):
    """Writes the archive package of a notice."""

    @permitted("notices.export")
    def save(self, notice: Notice, folder: Path) -> Path:
        """Write the package beside the folder's other ones; gives its folder.

        Refused for what never hung, and where a folder of that name stands already. The package
        is written aside and renamed when it is whole: there is never half of one.
        """
        if not notice.frozen:
            raise Refused("not_published", "还没有贴出去的公示没有档案包。")
        target = folder / _FORBIDDEN.sub("", f"{notice.number} {notice.heading}")[:90].strip()
        if target.exists():
            raise Refused("exists", f"“{target.name}”已经在那里了，请换个文件夹或者先挪走。")
        aside = folder / f".{secrets.token_hex(6)}.part"
        try:
            aside.mkdir(parents=True)
            for name, _, content in self._packed(notice):
                write_atomically(aside / name, content, doing=f"保存“{name}”", mode=0o644)
            aside.rename(target)
        except OSError as error:
            raise EnvironmentProblem(
                "not_written", f"档案包没有写成，文件夹“{folder}”写不进去。"
            ) from error
        finally:
            shutil.rmtree(aside, ignore_errors=True)
        self.session.journal.note(f"导出档案包 {notice.number}")
        return target

    @permitted("notices.read")
    def contents(self, notice: Notice) -> list[tuple[str, str]]:
        """List what the package holds: file name and remark."""
        return [(name, note) for name, note, _ in self._packed(notice)]

    def _packed(self, notice: Notice) -> list[Packed]:
        """Gather the files in the order of the index, the index itself and the cover last."""
        packed = [*self._kept(notice), *self._review(notice), *self._objections(notice)]
        numbered = [
            (f"{at:02} {name}", note, content) for at, (name, note, content) in enumerate(packed, 1)
        ]
        issuer = Settings(self.session).read().committee_name()
        listed = [(name, note) for name, note, _ in numbered]
        cover = in_own_words(
            self.session, build_archive_cover(posted_facts(notice), listed, issuer, KEPT)
        )
        cover = fill(cover, {DATE: show_day(self.session.today())})
        return [
            *numbered,
            ("目录.xlsx", "卷内目录", write_xlsx(_index(notice, listed))),
            ("封面和目录.pdf", "档案封面", write_pdf(cover).data),
        ]

    def _kept(self, notice: Notice) -> Iterator[Packed]:
        attachments = Attachments(self.session)
        notes = {PDF: "公示原件", XLSX: "公示表格"}
        for one in attachments.of(notice):
            purpose = one.purpose or "附件"
            note = notes.get(purpose, purpose)
            yield _file_name(note, one), one.caption or note, attachments.read(one)

    def _review(self, notice: Notice) -> Iterator[Packed]:
        query = self.store.select(PrivacyReview).where(PrivacyReview.notice_id == notice.id)
        reviews = self.store.rows(query.order_by(PrivacyReview.id))
        lines = [
            Paragraph(f"起草：{notice.drafted_by or ''}"),
            Paragraph(f"监委会审核：{notice.checked_by or ''}，意见：{notice.opinion or ''}"),
            Paragraph(f"签发：{notice.approved_by or ''}"),
            Paragraph(f"张贴：{notice.posted_by or ''}，地点：{notice.place or ''}"),
            *(
                Paragraph(
                    f"脱敏检查：{one.user}经手"
                    + (
                        f"，{one.second_user}放行，原因：{one.reason}"
                        if one.second_user
                        else "，未放行任何一处"
                    )
                )
                for one in reviews
            ),
            Paragraph(f"内容指纹：{(notice.fingerprint or '')[:_SHOWN_HASH]}"),
        ]
        paper = Paper("form", "公示审核表", tuple(lines), number=notice.number)
        yield "审核表.pdf", "审核、签发和脱敏检查", write_pdf(paper).data

    def _objections(self, notice: Notice) -> Iterator[Packed]:
        service = Objections(self.session)
        for one in service.of(notice):
            name = f"异议答复书 {_FORBIDDEN.sub('', one.number)}.pdf"
            yield name, _answer(one), write_pdf(service.paper(one)).data


def _file_name(note: str, attachment: Attachment) -> str:
    ending = Path(attachment.name).suffix or ".bin"
    stem = _FORBIDDEN.sub("", Path(attachment.name).stem)[:60]
    return f"{note} {stem}{ending}"


def _answer(one: Objection) -> str:
    return f"{one.replied_on}答复" if one.replied_on else "尚未答复"


def _index(notice: Notice, listed: list[tuple[str, str]]) -> Paper:
    rows = tuple(Row((at, name, note)) for at, (name, note) in enumerate(listed, 1))
    columns = (Column("序号", COUNT), Column("文件", TEXT), Column("说明", TEXT))
    return Paper("list", f"{notice.heading}档案目录", (Table(columns, rows),), number=notice.number)
