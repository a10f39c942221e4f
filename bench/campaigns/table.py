"""The table of the campaigns in the README, written by the very run that gives its figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.campaigns.bit_flips import flip
from bench.campaigns.disk_full import WRITERS, fill
from bench.campaigns.kills import kill
from bench.campaigns.power_cut import cut
from bench.campaigns.workload import load_workloads
from village_app.db.files import write_atomically

README = Path(__file__).resolve().parents[2] / "README.md"
BEGIN, END = "<!-- 弄坏试验开始 -->", "<!-- 弄坏试验结束 -->"
_CONTROL = "对照"
HEADING = "**弄坏试验。**"

Progress = Callable[[str], Callable[[int, int], None]]


@dataclass(frozen=True, slots=True)
class Line:
    """One campaign: what was done, how often, what came of it, and whether it held."""

    what: str
    times: str
    result: str
    held: bool

    def verdict(self) -> str:
        """Say whether it held; a control without our precautions is meant to lose something."""
        if _CONTROL in self.what:
            return "看得出坏" if self.held else "没看出坏"
        return "成立" if self.held else "不成立"


def run_all(rounds: int, seed: int, progress: Progress) -> list[Line]:
    """Run every campaign with `rounds` rounds each."""
    lines = [*_cuts(rounds, seed, progress), *_full_disks(rounds, progress)]
    killed = kill(rounds, seed=seed, progress=progress("强行结束"))
    lines.append(
        Line(
            "保存时强行结束程序",
            f"{killed.kills} 次，其间保存 {killed.changes} 次",
            f"不完整 {killed.broken}，已保存却丢失 {killed.lost}",
            killed.holds,
        )
    )
    flipped = flip(rounds, seed=seed, progress=progress("位翻转"))
    lines.append(
        Line(
            "数据文件里翻转一位",
            f"{flipped.pages} 页，{flipped.flips} 次",
            f"没有发现 {flipped.undetected}，读出错误的行 {flipped.wrong_rows}；"
            f"坏 1% 的页抢救出 {flipped.saved_share:.1%} 的行",
            flipped.holds,
        )
    )
    return lines


def _cuts(rounds: int, seed: int, progress: Progress) -> Iterator[Line]:
    for workload in load_workloads().values():
        found = cut(workload, rounds, seed=seed, progress=progress(workload.about))
        yield Line(
            f"断电：{workload.about}",
            f"{found.cuts} 次，写到一半 {found.torn} 次",
            f"损坏 {found.found['broken']}，已保存却丢失 {found.found['lost']}",
            found.holds,
        )


def _full_disks(rounds: int, progress: Progress) -> Iterator[Line]:
    for writer in WRITERS:
        found = fill(writer, rounds, progress=progress(writer.about))
        yield Line(
            f"磁盘写满：{writer.about}",
            f"{found.limits} 处",
            f"说不清原因 {found.otherwise}，弄坏 {found.broken}，留下半个文件 {found.leftovers}",
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


def write_table(rounds: int, seed: int, progress: Progress, *, readme: Path = README) -> bool:
    """Run everything and write the table; True when all held."""
    lines = run_all(rounds, seed, progress)
    table = render(lines, datetime.now(UTC))
    text = put_into(readme.read_text(encoding="utf-8"), table)
    write_atomically(readme, text.encode(), doing="写下试验结果", mode=0o644)
    print(table)
    return all(line.held for line in lines)
