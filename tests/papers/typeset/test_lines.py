"""Lines of Chinese text: the stored lines of a leading typesetter, and rules for any text."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_app.papers.typeset.lines import Measure, break_lines
from village_app.papers.typeset.setting import Line
from village_app.papers.typeset.strip import Strip
from village_app.papers.typeset.units import NO_END, NO_START, single_characters, units_of

VECTORS = Path(__file__).parents[3].parent / "shared" / "vectors" / "line-breaks.json"
LEAST_EQUAL = 0.9

WORDS = (
    *("A3", "2026", "1,286,400.00", "138****1234", "441900198506301234", "LED", "￥300", "98.6%"),
    *("0769-83731234", "8:30—12:00", "8", "3.5", "(a)", "Zhang San", "https://www.a.cn/b?c=1"),
)
MARKS = "，。、；：！？”’）》〉】」“‘（《〈【「—…·％℃"
HAN = "村民委员会公示结果收支情况审议通过的和在一二三组农田水利设施"

pieces = st.one_of(
    st.sampled_from(HAN), st.sampled_from(HAN), st.sampled_from(MARKS), st.sampled_from(WORDS)
)
texts = st.lists(pieces, min_size=1, max_size=90).map("".join)


def lines_of(text: str, width: float, size: float = 16, **how: float) -> list[Line]:
    return break_lines(units_of(text, "fangsong"), Measure(width, size, **how))  # type: ignore[arg-type]


def broken(text: str, characters: float) -> list[str]:
    """Break into lines of a number of Chinese characters."""
    return [line.text for line in lines_of(text, characters * 16)]


def test_nine_in_ten_lines_equal_those_of_a_leading_typesetter() -> None:
    if not VECTORS.exists():
        pytest.skip("the stored lines are not beside this checkout")
    cases = json.loads(VECTORS.read_text(encoding="utf-8"))["cases"]
    total = equal = 0
    for case in cases:
        ours = {line.text for line in lines_of(case["text"], case["width_pt"])}
        total += len(case["lines"])
        equal += sum(line in ours for line in case["lines"])
    assert equal / total >= LEAST_EQUAL


def no_legal_way(text: str, at: int, room: float) -> bool:
    """Tell whether what surrounds a place cannot be set into `room` em without a fault."""
    units = [
        single
        for unit in units_of(text, "fangsong")
        for single in (single_characters(unit, "fangsong") if unit.is_word else [unit])
    ]
    strip = Strip(units, 0.0, flush_start=True)
    place = next(i for i in range(len(units)) if sum(len(u.text) for u in units[:i]) >= at)
    start = max(p for p in range(place + 1) if p == 0 or strip.breakable[p])
    end = min(p for p in range(place, strip.count + 1) if p == strip.count or strip.breakable[p])
    atom = Strip(units[start:end], 0.0, flush_start=True)
    most = sum(give for _, give in atom.squeezes(0, atom.count, 0.5))
    return atom.width(0, atom.count) - atom.tail(atom.count) - most > room


@given(texts, st.floats(60, 450), st.sampled_from((9.0, 10.5, 12.0, 16.0)))
def test_any_text_keeps_every_rule(text: str, width: float, size: float) -> None:
    lines = lines_of(text, max(width, 4 * size), size)
    assert "".join(line.text for line in lines) == text
    assert all(line.width <= max(width, 4 * size) + 0.5 for line in lines)
    position = 0
    for before, after in pairwise(lines):
        position += len(before.text)
        ends_wrongly = before.text.rstrip(" ")[-1:] in NO_END and before.text.strip() != ""
        if ends_wrongly or after.text[0] in NO_START:
            assert no_legal_way(text, position, max(width, 4 * size) / size)


@given(texts, st.floats(160, 450))
def test_justified_lines_end_at_the_edge_or_are_left_ragged(text: str, width: float) -> None:
    for line in lines_of(text, width)[:-1]:
        natural = lines_of(line.text, 10_000)[0].width
        is_full = abs(line.width - width) < 0.5
        is_ragged = line.width <= natural + 0.5
        assert is_full or is_ragged or line.width >= width - 8.5  # a mark's blank half


def test_a_closing_mark_gives_its_blank_half_at_the_line_end() -> None:
    assert broken("村民委员会村民委员会，公示", 10.5)[0] == "村民委员会村民委员会，"


def test_a_mark_that_cannot_be_pulled_in_takes_a_character_along() -> None:
    assert broken("村民委员会村民委员会，公示", 10) == ["村民委员会村民委员", "会，公示"]


def test_an_opening_mark_never_ends_a_line() -> None:
    assert broken("村民委员会村民《办法》", 8) == ["村民委员会村民", "《办法》"]


def test_adjacent_marks_share_one_blank_half() -> None:
    assert lines_of("《章程》（草案）", 500)[0].width == pytest.approx((8 - 1.5) * 16, abs=0.1)


def test_marks_inside_are_squeezed_before_a_gaping_line() -> None:
    text = "甲，0769-83731234，乙乙"
    natural = lines_of("甲，0769-83731234", 500)[0].width / 16
    assert broken(text, natural + 0.3)[0] == "甲，0769-83731234，"
    assert broken(text, natural + 0.2)[0] == "甲，"


def test_a_gap_stands_between_characters_and_numbers_but_never_at_an_edge() -> None:
    with_gaps = lines_of("第7次", 500)[0].width
    assert with_gaps == pytest.approx((2 + 0.549 + 2 * 0.125) * 16, abs=0.1)
    assert lines_of("7", 500)[0].width == pytest.approx(0.549 * 16, abs=0.1)


def test_stretching_leaves_the_inside_of_numbers_untouched() -> None:
    line = lines_of("经审定工程价为1,286,400.00元现予以公示", 16 * 15.5)[0]
    spaces = {segment.text: segment.char_space for segment in line.segments}
    assert spaces["1,286,400.00"] == 0
    assert spaces["经审定工程价为"] > 0


def test_a_line_before_a_long_number_is_left_ragged_rather_than_torn_apart() -> None:
    lines = lines_of("联系电话441900198506301234441900198506301234", 16 * 21)
    assert lines[0].text == "联系电话"
    assert lines[0].width == pytest.approx(4 * 16)


def test_a_wide_hole_before_a_telephone_is_closed_by_squeezing_marks() -> None:
    lines = lines_of("报。联系人：文书小组；电话：0769-83731234。余下再写一行", 16 * 21)
    assert lines[0].text.endswith("0769-83731234。")
    assert lines[0].width == pytest.approx(16 * 21, abs=0.1)


def test_a_number_longer_than_the_line_is_cut_at_a_character() -> None:
    lines = broken("账号" + "1234567890" * 4, 8)
    assert "".join(lines) == "账号" + "1234567890" * 4
    assert lines[0].startswith("账号1234567890")
    assert all(len(line) >= 14 for line in lines[1:-1])


def test_a_number_stays_with_its_measure_word_where_it_hardly_shows() -> None:
    text = "经隔坑村第三届村民代表会议审议通过共安装路灯二百盏，共计48盏，现予公示"
    assert all(not line.endswith("48") for line in broken(text, 28))


def test_a_space_at_a_line_end_takes_no_room() -> None:
    width = lines_of("Zhang San", 500)[0].width
    lines = lines_of("Zhang San Li Si", width + 0.1)
    assert lines[0].text == "Zhang San "
    assert lines[0].width <= width + 0.1


def test_an_empty_paragraph_is_one_empty_line() -> None:
    assert [line.text for line in break_lines([], Measure(100, 16))] == [""]
