"""Opening a village for a verb: its folder, its user, and a password that no process list shows."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from pathlib import Path

from village_app.db.key_file import has_key_file
from village_app.db.vault import Vault
from village_app.errors import Refused
from village_app.opening import DATABASE, open_village
from village_app.own_folder import own_folder
from village_app.village import Village

PASSWORD_VARIABLE = "VILLAGE_APP_PASSWORD"  # noqa: S105 - the name of a variable


def add_village_options(parser: argparse.ArgumentParser) -> None:
    """Add --data and --user, which every verb on a village takes."""
    parser.add_argument("--data", type=Path, default=None, metavar="文件夹", help="村的数据文件夹")
    parser.add_argument("--user", default="", metavar="姓名", help="用哪个用户登录")


def data_folder(arguments: argparse.Namespace) -> Path:
    """Give the folder that was named, or the user's own."""
    folder: Path = arguments.data or own_folder()
    return folder


def opened(arguments: argparse.Namespace) -> Village:
    """Open the village that the words name; asks for the password only at a terminal."""
    folder = data_folder(arguments)
    if not folder.is_dir():
        raise Refused("no_folder", f"没有“{folder.name}”这个数据文件夹。请检查 --data 后面的名字。")
    if not (has_key_file(folder) or (folder / DATABASE).exists()):
        sentence = f"“{folder.name}”里没有村的数据。请检查 --data 后面的名字；新建一个村用 init。"
        raise Refused("no_village", sentence)
    user = sign_in_name(arguments, folder)
    return open_village(folder, user, ask_password(f"{user}的密码："))


def sign_in_name(arguments: argparse.Namespace, folder: Path) -> str:
    """Give the user that was named, or the only one there is."""
    return str(arguments.user or _only_user(folder))


def ask_password(question: str) -> str:
    """Take the password from the environment or ask for it; refused where nobody can answer."""
    given = os.environ.get(PASSWORD_VARIABLE)
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise Refused(
            "password_needed", f"还要密码：请在终端里运行，或先设好环境变量 {PASSWORD_VARIABLE}。"
        )
    return getpass.getpass(question)


def _only_user(folder: Path) -> str:
    users = Vault.load(folder).users
    if len(users) != 1:
        names = "、".join(user.name for user in users)
        raise Refused("user_needed", f"这里有几个用户（{names}），请用 --user 说明是哪一个。")
    return users[0].name
