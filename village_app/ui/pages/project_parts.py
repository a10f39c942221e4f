"""Parts of a project's page: the track of its stages, and its money as one bar with figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from village_app.domain.money import show_money
from village_app.domain.project_course import Stage
from village_app.ui.kit.drawing import LEFT, MIDDLE, hatch, painter_of, words
from village_app.ui.theme import theme


class StageTrack(QWidget):
    """Ten stages on a line: done ticked, a missing paper as a red cross with its name below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stages: tuple[Stage, ...] = ()
        self._progress = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_stages(self, stages: Sequence[Stage], progress: str = "") -> None:
        """Show other stages; `progress` stands under the works (60%)."""
        self._stages = tuple(stages)
        self._progress = progress
        self.setAccessibleName("走到哪一步。" + "；".join(_said(one) for one in self._stages))
        self.setToolTip(
            "\n".join(f"{one.label}缺：{'、'.join(one.missing)}" for one in stages if one.missing)
        )
        self.update()

    def sizeHint(self) -> QSize:
        line = theme().metrics("small").height()
        return QSize(theme().px(900), theme().px(36) + 3 * line)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(300), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if not self._stages:
            return
        painter, look = painter_of(self), theme()
        pitch = self.width() / len(self._stages)
        middle = look.px(15)
        for at, stage in enumerate(self._stages):
            centre = QPointF(pitch * (at + 0.5), middle)
            if at:
                self._line(painter, centre.x() - pitch, centre.x(), middle, stage)
        for at, stage in enumerate(self._stages):
            self._stage(painter, stage, QPointF(pitch * (at + 0.5), middle), pitch)

    def _line(self, painter: QPainter, left: float, right: float, y: float, stage: Stage) -> None:
        look, colours = theme(), theme().colours
        reached = stage.state in ("done", "missing", "current")
        pen = QPen(colours.blue if reached else colours.edge, look.px(2 if reached else 1))
        if not reached:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        radius = look.px(15)
        painter.drawLine(QPointF(left + radius, y), QPointF(right - radius, y))

    def _stage(self, painter: QPainter, stage: Stage, centre: QPointF, pitch: float) -> None:
        look, colours = theme(), theme().colours
        _SIGNS[stage.state](painter, centre, look.px(13))
        ink = colours.ink if stage.state != "todo" else colours.ink3
        line = look.metrics("small").height()
        place = QRectF(centre.x() - pitch / 2, look.px(32), pitch, line)
        words(painter, place, stage.label, ink, "small", MIDDLE)
        below = stage.day.strftime("%m-%d") if stage.day else ""
        if stage.code == "works" and stage.state in ("done", "current") and self._progress:
            below = self._progress
        place.translate(0, line)
        words(painter, place, below, colours.ink2, "small", MIDDLE)
        if stage.missing:
            place.translate(0, line)
            text = (
                f"缺 {stage.missing[0]}"
                if len(stage.missing) == 1
                else f"缺 {len(stage.missing)} 项"
            )
            words(painter, place, text, colours.red, "small", MIDDLE)


def _said(stage: Stage) -> str:
    missing = f"，缺{'、'.join(stage.missing)}" if stage.missing else ""
    return f"{stage.label}：{_STATES[stage.state]}{missing}"


def _tick(painter: QPainter, centre: QPointF, radius: float) -> None:
    colours = theme().colours
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.blue)
    painter.drawEllipse(centre, radius, radius)
    painter.setPen(QPen(colours.sheet, theme().px(2)))
    step = radius * 0.4
    painter.drawPolyline(
        [
            centre + QPointF(-step, 0),
            centre + QPointF(-step * 0.2, step * 0.8),
            centre + QPointF(step, -step * 0.7),
        ]
    )


def _cross(painter: QPainter, centre: QPointF, radius: float) -> None:
    colours = theme().colours
    box = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
    painter.setBrush(colours.red_w)
    painter.setPen(QPen(colours.red, theme().px(2)))
    painter.drawRect(box)
    step = radius * 0.45
    painter.drawLine(centre + QPointF(-step, -step), centre + QPointF(step, step))
    painter.drawLine(centre + QPointF(-step, step), centre + QPointF(step, -step))


