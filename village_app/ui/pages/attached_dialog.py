"""Photos and scans of a record, one at a time and large; more can be added, one taken off."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from village_app.db.records.house import Attachment
from village_app.errors import EnvironmentProblem, InvalidInput, Refused
from village_app.ui.asking import FileKind
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.dialog import Sheeted
from village_app.ui.kit.text import Text
from village_app.ui.page import Desk
from village_app.ui.theme import theme

SCANS = FileKind("照片、扫描件", ("jpg", "jpeg", "png", "heic", "pdf"))


class AttachedDialog(Sheeted):
    """Shows the files of a record that serve one purpose (blank: all of them).

    ← and → turn, Ctrl+O adds, Esc closes. `adds` blank leaves adding out.
    """

    def __init__(
        self,
        desk: Desk,
        record: Any,
        title: str,
        window: QWidget,
        *,
        purpose: str = "",
        facts: str = "",
    ) -> None:
        super().__init__(title, None, window)
        self._desk = desk
        self._record = record
        self._purpose = purpose
        self._at = 0
        self._files: list[Attachment] = []
        px = theme().px
        self.setFixedWidth(max(px(320), min(px(880), window.width() - px(32))))
        self.facts = Text(facts, "small", "ink2", wrap=True)
        self.facts.setVisible(bool(facts))
        self.body.addWidget(self.facts)
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._height = max(px(160), min(px(460), window.height() - px(270)))
        self.body.addWidget(self.picture)
        self.caption = Text("", "small", "ink2", wrap=True)
        self.body.addWidget(self.caption)
        self.body.addLayout(self._make_buttons())
        self.refresh()
        self.show_last()

    def _make_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.back = Button("上一张", icon="left", key="Left", press=lambda: self._turn(-1))
        self.on = Button("下一张", icon="right", key="Right", press=lambda: self._turn(1))
        self.add = Button("加一张", icon="camera", key="Ctrl+O", kind="primary", press=self.attach)
        self.off = Button("取下这一张", icon="undo", press=self.take_off)
        for button in (self.back, self.on, self.add, self.off):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(Button("关上", key="Esc", press=self.reject))
        return row

    def refresh(self) -> None:
        """Ask for the files again."""
        purpose = self._purpose or None
        self._files = self._desk.village.attachments.of(self._record, purpose=purpose)
        self._at = min(self._at, max(0, len(self._files) - 1))
        self._show()

    def show_last(self) -> None:
        """Go to the newest file."""
        self._at = max(0, len(self._files) - 1)
        self._show()

    def shown(self) -> Attachment | None:
        """Give the file that is seen now."""
        return self._files[self._at] if self._files else None

    def attach(self) -> None:
        """Pick files and attach them."""
        for path in self._desk.asking.pick_files("选照片或扫描件", [SCANS], "photos"):
            try:
                self._desk.village.attachments.attach(self._record, path, purpose=self._purpose)
            except (Refused, InvalidInput, EnvironmentProblem) as refusal:
                self.caption.setText(refusal.message)
                return
        self.refresh()
        self.show_last()

    def take_off(self) -> None:
        """Take the shown file off the record; undo brings it back."""
        shown = self.shown()
        if shown is not None:
            self._desk.village.attachments.take_away(shown)
            self._desk.say(f"已取下 {shown.name}", self._desk.undo)
            self.refresh()

    def _turn(self, step: int) -> None:
        if self._files:
            self._at = (self._at + step) % len(self._files)
            self._show()

    def _show(self) -> None:
        shown = self.shown()
        for button in (self.back, self.on):
            button.setEnabled(len(self._files) > 1)
        self.off.setEnabled(shown is not None)
        self.picture.setFixedHeight(self._height if shown is not None else theme().px(110))
        self.adjustSize()
        if shown is None:
            self.picture.clear()
            self.picture.setText("还没有照片或扫描件，按 Ctrl+O 加一张。")
            self.caption.setText("")
            return
        words = f"第 {self._at + 1} 张，共 {len(self._files)} 张　{shown.caption or shown.name}"
        try:
            self.picture.setPixmap(self._drawn(shown))
        except Refused as refusal:
            self.picture.clear()
            words = refusal.message
        self.caption.setText(words)
        self.picture.setAccessibleName(words)

    def _drawn(self, shown: Attachment) -> QPixmap:
        content = self._desk.village.attachments.read(shown)
        picture = QPixmap()
        if content.startswith(b"%PDF"):
            picture = QPixmap.fromImage(_first_page(content, self.picture.height() * 2))
        else:
            picture.loadFromData(content)
        ratio = self.devicePixelRatioF()
        scaled = picture.scaled(
            round((self.width() - theme().px(48)) * ratio),
            round(self.picture.height() * ratio),
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        scaled.setDevicePixelRatio(ratio)
        return scaled


def _first_page(content: bytes, pixels: int) -> QImage:
    from village_app.ui.kit.preview import Pages

    pages: Any = Pages(content)
    try:
        return QImage(pages.image(0, pixels, grey=False))
    finally:
        pages.close()
