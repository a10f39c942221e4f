"""Story 2, 一本花名册: a roster comes in, telephones are renewed, party members, one taken back."""

from __future__ import annotations

from pathlib import Path

from village_app.db.records.residents import ImportBatch, Resident
from village_app.demo.stage import Stage
from village_app.importing.plans.plan import Plan


def tell(stage: Stage) -> None:
    """Import three lists and take the second back; one person was edited in the meantime."""
    stage.clock.turn_to("2026-01-05")
    _, plan = bring(stage, "三组户籍花名册.xlsx")
    stage.say(f"导入花名册：{plan.counts.new} 人，{len(plan.households)} 户")
    stage.clock.turn_to("2026-02-02")
    phones, plan = bring(stage, "电话更新.csv")
    stage.say(
        f"电话更新：更新 {plan.counts.update} 人，新增 {plan.counts.new} 人，"
        f"{plan.counts.error} 行有错没有写入"
    )
    edited = _edit_one_new_person(stage, plan)
    _, plan = bring(stage, "党员名册.xls")
    stage.say(
        f"党员名册：{plan.counts.update} 人登记为党员，{len(plan.questions)} 人电话不同，留着问"
    )
    stage.clock.turn_to("2026-02-09")
    undone = stage.village.imports.undo(phones)
    kept = [one for one in undone.kept if one.record_id == edited.id]
    stage.say(
        f"一周后撤回电话更新：恢复 {undone.restored.get('resident', 0)} 人的原电话，"
        f"去掉 {undone.removed.get('resident', 0)} 人，"
        f"{edited.name}后来改过，留着没动（{len(kept)} 人）"
    )


def bring(stage: Stage, name: str) -> tuple[ImportBatch, Plan]:
    """Import a workbook of the stories as the window would."""
    path: Path = stage.workbook(name)
    content = path.read_bytes()
    imports = stage.village.imports
    workbook = imports.read(content, name, report=stage.report)
    plan = imports.plan(workbook, content, name, report=stage.report)
    return imports.commit(plan, report=stage.report), plan


def _edit_one_new_person(stage: Stage, plan: Plan) -> Resident:
    """Correct one of the new people between the import and its taking back."""
    new = next(row for row in plan.rows if row.state == "new")
    found = stage.village.residents.find(str(new.values["name"]))
    person = stage.village.residents.get(found[0].id)
    return stage.village.residents.correct(person, {"note": "已与本人核对"})
