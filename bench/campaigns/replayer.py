"""What a disk may hold when the power fails after any of the recorded calls.

A disk owes us only what was forced: a file's bytes after `fsync` of the file, a name after `fsync`
of its folder. Everything since then may be there, in part, or not at all, and a sector of 512
bytes may be the last that was written. `Disk` follows the calls and keeps, beside what is sure,
what is pending; `image` draws one of the possible states.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from bench.campaigns.recorder import Call

SECTOR = 512
TORN_SHARE = 0.3


@dataclass(slots=True)
class _File:
    """A file's sure bytes and the writes (offset, data) or cuts (length, None) since."""

    sure: bytearray = field(default_factory=bytearray)
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)

    def force(self) -> None:
        for change in self.pending:
            _apply(self.sure, change)
        self.pending.clear()

    def drawn(self, chance: random.Random, *, torn: bool) -> bytes:
        """Draw one of the contents a cut may leave."""
        content = bytearray(self.sure)
        for offset, data in _some(self.pending, chance):
            tears = data is not None and torn and chance.random() < TORN_SHARE
            _apply(content, (offset, _torn(offset, data or b"", chance) if tears else data))
        return bytes(content)


@dataclass(frozen=True, slots=True)
class _Naming:
    """A change of names in one folder: `node` gets a name, or None takes the name away."""

    folder: int
    names: tuple[tuple[str, int | None], ...]


class Disk:
    """The folder as it is sure to be, and what is pending. Node 0 is the recorded folder."""

    def __init__(self, folder: Path, before: dict[str, bytes], folders: Iterable[str]) -> None:
        """Start from files and folders (relative paths) that were there before the recording."""
        self._folder = str(folder.resolve())
        self._files: dict[int, _File] = {}
        self._folders: dict[int, dict[str, int]] = {0: {}}
        self._seen: dict[int, dict[str, int]] = {0: {}}  # names as the running program sees them
        self._nodes = 0
        self._by_inode: dict[int, int] = {}
        self._naming: list[_Naming] = []
        for path in folders:
            self._placed_folder(path)
        for path, content in before.items():
            self._place(path, content, (folder / path).stat().st_ino)

    def follow(self, call: Call) -> None:
        """Take one recorded call in."""
        match call.kind:
            case "W":
                self._file(call).pending.append((call.offset, call.data))
            case "T":
                self._file(call).pending.append((call.offset, None))
            case "S":
                self._file(call).force()
            case "D":
                self._force_folder(self._node(call.path))
            case "C":
                self._by_inode[call.inode] = node = self._new_file()
                self._name((call.path, node))
            case "M":
                self._name((call.path, self._new_folder()))
            case "L":
                self._name((call.second, self._node(call.path)))
            case "U" | "X":
                self._name((call.path, None))
            case "R":
                self._name((call.path, None), (call.second, self._node(call.path)))

    def image(self, target: Path, chance: random.Random, *, torn: bool = False) -> None:
        """Write one possible state into an empty folder.

        Of the pending names a random number of the first ones is there; of each file's pending
        writes none, some, the first ones or all, and with `torn` some of them only in part.
        """
        names = {node: dict(entries) for node, entries in self._folders.items()}
        for change in self._naming[: chance.randint(0, len(self._naming))]:
            _rename(names[change.folder], change)
        self._write(target, 0, names, chance, torn=torn)

    def _write(
        self,
        target: Path,
        node: int,
        names: dict[int, dict[str, int]],
        chance: random.Random,
        *,
        torn: bool,
    ) -> None:
        for name, child in names[node].items():
            if child in names:
                (target / name).mkdir()
                self._write(target / name, child, names, chance, torn=torn)
            else:
                (target / name).write_bytes(self._files[child].drawn(chance, torn=torn))

    def _place(self, path: str, content: bytes, inode: int) -> None:
        """Put a file of before where it is sure to be."""
        above, _, name = path.rpartition("/")
        node = self._placed_folder(above)
        self._by_inode[inode] = new = self._new_file(content)
        self._folders[node][name] = self._seen[node][name] = new

    def _placed_folder(self, path: str) -> int:
        """Give the node of a folder of before, made with those above it if need be."""
        node = 0
        for part in self._parts(path):
            if part not in self._seen[node]:
                self._folders[node][part] = self._seen[node][part] = self._new_folder()
            node = self._seen[node][part]
        return node

    def _new_file(self, content: bytes = b"") -> int:
        self._nodes += 1
        self._files[self._nodes] = _File(bytearray(content))
        return self._nodes

    def _new_folder(self) -> int:
        self._nodes += 1
        self._folders[self._nodes], self._seen[self._nodes] = {}, {}
        return self._nodes

    def _file(self, call: Call) -> _File:
        return self._files[self._by_inode[call.inode]]

    def _node(self, path: str) -> int:
        node = 0
        for part in self._parts(path):
            node = self._seen[node][part]
        return node

    def _parts(self, path: str) -> list[str]:
        return [part for part in path.removeprefix(self._folder).split("/") if part]

    def _name(self, *changes: tuple[str, int | None]) -> None:
        """Change names at once for the program, and pending for the disk, in one step a folder."""
        by_folder: dict[int, list[tuple[str, int | None]]] = {}
        for path, node in changes:
            *folders, name = self._parts(path)
            by_folder.setdefault(self._node("/".join(folders)), []).append((name, node))
        for folder, names in by_folder.items():
            change = _Naming(folder, tuple(names))
            _rename(self._seen[folder], change)
            self._naming.append(change)

    def _force_folder(self, folder: int) -> None:
        for change in self._naming:
            if change.folder == folder:
                _rename(self._folders[folder], change)
        self._naming = [change for change in self._naming if change.folder != folder]


def _rename(entries: dict[str, int], change: _Naming) -> None:
    for name, node in change.names:
        if node is None:
            entries.pop(name, None)
        else:
            entries[name] = node


def _apply(content: bytearray, change: tuple[int, bytes | None]) -> None:
    place, data = change
    if data is None:
        del content[place:]
        content.extend(bytes(place - len(content)))
        return
    if len(content) < place:
        content.extend(bytes(place - len(content)))
    content[place : place + len(data)] = data


def _some(
    pending: list[tuple[int, bytes | None]], chance: random.Random
) -> Iterable[tuple[int, bytes | None]]:
    match chance.randrange(4):
        case 0:
            return []
        case 1:
            return [change for change in pending if chance.random() < 0.5]
        case 2:
            return pending[: chance.randint(0, len(pending))]
    return pending


def _torn(offset: int, data: bytes, chance: random.Random) -> bytes:
    """Cut a write at a border of sectors, as a disk does that loses its power in it."""
    first = SECTOR - offset % SECTOR
    borders = range(first, len(data), SECTOR)
    return data[: chance.choice(borders)] if borders else data
