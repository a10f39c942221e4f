"""A notice while it hangs and after: days left, photographs, the end of its period, withdrawal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from village_app.db.records.house import Attachment, IssuedNumber
from village_app.db.records.notices import Notice
from village_app.db.records.posting import Objection
from village_app.errors import Fault, InvalidInput, Refused
from village_app.papers.builders.notices import build_statement
from village_app.services.house.attachments import Attachments
from village_app.services.notices.notices import Draft, Notices
from village_app.services.notices.objections import facts_of, posted_facts
from village_app.services.paper_words import in_own_words
from village_app.services.rules import Rules
from village_app.services.session import Service, permitted
from village_app.services.settings import Settings

PHOTO = "张贴照片"
SCAN = "盖章扫描件"
HANGING = ("posted", "objected")
UNPUBLISHED = ("draft", "checking", "returned", "approved")


@dataclass(frozen=True, slots=True)
class Hanging:
    """A notice on the board: days left today (today included), and what is to be done about it."""

    notice: Notice
    days_left: int
    open_objections: int
    has_photo: bool

    @property
    def is_over(self) -> bool:
        return self.days_left == 0


class Posting(Service):
    """Keeps an eye on what hangs, and takes it down in due form."""

    @permitted("notices.read")
    def hanging(self) -> list[Hanging]:
        """List what hangs, the one whose period ends first on top."""
        query = self.store.select(Notice).where(Notice.state.in_(HANGING))
        return [
            self.look_at(notice)
            for notice in self.store.rows(query.order_by(Notice.period_to, Notice.id))
        ]

    @permitted("notices.read")
    def reminders(self) -> list[Hanging]:
        """List what is to be taken down now or within the days of the rule."""
        within = Rules(self.session).on("notice_posting")["remind_days"]
        return [
            one
            for one in self.hanging()
            if one.notice.period_to is not None and one.days_left <= within
        ]

    @permitted("notices.read")
    def look_at(self, notice: Notice) -> Hanging:
        """Say how a posted notice stands today."""
        return Hanging(
            notice,
            days_left(notice, self.session.today()),
            self._open_objections(notice),
            bool(Attachments(self.session).of(notice, purpose=PHOTO)),
        )

    @permitted("notices.publish")
    def add_photo(self, notice: Notice, source: Path, caption: str = "") -> Attachment:
        """Keep a photograph of the board with the notice on it."""
        _refuse_unpublished(notice)
        return Attachments(self.session).attach(
            notice, source, caption=caption or notice.heading, purpose=PHOTO
        )

    @permitted("notices.read")
    def count_photos(self, notice: Notice) -> int:
        """Count the photographs of the board."""
        return len(Attachments(self.session).of(notice, purpose=PHOTO))

    @permitted("notices.publish")
    def add_scan(self, notice: Notice, source: Path) -> Attachment:
        """Keep the scan of the sealed paper."""
        _refuse_unpublished(notice)
        return Attachments(self.session).attach(notice, source, purpose=SCAN)

    @permitted("notices.publish")
    def close(self, notice: Notice) -> Notice:
        """End the posting period; refused while it runs or an objection waits for its answer."""
        self._refuse_running(notice)
        with self.session.change(f"公示期满 {notice.heading}") as change:
            closed: Notice = change.update(notice, state="expired")
        return closed

    @permitted("notices.edit")
    def draft_statement(self, notice: Notice) -> Notice:
        """Draft 公示期满说明; refused while the period runs or an objection is open."""
        self._refuse_running(notice)
        settings = Settings(self.session).read()
        objections = [facts_of(one) for one in self._objections(notice)]
        paper = in_own_words(
            self.session,
            build_statement(
                posted_facts(notice), objections, (settings.committee_name(), settings.supervision)
            ),
        )
        return Notices(self.session).draft(
            Draft(
                paper,
                "statement",
                policy="no_persons",
                source=notice,
                catalogue_code=notice.catalogue_code or "",
            )
        )

    @permitted("notices.publish")
    def take_down(self, notice: Notice, day: date | None = None) -> Notice:
        """Note that the paper was taken off the board; refused before its period is over."""
        if notice.state != "expired":
            raise Refused("not_over", "公示期还没有满，先办“期满”，再取下来。")
        with self.session.change(f"取下 {notice.heading}") as change:
            taken: Notice = change.update(notice, taken_down_on=day or self.session.today())
        return taken

    @permitted("notices.publish")
    def file(self, notice: Notice) -> Notice:
        """Put a notice into the archive; asks for a photograph and the day it was taken down."""
        if notice.state != "expired" or notice.taken_down_on is None:
            raise Refused("still_hanging", "还没有登记取下的日期，不能归档。请先登记取下。")
        if not Attachments(self.session).of(notice, purpose=PHOTO):
            raise Refused("no_photo", "没有张贴照片，不能归档。请先放一张看得清日期的照片。")
        with self.session.change(f"归档 {notice.heading}") as change:
            filed: Notice = change.update(notice, state="archived")
        return filed

    @permitted("notices.void")
    def withdraw(self, notice: Notice, reason: str) -> Notice:
        """Take a notice off the board before its time; it keeps its number and its reason."""
        _ask_reason(reason, "撤下")
        if notice.state not in (*HANGING, "expired"):
            raise Refused("not_hanging", "这份公示没有贴着，不用撤下。")
        with self.session.change(f"撤下 {notice.heading}", undoable=False) as change:
            gone: Notice = change.update(
                notice,
                state="withdrawn",
                reason=reason.strip(),
                taken_down_on=self.session.today(),
            )
        return gone

    @permitted("notices.void")
    def void(self, notice: Notice, reason: str) -> Notice:
        """Void a draft, or a published notice with its number; the number stays visible."""
        _ask_reason(reason, "作废")
        if notice.state in ("void", "archived"):
            raise Refused("wrong_state", "已经作废或归档的公示不能再作废。")
        with self.session.change(f"作废 {notice.heading}", undoable=False) as change:
            if notice.number:
                issued = self._issued(notice.number)
                change.update(issued, state="void", reason=reason.strip())
            gone: Notice = change.update(notice, state="void", reason=reason.strip())
        return gone

    def _issued(self, number: str) -> IssuedNumber:
        issued: IssuedNumber = (
            self.store.select(IssuedNumber).where(IssuedNumber.text == number).first()
        )
        return issued

    def _refuse_running(self, notice: Notice) -> None:
        _refuse_unpublished(notice)
        waiting = self._open_objections(notice)
        if waiting:
            raise Refused(
                "open_objection",
                f"还有 {waiting} 件异议没有答复，不能出“没有异议”的说明。请先答复。",
            )
        if notice.state != "expired" and days_left(notice, self.session.today()):
            raise Refused(
                "period_runs",
                f"公示要到 {notice.period_to} 才满，还不能办期满。",
                day=notice.period_to,
            )

    def _objections(self, notice: Notice) -> list[Objection]:
        query = self.store.select(Objection).where(Objection.notice_id == notice.id)
        return self.store.rows(query.order_by(Objection.raised_on, Objection.id))

    def _open_objections(self, notice: Notice) -> int:
        return sum(one.replied_on is None for one in self._objections(notice))


def days_left(notice: Notice, today: date) -> int:
    """Count the days a notice has still to hang, today included; nought when it is over."""
    if notice.period_to is None:
        return 0
    first = max(today, notice.period_from or today)
    return int(max(0, (notice.period_to - first).days + 1))


def _refuse_unpublished(notice: Notice) -> None:
    if notice.state in UNPUBLISHED or notice.state == "void":
        raise Refused("not_published", "这份公示还没有贴出去。")


def _ask_reason(reason: str, doing: str) -> None:
    if not reason.strip():
        raise InvalidInput([Fault("reason", "required", f"{doing}要写明原因。")])
