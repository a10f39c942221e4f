"""The whole entry form of a matter, and its correction."""

from __future__ import annotations

from typing import Any

from village_app.db.records.issues import Issue
from village_app.domain.kinds import Choice, FieldDeclaration, Option
from village_app.ui.pages.issues.move_form import Form

ENTRY_FIELDS = (
    *("heading", "content", "source", "source_number", "category", "subcategory", "nature"),
    *("reporter_kind", "reporter", "behalf_of", "phone", "address", "people", "place"),
    *("happened_on", "at", "is_urgent", "is_confidential"),
)
ENTRY_LINES = (
    ("heading",),
    ("content",),
    ("source", "source_number"),
    ("category", "subcategory"),
    ("nature", "reporter_kind"),
    ("reporter", "behalf_of"),
    ("phone", "people"),
    ("address",),
    ("place",),
    ("happened_on", "at"),
    ("is_urgent", "is_confidential"),
)


def correct_form(village: Any, issue: Issue) -> Form:
    """Give the form by which what was entered is corrected."""
    return Form(
        f"改登记 {issue.number}",
        "存",
        entry_fields(village),
        lambda typed: village.issues.correct(issue, typed),
        "已改好",
        {name: getattr(issue, name) for name in ENTRY_FIELDS},
    )


def entry_fields(village: Any) -> tuple[FieldDeclaration, ...]:
    """Give the fields of the entry form; categories are chosen from the village's own list."""
    tree = village.issues.categories()
    names = Choice(tuple(Option(one.name, one.name) for one in tree))
    fields = {name: Issue.declaration(name) for name in ENTRY_FIELDS}
    fields["category"] = FieldDeclaration("category", "大类", names)
    return tuple(fields.values())
