"""The table of the README is put in the place of the last one, and says what did not hold."""

from __future__ import annotations

from datetime import UTC, datetime

from bench.campaigns.table import BEGIN, END, Line, put_into, render

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
