"""Residents as a target of imports: their fields, what recognises them, what is checked."""

from __future__ import annotations

from functools import cache, lru_cache

from village_app.domain.code_tables import CodeChoice
from village_app.domain.kinds import (
    ADDRESS,
    BANK_ACCOUNT,
    COUNT,
    IDENTITY_NUMBER,
    PAST_DAY,
    PERSON_NAME,
    PHONE,
    PHONES,
    FieldDeclaration,
    LongText,
    Text,
    Unreadable,
)
from village_app.domain.relations import is_head, read_relation
from village_app.domain.resources import load_json
from village_app.importing.files.grid import Cell
from village_app.importing.plans.people_recognition import PeopleRecognition, same_name
from village_app.importing.rows.household_cells import clean_group, clean_household_number
from village_app.importing.rows.relation_cells import NO, YES, clean_relation
from village_app.importing.rows.resident_checks import RESIDENT_CHECKS
from village_app.importing.tables.content import (
    ContentTest,
    like_address,
    like_group,
    like_household_number,
    like_person_name,
    readable_by,
)
from village_app.importing.tables.groups import (
    group_in_title,
    group_key,
    is_group_name,
    is_place_name,
    usual_group_name,
)
from village_app.importing.tables.line_texts import compact
from village_app.importing.tables.matching import ONLY_HEADS
from village_app.importing.tables.tables import Assumption, TablePart
from village_app.importing.tables.targets import HouseholdFields, Target

_SEX = CodeChoice("sex")


@lru_cache(maxsize=4096)
def _says_head(text: str) -> bool:
    if text in YES:
        return True
    try:
        relation = read_relation(text, two_digit_codes=len(text) == 2)
    except Unreadable:
        return False
    return relation is not None and is_head(relation.code)


HOUSEHOLD = HouseholdFields(
    number="household_no",
    head="head_name",
    relation="relation",
    name="name",
    address="address",
    group="group",
    inherited=frozenset({"household_no", "head_name", "address", "group", "grid"}),
    is_head=_says_head,
    is_head_value=is_head,
)


@cache
def resident_fields() -> tuple[FieldDeclaration, ...]:
    """Declare the fields of a resident that a spreadsheet may bring."""
    return (
        FieldDeclaration("name", "姓名", PERSON_NAME, required=True, sensitivity="personal"),
        FieldDeclaration("id_type", "证件类型", CodeChoice("document")),
        FieldDeclaration("id_number", "身份证号", IDENTITY_NUMBER, sensitivity="sensitive"),
        FieldDeclaration("sex", "性别", CodeChoice("sex")),
        FieldDeclaration("birth", "出生日期", PAST_DAY, sensitivity="personal"),
        FieldDeclaration("ethnicity", "民族", CodeChoice("people")),
        FieldDeclaration("phone", "电话", PHONE, sensitivity="sensitive"),
        FieldDeclaration("other_phones", "其他电话", PHONES, sensitivity="sensitive"),
        FieldDeclaration("household_no", "户号", Text(40), sensitivity="personal"),
        FieldDeclaration("head_name", "户主姓名", PERSON_NAME, sensitivity="personal"),
        FieldDeclaration("relation", "与户主关系", CodeChoice("relation")),
        FieldDeclaration("group", "村民小组", Text(40)),
        FieldDeclaration("grid", "网格", Text(40)),
        FieldDeclaration("address", "住址", ADDRESS, sensitivity="personal"),
        FieldDeclaration("politics", "政治面貌", CodeChoice("political")),
        FieldDeclaration("education", "文化程度", CodeChoice("education")),
        FieldDeclaration("marriage", "婚姻状况", CodeChoice("marriage"), sensitivity="personal"),
        FieldDeclaration("registration", "户籍性质", CodeChoice("registration")),
        FieldDeclaration("residence", "居住状态", CodeChoice("residence")),
        FieldDeclaration("member", "集体经济组织成员", CodeChoice("member")),
        FieldDeclaration("status", "人员状态", CodeChoice("life")),
        FieldDeclaration("bank_account", "银行账号", BANK_ACCOUNT, sensitivity="sensitive"),
        FieldDeclaration("bank", "开户行", Text(80)),
        FieldDeclaration("shares", "股份", Text(20)),
        FieldDeclaration("note", "备注", LongText(2000)),
    )


