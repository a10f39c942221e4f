"""The document file: opened from a base, cleaned of its makers, packed without a clock."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from zipfile import BadZipFile, ZipFile

import docx
from docx.document import Document
from lxml import etree

from village_app.errors import Fault, InvalidInput
from village_app.papers.document.styles import FACES
from village_app.papers.still_archive import UNDATED, StillArchive
from village_app.papers.xml_text import clean

PROGRAM = "共治通"
_MOST_BYTES = 60_000_000
_MOST_ENTRIES = 2_000
_FONT_TABLE = "word/fontTable.xml"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
# Parts that tell who made a base file, or that only other programs need.
_DROPPED = (
    "/extended-properties",
    "/custom-properties",
    "/thumbnail",
    "/customXml",
    "/stylesWithEffects",
    "/vbaProject",
    "/attachedTemplate",
    "/people",
    "/comments",
)


def open_base(base: bytes | None) -> Document:
    """Open the letterhead that a paper is written into, or a bare document.

    Refused are files that are no .docx or would unpack to more than 60 MB.
    """
    if base is None:
        return docx.Document()
    try:
        with ZipFile(BytesIO(base)) as archive:
            entries = archive.infolist()
            too_large = sum(entry.file_size for entry in entries) > _MOST_BYTES
            if too_large or len(entries) > _MOST_ENTRIES:
                raise _unusable("红头文件太大，请换一份只有红头的 .docx 文件。")
        return docx.Document(BytesIO(base))
    except (BadZipFile, KeyError, ValueError, etree.XMLSyntaxError) as problem:
        raise _unusable("红头文件打不开，请用 WPS 或 Word 另存为 .docx 后再试。") from problem


def _unusable(message: str) -> InvalidInput:
    return InvalidInput([Fault("base", "unusable_letterhead", message)])


def pack(document: Document, *, title: str, moment: datetime | None) -> bytes:
    """Give the file's bytes, with the program as its maker and `moment` as its time."""
    made = (moment or UNDATED).astimezone(UTC)
    _forget_makers(document)
    properties = document.core_properties
    bare = made.replace(tzinfo=None, microsecond=0)
    properties.author = properties.last_modified_by = PROGRAM
    properties.title = clean(title)[:255]
    properties.created = properties.modified = bare
    properties.revision = 1
    for name in ("category", "comments", "content_status", "identifier", "keywords", "subject"):
        setattr(properties, name, "")
    saved = BytesIO()
    document.save(saved)
    return _without_clock(saved.getvalue(), made)


def _forget_makers(document: Document) -> None:
    for holder in (document.part.package, document.part):
        for key, relation in list(holder.rels.items()):
            if relation.reltype.endswith(_DROPPED):
                del holder.rels[key]
    body = document.element
    for element in body.iter():
        for name in list(element.attrib):
            if etree.QName(name).localname.startswith("rsid"):
                del element.attrib[name]


def _without_clock(saved: bytes, made: datetime) -> bytes:
    target = BytesIO()
    with ZipFile(BytesIO(saved)) as source, StillArchive(target, made) as archive:
        for name in source.namelist():
            data = source.read(name)
            archive.writestr(name, _with_faces(data) if name == _FONT_TABLE else data)
    return target.getvalue()


def _with_faces(font_table: bytes) -> bytes:
    """Name the faces of official papers and what may stand in for each."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    root = etree.fromstring(font_table, parser)
    named = {font.get(f"{{{_W}}}name") for font in root}
    for name, instead in FACES.values():
        if name not in named:
            font = etree.SubElement(root, f"{{{_W}}}font", {f"{{{_W}}}name": name})
            etree.SubElement(font, f"{{{_W}}}altName", {f"{{{_W}}}val": instead})
            etree.SubElement(font, f"{{{_W}}}charset", {f"{{{_W}}}val": "86"})
            etree.SubElement(font, f"{{{_W}}}family", {f"{{{_W}}}val": "auto"})
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
