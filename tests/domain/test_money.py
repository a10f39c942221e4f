"""Amounts: read, refused, shown, divided."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_app.domain.money import (
    divide_half_up,
    parse_money,
    portion,
    share_of,
    shares_need_note,
    show_money,
    show_share,
    show_ten_thousands,
    to_decimal,
)
from village_app.domain.money_words import in_words, read_words
from village_app.domain.unreadable import Unreadable

fen = st.integers(-(10**17), 10**17)


@pytest.mark.parametrize(
    ("raw", "amount"),
    [
        ("1,200元", 120_000),
        ("1200.00 ", 120_000),
        ("１２３４．５０", 123_450),
        ("1，234.5", 123_450),
        ("¥28.16", 2_816),
        ("-¥1,234.00", -123_400),
        ("（500）", -50_000),
        ("(¥500.00)", -50_000),
        ("−500", -50_000),
        ("负五元", -500),
        ("1.2万元", 1_200_000),
        ("1.2万", 1_200_000),
        ("2亿元", 20_000_000_000),
        ("3千元", 300_000),
        ("3元5角", 350),
        ("12元5角6分", 1_256),
        ("5角", 50),
        ("壹仟贰佰", 120_000),
        ("壹佰圆正", 10_000),
        ("一千二百块", 120_000),
        ("十五万", 15_000_000),
        ("壹拾万零柒仟元伍角叁分", 10_700_053),
        ("'1200", 120_000),
        ("0", 0),
        ("12.", 1_200),
        (1234.5599999999999, 123_456),
        (0.30000000000000004, 30),
        (Decimal(1200), 120_000),
        (500, 50_000),
    ],
)
def test_amounts_are_read(raw: object, amount: int) -> None:
    assert parse_money(raw) == amount


@pytest.mark.parametrize("raw", [None, "", " ", "-", "—", "/", "无"])
def test_blanks_are_no_amount(raw: object) -> None:
    assert parse_money(raw) is None


@pytest.mark.parametrize(
    "raw",
    [
        "12,34",
        "1,2345",
        "3.5E+4",
        "100 200",
        "1234.50-",
        "三块五毛七厘",
        "万元",
        "1万2千",
        "一百二十角",
        "约500",
        "500/600",
        "1.234,50",
        True,
        float("nan"),
        "abc",
    ],
)
def test_what_is_not_a_clean_amount_is_refused(raw: object) -> None:
    with pytest.raises(Unreadable) as refused:
        parse_money(raw)
    assert refused.value.code == "no_amount"


@pytest.mark.parametrize("raw", ["500.5000001", 500.505, "0.005", "1.2345678万元"])
def test_parts_of_a_fen_are_refused_with_the_rounded_amount(raw: object) -> None:
    with pytest.raises(Unreadable) as refused:
        parse_money(raw)
    assert refused.value.code == "below_fen"
    assert refused.value.suggestion


def test_rounding_of_the_suggestion_is_half_up() -> None:
    with pytest.raises(Unreadable) as refused:
        parse_money("0.125")
    assert refused.value.suggestion == "0.13"


def test_a_bare_number_counts_in_the_unit_of_its_head() -> None:
    assert parse_money("1.5", unit=10_000) == 1_500_000
    assert parse_money(1.5, unit=10_000) == 1_500_000
    assert parse_money("1.5元", unit=10_000) == 150


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (0, "0.00"),
        (-5, "-0.05"),
        (123_450, "1,234.50"),
        (-123_400, "-1,234.00"),
        (2_000_000_000, "20,000,000.00"),
    ],
)
def test_amounts_are_shown_with_thousands_and_two_decimals(amount: int, text: str) -> None:
    assert show_money(amount) == text


def test_ten_thousands_are_rounded_for_the_eye_only() -> None:
    parts = [12_345_678, 5_000, 5_000]
    assert [show_ten_thousands(part) for part in parts] == ["12.35", "0.01", "0.01"]
    assert show_ten_thousands(sum(parts)) == "12.36"


@pytest.mark.parametrize(
    ("yuan", "words"),
    [
        ("0.00", "人民币零元整"),
        ("0.05", "人民币伍分"),
        ("0.50", "人民币伍角"),
        ("10.50", "人民币壹拾元零伍角"),
        ("100.05", "人民币壹佰元零伍分"),
        ("1409.50", "人民币壹仟肆佰零玖元伍角"),
        ("6007.14", "人民币陆仟零柒元壹角肆分"),
        ("1680.32", "人民币壹仟陆佰捌拾元零叁角贰分"),
        ("107000.53", "人民币壹拾万柒仟元零伍角叁分"),
        ("16409.02", "人民币壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "人民币叁佰贰拾伍元零肆分"),
        ("20000000.00", "人民币贰仟万元整"),
        ("120300000.06", "人民币壹亿贰仟零叁拾万元零陆分"),
        ("1000000000000.00", "人民币壹万亿元整"),
        ("10000.05", "人民币壹万元零伍分"),
        ("50870.00", "人民币伍万零捌佰柒拾元整"),
        ("100007000.00", "人民币壹亿零柒仟元整"),
        ("-1234.00", "人民币负壹仟贰佰叁拾肆元整"),
    ],
)
def test_amounts_in_words_follow_the_rules_for_bills(yuan: str, words: str) -> None:
    amount = parse_money(yuan)
    assert amount is not None
    assert in_words(amount) == words
    assert parse_money(words) == amount


@given(fen)
def test_every_amount_in_words_is_read_back(amount: int) -> None:
    assert parse_money(in_words(amount)) == amount


@given(fen)
def test_words_never_hold_two_noughts_side_by_side(amount: int) -> None:
    words = in_words(amount)
    assert "零零" not in words
    assert words.endswith(("整", "角", "分"))
    assert words.endswith("整") == (amount % 100 == 0)


@given(fen)
def test_every_shown_amount_is_read_back(amount: int) -> None:
    assert parse_money(show_money(amount)) == amount
    assert to_decimal(amount) * 100 == amount


def test_an_amount_too_large_for_words_is_refused() -> None:
    with pytest.raises(ValueError, match="太大"):
        in_words(10**18)


@pytest.mark.parametrize("text", ["元", "整", "十角", "壹元贰元", "零拾", "壹百零", "壹角贰元"])
def test_words_that_are_no_amount_are_not_read(text: str) -> None:
    assert read_words(text) is None


def test_shares_and_portions_of_the_stories() -> None:
    assert show_share(share_of(126_000, 4_980_000)) == "2.53%"
    assert show_share(share_of(19_000, 5_106_000)) == "0.37%"
    assert portion(5_087_000, 300) == 152_610
    assert 5_087_000 - 152_610 - 1_494_000 - 2_490_000 == 950_390


def test_a_share_of_nothing_is_a_dash() -> None:
    assert share_of(1, 0) is None
    assert show_share(None) == "—"
    assert show_share(-250) == "-2.50%"


@given(st.integers(-(10**12), 10**12), st.integers(1, 10**6))
def test_division_rounds_halves_away_from_nought(number: int, divisor: int) -> None:
    rounded = divide_half_up(number, divisor)
    assert abs(2 * (rounded * divisor - number)) <= divisor
    assert divide_half_up(-number, divisor) == -rounded


def test_the_rounding_note_is_due_only_when_shares_do_not_add_up() -> None:
    assert shares_need_note([3333, 3333, 3333])
    assert not shares_need_note([5000, 5000])
    assert not shares_need_note([])
