"""用户: who signs in with which roles, and what an administrator does with them."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from village_app.domain.kinds import FLAG, PERSON_NAME, TEXT, FieldDeclaration
from village_app.domain.permissions import ROLE_LABELS, role_words
from village_app.ui.asking import Choice, Question
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.columns import ColumnSpec, ListRow, ShortList
from village_app.ui.kit.dialog import Sheeted
from village_app.ui.kit.keys import Key
from village_app.ui.kit.lights import Light
from village_app.ui.kit.sheets import Sheet
from village_app.ui.kit.table import RecordTable
from village_app.ui.kit.text import Text
from village_app.ui.page import Desk
from village_app.ui.pages.form_dialog import FormDialog, Typed
from village_app.ui.pages.safety.part import Part
from village_app.ui.recovery import CodeSheet, print_on_paper
from village_app.ui.theme import theme

COLUMNS = (
    ColumnSpec("name", "登录名", TEXT, width=110, sortable=False),
    ColumnSpec("full_name", "姓名", TEXT, width=100, sortable=False),
    ColumnSpec("role", "角色", TEXT, width=180, stretch=True, sortable=False),
    ColumnSpec("state", "状态", None, width=132, sortable=False),
)
NAMES = (
    FieldDeclaration("name", "登录名", TEXT, required=True),
    FieldDeclaration("full_name", "姓名", PERSON_NAME),
)
FIRST_PASSWORD = FieldDeclaration(
    "password",
    "第一次的密码",
    TEXT,
    required=True,
    hint="至少 10 个字符，或者四个中文词。当面告诉他，他登录后要改。",
)
ROLES = tuple(FieldDeclaration(role, label, FLAG) for role, label in ROLE_LABELS.items())
ROLE_LINES = tuple(tuple(one.name for one in ROLES[at : at + 3]) for at in range(0, len(ROLES), 3))


class CodeDialog(Sheeted):
    """Shows a new recovery code, prints it and asks it back before it goes."""

    def __init__(self, code: str, village: str, window: QWidget) -> None:
        super().__init__("新的恢复码", "new", window)
        sheet = CodeSheet(code, lambda shown: print_on_paper(village, shown))
        self.body.addWidget(sheet)
        row = QHBoxLayout()
        self.on = Button("收好了", kind="primary", press=self.accept)
        self.on.setDefault(True)
        self.on.forbid("先把恢复码再输一遍")
        sheet.kept.connect(lambda: self.on.forbid(""))
        row.addWidget(self.on)
        row.addStretch(1)
        self.body.addLayout(row)

    def reject(self) -> None:
        """Esc does nothing: the old code is void already, this one must be kept."""


class UsersPart(Part):
    """The accounts, and what an administrator does with them."""

    keys = (Key("Ctrl+N", "加一位"), Key("F2", "改角色"))

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._accounts: dict[int, Any] = {}
        self.dialog: FormDialog | None = None
        self.code: CodeDialog | None = None
        row = QHBoxLayout()
        row.setSpacing(theme().px(8))
        self.add_button = Button(
            "加一位", icon="plus", key="Ctrl+N", kind="primary", press=self.add
        )
        self.role_button = Button("改角色", icon="pen", key="F2", press=self.change_role)
        self.reset_button = Button("重设密码", icon="key", press=self.reset)
        self.remove_button = Button("停用", icon="cross", kind="danger", press=self.remove)
        for button in (self.add_button, self.role_button, self.reset_button, self.remove_button):
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.table = RecordTable(
            ShortList(COLUMNS), name="users", measure="人", preferences=desk.preferences
        )
        self.table.chosen.connect(lambda _key: self._allow())
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self._make_own())

    def _make_own(self) -> Sheet:
        sheet = Sheet()
        self.key_words = Text(
            "所有人都忘了密码时，只有保险柜里的恢复码能打开数据。"
            "纸丢了、被人看过，就换一个，旧的马上作废。",
            "body",
            "ink2",
            wrap=True,
        )
        sheet.add(self.key_words)
        self.code_button = Button("换一个恢复码", icon="shield", press=self.renew_code)
        self.handover_button = Button("打印换届交接清单", icon="printer", press=self.print_handover)
        row = QHBoxLayout()
        row.addWidget(self.code_button)
        row.addWidget(self.handover_button)
        row.addStretch(1)
        holder = QVBoxLayout()
        holder.addLayout(row)
        sheet.body.addLayout(holder)
        return sheet

    def refresh(self) -> None:
        self._accounts = {one.id: one for one in self.desk.village.users.listed()}
        self.table.refresh(ShortList(COLUMNS, map(_row, self._accounts.values())))
        if self.table.current_key() is None:
            self.table.choose_first()
        self._allow()

    def _allow(self) -> None:
        reason = "" if self.may("users.edit") else "只有管理员能管用户"
        for button in (self.add_button, self.code_button):
            button.forbid(reason)
        handing = "" if self.may("handover.edit") else "您的角色不能办交接"
        self.handover_button.forbid(handing)
        account = self._chosen()
        if not reason and account is None:
            reason = "先选一位"
        elif not reason and account is not None and not account.is_active:
            reason = "这个用户已经停用"
        for button in (self.role_button, self.reset_button, self.remove_button):
            button.forbid(reason)
        if not reason and account.name == self.desk.village.session.user.name:
            self.remove_button.forbid("不能停用自己，要请另一位管理员来停")

    def _chosen(self) -> Any:
        return self._accounts.get(self.table.current_key() or 0)

    # Acts

    def add(self) -> None:
        """Let somebody new sign in."""

        def save(typed: Typed) -> None:
            self.desk.village.users.add(
                typed["name"], typed["password"], roles_of(typed), typed["full_name"]
            )
            self.desk.say(f"已加 {typed['full_name'] or typed['name']}", None)

        self._open(
            FormDialog(
                "加一位用户",
                (*NAMES, FIRST_PASSWORD, *ROLES),
                save,
                self.window(),
                lines=(("name", "full_name"), ("password",), *ROLE_LINES),
            )
        )

    def change_role(self) -> None:
        """Give the chosen user other roles."""
        account = self._chosen()
        if account is None:
            return

        def save(typed: Typed) -> None:
            self.desk.village.users.set_role(account, roles_of(typed))
            self.desk.say(f"{account.full_name} 的角色改好了，他下次登录起作用", None)

        held = set(account.role.split("+"))
        self._open(
            FormDialog(
                f"{account.full_name} 的角色",
                ROLES,
                save,
                self.window(),
                values={one.name: one.name in held for one in ROLES},
                lines=ROLE_LINES,
            )
        )

    def reset(self) -> None:
        """Set a first password anew for somebody who forgot his."""
        account = self._chosen()
        if account is None:
            return

        def save(typed: Typed) -> None:
            self.desk.village.users.reset_password(account, typed["password"])
            self.desk.say(f"{account.full_name} 的密码重设好了", None)

        self._open(
            FormDialog(
                f"给 {account.full_name} 重设密码",
                (FIRST_PASSWORD,),
                save,
                self.window(),
                words="重设密码",
            )
        )

    def remove(self) -> None:
        """Take the chosen user out and change the keys."""
        account = self._chosen()
        if account is None:
            return
        answer = self.desk.asking.ask(
            Question(
                f"{account.full_name} 以后不能登录",
                [
                    ("会怎样", "数据马上换一把新钥匙，他的旧密码打不开以后的数据和新备份。"),
                    ("旧备份", "以前的备份他仍然打得开，请收好以前的 U 盘。"),
                ],
                [Choice("remove", "停用并换钥匙", "cross", danger=True), Choice("", "先不停用")],
            )
        )
        if answer != "remove":
            return
        village = self.desk.village
        village.store.let_go()
        self.run(
            lambda _report: village.users.remove(account),
            "换钥匙",
            lambda _none: self._removed(account.full_name),
        )

    def _removed(self, name: str) -> None:
        self.desk.say(f"{name} 已停用，钥匙换好了", None)
        self.refresh()

    def renew_code(self) -> None:
        """Make a new recovery code, show it once and have it typed back."""
        answer = self.desk.asking.ask(
            Question(
                "保险柜里现在那张纸会作废",
                [("接下来", "新的恢复码只出现一次，打印或抄好，再输一遍。")],
                [Choice("renew", "换一个恢复码", "shield"), Choice("", "先不换")],
            )
        )
        if answer == "renew":
            users = self.desk.village.users
            self.run(lambda _report: users.new_recovery_code(), "换恢复码", self._show_code)

    def _show_code(self, code: str) -> None:
        village = self.desk.village.settings.read().village
        self.code = CodeDialog(code, village, self.window())
        self.code.open()

    def print_handover(self) -> None:
        """Save the list of what goes to the next committee."""
        self.print_paper(self.desk.village.handover.paper, "换届交接清单")

    def _open(self, dialog: FormDialog) -> None:
        self.dialog = dialog
        dialog.accepted.connect(self.refresh)
        dialog.open()

    def lay_out(self, narrow: bool) -> None:
        self.table.set_narrow(narrow)
        self.key_words.setVisible(not narrow)  # the question before a new code says it too

    def first_focus(self) -> RecordTable:
        return self.table


def roles_of(typed: Typed) -> str:
    """Join the ticked roles as the program keeps them."""
    return "+".join(one.name for one in ROLES if FLAG.parse(typed.get(one.name, "")))


def _row(account: Any) -> ListRow:
    if not account.is_active:
        light = Light("hold", "停用")
    elif account.must_change_password:
        light = Light("soon", "要改密码")
    else:
        light = Light("done", "可登录")
    return ListRow(
        account.id,
        {
            "name": account.name,
            "full_name": account.full_name,
            "role": role_words(account.role),
            "state": light,
        },
        muted=not account.is_active,
    )
