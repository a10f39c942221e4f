"""A subsidy from the town's list to the wall: checked against the register, masked, signed for."""

from __future__ import annotations

from io import BytesIO

from village_app.db.records.aid import AidList
from village_app.demo.stage import Stage
from village_app.domain.identity import check_digit
from village_app.errors import Refused

NAME = "2026年耕地地力保护补贴花名册.xlsx"
# Invented people: name, birth, group, state in the register (blank: not in it), 亩, sum in 元.
PEOPLE = (
    ("陈大福", "19610314", "三组", "active", "2.6", "221.00"),
    ("黄桂兰", "19580908", "三组", "active", "1.8", "153.00"),
    ("陈阿水", "19380102", "三组", "deceased", "1.2", "102.00"),
    ("何丽萍", "19700521", "一组", "active", "3.0", "255.00"),
    ("梁志伟", "19820717", "一组", "moved_out", "2.0", "170.00"),
    ("何丽萍", "19700521", "一组", "active", "3.0", "255.00"),
    ("叶金水", "19550630", "二组", "active", "4.1", "348.50"),
    ("周外来", "19790211", "二组", "", "1.0", "85.00"),
)


def tell(stage: Stage) -> None:
    """Bring the list in, decide what the check found, hang the notice, take signatures."""
    stage.clock.turn_to("2026-05-13")
    village = stage.village
    _register(stage)
    aid = village.aid.start(
        {
            "name": "耕地地力保护补贴",
            "kind": "惠农补贴",
            "period": "2026年度",
            "source": "中央财政",
            "standard": "每亩85元",
            "document": "镇农业农村办发放通知",
            "paid_on": "2026-05-25",
        }
    )
    content = _workbook()
    imports = village.aid_imports(aid)
    imports.commit(imports.plan(imports.read(content, NAME), content, NAME))
    try:
        village.aid_papers.draft(aid)
    except Refused as refused:
        stage.say(f"补贴名单先核对：{refused.message}")
    _decide(stage, aid)
    notice = village.notices.mend(village.aid_papers.draft(aid))
    posted = stage.to_the_wall(notice, "2026-05-14")
    stage.say(f"张贴《{posted.heading}》{posted.number}，人名和账号已遮盖")
    stage.keep_paper(
        "签收表", f"{aid.period}{aid.name}签收表", village.aid_papers.receipt_paper(aid)
    )


def _register(stage: Stage) -> None:
    seen = set()
    for at, (name, birth, group, status, *_rest) in enumerate(PEOPLE):
        if not status or name in seen:
            continue
        seen.add(name)
        found = stage.village.places.find_group(group)
        place = found if found is not None else stage.village.places.add(group)
        stage.village.residents.register(
            {
                "name": name,
                "id_type": "identity_card",
                "id_number": _number(at, birth),
                "group_id": str(place.id),
                "status": status,
            }
        )


def _number(at: int, birth: str) -> str:
    names = [one[0] for one in PEOPLE]
    first = f"441900{birth}{500 + names.index(names[at]):03d}"
    return first + check_digit(first)


def _workbook() -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["隔坑村2026年耕地地力保护补贴发放花名册"])
    sheet.append(["序号", "姓名", "身份证号码", "村民小组", "补贴面积（亩）", "补贴金额（元）"])
    for at, (name, birth, group, _status, area, amount) in enumerate(PEOPLE):
        sheet.append([at + 1, name, _number(at, birth), group, area, amount])
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _decide(stage: Stage, aid: AidList) -> None:
    decisions = {"dead": "2025年去世", "twice": "镇里重复登记"}
    for state in stage.village.aid.states(aid):
        for finding in state.findings:
            if finding.code in decisions:
                stage.village.aid.take_out(state.line, decisions[finding.code])
            elif finding.code == "moved":
                stage.village.aid.keep(state.line, "户口迁到镇上，地仍由本人耕种")
