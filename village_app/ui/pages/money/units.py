"""元 or 万元 on the screen: the same 分, written another way, never rounded."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from village_app.domain.kinds import MONEY
from village_app.domain.kinds_figures import Money
from village_app.domain.money import show_money_exactly
from village_app.ui.kit.columns import ColumnSpec


class TenThousands(Money):
    """An amount in 分 shown in 万元 to the last 分: 128640035 → 128.640035."""

    def show(self, value: Any) -> str:
        return "" if value is None else show_money_exactly(value)


TEN_THOUSANDS = TenThousands()


def in_unit(columns: tuple[ColumnSpec, ...], *, ten_thousands: bool) -> tuple[ColumnSpec, ...]:
    """Give columns whose money is shown in the unit; their labels say it."""
    if not ten_thousands:
        return columns
    return tuple(
        replace(one, kind=TEN_THOUSANDS, label=one.label.replace("（元）", "（万元）"))
        if one.kind is MONEY
        else one
        for one in columns
    )


def amount_words(fen: int, *, ten_thousands: bool) -> str:
    """Write an amount with its unit."""
    if ten_thousands:
        return f"{show_money_exactly(fen)} 万元"
    return f"{MONEY.show(fen)} 元"
