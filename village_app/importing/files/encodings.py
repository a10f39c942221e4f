"""Finds out in which encoding a text was written, and asks where that cannot be known.

Order: byte order mark, strict UTF-8, UTF-16 shape, strict GB18030 that reads like Chinese. That
bytes decode without an error proves nothing (Big5 decodes as GB18030 into nonsense), so every
guess is scored by how usual its characters are; anything less than usual is put to the user.
"""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

from village_app.errors import Refused

# The longer marks first: the mark of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LABELS = {
    "utf-8": "UTF-8",
    "utf-16-le": "Unicode（UTF-16）",
    "utf-16-be": "Unicode（UTF-16，高位在前）",
    "gb18030": "简体中文（GB18030、GBK）",
    "big5hkscs": "繁体中文（大五码）",
    "cp950": "繁体中文（大五码）",
    "cp1252": "西文",
}
_USUAL_ENOUGH = 0.55
_BARELY_POSSIBLE = 0.3
_SAMPLE_BYTES = 1 << 16
_SAMPLE_CHARACTERS = 5_000
_PREVIEW_CHARACTERS = 240
_PREVIEW_LINES = 6
_FIRST_IDEOGRAPH, _LAST_IDEOGRAPH = "\u3400", "\u9fff"
_PRIVATE_USE = ("\ue000", "\uf8ff")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One possible encoding: its name, its label for people, the first lines read with it."""

    encoding: str
    label: str
    preview: str
    score: float


@dataclass(frozen=True, slots=True)
class DecodedText:
    """A text, the encoding it was read in, and how many places could not be read (now U+FFFD)."""

    text: str
    encoding: str
    unreadable: int = 0


def decode_text(
    data: bytes, encoding: str | None = None, repairs: Mapping[int, str] | None = None
) -> DecodedText:
    """Read bytes as text; `encoding` overrides all guessing and is taken at its word.

    `repairs` maps private-use code points of old GB18030 to the characters meant today. Raises
    `Refused` "encoding_unclear" with `candidates` (best first) where people must choose, and
    "not_text" where nothing readable comes out in any encoding.
    """
    decoded = _with_encoding(data, encoding) if encoding else _guessed(data)
    text = decoded.text
    if repairs and decoded.encoding in {"gb18030", "gbk", "gb2312"}:
        text = text.translate(dict(repairs))
    text = text.replace("\ufeff", "")
    return DecodedText(text, decoded.encoding, decoded.unreadable)


def _with_encoding(data: bytes, encoding: str) -> DecodedText:
    for mark, marked in _MARKS:
        if marked.startswith(encoding.lower().replace("_", "-")) and data.startswith(mark):
            return _lenient(data[len(mark) :], marked)
    try:
        name = codecs.lookup(encoding).name
        return _lenient(data, "gb18030" if name in {"gbk", "gb2312"} else name)
    except LookupError as error:  # no such codec, or one that does not give text
        raise Refused("unknown_encoding", "没有这种文字编码，请从列出的几种里选择。") from error


def _lenient(data: bytes, encoding: str) -> DecodedText:
    text = _strict(data, encoding)
    if text is not None:
        return DecodedText(text, encoding)
    text = data.decode(encoding, "replace")
    return DecodedText(text, encoding, text.count("\ufffd"))


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeError:
        return None


def _guessed(data: bytes) -> DecodedText:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _lenient(data[len(mark) :], encoding)
    wide = _utf16_shape(data)
    if wide is not None:
        text = _strict(data, wide)
        if text is not None and _reads_well(text):
            return DecodedText(text, wide)
    text = _strict(data, "utf-8")
    if text is not None:
        return DecodedText(text, "utf-8")
    text = _strict(data, "gb18030")
    if text is not None and usualness(text, "gb2312") >= _USUAL_ENOUGH:
        return DecodedText(text, "gb18030")
    raise _question(data)


def _utf16_shape(data: bytes) -> str | None:
    """Tell UTF-16 without a mark by its NULs, which stand beside every comma and line break."""
    sample = data[:_SAMPLE_BYTES]
    if len(data) % 2:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if even + odd < len(sample) / 50:
        return None
    if odd > 20 * even:
        return "utf-16-le"
    return "utf-16-be" if even > 20 * odd else None


def _reads_well(text: str) -> bool:
    sample = text[:_SAMPLE_CHARACTERS]
    return "\x00" not in sample and usualness(sample, "gb2312", "cp950") >= _USUAL_ENOUGH


def usualness(text: str, *charsets: str) -> float:
    """Score from 0 to 1 how usual the characters are for writers of the given old charsets.

    Both GB 2312 and Big5 put everyday characters into a first level and the rest into a second.
    A text without any character beyond ASCII scores 1.
    """
    beyond = list(islice(filter("\x7f".__lt__, text), _SAMPLE_CHARACTERS))
    if not beyond:
        return 1.0
    best = (max(_usual(character, charset) for charset in charsets) for character in beyond)
    return sum(best) / len(beyond)


def _usual(character: str, charset: str) -> float:
    try:
        lead = character.encode(charset)[0]
    except UnicodeEncodeError:
        if _PRIVATE_USE[0] <= character <= _PRIVATE_USE[1]:
            return 0.0
        is_rare = _FIRST_IDEOGRAPH <= character <= _LAST_IDEOGRAPH
        return 0.5 if character > "\uffff" else 0.3 if is_rare else 0.0
    first_level = (0xB0, 0xD7) if charset == "gb2312" else (0xA4, 0xC6)
    if first_level[0] <= lead <= first_level[1]:
        return 1.0
    if lead > first_level[1]:
        return 0.7
    return 0.9 if lead in {0xA1, 0xA3} else 0.3


def _question(data: bytes) -> Refused:
    """Make the refusal that carries the candidates, or the one that says this is no text."""
    candidates = sorted(_candidates(data), key=lambda candidate: -candidate.score)
    if not candidates:
        return Refused(
            "not_text",
            "这不是表格，也读不出文字。请用 WPS 表格或 Excel 打开原表，"
            "另存为“Excel 工作簿（.xlsx）”，再导入。",
        )
    return Refused(
        "encoding_unclear",
        "看不准这个文件用的是哪种文字编码。请在下面的预览里选出字都正常的那一种。",
        candidates=tuple(candidates),
    )


def _candidates(data: bytes) -> list[Candidate]:
    found = []
    for encoding, charsets in (
        ("utf-8", ("gb2312", "cp950")),
        ("gb18030", ("gb2312",)),
        ("big5hkscs", ("cp950",)),
        ("utf-16-le", ("gb2312", "cp950")),
        ("utf-16-be", ("gb2312", "cp950")),
    ):
        decoded = _lenient(data, encoding)
        score = usualness(decoded.text, *charsets) - _control_share(decoded.text)
        if score >= _BARELY_POSSIBLE:
            found.append(_candidate(decoded, score))
    latin = _strict(data, "cp1252")
    if latin is not None and _mostly_ascii(data):
        found.append(_candidate(DecodedText(latin, "cp1252"), _BARELY_POSSIBLE))
    return found


def _candidate(decoded: DecodedText, score: float) -> Candidate:
    label = _LABELS[decoded.encoding]
    if decoded.unreadable:
        label = f"{label}，有 {decoded.unreadable} 处读不出"
    lines = decoded.text[:_PREVIEW_CHARACTERS].splitlines()[:_PREVIEW_LINES]
    return Candidate(decoded.encoding, label, "\n".join(lines), round(score, 3))


def _control_share(text: str) -> float:
    sample = text[:_SAMPLE_CHARACTERS]
    odd = sum(character < " " and character not in "\t\r\n" for character in sample)
    return min(1.0, 10 * odd / max(len(sample), 1))


def _mostly_ascii(data: bytes) -> bool:
    sample = data[:_SAMPLE_BYTES]
    return sum(byte < 0x80 for byte in sample) > 0.8 * len(sample)
