"""The two years before the stories: rents, habits, works; and a subsidy that is handed out."""

from __future__ import annotations

from datetime import date

from village_app.demo import estate, works
from village_app.demo.stage import Stage
from village_app.domain.money import show_money

YEAR = 2026
CLOSING = {"库存现金": "3,250.60", "银行存款": "1,286,400.35"}


def tell(stage: Stage) -> None:
    """Fill the books of 2024 and 2025 so that they end as the first quarter's story begins."""
    now = stage.clock.moment

    def turn(day: date) -> None:
        stage.clock.turn_to(day.isoformat())

    leases = estate.let(stage.village, turn, YEAR)
    projects = works.build(stage.village, turn, YEAR)
    estate.keep_books(stage.village, turn, YEAR, CLOSING)
    stage.clock.moment = now
    spent = sum(
        sum(one.amount for one in stage.village.projects.file(project).paid) for project in projects
    )
    stage.say(
        f"前两年的账补齐：{len(leases)} 份租约、{len(projects)} 个项目，"
        f"项目已付 {show_money(spent)} 元"
    )
