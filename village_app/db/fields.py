"""How a record is declared: one class, one line a field; everything else reads this.

    class Household(Record):
        class Meta:
            table_name = "household"

        number = column("户号", TEXT, required=True, synonyms=("户编号",))

A field is a peewee field plus its `FieldDeclaration`. References are plain ids (`household_id`
holds a number, never a hidden query); the migration states the foreign key.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar, NoReturn

import peewee

from village_app.domain.kinds import FieldDeclaration, Kind, Sensitivity


class _Declared:
    """What both storage classes share: the kind decides how values cross into the database."""

    name: str
    declaration: FieldDeclaration
    kind: Kind

    def db_value(self, value: Any) -> Any:
        return None if value is None else self.kind.to_database(value)

    def python_value(self, value: Any) -> Any:
        return None if value is None else self.kind.from_database(value)


class TextColumn(_Declared, peewee.TextField):  # type: ignore[misc]
    """A declared field kept as text."""


class IntegerColumn(_Declared, peewee.BigIntegerField):  # type: ignore[misc]
    """A declared field kept as a whole number."""


def column(  # noqa: PLR0913 - a declaration is one line, and every word of it is named
    label: str,
    kind: Kind,
    *,
    required: bool = False,
    sensitivity: Sensitivity = "public",
    synonyms: tuple[str, ...] = (),
    purpose: str = "",
    hint: str = "",
    in_form: bool = True,
    default: Any = None,
) -> Any:
    """Declare one field: label as printed, kind, and all that import, form and gate must know."""
    field_class = TextColumn if kind.storage == "text" else IntegerColumn
    field = field_class(null=True, default=default)
    field.kind = kind
    field.declaration = FieldDeclaration(
        name="",
        label=label,
        kind=kind,
        required=required,
        sensitivity=sensitivity,
        synonyms=synonyms,
        purpose=purpose,
        hint=hint,
        in_form=in_form,
    )
    return field


class Record(peewee.Model):  # type: ignore[misc]
    """One kept thing. Written only inside a change of the journal; `version` guards overwriting.

    `title` names the thing in the journal's sentences; `undone_as` replaces deletion when the
    insert of such a record is undone (an issued number becomes void and never vanishes).
    """

    title: ClassVar[str] = ""
    undone_as: ClassVar[dict[str, Any] | None] = None

    id: Any = peewee.BigIntegerField(primary_key=True)
    version: Any = peewee.IntegerField(default=1)

    class Meta:
        legacy_table_names = False

    def save(self, *_args: Any, **_named: Any) -> NoReturn:
        raise RuntimeError("records are written only inside `with village.change(...)`")

    delete_instance = save

    @classmethod
    def create(cls, **_named: Any) -> NoReturn:
        raise RuntimeError("records are written only inside `with village.change(...)`")

    @classmethod
    def declarations(cls) -> tuple[FieldDeclaration, ...]:
        """Give the declared fields in the order of the class."""
        return _declarations(cls)

    @classmethod
    def declaration(cls, name: str) -> FieldDeclaration:
        """Give one declared field by its name."""
        return next(found for found in _declarations(cls) if found.name == name)

    def values(self) -> dict[str, Any]:
        """Give the declared values by field name."""
        return {field.name: getattr(self, field.name) for field in _declarations(type(self))}

    def describe(self) -> str:
        """Name this very record in a sentence: the title and its first declared value."""
        first = next(iter(self.declarations()))
        return f"{self.title}{first.kind.show(getattr(self, first.name))}"


def _declarations(model: type[Record]) -> tuple[FieldDeclaration, ...]:
    if model not in _DECLARED:
        _DECLARED[model] = tuple(
            replace(field.declaration, name=field.name)
            for field in model._meta.sorted_fields  # noqa: SLF001 - peewee's documented way
            if isinstance(field, _Declared)
        )
    return _DECLARED[model]


def stored_fields(model: type[Record]) -> tuple[Any, ...]:
    """Give the peewee fields in the order in which rows are written."""
    if model not in _STORED:
        _STORED[model] = tuple(model._meta.sorted_fields)  # noqa: SLF001 - peewee's documented way
    return _STORED[model]


def table_of(model: type[Record]) -> str:
    """Give the table's name."""
    return str(model._meta.table_name)  # noqa: SLF001 - peewee's documented way


# Computed once a class, because every written row asks for them.
_DECLARED: dict[Any, tuple[FieldDeclaration, ...]] = {}
_STORED: dict[Any, tuple[Any, ...]] = {}


def schema_of(model: type[Record], *, references: dict[str, str] | None = None) -> str:
    """Write the CREATE TABLE statement of a declaration, to be frozen in a migration step."""
    references = references or {}
    lines = []
    for field in stored_fields(model):
        name = field.column_name
        kind = "INTEGER" if field.field_type in {"BIGINT", "INT"} else "TEXT"
        line = f'  "{name}" {kind}'
        if name == "id":
            line = '  "id" INTEGER NOT NULL PRIMARY KEY'
        elif name == "version":
            line += " NOT NULL DEFAULT 1"
        elif getattr(field, "declaration", None) is not None and field.declaration.required:
            line += " NOT NULL"
        if name in references:
            line += f' REFERENCES "{references[name]}" ("id") ON DELETE RESTRICT'
        lines.append(line)
    return f'CREATE TABLE "{table_of(model)}" (\n' + ",\n".join(lines) + "\n)"
