"""An open village: the one way in, and the one place where the subjects are put together.

    with open_village(folder, "陈丽珍", password) as village:
        village.residents.find("何强志")

The window, the command line and the tests hold a `Village` and speak to its subjects.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

from village_app import __version__
from village_app.db import undo
from village_app.db.backup import Source, make_backup
from village_app.db.chain import Head
from village_app.db.engine import Store
from village_app.db.journal import Change, ChangeKind, Clock, Journal, SystemClock
from village_app.db.key_care import remember_database
from village_app.db.key_ring import Unlocked
from village_app.db.key_slots import Cost
from village_app.db.lockfile import FolderLock
from village_app.db.migrations import migrate
from village_app.db.opening import open_database, refuse_place
from village_app.db.private_folder import PrivateFolder
from village_app.db.records import RECORDS
from village_app.db.records.house import UserAccount
from village_app.db.shelf import LOCAL_FOLDER, list_backups
from village_app.db.vault import Vault
from village_app.errors import EnvironmentProblem, Refused
from village_app.services.approvals import Approvals
from village_app.services.archive import Archive
from village_app.services.attachments import Attachments
from village_app.services.attendance import Attendance
from village_app.services.audit import Audit
from village_app.services.backups import Backups
from village_app.services.blank_forms import BlankForms
from village_app.services.bodies import Bodies
from village_app.services.budgets import Budgets
from village_app.services.catalogue import Catalogue
from village_app.services.collective import Collective
from village_app.services.collective_papers import CollectivePapers
from village_app.services.corrections import Corrections
from village_app.services.disclosure import Disclosure
from village_app.services.drafts import Drafts
from village_app.services.exports import Exports
from village_app.services.handover import Handover
from village_app.services.home import Home
from village_app.services.households import HouseholdStatements
from village_app.services.import_session import ImportSession
from village_app.services.imports import Imports
from village_app.services.issue_chain import IssueChain
from village_app.services.issue_entry import IssueEntry
from village_app.services.issue_figures import IssueFigures
from village_app.services.issue_imports import IssueImports
from village_app.services.issue_list import IssueList
from village_app.services.issue_papers import IssuePapers
from village_app.services.issue_work import IssueWork
from village_app.services.issues import Issues
from village_app.services.leaving import Leaving
from village_app.services.ledger import Ledger
from village_app.services.ledger_accounts import LedgerAccounts
from village_app.services.ledger_imports import LedgerImports
from village_app.services.ledger_list import LedgerList
from village_app.services.letters import Letters
from village_app.services.links import Links
from village_app.services.meeting_imports import MeetingImports
from village_app.services.meeting_pack import MeetingPack
from village_app.services.meeting_papers import MeetingPapers
from village_app.services.meetings import Meetings
from village_app.services.minutes import Minutes
from village_app.services.money_watch import MoneyWatch
from village_app.services.notebook import Notebook
from village_app.services.notice_files import NoticeFiles
from village_app.services.notice_list import NoticeList
from village_app.services.notice_templates import NoticeTemplates
from village_app.services.notice_writing import NoticeWriting
from village_app.services.notices import Notices
from village_app.services.numbers import Numbers
from village_app.services.objections import Objections
from village_app.services.open_data import OpenData
from village_app.services.paper_check import PaperCheck
from village_app.services.past_records import PastRecords
from village_app.services.places import Places
from village_app.services.posting import Posting
from village_app.services.printing import Printing
from village_app.services.privacy import Privacy
from village_app.services.privacy_release import PrivacyRelease
from village_app.services.procedures import Procedures
from village_app.services.project_list import ProjectList
from village_app.services.project_papers import ProjectPapers
from village_app.services.project_payments import ProjectPayments
from village_app.services.project_sheets import ProjectSheets
from village_app.services.project_works import ProjectWorks
from village_app.services.projects import Projects
from village_app.services.proposals import Proposals
from village_app.services.questions import Questions
from village_app.services.receptions import Receptions
from village_app.services.residents import Residents
from village_app.services.resolutions import Resolutions
from village_app.services.rules import Rules
from village_app.services.seals import Seals
from village_app.services.search import Search
from village_app.services.selfcheck import SelfCheck
from village_app.services.session import Session, User, author_of
from village_app.services.settings import Settings
from village_app.services.speeches import Speeches
from village_app.services.support import Support
from village_app.services.tasks import Tasks
from village_app.services.today import Today
from village_app.services.trash import Trash
from village_app.services.users import Users
from village_app.services.votes import VoteCounts
from village_app.services.waiting import WaitingCounts
from village_app.services.welfare import Welfare

DATABASE = "village.db"
DESK = 1


@dataclass(slots=True)
class Opened:
    """What is held while a village is open, and let go in order."""

    vault: Vault
    store: Store
    lock: FolderLock
    private: PrivateFolder


class Village:
    """One open village and its subjects."""

    def __init__(self, session: Session, opened: Opened) -> None:
        self.session = session
        self.store = session.store
        self.journal = session.journal
        self.vault = opened.vault
        self.private = opened.private
        self._opened = opened
        self._sealed_head = session.journal.head()
        self._is_closed = False

    @property
    def folder(self) -> Path:
        return self.session.folder

    @property
    def user(self) -> User:
        return self.session.user

    @cached_property
    def settings(self) -> Settings:
        return Settings(self.session)

    @cached_property
    def drafts(self) -> Drafts:
        return Drafts(self.session)

    @cached_property
    def attachments(self) -> Attachments:
        return Attachments(self.session)

    @cached_property
    def archive(self) -> Archive:
        return Archive(self.session)

    @cached_property
    def letters(self) -> Letters:
        return Letters(self.session)

    @cached_property
    def notices(self) -> Notices:
        return Notices(self.session)

    @cached_property
    def blank_forms(self) -> BlankForms:
        return BlankForms(self.session)

    @cached_property
    def catalogue(self) -> Catalogue:
        return Catalogue(self.session)

    @cached_property
    def corrections(self) -> Corrections:
        return Corrections(self.session)

    @cached_property
    def templates(self) -> NoticeTemplates:
        return NoticeTemplates(self.session)

    @cached_property
    def writing(self) -> NoticeWriting:
        return NoticeWriting(self.session)

    @cached_property
    def objections(self) -> Objections:
        return Objections(self.session)

    @cached_property
    def paper_check(self) -> PaperCheck:
        return PaperCheck(self.session)

    @cached_property
    def posting(self) -> Posting:
        return Posting(self.session)

    @cached_property
    def privacy_release(self) -> PrivacyRelease:
        return PrivacyRelease(self.session)

    @cached_property
    def seals(self) -> Seals:
        return Seals(self.session)

    @cached_property
    def notice_files(self) -> NoticeFiles:
        return NoticeFiles(self.session)

    @cached_property
    def notice_list(self) -> NoticeList:
        return NoticeList(self.session)

    @cached_property
    def printing(self) -> Printing:
        return Printing(self.session)

    @cached_property
    def numbers(self) -> Numbers:
        return Numbers(self.session)

    @cached_property
    def rules(self) -> Rules:
        return Rules(self.session)

    @cached_property
    def places(self) -> Places:
        return Places(self.session)

    @cached_property
    def backups(self) -> Backups:
        return Backups(self.session)

    @cached_property
    def audit(self) -> Audit:
        return Audit(self.session)

    @cached_property
    def leaving(self) -> Leaving:
        return Leaving(self.session)

    @cached_property
    def privacy(self) -> Privacy:
        return Privacy(self.session)

    @cached_property
    def handover(self) -> Handover:
        return Handover(self.session)

    @cached_property
    def support(self) -> Support:
        return Support(self.session)

    @cached_property
    def past_records(self) -> PastRecords:
        return PastRecords(self.session)

    @cached_property
    def trash(self) -> Trash:
        return Trash(self.session)

    @cached_property
    def selfcheck(self) -> SelfCheck:
        return SelfCheck(self.session)

    @cached_property
    def exports(self) -> Exports:
        return Exports(self.session)

    @cached_property
    def home(self) -> Home:
        return Home(self.session)

    @cached_property
    def users(self) -> Users:
        return Users(self.session)

    @cached_property
    def search(self) -> Search:
        return Search(self.session)

    @cached_property
    def imports(self) -> Imports:
        return Imports(self.session)

    @cached_property
    def accounts(self) -> LedgerAccounts:
        return LedgerAccounts(self.session)

    @cached_property
    def ledger(self) -> Ledger:
        return Ledger(self.session)

    @cached_property
    def disclosure(self) -> Disclosure:
        return Disclosure(self.session)

    @cached_property
    def ledger_imports(self) -> LedgerImports:
        return LedgerImports(self.session)

    @cached_property
    def ledger_list(self) -> LedgerList:
        return LedgerList(self.session)

    @cached_property
    def project_list(self) -> ProjectList:
        return ProjectList(self.session)

    @cached_property
    def approvals(self) -> Approvals:
        return Approvals(self.session)

    @cached_property
    def budgets(self) -> Budgets:
        return Budgets(self.session)

    @cached_property
    def collective(self) -> Collective:
        return Collective(self.session)

    @cached_property
    def money_watch(self) -> MoneyWatch:
        return MoneyWatch(self.session)

    @cached_property
    def questions(self) -> Questions:
        return Questions(self.session)

    @cached_property
    def collective_papers(self) -> CollectivePapers:
        return CollectivePapers(self.session)

    @cached_property
    def open_data(self) -> OpenData:
        return OpenData(self.session)

    @cached_property
    def projects(self) -> Projects:
        return Projects(self.session)

    @cached_property
    def project_works(self) -> ProjectWorks:
        return ProjectWorks(self.session)

    @cached_property
    def project_payments(self) -> ProjectPayments:
        return ProjectPayments(self.session)

    @cached_property
    def project_sheets(self) -> ProjectSheets:
        return ProjectSheets(self.session)

    @cached_property
    def project_papers(self) -> ProjectPapers:
        return ProjectPapers(self.session)

    @cached_property
    def issues(self) -> Issues:
        return Issues(self.session)

    @cached_property
    def issue_list(self) -> IssueList:
        return IssueList(self.session)

    @cached_property
    def issue_work(self) -> IssueWork:
        return IssueWork(self.session)

    @cached_property
    def issue_entry(self) -> IssueEntry:
        return IssueEntry(self.session)

    @cached_property
    def issue_chain(self) -> IssueChain:
        return IssueChain(self.session)

    @cached_property
    def issue_figures(self) -> IssueFigures:
        return IssueFigures(self.session)

    @cached_property
    def issue_papers(self) -> IssuePapers:
        return IssuePapers(self.session)

    @cached_property
    def receptions(self) -> Receptions:
        return Receptions(self.session)

    @cached_property
    def issue_imports(self) -> IssueImports:
        return IssueImports(self.session)

    @cached_property
    def notebook(self) -> Notebook:
        return Notebook(self.session)

    @cached_property
    def tasks(self) -> Tasks:
        return Tasks(self.session)

    @cached_property
    def links(self) -> Links:
        return Links(self.session)

    @cached_property
    def today(self) -> Today:
        return Today(self.session)

    @cached_property
    def attendance(self) -> Attendance:
        return Attendance(self.session)

    @cached_property
    def bodies(self) -> Bodies:
        return Bodies(self.session)

    @cached_property
    def household_statements(self) -> HouseholdStatements:
        return HouseholdStatements(self.session)

    @cached_property
    def meeting_papers(self) -> MeetingPapers:
        return MeetingPapers(self.session)

    @cached_property
    def meetings(self) -> Meetings:
        return Meetings(self.session)

    @cached_property
    def minutes(self) -> Minutes:
        return Minutes(self.session)

    @cached_property
    def procedures(self) -> Procedures:
        return Procedures(self.session)

    @cached_property
    def resolutions(self) -> Resolutions:
        return Resolutions(self.session)

    @cached_property
    def votes(self) -> VoteCounts:
        return VoteCounts(self.session)

    @cached_property
    def meeting_pack(self) -> MeetingPack:
        return MeetingPack(self.session)

    @cached_property
    def proposals(self) -> Proposals:
        return Proposals(self.session)

    @cached_property
    def speeches(self) -> Speeches:
        return Speeches(self.session)

    @cached_property
    def meeting_imports(self) -> MeetingImports:
        return MeetingImports(self.session)

    def import_session(self, content: bytes, name: str) -> ImportSession:
        """Begin to look at a file that may be imported."""
        return ImportSession(self.session, content, name)

    @cached_property
    def welfare(self) -> Welfare:
        return Welfare(self.session)

    @cached_property
    def residents(self) -> Residents:
        return Residents(self.session)

    def change(
        self, label: str, *, kind: ChangeKind = "edit", undoable: bool = True
    ) -> AbstractContextManager[Change]:
        """Open a change of the journal, the only way to write."""
        return self.session.change(label, kind=kind, undoable=undoable)

    def next_undo(self) -> str | None:
        """Name what the next undo takes back, None when there is nothing."""
        found = undo.next_undo(self.journal)
        return found[1] if found else None

    def next_redo(self) -> str | None:
        """Name what the next redo brings again, None when there is nothing."""
        found = undo.next_redo(self.journal)
        return found[1] if found else None

    def undo(self, *, leave_edited: bool = False) -> str | None:
        """Take this user's last change back and name it; None when there is nothing.

        Refuses with the list when records were edited since, unless `leave_edited`.
        """
        self.session.require("changes.undo")
        found = undo.next_undo(self.journal)
        if found is None:
            return None
        return undo.take_back(self.journal, found[0], RECORDS, leave_edited=leave_edited).label

    def redo(self) -> str | None:
        """Bring back what was undone last and name it; None when there is nothing."""
        self.session.require("changes.undo")
        found = undo.next_redo(self.journal)
        if found is None:
            return None
        return undo.take_back(self.journal, found[0], RECORDS, kind="redo").label

    def waiting(self) -> Mapping[str, int]:
        """Give by page how much waits for this user."""
        return WaitingCounts(self.session).by_page()

    def listen(self, listener: Callable[[frozenset[str]], None]) -> Callable[[], None]:
        """Call `listener` with the touched tables after each change; gives a way to stop it."""
        self.journal.listeners.append(listener)
        return lambda: self.journal.listeners.remove(listener)

    def lock(self) -> None:
        """Forget the keys while the screen is locked; the half-filled forms stay in the window."""
        self._seal_outside()
        self.store.close()
        self.vault.lock()

    def unlock(self, password: str) -> None:
        """Take the keys again for the same user; refuses a wrong password with its delays."""
        unlocked = self.vault.unlock(self.user.name, password)
        self.store.reopen(unlocked.dek)

    def close(self) -> None:
        """Seal where the journal stands outside the database, close and let others in.

        Closing twice does no harm.
        """
        if self._is_closed:
            return
        self._is_closed = True
        try:
            if self.vault.unlocked is not None:
                self._seal_outside()
        finally:
            self.store.close()
            self.vault.lock()
            self._opened.private.close()
            self._opened.lock.release()

    def _seal_outside(self) -> None:
        head = self.journal.head()
        if not self.store.read_only and head != self._sealed_head:
            self.vault.set_anchor(head.number, head.mac)
            self._sealed_head = head

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


@dataclass(frozen=True, slots=True)
class NewVillage:
    """What set-up asks for; everything else can be set later."""

    village: str
    town: str
    user: str
    password: str
    full_name: str = ""
    role: str = "admin+clerk"
    settings: dict[str, Any] = field(default_factory=dict)


def create_village(
    folder: Path, new: NewVillage, *, clock: Clock | None = None, cost: Cost | None = None
) -> tuple[Village, str]:
    """Make a village's data in an empty folder; returns it open, and the recovery code.

    The recovery code is never shown again. Refuses a folder that holds a village already; a
    set-up that fails leaves nothing behind.
    """
    folder.mkdir(parents=True, exist_ok=True)
    refuse_place(folder)
    if (folder / DATABASE).exists():
        raise Refused(
            "village_exists", "这个文件夹里已经有一个村的数据。请直接登录，或另选文件夹。"
        )
    before = set(folder.iterdir())
    lock = FolderLock.take(folder, new.user)
    try:
        village, code = _create(folder, new, lock, clock or SystemClock(), cost)
    except BaseException:
        lock.release()
        _remove_new(folder, before)
        raise
    return village, code


def _create(
    folder: Path, new: NewVillage, lock: FolderLock, clock: Clock, cost: Cost | None
) -> tuple[Village, str]:
    village_id = uuid4().hex
    vault = Vault.create(folder, village_id, cost=cost)
    vault.add_user(new.user, new.password, new.role, village_name=new.village)
    code = vault.new_recovery_code()
    vault.unlock(new.user, new.password)
    user = User(new.user, new.full_name or new.user, new.role)
    village = _assemble(folder, vault, lock, user, clock, create=True)
    with village.change("新建村庄", kind="final", undoable=False) as change:
        village.store.database.execute_sql(
            "INSERT INTO identity (key, value) VALUES ('village', ?)", (village_id,)
        )
        change.insert(
            UserAccount(name=user.name, full_name=user.full_name, role=user.role, is_active=True)
        )
        named = {"village": new.village, "town": new.town, "short": short_name(new.village)}
        village.settings.set_up(change, {**named, **new.settings})
        village.rules.bring_shipped()
        village.accounts.bring_shipped(change)
        village.catalogue.bring_shipped(change)
        village.bodies.bring_shipped(change)
    return village, code


def open_village(
    folder: Path,
    user: str,
    password: str,
    *,
    clock: Clock | None = None,
    before_migration: Callable[[Store], None] | None = None,
) -> Village:
    """Open a village's data: lock the folder, ask the vault, check the file, migrate if older.

    Refuses wrong passwords, another program in the same folder, a damaged, empty, foreign or
    newer file, each in a sentence; nothing is changed then.
    """
    refuse_place(folder)
    vault = Vault.load(folder)
    lock = FolderLock.take(folder, user)
    try:
        unlocked = vault.unlock(user, password)
        role = unlocked.role
        signed_in = User(unlocked.user, unlocked.user, role)
        village = _assemble(
            folder,
            vault,
            lock,
            signed_in,
            clock or SystemClock(),
            before_migration=before_migration,
        )
    except BaseException:
        lock.release()
        raise
    _take_account(village)
    village.rules.bring_shipped()  # what a newer program brought; the village's own stay
    village.backups.own_up_to_restore()
    return village


def _assemble(
    folder: Path,
    vault: Vault,
    lock: FolderLock,
    user: User,
    clock: Clock,
    *,
    create: bool = False,
    before_migration: Callable[[Store], None] | None = None,
) -> Village:
    path = folder / DATABASE
    if not create and not path.exists():
        raise EnvironmentProblem(
            "no_database", "钥匙在，数据文件不在。请从备份恢复，或检查文件夹是否完整。"
        )
    store = Store(path, _new_key(vault), create=True) if create else open_database(vault, path)
    try:
        if not create:
            _check_identity(store, vault)
        unlocked = vault.unlocked
        assert unlocked is not None  # a finished rotation gives other keys than those before
        backup = before_migration or partial(_backup_before_migration, unlocked)
        migrate(store, before_first=partial(backup, store))
        journal = Journal(store, unlocked.subkey("audit"), author_of(user, DESK), clock)
        private = PrivateFolder(folder)
        private_path = private.open()
        private.serve_libraries()
        remember_database(vault, path)
        session = Session(
            folder=folder,
            store=store,
            journal=journal,
            user=user,
            clock=clock,
            vault=vault,
            private=private_path,
        )
        return Village(session, Opened(vault, store, lock, private))
    except BaseException:
        store.close()
        raise


def _new_key(vault: Vault) -> bytes:
    assert vault.unlocked is not None  # set-up has just made the keys
    return vault.unlocked.dek


def _backup_before_migration(keys: Unlocked, store: Store) -> None:
    """Keep what an older program wrote before this one changes its tables (BS-01)."""
    folder = store.path.parent
    shelf = folder / LOCAL_FOLDER
    shelf.mkdir(exist_ok=True)
    last = next(iter(list_backups(shelf).backups), None)
    source = Source(folder, keys, last.manifest.village_name if last else "", __version__)
    make_backup(source, shelf, "升级程序前", now=SystemClock().now())


def _check_identity(store: Store, vault: Vault) -> None:
    """Refuse a file that opens but is empty or another village's."""
    if store.schema_version == 0:
        raise EnvironmentProblem("empty_file", "数据文件是空的。请从备份恢复，原来的文件没有动。")
    village_id = store.scalar("SELECT value FROM identity WHERE key = 'village'")
    if village_id != vault.contents.village_id:
        raise EnvironmentProblem(
            "foreign_file", "这里的数据文件和钥匙文件不是同一个村的，没有打开。请从备份恢复。"
        )


def _take_account(village: Village) -> None:
    """Complete the signed-in user from the account record; the role is what the vault seals."""
    account = village.store.select(UserAccount).where(UserAccount.name == village.user.name).first()
    if account is not None:
        village.session.user = User(village.user.name, account.full_name, village.user.role)


def anchor_of(village: Village) -> Head | None:
    """Give the journal's head as it was kept outside the database at the last close."""
    anchor = village.vault.anchor
    return Head(*anchor) if anchor else None


def short_name(village: str) -> str:
    """Shorten a village's name as its public numbers do: 隔坑村 → 隔村."""
    return village if len(village) < 3 else village[0] + village[-1]


def _remove_new(folder: Path, before: set[Path]) -> None:
    for path in set(folder.iterdir()) - before:
        if path.is_file():
            path.unlink()
