"""Leaving any time: everything opens on a computer without the program (BS-10)."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from village_app.errors import Refused
from village_app.services.session import User
from village_app.village import Village


def test_everything_is_written_and_named_on_one_page(village: Village, tmp_path: Path) -> None:
    person = village.residents.register({"name": "何强志", "phone": "13800138000"})
    note = tmp_path / "便条.txt"
    note.write_text("路灯不亮", encoding="utf-8")
    village.attachments.attach(person, note)
    gone = village.attachments.attach(person, _other(tmp_path))
    for path in village.folder.rglob(f"*{gone.fingerprint}*"):
        path.unlink()
    left = village.leaving.write(tmp_path)
    sheet = load_workbook(left.folder / "表格" / "居民.xlsx").active
    assert sheet is not None
    values = [value for line in sheet.iter_rows(values_only=True) for value in line]
    assert "何强志" in values
    assert "13800138000" in values
    assert (left.folder / "附件" / "00001-便条.txt").read_text(encoding="utf-8") == "路灯不亮"
    assert left.lost == ("另一张.txt",)
    page = (left.folder / "index.html").read_text(encoding="utf-8")
    for title, file, _ in left.tables:
        assert (left.folder / "表格" / file).exists(), title
        assert file in page
    assert "读不出来的附件" in page


def test_a_second_one_in_the_same_minute_is_refused(village: Village, tmp_path: Path) -> None:
    village.leaving.write(tmp_path)
    with pytest.raises(Refused) as caught:
        village.leaving.write(tmp_path)
    assert caught.value.code == "folder_taken"


def test_only_who_may_see_full_numbers_takes_everything(village: Village, tmp_path: Path) -> None:
    village.session.user = User("文书", "文书", "clerk")
    with pytest.raises(Refused) as caught:
        village.leaving.write(tmp_path)
    assert caught.value.code == "not_permitted"


def _other(folder: Path) -> Path:
    path = folder / "另一张.txt"
    path.write_text("水沟堵了", encoding="utf-8")
    return path
