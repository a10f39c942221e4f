"""Projects as open data for the town: releases in the shape of the Open Contracting Data Standard.

Only what may hang on the wall goes out: no telephone, no account number, no person but officials.
"""

from __future__ import annotations

import json
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from village_app.db.files import write_atomically
from village_app.db.records.projects import SOURCE_KINDS, Contract, Project
from village_app.domain.calendar import CHINA
from village_app.domain.money import to_decimal
from village_app.papers.builders.project_open import OpenRows, build_project_tables
from village_app.papers.xlsx import write_xlsx
from village_app.services.paper_words import in_own_words
from village_app.services.projects.files import ProjectFile, read_file
from village_app.services.projects.projects import Projects
from village_app.services.session import Service, permitted
from village_app.services.settings import Settings

# A prefix is given out by the standard's registry; until the village has one, the local one says
# that these identifiers are the village's own.
PREFIX = "ocds-local"
_METHODS = {
    "open_tender": "open",
    "invited_tender": "selective",
    "platform": "open",
    "compare": "limited",
    "negotiation": "limited",
    "urgent": "direct",
}
_STATUS = {"running": "active", "paused": "active", "done": "complete", "cancelled": "cancelled"}


class OpenData(Service):
    """Writes the projects out for machines."""

    @permitted("projects.export")
    def releases(self) -> bytes:
        """Give all projects as an OCDS 1.1 release package, JSON in UTF-8."""
        files = [read_file(self.store, one) for one in Projects(self.session).listed()]
        village = Settings(self.session).read()
        moment = self.session.now().astimezone(CHINA).isoformat(timespec="seconds")
        buyer = {"id": village.short or village.village, "name": village.committee_name()}
        package = {
            "uri": f"urn:village:{village.short}:projects",
            "version": "1.1",
            "publishedDate": moment,
            "publisher": {"name": village.committee_name()},
            "releases": [_release(one, buyer, moment) for one in files],
        }
        self.session.journal.note(f"导出项目公开数据 {len(files)} 项")
        return json.dumps(_without_blanks(package), ensure_ascii=False, indent=1).encode()

    @permitted("projects.export")
    def save(self, target: Path) -> int:
        """Write all projects to a file: .json after the standard, else a spreadsheet.

        Gives how many projects went out.
        """
        as_json = target.suffix.lower() == ".json"
        content = self.releases() if as_json else self.workbook()
        write_atomically(target, content, doing="保存公开数据", mode=0o644)
        return len(Projects(self.session).listed())

    @permitted("projects.export")
    def workbook(self) -> bytes:
        """Give all projects as a spreadsheet for the town: five tables with real types."""
        files = [read_file(self.store, one) for one in Projects(self.session).listed()]
        village = Settings(self.session).read()
        rows = OpenRows(
            projects=[_project_row(one) for one in files],
            sources=[
                (one.project.number, SOURCE_KINDS.show(source.kind), source.name, source.amount)
                for one in files
                for source in one.sources
            ],
            offers=[
                (
                    *(one.project.number, offer.firm, offer.price, offer.day),
                    *("选定" if offer.is_chosen else "", offer.reason or ""),
                )
                for one in files
                for offer in one.quotations
            ],
            changes=[
                (
                    *(one.project.number, order.day, order.reason, order.amount),
                    order.approved_on,
                )
                for one in files
                for order in one.changes
            ],
            payments=[
                (
                    *(one.project.number, paid.day, paid.label, paid.payee),
                    *(paid.invoice or "", paid.voucher or "", paid.amount),
                )
                for one in files
                for paid in one.paid
            ],
        )
        self.session.journal.note(f"导出项目表格 {len(files)} 项")
        return write_xlsx(in_own_words(self.session, build_project_tables(village.village, rows)))


def _project_row(file: ProjectFile) -> tuple[object, ...]:
    project, contract, money = file.project, file.contract, file.money_paid
    shown = {
        name: Project.declaration(name).kind.show(getattr(project, name))
        for name in ("category", "state", "method")
    }
    return (
        *(project.number, project.name, shown["category"], shown["state"], project.place or ""),
        *(project.basis or "", shown["method"], project.budget),
        *(contract.firm if contract else "", money.contract, money.changes, money.settled),
        *(money.paid + money.returned, project.approved_on, project.started_on),
        file.acceptance.day if file.acceptance else None,
        file.settlement.day if file.settlement else None,
    )


