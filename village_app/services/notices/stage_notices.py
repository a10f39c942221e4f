"""The notices that the stages of a project owe, each with the sentences its records give."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from village_app.domain.calendar import show_day
from village_app.domain.money import share_of, show_money, show_share
from village_app.services.projects.files import ProjectFile


@dataclass(frozen=True, slots=True)
class StageNotice:
    """A notice that a stage owes: its title, the posting rule, the stage, what it says."""

    title: str
    posting: str
    stage: str
    sentences: Callable[[ProjectFile], list[str]]


def _approval(file: ProjectFile) -> list[str]:
    if file.project.approved_on is None:
        return []
    sources = "、".join(f"{one.name}{show_money(one.amount)}元" for one in file.sources)
    return [
        f"项目于{show_day(file.project.approved_on)}立项，预算{show_money(file.project.budget)}元"
        + (f"，资金来源：{sources}。" if sources else "。"),
        *((f"建设内容：{file.project.content}。",) if file.project.content else ()),
    ]


def _choice(file: ProjectFile) -> list[str]:
    chosen = file.chosen
    if chosen is None:
        return []
    offers = "；".join(f"{one.firm}{show_money(one.price)}元" for one in file.quotations)
    return [
        f"选定{chosen.firm}，报价{show_money(chosen.price)}元，理由：{chosen.reason}。",
        f"各家报价：{offers}。",
    ]


def _contract(file: ProjectFile) -> list[str]:
    contract = file.contract
    if contract is None:
        return []
    share = show_share(contract.retention_share) if contract.retention_share else ""
    terms = [f"付款条件：{contract.terms}。"] if contract.terms else []
    retention = [f"质保金比例{share}，缺陷责任期{contract.defects_months}个月。"] if share else []
    return [
        (
            f"合同于{show_day(contract.signed_on)}签订，承包人{contract.firm}，"
            f"合同价{show_money(contract.amount)}元。"
        ),
        *terms,
        *retention,
    ]


def _change(file: ProjectFile) -> list[str]:
    if not file.approved_changes or file.contract is None:
        return []
    total = file.money.changes
    share = show_share(share_of(total, file.contract.amount))
    return [
        *(
            f"{show_day(one.day)}变更：{one.reason}，{'增加' if one.amount > 0 else '减少'}"
            f"{show_money(abs(one.amount))}元。"
            for one in file.approved_changes
        ),
        f"累计变更{show_money(total)}元，占合同价{share}。",
    ]


def _acceptance(file: ProjectFile) -> list[str]:
    done = file.acceptance
    if done is None:
        return []
    result = "合格" if done.passed else "不合格，已要求整改"
    return [
        f"{show_day(done.day)}验收，结果{result}：{done.conclusion}。",
        f"参加人：{done.attendees}。",
    ]


def _settlement(file: ProjectFile) -> list[str]:
    done = file.settlement
    if done is None:
        return []
    less = done.submitted - done.approved
    retention = (
        [f"质保金{show_money(done.retention)}元，{show_day(done.retention_due)}到期。"]
        if done.retention and done.retention_due
        else []
    )
    return [
        (
            f"送审价{show_money(done.submitted)}元，审定价{show_money(done.approved)}元，"
            f"核减{show_money(less)}元（{show_share(share_of(less, done.submitted))}）。"
        ),
        *retention,
    ]


def _returned(file: ProjectFile) -> list[str]:
    back = [one for one in file.paid if one.kind == "retention"]
    return [
        f"质保期满，{show_day(one.day)}退还{one.payee}质保金{show_money(one.amount)}元。"
        for one in back
    ]


STAGE_NOTICES = (
    StageNotice("立项公示", "approval", "approved", _approval),
    StageNotice("比价结果公示", "choice", "chosen", _choice),
    StageNotice("合同要点公示", "contract", "contract", _contract),
    StageNotice("变更公示", "change", "works", _change),
    StageNotice("验收公示", "acceptance", "accepted", _acceptance),
    StageNotice("结算公示", "settlement", "settled", _settlement),
    StageNotice("质保金退还公示", "retention", "kept", _returned),
)
