"""Rosters of invented households, written down in every layout and mess a village has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from tests.importing.sheets import book, number, sheet
from village_app.importing.files.grid import Sheet, Workbook

SURNAMES = "陈李张王何邓谢黄林刘吴梁莫卢苏钟"
GIVEN = "大文小花明国强玉兰根伟丽芬辉建水土金萍荏燕锋海柏容娣妹仔火进华志权"


@dataclass(frozen=True)
class Person:
    name: str
    relation: str
    sex: str
    birth: str
    id_number: str
    phone: str = ""


@dataclass(frozen=True)
class Home:
    number: str
    group: str
    address: str
    people: tuple[Person, ...]


def make_homes(random: Random, count: int) -> list[Home]:
    """Invent households of one to five people; heads are men or women, no number comes twice."""
    used: set[str] = set()
    return [_home(random, place, used) for place in range(1, count + 1)]


def _home(random: Random, place: int, used: set[str]) -> Home:
    size = random.choice((1, 2, 3, 4, 5))
    surname = random.choice(SURNAMES)
    head_sex = random.choice(("男", "女"))
    plan = [
        ("户主", head_sex, random.randint(1950, 1985)),
        ("妻" if head_sex == "男" else "夫", "女" if head_sex == "男" else "男", 1980),
        ("长子", "男", random.randint(2000, 2010)),
        ("女儿", "女", random.randint(2005, 2018)),
        ("母亲", "女", random.randint(1925, 1945)),
    ]
    people = tuple(_person(random, surname, *entry, used) for entry in plan[:size])
    group = ("一组", "二组", "三组")[place % 3]
    return Home(f"{place:06d}", group, f"隔坑村{group}{place}号", people)


def _person(
    random: Random, surname: str, relation: str, sex: str, year: int, used: set[str]
) -> Person:
    name = surname + "".join(random.choice(GIVEN) for _ in range(random.choice((1, 2))))
    birth = f"{year}{random.randint(1, 12):02d}{random.randint(1, 28):02d}"
    while True:
        order = random.randint(1, 498) * 2 + (1 if sex == "男" else 0)
        id_number = number(birth, order)
        if id_number not in used and not id_number.endswith("000"):
            break
    used.add(id_number)
    phone = f"13{random.randint(100000000, 999999999)}" if relation == "户主" else ""
    return Person(name, relation, sex, birth, id_number, phone)


HEADINGS: dict[str, tuple[str, ...]] = {
    "serial": ("序号", "编号", "序"),
    "number": ("户号", "户编号", "户 号", "户口\n编号"),
    "head": ("户主", "户主姓名", "所属户主"),
    "name": ("姓名", "姓  名", "村民姓名", "姓名*", "成员姓名", "姓名（与身份证一致）"),
    "relation": ("与户主关系", "关系", "与户主\n关系", "家庭关系"),
    "sex": ("性别", "性 别", "性别（男/女）"),
    "birth": ("出生日期", "出生年月", "出生年月日"),
    "id": (
        "身份证号",
        "公民身份号码",
        "身 份 证\n号 码",
        "证件号码",
        "居民身份证号",
        "身份证号码（18位）",
    ),
    "group": ("组别", "村民小组", "所属小组", "小组"),
    "address": ("住址", "家庭住址", "门牌号", "户籍地址"),
    "phone": ("联系电话", "手机号码", "电话", "联系方式"),
    "note": ("备注", "备 注"),
}


@dataclass(frozen=True)
class Written:
    """A workbook with what a right reading finds in it."""

    workbook: Workbook
    people: tuple[tuple[str, str], ...]
    homes: frozenset[frozenset[str]]
    layout: str


def dirty_name(random: Random, name: str) -> str:
    """Write a name as clerks do: with blanks inside, or as it is."""
    if len(name) == 2 and random.random() < 0.5:
        return random.choice((f"{name[0]}　{name[1]}", f"{name[0]} {name[1]}"))
    return random.choice((name, name, f" {name}", f"{name} "))


def dirty_id(random: Random, id_number: str) -> str:
    """Write a number as clerks do: with blanks, full-width, a small x, an apostrophe."""
    return random.choice(
        (
            id_number,
            id_number,
            id_number.lower(),
            f"'{id_number}",
            f"{id_number[:6]} {id_number[6:14]} {id_number[14:]}",
            "".join(chr(ord(mark) + 0xFEE0) for mark in id_number),
        )
    )


def dirty_birth(random: Random, birth: str) -> Any:
    year, month, day = birth[:4], int(birth[4:6]), int(birth[6:])
    return random.choice(
        (birth, int(birth), f"{year}.{month:02d}", f"{year}年{month}月{day}日",
         f"{year}-{month:02d}-{day:02d}", f"{year}.{month}.{day}", f"{year}/{month}/{day}", "")
    )  # fmt: skip


def dirty_sex(random: Random, sex: str) -> Any:
    codes = {"男": ("男", "男", "男性", "1", "M"), "女": ("女", "女", "女性", "2", "F")}
    return random.choice(codes[sex])


def cells_of(random: Random, home: Home, person: Person) -> dict[str, Any]:
    return {
        "number": home.number,
        "head": home.people[0].name,
        "name": dirty_name(random, person.name),
        "relation": person.relation,
        "sex": dirty_sex(random, person.sex),
        "birth": dirty_birth(random, person.birth),
        "id": dirty_id(random, person.id_number),
        "group": home.group,
        "address": home.address,
        "phone": person.phone,
        "note": random.choice(("", "", "", "低保户")),
    }


def heading(random: Random, field: str) -> str:
    return random.choice(HEADINGS[field])


def lead(random: Random, width: int) -> list[list[Any]]:
    """Write what stands above a table: nothing, a title, a line of particulars, a blank line."""
    lines: list[list[Any]] = []
    if random.random() < 0.7:
        lines.append(["隔坑村2025年户籍人口花名册"])
        if random.random() < 0.6:
            lines.append([f"填报单位：隔坑村民委员会    填报日期：2025年12月{width}日"])
        if random.random() < 0.3:
            lines.append([])
    return lines


def tail(random: Random, people: int) -> list[list[Any]]:
    """Write what stands below a table: blank lines, totals, signatures, a note."""
    lines: list[list[Any]] = []
    if random.random() < 0.3:
        lines.append([])
    if random.random() < 0.7:
        lines.append(["合计", f"{people}人"])
    if random.random() < 0.6:
        lines.append(["填表人：", "", "", "审核人：", "", "日期："])
    if random.random() < 0.3:
        lines.append(["注：本表一式两份，一份存村委会，一份报镇。"])
    return lines


def plain_rows(random: Random, homes: Sequence[Home]) -> Written:
    """Layout A: one person per line, all household cells on every line, columns in any order."""
    fields = ["number", "head", "name", "relation", "sex", "birth", "id", "group", "address",
              "phone", "note"]  # fmt: skip
    random.shuffle(fields)
    rows = lead(random, len(fields))
    rows.append(["序号", *(heading(random, field) for field in fields)])
    serial = 0
    for home in homes:
        for person in home.people:
            serial += 1
            cells = cells_of(random, home, person)
            rows.append([serial, *(cells[field] for field in fields)])
            if random.random() < 0.05:
                rows.append([])
    return _written([sheet(rows + tail(random, serial))], homes, "A")


def blocks(random: Random, homes: Sequence[Home]) -> Written:
    """Layout B: household cells merged downwards, or blank, or 同上, below the first line."""
    way = random.choice(("merged", "blank", "ditto"))
    shared = ["number", "address", "group"]
    fields = ["number", "name", "relation", "sex", "birth", "id", "address", "group", "phone"]
    rows = lead(random, len(fields))
    rows.append(["序号", *(heading(random, field) for field in fields)])
    merges: list[str] = []
    serial = 0
    for home in homes:
        first = len(rows) + 1
        for place, person in enumerate(home.people):
            serial += 1
            cells = cells_of(random, home, person)
            if place:
                again = "" if way != "ditto" else random.choice(("同上", "〃"))
                cells |= dict.fromkeys(shared, again)
            rows.append([serial, *(cells[field] for field in fields)])
        if way == "merged" and len(home.people) > 1:
            for place, field in enumerate(fields, start=1):
                if field in (*shared, "phone"):
                    letter = chr(ord("A") + place)
                    merges.append(f"{letter}{first}:{letter}{len(rows)}")
    return _written([sheet(rows + tail(random, serial), merges)], homes, f"B {way}")


def stacked(random: Random, homes: Sequence[Home]) -> Written:
    """Layout D: a header of two lines with names over groups of columns."""
    merged = random.random() < 0.6
    above = ["序号", "户号", "家庭成员基本情况", "", "", "", "家庭情况", "", "备注"]
    below = ["", "", "姓名", "与户主关系", "性别", "身份证号", "住址", "联系电话", ""]
    rows = [*lead(random, 9)]
    top = len(rows) + 1
    rows += [above, below]
    merges = [f"{c}{top}:{c}{top + 1}" for c in "ABI"] + [f"C{top}:F{top}", f"G{top}:H{top}"]
    serial = 0
    for home in homes:
        for person in home.people:
            serial += 1
            c = cells_of(random, home, person)
            rows.append([serial, c["number"], c["name"], c["relation"], c["sex"], c["id"],
                         c["address"], c["phone"], c["note"]])  # fmt: skip
    return _written([sheet(rows + tail(random, serial), merges if merged else ())], homes, "D")


def member_columns(random: Random, homes: Sequence[Home]) -> Written:
    """Layout C: one household per line, its members in groups of columns."""
    most = max(len(home.people) for home in homes)
    way = random.choice(("labelled", "repeated", "stacked"))
    serial, widths = 0, range(1, max(2, most))
    rows = lead(random, 9)
    merges: list[str] = []
    shared = ["序号", "户号", "组别", "住址", "户主姓名", "身份证号", "联系电话"]
    if way == "labelled":
        names = [f"成员{n}{part}" for n in widths for part in ("姓名", "关系", "身份证号")]
        rows.append([*shared, *names, "备注"])
    elif way == "repeated":
        rows.append([*shared, *["姓名", "与户主关系", "身份证号码"] * len(widths), "备注"])
    else:
        tops = [text for n in widths for text in (f"家庭成员{n}", "", "")]
        first = len(rows) + 1
        rows += [[*shared, *tops, "备注"], ["", "", "", "", "", "", "",
                 *["姓名", "关系", "身份证号"] * len(widths), ""]]  # fmt: skip
        merges = [f"{c}{first}:{c}{first + 1}" for c in "ABCDEFG"]
        merges += [
            f"{_letters(7 + 3 * (n - 1))}{first}:{_letters(9 + 3 * (n - 1))}{first}" for n in widths
        ]
    for home in homes:
        serial += 1
        head = home.people[0]
        line: list[Any] = [serial, home.number, home.group, home.address,
                           dirty_name(random, head.name), dirty_id(random, head.id_number),
                           head.phone]  # fmt: skip
        for place in widths:
            member = home.people[place] if place < len(home.people) else None
            line += (
                [dirty_name(random, member.name), member.relation,
                 dirty_id(random, member.id_number)]
                if member
                else ["", "", ""]
            )  # fmt: skip
        rows.append([*line, ""])
    if (len(homes) > 1 and len(widths) > 1) or way != "repeated":
        return _written([sheet(rows + tail(random, serial), merges)], homes, f"C {way}")
    return plain_rows(random, homes)


def _letters(index: int) -> str:
    from village_app.importing.files.grid import column_letters

    return column_letters(index)


def sheet_per_group(random: Random, homes: Sequence[Home]) -> Written:
    """Layout E: one sheet per group named after it, a sheet of figures, an empty one."""
    fields = ["number", "name", "relation", "sex", "id", "phone"]
    names = [heading(random, field) for field in fields]
    sheets: list[Sheet] = []
    for group in dict.fromkeys(home.group for home in homes):
        rows: list[list[Any]] = [[f"隔坑村{group}花名册"], ["序号", *names]]
        serial = 0
        for home in homes:
            for person in home.people if home.group == group else ():
                serial += 1
                cells = cells_of(random, home, person)
                rows.append([serial, *(cells[field] for field in fields)])
        sheets.append(sheet(rows, name=random.choice((group, f"隔坑{group}"))))
    figures: list[list[Any]] = [
        ["组别", "户数", "人数"],
        ["一组", 3, 9],
        ["二组", 4, 12],
        ["合计", 7, 21],
    ]
    sheets.insert(0, sheet(figures, name="汇总"))
    sheets.append(sheet([], name="Sheet1"))
    return _written(sheets, homes, "E")


def paged(random: Random, homes: Sequence[Home]) -> Written:
    """Layout G: header and title again on every page, with page totals and page numbers."""
    fields = ["number", "name", "relation", "id", "phone"]
    head = ["序号", *(heading(random, field) for field in fields)]
    rows: list[list[Any]] = []
    serial = page = 0
    for home in homes:
        for person in home.people:
            if serial % 7 == 0:
                if serial:
                    rows.append(["本页小计", "7人"])
                    rows.append([f"第{page}页"])
                page += 1
                rows += [["隔坑村户籍人口花名册"], head]
            serial += 1
            cells = cells_of(random, home, person)
            rows.append([serial, *(cells[field] for field in fields)])
    return _written([sheet([*rows, ["本页小计", ""], ["合计", f"{serial}人"]])], homes, "G")


def side_by_side(random: Random, homes: Sequence[Home]) -> Written:
    """Two tables with one header beside each other, with or without a blank column between."""
    fields = ["number", "name", "relation", "id"]
    names = ["序号", *(heading(random, field) for field in fields)]
    gap: list[Any] = [""] if random.random() < 0.5 else []
    lines: list[list[Any]] = []
    for home in homes:
        for person in home.people:
            cells = cells_of(random, home, person)
            lines.append([len(lines) + 1, *(cells[field] for field in fields)])
    half = (len(lines) + 1) // 2
    left, right = lines[:half], lines[half:]
    rows = [[*names, *gap, *names]]
    for place, line in enumerate(left):
        beside = right[place] if place < len(right) else [""] * len(names)
        rows.append([*line, *gap, *beside])
    return _written([sheet(rows)], homes, "side by side")


def group_lines(random: Random, homes: Sequence[Home]) -> Written:
    """One sheet in which a line of its own names the group of the people below."""
    fields = ["number", "name", "relation", "id", "phone"]
    rows: list[list[Any]] = [["序号", *(heading(random, field) for field in fields)]]
    serial = 0
    for group in dict.fromkeys(home.group for home in homes):
        rows.append([random.choice((group, f"第{group[0]}村民小组"))])
        for home in homes:
            for person in home.people if home.group == group else ():
                serial += 1
                cells = cells_of(random, home, person)
                rows.append([serial, *(cells[field] for field in fields)])
    return _written([sheet(rows + tail(random, serial))], homes, "group lines")


def heads_open(random: Random, homes: Sequence[Home]) -> Written:
    """No household column at all: the word 户主 opens each household."""
    fields = ["name", "relation", "sex", "id", "phone", "note"]
    rows = lead(random, len(fields))
    rows.append(["序号", *(heading(random, field) for field in fields)])
    serial = 0
    for home in homes:
        for person in home.people:
            serial += 1
            cells = cells_of(random, home, person)
            rows.append([serial, *(cells[field] for field in fields)])
    return _written([sheet(rows + tail(random, serial))], homes, "heads open")


def household_lines(random: Random, homes: Sequence[Home]) -> Written:
    """A line with the household's particulars over the lines of its members."""
    rows = [["姓名", "与户主关系", "身份证号", "联系电话"]]
    for home in homes:
        rows.append([f"户主：{home.people[0].name}  户号：{home.number}  住址：{home.address}"])
        for person in home.people:
            cells = cells_of(random, home, person)
            rows.append([cells["name"], cells["relation"], cells["id"], cells["phone"]])
    return _written([sheet(rows)], homes, "household lines")


LAYOUTS: tuple[Callable[[Random, Sequence[Home]], Written], ...] = (
    plain_rows,
    blocks,
    stacked,
    member_columns,
    sheet_per_group,
    paged,
    side_by_side,
    group_lines,
    heads_open,
    household_lines,
)


def _written(sheets: Sequence[Sheet], homes: Sequence[Home], layout: str) -> Written:
    people = tuple((p.name, p.id_number) for home in homes for p in home.people)
    together = frozenset(frozenset(p.id_number for p in home.people) for home in homes)
    return Written(book(*sheets), people, together, layout)


__all__ = ["LAYOUTS", "Home", "Person", "Written", "make_homes"]
