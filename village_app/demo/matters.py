"""Story 1, 三盏路灯, the matter's part: from the first line in the notebook to the last visit."""

from __future__ import annotations

from datetime import date
from typing import Any

from village_app.db.records.issues import Issue
from village_app.db.records.meetings import AgendaItem
from village_app.db.records.projects import Project
from village_app.db.records.residents import Resident
from village_app.demo.lamps import CARD
from village_app.demo.stage import Stage
from village_app.domain.calendar import CHINA

HEADING = "村前塘边路灯坏了三盏"
# What else was said in the first months: heading, category, sub-category, source, day, result.
OTHERS: tuple[tuple[str, str, str, str, str, str], ...] = (
    ("旧市场后巷污水外溢", "环境卫生", "污水", "网格巡查", "2026-01-20", "疏通管道，换井盖一个"),
    ("村口小广场夜间音响过大", "邻里纠纷", "噪音", "电话", "2026-02-04", "约定晚上九点半关音响"),
    ("咨询城乡居民医保缴费", "社保医保", "医保", "群众来访", "2026-02-10", "当面说明缴费办法"),
    ("出租屋楼道电动车充电", "消防隐患", "", "网格巡查", "2026-03-05", ""),
    ("学校门口早上车多难走", "交通停车", "停车", "代表、党员提交", "2026-03-18", ""),
)


def tell_beginning(stage: Stage) -> None:
    """Write the line down, make it a matter, deal with it for the time being, answer."""
    village = stage.village
    person = _speaker(stage)
    for day, words in (("2025-06-03", "水沟堵了"), ("2025-10-20", "门口路面有坑")):
        _early(stage, person, day, words)
    stage.clock.turn_to("2026-01-12", 8, 40)
    line = village.notebook.write(f"三组{person.name}来电：{HEADING}")
    history = village.issue_entry.history_of_person(person.id)
    issue = village.notebook.make_issue(line, {"reporter_id": person.id})
    due = issue.due.astimezone(CHINA).date()
    stage.say(f"记下“{HEADING}”{issue.number}，三个工作日，{due}前办结；{history.sentence()}")
    work = village.issue_work
    work.accept(issue)
    work.assign(issue, "叶志坚")
    stage.clock.turn_to("2026-01-14", 16)
    work.add_step(issue, "更换三盏路灯，材料 426.50 元，凭证付-002")
    work.finish(issue, "先换好三盏坏灯；环塘加灯列为议题，提请村民代表会议讨论")
    work.answer(issue, "电话")
    replies = village.issue_replies
    reply = replies.send(issue, replies.draft(issue, "办理结果答复"))
    stage.keep_paper("答复意见", f"答复意见 {reply.number}", replies.paper(reply))
    stage.say(f"临时更换三盏路灯并答复（{reply.number}），环塘加灯提为议题")


def tell_end(stage: Stage) -> None:
    """Tie the project to the matter, visit, close; print ledger, forms, slip and the whole file."""
    village = stage.village
    for other in OTHERS:
        _other(stage, *other)
    _late_one(stage)
    _reception(stage)
    stage.clock.turn_to("2026-05-18", 10)
    issue = _lamps(stage)
    _tie(stage, issue)
    village.issue_work.visit(issue, {"satisfaction": "满意", "way": "当面"})
    village.issue_work.close(issue)
    chain = village.issue_chain.of(issue)
    stage.say(f"回访满意，{issue.number}办结，来龙去脉 {len(chain)} 环")
    stage.keep_paper("一事一档", f"一事一档 {issue.number}", village.issue_files.of(issue))
    ledger = village.issue_papers.draft_public_ledger(
        date(2026, 1, 1), date(2026, 5, 18), "2026年1至5月"
    )
    ledger = stage.to_the_wall(village.notices.mend(ledger), "2026-05-19")
    stage.say(f"张贴《{ledger.heading}》{ledger.number}，没有人名和门牌")


def _tie(stage: Stage, issue: Issue) -> None:
    """Tie the matter to what the village made of it: the agenda item, the decision's project."""
    village = stage.village
    items = village.store.select(AgendaItem).where(AgendaItem.name.startswith(CARD["name"]))
    item = items.first()
    project = village.store.select(Project).where(Project.name == CARD["name"]).first()
    with village.change("路灯诉求转议题、转项目") as change:
        if item is not None:
            village.links.link(change, issue, item, "议题")
        if project is not None:
            village.links.link(change, issue, project, "项目")


