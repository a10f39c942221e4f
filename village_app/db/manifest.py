"""What a backup says of itself: a short file beside the copy, readable without a password.

It holds figures and no names, so that one can see what a stick carries. A seal under a key of the
vault shows when somebody edited it.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from village_app.db.copying import Print
from village_app.errors import EnvironmentProblem

if TYPE_CHECKING:
    from village_app.db.key_ring import Unlocked

FORMAT = 1
MANIFEST = "manifest.json"
DATABASE = "village.db"
ATTACHMENT_LIST = "attachments.txt"


@dataclass(frozen=True, slots=True)
class Manifest:
    """A backup's figures.

    `sequence` orders backups whatever the clock said; `created` is the clock's moment (UTC).
    `generation` says which data key opens the copy; `head` is the journal's last entry.
    `attachments` counts the files that belong to it, `attachment_bytes` their size.
    """

    sequence: int
    created: datetime
    reason: str
    village_id: str
    village_name: str
    vault_id: str
    generation: int
    application_id: int
    schema_version: int
    program_version: str
    counts: Mapping[str, int]
    head: tuple[int, str] | None
    files: Mapping[str, Print]
    attachments: int = 0
    attachment_bytes: int = 0
    format: int = FORMAT
    seal: str = field(default="", compare=False)

    def sealed(self, keys: Unlocked) -> Manifest:
        """Give the same manifest with its seal."""
        return replace(self, seal=_seal(self, keys))

    def is_sealed_by(self, keys: Unlocked) -> bool:
        """Say whether the manifest is as it was written, under this vault."""
        return hmac.compare_digest(self.seal, _seal(self, keys))


def render(manifest: Manifest) -> bytes:
    """Write a manifest as JSON."""
    values = asdict(manifest)
    values["created"] = manifest.created.astimezone(UTC).isoformat()
    return json.dumps(values, ensure_ascii=False, indent=1, sort_keys=True).encode()


def read_manifest(folder: Path) -> Manifest:
    """Read a backup's manifest; raises `EnvironmentProblem` backup_unreadable or newer_program."""
    try:
        values: dict[str, Any] = json.loads((folder / MANIFEST).read_bytes())
        if int(values["format"]) > FORMAT:
            raise EnvironmentProblem(
                "newer_program",
                "这份备份是更新版本的程序做的。请安装新版本后再恢复。",
                path=str(folder),
            )
        return _manifest(values)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise EnvironmentProblem(
            "backup_unreadable",
            f"备份“{folder.name}”不完整，读不出来。请用另一份备份。",
            path=str(folder),
        ) from error


def _manifest(values: dict[str, Any]) -> Manifest:
    known = {each.name for each in fields(Manifest)}
    kept = {name: value for name, value in values.items() if name in known}
    created = datetime.fromisoformat(values["created"])
    if created.tzinfo is None:
        raise ValueError("a moment without its zone")
    head = values["head"]
    return Manifest(
        **{
            **kept,
            "created": created,
            "head": None if head is None else (int(head[0]), str(head[1])),
            "counts": {str(name): int(count) for name, count in values["counts"].items()},
            "files": {
                str(name): Print(int(each["size"]), str(each["sha256"]))
                for name, each in values["files"].items()
            },
        }
    )


def _seal(manifest: Manifest, keys: Unlocked) -> str:
    raw = render(replace(manifest, seal=""))
    return hmac.new(keys.subkey("verification"), b"manifest|" + raw, sha256).hexdigest()
