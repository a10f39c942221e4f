"""What a spreadsheet is imported into: fields, which of them a row needs, how rows are compared."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from village_app.domain.kinds import FieldDeclaration
from village_app.importing.plans.recognition import Recognition
from village_app.importing.rows.cleaning import CellCleaner, RowCheck
from village_app.importing.tables.content import ContentTest
from village_app.importing.tables.headers import Vocabulary
from village_app.importing.tables.tables import Assumption, TablePart


@dataclass(frozen=True, slots=True)
class HouseholdFields:
    """The names of the fields that say which rows form a household.

    `inherited` fields pass from its first line down; `is_head` judges the compact text of a
    relation, `is_head_value` its cleaned value.
    """

    number: str
    head: str
    relation: str
    name: str
    address: str
    group: str
    inherited: frozenset[str]
    is_head: Callable[[str], bool]
    is_head_value: Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class Target:
    """One kind of record that spreadsheets are imported into.

    `needed`: of each set at least one field must have a column, else the sheet is no such list.
    `keys`: a line without any of these is no record. `checked_only` fields are read to check
    others and never kept. `shared` fields belong to the household: a merged cell, a blank below
    or 同上 speaks for all its lines. `referring` fields name entries of a list the village keeps
    (groups, categories); `list_keys` give the form in which their spellings meet. Content that
    cannot be read is an error in `grave` fields, elsewhere a warning, and the cell stays out.
    `tests` say by content what a column is, `cleaners` read its cells, `equal` compares its old
    and new value, where its kind does not. `computed` fields have no column of their own;
    `seconds` names the field of a second column that is called like a field (手机, 固定电话);
    `painted` names the field that the colour of a row may speak of (已迁出).
    """

    name: str
    label: str
    counter: str
    fields: tuple[FieldDeclaration, ...]
    needed: tuple[frozenset[str], ...]
    keys: frozenset[str]
    recognition: Recognition
    checked_only: tuple[FieldDeclaration, ...] = ()
    households: HouseholdFields | None = None
    shared: frozenset[str] = frozenset()
    referring: frozenset[str] = frozenset()
    assumptions: tuple[Callable[[TablePart], Assumption | None], ...] = ()
    checks: tuple[RowCheck, ...] = ()
    grave: frozenset[str] = frozenset()
    tests: Mapping[str, ContentTest] = field(default_factory=dict)
    cleaners: Mapping[str, CellCleaner] = field(default_factory=dict)
    equal: Mapping[str, Callable[[Any, Any], bool]] = field(default_factory=dict)
    list_keys: Mapping[str, Callable[[str], str]] = field(default_factory=dict)
    computed: frozenset[str] = frozenset()
    seconds: Mapping[str, str] = field(default_factory=dict)
    painted: str | None = None

    @property
    def all_fields(self) -> tuple[FieldDeclaration, ...]:
        return self.fields + self.checked_only

    def field(self, name: str) -> FieldDeclaration:
        """Give a field by its name."""
        return next(declared for declared in self.all_fields if declared.name == name)

    def vocabulary(self) -> Vocabulary:
        """Give the words of column names that mean this target's fields."""
        return Vocabulary(self.all_fields)
