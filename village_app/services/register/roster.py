"""The register on paper and as a spreadsheet: chosen people, chosen columns, masked by policy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from village_app.db.records.residents import Household, Place, Resident
from village_app.domain.calendar import CHINA
from village_app.domain.kinds import TEXT, FieldDeclaration
from village_app.domain.reporting import Report, silently
from village_app.errors import Fault, InvalidInput, Refused
from village_app.papers.blocks import Paper
from village_app.papers.builders.residents import RosterWords, build_roster
from village_app.papers.pdf import write_pdf
from village_app.papers.xlsx import ExportStamp, write_rows_xlsx, write_xlsx
from village_app.services.paper_words import in_own_words
from village_app.services.register.own_fields import PREFIX, OwnFieldReader, OwnFields
from village_app.services.register.presence import groups_on
from village_app.services.register.resident_list import ORDERS, PeopleFilter, ResidentList
from village_app.services.register.residents import MASKED
from village_app.services.session import Service, permitted

_NOT_OFFERED = frozenset({"household_id", "group_id", "grid_id", "extra", "reading"})
_PLACES = (
    FieldDeclaration("group", "村民小组", TEXT),
    FieldDeclaration("household", "户号", TEXT, sensitivity="personal"),
)
USUAL = ("name", "sex", "birth", "id_number", "relation", "household", "phone", "address")


@dataclass(frozen=True, slots=True)
class WrittenRoster:
    """A finished file: its bytes, the name proposed for it, how many people stand in it."""

    content: bytes
    name: str
    people: int


class Roster(Service):
    """Prints and exports the people of a filter; who took what is taken down."""

    @permitted("residents.read")
    def columns(self) -> list[FieldDeclaration]:
        """List the columns that can be chosen: group and household behind the name, own last."""
        declared = [
            one for one in Resident.declarations() if one.in_form and one.name not in _NOT_OFFERED
        ]
        return [declared[0], *_PLACES, *declared[1:], *OwnFields(self.session).declared()]

    @permitted("residents.print")
    def paper(
        self,
        chosen: PeopleFilter,
        columns: Sequence[str] = USUAL,
        *,
        page_per_group: bool = True,
        full: bool = False,
    ) -> Paper:
        """Build the roster, group after group; the printing is taken down with the count."""
        declared = [one for one in self._declared(columns, full=full) if one.name != "group"]
        listing = ResidentList(self.session)
        people = listing.people(chosen, by_group=True)
        if not people:
            raise Refused("empty_list", "没有符合条件的人，名册是空的。")
        rows = self._rows(people, [_PLACES[0], *declared], chosen.day, full=full)
        rows = [[group or "未分组", *rest] for group, *rest in rows]
        order = chosen.order or listing.usual_order()
        words = RosterWords(
            "居民名册",
            listing.described(chosen),
            ORDERS[order],
            self.session.user.full_name,
            self.session.today(),
        )
        shown = [_as_text(one, full=full) for one in declared]
        self._take_down("打印", len(people), chosen, full=full)
        return in_own_words(
            self.session, build_roster(shown, rows, words, page_per_group=page_per_group)
        )

    @permitted("residents.print")
    def pdf(self, paper: Paper, *, report: Report = silently) -> WrittenRoster:
        """Write a roster as PDF."""
        return WrittenRoster(write_pdf(paper, report=report).data, self._file_name("pdf"), 0)

    @permitted("residents.print")
    def spreadsheet(self, paper: Paper, *, report: Report = silently) -> WrittenRoster:
        """Write the same roster as a spreadsheet that prints like it."""
        return WrittenRoster(write_xlsx(paper, report=report), self._file_name("xlsx"), 0)

    @permitted("residents.export")
    def export(
        self,
        chosen: PeopleFilter,
        columns: Sequence[str] = USUAL,
        *,
        full: bool = False,
        report: Report = silently,
    ) -> WrittenRoster:
        """Write chosen columns of the people as rows that can be filtered further."""
        declared = self._declared(columns, full=full)
        people = ResidentList(self.session).people(chosen)
        rows = self._rows(people, declared, chosen.day, full=full)
        shown = [_as_text(one, full=full) for one in declared]
        stamp = ExportStamp(self.session.user.full_name, self.session.now().astimezone(CHINA))
        content = write_rows_xlsx(shown, rows, "居民名册", stamp, report=report)
        self._take_down("导出", len(people), chosen, full=full)
        return WrittenRoster(content, self._file_name("xlsx"), len(people))

    def _declared(self, columns: Sequence[str], *, full: bool) -> list[FieldDeclaration]:
        """Give the chosen columns in their order; refuses unknown ones, and whole numbers."""
        if full:
            self.session.require("residents.export_full")
        known = {one.name: one for one in self.columns()}
        unknown = [name for name in columns if name not in known]
        if unknown or not columns:
            raise InvalidInput([Fault("columns", "no_columns", "请至少选一列。")])
        return [known[name] for name in columns]

    def _rows(
        self,
        people: Sequence[Resident],
        declared: Sequence[FieldDeclaration],
        day: date | None,
        *,
        full: bool,
    ) -> list[list[Any]]:
        """Give the columns of each person: the group of the day, numbers as they may be seen."""
        groups, households = (
            self._named(Place, Place.name),
            self._named(Household, Household.number),
        )

        moved = groups_on(self.store, day)
        own = OwnFieldReader(tuple(one for one in declared if one.name.startswith(PREFIX)))

        def value(person: Resident, one: FieldDeclaration) -> Any:
            if one.name.startswith(PREFIX):
                return own.values(person).get(one.name)
            if one.name == "group":
                return groups.get(moved.get(person.id, person.group_id))
            if one.name == "household":
                return households.get(person.household_id)
            kept = getattr(person, one.name)
            hidden = one.name in MASKED and not full and kept is not None
            return one.kind.mask(kept) if hidden else kept

        return [[value(person, one) for one in declared] for person in people]

    def _named(self, model: Any, field: Any) -> dict[int | None, str]:
        query = self.store.select(model, model.id, field)
        return dict(self.store.rows(query.tuples()))

    def _take_down(self, did: str, count: int, chosen: PeopleFilter, *, full: bool) -> None:
        extent = "完整号码" if full else "号码已遮盖"
        about = ResidentList(self.session).described(replace(chosen, words=""))
        of = f"：{about}" if about else ""
        self.session.journal.note(f"{did}居民名册 {count} 人（{extent}）{of}")

    def _file_name(self, ending: str) -> str:
        moment = self.session.now().astimezone(CHINA)
        return f"居民名册-{moment:%Y%m%d-%H%M}-{self.session.user.full_name}.{ending}"


def _as_text(declared: FieldDeclaration, *, full: bool) -> FieldDeclaration:
    """Let a masked number be a text; it is no number any more."""
    return declared if full or declared.name not in MASKED else replace(declared, kind=TEXT)
