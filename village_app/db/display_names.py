"""Names of files for people to see: cleaned of everything a system could misread (H06).

An attachment lies under a code of its content; its name is only shown, and given to copies.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST = 120
_BAD = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')
# Marks that turn the direction of reading, join or hide: "exe.jpg" could be shown as "gpj.exe".
_INVISIBLE = {"Cf", "Cc", "Cs", "Co", "Cn", "Zl", "Zp"}
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=$|\.)", re.IGNORECASE)
_NAMELESS = "未命名"


def clean_name(raw: str) -> str:
    """Give a name that is one plain file name on every system, with its ending kept.

    Folders in front, control and direction marks, signs no system allows, outer blanks and dots
    go; device names of Windows get a line in front; what is longer than 120 characters is cut
    before the ending. Never blank.
    """
    last = re.split(r"[\\/]", raw)[-1]
    visible = "".join(c for c in last if unicodedata.category(c) not in _INVISIBLE)
    text = " ".join(_BAD.sub("_", unicodedata.normalize("NFC", visible)).split()).strip(" .")
    if not text or not text.strip("_. "):
        return _NAMELESS
    if _RESERVED.match(text):
        text = f"_{text}"
    return _shortened(text)


def ending_of(name: str) -> str:
    """Give the ending of a cleaned name in lower case without its dot, blank for none."""
    stem, dot, ending = name.rpartition(".")
    return ending.casefold() if dot and stem else ""


def numbered(name: str, number: int) -> str:
    """Give the name a second file of the same name gets: 名单(2).xlsx."""
    stem, dot, ending = name.rpartition(".")
    return f"{stem}({number}).{ending}" if dot and stem else f"{name}({number})"


def _shortened(text: str) -> str:
    if len(text) <= LONGEST and len(text.encode()) <= 2 * LONGEST:
        return text
    stem, dot, ending = text.rpartition(".")
    if not dot or len(ending) > 10:
        stem, dot, ending = text, "", ""
    room = LONGEST - len(dot + ending)
    stem = stem[:room]
    while len(f"{stem}{dot}{ending}".encode()) > 2 * LONGEST:
        stem = stem[:-1]
    return f"{stem.rstrip(' .')}{dot}{ending}"
