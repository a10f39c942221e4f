"""Every paper leaves in the own words of the village (UX-12): the code asks, the papers show."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import village_app.papers.builders
import village_app.services
from village_app.demo.sample_village import make_village
from village_app.domain.periods import period_of
from village_app.domain.resources import load_json
from village_app.papers.blocks import Paper
from village_app.village import Village

BUILDERS = Path(village_app.papers.builders.__path__[0])
SERVICES = Path(village_app.services.__path__[0])
WORDS = tuple(word for word, _ in load_json("rules", "community-words.json")["words"])
YEAR = 2026
# Puts together papers that were said already; who asks for it says the whole.
INNER = {"build_pack", "alone"}


def paper_builders() -> set[str]:
    """Name the functions of papers/builders that give a whole paper."""
    return {
        node.name
        for path in BUILDERS.rglob("*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and node.returns is not None
        and ast.unparse(node.returns) == "Paper"
    }


def called(node: ast.AST) -> str:
    if not isinstance(node, ast.Call):
        return ""
    function = node.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def unsaid() -> Iterator[str]:
    """Name every call of such a builder that does not stand within `in_own_words`."""
    builders = paper_builders() - INNER
    for path in SERVICES.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        imported = {
            alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and "papers" in (node.module or "")
            for alias in node.names
        }
        if not imported:
            continue
        said = {
            id(argument)
            for node in ast.walk(tree)
            if called(node) == "in_own_words" and isinstance(node, ast.Call)
            for argument in node.args
        }
        for node in ast.walk(tree):
            if called(node) in builders and id(node) not in said:
                yield f"{path.relative_to(SERVICES)}:{node.lineno} {called(node)}"  # type: ignore[attr-defined]  # a call has its line


def test_no_service_gives_a_built_paper_without_the_own_words() -> None:
    assert len(paper_builders()) > 30
    assert list(unsaid()) == []


@pytest.fixture(scope="module")
def community(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Village]:
    """The sample village that calls itself a 社区 from now on."""
    now = datetime(YEAR, 11, 24, 4, tzinfo=UTC)
    village = make_village(tmp_path_factory.mktemp("sample") / "示范村", now=now)
    village.settings.write(
        unit_word="社区", committee="隔坑社区居民委员会", supervision="居务监督委员会"
    )
    yield village
    village.close()


def meeting_papers(village: Village) -> list[Paper]:
    meeting = village.meetings.listed()[0]
    return [part.paper for part in village.meeting_pack.parts(meeting)]


def project_papers(village: Village) -> list[Paper]:
    project = village.projects.listed()[0]
    sheets = village.project_sheets
    return [sheets.poster(project), sheets.course(project)]


PAPERS: dict[str, Callable[[Village], list[Paper]]] = {
    "today": lambda village: [village.task_papers.today()],
    "catalogue": lambda village: [village.catalogue.paper(YEAR, with_states=True)],
    "meeting": meeting_papers,
    "decisions": lambda village: [village.resolutions.ledger_paper(YEAR)],
    "project": project_papers,
    "report": lambda village: [
        village.reports.paper(code, period_of("quarter", date(YEAR, 9, 1)))
        for code, _ in village.reports.titles()
    ],
    "leases": lambda village: [village.collective_papers.leases()],
    "assets": lambda village: [village.collective_papers.assets()],
}


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_of_a_community_says_nothing_of_a_village(community: Village, name: str) -> None:
    papers = PAPERS[name](community)
    assert papers
    for paper in papers:
        said = f"{paper.title}{paper.to}{paper.footer}{paper.blocks}"
        assert [word for word in WORDS if word in said] == []
