"""Papers of subsidies and aid: the notice for the wall, the list that is signed for.

The notice is built by a masking policy: names masked and told apart, no whole number, no child.
The list to be signed stays in the office. Amounts are integer 分.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from village_app.domain.calendar import show_day
from village_app.domain.kinds import (
    BANK_ACCOUNT,
    COUNT,
    DOCUMENT_NUMBER,
    MONEY,
    PERSON_NAME,
    TEXT,
)
from village_app.domain.masking_policies import masking_policies
from village_app.papers.blocks import (
    Block,
    Column,
    Paper,
    Paragraph,
    Photo,
    PhotoGrid,
    Row,
    Signature,
    SignLines,
    Table,
)
from village_app.papers.builders.projects import Signer, question_sentence
from village_app.papers.filling import DATE, PERIOD, place_for
from village_app.papers.masking_faces import PersonRow, public_table

_MONEY_AT = 5
_NOTICE_COLUMNS = (
    Column("姓名", PERSON_NAME, "personal", width=2),
    Column("村民小组", TEXT, width=2),
    Column("证件号码", DOCUMENT_NUMBER, "personal", width=3),
    Column("银行账号", BANK_ACCOUNT, "sensitive", width=3),
    Column("面积或人数", TEXT, width=2),
    Column("金额（元）", MONEY, total="sum", width=2.4),
)


@dataclass(frozen=True, slots=True)
class AidFacts:
    """What both papers say of a list; `policy` is the masking policy of its kind."""

    name: str
    period: str
    source: str = ""
    document: str = ""
    standard: str = ""
    paid_on: date | None = None
    policy: str = "subsidy"


@dataclass(frozen=True, slots=True)
class AidPerson:
    """One person who gets it, as the office knows him; amount in 分."""

    name: str
    group: str
    number: str
    birth: date | None
    account: str
    quantity: str
    amount: int
    received_on: date | None = None
    received_by: str = ""

    @property
    def cells(self) -> tuple[object, ...]:
        """Give the values in the order of the notice's columns."""
        return (self.name, self.group, self.number, self.account, self.quantity, self.amount)


def build_aid_notice(
    facts: AidFacts, people: Sequence[AidPerson], signer: Signer, day: date
) -> Paper:
    """Build the notice for the wall; whom the policy leaves out is not counted in the total."""
    shown = _shown_columns(people)
    rows = [
        PersonRow(tuple(one.cells[at] for at in shown), one.birth, one.group, one.number)
        for one in people
    ]
    table = public_table(
        tuple(_NOTICE_COLUMNS[at] for at in shown),
        rows,
        masking_policies()[facts.policy],
        day,
        unit="单位：元",
        has_total=True,
        in_words=len(shown) - 1,
    )
    basis = f"根据{facts.document}，" if facts.document else ""
    source = f"，资金来源：{facts.source}" if facts.source else ""
    standard = f"，标准：{facts.standard}" if facts.standard else ""
    opening = f"{basis}现将{facts.period}{facts.name}发放情况公示如下{source}{standard}。"
    return Paper(
        layout="notice",
        title=f"{facts.period}{facts.name}发放公示",
        blocks=(
            Paragraph(opening),
            table,
            Paragraph(f"公示期：{place_for(PERIOD)}。{question_sentence(signer)}"),
            Signature((signer.committee,), place_for(DATE)),
        ),
        public=True,
        policy=facts.policy,
        meta={"sheet": "aid"},
        one_page=True,
    )


def build_receipt_list(
    facts: AidFacts,
    people: Sequence[AidPerson],
    signer: Signer,
    photos: Sequence[Photo] = (),
) -> Paper:
    """Build 签收表: one line a person with room for his signature; photos of the day below."""
    rows = tuple(
        Row(
            (
                at,
                one.name,
                one.group,
                _tail(one.number),
                one.quantity,
                one.amount,
                one.received_by,
                show_day(one.received_on) if one.received_on else "",
            )
        )
        for at, one in enumerate(people, 1)
    )
    columns = (
        Column("序号", COUNT, width=1.1),
        Column("姓名", TEXT, width=2),
        Column("村民小组", TEXT, width=1.8),
        Column("证件尾号", TEXT, width=1.8),
        Column("面积或人数", TEXT, width=1.8),
        Column("金额（元）", MONEY, total="sum", width=2.2),
        Column("本人或代领人签名", TEXT, width=3.2),
        Column("领取日期", TEXT, width=2.6),
    )
    table = Table(columns, rows, unit="单位：元", has_total=True, in_words=_MONEY_AT)
    source = f"　资金来源：{facts.source}" if facts.source else ""
    paid = f"　发放日期：{show_day(facts.paid_on)}" if facts.paid_on else ""
    blocks: list[Block] = [
        Paragraph(f"内部使用，不得张贴。{source}{paid}".replace("。　", "。"), indent=0),
        table,
        SignLines((("发放人", ""), ("监督人", ""), ("村委会主任", "")), 3),
    ]
    if photos:
        blocks.append(PhotoGrid(tuple(photos), 2))
    return Paper(
        "list",
        f"{signer.village}{facts.period}{facts.name}签收表",
        tuple(blocks),
        landscape=True,
        meta={"sheet": "aid_receipts"},
    )


def _shown_columns(people: Sequence[AidPerson]) -> list[int]:
    """Leave out what no line says (an account, an area)."""
    return [at for at in range(len(_NOTICE_COLUMNS)) if any(one.cells[at] for one in people)]


def _tail(number: str) -> str:
    return f"…{number[-4:]}" if number else ""
