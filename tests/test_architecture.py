"""The house's own rule: which room may import which, and that Qt stays in the window."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "village_app"


class Room(NamedTuple):
    """What one room may import: modules of the house and third-party packages, by prefix."""

    house: tuple[str, ...]
    third_party: tuple[str, ...]


FOUNDATION = (
    *("village_app.domain", "village_app.errors", "village_app.resources"),
    "village_app.__version__",
)
ROOMS = {
    "village_app.__init__": Room((), ()),
    "village_app.errors": Room(FOUNDATION, ()),
    "village_app.resources": Room(FOUNDATION, ()),
    "village_app.domain": Room(FOUNDATION, ("pypinyin", "borax", "chinese_calendar")),
    "village_app.db": Room(
        ("village_app.db", *FOUNDATION),
        ("peewee", "playhouse", "sqlcipher3", "psycopg", "cryptography", "argon2", "PIL"),
    ),
    "village_app.importing": Room(
        ("village_app.importing", *FOUNDATION),
        (
            *("python_calamine", "openpyxl", "xlrd"),
            # Locked workbooks, XML that may be hostile, headings that are almost the same.
            *("msoffcrypto", "olefile", "defusedxml", "rapidfuzz"),
            # Words out of attached papers, drawn by a child.
            "pypdfium2",
        ),
    ),
    "village_app.papers": Room(
        ("village_app.papers", *FOUNDATION),
        ("reportlab", "openpyxl", "docx", "lxml", "fontTools", "PIL"),
    ),
    "village_app.services": Room(
        (
            *("village_app.services", "village_app.db", "village_app.importing"),
            *("village_app.papers", *FOUNDATION),
        ),
        # Queries, and people who are almost the same.
        ("peewee", "rapidfuzz"),
    ),
    "village_app.ui": Room(
        (
            *("village_app.ui", "village_app.services", *FOUNDATION),
            # The window holds a Village, and reads the declarations of its records.
            *("village_app.village", "village_app.db.records", "village_app.__version__"),
            "village_app.db.fields.Record",
        ),
        ("PySide6", "shiboken6", "pypdfium2"),
    ),
}
# They put the others together, so they may import every room.
COMPOSERS = (
    *("village_app.village", "village_app.subjects", "village_app.opening"),
    *("village_app.cli", "village_app.__main__"),
    *("village_app.commands", "village_app.demo", "village_app.entrance"),
    *("village_app.own_folder", "village_app.rescuing", "village_app.reading"),
    "village_app.window_village",
)


def test_every_file_imports_only_what_its_room_may() -> None:
    offences = [
        f"{module} may not import {name} (line {line})"
        for module, path in modules_under(PACKAGE)
        for name, line in imports_of(path.read_text(encoding="utf-8"), module)
        if not is_allowed(module, name)
    ]
    assert not offences, "\n".join(offences)


def test_every_room_of_the_package_stands_in_the_table() -> None:
    known = {name.split(".")[1] for name in (*ROOMS, *COMPOSERS)}
    assert {path.stem for path in PACKAGE.iterdir() if is_code(path)} <= known


def test_every_folder_with_code_is_a_package_so_that_it_travels_with_an_installation() -> None:
    folders = {path.parent for path in PACKAGE.rglob("*.py")}
    assert not [folder for folder in folders if not (folder / "__init__.py").exists()]


@pytest.mark.parametrize(
    ("module", "source", "allowed"),
    [
        ("village_app.domain.money", "import decimal", True),
        ("village_app.domain.money", "import pypinyin", True),
        ("village_app.domain.money", "import peewee", False),
        ("village_app.domain.money", "from village_app.db import engine", False),
        ("village_app.domain.money", "from village_app.resources import resource", True),
        ("village_app.db.engine", "from playhouse.sqlcipher_ext import SqlCipherDatabase", True),
        ("village_app.db.engine", "def f() -> None:\n    from PySide6 import QtCore", False),
        ("village_app.papers.builders.issues", "from village_app.db.records import issues", False),
        ("village_app.services.issues", "from village_app.papers.builders import issues", True),
        ("village_app.services.issues", "from village_app import ui", False),
        ("village_app.services.issues", "import PySide6.QtCore", False),
        ("village_app.ui.pages.issues", "from village_app.db import journal", False),
        ("village_app.ui.pages.issues", "from village_app.db.records.issues import Issue", True),
        ("village_app.ui.pages.issues", "from village_app.papers import blocks", False),
        ("village_app.ui.pages.issues", "from . import residents", True),
        ("village_app.services.issues", "from ..db import engine", True),
        ("village_app.domain.money", "from ..db import engine", False),
        ("village_app.village", "import village_app.services.issues, peewee", True),
        ("village_app.village", "import PySide6", False),
        ("village_app.cli", "import village_app.ui.app", True),
    ],
)
def test_the_rule_lets_pass_and_catches(module: str, source: str, allowed: bool) -> None:
    assert all(is_allowed(module, name) for name, _ in imports_of(source, module)) is allowed


def test_the_command_line_loads_no_qt() -> None:
    if not (PACKAGE / "cli.py").exists():
        pytest.skip("village_app/cli.py is not there yet")
    code = (
        "import sys, village_app.cli; print(*(m for m in sys.modules if m.startswith('PySide6')))"
    )
    command = [sys.executable, "-c", code]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (answer.returncode, answer.stdout.split()) == (0, []), answer.stderr


def is_code(path: Path) -> bool:
    return path.suffix == ".py" or (path.is_dir() and any(path.rglob("*.py")))


def modules_under(folder: Path) -> Iterator[tuple[str, Path]]:
    """Give each file's dotted name; that of a package itself ends in `__init__`."""
    for path in sorted(folder.rglob("*.py")):
        yield ".".join(path.relative_to(folder.parent).with_suffix("").parts), path


def imports_of(source: str, module: str) -> Iterator[tuple[str, int]]:
    """Give the full dotted name of everything that a source imports, wherever in it, with lines."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = module.split(".")[: -node.level] if node.level else []
            base = ".".join([*start, *([node.module] if node.module else [])])
            yield from ((f"{base}.{alias.name}", node.lineno) for alias in node.names)


def is_allowed(module: str, name: str) -> bool:
    if name.partition(".")[0] in sys.stdlib_module_names or within(module, COMPOSERS):
        return not within(name, ("PySide6", "shiboken6"))
    room = next(room for prefix, room in ROOMS.items() if within(module, (prefix,)))
    return within(name, (*room.house, *room.third_party))


def within(name: str, prefixes: tuple[str, ...]) -> bool:
    return any(name == prefix or name.startswith(f"{prefix}.") for prefix in prefixes)
