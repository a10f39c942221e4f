"""Attachments: once, sealed, harmless, and found missing."""

from __future__ import annotations

import io
import os
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from tests.db.failing_disk import FailingDisk
from tests.db.keys import ACCOUNTANT, PASSWORD, new_vault
from village_app.db import attachment_files
from village_app.db.attachment_files import path_of
from village_app.db.attachment_kinds import kind_of
from village_app.db.attachments import AttachmentStore
from village_app.db.display_names import LONGEST, clean_name, numbered
from village_app.db.engine import Store
from village_app.db.files import PASSING_END, PASSING_START
from village_app.db.opening import open_database
from village_app.db.picture_copies import clean_copy
from village_app.db.private_folder import PrivateFolder
from village_app.db.vault import Vault
from village_app.errors import Cancelled, EnvironmentProblem, InvalidInput

ORIENTATION, GPS = 0x0112, 0x8825


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return new_vault(tmp_path / "village")


@pytest.fixture
def store(vault: Vault) -> AttachmentStore:
    return opened(vault)


def opened(vault: Vault, disk: FailingDisk | None = None) -> AttachmentStore:
    assert vault.unlocked is not None
    return AttachmentStore(vault.folder, vault.unlocked, disk=disk or FailingDisk())


def photo(path: Path, colour: str = "green", size: tuple[int, int] = (80, 40)) -> Path:
    picture = Image.new("RGB", size, "white")
    picture.paste(colour, (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[ORIENTATION] = 6  # the camera was turned: to be shown rotated to the right
    exif.get_ifd(GPS)[2] = (22.0, 58.0, 1.0)
    picture.save(path, "JPEG", exif=exif, quality=95)
    return path


def png_header(path: Path, width: int, height: int) -> Path:
    """Write a tiny file that claims to be a picture of that size."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + header
    data = zlib.compress(b"")
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", 13)
        + chunk
        + struct.pack(">I", zlib.crc32(chunk))
        + struct.pack(">I", len(data))
        + b"IDAT"
        + data
        + struct.pack(">I", zlib.crc32(b"IDAT" + data))
    )
    return path


def fault(store: AttachmentStore, path: Path, name: str) -> str:
    with pytest.raises(InvalidInput) as raised:
        store.add(path, name)
    assert raised.value.faults[0].field == "attachment"
    return raised.value.faults[0].code


def test_what_was_attached_comes_back_as_it_was(store: AttachmentStore, tmp_path: Path) -> None:
    for size in (1, 256 * 1024, 256 * 1024 + 1, 700_000):
        content = b"%PDF-" + os.urandom(size)
        (tmp_path / "scan.pdf").write_bytes(content)
        stored = store.add(tmp_path / "scan.pdf", "扫描件.pdf")
        assert (stored.name, stored.kind, stored.size) == ("扫描件.pdf", "pdf", len(content))
        assert store.read(stored.code) == content


def test_bs08_the_same_photo_attached_twice_is_stored_once(
    store: AttachmentStore, tmp_path: Path
) -> None:
    first = store.add(photo(tmp_path / "a.jpg"), "现场.jpg")
    second = store.add(photo(tmp_path / "b.jpg"), "另一个名字.jpg")
    assert first.code == second.code
    assert len(attachment_files.stored(store.folder)) == 1


def test_bs08_the_same_photo_after_a_change_of_keys_is_still_stored_once(
    vault: Vault, tmp_path: Path
) -> None:
    before = opened(vault).add(photo(tmp_path / "a.jpg"), "现场.jpg")
    vault.begin_rotation()
    vault.finish_rotation()
    after = opened(vault)
    assert after.add(photo(tmp_path / "a.jpg"), "现场.jpg").code == before.code
    newer = after.add(photo(tmp_path / "c.jpg", "red"), "现场2.jpg")
    assert after.read(before.code) == (tmp_path / "a.jpg").read_bytes()
    assert after.read(newer.code) == (tmp_path / "c.jpg").read_bytes()


def test_e13_who_has_left_cannot_read_what_was_attached_later(vault: Vault, tmp_path: Path) -> None:
    former = Vault.load(vault.folder).unlock(ACCOUNTANT, PASSWORD)
    vault.remove_user(ACCOUNTANT)
    vault.finish_rotation()
    stored = opened(vault).add(photo(tmp_path / "a.jpg"), "现场.jpg")
    with pytest.raises(EnvironmentProblem) as raised:
        AttachmentStore(vault.folder, former).read(stored.code)
    assert raised.value.code == "attachment_damaged"


def test_sa06_neither_content_nor_its_hash_shows_on_the_disk(
    store: AttachmentStore, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("低保名单：刘秀英" * 50, encoding="utf-8")
    stored = store.add(tmp_path / "a.txt", "低保.txt")
    raw = path_of(store.folder, stored.code).read_bytes()
    assert "刘秀英".encode() not in raw
    other = new_vault(tmp_path / "other")
    assert opened(other).add(tmp_path / "a.txt", "低保.txt").code != stored.code


@pytest.mark.parametrize("at", [0, 5, 9, 30, 300_000, -1])
def test_d01_a_changed_file_is_told_and_nothing_wrong_comes_out(
    store: AttachmentStore, tmp_path: Path, at: int
) -> None:
    content = b"%PDF-" + os.urandom(600_000)
    (tmp_path / "a.pdf").write_bytes(content)
    code = store.add(tmp_path / "a.pdf", "a.pdf").code
    raw = bytearray(path_of(store.folder, code).read_bytes())
    raw[at] ^= 1
    path_of(store.folder, code).write_bytes(raw)
    got: list[bytes] = []
    with pytest.raises(EnvironmentProblem) as raised:
        got.extend(store.pieces(code))
    assert raised.value.code == "attachment_damaged"
    assert content.startswith(b"".join(got))
    assert [each.code for each in store.check([code], read_all=True)] == ["damaged_attachment"]
    assert store.add(tmp_path / "a.pdf", "a.pdf").code == code
    assert store.read(code) == content


@pytest.mark.parametrize("kept", [0, 10, 25, 262_185, 300_000])
def test_d03_a_file_cut_short_is_told(store: AttachmentStore, tmp_path: Path, kept: int) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-" + os.urandom(600_000))
    code = store.add(tmp_path / "a.pdf", "a.pdf").code
    os.truncate(path_of(store.folder, code), kept)
    with pytest.raises(EnvironmentProblem) as raised:
        store.read(code)
    assert raised.value.code == "attachment_damaged"


def test_bs08_a_file_deleted_outside_is_named_by_the_check(
    store: AttachmentStore, tmp_path: Path
) -> None:
    one = store.add(photo(tmp_path / "a.jpg"), "a.jpg").code
    two = store.add(photo(tmp_path / "b.jpg", "red"), "b.jpg").code
    path_of(store.folder, one).unlink()
    (finding,) = store.check([one, two, one])
    assert (finding.code, finding.about) == ("missing_attachment", one)
    with pytest.raises(EnvironmentProblem, match="从备份恢复附件"):
        store.read(one)


def test_a16_files_without_a_row_are_orphans_and_removed(
    store: AttachmentStore, tmp_path: Path
) -> None:
    one = store.add(photo(tmp_path / "a.jpg"), "a.jpg").code
    two = store.add(photo(tmp_path / "b.jpg", "red"), "b.jpg").code
    assert store.orphans([one]) == (two,)
    assert store.remove_orphans([one]) == 1
    assert list(attachment_files.stored(store.folder)) == [one]


def test_a16_what_a_kill_left_half_written_on_a_shelf_is_swept_at_the_next_opening(
    vault: Vault, store: AttachmentStore, tmp_path: Path
) -> None:
    code = store.add(photo(tmp_path / "路灯.jpg"), "路灯.jpg").code
    assert vault.unlocked is not None
    Store(vault.folder / "village.db", vault.unlocked.dek, create=True).close()
    half = path_of(vault.folder, code).with_name(f"{PASSING_START}00{PASSING_END}")
    half.write_bytes(b"half")
    open_database(vault, vault.folder / "village.db").close()
    assert not half.exists()
    assert path_of(vault.folder, code).exists()


@pytest.mark.parametrize("room", [0, 10, 40_000, 262_000])
def test_b14_a_disk_full_in_the_middle_leaves_nothing(
    vault: Vault, tmp_path: Path, room: int
) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-" + os.urandom(600_000))
    with pytest.raises(EnvironmentProblem) as raised:
        opened(vault, FailingDisk(room=room)).add(tmp_path / "a.pdf", "a.pdf")
    assert raised.value.code == "disk_full"
    assert "附上“a.pdf”没有成功" in raised.value.message
    assert [p for p in (vault.folder / "attachments").rglob("*") if p.is_file()] == []


def test_a_cancelled_attachment_leaves_nothing(store: AttachmentStore, tmp_path: Path) -> None:
    def stop(done: int, total: int, text: str) -> None:
        if text == "保存附件":
            raise Cancelled

    with pytest.raises(Cancelled):
        store.add(photo(tmp_path / "a.jpg"), "a.jpg", report=stop)
    assert attachment_files.stored(store.folder) == {}
    assert list(store.folder.rglob("*.part")) == []


# --- what may be attached ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.exe", b"MZ\x90\x00", "attachment_kind"),
        ("a.lnk", b"L\x00\x00\x00", "attachment_kind"),
        ("a.js", b"alert(1)", "attachment_kind"),
        ("a.html", b"<html>", "attachment_kind"),
        ("a.svg", b"<svg>", "attachment_kind"),
        ("no ending", b"text", "attachment_kind"),
        ("a.pdf", b"MZ\x90\x00", "attachment_misnamed"),
        ("a.jpg", b"<html>", "attachment_misnamed"),
        ("a.txt", b"MZ\x00\x00", "attachment_misnamed"),
        ("a.pdf", b"", "attachment_empty"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "attachment_damaged"),
    ],
)
def test_h07_programs_and_misnamed_files_are_refused(
    store: AttachmentStore, tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    (tmp_path / "given").write_bytes(content)
    assert fault(store, tmp_path / "given", name) == code
    assert attachment_files.stored(store.folder) == {}


def test_h07_a_photo_under_another_pictures_ending_is_what_it_is(
    store: AttachmentStore, tmp_path: Path
) -> None:
    assert store.add(photo(tmp_path / "a.jpg"), "现场.png").kind == "jpeg"


@pytest.mark.parametrize(
    ("head", "name", "kind"),
    [
        (b"PK\x03\x04....", "名单.xlsx", "sheet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "名单.et", "sheet"),
        (b"PK\x03\x04....", "合同.ofd", "ofd"),
        (b"\x00\x00\x00\x18ftypmp42", "巡查.MP4", "film"),
        (b"\x00\x00\x00\x18ftypheic", "现场.heic", "heic"),
        (b"#!AMR\n", "来访.amr", "sound"),
        ("说明".encode("gbk"), "说明.txt", "text"),
    ],
)
def test_what_a_village_keeps_is_recognised(head: bytes, name: str, kind: str) -> None:
    assert kind_of(head, name).name == kind


@pytest.mark.parametrize("size", [(30_000, 30_000), (8_000, 5_001)])
def test_h08_a_picture_above_forty_million_pixels_is_refused_unopened(
    store: AttachmentStore, tmp_path: Path, size: tuple[int, int]
) -> None:
    assert fault(store, png_header(tmp_path / "a.png", *size), "a.png") == "attachment_pixels"


def test_h08_exactly_forty_million_pixels_pass(store: AttachmentStore, tmp_path: Path) -> None:
    assert store.add(png_header(tmp_path / "a.png", 8_000, 5_000), "a.png").kind == "png"


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("../../x.pdf", "x.pdf"),
        ("C:\\Users\\刘\\照片.jpg", "照片.jpg"),
        ("a\x00b.pdf", "ab.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("con", "_con"),
        ("lpt1.tar.gz", "_lpt1.tar.gz"),
        ("console.pdf", "console.pdf"),
        ("合同. . ", "合同"),
        ("图\u202egpj.exe", "图gpj.exe"),
        ("零\u200b宽.pdf", "零宽.pdf"),
        ("名单：2026/3.xlsx", "3.xlsx"),
        ('a"b<c>|d?.txt', "a_b_c__d_.txt"),
        ("...", "未命名"),
        ("", "未命名"),
        ("///", "未命名"),
        ("  两   个 空格.pdf ", "两 个 空格.pdf"),
        ("䶮𠮷.pdf", "䶮𠮷.pdf"),
    ],
)
def test_h06_a_name_is_cleaned_and_never_a_path(raw: str, shown: str) -> None:
    assert clean_name(raw) == shown


@pytest.mark.parametrize(
    "raw", ["长" * 300 + ".pdf", "x" * 300, "𠮷" * 300 + ".xlsx", "a." + "b" * 300]
)
def test_h06_a_long_name_is_cut_before_its_ending(raw: str) -> None:
    shown = clean_name(raw)
    assert len(shown) <= LONGEST
    assert len(shown.encode()) < 255
    assert shown.endswith((".pdf", ".xlsx", "x", "b"))


def test_a_second_file_of_the_same_name_gets_a_number() -> None:
    assert numbered("名单.xlsx", 2) == "名单(2).xlsx"
    assert numbered("名单", 3) == "名单(3)"


# --- copies ------------------------------------------------------------------------------------


def test_a_copy_to_hand_out_is_upright_and_without_notes_of_the_camera(tmp_path: Path) -> None:
    content, ending = clean_copy(photo(tmp_path / "a.jpg").read_bytes())
    assert ending == "jpg"
    with Image.open(io.BytesIO(content)) as picture:
        assert picture.size == (40, 80)
        assert not picture.getexif()
        top, bottom = picture.getpixel((20, 5)), picture.getpixel((20, 75))
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert top[0] < 60  # green stood left, and stands above when turned
    assert min(bottom) > 200
    assert b"GPS" not in content
    assert b"Exif" not in content


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "P", "1", "CMYK"])
def test_copies_of_every_sort_of_picture_work(mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (9, 5)).save(out, "TIFF")
    content, ending = clean_copy(out.getvalue())
    with Image.open(io.BytesIO(content)) as picture:
        assert picture.size == (9, 5)
    assert ending == "png"


def test_a_damaged_picture_gives_no_copy(tmp_path: Path) -> None:
    raw = photo(tmp_path / "a.jpg", size=(400, 400)).read_bytes()
    for broken in (raw[: len(raw) // 2], b"no picture"):
        with pytest.raises(EnvironmentProblem) as raised:
            clean_copy(broken)
        assert raised.value.code == "attachment_damaged"


def test_h07_an_opened_copy_is_read_only_in_the_private_folder_and_wiped(
    store: AttachmentStore, tmp_path: Path
) -> None:
    stored = store.add(photo(tmp_path / "a.jpg"), "../现场.jpg")
    with PrivateFolder(store.folder) as private:
        copy = store.opened_copy(stored, private.path)
        assert copy.name == "现场.jpg"
        assert copy.parent.parent == private.path
        assert copy.stat().st_mode & 0o777 == 0o400
        assert copy.read_bytes() == (tmp_path / "a.jpg").read_bytes()
    assert not copy.exists()


def test_a_copy_elsewhere_is_whole(store: AttachmentStore, tmp_path: Path) -> None:
    stored = store.add(photo(tmp_path / "a.jpg"), "现场.jpg")
    store.copy_to(stored.code, tmp_path / "out.jpg")
    assert (tmp_path / "out.jpg").read_bytes() == (tmp_path / "a.jpg").read_bytes()


@pytest.mark.parametrize("code", ["", "../x", "AB" * 32, "a" * 63])
def test_h06_only_a_code_leads_to_a_file(store: AttachmentStore, code: str) -> None:
    with pytest.raises(ValueError, match="code"):
        store.read(code)
