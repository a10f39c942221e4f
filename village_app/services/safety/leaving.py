"""Leave any time: everything as spreadsheets, files and one page to look at, for any computer.

The folder opens without this program. It holds everything in the clear, so only who may export
full numbers makes it, and that it was made is taken down.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path

from village_app.db.display_names import clean_name
from village_app.db.fields import Record
from village_app.db.files import write_atomically
from village_app.db.records import RECORDS
from village_app.db.records.house import Attachment
from village_app.domain.calendar import CHINA
from village_app.domain.kinds import COUNT, TEXT, FieldDeclaration
from village_app.domain.reporting import Report, silently
from village_app.errors import EnvironmentProblem, Refused
from village_app.papers.xlsx import ExportStamp, write_rows_xlsx
from village_app.services.house.attachments import Attachments
from village_app.services.safety.audit import Audit, Filter
from village_app.services.session import Service, permitted
from village_app.services.settings import Settings

DOING = "全部导出"
TABLES, FILES, INDEX = "表格", "附件", "index.html"


@dataclass(frozen=True, slots=True)
class Left:
    """What was written: tables with their rows, files, and files that could not be read."""

    folder: Path
    tables: tuple[tuple[str, str, int], ...]
    files: tuple[tuple[str, str], ...]
    lost: tuple[str, ...]


class Leaving(Service):
    """Writes everything out into a new folder."""

    @permitted("residents.export_full")
    def write(self, target: Path, *, report: Report = silently) -> Left:
        """Write everything into a new folder inside `target`; refused where it exists already.

        A damaged attachment does not stop the rest; it is named in the answer and on the page.
        """
        name = Settings(self.session).read().village or "本村"
        moment = self.session.now().astimezone(CHINA)
        folder = target / f"{name}全部资料-{moment:%Y%m%d-%H%M}"
        if folder.exists():
            raise Refused("folder_taken", f"已经有“{folder.name}”这个文件夹，请过一分钟再试。")
        for part in (TABLES, FILES):
            (folder / part).mkdir(parents=True)
        self.session.journal.note("全部导出（完整号码）")
        tables = self._tables(folder / TABLES, report)
        files, lost = self._files(folder / FILES, report)
        left = Left(folder, tables, files, lost)
        page = _page(name, f"{moment:%Y-%m-%d %H:%M}", self.session.user.full_name, left)
        write_atomically(folder / INDEX, page.encode(), doing=DOING, mode=0o644)
        return left

    def _tables(self, folder: Path, report: Report) -> tuple[tuple[str, str, int], ...]:
        stamp = ExportStamp(self.session.user.full_name, self.session.now().astimezone(CHINA))
        written: list[tuple[str, str, int]] = []
        for number, (table, model) in enumerate(RECORDS.items()):
            report(number, len(RECORDS) + 1, f"写出{model.title}")
            rows = self._rows(model)
            declared = (FieldDeclaration("id", "编号", COUNT), *_fields(model))
            content = write_rows_xlsx(declared, rows, model.title, stamp, report=report)
            file = f"{model.title}.xlsx"
            if any(file == other for _, other, _ in written):
                file = f"{model.title}-{table}.xlsx"
            write_atomically(folder / file, content, doing=DOING, mode=0o644)
            written.append((model.title, file, len(rows)))
        content = Audit(self.session).all_as_spreadsheet(stamp, report=report)
        write_atomically(folder / "修改记录.xlsx", content, doing=DOING, mode=0o644)
        written.append(("修改记录", "修改记录.xlsx", Audit(self.session).listed(Filter()).count()))
        return tuple(written)

    def _rows(self, model: type[Record]) -> list[list[object]]:
        """Give a table's rows; references stay numbers, as the first column 编号 of their table."""
        names = [declared.name for declared in _fields(model)]
        return [
            [record.id, *(getattr(record, name) for name in names)]
            for record in self.store.rows(self.store.select(model).order_by(model.id))
        ]

    def _files(
        self, folder: Path, report: Report
    ) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
        attachments = Attachments(self.session)
        rows = self.store.rows(self.store.select(Attachment).order_by(Attachment.id))
        written, lost = [], []
        for number, row in enumerate(rows, 1):
            report(number, len(rows), "写出附件")
            name = f"{number:05}-{clean_name(row.name)}"
            try:
                content = attachments.read(row)
            except (EnvironmentProblem, Refused):
                lost.append(row.name)
                continue
            write_atomically(folder / name, content, doing=DOING, mode=0o644)
            model = RECORDS.get(row.table_name)
            written.append((name, f"{model.title if model else row.table_name} {row.record_id}"))
        return tuple(written), tuple(lost)


def _fields(model: type[Record]) -> tuple[FieldDeclaration, ...]:
    return tuple(
        FieldDeclaration(one.name, one.label, TEXT)
        if one.kind.name in {"reference", "attachment"}
        else one
        for one in model.declarations()
    )


def _page(village: str, moment: str, user: str, left: Left) -> str:
    tables = "".join(
        f'<li><a href="{TABLES}/{escape(file)}">{escape(title)}</a>（{count:,} 行）</li>'
        for title, file, count in left.tables
    )
    files = "".join(
        f'<li><a href="{FILES}/{escape(name)}">{escape(name)}</a>（{escape(about)}）</li>'
        for name, about in left.files
    )
    lost = "".join(f"<li>{escape(name)}</li>" for name in left.lost)
    missing = f"<h2>读不出来的附件</h2><ul>{lost}</ul>" if lost else ""
    title = f"{escape(village)}全部资料"
    return (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>'
        "<style>body{font:16px/1.7 sans-serif;max-width:50em;margin:2em auto;padding:0 1em}"
        "</style></head><body>"
        f"<h1>{title}</h1><p>{escape(user)}于 {moment} 导出。里面是完整的号码，请妥善保管。</p>"
        f"<h2>表格</h2><ul>{tables}</ul><h2>附件</h2><ul>{files or '<li>没有附件</li>'}</ul>"
        f"{missing}</body></html>"
    )
