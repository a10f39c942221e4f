"""What is said when a text cannot be read as the value it should be."""

from __future__ import annotations


class Unreadable(ValueError):
    """What was typed is not a value of the kind; says what is wrong and what would be right.

    `suggestion` is a text that would be read, offered for one key press; None where none is sure.
    """

    def __init__(self, code: str, message: str, suggestion: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.suggestion = suggestion
