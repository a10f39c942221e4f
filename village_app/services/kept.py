"""Answers about tables that seldom change (rules, settings, holidays), kept until they do."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from village_app.db.engine import Store
from village_app.db.journal import Journal

Answer = TypeVar("Answer")

_NOTHING = object()


class Kept:
    """Keeps answers, each with the tables it was read from.

    Example: `session.kept.answer("settings", frozenset({"setting"}), read_them)`.
    A change that touches one of the tables ends what was kept, and while such a change is open
    nothing is kept or taken from here: it may still be given up. Where another program writes
    (the village is open here only to read) nothing is kept at all. Answers are shared, so nobody
    may change one.
    """

    def __init__(self, store: Store, journal: Journal) -> None:
        self._store = store
        self._journal = journal
        self._answers: dict[Hashable, tuple[frozenset[str], Any]] = {}
        self._turn = 0
        journal.listeners.append(self._forget)

    def answer(self, key: Hashable, tables: frozenset[str], find: Callable[[], Answer]) -> Answer:
        """Give the kept answer, or find it and keep it."""
        if self._store.read_only or self._journal.has_touched(tables):
            return find()
        kept: Any = self._answers.get(key, (tables, _NOTHING))[1]
        if kept is not _NOTHING:
            return kept  # type: ignore[no-any-return]  # what `find` gave under this key
        turn = self._turn
        found = find()
        # A change on another thread may have ended between the reading and now.
        if turn == self._turn and not self._journal.has_touched(tables):
            self._answers[key] = (tables, found)
        return found

    def _forget(self, touched: frozenset[str]) -> None:
        """Hear that a change was committed."""
        self._turn += 1
        for key, (tables, _) in list(self._answers.items()):
            if not tables.isdisjoint(touched):
                self._answers.pop(key, None)
