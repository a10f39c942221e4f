"""Who may sign in: accounts beside the key slots, quick change of user, one role or several."""

from __future__ import annotations

from village_app.db.journal import READ_ONLY, Change
from village_app.db.records.house import UserAccount
from village_app.db.rekey import change_database_key
from village_app.domain.permissions import ROLE_LABELS, role_words
from village_app.errors import Fault, InvalidInput, Refused
from village_app.services.session import Service, User, author_of, permitted
from village_app.services.settings import Settings


class Users(Service):
    """Adds people who sign in, changes their roles, takes them out, changes who sits here."""

    @permitted("users.read")
    def listed(self) -> list[UserAccount]:
        """List the accounts in the order in which they were made."""
        return self.store.rows(self.store.select(UserAccount).order_by(UserAccount.id))

    @permitted("users.read")
    def get(self, account_id: int) -> UserAccount:
        return self.store.get(UserAccount, account_id)

    @permitted("users.edit")
    def add(self, name: str, password: str, role: str, full_name: str = "") -> UserAccount:
        """Let somebody sign in; he must change the password that was given to him.

        Refuses an unknown role, a name that is taken and a weak password, with the reasons.
        """
        _refuse_unknown(role)
        with self.session.change(f"新增用户 {name}", undoable=False) as change:
            account: UserAccount = change.insert(
                UserAccount(
                    name=name.strip(),
                    full_name=full_name or name.strip(),
                    role=role,
                    is_active=True,
                    must_change_password=True,
                )
            )
            # The key file is written last: a refused password leaves no account behind.
            self.session.vault.add_user(
                name, password, role, must_change=True, village_name=self._village_name()
            )
        return account

    @permitted("users.edit")
    def set_role(self, account: UserAccount, role: str) -> UserAccount:
        """Give somebody other roles; the last administrator stays one."""
        _refuse_unknown(role)
        if "admin" not in role.split("+"):
            self._refuse_last_administrator(account)
        label = f"{account.full_name}的角色改为{role_words(role)}"
        with self.session.change(label, undoable=False) as change:
            changed: UserAccount = change.update(account, role=role)
            self.session.vault.set_role(account.name, role)
        if account.name == self.session.user.name:
            self.session.user = User(account.name, account.full_name, role)
        return changed

    @permitted("users.edit")
    def reset_password(self, account: UserAccount, password: str) -> None:
        """Set a colleague's password; he must change it when he signs in next (E09)."""
        with self.session.change(f"重设{account.full_name}的密码", undoable=False) as change:
            change.update(account, must_change_password=True)
            self.session.vault.reset_password(
                account.name, password, village_name=self._village_name()
            )

    @permitted("settings.read")
    def change_own_password(self, old: str, new: str) -> None:
        """Let the one who sits here set his own password anew."""
        user = self.session.user
        if self.store.read_only:
            raise Refused("read_only", READ_ONLY)
        self.session.vault.change_password(user.name, old, new, village_name=self._village_name())
        account = self.store.select(UserAccount).where(UserAccount.name == user.name).first()
        with self.session.change(f"{user.full_name}改了自己的密码", undoable=False) as change:
            if account is not None:
                change.update(account, must_change_password=False)

    @permitted("users.edit")
    def remove(self, account: UserAccount) -> None:
        """Take somebody out and change the data key: his password opens nothing new (E13).

        The account stays in the list as 停用, because the journal names him. Other threads let go
        of the store before (`Store.let_go`); a cut on the way is finished at the next opening.
        """
        if account.name == self.session.user.name:
            raise Refused("own_account", "不能停用自己。请让另一位管理员来做。")
        self._refuse_last_administrator(account)
        with self.session.change(f"停用用户 {account.full_name}", undoable=False) as change:
            change.update(account, is_active=False)
            self.session.vault.remove_user(account.name)
        vault = self.session.vault
        with self.store.set_aside(lambda: self.session.keys().dek) as database:
            change_database_key(vault, database)

    @permitted("users.edit")
    def new_recovery_code(self) -> str:
        """Make a recovery code, shown once; the paper in the safe until now is void (E10)."""
        code = self.session.vault.new_recovery_code()
        self.session.journal.note("换了恢复码，旧的作废")
        return code

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

    def follow_vault(self, change: Change) -> None:
        """Make the accounts agree with the key file after a restore: keys stay today's (J16)."""
        can_enter = {user.name: user.role for user in self.session.vault.users}
        accounts = {one.name: one for one in self.store.rows(self.store.select(UserAccount))}
        for name, account in accounts.items():
            role = can_enter.get(name, account.role)
            if (account.is_active, account.role) != (name in can_enter, role):
                change.update(account, is_active=name in can_enter, role=role)
        for name in can_enter.keys() - accounts.keys():
            change.insert(
                UserAccount(name=name, full_name=name, role=can_enter[name], is_active=True)
            )

    def _refuse_last_administrator(self, account: UserAccount) -> None:
        others = [
            one
            for one in self.listed()
            if one.is_active and one.id != account.id and "admin" in one.role.split("+")
        ]
        if "admin" in account.role.split("+") and not others:
            raise Refused(
                "last_administrator",
                "这是最后一位管理员，没有他就没有人能管用户了。请先让另一人当管理员。",
            )

    def _village_name(self) -> str:
        return Settings(self.session).read().village


def _refuse_unknown(role: str) -> None:
    if not role or any(part not in ROLE_LABELS for part in role.split("+")):
        raise InvalidInput([Fault("role", "unknown_role", "没有这种角色，请从名单里选。")])
