"""What a story needs: the village, a clock that can be turned, people who sign in, a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from village_app.db.files import write_atomically
from village_app.db.records.notices import Notice
from village_app.domain.reporting import Report
from village_app.papers.blocks import Paper
from village_app.papers.pdf import write_pdf
from village_app.papers.xlsx import write_xlsx
from village_app.resources import resource
from village_app.village import Village

# The people of the sample village sign in with this; the set-up page never offers it.
SAMPLE_PASSWORD = "荔枝树下议事忙-示范"  # noqa: S105 - the sample village holds invented people only


class StoryClock:
    """Stands where the story puts it; each look moves it a little, so that order shows."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)

    def now(self) -> datetime:
        self.moment += timedelta(milliseconds=200)
        return self.moment

    def turn_to(self, day: str, hour: int = 9, minute: int = 0) -> None:
        """Go to a day (2026-03-12) and time of the village."""
        year, month, number = map(int, day.split("-"))
        self.moment = datetime(year, month, number, hour, minute, tzinfo=UTC) - timedelta(hours=8)


@dataclass(frozen=True, slots=True)
class MadePaper:
    """One published paper as it was left in the folder."""

    kind: str
    title: str
    number: str
    pdf: str
    xlsx: str
    pages: int


@dataclass(slots=True)
class Stage:
    """The village while its stories are told."""

    village: Village
    clock: StoryClock
    out: Path | None
    report: Report
    papers: list[MadePaper] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def say(self, sentence: str) -> None:
        """Keep a sentence of what happened, for the end of the demonstration."""
        self.told.append(sentence)
        self.report(len(self.told), 0, sentence)

    def workbook(self, name: str) -> Path:
        """Give a workbook of the stories."""
        return resource("sample", name)

    @contextmanager
    def as_person(self, name: str) -> Iterator[Village]:
        """Let another person sit at the desk for a while, by his own password."""
        before = self.village.user.name
        self.village.users.switch(name, SAMPLE_PASSWORD)
        try:
            yield self.village
        finally:
            self.village.users.switch(before, SAMPLE_PASSWORD)

    def to_the_wall(self, notice: Notice, day: str) -> Notice:
        """Take a draft through check, signature and publishing as three people do."""
        self.clock.turn_to(day)
        with self.as_person("叶志坚") as village:
            notice = village.notices.check(village.notices.get(notice.id), agrees=True)
        with self.as_person("梁书记") as village:
            notice = village.notices.approve(village.notices.get(notice.id))
        notice = self.village.notices.publish(self.village.notices.get(notice.id))
        self.keep(notice)
        return notice

    def keep(self, notice: Notice) -> None:
        """Leave a published paper in the folder as PDF and xlsx."""
        if self.out is None:
            return
        name = f"{notice.number} {notice.heading}".replace("/", "／")
        pdf, xlsx = self.out / f"{name}.pdf", self.out / f"{name}.xlsx"
        content = self.village.notices.reprint(notice)
        write_atomically(pdf, content, doing="保存PDF", mode=0o644)
        write_atomically(
            xlsx, self.village.notices.spreadsheet(notice), doing="保存表格", mode=0o644
        )
        kind = Notice.declaration("kind").kind.show(notice.kind)
        self.papers.append(
            MadePaper(kind, notice.heading, notice.number, str(pdf), str(xlsx), page_count(content))
        )

    def keep_paper(self, kind: str, title: str, paper: Paper) -> None:
        """Leave an internal paper in the folder as PDF and xlsx; it has no public number."""
        if self.out is None:
            return
        name = title.replace("/", "／")
        pdf, xlsx = self.out / f"{name}.pdf", self.out / f"{name}.xlsx"
        written = write_pdf(paper)
        write_atomically(pdf, written.data, doing="保存PDF", mode=0o644)
        write_atomically(xlsx, write_xlsx(paper), doing="保存表格", mode=0o644)
        self.papers.append(MadePaper(kind, title, "", str(pdf), str(xlsx), written.pages))


Story = Callable[[Stage], None]


def page_count(pdf: bytes) -> int:
    """Count the pages of a PDF that we wrote ourselves."""
    return pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ")
