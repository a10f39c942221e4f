"""The search as part of a run of pytest, alone or with workers (xdist).

The first process of a run gives all of them one temporary folder and one settings folder, so that
whatever the program leaves there can be found; the workers note what they write into records; at
the end the first one searches, and a finding makes the run fail with the file named.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import MutableMapping
from pathlib import Path
from uuid import uuid4

import pytest

from tests.seed_search.own_files import Places, own_files
from tests.seed_search.search import Search, Trace
from tests.seed_search.seeds import Seeds, watch_changes
from tests.seed_search.shipped import add_shipped_people

ROOT = Path(__file__).resolve().parents[2]
# Set by the first process for all that come from it.
MARK = "SEED_SEARCH_FOLDER"


class SessionFolders:
    """The folders of one run: temporary files, settings, what was noted."""

    def __init__(self, base: Path) -> None:
        self.base = base
        self.temporary, self.settings = base / "t", base / "s"
        self.noted = base / "noted"

    @classmethod
    def new(cls, variables: MutableMapping[str, str]) -> SessionFolders:
        """Make them and name them to this process and its children.

        pytest's own folders stay where they were; short names, because sockets stand there too.
        """
        variables.setdefault("PYTEST_DEBUG_TEMPROOT", tempfile.gettempdir())
        folders = cls(Path(tempfile.mkdtemp(prefix="seeds-")))
        for folder in (folders.temporary, folders.settings, folders.noted):
            folder.mkdir()
        variables[MARK] = str(folders.base)
        for name in ("TMPDIR", "TEMP", "TMP"):
            variables[name] = str(folders.temporary)
        variables["XDG_CONFIG_HOME"] = str(folders.settings)
        variables["XDG_DATA_HOME"] = str(folders.settings)
        tempfile.tempdir = None  # looked for anew, by the names above
        return folders


class SeedSearch:
    """The hooks; `is_first` is the process that began the run."""

    def __init__(self, variables: MutableMapping[str, str] = os.environ) -> None:
        self.is_first = MARK not in variables
        self.began = time.time()
        found = variables.get(MARK)
        self.folders = SessionFolders(Path(found)) if found else SessionFolders.new(variables)
        self.seeds = Seeds()
        self.traces: list[Trace] = []
        watch_changes(self.seeds)

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Note what this process wrote; in the first one search, and fail on a finding."""
        if not self.is_first:
            if self.folders.noted.is_dir():
                self.seeds.save(self.folders.noted / f"{uuid4().hex}.json")
            return
        for path in self.folders.noted.iterdir():
            self.seeds.join(path)
        self.traces = self.search(_base_of(session.config))
        if self.traces and session.exitstatus in {0, pytest.ExitCode.NO_TESTS_COLLECTED}:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def search(self, made: Path | None) -> list[Trace]:
        """Look through what the run left; None where no test asked for a folder."""
        add_shipped_people(self.seeds)
        whole = (self.folders.temporary, self.folders.settings)
        places = Places(made or self.folders.noted, whole, ROOT, self.began)
        return list(Search(self.seeds).through(own_files(places)))

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say what was sought, and where something was found."""
        if not self.is_first:
            return
        count = len(self.seeds.sought_names()) + len(self.seeds.numbers)
        if not self.traces:
            terminalreporter.write_line(
                f"加密文件以外没有留下个人信息（找了 {count} 个姓名和号码）"
            )
            return
        terminalreporter.section("加密文件以外留下了个人信息", red=True)
        for trace in self.traces:
            terminalreporter.write_line(f"{trace.path}：{trace.text}")

    def pytest_unconfigure(self) -> None:
        """Take the folders away; with a finding they stay to be looked at."""
        if self.is_first and not self.traces:
            shutil.rmtree(self.folders.base, ignore_errors=True)


def _base_of(config: pytest.Config) -> Path | None:
    """Give the folder under which all workers' test folders lie."""
    factory = getattr(config, "_tmp_path_factory", None)
    found = getattr(factory, "_basetemp", None)
    return None if found is None else Path(found)
