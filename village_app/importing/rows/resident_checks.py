"""One field of a resident against the other: number, sex, birth, age, relation, remarks."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from village_app.domain.code_tables import CodeChoice
from village_app.domain.documents import IDENTITY_CARD, guess_document
from village_app.domain.identity import age_on
from village_app.domain.kinds import Unreadable
from village_app.domain.phones import split_phones
from village_app.domain.relations import check_sex
from village_app.importing.rows.cleaning import Circumstances, CleanRow, RowCheck
from village_app.importing.rows.name_cells import gone_status
from village_app.importing.rows.records import Record
from village_app.importing.rows.relation_cells import CHILDREN
from village_app.importing.tables.content import like_person_name
from village_app.importing.tables.groups import usual_group_name
from village_app.importing.tables.line_texts import compact

_choice = cache(CodeChoice)
_HOUSEHOLD_CODE = re.compile(r"\d{18}")
_GONE_IN_NOTE = re.compile(r"死亡|去世|过世|病故|已故|注销|销户|迁出|迁走|外迁")


def check_sex_of_number(row: CleanRow, record: Record, around: Circumstances) -> None:
    """Compare the sex with the number's; a blank is filled, a difference shown and put right."""
    del around
    true = row.derived.get("sex")
    if true is None:
        return
    shown = _choice("sex").show(true)
    written = row.values.get("sex")
    before = record.sources["sex"].text if "sex" in record.sources else ""
    if written is None or written not in ("1", "2"):
        row.correct("sex", true, before, shown, "由身份证号推出")
    elif written != true:
        message = f"表中写“{before}”，身份证号是{shown}，按号码收下，请核对是不是号码填错了。"
        row.warn("sex", "sex_differs", message)
        row.correct("sex", true, before, shown, "与身份证号不一致，按号码")


def check_birth_of_number(row: CleanRow, record: Record, around: Circumstances) -> None:
    """Compare the birth date with the number's, also a mere month; fill, complete or warn."""
    del around
    true = row.derived.get("birth")
    if true is None:
        _keep_partial(row, record)
        return
    before = record.sources["birth"].text if "birth" in record.sources else ""
    partial = next(iter(row.also.pop("birth", ())), None)
    written = row.values.get("birth")
    if written is None and partial is None:
        if not before:
            row.fill("birth", true, true.isoformat(), "由身份证号推出")
        else:
            row.correct("birth", true, before, true.isoformat(), "这一格没能读出，按身份证号")
    elif written is None and partial is not None:
        _complete(row, before, partial, true)
    elif written != true:
        _contradict(row, before, true)
    else:
        row.settle("birth", "doubtful_day")


def _keep_partial(row: CleanRow, record: Record) -> None:
    """Say what is missing where only a month or a year is known."""
    partial = next(iter(row.also.get("birth", ())), None)
    if partial:
        missing = "日" if "-" in partial else "月和日"
        text = record.sources["birth"].text
        message = f"“{text}”还缺{missing}，也没有身份证号可以补全，出生日期先不填。"
        row.warn("birth", "day_missing", message)


def _complete(row: CleanRow, before: str, partial: str, true: date) -> None:
    """Complete a month or year by the number; a lost nought (1985.1 for 1985.10) is seen here."""
    day = true.isoformat()
    if day.startswith(partial):
        known = "只有年月" if "-" in partial else "只有年份"
        row.correct("birth", true, before, day, f"{known}，按身份证号补全")
    elif before.endswith(".1") and day.startswith(f"{partial[:4]}-10"):
        row.correct("birth", true, before, day, "末尾的 0 被表格去掉了，按身份证号是 10 月")
    else:
        _contradict(row, before, true)
        return
    row.settle("birth", "doubtful_day")


def _contradict(row: CleanRow, before: str, true: date) -> None:
    day = true.isoformat()
    message = f"表中写“{before}”，身份证号是 {day}，按号码收下，请核对是不是号码填错了。"
    row.settle("birth", "doubtful_day")
    row.warn("birth", "birth_differs", message)
    row.correct("birth", true, before, day, "与身份证号不一致，按号码")


def check_future_birth(row: CleanRow, record: Record, around: Circumstances) -> None:
    """Refuse a birth date that has not come yet."""
    birth = row.values.get("birth")
    if isinstance(birth, date) and birth > around.today:
        text = record.sources["birth"].text if "birth" in record.sources else birth.isoformat()
        row.refuse("birth", "future_birth", f"出生日期“{text}”还没有到，请核对。")


