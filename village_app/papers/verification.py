"""Eight characters under a paper by which any desk of the village can tell that it is genuine.

The code is a keyed hash of the paper's content: nobody without the village's key can make one,
and a changed figure changes it. It proves what was issued, not who holds the sheet.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import replace

from village_app.domain.texts import fold_width
from village_app.papers.blocks import Paper
from village_app.papers.plain import paper_to_plain

# 32 characters that cannot be taken for one another on paper: no 0, O, 1 or I.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH = 8
_BITS = 5
_PURPOSE = b"gongzhitong paper code 1\0"


def content_hash(paper: Paper) -> bytes:
    """Hash what a paper says (SHA-256); the words at its foot, where the code stands, stay out."""
    plain = paper_to_plain(replace(paper, footer=""))
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def verification_code(content: bytes, key: bytes) -> str:
    """Make the code of a paper from its content hash with the village's secret key."""
    digest = hmac.new(key, _PURPOSE + content, hashlib.sha256).digest()
    number = int.from_bytes(digest[:LENGTH], "big") >> (LENGTH * 8 - LENGTH * _BITS)
    letters = (
        ALPHABET[number >> shift & (len(ALPHABET) - 1)]
        for shift in range(_BITS * (LENGTH - 1), -1, -_BITS)
    )
    return "".join(letters)


def read_code(typed: str) -> str | None:
    """Tidy a code as typed (small or wide letters, blanks, hyphens); None where it is none."""
    code = "".join(mark for mark in fold_width(typed).upper() if mark.isalnum())
    is_one = len(code) == LENGTH and all(mark in ALPHABET for mark in code)
    return code if is_one else None


def is_code_of(typed: str, content: bytes, key: bytes) -> bool:
    """Tell whether a typed code belongs to a paper's content."""
    code = read_code(typed)
    return code is not None and hmac.compare_digest(code, verification_code(content, key))


def grouped(code: str) -> str:
    """Write a code as it is printed, in two groups: ABCD 2345."""
    return f"{code[: LENGTH // 2]} {code[LENGTH // 2 :]}"


def qr_matrix(text: str) -> list[list[bool]]:
    """Draw a text as a QR code (error correction M): rows of dark (True) and light dots.

    The quiet zone of four dots around it is left to who draws it.
    """
    from reportlab.graphics.barcode.qrencoder import QR8bitByte, QRCode, QRErrorCorrectLevel

    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(QR8bitByte(text.encode("utf-8")))
    code.make()
    size = code.getModuleCount()
    return [[bool(code.isDark(row, column)) for column in range(size)] for row in range(size)]
