"""The program from outside, by its words alone: what it answers, its exit codes, what it leaves.

Every word runs in a process of its own, as a person or a script would start it.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.whole.by_words import contents, say
from village_app.resources import resource

ROSTER, PHONES = "三组户籍花名册.xlsx", "电话更新.csv"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A village with the roster in it; the tests of this file go on from each other."""
    folder = tmp_path_factory.mktemp("whole") / "隔坑村 资料"
    made = say("init", "--data", folder, "--village", "隔坑村", "--town", "横沥镇", "--json")
    assert made.code == 0, made.errors
    assert made.json["village"] == "隔坑村"
    assert len(made.json["recovery_code"].replace("-", "")) == 25
    done = say("import", resource("sample", ROSTER), "--data", folder, "--commit", "--json")
    assert done.code == 0, done.errors
    return folder


def test_the_roster_comes_in_with_the_figures_known_beforehand(data: Path) -> None:
    again = say("import", resource("sample", ROSTER), "--data", data, "--json")
    answer = again.json
    assert answer["header_rows"] == [3, 4]
    assert answer["households"] == 18
    assert (answer["counts"]["rows"], answer["counts"]["same"]) == (72, 72)
    assert answer["earlier"]
    assert answer["committed"] is False


def test_a_dry_run_leaves_the_folder_byte_for_byte(data: Path) -> None:
    before = contents(data)
    done = say("import", resource("sample", PHONES), "--data", data, "--json")
    assert done.code == 1
    counts = done.json["counts"]
    assert (counts["update"], counts["new"], counts["error"]) == (25, 3, 3)
    problems = {
        (one["row"], one["column"]) for one in done.json["problems"] if one["level"] == "error"
    }
    assert problems == {(30, "C"), (31, "C"), (32, "C")}
    assert contents(data) == before


def test_an_import_is_taken_back_and_the_old_values_stand_again(data: Path) -> None:
    before = say("residents", "hqz", "--data", data, "--full", "--json").json["residents"]
    done = say("import", resource("sample", PHONES), "--data", data, "--commit", "--json")
    assert done.json["committed"] is True
    changed = say("residents", "hqz", "--data", data, "--full", "--json").json["residents"]
    assert changed[0]["phone"] == "13900000000" != before[0]["phone"]
    undone = say("undo", str(done.json["batch"]), "--data", data, "--json")
    assert (undone.json["removed"], undone.json["restored"], undone.json["kept"]) == (3, 25, [])
    assert say("residents", "hqz", "--data", data, "--full", "--json").json["residents"] == before


def test_people_are_found_by_initials_and_number_tails_and_stay_masked(data: Path) -> None:
    by_initials = say("residents", "hqz", "--data", data, "--json").json["residents"]
    by_tail = say("residents", "0034", "--data", data, "--json").json["residents"]
    assert by_initials == by_tail
    assert by_initials[0]["name"] == "何强志"
    assert by_initials[0]["id_number"] == "4419**********0034"


def test_error_rows_go_out_as_a_spreadsheet_with_reasons(data: Path, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    target = tmp_path / "有错的行.xlsx"
    say("import", resource("sample", PHONES), "--data", data, "--errors", target)
    rows = list(load_workbook(target).active.iter_rows(values_only=True))
    assert rows[0][-1] == "原因"
    assert len(rows) == 4
    assert "校验位应为 9" in str(rows[1][-1])


def test_export_check_and_backup_answer_with_their_keys(data: Path, tmp_path: Path) -> None:
    exported = say("export", "residents", tmp_path / "名册.xlsx", "--data", data, "--json")
    assert exported.json["rows"] == 72
    checked = say("check", "--data", data, "--json")
    assert (checked.code, checked.json["findings"]) == (0, [])
    assert checked.json["changes_verified"] > 3
    place = tmp_path / "U盘"
    place.mkdir()
    made = say("backup", place, "--data", data, "--json").json
    assert made["verified"] is True
    assert made["counts"]["resident"] == 72
    shown = say("restore", made["file"], "--data", data)
    assert "还没有改动任何数据" in shown.out
    fresh = tmp_path / "新电脑"
    assert say("restore", made["file"], "--data", fresh, "--yes").code == 0
    assert len(say("residents", "--data", fresh, "--json").json["residents"]) == 72


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("import", "没有这个.xlsx"), "找不到"),
        (("residents", "--user", "没有这个人"), "用户名或密码不对"),
        (("undo", "99"), "没有第 99 批"),
        (("paper", "隔村公示〔2026〕99号", "x.pdf"), "没有编号"),
        (("export", "什么", "x.xlsx"), "没有“什么”这个清单"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence_with_exit_2(
    data: Path, tmp_path: Path, words: tuple[str, ...], sentence: str
) -> None:
    before = contents(data)
    answer = say(*words, "--data", data)
    assert (answer.code, sentence in answer.errors) == (2, True), answer.errors
    assert answer.out.strip() == ""
    assert set(contents(data)) == set(before)


def test_wrong_words_are_explained_in_chinese() -> None:
    assert say("飞").code == 2
    missing = say("undo")
    assert (missing.code, "还缺" in missing.errors) == (2, True)
    for verb in ("demo", "init", "import", "undo", "residents", "typeset", "papers", "check"):
        shown = say(verb, "--help")
        assert shown.code == 0
        assert "用法" in shown.out


def test_a_wrong_password_changes_nothing(data: Path) -> None:
    before = contents(data)
    answer = say("residents", "--data", data, password="不是这个密码呀呀呀")
    assert (answer.code, "密码不对" in answer.errors) == (2, True)
    assert contents(data) == before


def test_a_read_only_folder_is_said_so(data: Path, tmp_path: Path) -> None:
    if os.name == "nt" or os.geteuid() == 0:
        pytest.skip("管理员账号不受文件夹权限限制，这里试不了")
    data.chmod(0o500)
    try:
        answer = say("import", resource("sample", PHONES), "--data", data, "--commit")
    finally:
        data.chmod(0o700)
    assert answer.code == 2


def test_the_demonstration_leaves_papers_and_pictures(tmp_path: Path) -> None:
    from pypdfium2 import PdfDocument

    out = tmp_path / "示范"
    done = say("demo", out, "--json")
    assert done.code == 0, done.errors
    papers = done.json["papers"]
    assert len(papers) >= 6
    for paper in papers:
        assert Path(paper["xlsx"]).stat().st_size > 1000
        assert len(PdfDocument(paper["pdf"])) == paper["pages"] >= 1
    assert len(done.json["screens"]) >= 5
    assert all(Path(screen).read_bytes().startswith(b"\x89PNG") for screen in done.json["screens"])
    told = "".join(done.json["told"])
    for figure in ("195,376.35", "71,108.95", "70,928.95", "1,130.00", "9,503.90"):
        assert figure in told
