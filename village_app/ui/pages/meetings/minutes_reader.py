"""The finalised versions of minutes, read as they were: version, day, who, why it was reopened."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from village_app.db.records.meetings import Meeting
from village_app.db.records.resolutions import MinutesVersion
from village_app.domain.calendar import CHINA
from village_app.domain.reporting import Report
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.chips import Chip, ChipRow
from village_app.ui.kit.dialog import Sheeted
from village_app.ui.kit.preview import PaperPreview
from village_app.ui.kit.text import Text
from village_app.ui.page import Desk
from village_app.ui.theme import theme


class MinutesReader(Sheeted):
    """A version by its chip, as the paper that it was; nothing can be changed here."""

    def __init__(self, desk: Desk, meeting: Meeting, window: QWidget) -> None:
        super().__init__(f"{meeting.name}：定稿各版", None, window)
        self.desk = desk
        self.versions: list[MinutesVersion] = desk.village.minutes.versions(meeting)
        self.setFixedWidth(min(window.width() - theme().px(64), theme().px(860)))
        chips = [Chip(str(one.id), f"第 {one.number} 版") for one in self.versions]
        self.chips = ChipRow(chips, name="版本")
        self.chips.chosen.connect(lambda keys: self.show_version(int(keys[0])))
        self.body.addWidget(self.chips)
        self.words = Text("", "small", "ink2", wrap=True)
        self.body.addWidget(self.words)
        self.preview = PaperPreview()
        self.preview.setMinimumHeight(max(theme().px(200), window.height() - theme().px(330)))
        self.preview.set_fit("width")
        self.body.addWidget(self.preview, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(Button("关上", key="Esc", press=self.reject))
        self.body.addLayout(row)
        if self.versions:
            last = self.versions[-1]
            self.chips.set_on((str(last.id),))
            self.show_version(last.id)

    def show_version(self, key: int) -> None:
        """Show one version; the pages are set on a thread of their own."""
        version = next(one for one in self.versions if one.id == key)
        at = version.finalised_at.astimezone(CHINA)
        words = f"{at:%Y-%m-%d %H:%M} 由{version.finalised_by}定稿"
        if version.reopened_reason:
            words += f"；后来重开：{version.reopened_reason}"
        self.words.setText(f"{words}。")
        minutes: Any = self.desk.village.minutes

        def work(report: Report) -> bytes:
            report(0, 1, f"第 {version.number} 版")
            content: bytes = minutes.pdf_of(version)
            return content

        job = self.desk.jobs.start(work, "看定稿", writes=False)
        job.succeeded.connect(self.preview.set_pdf)
