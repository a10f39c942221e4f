"""Papers of invented people, with every kind of block, for the tests of writers and gate."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

from PIL import Image

from village_app.domain.identity import check_digit
from village_app.domain.kinds import (
    COUNT,
    DAY,
    IDENTITY_NUMBER,
    MONEY,
    PERSON_NAME,
    PHONE,
    TEXT,
)
from village_app.papers.blocks import (
    Bar,
    BarChart,
    Block,
    Column,
    FormCell,
    FormGrid,
    Heading,
    PageBreak,
    Paper,
    Paragraph,
    Photo,
    PhotoGrid,
    Row,
    Signature,
    SignLines,
    Spacer,
    Table,
)


def identity(birth: date, serial: int, region: str = "441900") -> str:
    """Make up a number with the right check digit for nobody in particular."""
    first = f"{region}{birth:%Y%m%d}{serial:03d}"
    return first + check_digit(first)


def picture(width: int = 40, height: int = 30, exif: Image.Exif | None = None) -> bytes:
    """Draw a plain picture, with camera properties when given."""
    target = BytesIO()
    image = Image.new("RGB", (width, height), (200, 120, 40))
    image.save(target, "JPEG", exif=exif or Image.Exif())
    return target.getvalue()


def picture_with_place() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "maker"
    place = exif.get_ifd(0x8825)
    place[1], place[2] = "N", (23.0, 2.0, 30.0)
    place[3], place[4] = "E", (113.0, 58.0, 12.0)
    return picture(exif=exif)


LEDGER_COLUMNS = (
    Column("日期", DAY),
    Column("摘要", TEXT),
    Column("经手人", PERSON_NAME),
    Column("证件号码", IDENTITY_NUMBER, "personal"),
    Column("电话", PHONE, "personal"),
    Column("份数", COUNT, total="sum"),
    Column("金额（元）", MONEY, total="sum"),
)


def ledger_row(index: int, **changes: Any) -> Row:
    """Make one line of a ledger; `changes` replace single cells by name."""
    cells: dict[str, Any] = {
        "day": date(2026, 3, 1 + index % 28),
        "text": f"购买路灯材料第{index + 1}批",
        "name": "陈路明",
        "identity": identity(date(1985, 6, 30), index % 999),
        "phone": f"1381234{index % 10000:04d}",
        "count": index + 1,
        "money": 123_456 + index,
    }
    return Row(tuple((cells | changes).values()))


def ledger(rows: int = 3, **rest: Any) -> Table:
    options: dict[str, Any] = {"unit": "单位：元", "has_total": True, "in_words": 6} | rest
    return Table(LEDGER_COLUMNS, tuple(ledger_row(index) for index in range(rows)), **options)


FORM = FormGrid(
    (1, 2, 1, 2),
    (
        (
            FormCell("姓名", is_label=True),
            FormCell("林青山"),
            FormCell("编号", is_label=True),
            FormCell("00017"),
        ),
        (
            FormCell("事由", is_label=True, vertical=True, rows=2),
            FormCell("村前塘边路灯损坏三盏", columns=3, height=30),
        ),
        (FormCell("另见来信", columns=3),),
    ),
)
CHART = BarChart(
    "各组报修宗数",
    (
        Bar("一组", (("已办", 12), ("在办", 3)), "15宗"),
        Bar("二组", (("已办", 7), ("在办", 0)), "7宗"),
    ),
)
EVERY_BLOCK: tuple[Block, ...] = (
    Heading("一、收支情况", 1),
    Heading("（一）收入", 2),
    Heading("1. 经营收入", 3),
    Heading("（1）租金", 4),
    Paragraph("根据村民代表会议决议，现将有关情况予以公示，接受群众监督。" * 3),
    Paragraph("居中的一句话", indent=0, align="center", face="kai", size=18),
    ledger(4, caption="一季度支出明细", notes=("注：表内金额含税。",)),
    FORM,
    CHART,
    PhotoGrid((Photo(picture(), "塘边路灯"), Photo(picture(30, 60), "修好以后")), 2),
    Spacer(2),
    PageBreak(),
    SignLines((("制表人", "林青山"), ("审核人", ""), ("监督", "何国庆")), 3),
    Signature(("隔坑村民委员会", "隔坑村务监督委员会"), "2026年4月10日"),
)


def every_block_paper(**changes: Any) -> Paper:
    """Give a paper on which every kind of block stands once or more."""
    parts: dict[str, Any] = {
        "layout": "table",
        "title": "2026年一季度财务公开表",
        "blocks": EVERY_BLOCK,
        "number": "隔村公示〔2026〕12号",
        "to": "各村民小组：",
        "letterhead": "横沥镇隔坑村民委员会",
        "footer": "验真码 ABCD2345",
    }
    return Paper(**(parts | changes))


def one_block_paper(*blocks: Block, **changes: Any) -> Paper:
    parts: dict[str, Any] = {"layout": "notice", "title": "公示", "blocks": blocks}
    return Paper(**(parts | changes))