def residents_target(
    fields: tuple[FieldDeclaration, ...] | None = None,
    extra: tuple[FieldDeclaration, ...] = (),
) -> Target:
    """Describe residents as a target; `extra` are the village's own fields (RR-07).

    A list is one of residents if it names people (by name or number) and says one thing more.
    """
    declared = resident_fields() if fields is None else fields
    return Target(
        name="residents",
        label="居民名册",
        counter="人",
        fields=declared + extra,
        checked_only=(FieldDeclaration("age", "年龄", COUNT),),
        needed=(frozenset({"name", "id_number"}), _TELLING),
        keys=frozenset({"name", "id_number"}),
        recognition=PeopleRecognition(),
        households=HOUSEHOLD,
        shared=frozenset({*HOUSEHOLD.inherited, "phone"}),
        referring=frozenset({"group", "grid"}),
        list_keys={"group": group_key},
        seconds={"phone": "other_phones"},
        painted="status",
        assumptions=(group_of_sheet, politics_of_title, heads_of_list),
        checks=RESIDENT_CHECKS,
        grave=frozenset({"name", "id_number"}),
        tests=_tests(),
        cleaners={
            "group": clean_group,
            "relation": clean_relation,
            "household_no": clean_household_number,
        },
        equal={
            "group": lambda old, new: group_key(str(old)) == group_key(str(new)),
            "name": same_name,
            "head_name": same_name,
        },
    )


_TELLING = frozenset({
    "id_number", "sex", "birth", "age", "ethnicity", "phone", "household_no", "head_name",
    "relation", "group", "grid", "address", "politics", "education", "marriage", "registration",
    "residence", "member", "status", "bank_account", "shares",
})  # fmt: skip


def _tests() -> dict[str, ContentTest]:
    """Say by content what a column of residents is, where the kind alone does not tell."""
    return {
        "sex": ContentTest(_like_sex, "性别", proof=0.6, doubt=0.1),
        "relation": ContentTest(_like_relation, "与户主关系", proof=0.6, doubt=0.05),
        "head_name": ContentTest(_like_head_name, "人名", doubt=0.0),
        "group": ContentTest(like_group, "小组名", proof=0.6),
        "address": ContentTest(like_address, "住址"),
        "household_no": ContentTest(like_household_number, "户号", doubt=0.05),
        "status": ContentTest(readable_by(CodeChoice("life")), "人员状态", doubt=0.2),
        "registration": ContentTest(readable_by(CodeChoice("registration")), "户籍性质", doubt=0.3),
        "age": ContentTest(readable_by(COUNT), "年龄", doubt=0.1),
    }


def _like_head_name(cell: Cell) -> float:
    """Accept names; the mere word 户主 beside the head's name is a relation."""
    return 0.0 if _says_head(compact(cell.text)) else like_person_name(cell)


def _like_sex(cell: Cell) -> float:
    """Accept words fully; a mere code may be any number and proves little."""
    try:
        code = _SEX.parse(cell.text)
    except Unreadable:
        return 0.0
    return (0.6 if cell.text.strip().isdecimal() else 1.0) if code else 0.0


def _like_relation(cell: Cell) -> float:
    text = cell.text.strip()
    if text in YES | NO:  # a column 是否户主; without such a name it may be anything
        return 0.6
    if text.removesuffix(".0").isdecimal():
        return 0.5 if len(text.removesuffix(".0")) <= 2 else 0.0
    return _is_relation(text) if cell.kind == "text" and len(text) <= 12 else 0.0


@lru_cache(maxsize=4096)
def _is_relation(text: str) -> float:
    try:
        return 1.0 if read_relation(text) else 0.0
    except Unreadable:
        return 0.0


def group_of_sheet(part: TablePart) -> Assumption | None:
    """Take the group from the sheet's name, else from the title above the table."""
    for text, where in ((part.sheet, "表名"), *((title, "表题") for title in part.titles)):
        group = group_in_title(text)
        if group:
            return Assumption("group", group, f"{where}“{text}”写明是{group}")
    above = {heading.parts[0] for heading in part.headings if len(heading.parts) > 1}
    named = {text for text in above if is_group_name(text) or is_place_name(text)}
    if len(named) == 1 and len(above) == 1:
        text = named.pop()
        return Assumption("group", usual_group_name(text), f"列名上面写明是{text}")
    if is_place_name(part.sheet):
        return Assumption("group", part.sheet, f"表名“{part.sheet}”像小组或自然村的名字")
    return None


def heads_of_list(part: TablePart) -> Assumption | None:
    """Take the people of a list for heads where only a column of heads names them."""
    named = next((match for match in part.matching.columns if match.field == "name"), None)
    if named is None or named.reason != ONLY_HEADS:
        return None
    return Assumption("relation", "户主", "这张表一行是一位户主")


def politics_of_title(part: TablePart) -> Assumption | None:
    """Take the party from the title or name of a list of members (党员花名册)."""
    for text in (part.title, part.sheet):
        for entry in load_json("rules", "sheet-words.json")["title_values"]:
            named = any(word in text for word in entry["words"])
            if named and not any(word in text for word in entry["except"]):
                reason = f"“{text}”写明都是{entry['value']}"
                return Assumption(entry["field"], entry["value"], reason)
    return None
