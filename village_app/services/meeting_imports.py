"""Agenda lines and members out of a spreadsheet: read, shown first, then taken in one change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from village_app.db.fields import Record
from village_app.db.records.bodies import Body, Membership
from village_app.db.records.meetings import AgendaItem, Meeting
from village_app.domain.reporting import Report, silently
from village_app.errors import Refused
from village_app.importing.grid import Cell
from village_app.importing.reader import read_workbook
from village_app.services.bodies import Bodies
from village_app.services.meetings import Meetings
from village_app.services.session import Service, permitted

Lines = Sequence[Mapping[str, str]]
_LOOK_AT = 12


@dataclass(frozen=True, slots=True)
class ReadLines:
    """What a file holds: the lines by field, and the headings nobody knows."""

    lines: Lines
    unknown: tuple[str, ...]


class MeetingImports(Service):
    """Reads lists for meetings and takes them in; undo takes the whole list back."""

    @permitted("meetings.edit")
    def read_members(self, content: bytes, name: str, *, report: Report = silently) -> ReadLines:
        """Read a list of members; refuses a file without a column of names."""
        return _read(content, name, Membership, report)

    @permitted("meetings.edit")
    def read_agenda(self, content: bytes, name: str, *, report: Report = silently) -> ReadLines:
        """Read an agenda; refuses a file without a column of items."""
        return _read(content, name, AgendaItem, report)

    @permitted("meetings.edit")
    def take_members(self, body: Body, lines: Lines, first_day: str) -> list[Membership]:
        """Seat everybody of a list; `first_day` where a line has no day of its own."""
        people = [{"from_day": first_day, **line} for line in lines]
        return Bodies(self.session).seat_all(body, people)

    @permitted("meetings.edit")
    def take_agenda(self, meeting: Meeting, lines: Lines) -> list[AgendaItem]:
        """Put all lines of a list on the agenda."""
        return Meetings(self.session).add_items(meeting, lines)


def _read(content: bytes, name: str, model: type[Record], report: Report) -> ReadLines:
    words = {
        word: one.name
        for one in model.declarations()
        if one.in_form
        for word in (one.label, *one.synonyms)
    }
    first = next(one for one in model.declarations() if one.required)
    for sheet in read_workbook(content, name, report=report).sheets:
        for at, row in enumerate(sheet.rows[:_LOOK_AT]):
            fields = [words.get(_plain(cell)) for cell in row]
            if first.name in fields:
                unknown = tuple(
                    _plain(cell)
                    for cell, field in zip(row, fields, strict=True)
                    if field is None and _plain(cell) not in {"", "序号"}
                )
                return ReadLines(_lines(sheet.rows[at + 1 :], fields, first.name), unknown)
    raise Refused("no_column", f"表里没有找到“{first.label}”这一列，请看表头是不是写了这几个字。")


def _lines(
    rows: Sequence[Sequence[Cell]], fields: Sequence[str | None], first: str
) -> list[Mapping[str, str]]:
    lines: list[Mapping[str, str]] = []
    for row in rows:
        line = {
            field: text
            for field, cell in zip(fields, row, strict=False)
            if field is not None and (text := cell.text.strip())
        }
        if first in line:
            lines.append(line)
    return lines


def _plain(cell: Cell) -> str:
    return "".join(cell.text.split())
