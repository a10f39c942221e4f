"""The words inside a document (.docx, .xlsx, .pdf and their kin), drawn out by a child process.

Whatever a hostile file does to a reader happens in the child, which has little memory and little
time; what it answers is text and nothing else. A file that cannot be read has no words.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from multiprocessing.connection import Connection

from village_app.domain.texts import remove_invisible
from village_app.errors import Refused
from village_app.importing.files import limits
from village_app.importing.files.child import be_silent, restrain
from village_app.importing.files.reading import Damaged, ReadOptions
from village_app.importing.files.transfer import pack, unpack

MOST_CHARACTERS = 200_000
ENDINGS = frozenset({"docx", "xlsx", "xls", "et", "pdf", "csv", "txt"})
_LONGEST_ANSWER = 4 * limits.MEBIBYTE


def words_of(data: bytes, name: str, *, seconds: float = limits.CHILD_SECONDS) -> str:
    """Give the text of a document in one line of words; blank where it cannot be read."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(theirs,), daemon=True)
    try:
        process.start()
        theirs.close()
        ours.send_bytes(pack({"name": name}))
        ours.send_bytes(data)
        if not ours.poll(seconds):
            return ""
        return str(unpack(ours.recv_bytes(_LONGEST_ANSWER)).get("words", ""))
    except (EOFError, OSError, ValueError):  # the child died, or answered what is no answer
        return ""
    finally:
        ours.close()
        process.kill()
        process.join()


def serve(connection: Connection) -> None:
    """Read one document that comes over the connection, answer with its words."""
    restrain()
    be_silent()
    name = str(unpack(connection.recv_bytes())["name"])
    data = connection.recv_bytes()
    try:
        words = joined(_pieces(data, name))
    except (Refused, Damaged, MemoryError):
        words = ""
    connection.send_bytes(pack({"words": words}))


def joined(pieces: Iterator[str]) -> str:
    """Join pieces to one line without control marks: a nought at a text's end means damage to us.

    Some PDF files map a glyph to it (`db/torn_texts.py`).
    """
    return " ".join(remove_invisible(" ".join(_limited(pieces))).split())


def _limited(pieces: Iterator[str]) -> Iterator[str]:
    room = MOST_CHARACTERS
    for piece in pieces:
        yield piece[:room]
        room -= len(piece)
        if room <= 0:
            return


def _pieces(data: bytes, name: str) -> Iterator[str]:
    if data.startswith(b"%PDF-"):
        return _of_pdf(data)
    if name.lower().endswith(".docx"):
        return _of_docx(data, name)
    return _of_sheets(data, name)


def _of_pdf(data: bytes) -> Iterator[str]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Damaged(str(error)) from error
    for page in document:
        yield page.get_textpage().get_text_bounded()


def _of_docx(data: bytes, name: str) -> Iterator[str]:
    from village_app.importing.files.markup import scan_markup
    from village_app.importing.files.ooxml_package import Package
    from village_app.importing.files.preflight import preflight

    preflight(data, name)
    package = Package(data)
    parts = [one for one in package.names() if one.startswith("word/") and one.endswith(".xml")]
    found: list[str] = []

    def end(tag: str) -> None:
        if tag.rpartition(":")[2] in {"p", "tc", "tab", "br"}:
            found.append(" ")

    for part in parts:
        if part.rpartition("/")[2].startswith(("document", "header", "footer", "footnotes")):
            with package.open(part) as stream:
                scan_markup(stream, lambda _name, _attributes: None, end, found.append)
    yield "".join(found)


def _of_sheets(data: bytes, name: str) -> Iterator[str]:
    from village_app.importing.files.preflight import preflight
    from village_app.importing.files.readers import read_here

    preflight(data, name)
    workbook = read_here(data, ReadOptions(name=name), 0, lambda _number, _count: None)
    for sheet in workbook.sheets:
        yield sheet.name
        for row in sheet.rows:
            for cell in row:
                yield cell.text
