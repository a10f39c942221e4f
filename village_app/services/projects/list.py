"""All projects as a list with their money, read by a few grouped queries whatever their number."""

from __future__ import annotations

from dataclasses import dataclass

from village_app.db.records.projects import Project
from village_app.services.projects.projects import Projects
from village_app.services.session import Service, permitted


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """One project in the list; amounts in 分, `due` is the contract with approved changes."""

    project: Project
    funded: int
    due: int | None
    settled: int | None
    paid: int

    @property
    def unpaid(self) -> int | None:
        """What of the contract (the settlement, once there is one) is not paid yet."""
        owed = self.settled if self.settled is not None else self.due
        return None if owed is None else owed - self.paid


class ProjectList(Service):
    """The list of the village's projects."""

    @permitted("projects.read")
    def rows(
        self, *, year: int | None = None, source_kind: str = "", state: str = "", words: str = ""
    ) -> list[ProjectRow]:
        """Give the projects that fit all filters together, newest first, with their money."""
        projects = Projects(self.session).listed(
            year=year, source_kind=source_kind, state=state, words=words
        )
        funded = self._sums("SELECT project_id, sum(amount) FROM funding_source GROUP BY 1")
        contracts = self._sums("SELECT project_id, sum(amount) FROM contract GROUP BY 1")
        changes = self._sums(
            "SELECT project_id, sum(amount) FROM change_order "
            "WHERE approved_on IS NOT NULL GROUP BY 1"
        )
        settled = self._sums("SELECT project_id, sum(approved) FROM settlement GROUP BY 1")
        paid = self._sums(
            "SELECT project_id, sum(amount) FROM payment WHERE state = 'paid' GROUP BY 1"
        )
        return [
            ProjectRow(
                project=one,
                funded=funded.get(one.id, 0),
                due=contracts[one.id] + changes.get(one.id, 0) if one.id in contracts else None,
                settled=settled.get(one.id),
                paid=paid.get(one.id, 0),
            )
            for one in projects
        ]

    @permitted("projects.read")
    def years(self) -> list[int]:
        """List the years in which projects were entered, planned or paid, newest first."""
        rows = self.store.sql(
            "SELECT substr(approved_on, 1, 4) FROM project WHERE approved_on IS NOT NULL "
            "UNION SELECT substr(planned_start, 1, 4) FROM project WHERE planned_start IS NOT NULL "
            "UNION SELECT substr(planned_end, 1, 4) FROM project WHERE planned_end IS NOT NULL "
            "UNION SELECT substr(day, 1, 4) FROM payment WHERE state = 'paid'"
        )
        return sorted((int(year) for (year,) in rows), reverse=True)

    def _sums(self, statement: str) -> dict[int, int]:
        return dict(self.store.sql(statement))
