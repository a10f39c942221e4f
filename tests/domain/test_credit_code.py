"""The code of organisations."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_app.domain.credit_code import credit_code_check, read_credit_code
from village_app.domain.kinds import CREDIT_CODE
from village_app.domain.unreadable import Unreadable

ORGANISATION = "91440101MA59GPXY2"


def test_a_credit_code_is_checked() -> None:
    code = ORGANISATION + credit_code_check(ORGANISATION)
    assert read_credit_code(f" {code.lower()} ") == code
    assert read_credit_code("") is None
    assert CREDIT_CODE.parse(code.lower()) == code
    assert credit_code_check("91350100M000100Y4") == "3"  # the example printed in GB 32100


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("91350100M000100Y44", "wrong_check_digit"),
        ("91350100M000100Y4", "wrong_length"),
        ("91350100M000100I43", "wrong_characters"),
    ],
)
def test_wrong_credit_codes_are_refused(text: str, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_credit_code(text)
    assert refused.value.code == code
    if code == "wrong_check_digit":
        assert refused.value.suggestion == "91350100M000100Y43"


@given(st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=17, max_size=17), st.integers(0, 16))
def test_a_changed_character_of_a_credit_code_is_found(first: str, place: int) -> None:
    code = first + credit_code_check(first)
    changed = "1" if code[place] == "0" else "0"
    assert read_credit_code(code) == code
    with pytest.raises(Unreadable):
        read_credit_code(code[:place] + changed + code[place + 1 :])
