"""Where records may live, and whether a thing fits there."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

from village_app.db.places import (
    FAT_FILE_LIMIT,
    Place,
    cloud_of,
    free_space,
    look_at,
    need_room,
    refuse_remote,
)
from village_app.db.private_folder import PrivateFolder
from village_app.errors import EnvironmentProblem


def mounts(point: Path, system: str) -> str:
    blank = str(point).replace(" ", "\\040")
    return (
        "22 27 0:21 / / rw,relatime - ext4 /dev/sda1 rw\n"
        f"23 27 0:22 / {blank} rw,relatime shared:5 - {system} //server/share rw\n"
    )


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return look_at(tmp_path)


@pytest.mark.parametrize("system", ["cifs", "nfs4", "fuse.sshfs", "smb3"])
def test_c06_a_network_drive_is_refused_with_advice(tmp_path: Path, system: str) -> None:
    inner = tmp_path / "share of 隔岭" / "data"
    inner.mkdir(parents=True)
    found = look_at(inner, mounts=mounts(inner.parent, system))
    assert found.is_remote
    with pytest.raises(EnvironmentProblem, match="本机硬盘") as raised:
        refuse_remote(found)
    assert raised.value.code == "remote_folder"


def test_a_local_drive_is_accepted(place: Place, tmp_path: Path) -> None:
    refuse_remote(place)
    outside = look_at(tmp_path, mounts=mounts(tmp_path / "share", "cifs"))
    assert (outside.file_system, outside.is_remote) == ("ext4", False)


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("C:/Users/刘/OneDrive - 个人/共治通", "OneDrive"),
        ("/home/a/我的坚果云/村", "坚果云"),
        ("/data/BaiduNetdiskWorkspace/村", "百度网盘"),
        ("/data/WPSDrive/1/村", "WPS 云盘"),
        ("/home/a/onedriver/村", None),
        ("/home/a/文档/共治通", None),
    ],
)
def test_c07_a_synchronised_folder_is_warned_of_not_refused(folder: str, name: str | None) -> None:
    assert cloud_of(Path(folder)) == name


def test_c07_the_warning_names_the_program(place: Place) -> None:
    assert place.warning is None
    warning = replace(place, cloud="坚果云").warning
    assert warning is not None
    assert "“坚果云”" in warning


def test_b11_a_file_too_large_for_fat_is_refused_before_writing(place: Place) -> None:
    stick = replace(place, file_system="vfat", largest_file=FAT_FILE_LIMIT, free=1 << 50)
    need_room(stick, FAT_FILE_LIMIT, "备份到U盘", largest=FAT_FILE_LIMIT)
    with pytest.raises(EnvironmentProblem, match="4096 MB") as raised:
        need_room(stick, FAT_FILE_LIMIT, "备份到U盘", largest=FAT_FILE_LIMIT + 1)
    assert raised.value.code == "file_too_large"


def test_b11_the_format_of_a_stick_is_read_from_the_mount_table(tmp_path: Path) -> None:
    assert look_at(tmp_path, mounts=mounts(tmp_path, "vfat")).largest_file == FAT_FILE_LIMIT
    assert look_at(tmp_path, mounts=mounts(tmp_path, "exfat")).largest_file is None


def test_b03_too_little_room_says_how_much_is_needed(place: Place) -> None:
    with pytest.raises(EnvironmentProblem, match=r"大约 31 MB，这里只剩 2 MB") as raised:
        need_room(replace(place, free=2 << 20), (30 << 20) + 1, "备份")
    assert raised.value.code == "disk_full"


def test_b07_a_place_that_only_reads_is_told(place: Place) -> None:
    with pytest.raises(EnvironmentProblem, match="写保护") as raised:
        need_room(replace(place, is_writable=False), 1, "备份")
    assert raised.value.code == "read_only"


def test_a_stick_that_was_pulled_out_is_told(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="U盘可能被拔出") as raised:
        free_space(tmp_path / "stick")
    assert raised.value.code == "gone"


def test_i06_the_private_folder_is_wiped_at_start_and_at_the_end(tmp_path: Path) -> None:
    left = tmp_path / ".private" / "opened"
    left.mkdir(parents=True)
    (left / "户口簿.jpg").write_bytes(b"scan")
    (left / "户口簿.jpg").chmod(0o400)
    with PrivateFolder(tmp_path) as private:
        assert list(private.path.iterdir()) == []
        assert private.path.stat().st_mode & 0o077 == 0
        (private.path / "sheet.xml").write_bytes(b"names")
    assert not (tmp_path / ".private").exists()


def test_i06_libraries_put_their_temporary_files_into_the_private_folder(tmp_path: Path) -> None:
    before = tempfile.tempdir
    with PrivateFolder(tmp_path) as private:
        private.serve_libraries()
        with tempfile.NamedTemporaryFile() as file:
            assert Path(file.name).parent == private.path
    assert tempfile.tempdir == before


def test_a_link_in_the_place_of_the_private_folder_is_removed_not_followed(tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "village.db").write_bytes(b"x")
    (tmp_path / "village").mkdir()
    (tmp_path / "village" / ".private").symlink_to(precious)
    with PrivateFolder(tmp_path / "village"):
        pass
    assert (precious / "village.db").read_bytes() == b"x"
