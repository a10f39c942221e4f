"""A clerk who does something at random: every act goes through the services of a real village."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from village_app.db.key_slots import Cost
from village_app.db.records.residents import Resident
from village_app.domain.calendar import CHINA
from village_app.errors import InvalidInput, Refused
from village_app.opening import NewVillage, create_village
from village_app.village import Village

CHEAP = Cost(passes=1, memory_kib=64)
CLERK, PASSWORD = "刘会计", "苹果 火车 月亮 桌子"
ROLES = "admin+secretary+accountant+clerk+supervisor"
MORNING = datetime(2026, 11, 24, 0, 30, tzinfo=UTC)
_FAMILY, _GIVEN = "何余吴叶梁罗黄陈", "强志国标瑞莲伟雄顺娣丽珍"
_BATCH = 60


class DayClock:
    """A village's clock that only moves when it is told to; every look is a millisecond."""

    def __init__(self, moment: datetime = MORNING) -> None:
        self.moment = moment

    def now(self) -> datetime:
        self.moment += timedelta(milliseconds=1)
        return self.moment


def new_office(folder: Path, clock: DayClock) -> None:
    """Make a village with two groups and two purses, ready for a day of work."""
    wish = NewVillage("隔岭村", "横沥镇", CLERK, PASSWORD, role=ROLES)
    village, _ = create_village(folder, wish, clock=clock, cost=CHEAP)
    for name in ("一组", "二组"):
        village.places.add(name)
    day = f"{clock.now().astimezone(CHINA).date()}"
    for purse in ("库存现金", "银行存款"):
        village.accounts.open_with(village.accounts.find(purse), {"day": day, "amount": "90,000"})
    village.close()


class Clerk:
    """Does one act after another; a refusal in a sentence is part of the day.

    `seconds_an_act` is how long one takes by the village's clock, from and up to.
    """

    def __init__(
        self,
        village: Village,
        clock: DayClock,
        chance: random.Random,
        *,
        seconds_an_act: tuple[int, int] = (30, 120),
    ) -> None:
        self.village = village
        self.clock = clock
        self.chance = chance
        self.seconds_an_act = seconds_an_act
        self.acts: dict[Callable[[], object], int] = {
            self._register: 8,
            self._correct: 8,
            self._remove: 2,
            self._bring_back: 1,
            self._import: 1,
            self._spend: 4,
            self._take_money_back: 1,
            self._hear: 4,
            self._write_down: 3,
            self._draft_notice: 2,
            self._attach: 2,
            self._keep_draft: 2,
            self._undo: 3,
            self._redo: 1,
            self._back_up: 1,
        }

    def act(self) -> str:
        """Do something and give its name."""
        self.clock.moment += timedelta(seconds=self.chance.randrange(*self.seconds_an_act))
        act = self.chance.choices(list(self.acts), list(self.acts.values()))[0]
        try:
            act()
        except (InvalidInput, Refused):
            return "refused"
        return getattr(act, "__name__", "").strip("_")

    def _name(self) -> str:
        return self.chance.choice(_FAMILY) + "".join(self.chance.sample(_GIVEN, 2))

    def _phone(self) -> str:
        return f"13{self.chance.randrange(10**9):09}"

    def _someone(self) -> Resident:
        store = self.village.store
        ids = [number for (number,) in store.sql("SELECT id FROM resident")]
        if not ids:
            raise Refused("nobody", "还没有人。")
        return store.get(Resident, self.chance.choice(ids))

    def _today(self) -> str:
        return str(self.clock.now().astimezone(CHINA).date())

    def _register(self) -> None:
        group = self.chance.choice(self.village.places.groups())
        self.village.residents.register(
            {"name": self._name(), "phone": self._phone(), "group_id": str(group.id)}
        )

    def _correct(self) -> None:
        self.village.residents.correct(self._someone(), {"phone": self._phone()})

    def _remove(self) -> None:
        self.village.residents.remove(self._someone())

    def _bring_back(self) -> None:
        lying = self.village.trash.listed()
        if lying:
            self.village.trash.restore(self.chance.choice(lying).number)

    def _import(self) -> None:
        rows = [{"name": self._name(), "phone": self._phone()} for _ in range(_BATCH)]
        with self.village.change("导入居民", kind="import") as change:
            change.insert_rows(Resident, rows)

    def _spend(self) -> None:
        accounts = self.village.accounts
        amount = f"{self.chance.randrange(1, 90_000) / 100:.2f}"
        typed = {"day": self._today(), "summary": "买办公用品", "amount": amount}
        self.village.ledger.spend(accounts.find("银行存款"), accounts.find("管理费用"), typed)

    def _take_money_back(self) -> None:
        today = self.clock.now().astimezone(CHINA).date()
        entries = self.village.ledger.entries(today, today)
        if entries:
            self.village.ledger.reverse(self.chance.choice(entries), "记错了")

    def _hear(self) -> None:
        moment = f"{self.clock.now().astimezone(CHINA):%Y-%m-%d %H:%M}"
        self.village.issues.log(
            {"heading": "路灯不亮", "at": moment, "content": f"{self._name()}来说的"}
        )

    def _write_down(self) -> None:
        self.village.notebook.write(f"{self._name()}来电，{self._phone()}")

    def _draft_notice(self) -> None:
        notice = self.village.writing.begin("publicity", "关于路灯安装的公示")
        written = self.village.writing.written(notice)
        self.village.writing.edit(notice, replace(written, body="环塘装路灯24盏。"))

    def _attach(self) -> None:
        path = self.village.session.private / "扫描件.pdf"
        path.write_bytes(b"%PDF-" + self.chance.randbytes(self.chance.randrange(500, 40_000)))
        self.village.attachments.attach(self._someone(), path)

    def _keep_draft(self) -> None:
        self.village.drafts.keep("residents", {"name": self._name()})

    def _undo(self) -> None:
        self.village.undo()

    def _redo(self) -> None:
        self.village.redo()

    def _back_up(self) -> None:
        self.village.backups.make("手动备份")
