"""Reports of a period: figures against the period before, their records, paper and spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from village_app.db.files import write_atomically
from village_app.domain.comparison import Comparison
from village_app.domain.periods import Period
from village_app.domain.permissions import may
from village_app.domain.report_codes import LineCode, read_code
from village_app.errors import Refused
from village_app.papers.blocks import Paper
from village_app.papers.builders.reports import PrintedLine, PrintedReport, build_report
from village_app.services.house.report_sources import KINDS, ReportKind, ReportLine, ReportRow
from village_app.services.paper_words import in_own_words
from village_app.services.session import Service, permitted
from village_app.services.settings import Settings

# 年度数字 is made of the first lines of all others; every number is the other report's own.
YEAR = "year"
YEAR_TITLE = "年度各项数字"
_FIRST_LINES = {1, 2, 3, 4}


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of a report with the period before, and the code that leads to its records."""

    report: str
    line: ReportLine
    figures: Comparison
    code: str


@dataclass(frozen=True, slots=True)
class LineFound:
    """What a report code leads to: the report, the period, the line's label and its records."""

    report: str
    period: Period
    line: int
    label: str
    rows: tuple[ReportRow, ...]


class Reports(Service):
    """Makes reports from the records as they are now."""

    @permitted("settings.read")
    def titles(self) -> list[tuple[str, str]]:
        """Give code and title of the reports that this user may see, the year's sheet last."""
        mine = [(one.code, one.title) for one in self._mine()]
        return [*mine, (YEAR, YEAR_TITLE)] if mine else []

    @permitted("settings.read")
    def figures(self, report: str, period: Period) -> list[Figure]:
        """Give the lines of a report, each against the period before.

        A line that only the period before has stands there with nought.
        """
        return [
            figure
            for kind in self._kinds(report)
            for figure in self._figures(kind, period)
            if report != YEAR or figure.line.number in _FIRST_LINES
        ]

    @permitted("settings.read")
    def rows(self, report: str, period: Period, number: int) -> tuple[ReportRow, ...]:
        """Give exactly the records behind a line; their amounts add up to its figure."""
        (kind,) = self._kinds(report)
        for line in kind.lines(self.session, period):
            if line.number == number:
                return line.rows
        return ()

    @permitted("settings.read")
    def by_code(self, text: str) -> LineFound | None:
        """Find what a report code on a paper leads to; None for what is no such code."""
        code = read_code(text)
        kind = next((one for one in self._mine() if code and one.digit == code.report), None)
        if code is None or kind is None:
            return None
        for line in kind.lines(self.session, code.period):
            if line.number == code.line:
                return LineFound(kind.code, code.period, line.number, line.label, line.rows)
        return None

    @permitted("settings.read")
    def paper(self, report: str, period: Period) -> Paper:
        """Build the paper of a report; the spreadsheet is written from the very same paper."""
        printed = [
            PrintedReport(
                kind.title,
                tuple(
                    _printed(figure)
                    for figure in self._figures(kind, period)
                    if report != YEAR or figure.line.number in _FIRST_LINES
                ),
            )
            for kind in self._kinds(report)
        ]
        settings = Settings(self.session).read()
        return in_own_words(self.session, build_report(settings.village, period, printed))

    @permitted("settings.read")
    def pdf(self, report: str, period: Period) -> bytes:
        """Write a report as PDF."""
        from village_app.papers.pdf import write_pdf

        return write_pdf(self.paper(report, period)).data

    @permitted("settings.read")
    def save(self, report: str, period: Period, target: Path) -> None:
        """Write a report to a file: PDF, or a spreadsheet where its name says so."""
        if target.suffix.lower() == ".xlsx":
            from village_app.papers.xlsx import write_xlsx

            data = write_xlsx(self.paper(report, period))
        else:
            data = self.pdf(report, period)
        write_atomically(target, data, doing="保存报表", mode=0o644)

    def _mine(self) -> list[ReportKind]:
        return [one for one in KINDS if may(self.session.user.role, one.action)]

    def _kinds(self, report: str) -> Sequence[ReportKind]:
        if report == YEAR:
            return self._mine()
        for kind in KINDS:
            if kind.code == report:
                self.session.require(kind.action)
                return (kind,)
        raise Refused("no_report", "没有这个报表，请从名单里选。")

    def _figures(self, kind: ReportKind, period: Period) -> list[Figure]:
        now = {one.label: one for one in kind.lines(self.session, period)}
        before = {one.label: one for one in kind.lines(self.session, period.before)}
        merged = [*now.values(), *(one for label, one in before.items() if label not in now)]
        return [
            Figure(
                kind.code,
                line if line.label in now else replace(line, rows=()),
                Comparison(
                    line.value if line.label in now else 0,
                    before[line.label].value if line.label in before else 0,
                ),
                LineCode(kind.digit, period, line.number).digits() if line.label in now else "",
            )
            for line in merged
        ]


def _printed(figure: Figure) -> PrintedLine:
    line = figure.line
    return PrintedLine(line.label, line.unit == "money", line.measure, figure.figures, figure.code)
