"""Killed in the middle of an upgrade; then the program of before is started (A11)."""

from __future__ import annotations

import os
import random
import select
import signal
import sys
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from village_app.db import migrations
from village_app.db.engine import Store
from village_app.db.migrations import MIGRATIONS, migrate
from village_app.errors import EnvironmentProblem

KEY = bytes(range(32))
OLD, KILLS = len(MIGRATIONS) // 2, 15

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="要用 fork 和 SIGKILL")


def made_by_the_old_program(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as old, closing(Store(path, KEY, create=True)) as store:
        old.setattr(migrations, "MIGRATIONS", MIGRATIONS[:OLD])
        migrate(store)


def killed_while_migrating(path: Path, chance: random.Random) -> None:
    """Let a child upgrade the file, and kill it at any moment of that."""
    hear, tell = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            with closing(Store(path, KEY)) as store:
                os.write(tell, b".")
                migrate(store)
        finally:
            os._exit(0)
    os.close(tell)
    os.read(hear, 1)
    select.select([], [], [], chance.random() * 0.04)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(hear)


def test_a11_after_a_kill_in_an_upgrade_the_old_program_opens_or_says_that_it_dares_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    versions = set()
    for seed in range(KILLS):
        path = tmp_path / f"{seed}.db"
        made_by_the_old_program(path, monkeypatch)
        killed_while_migrating(path, random.Random(seed))
        with monkeypatch.context() as old, closing(Store(path, KEY)) as store:
            old.setattr(migrations, "MIGRATIONS", MIGRATIONS[:OLD])
            version = store.schema_version
            versions.add(version > OLD)
            before = sha256(path.read_bytes()).digest()
            if version == OLD:
                assert migrate(store) == 0
            else:
                with pytest.raises(EnvironmentProblem) as caught:
                    migrate(store)
                assert caught.value.code == "newer_data"
                assert caught.value.message == (
                    "这份数据是由更新的程序写的，本程序不敢打开，数据没有动。请先更新程序。"
                )
            assert sha256(path.read_bytes()).digest() == before
        with closing(Store(path, KEY)) as store:
            assert migrate(store) == len(MIGRATIONS) - version
            assert store.scalar("PRAGMA integrity_check") == "ok"
    assert versions == {True, False}
