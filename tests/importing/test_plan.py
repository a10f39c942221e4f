"""The plan as a value: states, decisions, rules, unknown names, repair in place, summary."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.importing.sheets import (
    TODAY,
    book,
    column,
    known_from,
    number,
    plan_book,
    plan_of,
    sheet,
    wrong,
)
from village_app.errors import Cancelled
from village_app.importing.plans.decisions import Decisions, on_duplicate
from village_app.importing.plans.plan import (
    Background,
    EarlierImport,
    ImportedFile,
    Plan,
    make_plan,
)
from village_app.importing.plans.recognition import KnownPerson
from village_app.importing.plans.summary import summarise
from village_app.importing.subjects.residents import residents_target

CHEN = number("19850630", 121)
LI = number("19860512", 122)
SON = number("20100101", 123)
HEAD = ["姓名", "身份证号", "电话", "组别", "备注"]


def known(**more: Any) -> KnownPerson:
    values = {"note": "旧备注", "sex": "1", "birth": date(1985, 6, 30)}
    return KnownPerson(
        1,
        "陈大文",
        CHEN,
        date(1985, 6, 30),
        phone="13800000000",
        group="一组",
        values=values,
        **more,
    )


def states(plan: Plan) -> list[str]:
    return [row.state for row in plan.rows]


def changed(plan: Plan) -> dict[str, tuple[Any, Any, str]]:
    return {c.field: (c.old, c.new, c.action) for c in plan.rows[0].changes}


def one_known(phone: str = "", note: str = "", group: str = "") -> Plan:
    return plan_of([HEAD, ["陈大文", CHEN, phone, group, note]], known=[known()])


# States and update rules (RR-14, RR-20)


def test_each_row_has_its_state_and_the_counts_add_up() -> None:
    plan = plan_of(
        [
            HEAD,
            ["陈大文", CHEN, "13912341234", "", ""],
            ["李小花", LI, "", "", ""],
            ["陈小明", wrong(SON), "", "", ""],
            ["李小花", LI, "", "", ""],
        ],
        known=[known()],
    )
    assert states(plan) == ["update", "new", "error", "suspected"]
    counts = plan.counts
    assert (counts.rows, counts.new, counts.update, counts.error, counts.suspected) == (
        4,
        1,
        1,
        1,
        1,
    )


def test_a_known_person_with_nothing_new_is_the_same() -> None:
    assert states(one_known(phone="138-0000-0000", group="第一村民小组")) == ["same"]


def test_a_blank_cell_never_erases() -> None:
    plan = one_known().decide(Decisions(rule="overwrite"))
    assert states(plan) == ["same"]
    assert plan.rows[0].applied == {}


def test_what_differs_is_asked_about_and_not_written_until_answered() -> None:
    plan = one_known(phone="13912341234")
    assert changed(plan) == {"phone": ("13800000000", "13912341234", "ask")}
    assert plan.rows[0].applied == {}
    assert plan.questions == (plan.rows[0],)
    answered = plan.decide(plan.decisions.with_change(0, "phone", "overwrite"))
    assert answered.rows[0].applied == {"phone": "13912341234"}
    assert answered.questions == ()


@pytest.mark.parametrize(
    ("rule", "state", "applied"),
    [
        ("overwrite", "update", {"phone": "13912341234"}),
        ("only_blank", "same", {}),
        ("keep", "same", {}),
    ],
)
def test_the_rule_of_a_field_decides_for_all_rows(
    rule: Any, state: str, applied: dict[str, str]
) -> None:
    plan = one_known(phone="13912341234")
    decided = plan.decide(plan.decisions.with_rule(rule, "phone"))
    assert states(decided) == [state]
    assert decided.rows[0].applied == applied


def test_blanks_of_the_register_are_filled_unless_the_field_is_kept() -> None:
    blank = KnownPerson(1, "陈大文", CHEN, values={})
    plan = plan_of([HEAD, ["陈大文", CHEN, "13912341234", "", ""]], known=[blank])
    assert plan.rows[0].applied["phone"] == "13912341234"
    kept = plan.decide(Decisions().with_rule("keep", "phone"))
    assert "phone" not in kept.rows[0].applied


# Decisions per class and per row (RR-19)


def suspected() -> Plan:
    people = [
        KnownPerson(k, name, birth=date(1985, 6, 30)) for k, name in ((1, "陈大文"), (2, "李花"))
    ]
    rows = [["姓名", "出生日期", "电话"], ["陈大文", "1985-06-30", "13812341234"],
            ["李花", "1985-06-30", ""]]  # fmt: skip
    return plan_of(rows, known=people)


@pytest.mark.parametrize(
    ("action", "state"),
    [("skip", "skipped"), ("update", "update"), ("add", "new"), ("merge", "update")],
)
def test_one_decision_serves_all_rows_of_a_class(action: Any, state: str) -> None:
    plan = suspected()
    assert states(plan) == ["suspected", "suspected"]
    decided = plan.decide(plan.decisions.with_class("name_birth", action))
    assert states(decided) == [state, "same" if state == "update" else state]
    assert states(plan) == ["suspected", "suspected"]


def test_a_decision_about_one_row_comes_before_its_class() -> None:
    plan = suspected()
    decided = plan.decide(plan.decisions.with_class("name_birth", "skip").with_row(0, "add"))
    assert states(decided) == ["new", "skipped"]


def test_one_of_several_candidates_is_chosen_by_its_id() -> None:
    twins = [KnownPerson(k, "陈大文", head_name="陈老") for k in (4, 5)]
    plan = plan_of([["姓名", "户主", "电话"], ["陈大文", "陈老", "13812341234"]], known=twins)
    assert [one.known.id for one in plan.rows[0].candidates] == [4, 5]
    decided = plan.decide(plan.decisions.with_row(0, "update", known_id=5))
    assert decided.rows[0].known is not None
    assert decided.rows[0].known.id == 5


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("skip", ["skipped", "skipped"]),
        ("update", ["update", "same"]),
        ("add", ["skipped", "new"]),
    ],
)
def test_one_word_for_all_duplicates(word: Any, expected: list[str]) -> None:
    people = [known(), KnownPerson(2, "李花", birth=date(1986, 5, 12))]
    rows = [["姓名", "身份证号", "出生日期", "电话"], ["陈大文", CHEN, "", "13912341234"],
            ["李花", "", "1986-05-12", ""]]  # fmt: skip
    plan = plan_of(rows, known=people).decide(on_duplicate(word, Decisions()))
    assert states(plan) == expected


# Duplicates within the file


def doubled() -> Plan:
    return plan_of(
        [HEAD, ["陈大文", CHEN, "", "一组", ""], ["陈大文", CHEN, "13812341234", "", "低保"]]
    )


def test_43_a_person_twice_in_the_file_is_suspected_and_named() -> None:
    plan = doubled()
    assert states(plan) == ["new", "suspected"]
    assert plan.rows[1].reasons == ("与第 2 行证件号码相同",)


def test_43_merging_fills_the_first_row_and_skips_the_second() -> None:
    plan = doubled()
    merged = plan.decide(plan.decisions.with_class("duplicate_in_file", "merge"))
    assert states(merged) == ["new", "skipped"]
    assert merged.rows[0].values["phone"] == "13812341234"
    assert merged.rows[0].values["group"] == "一组"
    assert ("phone", "由第 3 行补上") in [(c.field, c.reason) for c in merged.rows[0].cleaned]
    back = merged.decide(Decisions())
    assert "phone" not in back.rows[0].values


def test_one_number_under_two_names_is_an_error_that_names_both() -> None:
    plan = plan_of([HEAD, ["陈大文", CHEN, "", "", ""], ["李小花", CHEN, "", "", ""]])
    assert states(plan) == ["new", "error"]
    assert plan.rows[1].errors[0].code == "key_taken"
    assert "陈大文" in plan.rows[1].errors[0].message


def test_namesakes_with_other_numbers_are_two_people() -> None:
    plan = plan_of([HEAD, ["陈大文", CHEN, "", "", ""], ["陈大文", SON, "", "", ""]])
    assert states(plan) == ["new", "new"]


# Unknown groups (RR-21)


def grouped() -> Plan:
    rows = [HEAD, ["陈大文", CHEN, "", "3", ""], ["李小花", LI, "", "陈屋", ""],
            ["陈小明", SON, "", "陈屋", ""]]  # fmt: skip
    return plan_of(rows, lists={"group": ["第三村民小组", "陈家屋"]})


def test_a_known_group_takes_the_spelling_of_the_register() -> None:
    assert grouped().rows[0].values["group"] == "第三村民小组"


def test_unknown_groups_are_listed_with_their_rows_and_what_may_be_meant() -> None:
    plan = grouped()
    (unknown,) = plan.unknown_names
    assert (unknown.text, unknown.rows, unknown.likely) == ("陈屋", (1, 2), ("陈家屋",))
    assert plan.rows[1].values["group"] == "陈屋"


@pytest.mark.parametrize(
    ("action", "to", "group"),
    [("create", None, "陈屋"), ("map", "陈家屋", "陈家屋"), ("skip", None, None)],
)
def test_unknown_groups_are_created_mapped_or_left_out(
    action: Any, to: str | None, group: str | None
) -> None:
    plan = grouped()
    decided = plan.decide(plan.decisions.with_value("group", "陈屋", action, to))
    assert column(decided, "group")[1:] == [group, group]
    assert (decided.unknown_names[0].decision is None) is False


# Repair in place (RR-15)


def test_a_cell_put_right_changes_its_row_and_the_counts_at_once() -> None:
    plan = plan_of([HEAD, ["陈大文", CHEN, "", "", ""], ["李小花", wrong(LI), "", "", ""]])
    assert plan.counts.error == 1
    mended = plan.with_cell(1, "id_number", LI)
    assert (plan.counts.error, mended.counts.error, mended.counts.new) == (1, 0, 2)
    assert mended.rows[0] is plan.rows[0]
    assert mended.rows[1].values["id_number"] == LI
    assert mended.rows[1].address("id_number") == "B3"


def test_a_cell_put_right_may_make_the_row_a_known_person_or_a_double() -> None:
    plan = plan_of(
        [HEAD, ["陈大文", wrong(CHEN), "", "", ""], ["李小花", LI, "", "", ""]], known=[known()]
    )
    assert states(plan.with_cell(0, "id_number", CHEN)) == ["same", "new"]
    doubles = plan.with_cell(0, "id_number", LI).with_cell(0, "name", "李小花")
    assert states(doubles) == ["new", "suspected"]
    assert states(doubles.with_cell(0, "id_number", CHEN)) == ["suspected", "new"]


def test_a_cell_can_be_emptied_and_a_blank_one_filled() -> None:
    plan = plan_of([HEAD, ["陈大文", "4.419E+17", "", "", ""]])
    emptied = plan.with_cell(0, "id_number", "")
    assert states(emptied) == ["new"]
    filled = emptied.with_cell(0, "phone", "13812341234")
    assert filled.rows[0].values["phone"] == "13812341234"
    assert filled.rows[0].address("phone") == "C2"


def test_a_wrong_number_that_stands_on_the_card_can_be_confirmed() -> None:
    plan = plan_of([HEAD, ["陈大文", wrong(CHEN), "", "", ""]])
    confirmed = plan.decide(plan.decisions.with_confirmed(0, "id_number"))
    assert states(confirmed) == ["new"]
    assert confirmed.rows[0].values["id_number"] == wrong(CHEN)
    assert [p.level for p in confirmed.rows[0].problems] == ["warning"]


def test_a_damaged_number_cannot_be_confirmed() -> None:
    plan = plan_of([HEAD, ["陈大文", 4.41900198506301e17, "", "", ""]])
    assert states(plan.decide(plan.decisions.with_confirmed(0, "id_number"))) == ["error"]


def test_decisions_stay_when_a_cell_is_put_right() -> None:
    plan = suspected()
    decided = plan.decide(plan.decisions.with_class("name_birth", "add"))
    assert states(decided.with_cell(1, "phone", "13712341234")) == ["new", "new"]


@settings(max_examples=30)
@given(st.lists(st.sampled_from(["", CHEN, LI, wrong(SON), "4.4E+17"]), min_size=2, max_size=6),
       st.integers(0, 5), st.sampled_from(["", CHEN, SON]))  # fmt: skip
def test_repairing_a_cell_comes_to_the_same_as_reading_it_so(
    numbers: list[str], place: int, text: str
) -> None:
    place %= len(numbers)
    names = [f"陈{chr(0x5927 + k)}" for k in range(len(numbers))]
    before = [HEAD, *[[n, i, "", "", ""] for n, i in zip(names, numbers, strict=True)]]
    after = [*numbers[:place], text, *numbers[place + 1 :]]
    fresh = plan_of([HEAD, *[[n, i, "", "", ""] for n, i in zip(names, after, strict=True)]])
    mended = plan_of(before).with_cell(place, "id_number", text)
    assert states(mended) == states(fresh)
    assert mended.counts == fresh.counts
    assert [row.values for row in mended.rows] == [row.values for row in fresh.rows]


# The same file twice (RR-24), households known, progress, summary


def test_the_same_file_twice_is_told_with_the_earlier_result() -> None:
    earlier = EarlierImport(datetime(2026, 1, 5, 1, 30, tzinfo=UTC), "花名册.xlsx", "新增 72 人")
    plan = make_plan(
        book(sheet([HEAD, ["陈大文", CHEN, "", "", ""]])),
        residents_target(),
        Background(earlier={"ab12": earlier}, today=TODAY),
        file=ImportedFile("花名册.xlsx", "xlsx", None, "ab12"),
    )
    assert plan.earlier is earlier
    told = "此文件已于 2026年1月5日 09:30 导入（花名册.xlsx，新增 72 人）。"
    assert summarise(plan)["earlier"] == told


def test_new_members_of_a_known_household_are_told_which_one() -> None:
    rows = [["户号", "姓名", "关系", "身份证号"], ["1", "陈大文", "户主", CHEN],
            ["1", "李小花", "妻", LI]]  # fmt: skip
    plan = plan_of(rows, known=[known(household_id=55)])
    assert plan.households[0].known_id == 55
    assert states(plan) == ["update", "new"]


def test_progress_is_told_and_the_user_can_stop() -> None:
    told: list[tuple[int, int, str]] = []

    def report(done: int, total: int, text: str) -> None:
        told.append((done, total, text))
        if len(told) > 2:
            raise Cancelled

    workbook = book(sheet([HEAD, *[["陈大文", "", "", "", str(k)] for k in range(1500)]]))
    with pytest.raises(Cancelled):
        make_plan(workbook, residents_target(), Background(today=TODAY), report=report)
    assert [done for done, _, _ in told] == [0, 500, 1000]
    assert told[0][1] == 3000


def test_the_summary_is_plain_json_with_the_keys_of_the_command_line() -> None:
    plan = plan_of([HEAD, ["陈 大文", wrong(CHEN), "１３８１２３４１２３４", "", ""]])
    summary = json.loads(json.dumps(summarise(plan), ensure_ascii=False))
    assert {"file", "sheet", "header_rows", "columns", "counts", "households", "problems",
            "cleaned"} <= summary.keys()  # fmt: skip
    assert summary["counts"] == {
        "rows": 1, "new": 0, "update": 0, "same": 0, "suspected": 0, "error": 1, "skipped": 0,
    }  # fmt: skip
    (problem,) = summary["problems"]
    assert (problem["row"], problem["column"], problem["cell"]) == (2, "B", "B2")
    assert (problem["code"], problem["level"]) == ("wrong_check_digit", "error")
    assert [(c["row"], c["column"], c["from"], c["to"]) for c in summary["cleaned"]] == [
        (2, "A", "陈 大文", "陈大文"), (2, "C", "１３８１２３４１２３４", "13812341234"),
    ]  # fmt: skip


def test_members_in_columns_keep_the_address_of_their_own_cells() -> None:
    plan = plan_of(
        [["户号", "户主姓名", "身份证号", "成员1姓名", "成员1身份证", "成员2姓名", "成员2身份证"],
         ["1", "陈大文", CHEN, "李小花", wrong(LI), "陈小明", SON]]
    )  # fmt: skip
    (problem,) = summarise(plan)["problems"]
    assert problem["cell"] == "E2"


def test_rr16_rows_with_errors_are_given_back_line_by_line_with_their_reasons() -> None:
    plan = plan_of([HEAD, ["陈大文", CHEN, "", "", ""], ["", wrong(LI), "", "", ""]])
    (rejected,) = plan.rejected
    assert rejected.header_rows == (0,)
    assert list(rejected.reasons) == [2]
    assert "校验位" in rejected.reasons[2]
    assert "缺姓名" in rejected.reasons[2]


def test_the_whole_line_is_kept_as_it_stood_also_what_no_field_takes() -> None:
    plan = plan_of([["姓名", "身份证号", "爱好"], ["陈 大文", CHEN, "下棋"]])
    assert plan.raw_cells(0) == {"A": "陈 大文", "B": CHEN, "C": "下棋"}


def test_a_missing_name_has_the_address_of_its_blank_cell() -> None:
    plan = plan_of([["序号", "姓名", "身份证号"], [1, "", CHEN]])
    (problem,) = summarise(plan)["problems"]
    assert (problem["code"], problem["cell"]) == ("missing", "B2")


def test_importing_twice_changes_nothing() -> None:
    rows = [
        ["户号", "姓名", "关系", "身份证号", "电话", "组别", "民族"],
        ["030001", "陈大文", "户主", CHEN, "13812341234", "一组", "汉"],
        ["030001", "李小花", "妻", LI, "", "一组", "汉"],
        ["030002", "陈小明", "户主", "", "", "二组", "壮"],
    ]
    first = plan_of(rows)
    again = plan_of(rows, known=known_from(first))
    assert states(again)[:2] == ["same", "same"]
    assert again.counts.new == 0


def test_a_plan_can_be_made_of_a_workbook_without_anything_known() -> None:
    plan = plan_book(book(sheet([HEAD, ["陈大文", CHEN, "", "", ""]])))
    assert (plan.counts.new, plan.unknown_names, plan.questions) == (1, (), ())


# 25: colour as meaning


def painted_plan() -> Plan:
    """Eight people, two of them in red; beside the header stands what red means."""
    from io import BytesIO

    from openpyxl import Workbook as Written
    from openpyxl.styles import PatternFill

    from village_app.importing.files.reader import read_workbook

    book = Written()
    sheet = book.active
    assert sheet is not None
    sheet.append(["姓名", "出生日期", "电话", "红色为已迁出"])
    for place in range(8):
        sheet.append([f"陈{'一二三四五六七八'[place]}", f"198{place}-05-12", f"1380000111{place}"])
        if place in (2, 5):
            for cell in sheet[sheet.max_row][:3]:
                cell.fill = PatternFill("solid", fgColor="FFFF0000")
    content = BytesIO()
    book.save(content)
    return plan_book(read_workbook(content.getvalue(), "名册.xlsx"))


def test_25_rows_in_a_colour_are_doubted_once_with_what_the_sheet_says_of_it() -> None:
    plan = painted_plan()
    (mark,) = plan.painted
    assert (mark.colour, mark.rows, mark.meaning) == ("红", 2, "moved_out")
    doubtful = [row.row for row in plan.rows if "coloured" in {p.code for p in row.problems}]
    assert doubtful == [4, 7]


def test_25_one_answer_gives_all_rows_of_the_colour_their_status() -> None:
    plan = painted_plan()
    decided = plan.decide(plan.decisions.with_colour("红", "moved_out"))
    assert [row.row for row in decided.rows if row.values.get("status") == "moved_out"] == [4, 7]
    assert not any(row.problems for row in decided.rows)
    left_out = plan.decide(plan.decisions.with_colour("红", "skip"))
    assert [row.row for row in left_out.rows if row.state == "skipped"] == [4, 7]
