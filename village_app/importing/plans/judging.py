"""The state of one row: what was found, what the register knows and what the user decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from village_app.importing.plans.decisions import Action, Decisions, UpdateRule
from village_app.importing.plans.listed_names import ListedNames
from village_app.importing.plans.recognition import NOBODY, Candidate, Known, OwnKey, Recognised
from village_app.importing.plans.rows import Change, ChangeAction, PlanRow, State
from village_app.importing.rows.cleaning import CleanRow
from village_app.importing.rows.findings import Cleaning, Problem
from village_app.importing.rows.identity_cells import CONFIRMABLE
from village_app.importing.rows.records import Record
from village_app.importing.tables.targets import Target

DUPLICATE_IN_FILE = "duplicate_in_file"
"""The class of rows whose record stands further up in the same file."""

SUSPICION = 0.5
"""Score from which a candidate makes a row suspected."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A row after cleaning and looking up, before decisions.

    `same_as` is the earlier row of the file that is the same record, `clash` a problem with it.
    """

    number: int
    record: Record
    clean: CleanRow
    recognised: Recognised = NOBODY
    own_keys: tuple[OwnKey, ...] = ()
    household: int | None = None
    same_as: int | None = None
    same_reason: str = ""
    clash: Problem | None = None


@dataclass(slots=True)
class Verdict:
    """What a row came to: state, class of likeness, reasons, and the known record to change."""

    state: State
    code: str
    reasons: tuple[str, ...] = ()
    known: Known | None = None
    merge: bool = False


class Judge:
    """Judges rows under one set of decisions."""

    def __init__(
        self,
        target: Target,
        names: ListedNames,
        decisions: Decisions,
        marks: frozenset[str] = frozenset(),
    ) -> None:
        self._target = target
        self._marks = marks
        self._names = names
        self._decisions = decisions
        self._kept = {declared.name: declared for declared in target.fields}

    def row(self, draft: Draft) -> PlanRow:
        """Judge one row."""
        values, cleaned, problems = self._settled(draft)
        verdict = self._verdict(draft, problems)
        changes = (
            self._changes(draft.number, verdict.known, values, merge=verdict.merge)
            if verdict.known is not None
            else ()
        )
        state = verdict.state
        if state == "update" and not any(change.action != "keep" for change in changes):
            state = "same"
        record = draft.record
        return PlanRow(
            draft.number, record.sheet, record.row + 1, record.member, state, verdict.code,
            verdict.reasons, values, problems, cleaned, draft.household, verdict.known,
            draft.recognised.candidates, changes, draft.clean.also, draft.same_as, record,
        )  # fmt: skip

    def _settled(
        self, draft: Draft
    ) -> tuple[dict[str, Any], tuple[Cleaning, ...], tuple[Problem, ...]]:
        """Apply decisions about names and confirmed numbers; let the register mend names."""
        clean = draft.clean
        values = {name: value for name, value in clean.values.items() if name in self._kept}
        cleaned, problems = list(clean.cleaned), list(clean.problems)
        for name in self._target.referring:
            if name in values:
                resolved = self._names.resolve(name, values[name], self._decisions)
                values[name] = resolved.value
                cleaned += resolved.cleaned
                if resolved.value is None:
                    del values[name]
        problems = [self._confirmed(draft, problem, values) for problem in problems]
        if draft.recognised.certain:
            problems = _mended(problems, draft.recognised.certain.known)
        if draft.clash:
            problems.append(draft.clash)
        self._read_colour(draft.record, values, cleaned, problems)
        return values, tuple(cleaned), tuple(problems)

    def _read_colour(
        self,
        record: Record,
        values: dict[str, Any],
        cleaned: list[Cleaning],
        problems: list[Problem],
    ) -> None:
        """Let the colour of a row say what was decided; until then it is a doubt."""
        name = self._target.painted
        if name is None or record.colour not in self._marks:
            return
        meaning = self._decisions.colours.get(record.colour)
        if meaning is None:
            message = f"这一行标了{record.colour}色，请说一下是什么意思。"
            problems.append(Problem(name, "warning", "coloured", message))
        elif meaning not in ("", "skip"):
            values[name] = meaning
            shown = self._target.field(name).kind.show(meaning)
            cleaned.append(Cleaning(name, "", shown, f"标了{record.colour}色，按您的说明"))

    def _confirmed(self, draft: Draft, problem: Problem, values: dict[str, Any]) -> Problem:
        confirmed = (draft.number, problem.field) in self._decisions.confirmed
        if not confirmed or problem.code not in CONFIRMABLE:
            return problem
        number = draft.clean.also.get(problem.field, ())
        if not number:
            return problem
        values[problem.field] = number[0]
        return replace(problem, level="warning", message=f"{problem.message}已由您确认照原样收下。")

    def _verdict(self, draft: Draft, problems: tuple[Problem, ...]) -> Verdict:
        decided = self._decisions.by_row.get(draft.number)
        if decided and decided.action == "skip":
            return Verdict("skipped", "decided", ("按您的决定跳过",))
        if self._decisions.colours.get(draft.record.colour) == "skip":
            told = f"标了{draft.record.colour}色，按您的决定跳过"
            return Verdict("skipped", "decided", (told,))
        errors = [problem for problem in problems if problem.level == "error"]
        if errors:
            return Verdict("error", errors[0].code, tuple(error.message for error in errors))
        repeated = self._repeated(draft) if draft.same_as is not None else None
        return repeated or self._compared(draft)

    def _compared(self, draft: Draft) -> Verdict:
        """Judge a row by what the register knows of it."""
        recognised = draft.recognised
        if recognised.certain:
            return self._certain(draft, recognised.certain)
        suspects = [one for one in recognised.candidates if one.score >= SUSPICION]
        if suspects:
            return self._suspected(draft, suspects)
        if self._action(draft.number, "new") == "skip":
            return Verdict("skipped", "new", ("按您的决定不新增",))
        return Verdict("new", "new", ("登记册里没有",))

    def _action(self, number: int, code: str) -> Action | None:
        decided = self._decisions.by_row.get(number)
        return decided.action if decided else self._decisions.by_class.get(code)

    def _repeated(self, draft: Draft) -> Verdict | None:
        """Judge a row that stands in the file twice; None where it is to be taken by itself."""
        code = DUPLICATE_IN_FILE
        action = self._action(draft.number, code)
        if action == "add":
            return None
        reasons = (draft.same_reason,)
        if action is None:
            return Verdict("suspected", code, reasons)
        told = "跳过" if action == "skip" else "并入前面的一行"
        return Verdict("skipped", code, (*reasons, f"按您的决定{told}"))

    def _certain(self, draft: Draft, found: Candidate) -> Verdict:
        action = self._action(draft.number, found.code) or "update"
        if action == "skip":
            return Verdict("skipped", found.code, (*found.reasons, "按您的决定跳过"))
        if action == "add":
            return Verdict("new", found.code, (*found.reasons, "按您的决定新增"))
        return Verdict("update", found.code, found.reasons, found.known, action == "merge")

    def _suspected(self, draft: Draft, suspects: list[Candidate]) -> Verdict:
        best = suspects[0]
        action = self._action(draft.number, best.code)
        if action is None:
            return Verdict("suspected", best.code, best.reasons)
        if action == "skip":
            return Verdict("skipped", best.code, (*best.reasons, "按您的决定跳过"))
        if action == "add":
            return Verdict("new", best.code, (*best.reasons, "按您的决定新增"))
        decided = self._decisions.by_row.get(draft.number)
        wanted = decided.known_id if decided else None
        chosen = next((one for one in suspects if one.known.id == wanted), best)
        return Verdict("update", chosen.code, chosen.reasons, chosen.known, action == "merge")

    def _changes(
        self, number: int, known: Known, values: Mapping[str, Any], *, merge: bool
    ) -> tuple[Change, ...]:
        """Compare a row with the known record, field by field; a blank cell changes nothing."""
        changes = []
        for name, new in values.items():
            old = known.value(name)
            blank = old is None or old == ""
            if not blank and self._same(name, old, new):
                continue
            rule: UpdateRule = "only_blank" if merge else self._decisions.rule_for(number, name)
            action = "fill" if blank and rule != "keep" else _ACTIONS[rule]
            changes.append(Change(name, None if blank else old, new, action))
        return tuple(changes)

    def _same(self, name: str, old: Any, new: Any) -> bool:
        if old == new:
            return True
        equal = self._target.equal.get(name)
        if equal:
            return equal(old, new)
        show = self._kept[name].kind.show
        return show(new) in (show(old), str(old))


_ACTIONS: Mapping[UpdateRule, ChangeAction] = {
    "ask": "ask",
    "only_blank": "keep",
    "overwrite": "overwrite",
    "keep": "keep",
}


def _mended(problems: list[Problem], known: Known) -> list[Problem]:
    """Let the register stand in for a name that is missing or has lost a character."""
    kept = []
    for problem in problems:
        if problem.code == "missing" and known.value(problem.field):
            continue
        if problem.code == "lost_character" and known.value(problem.field):
            message = f"{problem.message}这里先按登记册里的“{known.title}”。"
            kept.append(replace(problem, level="warning", message=message))
            continue
        kept.append(problem)
    return kept


__all__ = ["DUPLICATE_IN_FILE", "SUSPICION", "Draft", "Judge", "Verdict"]
