"""The seal of the journal: each entry's code covers the entry before it.

A row's digest stands for its payload, so that the payload can be erased for privacy while the
chain still verifies. Codes are HMAC-SHA256 under a key derived from the data key: whoever edits
the file without the program cannot mend the chain. All fields are length-prefixed text and whole
numbers, never floats.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from village_app.db.engine import Store

CHAIN_VERSION = 1
START = "0" * 64


def canonical(*parts: str | int | None) -> bytes:
    """Join parts so that no two different lists give the same bytes."""
    text = "".join(f"{len(str(part))}:{part}" if part is not None else "-:" for part in parts)
    return text.encode()


def row_digest(table: str, record_id: int, before: str | None, after: str | None) -> str:
    """Give the digest of one touched record's payload.

    The bytes are those of `canonical(table, record_id, before, after)`, written out because a
    bulk change comes here ten thousand times.
    """
    number = str(record_id)
    old = "-:" if before is None else f"{len(before)}:{before}"
    new = "-:" if after is None else f"{len(after)}:{after}"
    text = f"{len(table)}:{table}{len(number)}:{number}{old}{new}"
    return sha256(text.encode()).hexdigest()


def change_digest(label: str, row_digests: Iterable[str]) -> str:
    """Give the digest of a change's name and all its rows in order."""
    digest = sha256(canonical(label))
    for row in row_digests:
        digest.update(row.encode())
    return digest.hexdigest()


def change_mac(key: bytes, header: tuple[str | int | None, ...], previous: str) -> str:
    """Give the code of a change from its header and the code before it."""
    return hmac.new(key, canonical(CHAIN_VERSION, *header, previous), sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class Head:
    """Where the chain stands: number and code of the last change (0 and zeros for none)."""

    number: int
    mac: str

    def short(self) -> str:
        """Give the sixteen characters that are printed on papers and kept outside the file."""
        return f"{self.number}-{self.mac[:16]}"


@dataclass(frozen=True, slots=True)
class Verification:
    """What a walk over the whole chain found; `broken_at` is the first change that is wrong."""

    changes: int
    rows: int
    erased: int
    broken_at: int | None = None
    reason: str = ""

    @property
    def is_whole(self) -> bool:
        return self.broken_at is None


def verify(store: Store, key: bytes, anchor: Head | None = None) -> Verification:
    """Check every change in order, then against the head kept outside the file.

    Finds edited, deleted and inserted changes and rows; a cut tail and an older file put back
    show only against the anchor.
    """
    walk = _Walk(store, key)
    result = walk.run()
    if result.is_whole and anchor is not None and anchor.number:
        return walk.against(anchor, result)
    return result


class _Walk:
    def __init__(self, store: Store, key: bytes) -> None:
        self.store = store
        self.key = key
        self.changes = self.rows = self.erased = 0
        self.macs: dict[int, str] = {}

    def run(self) -> Verification:
        rows = self._rows_by_change()
        previous, expected_number = START, 1
        pending = next(rows, None)
        for entry in self.store.database.execute_sql(_CHANGES):
            number, at, user, desk, label, kind, undoes, undoable, digest, mac, label_erased = entry
            if number != expected_number:
                return self._broken(expected_number, "少了这一条记录")
            digests: list[str] = []
            while pending is not None and pending[0] == number:
                digests.append(pending[1])
                if not pending[2]:
                    return self._broken(number, "这一条的内容被改过")
                pending = next(rows, None)
            whole = label_erased or change_digest(label, digests) == digest
            if not whole:
                return self._broken(number, "这一条的名称或所含记录被改过")
            header = (number, at, user, desk, kind, undoes, undoable, digest)
            if change_mac(self.key, header, previous) != mac:
                return self._broken(number, "这一条的时间、经手人或内容被改过")
            previous, expected_number = mac, number + 1
            self.macs[number] = mac
            self.changes += 1
        if pending is not None:
            return self._broken(pending[0], "多出了没有登记的内容")
        return Verification(self.changes, self.rows, self.erased)

    def _rows_by_change(self) -> Iterator[tuple[int, str, bool]]:
        for line in self.store.database.execute_sql(_ROWS):
            change, table, record, before, after, digest, erased = line
            self.rows += 1
            self.erased += 1 if erased else 0
            yield (
                change,
                digest,
                bool(erased) or row_digest(table, record, before, after) == digest,
            )

    def against(self, anchor: Head, result: Verification) -> Verification:
        if anchor.number > self.changes:
            return self._broken(
                self.changes + 1,
                f"最后 {anchor.number - self.changes} 条不见了，数据可能被换成了旧的",
            )
        if self.macs[anchor.number] != anchor.mac:
            return self._broken(anchor.number, "与另存的封印不符，数据可能被换过")
        return result

    def _broken(self, number: int, reason: str) -> Verification:
        return Verification(self.changes, self.rows, self.erased, number, reason)


_CHANGES = (
    "SELECT id, at, user, desk, label, kind, undoes, undoable, digest, mac, label_erased "
    'FROM "change" ORDER BY id'
)
_ROWS = (
    'SELECT change_id, table_name, record_id, "before", "after", digest, erased FROM change_row '
    "ORDER BY change_id, position"
)
