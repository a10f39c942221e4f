"""The year's table of matters on paper and as a spreadsheet."""

from __future__ import annotations

from datetime import date

from village_app.papers.blocks import Paper
from village_app.papers.builders.issues import build_figures
from village_app.papers.pdf import write_pdf
from village_app.papers.xlsx import write_xlsx
from village_app.services.issues.figures import SIDES, IssueFigures
from village_app.services.paper_words import in_own_words
from village_app.services.session import Service, permitted
from village_app.services.settings import Settings


class IssueFigurePapers(Service):
    """Writes what the figures' page shows."""

    @permitted("issues.read")
    def paper(self, year: int, side: str) -> Paper:
        """Build the table of a year by a side, with the rates below."""
        figures = IssueFigures(self.session)
        shares = figures.shares(date(year, 1, 1), date(year, 12, 31))
        issuer = Settings(self.session).read().committee_name()
        return in_own_words(
            self.session,
            build_figures(
                f"{issuer}{year}年民情诉求统计（按{SIDES[side]}）",
                SIDES[side],
                list(figures.table(year, side).rows.items()),
                [(name, part, whole) for name, (part, whole) in shares.items()],
            ),
        )

    @permitted("issues.read")
    def pdf(self, year: int, side: str) -> bytes:
        """Write the table as PDF."""
        return write_pdf(self.paper(year, side)).data

    @permitted("issues.read")
    def spreadsheet(self, year: int, side: str) -> bytes:
        """Write the table as a spreadsheet."""
        return write_xlsx(self.paper(year, side))
