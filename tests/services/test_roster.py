"""The roster on paper and as rows, everything about somebody, and places renamed once."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.services.conftest import PASSWORD, QUICK, TurningClock
from tests.services.family import Family, family_of_six
from village_app.db.records.aid import AidLine, AidList
from village_app.db.records.notices import Notice
from village_app.errors import InvalidInput, Refused
from village_app.papers.blocks import Table
from village_app.papers.table_lines import lines_of
from village_app.services.notices.notices import Draft
from village_app.services.register.resident_list import PeopleFilter
from village_app.services.safety.audit import Filter
from village_app.services.session import User
from village_app.village import Village

__all__ = ["PASSWORD", "QUICK", "TurningClock"]


@pytest.fixture
def family(village: Village) -> Family:
    found = family_of_six(village)
    number = {"id_number": "441900197505050016", "phone": "13812341234"}
    village.residents.correct(found.son, number)
    return found


def test_the_roster_counts_each_group_and_all_as_the_list_does(
    village: Village, family: Family
) -> None:
    other = village.places.find_group("一组") or village.places.add("一组")
    village.residents.register({"name": "何伯", "group_id": str(other.id)})
    village.residents.register({"name": "没组的人"})
    chosen = PeopleFilter(order="surname_strokes")
    paper = village.roster.paper(chosen)
    [table] = [block for block in paper.blocks if isinstance(block, Table)]
    assert table.page_per_group
    lines = list(lines_of(table))
    sums = [line.cells[:2] for line in lines if line.role in ("subtotal", "total")]
    assert sums == [("一组小计", 1), ("三组小计", 6), ("未分组小计", 1), ("合计", 8)]
    assert village.resident_list.listed(chosen).count() == 8
    starts = [line.cells[1] for line in lines if line.starts_page]
    assert len(starts) == 2
    assert table.notes == ("（按姓氏笔画为序）",)
    text = str(paper)
    assert "4419**********0016" in text
    assert "441900197505050016" not in text


def test_the_pdf_has_a_page_for_each_group(village: Village, family: Family) -> None:
    other = village.places.find_group("一组") or village.places.add("一组")
    village.residents.register({"name": "何伯", "group_id": str(other.id)})
    import pypdfium2

    made = village.roster.pdf(village.roster.paper(PeopleFilter()))
    document = pypdfium2.PdfDocument(made.content)
    texts = [document[at].get_textpage().get_text_range() for at in range(len(document))]
    document.close()
    assert len(texts) == 2
    assert all("证件号码" in text for text in texts)
    assert "第1页" in texts[0].replace(" ", "")
    assert "共2页" in texts[1].replace(" ", "")
    assert made.name == "居民名册-20260112-0840-陈丽珍.pdf"


def test_an_export_holds_the_chosen_columns_as_text_and_is_taken_down(
    village: Village, family: Family
) -> None:
    made = village.roster.export(PeopleFilter(words="志明"), ("name", "id_number", "group"))
    assert (made.people, made.name) == (1, "居民名册-20260112-0840-陈丽珍.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(made.content)).active
    assert sheet is not None
    rows = [[cell.value for cell in row if cell.value is not None] for row in sheet.rows]
    assert ["陈志明", "4419**********0016", "三组"] in rows
    labels = [one.label for one in village.audit.entries(Filter())]
    assert any("导出居民名册 1 人（号码已遮盖）" in label for label in labels)


def test_a_field_of_the_villages_own_is_a_column_too(village: Village, family: Family) -> None:
    village.own_fields.add({"name": "宅基地证号", "kind": "text"})
    [own] = village.own_fields.declared()
    village.residents.correct(family.son, {own.name: "隔宅字第12号"})
    made = village.roster.export(PeopleFilter(words="志明"), ("name", own.name))
    sheet = openpyxl.load_workbook(io.BytesIO(made.content)).active
    assert sheet is not None
    rows = [[cell.value for cell in row if cell.value is not None] for row in sheet.rows]
    assert ["姓名", "宅基地证号"] in rows
    assert ["陈志明", "隔宅字第12号"] in rows
    assert "隔宅字第12号" in str(village.roster.paper(PeopleFilter(), ("name", own.name)))


def test_whole_numbers_need_the_right_and_are_text(village: Village, family: Family) -> None:
    made = village.roster.export(PeopleFilter(words="志明"), ("name", "id_number"), full=True)
    sheet = openpyxl.load_workbook(io.BytesIO(made.content)).active
    assert sheet is not None
    cells = [cell for row in sheet.rows for cell in row if cell.value == "441900197505050016"]
    assert [cell.number_format for cell in cells] == ["@"]
    village.session.user = User("文书", "文书", "clerk")
    with pytest.raises(Refused) as caught:
        village.roster.export(PeopleFilter(), ("name", "id_number"), full=True)
    assert caught.value.code == "not_permitted"


def test_no_column_and_nobody_are_refused(village: Village, family: Family) -> None:
    with pytest.raises(InvalidInput):
        village.roster.export(PeopleFilter(), ())
    with pytest.raises(Refused):
        village.roster.paper(PeopleFilter(words="没有这个人"))


def test_everything_about_a_person_obeys_the_rights(village: Village, family: Family) -> None:
    village.issues.log({"heading": "路灯不亮", "reporter_id": str(family.son.id)})
    village.issues.log(
        {"heading": "家里的事", "reporter_id": str(family.son.id), "is_confidential": "是"}
    )
    village.life_events.enter(family.son, {"kind": "marriage", "day": "2001-05-01"})
    lines = village.dossier.of_person(family.son)
    assert {(one.part, one.title, one.page) for one in lines} >= {
        ("诉求", "路灯不亮", "issues"),
        ("诉求", "家里的事", "issues"),
        ("变动", "陈志明结婚", "residents"),
    }
    village.session.user = User("网格", "网格员", "grid")
    seen = village.dossier.of_person(village.residents.get(family.son.id))
    assert [one.title for one in seen if one.part == "诉求"] == ["路灯不亮"]


def test_a_household_shows_what_all_its_people_are_in(village: Village, family: Family) -> None:
    village.issues.log({"heading": "路灯不亮", "reporter_id": str(family.son.id)})
    village.household_moves.change_head(
        family.household,
        family.mother.id,
        {
            key: found.code
            for key, found in village.household_moves.proposal(
                family.household, family.mother.id, [one.id for one in family.all]
            ).items()
            if found.code
        },
        date(2026, 1, 10),
    )
    lines = village.dossier.of_household(family.household)
    assert [one.part for one in lines] == ["诉求", "户"]


def test_a_payee_of_a_shared_name_is_doubted(village: Village, family: Family) -> None:
    village.residents.register({"name": "陈志明"})
    account = village.accounts.find("库存现金")
    village.accounts.open_with(account, {"day": "2026-01-01", "amount": "1000"})
    book = village.ledger
    expense = next(one for one in village.accounts.listed() if one.nature == "expense")
    book.spend(
        account,
        expense,
        {
            "day": "2026-01-05",
            "summary": "清沟",
            "amount": "200",
            "party": "陈志明",
            "voucher": "1",
        },
    )
    [line] = [one for one in village.dossier.of_person(family.son) if one.part == "收支"]
    assert "村里有人同名，请核对" in line.note


def test_subsidies_stand_in_the_file_of_who_may_see_them(village: Village, family: Family) -> None:
    with village.change("补贴") as change:
        one = change.insert(AidList(name="高龄津贴", kind="old_age", period="2026年一季度"))
        change.insert(
            AidLine(name="陈国良", list_id=one.id, amount=30000, resident_id=family.father.id)
        )
        change.insert(AidLine(name="黄桂英", list_id=one.id, amount=30000))
    [line] = village.dossier.of_person(family.father)
    assert (line.part, line.page, line.record) == ("补贴救助", "aid", one.id)
    assert line.note == "2026年一季度，陈国良 300.00 元"
    assert "按姓名找到" in village.dossier.of_person(family.mother)[0].note
    assert len(village.dossier.of_household(family.household)) == 2
    village.session.user = User("网格", "网格员", "grid")
    assert village.dossier.of_person(family.father) == []


def test_a_group_is_renamed_once_and_new_everywhere_but_on_archived_paper(
    village: Village, family: Family
) -> None:
    paper = village.roster.paper(PeopleFilter())
    village.notices.draft(Draft(paper, "circular", policy="welfare"))
    body = village.bodies.find("representatives")
    village.bodies.seat(body, {"name": "陈志明", "group_name": "三组", "from_day": "2025-01-01"})
    village.places.rename(family.household.group_id, "陈屋小组")
    listing = village.resident_list.listed(PeopleFilter())
    assert {row.values["group"] for row in listing.window(0, 9)} == {"陈屋小组"}
    assert "陈屋小组" in str(village.roster.paper(PeopleFilter()))
    assert village.bodies.members_on(body, date(2026, 1, 12))[0].group_name == "陈屋小组"
    [notice] = village.store.rows(village.store.select(Notice))
    assert "三组" in notice.paper
    assert "陈屋小组" not in notice.paper
    other = village.places.add("五组")
    with pytest.raises(Refused):
        village.places.rename(other.id, "陈屋小组")
    with pytest.raises(InvalidInput):
        village.places.rename(other.id, " ")


def test_places_stand_as_a_tree_and_leave_only_unused(village: Village, family: Family) -> None:
    group_id = family.household.group_id
    grid = village.places.add("第一网格", "grid", group_id)
    tree = {one.place.name: (one.depth, one.people) for one in village.places.tree()}
    assert tree["三组"] == (0, 6)
    assert tree["第一网格"] == (1, 0)
    with pytest.raises(Refused):
        village.places.remove(group_id)
    village.places.remove(grid.id)
    assert "第一网格" not in {one.place.name for one in village.places.tree()}


def test_an_attached_picture_is_printed_as_a_page(
    village: Village, family: Family, tmp_path: Path
) -> None:
    from PIL import Image

    path = tmp_path / "身份证.png"
    Image.new("RGB", (40, 30), "white").save(path)
    kept = village.attachments.attach(family.son, path)
    assert village.file_prints.pdf(kept).startswith(b"%PDF")
    note = tmp_path / "说明.txt"
    note.write_text("字", encoding="utf-8")
    other = village.attachments.attach(family.son, note)
    with pytest.raises(Refused) as caught:
        village.file_prints.pdf(other)
    assert caught.value.code == "not_printable"


def test_three_files_of_a_person_are_in_the_next_backup_and_come_back_with_it(
    village: Village, family: Family, tmp_path: Path
) -> None:
    from PIL import Image

    contents = []
    for number in range(3):
        path = tmp_path / f"材料{number}.png"
        Image.new("RGB", (10, 10), (number, 0, 0)).save(path)
        contents.append(path.read_bytes())
        village.attachments.attach(family.son, path, purpose="paper")
    place = tmp_path / "U盘"
    place.mkdir()
    backup = village.backups.make("manual", place)
    for kept in village.attachments.of(family.son):
        village.attachments.take_away(kept)
    assert village.attachments.of(family.son) == []
    village.backups.restore(backup)
    back = village.attachments.of(village.residents.get(family.son.id))
    assert [one.name for one in back] == ["材料0.png", "材料1.png", "材料2.png"]
    assert [village.attachments.read(one) for one in back] == contents
