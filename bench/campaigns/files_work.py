"""Work on single files: an exported list, the key file, the change of the data key."""

from __future__ import annotations

from pathlib import Path

from bench.campaigns.small_village import (
    CLERK,
    DIRECTOR,
    PASSWORD,
    keys_of,
    logged_in,
    new_village,
    password_of,
    passwords_that_open,
    residents_in,
)
from bench.campaigns.workload import WHOLE, Acknowledge, Judgement, Workload, broken, declare, lost
from village_app.db.checks import check_database
from village_app.db.files import write_atomically
from village_app.db.manifest import DATABASE
from village_app.db.rekey import change_database_key, key_in_use
from village_app.db.vault import Vault
from village_app.errors import VillageError

LIST = "名单.xlsx"
VERSIONS = 12


def content_of(version: int) -> bytes:
    return bytes([version]) * (3000 + 1700 * version)


def prepare_list(root: Path) -> None:
    (root / LIST).write_bytes(content_of(0))


def export(root: Path, acknowledge: Acknowledge) -> None:
    for version in range(1, VERSIONS + 1):
        write_atomically(root / LIST, content_of(version))
        acknowledge(version)


def export_naively(root: Path, acknowledge: Acknowledge) -> None:
    for version in range(1, VERSIONS + 1):
        (root / LIST).write_bytes(content_of(version))
        acknowledge(version)


def judge_list(root: Path, acknowledged: int) -> Judgement:
    path = root / LIST
    content = path.read_bytes() if path.exists() else b""
    if not content or content != content_of(content[0]):
        return broken("half a list")
    return lost(f"version {content[0]}") if content[0] < acknowledged else WHOLE


def prepare_vault(root: Path) -> None:
    new_village(root, 20)


def change_passwords(root: Path, acknowledge: Acknowledge) -> None:
    vault = logged_in(root)
    for number in range(1, VERSIONS + 1):
        vault.reset_password(DIRECTOR, password_of(number))
        acknowledge(number)


def judge_passwords(root: Path, acknowledged: int) -> Judgement:
    try:
        opens = passwords_that_open(root, range(max(0, acknowledged - 1), acknowledged + 2))
        keys_of(logged_in(root))
    except VillageError as problem:
        return broken(problem.code)
    if len(opens) != 1:
        return broken(f"{len(opens)} passwords open")
    return lost(f"password {opens[0]}") if opens[0] < acknowledged else WHOLE


def change_keys(root: Path, acknowledge: Acknowledge) -> None:
    vault = logged_in(root)
    for number in range(1, 5):
        vault.begin_rotation()
        change_database_key(vault, root / DATABASE)
        acknowledge(number)


def judge_keys(root: Path, acknowledged: int) -> Judgement:
    try:
        vault = Vault.load(root)
        unlocked = vault.unlock(CLERK, PASSWORD)
        key = key_in_use(vault, unlocked, root / DATABASE)
        found = check_database(root / DATABASE, key)
        residents = residents_in(root / DATABASE, key)
        if vault.is_rotating:
            change_database_key(vault, root / DATABASE)
            residents = residents_in(root / DATABASE, keys_of(logged_in(root)).dek)
    except VillageError as problem:
        return broken(problem.code)
    if residents != 20 or any(finding.code != "torn_free_page" for finding in found):
        return broken(f"{residents} residents, {found}")
    if unlocked.generation <= acknowledged:
        return lost(f"key {unlocked.generation}")
    return WHOLE


declare(Workload("export", "写出名单", prepare_list, export, judge_list))
declare(
    Workload(
        "export-naive",
        "对照：直接写文件",
        prepare_list,
        export_naively,
        judge_list,
        is_control=True,
    )
)
declare(Workload("key-file", "改密码", prepare_vault, change_passwords, judge_passwords))
declare(Workload("rekey", "更换密钥", prepare_vault, change_keys, judge_keys))
