"""Failures sorted by who can help: the typist, the state of things, or the machine."""

from __future__ import annotations

from typing import Any, NamedTuple


class Fault(NamedTuple):
    """One reason why one field cannot stay as it is; the sentence names the right value."""

    field: str
    code: str
    message: str
    suggestion: str | None = None


class VillageError(Exception):
    """A failure that people can understand: a code for tests, a sentence for people, values."""

    def __init__(self, code: str, message: str, **values: Any) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.values = values


class InvalidInput(VillageError):
    """What was typed breaks rules; all faults at once, each with its field."""

    def __init__(self, faults: tuple[Fault, ...] | list[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("invalid_input", "；".join(fault.message for fault in self.faults))


class Refused(VillageError):
    """The input is fine but the state forbids it; the sentence says what would allow it."""


class EnvironmentProblem(VillageError):
    """Disk full, file held by another program, data newer than this program and the like."""


class Cancelled(Exception):
    """The user stopped the work; nothing is shown and nothing stays."""
