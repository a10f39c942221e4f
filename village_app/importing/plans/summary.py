"""A plan as plain values for JSON and for people: the keys of the command line's `import`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from village_app.importing.plans.plan import Plan
from village_app.importing.plans.rows import PlanRow
from village_app.importing.rows.findings import Problem


def summarise(plan: Plan) -> dict[str, Any]:
    """Give file, sheet, header rows, columns, counts, households, problems and cleanings.

    Rows are those of the spreadsheet, columns letters, cells addresses; a value that comes from
    elsewhere (a number's sex) has no column.
    """
    return {
        **_of_file(plan),
        **_of_columns(plan),
        "counts": asdict(plan.counts),
        "households": len(plan.households),
        "problems": list(_problems(plan)),
        "cleaned": list(_cleaned(plan)),
        **_to_decide(plan),
        **_not_taken(plan),
        "earlier": plan.earlier.warning if plan.earlier else None,
    }


def _of_file(plan: Plan) -> dict[str, Any]:
    return {
        "file": {
            "name": plan.file.name,
            "type": plan.file.file_type,
            "encoding": plan.file.encoding,
            "sha256": plan.file.sha256,
        },
        "sheet": plan.table.sheet,
        "header_rows": list(plan.table.header_rows),
        "layouts": [layout.value for layout in plan.table.layouts],
    }


def _of_columns(plan: Plan) -> dict[str, Any]:
    """Say what each column was taken for, and what all rows get although no column holds it."""
    columns = plan.table.columns
    return {
        "columns": {match.letters: _stored(plan, match.field) for match in columns},
        "headings": {match.letters: match.heading.text for match in columns},
        "matches": list(_matches(plan)),
        "assumed": [
            {"field": assumption.field, "value": assumption.text, "reason": assumption.reason}
            for part in plan.table.parts
            for assumption in part.assumptions
        ],
    }


def _to_decide(plan: Plan) -> dict[str, Any]:
    """List what waits for a person: differing values, unknown names, colours of rows."""
    return {
        "suspected": list(_suspected(plan)),
        "questions": list(_questions(plan)),
        "unknown": [
            {
                "field": unknown.field,
                "name": unknown.text,
                "rows": len(unknown.rows),
                "likely": list(unknown.likely),
            }
            for unknown in plan.unknown_names
        ],
        "painted": [
            {
                "colour": one.colour,
                "rows": one.rows,
                "legend": one.legend,
                "meaning": plan.decisions.colours.get(one.colour),
            }
            for one in plan.painted
        ],
    }


def _not_taken(plan: Plan) -> dict[str, Any]:
    """List the lines, tables and sheets of the file that are not brought in."""
    return {
        "left_out": [
            {"sheet": part.sheet, "row": line.row + 1, "kind": line.kind, "text": line.text}
            for part in plan.table.parts
            for line in part.left_out
        ],
        "others": [
            {"sheet": other.sheet, "header_rows": list(other.header_rows), "rows": other.records}
            for other in plan.others
        ],
        "refused": [
            {"sheet": refusal.sheet, "code": refusal.code, "message": refusal.sentence}
            for refusal in plan.refused
        ],
    }


def _stored(plan: Plan, name: str | None) -> str | None:
    """Give the field a column is stored in; columns that only serve to check have none."""
    return name if any(declared.name == name for declared in plan.target.fields) else None


def _matches(plan: Plan) -> Iterator[dict[str, Any]]:
    for match in plan.table.columns:
        yield {
            "column": match.letters,
            "heading": match.heading.text,
            "field": match.field,
            "confidence": round(match.confidence, 2),
            "reason": match.reason,
            "examples": list(match.examples),
        }


def _problems(plan: Plan) -> Iterator[dict[str, Any]]:
    for row in plan.rows:
        for problem in row.problems:
            yield _problem(row, problem)
    for household in plan.households:
        for problem in household.problems:
            yield _problem(plan.rows[household.rows[0]], problem)


def _problem(row: PlanRow, problem: Problem) -> dict[str, Any]:
    return {
        "sheet": row.sheet,
        "row": row.row,
        "column": row.column(problem.field),
        "cell": row.address(problem.field),
        "field": problem.field,
        "code": problem.code,
        "message": problem.message,
        "level": problem.level,
        "suggestion": problem.suggestion,
    }


def _cleaned(plan: Plan) -> Iterator[dict[str, Any]]:
    for row in plan.rows:
        for cleaning in row.cleaned:
            yield {
                "sheet": row.sheet,
                "row": row.row,
                "column": row.column(cleaning.field),
                "field": cleaning.field,
                "from": cleaning.before,
                "to": cleaning.after,
                "reason": cleaning.reason,
            }


def _suspected(plan: Plan) -> Iterator[dict[str, Any]]:
    """Give the rows that may be somebody known or stand twice, with what speaks for it."""
    for row in plan.rows:
        if row.state == "suspected":
            yield {
                "sheet": row.sheet,
                "row": row.row,
                "name": str(row.values.get("name", "")),
                "code": row.code,
                "reasons": list(row.reasons),
                "known": [candidate.known.title for candidate in row.candidates],
            }


def _questions(plan: Plan) -> Iterator[dict[str, Any]]:
    for row in plan.questions:
        for change in row.questions:
            declared = plan.target.field(change.field)
            show = declared.kind.show
            show_old = declared.kind.mask if declared.sensitivity == "sensitive" else show
            yield {
                "sheet": row.sheet,
                "row": row.row,
                "column": row.column(change.field),
                "field": change.field,
                "cell": row.address(change.field),
                "old": show_old(change.old),
                "new": show(change.new),
            }
