"""Where a finding stands on the drawn paper: found in the very PDF that the preview shows."""

from __future__ import annotations

from collections.abc import Sequence

from village_app.services.notices.writing import Point
from village_app.ui.kit.preview import POINTS_PER_MM, Mark
from village_app.ui.pdfium import ONE_AT_A_TIME

_LEAST_HEIGHT = 4.0


def marks_of(data: bytes, points: Sequence[Point]) -> list[Mark]:
    """Give a mark for every point that stops the paper and can be found on it."""
    import pypdfium2

    with ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(data)
        try:
            marks = (_mark(document, point) for point in points if not point.passed)
            return [mark for mark in marks if mark is not None]
        finally:
            document.close()


def _mark(document: object, point: Point) -> Mark | None:
    for wanted in point.words:
        found = _find(document, wanted)
        if found is not None:
            page, top, height = found
            return Mark(point.number, page, top, height)
    return None


def _find(document: object, wanted: str) -> tuple[int, float, float] | None:
    for number in range(len(document)):  # type: ignore[arg-type]  # pdfium's document has no types
        page = document[number]  # type: ignore[index]
        texts = page.get_textpage()
        # A line break may part the words: the first characters are enough to find the line.
        for words in (wanted, wanted[:8], wanted[:4]):
            hit = texts.search(words, match_case=True).get_next()
            if hit is not None:
                box = texts.get_charbox(hit[0])
                top = (page.get_size()[1] - box[3]) / POINTS_PER_MM
                height = max(_LEAST_HEIGHT, (box[3] - box[1]) / POINTS_PER_MM)
                return number + 1, top - 1, height + 2
    return None
