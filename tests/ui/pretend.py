"""A village and a door that hold still: what the window's tests open instead of a real one."""

# the protocols hand over more than a door that holds still looks at

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from village_app.domain.own_words import Wording
from village_app.domain.reporting import Report
from village_app.errors import Fault, Refused
from village_app.ui.asking import FileKind, Question
from village_app.ui.door import BackupState, DoorSign, Draft, OpenVillage, UserCard
from village_app.ui.door_facts import (
    BackupFacts,
    Created,
    Found,
    NewVillage,
    RescuedLine,
    RescueFacts,
)


class PretendVillage:
    """Remembers what the window asked of it."""

    town = "横沥镇"
    name = "隔坑村"

    def __init__(self, user: UserCard | None = None) -> None:
        self.user = user or UserCard("陈丽珍", "文书")
        self.done: list[str] = []
        self.undone: list[str] = []
        self.drafts: dict[str, Draft] = {}
        self.listeners: list[Callable[[frozenset[str]], None]] = []
        self.counts: dict[str, int] = {"issues": 12, "mediation": 3}
        self.locked = False
        self.closed = False
        self.refuses_undo = False
        self.backup_due: set[str] = set()
        self.backed_up: list[str] = []
        self.opened: list[Found] = []
        self.unindexed = 0

    idle_minutes = 10
    must_change_password = False
    is_sample = False
    wording: Wording = ()

    def change_password(self, old: str, new: str) -> None:
        _check(old)
        self.must_change_password = not new

    def needs_backup(self, moment: str) -> bool:
        return moment in self.backup_due

    def back_up(self, moment: str, report: Report) -> None:
        report(1, 1, "备份")
        self.backed_up.append(moment)

    def backup_state(self) -> BackupState:
        return BackupState("done", "已备份", "今天 08:30")

    def waiting(self) -> Mapping[str, int]:
        return dict(self.counts)

    def undo(self) -> str | None:
        if self.refuses_undo:
            raise Refused("edited_since", "这件事后来又改过，先看看再决定。")
        if not self.done:
            return None
        self.undone.append(self.done.pop())
        return self.undone[-1]

    def redo(self) -> str | None:
        if not self.undone:
            return None
        self.done.append(self.undone.pop())
        return self.done[-1]

    def listen(self, listener: Callable[[frozenset[str]], None]) -> Callable[[], None]:
        self.listeners.append(listener)
        return lambda: self.listeners.remove(listener)

    def announce(self, *tables: str) -> None:
        for listener in tuple(self.listeners):
            listener(frozenset(tables))

    def find(self, text: str) -> Sequence[Found]:
        known = (Found("residents", 1, "吴国标", "三组"), Found("issues", 12, "路灯不亮", "0118号"))
        return [found for found in known if text in found.title]

    def recent(self) -> Sequence[Found]:
        return tuple(self.opened)

    def note_opened(self, page: str, record: int) -> None:
        self.opened.insert(0, Found(page, record, f"{page} {record}"))

    def has_documents_to_index(self) -> bool:
        return self.unindexed > 0

    def index_documents(self, report: Report) -> int:
        report(1, 1, "读附件里的字")
        done, self.unindexed = self.unindexed, 0
        return done

    def in_thread(self) -> AbstractContextManager[None]:
        return nullcontext()

    def keep_draft(self, page: str, draft: Draft | None) -> None:
        if draft is None:
            self.drafts.pop(page, None)
        else:
            self.drafts[page] = dict(draft)

    def draft(self, page: str) -> Draft | None:
        return self.drafts.get(page)

    def lock(self) -> None:
        self.locked = True

    def unlock(self, password: str) -> None:
        _check(password)
        self.locked = False

    def close(self) -> None:
        self.closed = True


def _check(password: str) -> None:
    if password != "三轮车过桥了":
        raise Refused("wrong_password", "口令不对，再试一次。", seconds=0)


