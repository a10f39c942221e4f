"""Reads XML of strangers: event by event, without document types, entities or outside files."""

from __future__ import annotations

import codecs
import re
import zipfile
import zlib
from collections.abc import Callable
from typing import IO

# The parser itself is safe here: document types, the root of all entity attacks, are refused.
from xml.parsers import expat

from village_app.errors import Refused
from village_app.importing.files.reading import Damaged

_CHUNK = 1 << 18
_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._:-]+)[\"']")
_KNOWN_TO_EXPAT = {"utf-8", "utf-16", "us-ascii", "ascii", "iso-8859-1"}
_BROKEN = (expat.ExpatError, UnicodeDecodeError, zipfile.BadZipFile, zlib.error, EOFError)
_CHINESE = {"gb2312", "gbk", "cp936", "x-gbk", "gb18030"}

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Characters = Callable[[str], None]


def refuse_document_type(*_: object) -> None:
    """Refuse a document that brings its own grammar: spreadsheets never do, attacks always do."""
    raise Refused(
        "document_type",
        "这个文件里夹带了不该有的声明，可能是有害文件，没有打开。请向发送的人要一份重新保存的文件。",
    )


def scan_markup(
    stream: IO[bytes],
    start: Start,
    end: End,
    characters: Characters,
    progress: Callable[[int], None] | None = None,
    *,
    keep_prefix: bool = False,
    sift: Callable[[bytes], bytes] = bytes,
) -> None:
    """Feed a stream of XML to the three handlers; names come without the root's own prefix.

    `keep_prefix` leaves all names whole; `sift` may take from each piece what the parser need
    not see, an empty piece comes last; `progress` gets the number of bytes read so far.
    Raises `Damaged` where the XML is broken, `Refused` where it holds a document type.
    """
    try:
        head = stream.read(_CHUNK)
        decoder, parser = _parser_for(head)
        _install(parser, start, end, characters)
        if keep_prefix:
            parser.StartElementHandler, parser.EndElementHandler = start, end
        done = 0
        while head:
            parser.Parse(decoder.decode(head) if decoder else sift(head), False)
            done += len(head)
            if progress:
                progress(done)
            head = stream.read(_CHUNK)
        parser.Parse(sift(b""), True)
    except _BROKEN as error:
        raise Damaged(str(error)) from error


def _parser_for(head: bytes) -> tuple[codecs.IncrementalDecoder | None, expat.XMLParserType]:
    """Choose who decodes: the parser where it knows the encoding, a codec where it does not."""
    declared = _DECLARED.match(head)
    name = declared[1].decode("ascii").lower() if declared else "utf-8"
    if name in _KNOWN_TO_EXPAT:
        return None, expat.ParserCreate()
    try:
        codec = codecs.lookup("gb18030" if name in _CHINESE else name)
    except LookupError as error:
        raise Damaged(name) from error
    return codec.incrementaldecoder(), expat.ParserCreate("utf-8")


def _install(parser: expat.XMLParserType, start: Start, end: End, characters: Characters) -> None:
    """Hang the handlers in; a root like `<x:worksheet>` takes its prefix off all names."""

    def first(name: str, attributes: dict[str, str]) -> None:
        prefix, colon, _ = name.rpartition(":")
        if colon:
            cut = prefix + colon
            parser.StartElementHandler = lambda n, a: start(n.removeprefix(cut), a)
            parser.EndElementHandler = lambda n: end(n.removeprefix(cut))
            start(name.removeprefix(cut), attributes)
        else:
            parser.StartElementHandler = start
            parser.EndElementHandler = end
            start(name, attributes)

    parser.buffer_text = True
    parser.StartElementHandler = first
    parser.CharacterDataHandler = characters
    parser.StartDoctypeDeclHandler = refuse_document_type
    parser.EntityDeclHandler = refuse_document_type
