"""A ledger that only grows: books of accounts, openings, entries, closed months.

An entry moves an amount from one account (credit) to another (debit), so that opening + in - out
= closing holds for every account of every book, whether it counts money, goods, points or hours.
A mistake is taken back by an entry of the negative amount (红字冲销), never by editing.
The ledger knows nobody's subject: an entry names its source by table and id.
"""

from __future__ import annotations

from typing import ClassVar

from village_app.db.fields import Record, column
from village_app.domain.kinds import (
    COUNT,
    DAY,
    FLAG,
    LONG_TEXT,
    MOMENT,
    MONEY,
    MONTH,
    PERSON_NAME,
    TEXT,
    Choice,
    Reference,
    options_of,
)
from village_app.domain.ledgers import NATURES

ACCOUNT_NATURES = Choice(options_of(NATURES))
METHODS = Choice(
    options_of(
        (
            ("bank", "银行转账"),
            ("cash", "现金"),
            ("wechat", "微信"),
            ("alipay", "支付宝"),
            ("other", "其他"),
        )
    )
)


class LedgerAccount(Record):
    """An account of a book; `holds` marks where money (or goods) really lies: cash, bank."""

    title: ClassVar[str] = "科目"

    class Meta:
        table_name = "ledger_account"

    name = column("科目", TEXT, required=True)
    book = column("账簿", TEXT, required=True, in_form=False)
    code = column("科目编号", TEXT, required=True)
    nature = column("类别", ACCOUNT_NATURES, required=True)
    parent_id = column("上级科目", Reference("ledger_account"))
    holds = column("存放资金", FLAG, default=False)
    holder = column("开户行或保管人", TEXT)
    is_active = column("在用", FLAG, default=True)


class LedgerOpening(Record):
    """What an account held when the book began; receivables and debts by party and day."""

    title: ClassVar[str] = "期初"

    class Meta:
        table_name = "ledger_opening"

    account_id = column("科目", Reference("ledger_account"), required=True)
    day = column("建账日期", DAY, required=True)
    amount = column("期初金额", MONEY, required=True)
    party = column("单位（个人）", TEXT, sensitivity="personal")
    formed_on = column("形成日期", DAY)
    due_on = column("约定归还", DAY)
    note = column("备注", TEXT)


class LedgerEntry(Record):
    """One line of a book. `amount` is negative only in an entry that takes another back."""

    title: ClassVar[str] = "账目"

    class Meta:
        table_name = "ledger_entry"

    summary = column("摘要", TEXT, required=True, synonyms=("用途", "事由", "说明"))
    book = column("账簿", TEXT, required=True, in_form=False)
    day = column("日期", DAY, required=True)
    voucher = column("凭证号", TEXT, synonyms=("凭证字号", "凭证编号"))
    debit_id = column("记入", Reference("ledger_account"), required=True)
    credit_id = column("转出", Reference("ledger_account"), required=True)
    amount = column("金额", MONEY, required=True)
    party = column("收（付）款人", TEXT, sensitivity="personal", synonyms=("收款人", "付款人"))
    method = column("结算方式", METHODS)
    receipt = column("票据号", TEXT)
    handler = column("经手人", PERSON_NAME)
    witness = column("证明人", PERSON_NAME)
    approver = column("审批人", PERSON_NAME)
    note = column("备注", TEXT)
    source_table = column("来自", TEXT, in_form=False)
    source_id = column("来自记录", COUNT, in_form=False)
    reverses_id = column("冲销", Reference("ledger_entry"), in_form=False)
    reason = column("冲销原因", LONG_TEXT, in_form=False)
    booked_by = column("记账人", PERSON_NAME, in_form=False)
    booked_at = column("记账时间", MOMENT, in_form=False)
    origin = column("导入来源", TEXT, in_form=False)
    fund_id = column("专项资金", Reference("special_fund"), in_form=False)


class LedgerMonth(Record):
    """A closed month of a book: nothing more is booked into it until it is opened again."""

    title: ClassVar[str] = "结账"

    class Meta:
        table_name = "ledger_month"

    month = column("月份", MONTH, required=True)
    book = column("账簿", TEXT, required=True)
    closed_by = column("结账人", PERSON_NAME, required=True)
    closed_at = column("结账时间", MOMENT, required=True)
