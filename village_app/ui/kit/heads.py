"""The head of a page: title like the head of a paper, one fact or pill, up to three buttons."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QWidget

from village_app.ui.kit.buttons import Button
from village_app.ui.kit.lights import Light, LightLabel
from village_app.ui.kit.text import Line
from village_app.ui.own_words import own
from village_app.ui.theme import theme


class PageHead(QWidget):
    """Title in Song, one short fact or a pill, buttons at the right, most important first.

    Example: `PageHead("诉求台账", fact="今年 128 件", buttons=[Button("接访登记", key="F5")])`.
    When the page is narrow the fact goes and only the first button stays (`set_narrow`); a row of
    chips can then stand beside the title (`take_in`), so that the list below has its line.
    """

    def __init__(
        self,
        title: str,
        *,
        fact: str = "",
        pill: Light | None = None,
        buttons: Iterable[Button] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._title = Line(own(title), "title")
        self._fact = Line(fact, "body", "ink3")
        self._pill = LightLabel(pill or Light("ok"), pill=True, role="small")
        if pill is None:  # shown before it stands in the row it would come up as a window
            self._pill.hide()
        self._buttons = tuple(buttons)
        self._row = QHBoxLayout(self)
        self._beside = QHBoxLayout()
        self._away = False
        self._leads = bool(self._buttons) and self._buttons[0].kind == "primary"
        self._guests: list[tuple[QWidget, QBoxLayout, int]] = []
        self._build()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def _build(self) -> None:
        px = theme().px
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(px(8))
        self._row.addWidget(self._title)
        self._row.addSpacing(px(4))
        self._row.addWidget(self._pill)
        self._fact.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._row.addWidget(self._fact, 1)
        self._row.addLayout(self._beside, 1)
        for button in self._buttons:
            self._row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setMinimumHeight(px(38))

    def set_title(self, title: str, fact: str | None = None) -> None:
        """Change the title and, if told, the fact beside it."""
        self._title.set_text(own(title))
        if fact is not None:
            self.set_fact(fact)

    def set_fact(self, fact: str) -> None:
        """Change the fact."""
        self._fact.set_text(fact)

    def set_pill(self, light: Light | None) -> None:
        """Show a state as a pill, or none."""
        self._pill.setVisible(light is not None)
        if light is not None:
            self._pill.set_light(light)

    def take_in(self, row: QWidget, home: QBoxLayout, place: int = 0) -> None:
        """Let `row` stand beside the title where it is narrow, else at its `place` in `home`."""
        self._guests.append((row, home, place))

    def show_beside(self, row: QWidget) -> None:
        """Let a row of chips stand beside the title for good."""
        self._beside.addWidget(row)
        # The chips come before the rest of the line, which the fact would share with them.
        self._row.setStretchFactor(self._fact, 0)

    def rest(self, resting: bool) -> None:
        """Let the first button stand back while an empty list offers the same in its middle."""
        if self._leads:
            self._buttons[0].set_kind("plain" if resting else "primary")

    def put_away(self, away: bool) -> None:
        """Hide the rows taken in while something else than their list is shown below."""
        self._away = away
        for row, _home, _place in self._guests:
            row.setVisible(not (away and self.isAncestorOf(row)))

    def set_narrow(self, narrow: bool) -> None:
        """Leave out what there is no room for."""
        self._fact.set_quiet(narrow and bool(self._buttons))
        self._fact.setVisible(not (narrow and self._guests))
        for row, home, place in self._guests:
            if narrow:
                self._beside.addWidget(row, 1)
            else:
                home.insertWidget(place, row)
        # A widget that gets another parent is hidden by Qt.
        self.put_away(self._away)
        for button in self._buttons[1:]:
            button.setVisible(not narrow)
