"""The table of the README is put in the place of the last one, and says what did not hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bench.campaigns.kept import Kept, Line, Task
from bench.campaigns.table import BEGIN, END, put_into, render, tasks

DAY = datetime(2026, 4, 10, tzinfo=UTC)


def test_a_table_takes_the_place_of_the_last_one_and_nothing_else_moves() -> None:
    first = render([Line("断电：保存", "10 次", "损坏 0", held=True)], DAY)
    second = render([Line("断电：保存", "20 次", "损坏 1", held=False)], DAY)
    text = put_into("# 前面\n", first)
    assert text == f"# 前面\n\n{first}\n"
    again = put_into(f"{text}后面\n", second)
    assert again == f"# 前面\n\n{second}\n后面\n"
    assert again.count(BEGIN) == again.count(END) == 1
    assert "| 断电：保存 | 20 次 | 损坏 1 | 不成立 |" in again


def test_what_was_done_before_is_not_done_again(tmp_path: Path) -> None:
    path = tmp_path / "kept.json"
    line = Line("断电：保存", "10 次", "损坏 0", held=True)
    done: list[int] = []

    def run() -> Line:
        done.append(1)
        return line

    task = Task("power-cut saves", 10, "断电：保存", run)
    assert Kept(path, seed=1).line(task) is None
    Kept(path, seed=1).keep(task, task.run())
    assert Kept(path, seed=1).line(task) == line
    assert Kept(path, seed=2).line(task) is None
    assert Kept(path, seed=1).line(Task("power-cut saves", 20, "断电：保存", run)) is None
    assert Kept(path, seed=1).line(Task("power-cut saves", 5, "断电：保存", run)) == line
    assert done == [1]
    renamed = Kept(path, seed=1).line(Task("power-cut saves", 10, "断电：保存和导入", run))
    assert renamed == replace(line, what="断电：保存和导入"), "old figures, today's words"


def test_two_runs_that_go_on_at_once_keep_the_lines_of_both(tmp_path: Path) -> None:
    path = tmp_path / "kept.json"
    line = Line("断电：保存", "10 次", "损坏 0", held=True)
    one, other = Kept(path, seed=1), Kept(path, seed=1)
    tasks = [Task(name, 10, line.what, lambda: line) for name in ("kills", "bit-flips")]
    one.keep(tasks[0], line)
    other.keep(tasks[1], line)
    assert [Kept(path, seed=1).line(task) for task in tasks] == [line, line]


def test_a_long_round_cuts_every_work_so_often_and_kills_a_tenth_as_often() -> None:
    listed = {task.name: task.rounds for task in tasks(10_000, 1, lambda _about: _nothing)}
    assert listed["power-cut saves"] == listed["power-cut rekey"] == 10_000
    assert (listed["kills"], listed["random-day"], listed["clock-jumps"]) == (1_000, 480, 300)
    assert listed["bit-flips"] == 10_000, "more than there are places, so that all are walked"


def _nothing(_done: int, _all: int) -> None:
    """Show no progress."""
