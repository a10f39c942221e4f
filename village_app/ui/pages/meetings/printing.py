"""What leaves a meeting as a file: its papers in three formats, the whole file, the ten books."""

from __future__ import annotations

from typing import TYPE_CHECKING

from village_app.db.records.meetings import AgendaItem, Meeting
from village_app.domain.kinds import Choice, FieldDeclaration, Option
from village_app.errors import Refused
from village_app.services.meetings.pack import BALLOTS, PACK, SHEETS
from village_app.ui.asking import FileKind
from village_app.ui.pages.file_writing import write_file
from village_app.ui.pages.form_dialog import Typed

if TYPE_CHECKING:
    from village_app.ui.pages.meetings.meetings import MeetingsPage

PDF = FileKind("PDF文件", ("pdf",))
_FORMATS = {
    "PDF": PDF,
    "Word文档": FileKind("Word文档", ("docx",)),
    "Excel表格": FileKind("Excel表格", ("xlsx",)),
}


class MeetingPrinting:
    """Asks which paper and where to, and has it written on a thread of its own."""

    def __init__(self, page: MeetingsPage) -> None:
        self.page = page
        self.desk = page.desk

    def print_papers(self, meeting: Meeting, item: AgendaItem | None) -> None:
        """Choose a paper of a meeting and its format, and keep it as a file."""
        kind = Choice(tuple(Option(word, word) for word in SHEETS))
        formats = Choice(tuple(Option(word, word) for word in _FORMATS))
        declared = [
            FieldDeclaration("paper", "材料", kind, required=True),
            FieldDeclaration("format", "格式", formats, required=True),
        ]

        def save(typed: Typed) -> None:
            word = typed["paper"]
            if word == BALLOTS and item is None:
                raise Refused("no_item", "请先选一个议题，再印表决票。")
            chosen = PDF if word == PACK else _FORMATS[typed["format"]]
            name = f"{meeting.name}{word}.{chosen.endings[0]}"
            target = self.desk.asking.save_file(f"存{word}", chosen, name, "papers")
            if target is not None:
                pack = self.desk.village.meeting_pack
                write_file(
                    self.desk,
                    lambda report: pack.save(meeting, word, target, item, report=report),
                    target.name,
                )

        self.page.ask("印材料", declared, save, {"paper": SHEETS[0], "format": "PDF"})

    def bind_books(self) -> None:
        """Keep the year volume of one of the ten books."""
        books = self.desk.village.record_books
        kind = Choice(tuple(Option(name, name) for name in books.names()))
        years = Choice(tuple(Option(str(year), f"{year} 年") for year in books.years()))
        declared = [
            FieldDeclaration("book", "记录簿", kind, required=True),
            FieldDeclaration("year", "年份", years, required=True),
        ]

        def save(typed: Typed) -> None:
            book, year = typed["book"], int(years.parse(typed["year"]) or 0)
            name = f"{year}年{book}.pdf"
            target = self.desk.asking.save_file("存记录簿", PDF, name, "papers")
            if target is not None:
                write_file(
                    self.desk,
                    lambda report: books.save(book, year, target, report=report),
                    target.name,
                )

        values = {"book": books.names()[2], "year": str(books.years()[0])}
        self.page.ask("十本记录簿", declared, save, values)
