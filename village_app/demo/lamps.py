"""Story 1, 三盏路灯, the project's part: funded, quoted, contracted, paid, accepted, disclosed."""

from __future__ import annotations

from typing import Any

from village_app.db.records.projects import Project
from village_app.demo.photos import take_photos
from village_app.demo.stage import Stage
from village_app.errors import InvalidInput
from village_app.papers.filling import DATE, fill

FIRM = "东莞某照明工程有限公司"
CARD: dict[str, Any] = {
    "name": "村前塘路灯安装",
    "category": "路灯亮化",
    "place": "村前塘边",
    "content": "环塘安装路灯24盏",
    "reason": "三组塘边路灯损坏，夜里走路不便",
    "benefit": "三组68户",
    "people_served": "245人",
    "basis": "隔村代决〔2026〕1号",
    "budget": "52,000.00",
    "method": "三家比价",
    "responsible": "何志强",
    "supervisor": "黄伟雄",
    "proposed_on": "2026-01-14",
    "decided_on": "2026-03-12",
    "approved_on": "2026-03-20",
    "tendered_on": "2026-03-23",
    "chosen_on": "2026-03-25",
}
SOURCES = (
    {"name": "镇级“民生微实事”补助", "kind": "镇级补助", "amount": "30,000.00"},
    {"name": "村集体收入", "kind": "村集体收入", "amount": "22,000.00"},
)
OFFERS = (
    (FIRM, "49,800.00"),
    ("东莞某光电有限公司", "50,600.00"),
    ("东莞某机电安装有限公司", "51,200.00"),
)


CONTRACT = {
    "number": "隔合〔2026〕5号",
    "signed_on": "2026-03-27",
    "terms": "签订后付30%，过半付至78%，结算后付清余款，质保金3%",
    "retention_share": "3%",
    "defects_months": "24",
}
CHANGE = {"reason": "增设转角灯1盏", "amount": "1,260.00"}
ACCEPTED = {
    "day": "2026-04-28",
    "attendees": "何志强、黄伟雄、罗顺娣、陈国良",
    "villagers": "罗顺娣、陈国良",
    "supervision": "黄伟雄",
    "passed": "是",
    "volume": "路灯25盏",
    "conclusion": "全部亮灯，符合合同要求",
}
SETTLED = {"day": "2026-05-04", "submitted": "51,060.00", "approved": "50,870.00"}


def begin(stage: Stage) -> None:
    """Decide, choose, sign and pay in advance (March); the quarter's ledger then knows of it."""
    stage.clock.turn_to("2026-03-27")
    project = _start(stage)
    stage.clock.turn_to("2026-04-02")
    _pay(stage, project, "2026-03-30", "预付款", "预付款30%", "14,940.00", "付-008")


def tell(stage: Stage) -> None:
    """Build the lamps of the pond and lay every fen open (April and May)."""
    project = stage.village.projects.listed(words=CARD["name"])[0]
    _build(stage, project)
    _refuse_ten_fen_too_much(stage, project)
    _pay(stage, project, "2026-05-05", "结算尾款", "结算尾款", "9,503.90", "付-014")
    file = stage.village.projects.file(project)
    left = file.money_paid.left_of_budget
    stage.say(f"{project.name}结算，已付 {len(file.paid)} 笔，预算还剩 {left / 100:,.2f} 元")
    take_photos(stage.village, project)
    stage.village.projects.correct(project, {"progress": "100%", "keeper": "罗顺娣"})
    notice = stage.village.project_papers.draft_spending(project)
    notice = stage.to_the_wall(notice, "2026-05-06")
    stage.say(f"张贴《{notice.heading}》{notice.number}，公示到 {notice.period_to}")
    poster = stage.to_the_wall(stage.village.project_sheets.draft_poster(project), "2026-05-06")
    stage.say(f"张贴项目海报《{poster.heading}》{poster.number}")
    photos = fill(stage.village.project_sheets.photos(project), {DATE: "2026年5月6日"})
    stage.keep_paper("照片对照表", f"{project.name}照片对照表", photos)


def _start(stage: Stage) -> Project:
    village = stage.village
    decided = village.resolutions.listed()[0]
    project = village.projects.start(CARD, SOURCES, basis=decided)
    works = village.project_works
    offers = [
        works.quote(project, {"firm": firm, "price": price, "day": "2026-03-23"})
        for firm, price in OFFERS
    ]
    works.choose(offers[0])
    works.sign(project, CONTRACT)
    stage.say(f"{project.name}立项 {project.number}，三家比价，合同 49,800.00 元")
    return project


def _build(stage: Stage, project: Project) -> None:
    village = stage.village
    stage.clock.turn_to("2026-04-22")
    order = village.project_works.order_change(project, {**CHANGE, "day": "2026-04-22"})
    with stage.as_person("梁书记"):
        village.project_works.approve_change(order)
    village.projects.correct(project, {"started_on": "2026-03-30", "progress": "80%"})
    stage.clock.turn_to("2026-04-28")
    _pay(stage, project, "2026-04-20", "进度款", "进度款", "24,900.00", "付-011")
    village.project_works.accept(project, ACCEPTED)
    stage.clock.turn_to("2026-05-05")
    village.project_works.settle(project, SETTLED)


def _refuse_ten_fen_too_much(stage: Stage, project: Project) -> None:
    try:
        _pay(stage, project, "2026-05-05", "结算尾款", "尾款", "9,504.00", "付-013")
    except InvalidInput as refused:
        stage.say(f"多付 0.10 元被拦下：{refused.message}")


def _pay(
    stage: Stage, project: Project, day: str, kind: str, label: str, amount: str, voucher: str
) -> None:
    stage.village.project_payments.pay(
        project,
        {
            "kind": kind,
            "label": label,
            "amount": amount,
            "day": day,
            "voucher": voucher,
            "handler": "何志强",
            "approver": "梁国栋",
        },
    )
