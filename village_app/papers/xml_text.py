"""Text as XML can hold it: without what no reader accepts, and with its marks escaped."""

from __future__ import annotations

import re

# Outside these every text needs a closer look.
PLAIN = re.compile(
    "[\x20-\x25\x27-\x3b\x3d\x3f-\x5e\x60-\x7e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufffd]*"
)
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n?|[\u0085\u2028\u2029]")


def one_kind_of_line_end(text: str) -> str:
    """Turn every line end into a line feed and every tab into a space."""
    return _LINE_ENDS.sub("\n", text).replace("\t", " ")


def without_controls(text: str) -> str:
    """Take out control characters, lone surrogates and what is no character at all."""
    return _UNWRITABLE.sub("", text)


def clean(text: str) -> str:
    """Make a text fit to be written: one kind of line end, no control characters."""
    return text if PLAIN.fullmatch(text) else without_controls(one_kind_of_line_end(text))


def escaped(text: str) -> str:
    """Escape the marks of XML, for text and for attributes in double quotes."""
    if PLAIN.fullmatch(text) and '"' not in text:
        return text
    for mark, name in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(mark, name)
    return text
