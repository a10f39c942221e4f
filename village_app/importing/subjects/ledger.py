"""A ledger as a target of imports: the village's own sheets, bank statements, WeChat and Alipay.

A line is money in or out on a day. It is the same line when its serial number, or its voucher,
day and amount are equal to one that is booked; a line with neither is only suspected.
"""

from __future__ import annotations

from village_app.domain.kinds import DAY, MONEY, Moment
from village_app.domain.money import show_money
from village_app.domain.texts import compact
from village_app.importing.files.grid import Cell
from village_app.importing.plans.recognition import ByKeys
from village_app.importing.rows.cleaning import Circumstances, CleanRow, RowCheck
from village_app.importing.rows.records import Record
from village_app.importing.subjects.ledger_fields import BOOKED, ledger_fields
from village_app.importing.tables.content import ContentTest, readable_by
from village_app.importing.tables.targets import Target

_IN = ("收入", "收", "贷", "贷方", "存入", "转入", "进账", "入账", "收款", "cr", "credit", "+")
_OUT = ("支出", "支", "付", "借", "借方", "取出", "转出", "出账", "付款", "dr", "debit", "-")
_DEAD = ("交易关闭", "已关闭", "支付失败", "交易失败", "失败", "已撤销")
_REFUND = ("退款", "退货", "已全额退款", "退款成功", "冲正")
_YUAN = ("", "人民币", "人民币元", "rmb", "cny", "元", "156", "01")
_CARRIED = ("上期结余", "上年结转", "期初余额", "承前页", "本月合计", "本年累计", "过次页", "合计")


def ledger_target() -> Target:
    """Describe the lines of a ledger as a target of imports."""
    return Target(
        name="ledger",
        label="账目",
        counter="笔",
        fields=ledger_fields(),
        needed=(frozenset({"day"}), frozenset({"income", "expense", "amount"})),
        keys=frozenset({"day", "income", "expense", "amount"}),
        referring=frozenset({"account"}),
        recognition=ByKeys(
            certain=(("serial",), ("voucher", "day", "booked")),
            likely=(("day", "booked", "party"), ("day", "booked", "summary")),
            labels={
                "serial": "流水号",
                "voucher": "凭证号",
                "day": "日期",
                "booked": "金额",
                "party": "收付款人",
                "summary": "摘要",
            },
        ),
        checks=LEDGER_CHECKS,
        grave=frozenset({"day", "income", "expense", "amount"}),
        computed=frozenset({BOOKED}),
        tests={
            "income": ContentTest(readable_by(MONEY), "金额", doubt=0.3),
            "expense": ContentTest(readable_by(MONEY), "金额", doubt=0.3),
            "amount": ContentTest(readable_by(MONEY), "金额", doubt=0.3),
            "day": ContentTest(_like_day, "日期", doubt=0.3),
        },
    )


def _like_day(cell: Cell) -> float:
    kinds = (readable_by(DAY), readable_by(Moment()))
    return max(kind(cell) for kind in kinds)


def check_currency(row: CleanRow, record: Record, around: Circumstances) -> None:
    """Refuse a line in another currency: the ledger counts 元 alone."""
    del record, around
    currency = compact(str(row.values.get("currency") or "")).casefold()
    if currency not in _YUAN:
        said = row.values["currency"]
        row.refuse("currency", "other_currency", f"这一行是“{said}”，账上只记人民币，没有收进来。")


def check_direction(row: CleanRow, record: Record, around: Circumstances) -> None:
    """Turn income, expense or amount with direction into one signed figure, `booked`."""
    del around
    if row.has_errors:
        return
    values = row.values
    income, expense = values.get("income") or 0, values.get("expense") or 0
    if income and expense:
        row.refuse("income", "both_sides", "收入和支出都有数，一行只能是一边，请核对。")
        return
    if not income and not expense and values.get("amount"):
        income, expense = _by_direction(row, told="direction" in record.columns)
    if not income and not expense and not row.has_errors:
        row.refuse("amount", "no_sum", "这一行没有金额，或金额是零，没有收进来。")
    if row.has_errors:
        return
    if income < 0 or expense < 0:
        # A red figure on one side is a refund: money on the other.
        income, expense = max(0, -expense) + max(0, income), max(0, -income) + max(0, expense)
        row.warn("amount", "negative", "金额是负数，当作退回的款记在另一边，请核对。")
    values[BOOKED] = income - expense


def _by_direction(row: CleanRow, *, told: bool) -> tuple[int, int]:
    amount = row.values["amount"]
    said = compact(str(row.values.get("direction") or "")).casefold()
    if said in _IN:
        return amount, 0
    if said in _OUT:
        return 0, amount
    if _is_refund(row):
        return abs(amount), 0
    if not said and not told:
        return max(0, amount), max(0, -amount)
    if not said:
        row.refuse(
            "direction",
            "no_direction",
            "没有写收还是支，没有收进来。是转到自己别的账户的，请记内部转款。",
        )
        return 0, 0
    shown = show_money(amount)
    message = f"“{row.values['direction']}”分不出收还是支（{shown} 元），没有收进来。"
    row.refuse("direction", "unknown_direction", message)
    return 0, 0


def check_status(row: CleanRow, record: Record, around: Circumstances) -> None:
    """Refuse what was never paid, and mark what was given back."""
    del record, around
    status = compact(str(row.values.get("status") or ""))
    if any(status.startswith(word) for word in _DEAD):
        row.refuse("status", "not_paid", f"这一笔“{status}”，钱没有动，没有收进来。")
    elif _is_refund(row):
        row.warn("status", "refund", "这一笔是退款，会冲减原来的科目，请核对。")


def check_carried(row: CleanRow, record: Record, around: Circumstances) -> None:
    """Refuse carried balances and totals that stand between the lines."""
    del record, around
    summary = compact(str(row.values.get("summary") or ""))
    if any(summary.startswith(word) for word in _CARRIED):
        row.refuse("summary", "carried", f"“{summary}”是结转或合计，不是一笔账，没有收进来。")


def is_refund(values: object) -> bool:
    """Tell whether a line's words say that money came back."""
    said = values if isinstance(values, dict) else {}
    texts = (said.get(name) for name in ("status", "category", "summary", "direction"))
    return any(word in str(text) for text in texts if text for word in _REFUND)


def _is_refund(row: CleanRow) -> bool:
    return is_refund(row.values)


LEDGER_CHECKS: tuple[RowCheck, ...] = (check_currency, check_carried, check_status, check_direction)