def _release(file: ProjectFile, buyer: dict[str, str], moment: str) -> dict[str, Any]:
    project = file.project
    number = project.number or str(project.id)
    return {
        "ocid": f"{PREFIX}-{number}",
        "id": f"{number}-{project.version}",
        "date": moment,
        "tag": ["compiled"],
        "initiationType": "tender",
        "language": "zh",
        "parties": _parties(file, buyer),
        "buyer": buyer,
        "planning": {
            "rationale": project.reason,
            "budget": {
                "project": project.name,
                "projectID": number,
                "amount": _amount(project.budget),
                "description": "；".join(one.name for one in file.sources),
            },
        },
        "tender": {
            "id": f"{number}-tender",
            "title": project.name,
            "description": project.content,
            "status": "complete" if file.chosen or file.contract else "planned",
            "procurementMethod": _METHODS.get(project.method or ""),
            "procurementMethodDetails": Project.declaration("method").kind.show(project.method),
            "numberOfTenderers": len(file.quotations) or None,
            "tenderers": [_organisation(one.firm, one.credit_code) for one in file.quotations],
        },
        "awards": _awards(file, number),
        "contracts": _contracts(file, number),
    }


def _parties(file: ProjectFile, buyer: dict[str, str]) -> list[dict[str, Any]]:
    parties: dict[str, dict[str, Any]] = {buyer["id"]: {**buyer, "roles": ["buyer"]}}
    for one in file.quotations:
        organisation = _organisation(one.firm, one.credit_code)
        parties[organisation["id"]] = {**organisation, "roles": ["tenderer"]}
    if file.contract is not None:
        organisation = _organisation(file.contract.firm, file.contract.credit_code)
        known = parties.setdefault(organisation["id"], {**organisation, "roles": []})
        known["roles"] = [*known["roles"], "supplier"]
    return list(parties.values())


def _organisation(firm: str, credit_code: str | None) -> dict[str, str]:
    return {"id": f"CN-USCC-{credit_code}" if credit_code else firm, "name": firm}


def _awards(file: ProjectFile, number: str) -> list[dict[str, Any]]:
    chosen, contract = file.chosen, file.contract
    if chosen is None and contract is None:
        return []
    winner: Any = chosen or contract
    price = chosen.price if chosen is not None else winner.amount
    return [
        {
            "id": f"{number}-award",
            "title": file.project.name,
            "status": "active",
            "date": _moment(file.project.chosen_on),
            "value": _amount(price),
            "suppliers": [_organisation(winner.firm, winner.credit_code)],
        }
    ]


def _contracts(file: ProjectFile, number: str) -> list[dict[str, Any]]:
    contract = file.contract
    if contract is None:
        return []
    return [
        {
            "id": contract.number or f"{number}-contract",
            "awardID": f"{number}-award",
            "title": file.project.name,
            "status": "terminated" if file.project.state == "done" else "active",
            "value": _amount(contract.amount + file.money_paid.changes),
            "dateSigned": _moment(contract.signed_on),
            "period": _period(contract),
            "amendments": [
                {
                    "id": one.number or str(one.id),
                    "date": _moment(one.approved_on),
                    "rationale": one.reason,
                    "description": f"合同价增减 {to_decimal(one.amount)} 元",
                }
                for one in file.approved_changes
            ],
            "implementation": {
                "transactions": [
                    {
                        "id": one.voucher or str(one.id),
                        "date": _moment(one.day),
                        "value": _amount(one.amount),
                        "payee": _organisation(one.payee, contract.credit_code)
                        if one.payee == contract.firm
                        else {"id": one.payee, "name": one.payee},
                    }
                    for one in file.paid
                ]
            },
        }
    ]


def _period(contract: Contract) -> dict[str, str | None]:
    return {"startDate": _moment(contract.starts_on), "endDate": _moment(contract.ends_on)}


def _amount(fen: int) -> dict[str, Any]:
    """Give an amount in 元; JSON has no decimals, two places of a float are exact to 10 亿元."""
    return {"amount": float(to_decimal(fen)), "currency": "CNY"}


def _moment(day: date | None) -> str | None:
    return datetime.combine(day, time(), CHINA).isoformat() if day is not None else None


def _without_blanks(value: Any) -> Any:
    """Leave out what is not known: the standard wants no nulls and no empty lists."""
    if isinstance(value, dict):
        kept = {key: _without_blanks(one) for key, one in value.items()}
        return {key: one for key, one in kept.items() if one not in (None, "", [], {})}
    if isinstance(value, list):
        return [_without_blanks(one) for one in value]
    return value
