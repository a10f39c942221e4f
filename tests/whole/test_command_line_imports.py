"""Lists through the command line as a stranger tries them: what is said and what is left."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.importing.sheets import number, wrong
from tests.whole.by_words import Answer, contents, say

CHEN, LI, NEW = number("19600312", 11), number("19621105", 12), number("19900101", 1)
OTHER_CHEN, WRONG = number("19600312", 15), wrong(number("19900102", 1))
ROSTER = f"""隔坑村三组名册
户号,姓名,与户主关系,身份证号,联系电话
030001,陈大文,户主,{CHEN},13812340001
030001,李桂芳,妻,{LI},
合计,2人
"""
PHONES = f"""姓名,身份证号,联系电话
陈大文,{CHEN},13900000001
新来人,{NEW},13900000003
写错人,{WRONG},13900000004
"""
LATER = f"姓名,身份证号,联系电话\n陈大文,{CHEN},13911111111\n新来人,{NEW},13922222222\n"
MANY = f"姓名,身份证号,联系电话,文化程度\n陈大文,{CHEN},13700000001,初中\n"
NAMESAKES = f"姓名,身份证号,电话\n陈大文,{number('19600312', 15)},13600000001\n李桂芳,,\n"


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new village with nobody in it."""
    folder = tmp_path_factory.mktemp("whole") / "数据"
    made = say("init", "--data", folder, "--village", "隔坑村", "--town", "横沥镇")
    assert made.code == 0, made.errors
    return folder


@pytest.fixture
def place(village: Path, tmp_path: Path) -> Path:
    """A folder with a blank and Chinese in its name, in which such a village lies."""
    folder = tmp_path / "村里 的电脑"
    shutil.copytree(village, folder / "数据")
    return folder


def bring(place: Path, name: str, text: str, *words: str | Path) -> Answer:
    """Write a list in GBK and import it."""
    (place / name).write_bytes(text.encode("gb18030"))
    return say("import", place / name, "--data", place / "数据", "--json", *words)


def phones(place: Path) -> dict[str, str]:
    found = say("residents", "--data", place / "数据", "--full", "--json").json["residents"]
    return {person["name"]: person["phone"] for person in found}


def test_later_changes_stay_when_an_import_is_taken_back(place: Path) -> None:
    assert bring(place, "名册.csv", ROSTER, "--commit").json["counts"]["new"] == 2
    second = bring(place, "电话.csv", PHONES, "--commit")
    assert (second.code, second.json["batch"]) == (1, 2)
    assert bring(place, "又改.csv", LATER, "--commit").json["counts"]["update"] == 2
    undone = say("undo", "2", "--data", place / "数据", "--json")
    assert undone.code == 1
    assert (undone.json["removed"], undone.json["restored"]) == (0, 0)
    assert {one["name"] for one in undone.json["kept"]} == {"陈大文", "新来人"}
    assert phones(place) == {"陈大文": "13911111111", "李桂芳": "", "新来人": "13922222222"}
    again = say("undo", "2", "--data", place / "数据")
    assert (again.code, "已经撤回过" in again.errors) == (2, True)
    assert say("undo", "3", "--data", place / "数据", "--json").json["restored"] == 2
    assert phones(place)["陈大文"] == "13900000001"


def test_the_same_file_twice_adds_nothing_and_may_come_again_once_taken_back(place: Path) -> None:
    bring(place, "名册.csv", ROSTER, "--commit")
    before = contents(place / "数据")
    again = bring(place, "名册.csv", ROSTER, "--commit")
    assert (again.code, again.json["counts"]["same"], again.json["batch"]) == (0, 2, None)
    assert "此文件已于" in again.json["earlier"]
    assert contents(place / "数据") == before
    assert say("undo", "1", "--data", place / "数据", "--json").json["removed"] == 2
    dry = bring(place, "名册.csv", ROSTER).json
    assert (dry["counts"]["new"], dry["earlier"]) == (2, None)


def test_what_differs_and_who_may_be_double_is_named_and_waits(place: Path) -> None:
    bring(place, "名册.csv", ROSTER, "--commit")
    asked = bring(place, "多栏.csv", MANY)
    (question,) = asked.json["questions"]
    assert (question["cell"], question["old"], question["new"]) == (
        "C2", "138****0001", "13700000001",
    )  # fmt: skip
    told = say("import", place / "多栏.csv", "--data", place / "数据").out
    assert "台账里是 138****0001" in told
    assert "--on-duplicate update" in told
    doubts = bring(place, "同名.csv", NAMESAKES)
    assert doubts.code == 1
    assert [one["name"] for one in doubts.json["suspected"]] == ["陈大文", "李桂芳"]
    told = say("import", place / "同名.csv", "--data", place / "数据").out
    assert "第 2 行：“陈大文”可能重复：姓名相同，出生日期相同，但证件号码不同。" in told


