"""Three defects of reportlab 5.1.0 put right; each has a test that fails without it.

1. ToUnicode above U+FFFF was written with five hex digits, so that names could not be copied.
2. No line end stood before `endstream`, which PDF/A-1 (6.1.7) asks for.
3. The catalog knew no OutputIntents, which PDF/A needs.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

_MOST_ENTRIES = 100  # the most that one bfchar block may hold (Adobe Technical Note 5014)


@cache
def patch_reportlab() -> None:
    """Apply all three, and keep pictures as bytes instead of base 85; called once a process."""
    from reportlab import rl_config
    from reportlab.pdfbase import pdfdoc, ttfonts

    rl_config.useA85 = 0
    ttfonts.makeToUnicodeCMap = to_unicode_cmap
    pdfdoc.PDFStream.format = _with_line_end(pdfdoc.PDFStream.format)
    catalog = pdfdoc.PDFCatalog
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
    catalog.__Refs__ = [*catalog.__Refs__, "OutputIntents"]


def to_unicode_cmap(name: str, subset: Sequence[int]) -> str:
    """Write the table that turns a font subset's codes back into text, in UTF-16 big-endian."""
    entries = [f"<{code:02X}> <{_utf16(char)}>" for code, char in enumerate(subset)]
    blocks: list[str] = []
    for start in range(0, len(entries), _MOST_ENTRIES):
        block = entries[start : start + _MOST_ENTRIES]
        blocks += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
            f"/CMapName /{name} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            f"<00> <{len(subset) - 1:02X}>",
            "endcodespacerange",
            *blocks,
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    )


def _utf16(code_point: int) -> str:
    if 0xD800 <= code_point <= 0xDFFF:
        return "FFFD"
    return chr(code_point).encode("utf-16-be").hex().upper()


def _with_line_end(write: Any) -> Any:
    def formatted(stream: Any, document: Any) -> bytes:
        data: bytes = write(stream, document)
        end = b"endstream\n"
        if data.endswith(end) and not data.endswith(b"\n" + end):
            data = data[: -len(end)] + b"\n" + end
        return data

    return formatted
