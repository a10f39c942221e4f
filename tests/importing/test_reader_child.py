"""The child that reads: limited, silent, killed at once, and never missed when it dies."""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.importing.spreadsheet_makers import cells, inline, texts, xlsx
from village_app.errors import Cancelled, EnvironmentProblem, Refused
from village_app.importing.files import child, limits, reader
from village_app.importing.files.grid import Cell, CellKind, Merge, Sheet, Workbook
from village_app.importing.files.loading import load_file
from village_app.importing.files.reader import read_workbook
from village_app.importing.files.transfer import Assembly, messages_of, pack, unpack

ROSTER = xlsx(cells(inline("姓名"), inline("张三")))


def die(connection: Connection) -> None:
    """Abort as a reader in another language does: no exception, no message."""
    connection.recv_bytes()
    signal.signal(signal.SIGABRT, signal.SIG_DFL)
    os.abort()


def fall_silent(connection: Connection) -> None:
    """Wait for ever, as a child at its memory limit does."""
    connection.recv_bytes()
    signal.pause()


def babble(connection: Connection) -> None:
    """Send what is no message."""
    connection.recv_bytes()
    connection.send_bytes(b"\x80\x04\x95 not json")


def die_in_the_first_reader(connection: Connection) -> None:
    """Abort while the first of two readers is at work; let the second one answer."""
    request = unpack(connection.recv_bytes())
    connection.recv_bytes()
    connection.send_bytes(pack({"reader": request["first_reader"], "readers": 2}))
    if request["first_reader"] == 0:
        os.abort()
    workbook = Workbook("xls", None, [Sheet("二", [[Cell("text", "第二个")]])])
    for message in messages_of(workbook):
        connection.send_bytes(message)
    connection.send_bytes(pack({"done": True}))


def starve(connection: Connection) -> None:
    """Read with hardly more memory than the interpreter itself needs."""
    limits.CHILD_MEMORY_BYTES = 128 * limits.MEBIBYTE
    child.serve(connection)


def tell_limits(connection: Connection) -> None:
    child.restrain()
    kinds = (
        resource.RLIMIT_AS,
        resource.RLIMIT_CPU,
        resource.RLIMIT_CORE,
        resource.RLIMIT_FSIZE,
    )
    connection.send([resource.getrlimit(kind)[1] for kind in kinds])


def test_a_child_that_aborts_is_a_damaged_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "serve", die)
    with pytest.raises(Refused) as refusal:
        read_workbook(ROSTER, "名册.xlsx")
    assert refusal.value.code == "damaged"
    assert not multiprocessing.active_children()


def test_a_child_that_hangs_is_ended_at_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "serve", fall_silent)
    monkeypatch.setattr(limits, "CHILD_SECONDS", 0.3)
    with pytest.raises(Refused) as refusal:
        read_workbook(ROSTER, "名册.xlsx")
    assert refusal.value.code == "too_slow"
    assert not multiprocessing.active_children()


def test_a_child_that_babbles_is_not_listened_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "serve", babble)
    with pytest.raises(Refused) as refusal:
        read_workbook(ROSTER, "名册.xlsx")
    assert refusal.value.code == "damaged"


def test_after_the_death_of_the_first_reader_the_second_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reader, "serve", die_in_the_first_reader)
    read = read_workbook(ROSTER, "名册.xls")
    assert texts(read.sheets[0]) == [["第二个"]]


def test_cancelling_ends_the_child_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """F41: even a child that no longer answers."""
    monkeypatch.setattr(reader, "serve", fall_silent)
    calls: list[str] = []

    def report(done: int, total: int, text: str) -> None:
        calls.append(text)
        if len(calls) == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        read_workbook(ROSTER, "名册.xlsx", report=report)
    assert not multiprocessing.active_children()


def test_reading_tells_how_far_it_is() -> None:
    heard: list[tuple[int, int, str]] = []
    read_workbook(ROSTER, "名册.xlsx", report=lambda *news: heard.append(news))
    assert heard[0] == (0, 0, "正在打开文件")
    assert any(done == total > 0 and "表1" in text for done, total, text in heard)


def test_the_child_is_limited() -> None:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=tell_limits, args=(theirs,))
    process.start()
    assert ours.recv() == [limits.CHILD_MEMORY_BYTES, limits.CHILD_SECONDS, 0, 0]
    process.join()


