"""Opens encrypted workbooks: with the password given, or with the one every Excel knows.

Excel encrypts workbooks whose structure is protected with a fixed password and opens them
without asking ([MS-OFFCRYPTO] 2.4.2.3 and the write-protection of xls); so do we.
"""

from __future__ import annotations

import io
import struct
from xml.parsers.expat import ExpatError

from village_app.errors import Refused
from village_app.importing.files.unlock_xls import without_encryption

_KNOWN_TO_EXCEL = "VelvetSweatshop"


def unlocked(data: bytes, password: str | None) -> bytes:
    """Give the bytes without encryption; refuses where the password is missing or wrong.

    Asking for a password helps only with `has_password`; ways of encryption that nobody uses any
    more (xls of before 1997) are `cannot_unlock`.
    """
    import msoffcrypto
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError
    from msoffcrypto.format.xls97 import Xls97File

    opened = io.BytesIO()
    try:
        file = msoffcrypto.OfficeFile(io.BytesIO(data))
        file.load_key(password=password or _KNOWN_TO_EXCEL)
        if isinstance(file, Xls97File):
            return without_encryption(data, file)
        file.decrypt(opened)
    except (InvalidKeyError, DecryptionError) as error:
        raise _asking(password) from error
    except (
        FileFormatError,
        ParseError,
        ExpatError,
        struct.error,
        LookupError,
        ValueError,
        OSError,
    ) as error:
        raise Refused(
            "cannot_unlock",
            "这个文件有密码，加密的方式这里打不开。请用密码打开后另存一份不带密码的，再导入。",
        ) from error
    return opened.getvalue()


def _asking(password: str | None) -> Refused:
    if password:
        return Refused("wrong_password", "密码不对，文件没有打开。请核对大小写后再输入一次。")
    return Refused(
        "has_password",
        "这个文件有密码。请输入密码，或用密码打开后另存一份不带密码的，再导入。",
    )
