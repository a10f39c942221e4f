"""What the collective owns and lets, what is owed, and the books of the two years before.

Days are given from the running year on, so that any village can tell it. What the purses held
when the book began follows from what they are to hold at the running year's start.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from village_app.db.records.money import Asset, Lease
from village_app.demo.works import Turn
from village_app.domain.kinds import MONEY
from village_app.domain.money import show_money
from village_app.services.money.collective import rents
from village_app.village import Village

# name, kind, quantity, place, area, value, keeper
ASSETS = (
    ("旧晒谷场1号厂房", "资产", "1栋", "旧晒谷场", "2,140平方米", "1,860,000.00", "村集体经济组织"),
    ("旧晒谷场2号厂房", "资产", "1栋", "旧晒谷场", "1,260平方米", "980,000.00", "村集体经济组织"),
    ("村口商铺", "资产", "6间", "村口", "228平方米", "412,000.00", "村集体经济组织"),
    ("党群服务中心", "资产", "1栋", "村委会旁", "860平方米", "1,240,000.00", "村民委员会"),
    ("三组鱼塘", "资源", "1口", "三组村前", "28亩", "", "三组"),
    ("荔枝园", "资源", "1片", "后山", "46亩", "", "村集体经济组织"),
    ("后山水塘", "资源", "1口", "后山", "12亩", "", "五组"),
)
# asset, tenant, number, starts (back, month, day), ends, yearly rent, months, parts left unpaid
LEASES = (
    ("旧晒谷场1号厂房", "某制品厂", "隔租1号", (2, 1, 1), (-1, 12, 31), "514,000.00", 3, 0),
    ("旧晒谷场2号厂房", "某五金加工店", "隔租2号", (2, 7, 1), (0, 6, 30), "168,000.00", 12, 0),
    ("村口商铺", "某便民超市", "隔租3号", (1, 1, 1), (-1, 12, 31), "86,400.00", 6, 0),
    ("三组鱼塘", "陈某", "隔租4号", (2, 1, 1), (-1, 12, 31), "72,000.00", 6, 0),
    ("荔枝园", "某农业合作社", "隔租5号", (2, 5, 1), (-3, 4, 30), "27,600.00", 12, 0),
)
# party, sum, formed (back, month, day)
CLAIMS = (
    ("某便民超市", "8,600.00", (2, 1, 1)),
    ("横沥镇水电管理所", "12,480.00", (4, 6, 30)),
    ("某建材经营部", "3,150.00", (6, 3, 15)),
)
DEBTS = (("某建设工程队（祠堂修缮尾款）", "26,400.00", (5, 11, 20)),)
# account, budget of the running year
BUDGET = (
    ("经营收入", "868,000.00"),
    ("补助收入", "180,000.00"),
    ("其他收入", "4,000.00"),
    ("公益支出", "520,000.00"),
    ("管理费用", "96,000.00"),
)
# account, purse, summary, party, sum, months in which it falls due (day 18)
HABITS = (
    ("公益支出", "银行存款", "付村道保洁费", "横沥洁净保洁服务部", "18,640.00", range(1, 13)),
    (
        "管理费用",
        "银行存款",
        "付党群服务中心水电费",
        "供电局、水务公司",
        "3,620.00",
        range(2, 13, 2),
    ),
    ("管理费用", "库存现金", "付办公用品", "文华文具店", "860.00", (3, 6, 9, 12)),
    ("公益支出", "银行存款", "付春节慰问金", "领取名单附后", "11,000.00", (1,)),
    ("公益支出", "银行存款", "付重阳节敬老慰问", "领取名单附后", "15,600.00", (10,)),
    ("补助收入", "银行存款", "收镇级村级组织运转补助", "横沥镇财政分局", "60,000.00", (4, 10)),
    ("其他收入", "银行存款", "收银行存款利息", "东莞农商银行", "905.20", (3, 6, 9, 12)),
)
CASH_DRAWN = ("5,000.00", (2, 8))
# name, post, basic, merit in 元 a month
OFFICIALS = (
    ("梁国栋", "村党组织书记、村委会主任", "4,600.00", "1,200.00"),
    ("何志强", "村委会副主任", "3,900.00", "900.00"),
    ("李美玲", "村委会委员、会计", "3,600.00", "800.00"),
    ("陈丽珍", "村委会委员、文书", "3,600.00", "800.00"),
    ("叶志坚", "监委会主任", "1,800.00", "400.00"),
)
# What the town and donors gave for works of the two years: (back, month), summary, sum
GRANTS = (
    ((2, 5), "收“四好农村路”补助", "260,000.00"),
    ((2, 12), "收镇文体设施补助", "120,000.00"),
    ((2, 12), "收乡亲捐赠（文化广场）", "40,000.00"),
    ((1, 6), "收镇水利补助", "80,000.00"),
    ((1, 11), "收镇民政补助", "100,000.00"),
    ((1, 11), "收老人协会自筹（活动中心）", "20,000.00"),
)


def let(village: Village, turn: Turn, year: int) -> list[Lease]:
    """Enter assets, leases, debts and the budget; book the rents of the two years before."""
    turn(date(year - 2, 1, 1))
    assets = {name: _asset(village, name, *rest) for name, *rest in ASSETS}
    _debts(village, year)
    leases = []
    for name, tenant, number, starts, ends, rent, months, unpaid in LEASES:
        first = _day(year, starts)
        turn(max(first, date(year - 2, 1, 1)))
        lease = village.collective.let(
            assets[name],
            {
                "tenant": tenant,
                "number": number,
                "starts_on": first.isoformat(),
                "ends_on": _day(year, ends).isoformat(),
                "yearly_rent": rent,
                "months": str(months),
                "first_due": first.replace(day=8).isoformat(),
            },
        )
        leases.append(lease)
        _rents(village, turn, lease, year, unpaid)
    turn(date(year, 1, 2))
    _budget(village, year)
    return leases


def keep_books(village: Village, turn: Turn, year: int, closing: Mapping[str, str]) -> None:
    """Book what comes every year for the two years before; open the purses so that it comes out.

    `closing` says in 元 what each purse holds at the end of the year before the running one.
    """
    _habits(village, turn, year)
    _grants(village, turn, year)
    first, last = date(year - 2, 1, 1), date(year - 1, 12, 31)
    turn(date(year, 1, 2))
    turnovers = village.ledger.turnovers(first, last)
    for word, amount in closing.items():
        purse = village.accounts.find(word)
        net = turnovers[purse.id].closing - turnovers[purse.id].opening
        opening = _fen(amount) - net
        village.accounts.open_with(purse, {"day": first.isoformat(), "amount": show_money(opening)})


def pay_officials(village: Village, year: int, months: range) -> None:
    """Enter what those in office got, month by month."""
    for month in months:
        for name, post, basic, merit in OFFICIALS:
            village.official_pays.enter(
                {
                    "name": name,
                    "post": post,
                    "month": f"{year:04d}-{month:02d}",
                    "basic": basic,
                    "merit": merit,
                }
            )


def _asset(village: Village, name: str, *said: str) -> Asset:
    fields = ("kind", "quantity", "place", "area", "value", "keeper")
    return village.collective.add_asset({"name": name, **dict(zip(fields, said, strict=True))})


def _rents(village: Village, turn: Turn, lease: Lease, year: int, unpaid: int) -> None:
    """Book each rent of the two years two days after it fell due; the last ones stay unpaid."""
    due = [(day, amount) for day, amount in rents(lease) if day.year < year]
    for day, amount in due[: len(due) - unpaid]:
        paid = day.replace(day=day.day + 2)
        turn(paid)
        village.collective.receive_rent(
            lease, {"day": paid.isoformat(), "amount": show_money(amount)}
        )


def _debts(village: Village, year: int) -> None:
    for word, open_ones in (("应收款", CLAIMS), ("应付款", DEBTS)):
        account = village.accounts.find(word)
        for party, amount, formed in open_ones:
            village.accounts.open_with(
                account,
                {
                    "party": party,
                    "amount": amount,
                    "day": f"{year - 2}-01-01",
                    "formed_on": _day(year, formed).isoformat(),
                },
            )


def _budget(village: Village, year: int) -> None:
    for word, amount in BUDGET:
        account = village.accounts.find(word)
        village.budgets.plan(account, {"year": str(year), "planned": amount})


def _habits(village: Village, turn: Turn, year: int) -> None:
    for back in (2, 1):
        for month in range(1, 13):
            day = date(year - back, month, 18)
            turn(day)
            for account, purse, summary, party, amount, months in HABITS:
                if month in months:
                    typed = {"summary": summary, "party": party, "amount": amount}
                    _book(village, purse, account, {**typed, "day": day.isoformat()})
            if month in CASH_DRAWN[1]:
                village.ledger.transfer(
                    village.accounts.find("银行存款"),
                    village.accounts.find("库存现金"),
                    {"day": day.isoformat(), "summary": "提取备用金", "amount": CASH_DRAWN[0]},
                )


def _grants(village: Village, turn: Turn, year: int) -> None:
    for (back, month), summary, amount in GRANTS:
        day = date(year - back, month, 22)
        turn(day)
        account = "其他收入" if "捐赠" in summary or "自筹" in summary else "补助收入"
        party = "横沥镇财政分局" if account == "补助收入" else "捐赠名单附后"
        typed = {"summary": summary, "party": party, "amount": amount, "day": day.isoformat()}
        _book(village, "银行存款", account, typed)


def _book(village: Village, purse: str, account: str, typed: Mapping[str, str]) -> None:
    found = village.accounts.find(account)
    book = village.ledger.receive if found.nature == "income" else village.ledger.spend
    book(village.accounts.find(purse), found, typed)


def _day(year: int, when: tuple[int, int, int]) -> date:
    back, month, day = when
    return date(year - back, month, day)


def _fen(yuan: str) -> int:
    amount = MONEY.parse(yuan)
    assert amount is not None
    return int(amount)
