"""Put lines, rules and pictures on the page of a PDF, measured from the page's top left corner.

Text is written as content operators directly: one text object a line, a new position only where
the line begins, so that a page of set text costs little more than the same glyphs drawn plainly.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from math import cos, radians, sin
from typing import Any

from village_app.papers.typeset.faces import font
from village_app.papers.typeset.setting import Line, Segment

Color = tuple[float, float, float]
BLACK: Color = (0.0, 0.0, 0.0)
RED: Color = (0.83, 0.0, 0.05)
THICKEN = 0.035


class _Codes(dict[str, tuple[str, str]]):
    """For one font in one document: character → (name of the font subset, code in hex)."""

    def __init__(self, name: str, document: Any) -> None:
        super().__init__()
        self._font = font(name)
        self._document = document

    def __missing__(self, char: str) -> tuple[str, str]:
        [(subset, code)] = self._font.splitString(char, self._document)
        name = self._font.getSubsetInternalName(subset, self._document)
        answer = self[char] = (name, code.hex())
        return answer


class Pen:
    """Draws on the current page of a reportlab canvas; y grows downwards from the page's top."""

    def __init__(self, canvas: Any) -> None:
        self.canvas = canvas
        self._codes: dict[str, _Codes] = {}
        self._height = 0.0
        self._out: list[str] = []
        self.begin_page(0.0)

    def begin_page(self, height: float) -> None:
        """Forget the graphics state of the page before; `height` is the new page's, in points."""
        self._height = height
        self._out = self.canvas._code  # noqa: SLF001 - the canvas has no cheap way in
        self._state: tuple[str, float, float, bool] = ("", 0.0, 0.0, False)
        self._color = BLACK

    def line(self, line: Line, x: float, baseline: float, size: float) -> None:
        """Draw a set line with its left edge at x."""
        if line.segments:
            out = [f"BT 1 0 0 1 {x:.2f} {self._height - baseline:.2f} Tm"]
            self._segments(line.segments, size, out)
            out.append("ET")
            self._out.append(" ".join(out))

    def lines(self, placed: Iterable[tuple[Line, float, float]], size: float) -> None:
        """Draw several (line, x, baseline) in one text object: the cells of a row."""
        out = ["BT"]
        for line, x, baseline in placed:
            out.append(f"1 0 0 1 {x:.2f} {self._height - baseline:.2f} Tm")
            self._segments(line.segments, size, out)
        out.append("ET")
        self._out.append(" ".join(out))

    def _segments(self, segments: Sequence[Segment], size: float, out: list[str]) -> None:
        name, last_size, last_space, last_thick = self._state
        for font_name, thicken, text, space, shift in segments:
            if thicken != last_thick:
                out.append(f"2 Tr {size * THICKEN:.2f} w" if thicken else "0 Tr")
                last_thick = thicken
            if space != last_space:
                out.append(f"{space:.3f} Tc")
                last_space = space
            codes = self._codes.get(font_name)
            if codes is None:
                codes = self._codes[font_name] = _Codes(font_name, self.canvas._doc)  # noqa: SLF001
            kern = f"{-shift * 1000 / size:.1f} " if shift else ""
            pending: list[str] = []
            for char in text:
                subset, code = codes[char]
                if subset != name or last_size != size:
                    if pending:
                        out.append(_show(kern, pending))
                        pending, kern = [], ""
                    out.append(f"{subset} {size:.2f} Tf")
                    name, last_size = subset, size
                pending.append(code)
            out.append(_show(kern, pending))
        if last_thick:
            out.append("0 Tr")
        self._state = (name, last_size, last_space, False)

    def color(self, color: Color) -> None:
        """Choose the colour of all that follows, text, rules and areas."""
        if color != self._color:
            red, green, blue = color
            self._out.append(f"{red:g} {green:g} {blue:g} rg {red:g} {green:g} {blue:g} RG")
            self._color = color

    def rule(self, x1: float, y1: float, x2: float, y2: float, width: float) -> None:
        """Draw a straight line of the given thickness."""
        top = self._height
        self._out.append(f"{width:.2f} w {x1:.2f} {top - y1:.2f} m {x2:.2f} {top - y2:.2f} l S")

    def area(self, x: float, y: float, width: float, height: float, grey: float) -> None:
        """Fill a rectangle with a grey (0 black, 1 white)."""
        self._out.append(
            f"q {grey:g} g {x:.2f} {self._height - y - height:.2f} {width:.2f} {height:.2f} re f Q"
        )

    def frame(self, x: float, y: float, width: float, height: float, thickness: float) -> None:
        """Draw the outline of a rectangle."""
        self._out.append(
            f"{thickness:.2f} w {x:.2f} {self._height - y - height:.2f} "
            f"{width:.2f} {height:.2f} re S"
        )

    def dashed(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """Draw a fine dashed line."""
        self._out.append("q [3 3] 0 d")
        self.rule(x1, y1, x2, y2, 0.4)
        self._out.append("Q")

    def slanted(
        self, line: Line, x: float, y: float, size: float, *, degrees: float, grey: float
    ) -> None:
        """Draw a line in grey, turned about the point (x, y), which becomes its middle."""
        turn = radians(degrees)
        cosine, sine = cos(turn), sin(turn)
        turned = f"{cosine:.5f} {sine:.5f} {-sine:.5f} {cosine:.5f}"
        out = [
            f"q {grey:g} g {turned} {x:.2f} {self._height - y:.2f} cm",
            f"BT 1 0 0 1 {-line.width / 2:.2f} {-0.38 * size:.2f} Tm",
        ]
        kept = self._state
        self._segments(line.segments, size, out)
        self._state = kept
        self._out.append(" ".join([*out, "ET Q"]))

    def hatch(self, pattern: str, x: float, y: float, width: float, height: float) -> None:
        """Fill a box with fine lines: rising, falling, crossed, level or dense (rising, close)."""
        bottom = self._height - y - height
        box = f"{x:.2f} {bottom:.2f} {width:.2f} {height:.2f} re W n"
        lines = " ".join(_hatching(pattern, x, bottom, width, height))
        self._out.append(f"q {box} 0.4 w {lines} S Q")

    def picture(self, data: bytes, x: float, y: float, width: float, height: float) -> None:
        """Draw a jpeg, its top left corner at (x, y)."""
        from reportlab.lib.utils import ImageReader

        bottom = self._height - y - height
        self.canvas.drawImage(ImageReader(BytesIO(data)), x, bottom, width, height)

    def path_at(self, path: str, x: float, y: float) -> None:
        """Draw a prepared path whose origin is moved to (x, y); y upwards inside the path."""
        self._out.append(f"q 1 0 0 1 {x:.2f} {self._height - y:.2f} cm {path} Q")

    def raw(self, operators: str) -> None:
        """Write prepared content operators (in the page's own upward coordinates)."""
        self._out.append(operators)


def _hatching(pattern: str, x: float, bottom: float, width: float, height: float) -> Iterator[str]:
    """Give the lines of a pattern over a box; they may reach out of it."""
    step = 2.2 if pattern == "dense" else 4.0
    if pattern == "level":
        for number in range(1, int(height / 3) + 1):
            level = bottom + number * 3
            yield f"{x:.2f} {level:.2f} m {x + width:.2f} {level:.2f} l"
        return
    for number in range(int((width + height) / step) + 1):
        foot = x - height + number * step
        if pattern in {"rising", "crossed", "dense"}:
            yield f"{foot:.2f} {bottom:.2f} m {foot + height:.2f} {bottom + height:.2f} l"
        if pattern in {"falling", "crossed"}:
            yield f"{foot:.2f} {bottom + height:.2f} m {foot + height:.2f} {bottom:.2f} l"


def _show(kern: str, codes: list[str]) -> str:
    if kern:
        return f"[{kern}<{''.join(codes)}>] TJ"
    return f"<{''.join(codes)}> Tj"
