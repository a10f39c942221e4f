"""The two years before the stories: rents, habits, works; and a subsidy that is handed out."""

from __future__ import annotations

from datetime import date

from village_app.db.records.projects import Project
from village_app.demo import estate, works
from village_app.demo.photos import take_photos
from village_app.demo.stage import Stage
from village_app.domain.money import show_money
from village_app.domain.periods import period_of

YEAR = 2026
CLOSING = {"库存现金": "3,250.60", "银行存款": "1,286,400.35"}


def tell_spring(stage: Stage) -> None:
    """Take the second quarter's rent, pay the officials, keep a special fund apart."""
    village = stage.village
    stage.clock.turn_to("2026-05-15")
    lease = next(one.lease for one in village.collective.leases() if one.lease.tenant == "某制品厂")
    village.collective.receive_rent(
        lease, {"day": "2026-04-10", "amount": "128,500.00", "voucher": "收-006"}
    )
    estate.pay_officials(village, YEAR, range(1, 5))
    fund = village.funds.add(
        {
            "name": "“民生微实事”路灯补助",
            "kind": "专项补助",
            "source": "横沥镇财政分局",
            "granted": "30,000.00",
            "purpose": "村前塘路灯安装",
        }
    )
    for entry in village.ledger.entries(date(YEAR, 1, 1), date(YEAR, 5, 31)):
        if "民生微实事" in entry.summary or "路灯安装预付款" in entry.summary:
            village.funds.assign(entry, fund)
    for word, account in (("保洁", "公益支出"), ("供电局、水务", "管理费用")):
        village.payee_rules.add(village.accounts.find(account), {"words": word, "side": "只看支出"})
    posted = stage.to_the_wall(
        village.collective_papers.draft(
            village.collective_papers.pay(period_of("quarter", date(YEAR, 1, 1)))
        ),
        "2026-05-15",
    )
    stage.say(f"张贴《{posted.heading}》{posted.number}")


def tell(stage: Stage) -> None:
    """Fill the books of 2024 and 2025 so that they end as the first quarter's story begins."""
    now = stage.clock.moment

    def turn(day: date) -> None:
        stage.clock.turn_to(day.isoformat())

    leases = estate.let(stage.village, turn, YEAR)
    projects = works.build(stage, turn, YEAR)
    estate.keep_books(stage.village, turn, YEAR, CLOSING)
    _voices(stage, projects[-1])
    stage.clock.moment = now
    spent = sum(
        sum(one.amount for one in stage.village.projects.file(project).paid) for project in projects
    )
    stage.say(
        f"前两年的账补齐：{len(leases)} 份租约、{len(projects)} 个项目，"
        f"项目已付 {show_money(spent)} 元"
    )


def _voices(stage: Stage, project: Project) -> None:
    """Let a villager ask and the committee look; the photos stand half-way."""
    village = stage.village
    stage.clock.turn_to("2025-12-20")
    take_photos(village, project, halfway=True)
    with stage.as_person("叶志坚") as other:
        other.questions.visit(
            project,
            {
                "day": "2025-12-20",
                "visitors": "叶志坚",
                "progress": "屋面防水已做完",
                "quality": "闭水试验不漏",
                "money": "已付两笔，和合同一致",
                "advice": "坡道扶手要加固",
                "answer": "12月28日已加固",
            },
        )
    question = village.questions.ask(
        project,
        {"text": "坡道够不够轮椅转弯？", "asker": "陈伯", "asked_on": "2025-12-20"},
    )
    with stage.as_person("梁书记") as other:
        other.questions.reply(question, "按规范净宽1.5米，平台可以转弯。", "已说明")
