"""The first month's twelve steps: each is ticked by what the village holds, never by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from village_app.db.records.bodies import Membership
from village_app.db.records.house import UserAccount
from village_app.db.records.issues import Issue
from village_app.db.records.ledger import LedgerEntry, LedgerOpening
from village_app.db.records.meetings import Meeting
from village_app.db.records.notices import Notice
from village_app.db.records.residents import Place, Resident
from village_app.db.shelf import LOCAL_FOLDER, list_backups
from village_app.domain.issue_course import DONE_STATES
from village_app.domain.permissions import may
from village_app.services.session import Service, Session, permitted
from village_app.services.settings import Settings

# So many people are a roster, not a try.
_ROSTER = 20


@dataclass(frozen=True, slots=True)
class FirstStep:
    """One step: its words, what it is good for, the page where it is done, whether it is done."""

    code: str
    words: str
    why: str
    page: str
    done: bool


@dataclass(frozen=True, slots=True)
class _Step:
    code: str
    words: str
    why: str
    page: str
    action: str
    is_done: Callable[[Session], bool]


class FirstSteps(Service):
    """Says how far a new village is."""

    @permitted("settings.read")
    def listed(self) -> list[FirstStep]:
        """Give the steps that this user may take, in their order."""
        return [
            FirstStep(one.code, one.words, one.why, one.page, one.is_done(self.session))
            for one in STEPS
            if may(self.session.user.role, one.action)
        ]


def _any(model: type) -> Callable[[Session], bool]:
    return lambda session: session.store.select(model).limit(1).count() > 0


def _has_letterhead(session: Session) -> bool:
    settings = Settings(session).read()
    return bool(settings.village and settings.letterhead)


def _has_colleague(session: Session) -> bool:
    return int(session.store.select(UserAccount).where(UserAccount.is_active).count()) > 1


def _has_roster(session: Session) -> bool:
    return int(session.store.select(Resident).limit(_ROSTER).count()) >= _ROSTER


def _has_corrected(session: Session) -> bool:
    found = session.store.scalar(
        'SELECT 1 FROM change_row JOIN "change" c ON c.id = change_id '
        "WHERE table_name = 'resident' AND c.kind = 'edit' LIMIT 1"
    )
    return found is not None


def _has_closed(session: Session) -> bool:
    return bool(session.store.select(Issue).where(Issue.state.in_(DONE_STATES)).limit(1).count())


def _has_books(session: Session) -> bool:
    return any(_any(model)(session) for model in (LedgerOpening, LedgerEntry))


def _has_posted(session: Session) -> bool:
    query = session.store.select(Notice).where(Notice.number.is_null(False))
    return bool(query.limit(1).count())


def _has_group(session: Session) -> bool:
    return bool(session.store.select(Place).where(Place.kind == "group").limit(1).count())


def _has_backup(session: Session) -> bool:
    return bool(list_backups(session.folder / LOCAL_FOLDER).backups)


STEPS: tuple[_Step, ...] = (
    _Step(
        "letterhead",
        "填好村名和文头",
        "打印的纸上都用它",
        "safety",
        "settings.edit",
        _has_letterhead,
    ),
    _Step(
        "groups", "建好村民小组", "名册、会议都按组分", "residents", "residents.edit", _has_group
    ),
    _Step("roster", "导入居民名册", "现成的表格就行", "import", "residents.import", _has_roster),
    _Step(
        "correct",
        "改一位居民的资料",
        "改错了能退回去",
        "residents",
        "residents.edit",
        _has_corrected,
    ),
    _Step("issue", "记下第一件诉求", "一句话就够", "issues", "issues.log", _any(Issue)),
    _Step("closed", "办结一件诉求", "答复、回访都在里面", "issues", "issues.close", _has_closed),
    _Step(
        "members",
        "登记村民代表",
        "够不够法定人数靠它",
        "meetings",
        "meetings.edit",
        _any(Membership),
    ),
    _Step(
        "meeting", "安排一次会议", "通知、签到表自动出", "meetings", "meetings.edit", _any(Meeting)
    ),
    _Step("books", "填期初余额，记一笔账", "公开表从账里来", "money", "money.edit", _has_books),
    _Step("notice", "张贴第一份公示", "公开前会替您把关", "notices", "notices.edit", _has_posted),
    _Step(
        "colleague", "给同事开账号", "两人经手的事要两个人", "safety", "users.edit", _has_colleague
    ),
    _Step("backup", "做第一次备份", "做完会重新打开核对", "safety", "backup.make", _has_backup),
)
