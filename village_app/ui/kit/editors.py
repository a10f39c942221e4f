"""One editor per kind of value: it keeps what was typed, and reads it only when asked.

The one place to import editors from; what they share stands in `editor_base`.
"""

from __future__ import annotations

from village_app.domain.kinds import Choice, FieldDeclaration, Reference
from village_app.ui.kit.choice_editors import ChoiceEditor, FlagEditor, ReferenceEditor
from village_app.ui.kit.editor_base import FieldEditor, References
from village_app.ui.kit.line_editors import LineEditor, LongTextEditor, TimeEditor

__all__ = [
    "ChoiceEditor",
    "FieldEditor",
    "FlagEditor",
    "LineEditor",
    "LongTextEditor",
    "ReferenceEditor",
    "References",
    "TimeEditor",
    "editor_for",
]


def editor_for(declaration: FieldDeclaration, references: References | None = None) -> FieldEditor:
    """Give the editor that fits a field's kind."""
    kind = declaration.kind
    if isinstance(kind, Choice):
        return ChoiceEditor(kind, required=declaration.required)
    if isinstance(kind, Reference):
        return ReferenceEditor(kind, references)
    if kind.name == "flag":
        return FlagEditor(kind, declaration.label)
    if kind.name == "long_text":
        return LongTextEditor(kind)
    if kind.name in ("day", "month", "moment"):
        return TimeEditor(kind)
    return LineEditor(kind)
