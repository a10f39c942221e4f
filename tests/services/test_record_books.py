"""十本记录簿 (ME-26) and the whole file of a matter (ME-13): bound of what is there, or honest."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.papers.printed import Printed
from tests.services.conftest import TurningClock
from tests.services.meeting_story import call_meeting, check_in, put_items, seat_representatives
from village_app.db.records.meetings import Meeting
from village_app.db.records.resolutions import Procedure
from village_app.papers.blocks import FormGrid, Table
from village_app.papers.pdf import write_pdf
from village_app.services.meetings.vote_figures import Count
from village_app.village import Village

BOOKS = [
    *("村民委员会会议记录簿", "村民会议记录簿", "村民代表会议记录簿", "村“两委”联席会议记录簿"),
    *("民主决策记录簿", "村务公开记录簿", "听证记录簿", "人民调解记录簿", "值班记录簿"),
    "民主评议记录簿",
]


@pytest.fixture
def held(village: Village, clock: TurningClock) -> Meeting:
    seat_representatives(village)
    clock.turn_to(2026, 3, 12)
    meeting = call_meeting(village)
    lamps, _ = put_items(village, meeting)
    meeting = village.meetings.open(meeting)
    check_in(village, meeting)
    village.votes.close(lamps, "hands", Count(36, 1, 1))
    village.resolutions.decide(village.meetings.item(lamps.id))
    return village.meetings.close(village.meetings.get(meeting.id))


def test_there_are_ten_books_and_each_gives_a_volume(
    village: Village, held: Meeting, tmp_path: Path
) -> None:
    del held
    assert village.record_books.names() == BOOKS
    shelf = tmp_path / "架"
    shelf.mkdir()
    assert village.record_books.save_all(2026, shelf) == 10
    kept = sorted(one.name for one in shelf.iterdir())
    assert kept == sorted(f"2026年{name}.pdf" for name in BOOKS)
    assert all(one.read_bytes().startswith(b"%PDF") for one in shelf.iterdir())


def test_a_volume_holds_the_minutes_of_its_body_and_year_only(
    village: Village, held: Meeting
) -> None:
    volume = village.record_books.volume("村民代表会议记录簿", 2026)
    contents = next(one for one in volume.blocks if isinstance(one, Table))
    assert [row.cells[1] for row in contents.rows] == [f"{held.day} {held.name}"]
    assert contents.rows[0].cells[2] == 2
    assert "应到45人" in Printed(write_pdf(volume).data).text
    for name, year in (("村民代表会议记录簿", 2025), ("村民会议记录簿", 2026)):
        empty = village.record_books.volume(name, year)
        assert f"{year}年没有这类记录。" in Printed(write_pdf(empty).data).text


def test_a_book_without_a_subject_is_ruled_and_says_so(village: Village) -> None:
    volume = village.record_books.volume("值班记录簿", 2026)
    grids = [one for one in volume.blocks if isinstance(one, FormGrid)]
    assert [len(one.lines) for one in grids] == [18, 19]
    printed = write_pdf(volume)
    assert printed.pages == 3
    assert "没有在程序里登记" in Printed(printed.data).text


def begin(village: Village, template: str = "四议两公开", **facts: str) -> Procedure:
    return village.procedures.begin(
        {"name": "村前塘路灯安装", "motive": "党员群众建议", "content": "装路灯24盏", **facts},
        template,
    )


def test_the_whole_file_has_register_minutes_and_decision(village: Village, held: Meeting) -> None:
    matter = begin(village)
    for code, day in (("propose", "2026-03-02"), ("consult", "2026-03-04")):
        village.procedures.record(matter, code, {"day": day, "paper": "记录"})
    village.procedures.record(matter, "review", {"day": "2026-03-08", "paper": "审议意见"})
    (decided,) = village.resolutions.listed()
    village.procedures.record_decision(matter, decided)
    whole = village.procedures.whole_file(village.procedures.listed()[0])
    contents = next(one for one in whole.blocks if isinstance(one, Table))
    assert [row.cells[1] for row in contents.rows] == [
        "决策实施登记表",
        f"会议记录 {held.name}",
        f"决议 {decided.number}",
    ]


def test_merged_steps_are_held_in_either_order_and_both_printed(village: Village) -> None:
    matter = begin(village, is_merged="是")
    village.procedures.record(matter, "consult", {"day": "2026-03-02", "paper": "联席记录"})
    village.procedures.record(matter, "propose", {"day": "2026-03-02", "paper": "联席记录"})
    text = Printed(write_pdf(village.procedures.register(matter)).data).text
    assert "村党组织委员会提议" in text
    assert "村“两委”会商议" in text


def test_a_variant_is_a_template_with_its_own_steps(village: Village) -> None:
    assert village.procedures.templates() == ["四议两公开", "五议五公开", "四议两公开一监督"]
    labels = [one.label for one in village.procedures.steps(begin(village, "五议五公开"))]
    assert labels[:3] == ["提议", "提议公开", "商议"]
    assert len(labels) == 10