def test_one_word_decides_about_all_who_may_be_double(place: Path) -> None:
    """`update` still waits for who is only alike: another number, a name alone."""
    bring(place, "名册.csv", ROSTER, "--commit")
    for word, counts in (("skip", (0, 0, 2, 0)), ("update", (0, 0, 0, 2)), ("add", (2, 0, 0, 0))):
        found = bring(place, "同名.csv", NAMESAKES, "--on-duplicate", word).json["counts"]
        assert tuple(found[s] for s in ("new", "update", "skipped", "suspected")) == counts


def test_rows_with_errors_go_out_and_come_back_mended(place: Path) -> None:
    from openpyxl import load_workbook

    target = place / "有错的.xlsx"
    done = bring(place, "电话.csv", PHONES, "--errors", target)
    assert (done.code, done.json["errors_file"]) == (1, str(target))
    book = load_workbook(target)
    book.active["B2"] = number("19900102", 1)
    book.save(target)
    mended = say("import", target, "--data", place / "数据", "--json")
    assert (mended.code, mended.json["counts"]["new"]) == (0, 1)


def test_nothing_is_imported_where_the_rows_with_errors_cannot_be_written(place: Path) -> None:
    before = contents(place / "数据")
    (place / "表.xlsx").mkdir()
    for target, sentence in (
        (place / "电话.csv", "改成“电话.xlsx”"),
        (place / "没有" / "错.xlsx", "请先建好"),
        (place / "表.xlsx", "是文件夹"),
    ):
        refused = bring(place, "电话.csv", PHONES, "--commit", "--errors", target)
        assert (refused.code, sentence in refused.errors) == (2, True), refused.errors
    assert contents(place / "数据") == before
    assert (place / "电话.csv").read_bytes() == PHONES.encode("gb18030")


def test_the_list_being_imported_is_not_written_over(place: Path) -> None:
    target = place / "有错的.xlsx"
    bring(place, "电话.csv", PHONES, "--errors", target)
    content = target.read_bytes()
    refused = say("import", target, "--data", place / "数据", "--errors", target)
    assert (refused.code, "正在导入的表格" in refused.errors) == (2, True)
    assert target.read_bytes() == content


def test_what_is_no_list_is_refused_in_a_sentence_and_nothing_changes(place: Path) -> None:
    before = contents(place / "数据")
    (place / "空.xlsx").write_bytes(b"")
    (place / "统计.csv").write_text("组别,户数,人数\n一组,3,9\n合计,3,9\n", encoding="utf-8")
    cases = {"空.xlsx": "空", "统计.csv": "统计表", "没有.xlsx": "找不到", "数据": "文件夹"}
    if os.name != "nt":
        os.mkfifo(place / "管道.xlsx")
        cases["管道.xlsx"] = "不是文件"
    for name, sentence in cases.items():
        refused = say("import", place / name, "--data", place / "数据", "--commit")
        assert (refused.code, sentence in refused.errors) == (2, True), refused.errors
        assert refused.out == ""
    assert contents(place / "数据") == before


def test_words_that_do_not_fit_the_list_are_explained(place: Path) -> None:
    for words, sentence in (
        (("--sheet", "没有"), "没有“没有”这张表"),
        (("--header", "99"), "重新指定"),
        (("--header", "三"), "看不懂"),
        (("--encoding", "什么"), "没有这种文字编码"),
        (("--on-duplicate", "merge"), "不能是“merge”"),
    ):
        refused = bring(place, "名册.csv", ROSTER, *words)
        assert (refused.code, sentence in refused.errors) == (2, True), refused.errors


def test_a_folder_without_a_village_is_said_to_have_none(place: Path) -> None:
    refused = say("residents", "--data", place)
    assert (refused.code, "没有村的数据" in refused.errors) == (2, True)


def test_an_export_has_real_types_and_comes_back_as_it_is(place: Path) -> None:
    """Full numbers only where they are asked for; the masked list is no list to import."""
    from openpyxl import load_workbook

    bring(place, "名册.csv", ROSTER, "--commit")
    full, masked = place / "全.xlsx", place / "遮.xlsx"
    assert say("export", "residents", full, "--data", place / "数据", "--full").code == 0
    assert say("export", "residents", masked, "--data", place / "数据").code == 0
    rows = list(load_workbook(full).active.iter_rows(min_row=4, values_only=True))
    assert [row[2] for row in rows] == [CHEN, LI]
    assert [row[4].isoformat()[:10] for row in rows] == ["1960-03-12", "1962-11-05"]
    again = say("import", full, "--data", place / "数据", "--json")
    assert (again.code, again.json["counts"]["same"]) == (0, 2), again.json["problems"]
    kept = say("import", masked, "--data", place / "数据", "--commit", "--json")
    assert (kept.code, kept.json["counts"]["error"], kept.json["committed"]) == (1, 2, False)


def test_an_export_goes_into_a_spreadsheet_only(place: Path) -> None:
    for target, sentence in ((place / "名册.csv", "改成“名册.xlsx”"), (place, "是文件夹")):
        refused = say("export", "residents", target, "--data", place / "数据")
        assert (refused.code, sentence in refused.errors) == (2, True), refused.errors
