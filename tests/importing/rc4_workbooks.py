"""Locks an old workbook as Excel 97 to 2003 does: RC4 over the records ([MS-XLS] 2.2.10).

The record that names the author of the last save makes room for the one that tells of the
password, so that nothing else moves.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from hashlib import md5
from itertools import cycle

import olefile

_WRITE_ACCESS, _FILE_PASS, _BOUND_SHEET = 0x005C, 0x002F, 0x0085
_OPEN = {0x0809, _FILE_PASS, 0x0194, 0x0195, 0x00E1, 0x0196, 0x0138}
"""Records that stay as they are: beginnings, the password's own, and those of shared files."""
_BLOCK = 1024
_SALT, _VERIFIER = bytes(range(16)), bytes(range(100, 116))


def locked_xls(plain: bytes, password: str) -> bytes:
    """Give the same workbook asking for a password."""
    target = io.BytesIO(plain)
    ole = olefile.OleFileIO(target, write_mode=True)
    stream = ole.openstream("Workbook").read()
    ole.write_stream("Workbook", _locked(stream, password))
    ole.close()
    return target.getvalue()


def _locked(stream: bytes, password: str) -> bytes:
    secret = _secret(password)
    told = _with_file_pass(stream, secret)
    out = bytearray(told)
    for number, start, length in _records(told):
        skipped = 4 if number == _BOUND_SHEET else 0
        if number not in _OPEN:
            for at in range(start + skipped, start + length):
                out[at] ^= _mask(secret, at)
    return bytes(out)


def _with_file_pass(stream: bytes, secret: bytes) -> bytes:
    number, start, length = next(one for one in _records(stream) if one[0] == _WRITE_ACCESS)
    verifier = _rc4(_key(secret, 0), _VERIFIER + md5(_VERIFIER).digest())
    said = struct.pack("<HHH", 1, 1, 1) + _SALT + verifier
    rest = length - len(said) - 4
    assert number == _WRITE_ACCESS
    assert rest >= 0, "the record has no room"
    records = struct.pack("<HH", _FILE_PASS, len(said)) + said
    records += struct.pack("<HH", _WRITE_ACCESS, rest) + b" " * rest
    return stream[: start - 4] + records + stream[start + length :]


def _records(stream: bytes) -> Iterator[tuple[int, int, int]]:
    """Give number, start of the content and its length for each record."""
    at = 0
    while at + 4 <= len(stream):
        number, length = struct.unpack_from("<HH", stream, at)
        yield number, at + 4, length
        at += 4 + length


def _secret(password: str) -> bytes:
    first = md5(password.encode("utf-16-le")).digest()[:5]
    return md5((first + _SALT) * 16).digest()[:5]


def _key(secret: bytes, block: int) -> bytes:
    return md5(secret + struct.pack("<I", block)).digest()


_STREAMS: dict[tuple[bytes, int], bytes] = {}


def _mask(secret: bytes, at: int) -> int:
    block = at // _BLOCK
    if (secret, block) not in _STREAMS:
        _STREAMS[secret, block] = _rc4(_key(secret, block), bytes(_BLOCK))
    return _STREAMS[secret, block][at % _BLOCK]


def _rc4(key: bytes, data: bytes) -> bytes:
    box, other = list(range(256)), 0
    for place, letter in zip(range(256), cycle(key), strict=False):
        other = (other + box[place] + letter) % 256
        box[place], box[other] = box[other], box[place]
    out, one, other = bytearray(), 0, 0
    for byte in data:
        one = (one + 1) % 256
        other = (other + box[one]) % 256
        box[one], box[other] = box[other], box[one]
        out.append(byte ^ box[(box[one] + box[other]) % 256])
    return bytes(out)
