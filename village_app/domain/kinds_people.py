"""Kinds of values about persons and firms: names, numbers of papers, phones, cards, addresses."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from village_app.domain import masking
from village_app.domain.credit_code import read_credit_code
from village_app.domain.identity import check_identity
from village_app.domain.kind import Doubt, Kind, SpreadsheetFormat
from village_app.domain.names import pinyin_key
from village_app.domain.person_names import check_name, clean_name
from village_app.domain.phones import read_phone, split_phones
from village_app.domain.spreadsheet_damage import digits_of, ends_like_lost, lost_digits
from village_app.domain.texts import clean_line, compact
from village_app.domain.unreadable import Unreadable

_BLANK = {"", "无", "-", "—", "/"}


class PersonName(Kind):
    """A person's name as the register writes it; cleaned, never changed to other characters."""

    name = "person_name"
    spreadsheet = SpreadsheetFormat("@", 12, as_text=True)

    def parse(self, raw: object) -> str | None:
        text = "" if raw is None else clean_name(str(raw)).name
        if not text:
            return None
        check_name(text)
        return text

    def mask(self, value: Any) -> str:
        return masking.mask_name(value) if value else ""

    def sort_key(self, value: Any) -> Any:
        """Sort by sound; lists in the database are sorted by keys kept beside the name."""
        return (value is None, pinyin_key(value) if value else "")


_IDENTITY_LENGTH = 18


class IdentityNumber(Kind):
    """A citizen identity number (GB 11643), eighteen characters; old ones are lengthened."""

    name = "identity_number"
    spreadsheet = SpreadsheetFormat("@", 22, as_text=True)

    def parse(self, raw: object) -> str | None:
        if raw is None or compact(str(raw)) in _BLANK:
            return None
        check = check_identity(raw)
        if check.errors:
            worst = check.errors[0]
            raise Unreadable(worst.code, worst.message, worst.suggestion)
        return check.number

    def mask(self, value: Any) -> str:
        return masking.mask_identity(value, "screen") if value else ""

    def doubts(self, value: Any, raw: object = None) -> tuple[Doubt, ...]:
        warnings = check_identity(raw or value).warnings if value else ()
        return tuple(Doubt(finding.code, finding.message) for finding in warnings)


class DocumentNumber(Kind):
    """The number of a passport, permit or other paper: letters, digits and hyphens."""

    name = "document_number"
    spreadsheet = SpreadsheetFormat("@", 22, as_text=True)

    def parse(self, raw: object) -> str | None:
        if raw is None or compact(str(raw)) in _BLANK:
            return None
        if lost_digits(raw):
            raise _damaged()
        text = digits_of(raw).upper()
        if not re.fullmatch(r"[0-9A-Z][0-9A-Z()\-]{2,29}", text):
            raise Unreadable("wrong_characters", "证件号码只能是字母和数字，请对照证件核对。")
        return text

    def mask(self, value: Any) -> str:
        if value and len(value) == _IDENTITY_LENGTH and value[:-1].isdecimal():
            return masking.mask_identity(value, "screen")
        return masking.mask_document(value) if value else ""


class Phone(Kind):
    """One telephone number in its kept form, see `phones.read_phone`."""

    name = "phone"
    spreadsheet = SpreadsheetFormat("@", 15, as_text=True)

    def parse(self, raw: object) -> str | None:
        return read_phone(raw)

    def mask(self, value: Any) -> str:
        return masking.mask_phone(value) if value else ""


class Phones(Kind):
    """Any number of telephone numbers, kept and shown with 、 between them."""

    name = "phones"
    spreadsheet = SpreadsheetFormat("@", 26, as_text=True)

    def parse(self, raw: object) -> str | None:
        numbers = [read_phone(one) for one in split_phones(raw)]
        return "、".join(dict.fromkeys(one for one in numbers if one)) or None

    def mask(self, value: Any) -> str:
        return "、".join(map(masking.mask_phone, value.split("、"))) if value else ""


class BankAccount(Kind):
    """A card or account number: 8 to 30 digits, hyphens of old passbooks kept out."""

    name = "bank_account"
    spreadsheet = SpreadsheetFormat("@", 24, as_text=True)

    def parse(self, raw: object) -> str | None:
        if raw is None or compact(str(raw)) in _BLANK:
            return None
        if lost_digits(raw):
            raise _damaged()
        digits = digits_of(raw).replace("-", "")
        if "*" in digits:
            raise Unreadable("masked", "这是隐去中间几位的账号，请填完整的账号。")
        if not re.fullmatch(r"\d{8,30}", digits):
            raise Unreadable("wrong_account", "银行账号应为 8 到 30 位数字，请对照存折或卡核对。")
        return digits

    def mask(self, value: Any) -> str:
        return masking.mask_bank_account(value) if value else ""

    def doubts(self, value: Any, raw: object = None) -> tuple[Doubt, ...]:
        del raw
        if value and ends_like_lost(value):
            return (Doubt("maybe_damaged", "账号末几位全是 0，可能被 Excel 损坏过，请核对。"),)
        return ()


class CreditCode(Kind):
    """The unified social credit code of an organisation (GB 32100-2015); public by law."""

    name = "credit_code"
    spreadsheet = SpreadsheetFormat("@", 22, as_text=True)

    def parse(self, raw: object) -> str | None:
        return None if raw is None or compact(str(raw)) in _BLANK else read_credit_code(raw)


class Address(Kind):
    """Where somebody lives or something lies; masked down to the village group."""

    name = "address"
    spreadsheet = SpreadsheetFormat("@", 30, as_text=True)
    longest: ClassVar[int] = 200

    def parse(self, raw: object) -> str | None:
        text = "" if raw is None else clean_line(str(raw))
        if text in _BLANK:
            return None
        if len(text) > self.longest:
            raise Unreadable("too_long", f"地址最多 {self.longest} 个字，请写短一些。")
        return text

    def mask(self, value: Any) -> str:
        return masking.mask_address(value) if value else ""


def _damaged() -> Unreadable:
    sentence = "号码已被 Excel 损坏，后几位找不回来了，请对照原件重填，并把这一列设为文本格式。"
    return Unreadable("damaged", sentence)


PERSON_NAME = PersonName()
IDENTITY_NUMBER = IdentityNumber()
DOCUMENT_NUMBER = DocumentNumber()
PHONE = Phone()
PHONES = Phones()
BANK_ACCOUNT = BankAccount()
CREDIT_CODE = CreditCode()
ADDRESS = Address()
