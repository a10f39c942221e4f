"""诉求设置: categories with handler and limit, the limits themselves, templates of letters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtWidgets import QHBoxLayout

from village_app.domain.issue_course import STATE_LABELS
from village_app.domain.kinds import (
    COUNT,
    FLAG,
    LONG_TEXT,
    TEXT,
    Choice,
    FieldDeclaration,
    options_of,
)
from village_app.services.issues.issues import Category
from village_app.services.issues.replies import PLACES, ReplyTemplate
from village_app.services.issues.rules import UNITS, Tier
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.chips import Chip, ChipRow
from village_app.ui.kit.columns import ColumnSpec, ListRow, ShortList
from village_app.ui.kit.keys import Key
from village_app.ui.kit.table import RecordTable
from village_app.ui.page import Desk
from village_app.ui.pages.form_dialog import FormDialog, Typed
from village_app.ui.pages.safety.part import Part

CATEGORIES, TIERS, TEMPLATES = "categories", "tiers", "templates"
COLUMNS = {
    CATEGORIES: (
        ColumnSpec("name", "类别", TEXT, width=170, sortable=False),
        ColumnSpec("limit", "期限", TEXT, width=170, sortable=False),
        ColumnSpec("handler", "默认经办", TEXT, width=100, sortable=False),
        ColumnSpec("more", "小类", TEXT, width=220, stretch=True, sortable=False),
    ),
    TIERS: (
        ColumnSpec("name", "期限", TEXT, width=240, stretch=True, sortable=False),
        ColumnSpec("limit", "多久", TEXT, width=160, sortable=False),
    ),
    TEMPLATES: (
        ColumnSpec("name", "答复模板", TEXT, width=170, sortable=False),
        ColumnSpec("limit", "用在", TEXT, width=200, sortable=False),
        ColumnSpec("more", "内容", TEXT, width=300, stretch=True, sortable=False),
    ),
}
_UNIT = Choice(options_of(UNITS.items()))


class IssueSettingsPart(Part):
    """Three short lists behind chips; what is changed holds from today on."""

    keys = (Key("↑ ↓", "选一条"), Key("F2", "改"), Key("Ctrl+N", "加一条"))

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._shown = CATEGORIES
        self._rows: list[Any] = []
        self.dialog: FormDialog | None = None
        chips = (Chip(CATEGORIES, "类别"), Chip(TIERS, "期限"), Chip(TEMPLATES, "答复模板"))
        self.chips = ChipRow(chips, name="改哪一种")
        self.chips.chosen.connect(lambda keys: self.show_list(keys[0] if keys else CATEGORIES))
        self.table = RecordTable(
            ShortList(COLUMNS[CATEGORIES]),
            name="issue_settings",
            title="诉求设置",
            measure="条",
            preferences=desk.preferences,
        )
        self.table.opened.connect(lambda _key: self.edit())
        row = QHBoxLayout()
        row.addWidget(self.chips, 1)
        self.buttons = (
            Button("改", icon="pen", key="F2", press=self.edit),
            Button("加一条", icon="plus", key="Ctrl+N", press=self.add),
            Button("去掉", icon="trash", press=self.drop),
        )
        for button in self.buttons:
            row.addWidget(button)
        self.body.addLayout(row)
        self.body.addWidget(self.table, 1)

    def refresh(self) -> None:
        village = self.desk.village
        reason = "" if self.may("settings.edit") else "您的角色不能改设置"
        for button in self.buttons:
            button.forbid(reason)
        if self._shown == CATEGORIES:
            self._rows = list(village.issues.categories())
            limits = village.issues.limits()
            cells = [_category_cells(one, limits) for one in self._rows]
        elif self._shown == TIERS:
            self._rows = village.issue_rules.tiers()
            cells = [{"name": one.label, "limit": one.words()} for one in self._rows]
        else:
            self._rows = village.issue_replies.templates()
            cells = [_template_cells(one) for one in self._rows]
        rows = [ListRow(at, one) for at, one in enumerate(cells)]
        self.table.refresh(ShortList(COLUMNS[self._shown], rows))
        if self.table.current_key() is None:
            self.table.choose_first()

    def show_list(self, shown: str) -> None:
        """Show categories, limits or templates."""
        self._shown = shown
        self.chips.set_on([shown])
        self.refresh()

    def _chosen(self) -> Any:
        key = self.table.current_key()
        return self._rows[key] if key is not None and key < len(self._rows) else None

    def edit(self) -> None:
        """Change the chosen one."""
        if self._chosen() is not None and self.may("settings.edit"):
            self._open(self._chosen())

    def add(self) -> None:
        """Add one."""
        if self.may("settings.edit"):
            self._open(None)

    def _open(self, one: Any) -> None:
        makers: dict[str, Callable[[Any], None]] = {
            CATEGORIES: self._open_category,
            TIERS: self._open_tier,
            TEMPLATES: self._open_template,
        }
        makers[self._shown](one)

    def _open_category(self, one: Category | None) -> None:
        rules = self.desk.village.issue_rules
        limits = Choice(options_of((tier.code, tier.label) for tier in rules.tiers()))
        fields = (
            FieldDeclaration("name", "类别", TEXT, required=True),
            FieldDeclaration("limit", "期限", limits, required=True),
            FieldDeclaration("handler", "默认经办", TEXT),
            FieldDeclaration("is_hazard", "要办后照片", FLAG, hint="消防等隐患，办结前要有照片"),
            FieldDeclaration(
                "children", "小类", LONG_TEXT, hint="一行一个：小类 认得出的词，用顿号隔开"
            ),
        )

        def save(typed: Typed) -> None:
            rules.save_category(
                one.name if one else "",
                Category(
                    typed["name"].strip(),
                    limits.parse(typed["limit"]) or "",
                    typed["handler"],
                    bool(FLAG.parse(typed["is_hazard"])),
                    _children_typed(typed["children"]),
                ),
            )

        values = None
        if one is not None:
            values = {name: getattr(one, name) for name in ("name", "limit", "handler")}
            values |= {"is_hazard": one.is_hazard, "children": _children_written(one)}
        self._ask("类别", fields, save, values)

    def _open_tier(self, one: Tier | None) -> None:
        fields = (
            FieldDeclaration("label", "名称", TEXT, required=True),
            FieldDeclaration("count", "数目", COUNT, required=True),
            FieldDeclaration("unit", "单位", _UNIT, required=True),
        )

        def save(typed: Typed) -> None:
            self.desk.village.issue_rules.save_tier(
                one.code if one else "",
                typed["label"],
                COUNT.parse(typed["count"]),
                _UNIT.parse(typed["unit"]),
            )

        values = {"label": one.label, "count": one.count, "unit": one.unit} if one else None
        self._ask("期限", fields, save, values)

    def _open_template(self, one: ReplyTemplate | None) -> None:
        replies = self.desk.village.issue_replies
        hint = "可以写：" + "、".join(f"｛{name}｝" for name in PLACES)
        fields = (
            FieldDeclaration("name", "名称", TEXT, required=True),
            FieldDeclaration("states", "用在", TEXT, required=True, hint="状态用顿号隔开"),
            FieldDeclaration("text", "内容", LONG_TEXT, required=True, hint=hint),
        )

        def save(typed: Typed) -> None:
            made = ReplyTemplate(
                typed["name"].strip(), _states_typed(typed["states"]), typed["text"]
            )
            known = replies.templates()
            at = known.index(one) if one is not None else len(known)
            replies.set_templates([*known[:at], made, *known[at + 1 :]])

        values = None
        if one is not None:
            values = {"name": one.name, "states": _states_written(one), "text": one.text}
        self._ask("答复模板", fields, save, values)

    def drop(self) -> None:
        """Take the chosen one out of the choice; a limit stays, matters count by it."""
        one = self._chosen()
        if one is None or not self.may("settings.edit"):
            return
        village = self.desk.village
        if self._shown == TIERS:
            self.desk.say("期限不能去掉，已登记的诉求还照它算；可以改名或改数目。", None)
        elif self._shown == CATEGORIES:
            if self.attempt(lambda: village.issue_rules.drop_category(one.name)):
                self._said(f"已去掉类别“{one.name}”")
        else:
            left = [each for each in village.issue_replies.templates() if each != one]
            if self.attempt(lambda: village.issue_replies.set_templates(left)):
                self._said(f"已去掉模板“{one.name}”")

    def _ask(
        self,
        title: str,
        fields: Sequence[FieldDeclaration],
        save: Callable[[Typed], None],
        values: dict[str, Any] | None,
    ) -> None:
        def keep(typed: Typed) -> None:
            save(typed)
            self._said(f"{title}已存，从今天起照新的办")

        heading = f"改{title}" if values else f"加{title}"
        self.dialog = FormDialog(heading, fields, keep, self.window(), values=values)
        self.dialog.open()

    def _said(self, sentence: str) -> None:
        self.refresh()
        self.desk.say(sentence, self.desk.undo)

    def lay_out(self, narrow: bool) -> None:
        self.table.set_narrow(narrow)

    def first_focus(self) -> RecordTable:
        return self.table


def _category_cells(one: Category, limits: dict[str, str]) -> dict[str, Any]:
    return {
        "name": one.name,
        "limit": limits.get(one.limit, ""),
        "handler": one.handler,
        "more": "、".join(name for name, _ in one.children),
    }


def _template_cells(one: ReplyTemplate) -> dict[str, Any]:
    return {"name": one.name, "limit": _states_written(one), "more": " ".join(one.text.split())}


def _children_written(one: Category) -> str:
    return "\n".join(f"{name} {'、'.join(words)}".strip() for name, words in one.children)


def _children_typed(text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(_child(line) for line in text.splitlines() if line.strip())


def _child(line: str) -> tuple[str, tuple[str, ...]]:
    name, _, rest = line.strip().partition(" ")
    words = tuple(word for word in rest.replace("，", "、").split("、") if word.strip())
    return name, words or (name,)


def _states_written(one: ReplyTemplate) -> str:
    return "、".join(STATE_LABELS[state] for state in one.states)


def _states_typed(text: str) -> tuple[str, ...]:
    """Read states by their labels; an unknown word stays as it is, and is refused as such."""
    codes = {label: code for code, label in STATE_LABELS.items()}
    return tuple(codes.get(word, word) for word in _words(text))


def _words(text: str) -> Iterable[str]:
    return (word.strip() for word in text.replace("，", "、").split("、") if word.strip())