def _half(painter: QPainter, centre: QPointF, radius: float) -> None:
    colours = theme().colours
    painter.setBrush(colours.sheet)
    painter.setPen(QPen(colours.blue, theme().px(2)))
    painter.drawEllipse(centre, radius, radius)
    inner = radius * 0.6
    box = QRectF(centre.x() - inner, centre.y() - inner, 2 * inner, 2 * inner)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.blue)
    painter.drawPie(box, 90 * 16, -180 * 16)


def _open(painter: QPainter, centre: QPointF, radius: float) -> None:
    pen = QPen(theme().colours.edge, theme().line)
    pen.setStyle(Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.setBrush(theme().colours.sheet)
    painter.drawEllipse(centre, radius, radius)


_SIGNS = {"done": _tick, "missing": _cross, "current": _half, "todo": _open}
_STATES = {"done": "已完成", "missing": "材料不齐", "current": "正在办", "todo": "还没到"}


@dataclass(frozen=True, slots=True)
class BarFigures:
    """The figures of a project's bar in 分; `owed` is None before there is a contract."""

    budget: int
    owed: int | None
    paid: int
    owed_word: str = "合同"


class MoneyBar(QWidget):
    """Budget, contract, paid, unpaid and what is left: five figures over one bar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figures = BarFigures(0, None, 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_figures(self, figures: BarFigures) -> None:
        """Show other figures; they are read aloud in the same order."""
        self._figures = figures
        said = "，".join(f"{name} {value} 元" for name, value, _, _ in self._columns())
        self.setAccessibleName(f"钱。{said}")
        self.update()

    def _columns(self) -> list[tuple[str, str, str, str]]:
        """Give label, figure, tone and fill of each column."""
        one = self._figures
        owed = one.owed or 0
        left = one.budget - (owed or one.paid)
        return [
            ("预算", show_money(one.budget), "ink", ""),
            (one.owed_word, show_money(owed) if one.owed is not None else "还没有", "ink", ""),
            ("已付", show_money(one.paid), "ink", "solid"),
            (f"{one.owed_word}未付", show_money(max(0, owed - one.paid)), "ink", "hatch"),
            (
                f"结余＝预算－{one.owed_word}" if left >= 0 else "超出预算",
                show_money(abs(left)),
                "green" if left >= 0 else "red",
                "white",
            ),
        ]

    def sizeHint(self) -> QSize:
        look = theme()
        height = look.metrics("small").height() + look.metrics("h2").height() + look.px(44)
        return QSize(look.px(900), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(300), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter, look = painter_of(self), theme()
        colours = look.colours.by_name()
        lead = look.px(72)
        pitch = (self.width() - lead) / 5
        small, large = look.metrics("small").height(), look.metrics("h2").height()
        words(painter, QRectF(0, 0, lead, small), "钱", colours["ink"], "h3", LEFT)
        unit = QRectF(0, small + look.px(2), lead, large)
        words(painter, unit, "单位：元", colours["ink2"], "small", LEFT)
        for at, (name, value, tone, fill) in enumerate(self._columns()):
            left = lead + pitch * at
            if fill:
                box = QRectF(left, (small - look.px(12)) / 2, look.px(12), look.px(12))
                self._fill(painter, box, fill)
                left += look.px(18)
            words(painter, QRectF(left, 0, pitch, small), name, colours["ink2"], "small", LEFT)
            place = QRectF(lead + pitch * at, small + look.px(2), pitch, large)
            words(painter, place, value, colours[tone], "h2", LEFT)
        self._bar(painter, QRectF(0, small + large + look.px(10), self.width() - 1, look.px(28)))

    def _bar(self, painter: QPainter, box: QRectF) -> None:
        one, colours = self._figures, theme().colours
        whole = max(one.budget, one.owed or 0, one.paid, 1)
        self._fill(painter, box, "white")
        paid = box.width() * one.paid / whole
        owed = box.width() * max(one.owed or 0, one.paid) / whole
        if owed > paid:
            self._fill(painter, QRectF(box.x() + paid, box.y(), owed - paid, box.height()), "hatch")
        if paid:
            self._fill(painter, QRectF(box.x(), box.y(), paid, box.height()), "solid")
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colours.ink, theme().line))
        painter.drawRect(box)

    def _fill(self, painter: QPainter, box: QRectF, fill: str) -> None:
        colours = theme().colours
        painter.setPen(QPen(colours.ink, theme().line))
        painter.setBrush(colours.blue if fill == "solid" else colours.sheet)
        painter.drawRect(box)
        if fill == "hatch":
            hatch(painter, box, colours.blue)
