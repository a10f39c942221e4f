"""Saved reports: a name, a report, a period; the next period comes by one click. 工作简报 too."""

from __future__ import annotations

from pathlib import Path

from village_app.db.files import write_atomically
from village_app.db.records.views import SavedReport
from village_app.domain.calendar import show_day
from village_app.domain.money import show_money
from village_app.domain.periods import Period, PeriodKind
from village_app.errors import Fault, InvalidInput
from village_app.papers.blocks import Paper
from village_app.papers.builders.reports import build_brief
from village_app.services.house.reports import Figure, Reports
from village_app.services.paper_words import in_own_words
from village_app.services.session import Service, permitted
from village_app.services.settings import Settings

BRIEF = "brief"
BRIEF_TITLE = "工作简报"
_LONGEST_NAME = 30
_PARTS = (
    ("issues", "民情诉求", ("登记诉求", "其中已办结", "其中按期办结", "回访满意")),
    ("meetings", "议事决策", ("召开会议", "讨论议题", "形成决议", "落实决议")),
    ("projects", "项目建设", ("立项", "付工程款合计")),
    ("money", "财务收支", ("收入合计", "支出合计")),
    ("notices", "公开公示", ("张贴公示公告",)),
)


class SavedReports(Service):
    """Keeps reports that come again, with the period they were last made for."""

    @permitted("settings.read")
    def listed(self) -> list[SavedReport]:
        """List the saved reports by name."""
        return self.store.rows(
            self.store.select(SavedReport).order_by(SavedReport.name, SavedReport.id)
        )

    @permitted("settings.read")
    def get(self, report_id: int) -> SavedReport:
        return self.store.get(SavedReport, report_id)

    @permitted("settings.read")
    def save(self, name: str, report: str, period: Period, text: str = "") -> SavedReport:
        """Keep a report under a name; the same name again keeps its newer form."""
        name = name.strip()
        if not 0 < len(name) <= _LONGEST_NAME:
            sentence = f"名称要写 1 到 {_LONGEST_NAME} 个字，如：季度财务公开。"
            raise InvalidInput([Fault("name", "length", sentence)])
        values = {
            "report": report,
            "period_kind": period.kind,
            "period_from": period.first,
            "text": text or None,
        }
        old = next((one for one in self.listed() if one.name == name), None)
        with self.session.change(f"存下报表 {name}") as change:
            if old is not None:
                kept: SavedReport = change.update(old, **values)
                return kept
            made: SavedReport = change.insert(SavedReport(name=name, **values))
        return made

    @permitted("settings.read")
    def go_on(self, saved: SavedReport) -> SavedReport:
        """Go to the next period with the same layout; a brief's text is written anew for it."""
        period = period_of_saved(saved).following
        text = self.brief(period) if saved.report == BRIEF else None
        with self.session.change(f"{saved.name}换到{period.show()}") as change:
            moved: SavedReport = change.update(saved, period_from=period.first, text=text)
        return moved

    @permitted("settings.read")
    def remove(self, saved: SavedReport) -> None:
        with self.session.change(f"删除报表 {saved.name}") as change:
            change.delete(saved)

    @permitted("settings.read")
    def brief(self, period: Period) -> str:
        """Write 工作简报 of a period with the figures filled in; the clerk edits it afterwards.

        Parts that this user may not see are left out.
        """
        reports = Reports(self.session)
        titles = {code for code, _ in reports.titles()}
        village = Settings(self.session).read().village
        lines = [f"现将{village}{period.show()}工作情况简报如下。"]
        parts = [one for one in _PARTS if one[0] in titles]
        for number, (code, title, labels) in enumerate(parts):
            found = {one.line.label: one for one in reports.figures(code, period)}
            said = "，".join(_said(found[label]) for label in labels if label in found)
            lines += [f"{'一二三四五'[number]}、{title}", f"{said}。"]
        return "\n".join(lines)

    @permitted("settings.read")
    def brief_paper(self, period: Period, text: str) -> Paper:
        """Build the paper of a brief from its text as edited."""
        settings = Settings(self.session).read()
        day = show_day(self.session.today())
        title = f"{period.show()}{BRIEF_TITLE}"
        return in_own_words(
            self.session, build_brief(settings.village, settings.committee_name(), title, text, day)
        )

    @permitted("settings.read")
    def brief_pdf(self, period: Period, text: str) -> bytes:
        """Write a brief as PDF."""
        from village_app.papers.pdf import write_pdf

        return write_pdf(self.brief_paper(period, text)).data

    @permitted("settings.read")
    def save_brief(self, period: Period, text: str, target: Path) -> None:
        """Write a brief to a file: PDF, or a document where its name says so."""
        if target.suffix.lower() == ".docx":
            from village_app.papers.docx import write_docx

            data = write_docx(self.brief_paper(period, text))
        else:
            data = self.brief_pdf(period, text)
        write_atomically(target, data, doing="保存简报", mode=0o644)


def period_of_saved(saved: SavedReport) -> Period:
    """Give the period a saved report was last made for."""
    kind: PeriodKind = saved.period_kind
    return Period(kind, saved.period_from)


def _said(figure: Figure) -> str:
    """Say a figure with its change: 登记诉求12件（比上期多3件）."""
    line, change = figure.line, figure.figures.difference
    if line.unit == "money":
        shown = f"{show_money(figure.figures.now)}元"
        moved = f"{show_money(abs(change))}元"
    else:
        shown, moved = f"{figure.figures.now}{line.measure}", f"{abs(change)}{line.measure}"
    label = line.label.removeprefix("其中")
    if change == 0:
        return f"{label}{shown}（与上期相同）"
    return f"{label}{shown}（比上期{'多' if change > 0 else '少'}{moved}）"
