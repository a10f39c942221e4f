"""Numbers of persons in running text: what must be found, and what must be left in peace."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.papers.sample_papers import identity
from village_app.domain.masking_policies import masking_policies
from village_app.papers.privacy.folding import fold
from village_app.papers.privacy.masks import mask_number
from village_app.papers.privacy.numbers import find_numbers, fits_luhn

TODAY = date(2026, 4, 28)
NUMBER = identity(date(1985, 6, 30), 123)
WRONG = NUMBER[:17] + ("1" if NUMBER[17] != "1" else "2")
CARD = next(card for card in (f"621700123456789012{last}" for last in range(10)) if fits_luhn(card))


def found(text: str) -> list[tuple[str, str]]:
    return [(hit.kind, hit.text) for hit in find_numbers(fold(text), TODAY)]


def test_the_sample_card_has_its_check_digit() -> None:
    wrong = CARD[:-1] + str((int(CARD[-1]) + 1) % 10)
    assert fits_luhn(CARD)
    assert not fits_luhn(wrong)
    assert found(wrong) == [("bank_card_doubtful", wrong)]


@pytest.mark.parametrize(
    "text",
    [
        NUMBER,
        f"身份证号{NUMBER}，电话另附",
        f"{NUMBER[:6]}-{NUMBER[6:14]}-{NUMBER[14:]}",
        f"{NUMBER[:6]} {NUMBER[6:14]} {NUMBER[14:]}",
        f"{NUMBER[:6]}\n{NUMBER[6:14]}\n{NUMBER[14:]}",
        " ".join(NUMBER),
        "".join(chr(ord(digit) + 0xFEE0) for digit in NUMBER),
        NUMBER[:9] + "\u200b" + NUMBER[9:],
        f"第3号 {NUMBER}",
        f"1.{NUMBER}",
        f"{NUMBER}13812341234",
        "".join("零一二三四五六七八九"[int(digit)] for digit in identity(date(1985, 6, 30), 1)[:17])
        + identity(date(1985, 6, 30), 1)[17],
    ],
)
def test_an_identity_number_is_found_however_it_is_written(text: str) -> None:
    assert [kind for kind, _ in found(text)][:1] == ["identity"]


def test_a_number_ending_in_x_is_found_small_and_wide() -> None:
    serial = next(n for n in range(1, 99) if identity(date(1970, 1, 2), n).endswith("X"))
    number = identity(date(1970, 1, 2), serial)
    assert found(number.lower()) == [("identity", number.lower())]
    assert found(number[:17] + "Ｘ") == [("identity", number[:17] + "Ｘ")]


def test_a_wrong_check_digit_leaves_a_doubt() -> None:
    assert found(f"证号{WRONG}。") == [("identity_doubtful", WRONG)]


def test_an_old_number_of_fifteen_digits_is_known_by_its_birth_date() -> None:
    assert found("旧证 441900850630123") == [("identity_old", "441900850630123")]
    assert found("回执 441900851330123") == []


def test_a_number_that_still_shows_the_birth_date_is_hidden_too_little() -> None:
    assert found("44190019850630****") == [("identity_thin", "44190019850630****")]
    assert found("441900********123X") == []


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("电话13512342210", "13512342210"),
        ("135-1234-2210", "135-1234-2210"),
        ("135 1234 2210", "135 1234 2210"),
        ("1351 2342 210", "1351 2342 210"),
        ("+86 13512342210", "13512342210"),
        ("１３５１２３４２２１０", "１３５１２３４２２１０"),
        ("一三五一二三四二二一零", "一三五一二三四二二一零"),
        ("1 3 5 1 2 3 4 2 2 1 0", "1 3 5 1 2 3 4 2 2 1 0"),
        ("微信同号19912342210，请联系", "19912342210"),
    ],
)
def test_a_mobile_number_is_found_however_it_is_written(text: str, piece: str) -> None:
    assert found(text) == [("mobile", piece)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("监督电话：0769-83731234", "landline"),
        ("(0769)83731234", "landline"),
        ("联系电话 83731234", "landline"),
        (f"卡号：{CARD}", "bank_card"),
        (CARD, "bank_card"),
        (f"{CARD[:4]} {CARD[4:8]} {CARD[8:12]} {CARD[12:16]} {CARD[16:]}", "bank_card"),
        ("开户账号：080010190010012345", "bank_account"),
        ("护照E12345678", "passport"),
        ("持E12345678来访", "passport_doubtful"),
        ("回乡证号 H0123456700", "passport"),
        ("车牌粤S12345停在", "plate"),
        ("粤S·12345", "plate"),
        ("粤SD12345", "plate"),
    ],
)
def test_other_numbers_of_persons_are_found(text: str, kind: str) -> None:
    assert [hit for hit, _ in found(text)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "金额1,234,567.89元，其中13,512,342,210.00元",
        "合计13512342210元",
        "合计13512342210.00",
        "隔村公示〔2026〕12号",
        "付-008、收-013、付2026-03-30-008",
        "公示期：2026年3月2日至2026年3月8日（共7日）。",
        "2026-03-02至2026-03-08",
        "1985-06-30 305元",
        "2026.03.02 2026.03.08 12",
        "统一社会信用代码91441900MA4W1234XY",
        "合同编号GD20260302001，附件E20260302",
        "发票代码044001900211，号码12345678",
        "应到42人，实到31人，赞成28票",
        "东经113.98765432，北纬23.04123456",
        "138****1234，441900********123X",
        "12345政务服务热线、110、119、120",
        "邮编523460",
        "2026030200120001",
        "京东A座12345",
        "第三届A12345方案",
        "面积1234.56平方米，长13512.3422米",
        "用时10:30—12:00，2026/4/28",
        "400 800 1200 3600 5400 7200",
    ],
)
def test_what_is_no_number_of_a_person_passes(text: str) -> None:
    assert found(text) == []


@settings(max_examples=200, deadline=None)
@given(
    st.integers(0, 10**13),
    st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    st.integers(1, 999),
)
def test_no_amount_day_or_notice_number_is_taken_for_a_person(
    fen: int, day: date, number: int
) -> None:
    yuan, rest = divmod(fen, 100)
    text = (
        f"隔村公示〔{day.year}〕{number}号，{day.year}年{day.month}月{day.day}日支出{yuan:,}.{rest:02d}元，"
        f"凭证付-{number:03d}，票据{day:%Y%m%d}{number:04d}"
    )
    assert found(text) == []


@settings(max_examples=200, deadline=None)
@given(
    st.dates(date(1920, 1, 1), date(2026, 1, 1)),
    st.integers(0, 999),
    st.sampled_from(["11", "44", "65"]),
    st.sampled_from(["", " ", "-", "·", "\n"]),
    st.sampled_from(["", "身份证：", "张三 "]),
)
def test_every_right_number_is_found_with_any_mark_between(
    birth: date, serial: int, region: str, gap: str, before: str
) -> None:
    number = identity(birth, serial, f"{region}0101")
    written = gap.join((number[:6], number[6:14], number[14:]))
    assert ("identity", written) in found(before + written + "。")


@pytest.mark.parametrize(
    ("kind", "number", "policy", "masked"),
    [
        ("identity", "44190019850630123X", "subsidy", "441900********123X"),
        ("identity", "44190019850630123X", "welfare", "**************123X"),
        ("mobile", "13512342210", "welfare", "135****2210"),
        ("landline", "076983731234", "welfare", "0769-****1234"),
        ("landline", "83731234", "welfare", "****1234"),
        ("bank_card", "6217001234567890128", "subsidy", "***************0128"),
        ("passport", "E12345678", "general", "E*****678"),
        ("plate", "粤S12123", "general", "粤S·**123"),
    ],
)
def test_a_number_is_masked_as_the_policy_wants(
    kind: str, number: str, policy: str, masked: str
) -> None:
    assert mask_number(kind, number, masking_policies()[policy]) == masked
