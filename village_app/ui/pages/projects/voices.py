"""监督和疑问: what the supervision committee saw, what villagers asked, what was answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from village_app.db.records.money import Question, SupervisionVisit
from village_app.domain.kinds import DAY, TEXT
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.columns import ColumnSpec, ListRow, ShortList, TwoLines
from village_app.ui.kit.lights import Light
from village_app.ui.kit.sheets import Sheet
from village_app.ui.kit.table import RecordTable

COLUMNS = (
    ColumnSpec("day", "日期", DAY, width=104),
    ColumnSpec("kind", "哪一种", TEXT, width=92),
    ColumnSpec("who", "谁", TEXT, width=120),
    ColumnSpec("said", "说了什么，怎样答复", TEXT, width=360, lines=2, stretch=True),
    ColumnSpec("state", "状态", TEXT, width=150, sortable=False),
)


class Voices(Sheet):
    """Questions with their replies, and visits, in one list by day."""

    def __init__(
        self,
        ask: Callable[[], object],
        visit: Callable[[], object],
        reply: Callable[[int], object],
    ) -> None:
        super().__init__("监督和疑问", flush=True)
        self.head.addWidget(Button("登记疑问", kind="quiet", press=ask))
        self.head.addWidget(Button("登记监督", kind="quiet", press=visit))
        self.table = RecordTable(ShortList(COLUMNS), name="voices", measure="条")
        self.table.opened.connect(reply)
        self.table.show_rows(3)
        self.add(self.table, 1)

    def show_voices(
        self, questions: Sequence[Question], visits: Sequence[SupervisionVisit], today: date
    ) -> None:
        """Show both, the newest first."""
        rows = [_question_row(one, today) for one in questions]
        rows += [_visit_row(one) for one in visits]
        rows.sort(key=lambda row: str(row.cells["day"]), reverse=True)
        self.table.refresh(ShortList(COLUMNS, rows))
        waiting = sum(1 for one in questions if one.replied_on is None)
        self.set_note(f"{waiting} 条等答复" if waiting else "")


def _question_row(one: Question, today: date) -> ListRow:
    if one.replied_on is not None:
        state = Light("done", f"{one.replied_on:%m-%d} 已答复")
    elif one.due_on < today:
        state = Light("over", f"超期 {(today - one.due_on).days} 天")
    else:
        state = Light("soon", f"{one.due_on:%m-%d} 前答复")
    result = f"（{one.result}）" if one.result else ""
    reply = f"答：{one.reply}{result}" if one.reply else "按 Enter 答复"
    cells = {
        "day": one.asked_on,
        "kind": "村民疑问",
        "who": one.asker or "没有留名",
        "said": TwoLines(one.text, reply),
        "state": state,
    }
    return ListRow(one.id, cells)


def _visit_row(one: SupervisionVisit) -> ListRow:
    seen = "；".join(
        f"{label}：{text}"
        for label, text in (
            ("招投标", one.procurement),
            ("进度", one.progress),
            ("质量", one.quality),
            ("资金", one.money),
        )
        if text
    )
    advice = f"意见：{one.advice}" if one.advice else ""
    answer = f"整改：{one.answer}" if one.answer else ""
    if one.advice and not one.answer:
        state = Light("soon", "等整改")
    else:
        state = Light("done", "已整改" if one.answer else "没有问题")
    cells = {
        "day": one.day,
        "kind": "监督记录",
        "who": one.visitors,
        "said": TwoLines(seen or advice, "　".join(part for part in (advice, answer) if part)),
        "state": state,
    }
    return ListRow(one.id, cells)
