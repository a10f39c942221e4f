"""致村民信 to households: one text, a filter, each with the head's name, sorted as one walks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from village_app.db.records.residents import Household, Place, Resident
from village_app.domain.calendar import show_day
from village_app.domain.reporting import Report, silently
from village_app.errors import Refused
from village_app.papers.blocks import Block, Heading, PageBreak, Paper, Paragraph
from village_app.papers.filling import DATE, fill
from village_app.papers.pdf import write_pdf
from village_app.services.notices.rules import left_open
from village_app.services.session import Service, permitted

HEAD = "户主"
GROUP = "村民小组"
DOOR = "门牌"
_OF_HOUSEHOLD = frozenset({HEAD, GROUP, DOOR})


@dataclass(frozen=True, slots=True)
class Addressee:
    """One household that gets the letter."""

    household: str
    head: str
    group: str
    door: str


class Letters(Service):
    """Makes letters to households."""

    @permitted("notices.edit")
    def addressees(self, group_ids: Sequence[int] = ()) -> list[Addressee]:
        """List the households of some groups (none: all) by group and door.

        Households without a head or whose head is gone are left out.
        """
        groups = {place.id: place for place in self.store.rows(self.store.select(Place))}
        heads = {one.id: one for one in self.store.rows(self.store.select(Resident))}
        query = self.store.select(Household)
        if group_ids:
            query = query.where(Household.group_id.in_(list(group_ids)))
        found = []
        for household in self.store.rows(query):
            head = heads.get(household.head_id)
            if head is None or head.status not in (None, "active"):
                continue
            group = groups.get(household.group_id)
            order = (group.position or group.id) if group is not None else 0
            found.append(
                (
                    (order, household.door_key or "", household.number),
                    Addressee(
                        household.number,
                        head.name,
                        group.name if group is not None else "",
                        household.address or "",
                    ),
                )
            )
        return [addressee for _, addressee in sorted(found, key=lambda pair: pair[0])]

    @permitted("notices.edit")
    def groups(self) -> list[tuple[int, str, int]]:
        """List the groups with households that can get a letter: key, name, how many."""
        places = {place.name: place.id for place in self.store.rows(self.store.select(Place))}
        counted: dict[str, int] = {}
        for one in self.addressees():
            counted[one.group] = counted.get(one.group, 0) + 1
        return [(places[name], name, count) for name, count in counted.items() if name in places]

    @permitted("notices.edit")
    def refuse_unready(self, text: Paper, addressees: Sequence[Addressee]) -> None:
        """Refuse letters with open places, and letters that nobody would get."""
        if not addressees:
            raise Refused("nobody", "没有要收信的户。请看看选的小组和户主登记。")
        opened = [name for name in left_open(text) if name not in _OF_HOUSEHOLD]
        if opened:
            raise Refused("left_open", f"信里还有没填的：{'、'.join(opened)}。")

    @permitted("notices.edit")
    def letters(
        self, text: Paper, addressees: Sequence[Addressee], *, report: Report = silently
    ) -> bytes:
        """Write all letters as one PDF, a household a page; 300 letters are one file.

        ｛户主｝, ｛村民小组｝ and ｛门牌｝ are filled for each. Refused while other places are
        open or nobody would get one.
        """
        self.refuse_unready(text, addressees)
        dated = fill(text, {DATE: show_day(self.session.today())})
        blocks = [block for one in self._papers(dated, addressees) for block in one]
        self.session.journal.note(f"打印入户信 {text.title}，{len(addressees)} 户")
        whole = replace(
            fill(dated, _values(addressees[0])), blocks=tuple(blocks), page_numbers=False
        )
        return write_pdf(whole, report=report).data

    def _papers(self, text: Paper, addressees: Sequence[Addressee]) -> Iterator[list[Block]]:
        for at, one in enumerate(addressees):
            filled = fill(text, _values(one))
            head: list[Block] = []
            if at:
                # The first letter's title and 主送 line are the paper's own.
                head = [PageBreak(), Heading(filled.title)]
                if filled.to:
                    head.append(Paragraph(f"{filled.to.rstrip('：')}：", indent=0))
            yield [*head, *filled.blocks]


def _values(one: Addressee) -> dict[str, str]:
    return {HEAD: one.head, GROUP: one.group, DOOR: one.door}
