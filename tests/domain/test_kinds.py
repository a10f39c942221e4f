"""Field kinds: what each reads, shows, masks, keeps and gives to a spreadsheet."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_app.domain import kinds
from village_app.domain.kinds import (
    ADDRESS,
    ATTACHMENT,
    BANK_ACCOUNT,
    COUNT,
    DAY,
    DOCUMENT_NUMBER,
    FLAG,
    IDENTITY_NUMBER,
    LONG_TEXT,
    MOMENT,
    MONEY,
    MONTH,
    PERSON_NAME,
    PHONE,
    PLACE,
    SHARE,
    TEXT,
    Choice,
    Day,
    Kind,
    Moment,
    Month,
    Option,
    Reference,
    Text,
    Unreadable,
    options_of,
)

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 1, 12, 1, 0, tzinfo=UTC)  # 09:00 in the village
SEX = Choice((Option("1", "男", ("M", "♂", "男性")), Option("2", "女", ("F", "♀"))))
TYPED_DAY = Day("near", today=lambda: TODAY)
TYPED_MOMENT = Moment(now=lambda: NOW)


@pytest.mark.parametrize(
    ("kind", "raw", "value", "shown"),
    [
        (PERSON_NAME, " 张　小明(户主) ", "张小明", "张小明"),
        (PERSON_NAME, "买买提•艾力", "买买提·艾力", "买买提·艾力"),
        (IDENTITY_NUMBER, "11010519491231002x", "11010519491231002X", "11010519491231002X"),
        (IDENTITY_NUMBER, "441900850630123", "44190019850630123X", "44190019850630123X"),
        (DOCUMENT_NUMBER, "e12345678", "E12345678", "E12345678"),
        (PHONE, "+86 138 1234 1234", "13812341234", "13812341234"),
        (PHONE, 13812341234.0, "13812341234", "13812341234"),
        (PHONE, "0769-8373 1234", "0769-83731234", "0769-83731234"),
        (BANK_ACCOUNT, "6217 0012 3456 7891 234", "6217001234567891234", "6217001234567891234"),
        (ADDRESS, " 隔坑村三组１２号 ", "隔坑村三组12号", "隔坑村三组12号"),
        (TYPED_DAY, "8.3", date(2026, 8, 3), "2026-08-03"),
        (TYPED_DAY, Decimal(19850630), date(1985, 6, 30), "1985-06-30"),
        (TYPED_DAY, date(1985, 6, 30), date(1985, 6, 30), "1985-06-30"),
        (TYPED_DAY, datetime(1985, 6, 30, 12, 0), date(1985, 6, 30), "1985-06-30"),  # noqa: DTZ001 a spreadsheet's day has no zone
        (MONTH, "2026年3月", "2026-03", "2026年3月"),
        (MONTH, date(2026, 3, 2), "2026-03", "2026年3月"),
        (TYPED_MOMENT, "8:40", datetime(2026, 1, 12, 0, 40, tzinfo=UTC), "2026-01-12 08:40"),
        (MONEY, "1,234.5", 123_450, "1,234.50"),
        (COUNT, "1,300人", 1_300, "1300"),
        (COUNT, "十二", 12, "12"),
        (COUNT, 12.0, 12, "12"),
        (SHARE, "2.53%", 253, "2.53%"),
        (SHARE, "3", 300, "3.00%"),
        (SHARE, "3成", 3_000, "30.00%"),
        (TEXT, " 路灯\n坏了 ", "路灯 坏了", "路灯 坏了"),
        (TEXT, 12.0, "12", "12"),
        (LONG_TEXT, "一、\r\n二、  ", "一、\n二、", "一、\n二、"),
        (SEX, "男", "1", "男"),
        (SEX, "f", "2", "女"),
        (SEX, 1, "1", "男"),
        (SEX, 2.0, "2", "女"),
        (FLAG, "√", True, "是"),
        (FLAG, "无", False, "否"),
        (FLAG, 1, True, "是"),
        (Reference("resident"), "12", 12, "#12"),
        (PLACE, 7, 7, "#7"),
        (ATTACHMENT, "A" * 64, "a" * 64, "有附件"),
    ],
)
def test_values_are_read_and_shown(kind: Kind, raw: object, value: Any, shown: str) -> None:
    assert kind.parse(raw) == value
    assert kind.show(value) == shown
    assert kind.from_database(kind.to_database(value)) == value


ALL_KINDS: list[Kind] = [
    kind for name in kinds.__all__ if isinstance(kind := getattr(kinds, name), Kind)
] + [SEX, Reference("household")]


@pytest.mark.parametrize("kind", ALL_KINDS, ids=lambda kind: kind.name)
@pytest.mark.parametrize("blank", [None, "", "  "])
def test_blank_is_none_and_shows_nothing(kind: Kind, blank: object) -> None:
    assert kind.parse(blank) is None
    assert kind.show(None) == ""
    assert kind.mask(None) == ""
    assert kind.to_database(None) is None
    assert kind.from_database(None) is None
    assert not kind.for_spreadsheet(None)
    assert kind.doubts(None) == ()


@pytest.mark.parametrize("kind", ALL_KINDS, ids=lambda kind: kind.name)
def test_every_kind_names_itself_and_its_storage(kind: Kind) -> None:
    assert kind.name
    assert kind.storage in ("text", "integer")
    assert kind.spreadsheet.width > 0


@pytest.mark.parametrize(
    ("kind", "raw", "code"),
    [
        (PERSON_NAME, "张三、李四", "several_names"),
        (PERSON_NAME, "张?明", "lost_character"),
        (PERSON_NAME, "张\uf001明", "lost_character"),
        (PERSON_NAME, "13812341234", "digits_in_name"),
        (PERSON_NAME, "张" * 51, "too_long"),
        (IDENTITY_NUMBER, "441900198506301231", "wrong_check_digit"),
        (DOCUMENT_NUMBER, "E1234_5678", "wrong_characters"),
        (DOCUMENT_NUMBER, "4.41901E+17", "damaged"),
        (PHONE, "13812341234/83731234", "several_phones"),
        (PHONE, "138123412345", "wrong_length"),
        (PHONE, "138****1234", "masked"),
        (PHONE, "八三七", "no_phone"),
        (BANK_ACCOUNT, 6217001234567891234, "damaged"),
        (BANK_ACCOUNT, "6217****1234", "masked"),
        (BANK_ACCOUNT, "12", "wrong_account"),
        (ADDRESS, "路" * 201, "too_long"),
        (TYPED_DAY, "1985.06", "day_missing"),
        (TYPED_DAY, "2026-02-30", "no_such_day"),
        (MONTH, "2026", "month_missing"),
        (TYPED_MOMENT, "2026-01-12", "no_time"),
        (TYPED_MOMENT, "25:00", "no_such_time"),
        (MONEY, "约500", "no_amount"),
        (COUNT, "1.5", "no_count"),
        (SHARE, "2.533%", "too_fine"),
        (SHARE, "很多", "no_share"),
        (Text(5), "一二三四五六", "too_long"),
        (SEX, "其他", "no_choice"),
        (FLAG, "大概", "no_flag"),
        (Reference("resident"), "张三", "no_reference"),
        (ATTACHMENT, "照片.jpg", "no_attachment"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_code_and_a_sentence(
    kind: Kind, raw: object, code: str
) -> None:
    with pytest.raises(Unreadable) as refused:
        kind.parse(raw)
    assert refused.value.code == code
    assert refused.value.message.endswith(("。", "？"))
    assert "！" not in refused.value.message


@pytest.mark.parametrize(
    ("kind", "value", "masked"),
    [
        (PERSON_NAME, "张小明", "张*明"),
        (IDENTITY_NUMBER, "441900198506301234", "4419**********1234"),
        (DOCUMENT_NUMBER, "E12345678", "E*****678"),
        (PHONE, "13800005678", "138****5678"),
        (BANK_ACCOUNT, "6217001234567891234", "621700*********1234"),
        (ADDRESS, "隔坑村三组12号", "隔坑村三组***"),
        (DAY, date(1985, 6, 30), "1985年"),
        (MONEY, 123_450, "1,234.50"),
    ],
)
def test_masks_on_screen(kind: Kind, value: Any, masked: str) -> None:
    assert kind.mask(value) == masked


def test_doubts_are_said_about_values_that_can_be_kept() -> None:
    assert [doubt.code for doubt in IDENTITY_NUMBER.doubts("440524188001010014")] == ["very_old"]
    assert [doubt.code for doubt in BANK_ACCOUNT.doubts("6217001234567890000")] == ["maybe_damaged"]
    assert IDENTITY_NUMBER.doubts("44190019850630123X") == ()
    old = IDENTITY_NUMBER.doubts("44190019850630123X", "441900850630123")
    assert [doubt.code for doubt in old] == ["old_number"]
    (doubt,) = TYPED_DAY.doubts(date(1985, 6, 30), "85.6.30")
    assert doubt.message == "年份只写了两位，按 1985 年算。"
    assert TYPED_DAY.doubts(date(1985, 6, 30), "1985.6.30") == ()


def test_a_spreadsheet_gets_numbers_days_and_text() -> None:
    assert MONEY.for_spreadsheet(123_450) == Decimal("1234.50")
    assert SHARE.for_spreadsheet(253) == Decimal("0.0253")
    assert DAY.for_spreadsheet(date(2026, 8, 3)) == date(2026, 8, 3)
    assert MOMENT.for_spreadsheet(NOW).isoformat() == "2026-01-12T09:00:00"
    assert SEX.for_spreadsheet("1") == "男"
    assert FLAG.for_spreadsheet(False) == "否"
    for kind in (PERSON_NAME, IDENTITY_NUMBER, PHONE, BANK_ACCOUNT, TEXT):
        assert kind.spreadsheet.as_text


def test_the_database_keeps_texts_and_integers() -> None:
    assert DAY.to_database(date(2026, 8, 3)) == "2026-08-03"
    assert MOMENT.to_database(NOW) == "2026-01-12T01:00:00.000000Z"
    assert FLAG.to_database(True) == 1
    assert FLAG.from_database(0) is False


@given(st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 bounds only
def test_moments_come_back_from_the_database_and_sort_there(moment: datetime) -> None:
    assert MOMENT.from_database(MOMENT.to_database(moment)) == moment
    later = moment + timedelta(microseconds=1)
    assert MOMENT.to_database(moment) < MOMENT.to_database(later)  # type: ignore[operator]  # both are texts
    shifted = moment.astimezone(timezone(timedelta(hours=8)))
    assert MOMENT.parse(shifted) == moment


@given(st.dates(date(1900, 1, 1)))
def test_days_come_back_from_what_they_show(value: date) -> None:
    assert DAY.parse(DAY.show(value)) == value
    assert MONTH.parse(MONTH.show(MONTH.parse(value))) == MONTH.parse(value)


def test_blanks_sort_last_and_choices_in_their_order() -> None:
    days = [None, date(2026, 1, 2), date(2025, 1, 2)]
    assert sorted(days, key=DAY.sort_key) == [date(2025, 1, 2), date(2026, 1, 2), None]
    grades = Choice(options_of([("b", "优"), ("a", "良")]))
    assert sorted([None, "a", "x", "b"], key=grades.sort_key) == ["b", "a", "x", None]
    assert sorted([None, 3, 1], key=MONEY.sort_key) == [1, 3, None]
    people = ["张明", None, "区明", "陈明"]
    assert sorted(people, key=PERSON_NAME.sort_key) == ["陈明", "区明", "张明", None]


def test_a_choice_refuses_with_what_may_be_chosen() -> None:
    with pytest.raises(Unreadable, match="可选：男、女"):
        SEX.parse("人")


def test_an_unknown_code_of_a_choice_is_shown_as_it_is() -> None:
    assert SEX.show("9") == "9"


def test_a_label_wins_over_the_code_of_another_option() -> None:
    kind = Choice((Option("1", "2"), Option("2", "1")))
    assert kind.parse("1") == "2"


def test_a_month_reads_todays_year() -> None:
    assert Month(today=lambda: TODAY).parse("8.3") == "2026-08"
