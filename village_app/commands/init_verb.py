"""`init`: make a village's data with its first user, keys and recovery code."""

from __future__ import annotations

import argparse

from village_app.commands.opening import add_village_options, ask_password, data_folder
from village_app.commands.output import DONE, Output
from village_app.opening import NewVillage, create_village

NAME = "init"
SUMMARY = "新建一个村的数据：第一个用户、钥匙、恢复码"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the words of the verb."""
    add_village_options(parser)
    parser.add_argument("--village", required=True, metavar="村名", help="例如：隔坑村")
    parser.add_argument("--town", default="", metavar="镇名", help="例如：横沥镇")


def run(arguments: argparse.Namespace, out: Output) -> int:
    """Make the village and print the recovery code, once."""
    user = arguments.user or "管理员"
    new = NewVillage(
        village=arguments.village,
        town=arguments.town,
        user=user,
        password=ask_password(f"给{user}定一个密码："),
        role="admin+secretary+accountant+clerk",
    )
    village, code = create_village(data_folder(arguments), new)
    village.close()
    out.say(f"{arguments.village}的数据建好了，第一个用户是{user}。")
    out.say(f"恢复码（只显示这一次，请抄下放进保险柜）：{code}")
    out.answer(village=arguments.village, user=user, recovery_code=code)
    return DONE
