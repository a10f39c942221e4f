"""What somebody types never becomes a statement (cases H01 to H05, H13)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import peewee
import pytest
from sqlcipher3 import dbapi2 as sqlcipher

import village_app
from village_app.db.records.issues import Issue
from village_app.services.register.resident_list import PeopleFilter
from village_app.village import Village

PACKAGE = Path(village_app.__file__).parent
HEADINGS = (
    "完成 100% 的路灯",
    "甲_乙 路口",
    r"反斜杠 \ 路",
    "星号 * 井盖",
    "方括号 [一] 号",
    "路灯不亮",
)
WORDS = ("' OR 1=1 --", '"; DROP TABLE issue; --', "x' UNION SELECT 1 --", "'' OR ''=''")
QUERY_SIGNS = ('"路灯', "路*", "NEAR(路 灯)", "路 AND 灯", "number:路", "-路灯", "^路", "(路")


@pytest.fixture
def lamps(village: Village) -> Village:
    for heading in HEADINGS:
        village.issues.log({"heading": heading, "category": "市政设施", "reporter_kind": "匿名"})
    return village


def found(village: Village, words: str) -> list[str]:
    listed = village.issue_list.listed(only="all", words=words)
    return sorted(village.store.get(Issue, one).heading for one in listed.ids())


@pytest.mark.parametrize("words", WORDS)
def test_h01_a_statement_in_the_search_box_is_only_words(lamps: Village, words: str) -> None:
    assert found(lamps, words) == []
    assert lamps.search.find(words) == []
    assert lamps.residents.find(words) == []
    assert lamps.household_book.find(words) == []
    assert len(found(lamps, "")) == len(HEADINGS)
    assert lamps.audit.verify().is_whole


@pytest.mark.parametrize(
    ("sign", "heading"),
    list(zip(("%", "_", "\\", "*", "["), HEADINGS, strict=False)),
    ids=("percent", "underline", "backslash", "star", "bracket"),
)
def test_h02_signs_of_patterns_find_only_themselves(
    lamps: Village, sign: str, heading: str
) -> None:
    assert found(lamps, sign) == [heading]
    assert lamps.resident_list.listed(PeopleFilter(words=sign)).count() == 0


def test_h02_no_query_uses_the_operators_that_take_patterns_as_they_come() -> None:
    """peewee's `%` and `**` are LIKE without escaping; fields are compared by methods instead."""
    caught = [
        f"{path.name}:{node.lineno}"
        for path, node in nodes()
        if isinstance(node, ast.BinOp)
        and isinstance(node.op, (ast.Mod, ast.Pow))
        and isinstance(node.left, ast.Attribute)
        and isinstance(node.left.value, ast.Name)
        and node.left.value.id in record_names()
    ]
    assert caught == []


@pytest.mark.parametrize("words", QUERY_SIGNS)
def test_h03_signs_of_a_query_language_are_only_words(lamps: Village, words: str) -> None:
    assert lamps.search.find(words) == []
    assert [hit.title for hit in lamps.search.find("路灯不亮")]


def test_h04_an_order_that_is_no_column_is_ignored(lamps: Village) -> None:
    listed = lamps.issue_list.listed(only="all")
    before = listed.ids()
    for key in ("id; DROP TABLE issue", "(SELECT 1)", "heading DESC --", ""):
        listed.sort(key, descending=True)
        assert listed.ids() == before


def test_h04_raw_sql_and_functions_are_never_named_by_what_was_typed() -> None:
    """`SQL(x)` and `fn.<x>` take any text: they stand in the code as constants only."""
    caught = []
    for path, node in nodes():
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        name = node.func.id if isinstance(node.func, ast.Name) else name
        if name == "SQL" and not is_constant(node.args[0]):
            caught.append(f"{path.name}:{node.lineno}")
        if name == "getattr" and isinstance(node.args[0], ast.Name) and node.args[0].id == "fn":
            caught.append(f"{path.name}:{node.lineno}")
    assert caught == []


def test_h05_two_statements_in_one_are_refused(lamps: Village) -> None:
    with pytest.raises((peewee.ProgrammingError, sqlcipher.Warning, sqlcipher.ProgrammingError)):
        lamps.store.sql("SELECT 1; DELETE FROM issue")
    assert len(found(lamps, "")) == len(HEADINGS)


def test_h05_scripts_run_nowhere_but_in_migrations() -> None:
    caught = {
        path.relative_to(PACKAGE).parts[:2]
        for path, node in nodes()
        if isinstance(node, ast.Attribute) and node.attr == "executescript"
    }
    assert caught <= {("db", "migrations")}


def test_h13_no_library_is_loaded_by_a_statement(lamps: Village) -> None:
    with pytest.raises((peewee.OperationalError, sqlcipher.OperationalError)) as refused:
        lamps.store.database.execute_sql("SELECT load_extension('evil')")
    assert "not authorized" in str(refused.value)
    assert not [1 for _, node in nodes() if calls(node, "enable_load_extension")]


def test_h13_a_text_for_attach_stays_a_text(lamps: Village, tmp_path: Path) -> None:
    other = tmp_path / "别处.db"
    words = f"x'; ATTACH DATABASE '{other}' AS other; --"
    typed = {"heading": "附库", "content": words}
    lamps.issues.log({**typed, "category": "市政设施", "reporter_kind": "匿名"})
    assert found(lamps, words) == ["附库"]
    assert not other.exists()
    assert [row[1] for row in lamps.store.sql("PRAGMA database_list")] == ["main"]


def nodes() -> Iterator[tuple[Path, ast.AST]]:
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            yield path, node


def calls(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == name


def record_names() -> set[str]:
    from village_app.db.records import RECORDS

    return {record.__name__ for record in RECORDS.values()}


def is_constant(node: ast.expr) -> bool:
    """Say whether a text is written in the code: a literal, or a name in capitals set once."""
    if isinstance(node, ast.Constant):
        return True
    if isinstance(node, ast.Name):
        return node.id.isupper()
    return isinstance(node, ast.JoinedStr) and all(
        isinstance(part, ast.Constant)
        or (
            isinstance(part, ast.FormattedValue)
            and isinstance(part.value, ast.Name)
            and part.value.id.strip("_").isupper()
        )
        or (
            isinstance(part, ast.FormattedValue)
            and isinstance(part.value, ast.Name)
            and part.value.id.startswith("_")
        )
        for part in node.values
    )
