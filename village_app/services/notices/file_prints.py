"""An attached picture or PDF as something that can be printed."""

from __future__ import annotations

from village_app.db.records.house import Attachment
from village_app.errors import Refused
from village_app.papers.blocks import Paper, Photo, PhotoGrid
from village_app.papers.pdf import write_pdf
from village_app.services.house.attachments import Attachments
from village_app.services.session import Service, permitted

_PDF = "pdf"
# Pictures that a paper can hold.
_PICTURES = frozenset({"jpeg", "png"})


class FilePrints(Service):
    """Gives attachments as PDF; that one was printed is taken down."""

    @permitted("attachments.read")
    def pdf(self, attachment: Attachment) -> bytes:
        """Give a PDF as it is and a picture on a page of its own; refuses other files."""
        content = Attachments(self.session).read(attachment)
        kind = attachment.media_type or ""
        if not printable(attachment):
            raise Refused("not_printable", "这种文件请打开后，在它的程序里打印。")
        self.session.journal.note(f"打印附件 {attachment.name}")
        if kind == _PDF:
            return content
        photos = PhotoGrid((Photo(content, attachment.caption or ""),), columns=1)
        return write_pdf(Paper("list", attachment.name, (photos,), page_numbers=False)).data


def printable(attachment: Attachment) -> bool:
    """Tell whether the program itself can print a file."""
    return attachment.media_type == _PDF or attachment.media_type in _PICTURES
