"""照片: before, half-way and after, the last of each; a press shows all of them large."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from village_app.db.records.projects import Project
from village_app.errors import Refused
from village_app.services.projects.sheets import PHOTOS
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.removal import empty
from village_app.ui.kit.sheets import Sheet
from village_app.ui.kit.text import Text
from village_app.ui.theme import theme


class PhotoWall(Sheet):
    """The photos of a project; `open_photos` is told which purpose was pressed."""

    def __init__(self, attachments: Any, open_photos: Callable[[str], object]) -> None:
        super().__init__("照片", "施工前、过半、完工")
        self._attachments = attachments
        self._open = open_photos
        self.all_link = Button("", kind="link", press=lambda: open_photos(""))
        self.head.addWidget(self.all_link)
        self.places = QWidget()
        self.row = QHBoxLayout(self.places)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.add(self.places, 1)

    def show_project(self, project: Project) -> None:
        """Show the last photo of each purpose, or a place to put one."""
        empty(self.row)
        total = 0
        for purpose, word in PHOTOS:
            kept = self._attachments.of(project, purpose=purpose)
            total += len(kept)
            self.row.addWidget(self._place(purpose, word, kept), 1)
        self.all_link.setVisible(total > 0)
        self.all_link.set_words(f"全部 {total} 张")

    def _place(self, purpose: str, word: str, kept: list[Any]) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        words = "还没有，点一下加一张"
        if kept:
            last = kept[-1]
            taken = f" {last.taken_at:%m-%d}" if last.taken_at else ""
            words = f"{last.caption or word}{taken}"
            picture, words = self._picture(last, words)
            column.addWidget(self._button(purpose, word, picture))
        else:
            add = Button(word, icon="camera", press=lambda: self._open(purpose))
            column.addWidget(add)
        column.addWidget(Text(words, "small", "ink2", wrap=True))
        column.addStretch(1)
        return inside

    def _picture(self, attachment: Any, words: str) -> tuple[QPixmap, str]:
        picture = QPixmap()
        try:
            picture.loadFromData(self._attachments.read(attachment))
        except Refused as refusal:
            return picture, refusal.message
        return picture, words

    def _button(self, purpose: str, word: str, picture: QPixmap) -> QToolButton:
        size = QSize(theme().px(146), theme().px(126))
        button = QToolButton()
        button.setAccessibleName(f"照片 {word}")
        button.setToolTip(f"看{word}的照片")
        button.setAutoRaise(True)
        button.setIconSize(size)
        button.setIcon(
            QIcon(
                picture.scaled(
                    size,
                    Qt.AspectRatioMode.KeepAspectRatio,
                    Qt.TransformationMode.SmoothTransformation,
                )
            )
        )
        button.clicked.connect(lambda _checked: self._open(purpose))
        return button
