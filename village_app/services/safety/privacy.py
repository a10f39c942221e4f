"""One person's data: all of it printed at his request, and cleared when its time is over.

Clearing takes the person's fields, his attachments, every personal text that names him and what
the journal kept of all that; the record itself stays without a name, so that counts, links and the
chain of the journal stay whole (`clearing`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from village_app.db.fields import Record
from village_app.db.records import RECORDS
from village_app.db.records.house import Attachment
from village_app.db.records.residents import Household, Resident
from village_app.domain.calendar import CHINA
from village_app.domain.kinds import Reference
from village_app.errors import Refused
from village_app.papers.blocks import Paper
from village_app.papers.builders.safety import PartOfPerson, build_person_paper
from village_app.services.paper_words import in_own_words
from village_app.services.register.presence import GONE
from village_app.services.rules import Rules
from village_app.services.safety.audit import KIND_WORDS, Audit
from village_app.services.safety.clearing import Cleared, Clearing
from village_app.services.safety.person_words import CLEARED, PersonWords
from village_app.services.session import Service, permitted
from village_app.services.settings import Settings
from village_app.services.watermark import marked

_MOST = 200

# Persons whose record is cleared while the change that did it still holds the name it had.
_HALF_CLEARED = """
SELECT r.id, w.change_id, w."before" FROM resident r
JOIN change_row w ON w.record_id = r.id AND w.table_name = 'resident' AND w.erased = 0
WHERE r.name = ? AND json_extract(w."before", '$.name') IS NOT NULL"""


class Privacy(Service):
    """Prints and clears one person's data; both are taken down."""

    @permitted("residents.export_full")
    def paper(self, resident: Resident) -> Paper:
        """Build the paper of everything that is kept of a person (个人信息保护法 article 45)."""
        parts = [
            PartOfPerson("一、登记的信息", tuple(_lines(resident))),
            PartOfPerson("二、同户的登记", tuple(self._household(resident))),
            PartOfPerson("三、提到本人的登记", tuple(self._links(resident))),
            PartOfPerson("四、附件", tuple(self._attachments(resident))),
            PartOfPerson("五、谁在什么时候登记、修改、查看过", tuple(self._history(resident))),
        ]
        self.session.journal.note(f"打印个人信息：{resident.name}")
        paper = in_own_words(
            self.session,
            build_person_paper(
                resident.name,
                parts,
                issuer=Settings(self.session).read().committee_name(),
                made_by=self.session.user.full_name,
                day=self.session.today(),
            ),
        )
        return marked(paper, self.session)

    @permitted("residents.read")
    def due(self) -> list[Resident]:
        """List people who are gone longer than the rule keeps their data."""
        years = int(Rules(self.session).on("personal_retention")["years"])
        limit = self.session.today().replace(day=1)
        limit = limit.replace(year=limit.year - years)
        return [
            person
            for person in self.store.rows(
                self.store.select(Resident).where(Resident.status.in_(GONE))
            )
            if person.name != CLEARED and self._last_touched(person) < limit.isoformat()
        ]

    @permitted("residents.export_full")
    def clear(self, resident: Resident) -> Cleared:
        """Clear a person's data for good; refused while he belongs to the village.

        It cannot be undone. Backups made before still hold the data until they are thinned out.
        """
        if resident.status not in GONE:
            raise Refused(
                "still_here", f"{resident.name}还在册。迁出、死亡或注销以后，才能清除个人信息。"
            )
        return Clearing.of(self.session, resident).clear(resident)

    @permitted("settings.read")
    def finish_clearing(self) -> int:
        """Finish what a cut left between a person's record and his trace in the journal (A18).

        Called whenever a village opens; gives how many persons there were.
        """
        half_done = self.store.sql(_HALF_CLEARED, (CLEARED,))
        for number, change, before in half_done:
            words = PersonWords.of(self.store, int(number), json.loads(before))
            Clearing(self.session, int(number), words).erase_trace(int(change))
        return len(half_done)

    def _last_touched(self, resident: Resident) -> str:
        found = self.store.scalar(
            'SELECT max(c.at) FROM "change" c JOIN change_row r ON r.change_id = c.id '
            "WHERE r.record_id = ? AND r.table_name = 'resident'",
            (resident.id,),
        )
        return str(found or "")[:10]

    def _owned(self, resident: Resident) -> list[Attachment]:
        return self.store.rows(
            self.store.select(Attachment).where(
                Attachment.table_name == "resident", Attachment.record_id == resident.id
            )
        )

    def _household(self, resident: Resident) -> Iterator[tuple[str, str]]:
        household = self.store.find(Household, resident.household_id or 0)
        if household is not None:
            yield from _lines(household)

    def _links(self, resident: Resident) -> Iterator[tuple[str, str]]:
        """Find every record that refers to the person, by the declared references."""
        for model in RECORDS.values():
            for declared in model.declarations():
                if (
                    not isinstance(declared.kind, Reference)
                    or declared.kind.record_name != "resident"
                ):
                    continue
                field = getattr(model, declared.name)
                query = self.store.select(model).where(field == resident.id).limit(_MOST)
                for found in self.store.rows(query):
                    if model is not Household:
                        yield f"{model.title}（{declared.label}）", found.describe()

    def _attachments(self, resident: Resident) -> Iterator[tuple[str, str]]:
        for one in self._owned(resident):
            yield one.name, one.caption or one.purpose or "附件"

    def _history(self, resident: Resident) -> Iterator[tuple[str, str]]:
        for line in Audit(self.session).history(resident):
            yield f"{line.at.astimezone(CHINA):%Y-%m-%d %H:%M}", f"{line.user}：{line.label}"
        looked = self.store.sql(
            "SELECT at, user, label FROM \"change\" WHERE kind = 'access' "
            "AND instr(label, ?) > 0 ORDER BY id DESC LIMIT ?",
            (resident.name, _MOST),
        )
        for at, user, label in looked:
            yield at[:16].replace("T", " "), f"{user}{KIND_WORDS['access']}：{label}"


def _lines(record: Record) -> Iterator[tuple[str, str]]:
    """Give label and whole value of every filled field that stands in the form."""
    for declared in type(record).declarations():
        value = getattr(record, declared.name)
        if value is not None and declared.in_form and not isinstance(declared.kind, Reference):
            yield declared.label, declared.kind.show(value)
