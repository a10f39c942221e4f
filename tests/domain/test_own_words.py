"""The village's own words: a 社区 has residents' groups, and places keep their names."""

from __future__ import annotations

import pytest

from village_app.domain.own_words import reword, wording_of


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("村民小组", "居民小组"),
        ("村民代表会议", "居民代表会议"),
        ("全村村民代表", "全社区居民代表"),
        ("村务监督委员会", "居务监督委员会"),
        ("隔坑村", "隔坑村"),
        ("村前塘路灯", "村前塘路灯"),
    ],
)
def test_a_community_says_its_own_words(text: str, said: str) -> None:
    assert reword(text, wording_of("社区", None)) == said


def test_a_village_says_the_standard_words() -> None:
    assert reword("村民小组", wording_of("村", None)) == "村民小组"


def test_own_words_stand_before_those_of_a_community() -> None:
    wording = wording_of("社区", {"村民小组": "片区", "共治协会": "乡贤会"})
    assert reword("村民小组和共治协会", wording) == "片区和乡贤会"


def test_what_was_reworded_is_not_reworded_again() -> None:
    assert reword("甲乙", wording_of("村", {"甲": "乙", "乙": "丙"})) == "乙丙"


@pytest.mark.parametrize("own", [None, {"议事厅": "党群议事厅"}, {"村民小组": "村民小组片区"}])
def test_saying_it_twice_changes_nothing_more(own: dict[str, str] | None) -> None:
    wording = wording_of("社区", own)
    once = reword("村民小组在议事厅开村民代表会议，本村村务公开", wording)
    assert reword(once, wording) == once
