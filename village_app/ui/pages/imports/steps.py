"""The five steps of an import: their names, what the head and the key strip say in each."""

from __future__ import annotations

from village_app.ui.kit.keys import Key

CHOOSING, MATCHING, TRIAL, WRITING, DONE = range(5)
NAMES = ("选文件", "对好列", "试导入", "写入台账", "完成")
UNTOUCHED = "还没有写入任何东西，随时可以退出。"
FACTS = (
    "",
    "第二步：看看每一列是什么",
    "第三步：试导入的结果，还没有写入",
    "第四步：正在写入",
    "完成",
)
KEYS = (
    (Key("Ctrl+O", "选表格"), Key("Ctrl+V", "粘贴几行"), Key("Esc", "回去")),
    (
        Key("↑ ↓", "选一列"),
        Key("Ctrl+Z", "退回"),
        Key("Ctrl+Enter", "试导入"),
        Key("Esc", "先放下"),
    ),
    (
        Key("↑↓←→", "走格子"),
        Key("F2", "改这一格"),
        Key("F8", "下一处错误"),
        Key("Ctrl+V", "粘贴多行"),
        Key("Ctrl+Z", "退回"),
        Key("Ctrl+Enter", "写入"),
    ),
    (Key("Esc", "停下，什么都不写"),),
    (Key("Ctrl+Enter", "去看台账"),),
)


def left_words(wrong: int, doubtful: int) -> str:
    """Say which rows are not written; blank where there are none."""
    told = [f"有错的 {wrong} 行"] if wrong else []
    told += [f"疑似重复的 {doubtful} 行"] if doubtful else []
    return f"{'、'.join(told)}先不写，改好再来也行。" if told else ""
