"""Story 4, 低保公示: masked on the wall, the office's list stopped, an objection holds the end."""

from __future__ import annotations

from datetime import date

from village_app.db.records.notices import Notice
from village_app.demo.stage import Stage
from village_app.domain.identity import check_digit
from village_app.errors import Refused
from village_app.services.aid.welfare import CATALOGUE_CODE, Aid

PERIOD = "2026年二季度"
POSTED_ON = "2026-04-28"
# Invented people; the reasons stay in the office.
PEOPLE: tuple[tuple[str, str, date, str], ...] = (
    ("陈丽", "三组", date(1958, 2, 3), "因病"),
    ("陈丽", "三组", date(1971, 11, 20), "因残"),
    ("陈莉", "一组", date(1949, 5, 6), "缺劳力"),
    ("黄小玲", "一组", date(1962, 8, 17), "因病"),
    ("黄大有", "二组", date(1955, 1, 30), "因残"),
    ("欧阳秋菊", "二组", date(1968, 10, 9), "因病"),
    ("区炳坤", "四组", date(1944, 12, 25), "缺劳力"),
    ("周小芸", "四组", date(2014, 9, 1), "孤儿"),
    ("何国庆", "五组", date(1949, 10, 1), "因病"),
    ("林青山", "五组", date(1960, 4, 4), "因灾"),
    ("麦𬱖", "六组", date(1957, 7, 7), "因病"),
    ("买买提·艾力", "六组", date(1963, 3, 3), "因残"),
)


def begin(stage: Stage) -> None:
    """Post the list of the second quarter, after the office's own list was stopped."""
    stage.clock.turn_to(POSTED_ON, 8)
    aids = _register(stage)
    _try_the_office_list(stage, aids)
    notice = stage.to_the_wall(stage.village.welfare.draft(PERIOD, aids), POSTED_ON)
    stage.say(f"张贴《{notice.heading}》{notice.number}，公示到 {notice.period_to}")


def finish(stage: Stage) -> None:
    """Take an objection down, answer it, and end the posting period."""
    (notice,) = (
        one for one in stage.village.notices.published() if one.catalogue_code == CATALOGUE_CODE
    )
    _object(stage, notice)
    _close(stage, stage.village.notices.get(notice.id))


def _register(stage: Stage) -> list[Aid]:
    village = stage.village
    aids = []
    for index, (name, group, birth, reason) in enumerate(PEOPLE):
        found = village.places.find_group(group)
        place = found if found is not None else village.places.add(group)
        first = f"441900{birth:%Y%m%d}{700 + index:03d}"
        person = village.residents.register(
            {
                "name": name,
                "id_type": "identity_card",
                "id_number": first + check_digit(first),
                "phone": f"135000001{index:02d}",
                "group_id": str(place.id),
                "status": "active",
            }
        )
        aids.append(Aid(person.id, reason, 1 + index % 3, 78_000 + 100 * index))
    return aids


def _try_the_office_list(stage: Stage, aids: list[Aid]) -> None:
    """What must not hang is stopped, however it was signed."""
    notice = stage.village.welfare.draft_office_list(PERIOD, aids)
    try:
        stage.to_the_wall(notice, POSTED_ON)
    except Refused as refused:
        stage.say(f"内部名单不让上墙：{refused.message}")
    with stage.as_person("梁书记") as village:
        village.posting.void(village.notices.get(notice.id), "内部名单，不张贴")


def _object(stage: Stage, notice: Notice) -> None:
    stage.clock.turn_to("2026-05-06", 10)
    objection = stage.village.objections.take_down(
        notice,
        {"way": "当面", "raised_on": "2026-05-06", "content": "名单里有一户的收入没有算全。"},
    )
    stage.clock.turn_to("2026-05-12", 9)
    try:
        stage.village.posting.draft_statement(stage.village.notices.get(notice.id))
    except Refused as refused:
        stage.say(f"异议没答复，不出期满说明：{refused.message}")
    with stage.as_person("叶志坚") as village:
        objection = village.objections.look_into(
            objection, "入户看过工资流水，已经算进去了。", is_founded=False
        )
    with stage.as_person("梁书记") as village:
        village.objections.reply(objection, "kept", "经核查，收入已按实计算，维持原公示。")
    stage.say(f"异议 {objection.number} 已核查、答复，维持原公示")


def _close(stage: Stage, notice: Notice) -> None:
    statement = stage.village.posting.draft_statement(notice)
    stage.village.posting.close(notice)
    statement = stage.to_the_wall(statement, "2026-05-12")
    stage.say(f"公示期满，张贴期满说明 {statement.number}")
