"""The five projects of 示范村 and three years of its money: rents, grants, wages, works."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from village_app.db.records.projects import Project
from village_app.demo.sample_scene import Scene
from village_app.domain.calendar import add_months
from village_app.domain.money import show_money

_FIRMS = ("某市政工程有限公司", "某建设工程有限公司", "某照明工程有限公司")


@dataclass(frozen=True, slots=True)
class Works:
    """One project: what, when it began (days ago), budget in yuan, how far it is."""

    name: str
    category: str
    place: str
    content: str
    days_ago: int
    budget: int
    town: int
    price: int
    paid: tuple[tuple[int, int, str], ...] = ()
    is_accepted: bool = False
    has_contract: bool = True


WORKS = (
    Works(
        "祠堂前铺石板",
        "道路桥梁",
        "祠堂前",
        "铺青石板320平方米",
        900,
        68_000,
        40_000,
        64_500,
        ((845, 19_350, "预付款"), (790, 32_000, "进度款"), (700, 11_215, "结算尾款")),
        is_accepted=True,
    ),
    Works(
        "学校门口排水沟改造",
        "供水排水",
        "学校门口",
        "新建盖板沟180米",
        520,
        95_000,
        60_000,
        91_200,
        ((470, 27_360, "预付款"), (430, 40_000, "进度款"), (360, 21_104, "结算尾款")),
        is_accepted=True,
    ),
    Works(
        "祠堂路沥青罩面",
        "道路桥梁",
        "祠堂路",
        "罩面400米",
        230,
        86_000,
        0,
        82_300,
        ((190, 24_690, "预付款"), (120, 32_920, "进度款")),
    ),
    Works(
        "路灯改造工程",
        "路灯亮化",
        "各组村道",
        "更换路灯86盏",
        150,
        180_000,
        120_000,
        171_600,
        ((100, 51_480, "预付款"),),
    ),
    Works(
        "小广场改造",
        "文体设施",
        "村口小广场",
        "铺塑胶地面600平方米，加健身器材8件",
        60,
        148_000,
        100_000,
        0,
        has_contract=False,
    ),
)


def make(scene: Scene) -> list[Project]:
    """Book three years of money and carry the projects as far as they are."""
    village = scene.village
    with scene.village.change("示范村的项目和账", kind="bulk", undoable=False):
        first = date(scene.back(WORKS[0].days_ago).year, 1, 1)
        scene.clock.turn_to(scene.today)
        for word, amount in (("库存现金", "3,250.60"), ("银行存款", "886,400.35")):
            account = village.accounts.find(word)
            village.accounts.open_with(account, {"day": first.isoformat(), "amount": amount})
        _years(scene, first)
        projects = [_project(scene, works) for works in WORKS]
        _leases(scene)
    return projects


# Summary, account, yuan each time, every so many months, comes in.
_FLOWS: tuple[tuple[str, str, int, int, bool], ...] = (
    ("收商铺租金", "经营收入", 36_500, 3, True),
    ("收鱼塘租金", "经营收入", 18_000, 6, True),
    ("收镇级村级运转补助", "补助收入", 60_000, 12, True),
    ("银行结息", "其他收入", 412, 3, True),
    ("付保洁费", "公益支出", 6_800, 1, False),
    ("付路灯电费", "公益支出", 1_960, 1, False),
    ("付误工补贴", "管理费用", 4_200, 1, False),
    ("付办公用品", "管理费用", 380, 2, False),
    ("付重阳慰问", "公益支出", 12_600, 12, False),
)


def _years(scene: Scene, first: date) -> None:
    """Book the flows of every month that is over, with a little chance in the amounts."""
    voucher = {True: 0, False: 0}
    month = first
    while month <= scene.today:
        for number, (summary, word, yuan, every, comes) in enumerate(_FLOWS):
            day = month + timedelta(days=8 + number * 2)
            # A yearly one falls into October, a half-yearly one into June and December.
            if (month.month + 2) % every != 0 or day > scene.today:
                continue
            voucher[comes] += 1
            cents = yuan * 100 + scene.chance.randrange(-yuan, yuan) if every < 3 else yuan * 100
            _book(scene, summary, word, cents, day, voucher[comes], comes=comes)
        month = add_months(month, 1)


def _book(
    scene: Scene, summary: str, word: str, cents: int, day: date, serial: int, *, comes: bool
) -> None:
    accounts, ledger = scene.village.accounts, scene.village.ledger
    purse = accounts.find("银行存款")
    typed: Mapping[str, object] = {
        "day": day.isoformat(),
        "summary": f"{summary}（{day.month}月）",
        "amount": show_money(cents),
        "voucher": f"{'收' if comes else '付'}-{serial:03d}",
        "handler": "李美玲",
        "approver": "梁国栋",
    }
    if comes:
        ledger.receive(purse, accounts.find(word), typed)
    else:
        ledger.spend(purse, accounts.find(word), typed)


def _project(scene: Scene, works: Works) -> Project:
    """Carry one project from its card to its last payment."""
    village = scene.village
    begun = scene.back(works.days_ago)
    scene.clock.turn_to(begun)
    project = village.projects.start(_card(scene, works, begun), _sources(works))
    if not works.has_contract:
        return project
    project = _signed(scene, works, project, begun)
    for ago, yuan, label in works.paid[: 2 if works.is_accepted else None]:
        _pay(scene, project, scene.back(ago), yuan, label)
    if works.is_accepted:
        _finish(scene, works, project)
    return village.projects.get(project.id)


def _card(scene: Scene, works: Works, begun: date) -> dict[str, str]:
    days = {
        "proposed_on": begun,
        "decided_on": begun + timedelta(days=8),
        "approved_on": begun + timedelta(days=16),
        **(
            {
                "tendered_on": begun + timedelta(days=20),
                "chosen_on": begun + timedelta(days=24),
            }
            if works.has_contract
            else {}
        ),
    }
    return {
        "name": works.name,
        "category": works.category,
        "place": works.place,
        "content": works.content,
        "reason": "村民多次提出",
        "benefit": "全村",
        "people_served": f"{len(scene.people)}人",
        "basis": "村民代表会议决议",
        "budget": f"{works.budget}",
        "method": "三家比价",
        "responsible": "黄伟雄",
        "supervisor": "叶志坚",
        **{name: day.isoformat() for name, day in days.items()},
    }


def _sources(works: Works) -> list[dict[str, str]]:
    own = {
        "name": "村集体收入",
        "kind": "村集体收入",
        "amount": f"{works.budget - works.town}",
    }
    town = {"name": "镇级补助", "kind": "镇级补助", "amount": f"{works.town}"}
    return [town, own] if works.town else [own]


def _signed(scene: Scene, works: Works, project: Project, begun: date) -> Project:
    """Quote, choose, sign, begin."""
    village = scene.village
    offered = begun + timedelta(days=22)
    scene.clock.turn_to(begun + timedelta(days=26))
    offers = [
        village.project_works.quote(
            project,
            {"firm": firm, "price": f"{works.price + at * 1_700}", "day": offered.isoformat()},
        )
        for at, firm in enumerate(_FIRMS)
    ]
    village.project_works.choose(offers[0])
    signed = begun + timedelta(days=26)
    village.project_works.sign(
        project,
        {
            "number": f"隔合〔{signed.year}〕{project.id % 90 + 1}号",
            "signed_on": signed.isoformat(),
            "terms": "签订后付30%，过半付至70%，结算后付清余款，质保金3%",
            "retention_share": "3%",
            "defects_months": "24",
        },
    )
    done = "100%" if works.is_accepted else f"{30 + 20 * len(works.paid)}%"
    started = (begun + timedelta(days=32)).isoformat()
    return village.projects.correct(project, {"started_on": started, "progress": done})


def _pay(scene: Scene, project: Project, day: date, yuan: int, label: str) -> None:
    scene.clock.turn_to(day, 16)
    kinds = {"预付款": "预付款", "进度款": "进度款", "结算尾款": "结算尾款"}
    scene.village.project_payments.pay(
        project,
        {
            "kind": kinds[label],
            "label": label,
            "amount": f"{yuan}",
            "day": day.isoformat(),
            "voucher": f"付工-{day:%m%d}",
            "handler": "黄伟雄",
            "approver": "梁国栋",
        },
    )


def _finish(scene: Scene, works: Works, project: Project) -> None:
    """Accept, settle and pay the rest."""
    village = scene.village
    ago, yuan, label = works.paid[-1]
    accepted = scene.back(ago + 30)
    scene.clock.turn_to(accepted)
    village.project_works.accept(
        project,
        {
            "day": accepted.isoformat(),
            "attendees": "黄伟雄、叶志坚、罗顺娣",
            "villagers": "罗顺娣、谢添福",
            "supervision": "叶志坚",
            "passed": "是",
            "volume": works.content,
            "conclusion": "符合合同要求",
        },
    )
    settled = scene.back(ago + 10)
    scene.clock.turn_to(settled)
    amount = f"{works.price}"
    village.project_works.settle(
        project, {"day": settled.isoformat(), "submitted": amount, "approved": amount}
    )
    _pay(scene, project, scene.back(ago), yuan, label)
    village.projects.correct(village.projects.get(project.id), {"state": "已完成"})


# What the collective owns, and who rents it: name, kind, tenant, yearly rent in yuan.
_LET = (
    ("旧市场商铺3间", "asset", "东莞某百货店", 146_000),
    ("村前鱼塘12亩", "resource", "某水产养殖场", 36_000),
    ("晒谷场", "resource", "", 0),
    ("旧小学二楼", "asset", "", 0),
)


def _leases(scene: Scene) -> None:
    """Enter what the collective owns and what is let."""
    collective = scene.village.collective
    for name, kind, tenant, rent in _LET:
        asset = collective.add_asset({"name": name, "kind": kind, "quantity": "1"})
        if tenant:
            starts = date(scene.today.year - 1, 1, 1)
            collective.let(
                asset,
                {
                    "tenant": tenant,
                    "starts_on": starts.isoformat(),
                    "ends_on": date(scene.today.year + 1, 12, 31).isoformat(),
                    "yearly_rent": f"{rent}",
                    "months": "3",
                    "first_due": starts.isoformat(),
                },
            )
