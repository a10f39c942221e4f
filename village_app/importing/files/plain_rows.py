"""The fast lane for worksheets: rows written plainly are read without the XML parser.

Nearly every row of a large sheet is a run of `<c>` elements with one value each. Such a row is
matched whole by one expression and taken out of the stream; all that is left (odd rows, entities,
formulas, what stands before and after the rows) goes to the parser, which is several times
slower. Where a comment or CDATA section appears, everything from there on is the parser's.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_CELL = (
    r'<c r="([A-Z]{1,3})\d{1,7}"(?: s="(\d{1,9})")?(?: t="([A-Za-z]{1,9})")?'
    r'(?: ?/>|>(?:<v>([^<&]*+)</v>|<is><t(?: xml:space="preserve")?>([^<&]*+)</t></is>)?</c>)'
)
_CELLS = re.compile(_CELL)
_UNCAPTURED_CELL = re.sub(r"\((?!\?)", "(?:", _CELL)
_ROW = re.compile(
    r'<row r="([1-9]\d{0,6})"(?: (?!hidden)[A-Za-z0-9:]{1,40}="[^"<&]{0,200}")*+'
    rf"(?: ?/>|>((?:{_UNCAPTURED_CELL})*+)</row>)"
)
_UNNUMBERED = re.compile(rb'<row(?! r=")')
_MARK = b"\xef\xbb\xbf"
_PLAIN_START = re.compile(
    rb"(?:<\?xml version=.1\.0.(?: encoding=.utf-8.)?(?: standalone=.(?:yes|no).)? ?\?>)?\s*"
    rb"<worksheet\b",
    re.IGNORECASE,
)
_HIDDEN_BY_DEFAULT = b"zeroHeight"
_LONGEST_ROW = 4 << 20

PlainCell = tuple[str, str, str, str, str]
"""Column letters, style, type, text of <v>, text of <is>; what is not there is blank."""


class PlainRows:
    """Takes plain rows out of the bytes of a worksheet part, piece by piece.

    Every row taken goes to `take_row` with its number, counted from 1, and its cells.
    """

    def __init__(self, take_row: Callable[[int, list[PlainCell]], None]) -> None:
        self._take_row = take_row
        self._held_back = b""
        self._has_started = False
        self._is_open = True

    def sift(self, piece: bytes) -> bytes:
        """Take the plain rows out of a piece; gives what is left for the parser.

        A row that a piece cuts in two is held back until the next one; an empty piece says that
        no more come. Raises `UnicodeDecodeError` where a row is not UTF-8.
        """
        data = self._held_back + piece
        self._held_back = b""
        if not self._has_started:
            self._has_started = True
            self._is_open = bool(_PLAIN_START.match(data.removeprefix(_MARK)))
        if not self._is_open:
            return data
        if piece:
            data = self._without_last_row(data)
        if self._is_odd(data):
            self._is_open = False
            data, self._held_back = data + self._held_back, b""
            return data
        return _ROW.sub(self._take, data.decode()).encode()

    def _without_last_row(self, data: bytes) -> bytes:
        """Hold back the last row, which may go on in the next piece, unless it is endless."""
        cut = data.rfind(b"<row")
        if cut < 0 or len(data) - cut > _LONGEST_ROW:
            return data
        self._held_back = data[cut:]
        return data[:cut]

    @staticmethod
    def _is_odd(data: bytes) -> bool:
        """Tell what may change the meaning of rows after it, or of rows without a number."""
        return (
            b"<!" in data
            or data.count(b"<?") > data.startswith((b"<?", _MARK))
            or _HIDDEN_BY_DEFAULT in data
            or _UNNUMBERED.search(data) is not None
        )

    def _take(self, row: re.Match[str]) -> str:
        cells = row[2]
        if cells:
            self._take_row(int(row[1]), _CELLS.findall(cells))
        return ""
