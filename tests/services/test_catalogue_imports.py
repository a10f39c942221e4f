"""The county's catalogue of the year: compared first, taken over in one change, taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from village_app.errors import Refused
from village_app.importing.subjects.catalogue import frequency_of, level_of
from village_app.village import Village

HEAD = ("序号", "公开类别", "公开事项", "公开依据", "公开时限", "公开主体", "公开渠道")
ROWS = (
    (
        1,
        "党务公开",
        "党组织设置、班子成员及分工",
        "党务公开条例",
        "变更后5日内",
        "村党组织",
        "村务公开栏",
    ),
    (2, "村务公开", "印章使用管理制度", "县目录", "每年1月20日前", "村民委员会", "村务公开栏"),
    (3, "财务公开", "民主协商成果采纳反馈", "县目录", "每季度的首个月20日", "村民委员会", "网站"),
)


def workbook(path: Path, rows: tuple[tuple[object, ...], ...] = ROWS) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["横沥镇2026年村务公开目录"])
    sheet.append(list(HEAD))
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("timing", "frequency"),
    [
        ("随时公布", "event"),
        ("变更后5日内", "event"),
        ("每半年一次", "half_year"),
        ("每季度的首个月20日", "quarter"),
        ("每月15日前", "month"),
        ("每年1月20日前", "year"),
        ("", "event"),
    ],
)
def test_a_county_s_words_for_a_time_become_a_frequency(timing: str, frequency: str) -> None:
    assert frequency_of(timing) == frequency


def test_a_county_s_words_for_a_class_become_a_level() -> None:
    assert [level_of(text) for text in ("党务公开", "财务公开", "事务类", "其他")] == [
        *("party", "money", "village", "village"),
    ]


def test_a_catalogue_is_compared_before_anything_is_written(
    village: Village, tmp_path: Path
) -> None:
    before = len(village.catalogue.items())
    found = village.catalogue_imports.compare(workbook(tmp_path / "目录.xlsx"))
    assert [item["name"] for item in found.new] == ["印章使用管理制度", "民主协商成果采纳反馈"]
    assert [item.name for item, _ in found.changed] == ["党组织设置、班子成员及分工"]
    assert len(found.gone) == before - 1
    assert found.faults == ()
    assert len(village.catalogue.items()) == before


def test_the_new_catalogue_takes_the_old_one_out_of_use_and_one_undo_brings_it_back(
    village: Village, tmp_path: Path
) -> None:
    before = [item.name for item in village.catalogue.items()]
    found = village.catalogue_imports.compare(workbook(tmp_path / "目录.xlsx"))
    assert village.catalogue_imports.take(found, drop_others=True) == len(before) + 2
    now = {item.name: item for item in village.catalogue.items()}
    assert set(now) == {str(row[2]) for row in ROWS}
    added = now["民主协商成果采纳反馈"]
    assert (added.frequency, added.level, added.place) == ("quarter", "money", "网站")
    assert now["党组织设置、班子成员及分工"].code == "D01"
    village.undo()
    assert [item.name for item in village.catalogue.items()] == before


def test_the_same_catalogue_again_changes_nothing(village: Village, tmp_path: Path) -> None:
    path = workbook(tmp_path / "目录.xlsx")
    imports = village.catalogue_imports
    imports.take(imports.compare(path), drop_others=True)
    again = imports.compare(path)
    assert (len(again.new), len(again.changed), again.same) == (0, 0, 3)
    with pytest.raises(Refused, match="和现在的目录一样"):
        imports.take(again, drop_others=True)


def test_a_sheet_without_items_is_refused(village: Village, tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["姓名", "电话"])
    book.save(tmp_path / "名单.xlsx")
    with pytest.raises(Refused):
        village.catalogue_imports.compare(tmp_path / "名单.xlsx")
