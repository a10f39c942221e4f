"""Story 4: a list of twelve invented people for the wall, two of one name and one child."""

from __future__ import annotations

from datetime import date

from tests.papers.sample_papers import identity
from village_app.domain.kinds import (
    BANK_ACCOUNT,
    COUNT,
    IDENTITY_NUMBER,
    MONEY,
    PERSON_NAME,
    PHONE,
    TEXT,
)
from village_app.papers.blocks import Column, Heading, Paper, Paragraph, Row, Signature, Table
from village_app.papers.masking_faces import PersonRow

DAY_OF_POSTING = date(2026, 4, 28)
GIRL_BORN = date(2014, 9, 1)

COLUMNS = (
    Column("序号", COUNT),
    Column("姓名", PERSON_NAME, "personal"),
    Column("组别", TEXT),
    Column("证件号码", IDENTITY_NUMBER, "personal"),
    Column("电话", PHONE, "personal"),
    Column("银行卡号", BANK_ACCOUNT, "sensitive"),
    Column("致贫原因", TEXT, "sensitive"),
    Column("保障人数", COUNT, total="sum"),
    Column("月保障金（元）", MONEY, total="sum"),
)

PEOPLE: tuple[tuple[str, str, date, str], ...] = (
    ("陈丽", "三组", date(1958, 2, 3), "因病"),
    ("陈丽", "三组", date(1971, 11, 20), "因残"),
    ("陈莉", "一组", date(1949, 5, 6), "缺劳力"),
    ("黄小玲", "一组", date(1962, 8, 17), "因病"),
    ("黄大有", "二组", date(1955, 1, 30), "因残"),
    ("欧阳秋菊", "二组", date(1968, 10, 9), "因病"),
    ("区炳坤", "四组", date(1944, 12, 25), "缺劳力"),
    ("周小芸", "四组", GIRL_BORN, "孤儿"),
    ("何国庆", "五组", date(1949, 10, 1), "因病"),
    ("林青山", "五组", date(1960, 4, 4), "因灾"),
    ("麦𬱖", "六组", date(1957, 7, 7), "因病"),
    ("买买提·艾力", "六组", date(1963, 3, 3), "因残"),
)


def card(index: int) -> str:
    return f"62170012345678{index:05d}"


def people() -> tuple[PersonRow, ...]:
    """Give the twelve people with all that the office knows of them."""
    rows = []
    for index, (name, group, birth, reason) in enumerate(PEOPLE):
        number = identity(birth, 100 + index)
        phone = f"135123422{index:02d}"
        money = 78_000 + 100 * index
        cells = (index + 1, name, group, number, phone, card(index), reason, 1 + index % 3, money)
        rows.append(PersonRow(cells, birth, group, number))
    return tuple(rows)


def internal_table() -> Table:
    rows = tuple(Row(person.cells) for person in people())
    return Table(COLUMNS, rows, unit="单位：元", has_total=True, in_words=8)


def paper_of(table: Table) -> Paper:
    """Put a table between the words of a notice."""
    return Paper(
        "notice",
        "关于2026年二季度低保对象的公示",
        (
            Paragraph(
                "根据低保审核确认办法，经村民代表会议评议，现将下列人员予以公示，接受群众监督。"
            ),
            table,
            Paragraph("公示期：2026年4月28日至2026年5月9日（共7个工作日）。"),
            Paragraph("监督电话：0769-83731234（村务监督委员会）。"),
            Heading("附注", 1),
            Signature(("隔坑村民委员会",), "2026年4月28日"),
        ),
        number="隔村公示〔2026〕18号",
        public=True,
        policy="welfare",
    )
