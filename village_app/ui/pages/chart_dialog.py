"""看图: charts of the village's money on the screen; a press on a bar opens the rows behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QWidget

from village_app.domain.charts import Chart, ChartBar
from village_app.domain.money import show_money
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.chart import Bar, BarChart
from village_app.ui.kit.chips import Chip, ChipRow
from village_app.ui.kit.dialog import Sheeted
from village_app.ui.kit.removal import discard
from village_app.ui.kit.text import Text
from village_app.ui.theme import theme


@dataclass(frozen=True)
class ChartChoice:
    """One chart that can be looked at: its word, its description, what a bar opens."""

    word: str
    chart: Callable[[], Chart]
    open_bar: Callable[[Chart, ChartBar], object]


class ChartDialog(Sheeted):
    """Several charts, one at a time, each told by pattern and figure.

    Esc closes; Tab walks the bars, Enter or a press opens the rows of a bar.
    """

    def __init__(self, choices: list[ChartChoice], window: QWidget) -> None:
        super().__init__("看图", None, window)
        px = theme().px
        self.setFixedWidth(max(px(320), min(px(1040), window.width() - px(32))))
        self._choices = {one.word: one for one in choices}
        self._word = choices[0].word
        self.chips = ChipRow([Chip(word, word) for word in self._choices], name="看哪一张图")
        self.chips.chosen.connect(self._choose)
        self.body.addWidget(self.chips)
        self.title = Text("", "h3")
        self.body.addWidget(self.title)
        self.place = QHBoxLayout()
        self.body.addLayout(self.place, 1)
        self.chart: BarChart | None = None
        self.note = Text("", "small", "ink2", wrap=True)
        self.body.addWidget(self.note)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(Button("关上", key="Esc", press=self.reject))
        self.body.addLayout(row)
        self._height = max(px(220), min(px(380), window.height() - px(300)))
        self._show()

    def described(self) -> Chart:
        """Give the chart that is seen now."""
        return self._choices[self._word].chart()

    def _choose(self, keys: tuple[str, ...]) -> None:
        if keys:
            self._word = keys[0]
            self._show()

    def _show(self) -> None:
        self.chips.set_on((self._word,))
        described = self.described()
        self.title.setText(described.title)
        if self.chart is not None:
            self.place.removeWidget(self.chart)
            discard(self.chart)
        self.chart = BarChart(described.names, [_bar(described, one) for one in described.bars])
        self.chart.setAccessibleName(described.title)
        self.chart.setMinimumHeight(self._height)
        self.chart.pressed.connect(self._open_bar)
        self.place.addWidget(self.chart)
        total = f"合计 {show_money(described.total)} 元。按一根柱子，看是哪些账。"
        self.note.setText(total if described.bars else "还没有数，画不出图。")

    def _open_bar(self, key: str, _part: int) -> None:
        described = self.described()
        bar = next(one for one in described.bars if one.key == key)
        self._choices[self._word].open_bar(described, bar)


def _bar(chart: Chart, bar: ChartBar) -> Bar:
    parts = "，".join(
        f"{name} {show_money(value)} 元"
        for name, value in zip(chart.names, bar.values, strict=True)
        if value
    )
    return Bar(
        bar.key,
        bar.label,
        bar.values,
        figure=bar.figure,
        said=f"{bar.label}：共 {bar.figure} 元，{parts}",
    )
