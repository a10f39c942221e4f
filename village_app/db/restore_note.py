"""The note beside the database that says why its journal is older than the key file remembers.

It is sealed with a key of the vault: who puts an older database back by hand cannot write himself
a note that makes it look like a restore.
"""

from __future__ import annotations

import hmac
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from village_app.db.files import REAL_DISK, Disk, write_atomically
from village_app.db.key_ring import Unlocked

NAME = "restored.json"
_SEALED = b"restore note|"


@dataclass(frozen=True, slots=True)
class RestoreNote:
    """The last restore: when, from which backup, its journal's head, today's kept state."""

    at: datetime
    sequence: int
    head: tuple[int, str] | None
    safety: str


def write_note(folder: Path, note: RestoreNote, keys: Unlocked, *, disk: Disk = REAL_DISK) -> None:
    """Write the note of a restore beside the database, sealed."""
    said = _said(note)
    content = json.dumps({"said": said, "seal": _seal(said, keys)}, ensure_ascii=False)
    write_atomically(folder / NAME, content.encode(), doing="恢复备份", disk=disk)


def last_restore(folder: Path, keys: Unlocked) -> RestoreNote | None:
    """Read the note of the last restore; None where there was none, or somebody wrote it."""
    try:
        kept = json.loads((folder / NAME).read_bytes())
        said = str(kept["said"])
        if not hmac.compare_digest(str(kept["seal"]), _seal(said, keys)):
            return None
        values = json.loads(said)
        found = values["head"]
        head = None if found is None else (int(found[0]), str(found[1]))
        at = datetime.fromisoformat(values["at"])
        return RestoreNote(at, int(values["sequence"]), head, str(values["safety"]))
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return None


def _said(note: RestoreNote) -> str:
    values = {
        "at": note.at.astimezone(UTC).isoformat(),
        "sequence": note.sequence,
        "head": note.head,
        "safety": note.safety,
    }
    return json.dumps(values, ensure_ascii=False)


def _seal(said: str, keys: Unlocked) -> str:
    return hmac.new(keys.subkey("audit"), _SEALED + said.encode(), sha256).hexdigest()
