"""Lists of subsidies and aid as a target of imports: who gets how much, on which account.

Two lines of one person are both read: the check of the list shows them together, so that the
clerk sees which of the two is wrong. The same file again adds nothing.
"""

from __future__ import annotations

from village_app.domain.kinds import (
    BANK_ACCOUNT,
    IDENTITY_NUMBER,
    MONEY,
    PERSON_NAME,
    PHONE,
    FieldDeclaration,
    Text,
)
from village_app.domain.money import show_money
from village_app.importing.plans.recognition import ByKeys, OwnKey, RowFacts
from village_app.importing.rows.cleaning import Circumstances, CleanRow, RowCheck
from village_app.importing.rows.household_cells import clean_group
from village_app.importing.rows.records import Record
from village_app.importing.tables.content import ContentTest, like_group, readable_by
from village_app.importing.tables.groups import group_key
from village_app.importing.tables.targets import Target


def aid_fields() -> tuple[FieldDeclaration, ...]:
    """Declare what a line of such a list may say, with the headings that towns use."""
    return (
        FieldDeclaration(
            "name",
            "姓名",
            PERSON_NAME,
            required=True,
            sensitivity="personal",
            synonyms=("补贴对象", "享受人", "领取人", "户主", "户主姓名", "农户姓名", "对象姓名"),
        ),
        FieldDeclaration("id_number", "身份证号", IDENTITY_NUMBER, sensitivity="sensitive"),
        FieldDeclaration("group_name", "村民小组", Text(40), synonyms=("小组", "组别", "所属小组")),
        FieldDeclaration("phone", "电话", PHONE, sensitivity="sensitive"),
        FieldDeclaration(
            "bank_account",
            "银行账号",
            BANK_ACCOUNT,
            sensitivity="sensitive",
            synonyms=("一卡通账号", "社保卡账号", "发放账号", "卡号"),
        ),
        FieldDeclaration(
            "quantity",
            "面积或人数",
            Text(40),
            synonyms=("补贴面积", "面积", "面积（亩）", "人数", "保障人数", "补贴数量", "数量"),
        ),
        FieldDeclaration(
            "amount",
            "金额",
            MONEY,
            required=True,
            synonyms=(
                *("补贴金额", "发放金额", "金额（元）", "补贴金额（元）", "发放金额（元）"),
                *("实发金额", "应发金额", "补助金额", "慰问金额", "津贴金额", "月保障金"),
            ),
        ),
        FieldDeclaration("note", "备注", Text(200), sensitivity="personal"),
    )


class _AidRecognition(ByKeys):
    """A known line is the one with the same number; lines of one file never meet."""

    def own_keys(self, facts: RowFacts) -> tuple[OwnKey, ...]:
        del facts
        return ()


def check_amount(row: CleanRow, record: Record, around: Circumstances) -> None:
    """Refuse an amount that is not above nought."""
    del record, around
    amount = row.values.get("amount")
    if amount is not None and amount <= 0:
        message = f"金额是 {show_money(amount)} 元，要大于零，没有收进来。"
        row.refuse("amount", "not_positive", message)


AID_CHECKS: tuple[RowCheck, ...] = (check_amount,)


def aid_target() -> Target:
    """Describe the lines of a list of subsidies as a target of imports."""
    return Target(
        name="aid",
        label="补贴名单",
        counter="人",
        fields=aid_fields(),
        needed=(frozenset({"name"}), frozenset({"amount"})),
        keys=frozenset({"name", "amount"}),
        recognition=_AidRecognition(
            certain=(("id_number",),),
            likely=(("name", "group_name"), ("name", "amount")),
            labels={
                "id_number": "证件号码",
                "name": "姓名",
                "group_name": "小组",
                "amount": "金额",
            },
        ),
        checks=AID_CHECKS,
        grave=frozenset({"name", "amount"}),
        tests={
            "amount": ContentTest(readable_by(MONEY), "金额", doubt=0.3),
            "group_name": ContentTest(like_group, "小组名", proof=0.6),
        },
        cleaners={"group_name": clean_group},
        equal={"group_name": lambda old, new: group_key(str(old)) == group_key(str(new))},
    )