def _speaker(stage: Stage) -> Resident:
    """Give somebody of the roster who lives in a household of his own."""
    query = stage.village.store.select(Resident).where(Resident.household_id.is_null(False))
    people: list[Resident] = stage.village.store.rows(query.order_by(Resident.id))
    return next((one for one in people if one.name.startswith("陈")), people[0])


def _early(stage: Stage, person: Resident, day: str, words: str) -> None:
    village = stage.village
    issue = village.issues.log(
        {
            "heading": words,
            "reporter_id": person.id,
            "source": "电话",
            "category": "市政设施",
            "at": f"{day} 09:00",
        }
    )
    village.issue_work.accept(issue)
    village.issue_work.finish(issue, "当天派人清理修补")
    village.issue_work.answer(issue, "电话")
    village.issue_work.visit(issue, {"satisfaction": "满意"})
    village.issue_work.close(issue)


def _other(
    stage: Stage, heading: str, category: str, child: str, source: str, day: str, result: str
) -> None:
    """Let another matter come, and be dealt with where there is a result."""
    village = stage.village
    stage.clock.turn_to(day, 10)
    typed: dict[str, Any] = {
        "heading": heading,
        "category": category,
        "subcategory": child or None,
        "source": source,
        "reporter_kind": "匿名",
    }
    issue = village.issues.log(typed)
    village.issue_work.assign(issue, "罗顺娣")
    if result:
        stage.clock.turn_to(day, 16)
        village.issue_work.finish(issue, result)
        village.issue_work.answer(issue, "微信")
        village.issue_work.go_without_visit(issue, "匿名反映，已在群里答复")
        village.issue_work.close(issue)


def _late_one(stage: Stage) -> None:
    """Urge the matter that is late, with a numbered slip."""
    village = stage.village
    stage.clock.turn_to("2026-03-30")
    late = village.store.select(Issue).where(Issue.heading == OTHERS[4][0]).first()
    assert late is not None
    slip = village.issue_work.urge(late, "三日内拿出错峰接送办法，报村委会")
    stage.keep_paper("督办单", f"督办单 {slip.number}", village.issue_papers.supervision_slip(slip))
    stage.say(f"超期的“{late.heading}”发出督办单 {slip.number}")


def _reception(stage: Stage) -> None:
    """Plan the month's reception days, receive one visitor, print the forms."""
    village = stage.village
    stage.clock.turn_to("2026-04-01")
    hosts = (
        {"host": "梁国栋", "post": "书记", "duty": "全面工作"},
        {"host": "何志强", "post": "副主任", "duty": "工程和环境"},
    )
    days = village.receptions.plan_month(date(2026, 4, 1), hosts)
    plan = village.reception_papers.draft_plan(date(2026, 4, 1))
    stage.to_the_wall(plan, "2026-04-02")
    stage.clock.turn_to("2026-04-08", 10)
    visit = village.receptions.take_down(
        {
            "visitor": "余瑞莲",
            "day": "2026-04-08",
            "host": "何志强",
            "post": "副主任",
            "place": "党群服务中心一楼",
            "sex": "女",
            "age": "63",
            "phone": "13800138000",
            "problem": "祠堂边排水沟堵塞，下雨积水",
            "demand": "尽快清沟",
            "reply": "当天派人查看，三个工作日内清通",
            "category": "市政设施",
        }
    )
    papers = village.reception_papers
    stage.keep_paper("接访登记表", f"接访登记表 {visit.number}", papers.form(visit))
    stage.keep_paper("接访登记表", "接访登记表 空白", papers.form())
    numbers = village.receptions.reserve_forms(3)
    stage.say(
        f"四月安排接访日 {len(days)} 次，接待 1 人，登记 {visit.number}，"
        f"印空白表 {len(numbers)} 张，还没收回"
    )
    _monthly_task(stage)


def _monthly_task(stage: Stage) -> None:
    """Let a monthly task be done once, so that the next one stands in the list."""
    tasks = stage.village.tasks
    task = tasks.start(
        {
            "heading": "公开上月财务收支",
            "owner": "李美玲",
            "due_on": "2026-04-15",
            "recurrence": "每月",
        }
    )
    following = tasks.finish(task, "已张贴在村务公开栏")
    if following is not None:
        stage.say(f"{task.heading}{task.number}完成，下一次 {following.due_on}")


def _lamps(stage: Stage) -> Issue:
    found: Issue | None = (
        stage.village.store.select(Issue)
        .where(Issue.heading == HEADING)
        .order_by(Issue.id.desc())
        .first()
    )
    assert found is not None
    return found
