"""抢救受损文件: what a damaged file still gives, in words, with the list of what is lost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from village_app.db.cipher_file import opened
from village_app.db.damaged_table import LostRange
from village_app.db.fields import Record
from village_app.db.files import write_atomically
from village_app.db.journal import DESK_BITS
from village_app.db.key_file import FILE_NAME, SECOND_NAME
from village_app.db.manifest import DATABASE
from village_app.db.problems import map_os_error
from village_app.db.records import RECORDS
from village_app.db.rescue import lost_names
from village_app.db.salvage import Salvage, salvage
from village_app.domain.calendar import CHINA
from village_app.domain.reporting import Report, silently
from village_app.errors import EnvironmentProblem, Refused
from village_app.papers.blocks import Paper
from village_app.papers.builders.safety import build_rescue_list
from village_app.services.paper_words import in_own_words
from village_app.services.session import Service, permitted

_HOUSE = {
    "change": "修改记录",
    "change_row": "修改记录的内容",
    "setting": "设置",
    "draft": "没写完的表",
    "identity": "村的标识",
    "id_range": "编号段",
}
_MOST_RANGES = 6


@dataclass(frozen=True, slots=True)
class RescuedTable:
    """One kind of record: how many came out, and which did not, in words (blank for none)."""

    title: str
    saved: int
    lost: str


@dataclass(frozen=True, slots=True)
class Rescued:
    """What a damaged file gave; `folder` is where it lies, blank where it lies beside the old."""

    tables: tuple[RescuedTable, ...]
    folder: str = ""

    @property
    def saved(self) -> int:
        return sum(one.saved for one in self.tables)

    @property
    def losing(self) -> tuple[RescuedTable, ...]:
        """Give the kinds of record of which something is lost."""
        return tuple(one for one in self.tables if one.lost)

    def summary(self) -> str:
        """Say in a line how much came out and what did not."""
        lost = "；".join(f"{one.title}{one.lost}" for one in self.losing)
        return f"抢救出 {self.saved:,} 条。" + (f"读不出来的：{lost}。" if lost else "一条没丢。")


class Rescue(Service):
    """Salvages a damaged file of this village while the village itself is open."""

    @permitted("backup.restore")
    def salvage(self, source: Path, folder: Path, *, report: Report = silently) -> Rescued:
        """Save what a damaged file still gives into a new folder, which opens like a village.

        The file stays as it is. Refused where none of the village's keys opens it; damaged where
        not even its list of tables can be read.
        """
        moment = self.session.now().astimezone(CHINA)
        place = folder / f"抢救出的数据-{moment:%Y%m%d-%H%M}"
        if place.exists():
            raise Refused("folder_taken", f"已经有“{place.name}”这个文件夹，请过一分钟再试。")
        try:
            place.mkdir()
            result = self._with_some_key(source, place / DATABASE, report)
            for name in (FILE_NAME, SECOND_NAME):
                raw = (self.session.folder / FILE_NAME).read_bytes()
                write_atomically(place / name, raw, doing="抢救数据")
        except OSError as error:
            raise map_os_error(error, place, "抢救数据") from error
        finally:
            if not (place / FILE_NAME).exists() and place.exists():
                (place / DATABASE).unlink(missing_ok=True)
                place.rmdir()
        key = self._key_of(place / DATABASE)
        rescued = Rescued(in_words(result, place / DATABASE, key).tables, place.name)
        self.session.journal.note(f"抢救了一个受损的数据文件：{rescued.summary()}")
        return rescued

    @permitted("backup.restore")
    def paper(self, rescued: Rescued) -> Paper:
        """Build the list of what came out and what is lost."""
        lines = [
            (one.title, one.saved, one.lost) for one in rescued.tables if one.saved or one.lost
        ]
        return in_own_words(
            self.session,
            build_rescue_list(lines, made_by=self.session.user.full_name, day=self.session.today()),
        )

    @permitted("settings.read")
    def own_up(self, rescued: Rescued) -> None:
        """Take down in the journal that rescued data took the place of the damaged file."""
        self.session.journal.note(f"换上抢救出来的数据：{rescued.summary()}", kind="final")

    def _key_of(self, database: Path) -> bytes:
        """Say which of the village's keys opens a file that was just made with one of them."""
        for key in self.session.keys().keys.values():
            with suppress(EnvironmentProblem), opened(database, key):
                return key
        raise AssertionError("made with one of these keys")

    def _with_some_key(self, source: Path, target: Path, report: Report) -> Salvage:
        keys = self.session.keys().keys
        for generation in sorted(keys, reverse=True):
            try:
                return salvage(source, keys[generation], target, report=report)
            except EnvironmentProblem as problem:
                target.unlink(missing_ok=True)
                if problem.code != "damaged":
                    raise
        raise EnvironmentProblem(
            "beyond_rescue",
            f"“{source.name}”一页也读不出来：不是本村的数据文件，或者开头坏了。请从备份恢复。",
        )


def in_words(result: Salvage, target: Path, key: bytes) -> Rescued:
    """Say what a salvage gave, table by table, those that lose something first.

    `target` is the saved file: its journal still names many of the lost records.
    """
    fields = {table: next(iter(model.declarations())).name for table, model in RECORDS.items()}
    names = lost_names(target, key, result, fields)
    tables = [
        RescuedTable(_title(one.table), one.saved, lost_words(one.lost, names.get(one.table, ())))
        for one in result.tables
    ]
    return Rescued(tuple(sorted(tables, key=lambda one: (not one.lost, -one.saved))))


def lost_words(lost: Sequence[LostRange], names: Sequence[str] = ()) -> str:
    """Name what is lost: 何强志、余瑞莲等，编号 12 到 30（19 条）；blank for none."""
    parts = list(_ranges(lost[:_MOST_RANGES]))
    if len(lost) > _MOST_RANGES:
        parts.append(f"还有 {len(lost) - _MOST_RANGES} 段")
    named = f"{'、'.join(names)}等，" if names else ""
    return named + "、".join(parts)


def _ranges(lost: Iterable[LostRange]) -> Iterable[str]:
    for one in lost:
        if one.first is None or one.last is None:
            yield "有几条"
        elif one.first == one.last:
            yield f"编号 {_short(one.first)}"
        else:
            count = f"（{one.rows} 条）" if one.rows is not None else ""
            yield f"编号 {_short(one.first)} 到 {_short(one.last)}{count}"


def _short(number: int) -> int:
    """Give a record's number within its desk's range, as a person can read it."""
    return number % (1 << DESK_BITS)


def _title(table: str) -> str:
    model: type[Record] | None = RECORDS.get(table)
    return model.title if model is not None else _HOUSE.get(table, "程序自己的表")
