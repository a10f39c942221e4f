"""The money of a project: the figures, how they make up the budget, and the bar of it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from village_app.domain.money import show_money
from village_app.ui.kit.banner import Banner
from village_app.ui.kit.chart_fills import Swatch
from village_app.ui.kit.drawing import hatch, painter_of
from village_app.ui.kit.text import Text
from village_app.ui.theme import theme


@dataclass(frozen=True, slots=True)
class Money:
    """Budget, contract and paid, all in 分; a contract of 0 means there is none yet."""

    budget: int
    contract: int = 0
    paid: int = 0

    @property
    def unpaid(self) -> int:
        """What the contract still asks for."""
        return max(0, self.contract - self.paid)

    @property
    def spare(self) -> int:
        """Budget less contract (or what was paid, if that is more)."""
        return self.budget - max(self.contract, self.paid)


class MoneyBar(QWidget):
    """Length = budget. Solid = paid, hatched = contract unpaid, white = spare.

    Over the budget the bar grows past a red tick, the excess is cross-hatched.
    """

    def __init__(self, money: Money | None = None) -> None:
        super().__init__()
        self._money = money or Money(0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_money(self._money)

    def set_money(self, money: Money) -> None:
        """Show other money."""
        self._money = money
        self.setAccessibleName(
            f"预算 {show_money(money.budget)} 元，已付 {show_money(money.paid)} 元，"
            f"合同未付 {show_money(money.unpaid)} 元，结余 {show_money(money.spare)} 元"
        )
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(300), theme().px(30))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        money, colours = self._money, theme().colours
        whole = max(money.budget, money.contract, money.paid, 1)
        painter = painter_of(self)
        width = self.width() - 2
        box = QRectF(1, 1, width, self.height() - 2)

        def at(amount: int) -> float:
            return 1 + width * amount / whole

        painter.fillRect(box, colours.sheet)
        contract_end = at(max(money.contract, money.paid))
        hatched = QRectF(at(money.paid), 1, contract_end - at(money.paid), box.height())
        hatch(painter, hatched, colours.blue)
        painter.fillRect(QRectF(1, 1, at(money.paid) - 1, box.height()), colours.blue)
        if whole > money.budget:
            over = QRectF(at(money.budget), 1, contract_end - at(money.budget), box.height())
            painter.fillRect(over, colours.sheet)
            hatch(painter, over, colours.red, crossed=True)
        _frame(painter, box, colours.ink)
        tick = theme().px(2)
        if money.contract:
            painter.fillRect(QRectF(at(money.contract) - tick, 0, tick, self.height()), colours.ink)
        if whole > money.budget:
            red = theme().px(3)
            painter.fillRect(QRectF(at(money.budget) - red / 2, 0, red, self.height()), colours.red)


def _frame(painter: QPainter, box: QRectF, colour: QColor) -> None:
    """Draw the edge with whole pixels; an antialiased one would look soft."""
    left, top, width, height = box.left() - 1, box.top() - 1, box.width() + 2, box.height() + 2
    for edge in (
        QRectF(left, top, width, 1),
        QRectF(left, top + height - 1, width, 1),
        QRectF(left, top, 1, height),
        QRectF(left + width - 1, top, 1, height),
    ):
        painter.fillRect(edge, colour)


class MoneyPanel(QWidget):
    """The five figures with the same swatches, the bar, and a red banner where it is overspent.

    Example: `MoneyPanel(Money(48_600_000, 45_236_000, 27_141_600))`. Its title stands before the
    figures, so that it takes no line of its own.
    """

    def __init__(self, money: Money | None = None) -> None:
        super().__init__()
        self.setAccessibleName("钱")
        px = theme().px
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(px(16))
        self._grid.setVerticalSpacing(px(2))
        self._bar = MoneyBar()
        self._over = Banner("stop", "")
        self._title = Text("钱", "h3")
        self._unit = Text("单位：元", "small", "ink3")
        self._figures: list[Text] = []
        self._heads: list[QWidget] = []
        self._narrow = False
        for fill, label in ((-1, "预算"), (-1, "合同"), (0, "已付"), (1, "合同未付")):
            self._add(fill, label)
        self._add(3, "结余＝预算－合同")
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(px(8))
        body.addLayout(self._grid)
        body.addWidget(self._bar)
        body.addWidget(self._over)
        self._lay_out()
        self.set_money(money or Money(0))

    def _add(self, fill: int, label: str) -> None:
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(6))
        if fill >= 0:
            row.addWidget(Swatch(fill))
        row.addWidget(Text(label, "body", "ink2"))
        row.addStretch(1)
        self._heads.append(head)
        self._figures.append(Text("", "h2"))

    def _lay_out(self) -> None:
        cells = [(self._title, self._unit), *zip(self._heads, self._figures, strict=True)]
        columns = 3 if self._narrow else len(cells)
        for place, (head, figure) in enumerate(cells):
            line, column = divmod(place, columns)
            self._grid.addWidget(head, 2 * line, column)
            self._grid.addWidget(figure, 2 * line + 1, column)
            self._grid.setColumnStretch(column, int(self._narrow or column > 0))

    def set_narrow(self, narrow: bool) -> None:
        """Put the figures in three columns."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._lay_out()

    def set_money(self, money: Money) -> None:
        """Show other money."""
        amounts = (money.budget, money.contract, money.paid, money.unpaid, money.spare)
        for figure, amount in zip(self._figures, amounts, strict=True):
            figure.setText(show_money(amount))
        self._figures[-1].set_tone("red" if money.spare < 0 else "green")
        self._bar.set_money(money)
        spent = max(money.contract, money.paid)
        self._over.setVisible(money.spare < 0)
        word = "已付" if money.paid > money.contract else "合同"
        self._over.show_sentence(
            "stop",
            f"{word} {show_money(spent)} 元，超过预算 {show_money(money.budget)} 元，"
            f"多出 {show_money(spent - money.budget)} 元。",
        )
