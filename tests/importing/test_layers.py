"""The importer's modules build on each other in one direction."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import village_app.importing

ROOM = Path(str(village_app.importing.__file__)).parent


def modules() -> dict[str, Path]:
    base = ROOM.parents[1]
    return {
        ".".join(path.relative_to(base).with_suffix("").parts): path for path in ROOM.rglob("*.py")
    }


def imported(path: Path) -> set[str]:
    """Every module named in an import of the file, also those inside functions."""
    found = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return {node.module for node in found if isinstance(node, ast.ImportFrom) and node.module}


def test_no_modules_of_the_importer_lead_in_a_circle() -> None:
    known = modules()
    order = TopologicalSorter({name: imported(path) & set(known) for name, path in known.items()})
    assert len(list(order.static_order())) == len(known) > 60
