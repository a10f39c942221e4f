"""What a line of a ledger, statement or bill may say, with the headings that banks use."""

from __future__ import annotations

from village_app.domain.kinds import DAY, MONEY, FieldDeclaration, LongText, Text

# Not read but computed: what came in, negative what went out.
BOOKED = "booked"


def ledger_fields() -> tuple[FieldDeclaration, ...]:
    """Declare the fields of a line."""
    return (*_what(), *_sums(), *_how())


def _what() -> tuple[FieldDeclaration, ...]:
    return (
        FieldDeclaration(
            "day",
            "日期",
            DAY,
            required=True,
            synonyms=(
                *("交易日期", "交易时间", "记账日期", "入账日期", "凭证日期", "业务日期", "日 期"),
                *("交易日", "记账日", "付款时间", "发生日期", "交易创建时间", "入账时间"),
            ),
        ),
        FieldDeclaration(
            "voucher", "凭证号", Text(40), synonyms=("凭证字号", "凭证编号", "记账凭证号", "字号")
        ),
        FieldDeclaration(
            "summary",
            "摘要",
            Text(200),
            synonyms=(
                *("用途", "事由", "说明", "商品", "商品说明", "商品名称", "交易摘要", "摘要说明"),
                *("附言", "交易说明", "摘要/用途", "业务摘要", "交易描述"),
            ),
        ),
        FieldDeclaration(
            "account",
            "科目",
            Text(40),
            synonyms=("会计科目", "科目名称", "收支项目", "收支科目", "项目"),
        ),
        FieldDeclaration(
            "party",
            "收（付）款人",
            Text(100),
            sensitivity="personal",
            synonyms=(
                *("收款人", "付款人", "对方户名", "对方名称", "交易对方", "对方账户名称", "户名"),
                *("收付款人", "缴款人", "往来单位", "对方单位", "对方户名称", "收款单位"),
            ),
        ),
    )


def _sums() -> tuple[FieldDeclaration, ...]:
    return (
        FieldDeclaration(
            "income",
            "收入",
            MONEY,
            synonyms=(
                *("收入金额", "收入（元）", "贷方", "贷方金额", "贷方发生额", "存入金额", "收方"),
                *("转入金额", "存入", "收入金额（元）", "贷方发生额（收入）", "记账金额(收入)"),
            ),
        ),
        FieldDeclaration(
            "expense",
            "支出",
            MONEY,
            synonyms=(
                *("支出金额", "支出（元）", "借方", "借方金额", "借方发生额", "支取金额", "付方"),
                *("转出金额", "支取", "支出金额（元）", "借方发生额（支取）", "记账金额(支出)"),
            ),
        ),
        FieldDeclaration(
            "amount",
            "金额",
            MONEY,
            synonyms=("金额（元）", "交易金额", "发生额", "交易金额（元）", "发生金额"),
        ),
        FieldDeclaration(
            "direction",
            "收/支",
            Text(20),
            synonyms=("收支", "借贷标志", "借贷", "借贷方向", "收支类型", "收付标志", "方向"),
        ),
        FieldDeclaration("currency", "币种", Text(20), synonyms=("货币", "币别", "交易币种")),
        FieldDeclaration(BOOKED, "收支净额", MONEY),
    )


def _how() -> tuple[FieldDeclaration, ...]:
    return (
        FieldDeclaration(
            "method",
            "结算方式",
            Text(40),
            synonyms=("支付方式", "收/付款方式", "收款方式", "付款方式", "收付方式"),
        ),
        FieldDeclaration(
            "serial",
            "流水号",
            Text(80),
            synonyms=(
                *("交易单号", "交易订单号", "交易流水号", "银行流水号", "核心流水号", "业务流水号"),
                *("流水编号", "交易号", "凭证流水号"),
            ),
        ),
        FieldDeclaration("status", "交易状态", Text(40), synonyms=("当前状态", "状态", "交易结果")),
        FieldDeclaration(
            "category", "交易类型", Text(40), synonyms=("交易分类", "业务类型", "交易种类")
        ),
        FieldDeclaration("receipt", "票据号", Text(60), synonyms=("发票号", "发票号码", "收据号")),
        FieldDeclaration("note", "备注", LongText(2000)),
    )
