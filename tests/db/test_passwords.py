"""Which passwords are refused, and the recovery code's slips of the pen."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_app.db.key_slots import normalised
from village_app.db.passwords import password_faults, suggest_password
from village_app.db.recovery_code import ALPHABET, new_code, read_code, shown
from village_app.errors import InvalidInput


def codes(password: str, **more: object) -> set[str]:
    faults = password_faults(
        password,
        user_name=str(more.get("user", "刘秀英")),
        village_name="隔岭村",
        known=("liuxiuying", "geling"),
    )
    return {fault.code for fault in faults}


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("428173", "password_short"),
        ("12345678", "password_common"),
        ("13800138000", "password_phone"),
        ("0769-22223333", "password_phone"),
        ("19850612", "password_birthday"),
        ("1985年6月12日", "password_birthday"),
        ("44190019850612203X", "password_identity_number"),
        ("刘秀英刘秀英刘秀英刘秀英", "password_user_name"),
        ("刘秀英19850612", "password_birthday"),
        ("隔岭村2026隔岭", "password_village_name"),
        ("liuxiuying2026", "password_known"),
        ("geling13800138000", "password_phone"),
        ("password1234", "password_common"),
        ("Admin@123456", "password_common"),
        ("qwertyuiop123", "password_run"),
        ("aaaaaaaaaaaa", "password_run"),
        ("ababababab", "password_run"),
        ("5739182640", "password_digits"),
        ("１２３４５６７８９０", "password_run"),
        ("", "password_short"),
    ],
)
def test_e06_a_weak_password_is_refused_with_its_reason(password: str, code: str) -> None:
    assert code in codes(password)


@pytest.mark.parametrize(
    "password",
    [
        "苹果 火车 月亮 桌子",
        "苹果火车月亮桌子",
        "tulip-Marble-79",
        "春天xk9田螺8812",
        "😀😁😂🤣😃😄😅😆😉😊",
        " 前后都有空格的密码 ",
        "长" + "密码很长" * 40 + "abc",
    ],
)
def test_e06_e08_good_passwords_pass(password: str) -> None:
    assert codes(password) == set()


def test_a_refused_password_comes_with_advice() -> None:
    (fault, *_) = password_faults("428173")
    assert fault.field == "password"
    assert "10 个字符" in fault.message
    assert fault.suggestion is not None
    assert fault.suggestion.startswith("可以用四个不相干的词")


def test_a_suggested_password_is_accepted_and_made_by_chance() -> None:
    chance = random.Random(7)
    made = {suggest_password(chance.randrange) for _ in range(50)}
    assert len(made) == 50
    assert all(len(each.split(" ")) == 4 and not codes(each) for each in made)


def test_e07_full_width_and_composed_forms_are_one_password() -> None:
    assert normalised("Ａｂｃ１２３") == "Abc123"
    assert normalised("e\u0301") == "\u00e9"


def test_e08_nothing_is_trimmed() -> None:
    assert normalised("  密码 ") == "  密码 "


def test_e11_a_code_typed_in_any_fashion_is_read() -> None:
    code = new_code()
    plain = code.replace("-", "")
    assert len(plain) == 25
    assert shown(plain) == code
    sloppy = plain.lower().replace("0", "o").replace("1", "l")
    full_width = "".join(chr(ord(c) + 0xFEE0) for c in plain)
    for typed in (code, sloppy, f" {plain[:9]} – {plain[9:]}\n", full_width):
        assert read_code(typed) == plain


@given(st.randoms(use_true_random=False), st.integers(0, 24), st.sampled_from(ALPHABET))
def test_e11_one_wrong_character_is_caught(chance: random.Random, at: int, wrong: str) -> None:
    plain = new_code(chance.randrange).replace("-", "")
    typed = plain[:at] + wrong + plain[at + 1 :]
    if typed == plain:
        assert read_code(typed) == plain
        return
    with pytest.raises(InvalidInput) as raised:
        read_code(typed)
    assert raised.value.faults[0].code == "code_check"


@given(st.randoms(use_true_random=False), st.integers(0, 23))
def test_e11_two_neighbours_swapped_are_caught(chance: random.Random, at: int) -> None:
    plain = new_code(chance.randrange).replace("-", "")
    typed = plain[:at] + plain[at + 1] + plain[at] + plain[at + 2 :]
    if typed == plain:
        return
    with pytest.raises(InvalidInput):
        read_code(typed)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("ABCDE-FGHJK", "code_length"),
        ("", "code_length"),
        ("恢复码", "code_character"),
        ("U" * 25, "code_character"),
    ],
)
def test_e11_what_is_wrong_with_a_code_is_said(typed: str, code: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        read_code(typed)
    assert raised.value.faults[0].code == code
    assert raised.value.faults[0].field == "recovery_code"
