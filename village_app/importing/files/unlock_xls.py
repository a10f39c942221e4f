"""Takes the encryption off an old workbook (.xls, .et) in memory: RC4, plain and of CryptoAPI.

The library checks the password and knows the ciphers; it would take the records apart by way of a
file on the disk, which the reading child may not write, and stumbles over a stream that ends with
odd bytes. So the records are gone through here ([MS-XLS] 2.2.10).
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import Any

from village_app.errors import Refused

_FILE_PASS, _BOUND_SHEET = 0x002F, 0x0085
_NEVER_ENCRYPTED = frozenset({0x0809, 0x0194, 0x0195, 0x00E1, 0x0196, 0x0138, _FILE_PASS})
"""BOF, UsrExcl, FileLock, InterfaceHdr, RRDInfo, RRDHead and the password's own record."""
_PLACE_BYTES = 4  # a sheet's place in the stream is never encrypted
_BLOCK_BYTES = 1024


def without_encryption(data: bytes, file: Any) -> bytes:
    """Give the workbook's bytes without encryption; `file` is the library's, with its key loaded.

    Refuses ways of encryption that the library has no cipher for here.
    """
    import olefile

    target = io.BytesIO(data)
    ole = olefile.OleFileIO(target, write_mode=True)
    stream = ole.openstream("Workbook").read()
    ole.write_stream("Workbook", _decrypted(stream, _plain_of(stream, file)))
    ole.close()
    return target.getvalue()


def _plain_of(stream: bytes, file: Any) -> bytes:
    """Run the cipher over the whole stream; only what was encrypted comes out right."""
    from msoffcrypto.method.rc4 import DocumentRC4
    from msoffcrypto.method.rc4_cryptoapi import DocumentRC4CryptoAPI

    source = io.BytesIO(stream)
    if file.type == "rc4":
        opened = DocumentRC4.decrypt(file.key, file.salt, source, blocksize=_BLOCK_BYTES)
    elif file.type == "rc4_cryptoapi":
        opened = DocumentRC4CryptoAPI.decrypt(
            file.key, file.salt, file.keySize, source, blocksize=_BLOCK_BYTES
        )
    else:
        raise Refused(
            "cannot_unlock",
            "这个文件的加密方式太旧，这里打不开。请用密码打开后另存一份不带密码的，再导入。",
        )
    return bytes(opened.read())


def _decrypted(stream: bytes, plain: bytes) -> bytes:
    """Put plain contents between the records' own heads; the password's record is emptied."""
    out = bytearray(stream)
    for number, start, end in _records(stream):
        if number == _FILE_PASS:
            out[start - 4 : start - 2] = bytes(2)
            out[start:end] = bytes(end - start)
        elif number not in _NEVER_ENCRYPTED:
            first = start + (_PLACE_BYTES if number == _BOUND_SHEET else 0)
            out[first:end] = plain[first:end]
    return bytes(out)


def _records(stream: bytes) -> Iterator[tuple[int, int, int]]:
    """Give the number of each record, and where its content begins and ends."""
    at = 0
    while at + 4 <= len(stream):
        number, length = struct.unpack_from("<HH", stream, at)
        end = min(at + 4 + length, len(stream))
        yield number, at + 4, end
        at = end
