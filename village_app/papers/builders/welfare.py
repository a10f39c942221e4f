"""低保公示: the public face of the list of the needy, and the office's own whole list.

The public face is built by the masking policy "welfare": names masked and told apart by group and
the last digits, no numbers, no reason of poverty, no child. Amounts are integer 分 a month.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from village_app.domain.kinds import (
    BANK_ACCOUNT,
    COUNT,
    IDENTITY_NUMBER,
    MONEY,
    PERSON_NAME,
    PHONE,
    TEXT,
)
from village_app.domain.masking_policies import masking_policies
from village_app.papers.blocks import Column, Paper, Paragraph, Row, Signature, Table
from village_app.papers.builders.projects import Signer, question_sentence
from village_app.papers.filling import DATE, PERIOD, place_for
from village_app.papers.masking_faces import PersonRow, public_table

POLICY = "welfare"
COLUMNS = (
    Column("姓名", PERSON_NAME, "personal"),
    Column("村民小组", TEXT),
    Column("证件号码", IDENTITY_NUMBER, "personal"),
    Column("电话", PHONE, "personal"),
    Column("银行卡号", BANK_ACCOUNT, "sensitive"),
    Column("致贫原因", TEXT, "sensitive"),
    Column("保障人数", COUNT, total="sum"),
    Column("月保障金（元）", MONEY, total="sum"),
)
_MONEY_AT = 7


@dataclass(frozen=True, slots=True)
class WelfarePerson:
    """One person of the list as the office knows him; `amount` is 分 a month."""

    name: str
    group: str
    identity: str
    birth: date | None
    phone: str
    bank_account: str
    reason: str
    people: int
    amount: int

    @property
    def cells(self) -> tuple[object, ...]:
        """Give the values in the order of the columns."""
        return (
            *(self.name, self.group, self.identity, self.phone, self.bank_account),
            *(self.reason, self.people, self.amount),
        )


def build_welfare_notice(
    period: str, people: Sequence[WelfarePerson], signer: Signer, day: date
) -> Paper:
    """Build the notice for the wall; whom the policy leaves out is not counted in the totals."""
    rows = [PersonRow(one.cells, one.birth, one.group, one.identity) for one in people]
    table = public_table(
        COLUMNS,
        rows,
        masking_policies()[POLICY],
        day,
        has_total=True,
        in_words=_MONEY_AT,
    )
    opening = (
        "根据《最低生活保障审核确认办法》，经本人申请、入户调查和民主评议，"
        f"现将我村{period}最低生活保障对象公示如下，接受群众监督。"
    )
    return _paper(period, opening, table, signer, f"公示期：{place_for(PERIOD)}。")


def build_welfare_list(period: str, people: Sequence[WelfarePerson], signer: Signer) -> Paper:
    """Build the office's own list with every number; it never goes to the wall."""
    rows = tuple(Row(one.cells) for one in people)
    table = Table(COLUMNS, rows, has_total=True, in_words=_MONEY_AT)
    opening = f"我村{period}最低生活保障对象名单（内部使用，不得张贴）。"
    paper = _paper(period, opening, table, signer, "")
    return Paper(
        "list",
        f"{period}最低生活保障对象名单",
        paper.blocks,
        landscape=True,
        meta=paper.meta,
    )


def _paper(period: str, opening: str, table: Table, signer: Signer, closing: str) -> Paper:
    closings = [Paragraph(f"{closing}{question_sentence(signer)}")] if closing else []
    return Paper(
        "notice",
        f"关于{period}最低生活保障对象的公示",
        (
            Paragraph(opening),
            table,
            *closings,
            Signature((signer.committee,), place_for(DATE)),
        ),
        public=True,
        policy=POLICY,
        meta={"sheet": "welfare"},
        one_page=True,
    )
