"""The public face of a table (story 4 and the policies of other notices)."""

from __future__ import annotations

from datetime import date

import pytest

from tests.papers.welfare_list import (
    COLUMNS,
    DAY_OF_POSTING,
    PEOPLE,
    card,
    internal_table,
    paper_of,
    people,
)
from village_app.domain.kinds import DAY, PERSON_NAME, PHONE, TEXT
from village_app.domain.masking_policies import masking_policies
from village_app.papers.blocks import Column, Table
from village_app.papers.gate import inspect
from village_app.papers.masking_faces import PersonRow, named_apart, public_table
from village_app.papers.places import texts_of
from village_app.papers.table_lines import column_total

WELFARE = masking_policies()["welfare"]


def face(policy: str = "welfare") -> Table:
    return public_table(
        COLUMNS, people(), masking_policies()[policy], DAY_OF_POSTING, has_total=True, in_words=8
    )


def labels(table: Table) -> list[str]:
    return [column.label for column in table.columns]


def cells_of(table: Table, label: str) -> list[object]:
    index = labels(table).index(label)
    return [row.cells[index] for row in table.rows]


def test_two_of_one_name_are_told_apart_by_group_and_then_by_last_digits() -> None:
    names = cells_of(face(), "姓名")
    tails = [people()[index].identity[-4:] for index in (0, 1)]
    assert names[0] == f"陈*（三组，证件尾号{tails[0]}）"
    assert names[1] == f"陈*（三组，证件尾号{tails[1]}）"
    assert names[2] == "陈*（一组）"


def test_no_full_name_number_telephone_card_or_reason_appears() -> None:
    shown = "".join(placed.text for placed in texts_of(paper_of(face())))
    for index, (name, _, _, reason) in enumerate(PEOPLE):
        person = people()[index]
        for secret in (name, person.identity, person.cells[4], card(index), reason):
            assert str(secret) not in shown
    assert labels(face()) == ["序号", "姓名", "组别", "保障人数", "月保障金（元）"]


def test_the_girl_of_eleven_has_no_row_and_the_total_is_without_her() -> None:
    table = face()
    assert len(table.rows) == 11
    assert "周*芸" not in cells_of(table, "姓名")
    assert "四组" in cells_of(table, "组别")
    hers = people()[7].cells[8]
    everybody = sum(person.cells[8] for person in people())
    assert column_total(table, 4) == everybody - hers
    assert table.in_words == 4


def test_the_public_face_passes_the_gate() -> None:
    findings = inspect(paper_of(face()), policy=WELFARE, today=DAY_OF_POSTING)
    assert findings.items == ()
    assert all(check.found == 0 for check in findings.checks)


def test_names_with_dots_compound_surnames_and_rare_characters_are_masked_by_character() -> None:
    names = cells_of(face(), "姓名")
    assert {"欧阳*菊", "麦*", "买**·艾*", "区*坤"} <= set(names)


def test_a_subsidy_list_keeps_both_ends_of_the_number_and_the_tail_of_the_card() -> None:
    table = face("subsidy")
    number = people()[3].identity
    assert labels(table) == [
        "序号", "姓名", "组别", "证件号码", "银行卡号", "保障人数", "月保障金（元）",
    ]  # fmt: skip
    assert cells_of(table, "证件号码")[3] == f"{number[:6]}********{number[-4:]}"
    assert cells_of(table, "银行卡号")[3] == "*" * 15 + card(3)[-4:]
    assert {column.kind.name for column in table.columns[1:5]} == {"text"}


NAMES = (Column("姓名", PERSON_NAME, "personal"), Column("时长", TEXT))


@pytest.mark.parametrize(
    ("policy", "names"),
    [
        ("election", ["林青山", "何国庆"]),
        ("points_red", ["林青山", "何*庆"]),
        ("volunteer", ["林青山"]),
        ("donation", ["林青山", "爱心人士"]),
        ("general", ["林*山", "何*庆"]),
    ],
)
def test_consent_decides_where_the_policy_asks_for_it(policy: str, names: list[str]) -> None:
    rows = (
        PersonRow(("林青山", "12小时"), date(1960, 4, 4), consents=True),
        PersonRow(("何国庆", "8小时"), date(1949, 10, 1)),
    )
    table = public_table(NAMES, rows, masking_policies()[policy], DAY_OF_POSTING)
    assert cells_of(table, "姓名") == names


def test_where_no_person_may_appear_the_column_of_names_is_not_built() -> None:
    rows = (PersonRow(("林青山", "12小时")),)
    table = public_table(NAMES, rows, masking_policies()["no_persons"], DAY_OF_POSTING)
    assert labels(table) == ["时长"]


def test_a_birthday_decides_on_the_day_itself() -> None:
    row = (PersonRow(("林小苗", "1"), date(2012, 4, 28)),)
    policy = masking_policies()["election"]
    assert len(public_table(NAMES, row, policy, date(2026, 4, 28)).rows) == 1
    assert len(public_table(NAMES, row, policy, date(2026, 4, 27)).rows) == 0


def test_an_office_keeps_its_telephone_and_a_year_stands_for_a_birth_date() -> None:
    columns = (Column("姓名", PERSON_NAME), Column("电话", PHONE), Column("出生日期", DAY))
    rows = (PersonRow(("林青山", "0769-83731234", date(1960, 4, 4)), date(1960, 4, 4)),)
    office = public_table(columns, rows, masking_policies()["office"], DAY_OF_POSTING)
    election = public_table(columns, rows, masking_policies()["election"], DAY_OF_POSTING)
    assert office.rows[0].cells == ("林青山", "0769-83731234")
    assert election.rows[0].cells == ("林青山", "1960年")


def test_a_table_can_be_told_which_names_its_own_columns_would_tell_apart() -> None:
    told = named_apart(internal_table(), 1, WELFARE, frozenset({"何国庆"}))
    assert told[0] is not None
    assert told[0].startswith("陈*（三组，证件尾号")
    assert told[8] == "何*庆"
