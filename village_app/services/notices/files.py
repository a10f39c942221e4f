"""A notice as a file for a stick or a mail: PDF, Excel, Word, spoken and chat text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from village_app.db.files import write_atomically
from village_app.db.records.notices import Notice
from village_app.domain.calendar import CHINA
from village_app.errors import Refused
from village_app.papers.blocks import Block, Heading, PageBreak, Paper, Paragraph
from village_app.papers.pdf import tile_pdf, write_pdf
from village_app.papers.voices import broadcast, wechat
from village_app.services.notices.notices import Notices
from village_app.services.session import Service, permitted
from village_app.services.settings import Settings

Form = Literal["pdf", "xlsx", "docx"]
_LONGEST = 100
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


@dataclass(frozen=True, slots=True)
class NoticeFile:
    """A file to be saved: its name without folder and its content."""

    name: str
    content: bytes


class NoticeFiles(Service):
    """Gives notices out of the program."""

    @permitted("notices.export")
    def file(self, notice: Notice, form: Form) -> NoticeFile:
        """Give a notice as a file; a draft says 草稿 on every page.

        Refused while the draft shows what nobody may publish (whoever asks), and for a notice
        that was voided.
        """
        self._refuse_never_public(notice)
        notices = Notices(self.session)
        content = {
            "pdf": notices.preview,
            "xlsx": notices.spreadsheet,
            "docx": notices.document,
        }[form](notice)
        if not notice.number:
            self.session.journal.note(f"导出草稿 {notice.heading}（{form}）")
        return NoticeFile(self.name_of(notice, form), content)

    @permitted("notices.export")
    def poster(self, notice: Notice, size: Literal["A3", "A2"], *, tiled: bool) -> NoticeFile:
        """Give the notice as a poster; `tiled` spreads it over A4 sheets to be cut and pasted."""
        self._refuse_never_public(notice)
        paper = Notices(self.session).dated_paper(notice)
        paper = replace(paper, layout="poster", paper_size=size, draft=not notice.frozen)
        content = (tile_pdf(paper) if tiled else write_pdf(paper)).data
        name = self.name_of(notice, "pdf").replace(".pdf", f"_{size}{'拼图' if tiled else ''}.pdf")
        return NoticeFile(name, content)

    @permitted("notices.export")
    def spoken(self, notice: Notice) -> str:
        """Give the 广播稿: short sentences, amounts in words; refused for an unmasked draft."""
        self._refuse_never_public(notice)
        return broadcast(Notices(self.session).dated_paper(notice))

    @permitted("notices.export")
    def chat(self, notice: Notice) -> str:
        """Give the 微信稿; refused for an unmasked draft."""
        self._refuse_never_public(notice)
        return wechat(Notices(self.session).dated_paper(notice))

    @permitted("notices.export")
    def named(self, name: str, content: bytes) -> NoticeFile:
        """Give content that another service made a name to be saved under."""
        return NoticeFile(_FORBIDDEN.sub("", name), content)

    @permitted("notices.export")
    def write(self, path: Path, made: NoticeFile) -> None:
        """Write a file whole or not at all; the old one stays where it cannot be replaced."""
        write_atomically(path, made.content, doing=f"保存“{path.name}”", mode=0o644)

    @permitted("notices.export")
    def write_papers(self, path: Path, papers: Sequence[Paper]) -> None:
        """Write several papers, each on pages of its own, as one PDF."""
        first = papers[0]
        blocks: list[Block] = []
        for at, paper in enumerate(papers):
            if at:
                head = [Heading(paper.title)]
                blocks += [PageBreak(), *head, *([Paragraph(paper.number)] if paper.number else [])]
            blocks += paper.blocks
        content = write_pdf(replace(first, blocks=tuple(blocks))).data
        write_atomically(path, content, doing=f"保存“{path.name}”", mode=0o644)

    @permitted("notices.read")
    def name_of(self, notice: Notice, ending: str) -> str:
        """Name the file so that it sorts by day: 2026-03-02_公示_标题_隔坑村_公开版.pdf.

        At most 100 characters, none that Windows forbids.
        """
        moment = notice.published_at or self.session.now()
        kind = Notice.declaration("kind").kind.show(notice.kind)
        village = Settings(self.session).read().village
        face = "公开版" if notice.number else "草稿"
        start = f"{moment.astimezone(CHINA):%Y-%m-%d}_{kind}_"
        end = f"_{village}_{face}.{ending}"
        room = _LONGEST - len(start) - len(end)
        middle = _FORBIDDEN.sub("", notice.heading)[:room].strip(" .")
        return _FORBIDDEN.sub("", start) + middle + _FORBIDDEN.sub("", end)

    def _refuse_never_public(self, notice: Notice) -> None:
        if notice.state == "void":
            raise Refused("void", "已经作废的公示不再存文件。")
        if notice.frozen:
            return
        never = [one for one in Notices(self.session).findings(notice).stops if not one.overridable]
        if never:
            places = "；".join(f"{one.where}：{one.label}" for one in never[:4])
            raise Refused("privacy", f"有 {len(never)} 处不能公开的内容，不能存成文件。{places}。")
