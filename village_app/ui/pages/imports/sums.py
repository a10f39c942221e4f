"""What an import writes and what it does not, as a sum that stands on the table."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QVBoxLayout, QWidget

from village_app.ui.kit.text import Text

_WRITTEN = (("new", "新增"), ("update", "更新"))
_LEFT = (
    ("same", "无变化"),
    ("suspected", "疑似重复"),
    ("error", "错误"),
    ("skipped", "不导入"),
)


class ImportSum(QWidget):
    """Two lines: what is written, what is left out; together they are all rows of the list."""

    def __init__(self) -> None:
        super().__init__()
        self.written = Text("", wrap=True)
        self.left = Text("", tone="ink2", wrap=True)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.addWidget(self.written)
        body.addWidget(self.left)

    def show_counts(self, counts: Mapping[str, int], *, updates: bool) -> None:
        """Show a plan's counts; `updates` says whether known records take new values."""
        written = _WRITTEN if updates else _WRITTEN[:1]
        left = _LEFT if updates else (_WRITTEN[1], *_LEFT)
        rest = counts["all"] - counts["writes"]
        self.written.setText(f"写入 {counts['writes']} 行 = {_terms(counts, written)}")
        total = f"共 {counts['all']} 行 = 写入 {counts['writes']} + 不写 {rest}。"
        told = f"不写 {rest} 行 = {_terms(counts, left)}。" if rest else ""
        self.left.setText(f"{told}{total}")


def _terms(counts: Mapping[str, int], words: tuple[tuple[str, str], ...]) -> str:
    there = [f"{word} {counts[key]}" for key, word in words if counts[key]]
    return " + ".join(there) or "0"
