"""People and where they live: the place tree, households, residents, and imports of them."""

from __future__ import annotations

from typing import ClassVar

from village_app.db.fields import Record, column
from village_app.domain.code_tables import CodeChoice
from village_app.domain.kinds import (
    ADDRESS,
    BANK_ACCOUNT,
    COUNT,
    DAY,
    DOCUMENT_NUMBER,
    LONG_TEXT,
    MOMENT,
    PERSON_NAME,
    PHONE,
    PHONES,
    TEXT,
    Choice,
    Reference,
    options_of,
)

PLACE_KINDS = Choice(
    options_of(
        (
            ("village", "村"),
            ("group", "村民小组"),
            ("grid", "网格"),
            ("building", "楼栋"),
            ("door", "门牌"),
        )
    )
)


class Place(Record):
    """A node of the place tree 村→村民小组→网格→楼栋→门牌; renamed once, new everywhere."""

    title: ClassVar[str] = "地点"

    class Meta:
        table_name = "place"

    name = column("名称", TEXT, required=True)
    kind = column("类别", PLACE_KINDS, required=True)
    parent_id = column("上级", Reference("place"))
    position = column("排序", COUNT)


class Household(Record):
    """A household: persons living together under one head."""

    title: ClassVar[str] = "户"

    class Meta:
        table_name = "household"

    number = column("户号", TEXT, required=True, sensitivity="personal")
    group_id = column("村民小组", Reference("place"))
    address = column("门牌地址", ADDRESS, sensitivity="personal")
    head_id = column("户主", Reference("resident"), in_form=False)
    note = column("备注", LONG_TEXT, sensitivity="personal")
    # Merged into another household on this day; it holds nobody since.
    ended_on = column("并走日期", DAY, in_form=False)
    # Computed when saved, so that lists can be ordered and found by them.
    door_key = column("门牌排序", TEXT, in_form=False)


class Resident(Record):
    """One person of the register."""

    title: ClassVar[str] = "居民"

    class Meta:
        table_name = "resident"

    name = column(
        "姓名", PERSON_NAME, required=True, sensitivity="personal", purpose="登记和联系村民"
    )
    id_type = column("证件类型", CodeChoice("document"), default="identity_card")
    id_number = column("证件号码", DOCUMENT_NUMBER, sensitivity="personal", purpose="核对身份")
    sex = column("性别", CodeChoice("sex"))
    birth = column("出生日期", DAY, sensitivity="personal")
    ethnicity = column("民族", CodeChoice("people"))
    phone = column("电话", PHONE, sensitivity="personal", purpose="联系")
    other_phones = column("其他电话", PHONES, sensitivity="personal", purpose="联系")
    household_id = column("户", Reference("household"))
    relation = column("与户主关系", CodeChoice("relation"))
    group_id = column("村民小组", Reference("place"))
    grid_id = column("网格", Reference("place"))
    address = column("住址", ADDRESS, sensitivity="personal")
    politics = column("政治面貌", CodeChoice("political"))
    education = column("文化程度", CodeChoice("education"))
    marriage = column("婚姻状况", CodeChoice("marriage"), sensitivity="personal")
    registration = column("户籍性质", CodeChoice("registration"))
    residence = column("居住状态", CodeChoice("residence"))
    member = column("集体经济组织成员", CodeChoice("member"))
    status = column("状态", CodeChoice("life"), default="active")
    bank = column("开户行", TEXT, sensitivity="personal")
    bank_account = column("银行账号", BANK_ACCOUNT, sensitivity="sensitive", purpose="发放补贴")
    shares = column("股份数", TEXT)
    note = column("备注", LONG_TEXT, sensitivity="personal")
    reading = column("姓名读音", TEXT, sensitivity="personal", hint="多音字读错时改这里，如：tán")
    extra = column("自设项目", LONG_TEXT, sensitivity="personal", in_form=False)
    # Computed when saved, so that lists can be ordered and found by them.
    spellings = column("拼音", TEXT, in_form=False, sensitivity="personal")
    pinyin_key = column("拼音排序", TEXT, in_form=False, sensitivity="personal")
    stroke_key = column("姓氏笔画排序", TEXT, in_form=False, sensitivity="personal")
    name_stroke_key = column("姓名笔画排序", TEXT, in_form=False, sensitivity="personal")


class ImportBatch(Record):
    """One finished import: which file, who, how many rows, and the change it was."""

    title: ClassVar[str] = "导入"
    undone_as: ClassVar[dict[str, object] | None] = {"state": "undone"}

    class Meta:
        table_name = "import_batch"

    file_name = column("文件名", TEXT, required=True, sensitivity="personal")
    fingerprint = column("文件指纹", TEXT, required=True)
    target = column("导入到", TEXT, required=True)
    at = column("时间", MOMENT, required=True)
    user = column("经手人", TEXT, required=True)
    counts = column("结果", LONG_TEXT, required=True)
    state = column(
        "状态",
        Choice(options_of((("done", "已写入"), ("undone", "已撤回")))),
        required=True,
        default="done",
    )


class ColumnMapping(Record):
    """How the columns of a header were understood, kept for the next file with the same header."""

    title: ClassVar[str] = "列对应"

    class Meta:
        table_name = "column_mapping"

    signature = column("表头指纹", TEXT, required=True)
    target = column("导入到", TEXT, required=True)
    mapping = column("对应", LONG_TEXT, required=True)
    name = column("名称", TEXT)
