"""The two-person rule: who makes does not check, where money, decisions or an override stand.

Who entered a record is read in the journal, not in a column that could be typed. Where the
office has one user only who could do it at all, nobody could ever comply: he may, and the journal
says 一人办理 at that change, which the supervision committee filters for.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, NoReturn

from village_app.db.fields import Record, table_of
from village_app.db.records.house import UserAccount
from village_app.db.vault import Vault
from village_app.domain.permissions import action_label, may, roles_for
from village_app.errors import Refused
from village_app.services.session import Service, Session, permitted

ALONE = "（一人办理）"
_MAKER = """
SELECT c.user FROM change_row r JOIN change c ON c.id = r.change_id
WHERE r.record_id = ? AND r.table_name = ? AND r.before IS NULL ORDER BY c.id LIMIT 1"""


@dataclass(frozen=True, slots=True)
class Second:
    """The second person's own hand at this desk: sign-in name and password as typed."""

    name: str
    password: str

    @classmethod
    def read(cls, typed: Mapping[str, Any]) -> Second | None:
        """Read the two fields `second` and `second_password` of a form; None when left blank."""
        name = str(typed.get("second") or "").strip()
        return cls(name, str(typed.get("second_password") or "")) if name else None


class TwoPersons(Service):
    """Says on the pages who may do the second half."""

    @permitted("settings.read")
    def needs_second(self, record: Record) -> bool:
        """Tell whether the user at the desk entered this record himself."""
        return maker_of(self.session, record) == self.session.user.name

    @permitted("settings.read")
    def seconds(self, action: str) -> tuple[tuple[str, str], ...]:
        """List who else may do something: sign-in name and full name."""
        return tuple((one.name, one.full_name) for one in others_who_may(self.session, action))

    @permitted("settings.read")
    def who_may(self, action: str) -> str:
        """Name who else may do something: people with the right, else its roles."""
        others = [one.full_name for one in others_who_may(self.session, action)]
        return "、".join(others) or "、".join(roles_for(action))


def maker_of(session: Session, record: Record) -> str:
    """Give the sign-in name of who entered a record, "" when the journal does not say."""
    rows = session.store.sql(_MAKER, (record.id, table_of(type(record))))
    return str(rows[0][0]) if rows else ""


def refuse_maker(session: Session, makers: AbstractSet[str | None], action: str, what: str) -> str:
    """Refuse that one of the makers (names or full names) also does `what`.

    Gives the mark for the change's label: blank, or 一人办理 where the office has nobody else
    with the right to `action`.
    """
    user = session.user
    if not makers & {user.name, user.full_name}:
        return ""
    if others_who_may(session, action, besides=makers):
        _refuse(session, action, what, makers)
    return ALONE


def refuse_always(
    session: Session, makers: AbstractSet[str | None], action: str, what: str
) -> None:
    """Refuse one of the makers even where he sits alone: money never leaves by one hand."""
    if makers & {session.user.name, session.user.full_name}:
        _refuse(session, action, what)


def countersigned(
    session: Session, makers: AbstractSet[str | None], second: Second | None, action: str, what: str
) -> str:
    """Ask for the second person's hand where the user made the record himself.

    Gives the mark for the change's label: who countersigned, 一人办理 where nobody else could,
    blank where the user is himself the second person. Refused: nobody, the same person, a
    wrong password, somebody without the right to `action`.
    """
    if second is not None:
        return f"（{sign_here(session, second, action, what)}复核）"
    return refuse_maker(session, makers, action, what)


def sign_here(session: Session, second: Second, action: str, what: str) -> str:
    """Let the second person sign at this desk by his own password; gives his full name."""
    account = _account(session, second.name.strip())
    if account is None or account.name == session.user.name:
        _refuse(session, action, what)
    # A vault of its own: the keys in hand stay those of who sits at the desk.
    other = Vault.load(session.folder)
    role = other.unlock(account.name, second.password).role
    other.lock()
    if not may(role, action):
        roles = "、".join(roles_for(action))
        raise Refused("second_not_permitted", f"这个人没有{what}的权限，请{roles}来。")
    return str(account.full_name)


def _account(session: Session, name: str) -> UserAccount | None:
    """Find who is meant by a sign-in name, or by the full name that a form shows."""
    for column in (UserAccount.name, UserAccount.full_name):
        query = session.store.select(UserAccount).where(column == name, UserAccount.is_active == 1)
        found: UserAccount | None = query.first()
        if found is not None:
            return found
    return None


def others_who_may(
    session: Session, action: str, *, besides: AbstractSet[str | None] = frozenset()
) -> list[UserAccount]:
    """List the other people who sign in here and have the right, without those named."""
    accounts = session.store.rows(session.store.select(UserAccount).order_by(UserAccount.id))
    left_out = {session.user.name, *besides}
    return [
        one
        for one in accounts
        if one.is_active and not left_out & {one.name, one.full_name} and may(one.role, action)
    ]


def _refuse(
    session: Session, action: str, what: str, makers: AbstractSet[str | None] = frozenset()
) -> NoReturn:
    session.journal.note(f"被拒绝：自己经手又自己{what}")
    others = "、".join(one.full_name for one in others_who_may(session, action, besides=makers))
    who = others or f"有“{action_label(action)}”权限的人"
    raise Refused("same_person", f"这件事是您自己经手的，要由另一个人来{what}：{who}。")
