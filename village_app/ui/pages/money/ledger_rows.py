"""Entries of the ledger as rows of a list: in or out, by which account."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from village_app.db.records.ledger import LedgerAccount, LedgerEntry
from village_app.domain.kinds import DAY, MONEY, TEXT
from village_app.ui.kit.columns import ColumnSpec, ListRow

ENTRY_COLUMNS = (
    ColumnSpec("day", "日期", DAY, width=104),
    ColumnSpec("voucher", "凭证号", TEXT, width=78),
    ColumnSpec("summary", "摘要", TEXT, width=220, stretch=True),
    ColumnSpec("party", "收（付）款人", TEXT, width=150),
    ColumnSpec("account", "科目", TEXT, width=96),
    ColumnSpec("income", "收入（元）", MONEY, width=112),
    ColumnSpec("expense", "支出（元）", MONEY, width=112),
)


def entry_row(entry: LedgerEntry, accounts: Mapping[int, LedgerAccount]) -> ListRow:
    """Give the row of an entry; a reversal is grey."""
    debit, credit = accounts[entry.debit_id], accounts[entry.credit_id]
    comes_in = bool(debit.holds)
    cells: dict[str, Any] = {
        "day": entry.day,
        "voucher": entry.voucher,
        "summary": entry.summary,
        "party": entry.party,
        "account": credit.name if comes_in else debit.name,
        "income": entry.amount if comes_in else None,
        "expense": None if comes_in else entry.amount,
    }
    return ListRow(entry.id, cells, muted=entry.reverses_id is not None)
