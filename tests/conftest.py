"""What holds for every test: no screen, repeatable chance, and a search of what a run left."""

from __future__ import annotations

import gc
import os

# Before anything imports Qt; a test that wants a real screen starts its own process.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from hypothesis import settings

from tests.seed_search.session import SeedSearch
from village_app.ui.rubbish import search

# No deadline: on a shared machine a slow moment is not a fault. Derandomised: the ordinary run
# gives the same answer every time; new examples are looked for by the long one.
settings.register_profile("ordinary", deadline=None, max_examples=60, derandomize=True)
settings.register_profile("long", deadline=None, max_examples=3000, print_blob=True)
settings.load_profile("ordinary")


def pytest_configure(config: pytest.Config) -> None:
    """Search after the last test for personal data outside the encrypted files.

    And let no thread of a test search for rubbish, as in the program (`ui/rubbish.py`).
    """
    gc.disable()
    config.pluginmanager.register(SeedSearch(), "seed_search")


def pytest_runtest_teardown() -> None:
    """Search for rubbish where widgets may go: on the main thread, between two tests."""
    search()