def check_age(row: CleanRow, record: Record, around: Circumstances) -> None:
    """Compare an age typed by hand with the birth date; it may be counted a year either way."""
    del record
    age, birth = row.values.get("age"), row.values.get("birth")
    if not isinstance(age, int) or not isinstance(birth, date):
        return
    true = age_on(birth, around.today)
    # A list may be years old and ages may be counted in the traditional way (虚岁).
    if not true - 10 <= age <= true + 2:
        message = f"表中年龄 {age} 岁，按出生日期算是 {true} 岁，请核对。"
        row.warn("age", "age_differs", message)


def settle_children(row: CleanRow, record: Record, around: Circumstances) -> None:
    """Read 子女 as 子 or 女 by the sex."""
    del record, around
    words = row.also.get("relation", ())
    code = {"1": "20", "2": "30"}.get(row.values.get("sex", ""))
    if code and words and compact(words[0]) in CHILDREN:
        del row.also["relation"]
        row.settle("relation", "ambiguous_relation")
        row.correct("relation", code, words[0], _choice("relation").show(code), "按性别")


def check_relation_sex(row: CleanRow, record: Record, around: Circumstances) -> None:
    """Warn where the relation and the sex contradict each other."""
    del record, around
    relation, sex = row.values.get("relation"), row.values.get("sex")
    found = _contradiction(relation, sex) if relation and sex else None
    if found:
        row.warn("relation", *found)


@cache
def _contradiction(relation: str, sex: str) -> tuple[str, str] | None:
    try:
        check_sex(relation, sex)
    except Unreadable as unreadable:
        return unreadable.code, unreadable.message
    return None


def check_gone(row: CleanRow, record: Record, around: Circumstances) -> None:
    """Flag people whom a remark calls dead, struck off or gone; a plain word sets the status."""
    del around
    note = record.sources.get("note")
    text = compact(note.text) if note else ""
    if not text or not _GONE_IN_NOTE.search(text):
        return
    status = gone_status(text)
    message = f"备注写着“{note.text if note else ''}”，请核对这个人还在不在。"
    row.warn("note", "maybe_gone", message)
    if status and "status" not in row.values:
        code = _choice("life").parse(status)
        if code is not None:
            row.fill("status", code, status, "由备注推出")


def fill_document_type(row: CleanRow, record: Record, around: Circumstances) -> None:
    """Say which paper a number belongs to where no column says so."""
    del record, around
    number = row.values.get("id_number")
    if not isinstance(number, str) or "id_type" in row.values:
        return
    if "birth" in row.derived and number[0] not in "89":
        return  # an identity card; the other papers of this form begin with 8 or 9
    document = guess_document(number)
    if document != IDENTITY_CARD:
        shown = _choice("document").show(document)
        row.fill("id_type", document, shown, "由证件号码的格式推出")


def fill_group(row: CleanRow, record: Record, around: Circumstances) -> None:
    """Read the group from a household code of eighteen digits: 12 region, 2 group, 4 serial."""
    del record, around
    code = row.values.get("household_no")
    if "group" in row.values or not isinstance(code, str) or not _HOUSEHOLD_CODE.fullmatch(code):
        return
    if int(code[12:14]):
        group = usual_group_name(code[12:14])
        row.fill("group", group, group, "由户编码第 13、14 位推出")


def check_lone_name(row: CleanRow, record: Record, around: Circumstances) -> None:
    """Refuse a line with nothing but a text that is hardly a name; warn about a lone name."""
    del around
    own = [name for name, source in record.sources.items() if source.origin == "own"]
    if own != ["name"] or "name" not in row.values:
        return
    source = record.sources["name"]
    if like_person_name(source.cell) < 1.0 and source.cell.kind == "text":
        message = f"这一行只有“{source.text}”，不像人名；是人名就补上别的内容，不是就跳过。"
        row.refuse("name", "lone_text", message)
    else:
        row.warn("name", "lone_name", "这一行只有姓名，没有别的内容，请核对。")


def keep_other_phones(row: CleanRow, record: Record, around: Circumstances) -> None:
    """Keep further numbers that stand in the cell of the telephone."""
    del record, around
    others = row.also.pop("phone", ())
    if not others:
        return
    first = row.values.get("phone")
    kept = [*split_phones(row.values.get("other_phones")), *others]
    value = "、".join(dict.fromkeys(number for number in kept if number != first))
    row.settle("phone", "several_phones")
    row.fill("other_phones", value, value, "一格里有几个号码，其余的记在其他电话里")


RESIDENT_CHECKS: tuple[RowCheck, ...] = (
    check_sex_of_number,
    check_birth_of_number,
    check_future_birth,
    check_age,
    settle_children,
    check_relation_sex,
    check_gone,
    keep_other_phones,
    fill_document_type,
    fill_group,
    check_lone_name,
)
