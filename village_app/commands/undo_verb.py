"""`undo`: take an import back; old values restored, what was edited since is listed and left."""

from __future__ import annotations

import argparse

from village_app.commands.opening import add_village_options, opened
from village_app.commands.output import DONE, FINDINGS, Output
from village_app.db.records.residents import Resident

NAME = "undo"
SUMMARY = "撤回一次导入，恢复原来的值"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the words of the verb."""
    parser.add_argument("batch", type=int, metavar="批号", help="导入时告诉您的批号")
    add_village_options(parser)


def run(arguments: argparse.Namespace, out: Output) -> int:
    """Take the batch back and name what stays."""
    with opened(arguments) as village:
        batch = village.imports.by_number(arguments.batch)
        undone = village.imports.undo(batch)
        removed = undone.removed.get("resident", 0)
        restored = undone.restored.get("resident", 0)
        kept = []
        for one in undone.kept:
            if one.table == "resident":
                person = village.store.find(Resident, one.record_id)
                kept.append({"name": person.name if person else "", "reason": one.reason})
    out.say(f"已撤回“{batch.file_name}”：去掉 {removed} 人，恢复 {restored} 人的原值。")
    for left in kept:
        out.say(f"  留着没动：{left['name']}（{left['reason']}）")
    out.answer(removed=removed, restored=restored, kept=kept)
    return FINDINGS if kept else DONE
