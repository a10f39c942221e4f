"""A store and worker threads: it closes only when nobody is inside."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from village_app.db import engine
from village_app.db.engine import Store
from village_app.errors import Refused

KEY = bytes(range(32))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store(tmp_path / "village.db", KEY, create=True)
    made.database.execute_sql("CREATE TABLE entry (text TEXT)")
    yield made
    made.close()


class Worker:
    """Stands inside the store until it may go on, then writes a line."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.inside, self.go_on = threading.Event(), threading.Event()
        self.failures: list[BaseException] = []
        self.thread = threading.Thread(target=self._run)
        self.thread.start()
        assert self.inside.wait(10)

    def _run(self) -> None:
        try:
            with self.store.in_this_thread():
                self.inside.set()
                self.go_on.wait(10)
                self.store.database.execute_sql("INSERT INTO entry VALUES ('写好了')")
        except BaseException as failure:
            self.failures.append(failure)
            raise

    def end(self) -> None:
        self.go_on.set()
        self.thread.join(10)


def test_closing_waits_until_the_worker_has_written_and_let_go(store: Store) -> None:
    worker = Worker(store)
    threading.Timer(0.2, worker.go_on.set).start()
    store.close()
    worker.end()
    assert worker.failures == []
    store.reopen(KEY)
    assert store.scalar("SELECT text FROM entry") == "写好了"


def test_a_worker_that_never_ends_is_a_refusal_and_the_store_stays_open(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "WORKER_SECONDS", 0.01)
    worker = Worker(store)
    with pytest.raises(Refused) as refused:
        store.close()
    assert refused.value.code == "still_working"
    assert store.scalar("SELECT count(*) FROM entry") == 0
    worker.end()
    assert worker.failures == []


def test_a_worker_may_close_the_store_from_inside(store: Store) -> None:
    with store.in_this_thread():
        store.close()
    with pytest.raises(Refused) as refused:
        store.scalar("SELECT 1")
    assert refused.value.code == "locked"
