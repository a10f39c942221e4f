"""Kinds of values that are counted: money, counts, shares."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from village_app.domain.kind import Kind, SpreadsheetFormat
from village_app.domain.money import parse_money, show_money, show_share, to_decimal
from village_app.domain.numerals import from_chinese
from village_app.domain.spreadsheet_damage import digits_of
from village_app.domain.texts import compact
from village_app.domain.unreadable import Unreadable

_BLANK = {"", "-", "—", "/", "无"}
_MEASURE_WORDS = "[人户个位名份张次场条件亩宗票股株盏栋间台套天岁米块]"


class Money(Kind):
    """An amount in integer 分, shown in 元 with thousands and two decimals."""

    name = "money"
    storage = "integer"
    align = "right"
    spreadsheet = SpreadsheetFormat("#,##0.00", 16)

    def parse(self, raw: object) -> int | None:
        return parse_money(raw)

    def show(self, value: Any) -> str:
        return "" if value is None else show_money(value)

    def for_spreadsheet(self, value: Any) -> Any:
        return None if value is None else to_decimal(value)


class Count(Kind):
    """A whole number of people, households, copies, votes; a measure word behind it is read."""

    name = "count"
    storage = "integer"
    align = "right"
    spreadsheet = SpreadsheetFormat("0", 10)

    def parse(self, raw: object) -> int | None:
        text = "" if raw is None else digits_of(raw)
        if text in _BLANK:
            return None
        bare = re.sub(f"{_MEASURE_WORDS}$", "", text)
        if re.fullmatch(r"-?\d{1,3}(,\d{3})+|-?\d{1,18}", bare):
            return int(bare.replace(",", ""))
        value = from_chinese(bare)
        if value is None:
            raise Unreadable("no_count", f"“{text}”不是整数，请只填数字，如 12。")
        return value


class Share(Kind):
    """A share in hundredths of a percent (253 = 2.53 %); a bare number counts as percent."""

    name = "share"
    storage = "integer"
    align = "right"
    spreadsheet = SpreadsheetFormat("0.00%", 10)

    def parse(self, raw: object) -> int | None:
        text = "" if raw is None else compact(str(raw))
        if text in _BLANK:
            return None
        found = re.fullmatch(r"(-?\d+(?:\.\d+)?)(%|成)?", text)
        if not found:
            raise Unreadable("no_share", f"“{text}”不是百分比，请写成 2.53%。")
        hundredths = Decimal(found[1]) * (1000 if found[2] == "成" else 100)
        if hundredths != hundredths.to_integral_value():
            raise Unreadable("too_fine", f"“{text}”写得太细，百分比只保留两位小数。")
        return int(hundredths)

    def show(self, value: Any) -> str:
        return "" if value is None else show_share(value)

    def for_spreadsheet(self, value: Any) -> Any:
        return None if value is None else Decimal(value).scaleb(-4)


MONEY = Money()
COUNT = Count()
SHARE = Share()
