"""What every reader does to the text of a cell: one kind of line break, only whole characters."""

from __future__ import annotations

import re

_ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
_LINE_BREAK = re.compile("\r\n|[\r\x0b\x0c]")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def tidy(text: str) -> str:
    """Write line breaks as one line feed, drop control characters, join surrogate halves.

    All other characters stay as they are, spaces and zero-width characters included.
    """
    if _ODD.search(text) is None:
        return text
    text = _LINE_BREAK.sub("\n", text)
    text = _CONTROL.sub("", text)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def unescape_ooxml(text: str) -> str:
    """Turn `_x000D_` and the like into the character meant (ECMA-376 part 1, 22.9.2.19).

    A carriage return that was escaped twice (`_x005F_x000D_`, from programs that escape what is
    already escaped) is a line break too: nobody writes `_x000D_` into a cell by hand.
    """
    if "_x" not in text:
        return text
    plain = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return plain.replace("_x000D_", "\r").replace("_x000d_", "\r")
