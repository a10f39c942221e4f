"""`python -m bench [NAME] [--json] [--list]`: measure the ratios and print them."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Sequence

from bench.registry import REGISTRY, Registry, Result, Unavailable, load_subjects

HELP = """\
./run bench [名称] [--json] [--list]
在同一次运行里，把我们和底线、同类交替着量，比出比值；比值小于 1 是我们更省。
    名称      只量这一个；不写就全量
    --json    打印 JSON：{"ratios": [{"name", "ours", "other", "ratio", "unit"}]}
    --list    只列出名称"""
HEADINGS = ("名称", "我们", "对照", "比值", "单位")


def main(words: Sequence[str], registry: Registry = REGISTRY) -> int:
    """Measure what was asked for; 0 done, 1 some could not be measured, 2 words not understood."""
    flags = {word for word in words if word.startswith("-")}
    names = [word for word in words if word not in flags]
    if flags & {"-h", "--help"}:
        print(HELP)
        return 0
    if flags - {"--json", "--list"} or len(names) > 1:
        print(HELP, file=sys.stderr)
        return 2
    unknown = [name for name in names if name not in registry.ratios]
    if unknown:
        existing = "、".join(registry.ratios)
        print(f"没有叫 {unknown[0]} 的比值。现有：{existing}", file=sys.stderr)
        return 2
    chosen = names or list(registry.ratios)
    if "--list" in flags:
        for name in chosen:
            print(f"{name}  {registry.ratios[name].about}")
        return 0
    return measure_and_print(registry, chosen, as_json="--json" in flags)


def measure_and_print(registry: Registry, names: Sequence[str], *, as_json: bool) -> int:
    """Print the results as a table or as JSON; 1 when some could not be measured."""
    results, left_out = measure_all(registry, names)
    if as_json:
        plain = {"ratios": [result.as_plain() for result in results]}
        print(json.dumps(plain, ensure_ascii=False, indent=2))
    else:
        print_table(results)
    return 1 if left_out else 0


def measure_all(registry: Registry, names: Sequence[str]) -> tuple[list[Result], list[str]]:
    """Measure one after the other, telling the error stream; give results and unmeasured names."""
    results: list[Result] = []
    left_out: list[str] = []
    for number, name in enumerate(names, 1):
        print(f"第 {number} 个，共 {len(names)} 个：{name}", file=sys.stderr, flush=True)
        try:
            results.append(registry.measure(name))
        except Unavailable as reason:
            print(f"    没有量：{reason}", file=sys.stderr)
            left_out.append(name)
    return results, left_out


def print_table(results: Sequence[Result]) -> None:
    """Print aligned columns; a Chinese character is two columns wide."""
    lines: list[tuple[str, ...]] = [HEADINGS]
    for result in results:
        figures = (f"{value:.4g}" for value in (result.ours, result.other, result.ratio))
        lines.append((result.name, *figures, result.unit))
    widths = [max(width_of(line[column]) for line in lines) for column in range(len(HEADINGS))]
    for line in lines:
        cells = (
            cell + " " * (width - width_of(cell)) for cell, width in zip(line, widths, strict=True)
        )
        print("  ".join(cells).rstrip())


def width_of(text: str) -> int:
    """Count terminal columns."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


if __name__ == "__main__":
    load_subjects()
    sys.exit(main(sys.argv[1:]))
