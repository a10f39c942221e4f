"""The table of the campaigns in the README, written by the very run that gives its figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bench.campaigns.bit_flips import KINDS, FlipFigures, flip
from bench.campaigns.clock_jumps import jump
from bench.campaigns.disk_full import WRITERS, Writer, fill
from bench.campaigns.kept import Kept, Line, Task
from bench.campaigns.kills import kill
from bench.campaigns.power_cut import cut
from bench.campaigns.random_day import work_a_day
from bench.campaigns.workload import Workload, load_workloads
from village_app.db.files import write_atomically

README = Path(__file__).resolve().parents[2] / "README.md"
BEGIN, END = "<!-- 弄坏试验开始 -->", "<!-- 弄坏试验结束 -->"
DAY, JUMPS = 480, 300
HEADING = "**弄坏试验。**"
FLIPS_IN_WORDS = "数据文件里翻转一位：走遍每一页，内容、初始向量、校验各一次"
DAY_IN_WORDS = "随便办事，每分钟强行结束一次：一分钟的活六七件，按机器的速度做，在随机一处结束"
KIND_WORDS = {"first": "首页", "table": "表", "index": "索引", "overflow": "溢出", "free": "空闲"}

Progress = Callable[[str], Callable[[int, int], None]]


def run_all(
    rounds: int, seed: int, progress: Progress, kept: Kept | None = None, only: str = ""
) -> list[Line]:
    """Run every campaign: `rounds` cuts of each work; kills and controls a tenth of it.

    At most one flip in each part of each page, one day of random work, 300 jumps of the clock.
    """
    kept = kept or Kept(None, seed)
    lines = []
    for task in tasks(rounds, seed, progress):
        if only not in task.name:
            continue
        line = kept.line(task)
        if line is None:
            line = task.run()
            kept.keep(task, line)
        lines.append(line)
    return lines


def tasks(rounds: int, seed: int, progress: Progress) -> Iterator[Task]:
    """List what is to be done, in the order of the table."""
    tenth = max(1, rounds // 10)

    def _task(name: str, times: int, what: str, run: Callable[..., Line], *more: object) -> Task:
        return Task(name, times, what, partial(run, what, *more, times, seed, progress))

    for workload in load_workloads().values():
        cuts = tenth if workload.is_control else rounds
        yield _task(f"power-cut {workload.name}", cuts, f"断电：{workload.about}", _cut, workload)
    for writer in WRITERS:
        yield _task(f"disk-full {writer.name}", rounds, f"磁盘写满：{writer.about}", _fill, writer)
    yield _task("kills", tenth, "保存时强行结束程序", _kill)
    yield _task("bit-flips", rounds, FLIPS_IN_WORDS, _flip)
    # A working day has 480 minutes; more of them are asked for on the command line.
    yield _task("random-day", max(1, min(DAY, tenth)), DAY_IN_WORDS, _day)
    yield _task("clock-jumps", max(1, min(JUMPS, tenth)), "电脑的钟前后乱跳，最远十年", _jumps)


def _cut(what: str, workload: Workload, rounds: int, seed: int, progress: Progress) -> Line:
    found = cut(workload, rounds, seed=seed, progress=progress(workload.about))
    return Line(
        what,
        f"{found.cuts:,} 次，写到一半 {found.torn:,} 次",
        f"损坏 {found.found['broken']}，已保存却丢失 {found.found['lost']}",
        found.holds,
    )


def _fill(what: str, writer: Writer, rounds: int, _seed: int, progress: Progress) -> Line:
    found = fill(writer, rounds, progress=progress(writer.about))
    return Line(
        what,
        f"{found.limits} 处",
        f"说不清原因 {found.otherwise}，弄坏 {found.broken}，留下半个文件 {found.leftovers}",
        found.holds,
    )


def _kill(what: str, rounds: int, seed: int, progress: Progress) -> Line:
    found = kill(rounds, seed=seed, progress=progress("强行结束"))
    return Line(
        what,
        f"{found.kills:,} 次，其间保存 {found.changes:,} 次",
        f"不完整 {found.broken}，已保存却丢失 {found.lost}",
        found.holds,
    )


def _flip(what: str, rounds: int, seed: int, progress: Progress) -> Line:
    found = flip(rounds, seed=seed, progress=progress("位翻转"))
    return Line(
        what,
        f"{found.walked.total()} 页，共 {found.pages.total()} 页（{kinds_in_words(found)}），"
        f"{found.flips:,} 次",
        f"没有发现 {found.undetected}，读出错误的行 {found.wrong_rows}；"
        f"坏 1% 的页 {found.salvages} 回，抢救出 {found.saved_share:.1%} 的行",
        found.holds,
    )


def kinds_in_words(found: FlipFigures) -> str:
    """Say how many pages of each kind were walked: 首页 1、表 197 …."""
    return "、".join(f"{KIND_WORDS[kind]} {found.walked[kind]}" for kind in KINDS)


def _day(what: str, rounds: int, seed: int, progress: Progress) -> Line:
    found = work_a_day(rounds, seed=seed, progress=progress("一天的活"))
    return Line(
        what,
        f"{found.kills:,} 分钟，办成 {found.acts:,} 件，正写到一半 {found.hot_journals} 次",
        f"不完整 {found.broken}，已保存却丢失 {found.lost}，留下半个文件 {found.leftovers}",
        found.holds,
    )


def _jumps(what: str, rounds: int, seed: int, progress: Progress) -> Line:
    found = jump(rounds, seed=seed, progress=progress("电脑的钟乱跳"))
    return Line(
        what,
        f"{found.jumps:,} 次，其间办事 {found.acts:,} 件、备份 {found.backups:,} 份",
        f"不完整 {found.broken}，挤掉该留的备份 {found.pushed_out}",
        found.holds,
    )


def render(lines: list[Line], day: datetime) -> str:
    """Write the lines as the README shows them, with the day of the run."""
    rows = "\n".join(
        f"| {line.what} | {line.times} | {line.result} | {line.verdict()} |" for line in lines
    )
    return (
        f"{BEGIN}\n{HEADING} `python -m bench.campaigns table` 反复弄坏再看数据在不在，"
        f"并写下这张表（{day:%Y-%m-%d}）。“对照”是不做防护的写法，本来就该坏。\n\n"
        f"| 怎样弄坏 | 多少 | 结果 | |\n| --- | --- | --- | --- |\n{rows}\n{END}"
    )


def put_into(text: str, table: str) -> str:
    """Put the table in the place of the last one, or at the end of a text without one."""
    before, found, rest = text.partition(BEGIN)
    if not found:
        return f"{text.rstrip()}\n\n{table}\n"
    _, ended, after = rest.partition(END)
    return f"{before}{table}{after if ended else ''}"


def write_table(
    rounds: int,
    seed: int,
    progress: Progress,
    *,
    readme: Path = README,
    kept: Path | None = None,
    only: str = "",
) -> bool:
    """Run everything that is not kept and write the table; True when all held.

    `only` runs the campaigns whose name holds it, for a later table, and writes none.
    """
    lines = run_all(rounds, seed, progress, Kept(kept, seed), only)
    if only:
        return all(line.held for line in lines)
    table = render(lines, datetime.now(UTC))
    text = put_into(readme.read_text(encoding="utf-8"), table)
    write_atomically(readme, text.encode(), doing="写下试验结果", mode=0o644)
    print(table)
    return all(line.held for line in lines)