def test_a22_a_child_out_of_memory_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    """It may say so, abort, or hang at the limit; the program goes on in every case."""
    monkeypatch.setattr(reader, "serve", starve)
    monkeypatch.setattr(limits, "CHILD_SECONDS", 10)
    text = "".join(f"张{number},李{number}\n" for number in range(800_000))
    with pytest.raises(Refused) as refusal:
        read_workbook(text.encode(), "名册.csv")
    assert refusal.value.code in {"too_large", "damaged", "too_slow"}
    assert not multiprocessing.active_children()


def test_reading_leaves_nothing_on_the_disk_and_says_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    read_workbook(ROSTER, "名册.xlsx")
    with pytest.raises(Refused):
        read_workbook(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 2000, "名册.xls")
    assert not list(tmp_path.iterdir())
    assert capfd.readouterr() == ("", "")


def test_a_refusal_brings_its_candidates_home() -> None:
    data = "姓名,電話\n陳大文,27880000\n".encode("big5")
    with pytest.raises(Refused) as refusal:
        read_workbook(data, "名册.csv")
    first = refusal.value.values["candidates"][0]
    assert (first.encoding, "陳大文" in first.preview) == ("big5hkscs", True)
    read = read_workbook(data, "名册.csv", encoding=first.encoding)
    assert texts(read.sheets[0])[1] == ["陳大文", "27880000"]


def test_the_table_of_moved_characters_reaches_the_child() -> None:
    read = read_workbook(
        b"\xa8\xbc,\xd5\xc5\n", "表.csv", encoding="gb18030", repairs={0xE7C7: "ḿ"}
    )
    assert texts(read.sheets[0]) == [["ḿ", "张"]]


def test_a_file_is_read_into_memory_whole(tmp_path: Path) -> None:
    """F37: what happens to the file afterwards no longer matters."""
    path = tmp_path / "名册.xlsx"
    path.write_bytes(ROSTER)
    data = load_file(path)
    path.unlink()
    assert texts(read_workbook(data, path.name).sheets[0]) == [["姓名"], ["张三"]]


def test_a_file_that_is_gone_or_forbidden_is_a_matter_of_the_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """F36."""
    with pytest.raises(EnvironmentProblem) as gone:
        load_file(tmp_path / "没有.xlsx")
    assert gone.value.code == "file_unreadable"
    path = tmp_path / "锁着.xlsx"
    path.write_bytes(ROSTER)

    def locked(_: Path, _mode: str) -> None:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "open", locked)
    with pytest.raises(EnvironmentProblem) as problem:
        load_file(path)
    assert problem.value.code == "file_in_use"


def test_what_is_no_file_is_refused_without_being_opened(tmp_path: Path) -> None:
    """A pipe nobody writes to would be read for ever, a device without end."""
    (tmp_path / "名册").mkdir()
    with pytest.raises(Refused, match="文件夹"):
        load_file(tmp_path / "名册")
    if os.name != "nt":
        os.mkfifo(tmp_path / "管道.xlsx")
        for odd in (tmp_path / "管道.xlsx", Path(os.devnull)):
            with pytest.raises(Refused, match="不是文件"):
                load_file(odd)


def test_more_bytes_than_a_table_has_are_refused_before_they_are_read(tmp_path: Path) -> None:
    path = tmp_path / "大.xlsx"
    with path.open("wb") as stream:
        stream.truncate(limits.FILE_BYTES * 100)
    with pytest.raises(Refused) as refusal:
        load_file(path)
    assert refusal.value.code == "file_too_large"


KINDS: tuple[CellKind, ...] = (
    "text",
    "number",
    "date",
    "flag",
    "error",
    "formula_without_value",
)
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
ANY_CELL = st.one_of(
    st.just(Cell()), st.builds(Cell, st.sampled_from(KINDS), ANY_TEXT, st.booleans())
)


@given(st.lists(st.lists(ANY_CELL, max_size=6).map(tuple), max_size=8))
def test_every_cell_travels_without_loss(rows: list[tuple[Cell, ...]]) -> None:
    sheet = Sheet(
        "名册", rows, [Merge(0, 1, 2, 3)], "very_hidden", frozenset({1}), frozenset({0, 2})
    )
    sent = Workbook("xlsx", "utf-8", [sheet, Sheet("空", [])], True, ["话"], ",")
    assembly = Assembly()
    for message in messages_of(sent):
        assembly.take(unpack(message))
    assert assembly.workbook == sent


def test_long_sheets_travel_in_blocks() -> None:
    rows = [[Cell("text", "甲" * 1_000)]] * 3_000
    messages = list(messages_of(Workbook("xlsx", None, [Sheet("一", rows)])))
    assert len(messages) > 4
    assert max(map(len, messages)) < 4_000_000
