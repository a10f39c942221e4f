"""Papers as documents for Word and WPS: the same content, to be worked on or sent to the town."""

from __future__ import annotations

from datetime import datetime

from village_app.domain.reporting import Report, silently
from village_app.papers.blocks import Paper


def write_docx(
    paper: Paper,
    *,
    base: bytes | None = None,
    moment: datetime | None = None,
    report: Report = silently,
) -> bytes:
    """Write a paper as a .docx file and give its bytes; nothing touches the disk.

    Size, margins, lines and faces follow the paper's layout (GB/T 9704-2012 for official papers
    and notices). `base` is a letterhead as .docx: its head stays and its margins are kept, the
    paper is written behind it, and the red mark is not written again; a file that cannot be used
    raises `InvalidInput`. The same paper, base and `moment` give the same bytes; the file names
    no person, machine or folder.
    """
    from village_app.papers.document.body import Body
    from village_app.papers.document.package import open_base, pack
    from village_app.papers.document.page import layout_on, set_feet, set_page
    from village_app.papers.document.styles import add_styles
    from village_app.papers.typeset.layouts import layout_for

    layout = layout_for(paper)
    document = open_base(base)
    add_styles(document, layout)
    if base is not None:
        layout = layout_on(document, layout)
    else:
        set_page(document, layout)
        set_feet(document, paper, layout)
    Body(document, paper, layout, report).write(with_letterhead=base is None)
    return pack(document, title=paper.title, moment=moment)
