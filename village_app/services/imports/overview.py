"""What the window asks of a plan at every glance, worked out once for each plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from village_app.importing.plans.plan import Plan
from village_app.services.imports.deciding import UnknownGroup, unknown_group
from village_app.services.imports.subject_imports import SubjectImports
from village_app.services.imports.view import is_open, shown_fields


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts by state and kind of work, the fields that are shown, names that are unknown."""

    counts: Mapping[str, int]
    fields: Sequence[tuple[str, str]]
    unknown: Sequence[UnknownGroup]


def overview_of(plan: Plan, imports: SubjectImports) -> Overview:
    """Work a plan's overview out."""
    unknown = [unknown_group(plan, one) for one in plan.unknown_names]
    return Overview(_counted(plan, imports), shown_fields(plan), unknown)


def _counted(plan: Plan, imports: SubjectImports) -> dict[str, int]:
    counts = plan.counts
    return {
        "all": counts.rows,
        "new": counts.new,
        "update": counts.update,
        "same": counts.same,
        "suspected": counts.suspected,
        "error": counts.error,
        "skipped": counts.skipped,
        "open": sum(map(is_open, plan.rows)),
        "changed": counts.new + counts.update,
        "writes": imports.count_to_write(plan),
        "cleaned": sum(bool(row.cleaned) for row in plan.rows),
    }
