"""A backup in words: its row in the list, its size, what differs from today."""

from __future__ import annotations

from typing import Any

from village_app.db.records import RECORDS
from village_app.domain.calendar import CHINA
from village_app.domain.kinds import COUNT, TEXT
from village_app.ui.kit.columns import ColumnSpec, ListRow
from village_app.ui.kit.lights import Light

COLUMNS = (
    ColumnSpec("sequence", "第几份", COUNT, width=70, sortable=False),
    ColumnSpec("made", "做的时间", TEXT, width=150, sortable=False),
    ColumnSpec("reason", "为什么做", TEXT, width=140, stretch=True, sortable=False),
    ColumnSpec("size", "大小", TEXT, width=84, align="right", sortable=False, narrow=False),
    ColumnSpec("files", "附件", COUNT, width=70, sortable=False, narrow=False),
    ColumnSpec("state", "核对", None, width=132, sortable=False),
)


def backup_row(backup: Any) -> ListRow:
    """Give the row of a backup."""
    manifest = backup.manifest
    size = sum(one.size for one in manifest.files.values())
    return ListRow(
        manifest.sequence,
        {
            "sequence": manifest.sequence,
            "made": f"{manifest.created.astimezone(CHINA):%Y-%m-%d %H:%M}",
            "reason": manifest.reason,
            "size": size_words(size),
            "files": manifest.attachments,
            "state": Light("soon", "日期待核")
            if backup.is_suspect
            else Light("done", "打开核对过"),
        },
        muted=backup.is_suspect,
    )


def backup_facts(manifest: Any, *, short: bool) -> list[tuple[str, str]]:
    """Give what is told of a backup beside the list; `short` leaves out what the list says."""
    size = sum(one.size for one in manifest.files.values())
    said = [
        ("村", manifest.village_name),
        ("做的时间", f"{manifest.created.astimezone(CHINA):%Y-%m-%d %H:%M}"),
    ]
    facts = [
        ("记录", f"{sum(manifest.counts.values()):,} 条"),
        ("附件", f"{manifest.attachments:,} 个"),
        ("大小", size_words(size)),
        ("程序版本", manifest.program_version or "不知道"),
    ]
    return facts if short else [*said, *facts]


def size_words(size: int) -> str:
    """Say how large files are: 820 KB, 12.4 MB."""
    return f"{size / 2**20:.1f} MB" if size >= 2**20 else f"{max(1, size // 1024)} KB"


def difference_words(found: Any) -> str:
    """Say in a few lines what differs between a backup and today."""
    if not found.is_good:
        return "这份备份没有通过核对：" + "".join(one.message for one in found.findings[:3])
    lines = [
        f"{RECORDS[one.table].title}：备份里 {one.in_backup:,} 条，现在 {one.today:,} 条"
        for one in found.differences
        if one.table in RECORDS
    ]
    since = f"这份备份以后做过 {found.changes_since:,} 次修改。" if found.changes_since else ""
    same = "条数都一样。" if not lines else ""
    return "\n".join([part for part in (f"核对通过。{since}{same}", *lines[:8]) if part])
