"""The gate's rules, read from data: classes of findings, words, columns."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from village_app.domain.masking_policies import never_public
from village_app.domain.resources import load_json

Severity = Literal["stop", "ask", "passed"]

_MASKED_NAME = r"[\u4e00-\u9fff][*＊]{1,3}[\u4e00-\u9fff]?"


@dataclass(frozen=True, slots=True)
class FindingClass:
    """One class of finding: its name, whether it stops, whether a second person may let it pass."""

    code: str
    label: str
    severity: Severity
    overridable: bool


@dataclass(frozen=True, slots=True)
class GateRules:
    """All rules of the gate; lists of words are compiled to one pattern each."""

    classes: dict[str, FindingClass]
    matters: dict[str, str]
    matter_words: re.Pattern[str]
    matter_cells: dict[str, str]
    may_be_matter: re.Pattern[str]
    harmless: re.Pattern[str]
    person: re.Pattern[str]
    residence: re.Pattern[str]
    office: re.Pattern[str]
    surnames: str
    columns: dict[str, tuple[str, ...]]


@cache
def gate_rules() -> GateRules:
    """Read the rules that come with the program."""
    plain = load_json("rules", "privacy-gate.json")
    words = {word: matter["label"] for matter in plain["matters"] for word in matter["words"]}
    cells = {
        cell: matter["label"] for matter in plain["matters"] for cell in matter.get("cells", ())
    }
    titles = _alternatives(plain["person_titles"])
    columns = {
        name.removesuffix("_columns"): tuple(labels)
        for name, labels in plain.items()
        if name.endswith("_columns")
    }
    return GateRules(
        classes={entry["code"]: FindingClass(**entry) for entry in plain["classes"]},
        matters=words,
        matter_words=re.compile(_alternatives(words)),
        matter_cells=cells,
        may_be_matter=re.compile(f"[{''.join(sorted({word[0] for word in (*words, *cells)}))}]"),
        harmless=re.compile(_alternatives(plain["harmless"])),
        person=re.compile(
            f"{_MASKED_NAME}|{_alternatives(plain['person_words'])}"
            f"|[{plain['surnames']}](?:{titles})"
        ),
        residence=re.compile(_alternatives(plain["residence_words"])),
        office=re.compile(_alternatives(plain["office_words"])),
        surnames=plain["surnames"],
        columns=columns | {"never": (*columns["never"], *never_public())},
    )


def _alternatives(words: Iterable[str]) -> str:
    """Join words to one pattern, longer ones first, so that the longest is named."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
