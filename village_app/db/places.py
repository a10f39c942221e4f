"""What kind of place a folder is: how much room it has, and whether records may live there."""

from __future__ import annotations

import os
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from village_app.db.problems import map_os_error, megabytes
from village_app.errors import EnvironmentProblem

_MOUNTS = Path("/proc/self/mountinfo")
FAT_FILE_LIMIT = 4 * 1024**3 - 1  # one file on FAT32 has at most 2^32 - 1 bytes

_REMOTE = {
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "9p", "ceph", "glusterfs", "lustre",
    "fuse.sshfs", "fuse.rclone", "fuse.davfs", "davfs", "fuse.gvfsd-fuse", "ncpfs",
}  # fmt: skip
_FAT = {"vfat", "msdos", "fat", "fat32"}

# Folder names under which synchronising programs keep what they copy to the net.
_CLOUD_FOLDERS = (
    (re.compile(r"^onedrive\b", re.IGNORECASE), "OneDrive"),
    (re.compile(r"^(我的坚果云|坚果云|nutstore)", re.IGNORECASE), "坚果云"),
    (re.compile(r"^(百度网盘|百度云|baidunetdisk|baidusync)", re.IGNORECASE), "百度网盘"),
    (re.compile(r"^(wps云盘|wpsdrive|wps cloud|kingsoftcloud)", re.IGNORECASE), "WPS 云盘"),
    (re.compile(r"^(微云|weiyun)", re.IGNORECASE), "微云"),
    (re.compile(r"^(阿里云盘|aliyundrive|adrive)", re.IGNORECASE), "阿里云盘"),
    (re.compile(r"^dropbox\b", re.IGNORECASE), "Dropbox"),
    (re.compile(r"^(icloud ?drive|iclouddrive)", re.IGNORECASE), "iCloud"),
    (re.compile(r"^google ?drive\b", re.IGNORECASE), "Google Drive"),
)


@dataclass(frozen=True, slots=True)
class Place:
    """A folder as a place to keep things: bytes free, largest file (None: no limit), warnings."""

    folder: Path
    file_system: str
    free: int
    largest_file: int | None
    is_remote: bool
    is_writable: bool
    cloud: str | None

    @property
    def warning(self) -> str | None:
        """Give the sentence to show when records are kept here although it is not wise (C07)."""
        if self.cloud is None:
            return None
        return (
            f"这个文件夹由“{self.cloud}”自动同步到网上。同步可能在保存到一半时复制文件，"
            "建议把数据移到不同步的文件夹，备份另存到 U盘。"
        )


def look_at(folder: Path, *, mounts: str | None = None) -> Place:
    """Describe an existing folder; raises `EnvironmentProblem` when it is gone.

    `mounts` is the text of the system's mount table (tests give one).
    """
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        raise map_os_error(error, folder, "查看文件夹") from error
    system, remote = _file_system(folder.resolve(), mounts)
    return Place(
        folder=folder,
        file_system=system,
        free=free,
        largest_file=FAT_FILE_LIMIT if system in _FAT else None,
        is_remote=remote,
        is_writable=os.access(folder, os.W_OK),
        cloud=cloud_of(folder),
    )


def free_space(folder: Path) -> int:
    """Give the bytes free for us where a folder lies; raises `EnvironmentProblem` when gone."""
    return look_at(folder).free


def refuse_remote(place: Place) -> None:
    """Refuse to keep the records on a network drive, whose locks cannot be relied on (C06)."""
    if place.is_remote:
        raise EnvironmentProblem(
            "remote_folder",
            "这个文件夹在网络盘上，断网或两台电脑同时打开会弄坏数据。"
            "请把数据放在本机硬盘，用“备份到 U盘”来带走。",
            path=str(place.folder),
        )


def need_room(place: Place, needed: int, doing: str, *, largest: int = 0) -> None:
    """Refuse before writing where it cannot fit: too little room, or too large a file (B11)."""
    if not place.is_writable:
        raise EnvironmentProblem(
            "read_only",
            f"{doing}没有成功：这个位置只能读、不能写。请检查U盘的写保护开关，或换一个文件夹。",
            path=str(place.folder),
        )
    if place.largest_file is not None and largest > place.largest_file:
        raise EnvironmentProblem(
            "file_too_large",
            f"{doing}没有成功：数据文件有 {megabytes(largest)} MB，"
            "而这个 U盘的格式放不下超过 4096 MB 的单个文件。"
            "请换一个盘，或把它改成支持大文件的格式。",
            path=str(place.folder),
        )
    if place.free < needed:
        raise EnvironmentProblem(
            "disk_full",
            f"{doing}没有成功：需要大约 {megabytes(needed)} MB，这里只剩 {place.free // 2**20} MB。"
            "请腾出空间或换一个盘，再试一次。",
            path=str(place.folder),
            needed=needed,
            free=place.free,
        )


def cloud_of(folder: Path) -> str | None:
    """Name the synchronising program whose folder this is in, None outside all known ones."""
    for part in reversed(folder.parts):
        for pattern, name in _CLOUD_FOLDERS:
            if pattern.search(part):
                return name
    return None


def _file_system(folder: Path, mounts: str | None) -> tuple[str, bool]:
    """Give the file system's name in lower case and whether it lies on another machine."""
    if sys.platform == "win32" and mounts is None:
        return _windows_file_system(folder)
    if mounts is None:
        try:
            mounts = _MOUNTS.read_text(encoding="utf-8", errors="replace")
        except OSError:
            return "", False
    best, system = "", ""
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        point = _unescaped(before.split(" ")[4])
        inside = folder.as_posix() == point or folder.as_posix().startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best):
            best, system = point, after.split(" ")[0].lower()
    return system, system in _REMOTE


def _unescaped(point: str) -> str:
    """Undo the octal escapes of the mount table, which writes a blank by its number."""
    raw = re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), point)
    return raw.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _windows_file_system(folder: Path) -> tuple[str, bool]:
    if sys.platform != "win32":
        return "", False
    import ctypes

    drive = f"{folder.drive}\\"
    remote = folder.drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(drive) == 4
    name = ctypes.create_unicode_buffer(64)
    ctypes.windll.kernel32.GetVolumeInformationW(drive, None, 0, None, None, None, name, 64)
    return name.value.lower(), remote
