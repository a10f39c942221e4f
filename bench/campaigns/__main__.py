"""`python -m bench.campaigns NAME --rounds N`; the names stand in `CAMPAIGNS`."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bench.campaigns.bit_flips import flip
from bench.campaigns.clock_jumps import jump
from bench.campaigns.disk_full import WRITERS, fill
from bench.campaigns.kills import kill
from bench.campaigns.power_cut import cut
from bench.campaigns.random_day import work_a_day
from bench.campaigns.table import kinds_in_words, write_table
from bench.campaigns.workload import load_workloads
from bench.registry import Unavailable

ABOUT = "反复弄坏，看数据是否还在；有一项不成立时以 1 退出。"


def main(words: Sequence[str]) -> int:
    """Run one campaign and print its figures; 1 when something was broken or lost."""
    parser = argparse.ArgumentParser(prog="python -m bench.campaigns", description=ABOUT)
    parser.add_argument("campaign", choices=sorted(CAMPAIGNS), help="哪一种")
    parser.add_argument("--rounds", type=int, default=200, help="多少次（每个项目），默认 200")
    parser.add_argument("--seed", type=int, default=1, help="随机数的起点，同一个数结果相同")
    parser.add_argument("--only", default="", help="只做名称里有这几个字的项目")
    parser.add_argument("--kept", type=Path, help="做成的记在这个文件里，中断以后接着做（table）")
    asked = parser.parse_args(words)
    begun = time.perf_counter()
    try:
        held = CAMPAIGNS[asked.campaign](asked)
    except Unavailable as reason:
        print(f"没有做：{reason}", file=sys.stderr)
        return 1
    print(f"用时 {time.perf_counter() - begun:.0f} 秒；{'全部成立' if held else '有不成立的'}")
    return 0 if held else 1


def power_cuts(asked: argparse.Namespace) -> bool:
    held = True
    for workload in load_workloads().values():
        if asked.only not in workload.name:
            continue
        found = cut(workload, asked.rounds, seed=asked.seed, progress=_progress(workload.about))
        print(
            f"{workload.about}（{workload.name}）：{found.steps} 步，断电 {found.cuts} 次"
            f"（其中写到一半 {found.torn} 次），完好 {found.found['whole']}，"
            f"损坏 {found.found['broken']}，已保存却丢失 {found.found['lost']}："
            f"{_word(found.holds)}"
        )
        if not found.holds:
            print(
                *(f"    {count} 次 {why}" for why, count in found.reasons.most_common(5)), sep="\n"
            )
        held = held and found.holds
    return held


def kills(asked: argparse.Namespace) -> bool:
    found = kill(asked.rounds, seed=asked.seed, progress=_progress("强行结束"))
    print(
        f"强行结束 {found.kills} 次（其中正写到一半 {found.hot_journals} 次），"
        f"其间保存 {found.changes} 次，不完整 {found.broken}，已保存却丢失 {found.lost}："
        f"{_word(found.holds)}"
    )
    return found.holds


def full_disks(asked: argparse.Namespace) -> bool:
    held = True
    for writer in WRITERS:
        if asked.only not in writer.name:
            continue
        found = fill(writer, asked.rounds, progress=_progress(writer.about))
        print(
            f"{writer.about}（{writer.name}）：写满 {found.limits} 处，"
            f"说明原因后拒绝 {found.refused}，写成 {found.done}，说不清原因 {found.otherwise}，"
            f"弄坏 {found.broken}，留下半个文件 {found.leftovers}：{_word(found.holds)}"
        )
        held = held and found.holds
    return held


def flips(asked: argparse.Namespace) -> bool:
    found = flip(asked.rounds, seed=asked.seed, progress=_progress("位翻转"))
    print(
        f"{found.pages.total()} 页里走过 {found.walked.total()} 页（{kinds_in_words(found)}），"
        f"翻转 {found.flips} 次，没有发现 {found.undetected}，读出错误的行 {found.wrong_rows}；"
        f"坏 1% 的页 {found.salvages} 回（其中目录读不出 {found.unopened} 回），"
        f"抢救出 {found.saved} 行，共 {found.rows} 行（{found.saved_share:.1%}），"
        f"丢失而没有列出 {found.unlisted}：{_word(found.holds)}"
    )
    return found.holds


def random_days(asked: argparse.Namespace) -> bool:
    found = work_a_day(asked.rounds, seed=asked.seed, progress=_progress("一天的活"))
    print(
        f"强行结束 {found.kills} 次（其中正写到一半 {found.hot_journals} 次），"
        f"其间办事 {found.acts} 件，不完整 {found.broken}，已保存却丢失 {found.lost}，"
        f"留下半个文件 {found.leftovers}：{_word(found.holds)}"
    )
    return found.holds


def clock_jumps(asked: argparse.Namespace) -> bool:
    found = jump(asked.rounds, seed=asked.seed, progress=_progress("电脑的钟乱跳"))
    print(
        f"钟跳 {found.jumps} 次，其间办事 {found.acts} 件、备份 {found.backups} 份，"
        f"不完整 {found.broken}，挤掉该留的备份 {found.pushed_out}：{_word(found.holds)}"
    )
    return found.holds


def table(asked: argparse.Namespace) -> bool:
    return write_table(asked.rounds, asked.seed, _progress, kept=asked.kept, only=asked.only)


CAMPAIGNS: dict[str, Callable[[argparse.Namespace], bool]] = {
    "power-cut": power_cuts,
    "kills": kills,
    "disk-full": full_disks,
    "bit-flips": flips,
    "random-day": random_days,
    "clock-jumps": clock_jumps,
    "table": table,
}


def _word(held: bool) -> str:
    return "成立" if held else "不成立"


def _progress(about: str) -> Callable[[int, int], None]:
    def show(done: int, total: int) -> None:
        if sys.stderr.isatty():
            print(f"\r{about} {done}/{total}", end="\n" if done == total else "", file=sys.stderr)

    return show


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
