"""The county's catalogue of the year: read from a workbook, compared, taken over in one change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from village_app.db.problems import map_os_error
from village_app.db.records.posting import CatalogueItem
from village_app.domain.reporting import Report, silently
from village_app.errors import Refused
from village_app.importing.files.reader import read_workbook
from village_app.importing.plans.plan import Background, ImportedFile, make_plan
from village_app.importing.subjects.catalogue import catalogue_target, frequency_of, level_of
from village_app.services.notices.catalogue import Catalogue
from village_app.services.session import Service, permitted

_TAKEN = ("code", "name", "level", "basis", "frequency", "timing", "body", "place")


@dataclass(frozen=True, slots=True)
class CatalogueChange:
    """What a workbook would make of the catalogue; nothing is written yet.

    `new` are values of items that are not there, `changed` (item, new values), `gone` items in
    use that the workbook does not name, `faults` sentences about rows that cannot be read.
    """

    file: str
    new: tuple[Mapping[str, Any], ...]
    changed: tuple[tuple[CatalogueItem, Mapping[str, Any]], ...]
    same: int
    gone: tuple[CatalogueItem, ...]
    faults: tuple[str, ...]


class CatalogueImports(Service):
    """Takes the catalogue that the county publishes each year."""

    @permitted("settings.edit")
    def compare(self, source: Path, *, report: Report = silently) -> CatalogueChange:
        """Read a workbook and say what it would change; refuses what is no catalogue."""
        try:
            content = source.read_bytes()
        except OSError as error:
            raise map_os_error(error, source, f"打开“{source.name}”") from error
        workbook = read_workbook(content, source.name, report=report)
        plan = make_plan(
            workbook,
            catalogue_target(),
            Background(today=self.session.today()),
            file=ImportedFile.read_as(workbook, content, source.name),
            report=report,
        )
        rows = [row.values for row in plan.rows if row.state in ("new", "suspected")]
        if not rows:
            raise Refused("no_catalogue", "这份表里没有找到公开事项，目录没有动。")
        faults = tuple(
            f"第 {row.row} 行：{problem.message}"
            for row in plan.rows
            if row.state == "error"
            for problem in row.problems
        )
        return self._compared(source.name, rows, faults)

    @permitted("settings.edit")
    def take(self, found: CatalogueChange, *, drop_others: bool) -> int:
        """Write the new and changed items; `drop_others` takes what is not named out of use.

        One change, undone as one. Gives how many items were touched.
        """
        gone = found.gone if drop_others else ()
        touched = len(found.new) + len(found.changed) + len(gone)
        if not touched:
            raise Refused("nothing_to_write", "和现在的目录一样，没有要改的。")
        with self.session.change(f"导入公开目录 {found.file}", kind="import") as change:
            change.insert_rows(CatalogueItem, [dict(values) for values in found.new])
            for item, values in found.changed:
                change.update(item, **values)
            for item in gone:
                change.update(item, is_active=False)
        return touched

    def _compared(
        self, file: str, rows: Iterable[Mapping[str, Any]], faults: tuple[str, ...]
    ) -> CatalogueChange:
        everything = self.store.rows(self.store.select(CatalogueItem))
        by_name = {item.name: item for item in everything}
        codes = {item.code for item in everything}
        new, changed, named = [], [], set()
        for at, row in enumerate(rows, 1):
            known = by_name.get(row["name"])
            values = _values(row, known)
            if known is None:
                code = _free_code(values.get("code") or "", codes)
                codes.add(code)
                new.append({**values, "code": code, "is_active": True, "position": at})
                continue
            named.add(known.id)
            values.pop("code", None)
            differing = {
                name: value for name, value in values.items() if getattr(known, name) != value
            }
            if not known.is_active:
                differing["is_active"] = True
            if differing:
                changed.append((known, differing))
        gone = tuple(one for one in Catalogue(self.session).items() if one.id not in named)
        same = len(named) - len(changed)
        return CatalogueChange(file, tuple(new), tuple(changed), same, gone, faults)


def _values(row: Mapping[str, Any], known: CatalogueItem | None) -> dict[str, Any]:
    """Give what the row says; what it leaves blank stays as it was."""
    values = {name: row[name] for name in _TAKEN if row.get(name)}
    timing, level = values.get("timing"), values.get("level")
    if timing or known is None:
        values["frequency"] = frequency_of(timing or "")
    if level or known is None:
        values["level"] = level_of(level or values["name"])
    return values


def _free_code(wanted: str, taken: set[str]) -> str:
    if wanted and wanted not in taken:
        return wanted
    number = 1
    while f"X{number:02d}" in taken:
        number += 1
    return f"X{number:02d}"
