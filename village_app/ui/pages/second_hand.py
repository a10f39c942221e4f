"""复核: fields of a form for the second person's name and password, where one is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from village_app.domain.kinds import TEXT, Choice, FieldDeclaration, options_of

if TYPE_CHECKING:
    from village_app.services.two_persons import TwoPersons


def second_fields(
    two_persons: TwoPersons, record: Any, action: str
) -> tuple[FieldDeclaration, ...]:
    """Give the two fields, or none: not one's own record, or nobody else is there who may."""
    people = two_persons.seconds(action) if two_persons.needs_second(record) else ()
    if not people:
        return ()
    return (
        FieldDeclaration(
            "second",
            "复核人",
            Choice(options_of(people)),
            required=True,
            hint="这一笔是您记的，要另一个人在这里输他的密码",
        ),
        FieldDeclaration("second_password", "复核人密码", TEXT, required=True),
    )
