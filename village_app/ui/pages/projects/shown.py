"""How a project's record reads: facts, funding as a sum, stages, shares as people say them."""

from __future__ import annotations

from village_app.db.records.projects import Project
from village_app.domain.money import show_money, show_share
from village_app.domain.project_course import Stage
from village_app.services.projects.files import ProjectFile
from village_app.ui.kit.lights import Light
from village_app.ui.kit.stages import Stage as ShownStage
from village_app.ui.kit.track import State

_STATES: dict[str, State] = {
    "done": "done",
    "missing": "missing",
    "current": "now",
    "todo": "ahead",
}


def shown_stage(stage: Stage, progress: int | None) -> ShownStage:
    """Give a stage as the track shows it; the works carry their progress in per cent."""
    works = stage.code == "works"
    missing = stage.missing
    if len(missing) > 1:
        missing = (f"{len(missing)} 份材料",)
    when = stage.day.strftime("%m-%d") if stage.day else ""
    if stage.state == "current" and not works:
        when = "现在"
    return ShownStage(
        stage.code,
        stage.label,
        when,
        _STATES[stage.state],
        (progress or 0) // 100 if works else 0,
        missing,
    )


def facts_of(file: ProjectFile) -> list[tuple[str, str]]:
    """Give what, why, for whom, by whom, watched by whom."""
    project, contract = file.project, file.contract
    method = Project.declaration("method").kind.show(project.method)
    firm = f"{contract.firm}（{method}）" if contract is not None else "还没有定"
    watching = [
        *((f"监委会 {project.supervisor}",) if project.supervisor else ()),
        *((f"村民监督员 {project.monitor}",) if project.monitor else ()),
    ]
    people = f"，{project.people_served} 人" if project.people_served else ""
    reason = "；".join(part for part in (project.reason, project.basis) if part)
    return [
        ("做什么", project.content or ""),
        ("谁来做", firm),
        ("为什么", reason),
        ("谁监督", "，".join(watching)),
        ("谁受益", f"{project.benefit or ''}{people}"),
        ("谁负责", project.responsible or ""),
    ]


def funding_of(file: ProjectFile) -> str:
    """Write where the money comes from as the sum that must come out."""
    if not file.sources:
        return "钱哪来　还没有登记资金来源"
    parts = " ＋ ".join(f"{one.name} {show_money(one.amount)}" for one in file.sources)
    total = sum(one.amount for one in file.sources)
    budget = f"预算 {show_money(file.project.budget)}"
    return f"钱哪来　{parts} ＝ {budget if total == file.project.budget else show_money(total)}"


def balance_of(file: ProjectFile) -> Light:
    """Say whether the funding makes the budget, and by how much it does not."""
    lacking = file.project.budget - sum(one.amount for one in file.sources)
    if not lacking:
        return Light("done", "对得上")
    word = "比预算还差" if lacking > 0 else "比预算多出"
    return Light("fault", f"{word} {show_money(abs(lacking))}")


def years_of(file: ProjectFile) -> str:
    """Write what was paid in each year and that it makes the whole; blank within one year."""
    years = file.spent_by_year()
    if len(years) < 2:
        return ""
    parts = " ＋ ".join(f"{year} 年 {show_money(years[year])}" for year in sorted(years))
    return f"分年付　{parts} ＝ 已付 {show_money(sum(years.values()))}"


def percent(share: int) -> str:
    """Write a share as people say it: 60%, and 62.50% where it is not whole."""
    return show_share(share).replace(".00%", "%")
