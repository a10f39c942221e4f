"""The form of a notice: template and number, heading, text, posting period, who signs, masking."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from village_app.domain.kinds import (
    COUNT,
    LONG_TEXT,
    TEXT,
    Choice,
    FieldDeclaration,
    Unreadable,
    options_of,
)
from village_app.domain.masking_policies import masking_policies
from village_app.services.notices.writing import Written
from village_app.ui.kit.editors import LongTextEditor
from village_app.ui.kit.form import RecordForm

LINES = (
    ("template", "number"),
    ("heading",),
    ("body",),
    ("period_days", "period_unit"),
    ("issuers", "contact"),
    ("policy", "catalogue_code"),
    ("to", "place"),
)
_HEAD = ("template", "number")
_TEXT_LINES = 4
BAR = "｜"
TAB = "\t"


class _BodyEditor(LongTextEditor):
    """The notice's text; lines pasted out of a spreadsheet become lines of a table."""

    def value(self) -> Any:
        lines = self.raw().split("\n")
        return self.kind.parse("\n".join(map(_barred, lines)))


def _barred(line: str) -> str:
    """Put a bar where a spreadsheet puts a tab, so that the cells stay apart."""
    return f"{BAR}{line.replace(TAB, BAR)}{BAR}" if TAB in line else line


class NoticeForm(RecordForm):
    """A form that speaks `Written`; template and number are shown and not typed."""

    def __init__(
        self, catalogue: Sequence[tuple[str, str]], explain_period: Callable[[Any], str]
    ) -> None:
        declarations = _declarations(catalogue)
        body = next(one for one in declarations if one.name == "body")
        super().__init__(
            declarations,
            lines=LINES,
            explain={"period_days": explain_period},
            editors={"body": _BodyEditor(body.kind, _TEXT_LINES)},
        )
        for name in _HEAD:
            self.editor(name).set_read_only(True)

    def show_written(self, written: Written, template: str, number: str) -> None:
        """Show a notice."""
        self.set_values(
            {
                "template": template,
                "number": number,
                "heading": written.heading,
                "to": written.to,
                "body": written.body,
                "period_days": written.period_days,
                "period_unit": written.period_unit,
                "issuers": written.issuers,
                "contact": written.contact,
                "policy": written.policy,
                "catalogue_code": written.catalogue_code or None,
                "place": written.place,
            }
        )

    def read_written(self) -> Written:
        """Read the form; raises `InvalidInput` and shows every fault."""
        return _written(self.values())

    def try_written(self) -> Written | None:
        """Read the form while somebody types: None while something cannot be read yet."""
        values: dict[str, Any] = {}
        for declared in self.declarations:
            try:
                values[declared.name] = self.editor(declared.name).value()
            except Unreadable:
                return None
        return _written(values) if values["heading"] and values["body"] else None

    def set_editable(self, *, editable: bool) -> None:
        """Let everything be typed but template and number, or nothing."""
        self.set_read_only(not editable)
        for name in _HEAD:
            self.editor(name).set_read_only(True)


def _written(values: Mapping[str, Any]) -> Written:
    return Written(
        heading=values["heading"] or "",
        body=values["body"] or "",
        issuers=values["issuers"] or "",
        to=values["to"] or "",
        period_days=values["period_days"],
        period_unit=values["period_unit"] or "day",
        policy=values["policy"] or "general",
        catalogue_code=values["catalogue_code"] or "",
        contact=values["contact"] or "",
        place=values["place"] or "",
    )


def _declarations(catalogue: Sequence[tuple[str, str]]) -> tuple[FieldDeclaration, ...]:
    units = Choice(options_of((("day", "日"), ("work_day", "工作日"))))
    policies = Choice(options_of((one.code, one.label) for one in masking_policies().values()))
    items = Choice(options_of((code, f"{code} {name}") for code, name in catalogue))
    return (
        FieldDeclaration("template", "模板", TEXT),
        FieldDeclaration("number", "编号", TEXT),
        FieldDeclaration("heading", "标题", TEXT, required=True),
        FieldDeclaration("to", "主送", TEXT),
        FieldDeclaration(
            "body",
            "正文",
            LONG_TEXT,
            required=True,
            hint="一行一段；表格一行一行写，格子用“｜”隔开，也可以从表格软件里粘进来",
        ),
        FieldDeclaration("period_days", "公示天数", COUNT),
        FieldDeclaration("period_unit", "按", units),
        FieldDeclaration("issuers", "落款", TEXT),
        FieldDeclaration("contact", "联系", TEXT),
        FieldDeclaration("policy", "脱敏规则", policies, required=True),
        FieldDeclaration("catalogue_code", "公开目录", items),
        FieldDeclaration("place", "张贴地点", TEXT),
    )
