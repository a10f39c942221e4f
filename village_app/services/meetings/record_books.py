"""十本记录簿: the year volume of each book, made of what the program already holds.

Which books there are and where each takes its papers from is a rule of the village
(`meeting_books`). A book whose matters the program does not keep comes as ruled pages and says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from village_app.db.records.bodies import Body
from village_app.db.records.meetings import Meeting
from village_app.db.records.notices import NOTICE_STATES, Notice
from village_app.db.records.resolutions import Procedure, ProcedureStep
from village_app.domain.reporting import Report, silently
from village_app.errors import Refused
from village_app.papers.blocks import Paper
from village_app.papers.builders.meeting_pack import PackPart
from village_app.papers.builders.record_books import (
    PostedLine,
    build_nothing,
    build_posted_list,
    build_ruled,
)
from village_app.services.meetings.minutes import Minutes
from village_app.services.meetings.pack import pack_of, save_paper
from village_app.services.meetings.procedures import Procedures
from village_app.services.paper_words import in_own_words
from village_app.services.rules import Rules
from village_app.services.session import Service, permitted

_EMPTY = "这类事项没有在程序里登记，本册为空白记录页，手写以后归档。"


class RecordBooks(Service):
    """Binds the year's papers into books."""

    @permitted("meetings.read")
    def names(self) -> list[str]:
        """Name the books in their order."""
        return [str(one["name"]) for one in self._books()]

    @permitted("meetings.read")
    def years(self) -> list[int]:
        """Give the years with meetings, the latest first, this year always among them."""
        days = self.store.sql("SELECT DISTINCT substr(day, 1, 4) FROM meeting")
        found = {int(year) for (year,) in days} | {self.session.today().year}
        return sorted(found, reverse=True)

    @permitted("meetings.export")
    def volume(self, name: str, year: int, *, report: Report = silently) -> Paper:
        """Build a book's volume of a year: contents, then every paper on a new page."""
        book = next((one for one in self._books() if one["name"] == name), None)
        if book is None:
            raise Refused("no_book", f"没有叫“{name}”的记录簿。")
        title = f"{year}年{name}"
        return in_own_words(self.session, pack_of(title, self._parts(book, year), report))

    @permitted("meetings.export")
    def save(self, name: str, year: int, target: Path, *, report: Report = silently) -> None:
        """Keep a volume as a file."""
        save_paper(self.volume(name, year, report=report), target)

    @permitted("meetings.export")
    def save_all(self, year: int, folder: Path, *, report: Report = silently) -> int:
        """Keep the volumes of all books of a year in a folder; returns how many."""
        names = self.names()
        for at, name in enumerate(names):
            report(at, len(names), name)
            self.save(name, year, folder / f"{year}年{name}.pdf")
        return len(names)

    def _books(self) -> Sequence[Mapping[str, Any]]:
        books: Sequence[Mapping[str, Any]] = Rules(self.session).on("meeting_books")["books"]
        return books

    def _parts(self, book: Mapping[str, Any], year: int) -> list[PackPart]:
        if book["source"] == "blank":
            pages = int(Rules(self.session).on("meeting_books")["blank_pages"])
            ruled = in_own_words(
                self.session, build_ruled("空白记录页", _EMPTY, book["columns"], pages)
            )
            return [PackPart("空白记录页", ruled)]
        first, last = date(year, 1, 1), date(year, 12, 31)
        found = {
            "meetings": lambda: self._minutes(book["bodies"], first, last),
            "procedures": lambda: self._procedures(first, last),
            "notices": lambda: self._notices(first, last),
        }[book["source"]]()
        nothing = in_own_words(
            self.session, build_nothing("本年没有记录", f"{year}年没有这类记录。")
        )
        return found or [PackPart("本年没有记录", nothing)]

    def _minutes(self, codes: Sequence[str], first: date, last: date) -> list[PackPart]:
        """Give the minutes of the meetings that were held, finalised ones as they were."""
        held = self.store.rows(
            self.store.select(Meeting)
            .join(Body, on=Meeting.body_id == Body.id)
            .where(
                Body.code.in_(list(codes)),
                Meeting.day.between(first, last),
                Meeting.state.in_(("closed", "final")),
            )
            .order_by(Meeting.day, Meeting.id)
        )
        minutes = Minutes(self.session)
        return [PackPart(f"{one.day} {one.name}", minutes.paper(one)) for one in held]

    def _procedures(self, first: date, last: date) -> list[PackPart]:
        begun = self.store.rows(
            self.store.select(Procedure)
            .where(
                Procedure.id.in_(
                    self.store.select(ProcedureStep, ProcedureStep.procedure_id).where(
                        ProcedureStep.day.between(first, last)
                    )
                )
            )
            .order_by(Procedure.id)
        )
        procedures = Procedures(self.session)
        return [PackPart(one.name, procedures.register(one)) for one in begun]

    def _notices(self, first: date, last: date) -> list[PackPart]:
        posted = self.store.rows(
            self.store.select(Notice)
            .where(Notice.period_from.between(first, last), Notice.number.is_null(False))
            .order_by(Notice.period_from, Notice.id)
        )
        lines = [
            PostedLine(
                one.number,
                one.heading,
                one.period_from,
                one.period_to,
                NOTICE_STATES.show(one.state),
            )
            for one in posted
        ]
        return (
            [
                PackPart(
                    "公开事项目录",
                    in_own_words(self.session, build_posted_list("公开事项目录", lines)),
                )
            ]
            if lines
            else []
        )
