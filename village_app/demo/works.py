"""Four earlier projects: two finished, one under warranty, one being built; paid over three years.

Days are given by year and month from the running year on, so that any village can tell it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from village_app.db.records.projects import Project
from village_app.demo.stage import Stage

Turn = Callable[[date], object]
# (years before the running one, month, day)
When = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Paid:
    """One payment: kind, label, sum in 元, when."""

    kind: str
    label: str
    amount: str
    when: When


@dataclass(frozen=True, slots=True)
class Work:
    """One project as it went: the card, funding, offers, contract and what followed."""

    card: dict[str, str]
    sources: tuple[tuple[str, str, str], ...]
    offers: tuple[tuple[str, str], ...]
    proposed: When
    approved: When
    signed: When
    started: When
    payments: tuple[Paid, ...]
    plan: tuple[tuple[str, str, str, When], ...] = ()
    change: tuple[str, str] | None = None
    accepted: When | None = None
    settled: tuple[When, str, str] | None = None
    progress: str = "100%"
    state: str = "已完成"
    card_after: dict[str, str] = field(default_factory=dict)


def build(stage: Stage, turn: Turn, year: int) -> list[Project]:
    """Enter the four projects; `turn` sets the clock to a day, `year` is the running year."""
    return [_Builder(stage, turn, year).build(work) for work in WORKS]


class _Builder:
    def __init__(self, stage: Stage, turn: Turn, year: int) -> None:
        self._stage = stage
        self._village = stage.village
        self._turn = turn
        self._year = year

    def build(self, work: Work) -> Project:
        self._turn(self._day(work.signed))
        project = self._begin(work)
        for payment in work.payments[:-1] if work.settled else work.payments:
            self._pay(project, payment)
        if work.accepted is None:
            self._village.projects.correct(
                project, {"progress": work.progress, "state": work.state, **work.card_after}
            )
            return project
        self._finish(project, work)
        return project

    def _begin(self, work: Work) -> Project:
        village, days = self._village, self._days
        card = {
            **work.card,
            **days(
                proposed_on=work.proposed,
                decided_on=work.proposed,
                approved_on=work.approved,
                tendered_on=work.approved,
                chosen_on=work.signed,
            ),
        }
        sources = [
            {"kind": kind, "name": name, "amount": amount} for kind, name, amount in work.sources
        ]
        project = village.projects.start(card, sources)
        day = self._day(work.signed).isoformat()
        works = village.project_works
        offers = [works.quote(project, {"firm": f, "price": p, "day": day}) for f, p in work.offers]
        works.choose(offers[0])
        works.sign(
            project,
            {
                "signed_on": day,
                "terms": "签订后付30%，过半再付40%，结算后付清余款，质保金3%",
                "retention_share": "3%",
                "defects_months": "24",
            },
        )
        for label, kind, amount, when in work.plan:
            plan = {"label": label, "kind": kind, "amount": amount}
            works.plan_payment(project, {**plan, "due_on": self._day(when).isoformat()})
        village.projects.correct(project, days(started_on=work.started))
        return project

    def _finish(self, project: Project, work: Work) -> None:
        assert work.accepted is not None
        village = self._village
        self._turn(self._day(work.accepted))
        if work.change is not None:
            reason, amount = work.change
            day = self._day(work.accepted).isoformat()
            order = village.project_works.order_change(
                project, {"day": day, "reason": reason, "amount": amount}
            )
            with self._stage.as_person("梁书记"):
                village.project_works.approve_change(order)
        village.project_works.accept(project, {**_ACCEPTED, **self._days(day=work.accepted)})
        if work.settled is not None:
            when, submitted, approved = work.settled
            self._turn(self._day(when))
            village.project_works.settle(
                project,
                {**self._days(day=when), "submitted": submitted, "approved": approved},
            )
            self._pay(project, work.payments[-1])
        village.projects.correct(
            project, {"progress": work.progress, "state": work.state, **work.card_after}
        )

    def _pay(self, project: Project, payment: Paid) -> None:
        day = self._day(payment.when)
        self._turn(day)
        self._village.project_payments.pay(
            project,
            {
                "kind": payment.kind,
                "label": payment.label,
                "amount": payment.amount,
                "day": day.isoformat(),
                "handler": "何志强",
                "witness": "罗顺娣",
                "approver": "梁国栋",
            },
        )

    def _day(self, when: When) -> date:
        back, month, day = when
        return date(self._year - back, month, day)

    def _days(self, **when: When) -> dict[str, str]:
        return {name: self._day(one).isoformat() for name, one in when.items()}


_ACCEPTED = {
    "attendees": "何志强、叶志坚、罗顺娣、陈国良",
    "villagers": "罗顺娣、陈国良",
    "supervision": "叶志坚",
    "passed": "是",
    "conclusion": "按合同做完，质量合格",
}
WORKS = (
    Work(
        card={
            "name": "四组村道硬化",
            "category": "道路桥梁",
            "place": "四组村口至水塘边",
            "content": "硬化村道 620 米，宽 4 米",
            "reason": "雨天泥泞，学生上学难走",
            "benefit": "四、五组 96 户",
            "people_served": "388人",
            "budget": "420,000.00",
            "method": "三家比价",
            "responsible": "何志强",
            "supervisor": "叶志坚",
        },
        sources=(
            ("上级补助", "“四好农村路”补助", "260,000.00"),
            ("村集体收入", "村集体收入", "160,000.00"),
        ),
        offers=(
            ("东莞某路桥工程有限公司", "398,600.00"),
            ("东莞某市政工程有限公司", "405,000.00"),
            ("东莞某建设工程有限公司", "412,800.00"),
        ),
        proposed=(2, 2, 20),
        approved=(2, 3, 18),
        signed=(2, 4, 10),
        started=(2, 4, 20),
        payments=(
            Paid("预付款", "预付款30%", "119,580.00", (2, 4, 22)),
            Paid("进度款", "进度款40%", "159,440.00", (2, 6, 12)),
            Paid("结算尾款", "结算尾款", "105,134.00", (2, 9, 10)),
        ),
        accepted=(2, 7, 30),
        settled=((2, 8, 28), "398,600.00", "396,035.05"),
        card_after={"keeper": "陈国良"},
    ),
    Work(
        card={
            "name": "文化广场改造",
            "category": "文体设施",
            "place": "村委会前",
            "content": "铺装 900 平方米，添健身器材 12 件、凉亭 1 座",
            "reason": "地面破损，晚上活动的人多",
            "benefit": "全村",
            "people_served": "1620人",
            "budget": "286,000.00",
            "method": "三家比价",
            "responsible": "何志强",
            "supervisor": "叶志坚",
        },
        sources=(
            ("镇级补助", "镇文体设施补助", "120,000.00"),
            ("村集体收入", "村集体收入", "126,000.00"),
            ("捐赠", "乡亲捐赠", "40,000.00"),
        ),
        offers=(
            ("东莞某园林工程有限公司", "268,400.00"),
            ("东莞某建设工程有限公司", "274,500.00"),
            ("东莞某装饰工程有限公司", "279,900.00"),
        ),
        proposed=(2, 8, 15),
        approved=(2, 9, 20),
        signed=(2, 10, 18),
        started=(2, 11, 1),
        payments=(
            Paid("预付款", "预付款30%", "80,520.00", (2, 10, 25)),
            Paid("进度款", "进度款40%", "107,360.00", (1, 1, 16)),
            Paid("结算尾款", "结算尾款", "75,544.74", (1, 5, 22)),
        ),
        change=("凉亭基础加深", "5,200.00"),
        accepted=(1, 3, 28),
        settled=((1, 5, 12), "273,600.00", "271,572.00"),
        card_after={"keeper": "罗顺娣"},
    ),
    Work(
        card={
            "name": "祠堂边排水沟整治",
            "category": "供水排水",
            "place": "一组祠堂边",
            "content": "清淤并重砌排水沟 310 米，加盖板",
            "reason": "汛期内涝，淹过 11 户",
            "benefit": "一组 52 户",
            "people_served": "203人",
            "budget": "138,000.00",
            "method": "三家比价",
            "responsible": "何志强",
            "supervisor": "叶志坚",
        },
        sources=(
            ("镇级补助", "镇水利补助", "80,000.00"),
            ("村集体收入", "村集体收入", "58,000.00"),
        ),
        offers=(
            ("东莞某水利工程有限公司", "131,500.00"),
            ("东莞某市政工程有限公司", "133,800.00"),
            ("东莞某建设工程有限公司", "136,000.00"),
        ),
        proposed=(1, 3, 6),
        approved=(1, 4, 2),
        signed=(1, 4, 24),
        started=(1, 5, 6),
        payments=(
            Paid("预付款", "预付款30%", "39,450.00", (1, 5, 8)),
            Paid("进度款", "进度款40%", "52,600.00", (1, 6, 20)),
            Paid("结算尾款", "结算尾款", "34,913.30", (1, 9, 18)),
        ),
        accepted=(1, 7, 31),
        settled=((1, 9, 2), "131,500.00", "130,890.00"),
        card_after={"keeper": "陈国良"},
    ),
    Work(
        card={
            "name": "老人活动中心修缮",
            "category": "房屋场馆",
            "place": "二组旧小学",
            "content": "屋面防水、加装扶手和无障碍坡道",
            "reason": "屋顶漏水，台阶高，老人进出不便",
            "benefit": "全村 60 岁以上老人",
            "people_served": "312人",
            "budget": "196,000.00",
            "method": "三家比价",
            "responsible": "何志强",
            "supervisor": "叶志坚",
            "monitor": "罗顺娣",
        },
        sources=(
            ("镇级补助", "镇民政补助", "100,000.00"),
            ("村集体收入", "村集体收入", "76,000.00"),
            ("村民自筹", "老人协会自筹", "20,000.00"),
        ),
        offers=(
            ("东莞某装饰工程有限公司", "187,300.00"),
            ("东莞某建设工程有限公司", "191,000.00"),
            ("东莞某园林工程有限公司", "194,600.00"),
        ),
        proposed=(1, 8, 12),
        approved=(1, 9, 15),
        signed=(1, 10, 14),
        started=(1, 10, 28),
        payments=(
            Paid("预付款", "预付款30%", "56,190.00", (1, 10, 20)),
            Paid("进度款", "进度款30%", "56,190.00", (1, 12, 18)),
        ),
        plan=(
            ("预付款30%", "预付款", "56,190.00", (1, 10, 20)),
            ("进度款30%", "进度款", "56,190.00", (1, 12, 18)),
            ("验收款37%", "验收款", "69,301.00", (0, 3, 31)),
            ("质保金3%", "退还质保金", "5,619.00", (-2, 3, 31)),
        ),
        progress="60%",
        state="进行中",
    ),
)
