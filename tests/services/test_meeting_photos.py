"""Photos of a meeting (ME-23): four in the pack, upright, captioned; recordings apart."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.services.conftest import TurningClock
from tests.services.meeting_story import call_meeting, put_items, seat_representatives
from village_app.db.records.meetings import Meeting
from village_app.errors import Refused
from village_app.papers.blocks import PhotoGrid, Table
from village_app.services.meetings.photos import caption_from
from village_app.village import Village

SIDEWAYS = 6


def picture(folder: Path, name: str, orientation: int = 1) -> Path:
    path = folder / f"{name}.jpg"
    image = Image.new("RGB", (640, 480), (90, 120, 80))
    exif = image.getexif()
    exif[0x0112] = orientation
    image.save(path, exif=exif)
    return path


@pytest.fixture
def meeting(village: Village, clock: TurningClock) -> Meeting:
    seat_representatives(village)
    clock.turn_to(2026, 3, 12)
    meeting = call_meeting(village)
    put_items(village, meeting)
    return meeting


def test_of_six_photos_four_stand_in_the_pack_and_can_be_changed(
    village: Village, meeting: Meeting, tmp_path: Path
) -> None:
    photos = village.meeting_photos
    paths = [picture(tmp_path, f"会场{at}") for at in range(6)]
    assert photos.add(meeting, paths) == 6
    kept = photos.photos(meeting)
    assert [one.purpose for one in kept] == ["会议照片"] * 4 + ["会议照片备选"] * 2
    with pytest.raises(Refused, match="最多放 4 张"):
        photos.choose(meeting, kept[5], shown=True)
    photos.choose(meeting, kept[0], shown=False)
    photos.choose(meeting, kept[5], shown=True)
    names = [one.name for one in photos.photos(meeting)[:4]]
    assert names == ["会场1.jpg", "会场2.jpg", "会场3.jpg", "会场5.jpg"]
    grid = next(
        one for one in village.meeting_pack.paper(meeting).blocks if isinstance(one, PhotoGrid)
    )
    assert (len(grid.photos), grid.columns) == (4, 2)
    village.undo()
    village.undo()
    village.undo()
    assert photos.photos(meeting) == []


def test_a_caption_says_when_where_what_and_by_whom(
    village: Village, meeting: Meeting, tmp_path: Path
) -> None:
    village.meeting_photos.add(meeting, [picture(tmp_path, "会场")])
    (photo,) = village.meeting_photos.photos(meeting)
    caption = caption_from(photo.caption)
    assert caption.printed() == "2026年3月12日 9:00／党群议事厅／拍摄：陈丽珍"
    typed = {"when": caption.when, "place": caption.place, "content": "举手表决"}
    changed = village.meeting_photos.describe(photo, {**typed, "photographer": "何润田"})
    grid = next(
        one for one in village.meeting_pack.paper(meeting).blocks if isinstance(one, PhotoGrid)
    )
    assert grid.photos[0].caption == "2026年3月12日 9:00／党群议事厅／举手表决／拍摄：何润田"
    assert caption_from(changed.caption).photographer == "何润田"


def test_a_recording_is_kept_beside_and_never_printed(
    village: Village, meeting: Meeting, tmp_path: Path
) -> None:
    sound = tmp_path / "录音.mp3"
    sound.write_bytes(b"ID3" + bytes(200))
    village.meeting_photos.add(meeting, [sound])
    assert [one.name for one in village.meeting_photos.recordings(meeting)] == ["录音.mp3"]
    assert village.meeting_photos.photos(meeting) == []


def test_materials_are_named_and_pictures_among_them_shown(
    village: Village, meeting: Meeting, tmp_path: Path
) -> None:
    item = village.meetings.agenda(meeting)[0].item
    quotes = tmp_path / "报价单.txt"
    quotes.write_text("甲公司 49,800 元", encoding="utf-8")
    village.attachments.attach(item, quotes)
    village.attachments.attach(item, picture(tmp_path, "现场", SIDEWAYS))
    pack = village.meeting_pack.paper(meeting)
    tables = [one for one in pack.blocks if isinstance(one, Table)]
    labels = [row.cells[1] for row in tables[0].rows]
    assert labels == ["会议通知", "签到表", "会议议程", "议题材料", "会议记录"]
    listed = next(one for one in tables if "附件" in {column.label for column in one.columns[2:3]})
    assert [(row.cells[2], row.cells[4]) for row in listed.rows] == [
        ("报价单.txt", "另附原件"),
        ("现场.jpg", "见下图"),
    ]
    grid = next(one for one in pack.blocks if isinstance(one, PhotoGrid))
    assert Image.open(BytesIO(grid.photos[0].data)).getexif()[0x0112] == SIDEWAYS