class PretendDoor:
    """A door whose password is 三轮车过桥了."""

    def __init__(self, *, has_village: bool = True) -> None:
        self.exists = has_village
        self.wait = 0
        self.created: list[NewVillage] = []
        self.restored: list[Path] = []
        self.resets: list[tuple[str, str]] = []
        self.opened: list[PretendVillage] = []
        self.samples_removed = 0

    def has_village(self) -> bool:
        return self.exists

    def sign(self) -> DoorSign:
        return DoorSign(
            "隔坑村",
            "东莞市横沥镇隔坑村 · 党群服务中心一楼 · 三号机",
            BackupState("done", "已备份", "今天 08:30"),
            "1.0",
        )

    def list_users(self) -> Sequence[UserCard]:
        return (
            UserCard("陈丽珍", "文书"),
            UserCard("叶志坚", "治保、网格"),
            UserCard("黄伟雄", "监委会主任（只看、签字）"),
        )

    def seconds_to_wait(self, user: str) -> int:
        return self.wait

    def _village(self, user: str) -> PretendVillage:
        card = next((card for card in self.list_users() if card.name == user), UserCard(user))
        village = PretendVillage(card)
        self.opened.append(village)
        return village

    def open(self, user: str, password: str) -> OpenVillage:
        if self.wait:
            raise Refused("wait", f"错了太多次，{self.wait} 秒后再试。", seconds=self.wait)
        _check(password)
        return self._village(user)

    def read(self, user: str, password: str) -> OpenVillage:
        return self.open(user, password)

    def check_password(self, password: str, user: str, village: str) -> Fault | None:
        if len(password) < 6:
            return Fault("password", "too_short", "太短，至少要 10 个字符或 4 个词。")
        return None

    def create(self, new: NewVillage, report: Report) -> Created:
        report(1, 2, "正在建村庄")
        self.created.append(new)
        self.exists = True
        return Created(self._village(new.user), "7K4M-Q2XP-9RTW-3HNA-C8")

    def open_sample(self, report: Report) -> OpenVillage:
        report(1, 1, "正在打开示范村")
        village = self._village("陈丽珍")
        village.is_sample = True
        return village

    def remove_sample(self) -> None:
        self.samples_removed += 1

    def look_into(self, backup: Path) -> BackupFacts:
        return BackupFacts("隔坑村", "2026-11-23 18:05", (("居民", "3,120 人"), ("诉求", "128 件")))

    def restore(self, backup: Path, report: Report) -> None:
        report(1, 1, "正在恢复")
        self.restored.append(backup)
        self.exists = True

    def restore_over(
        self, user: str, password: str, backup: Path | None, report: Report
    ) -> OpenVillage:
        self.restore(backup or Path("最近的备份"), report)
        return self.open(user, password)

    def rescue(self, user: str, password: str, report: Report) -> RescueFacts:
        report(1, 1, "正在抢救")
        return RescueFacts("全部读出", (RescuedLine("居民", 3120, ""),))

    def take_rescued(self, user: str, password: str, report: Report) -> OpenVillage:
        report(1, 1, "正在换上")
        return self.open(user, password)

    def reset_password(self, user: str, code: str, password: str) -> str:
        if code.replace("-", "").upper() != "7K4MQ2XP9RTW3HNAC8":
            raise Refused("wrong_code", "恢复码不对，请照纸上的再输一遍。")
        self.resets.append((user, password))
        return "9XWT-4NQH-2K7M-PR3A-D6"


class PreparedAnswers:
    """Answers questions without a dialog: keys of answers and paths, in the order asked."""

    def __init__(self, *answers: str | Path | None) -> None:
        self.answers = list(answers)
        self.asked: list[Question] = []
        self.titles: list[str] = []

    def ask(self, question: Question) -> str:
        self.asked.append(question)
        answer = self.answers.pop(0) if self.answers else question.answers[-1].key
        assert isinstance(answer, str), f"no answer prepared for {question.title}"
        return answer

    def _path(self, title: str) -> Path | None:
        self.titles.append(title)
        answer = self.answers.pop(0) if self.answers else None
        assert not isinstance(answer, str), f"no path prepared for {title}"
        return answer

    def pick_file(self, title: str, kinds: Sequence[FileKind], purpose: str) -> Path | None:
        return self._path(title)

    def pick_files(self, title: str, kinds: Sequence[FileKind], purpose: str) -> tuple[Path, ...]:
        found = self._path(title)
        return () if found is None else (found,)

    def pick_folder(self, title: str, purpose: str) -> Path | None:
        return self._path(title)

    def save_file(self, title: str, kind: FileKind, suggested: str, purpose: str) -> Path | None:
        return self._path(title)
