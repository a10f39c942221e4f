"""The child that reads a list has too little memory: a sentence, and the records as they were."""

from __future__ import annotations

import multiprocessing
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from tests.whole.killing import new_folder, opened
from village_app.errors import Refused
from village_app.importing.files import child, limits, reader

TOO_LARGE = "这个文件里的内容太多，内存放不下。请只留需要的表，或分成几份，再导入。"


def starve(connection: Connection) -> None:
    """Read with hardly more memory than the interpreter itself needs."""
    limits.CHILD_MEMORY_BYTES = 128 * limits.MEBIBYTE
    child.serve(connection)


def test_a22_a_list_too_large_for_the_child_leaves_the_records_untouched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "serve", starve)
    monkeypatch.setattr(limits, "CHILD_SECONDS", 20)
    folder = new_folder(tmp_path / "隔坑村 资料")
    text = "".join(f"张{number},李{number}\n" for number in range(800_000))
    with opened(folder) as village:
        head = village.journal.head()
        content = village.store.path.read_bytes()
        with pytest.raises(Refused) as refusal:
            village.imports.read(text.encode(), "名册.csv")
        assert refusal.value.message == TOO_LARGE
        assert village.journal.head() == head
        assert village.store.path.read_bytes() == content
        assert not multiprocessing.active_children()
        village.residents.register({"name": "何强志"})
