"""Who may sign in: accounts beside the key slots, quick change of user, one role or several."""

from __future__ import annotations

from village_app.db.records.house import UserAccount
from village_app.domain.permissions import ROLE_LABELS
from village_app.errors import Fault, InvalidInput, Refused
from village_app.services.session import Service, User, author_of, permitted
from village_app.services.settings import Settings


class Users(Service):
    """Adds people who sign in and changes who sits at the desk."""

    @permitted("users.read")
    def listed(self) -> list[UserAccount]:
        """List the accounts in the order in which they were made."""
        return self.store.rows(self.store.select(UserAccount).order_by(UserAccount.id))

    @permitted("users.edit")
    def add(self, name: str, password: str, role: str, full_name: str = "") -> UserAccount:
        """Let somebody sign in; he must change the password that was given to him.

        Refuses an unknown role, a name that is taken and a weak password, with the reasons.
        """
        if any(part not in ROLE_LABELS for part in role.split("+")):
            raise InvalidInput([Fault("role", "unknown_role", "没有这种角色，请从名单里选。")])
        settings = Settings(self.session).read()
        with self.session.change(f"新增用户 {name}", undoable=False) as change:
            account: UserAccount = change.insert(
                UserAccount(
                    name=name.strip(),
                    full_name=full_name or name.strip(),
                    role=role,
                    is_active=True,
                )
            )
            # The key file is written last: a refused password leaves no account behind.
            self.session.vault.add_user(name, password, role, village_name=settings.village)
        return account

    @permitted("settings.read")
    def switch(self, name: str, password: str) -> User:
        """Let another person take the desk over, by his own password."""
        before = self.session.user
        unlocked = self.session.vault.unlock(name, password)
        account = self.store.select(UserAccount).where(UserAccount.name == unlocked.user).first()
        if account is None or not account.is_active:
            raise Refused("no_account", f"“{name}”的账号停用了，请找管理员。")
        user = User(unlocked.user, account.full_name, unlocked.role)
        self.session.user = user
        self.session.journal.author = author_of(user, self.session.journal.author.desk)
        self.session.journal.note(f"换人：{before.full_name} → {user.full_name}")
        return user
