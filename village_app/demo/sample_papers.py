"""The fifteen papers of 示范村: on the wall, taken down, waiting for somebody, still a draft."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from village_app.db.records.notices import Notice
from village_app.db.records.projects import Project
from village_app.db.records.resolutions import Resolution
from village_app.demo.sample_scene import SECRETARY, SUPERVISOR, Scene
from village_app.domain.calendar import add_months
from village_app.domain.periods import Period, period_of
from village_app.papers.builders.money import Sheet

PAPERS = 15
# Days after the end of its period when a notice was surely taken down.
_LONG_OVER = 20
_SHEETS: tuple[Sheet, ...] = ("money_summary", "money_income", "money_expense")


def make(scene: Scene, decided: Sequence[Resolution], projects: Sequence[Project]) -> list[Notice]:
    """Hang what hangs, and leave the others where they wait."""
    hung = [
        *_decisions(scene, decided),
        *_money(scene),
        _spending(scene, projects[1], 350),
        _ledger(scene),
        _receptions(scene),
    ]
    return [*hung, *_waiting(scene, projects)]


def _to_the_wall(scene: Scene, notice: Notice, day: date) -> Notice:
    """Check, sign and post as three people do."""
    notices = scene.village.notices
    scene.clock.turn_to(day)
    notice = notices.mend(notice)
    with scene.as_person(SUPERVISOR):
        notice = notices.check(notices.get(notice.id), agrees=True)
    with scene.as_person(SECRETARY):
        notice = notices.approve(notices.get(notice.id))
    scene.report(0, 0, f"张贴《{notice.heading}》")
    hung = notices.publish(notices.get(notice.id))
    if hung.period_to is not None and hung.period_to < scene.back(_LONG_OVER):
        scene.clock.turn_to(hung.period_to + timedelta(days=1))
        posting = scene.village.posting
        hung = posting.take_down(posting.close(notices.get(hung.id)))
    return hung


def _decisions(scene: Scene, decided: Sequence[Resolution]) -> list[Notice]:
    """Post the decisions of the deputies a day after they were made."""
    found = []
    for resolution in (decided[0], decided[2], decided[3]):
        day = resolution.day + timedelta(days=1)
        scene.clock.turn_to(day)
        found.append(_to_the_wall(scene, scene.village.resolutions.draft_notice(resolution), day))
    return found


def _last_quarter(scene: Scene) -> Period:
    return period_of("quarter", add_months(scene.today.replace(day=1), -3))


def _money(scene: Scene) -> list[Notice]:
    """Post the money of the last quarter ten days after its end."""
    quarter = _last_quarter(scene)
    day = min(quarter.last + timedelta(days=10), scene.today)
    found = []
    for sheet in _SHEETS:
        scene.clock.turn_to(day)
        found.append(_to_the_wall(scene, scene.village.disclosure.draft(sheet, quarter), day))
    return found


def _spending(scene: Scene, project: Project, ago: int) -> Notice:
    day = scene.back(ago)
    scene.clock.turn_to(day)
    return _to_the_wall(scene, scene.village.project_papers.draft_spending(project), day)


def _ledger(scene: Scene) -> Notice:
    quarter = _last_quarter(scene)
    day = min(quarter.last + timedelta(days=5), scene.today)
    scene.clock.turn_to(day)
    papers = scene.village.issue_papers
    return _to_the_wall(
        scene, papers.draft_public_ledger(quarter.first, quarter.last, quarter.show()), day
    )


def _receptions(scene: Scene) -> Notice:
    """Plan this month's reception days and hang the plan."""
    month = scene.today.replace(day=1)
    scene.clock.turn_to(month - timedelta(days=2))
    hosts = (
        {"host": "梁国栋", "post": "书记", "duty": "全面工作"},
        {"host": "黄伟雄", "post": "副主任", "duty": "工程和环境"},
    )
    scene.village.receptions.plan_month(month, hosts)
    notice = scene.village.reception_papers.draft_plan(month)
    return _to_the_wall(scene, notice, month - timedelta(days=2))


def _waiting(scene: Scene, projects: Sequence[Project]) -> list[Notice]:
    """Leave papers that wait: for the committee, for the signature, for the clerk."""
    village, notices = scene.village, scene.village.notices
    scene.clock.turn_to(scene.back(2))
    checked = village.project_papers.draft_spending(projects[2])
    signed = village.project_papers.draft_spending(projects[3])
    returned = _written(scene, "circular", "村口小广场施工期间绕行")
    with scene.as_person(SUPERVISOR):
        checked = notices.check(notices.get(checked.id), agrees=True)
        signed = notices.check(notices.get(signed.id), agrees=True)
        opinion = "绕行路线没有写清，请补上再送"
        returned = notices.check(notices.get(returned.id), agrees=False, opinion=opinion)
    with scene.as_person(SECRETARY):
        signed = notices.approve(notices.get(signed.id))
    drafts = [
        _written(scene, "publicity", "年终困难户慰问对象"),
        _written(scene, "letter", ""),
        _written(scene, "order", "禁止电动车楼道充电"),
    ]
    return [checked, signed, returned, *drafts]


def _written(scene: Scene, template: str, what: str) -> Notice:
    heading = {
        "circular": f"关于{what}的通知",
        "publicity": f"关于{what}的公示",
        "order": f"关于{what}的通告",
    }.get(template, "")
    return scene.village.writing.begin(template, heading)
