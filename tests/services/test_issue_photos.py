"""Photos of matters: kept once, shown upright, given out without place, refused in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.services.issue_pictures import huge_png, size_of, telephone_picture
from tests.services.lamp_matter import lamp_matter
from village_app.db.attachment_files import path_of
from village_app.db.records.house import Attachment
from village_app.db.records.issues import Issue
from village_app.errors import InvalidInput, VillageError
from village_app.papers.blocks import PhotoGrid
from village_app.papers.pdf import write_pdf
from village_app.papers.pictures import has_place
from village_app.services.issues.photos import AFTER_PHOTO, BEFORE_PHOTO
from village_app.village import Village


@pytest.fixture
def issue(village: Village) -> Issue:
    return lamp_matter(village)


def test_the_same_picture_twice_lies_once_on_the_disk(
    village: Village, issue: Issue, tmp_path: Path
) -> None:
    picture = telephone_picture(tmp_path / "灯.jpg")
    assert village.issue_photos.add(issue, [picture], BEFORE_PHOTO) == 1
    village.issue_photos.add(lamp_matter(village), [picture], BEFORE_PHOTO)
    marks = {one.fingerprint for one in village.store.rows(village.store.select(Attachment))}
    assert len(marks) == 1


def test_a_picture_on_its_side_is_shown_and_saved_upright_without_its_place(
    village: Village, issue: Issue, tmp_path: Path
) -> None:
    picture = telephone_picture(tmp_path / "灯.jpg")
    assert has_place(picture.read_bytes())
    village.issue_photos.add(issue, [picture], AFTER_PHOTO)
    [small] = village.issue_photos.small(issue)
    assert size_of(small.data) == (40, 80)
    target = tmp_path / "给镇里.jpg"
    village.issue_photos.save_copy(small.id, target)
    assert size_of(target.read_bytes()) == (40, 80)
    assert not has_place(target.read_bytes())


def test_before_and_after_stand_side_by_side_on_the_paper(
    village: Village, issue: Issue, tmp_path: Path
) -> None:
    after = telephone_picture(tmp_path / "后.jpg", "blue")
    before = telephone_picture(tmp_path / "前.jpg")
    village.issue_photos.add(issue, [after], AFTER_PHOTO)
    village.issue_photos.add(issue, [before], BEFORE_PHOTO)
    paper = village.issue_files.of(issue)
    [grid] = [block for block in paper.blocks if isinstance(block, PhotoGrid)]
    assert grid.columns == 2
    assert [one.caption for one in grid.photos] == [BEFORE_PHOTO, AFTER_PHOTO]
    assert not any(has_place(one.data) for one in grid.photos)
    assert write_pdf(paper).pages == 7


def test_a_picture_of_thirty_thousand_dots_a_side_is_refused_and_nothing_is_attached(
    village: Village, issue: Issue, tmp_path: Path
) -> None:
    good = telephone_picture(tmp_path / "灯.jpg")
    with pytest.raises(VillageError, match="像素"):
        village.issue_photos.add(issue, [good, huge_png(tmp_path / "大.png")], BEFORE_PHOTO)
    assert village.issue_photos.listed(issue) == []


def test_what_is_no_picture_is_refused_with_what_would_be_right(
    village: Village, issue: Issue, tmp_path: Path
) -> None:
    strange = tmp_path / "灯.heic"
    strange.write_bytes(b"\x00\x00\x00\x18ftypheic")
    with pytest.raises(InvalidInput, match="JPG 或 PNG"):
        village.issue_photos.add(issue, [strange], BEFORE_PHOTO)


def test_a_lost_file_says_so_in_its_place_and_keeps_no_paper_back(
    village: Village, issue: Issue, tmp_path: Path
) -> None:
    village.issue_photos.add(issue, [telephone_picture(tmp_path / "灯.jpg")], BEFORE_PHOTO)
    [photo] = village.issue_photos.listed(issue)
    path_of(village.session.folder, photo.fingerprint).unlink()
    [small] = village.issue_photos.small(issue)
    assert small.data == b""
    assert "不见了" in small.trouble
    assert write_pdf(village.issue_files.of(issue)).pages == 6


def test_photos_are_turned_into_after_photos_and_taken_off_with_a_way_back(
    village: Village, issue: Issue, tmp_path: Path
) -> None:
    village.issue_photos.add(issue, [telephone_picture(tmp_path / "灯.jpg")], BEFORE_PHOTO)
    [photo] = village.issue_photos.listed(issue)
    village.issue_photos.set_purpose(photo.id, AFTER_PHOTO)
    assert village.issue_photos.listed(issue)[0].purpose == AFTER_PHOTO
    village.issue_photos.take_away(photo.id)
    assert village.issue_photos.listed(issue) == []
    village.undo()
    assert len(village.issue_photos.listed(issue)) == 1


def test_what_seems_the_same_is_shown_with_its_first_photo(
    village: Village, issue: Issue, tmp_path: Path
) -> None:
    assert village.issue_photos.first(issue.id) == b""
    village.issue_photos.add(issue, [telephone_picture(tmp_path / "灯.jpg")], BEFORE_PHOTO)
    assert size_of(village.issue_photos.first(issue.id)) == (40, 80)
