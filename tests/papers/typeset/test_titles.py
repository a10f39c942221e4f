"""Titles in balanced lines that keep words whole."""

from __future__ import annotations

import pytest

from village_app.papers.typeset.layouts import LAYOUTS
from village_app.papers.typeset.titles import title_lines, title_words

OFFICIAL = LAYOUTS["official"]


def set_title(text: str) -> list[str]:
    return [line.text for line in title_lines(text, OFFICIAL.title, OFFICIAL.area_width)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("隔坑村2026年第一季度财务收支公开表", ["隔坑村2026年第一季度财务收支公开表"]),
        (
            "关于召开隔坑村第三届村民代表会议第七次会议的通知",
            ["关于召开隔坑村第三届", "村民代表会议第七次会议的通知"],
        ),
        (
            "关于隔坑村“村前塘”周边道路硬化及路灯安装工程资金使用情况的公示",
            ["关于隔坑村“村前塘”周边道路硬化及", "路灯安装工程资金使用情况的公示"],
        ),
    ],
)
def test_lines_break_where_the_sense_allows(text: str, expected: list[str]) -> None:
    assert set_title(text) == expected


def test_four_lines_part_no_word_and_no_line_is_tiny() -> None:
    text = (
        "东莞市横沥镇隔坑村股份经济联合社关于公开征求《隔坑村村规民约》修订草案"
        "意见建议并召开村民代表会议进行审议表决有关事项的通知"
    )
    lines = set_title(text)
    assert "".join(lines) == text
    words, _ = title_words()
    seams = [len("".join(lines[:count])) for count in range(1, len(lines))]
    for seam in seams:
        assert text[seam - 2 : seam + 2] not in words
        assert text[seam - 1 : seam + 1] not in words
    assert min(map(len, lines)) >= max(map(len, lines)) / 2


def test_a_title_takes_its_own_newlines() -> None:
    assert set_title("隔坑村村民委员会\n关于开会的通知") == ["隔坑村村民委员会", "关于开会的通知"]


def test_a_very_long_title_is_set_like_text_and_nothing_is_lost() -> None:
    text = "关于情况" * 40
    assert "".join(set_title(text)) == text


def test_every_line_fits_the_type_area() -> None:
    for length in range(15, 90, 5):
        text = ("关于隔坑村村民代表会议资金使用情况的公示" * 5)[:length]
        for line in title_lines(text, OFFICIAL.title, OFFICIAL.area_width):
            assert line.width <= OFFICIAL.area_width + 0.5
