"""今日待办 on paper: everything that is due, from every subject, to be ticked off by hand."""

from __future__ import annotations

from village_app.papers.blocks import Paper
from village_app.papers.builders.tasks import TodayLine, build_today
from village_app.papers.pdf import write_pdf
from village_app.services.house.today import Today
from village_app.services.paper_words import in_own_words
from village_app.services.session import Service, permitted
from village_app.services.settings import Settings


class TaskPapers(Service):
    """Writes the day's list."""

    @permitted("settings.read")
    def today(self) -> Paper:
        """Build the day's list as the user sees it."""
        lines = [
            TodayLine(one.light.word, one.due, one.title, one.note, one.verb)
            for one in Today(self.session).items()
        ]
        settings = Settings(self.session).read()
        user = self.session.user.full_name
        return in_own_words(
            self.session, build_today(lines, self.session.today(), settings.village, user)
        )

    @permitted("settings.read")
    def today_pdf(self) -> bytes:
        """Write the day's list as PDF."""
        return write_pdf(self.today()).data
