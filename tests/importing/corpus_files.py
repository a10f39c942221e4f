"""Finds the stored files of strangers, or leaves out the tests that need them."""

from __future__ import annotations

from pathlib import Path

import pytest

CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"


def corpus_file(name: str) -> Path:
    """Give the path of a corpus file, or skip the test in one line."""
    path = CORPUS / name
    if not path.exists():
        pytest.skip(f"corpus file not at hand: {name}")
    return path
