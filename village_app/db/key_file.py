"""The key file: JSON, kept twice beside the records and inside every backup.

Each copy is written atomically and carries a checksum, so that damage is told apart from a wrong
password, and a running number, so that the newer of the two leads. What it holds is either no
secret (names, salts) or sealed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, NamedTuple, cast

from village_app.db.files import REAL_DISK, Disk, write_atomically
from village_app.db.key_slots import Cost, Owner, Slot, SlotKind, normalised
from village_app.errors import EnvironmentProblem

FILE_NAME = "vault.keys"
SECOND_NAME = "vault.keys.2"
FORMAT = 1

# Under what wrong tries are counted where no user has the name.
_UNKNOWN = "unknown"

CopyState = Literal["good", "missing", "damaged"]


@dataclass(frozen=True, slots=True)
class Contents:
    """What the key file says.

    `generation` numbers the data key in use, `pending` the one a change of keys has begun with.
    `old_keys` are earlier data keys locked under the current one, for old backups. `anchor` is the
    journal's head with its seal; `database_salt` the first 16 bytes of the database it opens.
    """

    vault_id: str
    village_id: str
    saved: int
    generation: int
    slots: tuple[Slot, ...]
    delay_key: bytes
    pending: int | None = None
    old_keys: Mapping[int, bytes] = field(default_factory=dict)
    anchor: tuple[int, str, bytes] | None = None
    database_salt: bytes = b""


class Copies(NamedTuple):
    """How the two copies were found."""

    first: CopyState
    second: CopyState


class _Damaged(Exception):
    """A copy is not what we wrote."""


def read_key_file(folder: Path) -> tuple[Contents, Copies]:
    """Read the newer good copy; raises `EnvironmentProblem` no_key_file or damaged (D09)."""
    found: list[Contents] = []
    states: list[CopyState] = []
    for name in (FILE_NAME, SECOND_NAME):
        try:
            found.append(parse((folder / name).read_bytes()))
            states.append("good")
        except FileNotFoundError:
            states.append("missing")
        except (_Damaged, OSError):
            states.append("damaged")
    if found:
        return max(found, key=lambda contents: contents.saved), Copies(*states)
    if "damaged" in states:
        raise EnvironmentProblem(
            "damaged",
            "钥匙文件损坏了，暂时打不开数据。请从最近的备份里取回钥匙文件，不要删除任何东西。",
            path=str(folder / FILE_NAME),
        )
    raise EnvironmentProblem(
        "no_key_file",
        "找不到钥匙文件，暂时打不开数据。最近的备份里有它的副本，请从备份取回，不要删除任何东西。",
        path=str(folder / FILE_NAME),
    )


def has_key_file(folder: Path) -> bool:
    """Say whether a folder holds a copy, good or not: then no other may be put in its place."""
    return any((folder / name).exists() for name in (FILE_NAME, SECOND_NAME))


def slot_of(contents: Contents, name: str) -> Slot | None:
    """Find the slot of a user; width and case of the letters do not matter."""
    wanted = normalised(name).strip().casefold()
    for slot in contents.slots:
        if slot.owner.kind == "user" and slot.owner.name.casefold() == wanted:
            return slot
    return None


def counter_of(contents: Contents, name: str) -> str:
    """Give the name under which a user's wrong tries are counted; unknown ones share one."""
    slot = slot_of(contents, name)
    return slot.owner.slot_id if slot else _UNKNOWN


def write_key_file(folder: Path, contents: Contents, *, disk: Disk = REAL_DISK) -> Contents:
    """Write both copies, one after the other, under the next running number."""
    contents = replace(contents, saved=contents.saved + 1)
    raw = render(contents)
    for name in (FILE_NAME, SECOND_NAME):
        write_atomically(folder / name, raw, doing="保存钥匙文件", disk=disk)
    return contents


def render(contents: Contents) -> bytes:
    """Write the contents as text of JSON with its checksum."""
    values = {
        "format": FORMAT,
        "vault": contents.vault_id,
        "village": contents.village_id,
        "saved": contents.saved,
        "generation": contents.generation,
        "pending": contents.pending,
        "delay_key": contents.delay_key.hex(),
        "database_salt": contents.database_salt.hex(),
        "slots": [_slot_values(slot) for slot in contents.slots],
        "old_keys": _hex_by_number(contents.old_keys),
        "anchor": None
        if contents.anchor is None
        else [contents.anchor[0], contents.anchor[1], contents.anchor[2].hex()],
    }
    values["checksum"] = _checksum(values)
    return json.dumps(values, ensure_ascii=False, indent=1).encode()


def parse(raw: bytes) -> Contents:
    """Read what `render` wrote; anything else is damage, a later format is refused."""
    try:
        values: dict[str, Any] = json.loads(raw)
        if int(values["format"]) > FORMAT:
            raise EnvironmentProblem(
                "newer_program",
                "钥匙文件是更新版本的程序写的。请安装新版本后再打开。",
            )
        if values.pop("checksum") != _checksum(values):
            raise _Damaged
        return _contents(values)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise _Damaged from error


def _contents(values: dict[str, Any]) -> Contents:
    anchor = values["anchor"]
    pending = values["pending"]
    return Contents(
        vault_id=str(values["vault"]),
        village_id=str(values["village"]),
        saved=int(values["saved"]),
        generation=int(values["generation"]),
        pending=None if pending is None else int(pending),
        slots=tuple(_slot(each) for each in values["slots"]),
        delay_key=bytes.fromhex(values["delay_key"]),
        database_salt=bytes.fromhex(values["database_salt"]),
        old_keys=_bytes_by_number(values["old_keys"]),
        anchor=None
        if anchor is None
        else (int(anchor[0]), str(anchor[1]), bytes.fromhex(anchor[2])),
    )


def _slot_values(slot: Slot) -> dict[str, Any]:
    return {
        "id": slot.owner.slot_id,
        "kind": slot.owner.kind,
        "name": slot.owner.name,
        "role": slot.owner.role,
        "must_change": slot.owner.must_change,
        "passes": slot.cost.passes,
        "memory_kib": slot.cost.memory_kib,
        "salt": slot.salt.hex(),
        "public": slot.public.hex(),
        "private": slot.private_box.hex(),
        "sealed": _hex_by_number(slot.sealed),
    }


def _slot(values: dict[str, Any]) -> Slot:
    return Slot(
        owner=Owner(
            slot_id=str(values["id"]),
            kind=cast("SlotKind", values["kind"]),
            name=str(values["name"]),
            role=str(values["role"]),
            must_change=bool(values["must_change"]),
        ),
        cost=Cost(int(values["passes"]), int(values["memory_kib"])),
        salt=bytes.fromhex(values["salt"]),
        public=bytes.fromhex(values["public"]),
        private_box=bytes.fromhex(values["private"]),
        sealed=_bytes_by_number(values["sealed"]),
    )


def _hex_by_number(boxes: Mapping[int, bytes]) -> dict[str, str]:
    return {str(number): box.hex() for number, box in boxes.items()}


def _bytes_by_number(values: dict[str, str]) -> dict[int, bytes]:
    return {int(number): bytes.fromhex(box) for number, box in values.items()}


def _checksum(values: Mapping[str, Any]) -> str:
    """Tell accidents, not attacks: the seals inside meet those."""
    raw = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(raw.encode()).hexdigest()
